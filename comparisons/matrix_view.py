"""The matrix of verdicts as a view for readers."""

from typing import TYPE_CHECKING

import numpy as np

from comparisons.judging import Judged
from comparisons.notes import cell_notes, ids_by_cell, numbered, rule_notes
from comparisons.parts import VERDICTS, Column, Coverage, Missing, Note, records
from comparisons.places import Mask
from comparisons.selection import citations, missing, named
from comparisons.texts import Texts, same, texts
from comparisons.view import View

if TYPE_CHECKING:
    import pandas as pd

    from benchmark.figures import Evidence

MATRIX = 16
"""Most figures that are set out as a matrix of signs."""

SIGNS: dict[str, Texts] = dict(zip(VERDICTS, map(same, "+~×"), strict=True))


def matrix_view(
    evidence: "Evidence", cells: "pd.DataFrame", pairs: Judged, asked: tuple[str, ...]
) -> View:
    """Set verdicts on pairs out for readers.

    Parameters
    ----------
    evidence : Evidence
        Figures and registry.
    cells : DataFrame
        The figures, as from `comparisons.selection.select`.
    pairs : Judged
        Each pair once.
    asked : tuple of str
        Countries asked for; empty if all were.

    Returns
    -------
    View
    """
    notes = _notes(evidence, cells, pairs)
    small = len(cells) <= MATRIX
    indicators = {one: evidence.registry.indicators[one]["title"] for one in cells["indicator"]}
    return View(
        kind="comparability",
        title=texts("comparability.title"),
        data=_data(cells, pairs, notes, small),
        columns=_columns(cells, small),
        verdict=pairs.verdict,
        notes=notes,
        citations=citations(evidence, cells["document"]),
        coverage=Coverage(pairs.ids, pairs.ids, tuple(_missing(asked, cells)), "figures"),
        remarks=tuple(_remarks(pairs, small)),
        thresholds=pairs.judgement.config.to_dict(),
        evidence=evidence.hash,
        labels={
            "country": {code: named(code) for code in cells["country"].unique()},
            "indicator": indicators,
            **_signs(len(cells) if small else 0),
        },
    )


def _notes(evidence: "Evidence", cells: "pd.DataFrame", pairs: Judged) -> tuple[Note, ...]:
    few = len(cells) <= MATRIX
    figures = records(cells.assign(cell=list(pairs.ids)))
    return numbered(
        [
            *rule_notes([pairs], None if few else _counted),
            *cell_notes(figures, evidence.registry),
        ]
    )


def _counted(group: Judged, mask: Mask) -> Texts:
    return texts("note.counted", n=int(mask.sum()), pairs=len(mask))


def _data(
    cells: "pd.DataFrame", pairs: Judged, notes: tuple[Note, ...], small: bool
) -> "pd.DataFrame":
    size, codes = len(cells), pairs.judgement.verdict
    told = ids_by_cell(notes)
    data = cells[["country", "indicator", "year", "value", "unit", "decimals", "status"]].copy()
    data.insert(0, "cell", np.arange(1, size + 1))
    for code, verdict in enumerate(VERDICTS):
        hit = codes == code
        data[verdict] = np.bincount(pairs.i[hit], minlength=size) + np.bincount(
            pairs.j[hit], minlength=size
        )
    if small:
        square = np.full((size, size), "", dtype=object)
        words = np.array(VERDICTS, dtype=object)[codes]
        square[pairs.i, pairs.j] = square[pairs.j, pairs.i] = words
        for k in range(size):
            data[str(k + 1)] = square[:, k]
    return data.assign(
        address=list(pairs.ids),
        notes=[told.get(one, "") for one in pairs.ids],
        document=cells["document"],
        locator=cells["locator"],
    )


def _signs(columns: int) -> dict[str, dict[str, Texts]]:
    return {str(k): SIGNS for k in range(1, columns + 1)}


def _columns(cells: "pd.DataFrame", small: bool) -> tuple[Column, ...]:
    many = bool(cells["indicator"].nunique() > 1)
    signs = [Column(str(k), head=f"={k}") for k in range(1, len(cells) + 1)] if small else []
    return (
        Column("cell", "number"),
        Column("country"),
        *([Column("indicator")] if many else []),
        Column("year"),
        *(signs or [Column(verdict, "number") for verdict in VERDICTS]),
    )


def _missing(asked: tuple[str, ...], cells: "pd.DataFrame") -> list[Missing]:
    there = set(cells["country"])
    return missing([code for code in asked if code not in there], "no_figure")


def _remarks(pairs: Judged, small: bool) -> list[Texts]:
    counts = np.bincount(pairs.judgement.verdict, minlength=len(VERDICTS)).tolist()
    told = dict(zip(VERDICTS, counts, strict=True))
    first = texts("comparability.pairs", pairs=len(pairs.i), cells=len(pairs.ids), **told)
    second = texts("comparability.key") if small else texts("comparability.large", most=MATRIX)
    return [first, second]
