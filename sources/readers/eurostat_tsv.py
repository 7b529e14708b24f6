"""Reader of Eurostat's tab-separated files, as they are and as they were."""

import math
import re
from codecs import BOM_UTF8
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sources.readers.common import Loaded, Source, check_cells, decode, load, refuse
from sources.readers.eurostat_flags import meaning, unknown
from sources.readers.frames import categorical, columns, observed
from sources.readers.numbers import parse
from sources.table import Table

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_KIND: Final = "a Eurostat TSV file"
_TIME: Final = ("time_period", "time")
_CELL: Final = re.compile(
    r" *(?:(?P<colon>:)|(?P<number>[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?))?"
    r" *(?P<flags>[a-z]*) *"
)

# Kinds of bytes in a cell, and which may follow which in a cell as Eurostat writes it.
_SEPARATOR, _NUMBER, _BLANK, _LETTER, _COLON, _OTHER = range(6)
_LETTERS: Final = b"abcdefghijklmnopqrstuvwxyz"
_MEMBERS: Final = {
    _SEPARATOR: b"\t\n",
    _NUMBER: b"0123456789.+-",
    _BLANK: b" ",
    _LETTER: _LETTERS,
    _COLON: b":",
}
_KINDS: Final = bytes(
    next((kind for kind, members in _MEMBERS.items() if byte in members), _OTHER)
    for byte in range(256)
)
_FOLLOWS: Final = {
    _SEPARATOR: (_SEPARATOR, _NUMBER, _COLON),
    _NUMBER: (_SEPARATOR, _NUMBER, _BLANK),
    _BLANK: (_SEPARATOR, _LETTER),
    _LETTER: (_SEPARATOR, _LETTER),
    _COLON: (_SEPARATOR, _BLANK, _LETTER),
}
_LONGEST: Final = 3
"""Flag letters that a cell may have to be read the fast way."""


@dataclass(frozen=True)
class _Cells:
    """The cells in order: values, and which of the symbols each has."""

    value: "NDArray[np.float64]"
    symbol: "NDArray[np.integer[Any]]"
    symbols: Sequence[str]


def read(source: Source) -> Table:
    r"""Read a Eurostat TSV file.

    Parameters
    ----------
    source : str, Path or bytes
        The file, plain or gzip, or what is in it. The first cell names the dimensions of the
        rows and, after a backslash, that of the columns, which may be time or another.

    Returns
    -------
    Table
        As `Table` says; ``symbol`` holds the flag letters, after a colon where there is no value.

    Raises
    ------
    BenchmarkError
        Names every line and cell that is not as the format wants it.

    Examples
    --------
    >>> table = read(b"unit,geo\\TIME_PERIOD\t2023 \t2024 \nPC,DK\t45.2 bu\t: z\n")
    >>> print(table.frame.to_string(index=False))
    unit geo TIME_PERIOD  value status symbol
      PC  DK        2023   45.2    B U     bu
      PC  DK        2024    NaN      M    : z
    """
    import pandas as pd

    loaded = load(source)
    first, _, body = loaded.data.removeprefix(BOM_UTF8).partition(b"\n")
    inner, across = _header(Loaded(first, loaded.file, loaded.sha256))
    *rows, heading = columns(inner)
    keys, cells = _split(body)
    check_cells(loaded.file, [len(keys), len(across)])
    found = _fast(cells, len(keys), len(across)) or _slow(body, loaded.file, across)
    names = _row_codes(keys, rows, loaded.file)
    frame = pd.DataFrame(
        {
            **{
                name: categorical(_repeat(codes, len(across)), known)
                for name, (codes, known) in names.items()
            },
            heading: categorical(_tile(len(across), len(keys)), across),
            **observed(found.value, found.symbol, found.symbols, meaning),
        },
        copy=False,
    )
    return Table(frame, meta=_meta(loaded, [*rows, heading], found.symbols))


def _header(first: Loaded) -> tuple[list[str], list[str]]:
    """Read the first line: the dimensions, that of the columns last, and the columns' codes."""
    corner, *across = (cell.strip() for cell in decode(first).split("\t"))
    rows, backslash, heading = corner.partition("\\")
    inner = [name.strip() for name in [*rows.split(","), heading]]
    faults = []
    if not backslash or not all(inner) or len(set(inner)) < len(inner):
        faults.append(
            f"line 1 begins with {corner[:60]!r}; expected the names of the dimensions, each once, "
            "such as 'freq,unit,geo\\TIME_PERIOD'"
        )
    if not across or not all(across):
        faults.append("line 1 has no codes, or an empty one, after its first cell; expected some")
    faults += (
        [
            f"line 1 has the column {code!r} more than once; expected each code once"
            for code in dict.fromkeys(across)
            if across.count(code) > 1 and code
        ]
        if len(set(across)) < len(across)
        else []
    )
    refuse(first.file, faults, _KIND)
    return inner, across


def _split(body: bytes) -> tuple[list[bytes], bytes]:
    """Part the first cells of the lines from the others, which become one line a row."""
    lines = body.replace(b"\r\n", b"\n") if b"\r" in body else body
    parts = [line.partition(b"\t") for line in lines.split(b"\n") if line.strip()]
    return [key for key, _, _ in parts], b"\n".join([cells for _, _, cells in parts])


def _row_codes(
    keys: Sequence[bytes], rows: Sequence[str], file: str
) -> "dict[str, tuple[NDArray[np.integer[Any]], list[str]]]":
    """Give for each dimension of the rows its codes, and which of them each row has."""
    import numpy as np

    joined = b"\n".join(keys)
    text = decode(Loaded(joined, file, ""))
    lines = text.split("\n")
    if keys and not _coded(joined, len(keys), len(rows)):
        faults = [
            f"row {k} begins with {line[:60]!r}; expected {len(rows)} codes for {', '.join(rows)}"
            for k, line in enumerate(lines, 1)
            if line.count(",") != len(rows) - 1 or ",," in f",{line},"
        ]
        refuse(file, faults, _KIND)
    if len(set(lines)) < len(lines):
        counted = Counter(lines).items()
        twice = [f"{n} rows have the codes {line!r}; expected one" for line, n in counted if n > 1]
        refuse(file, twice, _KIND)
    flat = text.replace("\n", ",").split(",") if keys else []
    flat = [code.strip() for code in flat] if " " in text else flat
    found = {}
    for place, name in enumerate(rows):
        column = flat[place :: len(rows)]
        known = {code: k for k, code in enumerate(dict.fromkeys(column))}
        kind = np.min_scalar_type(-len(known) - 1)
        codes = np.fromiter(map(known.__getitem__, column), kind, len(column))
        found[name] = (codes, list(known))
    return found


def _coded(joined: bytes, rows: int, width: int) -> bool:
    """Tell whether every line has as many codes as there are dimensions, and none is empty."""
    import numpy as np

    # All lines at once: looking at them one by one took a quarter of the whole reading.
    letters = np.frombuffer(b"\n" + joined + b"\n", np.uint8)
    ends = np.flatnonzero((letters == ord(",")) | (letters == ord("\n")))
    if len(ends) != rows * width + 1 or (np.diff(ends) < 2).any():
        return False
    return bool((letters[ends[::width]] == ord("\n")).all() and joined.count(b"\n") == rows - 1)


def _fast(text: bytes, rows: int, across: int) -> _Cells | None:
    """Read the cells by whole columns of bytes; give up where one is not as usual."""
    import numpy as np

    kinds = np.frombuffer((b"\n" + text + b"\n").translate(_KINDS), np.uint8)
    ends = np.flatnonzero(kinds == _SEPARATOR)
    if not _regular(text, kinds, ends, rows, across):
        return None
    first = kinds[ends[:-1] + 1]
    number = first == _NUMBER
    numbers = parse(text.translate(_ONE_A_LINE, b" :" + _LETTERS))
    if numbers is None or len(numbers) != np.count_nonzero(number):
        return None
    value = np.full(len(first), np.nan)
    value[number] = numbers
    flags = _flags(text, kinds, ends)
    if flags is None:
        return None
    code = flags * 2 + (first == _COLON)
    seen = np.flatnonzero(np.bincount(code))
    place = np.zeros(seen[-1] + 1, np.min_scalar_type(-len(seen) - 1))
    place[seen] = np.arange(len(seen))
    return _Cells(value, place[code], [_symbol(int(number)) for number in seen])


_ONE_A_LINE: Final = bytes.maketrans(b"\t", b"\n")


def _regular(text: bytes, kinds: Any, ends: Any, rows: int, across: int) -> bool:
    """Tell whether every cell is built as usual and every row has as many of them."""
    import numpy as np

    if not rows or len(ends) != rows * across + 1:
        return False
    if (np.frombuffer(text, np.uint8)[ends[across:-1:across] - 1] != ord("\n")).any():
        return False
    allowed = np.zeros(64, bool)
    for kind, followers in _FOLLOWS.items():
        allowed[[kind * 8 + follower for follower in followers]] = True
    return bool(allowed[kinds[:-1] * 8 + kinds[1:]].all())


def _flags(text: bytes, kinds: Any, ends: Any) -> Any:
    """Pack the flag letters of each cell into one number; give up where they are too many."""
    import numpy as np

    letter = kinds == _LETTER
    starts = np.flatnonzero(letter[1:] & ~letter[:-1])
    packed = np.zeros(len(ends) - 1, np.int32)
    cell = np.searchsorted(ends, starts) - 1
    letters = np.frombuffer(text + b"\n" * _LONGEST, np.uint8)
    alive = np.ones(len(starts), bool)
    for k in range(_LONGEST + 1):
        here = letters[np.minimum(starts + k, len(letters) - 1)].astype(np.int32) - ord("a") + 1
        alive = alive & (here > 0)
        if k < _LONGEST:
            packed[cell] = np.where(alive, packed[cell] * 32 + here, packed[cell])
    return None if alive.any() else packed


def _symbol(code: int) -> str:
    colon, letters, code = code % 2, "", code // 2
    while code:
        code, letter = divmod(code, 32)
        letters = chr(letter + ord("a") - 1) + letters
    return " ".join(filter(None, [":" * colon, letters]))


def _slow(body: bytes, file: str, across: Sequence[str]) -> _Cells:
    """Read cell by cell, in whatever spacing, or name every cell that cannot be read."""
    import numpy as np

    value: list[float] = []
    symbol: list[int] = []
    symbols: dict[str, int] = {}
    faults: list[str] = []
    for number, line in enumerate(body.split(b"\n"), 2):
        if not line.strip():
            continue
        _, *cells = decode(Loaded(line, f"{file}, line {number}", "")).split("\t")
        faults += _odd(number, cells, across)
        for match in map(_CELL.fullmatch, cells):
            text = match["number"] if match else None
            value.append(float(text or "nan"))
            printed = " ".join(filter(None, [match["colon"], match["flags"]])) if match else ""
            symbol.append(symbols.setdefault(printed, len(symbols)))
    refuse(file, faults, _KIND)
    return _Cells(np.array(value, dtype=float), np.array(symbol, dtype=np.int64), list(symbols))


def _odd(number: int, cells: Sequence[str], across: Sequence[str]) -> Iterator[str]:
    if len(cells) != len(across):
        yield f"line {number} has {len(cells)} cells; expected {len(across)}, one a column"
        return
    for code, cell in zip(across, cells, strict=True):
        match = _CELL.fullmatch(cell)
        if not match or math.isinf(float(match["number"] or 0)):
            yield (
                f"line {number}, column {code!r} holds {cell[:40]!r}; expected a number or ':', "
                "a blank, and flag letters if any"
            )


def _repeat(codes: Any, times: int) -> Any:
    import numpy as np

    return np.repeat(codes, times)


def _tile(length: int, times: int) -> Any:
    import numpy as np

    return np.tile(np.arange(length, dtype=np.min_scalar_type(-length - 1)), times)


def _meta(loaded: Loaded, names: Sequence[str], symbols: Sequence[str]) -> dict[str, Any]:
    meta: dict[str, Any] = {
        "format": "Eurostat TSV",
        "file": loaded.file,
        "sha256": loaded.sha256,
    }
    time = [name for name in names if name.lower() in _TIME]
    strange = unknown(symbols)
    return (
        meta
        | ({"time": time[0]} if time else {})
        | ({"warnings": (_STRANGE.format(", ".join(strange)),)} if strange else {})
    )


_STRANGE: Final = "flag letters that Eurostat's list does not have were kept as symbols only: {}"
