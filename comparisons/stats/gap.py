"""Gaps to a reference, distances to a frontier and paces to a target, on arrays."""

from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

ON_TRACK: Final = 0.95
MODERATE: Final = 0.60
"""Parts of the required growth from which progress is significant, and moderate."""


def gap(value: ArrayLike, reference: ArrayLike, direction: int = 1) -> Floats:
    """Say how far values fall short of a reference.

    Parameters
    ----------
    value, reference : array-like of float
        In one unit.
    direction : {1, -1}
        1 if high is good, -1 if low is.

    Returns
    -------
    ndarray of float
        In the unit of a difference; positive where the value is the worse one.

    Examples
    --------
    >>> gap([49.0, 80.0], 80.0), gap(24.0, 18.0, direction=-1)
    (array([31.,  0.]), np.float64(6.0))
    """
    apart = np.asarray(reference, dtype=np.float64) - np.asarray(value, dtype=np.float64)
    return np.asarray(direction * apart)[()]


def to_frontier(value: ArrayLike, best: ArrayLike, worst: ArrayLike) -> Floats:
    """Place values on the way from the worst (0) to the best (100).

    Parameters
    ----------
    value, best, worst : array-like of float
        In one unit.

    Returns
    -------
    ndarray of float [0-100]
        Not-a-number where best and worst are equal.

    References
    ----------
    World Bank, Doing Business 2015, distance to frontier.

    Examples
    --------
    >>> to_frontier([34.0, 41.0, 48.0], 48.0, 34.0)
    array([  0.,  50., 100.])
    """
    span = np.asarray(best, dtype=np.float64) - np.asarray(worst, dtype=np.float64)
    above = np.asarray(value, dtype=np.float64) - np.asarray(worst, dtype=np.float64)
    return _divided(100 * above, span)


def to_best(value: ArrayLike, best: ArrayLike, direction: int = 1) -> Floats:
    """Give values as parts of the best one.

    Parameters
    ----------
    value, best : array-like of float
        Not negative, in one unit with a true zero.
    direction : {1, -1}
        1 if high is good; for -1 the best value is divided by the others.

    Returns
    -------
    ndarray of float
        1 at the best, less below it.

    Examples
    --------
    >>> to_best([36.0, 48.0], 48.0), to_best([20.0, 10.0], 10.0, direction=-1)
    (array([0.75, 1.  ]), array([0.5, 1. ]))
    """
    a, b = np.asarray(value, dtype=np.float64), np.asarray(best, dtype=np.float64)
    return _divided(a, b) if direction > 0 else _divided(b, a)


def pace(value: ArrayLike, target: ArrayLike, years: ArrayLike) -> Floats:
    """Say how much a year it takes to be at a target in time.

    Parameters
    ----------
    value, target : array-like of float
        Level now and wanted, in one unit.
    years : array-like of float
        Years left.

    Returns
    -------
    ndarray of float
        Signed change a year; not-a-number where no year is left.

    Examples
    --------
    >>> pace(49.0, 80.0, 2015 - 2012).round(2)
    np.float64(10.33)
    """
    left = np.asarray(years, dtype=np.float64)
    change = np.asarray(target, dtype=np.float64) - np.asarray(value, dtype=np.float64)
    return _divided(change, np.where(left > 0, left, 0.0))


def progress(
    base: ArrayLike, value: ArrayLike, target: ArrayLike, years: ArrayLike, total: ArrayLike
) -> Floats:
    """Compare growth so far with the growth that leads from the base to the target in time.

    Parameters
    ----------
    base, value, target : array-like of float
        Level at the start, now and wanted; above nought.
    years, total : array-like of float
        Years from the start to now and to the target.

    Returns
    -------
    ndarray of float
        Ratio of the two compound annual growth rates; 1 is on the path, below 0 moves away.
        Not-a-number where a rate is not defined or the base is the target.

    References
    ----------
    After Eurostat, Sustainable development in the European Union, annex on the assessment of
    indicators with a target.

    Examples
    --------
    >>> progress(33.0, 49.0, 80.0, 1, 4).round(3)
    np.float64(1.957)
    """
    start, now, wanted = (np.asarray(one, dtype=np.float64) for one in (base, value, target))
    fine = (start > 0) & (now > 0) & (wanted > 0)
    start, now, wanted = (np.where(fine, one, np.nan) for one in (start, now, wanted))
    return _divided(_growth(start, now, years), _growth(start, wanted, total))


def pace_class(ratio: float, reached: bool = False) -> str:
    """Name the class of a progress.

    Parameters
    ----------
    ratio : float
        As from `progress`.
    reached : bool
        Whether the target is reached already.

    Returns
    -------
    {"reached", "significant", "moderate", "insufficient", "away", ""}

    References
    ----------
    Cut-offs after Eurostat: 95 % and 60 % of the required growth, and none.

    Examples
    --------
    >>> [pace_class(one) for one in (1.957, 0.7, 0.1, -0.2)]
    ['significant', 'moderate', 'insufficient', 'away']
    """
    if reached:
        return "reached"
    if not np.isfinite(ratio):
        return ""
    if ratio < 0:
        return "away"
    names = ("insufficient", "moderate", "significant")
    return names[int(ratio >= MODERATE) + int(ratio >= ON_TRACK)]


def _growth(first: Any, last: Any, years: ArrayLike) -> Floats:
    """Compound growth a year."""
    span = np.asarray(years, dtype=np.float64)
    found: Floats = (last / first) ** _divided(1.0, np.where(span > 0, span, 0.0)) - 1
    return found


def _divided(above: ArrayLike, below: ArrayLike) -> Floats:
    """Divide; what is divided by nought is not a number."""
    whole = np.asarray(below, dtype=np.float64)
    return np.asarray(above, dtype=np.float64) / np.where(whole == 0, np.nan, whole)
