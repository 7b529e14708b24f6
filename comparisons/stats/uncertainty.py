"""Ranks under many draws: exact counts of every rank, and what can be read off them.

Scores have dims (draw, country); the highest is first. Counts have dims (..., country, rank), in
whole numbers: nothing is lost between the draws and the quantiles, however many draws there are.
"""

from collections.abc import Iterator
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from comparisons.stats.ranks import competition

Floats = NDArray[np.floating[Any]]
Ints = NDArray[np.integer[Any]]
BLOCK = 1 << 15
"""Numbers worked on at once [cells]. Memory is bounded by it, and memory is the time: with all of
10,000 x 36 numbers in one block, ranks take four times as long as with a tenth of them."""


def weight_grid(parts: int, steps: int = 10) -> Floats:
    """List every way to share out a weight of 1 in equal steps.

    Parameters
    ----------
    parts : int
        Number of weights.
    steps : int
        Steps from 0 to 1.

    Returns
    -------
    ndarray of float
        dims (way, part); each sums to 1.

    Examples
    --------
    >>> weight_grid(3).shape, weight_grid(2, 2).tolist()
    ((66, 3), [[0.0, 1.0], [0.5, 0.5], [1.0, 0.0]])
    """
    bars = np.array(list(combinations(range(steps + parts - 1), parts - 1)), dtype=np.int64)
    bars = bars.reshape(-1, parts - 1)
    ends = np.full((len(bars), 1), -1), np.full((len(bars), 1), steps + parts - 1)
    return (np.diff(np.hstack([ends[0], bars, ends[1]]), axis=1) - 1) / steps


def blocks(draws: int, cells: int, block: int = BLOCK) -> Iterator[slice]:
    """Cut draws into blocks of bounded size.

    Parameters
    ----------
    draws : int
        How many.
    cells : int
        Numbers that one draw needs.
    block : int
        Numbers in a block.

    Yields
    ------
    slice
        Of the draws.

    Examples
    --------
    >>> [one.stop - one.start for one in blocks(3, BLOCK // 2)]
    [2, 1]
    """
    size = max(1, block // max(cells, 1))
    for start in range(0, draws, size):
        yield slice(start, min(start + size, draws))


def rank_counts(scores: ArrayLike) -> Ints:
    """Count how often each country takes each rank ("1224", the highest score first).

    Parameters
    ----------
    scores : array-like of float
        dims (draw, country); a country without a score has no rank in that draw.

    Returns
    -------
    ndarray of int
        dims (country, rank): the first column is rank 1.

    Examples
    --------
    >>> rank_counts([[3.0, 2.0, 1.0], [1.0, 2.0, 2.0], [1.0, float("nan"), 2.0]]).tolist()
    [[1, 1, 1], [1, 1, 0], [2, 0, 1]]
    """
    values = np.asarray(scores)
    n = values.shape[-1]
    counts = np.zeros(n * n, dtype=np.int64)
    for part in blocks(len(values), n):
        counts += _counted(values[part])
    return counts.reshape(n, n)


def _counted(scores: Floats) -> Ints:
    """Count ranks of one block of draws, as one line of `country * n + rank`.

    The number of the country is packed into the last bits of its score, so that one plain sort
    gives order and country: counting the ranks of 10,000 draws of 36 countries takes 0.4 of the
    time of an argsort alone. Scores that only those bits tell apart are ranked in full.
    """
    n = scores.shape[1]
    whole: Any = np.int32 if scores.dtype == np.float32 else np.int64
    low = whole((1 << max(1, (n - 1).bit_length())) - 1)
    # Adding 0 turns -0.0 into 0.0, which is the same score.
    keys = ((scores + scores.dtype.type(0)).view(whole) & ~low) | np.arange(n, dtype=whole)
    keys = np.sort(keys.view(scores.dtype), axis=1).view(whole)
    apart = keys[:, 1:] ^ keys[:, :-1]
    close = (apart >= 0) & (apart <= low)
    unsure = ~np.isfinite(keys[:, -1].view(scores.dtype))
    if close.any():
        unsure |= close.any(axis=1)
    places = np.arange(n - 1, -1, -1, dtype=whole)
    sure = (keys & low)[~unsure] if unsure.any() else keys & low
    found: Ints = np.bincount((sure * whole(n) + places).ravel(), minlength=n * n)
    return found + _ranked(scores[unsure]) if unsure.any() else found


def _ranked(scores: Floats) -> Ints:
    n = scores.shape[1]
    ranks = competition(scores)
    there = np.isfinite(ranks)
    place = np.nonzero(there)[1] * n + ranks[there].astype(np.int64) - 1
    return np.bincount(place, minlength=n * n)


def quantile(counts: ArrayLike, q: float) -> Floats:
    """Read a quantile of the ranks off their counts.

    Parameters
    ----------
    counts : array-like of int
        dims (..., country, rank).
    q : float
        Between 0 and 1.

    Returns
    -------
    ndarray of float
        dims (..., country); where the draws part exactly there, the mean of the two ranks. Not a
        number for a country that never had a rank.

    References
    ----------
    Hyndman and Fan, The American Statistician 50 (1996), definition 2.

    Examples
    --------
    >>> quantile([[33, 33, 0], [1, 1, 1]], 0.5).tolist()
    [1.5, 2.0]
    """
    table = np.asarray(counts)
    total = table.sum(axis=-1, keepdims=True)
    running = table.cumsum(axis=-1)
    aim = q * total
    # Draws are counted in whole numbers: an aim that is one but for rounding is one.
    aim = np.where(np.abs(aim - np.rint(aim)) < 1e-6, np.rint(aim), aim)
    lower = (running < aim).sum(axis=-1)
    upper = (running <= aim).sum(axis=-1)
    last = table.shape[-1] - 1 - (table[..., ::-1] > 0).argmax(axis=-1)
    first = (table > 0).argmax(axis=-1)
    middle = (lower.clip(first, last) + upper.clip(first, last)) / 2 + 1
    return np.where(total[..., 0] > 0, middle, np.nan)


def mean_shift(counts: ArrayLike, reference: ArrayLike) -> tuple[Floats, float]:
    """Give how far ranks move from a reference, on average.

    Parameters
    ----------
    counts : array-like of int
        dims (country, rank).
    reference : array-like of float [rank]
        dims (country,).

    Returns
    -------
    tuple
        The mean absolute shift of each country, and of all of them over all draws.

    References
    ----------
    Saisana, Saltelli and Tarantola, Journal of the Royal Statistical Society A 168 (2005).

    Examples
    --------
    >>> each, whole = mean_shift([[3, 1], [1, 3]], [1, 2])
    >>> each.tolist(), whole
    ([0.25, 0.25], 0.25)
    """
    table, home = np.asarray(counts), np.asarray(reference, dtype=np.float64)
    moved = np.abs(np.arange(1, table.shape[-1] + 1) - home[:, None])
    total = np.nansum(table * moved, axis=-1)
    draws = np.where(np.isfinite(home), table.sum(axis=-1), 0)
    each = np.where(draws > 0, total / np.maximum(draws, 1), np.nan)
    return each, float(total.sum() / draws.sum()) if draws.any() else float("nan")


def always_above(scores: ArrayLike) -> NDArray[np.bool_]:
    """Find the pairs that never swap: one country is above the other in every draw.

    Parameters
    ----------
    scores : array-like of float
        dims (draw, country).

    Returns
    -------
    ndarray of bool
        dims (country, country): the first is above the second. A draw in which one of them has no
        score, or both have the same, speaks against it.

    Examples
    --------
    >>> always_above([[3.0, 2.0, 1.0], [3.0, 1.0, 2.0]]).tolist()
    [[False, True, True], [False, False, False], [False, False, False]]
    """
    values = np.asarray(scores)
    # Countries along the first axis, so that each comparison runs over neighbours in memory.
    lines = np.ascontiguousarray(values.T)
    found = np.zeros((len(lines), len(lines)), dtype=bool)
    # Pairs that swap mostly do so early: only the others are looked at in full.
    first = lines[:, :64]
    for a in range(len(lines)):
        left = np.flatnonzero((first[a] > first).all(axis=1))
        found[a, left] = (lines[a] > lines[left]).all(axis=1)
    return found


def error_counts(
    values: ArrayLike, errors: ArrayLike, draws: int, seed: int = 0, direction: int = 1
) -> Ints:
    """Count the ranks of countries on many indicators under the error of every figure.

    Parameters
    ----------
    values : array-like of float
        dims (indicator, country).
    errors : array-like of float
        dims of `values`: standard errors, normal and independent.
    draws : int
        How often all figures are drawn anew.
    seed : int
        Of the random numbers.
    direction : {1, -1}
        1 if the highest value is best.

    Returns
    -------
    ndarray of int
        dims (indicator, country, rank).

    Examples
    --------
    >>> error_counts([[1.0, 9.0]], [[0.5, 0.5]], draws=100).tolist()
    [[[0, 100], [100, 0]]]
    """
    centre = direction * np.asarray(values, dtype=np.float64)
    spread = np.asarray(errors, dtype=np.float32)
    random = np.random.default_rng(seed)
    counts = np.zeros((*centre.shape, centre.shape[-1]), dtype=np.int64)
    # Single precision halves the time of drawing and sorting; values are first taken from their
    # middle, so that seven digits are left for the differences that ranks are made of.
    middle = np.nanmean(centre, axis=-1, keepdims=True)
    near = (centre - middle).astype(np.float32)
    for k, (value, error) in enumerate(zip(near, spread, strict=True)):
        for part in blocks(draws, len(value)):
            noise = random.standard_normal((part.stop - part.start, len(value)), dtype=np.float32)
            counts[k] += _counted(noise * error + value).reshape(counts.shape[1:])
    return counts
