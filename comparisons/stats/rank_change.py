"""A change of rank and what brought it about, as pure functions on arrays."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from comparisons.stats.ranks import competition

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class RankChange:
    """Ranks at two times and the parts of their change; positive numbers are moves down.

    Parameters
    ----------
    first, last : ndarray of float [rank]
        Place among all that have a score at that time ("1224").
    common_first, common_last : ndarray of float [rank]
        Place among those that have a score at both times.
    own, others, pool : ndarray of float [places]
        Parts of the change: the country's own movement, that of the others, and countries that
        joined or left. They add up to it exactly.
    n_first, n_last, n_common : ndarray of int
        Number of countries, for each line of scores.
    """

    first: Floats
    last: Floats
    common_first: Floats
    common_last: Floats
    own: Floats
    others: Floats
    pool: Floats
    n_first: NDArray[np.intp]
    n_last: NDArray[np.intp]
    n_common: NDArray[np.intp]

    @property
    def change(self) -> Floats:
        """Last place less first place; not-a-number for a country that lacks one."""
        return np.asarray(self.last - self.first)


def rank_change(first: ArrayLike, last: ArrayLike, direction: int = 1) -> RankChange:
    """Split changes of rank into own movement, others' movement and pool change.

    Parameters
    ----------
    first, last : array-like of float, dims (..., country)
        Scores at two times, in one unit; not-a-number where a country has none.
    direction : {1, -1}
        1 if the highest score is best, -1 if the lowest is.

    Returns
    -------
    RankChange
        Parts are given for the countries with both scores.

    Notes
    -----
    Let r(s, t) be 1 plus the number of common countries whose score at time t is better than the
    country's own score at time s. Then

    * own = half of [r(2,1) - r(1,1)] + [r(2,2) - r(1,2)],
    * others = half of [r(1,2) - r(1,1)] + [r(2,2) - r(2,1)],
    * pool = (better newcomers at time 2) - (better leavers at time 1).

    own + others is the change of place among the common countries: the mean over the two orders
    in which the two movements can be made (Shapley value), so neither comes first and half places
    occur. The pool needs no order: who came or left has one score only.

    References
    ----------
    Shapley (1953), A value for n-person games; Shorrocks, Journal of Economic Inequality 11
    (2013) 99, decomposition by the Shapley value.

    Examples
    --------
    B passes A by its own doing and falls behind D, a newcomer, while C leaves.

    >>> nan = float("nan")
    >>> found = rank_change([70, 60, 90, nan], [70, 80, nan, 95])
    >>> found.first.tolist(), found.last.tolist()
    ([2.0, 3.0, 1.0, nan], [3.0, 2.0, nan, 1.0])
    >>> found.own.tolist(), found.others.tolist(), found.pool.tolist()
    ([0.0, -1.0, nan, nan], [1.0, 0.0, nan, nan], [0.0, 0.0, nan, nan])
    """
    one, two = (np.asarray(scores, dtype=float) for scores in (first, last))
    both = np.isfinite(one) & np.isfinite(two)
    early, late = np.where(both, one, np.nan), np.where(both, two, np.nan)
    ranks = {
        (s, t): _place(own, among, direction)
        for s, own in ((1, early), (2, late))
        for t, among in ((1, early), (2, late))
    }
    whole = competition(one, direction), competition(two, direction)
    counts = (np.isfinite(scores).sum(axis=-1) for scores in (one, two, early))
    return RankChange(
        *whole,
        ranks[1, 1],
        ranks[2, 2],
        (ranks[2, 1] - ranks[1, 1] + ranks[2, 2] - ranks[1, 2]) / 2,
        (ranks[1, 2] - ranks[1, 1] + ranks[2, 2] - ranks[2, 1]) / 2,
        (whole[1] - ranks[2, 2]) - (whole[0] - ranks[1, 1]),
        *counts,
    )


def _place(own: Floats, among: Floats, direction: int) -> Floats:
    """Place each country's own score among the scores of the others."""
    better = direction * among[..., None, :] > direction * own[..., :, None]
    better &= ~np.eye(own.shape[-1], dtype=bool)
    return np.where(np.isnan(own), np.nan, 1.0 + better.sum(axis=-1))
