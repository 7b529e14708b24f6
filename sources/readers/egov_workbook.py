"""Reader of the official workbooks of the eGovernment Benchmark, as they are.

The scores of any edition's workbook, or the long table in machine-readable format: every cell with
its flag and its place, and the notes of the cover and above the columns. What the cells stand for
in our terms is the adapter's business (`sources.adapters.egov`); only the codes that the long table
leaves blank are filled in beside it, as its adapter works them out.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, Final

from benchmark.errors import BenchmarkError, listing
from sources.adapters.egov_long_table import SHEET, indicators, open_long_table
from sources.adapters.egov_official import DECADE, REASONS, SCORES, labels, refuse, unread
from sources.readers.common import load
from sources.readers.frames import categorical, observed
from sources.readers.workbook import read_rows, read_table, sheet_names
from sources.table import Table, TableNote

if TYPE_CHECKING:
    import pandas as pd

    from sources.readers.common import Source

_STUB: Final = ("Country", "Scoring")
_DECADE_STUB: Final = ("Country", "Indicator - as used for eGov benchmark")
_COVER: Final = "Cover"
_BREAK: Final = "break in series"
_LONG: Final = 120
"""Characters beyond which a text of the cover is a paragraph, not a line of its contents."""


def read(source: "Source") -> Table:
    """Read an official workbook of the eGovernment Benchmark.

    Parameters
    ----------
    source : str, Path or bytes
        The file, or what is in it.

    Returns
    -------
    Table
        One row a cell: ``Country``, then ``Scoring`` and ``heading`` (a workbook of scores) or
        ``year``, ``variable``, ``brkdown`` and ``unit`` (the long table), all as printed;
        ``value``, ``status``, ``symbol``; ``indicator``, ours, also where the file leaves its code
        blank, else empty; and the place: ``sheet``, ``row``, ``column``. Notes are the paragraphs
        of the cover, and the marks of breaks above columns.

    Raises
    ------
    BenchmarkError
        The file is none of them, or holds cells that are not understood: all are named.
    """
    names = sheet_names(source)
    if SHEET in names:
        return _long(source)
    if _scored(names):
        return _scores(source, names)
    raise BenchmarkError(
        listing(
            f"{load(source).file}: no workbook of the eGovernment Benchmark; expected a sheet "
            f"{SHEET!r} or one named like '1. Scores 2024'; it has these",
            names,
        )
    )


def is_one(source: "Source") -> bool:
    """Tell whether a file is a workbook of the eGovernment Benchmark, from its sheets' names.

    Parameters
    ----------
    source : str, Path or bytes
        The file, or what is in it.

    Returns
    -------
    bool
    """
    try:
        names = sheet_names(source)
    except BenchmarkError:  # what is wrong with it is said where it is read
        return False
    return SHEET in names or _scored(names)


def _scored(names: list[str]) -> bool:
    return any(re.fullmatch(SCORES, name) for name in names)


def _long(source: "Source") -> Table:
    found, year, event = open_long_table(source)
    cells = found.frame.assign(indicator=indicators(found, year, event), sheet=SHEET)
    cells["year"] = year.astype(str)
    frame = _frame(cells, ["year", "Country", "variable", "brkdown", "unit"])
    return Table(frame, meta=_meta(found, {"time": "year"}))


def _scores(source: "Source", names: list[str]) -> Table:
    import pandas as pd

    found = read_table(source, SCORES, _STUB)
    refuse(found, list(unread(found.frame)))
    parts = [found.frame.assign(sheet=found.meta["sheet"])]
    if any(re.fullmatch(DECADE, name) for name in names):
        parts.append(_decade(source))
    cells = pd.concat(parts, ignore_index=True)
    cells["indicator"] = cells["Scoring"].map(labels()).fillna("")
    above = read_rows(source, SCORES)[: int(found.meta["header"])]
    return Table(
        _frame(cells, ["Country", "Scoring", "heading"]),
        {"heading": dict(_grouped(above))},
        (*_breaks(above), *(_cover(source) if _COVER in names else ())),
        _meta(found, {"title": {"en": " ".join(_first(above))}}),
    )


def _grouped(above: list[list[str]]) -> Iterator[tuple[str, dict[str, str]]]:
    """Name each column by the heading of its group, one row up, and its own."""
    group = ""
    for over, own in zip_longest(above[-2], above[-1], fillvalue=""):
        group = over.strip() or group
        if own.strip() and group:
            heading = " ".join(own.split())
            yield heading, {"en": f"{group}: {heading}"}


def _breaks(above: list[list[str]]) -> Iterator[TableNote]:
    """Find the marks of breaks above columns; each stands over the first column after it."""
    for row in above[:-2]:
        for place, text in enumerate(row):
            if text.strip().lower() == _BREAK:
                heading = " ".join(above[-1][place].split())
                yield TableNote({"en": text.strip()}, {"heading": heading}, mandatory=True)


def _cover(source: "Source") -> Iterator[TableNote]:
    """Read the paragraphs of the cover."""
    for row in read_rows(source, _COVER):
        for cell in row:
            paragraphs = [text.strip() for text in cell.split("\n\n")]
            yield from (TableNote({"en": text}) for text in paragraphs if len(text) > _LONG)


def _first(rows: list[list[str]]) -> list[str]:
    """Find the texts of the first row that has any."""
    return next(([text for text in row if text.strip()] for row in rows if any(row)), [])


def _decade(source: "Source") -> "pd.DataFrame":
    """Read the sheet of the Digital Decade, in which rows of text head those below them."""
    found = read_table(source, DECADE, _DECADE_STUB)
    rows = found.frame
    opens = rows["value"].isna() & ~rows["mark"].isin(list(REASONS))
    section = rows["mark"].where(opens).ffill().fillna("")
    cells = rows[~opens].assign(sheet=found.meta["sheet"], Scoring=section[~opens])
    refuse(found, list(unread(cells)))
    return cells


def _frame(cells: "pd.DataFrame", dimensions: list[str]) -> "pd.DataFrame":
    import pandas as pd

    place, symbols = pd.factorize(cells["mark"])
    value = cells["value"].to_numpy(dtype=float)
    return pd.DataFrame(
        {
            **{name: _coded(cells[name]) for name in dimensions},
            **observed(value, place, list(symbols), _reason),
            **{name: _coded(cells[name]) for name in ("indicator", "sheet")},
            "row": cells["row"].to_numpy(),
            "column": _coded(cells["column"]),
        }
    )


def _meta(found: Table, more: Mapping[str, object]) -> dict[str, object]:
    kept = ("file", "sheet", "sha256")
    return {"format": "eGovernment Benchmark"} | {k: found.meta[k] for k in kept} | dict(more)


def _reason(mark: str) -> str:
    return REASONS[mark] if mark else ""


def _coded(texts: "pd.Series") -> Any:
    import pandas as pd

    codes, known = pd.factorize(texts)
    return categorical(codes, [str(text) for text in known])
