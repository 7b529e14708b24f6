"""An index as a function of its choices: scale, aggregation, gaps, weights and error."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from comparisons.index.model import rescore, scaled
from comparisons.index.tree import Tree
from comparisons.stats.impute import impute
from comparisons.stats.normalise import min_max, percentile_rank, z_scores

Floats = NDArray[np.floating[Any]]
Scale = Callable[[Floats], Floats]
Progress = Callable[[Sequence[slice]], Iterable[slice]]

VARY = ("weights", "normalisation", "aggregation", "missing", "error")
"""What may be varied."""
SPREAD = 0.25
"""Weights are drawn this far up and down, evenly, and then made to sum to 1."""


@dataclass(frozen=True)
class Setting:
    """An index whose robustness is in question.

    Parameters
    ----------
    tree : Tree
        The index.
    x : ndarray of float
        dims (indicator, country), as published.
    countries : tuple of str
        Their codes.
    counted : ndarray of bool
        dims (country,): those ranked. The others, which the index gives no score, are there only
        because scales rest on them too.
    weights : mapping of str to ndarray of float
        For each group dims (part,).
    sampling, rounding : ndarray of float
        dims of `x`: standard errors, and half a unit in the last digit.
    vary : tuple of str
        Some of `VARY`.
    seed : int
        Of the random numbers.
    """

    tree: Tree
    x: Floats
    countries: tuple[str, ...]
    counted: NDArray[np.bool_]
    weights: Mapping[str, Floats]
    sampling: Floats
    rounding: Floats
    vary: tuple[str, ...] = VARY
    seed: int = 0


class Draws:
    """The index as a function of uniform numbers: a column a choice, a column a weight.

    Parameters
    ----------
    setting : Setting
        The index.
    """

    def __init__(self, setting: Setting) -> None:
        self.setting, tree = setting, setting.tree
        own, self.least = _own_scale(setting)
        self.scales = _scales(setting, own)
        self.ways = _ways(tree) if "aggregation" in setting.vary else ("",)
        gaps = np.isnan(setting.x).any() and "missing" in setting.vary
        self.figures = [setting.x, impute(setting.x)[0]] if gaps else [setting.x]
        self._known: dict[tuple[str, int], Floats] = {}
        self.factors: dict[str, list[int]] = {}
        lengths = {
            "normalisation": len(self.scales) > 1,
            "aggregation": len(self.ways) > 1,
            "missing": len(self.figures) > 1,
        }
        parts = {name: 1 for name, varied in lengths.items() if varied}
        if "weights" in setting.vary:
            groups = [one for one in tree.groups if len(one.children) > 1]
            parts |= {f"weights.{one.id}": len(one.children) for one in groups}
        start = 0
        for name, length in parts.items():
            self.factors[name] = list(range(start, start + length))
            start += length
        self.columns = start
        there = np.isfinite(setting.x)
        self.noisy = "error" in setting.vary and bool(
            (setting.sampling[there] > 0).any() or (setting.rounding[there] > 0).any()
        )

    def varied(self) -> dict[str, tuple[str, ...]]:
        """Name what is varied, and between what."""
        found: dict[str, tuple[str, ...]] = {}
        if any(name.startswith("weights.") for name in self.factors):
            found["weights"] = ()
        if "normalisation" in self.factors:
            found["normalisation"] = tuple(self.scales)
        if "aggregation" in self.factors:
            found["aggregation"] = tuple(way or "own" for way in self.ways)
        if "missing" in self.factors:
            found["missing"] = ("own", "knn")
        return found | ({"error": ()} if self.noisy else {})

    def noise(self, random: np.random.Generator, draws: int) -> Floats | None:
        """Draw the error of every figure, dims (draw, indicator, country); None if there is none.

        Single precision takes half the time and memory, and is far finer than any error.
        """
        if not self.noisy:
            return None
        shape = (draws, *self.setting.x.shape)
        total = np.zeros(shape, dtype=np.float32)
        if (self.setting.sampling > 0).any():
            normal = random.standard_normal(shape, dtype=np.float32)
            total += normal * self.setting.sampling.astype(np.float32)
        if (self.setting.rounding > 0).any():
            even = 2 * random.random(shape, dtype=np.float32) - 1
            total += even * self.setting.rounding.astype(np.float32)
        return total

    def scores(self, u: Floats, noise: Floats | None = None) -> Floats:
        """Compute scores.

        Parameters
        ----------
        u : ndarray of float
            dims (draw, column), uniform.
        noise : ndarray of float, optional
            dims (draw, indicator, country).

        Returns
        -------
        ndarray of float
            dims (draw, country), of those counted; on scales that differ from draw to draw, so
            only ranks compare.
        """
        picks = [
            _pick(u, self.factors.get(name), size)
            for name, size in (
                ("normalisation", len(self.scales)),
                ("aggregation", len(self.ways)),
                ("missing", len(self.figures)),
            )
        ]
        code = (picks[0] * len(self.ways) + picks[1]) * len(self.figures) + picks[2]
        weights = self._weights(u)
        counted = self.setting.counted
        found = np.empty((len(u), int(counted.sum())))
        for one in np.unique(code):
            at = np.flatnonzero(code == one)
            part: Any = slice(None) if len(at) == len(u) else at
            scale, way, figures = (int(pick[at[0]]) for pick in picks)
            z = self._scaled(
                tuple(self.scales)[scale], figures, None if noise is None else noise[part]
            )
            own = {name: line[part] for name, line in weights.items()}
            if not (self.ways[way] == "arithmetic" or (_arithmetic(self.setting.tree) and not way)):
                z = np.maximum(z, z.dtype.type(self.least))
            nominal = self.setting.weights
            scores = rescore(self.setting.tree, z, own, self.ways[way], nominal)
            found[part] = scores if counted.all() else scores[:, counted]
        return found

    def _scaled(self, name: str, figures: int, noise: Floats | None) -> Floats:
        if noise is not None:
            centre = self.figures[figures].astype(np.float32)
            return self.scales[name](centre + noise)
        if (name, figures) not in self._known:
            self._known[name, figures] = self.scales[name](self.figures[figures])
        return self._known[name, figures]

    def _weights(self, u: Floats) -> dict[str, Floats]:
        found = {}
        for name, nominal in self.setting.weights.items():
            columns = self.factors.get(f"weights.{name}")
            if columns is None:
                found[name] = np.broadcast_to(nominal, (len(u), len(nominal)))
                continue
            drawn = nominal * (1 + SPREAD * (2 * u[:, columns] - 1))
            found[name] = drawn / drawn.sum(axis=1, keepdims=True)
        return found


def _pick(u: Floats, columns: list[int] | None, size: int) -> NDArray[np.int64]:
    if columns is None:
        return np.zeros(len(u), dtype=np.int64)
    return (u[:, columns[0]] * size).astype(np.int64).clip(0, size - 1)


def _ways(tree: Tree) -> tuple[str, ...]:
    own = {group.aggregation for group in tree.groups}
    others = (one for one in ("arithmetic", "geometric", "harmonic") if own != {one})
    return ("", *others)


def _scales(setting: Setting, own: Scale) -> dict[str, Scale]:
    """Give the scales to choose from, all above 0 so that every mean can be taken of them.

    One straight line for all indicators changes no rank by the arithmetic mean.
    """
    tree = setting.tree
    up = np.array([[leaf.direction] for leaf in tree.leaves])
    others: dict[str, Scale] = {
        "min_max": lambda x: 1 + 99 * min_max(x, up),
        "z": lambda x: 100 + 10 * z_scores(x, up),
        "percentile_rank": lambda x: 1 + 99 * percentile_rank(x, up),
    }
    found: dict[str, Scale] = {"own": own}
    if "normalisation" in setting.vary:
        used = {leaf.normalisation for leaf in tree.leaves}
        balanced = any(group.aggregation in ("mpi", "ampi") for group in tree.groups)
        found |= {
            name: scale
            for name, scale in others.items()
            if used != {name} and (name == "z" or not balanced)
        }
    return found


def _own_scale(setting: Setting) -> tuple[Scale, float]:
    """Give the scale of the index, above 0, and its lower end.

    A figure's error may take the lowest value below the end, where some means cannot be taken.
    """
    tree, z = setting.tree, scaled(setting.tree, setting.x, setting.countries)
    low, high = float(np.nanmin(z)), float(np.nanmax(z))
    if not _arithmetic(tree) or not high > low:
        floors = [group.floor for group in tree.groups if group.floor is not None]
        return lambda x: scaled(tree, x, setting.countries), max(floors, default=low)
    factor = 99 / (high - low)

    def scale(x: Floats) -> Floats:
        own = scaled(tree, x, setting.countries)
        return own * own.dtype.type(factor) + own.dtype.type(1 - factor * low)

    return scale, 1.0


def _arithmetic(tree: Tree) -> bool:
    return all(group.aggregation == "arithmetic" for group in tree.groups)
