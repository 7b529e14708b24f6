"""The columns of an SDMX-CSV file: cells coded column by column, labels parted from codes."""

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from io import BytesIO, StringIO
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from benchmark.errors import BenchmarkError
from sources.readers.common import refuse

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

KIND: Final = "an SDMX-CSV file"
MESSAGE: Final = (
    *("DATAFLOW", "STRUCTURE", "STRUCTURE_ID", "STRUCTURE_NAME", "ACTION"),
    *("SERIES_KEY", "OBS_KEY", "LAST UPDATE"),
)
"""Columns about the message; all others are components of the data, or the publisher's own."""

TIME: Final = "TIME_PERIOD"
VALUE: Final = "OBS_VALUE"
CONFIDENTIAL: Final = "CONF_STATUS"
FLAGS: Final = ("OBS_FLAG", "OBS_STATUS", CONFIDENTIAL)
"""Attributes that are known by their names."""

_HEADING: Final = re.compile(r"([^\[\]:]*+)(?:\[([^\]]*+)\])?(?:: ?(.*))?", re.DOTALL)
_CODE_AND_NAME: Final = re.compile(
    r"(?!\d{4}-\d\d-\d\dT)([A-Za-z0-9_@$.+*()-]+): ?(\S.*)", re.DOTALL
)
_CHUNK: Final = 4096
"""Rows taken at once: so few stay in the processor's cache."""

Coded = tuple[Any, list[str]]
"""Which text each row has, and the texts."""


@dataclass(frozen=True)
class Column:
    """A column, coded.

    Attributes
    ----------
    name : str
        Its identifier.
    codes : array of int
        Which of the texts each row has.
    known : list of str
        All different texts, in the order of the file.
    brackets : str or None
        What stands in square brackets after the identifier; None where there are none.
    label : str
        Name of the component, where the file has it.
    labels : mapping of str to str
        Name of each code, where the file has them.
    """

    name: str
    codes: "NDArray[np.int32]"
    known: list[str]
    brackets: str | None = None
    label: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)


def read_columns(text: str, delimiter: str, file: str) -> list[Column]:
    """Read an SDMX-CSV file column by column.

    Parameters
    ----------
    text : str
        The file.
    delimiter : str
        What parts its fields.
    file : str
        Its name.

    Returns
    -------
    list of Column
        With labels parted from codes, whether they stand in the same cell or in the next column.

    Raises
    ------
    BenchmarkError
        Rows have more or fewer fields than the header, or quotes are not closed: their lines.
    """
    header, coded = _code(text, delimiter, file)
    matches = [_HEADING.fullmatch(heading.strip()) for heading in header]
    found = [
        Column(match[1].strip(), codes, known, match[2], (match[3] or "").strip())
        if match
        else Column(heading.strip(), codes, known)
        for match, heading, (codes, known) in zip(matches, header, coded, strict=True)
    ]
    if any(column.name == "STRUCTURE_NAME" for column in found):
        found = _pair(found, file)
    names = [column.name for column in found]
    twice = [name for name in dict.fromkeys(names) if names.count(name) > 1]
    refuse(file, [f"line 1 has the column {name!r} twice; expected one" for name in twice], KIND)
    before = names[: names.index(VALUE)] if VALUE in names else names
    may_part = {*before, *FLAGS} - {TIME}
    return [_part(column, column.name in may_part) for column in found]


def _code(text: str, delimiter: str, file: str) -> tuple[list[str], list[Coded]]:
    """Read all rows, and code the texts of each column."""
    first, _, body = text.replace("\r\n", "\n").partition("\n")
    header = first.split(delimiter)
    coded = None if '"' in text or "\r" in body else _fast(body, delimiter, len(header))
    return (header, coded) if coded else _slow(text, delimiter, file)


def _fast(body: str, delimiter: str, width: int) -> list[Coded] | None:
    """Read rows without quotes by the parser of pandas; give up where their fields do not add up.

    It takes a tenth of the time of the csv module, but would fill up short rows in silence.
    """
    import numpy as np
    import pandas as pd

    data = body.removesuffix("\n").encode()
    letters = np.frombuffer(data + b"\n", np.uint8)
    ends = letters[(letters == ord("\n")) | (letters == ord(delimiter))]
    rows = data.count(b"\n") + 1
    if len(ends) != rows * width or (ends[width - 1 :: width] != ord("\n")).any():
        return None
    frame = pd.read_csv(
        BytesIO(data),
        sep=delimiter,
        header=None,
        names=range(width),
        dtype=str,
        na_filter=False,
        quoting=csv.QUOTE_NONE,
        skip_blank_lines=False,
    )
    parts = (pd.factorize(frame[k]) for k in frame)
    return [(codes, known.to_numpy(dtype=object).tolist()) for codes, known in parts]


def _slow(text: str, delimiter: str, file: str) -> tuple[list[str], list[Coded]]:
    """Read all rows by the csv module, which knows quotes and where they are wrong."""
    import numpy as np

    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        header = next(reader)
        known: list[dict[str, int]] = [{} for _ in header]
        parts: list[list[Any]] = [[np.zeros(0, np.int32)] for _ in header]
        while chunk := list(islice(reader, _CHUNK)):
            rows = [row for row in chunk if row]
            if any(len(row) != len(header) for row in rows):
                refuse(file, _ragged(text, delimiter, len(header)), KIND)
            for cells, texts, codes in zip(zip(*rows, strict=True), known, parts, strict=False):
                place = [texts.setdefault(cell, len(texts)) for cell in cells]
                codes.append(np.array(place, np.int32))
    except (csv.Error, StopIteration) as error:
        raise BenchmarkError(
            f"{file}: cannot be read as {KIND}: line {reader.line_num}: {error or 'no header'}; "
            "expected fields as RFC 4180 has them"
        ) from None
    return header, [(np.concatenate(c), list(k)) for c, k in zip(parts, known, strict=True)]


def _ragged(text: str, delimiter: str, width: int) -> list[str]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    return [
        f"line {reader.line_num} has {len(row)} fields; expected {width}, as the header has"
        for row in reader
        if row and len(row) != width
    ]


def _pair(columns: Sequence[Column], file: str) -> list[Column]:
    """Join each component with the column after it that has its names (labels=name)."""
    message = [column for column in columns if column.name in MESSAGE]
    others = [column for column in columns if column.name not in MESSAGE]
    if len(others) % 2:
        fault = "line 1 has STRUCTURE_NAME but not a column of names after each component"
        refuse(file, [fault], KIND)
    return message + [_joined(*others[k : k + 2]) for k in range(0, len(others), 2)]


def _joined(column: Column, names: Column) -> Column:
    import numpy as np

    pairs = np.unique(column.codes.astype(np.int64) * (len(names.known) + 1) + names.codes)
    labels = {
        column.known[pair // (len(names.known) + 1)]: names.known[pair % (len(names.known) + 1)]
        for pair in pairs.tolist()
    }
    found = {code: label for code, label in labels.items() if label}
    return replace(column, label=names.name, labels=found)


def _part(column: Column, coded: bool) -> Column:
    """Part code and name that stand in one cell (labels=both).

    Version 2 says in the header that it has names. In version 1 only cells tell: a colon is in
    no code, but in times and free text, so only columns of codes are looked at.
    """
    if column.name in MESSAGE or column.name == VALUE or column.brackets is not None:
        return column
    matches = {text: _CODE_AND_NAME.fullmatch(text) for text in column.known if text}
    sure = all(": " in text for text in matches) if column.label else coded
    if not matches or not sure or not all(matches.values()):
        return column
    labels = {match[1]: match[2] for match in matches.values() if match}
    return _recode(column, labels, {text: m[1] for text, m in matches.items() if m})


def _recode(column: Column, labels: Mapping[str, str], code_of: Mapping[str, str]) -> Column:
    import numpy as np

    places: dict[str, int] = {}
    codes = [places.setdefault(code_of.get(text, text), len(places)) for text in column.known]
    table = np.array(codes, dtype=np.int32)
    return replace(column, codes=table[column.codes], known=list(places), labels=labels)
