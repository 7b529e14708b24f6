"""Putting indicators on one scale, as pure functions on arrays; the last axis is countries.

A direction of -1 turns an indicator round before anything else, so that more is always better.
What cannot be scaled (all countries equal) is missing everywhere, never 0; what is missing stays
missing.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from benchmark.errors import BenchmarkError
from comparisons.stats.ranks import competition

Floats = NDArray[np.floating[Any]]


def _turned(x: ArrayLike, direction: ArrayLike) -> Floats:
    """Turn values so that more is better; single precision stays single."""
    values = np.asarray(x)
    kept = values if values.dtype == np.float32 else values.astype(np.float64)
    return kept * np.asarray(direction, dtype=kept.dtype)


def _low(x: Floats) -> Floats:
    return np.fmin.reduce(x, axis=-1, keepdims=True, initial=np.inf)


def _high(x: Floats) -> Floats:
    return np.fmax.reduce(x, axis=-1, keepdims=True, initial=-np.inf)


def _over(part: Floats, whole: Floats) -> Floats:
    """Divide; where there is nothing to divide by, nothing is known."""
    there = np.isfinite(whole) & (whole != 0)
    safe = np.where(there, whole, 1).astype(part.dtype)
    return np.where(there, part / safe, np.nan).astype(part.dtype)


def flat(x: ArrayLike) -> NDArray[np.bool_]:
    """Find indicators that do not tell countries apart.

    Parameters
    ----------
    x : array-like of float
        dims (..., country).

    Returns
    -------
    ndarray of bool
        dims (...); also true where no value is known. A relative scale leaves these missing.

    Examples
    --------
    >>> flat([[3.0, 3.0, float("nan")], [3.0, 4.0, 3.0]])
    array([ True, False])
    """
    values = _turned(x, 1)
    found: NDArray[np.bool_] = ~(_high(values) > _low(values))[..., 0]
    return found


def min_max(x: ArrayLike, direction: ArrayLike = 1) -> Floats:
    """Stretch values from 0 (worst of these countries) to 1 (best).

    Parameters
    ----------
    x : array-like of float
        dims (..., country).
    direction : array-like of {1, -1}
        Which way is better; broadcast against `x`.

    Returns
    -------
    ndarray of float
        dims of `x`; 0 to 1. The distance to the best value is the same number.

    References
    ----------
    OECD/JRC, Handbook on Constructing Composite Indicators (2008), table 3.

    Examples
    --------
    >>> min_max([2.0, 5.0, float("nan"), 4.0]).round(3).tolist()
    [0.0, 1.0, nan, 0.667]
    >>> min_max([2.0, 5.0, 4.0], direction=-1).round(3).tolist()
    [1.0, 0.0, 0.333]
    """
    turned = _turned(x, direction)
    low = _low(turned)
    return _over(turned - low, _high(turned) - low)


def goalposts(
    x: ArrayLike, low: ArrayLike, high: ArrayLike, direction: ArrayLike = 1, cap: bool = False
) -> Floats:
    """Measure values between two fixed posts, so that years and pools compare.

    Parameters
    ----------
    x : array-like of float
        dims (..., country).
    low, high : array-like of float
        The posts, in the unit of `x`; broadcast against it.
    direction : array-like of {1, -1}
        With -1 the value at `low` scores 1.
    cap : bool
        Hold scores between 0 and 1.

    Returns
    -------
    ndarray of float
        dims of `x`.

    Examples
    --------
    >>> goalposts([20.0, 85.0, 110.0], 0, 100).tolist()
    [0.2, 0.85, 1.1]
    >>> goalposts([20.0], 0, 100, direction=-1).tolist()
    [0.8]
    """
    first, last = np.asarray(low, dtype=np.float64), np.asarray(high, dtype=np.float64)
    there = last > first
    values = _turned(x, 1)
    width = np.where(there, last - first, np.nan).astype(values.dtype)
    scores = _over(values - first.astype(values.dtype), width)
    scores = np.where(np.asarray(direction) < 0, 1 - scores, scores)
    return np.clip(scores, 0, 1) if cap else scores


def z_scores(x: ArrayLike, direction: ArrayLike = 1, ddof: int = 0) -> Floats:
    """Measure values in standard deviations from the mean of these countries.

    Parameters
    ----------
    x : array-like of float
        dims (..., country).
    direction : array-like of {1, -1}
        Which way is better.
    ddof : {0, 1}
        0 takes the countries as all there are (UN, Mazziotta and Pareto), 1 as a sample (COINr).

    Returns
    -------
    ndarray of float
        dims of `x`.

    Examples
    --------
    >>> z_scores([1.0, 2.0, 3.0], ddof=1).tolist()
    [-1.0, 0.0, 1.0]
    """
    turned = _turned(x, direction)
    there = np.isfinite(turned)
    count = there.sum(axis=-1, keepdims=True)
    known = np.where(there, turned, 0)
    off = turned - _over(known.sum(axis=-1, keepdims=True), count)
    square = np.where(there, off * off, 0).sum(axis=-1, keepdims=True)
    spread = np.sqrt(_over(square, (count - ddof).clip(0)))
    # A mean is rounded: equal values may leave a spread of a few units in the last place.
    varied = _high(turned) > _low(turned)
    return _over(off, np.where(varied, spread, 0))


def to_target(
    x: ArrayLike, target: ArrayLike, direction: ArrayLike = 1, cap: bool = False
) -> Floats:
    """Measure how much of the way from the worst country to a target is covered.

    Parameters
    ----------
    x : array-like of float
        dims (..., country).
    target : array-like of float
        In the unit of `x`; broadcast against it.
    direction : array-like of {1, -1}
        Which way is better.
    cap : bool
        Give no more than 1 to those past the target.

    Returns
    -------
    ndarray of float
        dims of `x`; 1 at the target. Missing where the worst country has reached it.

    Examples
    --------
    >>> to_target([20.0, 50.0, 90.0], 80.0).round(3).tolist()
    [0.0, 0.5, 1.167]
    >>> to_target([20.0, 5.0], 10.0, direction=-1, cap=True).tolist()
    [0.0, 1.0]
    """
    turned = _turned(x, direction)
    aim = np.asarray(target, dtype=turned.dtype) * np.asarray(direction, dtype=turned.dtype)
    low = _low(turned)
    scores = _over(turned - low, np.where(aim > low, aim - low, np.nan).astype(turned.dtype))
    return np.minimum(scores, 1) if cap else scores


def to_reference(x: ArrayLike, reference: int, direction: ArrayLike = 1) -> Floats:
    """Measure distance to one of the countries, which scores 1.

    Parameters
    ----------
    x : array-like of float
        dims (..., country).
    reference : int
        Position of that country.
    direction : array-like of {1, -1}
        Which way is better.

    Returns
    -------
    ndarray of float
        dims of `x`; `1 - (ref - x) / (ref - min)`.

    Examples
    --------
    >>> to_reference([0.7978, 0.7284, 0.8292, 0.7131, 0.7835], 0).round(4).tolist()
    [1.0, 0.1806, 1.3707, 0.0, 0.8312]
    """
    values = _turned(x, 1)
    return to_target(values, values[..., [reference]], direction)


def fraction_of_max(x: ArrayLike, direction: ArrayLike = 1) -> Floats:
    """Divide values by the largest of these countries.

    Parameters
    ----------
    x : array-like of float
        dims (..., country); with a true zero.
    direction : array-like of {1}
        A scale on which less is better has no largest value to be a fraction of.

    Returns
    -------
    ndarray of float
        dims of `x`; missing where the largest value is not positive.

    Raises
    ------
    BenchmarkError
        If less is better: turning the sign would give the worst country the highest score.

    Examples
    --------
    >>> fraction_of_max([10.0, 40.0]).tolist()
    [0.25, 1.0]
    """
    if (np.asarray(direction) < 0).any():
        raise BenchmarkError(
            "fraction of the maximum needs an indicator of which more is better: of one of which "
            "less is better it would score the worst country highest. Use min_max or goalposts"
        )
    values = _turned(x, 1)
    top = _high(values)
    return _over(values, np.where(top > 0, top, np.nan).astype(values.dtype))


def borda(x: ArrayLike, direction: ArrayLike = 1) -> Floats:
    """Count the countries that each one leaves behind.

    Parameters
    ----------
    x : array-like of float
        dims (..., country).
    direction : array-like of {1, -1}
        Which way is better.

    Returns
    -------
    ndarray of float
        dims of `x`; 0 for the worst; equal values leave the same number behind.

    Examples
    --------
    >>> borda([5.0, 9.0, 5.0, float("nan")]).tolist()
    [0.0, 2.0, 0.0, nan]
    """
    turned = _turned(x, direction)
    behind = competition(turned, direction=-1) - 1
    return np.where(flat(turned)[..., None], np.nan, behind).astype(turned.dtype)


def percentile_rank(x: ArrayLike, direction: ArrayLike = 1) -> Floats:
    """Give the share of the other countries that each one leaves behind.

    Parameters
    ----------
    x : array-like of float
        dims (..., country).
    direction : array-like of {1, -1}
        Which way is better.

    Returns
    -------
    ndarray of float
        dims of `x`; `(rank - 1) / (n - 1)` counted from the worst; n are those with a value.

    Examples
    --------
    >>> percentile_rank([5.0, 9.0, 7.0, float("nan")]).tolist()
    [0.0, 1.0, 0.5, nan]
    """
    behind = borda(x, direction)
    others = np.isfinite(behind).sum(axis=-1, keepdims=True) - 1
    return _over(behind, np.maximum(others, 0))
