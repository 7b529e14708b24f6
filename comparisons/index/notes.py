"""Notes of an index: rules, gaps, what was imputed or drawn in, and remarks on the figures."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from comparisons.contradictions import contradictions
from comparisons.index.cells import Cells
from comparisons.index.model import Scored
from comparisons.index.tree import Tree
from comparisons.notes import cell_notes, numbered, rule_notes
from comparisons.parts import Missing, Note, records
from comparisons.places import listed
from comparisons.render.amounts import amount
from comparisons.selection import named
from comparisons.texts import Texts, each, texts

if TYPE_CHECKING:
    from benchmark.figures import Evidence

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Treated:
    """Figures after what was asked to be done to them.

    Parameters
    ----------
    value : ndarray of float
        dims (year, indicator, country): what the index is computed from.
    imputed, winsorised : ndarray of bool
        dims as before: cells filled in, cells drawn in.
    way : str
        How cells were filled in.
    seed : int
        Of the random numbers.
    """

    value: NDArray[np.float64]
    imputed: Mask
    winsorised: Mask
    way: str = ""
    seed: int = 0


def notes(
    evidence: "Evidence", tree: Tree, cells: Cells, scored: Scored, treated: Treated
) -> tuple[Note, ...]:
    """Write every note of an index, numbered.

    Parameters
    ----------
    evidence : Evidence
        Figures and registry.
    tree : Tree
        The index.
    cells : Cells
        The figures.
    scored : Scored
        What the tree makes of them.
    treated : Treated
        What was done to them on request.

    Returns
    -------
    tuple of Note
        Cells are countries.
    """
    shown = cells.table[cells.table["country"].isin(cells.countries[: cells.asked])]
    shown = shown.reset_index(drop=True)
    figures = records(shown.assign(cell=shown["country"]))
    names = [_cell(tree, row["country"], row["leaf"]) for row in figures]
    return numbered(
        [
            *rule_notes(cells.groups),
            *_mended(tree, cells, scored),
            *_imputed(tree, cells, treated),
            *_winsorised(tree, cells, treated),
            *cell_notes(figures, evidence.registry),
            *contradictions(evidence, shown, names, shown["country"].tolist()),
        ]
    )


def _cell(tree: Tree, country: str, leaf: int) -> Texts:
    return each(lambda lang: f"{named(country)[lang]}, {tree.leaves[leaf].title[lang]}")


def _mended(tree: Tree, cells: Cells, scored: Scored) -> Iterator[Note]:
    """Name the countries in which parts took over the weight of a missing one."""
    touched: dict[str, list[Texts]] = {}
    marks = np.logical_or.reduce([scored.mended[group.id] for group in tree.groups])
    for y, year in enumerate(cells.years):
        for c in np.flatnonzero(marks[y, : cells.asked]).tolist():
            code = cells.countries[c]
            parts = _gone(tree, cells, scored, y, c)
            told = texts("index.note.parts", country=named(code), year=year, parts=listed(parts))
            touched.setdefault(code, []).append(told)
    if touched:
        details = tuple(one for lines in touched.values() for one in lines)
        yield Note(0, "mended", "status", "", texts("index.note.mended"), tuple(touched), details)


def _gone(tree: Tree, cells: Cells, scored: Scored, y: int, c: int) -> list[Texts]:
    """Name the indicators that have no score in a country, and why."""
    found = []
    for k, leaf in enumerate(tree.leaves):
        if np.isfinite(scored.scores[leaf.id][y, c]):
            continue
        spot = (cells.years[y], k, cells.countries[c])
        usual = "no_figure" if np.isnan(cells.value[y, k, c]) else "flat"
        reason = cells.reasons.get(spot, texts(f"index.missing.{usual}"))
        found.append(texts("index.missing.part", part=leaf.title, reason=reason))
    return found


def without_score(tree: Tree, cells: Cells, scored: Scored) -> list[Missing]:
    """Name the countries asked for that have no score, and what they lack."""
    whole = scored.scores[tree.root.id]
    found = []
    for y, year in enumerate(cells.years):
        for c in np.flatnonzero(np.isnan(whole[y, : cells.asked])).tolist():
            if np.isnan(cells.value[y, :, c]).all() and not _told(tree, cells, year, c):
                reason = texts("coverage.reason.no_figure_year", year=year)
            else:
                parts = listed(_gone(tree, cells, scored, y, c))
                reason = texts("index.missing.score", year=year, parts=parts)
            found.append(Missing(named(cells.countries[c]), reason))
    return found


def _told(tree: Tree, cells: Cells, year: int, c: int) -> bool:
    """Say whether a figure or the rules give a reason for a gap of a country."""
    code = cells.countries[c]
    return any((year, k, code) in cells.reasons for k in range(len(tree.leaves)))


def _imputed(tree: Tree, cells: Cells, treated: Treated) -> Iterator[Note]:
    if treated.imputed[..., : cells.asked].any():
        way = texts(f"index.impute.{treated.way}", seed=treated.seed)
        yield _listed_note(tree, cells, treated, "imputed", texts("index.note.imputed", way=way))


def _winsorised(tree: Tree, cells: Cells, treated: Treated) -> Iterator[Note]:
    if treated.winsorised[..., : cells.asked].any():
        yield _listed_note(tree, cells, treated, "winsorised", texts("index.note.winsorised"))


def _listed_note(tree: Tree, cells: Cells, treated: Treated, name: str, words: Texts) -> Note:
    """Write a note that lists its figures one by one."""
    marks: Mask = getattr(treated, name)
    spots = np.argwhere(marks[..., : cells.asked]).tolist()
    touches = tuple(dict.fromkeys(cells.countries[c] for _, _, c in spots))
    details = tuple(_change(tree, cells, treated, spot) for spot in spots)
    return Note(0, name, "status", "", words, touches, details)


def _change(tree: Tree, cells: Cells, treated: Treated, spot: Sequence[int]) -> Texts:
    y, k, c = spot
    before, after = cells.value[y, k, c], treated.value[y, k, c]
    facts = {
        "country": named(cells.countries[c]),
        "part": tree.leaves[k].title,
        "year": cells.years[y],
        "value": each(lambda lang: amount(float(after), "", None, lang)),
    }
    if np.isnan(before):
        return texts("index.note.cell", **facts)
    known = each(lambda lang: amount(float(before), "", None, lang))
    return texts("index.note.changed", before=known, **facts)
