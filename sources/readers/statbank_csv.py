"""Reader of CSV and BULK files of Statistics Denmark's StatBank, and of its table information."""

import csv
import json
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from importlib.resources import files
from typing import Any, Final

import numpy as np
import pandas as pd

from benchmark import status
from benchmark.errors import BenchmarkError, listing
from sources.readers.common import Loaded, Source, check_cells, decode, load, refuse
from sources.readers.description import Description, Variable
from sources.readers.frames import categorical, columns, observed
from sources.readers.pxweb import variables
from sources.readers.statbank_cells import Rows, is_number, plain, quick
from sources.readers.strict_json import Faults, Json, parse, utf8
from sources.table import Table, TableNote

VALUES: Final = "INDHOLD"
"""Heading of the column of values, in every language."""

_SYMBOLS: Final = ("", "..", ".", "...", "-", ":", "....", ".....", "......")
_TIME: Final = "tid"


def read(source: Source, tableinfo: Source | Mapping[str, Any] | None = None) -> Table:
    r"""Read a StatBank file in CSV or BULK format.

    Parameters
    ----------
    source : str, Path or bytes
        The file, or what is in it.
    tableinfo : str, Path, bytes or mapping, optional
        The table's information, which has what the file has not: codes beside labels, unit,
        footnote, time of update, and what is printed in place of suppressed values.

    Returns
    -------
    Table
        A row a line. With `tableinfo` the columns and codes are its, whatever the values were
        presented as; without, columns are named and coded as printed. ``-`` is the value zero.
        Where suppressed values are printed as a number, cells with that number keep it, have it
        as their `symbol` too and a mandatory note: they may be either.

    Raises
    ------
    BenchmarkError
        The file is no StatBank CSV, or does not fit `tableinfo`; all faults are listed.

    Examples
    --------
    >>> table = read("KØN;TID;INDHOLD\r\nMænd;2024;78,5\r\nKvinder;2024;..\r\n".encode())
    >>> table.frame.values.tolist()
    [['Mænd', '2024', 78.5, 'A', ''], ['Kvinder', '2024', nan, 'O', '..']]
    """
    loaded = load(source)
    text = decode(loaded)
    names = _header(text, loaded.file)
    about = None if tableinfo is None else _info(tableinfo)
    printed = "" if about is None else str(about.meta.get("suppressed", ""))
    symbols = [*dict.fromkeys([*_SYMBOLS, *([] if is_number(printed) else [printed])])]
    rows = quick(text.encode(), len(names), symbols) or plain(text, names, symbols, loaded.file)
    check_cells(loaded.file, [len(rows.value)])
    if about is None:
        given = columns(names[:-1])
        keys = [(given[name], rows.texts[k], rows.texts[k]) for k, name in enumerate(names[:-1])]
    else:
        keys = _coded(rows, names[:-1], about, loaded.file)
    frame = {column: categorical(rows.codes[k], codes) for k, (column, codes, _) in enumerate(keys)}
    frame |= _observed(rows, symbols, printed)
    return _table(pd.DataFrame(frame), keys, about, printed, loaded)


def tableinfo(source: Source | Mapping[str, Any]) -> Description:
    r"""Read the information on a StatBank table.

    Parameters
    ----------
    source : str, Path, bytes or mapping
        The answer to ``/tableinfo?format=json``, a file of it, or the parsed answer.

    Returns
    -------
    Description
        ``meta`` has ``units``, ``updated`` (local time of the publisher), ``active``,
        ``documentation`` and ``suppressed``, what is printed in place of suppressed values.

    Raises
    ------
    BenchmarkError
        It is something else, or is damaged; all faults are listed with their places.

    Examples
    --------
    >>> about = tableinfo({"id": "T1", "text": "Trust", "unit": "Per cent", "variables": [
    ...     {"id": "Tid", "text": "time", "time": True, "values": [{"id": "2024", "text": "24"}]}],
    ...     "footnote": {"text": "First.\\r\\nSecond.", "mandatory": True}})
    >>> about.time, about.notes[0].text[""]
    ('Tid', 'First.\nSecond.')
    """
    return _info(source)


def _info(source: Source | Mapping[str, Any]) -> Description:
    own = {"format": "StatBank table information"}
    if isinstance(source, Mapping):
        source = json.dumps(dict(source)).encode()
    loaded = load(source)
    body = parse(utf8(loaded), loaded.file)
    if not isinstance(body, dict) or not isinstance(body.get("variables"), list):
        raise BenchmarkError(
            f"{loaded.file}: is no information on a StatBank table; expected an object with id, "
            "text and variables"
        )
    faults = Faults()
    found = variables(body["variables"], "id", "", faults)
    kept = {
        "units": {"": faults.text(body.get("unit"), "unit")},
        "updated": faults.text(body.get("updated"), "updated"),
        "suppressed": faults.text(body.get("suppressedDataValue"), "suppressedDataValue"),
        "documentation": faults.text(
            faults.mapping(body.get("documentation"), "documentation").get("url"), "documentation"
        ),
        "description": faults.text(body.get("description"), "description"),
        "active": body.get("active"),
        "contacts": body.get("contacts"),
    }
    name = faults.text(body.get("id"), "id")
    title = {"": faults.text(body.get("text"), "text")}
    notes = tuple(_footnote(body, faults))
    refuse(loaded.file, faults, "the information on a StatBank table")
    own |= {"file": loaded.file, "sha256": loaded.sha256}
    kept = {key: value for key, value in kept.items() if value not in (None, "", {"": ""})}
    return Description(name, title, found, notes, own | kept)


def _footnote(body: Mapping[str, Json], faults: Faults) -> Iterator[TableNote]:
    footnote = faults.mapping(body.get("footnote"), "footnote")
    # The service writes a new line as four characters: a backslash, r, a backslash, n.
    text = faults.text(footnote.get("text"), "footnote.text").replace("\\r\\n", "\n").strip()
    if text:
        yield TableNote({"": text}, {}, footnote.get("mandatory") is True)


def _header(text: str, file: str) -> list[str]:
    line = text.split("\n", 1)[0].rstrip("\r")
    try:
        names = next(csv.reader([line], delimiter=";", strict=True), [])
    except csv.Error as error:
        raise BenchmarkError(f"{file}, line 1: {error}") from None
    faults = [f"line 1: {name!r} stands twice" for name, n in Counter(names).items() if n > 1]
    faults += [f"line 1: field {k + 1} is empty" for k, name in enumerate(names) if not name]
    if not names or names[-1].upper() != VALUES:
        faults.append(
            f"line 1: expected the names of variables and {VALUES}, with ; between them; found "
            f"{line[:80]!r}"
        )
    refuse(file, faults, "a StatBank CSV file")
    return names


def _coded(
    rows: Rows, names: Sequence[str], about: Description, file: str
) -> list[tuple[str, list[str], list[str]]]:
    """Find column, codes and labels of each variable in the table's information."""
    known = {variable.code.casefold(): variable for variable in about.variables}
    strange = [name for name in names if name.casefold() not in known]
    if strange:
        raise BenchmarkError(
            f"{file}: has the columns {', '.join(strange)}, which are no variables of table "
            f"{about.id}: {', '.join(variable.code for variable in about.variables)}"
        )
    used = [known[name.casefold()] for name in names]
    ways = [_presented(rows.texts, used, way) for way in range(4)]
    fitting = {tuple(map(tuple, way)) for way in ways if way is not None}
    if len(fitting) != 1:
        raise BenchmarkError(_misfit(rows.texts, used, about, file, len(fitting)))
    given = columns([variable.code for variable in used])
    labels = [dict(zip(variable.values, variable.texts, strict=True)) for variable in used]
    return [
        (given[used[k].code], [*codes], [labels[k][code] for code in codes])
        for k, codes in enumerate(fitting.pop())
    ]


def _presented(
    texts: Sequence[Sequence[str]], used: Sequence[Variable], way: int
) -> list[list[str]] | None:
    """Read all columns as codes, labels, codes and labels, or labels and codes."""
    found = []
    for printed, variable in zip(texts, used, strict=True):
        pairs = [*zip(variable.values, variable.texts, strict=True)]
        as_printed = [(c, t, f"{c} {t}", f"{t} {c}")[way].strip() for c, t in pairs]
        code = dict(zip(as_printed, variable.values, strict=True))
        twice = {text for text, n in Counter(as_printed).items() if n > 1}
        if any(text.strip() not in code or text.strip() in twice for text in printed):
            return None
        found.append([code[text.strip()] for text in printed])
    return found


def _misfit(
    texts: Sequence[Sequence[str]],
    used: Sequence[Variable],
    about: Description,
    file: str,
    fitting: int,
) -> str:
    if fitting:
        return (
            f"{file}: codes and labels of table {about.id} are so alike that the file can be read "
            "as either; fetch it with valuePresentation=Code"
        )
    lines = []
    for printed, variable in zip(texts, used, strict=True):
        again = {text for text, n in Counter(variable.texts).items() if n > 1}
        known = {*variable.values, *variable.texts}
        lines += [f"{variable.code}: {text!r} is no value" for text in printed if text not in known]
        lines += [
            f"{variable.code}: {text!r} is several values" for text in printed if text in again
        ]
    return listing(
        f"{file}: does not fit the information on table {about.id}",
        lines or ["codes in some columns, labels in others"],
        "Fetch it with valuePresentation=Code.",
    )


def _observed(rows: Rows, symbols: list[str], printed: str) -> dict[str, Any]:
    value, symbol = rows.value, rows.symbol
    value[symbol == symbols.index(status.PXWEB_ZERO)] = 0.0
    meaning = {text: status.from_pxweb(text) if text in _SYMBOLS[1:] else () for text in symbols}
    if is_number(printed):
        symbols = [*symbols, printed]
        same = (value == float(printed.replace(",", "."))) & (symbol == 0)
        symbol = np.where(same, len(symbols) - 1, symbol)
        meaning[printed] = ()
    elif printed:
        meaning[printed] = ("Q",)
    return observed(value, symbol, symbols, meaning.__getitem__)


def _table(
    frame: pd.DataFrame,
    keys: list[tuple[str, list[str], list[str]]],
    about: Description | None,
    printed: str,
    loaded: Loaded,
) -> Table:
    own = {"format": "StatBank CSV", "file": loaded.file, "sha256": loaded.sha256}
    if about is None:
        time = [column for column, _, _ in keys if column.casefold() == _TIME]
        return Table(frame, meta=own | ({"time": time[0]} if time else {}))
    names = {variable.code: variable.text for variable in about.variables}
    labels = {
        column: {"": {"": names.get(column, column)}}
        | {code: {"": text} for code, text in zip(codes, texts, strict=True)}
        for column, codes, texts in keys
    }
    notes = about.notes
    if is_number(printed) and (frame["symbol"] == printed).any():
        words = tomllib.loads((files("sources.readers") / "statbank.toml").read_text("utf-8"))
        said = {key: text.format(printed=printed) for key, text in words["suppressed"].items()}
        notes = (*notes, TableNote(said, {"symbol": printed}, True))
    kept = {
        key: value for key, value in about.meta.items() if key not in ("format", "file", "sha256")
    }
    meta = own | {"table": about.id, "title": about.title} | kept
    if about.time in frame.columns:
        meta["time"] = about.time
    return replace(Table(frame, labels, notes), meta=meta)
