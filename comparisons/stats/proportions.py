"""Single shares and their precision, as pure functions on arrays.

Shares run from 0 to 1. The Wilson interval itself is that of the rules
(`benchmark.rules.proportions`); what survey design adds to it stands here.
"""

from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike

from benchmark.rules.proportions import wilson

Z95: Final = 1.959964
"""Quantile of the normal distribution, 95 % two-sided."""

_FEWEST: Final = 30.0
_NARROW: Final = 0.05
_WIDE: Final = 0.30
_RELATIVE: Final = 1.30
"""The screen: smallest effective sample, widths of the interval [0-1], width over the share."""


def design_effect(weights: ArrayLike, axis: int = -1) -> Any:
    """Compute the design effect of unequal weights.

    Parameters
    ----------
    weights : array-like of float
        Positive weights of the respondents.
    axis : int
        The dimension of respondents.

    Returns
    -------
    float or ndarray
        ``n sum(w^2) / (sum w)^2``, 1 or more; the effective sample is ``n`` over it.

    References
    ----------
    Kish, Survey Sampling (1965), section 11.7.

    Examples
    --------
    >>> round(float(design_effect([1, 1, 1, 1, 2, 2, 3])), 4)
    1.2149
    """
    w = np.asarray(weights, dtype=np.float64)
    return w.shape[axis] * (w**2).sum(axis=axis) / w.sum(axis=axis) ** 2


def interval(p: ArrayLike, n: ArrayLike, deff: ArrayLike = 1.0, z: float = Z95) -> tuple[Any, Any]:
    """Compute the Wilson score interval of a share from a sample with a design effect.

    Parameters
    ----------
    p : array-like of float
        Observed share [0-1].
    n : array-like of float
        Respondents in the base.
    deff : array-like of float
        Design effect.
    z : float
        Quantile of the normal distribution.

    Returns
    -------
    tuple
        Lower and upper bound [0-1].

    References
    ----------
    Wilson (1927), as set out in Newcombe, Statistics in Medicine 17 (1998) 857.

    Examples
    --------
    >>> [round(100 * float(bound), 2) for bound in interval(0.78, 4625, 1.5)]
    [76.5, 79.43]
    """
    share, size, effect = (np.asarray(one, dtype=np.float64) for one in (p, n, deff))
    return wilson(share, size / effect, z)


def screen(p: ArrayLike, n: ArrayLike, deff: ArrayLike = 1.0, z: float = Z95) -> Any:
    """Say whether a share is precise enough to be published.

    Parameters
    ----------
    p : array-like of float
        Observed share [0-1].
    n : array-like of float
        Respondents in the base.
    deff : array-like of float
        Design effect.
    z : float
        Quantile of the normal distribution.

    Returns
    -------
    ndarray of str
        `suppress` (fewer than 30 effective respondents, an interval of 30 points or more, or one
        wider than 5 points and wider than 130 % of the share), `flag` (wider than 130 % of the
        complement) or `show`; empty where the sample is not known.

    References
    ----------
    NCHS, Data Presentation Standards for Proportions (2017), with the Wilson interval.

    Examples
    --------
    >>> screen([0.5, 0.5, 0.02, 0.98], [4000, 20, 60, 60]).tolist()
    ['show', 'suppress', 'suppress', 'flag']
    """
    share, size, effect = np.broadcast_arrays(*(np.asarray(one, float) for one in (p, n, deff)))
    low, high = wilson(share, size / effect, z)
    width = high - low
    relative = (width > _NARROW) & (width > _RELATIVE * share)
    hidden = (size / effect < _FEWEST) | (width >= _WIDE) | relative
    doubtful = (width > _NARROW) & (width > _RELATIVE * (1 - share))
    known = np.isfinite(width)
    return np.select([~known, hidden, doubtful], ["", "suppress", "flag"], "show")
