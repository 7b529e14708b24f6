"""What all readers of file formats share: loading within limits, decoding, one error a file."""

import gzip
import math
import os
import zlib
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Final

from benchmark.errors import BenchmarkError, listing

Source = str | Path | bytes
"""A path, or what is in the file."""

MAX_BYTES: Final = 2**30
"""Bytes a file may have after decompression, unless NORDBENCH_MAX_BYTES says otherwise."""

MAX_CELLS: Final = 200_000_000
"""Cells a table may have, unless NORDBENCH_MAX_CELLS says otherwise."""

_GZIP = b"\x1f\x8b"
_BOMS = {BOM_UTF8: "utf-8-sig", BOM_UTF16_LE: "utf-16", BOM_UTF16_BE: "utf-16"}


@dataclass(frozen=True)
class Loaded:
    """What is in a file.

    Attributes
    ----------
    data : bytes
        Its content, decompressed where it was gzip.
    file : str
        What to call it in messages and in ``meta``.
    sha256 : str
        Hash of the bytes as they came, in hexadecimal.
    """

    data: bytes
    file: str
    sha256: str


def load(source: Source) -> Loaded:
    """Load a file, within the size limit.

    Parameters
    ----------
    source : str, Path or bytes
        A path, or what is in the file; gzip is recognised by its first bytes.

    Returns
    -------
    Loaded
        Content, name and hash.

    Raises
    ------
    BenchmarkError
        The file cannot be read, is damaged gzip, or is larger than the limit.

    Examples
    --------
    >>> import gzip
    >>> load(gzip.compress(b"geo;2024")).data
    b'geo;2024'
    """
    limit = _limit("NORDBENCH_MAX_BYTES", MAX_BYTES)
    file = "the bytes given" if isinstance(source, bytes) else Path(source).name
    data = source if isinstance(source, bytes) else _read(Path(source), limit)
    _refuse_large(data, file, limit)
    hashed = sha256(data).hexdigest()
    if data.startswith(_GZIP):
        data = _decompress(data, file, limit)
        _refuse_large(data, file, limit)
    return Loaded(data, file, hashed)


def head(source: Source, size: int = 65536) -> bytes:
    """Look at the beginning of a file.

    Parameters
    ----------
    source : str, Path or bytes
        As for `load`.
    size : int
        Bytes wanted.

    Returns
    -------
    bytes
        No more than that, decompressed where the file is gzip.

    Raises
    ------
    BenchmarkError
        The file cannot be read, or is damaged gzip.
    """
    data = source[:size] if isinstance(source, bytes) else _read(Path(source), size - 1)
    if not data.startswith(_GZIP):
        return data
    try:
        return zlib.decompressobj(wbits=31).decompress(data, size)
    except zlib.error as error:
        raise BenchmarkError(f"begins as gzip but cannot be decompressed ({error})") from None


def decode(loaded: Loaded, *others: str) -> str:
    """Decode a text file: by its byte order mark, as strict UTF-8, then as asked.

    Parameters
    ----------
    loaded : Loaded
        The file.
    *others : str
        Names of encodings to try, in order, where the file is not UTF-8.

    Returns
    -------
    str
        The text, without byte order mark.

    Raises
    ------
    BenchmarkError
        No encoding fits; the place of the first byte that is not UTF-8 is given.
    """
    mark = next((_BOMS[bom] for bom in _BOMS if loaded.data.startswith(bom)), None)
    for encoding in [mark] if mark else ["utf-8", *others]:
        try:
            return loaded.data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    raise BenchmarkError(_not_text(loaded, mark or "utf-8", others))


def check_cells(file: str, sizes: Iterable[int]) -> int:
    """Multiply the sizes of a table's dimensions, within the limit on cells.

    Parameters
    ----------
    file : str
        Name for the message.
    sizes : iterable of int
        Number of codes of each dimension.

    Returns
    -------
    int
        Number of cells.

    Raises
    ------
    BenchmarkError
        There are more cells than the limit.

    Examples
    --------
    >>> check_cells("a.json", [3, 4])
    12
    """
    cells = math.prod(sizes)
    limit = _limit("NORDBENCH_MAX_CELLS", MAX_CELLS)
    if cells > limit:
        raise BenchmarkError(
            f"{file}: the table has more cells than the limit of {limit}; ask for a part of it, or "
            "set the environment variable NORDBENCH_MAX_CELLS to allow more"
        )
    return cells


def refuse(file: str, faults: Sequence[str], expected: str) -> None:
    """Raise one error for all faults of a file; do nothing where there are none.

    Parameters
    ----------
    file : str
        Name of the file.
    faults : sequence of str
        One line each: where, what was expected, what was found.
    expected : str
        What the file should be, for example ``a JSON-stat dataset``.

    Raises
    ------
    BenchmarkError
        There is a fault.
    """
    if faults:
        raise BenchmarkError(listing(f"{file}: cannot be read as {expected}", faults))


def _limit(name: str, default: int) -> int:
    text = os.environ.get(name, str(default))
    if not text.isdecimal():
        raise BenchmarkError(
            f"the environment variable {name} is {text!r}; expected a whole number"
        )
    return int(text)


def _read(path: Path, limit: int) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(limit + 1)
    except (OSError, ValueError) as error:
        raise BenchmarkError(f"{path}: cannot be opened ({error}); expected a file") from None


def _decompress(data: bytes, file: str, limit: int) -> bytes:
    try:
        with gzip.GzipFile(fileobj=BytesIO(data)) as stream:
            return stream.read(limit + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise BenchmarkError(
            f"{file}: begins as gzip but cannot be decompressed ({error}); fetch it again"
        ) from None


def _refuse_large(data: bytes, file: str, limit: int) -> None:
    if len(data) > limit:
        raise BenchmarkError(
            f"{file}: larger than the limit of {limit} bytes; if it is what you expect, set the "
            "environment variable NORDBENCH_MAX_BYTES to allow more"
        )


def _not_text(loaded: Loaded, encoding: str, others: Sequence[str]) -> str:
    try:
        loaded.data.decode(encoding)
        start = 0
    except UnicodeDecodeError as error:
        start = error.start
    line = loaded.data.count(b"\n", 0, start) + 1
    found = loaded.data[start : start + 1].hex()
    return (
        f"{loaded.file}, line {line}: byte {start} (0x{found}) is not {encoding} text; "
        f"expected {' or '.join([encoding, *others])}"
    )
