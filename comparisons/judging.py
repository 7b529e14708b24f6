"""Pairs of cells judged together, with the names that notes call them by."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from comparisons.parts import VERDICTS
from comparisons.places import Ints, Mask
from comparisons.texts import Texts

if TYPE_CHECKING:
    from benchmark.figures import Evidence
    from benchmark.registry import Registry
    from benchmark.rules.config import Thresholds
    from benchmark.rules.engine import Judgement
    from benchmark.rules.finding import Finding

Describe = Callable[["Judged", Mask], Texts]
"""Says in words which pairs of a set are meant."""


@dataclass(frozen=True)
class Judged:
    """Pairs of cells that were judged together.

    Parameters
    ----------
    judgement : Judgement
        What the rules found, pair by pair.
    i, j : ndarray of int
        The two cells of each pair, as positions in `ids`.
    ids : tuple of str
        The id of each cell in the view.
    names : tuple of mapping
        The name of each cell, in every language.
    scope : mapping, optional
        What these pairs have in common, where a view holds several such sets.
    theme : mapping, optional
        What several sets have in common, where they answer another question than the rest.
    labels : mapping
        Titles of ids that sentences mention.
    """

    judgement: "Judgement"
    i: Ints
    j: Ints
    ids: tuple[str, ...]
    names: tuple[Texts, ...]
    scope: Texts | None = None
    theme: Texts | None = None
    labels: Mapping[str, Texts] = field(default_factory=dict, repr=False)
    _found: dict[int, tuple["Finding", ...]] = field(default_factory=dict, repr=False)

    def findings(self, k: int) -> tuple["Finding", ...]:
        """List what was found for one pair; it is read back once."""
        if k not in self._found:
            self._found[k] = self.judgement.findings(k, self.labels)
        return self._found[k]

    def worst_findings(self) -> tuple["Finding", ...]:
        """List the findings that forbid a comparison, pair by pair."""
        refused = np.flatnonzero(self.judgement.verdict == len(VERDICTS) - 1)
        found = (one for k in refused for one in self.findings(int(k)))
        return tuple(one for one in found if one.severity == "N")

    @property
    def verdict(self) -> str:
        """The worst verdict of the pairs, empty where there is none."""
        codes = self.judgement.verdict
        return VERDICTS[int(codes.max())] if len(codes) else ""


def judged(
    evidence: "Evidence",
    rows: Ints,
    pairs: tuple[Ints, Ints],
    labels: tuple[Sequence[str], Sequence[Texts]],
    config: "Thresholds",
) -> Judged:
    """Judge pairs of figures.

    Parameters
    ----------
    evidence : Evidence
        Figures and registry.
    rows : ndarray of int
        Rows of the figures table, one a cell.
    pairs : tuple of ndarray of int
        The two cells of each pair, as positions in `rows`.
    labels : tuple
        Id and name of each cell.
    config : Thresholds
        Thresholds of the rules.

    Returns
    -------
    Judged
    """
    from benchmark.metadata import columns
    from benchmark.rules.engine import judge

    i, j = pairs
    judgement = judge(columns(evidence, rows), i, j, config)
    ids, names = tuple(labels[0]), tuple(labels[1])
    return Judged(judgement, i, j, ids, names, labels=titles(evidence.registry))


def further(known: Judged, pairs: tuple[Ints, Ints], scope: Texts | None = None) -> Judged:
    """Judge other pairs of cells that were read before.

    Parameters
    ----------
    known : Judged
        Pairs of the same cells.
    pairs : tuple of ndarray of int
        The two cells of each pair.
    scope : mapping, optional
        What they have in common.

    Returns
    -------
    Judged
    """
    from benchmark.rules.engine import judge

    i, j = pairs
    judgement = judge(known.judgement.columns, i, j, known.judgement.config)
    return replace(known, judgement=judgement, i=i, j=j, scope=scope, _found={})


def part(whole: Judged, pairs: Mask, scope: Texts | None) -> Judged:
    """Take some of the pairs as a set of their own.

    Parameters
    ----------
    whole : Judged
        Pairs judged in one go.
    pairs : ndarray of bool
        Those to take.
    scope : mapping, optional
        What they have in common.

    Returns
    -------
    Judged
    """
    found = whole.judgement
    judgement = replace(found, i=found.i[pairs], j=found.j[pairs], severity=found.severity[pairs])
    i, j = whole.i[pairs], whole.j[pairs]
    return replace(whole, judgement=judgement, i=i, j=j, scope=scope, _found={})


def among_all(pairs: Judged, theme: Texts) -> Judged:
    """Mark pairs that a place among all countries rests on; their cells end in `#pool`."""
    return replace(pairs, theme=theme, ids=tuple(f"{one}#pool" for one in pairs.ids))


def titles(registry: "Registry") -> dict[str, Texts]:
    """Give the titles of ids that the sentences of the rules mention."""
    return {
        name: entry["title"]
        for kind in (registry.programmes, registry.concepts)
        for name, entry in kind.items()
    }
