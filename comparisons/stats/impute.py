"""Filling gaps by what is known of the other countries; only on request, and marked."""

from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from benchmark.errors import BenchmarkError, UnknownName

Floats = NDArray[np.floating[Any]]
Method = Literal["knn", "iterative"]
METHODS = ("knn", "iterative")


def impute(
    x: ArrayLike, method: Method = "knn", *, neighbours: int = 5, seed: int = 0
) -> tuple[Floats, NDArray[np.bool_]]:
    """Fill what is missing.

    Parameters
    ----------
    x : array-like of float
        dims (indicator, country).
    method : {"knn", "iterative"}
        `knn` takes the mean of the most similar countries, on standardised indicators;
        `iterative` predicts each indicator from the others by ridge regression.
    neighbours : int
        Similar countries, for `knn`.
    seed : int
        For `iterative`.

    Returns
    -------
    values : ndarray of float
        dims of `x`; known values as they were.
    imputed : ndarray of bool
        dims of `x`: what was filled in.

    Raises
    ------
    UnknownName
        If there is no such method.
    BenchmarkError
        If an indicator has no value at all.

    References
    ----------
    Troyanskaya and others, Bioinformatics 17 (2001); Van Buuren and Groothuis-Oudshoorn, Journal
    of Statistical Software 45 (2011); both as in scikit-learn.

    Examples
    --------
    >>> values, marks = impute([[1.0, 2.0, float("nan")], [1.0, 2.0, 2.0]], neighbours=1)
    >>> values[0].tolist(), marks[0].tolist()
    ([1.0, 2.0, 2.0], [False, False, True])
    """
    values = np.asarray(x, dtype=np.float64)
    gaps = np.isnan(values)
    if method not in METHODS:
        raise UnknownName(f"no way to impute called {method!r}; choose {', '.join(METHODS)}")
    empty = np.flatnonzero(gaps.all(axis=1))
    if len(empty):
        raise BenchmarkError(
            f"indicators {(empty + 1).tolist()} have no value to learn from; leave them out"
        )
    # Indicators in other units must weigh alike in the distance between countries.
    middle = np.nanmean(values, axis=1, keepdims=True)
    spread = np.nanstd(values, axis=1, keepdims=True)
    spread[spread == 0] = 1
    filled = _filler(method, neighbours, seed).fit_transform(((values - middle) / spread).T).T
    return np.where(gaps, filled * spread + middle, values), gaps


def _filler(method: str, neighbours: int, seed: int) -> Any:
    if method == "knn":
        from sklearn.impute import KNNImputer

        return KNNImputer(n_neighbors=neighbours, weights="uniform")
    from sklearn.experimental import enable_iterative_imputer  # noqa: F401
    from sklearn.impute import IterativeImputer

    return IterativeImputer(random_state=seed, max_iter=100, tol=1e-3)
