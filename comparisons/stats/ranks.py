"""Ranks of scores, as pure functions on arrays."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray


def competition(scores: ArrayLike, direction: int = 1, axis: int = -1) -> NDArray[np.float64]:
    """Rank scores so that equal ones share a place and the next place is skipped ("1224").

    Parameters
    ----------
    scores : array-like of float
        Unrounded scores, in one unit; any number of dimensions.
    direction : {1, -1}
        1 if the highest score is best, -1 if the lowest is.
    axis : int
        The dimension ranked along.

    Returns
    -------
    ndarray of float [rank]
        1 is best. A score that is not a number has no rank and takes no place.

    References
    ----------
    The tie rule of competitions; scores are never rounded before they are ranked.

    Examples
    --------
    >>> competition([97, 92, 87, 87, 84, 83, 83])
    array([1., 2., 3., 3., 5., 6., 6.])
    >>> competition([15.0, float("nan"), 11.0], direction=-1)
    array([ 2., nan,  1.])
    """
    # Adding 0 turns -0.0 into 0.0; sorting puts what is not a number last, so it takes no place.
    keys = -direction * np.asarray(scores, dtype=np.float64) + 0.0
    order = np.argsort(keys, axis=axis, kind="stable")
    ordered = np.take_along_axis(keys, order, axis)
    ranks = np.empty_like(keys)
    np.put_along_axis(ranks, order, _places(ordered, axis), axis)
    ranks[np.isnan(keys)] = np.nan
    return ranks


def _places(ordered: NDArray[np.float64], axis: int) -> NDArray[Any]:
    """Give each sorted score the position where its run of equal scores begins, from 1."""
    lines = np.moveaxis(ordered, axis, -1)
    begins = np.ones(lines.shape, dtype=bool)
    begins[..., 1:] = lines[..., 1:] != lines[..., :-1]
    position = np.where(begins, np.arange(1, lines.shape[-1] + 1), 0)
    return np.moveaxis(np.maximum.accumulate(position, axis=-1), -1, axis)
