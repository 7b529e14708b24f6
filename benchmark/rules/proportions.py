"""Statistics of shares that the rules need, as pure functions on arrays.

Shares run from 0 to 1. A sample size is the effective one, n / design effect.
"""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Number = float | Array


def wilson(p: Number, n: Number, z: float = 1.959964) -> tuple[Any, Any]:
    """Compute the Wilson score interval of a share.

    Parameters
    ----------
    p : float or ndarray
        Observed share [0-1].
    n : float or ndarray
        Effective sample size.
    z : float
        Quantile of the normal distribution.

    Returns
    -------
    tuple
        Lower and upper bound [0-1].

    Notes
    -----
    Wilson (1927), as set out in Newcombe, Statistics in Medicine 17 (1998) 857.

    Examples
    --------
    >>> [round(float(x), 4) for x in wilson(81 / 263, 263)]
    [0.2553, 0.3662]
    """
    square = z * z
    centre = (p + square / (2 * n)) / (1 + square / n)
    half = z * np.sqrt(p * (1 - p) / n + square / (4 * n * n)) / (1 + square / n)
    return centre - half, centre + half


def standard_error(p: Number, n: Number) -> Any:
    """Compute the standard error of a share.

    Parameters
    ----------
    p : float or ndarray
        Observed share [0-1].
    n : float or ndarray
        Effective sample size.

    Returns
    -------
    float or ndarray
        The standard error [0-1].
    """
    return np.sqrt(p * (1 - p) / n)


def newcombe(p1: Number, n1: Number, p2: Number, n2: Number, z: float) -> tuple[Any, Any]:
    """Compute the interval of the difference of two independent shares.

    Parameters
    ----------
    p1, p2 : float or ndarray
        Observed shares [0-1].
    n1, n2 : float or ndarray
        Effective sample sizes.
    z : float
        Quantile of the normal distribution.

    Returns
    -------
    tuple
        Lower and upper bound of ``p1 - p2`` [-1 to 1].

    Notes
    -----
    Hybrid score interval, method 10 of Newcombe, Statistics in Medicine 17 (1998) 873.

    Examples
    --------
    >>> [round(float(x), 4) for x in newcombe(56 / 70, 70, 48 / 80, 80, 1.959964)]
    [0.0524, 0.3339]
    """
    (low1, high1), (low2, high2) = wilson(p1, n1, z), wilson(p2, n2, z)
    d = p1 - p2
    return d - np.hypot(p1 - low1, high2 - p2), d + np.hypot(high1 - p1, p2 - low2)


_erfc = np.vectorize(math.erfc, otypes=[np.float64])


def p_value(z: Number) -> Any:
    """Compute the two-sided p-value of a normal test statistic.

    Parameters
    ----------
    z : float or ndarray
        Test statistic.

    Returns
    -------
    float or ndarray
        Probability of a statistic at least as far from zero.

    Examples
    --------
    >>> round(float(p_value(1.959964)), 4)
    0.05
    """
    return _erfc(np.abs(z) / math.sqrt(2))[()]


def smallest_sample(
    p1: Number, p2: Number, deff1: Number, deff2: Number, rounding: Number, z: float
) -> Any:
    """Compute the sample from which a difference of two shares is significant.

    Parameters
    ----------
    p1, p2 : float or ndarray
        Observed shares [0-1].
    deff1, deff2 : float or ndarray
        Design effects.
    rounding : float or ndarray
        How far the true difference may be smaller than the printed one [0-1].
    z : float
        Quantile of the normal distribution.

    Returns
    -------
    float or ndarray
        Respondents needed in each sample, a whole number; not-a-number where rounding alone may
        explain the difference.

    Examples
    --------
    >>> [float(smallest_sample(0.50, 0.47, 1, 1, r, 1.959964)) for r in (0, 0.01, 0.03)]
    [2131.0, 4794.0, nan]
    """
    left = np.abs(np.subtract(p1, p2)) - rounding
    clear = np.where(left > 1e-12, left, np.nan)
    needed = z * z * (deff1 * p1 * (1 - p1) + deff2 * p2 * (1 - p2)) / clear**2
    return np.ceil(needed - 1e-9)[()]


def detectable(p1: Number, n1: Number, p2: Number, n2: Number, z: float) -> Any:
    """Compute the smallest change that two samples can show to be significant.

    Parameters
    ----------
    p1, p2 : float or ndarray
        Shares [0-1].
    n1, n2 : float or ndarray
        Effective sample sizes.
    z : float
        Quantile of the normal distribution.

    Returns
    -------
    float or ndarray
        Minimum detectable change [0-1].

    Examples
    --------
    >>> round(float(100 * detectable(0.24, 4000, 0.18, 3937, 1.959964)), 2)
    1.79
    """
    return z * np.hypot(standard_error(p1, n1), standard_error(p2, n2))
