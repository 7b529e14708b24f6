"""Agreement of rankings of the same countries, as pure functions on arrays.

All work on ranks or scores along the last axis and on the members that every ranking holds; equal
ones share the mean of their places.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from comparisons.stats.ranks import ranks

Floats = NDArray[np.float64]


def tau_b(a: ArrayLike, b: ArrayLike) -> Floats:
    """Compute Kendall's tau-b of two rankings.

    Parameters
    ----------
    a, b : array-like of float [rank]
        Two rankings, members along the last axis; a member that one of them lacks is left out.

    Returns
    -------
    ndarray of float [-1 to 1]
        1 where every pair stands in the same order; not-a-number where a ranking is one tie.

    References
    ----------
    Kendall, Biometrika 33 (1945) 239: the difference of concordant and discordant pairs over the
    geometric mean of the pairs that are no ties in each ranking.

    Examples
    --------
    >>> float(tau_b([1, 2, 3, 3, 5, 6, 6], [1, 3, 2, 4, 5, 5, 7]).round(4))
    0.8208
    """
    first, second = (_signs(one) for one in _common(a, b))
    with np.errstate(invalid="ignore"):
        return np.asarray(
            np.nansum(first * second, axis=(-1, -2))
            / np.sqrt(np.nansum(first**2, axis=(-1, -2)) * np.nansum(second**2, axis=(-1, -2)))
        )


def spearman(a: ArrayLike, b: ArrayLike) -> Floats:
    """Compute Spearman's rank correlation of two rankings.

    Parameters
    ----------
    a, b : array-like of float [rank]
        As for `tau_b`.

    Returns
    -------
    ndarray of float [-1 to 1]
        Correlation of the places; not-a-number where a ranking is one tie.

    Examples
    --------
    >>> float(spearman([2, 4, 1, 5, 3], [4, 1, 3, 5, 2]).round(4))
    0.1
    """
    first, second = (
        one - np.nanmean(one, axis=-1, keepdims=True) for one in _placed(*_common(a, b))
    )
    with np.errstate(invalid="ignore"):
        return np.asarray(
            np.nansum(first * second, axis=-1)
            / np.sqrt(np.nansum(first**2, axis=-1) * np.nansum(second**2, axis=-1))
        )


def footrule(a: ArrayLike, b: ArrayLike) -> Floats:
    """Add up by how many places the members differ in two rankings (Spearman's footrule).

    Parameters
    ----------
    a, b : array-like of float [rank]
        As for `tau_b`.

    Returns
    -------
    ndarray of float [places]

    References
    ----------
    Diaconis and Graham, JRSS B 39 (1977) 262.

    Examples
    --------
    >>> float(footrule([2, 4, 1, 5, 3], [4, 1, 3, 5, 2]))
    8.0
    """
    first, second = _placed(*_common(a, b))
    return np.asarray(np.nansum(np.abs(first - second), axis=-1))


def footrule_agreement(a: ArrayLike, b: ArrayLike) -> Floats:
    """Set the footrule against its largest value, that of the opposite order.

    Parameters
    ----------
    a, b : array-like of float [rank]
        As for `tau_b`.

    Returns
    -------
    ndarray of float [0-1]
        1 - F / floor(n^2 / 2): 1 for the same ranking, 0 for the opposite one.

    References
    ----------
    Diaconis and Graham, JRSS B 39 (1977) 262.

    Examples
    --------
    >>> float(footrule_agreement([2, 4, 1, 5, 3], [4, 1, 3, 5, 2]).round(3))
    0.333
    """
    n = np.isfinite(_common(a, b)[0]).sum(axis=-1)
    most = np.where(n > 1, n**2 // 2, np.nan)
    return np.asarray(1 - footrule(a, b) / most)


@dataclass(frozen=True)
class Concordance:
    """Kendall's coefficient of concordance and its test.

    Parameters
    ----------
    w : float [0-1]
        1 where all rankings are the same; not-a-number where there is nothing to rank.
    chi2, df : float
        Statistic and degrees of freedom; chi2 is Friedman's.
    p : float [0-1]
        Probability of such a statistic if the rankings had nothing in common.
    m, n : int
        Number of rankings and of members that all of them hold.
    """

    w: float
    chi2: float
    df: int
    p: float
    m: int
    n: int


def concordance(rankings: ArrayLike) -> Concordance:
    """Compute Kendall's W of several rankings.

    Parameters
    ----------
    rankings : array-like of float [rank], dims (ranking, member)
        A member that one of them lacks is left out.

    Returns
    -------
    Concordance

    References
    ----------
    Kendall and Babington Smith, Annals of Mathematical Statistics 10 (1939) 275, with the
    correction for ties: W = 12 S / (m^2 (n^3 - n) - m sum(t^3 - t)), chi2 = m (n - 1) W.

    Examples
    --------
    >>> found = concordance([[2, 4, 1, 5, 3], [4, 3, 1, 5, 2], [4, 1, 3, 5, 2]])
    >>> round(found.w, 4), round(found.chi2, 3), round(found.p, 3)
    (0.6444, 7.733, 0.102)
    """
    from scipy.special import chdtrc

    given = np.asarray(rankings, dtype=float)
    given = given[:, np.isfinite(given).all(axis=0)]
    m, n = given.shape
    places = ranks(given, -1, ties="frac")
    sums = places.sum(axis=0)
    spread = 12 * ((sums - m * (n + 1) / 2) ** 2).sum()
    most = m**2 * (n**3 - n) - m * _tied(places)
    w = float(spread / most) if most > 0 else np.nan
    chi2 = m * (n - 1) * w
    return Concordance(w, chi2, n - 1, float(chdtrc(n - 1, chi2)) if w == w else np.nan, m, n)


def _common(a: ArrayLike, b: ArrayLike) -> tuple[Floats, Floats]:
    """Keep the members that both rankings hold."""
    first, second = np.broadcast_arrays(np.asarray(a, dtype=float), np.asarray(b, dtype=float))
    both = np.isfinite(first) & np.isfinite(second)
    return np.where(both, first, np.nan), np.where(both, second, np.nan)


def _placed(a: Floats, b: Floats) -> tuple[Floats, Floats]:
    """Rank the common members among themselves."""
    return ranks(a, -1, ties="frac"), ranks(b, -1, ties="frac")


def _signs(ranking: Floats) -> Floats:
    return np.asarray(np.sign(ranking[..., :, None] - ranking[..., None, :]))


def _tied(places: Floats) -> float:
    """Sum t^3 - t over the runs of t equal places in all rankings."""
    runs = (places[:, :, None] == places[:, None, :]).sum(axis=-1).astype(float)
    return float((runs**2 - 1).sum())
