"""What a group of an index does where a part of it is missing."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.floating[Any]]
LIMIT = 1 / 3
"""Share of a group's weight that may be missing; beyond it there is no score."""


def shares(present: ArrayLike, weights: ArrayLike, limit: float = LIMIT) -> Floats:
    """Share out the weights of a group among the parts that are there.

    Parameters
    ----------
    present : array-like of bool
        dims (..., part, country): where there is a value.
    weights : array-like of float
        dims (..., part): the weight of each part; sums to 1.
    limit : float
        Share of the weight that may be missing [0-1].

    Returns
    -------
    ndarray of float
        dims (..., part, country), of length 1 along the countries where nothing is missing. 0 for
        what is missing; the rest sums to 1. Not a number where too much is missing.

    References
    ----------
    OECD/JRC, Handbook on Constructing Composite Indicators (2008), step 3.

    Examples
    --------
    >>> present = [[True, True], [True, False], [True, True]]
    >>> shares(present, [0.5, 0.25, 0.25]).round(3).tolist()
    [[0.5, 0.667], [0.25, 0.0], [0.25, 0.333]]
    >>> shares(present, [0.25, 0.5, 0.25]).tolist()
    [[0.25, nan], [0.5, nan], [0.25, nan]]
    """
    there = np.asarray(present, dtype=bool)
    whole = np.asarray(weights)[..., None]
    if there.all():
        return whole
    left = np.where(there, whole, whole.dtype.type(0))
    total = left.sum(axis=-2, keepdims=True)
    # A third is not exactly a third in binary: what differs by rounding only is not more.
    enough = (total >= 1 - limit - 1e-9) & (total > 0)
    return np.where(enough, left / np.where(enough, total, 1), np.nan).astype(whole.dtype)
