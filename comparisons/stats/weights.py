"""Weights of the parts of a group, as pure functions on arrays.

Parts stand along the last axis but one, countries along the last.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from benchmark.errors import BenchmarkError, listing

Floats = NDArray[np.floating[Any]]
SLACK = 1e-9
"""How far from 1 a sum of weights may be by rounding."""


def equal(parts: int) -> Floats:
    """Give every part of a group the same weight.

    Examples
    --------
    >>> equal(4).tolist()
    [0.25, 0.25, 0.25, 0.25]
    """
    return np.full(parts, 1 / parts)


def given(weights: Sequence[float]) -> Floats:
    """Check weights that somebody has set.

    Parameters
    ----------
    weights : sequence of float
        One a part.

    Returns
    -------
    ndarray of float

    Raises
    ------
    BenchmarkError
        If a weight is negative, or they do not sum to 1.

    Examples
    --------
    >>> given([0.34, 0.33, 0.33]).tolist()
    [0.34, 0.33, 0.33]
    """
    found = np.asarray(weights, dtype=np.float64)
    problems = [f"weight {k + 1} is {found[k]:g}" for k in np.flatnonzero(~(found >= 0))]
    if abs(found.sum() - 1) > SLACK:
        problems.append(f"they sum to {found.sum():.10g}, not to 1")
    if problems:
        raise BenchmarkError(listing("these weights cannot be used", problems))
    return found


def principal(x: ArrayLike, names: Sequence[str] = ()) -> Floats:
    """Weigh parts by their loadings on the first principal component.

    Parameters
    ----------
    x : array-like of float
        dims (part, country); countries with every part are used.
    names : sequence of str
        What a refusal calls the parts.

    Returns
    -------
    ndarray of float
        dims (part,); sums to 1.

    Raises
    ------
    BenchmarkError
        If a part loads negatively: it runs against the others, and no weight mends that.

    Notes
    -----
    Such weights describe what varies together; they do not say what matters.

    Examples
    --------
    >>> principal([[1.0, 2.0, 3.0, 4.0], [2.0, 4.0, 6.0, 8.5]]).round(3).tolist()
    [0.5, 0.5]
    """
    from comparisons.stats.consistency import components, correlation

    loadings = components(correlation(x))[1][:, 0]
    against = np.flatnonzero(loadings < 0)
    if len(against):
        raise BenchmarkError(
            listing(
                "principal components give no weights here: the loadings of parts are negative",
                [
                    f"{names[k] if names else f'part {k + 1}'}: {loadings[k]:.3f}"
                    for k in against.tolist()
                ],
                "Check its direction, leave it out, or set weights by judgement.",
            )
        )
    weights: Floats = loadings / loadings.sum()
    return weights


def entropy(x: ArrayLike) -> Floats:
    """Weigh parts by how unevenly they are spread over the countries.

    Parameters
    ----------
    x : array-like of float
        dims (part, country); not negative. Missing values are left out of their part.

    Returns
    -------
    ndarray of float
        dims (part,); sums to 1. A part that is the same everywhere weighs nothing.

    Raises
    ------
    BenchmarkError
        If a value is negative, or no part tells the countries apart.

    References
    ----------
    Shannon entropy, as used for weights by Zeleny, Multiple Criteria Decision Making (1982).

    Examples
    --------
    >>> entropy([[1.0, 1.0, 1.0], [0.0, 0.0, 3.0]]).round(3).tolist()
    [0.0, 1.0]
    """
    values = np.asarray(x, dtype=np.float64)
    if (values < 0).any():
        raise BenchmarkError(
            "entropy weights need values of 0 or more; normalise by min_max or goalposts first"
        )
    there = np.isfinite(values)
    known = np.where(there, values, 0)
    total = known.sum(axis=-1, keepdims=True)
    share = known / np.where(total > 0, total, 1)
    count = there.sum(axis=-1)
    plain = share * np.log(np.where(share > 0, share, 1))
    spread = 1 + plain.sum(axis=-1) / np.log(np.maximum(count, 2))
    spread = np.where((total[..., 0] > 0) & (count > 1), spread.clip(0), 0)
    spread[spread < SLACK] = 0
    if not spread.sum() > 0:
        raise BenchmarkError("entropy gives no weights: no part tells the countries apart")
    weights: Floats = spread / spread.sum()
    return weights


def benefit_of_the_doubt(
    x: ArrayLike, low: float = 0.0, high: float = 1.0
) -> tuple[Floats, Floats]:
    """Score each country with the weights that suit it best.

    Parameters
    ----------
    x : array-like of float
        dims (part, country); not negative. A country with a part missing gets no score and sets
        no limit to others.
    low, high : float
        Least and largest share of its own score that a part may make up.

    Returns
    -------
    scores : ndarray of float
        dims (country,); 1 for countries that no other beats with their own best weights.
    shares : ndarray of float
        dims (part, country): the share of its score that each part makes up.

    Raises
    ------
    BenchmarkError
        If a value is negative, or the bounds leave no weights.

    References
    ----------
    Cherchye, Moesen, Rogge and Van Puyenbroeck, Social Indicators Research 82 (2007).

    Examples
    --------
    >>> scores, shares = benefit_of_the_doubt([[1.0, 0.2, 0.5], [0.2, 1.0, 0.5]])
    >>> scores.round(4).tolist()
    [1.0, 1.0, 0.8333]
    """
    values = np.asarray(x, dtype=np.float64)
    parts = len(values)
    if (values < 0).any() or not low * parts <= 1 <= high * parts + SLACK:
        raise BenchmarkError(
            f"benefit of the doubt needs values of 0 or more and shares whose bounds let {parts} "
            f"parts sum to 1; given: least value {np.nanmin(values):g}, bounds {low:g} to {high:g}"
        )
    whole = np.flatnonzero(np.isfinite(values).all(axis=0))
    scores = np.full(values.shape[1], np.nan)
    shares = np.full(values.shape, np.nan)
    for country in whole:
        scores[country], shares[:, country] = _best(values[:, whole], values[:, country], low, high)
    return scores, shares


def _best(others: Floats, own: Floats, low: float, high: float) -> tuple[float, Floats]:
    from scipy.optimize import linprog

    # The unknowns are weights; a part's share of the score is bounded by linear inequalities.
    bounded = np.vstack([low * own - np.diag(own), np.diag(own) - high * own])
    limits = np.concatenate([np.ones(others.shape[1]), np.zeros(len(bounded))])
    found = linprog(-own, A_ub=np.vstack([others.T, bounded]), b_ub=limits, method="highs")
    if not found.success:
        raise BenchmarkError(f"benefit of the doubt found no weights: {found.message}")
    best: Any = found
    score = float(-best.fun)
    part = own * best.x
    return score, part / score if score > 0 else np.full(len(own), np.nan)
