"""Putting the parts of a group together, as pure functions on arrays.

Parts stand along the last axis but one, countries along the last. Shares are weights that sum to
1 along the parts, as `missing.shares` gives them: a part of share 0 is not looked at, and where a
share is not a number there is no score.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from benchmark.errors import BenchmarkError

Floats = NDArray[np.floating[Any]]


def _mean(x: Floats, shares: Floats) -> Floats:
    """Weigh and add; a part that is missing has share 0 and must not spoil the sum."""
    if x.ndim == 2 and shares.shape[-1] == 1:
        # One matrix product for all draws of weights; a product a draw takes ten times as long.
        product: Floats = shares[..., 0] @ x
        return product
    known = np.where(shares == 0, x.dtype.type(0), x)
    total: Floats = np.sum(known * shares, axis=-2)
    return total


def _both(x: ArrayLike, shares: ArrayLike) -> tuple[Floats, Floats]:
    values, weights = np.asarray(x), np.asarray(shares)
    kind = np.float32 if values.dtype == np.float32 else np.float64
    return values.astype(kind, copy=False), weights.astype(kind, copy=False)


def arithmetic(x: ArrayLike, shares: ArrayLike) -> Floats:
    """Take the weighted mean: a weak part is made up for by a strong one, one for one.

    Parameters
    ----------
    x : array-like of float
        dims (..., part, country).
    shares : array-like of float
        dims (..., part, country), or of length 1 along the countries.

    Returns
    -------
    ndarray of float
        dims (..., country).

    Examples
    --------
    >>> arithmetic([[0.2, 1.0], [0.4, 0.0]], [[0.5], [0.5]]).round(3).tolist()
    [0.3, 0.5]
    """
    return _mean(*_both(x, shares))


def _positive(x: Floats, shares: Floats, floor: float | None, name: str) -> Floats:
    if floor is not None:
        return np.maximum(x, x.dtype.type(floor))
    low = (x <= 0) & ~(shares == 0)
    if low.any():
        parts, countries = np.unique(np.argwhere(low)[:, -2:], axis=0).T
        raise BenchmarkError(
            f"a {name} mean needs values above 0, and {int(low.sum())} are 0 or less (parts "
            f"{sorted(set(parts.tolist()))}, countries {sorted(set(countries.tolist()))}, counted "
            "from 0). Put them on a scale above 0 first, or say what stands for them with `floor`"
        )
    # What is left at 0 or less has no weight.
    return np.where(x <= 0, x.dtype.type(1), x)


def geometric(x: ArrayLike, shares: ArrayLike, floor: float | None = None) -> Floats:
    """Take the weighted geometric mean: the weaker a part, the dearer it is.

    Parameters
    ----------
    x : array-like of float
        dims (..., part, country); above 0.
    shares : array-like of float
        dims (..., part, country), or of length 1 along the countries.
    floor : float, optional
        Stands for values below it; without it such values are refused.

    Returns
    -------
    ndarray of float
        dims (..., country).

    Raises
    ------
    BenchmarkError
        If a value is 0 or less and no floor is given.

    Examples
    --------
    >>> geometric([[1.0, 4.0], [4.0, 4.0]], [[0.5], [0.5]]).tolist()
    [2.0, 4.0]
    """
    values, weights = _both(x, shares)
    logs = np.log(_positive(values, weights, floor, "geometric"))
    result: Floats = np.exp(_mean(logs, weights))
    return result


def harmonic(x: ArrayLike, shares: ArrayLike, floor: float | None = None) -> Floats:
    """Take the weighted harmonic mean: stricter still on weak parts than the geometric one.

    Parameters
    ----------
    x : array-like of float
        dims (..., part, country); above 0.
    shares : array-like of float
        dims (..., part, country), or of length 1 along the countries.
    floor : float, optional
        Stands for values below it; without it such values are refused.

    Returns
    -------
    ndarray of float
        dims (..., country).

    Raises
    ------
    BenchmarkError
        If a value is 0 or less and no floor is given.

    Examples
    --------
    >>> harmonic([[1.0], [3.0]], [[0.5], [0.5]]).tolist()
    [1.5]
    """
    values, weights = _both(x, shares)
    result: Floats = 1 / _mean(1 / _positive(values, weights, floor, "harmonic"), weights)
    return result


def mazziotta_pareto(x: ArrayLike, shares: ArrayLike, penalty: int = -1) -> Floats:
    """Take the mean, less (or plus) a penalty for parts that are out of balance.

    Parameters
    ----------
    x : array-like of float
        dims (..., part, country); for the MPI on the scale of `mpi_scale`, for the AMPI on that
        of `ampi_scale`.
    shares : array-like of float
        dims (..., part, country), or of length 1 along the countries.
    penalty : {-1, 1}
        -1 where more is better (imbalance lowers the score), 1 where more is worse.

    Returns
    -------
    ndarray of float
        dims (..., country): `M + penalty * S * S / M` with mean M and standard deviation S
        (population) of the country's own parts, weighted.

    References
    ----------
    Mazziotta and Pareto, Rivista Italiana di Economia Demografia e Statistica 67 (2013); Social
    Indicators Research 127 (2016) for the adjusted index; weights as in RIEDS 76 (2022).

    Examples
    --------
    >>> mazziotta_pareto([[90.0], [110.0]], [[0.5], [0.5]]).tolist()
    [99.0]
    >>> mazziotta_pareto([[90.0], [110.0]], [[0.5], [0.5]], penalty=1).tolist()
    [101.0]
    """
    values, weights = _both(x, shares)
    mean = _mean(values, weights)
    off = values - mean[..., None, :]
    square = np.sum(np.where(weights == 0, 0, off * off) * weights, axis=-2)
    result: Floats = mean + np.sign(penalty) * square / np.where(mean != 0, mean, np.nan)
    return result


def mpi_scale(z: ArrayLike) -> Floats:
    """Set z scores (population) around 100 with a standard deviation of 10.

    Examples
    --------
    >>> mpi_scale([-1.0, 0.0, 2.0]).tolist()
    [90.0, 100.0, 120.0]
    """
    return 100 + 10 * np.asarray(z)


def ampi_scale(x: ArrayLike, low: ArrayLike, high: ArrayLike, direction: ArrayLike = 1) -> Floats:
    """Set values between two goalposts from 70 to 130.

    Parameters
    ----------
    x : array-like of float
        dims (..., country).
    low, high : array-like of float
        Goalposts in the unit of `x`; a reference less and plus half the range over all years and
        countries puts the reference at 100.
    direction : array-like of {1, -1}
        With -1 the scale is turned round 100.

    Returns
    -------
    ndarray of float
        dims of `x`.

    References
    ----------
    Mazziotta and Pareto, Social Indicators Research 127 (2016).

    Examples
    --------
    >>> ampi_scale([0.0, 50.0, 100.0], 0, 100).tolist()
    [70.0, 100.0, 130.0]
    >>> ampi_scale([0.0, 25.0], 0, 100, direction=-1).tolist()
    [130.0, 115.0]
    """
    from comparisons.stats.normalise import goalposts

    return 70 + 60 * goalposts(x, low, high, direction)


AGGREGATIONS: dict[str, Callable[..., Floats]] = {
    "arithmetic": arithmetic,
    "geometric": geometric,
    "harmonic": harmonic,
    "mpi": mazziotta_pareto,
    "ampi": mazziotta_pareto,
}
"""How parts are put together; the two last differ by the scale their parts stand on."""
