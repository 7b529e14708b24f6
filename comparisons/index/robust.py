"""How far ranks rest on the choices made: all of them varied together, and one by one."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from comparisons.index.draws import Draws, Floats, Progress, Setting
from comparisons.index.model import rescore, scaled, without
from comparisons.stats import sobol
from comparisons.stats import uncertainty as spread_of
from comparisons.stats.ranks import competition

BLOCK = 1 << 18
"""Numbers in a block of draws: a block is split by choice of method, and each part should still
be large enough for one pass over arrays to cost more than starting it."""
BASE = 1024
"""Draws behind each Sobol index, and errors of all figures kept at hand for them."""


@dataclass(frozen=True)
class Robust:
    """What the draws say.

    Parameters
    ----------
    counts : ndarray of int
        dims (country, rank), of those counted: how often each rank was taken.
    above : ndarray of bool
        dims (country, country): the first is above the second in every draw.
    varied : mapping of str to tuple of str
        What was varied, and between what.
    """

    counts: NDArray[np.int64]
    above: NDArray[np.bool_]
    varied: Mapping[str, tuple[str, ...]]


def simulate(setting: Setting, draws: int, progress: Progress | None = None) -> Robust:
    """Draw all choices anew, many times, and count the ranks.

    Parameters
    ----------
    setting : Setting
        The index.
    draws : int
        How often.
    progress : callable, optional
        Takes the blocks of draws and gives them back one by one.

    Returns
    -------
    Robust

    References
    ----------
    Saisana, Saltelli and Tarantola, Journal of the Royal Statistical Society A 168 (2005).
    """
    model, random = Draws(setting), np.random.default_rng(setting.seed)
    n = int(setting.counted.sum())
    counts = np.zeros((n, n), dtype=np.int64)
    above = ~np.eye(n, dtype=bool)
    # Without errors the figures are scaled once, and a draw is a line of weights and one of scores.
    size = setting.x.size if model.noisy else model.columns + n
    whole = list(spread_of.blocks(draws, size, BLOCK))
    for part in progress(whole) if progress else whole:
        m = part.stop - part.start
        scores = model.scores(random.random((m, model.columns)), model.noise(random, m))
        counts += spread_of.rank_counts(scores)
        above &= spread_of.always_above(scores)
    return Robust(counts, above, model.varied())


def sensitivity(setting: Setting, reference: Floats) -> dict[str, tuple[float, float]]:
    """Say which choice the movement of ranks comes from.

    Parameters
    ----------
    setting : Setting
        The index.
    reference : ndarray of float [rank]
        dims (country,): ranks of those counted, as the index gives them.

    Returns
    -------
    dict
        For each factor its first and total Sobol index, of the mean shift of ranks.
    """
    model, random = Draws(setting), np.random.default_rng(setting.seed)
    factors = dict(model.factors)
    bank = model.noise(random, BASE)
    if bank is not None:
        # Errors of all figures are one factor: a single number chooses among draws of all.
        factors["error"] = [model.columns]
    if not factors:
        return {}

    def shift(u: Floats) -> Floats:
        noise = None if bank is None else bank[(u[:, -1] * len(bank)).astype(np.int64)]
        ranks = competition(model.scores(u[:, : model.columns], noise))
        return np.asarray(np.nanmean(np.abs(ranks - reference), axis=1))

    first, total = sobol.indices(shift, list(factors.values()), BASE, setting.seed)
    return {
        name: (float(one), float(all_))
        for name, one, all_ in zip(factors, first, total, strict=True)
    }


def left_out(setting: Setting, reference: Floats) -> dict[str, Floats]:
    """Rank the countries with each indicator left out in turn.

    Parameters
    ----------
    setting : Setting
        The index.
    reference : ndarray of float [rank]
        dims (country,): ranks of those counted, as the index gives them.

    Returns
    -------
    dict
        For each indicator the change of rank, dims (country,); positive is for the better.
    """
    tree = setting.tree
    z = scaled(tree, setting.x, setting.countries)
    found: dict[str, Floats] = {}
    for leaf in tree.leaves:
        weights = without(tree, setting.weights, leaf.id)
        if weights is not None:
            scores = rescore(tree, z, weights)[setting.counted]
            if np.isfinite(scores).any():
                found[leaf.id] = reference - competition(scores)
    return found
