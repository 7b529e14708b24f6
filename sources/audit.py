"""The audit of the shipped figures, with what is declared about them in `audit.toml`."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmark.audit import Audit, Declared
    from benchmark.figures import Evidence


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
    return look(evidence or shipped(), folder, declared(), {".xlsx": cells})


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
