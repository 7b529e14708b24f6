"""The difference of two figures that may be compared."""

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from benchmark.rules.claim import allowed
from benchmark.rules.claimed import ends
from benchmark.rules.pair import Pair
from benchmark.rules.proportions import newcombe, standard_error


@dataclass(frozen=True)
class Difference:
    """What may be said of the distance between two figures.

    Attributes
    ----------
    value : float
        Later minus earlier figure for a change, first minus second for a gap [unit].
    unit : str
        ``pp`` percentage points, ``points`` of a score, ``index_points``, ``places`` in a
        ranking (positive is a poorer place), ``count``.
    kind : str
        ``change`` in time, else ``gap``.
    decimals, bound_decimals : int
        Digits to print of the difference, and of its rounding bounds.
    low, high : float or None
        Bounds that the rounding of the figures leaves [unit]; None where it is not known.
    sampling_low, sampling_high : float or None
        95 % interval for the sampling error of shares [unit]; None unless both samples are known.
    relative, relative_low, relative_high : float or None
        Relative change with its rounding bounds [percent], where a claim asks for it.
    """

    value: float
    unit: str
    kind: str
    decimals: int
    bound_decimals: int
    low: float | None = None
    high: float | None = None
    sampling_low: float | None = None
    sampling_high: float | None = None
    relative: float | None = None
    relative_low: float | None = None
    relative_high: float | None = None

    def to_dict(self) -> dict[str, Any]:
        """Give the difference as plain data.

        Returns
        -------
        dict
            Every part that is known.
        """
        return {key: value for key, value in asdict(self).items() if value is not None}


def difference(pair: Pair) -> Difference | None:
    """Compute the difference of a pair.

    Parameters
    ----------
    pair : Pair
        Two figures whose severities are known.

    Returns
    -------
    Difference or None
        None where a rule finds them not comparable, or no difference has a meaning.
    """
    if pair.refused or not pair.difference_unit or np.isnan(pair.difference):
        return None
    parts: dict[str, float | None] = {}
    if pair.unit_class not in ("rank", "count"):
        parts["low"], parts["high"] = pair.bounds
    return Difference(
        value=pair.difference,
        unit=pair.difference_unit,
        kind="change" if pair.holds("in_time") else "gap",
        decimals=max(pair.decimals),
        bound_decimals=pair.bound_decimals,
        **parts,
        **_sampling(pair),
        **_relative(pair),
    )


def _sampling(pair: Pair) -> dict[str, float]:
    """Give the 95 % interval: Newcombe's, or the added standard errors of one sample."""
    p = pair.pairs
    if not (pair.holds("surveys") and pair.holds("shares") and pair.holds("base_known")):
        return {}
    subtrahend, minuend = pair.order if pair.holds("in_time") else (1, 0)
    shares = [float(value[0]) / 100 for value in p.values]
    samples = [float(n[0]) for n in p.sampled]
    one, other = (shares[minuend], samples[minuend]), (shares[subtrahend], samples[subtrahend])
    if pair.holds("same_question"):
        margin = p.config.z * float(standard_error(*one) + standard_error(*other))
        d = one[0] - other[0]
        low, high = max(-1.0, d - margin), min(1.0, d + margin)
    else:
        low, high = newcombe(*one, *other, p.config.z)
    low, high = (round(100 * float(bound), 10) for bound in (low, high))
    return {"sampling_low": low, "sampling_high": high}


def _relative(pair: Pair) -> dict[str, float | None]:
    """Give the relative change where a claim speaks of one."""
    for side, figure in enumerate(pair.sides):
        claim = figure.get("claim")
        if claim is not None and claim.unit == "rel_change_percent" and pair.holds("levels"):
            read = ends(pair.pairs, side)
            earlier, later = float(read[0][0]), float(read[2][0])
            low, high = (float(bound[0]) for bound in allowed(*read, relative=True))
            if earlier == 0:
                return {}
            return {
                "relative": round(100 * (later / earlier - 1), 10),
                "relative_low": round(low, 10),
                "relative_high": None if high == float("inf") else round(high, 10),
            }
    return {}
