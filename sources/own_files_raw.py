"""Somebody's own file as a plain table: columns under their headings, every cell as it was read.

The format is known by the ending of the file's name unless the map says it. Nothing is
interpreted here: a text stays a text, a number that the file holds as a number stays one.
"""

import codecs
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from benchmark.errors import BenchmarkError

if TYPE_CHECKING:
    import pandas as pd
LARGEST = 512 * 1024 * 1024
"""Bytes of a file that is still read, and of what a packed one may unpack to."""
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, eq=False)
class Raw:
    """A file as a table.

    Attributes
    ----------
    file : str
        Its name.
    frame : DataFrame
        One row a record, under the headings of the file; texts, or numbers where the file holds
        numbers. Empty cells are empty texts.
    rows : sequence of int
        Number of each record in the file, counted from 1 as an editor does.
    sheet : str
        Sheet of a workbook; else empty.
    letters : mapping of str to str
        Column letters of a workbook, by heading.
    usual : mapping of str to str
        Columns of the figures table that the format fills by itself.
    names : mapping
        Column -> code -> a text for it, where the file gives codes with labels.
    """

    file: str
    frame: "pd.DataFrame"
    rows: Sequence[int]
    sheet: str = ""
    letters: Mapping[str, str] = field(default_factory=dict)
    usual: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)

    def place(self, position: int, column: str = "") -> str:
        """Say where a record, or a cell of it, stands in the file."""
        row = self.rows[position]
        if column in self.letters:
            return f"{self.sheet}!{self.letters[column]}{row}"
        return f"row {row}, {column}" if column else f"row {row}"


def load_bytes(source: "str | Path | bytes") -> tuple[bytes, str]:
    """Return what is in a file, and what to call it in messages."""
    if isinstance(source, bytes):
        return bounded(source, len(source), "file"), "file"
    path = Path(source)
    try:
        bounded(b"", path.stat().st_size, path.name)
        return path.read_bytes(), path.name
    except OSError as error:
        raise BenchmarkError(f"{path} cannot be read: {error.strerror}") from None


def bounded(data: bytes, size: int, file: str) -> bytes:
    """Refuse what is too large; else return it."""
    if size > LARGEST:
        limit = f"{LARGEST // 2**20} MiB"
        raise BenchmarkError(f"{file}: larger than {limit}; split it and import the parts")
    return data


def decoded(data: bytes, file: str, encoding: str | None = None) -> str:
    r"""Decode a text; line ends become plain.

    Parameters
    ----------
    data : bytes
        As the file has it.
    file : str
        Its name, for messages.
    encoding : str, optional
        Found by its mark when absent; else UTF-8 and then Windows-1252 are tried.

    Returns
    -------
    str

    Raises
    ------
    BenchmarkError
        If it is no text in that encoding.

    Examples
    --------
    >>> decoded(b"p\xe5", "a.csv"), decoded(b"p\xc3\xa5", "a.csv")
    ('på', 'på')
    """
    found = next((name for mark, name in _BOMS if data.startswith(mark)), None)
    asked = encoding or found
    for name in [asked] if asked else ["utf-8", "cp1252"]:
        try:
            text = data.decode(name)
            break
        except UnicodeDecodeError:
            continue
        except LookupError:
            raise BenchmarkError(f"{file}: no encoding is called {name!r}") from None
    else:
        raise BenchmarkError(
            f"{file}: not written in {asked or 'utf-8 or cp1252'}; say `encoding` under [source]"
        )
    if "\0" in text:
        raise BenchmarkError(f"{file}: holds zero bytes, so it is no text; is it a workbook?")
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
