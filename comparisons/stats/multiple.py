"""Several tests at once, as pure functions on arrays."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def holm(p: ArrayLike) -> NDArray[np.float64]:
    """Adjust p-values so that one false finding in the whole family stays as rare as stated.

    Parameters
    ----------
    p : array-like of float, dims (test,)
        P-values of one family; not-a-number is no test and does not count.

    Returns
    -------
    ndarray of float
        Adjusted p-values, at most 1, in the order given.

    References
    ----------
    Holm, Scandinavian Journal of Statistics 6 (1979) 65.

    Examples
    --------
    >>> holm([0.0092, 0.0075, float("nan"), 1e-7])
    array([1.5e-02, 1.5e-02,     nan, 3.0e-07])
    """
    given = np.asarray(p, dtype=np.float64)
    order = np.argsort(given, kind="stable")
    # What is not a number is sorted last.
    tests = int(np.isfinite(given).sum())
    factor = np.maximum(tests - np.arange(len(given)), 1)
    adjusted = np.full(len(given), np.nan)
    adjusted[order] = np.minimum(np.maximum.accumulate(given[order] * factor), 1.0)
    return adjusted
