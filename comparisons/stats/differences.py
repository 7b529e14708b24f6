"""Differences of two independent shares, as pure functions on arrays.

Shares and differences run from 0 to 1. Sample sizes are effective ones, n / design effect.
The hybrid interval, the sample that would be needed and the p-value are those of the rules
(`benchmark.rules.proportions`) and are found here, too.
"""

from statistics import NormalDist
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from benchmark.rules.proportions import (
    detectable,
    newcombe,
    p_value,
    smallest_sample,
    standard_error,
)
from comparisons.stats.proportions import Z95

__all__ = [
    "cohen_h",
    "detectable",
    "equivalence",
    "newcombe",
    "p_value",
    "rounding_variance",
    "smallest_sample",
    "smallest_shown",
    "widened",
    "with_power",
    "z_pooled",
    "z_unpooled",
]

Z_POWER: Final = NormalDist().inv_cdf(0.8)
"""Quantile for a power of 80 %."""

_SLACK: Final = 1e-9


def _floats(*given: ArrayLike) -> list[NDArray[np.float64]]:
    return [np.asarray(one, dtype=np.float64) for one in given]


def _ratio(d: NDArray[np.float64], error: NDArray[np.float64]) -> Any:
    """Divide; no difference is 0 errors from none, even where there is no error."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where((np.abs(d) < _SLACK) & ~np.isnan(error), 0.0, d / error)[()]


def z_unpooled(p1: ArrayLike, n1: ArrayLike, p2: ArrayLike, n2: ArrayLike) -> Any:
    """Compute the statistic of the difference with each share's own variance.

    Parameters
    ----------
    p1, p2 : array-like of float
        Observed shares [0-1].
    n1, n2 : array-like of float
        Effective sample sizes.

    Returns
    -------
    float or ndarray
        ``(p1 - p2)`` over its standard error; infinite for different shares without one.

    Notes
    -----
    The statistic of rule C21. `z_pooled` is the usual test that the shares are equal.

    Examples
    --------
    >>> round(float(z_unpooled(0.24, 4000, 0.18, 3937)), 3)
    6.582
    """
    a, n, b, m = _floats(p1, n1, p2, n2)
    return _ratio(a - b, np.hypot(standard_error(a, n), standard_error(b, m)))


def z_pooled(p1: ArrayLike, n1: ArrayLike, p2: ArrayLike, n2: ArrayLike) -> Any:
    """Compute the statistic of the test that two shares are equal.

    Parameters
    ----------
    p1, p2 : array-like of float
        Observed shares [0-1].
    n1, n2 : array-like of float
        Effective sample sizes.

    Returns
    -------
    float or ndarray
        ``(p1 - p2)`` over the standard error that both would share.

    References
    ----------
    Fleiss, Levin and Paik, Statistical Methods for Rates and Proportions (2003), chapter 3.

    Examples
    --------
    >>> round(float(z_pooled(0.24, 4000, 0.18, 3937)), 3)
    6.559
    """
    a, n, b, m = _floats(p1, n1, p2, n2)
    both = (n * a + m * b) / (n + m)
    return _ratio(a - b, np.sqrt(both * (1 - both) * (1 / n + 1 / m)))


def cohen_h(p1: ArrayLike, p2: ArrayLike) -> Any:
    """Compute the size of a difference on the scale where all shares are equally precise.

    Parameters
    ----------
    p1, p2 : array-like of float
        Shares [0-1].

    Returns
    -------
    float or ndarray
        ``2 asin(sqrt p1) - 2 asin(sqrt p2)`` [radians]; 0.2 is small, 0.5 medium, 0.8 large.

    References
    ----------
    Cohen, Statistical Power Analysis for the Behavioral Sciences (1988), chapter 6.

    Examples
    --------
    >>> round(float(cohen_h(0.24, 0.18)), 4)
    0.1476
    """
    a, b = _floats(p1, p2)
    return 2 * (np.arcsin(np.sqrt(a)) - np.arcsin(np.sqrt(b)))


def rounding_variance(half1: ArrayLike, half2: ArrayLike) -> Any:
    """Compute the variance that rounding adds to a difference.

    Parameters
    ----------
    half1, half2 : array-like of float
        Half a unit in the last printed digit of each figure.

    Returns
    -------
    float or ndarray
        Sum of the variances of two even distributions, in squared units of the figures.

    Examples
    --------
    >>> round(float(rounding_variance(0.5, 0.5)) ** 0.5, 3)
    0.408
    """
    a, b = _floats(half1, half2)
    return (a**2 + b**2) / 3


def widened(
    d: ArrayLike, low: ArrayLike, high: ArrayLike, variance: ArrayLike, z: float = Z95
) -> tuple[Any, Any]:
    """Let an interval allow for another source of error, independent of the sampling.

    Parameters
    ----------
    d : array-like of float
        The difference.
    low, high : array-like of float
        Bounds that allow for sampling.
    variance : array-like of float
        Variance to add, as of rounding.
    z : float
        Quantile of the normal distribution.

    Returns
    -------
    tuple
        Lower and upper bound: the distances to the old bounds and ``z`` times the added standard
        deviation, joined as the sides of a right angle.

    References
    ----------
    Zou and Donner, Statistics in Medicine 27 (2008) 1693: the same recovery of variances from
    bounds that makes Newcombe's hybrid interval.

    Examples
    --------
    >>> bounds = widened(6, 6 - Z95 * 0.9115, 6 + Z95 * 0.9115, rounding_variance(0.5, 0.5))
    >>> [round(float(bound), 2) for bound in bounds]
    [4.04, 7.96]
    """
    middle, below, above, added = _floats(d, low, high, variance)
    room = z * np.sqrt(added)
    return middle - np.hypot(middle - below, room), middle + np.hypot(above - middle, room)


def with_power(p1: ArrayLike, n1: ArrayLike, p2: ArrayLike, n2: ArrayLike, z: float = Z95) -> Any:
    """Compute the true change that two samples would find significant four times out of five.

    Parameters
    ----------
    p1, p2 : array-like of float
        Shares [0-1].
    n1, n2 : array-like of float
        Effective sample sizes.
    z : float
        Quantile of the normal distribution.

    Returns
    -------
    float or ndarray
        Minimum detectable change at 80 % power [0-1]; `detectable` is the one at significance.

    Examples
    --------
    >>> round(100 * float(with_power(0.24, 4000, 0.18, 3937)), 2)
    2.55
    """
    a, n, b, m = _floats(p1, n1, p2, n2)
    return detectable(a, n, b, m, z + Z_POWER)


def smallest_shown(change: ArrayLike, rounding: ArrayLike, step: ArrayLike) -> Any:
    """Compute the smallest printed change that is significant however the figures were rounded.

    Parameters
    ----------
    change : array-like of float
        Minimum detectable change.
    rounding : array-like of float
        How far the true difference may be smaller than the printed one, in the same unit.
    step : array-like of float
        Step of the printed difference: 1 for whole numbers.

    Returns
    -------
    float or ndarray
        A multiple of `step`.

    Examples
    --------
    >>> [float(smallest_shown(change, 1, 1)) for change in (1.79, 2.0)]
    [3.0, 3.0]
    """
    least, room, unit = _floats(change, rounding, step)
    return np.ceil((least + room) / unit - _SLACK) * unit


def equivalence(d: ArrayLike, error: ArrayLike, margin: ArrayLike) -> Any:
    """Test that a difference is smaller than a margin (two one-sided tests).

    Parameters
    ----------
    d : array-like of float
        The difference.
    error : array-like of float
        Its standard error.
    margin : array-like of float
        How far from zero still counts as unchanged; positive, in the same unit.

    Returns
    -------
    float or ndarray
        The larger of the two one-sided p-values: below 0.05, "unchanged" is shown. A difference
        that is not significant does not show it.

    References
    ----------
    Schuirmann, Journal of Pharmacokinetics and Biopharmaceutics 15 (1987) 657.

    Examples
    --------
    >>> error = (0.78 * 0.22 * (1 / 4000 + 1 / 4625)) ** 0.5
    >>> round(float(equivalence(0.0, error, 0.02)), 4)
    0.0127
    """
    distance, spread, room = _floats(d, error, margin)
    with np.errstate(divide="ignore", invalid="ignore"):
        z = (room - np.abs(distance)) / spread
    tail = p_value(z) / 2
    return np.where(z < 0, 1 - tail, tail)[()]
