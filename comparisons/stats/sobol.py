"""What the variance of a result comes from: Sobol indices, estimated after Saltelli and Jansen."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]


def indices(
    model: Callable[[Floats], Floats],
    factors: Sequence[Sequence[int]] | int,
    draws: int = 1024,
    seed: int = 0,
) -> tuple[Floats, Floats]:
    """Estimate first and total indices of a model of independent factors.

    Parameters
    ----------
    model : callable
        Takes uniform numbers, dims (draw, column), gives results, dims (draw,) or (draw, result).
    factors : int or sequence of sequence of int
        The columns of each factor; a number stands for as many factors of one column.
    draws : int
        A power of two; the model is run `draws * (factors + 2)` times.
    seed : int
        Of the scrambling of the sequence.

    Returns
    -------
    first, total : ndarray of float
        dims (factor,) or (factor, result): the share of the variance that a factor takes away
        when it alone is known, and the share left when all but it are known. Not a number where
        the result does not vary.

    References
    ----------
    Saltelli and others, Computer Physics Communications 181 (2010), table 2, (b) and (f); the
    latter is Jansen's.

    Examples
    --------
    >>> first, total = indices(lambda u: u @ [0.5, 0.3, 0.2], 3, draws=4096)
    >>> first.round(2).tolist(), total.round(2).tolist()
    ([0.66, 0.24, 0.11], [0.66, 0.24, 0.11])
    """
    from scipy.stats import qmc

    groups = [[k] for k in range(factors)] if isinstance(factors, int) else factors
    columns = 1 + max(column for group in groups for column in group)
    # Both samples come from one sequence of twice the width, so that they fill the space together.
    both = qmc.Sobol(2 * columns, rng=seed).random(draws)
    a, b = both[:, :columns], both[:, columns:]
    at_a, at_b = model(a), model(b)
    # The estimators hold for any centre, and are steadiest when it is taken away.
    centre = (at_a.mean(axis=0) + at_b.mean(axis=0)) / 2
    variance = np.concatenate([at_a, at_b]).var(axis=0)
    known = np.where(variance > 0, variance, np.nan)
    first, total = [], []
    for group in groups:
        mixed = a.copy()
        mixed[:, list(group)] = b[:, list(group)]
        change = model(mixed) - at_a
        first.append(((at_b - centre) * change).mean(axis=0) / known)
        total.append((change * change).mean(axis=0) / (2 * known))
    return np.array(first), np.array(total)
