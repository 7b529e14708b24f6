"""Values so far out that they would decide an indicator alone; drawn in only on request."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.floating[Any]]
SKEWNESS, KURTOSIS = 2.0, 3.5
"""An indicator beyond both needs treatment (Groeneveld and Meeden 1984, as applied by the JRC)."""
MOST = 5
"""Values drawn in at most; an indicator that still fails is left for a person to judge."""


def skewness(x: ArrayLike) -> Floats:
    """Give the sample skewness along the last axis, adjusted for the number of values.

    Parameters
    ----------
    x : array-like of float
        dims (..., country).

    Returns
    -------
    ndarray of float
        dims (...); not a number below three values or where all are equal.

    References
    ----------
    Joanes and Gill, The Statistician 47 (1998), G1.

    Examples
    --------
    >>> float(skewness([1.0, 2.0, 3.0, 10.0]).round(4))
    1.7636
    """
    n, second, third, _ = _moments(x)
    with np.errstate(invalid="ignore", divide="ignore"):
        found = third / second**1.5 * np.sqrt(n * (n - 1)) / (n - 2)
    return np.where((n > 2) & (second > 0), found, np.nan)


def kurtosis(x: ArrayLike) -> Floats:
    """Give the sample excess kurtosis along the last axis, adjusted for the number of values.

    Parameters
    ----------
    x : array-like of float
        dims (..., country).

    Returns
    -------
    ndarray of float
        dims (...); not a number below four values or where all are equal.

    References
    ----------
    Joanes and Gill, The Statistician 47 (1998), G2.

    Examples
    --------
    >>> float(kurtosis([1.0, 2.0, 3.0, 10.0]).round(4))
    3.228
    """
    n, second, _, fourth = _moments(x)
    with np.errstate(invalid="ignore", divide="ignore"):
        plain = fourth / second**2 - 3
        found = (n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * plain + 6)
    return np.where((n > 3) & (second > 0), found, np.nan)


def _moments(x: ArrayLike) -> tuple[Floats, Floats, Floats, Floats]:
    values = np.asarray(x, dtype=np.float64)
    there = np.isfinite(values)
    n = there.sum(axis=-1).astype(np.float64)
    counted = np.maximum(n, 1)
    mean = np.where(there, values, 0).sum(axis=-1) / counted
    off = np.where(there, values - mean[..., None], 0)
    return n, *((off**power).sum(axis=-1) / counted for power in (2, 3, 4))


def needs_treatment(x: ArrayLike) -> NDArray[np.bool_]:
    """Say whether an indicator is skewed by a few values: |skewness| > 2 and kurtosis > 3.5.

    Parameters
    ----------
    x : array-like of float
        dims (..., country).

    Returns
    -------
    ndarray of bool
        dims (...).

    Examples
    --------
    >>> bool(needs_treatment([1.0, 2.0, 3.0, 2.0, 1.0, 2.0, 90.0]))
    True
    """
    with np.errstate(invalid="ignore"):
        found: NDArray[np.bool_] = (np.abs(skewness(x)) > SKEWNESS) & (kurtosis(x) > KURTOSIS)
    return found


def winsorise(x: ArrayLike, most: int = MOST) -> tuple[Floats, NDArray[np.bool_]]:
    """Draw the outermost values in to the next one, until the indicator passes.

    Parameters
    ----------
    x : array-like of float
        dims (country,).
    most : int
        Values drawn in at most.

    Returns
    -------
    values : ndarray of float
        dims of `x`; as it was where it passes from the start, or still fails at the end.
    changed : ndarray of bool
        dims of `x`.

    References
    ----------
    OECD/JRC, Handbook on Constructing Composite Indicators (2008), step 3; the order of COINr's
    `winsorise`.

    Examples
    --------
    >>> values, changed = winsorise([1.0, 2.0, 3.0, 2.0, 1.0, 2.0, 90.0])
    >>> values.tolist(), int(changed.sum())
    ([1.0, 2.0, 3.0, 2.0, 1.0, 2.0, 3.0], 1)
    """
    values = np.asarray(x, dtype=np.float64)
    tried = values.copy()
    changed = np.zeros(values.shape, dtype=bool)
    while needs_treatment(tried):
        side = np.nanmax if skewness(tried) > 0 else np.nanmin
        outer = tried == side(tried)
        if outer.sum() > most:
            return values.copy(), np.zeros(values.shape, dtype=bool)
        tried[outer] = side(np.where(outer, np.nan, tried))
        changed |= outer
    return tried, changed
