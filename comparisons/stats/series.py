"""Series of one indicator in several countries, as pure functions on arrays.

Points are sorted by country, then by time; `group` numbers the country of each point.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.integer[Any]]
Mask = NDArray[np.bool_]


def steps(group: Ints) -> tuple[Ints, Ints]:
    """Pair every point with the next one of its country.

    Parameters
    ----------
    group : ndarray of int
        Country of each point.

    Returns
    -------
    tuple of ndarray of int
        Earlier and later point of each step.

    Examples
    --------
    >>> steps(np.array([0, 0, 0, 1, 1]))
    (array([0, 1, 3]), array([1, 2, 4]))
    """
    earlier = np.flatnonzero(group[1:] == group[:-1])
    return earlier, earlier + 1


def segments(group: Ints, broken: Ints) -> Ints:
    """Give a number to the parts of each country's series between breaks, from 1.

    Parameters
    ----------
    group : ndarray of int
        Country of each point.
    broken : ndarray of int
        Points that a break parts from the one before.

    Returns
    -------
    ndarray of int
        The number of the part each point belongs to.

    Examples
    --------
    >>> segments(np.array([0, 0, 0, 1, 1]), np.array([2]))
    array([1, 1, 2, 1, 1])
    """
    marks = np.zeros(len(group), dtype=np.int64)
    marks[broken] = 1
    total = np.cumsum(marks)
    first = np.searchsorted(group, group)
    return total - total[first] + 1


def comparable_length(group: Ints, segment: Ints) -> Ints:
    """Count the points of each country since its last break.

    Parameters
    ----------
    group, segment : ndarray of int
        Country and part of each point.

    Returns
    -------
    ndarray of int
        The count, repeated for every point of the country.

    References
    ----------
    SIMS S.15.2.1, length of comparable time series.

    Examples
    --------
    >>> group = np.zeros(7, dtype=int)
    >>> comparable_length(group, segments(group, np.array([3])))
    array([4, 4, 4, 4, 4, 4, 4])
    """
    last = segment[np.searchsorted(group, group, side="right") - 1]
    return np.bincount(group, weights=segment == last).astype(np.int64)[group]


def wide_gaps(group: Ints, year: Ints) -> Ints:
    """Find points that stand more than twice the usual spacing after the one before.

    Parameters
    ----------
    group : ndarray of int
        Country of each point.
    year : ndarray of int
        Year of each point.

    Returns
    -------
    ndarray of int
        The later point of each such step; usual is the median spacing of the country.

    Examples
    --------
    >>> wide_gaps(np.zeros(5, dtype=int), np.array([2010, 2011, 2012, 2015, 2016]))
    array([3])
    """
    earlier, later = steps(group)
    gap = year[later] - year[earlier]
    usual = np.array([np.median(gap[group[later] == one]) for one in group[later]])
    return later[gap > 2 * usual] if len(later) else later
