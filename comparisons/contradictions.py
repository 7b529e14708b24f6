"""Other values published for the cells of a view: the one not chosen shows as a note."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from benchmark.language import join
from comparisons.parts import Note, records
from comparisons.render.amounts import amount
from comparisons.texts import Texts, each, text

if TYPE_CHECKING:
    import pandas as pd

    from benchmark.figures import Evidence

_CELL = ("indicator", "country", "area", "geo_scope", "breakdown", "kind", "year")
MOST_NAMED = 8


def contradictions(
    evidence: "Evidence", table: "pd.DataFrame", names: Sequence[Texts], cells: Sequence[str]
) -> list[Note]:
    """Name every figure that gives another value for a cell than the one shown.

    Values that agree within the rounding of both are no contradiction.

    Parameters
    ----------
    evidence : Evidence
        Figures and registry.
    table : DataFrame
        Cells as from `comparisons.selection.select`.
    names : sequence of mapping
        The name of each cell, in every language.
    cells : sequence of str
        The id of each cell in the view.

    Returns
    -------
    list of Note
        One for each document and edition that differs; not yet numbered.
    """
    losers = _others(evidence, table)
    notes = []
    for (document, edition), part in losers.groupby(["document", "edition"], sort=True):
        at = part["cell"].to_numpy()
        words = [_said(names[k], row) for k, row in zip(at, records(part), strict=True)]
        about = _note(evidence, str(document), str(edition), words)
        touches = tuple(dict.fromkeys(cells[k] for k in at))
        name = f"other:{document}@{edition}" if edition else f"other:{document}"
        notes.append(Note(0, name, "conflict", "", about, touches))
    return notes


def _others(evidence: "Evidence", table: "pd.DataFrame") -> "pd.DataFrame":
    figures, own = evidence.figures, table["obs"].to_numpy()
    chosen = figures[[*_CELL, "value", "decimals"]].iloc[own]
    rows = _near(figures, chosen)
    near = figures[[*_CELL, "value", "decimals", "document", "edition"]].iloc[rows]
    near = near.assign(row=rows)
    chosen = chosen.assign(cell=np.arange(len(own)), row=own)
    both = chosen.merge(near, on=list(_CELL), suffixes=("_chosen", ""))
    both = both[(both["row"] != both["row_chosen"]) & both["value"].notna()]
    gap = (both["value"] - both["value_chosen"]).abs()
    room = _half(both["decimals"]) + _half(both["decimals_chosen"])
    both = both[(gap > room + 1e-9).to_numpy()]
    words = {name: both[name].astype(str) for name in ("document", "edition")}
    return cast("pd.DataFrame", both.assign(**words))


def _near(figures: "pd.DataFrame", chosen: "pd.DataFrame") -> Any:
    """Find the rows that agree with some chosen one in each text of the key, one by one."""
    mask = np.ones(len(figures), dtype=bool)
    for column in _CELL[:-1]:
        known = np.zeros(len(figures[column].cat.categories), dtype=bool)
        known[chosen[column].cat.codes] = True
        mask &= known[figures[column].cat.codes]
    return np.flatnonzero(mask)


def _half(decimals: Any) -> Any:
    """Half a unit in the last printed digit; nothing where the digits are not known."""
    return (0.5 * 10.0**-decimals).fillna(0.0)


def _said(name: Texts, row: dict[str, Any]) -> Texts:
    decimals = None if row["decimals"] != row["decimals"] else int(row["decimals"])
    return each(lambda lang: f"{name[lang]} {amount(row['value'], '', decimals, lang)}")


def _note(evidence: "Evidence", document: str, edition: str, words: list[Texts]) -> Texts:
    entry = evidence.registry.documents[document]
    source = f"{entry['publisher']}: {entry['title']}"

    def write(lang: str) -> str:
        said = [word[lang] for word in words]
        values = join(said[:MOST_NAMED], lang)
        if len(said) > MOST_NAMED:
            these = ", ".join(said[:MOST_NAMED])
            values = text("note.more", lang, these=these, n=len(said) - MOST_NAMED)
        key = "note.other_edition" if edition else "note.other"
        return text(key, lang, source=source, edition=edition, values=values)

    return each(write)
