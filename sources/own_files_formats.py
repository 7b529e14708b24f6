"""Readers of somebody's own file, one a format: headings and cells, not yet interpreted."""

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile, is_zipfile

from benchmark.errors import BenchmarkError, listing
from sources.own_files_raw import Raw, bounded, decoded, load_bytes
from sources.read_table import read_table

_DELIMITERS = (";", "\t", ",", "|")
_FORMATS = {
    "csv": "csv",
    "txt": "csv",
    "tsv": "tsv",
    "tab": "tsv",
    "parquet": "parquet",
} | dict.fromkeys(("xlsx", "xlsm", "xls", "xlsb", "ods"), "xlsx")


def read(source: "str | Path | bytes", asked: Mapping[str, Any]) -> Raw:
    r"""Read a file.

    Parameters
    ----------
    source : path or bytes
        The file, or what is in it.
    asked : mapping
        ``format``, ``encoding``, ``delimiter``, ``sheet`` and ``header``, as in a map.

    Returns
    -------
    Raw

    Raises
    ------
    BenchmarkError
        If the file is missing, too large, or not of its format.

    Examples
    --------
    >>> read(b"Land;Andel\nDanmark;78,5\n", {"format": "csv"}).frame.to_dict("list")
    {'Land': ['Danmark'], 'Andel': ['78,5']}
    """
    data, file = load_bytes(source)
    kind = str(asked.get("format") or _kind(data, file))
    readers: dict[str, Callable[[bytes, str, Mapping[str, Any]], Raw]] = {
        "csv": _csv,
        "tsv": lambda d, f, a: _csv(d, f, {"delimiter": "\t", **a}),
        "xlsx": _workbook,
        "parquet": _parquet,
        "json": _json,
        "table": _table,
    }
    raw = readers[kind](data, file, asked)
    if not len(raw.frame):
        raise BenchmarkError(f"{file}: there are no rows under the headings")
    return raw


def _kind(data: bytes, file: str) -> str:
    ending = file.rpartition(".")[2].lower()
    if ending in _FORMATS:
        return _FORMATS[ending]
    if ending == "json" or data.lstrip()[:1] == b"[":
        return "json"
    if ending in ("px", "gz") or file == "file":
        return "table"
    known = ", ".join(sorted({*_FORMATS, "json", "px"}))
    raise BenchmarkError(
        f"{file}: the ending names no format; known are {known}; or say `format` under [source]"
    )


def _csv(data: bytes, file: str, asked: Mapping[str, Any]) -> Raw:
    import pandas as pd

    text = decoded(data, file, asked.get("encoding"))
    top = int(asked.get("header", 1))
    lines = text.split("\n", top)
    if len(lines) <= top and not lines[-1].strip():
        raise BenchmarkError(f"{file}: there is no row {top} to take the headings from")
    delimiter = str(asked.get("delimiter") or _delimiter(lines[top - 1]))
    reader = csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)
    records: list[list[str]] = []
    rows: list[int] = []
    last = 0
    try:
        for record in reader:
            # A quoted cell may hold line ends: a record is known by the line it begins on.
            begins, last = last + 1, reader.line_num
            if begins >= top and any(cell.strip() for cell in record):
                records.append([cell.strip() for cell in record])
                rows.append(begins)
    except csv.Error as error:
        raise BenchmarkError(f"{file}, line {reader.line_num}: {error}") from None
    head, *body = records or [[]]
    _headed(head, file)
    _even(body, rows[1:], len(head), file)
    frame = pd.DataFrame(body, columns=head, dtype=object)
    return Raw(file, frame, rows[1:])


def _delimiter(head: str) -> str:
    """Take the mark that parts the headings most often; a semicolon before a comma."""
    return max(_DELIMITERS, key=head.count) if any(map(head.count, _DELIMITERS)) else ","


def _headed(head: Sequence[str], file: str) -> None:
    twice = sorted({name for name in head if name and head.count(name) > 1})
    if not any(head):
        raise BenchmarkError(f"{file}: the row of headings is empty; say `header` under [source]")
    if twice:
        raise BenchmarkError(listing(f"{file}: headings that stand more than once", twice))


def _even(body: Sequence[Sequence[str]], rows: Sequence[int], width: int, file: str) -> None:
    uneven = [
        f"row {row}: {len(record)} cells"
        for row, record in zip(rows, body, strict=True)
        if len(record) != width
    ]
    if uneven:
        remedy = "Is the delimiter right, and are cells that hold it in quotation marks?"
        raise BenchmarkError(
            listing(f"{file}: rows that do not have {width} cells", uneven, remedy)
        )


def _workbook(data: bytes, file: str, asked: Mapping[str, Any]) -> Raw:
    import pandas as pd

    from sources.readers.workbook import letters, sheet_names

    _unpacked(data, file)
    names = sheet_names(data) if data else []
    sheet = str(asked.get("sheet") or (names[0] if len(names) == 1 else ""))
    if sheet not in names:
        what = f"there is no sheet {sheet!r}" if sheet else "there is more than one sheet"
        raise BenchmarkError(
            listing(f"{file}: {what}; name one of these as `sheet` under [source]", names)
        )
    cells = _cells(data, sheet)
    top = int(asked.get("header", 1))
    head = [str(cell).strip() for cell in cells[top - 1]] if len(cells) >= top else []
    _headed(head, file)
    used = [k for k, name in enumerate(head) if name]
    rows = [r for r in range(top, len(cells)) if any(cells[r][k] != "" for k in used)]
    body = [[cells[r][k] for k in used] for r in rows]
    frame = pd.DataFrame(body, columns=[head[k] for k in used], dtype=object)
    marks = {head[k]: letters(k) for k in used}
    return Raw(file, frame, [r + 1 for r in rows], sheet, marks)


def _cells(data: bytes, sheet: str) -> list[list[object]]:
    from python_calamine import CalamineWorkbook

    page = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name(sheet)
    rows = page.to_python(skip_empty_area=False)
    return [[_plain(cell) for cell in row] for row in rows]


def _plain(cell: Any) -> object:
    """Keep numbers; dates and the rest become texts."""
    if isinstance(cell, bool) or cell is None:
        return "" if cell is None else str(cell).lower()
    if isinstance(cell, (int, float)):
        return "" if cell != cell else float(cell)
    text = cell.isoformat() if hasattr(cell, "isoformat") else str(cell)
    return text.removesuffix("T00:00:00").strip()


def _unpacked(data: bytes, file: str) -> None:
    """Refuse a packed file that would unpack beyond all measure."""
    if not is_zipfile(io.BytesIO(data)):
        return
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            size = sum(part.file_size for part in archive.infolist())
    except BadZipFile as error:
        raise BenchmarkError(f"{file}: damaged: {error}") from None
    bounded(b"", size, f"{file}, unpacked")


def _parquet(data: bytes, file: str, asked: Mapping[str, Any]) -> Raw:
    import pandas as pd

    try:
        frame = pd.read_parquet(io.BytesIO(data))
    except ImportError:
        raise BenchmarkError(
            f"{file}: Parquet is read with pyarrow, which is not installed: "
            "install nordbench[parquet], or save the table as CSV"
        ) from None
    except (OSError, ValueError) as error:
        raise BenchmarkError(f"{file}: cannot be read as Parquet ({error})") from None
    plain = {str(name): [_plain(cell) for cell in frame[name].tolist()] for name in frame.columns}
    _headed(list(plain), file)
    table = pd.DataFrame(plain, dtype=object)
    return Raw(file, table, range(1, len(table) + 1))


def _json(data: bytes, file: str, asked: Mapping[str, Any]) -> Raw:
    """Read a list of records; numbers keep their digits as written."""
    import pandas as pd

    text = decoded(data, file, asked.get("encoding"))
    try:
        content = json.loads(text, parse_float=str, parse_int=str)
    except (ValueError, RecursionError) as error:
        raise BenchmarkError(f"{file}: not valid JSON: {error}") from None
    if isinstance(content, dict) and ({"class", "version", "dataset"} & set(content)):
        return _table(data, file, asked)
    flat = isinstance(content, list) and all(isinstance(one, dict) for one in content)
    nested = flat and any(isinstance(v, (dict, list)) for one in content for v in one.values())
    if not flat or nested:
        raise BenchmarkError(
            f"{file}: expected JSON-stat or a list of records without nesting, "
            '[{"country": "DNK", "value": 78}, ...]'
        )
    names = list(dict.fromkeys(str(name) for one in content for name in one))
    body = [[_plain(one.get(name)) for name in names] for one in content]
    frame = pd.DataFrame(body, columns=names, dtype=object)
    return Raw(file, frame, range(1, len(frame) + 1))


def _table(data: bytes, file: str, asked: Mapping[str, Any]) -> Raw:
    """Read a statistical format: codes stay codes, and their labels stand beside them."""
    import pandas as pd

    table = read_table(data)
    frame = table.frame
    plain = {str(name): frame[name].astype(object).where(frame[name].notna(), "") for name in frame}
    # Where a cell has no value, what the file prints in its place says more than nothing.
    symbols = plain.pop("symbol", None)
    if symbols is not None and "value" in plain:
        plain["value"] = plain["value"].where(plain["value"] != "", symbols)
    dimensions = [name for name in plain if name not in ("value", "status")]
    names = {
        name: {code: tuple(words.values()) for code, words in table.labels.get(name, {}).items()}
        for name in dimensions
    }
    rows = range(1, len(frame) + 1)
    usual: dict[str, str] = {name: name for name in ("value", "status") if name in plain}
    return Raw(file, pd.DataFrame(plain), rows, usual=usual, names=names)
