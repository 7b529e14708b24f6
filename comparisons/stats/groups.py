"""Values of groups of countries, by a rule that somebody has declared."""

from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

RULES: Final = ("mean", "weighted_mean", "median", "min", "max", "sum")
"""Rules by which members make one value."""


def group_value(values: ArrayLike, rule: str, weights: ArrayLike | None = None) -> float:
    """Make one value of those of the members.

    Parameters
    ----------
    values : array-like of float
        One a member that has a figure, in one unit.
    rule : {"mean", "weighted_mean", "median", "min", "max", "sum"}
        There is no default: what a group's value means, its author must say.
    weights : array-like of float, optional
        One a value, above nought; for `weighted_mean`, and only for it.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If the rule is unknown, a value or weight is missing or not finite, or weights stand
        beside a rule that takes none.

    Examples
    --------
    >>> group_value([40.0, 60.0], "mean"), group_value([40.0, 60.0], "weighted_mean", [3, 1])
    (50.0, 45.0)
    """
    numbers = np.asarray(values, dtype=np.float64)
    if rule not in RULES:
        raise ValueError(f"no rule {rule!r}; choose {', '.join(RULES)}")
    if not numbers.size or not np.isfinite(numbers).all():
        raise ValueError("a group's value needs members, and every one with a number")
    if (weights is None) == (rule == "weighted_mean"):
        raise ValueError("weights belong to the rule weighted_mean, and to no other")
    if weights is not None:
        return float(np.average(numbers, weights=_checked(weights, len(numbers))))
    return float(getattr(np, rule)(numbers))


def _checked(weights: ArrayLike, size: int) -> NDArray[np.float64]:
    found = np.asarray(weights, dtype=np.float64)
    if found.shape != (size,) or not np.isfinite(found).all() or not (found > 0).all():
        raise ValueError("weights are finite numbers above nought, one a value")
    return found


def coverage(present: ArrayLike, weights: ArrayLike | None = None) -> float:
    """Say what part of a group the members present are.

    Parameters
    ----------
    present : array-like of bool
        One a member.
    weights : array-like of float, optional
        One a member; without them each counts the same.

    Returns
    -------
    float [0-1]

    Examples
    --------
    >>> coverage([True, True, False, True]), coverage([True, False], [3, 1])
    (0.75, 0.75)
    """
    here = np.asarray(present, dtype=np.float64)
    shares = np.ones_like(here) if weights is None else np.asarray(weights, dtype=np.float64)
    return float(np.average(here, weights=shares)) if here.size else 0.0


def percentile(value: float, others: ArrayLike, direction: int = 1) -> float:
    """Give the percentile rank of a value among itself and others, the best at 100.

    Parameters
    ----------
    value : float
        The value placed.
    others : array-like of float
        Those it stands among, without itself.
    direction : {1, -1}
        1 if high is good, -1 if low is.

    Returns
    -------
    float [0-100]
        100 (N - r) / (N - 1) with the fractional rank r, so that ties share the middle.

    Examples
    --------
    >>> percentile(3.0, [1.0, 2.0, 4.0, 5.0]), percentile(5.0, [5.0, 1.0])
    (50.0, 75.0)
    """
    rest = direction * np.asarray(others, dtype=np.float64)
    own = direction * value
    below = (rest < own).sum() + 0.5 * (rest == own).sum()
    return float(100 * below / len(rest)) if len(rest) else float("nan")
