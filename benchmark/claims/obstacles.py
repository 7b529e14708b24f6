"""What stands against a claimed change whatever its size."""

from collections.abc import Callable, Iterator
from math import copysign
from typing import Final

from benchmark.claims.case import Case, Change
from benchmark.claims.said import Count, Reason, Said, Several, Word, reason
from benchmark.language import Claimed


def refusal(q: Claimed, case: Case) -> Reason:
    """Name what forbids the comparison, a break in series first.

    Parameters
    ----------
    q : Claimed
        A change that is claimed.
    case : Case
        Figures that may not be compared.

    Returns
    -------
    Reason
        With the findings that forbid it.
    """
    broken = case.fired("C30", "N")
    notes = broken or tuple(f for f in case.comparison.findings if f.severity == "N")
    return reason("across_break" if broken else "not_comparable", q, notes=Several(notes))


def _unit_obstacle(q: Claimed, case: Case, change: Change) -> Reason | None:
    """Points are said of shares and scores, percent of anything but ranks, places of ranks."""
    fits = {
        "pp": change.kind in ("share", "score", "net_points"),
        "rel_change_percent": change.kind in ("share", "score", "count"),
        "rank": change.kind == "rank",
    }
    if q.kind == "change" and q.about == "count" and change.kind == "share":
        return reason("count_from_share", q, **change.facts())
    if q.kind == "change" and not fits.get(q.unit, change.kind == q.unit):
        return reason("other_unit", q, kind=case.kind)
    return None


def _pool_obstacle(q: Claimed, case: Case, change: Change) -> Reason | None:
    if change.kind != "rank":
        return None
    sizes = [side.meta.get("pool_size") for side in (change.earlier, change.later)]
    if None not in sizes and sizes[0] != sizes[1]:
        earlier, later = (Count(int(size)) for size in sizes if size is not None)
        return reason("different_pools", q, n_earlier=earlier, n_later=later)
    ids = [side.meta.get("pool_id") for side in (change.earlier, change.later)]
    if None not in ids and ids[0] != ids[1]:
        return reason("other_members", q)
    return None


def _direction_obstacle(q: Claimed, case: Case, change: Change) -> Reason | None:
    signed = copysign(1.0, change.up) if change.up else 0.0
    claimed = {"up": 1.0, "down": -1.0}.get(q.sense or "", signed)
    if not signed or claimed == signed:
        return None
    facts: dict[str, Said] = {"earlier": change.earlier, "later": change.later}
    if not change.in_time:
        return reason("wrong_order", q, **facts)
    if change.kind == "rank":
        moved = "places_up" if signed > 0 else "places_down"
        return reason("wrong_place", q, moved=Word(moved), **facts)
    return reason("wrong_direction", q, moved=Word("rose" if signed > 0 else "fell"), **facts)


def _rounding_obstacle(q: Claimed, case: Case, change: Change) -> Reason | None:
    stated = q.sense is not None or q.kind == "change"
    inside = abs(change.up) <= change.rounding + 1e-9 and change.rounding > 0
    if inside and stated and (q.kind != "change" or q.value):
        return reason("inside_rounding", q, **change.facts())
    return None


def _sampling_obstacle(q: Claimed, case: Case, change: Change) -> Reason | None:
    stated = q.sense is not None or q.kind == "change"
    notes = case.fired("C21")
    if notes and stated and (q.kind != "change" or q.value):
        return reason("inside_sampling", q, notes=Several(notes))
    return None


Obstacle = Callable[[Claimed, Case, Change], Reason | None]

OBSTACLES: Final[tuple[Obstacle, ...]] = (
    _unit_obstacle,
    _pool_obstacle,
    _direction_obstacle,
    _rounding_obstacle,
    _sampling_obstacle,
)
"""What stands against a change whatever its size; the first that is found is told."""


def remarks(q: Claimed, case: Case, change: Change) -> Iterator[Reason]:
    """Say of two levels that are merely set side by side what their difference is worth.

    Parameters
    ----------
    q : Claimed
        The two levels.
    case : Case
        The figures.
    change : Change
        The step from one to the other.

    Yields
    ------
    Reason
        A remark; the levels stay as they are.
    """
    if change.rounding and abs(change.up) <= change.rounding + 1e-9:
        yield reason("noted_rounding", q, **change.facts())
    elif case.fired("C21"):
        yield reason("noted_sampling", q, notes=Several(case.fired("C21")))
