"""The audit of the shipped figures, with what is declared about them in `audit.toml`."""

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from benchmark.audit import Audit, Declared
    from benchmark.figures import Evidence

_COUNTRY: Final = ("country-code", "cc_iso3c")
_COLUMNS: Final = {
    "e-gov-index": "egdi",
    "e-gov-rank": "rank",
    "e-pat-index": "e_participation",
    "osi": "online_services",
    "tii": "telecommunication",
    "hci": "human_capital",
}
"""Columns of the index tables at hand that our locators call by another name."""


@cache
def declared() -> "Declared":
    """Read what is declared about the shipped figures.

    Returns
    -------
    Declared
        Sums that must hold, known totals, and findings that are explained.

    Examples
    --------
    >>> len(declared().formulas) > 5
    True
    """
    from benchmark.audit.declared import read

    return read(files("sources") / "audit.toml")


def audit(evidence: "Evidence | None" = None, documents: "Path | str | None" = None) -> "Audit":
    """Check the figures against their documents, their own sums and their neighbours.

    Parameters
    ----------
    evidence : Evidence, optional
        Figures and registry; the shipped ones by default.
    documents : path, optional
        Folder with source documents (texts, workbooks), at any depth; without it no figure is
        looked up in its document, and the report says so.

    Returns
    -------
    Audit
        Findings sorted by severity, explained ones apart, what was checked and what was not.
        Its `exit_code` is 1 where an error stands.

    Raises
    ------
    BenchmarkError
        If `documents` is no folder.

    Examples
    --------
    >>> audit().exit_code
    0
    """
    from benchmark.audit import audit as look
    from sources.catalogue import evidence as shipped

    folder = Path(documents) if documents is not None else None
    return look(evidence or shipped(), folder, declared(), {".xlsx": cells, ".csv": records})


def cells(path: Path) -> Mapping[str, float]:
    """Read all numbers of a workbook by place.

    Parameters
    ----------
    path : Path
        A workbook.

    Returns
    -------
    dict of str to float
        ``sheet!cell`` and the number in it.
    """
    from python_calamine import CalamineWorkbook

    from sources.readers.workbook import letters

    book = CalamineWorkbook.from_path(str(path))
    found: dict[str, float] = {}
    for name in book.sheet_names:
        sheet = book.get_sheet_by_name(name)
        for row, line in enumerate(sheet.to_python(skip_empty_area=False), 1):
            for column, cell in enumerate(line):
                if isinstance(cell, (int, float)):
                    found[f"{name}!{letters(column)}{row}"] = float(cell)
    return found


def records(path: Path) -> Mapping[str, float]:
    """Read all numbers of a table of countries by country and column.

    Parameters
    ----------
    path : Path
        Comma-separated values: a row a country, or a row a country and variable.

    Returns
    -------
    dict of str to float
        ``AFG: egdi`` and the number there; empty where no column holds country codes.
    """
    with path.open(encoding="utf-8-sig", newline="") as opened:
        table = csv.DictReader(opened)
        heads = table.fieldnames or ()
        code = next((head for head in heads if head in _COUNTRY), None)
        found: dict[str, str] = {}
        for row in table if code else ():
            if "variable" in heads:
                found[f"{row[code]}: {row['variable']}"] = row["value"]
            else:
                found |= {f"{row[code]}: {_COLUMNS.get(key, key)}": row[key] for key in heads}
    return {place: float(text) for place, text in found.items() if _is_number(text)}


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
