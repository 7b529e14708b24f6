"""Clusters of countries and near neighbours, on arrays of countries x indicators."""

import warnings
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

METHODS: Final = ("ward", "average", "kmeans")
"""Hierarchical clusters with Ward's criterion or average distances; k-means."""
MOST_CLUSTERS: Final = 8


@dataclass(frozen=True)
class Clusters:
    """A division of countries into clusters, and how far it can be trusted.

    Parameters
    ----------
    label : ndarray of int, dims (country,)
        Number of the cluster, from 0, the largest first.
    silhouette : ndarray of float, dims (country,)
        From -1 to 1: near 1 where a country clearly belongs to its cluster.
    mean : float
        Mean silhouette.
    stability : ndarray of float, dims (cluster,)
        Mean Jaccard similarity of each cluster with its nearest in resampled countries.
    tried : dict
        Mean silhouette of each number of clusters that was tried.
    """

    label: Ints
    silhouette: Floats
    mean: float
    stability: Floats
    tried: dict[int, float]


def standardised(values: ArrayLike) -> Floats:
    """Take from each column its mean and divide it by its population standard deviation.

    Parameters
    ----------
    values : array-like of float, dims (country, indicator)
        Complete.

    Returns
    -------
    ndarray of float
        A column without spread is nought throughout.

    Examples
    --------
    >>> standardised([[1.0, 5.0], [3.0, 5.0]]).tolist()
    [[-1.0, 0.0], [1.0, 0.0]]
    """
    table = np.asarray(values, dtype=np.float64)
    flat = np.ptp(table, axis=0) == 0
    sd = np.where(flat, 1.0, table.std(axis=0))
    return np.asarray(np.where(flat, 0.0, (table - table.mean(axis=0)) / sd))


def clusters(
    points: ArrayLike,
    method: str = "ward",
    number: int | None = None,
    draws: int = 100,
    seed: int = 0,
) -> Clusters:
    """Divide countries into clusters.

    Parameters
    ----------
    points : array-like of float, dims (country, indicator)
        Standardised, complete; at least four different countries.
    method : {"ward", "average", "kmeans"}
        How.
    number : int, optional
        Of clusters; by default the one with the highest mean silhouette, the smaller of equals.
    draws : int
        Resamples for the stability.
    seed : int
        Of the resampling and of k-means.

    Returns
    -------
    Clusters
        The same division whatever the order of the countries.

    References
    ----------
    Ward (1963); Rousseeuw (1987), silhouettes; Hennig (2007), Computational Statistics & Data
    Analysis 52, 258-271, cluster-wise stability by Jaccard similarity.

    Examples
    --------
    >>> found = clusters([[0.0], [0.1], [0.2], [5.0], [5.1]], draws=20)
    >>> found.label.tolist(), found.stability.shape
    ([0, 0, 0, 1, 1], (2,))
    """
    given = np.asarray(points, dtype=np.float64)
    # Worked out in an order that the values decide, so that the order given does not matter.
    order = np.lexsort(given.T[::-1])
    table = given[order]
    different = len(np.unique(table, axis=0))
    most = min(MOST_CLUSTERS, different - 1)
    sizes = range(2, most + 1) if number is None else [number]
    if not sizes or not 2 <= min(sizes) <= max(sizes) <= different - 1:
        raise ValueError(
            f"{different} different countries make from 2 to {different - 1} clusters, with three "
            f"countries at least; asked for {number or 'the best number'}"
        )
    found = {k: _divided(table, method, k, seed) for k in sizes}
    tried = {k: float(_silhouette(table, label).mean()) for k, label in found.items()}
    label = found[max(tried, key=lambda k: (round(tried[k], 12), -k))]
    stability = _stability(table, label, method, draws, seed)
    back = np.argsort(order)
    silhouette = _silhouette(table, label)
    return Clusters(label[back], silhouette[back], float(silhouette.mean()), stability, tried)


def _divided(table: Floats, method: str, number: int, seed: int, starts: int = 10) -> Ints:
    from sklearn.cluster import AgglomerativeClustering, KMeans

    if method == "kmeans":
        with warnings.catch_warnings():
            # Fewer different points than clusters in a resample: fewer clusters come out.
            warnings.simplefilter("ignore")
            found = KMeans(number, n_init=starts, random_state=seed).fit_predict(table)
    else:
        found = AgglomerativeClustering(number, linkage=method).fit_predict(table)
    return _numbered(np.asarray(found))


def _numbered(label: Any) -> Ints:
    """Count clusters off by size, the largest first; of equals, the one met first."""
    names, first, size = np.unique(label, return_index=True, return_counts=True)
    place = np.argsort(np.lexsort((first, -size)))
    return np.asarray(place[np.searchsorted(names, label)], dtype=np.int64)


def _silhouette(table: Floats, label: Ints) -> Floats:
    from sklearn.metrics import silhouette_samples

    return np.asarray(silhouette_samples(table, label), dtype=np.float64)


def _stability(table: Floats, label: Ints, method: str, draws: int, seed: int) -> Floats:
    """Cluster resampled countries and look for each cluster again."""
    random = np.random.default_rng(seed)
    number = int(label.max()) + 1
    total, seen = np.zeros(number), np.zeros(number)
    for _ in range(draws):
        rows = np.unique(random.integers(0, len(table), len(table)))
        if len(np.unique(table[rows], axis=0)) <= number:
            continue
        # One start of k-means a resample: ten take ten times as long and change little.
        again = _divided(table[rows], method, number, seed, starts=1)
        for k in range(number):
            own = label[rows] == k
            if own.any():
                total[k] += max(_jaccard(own, again == other) for other in range(number))
                seen[k] += 1
    return np.asarray(total / np.where(seen > 0, seen, np.nan))


def _jaccard(a: Any, b: Any) -> float:
    return float((a & b).sum() / (a | b).sum())


def distances(points: ArrayLike) -> Floats:
    """Give the distance of every two countries: the root of the mean squared difference.

    Parameters
    ----------
    points : array-like of float, dims (country, indicator)
        Standardised, complete.

    Returns
    -------
    ndarray of float, dims (country, country)
        In standard deviations of an average indicator.

    Examples
    --------
    >>> distances([[0.0, 0.0], [1.0, 1.0]]).tolist()
    [[0.0, 1.0], [1.0, 0.0]]
    """
    table = np.asarray(points, dtype=np.float64)
    apart = table[:, None, :] - table[None, :, :]
    return np.asarray(np.sqrt((apart**2).mean(axis=2)))
