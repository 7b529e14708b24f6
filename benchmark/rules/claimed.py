"""The rule on claims: C41."""

from collections.abc import Iterator
from typing import Any, Final

import numpy as np

from benchmark.rules.claim import Interval, allowed, meet
from benchmark.rules.pair import DIFFERENCE, Pair
from benchmark.rules.pairs import Floats, Mask, Pairs, Severity, grade
from benchmark.rules.rule import Facts, Rule


def _claim(p: Pairs) -> Severity:
    found = np.zeros(len(p), dtype=np.int8)
    carried = p.levels & ~p.neither("claim")
    if not carried.any():
        return found
    part = p.subset(carried)
    held, borne = np.zeros((2, len(part)), dtype=bool)
    for side in (0, 1):
        carries = part.both("claim")[side] >= 0
        held |= carries
        borne |= carries & ~_supported(part, side)
    found[carried] = grade(c=borne, i=held)
    return found


def _supported(p: Pairs, side: int) -> Mask:
    """Say where the claim of one side holds; pairs without one are of no account."""
    codes = p.both("claim")[side]
    table = p.columns.tables["claim"]
    intervals = [claim.interval(p.config) for claim in table]
    claimed = Interval(
        *(
            np.array([getattr(one, name) for one in intervals])[codes]
            for name in ("low", "high", "low_open", "high_open")
        )
    )
    counts = np.array([claim.about == "count" for claim in table])[codes] & p.shares
    low, high = change(p, side)
    down = np.array([claim.sense == "down" for claim in table])[codes]
    low, high = np.where(down, -high, low), np.where(down, -low, high)
    return np.asarray(meet(claimed, low, high) & ~counts)


def ends(p: Pairs, side: int) -> tuple[Floats, Floats, Floats, Floats]:
    """Put the figures in the order in which the claim of one side reads them.

    Parameters
    ----------
    p : Pairs
        The pairs.
    side : int
        The side that carries the claim: 0 first, 1 second. In a pair that is not in time it is
        the later one. Exact complements are turned into its direction.

    Returns
    -------
    tuple of ndarray
        Earlier figure, its half unit in the last digit, later figure, its half unit [common
        unit].
    """
    # `values` are turned so that high is good; a carrier whose low values are good turns back.
    back = p.reversed & p.both("down")[side]
    first, second = (np.where(back, 100 - value, value) for value in p.values)
    half, other_half = p.both("half")
    forward = np.where(p.in_time, p.second_is_later, side == 1)
    return (
        np.where(forward, first, second),
        np.where(forward, half, other_half),
        np.where(forward, second, first),
        np.where(forward, other_half, half),
    )


def change(p: Pairs, side: int) -> tuple[Floats, Floats]:
    """Find the changes that the rounded figures allow, as the claim of one side counts them.

    Parameters
    ----------
    p : Pairs
        The pairs.
    side : int
        The side that carries the claim, as for `ends`.

    Returns
    -------
    tuple of ndarray
        Smallest and largest change from the earlier to the later figure: in percent where the
        claim is of a relative change, else in the common unit.
    """
    relative = np.array([claim.unit == "rel_change_percent" for claim in p.columns.tables["claim"]])
    return allowed(*ends(p, side), relative[p.both("claim")[side]])


def _claim_facts(pair: Pair) -> Iterator[Facts]:
    for side, one in enumerate(pair.sides):
        if "claim" in one:
            yield _statement(pair, side, one["claim"])


def _statement(pair: Pair, side: int, claim: Any) -> Facts:
    facts = {"claim": claim.to_facts(), "figure": pair.called(side)}
    if claim.about == "count" and pair.unit_class == "share":
        return {"variant": "count", **facts}
    supported = bool(_supported(pair.pairs, side)[0])
    verdict = "consistent" if supported else "unsupported"
    if pair.refused:
        # What may not be compared has no change; only the word is said, no number.
        return {"variant": f"refused_{verdict}", **facts}
    low, high = (float(bound[0]) for bound in change(pair.pairs, side))
    relative = claim.unit == "rel_change_percent"
    bounds = {
        "low": round(low, 10),
        "high": None if high == float("inf") else round(high, 10),
        "unit": "rel_change_percent" if relative else DIFFERENCE[pair.unit_class],
        "decimals": 1 if relative else pair.bound_decimals,
    }
    return {"variant": verdict, **facts, "bounds": bounds}


_LOOKED_AT: Final = ("claim", "value", "decimals", "period")
RULES: Final = (Rule("C41", "CLAIM", "measurement", 4, "IC", _LOOKED_AT, _claim, _claim_facts),)
