"""The rows of a StatBank file: a quick way for the files the service sends, a plain one for all.

Both give the same; the quick one gives up where it cannot be sure, and the plain one finds fault.
"""

import csv
import re
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from benchmark.errors import BenchmarkError
from sources.readers.common import refuse

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Codes = NDArray[np.integer[Any]]

_NUMBER: Final = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d{1,3})?", re.ASCII)


@dataclass(frozen=True)
class Rows:
    """The rows of a file.

    Attributes
    ----------
    codes : list of array of int
        A column for each variable: positions among its texts.
    texts : list of list of str
        Different texts of each variable, in the order of the file.
    value : array of float
        Not-a-number where a symbol stands in place of a value.
    symbol : array of int
        Position among the symbols asked for, of which the first is empty.
    """

    codes: "Sequence[Codes]"
    texts: list[list[str]]
    value: "NDArray[np.float64]"
    symbol: "Codes"


def quick(data: bytes, width: int, symbols: Sequence[str]) -> Rows | None:
    """Read the rows with the parser of pandas, and the symbols where it finds no number.

    Parameters
    ----------
    data : bytes
        UTF-8 text with a header line.
    width : int
        Number of columns, the last of them values.
    symbols : sequence of str
        What may stand in place of a value, the first being empty.

    Returns
    -------
    Rows or None
        Nothing where a line is not plainly ``width`` fields, the last a number or a symbol.
    """
    data = data.rstrip(b"\r\n")
    lines = data.count(b"\n") + 1
    if b'"' in data or data.count(b";") != lines * (width - 1):
        return None
    for mark in ",.":
        frame = _parsed(data, width, symbols, mark)
        if frame is not None and len(frame) == lines - 1:
            return _checked(data, frame, symbols)
    return None


def _parsed(data: bytes, width: int, symbols: Sequence[str], mark: str) -> pd.DataFrame | None:
    options: dict[str, Any] = {
        "sep": ";",
        "decimal": mark,
        "header": None,
        "names": range(width),
        "skiprows": 1,
        "index_col": False,
        "dtype": dict.fromkeys(range(width - 1), "category") | {width - 1: np.float64},
        "na_values": {width - 1: [*symbols]},
        "keep_default_na": False,
        "quoting": csv.QUOTE_NONE,
        "float_precision": "round_trip",
    }
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pandas 3.1 is always exact and dislikes being asked.
        warnings.simplefilter("error", pd.errors.ParserWarning)
        try:
            frame: pd.DataFrame = pd.read_csv(BytesIO(data), **options)
        except (ValueError, OverflowError, pd.errors.ParserWarning):
            return None
    return frame


def _checked(data: bytes, frame: pd.DataFrame, symbols: Sequence[str]) -> Rows | None:
    *keys, values = (frame[column] for column in frame)
    value = values.to_numpy(copy=True)
    missing = np.flatnonzero(np.isnan(value))
    buffer = np.frombuffer(data, np.uint8)
    ends = np.append(np.flatnonzero(buffer == ord("\n")), len(data))[missing + 1]
    ends = ends - (buffer[ends - 1] == ord("\r"))
    symbol = np.zeros(len(value), dtype=np.int8)
    found = np.zeros(len(missing), dtype=bool)
    for k, text in enumerate(symbols):
        own = np.frombuffer(b";" + text.encode(), np.uint8)
        ends_so = np.logical_and.reduce(
            [buffer[ends - len(own) + i] == c for i, c in enumerate(own)]
        )
        symbol[missing[ends_so]] = k
        found |= ends_so
    columns = [key.array for key in keys]
    if np.isinf(value).any() or not found.all() or any((c.codes < 0).any() for c in columns):
        return None
    parts = [_in_file_order(column.codes, column.categories) for column in columns]
    return Rows([part[0] for part in parts], [part[1] for part in parts], value, symbol)


def _in_file_order(codes: "Codes", texts: "pd.Index[Any]") -> "tuple[Codes, list[str]]":
    """Renumber the texts of a column, which pandas sorts, by where each stands first."""
    first = np.empty(len(texts), dtype=np.int64)
    first[codes[::-1]] = np.arange(len(codes) - 1, -1, -1)  # The last assignment holds.
    order = np.argsort(first)
    place = np.empty(len(texts), dtype=codes.dtype)
    place[order] = np.arange(len(texts))
    return place[codes], [str(texts[k]) for k in order]


def plain(text: str, names: Sequence[str], symbols: Sequence[str], file: str) -> Rows:
    """Read the rows one by one.

    Parameters
    ----------
    text : str
        The file, with a header line.
    names : sequence of str
        The columns, the last of them values.
    symbols : sequence of str
        What may stand in place of a value, the first being empty.
    file : str
        Name for messages.

    Returns
    -------
    Rows
        All of them.

    Raises
    ------
    BenchmarkError
        A line has another number of fields, or a value is neither number nor symbol; all such
        lines are named.
    """
    rows = csv.reader(StringIO(text.rstrip("\r\n"), newline=""), delimiter=";", strict=True)
    faults: list[str] = []
    known: list[dict[str, int]] = [{} for _ in names[:-1]]
    codes: list[list[int]] = [[] for _ in names[:-1]]
    cells: list[str] = []
    try:
        next(rows)
        for row in rows:
            if len(row) != len(names):
                faults.append(
                    f"line {rows.line_num}: expected {len(names)} fields, found {len(row)}"
                )
                continue
            for column, texts, cell in zip(codes, known, row, strict=False):
                column.append(texts.setdefault(cell, len(texts)))
            cells.append(cell := row[-1].strip())
            if cell not in symbols and not is_number(cell):
                faults.append(
                    f"line {rows.line_num}: {cell[:40]!r} is neither a number nor one of "
                    f"{' '.join(filter(None, symbols))}"
                )
    except csv.Error as error:
        raise BenchmarkError(f"{file}, line {rows.line_num}: {error}") from None
    marks = {mark for cell in cells if cell not in symbols for mark in ",." if mark in cell}
    if len(marks) > 1:
        faults.append(f"{names[-1]}: has numbers with a decimal comma and with a decimal point")
    value = np.array([_number(cell, symbols) for cell in cells] if not faults else [], np.float64)
    if np.isinf(value).any():
        faults.append(f"{names[-1]}: a number is too large")
    refuse(file, faults, "a StatBank CSV file")
    places = {symbol: k for k, symbol in enumerate(symbols)}
    symbol = np.array([places.get(cell, 0) for cell in cells], dtype=np.int8)
    small = [np.array(column, dtype=np.int32) for column in codes]
    return Rows(small, [[*texts] for texts in known], value, symbol)


def is_number(text: str) -> bool:
    """Tell whether a text is a number, with a decimal comma or point.

    Parameters
    ----------
    text : str
        What a cell holds.

    Returns
    -------
    bool
        False for a symbol and for anything else.

    Examples
    --------
    >>> is_number("-78,5"), is_number("0"), is_number("..")
    (True, True, False)
    """
    return _NUMBER.fullmatch(text) is not None


def _number(cell: str, symbols: Sequence[str]) -> float:
    return float("nan") if cell in symbols else float(cell.replace(",", "."))
