"""One claimed quantity held against the figures: the verdict and its reasons."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import copysign, isfinite
from typing import Any, Final, Literal

from benchmark.claims.case import Case, Change
from benchmark.claims.interval import Interval, claim_interval, meets
from benchmark.claims.obstacles import OBSTACLES, refusal, remarks
from benchmark.claims.said import Amount, Reason, Said, Several, Side, reason
from benchmark.claims.sides import spoken_of
from benchmark.language import Claimed

Verdict = Literal["consistent", "not_supported", "cannot_be_checked"]

_APPLIES: Final = {
    "percent": ("share", "score", "net_points"),
    "score": ("score",),
    "rank": ("rank",),
    "count": ("count", "score"),
}
"""Classes of figures whose level a quantity may state."""


@dataclass(frozen=True)
class Held:
    """A quantity with its verdict.

    Attributes
    ----------
    quantity : Claimed
        What was claimed.
    verdict : str
        ``consistent``, ``not_supported`` or ``cannot_be_checked``.
    reasons : tuple of Reason
        Why; for a consistent quantity, what it agrees with.
    claimed : Interval
        What the words cover [the quantity's unit].
    allowed : Interval or None
        What the figures allow [the quantity's unit], in the claimed sense; None where nothing
        may be computed.
    """

    quantity: Claimed
    verdict: Verdict
    reasons: tuple[Reason, ...]
    claimed: Interval
    allowed: Interval | None = None

    def to_dict(self, lang: str = "en") -> dict[str, Any]:
        """Give the quantity as plain data, without infinities."""
        q = self.quantity
        return {
            "words": q.words,
            "values": list(q.values),
            "unit": q.unit,
            "kind": q.kind,
            "qualifier": q.qualifier,
            "sense": q.sense,
            "about": q.about,
            "verdict": self.verdict,
            "claimed": _plain(self.claimed),
            "allowed": _plain(self.allowed),
            "reasons": [{"code": r.code, "text": r.text(lang)} for r in self.reasons],
        }


@dataclass
class _Findings:
    """Reasons as they are found, on three heaps."""

    good: list[Reason] = field(default_factory=list)
    bad: list[Reason] = field(default_factory=list)
    unknown: list[Reason] = field(default_factory=list)
    allowed: Interval | None = None

    def held(self, q: Claimed) -> Held:
        """Draw the verdict: one reason against is enough, and silence is no support."""
        if self.bad:
            verdict: Verdict = "not_supported"
        else:
            verdict = "consistent" if self.good and not self.unknown else "cannot_be_checked"
        reasons = tuple(self.bad or [*self.unknown, *self.good])
        return Held(q, verdict, reasons, covered(q), self.allowed)


def hold(q: Claimed, case: Case) -> Held:
    """Hold one quantity against the figures.

    Parameters
    ----------
    q : Claimed
        What a sentence claims.
    case : Case
        The figures.

    Returns
    -------
    Held
        The verdict and its reasons.
    """
    found = _Findings()
    if q.kind == "from_to" and len(case.sides) < 2:
        found.unknown.append(reason("needs_two", q))
    elif not _is_change(q):
        _levels(q, case, found)
    if _is_change(q) or (q.kind in ("from", "to", "from_to") and len(case.sides) == 2):
        _step(q, case, found)
    return found.held(q)


def _is_change(q: Claimed) -> bool:
    return q.kind == "change" or q.unit in ("pp", "rel_change_percent")


def covered(q: Claimed) -> Interval:
    """Find what a quantity covers.

    Parameters
    ----------
    q : Claimed
        The quantity.

    Returns
    -------
    Interval
        In its unit; of "from A to B" the later, of a range from end to end.
    """
    if q.kind == "range":
        return Interval(min(q.values), max(q.values))
    return _covered(q, q.value)


def _covered(q: Claimed, value: float) -> Interval:
    exact_place = q.unit == "rank" and q.qualifier == "exact" and not q.bound
    interval = claim_interval(value, q.qualifier, 0.0 if exact_place else q.step, q.bound)
    # Levels next to each other share no number; the rule on changes closes both ends.
    rounded = q.qualifier in ("exact", "about") and not (q.bound or exact_place or _is_change(q))
    return interval._replace(high_closed=False) if rounded else interval


def _plain(interval: Interval | None) -> dict[str, Any] | None:
    if interval is None:
        return None
    plain = interval._asdict()
    return {k: v if isinstance(v, bool) or isfinite(v) else None for k, v in plain.items()}


# Levels


def _levels(q: Claimed, case: Case, found: _Findings) -> None:
    """Hold the levels a quantity states against the figures they may be of."""
    fitting = [side for side in case.sides if side.kind in _APPLIES.get(q.unit, ())]
    if not fitting:
        _beside(q, case, found)
        return
    named = spoken_of(q, case.sides, case.sentence, case.lang) if q.kind == "level" else None
    for value, sides in _stated(q, case, fitting):
        interval = covered(q) if q.kind == "range" else _covered(q, value)
        matches = [side for side in sides if meets(interval, side.interval)]
        match = named if named in matches else next(iter(matches), None)
        if match is None:
            found.bad.append(reason("level_missed", q, figures=Several(tuple(sides), "; ")))
            found.allowed = sides[-1].interval
        elif named in fitting and named is not None and named is not match:
            found.bad.append(reason("attributed", q, named=named, figure=match))
            found.allowed = named.interval
        else:
            found.allowed = match.interval
            _agrees(q, match, found)
    if q.kind == "from_to" and not found.bad:
        change = case.between(q)
        first, last = (change.earlier, change.later) if change else case.sides
        found.good = [reason("both", q, earlier=first, later=last)]


def _stated(q: Claimed, case: Case, fitting: list[Side]) -> Iterator[tuple[float, list[Side]]]:
    """Pair each stated level with the figures it can be of."""
    change = case.between(q)
    if change is None or q.kind in ("level", "range"):
        yield q.value, fitting
        return
    if q.kind in ("from", "from_to"):
        yield q.values[0], [change.earlier]
    if q.kind in ("to", "from_to"):
        yield q.value, [change.later]


def _agrees(q: Claimed, side: Side, found: _Findings) -> None:
    pool = side.meta.get("pool_size")
    if q.pool is not None and pool is not None and int(pool) != q.pool and q.kind != "from":
        found.bad.append(reason("other_pool", q, figure=side))
        return
    if side.kind in ("rank", "count") or not side.half:
        found.good.append(reason("place", q, figure=side))
    else:
        unit = "percent" if side.kind == "share" else ""
        allowed = Amount(side.interval[:2], unit)
        found.good.append(reason("level", q, figure=side, allowed=allowed))
    if q.unit == "percent" and side.kind == "score":
        found.good.append(reason("score_not_share", q))


def _beside(q: Claimed, case: Case, found: _Findings) -> None:
    """Hold a number that no figure states against what else is known of the figures."""
    for side in case.sides:
        for key, code in (("n", "sample_size"), ("pool_size", "pool_size")):
            known = side.meta.get(key)
            if (
                q.unit == "count"
                and known is not None
                and meets(covered(q), Interval(known, known))
            ):
                found.good.append(reason(code, q, figure=side))
                return
    found.unknown.append(reason("not_in_figures", q, kind=case.kind))


# Changes


def _step(q: Claimed, case: Case, found: _Findings) -> None:
    """Hold the change that a quantity states or implies against the two figures."""
    if len(case.sides) < 2:
        found.unknown.append(reason("needs_two", q))
        return
    change = case.between(q)
    if case.refused or change is None:
        found.bad.append(refusal(q, case))
        found.allowed = None
        return
    against = next(filter(None, (obstacle(q, case, change) for obstacle in OBSTACLES)), None)
    if against is not None:
        found.bad.append(against)
    elif _is_change(q):
        _amount(q, change, found)
    else:
        found.good += remarks(q, case, change)


def _amount(q: Claimed, change: Change, found: _Findings) -> None:
    """Hold the size of a change against what the figures allow."""
    sign = {"up": 1.0, "down": -1.0}.get(q.sense or "", copysign(1.0, change.up))
    relative = q.unit == "rel_change_percent"
    points, percent = _turned(change.points, sign), _turned(change.relative, sign)
    allowed, other = (percent, points) if relative else (points, percent)
    found.allowed = allowed
    claimed, across = covered(q), "" if change.in_time else "_across"
    printed = sign * (change.printed_relative, change.up)[relative]
    # "Risen 4 percent", of 77 to 81, just meets the relative change; what is meant is points.
    misread = q.ambiguous and change.kind == "share" and _misread(claimed, change, sign)
    if meets(claimed, allowed) and not misread:
        found.good.append(reason("change" + across, q, **change.facts(relative)))
        if q.ambiguous and change.kind == "share":
            found.good.append(reason("say_which_percent", q, **change.facts()))
    elif change.kind == "share" and meets(claimed, other) and isfinite(printed):
        code = "percent_for_points" if relative else "points_for_percent"
        found.bad.append(reason(code, q, **change.facts(), write=_rewritten(q, relative)))
    else:
        found.bad.append(reason("outside" + across, q, **change.facts(relative)))


def _misread(claimed: Interval, change: Change, sign: float) -> bool:
    """Say whether the printed figures give the claim in points but not in percent."""
    in_percent, in_points = sign * change.printed_relative, sign * change.up
    return meets(claimed, Interval(in_points, in_points)) and not meets(
        claimed, Interval(in_percent, in_percent)
    )


def _rewritten(q: Claimed, relative: bool) -> Said:
    return Claimed(
        values=q.values,
        unit="pp" if relative else "rel_change_percent",
        kind="change",
        step=q.step,
        qualifier=q.qualifier,
        bound=q.bound,
        decimals=q.decimals,
    )


def _turned(interval: Interval, sign: float) -> Interval:
    if sign > 0:
        return interval
    return Interval(-interval.high, -interval.low, interval.high_closed, interval.low_closed)
