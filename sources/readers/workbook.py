"""Reader of spreadsheets: one table of a sheet becomes one row a cell, with its address."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile, is_zipfile

from benchmark.errors import BenchmarkError, listing
from sources.table import Table

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

Source = str | Path | bytes
Cell = str | float


@dataclass(frozen=True)
class _Sheet:
    file: str
    name: str
    rows: Sequence[Sequence[object]]
    errors: dict[str, str]

    def at(self, row: int, column: int) -> Cell:
        """Read a cell (both counted from 0): a number, or a text without spaces around it."""
        value = self.rows[row][column] if column < len(self.rows[row]) else ""
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return float(value)
        return self.errors.get(address(row, column), " ".join(str(value).split()))


def read_table(source: Source, sheet: str, stub: Sequence[str]) -> Table:
    """Read the table of a sheet whose header row begins with given texts.

    Parameters
    ----------
    source : str, Path or bytes
        The file, or what is in it.
    sheet : str
        Regular expression that the whole name of exactly one sheet fits.
    stub : sequence of str
        Headings of the columns that name a row, side by side as in the header row. Rows whose
        first such cell is empty are left out, columns without a heading too.

    Returns
    -------
    Table
        ``frame`` has a row for each cell right of the stub: the stub's columns under their
        headings, ``heading``, ``row`` (number of the row in the sheet), ``column`` (its letters),
        ``value`` (float64, not-a-number where the cell holds no number) and ``mark`` (what it
        holds instead: a text, a formula error such as ``#DIV/0!``, or nothing). ``meta`` has
        ``file``, ``sheet``, ``header`` (number of the header row) and ``sha256``.

    Raises
    ------
    BenchmarkError
        The file is no workbook, no or more than one sheet fits, or no header row is found.
    """
    import numpy as np
    import pandas as pd

    data, file = _load(source)
    page = _open_sheet(data, file, sheet)
    top, left = _find_header(page, stub)
    columns = [c for c in range(left + len(stub), len(page.rows[top])) if page.at(top, c) != ""]
    rows = [r for r in range(top + 1, len(page.rows)) if page.at(r, left) != ""]
    cells = [page.at(r, c) for r in rows for c in columns]
    names = {
        text: np.repeat(np.array([page.at(r, left + k) for r in rows], dtype=object), len(columns))
        for k, text in enumerate(stub)
    }
    frame = pd.DataFrame(
        {
            **names,
            "heading": [str(page.at(top, c)) for c in columns] * len(rows),
            "row": np.repeat(np.array(rows, dtype=np.int64) + 1, len(columns)),
            "column": [letters(c) for c in columns] * len(rows),
            "value": [cell if isinstance(cell, float) else float("nan") for cell in cells],
            "mark": [cell if isinstance(cell, str) else "" for cell in cells],
        }
    )
    meta = {"file": file, "sheet": page.name, "header": str(top + 1)}
    return Table(frame, meta=meta | {"sha256": sha256(data).hexdigest()})


def read_rows(source: Source, sheet: str) -> list[list[str]]:
    """Read all cells of a sheet as texts, as they stand.

    Parameters
    ----------
    source : str, Path or bytes
        The file, or what is in it.
    sheet : str
        Regular expression that the whole name of exactly one sheet fits.

    Returns
    -------
    list of list of str
        Rows from the first of the sheet.

    Raises
    ------
    BenchmarkError
        The file is no workbook, or no or more than one sheet fits.
    """
    return [[str(cell) for cell in row] for row in _open_sheet(*_load(source), sheet).rows]


def sheet_names(source: Source) -> list[str]:
    """List the sheets of a workbook.

    Parameters
    ----------
    source : str, Path or bytes
        The file, or what is in it.

    Returns
    -------
    list of str
        In the order of the workbook.

    Raises
    ------
    BenchmarkError
        The file is no workbook.
    """
    data, file = _load(source)
    return list(_open(data, file).sheet_names)


def letters(column: int) -> str:
    """Name a column as spreadsheets do.

    Parameters
    ----------
    column : int
        Counted from 0.

    Returns
    -------
    str
        Its letters.

    Examples
    --------
    >>> letters(0), letters(25), letters(26), letters(701), letters(702)
    ('A', 'Z', 'AA', 'ZZ', 'AAA')
    """
    name = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        name = chr(ord("A") + letter) + name
    return name


def address(row: int, column: int) -> str:
    """Name a cell as spreadsheets do.

    Parameters
    ----------
    row, column : int
        Counted from 0.

    Returns
    -------
    str
        Letters of the column and number of the row.

    Examples
    --------
    >>> address(6, 3)
    'D7'
    """
    return f"{letters(column)}{row + 1}"


def _load(source: Source) -> tuple[bytes, str]:
    """Return the bytes, and what to call them in messages."""
    if isinstance(source, bytes):
        return source, "workbook"
    return Path(source).read_bytes(), Path(source).name


def _open(data: bytes, file: str) -> "CalamineWorkbook":
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        return CalamineWorkbook.from_filelike(BytesIO(data))
    except (CalamineError, OSError, ValueError) as error:
        raise BenchmarkError(
            f"{file}: cannot be read as a workbook ({error}); expected an .xlsx file as published"
        ) from None


def _open_sheet(data: bytes, file: str, sheet: str) -> _Sheet:
    book = _open(data, file)
    fitting = [name for name in book.sheet_names if re.fullmatch(sheet, name)]
    if len(fitting) != 1:
        found = "more than one sheet is" if fitting else "no sheet is"
        raise BenchmarkError(
            listing(f"{file}: {found} named like {sheet!r}; it has these sheets", book.sheet_names)
        )
    # The empty rows and columns before the table stay, so that positions are addresses.
    rows = book.get_sheet_by_name(fitting[0]).to_python(skip_empty_area=False)
    return _Sheet(file, fitting[0], rows, dict(_formula_errors(data, fitting[0])))


def _find_header(page: _Sheet, stub: Sequence[str]) -> tuple[int, int]:
    for row in range(len(page.rows)):
        width = len(page.rows[row]) - len(stub)
        for column in range(width + 1):
            if all(page.at(row, column + k) == text for k, text in enumerate(stub)):
                return row, column
    wanted = " | ".join(stub)
    raise BenchmarkError(
        f"{page.file}, sheet {page.name!r}: no row holds the headings {wanted} side by side, so "
        "the table cannot be found; has the publisher changed its layout?"
    )


def _formula_errors(data: bytes, sheet: str) -> Iterator[tuple[str, str]]:
    """Find the cells whose formula failed: calamine gives them as empty (its issue 105)."""
    if not is_zipfile(BytesIO(data)):
        return
    with ZipFile(BytesIO(data)) as archive:
        path = _path_of(archive, sheet)
        if path not in archive.namelist():
            return
        page = archive.read(path).decode("utf-8")
    for attributes, content in re.findall(r'<c\s([^>/]*\bt="e"[^>/]*)>(.*?)</c>', page, re.DOTALL):
        where = re.search(r'\br="([A-Z]+\d+)"', attributes)
        error = re.search(r"<v>([^<]*)</v>", content)
        if where and error:
            yield where[1], unescape(error[1])


def _path_of(archive: ZipFile, sheet: str) -> str:
    """Find the part of an .xlsx file that holds a sheet; empty for other formats."""
    if "xl/workbook.xml" not in archive.namelist():
        return ""
    book = archive.read("xl/workbook.xml").decode("utf-8")
    links = archive.read("xl/_rels/workbook.xml.rels").decode("utf-8")
    targets = {
        name[1]: target[1]
        for link in re.findall(r"<Relationship\s[^>]*>", links)
        if (name := re.search(r'\bId="([^"]*)"', link))
        and (target := re.search(r'\bTarget="([^"]*)"', link))
    }
    for entry in re.findall(r"<sheet\s[^>]*>", book):
        name = re.search(r'\bname="([^"]*)"', entry)
        link = re.search(r'\br:id="([^"]*)"', entry)
        if name and link and unescape(name[1]) == sheet:
            return "xl/" + targets[link[1]].removeprefix("/xl/")
    return ""
