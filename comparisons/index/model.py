"""Scores of a tree from its figures: arrays in, arrays out, many years or draws at once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from comparisons.index.tree import Node, Tree
from comparisons.stats import normalise as to
from comparisons.stats import weights as weigh
from comparisons.stats.aggregate import AGGREGATIONS, ampi_scale, mpi_scale
from comparisons.stats.missing import shares

Floats = NDArray[np.floating[Any]]
Mask = NDArray[np.bool_]


def scaled(tree: Tree, x: Floats, countries: Sequence[str], pooled: bool = False) -> Floats:
    """Put every indicator on its scale.

    Parameters
    ----------
    tree : Tree
        The index.
    x : ndarray of float
        dims (..., indicator, country), as published.
    countries : sequence of str
        Their codes.
    pooled : bool
        Take all years together, so that they compare; x then has dims (year, indicator, country).

    Returns
    -------
    ndarray of float
        dims of `x`.
    """
    if pooled:
        years, leaves, n = x.shape
        together = x.transpose(1, 0, 2).reshape(leaves, years * n)
        found = scaled(tree, together, countries)
        return found.reshape(leaves, years, n).transpose(1, 0, 2)
    lines = [_scale(leaf, x[..., k, :], countries) for k, leaf in enumerate(tree.leaves)]
    return np.stack(lines, axis=-2)


def _scale(leaf: Node, x: Floats, countries: Sequence[str]) -> Floats:
    way, up = leaf.normalisation, leaf.direction
    low, high = leaf.goalposts or _range(x)
    scales: dict[str, Callable[[], Floats]] = {
        "as_published": lambda: x,
        "min_max": lambda: to.min_max(x, up),
        "goalposts": lambda: to.goalposts(x, low, high, up, leaf.cap),
        "z": lambda: to.z_scores(x, up),
        "z_sample": lambda: to.z_scores(x, up, ddof=1),
        "to_target": lambda: to.to_target(x, leaf.target or 0.0, up, leaf.cap),
        "to_reference": lambda: to.to_reference(x, countries.index(leaf.reference), up),
        "fraction_of_max": lambda: to.fraction_of_max(x, up),
        "percentile_rank": lambda: to.percentile_rank(x, up),
        "borda": lambda: to.borda(x, up),
        "mpi": lambda: mpi_scale(to.z_scores(x, up)),
        "ampi": lambda: ampi_scale(x, low, high, up),
    }
    return scales[way]()


def _range(x: Floats) -> tuple[Floats, Floats]:
    """Least and largest value, as goalposts of the AMPI where none are given."""
    low = np.fmin.reduce(x, axis=-1, keepdims=True, initial=np.inf)
    return low, np.fmax.reduce(x, axis=-1, keepdims=True, initial=-np.inf)


@dataclass(frozen=True)
class Scored:
    """What a tree makes of its figures.

    Parameters
    ----------
    scores : mapping of str to ndarray of float
        For every node dims (..., country).
    weights : mapping of str to ndarray of float
        For every group dims (part,); for benefit of the doubt the mean over the countries of the
        shares that they chose.
    mended : mapping of str to ndarray of bool
        For every group dims (..., country): where a part is missing and the others took over.
    """

    scores: Mapping[str, Floats]
    weights: Mapping[str, Floats]
    mended: Mapping[str, Mask] = field(default_factory=dict)

    def effective(self, tree: Tree) -> dict[str, float]:
        """Give the weight of each indicator in the whole: the product down the tree."""
        return dict(_down(tree.root, 1.0, self.weights))


def _down(node: Node, weight: float, weights: Mapping[str, Floats]) -> Any:
    if not node.children:
        yield node.id, weight
    for child, part in zip(node.children, weights.get(node.id, ()), strict=bool(node.children)):
        yield from _down(child, weight * float(part), weights)


def score(tree: Tree, z: Floats) -> Scored:
    """Put a tree together, with the weights it asks for.

    Parameters
    ----------
    tree : Tree
        The index.
    z : ndarray of float
        dims (..., indicator, country), on their scales. Weights that come from the figures come
        from all of them, and are the same for every year.

    Returns
    -------
    Scored
    """
    scores: dict[str, Floats] = {}
    weights: dict[str, Floats] = {}
    mended: dict[str, Mask] = {}
    _group(tree, tree.root, z, scores, weights, mended)
    return Scored(scores, weights, mended)


def _group(
    tree: Tree,
    node: Node,
    z: Floats,
    scores: dict[str, Floats],
    weights: dict[str, Floats],
    mended: dict[str, Mask],
) -> None:
    for child in node.children:
        if child.children:
            _group(tree, child, z, scores, weights, mended)
        else:
            scores[child.id] = z[..., tree.place[child.id], :]
    parts = np.stack([scores[child.id] for child in node.children], axis=-2)
    if node.weights == "bod":
        scores[node.id], weights[node.id] = _best_weights(node, parts)
        mended[node.id] = np.zeros(scores[node.id].shape, dtype=bool)
        return
    weights[node.id] = own = _weights(node, parts)
    present = np.isfinite(parts)
    scores[node.id] = together(node, parts, shares(present, own, tree.missing))
    gone = (~present & (own > 0)[:, None]).any(axis=-2)
    mended[node.id] = gone & np.isfinite(scores[node.id])


def _weights(node: Node, parts: Floats) -> Floats:
    if node.weights in ("pca", "entropy"):
        flat = np.moveaxis(parts, -2, 0).reshape(len(node.children), -1)
        if node.weights == "entropy":
            return weigh.entropy(flat)
        return weigh.principal(flat, [child.title["en"] for child in node.children])
    return weigh.given([child.weight for child in node.children])


def _best_weights(node: Node, parts: Floats) -> tuple[Floats, Floats]:
    lines = parts.reshape(-1, *parts.shape[-2:])
    found = [weigh.benefit_of_the_doubt(line, *node.bounds) for line in lines]
    scores = np.stack([one for one, _ in found]).reshape(*parts.shape[:-2], parts.shape[-1])
    chosen = np.concatenate([one for _, one in found], axis=1)
    known = np.isfinite(chosen).all(axis=0)
    return scores, chosen[:, known].mean(axis=1) if known.any() else chosen[:, 0]


def together(node: Node, parts: Floats, share: Floats, way: str = "") -> Floats:
    """Put the parts of one group together by its rule, or by another.

    Parameters
    ----------
    node : Node
        The group.
    parts : ndarray of float
        dims (..., part, country).
    share : ndarray of float
        dims (..., part, country): weights that sum to 1.
    way : str
        An aggregation; that of the group if empty.

    Returns
    -------
    ndarray of float
        dims (..., country).
    """
    name = way or node.aggregation
    if name in ("mpi", "ampi"):
        return AGGREGATIONS[name](parts, share, node.penalty)
    if name in ("geometric", "harmonic"):
        return AGGREGATIONS[name](parts, share, None if way else node.floor)
    return AGGREGATIONS[name](parts, share)


def rescore(
    tree: Tree,
    z: Floats,
    weights: Mapping[str, Floats],
    way: str = "",
    nominal: Mapping[str, Floats] | None = None,
) -> Floats:
    """Put a tree together with weights at hand, draw by draw.

    Parameters
    ----------
    tree : Tree
        The index.
    z : ndarray of float
        dims (indicator, country) or (draw, indicator, country), on their scales.
    weights : mapping of str to ndarray of float
        For each group dims (part,) or (draw, part).
    way : str
        One aggregation for all groups; their own if empty.
    nominal : mapping of str to ndarray of float, optional
        For each group dims (part,): the weights by which to say whether too much is missing, so
        that a draw of others does not decide it; `weights` by default.

    Returns
    -------
    ndarray of float
        dims (country,) or (draw, country).
    """

    def build(node: Node) -> Floats:
        if not node.children:
            return z[..., tree.place[node.id], :]
        parts = _lined_up(tree, node, z, build)
        own = weights[node.id].astype(z.dtype, copy=False)
        rule = own if nominal is None else nominal[node.id].astype(z.dtype, copy=False)
        return together(node, parts, _shared(np.isfinite(parts), own, rule, tree.missing), way)

    return build(tree.root)


def _shared(present: Mask, weights: Floats, rule: Floats, limit: float) -> Floats:
    """Share out drawn weights where, by the weights of the rule, enough is there."""
    if present.all() or weights is rule:
        return shares(present, weights, limit)
    enough = ~np.isnan(shares(present, rule, limit))
    return np.where(enough, shares(present, weights, 1.0), weights.dtype.type(np.nan))


def _lined_up(tree: Tree, node: Node, z: Floats, build: Any) -> Floats:
    first = tree.place.get(node.children[0].id)
    if first is not None and not any(child.children for child in node.children):
        # Indicators of one group stand side by side already: no need to copy them together.
        return z[..., first : first + len(node.children), :]
    parts = [build(child) for child in node.children]
    return np.stack(np.broadcast_arrays(*parts), axis=-2)


def without(tree: Tree, weights: Mapping[str, Floats], leaf: str) -> dict[str, Floats] | None:
    """Take one indicator out; what is left of its group takes over its weight.

    Parameters
    ----------
    tree : Tree
        The index.
    weights : mapping of str to ndarray of float
        For each group dims (part,).
    leaf : str
        The indicator.

    Returns
    -------
    dict or None
        Weights with that of the indicator 0, and of its group too where nothing is left of it;
        None where nothing is left at all.
    """
    found = dict(weights)

    def prune(node: Node) -> bool:
        """Say whether anything is left of a node."""
        if not node.children:
            return node.id != leaf
        left = np.array([prune(child) for child in node.children])
        kept = np.where(left, found[node.id], 0.0)
        if kept.sum() > 0:
            found[node.id] = kept / kept.sum()
        return bool(kept.sum() > 0)

    return found if prune(tree.root) else None
