"""Slopes and tests of trend, as pure functions on arrays.

The last dimension is time; all others are series computed at once. A point that is not a number
is missing: it takes no part, and nothing is put in its place.
"""

from functools import cache
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from benchmark.rules.proportions import p_value
from comparisons.stats.proportions import Z95

Floats = NDArray[np.float64]

EXACT: Final = 10
"""Longest series without ties whose Mann-Kendall p-value is counted out."""

FEW_POINTS: Final = 5
"""With fewer points no test of trend can be significant at 5 %: the least p is 2 / n!."""

PETTITT: Final = 10
"""Fewest points in which an unknown break is looked for."""


def weighted_slope(
    year: ArrayLike, p: ArrayLike, n: ArrayLike
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Fit a line to shares, each weighted by its precision.

    Parameters
    ----------
    year : array-like of float
        Time of each point [years].
    p : array-like of float
        Shares [0-1].
    n : array-like of float
        Effective sample sizes.

    Returns
    -------
    tuple of ndarray
        Slope and its standard error [share a year]; not-a-number with fewer than two points.

    Notes
    -----
    Weights are ``n / (p (1 - p))``. A share of 0 or 1, whose variance would be zero, is weighted
    by the variance at the centre of its Wilson interval. The standard error is that of sampling
    alone: it does not grow when the points lie off the line.

    Examples
    --------
    >>> slope, error = weighted_slope([0, 1, 2], [0.24, 0.21, 0.18], [4000, 4625, 3937])
    >>> round(float(slope), 4), round(float(error), 5)
    (-0.03, 0.00455)
    """
    t, share, size = _whole(year, p, n)
    centre = (share * size + Z95**2 / 2) / (size + Z95**2)
    edge = np.where(share * (1 - share) > 0, share, centre)
    weight = size / (edge * (1 - edge))
    with np.errstate(divide="ignore", invalid="ignore"):
        total = np.nansum(weight, axis=-1, keepdims=True)
        away = t - np.nansum(weight * t, axis=-1, keepdims=True) / total
        spread = np.nansum(weight * away**2, axis=-1)
        slope = np.nansum(weight * away * share, axis=-1) / spread
        error = 1 / np.sqrt(spread)
    known = spread > 0
    return np.where(known, slope, np.nan), np.where(known, error, np.nan)


def cochran_armitage(year: ArrayLike, p: ArrayLike, n: ArrayLike) -> Any:
    """Test shares for a linear trend.

    Parameters
    ----------
    year : array-like of float
        Time of each point [years].
    p : array-like of float
        Shares [0-1].
    n : array-like of float
        Effective sample sizes.

    Returns
    -------
    float or ndarray
        The statistic z, negative for a fall; not-a-number where the shares are all 0 or all 1.

    References
    ----------
    Cochran, Biometrics 10 (1954) 417; Armitage, Biometrics 11 (1955) 375.

    Examples
    --------
    >>> z = cochran_armitage([0, 1, 2], [0.24, 0.21, 0.18], [4000, 4625, 3937])
    >>> round(float(z), 2)
    -6.56
    """
    t, share, size = _whole(year, p, n)
    with np.errstate(divide="ignore", invalid="ignore"):
        total = np.nansum(size, axis=-1, keepdims=True)
        both = np.nansum(size * share, axis=-1, keepdims=True) / total
        away = t - np.nansum(size * t, axis=-1, keepdims=True) / total
        variance = (both * (1 - both))[..., 0] * np.nansum(size * away**2, axis=-1)
        z = np.nansum(size * away * (share - both), axis=-1) / np.sqrt(variance)
    return np.where(variance > 0, z, np.nan)[()]


def mann_kendall(value: ArrayLike) -> tuple[Floats, Floats, Floats, Floats]:
    """Test whether a series goes one way, whatever its shape.

    Parameters
    ----------
    value : array-like of float
        Values in the order of time.

    Returns
    -------
    tuple of ndarray
        The statistic S (pairs that rise less pairs that fall), its variance with the correction
        for ties, z with the correction for continuity, and the two-sided p-value: counted out up
        to ten points without ties, from z otherwise.

    References
    ----------
    Mann, Econometrica 13 (1945) 245; Kendall, Rank Correlation Methods (1975).

    Examples
    --------
    >>> s, variance, z, p = mann_kendall([76, 77, 79, 78, 82])
    >>> float(s), round(float(p), 4)
    (8.0, 0.0833)
    """
    y = np.asarray(value, dtype=np.float64)
    with np.errstate(invalid="ignore"):
        sign = np.sign(y[..., None, :] - y[..., :, None])
    upper = np.triu(np.ones(sign.shape[-2:], dtype=bool), 1)
    s = np.nansum(np.where(upper, sign, 0.0), axis=(-2, -1))
    n = np.isfinite(y).sum(axis=-1).astype(np.float64)
    variance = (n * (n - 1) * (2 * n + 5) - _ties(y)) / 18
    with np.errstate(divide="ignore", invalid="ignore"):
        z = np.where(s == 0, 0.0, (s - np.sign(s)) / np.sqrt(variance))
    counted = (n <= EXACT) & (_ties(y) == 0)
    p = np.where(counted, _exact(s, n), p_value(z))
    return s, variance, z, np.where(n > 1, p, np.nan)


def _ties(y: Floats) -> Floats:
    """Sum ``t (t - 1) (2t + 5)`` over the groups of t equal values."""
    size = (y[..., None, :] == y[..., :, None]).sum(axis=-1)
    return np.asarray(np.where(np.isfinite(y), (size - 1) * (2 * size + 5), 0).sum(axis=-1), float)


def _exact(s: Floats, n: Floats) -> Floats:
    """Look up the probability of a statistic at least as far from zero."""
    table = _tails()
    place = np.minimum(np.abs(s), table.shape[1] - 1).astype(int)
    found: Floats = table[np.clip(n, 0, EXACT).astype(int), place]
    return found


@cache
def _tails() -> Floats:
    """Give P(|S| >= s) for each length and each s from 0, counting orders by their inversions."""
    table = np.zeros((EXACT + 1, EXACT * (EXACT - 1) // 2 + 1))
    table[:, 0] = 1.0
    counts = np.ones(1)
    for n in range(2, EXACT + 1):
        counts = np.convolve(counts, np.ones(n))
        most = len(counts) - 1
        far = np.abs(most - 2 * np.arange(most + 1))
        reached = [counts[far >= s].sum() for s in range(most + 1)]
        table[n, : most + 1] = np.array(reached) / counts.sum()
    return table


def theil_sen(year: ArrayLike, value: ArrayLike, z: float = Z95) -> tuple[Floats, Floats, Floats]:
    """Compute the median of the slopes between all pairs of points.

    Parameters
    ----------
    year : array-like of float
        Time of each point [years]: real years, not positions.
    value : array-like of float
        Values.
    z : float
        Quantile of the normal distribution.

    Returns
    -------
    tuple of ndarray
        Slope and the bounds of its interval [unit a year].

    References
    ----------
    Sen, Journal of the American Statistical Association 63 (1968) 1379.

    Examples
    --------
    >>> slope, low, high = theil_sen([2019, 2020, 2021, 2022, 2024], [76, 77, 79, 78, 82])
    >>> round(float(slope), 6)
    1.1
    """
    t, y = _whole(year, value)
    first, second = np.triu_indices(y.shape[-1], 1)
    step = t[..., second] - t[..., first]
    with np.errstate(divide="ignore", invalid="ignore"):
        slopes = np.where(step != 0, (y[..., second] - y[..., first]) / step, np.nan)
    slopes = np.sort(slopes, axis=-1)
    count = np.isfinite(slopes).sum(axis=-1)
    n = np.isfinite(y).sum(axis=-1)
    reach = z * np.sqrt(np.maximum(n * (n - 1) * (2 * n + 5) - _ties(y), 0) / 18)
    low = np.maximum(np.round((count - reach) / 2) - 1, 0)
    high = np.minimum(np.round((count + reach) / 2), count - 1)
    middle = (_at(slopes, (count - 1) // 2) + _at(slopes, count // 2)) / 2
    return middle, _at(slopes, low), _at(slopes, high)


def _at(ordered: Floats, place: NDArray[Any]) -> Floats:
    """Take one place of each sorted row; a row without any is not a number."""
    if not ordered.shape[-1]:
        return np.full(ordered.shape[:-1], np.nan)
    index = np.clip(place, 0, ordered.shape[-1] - 1).astype(int)
    return np.take_along_axis(ordered, index[..., None], axis=-1)[..., 0]


def pettitt(value: ArrayLike) -> tuple[Floats, NDArray[np.int64], Floats]:
    """Look for one unknown break in the level of a series.

    Parameters
    ----------
    value : array-like of float
        Values in the order of time; a series with fewer than ten points is not looked at.

    Returns
    -------
    tuple of ndarray
        The statistic K, the number of points before the likeliest break (places of missing points
        count), and the approximate two-sided p-value.

    References
    ----------
    Pettitt, Applied Statistics 28 (1979) 126.

    Examples
    --------
    >>> k, before, p = pettitt([5, 6, 5, 6, 5, 9, 10, 9, 10, 9])
    >>> float(k), int(before), round(float(p), 3)
    (25.0, 5, 0.066)
    """
    y = np.asarray(value, dtype=np.float64)
    with np.errstate(invalid="ignore"):
        sign = np.sign(y[..., :, None] - y[..., None, :])
    course = np.abs(np.cumsum(np.nansum(sign, axis=-1), axis=-1))
    k, n = course.max(axis=-1, initial=0.0), np.isfinite(y).sum(axis=-1)
    with np.errstate(divide="ignore", invalid="ignore"):
        p = np.minimum(2 * np.exp(-6 * k**2 / (n**3.0 + n**2.0)), 1.0)
    enough = n >= PETTITT
    before = np.argmax(course, axis=-1) + 1 if y.shape[-1] else np.zeros(y.shape[:-1], np.int64)
    return np.where(enough, k, np.nan), np.asarray(before), np.where(enough, p, np.nan)


def _whole(*given: ArrayLike) -> list[Floats]:
    """Give all the same shape; a point that lacks one part lacks all."""
    found = np.broadcast_arrays(*(np.asarray(one, dtype=np.float64) for one in given))
    there = np.isfinite(found).all(axis=0)
    return [np.where(there, one, np.nan) for one in found]
