"""How well the parts of a group hang together, as pure functions on arrays.

Parts stand along the first axis, countries along the last.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.floating[Any]]


def covariance(x: ArrayLike, pairwise: bool = True) -> Floats:
    """Give the sample covariances of parts.

    Parameters
    ----------
    x : array-like of float
        dims (part, country).
    pairwise : bool
        For each pair of parts take the countries that have both; else only countries that have
        every part.

    Returns
    -------
    ndarray of float
        dims (part, part); not a number where fewer than two countries have both.

    Examples
    --------
    >>> covariance([[1.0, 2.0, 3.0], [1.0, 3.0, float("nan")]]).tolist()
    [[1.0, 1.0], [1.0, 2.0]]
    """
    values = np.asarray(x, dtype=np.float64)
    there = np.isfinite(values)
    if not pairwise:
        there = np.broadcast_to(there.all(axis=0), values.shape)
    known, weight = np.where(there, values, 0), there.astype(np.float64)
    # Far from 0 the sums would cancel; a shift of a whole part changes no covariance.
    known = np.where(
        there, known - known.sum(1, keepdims=True) / weight.sum(1, keepdims=True).clip(1), 0
    )
    n = weight @ weight.T
    sums = known @ weight.T
    with np.errstate(invalid="ignore", divide="ignore"):
        found: Floats = (known @ known.T - sums * sums.T / n) / (n - 1)
    return np.where(n > 1, found, np.nan)


def correlation(x: ArrayLike, pairwise: bool = False) -> Floats:
    """Give the correlations of parts.

    Parameters
    ----------
    x : array-like of float
        dims (part, country).
    pairwise : bool
        As for `covariance`; correlations of different countries need not fit together.

    Returns
    -------
    ndarray of float
        dims (part, part).

    Examples
    --------
    >>> correlation([[1.0, 2.0, 3.0], [3.0, 2.0, 1.0]]).round(6).tolist()
    [[1.0, -1.0], [-1.0, 1.0]]
    """
    values = np.asarray(x, dtype=np.float64)
    if pairwise:
        return _pairwise(values)
    found = covariance(values, pairwise=False)
    spread = np.sqrt(np.diag(found))
    with np.errstate(invalid="ignore", divide="ignore"):
        result: Floats = found / np.outer(spread, spread)
    return result


def _pairwise(values: Floats) -> Floats:
    parts = len(values)
    found = np.eye(parts)
    for a, b in zip(*np.triu_indices(parts, 1), strict=True):
        found[a, b] = found[b, a] = correlation(values[[a, b]])[0, 1]
    return found


def cronbach(x: ArrayLike, *, standardised: bool = False, pairwise: bool = True) -> float:
    """Give Cronbach's alpha, `k / (k - 1) * (1 - trace C / sum C)`.

    Parameters
    ----------
    x : array-like of float
        dims (part, country), every part turned so that more is better.
    standardised : bool
        From correlations instead of covariances, as for parts in different units.
    pairwise : bool
        As for `covariance`.

    Returns
    -------
    float
        At most 1; below 0 where parts run against each other; not a number below two parts.

    References
    ----------
    Cronbach, Psychometrika 16 (1951).

    Examples
    --------
    >>> round(cronbach([[1.0, 2.0, 3.0, 4.0], [1.0, 2.0, 3.0, 5.0]]), 4)
    0.972
    """
    values = np.asarray(x, dtype=np.float64)
    k = len(values)
    matrix = correlation(values, pairwise) if standardised else covariance(values, pairwise)
    total = matrix.sum()
    if k < 2 or not total > 0:
        return float("nan")
    return float(k / (k - 1) * (1 - np.trace(matrix) / total))


def components(correlations: ArrayLike) -> tuple[Floats, Floats]:
    """Give the principal components of a correlation matrix.

    Parameters
    ----------
    correlations : array-like of float
        dims (part, part).

    Returns
    -------
    eigenvalues : ndarray of float
        dims (component,), largest first; they sum to the number of parts.
    loadings : ndarray of float
        dims (part, component): correlations of parts and components. The sign of each component
        is that which makes its loadings sum to 0 or more.

    Examples
    --------
    >>> values, loadings = components([[1.0, 0.5], [0.5, 1.0]])
    >>> values.round(3).tolist(), loadings[:, 0].round(3).tolist()
    ([1.5, 0.5], [0.866, 0.866])
    """
    values, vectors = np.linalg.eigh(np.asarray(correlations, dtype=np.float64))
    values, vectors = values[::-1].clip(0), vectors[:, ::-1]
    vectors = vectors * np.where(vectors.sum(axis=0) < 0, -1, 1)
    return values, vectors * np.sqrt(values)


def kmo(correlations: ArrayLike) -> float:
    """Give the Kaiser-Meyer-Olkin measure of sampling adequacy.

    Parameters
    ----------
    correlations : array-like of float
        dims (part, part).

    Returns
    -------
    float
        0 to 1; above 0.6 a common factor is plausible. Not a number where the matrix is singular.

    References
    ----------
    Kaiser, Psychometrika 39 (1974).

    Examples
    --------
    >>> round(kmo([[1.0, 0.6, 0.5], [0.6, 1.0, 0.4], [0.5, 0.4, 1.0]]), 4)
    0.6578
    """
    matrix = np.asarray(correlations, dtype=np.float64)
    if not np.isfinite(matrix).all() or np.linalg.matrix_rank(matrix) < len(matrix):
        return float("nan")
    inverse = np.linalg.inv(matrix)
    spread = np.sqrt(np.diag(inverse))
    partial = inverse / np.outer(spread, spread)
    off = ~np.eye(len(matrix), dtype=bool)
    plain = float((matrix[off] ** 2).sum())
    return plain / (plain + float((partial[off] ** 2).sum()))


def bartlett(correlations: ArrayLike, n: int) -> tuple[float, int, float]:
    """Test whether parts are correlated at all (Bartlett's test of sphericity).

    Parameters
    ----------
    correlations : array-like of float
        dims (part, part).
    n : int
        Countries behind them.

    Returns
    -------
    tuple
        Chi square, degrees of freedom and p.

    References
    ----------
    Bartlett, British Journal of Psychology, statistical section 3 (1950).

    Examples
    --------
    >>> chi2, df, p = bartlett([[1.0, 0.5], [0.5, 1.0]], 30)
    >>> round(chi2, 3), df, round(p, 4)
    (7.911, 1, 0.0049)
    """
    from scipy.special import chdtrc

    matrix = np.asarray(correlations, dtype=np.float64)
    k = len(matrix)
    df = k * (k - 1) // 2
    sign, log = np.linalg.slogdet(matrix)
    if not sign > 0 or n <= k:
        return float("nan"), df, float("nan")
    chi2 = -(n - 1 - (2 * k + 5) / 6) * float(log)
    return chi2, df, float(chdtrc(df, max(chi2, 0.0)))
