"""The cells of a JSON-stat dataset: values and what is printed beside or in place of them."""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import msgspec
import numpy as np
import pandas as pd

from sources.readers.strict_json import Faults, Json, kind, parse, strings

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Typed decoding refuses texts and truth values, and gives numbers and positions without an object
# of text for each: with a million values in an object it takes a third of the time of a plain one.
_LIST: Final = msgspec.json.Decoder(list[float | None])
_OBJECT: Final = msgspec.json.Decoder(dict[int, float | None])
_FLAGS: Final = msgspec.json.Decoder(str | list[str | None] | dict[int, str | None] | None)


class Cells:
    """Values and symbols of all cells of a dataset, in order.

    Attributes
    ----------
    value : array of float
        Not-a-number where there is none.
    symbol : array of int
        Position in `symbols`.
    symbols : list of str
        What the file prints beside or in place of values; the first is empty.
    """

    def __init__(self, count: int) -> None:
        self.value: NDArray[np.float64] = np.full(count, np.nan)
        self.symbol: NDArray[np.integer[Any]] = np.zeros(count, dtype=np.int8)
        self.symbols: list[str] = [""]


def cells(values: bytes, flags: bytes, count: int, file: str, path: str, faults: Faults) -> Cells:
    """Read `value` and `status` of a dataset.

    Parameters
    ----------
    values, flags : bytes
        The two members; ``null`` where there is no status.
    count : int
        Number of cells.
    file, path : str
        Name of the file, and place of the dataset in it, empty or ending in a full stop.
    faults : Faults
        Grows by what is wrong.

    Returns
    -------
    Cells
        One entry a cell. A text in place of a value is its symbol, before that of its status.

    Raises
    ------
    BenchmarkError
        A member is no JSON, or holds a position twice.
    """
    found = Cells(count)
    texts = _fill(found, values, file, f"{path}value", faults)
    _flag(found, flags, file, f"{path}status", faults)
    if texts:
        flagged = [found.symbols[found.symbol[position]] for position in texts]
        both = [" ".join(filter(None, pair)) for pair in zip(texts.values(), flagged, strict=True)]
        _put(found, np.fromiter(texts, np.int64, len(texts)), both)
    return found


def _fill(found: Cells, data: bytes, file: str, path: str, faults: Faults) -> dict[int, str]:
    """Put the values in their places; return the texts that stand in place of values."""
    try:
        if data.startswith(b"["):
            values = np.array(_LIST.decode(data), dtype=np.float64)
            if _fits(len(values), len(found.value), path, faults):
                found.value = values
            return {}
        sparse = _OBJECT.decode(data)
        at = _inside(sparse, len(found.value))
        if at is not None and len(sparse) == strings(data):
            found.value[at] = np.array([*sparse.values()], dtype=np.float64)
            return {}
    except (msgspec.MsgspecError, RecursionError):
        pass
    return _fill_one_by_one(found, parse(data, file, path), path, faults)


def _inside(keys: Mapping[int, object], count: int) -> "NDArray[np.int64] | None":
    """Give the positions as an array; nothing where one is no position."""
    try:
        at = np.fromiter(keys, np.int64, len(keys))
    except OverflowError:
        return None
    return at if len(at) == 0 or (at.min() >= 0 and at.max() < count) else None


def _fill_one_by_one(found: Cells, given: Json, path: str, faults: Faults) -> dict[int, str]:
    """Do the same for what is not all numbers: texts are kept, all else is a fault."""
    texts = {}
    for position, item in _positions(given, len(found.value), path, faults):
        if isinstance(item, str):
            texts[position] = item
        elif isinstance(item, (int, float)) and not isinstance(item, bool) and _finite(item):
            found.value[position] = item
        elif item is not None:
            faults.expected("a number, a text or null", f"{path}.{position}", item)
    return texts


def _flag(found: Cells, data: bytes, file: str, path: str, faults: Faults) -> None:
    count = len(found.value)
    flags, at = _flags(data, count, file, path)
    if at is not None:
        _put(found, at, [flag or "" for flag in flags.values()])
        return
    if isinstance(flags, list) and len(flags) == 1 and flags[0] is not None:
        flags = flags * count
    if isinstance(flags, list) and all(flag is None or isinstance(flag, str) for flag in flags):
        if _fits(len(flags), count, path, faults):
            _put(found, slice(None), [flag or "" for flag in flags])
    elif flags is not None:
        pairs = [*_positions(flags, count, path, faults)]
        positions = np.array([position for position, _ in pairs], dtype=np.int64)
        texts = [faults.text(flag, f"{path}.{position}") for position, flag in pairs]
        _put(found, positions, texts)


def _flags(
    data: bytes, count: int, file: str, path: str
) -> "tuple[Json, NDArray[np.int64] | None]":
    """Take the flags: a list, an object, or nothing; of a sound object the positions too."""
    try:
        flags: Json = _FLAGS.decode(data)
        if isinstance(flags, dict):
            texts = sum(1 for flag in flags.values() if flag is not None)
            at = _inside(flags, count)
            if at is not None and len(flags) + texts == strings(data):
                return flags, at
            flags = parse(data, file, path)
    except (msgspec.MsgspecError, RecursionError):
        flags = parse(data, file, path)
    if isinstance(flags, dict) and "value" in flags:
        flags = flags["value"]  # Eurostat's service of 2013-2022 put its flags one level down.
    return [flags] if isinstance(flags, str) else flags, None


def _put(found: Cells, at: "slice | NDArray[np.int64]", texts: Sequence[str]) -> None:
    """Set the symbols of some cells."""
    codes, known = pd.factorize(np.array([*found.symbols, *texts], dtype=object))
    old = len(found.symbols)
    symbol = found.symbol.astype(np.min_scalar_type(-len(known)))
    symbol[at] = codes[old:]
    found.symbol, found.symbols = symbol, [str(text) for text in known]


def _positions(given: Json, count: int, path: str, faults: Faults) -> Iterable[tuple[int, Json]]:
    """Pair positions and items of a list or of an object keyed by position."""
    if isinstance(given, list):
        return enumerate(given) if _fits(len(given), count, path, faults) else ()
    if not isinstance(given, dict):
        faults.expected("a list or an object", path, given)
        return ()
    wrong = [key for key in given if not _is_position(key, count)]
    for key in wrong:
        faults.append(f"{path}.{kind(str(key))[1:-1]}: is no position from 0 to {count - 1}")
    return [(int(key), given[key]) for key in given if _is_position(key, count)]


def _is_position(key: int | str, count: int) -> bool:
    text = str(key)
    plain = text.isascii() and text.isdecimal() and len(text) <= 18
    return plain and str(int(text)) == text and int(text) < count


def _fits(length: int, count: int, path: str, faults: Faults) -> bool:
    if length != count:
        faults.append(f"{path}: has {length} entries, but the sizes make {count} cells")
    return length == count


def _finite(number: float) -> bool:
    try:
        return math.isfinite(number)
    except OverflowError:
        return False
