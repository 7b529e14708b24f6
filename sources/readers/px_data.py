"""The data of a PX file: numbers and symbols in a row, or rows that begin with their keys."""

import math
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from sources.readers.common import refuse
from sources.readers.numbers import parse
from sources.readers.px_text import KIND

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NIL: Final = "-"
"""The symbol of an exact zero."""

_DELIMITERS: Final = b" \t\r\n,;\x1a"
_TOKEN: Final = re.compile(rb'"([^"]*+)"|([^\s,;"\x1a]++)|(")')
_WHOLE_TOKEN: Final = re.compile(rb'"[^"]*+"|[^\s,;"\x1a]++|"')
_SEPARATOR, _DIGIT, _MARK, _QUOTE, _OTHER = range(5)
_MEMBERS: Final = {
    _SEPARATOR: _DELIMITERS,
    _DIGIT: b"0123456789+eE",
    _MARK: b".-",
    _QUOTE: b'"',
}
_KINDS: Final = bytes(
    next((kind for kind, members in _MEMBERS.items() if byte in members), _OTHER)
    for byte in range(256)
)
_ONE_A_LINE: Final = bytes.maketrans(_DELIMITERS, b"\n" * len(_DELIMITERS))
_MARKS: Final = {ord("."): 1, ord("-"): 2, ord('"'): 3}
_NUMBER: Final = re.compile(rb"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_WANTED: Final = 'a number, "-" or a symbol for missing data such as ".."'
_LONGEST: Final = 9
"""Characters of the longest symbol, seven dots in quotes, that is read the fast way."""


@dataclass(frozen=True)
class Cells:
    """Cells in the order of the file.

    Attributes
    ----------
    value : array of float64
        Not-a-number where a symbol says that there is none.
    symbol : array of int
        Position of each cell's symbol in `symbols`.
    symbols : sequence of str
        Symbols without their quotes; the first is empty, for numbers.
    """

    value: "NDArray[np.float64]"
    symbol: "NDArray[np.integer[Any]]"
    symbols: Sequence[str]


@dataclass(frozen=True)
class Block:
    """What follows ``DATA=``, and what is needed to say where in it something is wrong.

    Attributes
    ----------
    data : bytes
        Without the final semicolon.
    line : int
        On which it begins.
    file : str
        Name of the file.
    known : collection of str
        Symbols that may stand for a number.
    """

    data: bytes
    line: int
    file: str
    known: Collection[str]


def read_cells(block: Block) -> Cells:
    """Read data without keys.

    Parameters
    ----------
    block : Block
        The data.

    Returns
    -------
    Cells
        All of them.

    Raises
    ------
    BenchmarkError
        Names every cell that is neither a number nor a known symbol, with its line.
    """
    return _fast(block) or _slow(block)


def read_rows(
    block: Block, keys: int, width: int, encoding: str
) -> tuple[list[tuple[str, ...]], Cells]:
    """Read data whose rows begin with keys.

    Parameters
    ----------
    block : Block
        The data.
    keys : int
        How many keys a row begins with.
    width : int
        How many cells follow.
    encoding : str
        Of the keys.

    Returns
    -------
    list of tuple of str
        The keys of each row.
    Cells
        The cells of all rows.

    Raises
    ------
    BenchmarkError
        Rows are not made like that; names the first, and every cell that cannot be read.
    """
    found = _WHOLE_TOKEN.findall(block.data)
    step = keys + width
    rows = [found[start : start + step] for start in range(0, len(found), step)]
    wrong = next((k for k, row in enumerate(rows) if not _is_row(row, keys, step)), None)
    if wrong is not None:
        refuse(block.file, [_wrong_row(block, wrong * step, keys, width)], KIND)
    cells = b"\n".join(chain.from_iterable(row[keys:] for row in rows))
    names = [tuple(key.strip(b'"').decode(encoding) for key in row[:keys]) for row in rows]
    return names, _fast(replace(block, data=cells)) or _slow(block, keys, step)


def _is_row(row: Sequence[bytes], keys: int, step: int) -> bool:
    # A key among the cells is a string that holds more than a symbol does: found with the cells.
    return len(row) == step and all(key.startswith(b'"') and len(key) > 1 for key in row[:keys])


def _wrong_row(block: Block, first: int, keys: int, width: int) -> str:
    starts = [match.start() for match in _TOKEN.finditer(block.data)]
    line = block.line + block.data.count(b"\n", 0, starts[first])
    return (
        f"line {line}: expected {keys} keys in quotes and {width} cells, as KEYS and HEADING say; "
        "this row has others"
    )


def _fast(block: Block) -> Cells | None:
    """Read all cells at once; give up where something is not as usual."""
    import numpy as np

    text = bytearray(b"\n" + block.data.translate(_ONE_A_LINE) + b"\n")
    kinds = np.frombuffer(text.translate(_KINDS), np.uint8)
    gap = kinds == _SEPARATOR
    starts = np.flatnonzero(gap[:-1] & ~gap[1:]) + 1
    lengths = np.flatnonzero(~gap[:-1] & gap[1:]) + 1 - starts
    packed = np.zeros(len(starts), np.int32)
    if b"-" in block.data or b'"' in block.data or b"." in block.data:
        candidates = np.flatnonzero(kinds[starts] != _DIGIT)
        some = _pack(text, starts[candidates], lengths[candidates])
        if some is None:
            return None
        packed[candidates] = some
    codes = np.flatnonzero(np.bincount(packed, minlength=1))
    symbols = [_unpack(int(code)) for code in codes if code]
    if None in symbols or not {"", *symbols} <= {"", *block.known}:
        return None
    is_symbol = packed > 0
    buffer = np.frombuffer(text, np.uint8)
    for k in range(int(lengths[is_symbol].max(initial=0))):
        buffer[starts[is_symbol & (lengths > k)] + k] = ord("\n")
    numbers = parse(bytes(text))
    if numbers is None or len(numbers) != np.count_nonzero(~is_symbol):
        return None
    return _assemble(numbers, packed, [int(code) for code in codes if code], symbols)


def _pack(text: bytearray, starts: Any, lengths: Any) -> Any:
    """Pack each symbol into one number, 0 for what is a number; give up on long symbols."""
    import numpy as np

    digits = np.zeros(256, np.int32)
    digits[list(_MARKS)] = list(_MARKS.values())
    buffer = np.frombuffer(text, np.uint8)
    packed = np.zeros(len(starts), np.int32)
    symbol = np.ones(len(starts), bool)
    for k in range(min(int(lengths.max(initial=0)), _LONGEST)):
        inside = lengths > k
        digit = digits[buffer[np.where(inside, starts + k, 0)]]
        symbol &= ~inside | (digit > 0)
        packed = np.where(inside, packed * 4 + digit, packed)
    if (symbol & (lengths > _LONGEST)).any() or (~symbol & (buffer[starts] == ord('"'))).any():
        return None
    return np.where(symbol, packed, 0)


def _unpack(code: int) -> str | None:
    """Give a packed symbol without its quotes; nothing where the quotes are not around it."""
    text = ""
    while code:
        code, mark = divmod(code, 4)
        text = '.-"'[mark - 1] + text
    bare = text[1:-1] if text.startswith('"') and text.endswith('"') else text
    return bare if bare and '"' not in bare else None


def _assemble(
    numbers: Any, packed: Any, codes: Sequence[int], symbols: Sequence[str | None]
) -> Cells:
    import numpy as np

    known = ["", *dict.fromkeys(filter(None, symbols))]
    place = np.zeros(max(codes, default=0) + 1, np.int16)
    place[list(codes)] = [known.index(symbol or "") for symbol in symbols]
    symbol = place[packed]
    value = np.full(len(packed), np.nan)
    value[symbol == 0] = numbers
    if NIL in known:
        value[symbol == known.index(NIL)] = 0.0
    return Cells(value, symbol, known)


def _slow(block: Block, keys: int = 0, step: int = 1) -> Cells:
    """Read cell by cell, symbols with blanks in them too, or name all that cannot be read."""
    import numpy as np

    value: list[float] = []
    symbol: list[int] = []
    symbols: dict[str, int] = {"": 0}
    faults: list[str] = []
    line, at = block.line, 0
    for place, token in enumerate(_TOKEN.finditer(block.data)):
        if place % step < keys:
            continue
        number, text = _understand(token, block.known)
        if number is None:
            line, at = line + block.data.count(b"\n", at, token.start()), token.start()
            faults.append(f"line {line} has {text[:40]!r} among its data; expected {_WANTED}")
        value.append(float("nan") if number is None else number)
        symbol.append(symbols.setdefault(text, len(symbols)) if number is not None else 0)
    refuse(block.file, faults, KIND)
    return Cells(np.array(value, dtype=float), np.array(symbol, dtype=np.int64), list(symbols))


def _understand(token: re.Match[bytes], known: Collection[str]) -> tuple[float | None, str]:
    """Read a cell: value and symbol; no value, and the text, where it cannot be read."""
    text = (token[1] if token[1] is not None else token[0]).decode("utf-8", "replace")
    if text and text in known:
        return (0.0 if text == NIL else math.nan), text
    if _NUMBER.fullmatch(token[0]) and math.isfinite(number := float(token[0])):
        return number, ""
    return None, text
