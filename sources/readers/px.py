"""Reader of PX files, the format of PC-Axis and PxWeb."""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from benchmark.errors import BenchmarkError
from benchmark.status import from_px
from sources.readers.common import Loaded, Source, check_cells, load, refuse
from sources.readers.frames import grid, observed
from sources.readers.px_data import NIL, Block, Cells, read_cells, read_rows
from sources.readers.px_notes import describe, read_notes
from sources.readers.px_text import KIND, PxText, split
from sources.readers.px_variables import Keywords, Variable, keywords, variables
from sources.table import Table

_ABSENT: Final = "{} rows are not in the file; the format defines that they hold zeros"
_SHORT: Final = 10_000
_SPARSEST: Final = 1000
"""Cells for each that is in the file that a file with KEYS may have, if it has many."""

_SYMBOLS: Final = {
    "DATASYMBOLNIL": NIL,
    **{f"DATASYMBOL{k}": "." * k for k in range(1, 7)},
    "DATASYMBOLSUM": "." * 7,
}
"""Keywords that rename the symbols, and the symbols as they stand in the data."""


def read(source: Source) -> Table:
    r"""Read a PX file.

    Parameters
    ----------
    source : str, Path or bytes
        The file, plain or gzip, or what is in it.

    Returns
    -------
    Table
        As `Table` says. A dimension is named by its VARIABLECODE, else by its name in the file's
        own language; its codes are CODES, else VALUES. ``symbol`` holds what stands in the data
        in place of a number; ``meta["symbols"]`` says as what the publisher shows it. Rows that
        a file with KEYS leaves out are zeros, as the format defines, and are counted in
        ``meta["absent_rows"]``. ``meta`` also has ``encoding``, ``languages``, ``frequency`` and
        ``periods`` (by code), ``measure`` (the column of CONTVARIABLE), ``elimination``,
        ``hierarchies``, ``warnings``, and under ``keywords`` all else the file says.

    Raises
    ------
    BenchmarkError
        Names every fault found, with line and keyword, what was expected and what was found.

    Examples
    --------
    >>> table = read(
    ...     b'STUB="sex";HEADING="year";VALUES("sex")="men","women";VALUES("year")="2023","2024";'
    ...     b'CODES("sex")="1","2";DATA=78.5 ".." "-" 81.25;'
    ... )
    >>> print(table.frame[["symbol", "sex", "year", "value", "status"]].to_string(index=False))
    symbol sex year  value status
             1 2023  78.50      A
        ..   1 2024    NaN      O
         -   2 2023   0.00      A
             2 2024  81.25      A
    """
    import pandas as pd

    loaded = load(source)
    text = split(loaded)
    faults: list[str] = []
    found = keywords(text, faults)
    axes = variables(found, faults)
    if text.data is None:
        faults.append(f"line {text.line}: the file ends without DATA; expected its cells")
    refuse(loaded.file, faults, KIND)
    shown = _shown(found)
    cells, absent, warnings = _cells(loaded, found, axes, shown)
    frame = pd.DataFrame(
        {
            **grid({axis.column: axis.codes for axis in axes}),
            **observed(cells.value, cells.symbol, cells.symbols, _meaning(shown)),
        },
        copy=False,
    )
    notes, more = read_notes(found, axes)
    meta = {"format": "PX", "file": loaded.file, "sha256": loaded.sha256}
    said = (
        describe(found, axes)
        | ({"symbols": shown} if shown else {})
        | ({"absent_rows": absent} if absent else {})
    )
    odd = {"warnings": (*text.warnings, *warnings, *more)}
    labels = {axis.column: _labels(axis) for axis in axes}
    return Table(frame, labels, notes, meta | said | (odd if any(odd.values()) else {}))


def _labels(axis: Variable) -> dict[str, dict[str, str]]:
    by_code = (
        {language: texts[k] for language, texts in axis.values.items()}
        for k in range(len(axis.codes))
    )
    return {"": dict(axis.names), **dict(zip(axis.codes, by_code, strict=True))}


def _shown(found: Keywords) -> dict[str, dict[str, str]]:
    """Read how the publisher shows the symbols: symbol, language, text."""
    words = {symbol: found.words(keyword) for keyword, symbol in _SYMBOLS.items()}
    return {symbol: texts for symbol, texts in words.items() if texts}


def _meaning(shown: Mapping[str, Mapping[str, str]]) -> Any:
    """Give the function from a symbol to its CL_OBS_STATUS codes.

    A symbol that is shown as another means what the other does: readers see that one.
    """

    def meaning(symbol: str) -> tuple[str, ...]:
        for text in shown.get(symbol, {}).values():
            if symbol != NIL and from_px(text) and text != NIL:
                return from_px(text)
        renamed = (own for own, texts in shown.items() if symbol in texts.values())
        return from_px(symbol) or next((meaning(own) for own in renamed), ())

    return meaning


def _cells(
    loaded: Loaded, found: Keywords, axes: Sequence[Variable], shown: Mapping[str, Any]
) -> tuple[Cells, int, list[str]]:
    """Read the data: all cells, how many rows were left out, and what is odd about the end."""
    expected = check_cells(loaded.file, [len(axis.codes) for axis in axes])
    block, warnings = _block(loaded, found.text, shown)
    if any(keyword == "KEYS" for keyword, _, _ in found.index):
        cells, absent = _keyed(block, found, axes, expected)
        return cells, absent, [*warnings, *([_ABSENT.format(absent)] if absent else [])]
    # A cell takes two characters: far too short data are refused before memory is taken.
    if len(block.data) + _SHORT < 2 * expected:
        raise BenchmarkError(_miscounted(block, f"{len(block.data)} characters", axes))
    cells = read_cells(block)
    if len(cells.value) != expected:
        raise BenchmarkError(_miscounted(block, f"{len(cells.value)} cells", axes))
    return cells, 0, warnings


def _miscounted(block: Block, number: str, axes: Sequence[Variable]) -> str:
    sizes = " x ".join(str(len(axis.codes)) for axis in axes)
    expected = math.prod(len(axis.codes) for axis in axes)
    return (
        f"{block.file}: cannot be read as {KIND}: line {block.line}, DATA: found {number}; "
        f"expected {expected} cells ({sizes})"
    )


def _block(
    loaded: Loaded, text: PxText, shown: Mapping[str, Mapping[str, str]]
) -> tuple[Block, list[str]]:
    data = text.data or b""
    known = {*_SYMBOLS.values(), *(t for texts in shown.values() for t in texts.values())}
    body = data.rstrip(b" \t\r\n\x1a")
    if body.endswith(b";"):
        return Block(body[:-1], text.line, loaded.file, known), []
    if body and body == data.rstrip(b"\x1a"):
        # The last number may be half of one.
        fault = "DATA ends without ';' in the middle of a line; expected the end of the data"
        refuse(loaded.file, [fault], KIND)
    warning = "DATA ends without ';', though with as many cells as it should have"
    return Block(body, text.line, loaded.file, known), [warning]


def _keyed(
    block: Block, found: Keywords, axes: Sequence[Variable], expected: int
) -> tuple[Cells, int]:
    """Put rows that begin with keys where they belong; rows that are left out hold zeros."""
    import numpy as np

    stub = axes[: len(found.strings("STUB", found.own))]
    width = math.prod(len(axis.codes) for axis in axes[len(stub) :])
    if expected > max(10**6, _SPARSEST * len(block.data)):
        raise BenchmarkError(_miscounted(block, f"{len(block.data)} characters", axes))
    names, cells = read_rows(block, len(stub), width, found.text.encoding)
    keys = [_key_texts(found, axis) for axis in stub]
    rows = [_row(name, keys) for name in names]
    refuse(block.file, list(_wrong_rows(names, rows)), KIND)
    value = np.zeros((expected // width if width else 0, width))
    symbol = np.zeros(value.shape, dtype=cells.symbol.dtype)
    value[rows] = cells.value.reshape(-1, width)
    symbol[rows] = cells.symbol.reshape(-1, width)
    return Cells(value.ravel(), symbol.ravel(), cells.symbols), len(value) - len(rows)


def _key_texts(found: Keywords, axis: Variable) -> dict[str, int]:
    """Give the place of each key of a variable: its codes or its values, as KEYS says."""
    entry = found.get("KEYS", found.own, axis.names[found.own])
    by_value = entry is not None and entry.text.upper() == "VALUES"
    texts = axis.values[found.own] if by_value else axis.codes
    return {text: k for k, text in enumerate(texts)}


def _row(name: Sequence[str], keys: Sequence[Mapping[str, int]]) -> int:
    """Find the row of some keys; -1 where one of them is unknown."""
    row = 0
    for key, places in zip(name, keys, strict=True):
        if key not in places:
            return -1
        row = row * len(places) + places[key]
    return row


def _wrong_rows(names: Sequence[tuple[str, ...]], rows: Sequence[int]) -> Iterator[str]:
    seen: set[int] = set()
    for k, (name, row) in enumerate(zip(names, rows, strict=True), 1):
        keys = ", ".join(map(repr, name))
        if row < 0:
            yield f"row {k} of DATA has the keys {keys}; expected codes or values as KEYS says"
        elif row in seen:
            yield f"row {k} of DATA has the keys {keys}, which an earlier row has; expected one"
        seen.add(row)
