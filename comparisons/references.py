"""Finding the reference of a gap, and the countries that may be held against it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from comparisons.aims import LEADERS, Aim, converted
from comparisons.cells import Cells, levels, rounding
from comparisons.group_value import value_of
from comparisons.judging import Judged, judged
from comparisons.members import covered
from comparisons.notes import rule_notes
from comparisons.parts import VERDICTS, worst
from comparisons.places import Ints, Mask, listed
from comparisons.refusals import Absent, Refused, reasons, refusal
from comparisons.selection import named, title
from comparisons.standing import stand
from comparisons.texts import Texts, texts

if TYPE_CHECKING:
    from benchmark.figures import Evidence
    from benchmark.rules.config import Thresholds

_REFUSED = 2


def direction(evidence: "Evidence", indicator: str) -> int:
    """Say which way an indicator is better: 1 up, -1 down."""
    return int(evidence.registry.indicators[indicator]["direction"])


@dataclass(frozen=True)
class Found:
    """The reference of a gap as it turned out, and whom it may be held against.

    Parameters
    ----------
    value, room : float
        Its level and half a unit of its last digit [unit of differences].
    who : tuple of str
        The countries that are the reference.
    kept, best_of : ndarray of bool
        Along the cells: with a gap; among whom best and worst are looked for.
    judged : tuple of Judged
        The pairs behind it.
    verdict : str
        The worst verdict on those that count.
    """

    value: float
    room: float
    who: tuple[str, ...]
    kept: Mask
    best_of: Mask
    judged: tuple[Judged, ...]
    verdict: str


def reference(
    evidence: "Evidence",
    cells: Cells,
    asked: tuple[str, ...],
    aim: Aim,
    least: float,
    config: "Thresholds",
    override: str | None,
    what: Texts,
) -> Found:
    """Find the reference, and the countries that may be held against it.

    Parameters
    ----------
    evidence : Evidence
        Figures and registry.
    cells : Cells
        The cells of the year: those asked for and those behind the reference.
    asked : tuple of str
        Countries asked for.
    aim : Aim
        What the gap is measured to.
    least : float
        Smallest part of a group that must have a figure.
    config : Thresholds
        Thresholds of the rules.
    override : str, optional
        A reason for measuring all the same.
    what : mapping
        What a refusal names.

    Returns
    -------
    Found

    Raises
    ------
    NotComparable
        If the countries or the reference may not be compared.
    """
    if aim.kind == "group":
        covered(aim.members, cells, aim.weights, least, what)
    wanted = cells.those((*asked, *aim.members.codes))
    everybody, pool = wanted, wanted
    groups, verdicts = tuple[Judged, ...](), list[str]()
    if wanted.sum() > 1 or aim.kind not in ("target", "own"):
        standing = stand(evidence, cells.table, wanted, config, override, what)
        everybody, groups = standing.ranked, (standing.among,)
        pool, verdicts = everybody, [standing.verdict]
        if aim.kind == "frontier":
            pool, groups = standing.pool, (*groups, standing.against)
            everybody = pool
            verdicts = [standing.pool_verdict]
    if aim.kind == "target":
        rows = np.append(cells.table["obs"].to_numpy(), aim.row)
        against = _against(evidence, rows, cells, aim, config)
        allowed = _allowed(evidence, rows, against, everybody, override, what)
        counted = allowed[against.i]
        everybody, groups = everybody & allowed, (*groups, against)
        verdicts.append(_worst(against, counted))
    value, room, who = _level(evidence, cells, pool, aim, groups, what)
    return Found(value, room, who, everybody, pool, groups, worst(verdicts))


def _worst(pairs: Judged, counted: Mask) -> str:
    codes = pairs.judgement.verdict[counted]
    return VERDICTS[int(codes.max())] if len(codes) else ""


def _against(
    evidence: "Evidence", rows: Ints, cells: Cells, aim: Aim, config: "Thresholds"
) -> Judged:
    """Judge every country's figure with the target."""
    n = len(cells.table)
    labels = [*cells.codes, "target"], [*(named(code) for code in cells.codes), aim.name]
    return judged(evidence, rows, (np.arange(n), np.full(n, n)), labels, config)


def _allowed(
    evidence: "Evidence",
    rows: Ints,
    against: Judged,
    everybody: Mask,
    override: str | None,
    what: Texts,
) -> Mask:
    """Set aside countries that may not be held against the target; refuse if none is left."""
    refused = against.judgement.verdict == _REFUSED
    allowed: Mask = everybody & (~refused | bool(override))
    if allowed.any():
        return allowed
    from comparisons.alternatives import instead

    raise Refused(
        refusal("not_comparable", what=what),
        reasons(rule_notes([against], least=3)),
        instead(evidence, rows, against, refused),
        insist=True,
        findings=against.worst_findings(),
    )


def _level(
    evidence: "Evidence",
    cells: Cells,
    pool: Mask,
    aim: Aim,
    groups: tuple[Judged, ...],
    what: Texts,
) -> tuple[float, float, tuple[str, ...]]:
    """Give level and rounding of the reference, and who it is."""
    value, room = levels(cells.table), rounding(cells.table)
    if aim.kind == "own":
        return aim.value, 0.0, ()
    if aim.kind == "target":
        return *_registered(evidence, aim, str(cells.table["unit"].iloc[0])), ()
    if aim.kind in LEADERS:
        sign = direction(evidence, str(cells.table["indicator"].iloc[0]))
        best = np.nanmax(np.where(pool, sign * value, np.nan))
        at = np.flatnonzero(pool & (sign * value == best))
        return float(sign * best), float(room[at[0]]), tuple(cells.codes[k] for k in at)
    members = cells.those(aim.members.codes)
    if not members.any():
        raise Absent(_unknown(evidence, cells, aim))
    if (members & ~pool).any():
        told = reasons(rule_notes(groups, least=3))
        raise Refused(refusal("not_comparable", what=what), told, insist=True)
    if aim.kind == "group":
        inside = cells.table[members].reset_index(drop=True)
        scale = float(levels(inside.assign(value=1.0))[0])
        return scale * value_of(inside, aim.rule, aim.weights), float("nan"), aim.members.codes
    return float(value[members][0]), float(room[members][0]), aim.members.codes


def _unknown(evidence: "Evidence", cells: Cells, aim: Aim) -> Texts:
    """Say that the reference has no figure, and who has one."""
    indicator = title(evidence, str(cells.table["indicator"].iloc[0]))
    known = listed([named(code) for code in cells.codes])
    return texts("refusal.no_countries", indicator=indicator, countries=aim.name, known=known)


def _registered(evidence: "Evidence", aim: Aim, own: str) -> tuple[float, float]:
    """Give level and rounding of a registered target."""
    figure = evidence.figures.iloc[aim.row]
    power = 10.0 ** int(figure["unit_mult"])
    given = str(evidence.registry.indicators[str(figure["indicator"])]["unit"])
    value = converted(float(figure["value"]) * power, given, own)
    # What was set is exact; what was measured is rounded.
    return value, 0.0
