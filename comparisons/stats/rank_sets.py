"""Confidence sets for ranks from standard errors, as pure functions on arrays.

A place is known as well as the differences behind it. Every ordered pair of countries is tested;
a country's place lies after those that are significantly better and before those that are
significantly worse.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from comparisons.stats.ranks import competition

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

KINDS: Final = ("marginal", "simultaneous")
METHODS: Final = ("holm", "bootstrap")
_NUMBERS: Final = 2**17
"""Differences of draws held at once."""


@dataclass(frozen=True)
class RankSets:
    """Confidence sets for the ranks of countries.

    Parameters
    ----------
    rank : ndarray of float [rank]
        Place of the estimate, 1 the best.
    low, high : ndarray of float [rank]
        Best and worst place in the set.
    level : float
        Confidence [0-1].
    kind : {"marginal", "simultaneous"}
        Whether each set by itself, or all together, hold the true places with that confidence.
    """

    rank: Floats
    low: Floats
    high: Floats
    level: float
    kind: str

    def top(self, k: int) -> Mask:
        """Find the countries that may be among the best `k`.

        Parameters
        ----------
        k : int
            Number of places.

        Returns
        -------
        ndarray of bool
            With simultaneous sets, all of the true best `k` are among them with the confidence
            of the sets.
        """
        return np.asarray(self.low <= k)


def rank_sets(
    estimates: ArrayLike,
    errors: ArrayLike,
    *,
    direction: int = 1,
    level: float = 0.95,
    kind: str = "marginal",
    method: str = "holm",
    seed: int = 0,
    draws: int = 2000,
) -> RankSets:
    """Compute confidence sets for the ranks of independent estimates.

    Parameters
    ----------
    estimates : array-like of float, dims (country)
        Scores or shares, in one unit.
    errors : array-like of float, dims (country)
        Their standard errors, in the same unit. A country that lacks either is left out.
    direction : {1, -1}
        1 if the highest score is best, -1 if the lowest is.
    level : float
        Confidence [0-1].
    kind : {"marginal", "simultaneous"}
        A set for each country by itself, from the pairs it is in; or sets that hold for all
        countries together, from all pairs.
    method : {"holm", "bootstrap"}
        Holm's step-down is deterministic. The bootstrap step-down uses how the pairs hang
        together, and may give narrower sets.
    seed, draws : int
        Of the bootstrap: its random numbers are the same for the same seed.

    Returns
    -------
    RankSets
        low = 1 + number significantly better; high = number - number significantly worse.

    Raises
    ------
    ValueError
        If there is no such kind or method, the level is not between 0 and 1, or an error is
        negative.

    References
    ----------
    Mogstad, Romano, Shaikh and Wilhelm, Review of Economic Studies (2023), doi
    10.1093/restud/rdad006, sections 3.1 to 3.3; Holm, Scandinavian Journal of Statistics 6 (1979)
    65; Romano and Wolf, JASA 100 (2005) 94.

    Examples
    --------
    Mathematics in PISA 2018, three countries: Norway stands after both others,
    but each set by itself leaves Finland the third place, too.

    >>> found = rank_sets([509.40, 507.30, 500.96], [1.735, 1.968, 2.219])
    >>> found.low.tolist(), found.high.tolist()
    ([1.0, 1.0, 3.0], [2.0, 3.0, 3.0])
    """
    _check(kind, method, level)
    value, error = (np.asarray(one, dtype=float) for one in (estimates, errors))
    if (error < 0).any():
        raise ValueError("standard errors cannot be negative")
    there = np.flatnonzero(np.isfinite(value + error))
    z = _statistics(direction * value[there], error[there])
    if method == "holm":
        above = _holm(z, 1 - level, kind)
    else:
        above = _bootstrap(z, error[there], 1 - level, kind, np.random.default_rng(seed), draws)
    better, worse = _counts(above)
    rank, low, high = (np.full(value.shape, np.nan) for _ in range(3))
    rank[there] = competition(value[there], direction)
    low[there], high[there] = 1 + better, len(there) - worse
    return RankSets(rank, low, high, level, kind)


def probability_above(
    a: ArrayLike, error_a: ArrayLike, b: ArrayLike, error_b: ArrayLike, direction: int = 1
) -> NDArray[np.float64]:
    """Compute the probability that A is truly better than B, as an indication.

    Parameters
    ----------
    a, b : array-like of float
        Independent estimates, in one unit.
    error_a, error_b : array-like of float
        Their standard errors.
    direction : {1, -1}
        1 if high values are good, -1 if low ones are.

    Returns
    -------
    ndarray of float [0-1]
        Phi of the difference over its standard error. The estimates are put in for the true
        values, so it is indicative: neither a test nor a posterior probability.

    Examples
    --------
    >>> float(probability_above(509.40, 1.735, 507.30, 1.968).round(3))
    0.788
    """
    from scipy.special import ndtr

    difference = direction * (np.asarray(a, dtype=float) - np.asarray(b, dtype=float))
    spread = np.hypot(np.asarray(error_a, dtype=float), np.asarray(error_b, dtype=float))
    return np.asarray(ndtr(_over(difference, spread)), dtype=np.float64)


def _check(kind: str, method: str, level: float) -> None:
    for word, known in ((kind, KINDS), (method, METHODS)):
        if word not in known:
            raise ValueError(f"no {word!r} here; choose one of {', '.join(known)}")
    if not 0 < level < 1:
        raise ValueError(f"a level of confidence lies between 0 and 1, not at {level!r}")


def _over(difference: Floats, spread: Floats) -> Floats:
    """Divide; without any error a difference is infinitely clear, and no difference is none."""
    with np.errstate(divide="ignore", invalid="ignore"):
        found = difference / spread
    return np.where((difference == 0) & (spread == 0), 0.0, found)


def _statistics(value: Floats, error: Floats) -> Floats:
    """Compute how many standard errors each country stands above each other one."""
    return _over(value[:, None] - value, np.hypot(error[:, None], error))


def _counts(above: Mask) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Count those significantly better and worse.

    `above[0, j, k]`: j stands above k where j is looked at; `above[1, j, k]`: k stands above j.
    """
    return above[1].sum(axis=-1), above[0].sum(axis=-1)


def _holm(z: Floats, alpha: float, kind: str) -> Mask:
    """Reject by Holm's step-down, for each country by itself or for all pairs at once."""
    from scipy.special import ndtr

    p = ndtr(-z)
    np.fill_diagonal(p, np.inf)
    both = np.stack([p, p.T])
    if kind == "simultaneous":
        rejected = _step_down(p.reshape(1, -1), p.size - len(p), alpha).reshape(p.shape)
        return np.stack([rejected, rejected.T])
    families = np.moveaxis(both, 1, 0).reshape(len(p), 2 * len(p))
    rejected = _step_down(families, 2 * (len(p) - 1), alpha)
    return np.moveaxis(rejected.reshape(len(p), 2, len(p)), 0, 1)


def _step_down(p: Floats, size: int, alpha: float) -> Mask:
    """Go through the p-values of each family from the smallest until one is too large."""
    order = np.argsort(p, axis=-1)
    left = np.maximum(size - np.arange(p.shape[-1]), 1)
    small = np.take_along_axis(p, order, -1) <= alpha / left
    found = np.empty(p.shape, dtype=bool)
    np.put_along_axis(found, order, np.logical_and.accumulate(small, axis=-1), -1)
    return found


def _bootstrap(
    z: Floats, error: Floats, alpha: float, kind: str, random: np.random.Generator, draws: int
) -> Mask:
    """Reject step by step what exceeds the quantile of the largest statistic still open."""
    noise = random.standard_normal((draws, len(error))) * error
    largest = _largest_of_all if kind == "simultaneous" else _largest_of_each
    statistics = np.stack([z, z.T])
    apart = ~np.eye(len(z), dtype=bool)
    open_ = np.stack([apart, apart])
    while True:
        # A difference is rejected where its statistic lies above what chance gives in all but
        # `alpha` of the draws; "higher" keeps the level where draws are few.
        reach = largest(noise, error, open_)
        limit = np.quantile(reach, 1 - alpha, axis=0, method="higher")
        new = open_ & (statistics > limit[:, None])
        if not new.any():
            return np.asarray(apart & ~open_)
        open_ &= ~new


def _largest_of_each(noise: Floats, error: Floats, open_: Mask) -> Floats:
    """Take for each draw and country the largest statistic of the open pairs it is in."""
    closed = np.where(open_, 0.0, -np.inf)

    def reduce(statistics: Floats) -> Floats:
        up, down = closed[0] + statistics, closed[1] - statistics
        return np.asarray(np.maximum(up, down).max(axis=-1, initial=-np.inf))

    return _over_draws(noise, error, reduce)


def _largest_of_all(noise: Floats, error: Floats, open_: Mask) -> Floats:
    """Take for each draw the largest statistic of all open pairs, the same for each country."""
    closed = np.where(open_[0], 0.0, -np.inf)

    def reduce(statistics: Floats) -> Floats:
        most = (closed + statistics).max(axis=(-1, -2), initial=-np.inf)
        return np.broadcast_to(most[:, None], statistics.shape[:2])

    return _over_draws(noise, error, reduce)


def _over_draws(noise: Floats, error: Floats, reduce: Callable[[Floats], Floats]) -> Floats:
    """Reduce the statistics of all pairs, some draws at a time to stay in the cache."""
    spread = np.hypot(error[:, None], error)
    scale = np.divide(1, spread, out=np.zeros_like(spread), where=spread > 0)
    size = max(1, _NUMBERS // max(1, error.size**2))
    parts = (noise[start : start + size] for start in range(0, len(noise), size))
    return np.concatenate([reduce((part[:, :, None] - part[:, None, :]) * scale) for part in parts])
