"""The text of a PX file: its encoding, its keywords one by one, and where its data begin."""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from benchmark.errors import BenchmarkError
from sources.readers.common import Loaded

KIND: Final = "a PX file"

# Repetitions are possessive: no text makes them try again, so the time is linear in its length.
_HEAD = re.compile(
    rb"\s*+(?P<keyword>[A-Za-z][A-Za-z0-9_-]*+)\s*+(?:\[(?P<language>[^\]\"=;]*+)\]\s*+)?"
    rb'(?:\((?P<keys>(?:[^")]++|"[^"]*+")*+)\)\s*+)?='
)
_VALUE = re.compile(rb'(?P<value>(?:[^";]++|"[^"]*+")*+);')
_TOKEN = re.compile(r'"([^"]*)"|(,)|([^\s,"]+)')
_STRINGS = re.compile(r'\s*+(?:"[^"]*+"\s*+)++(?:,\s*+(?:"[^"]*+"\s*+)++)*+|\s*+[^",\s]*+\s*+')
_CODEPAGE = re.compile(
    r"iso.?8859.?\d+|(windows|cp|ibm)?.?\d{3,5}|latin.?\d+|koi8.?[rut]|utf.?8|us.?ascii", re.I
)
_UTF8 = re.compile(r"utf.?8", re.I)


@dataclass(frozen=True)
class Entry:
    """One keyword with what it says.

    Attributes
    ----------
    keyword : str
        In capitals.
    language : str
        As in the brackets after it; empty for the file's own language.
    keys : tuple of str
        The texts in parentheses after it: a variable, a value ...
    value : str
        What stands between ``=`` and ``;``, as it stands there.
    line : int
        Where it begins.
    """

    keyword: str
    language: str
    keys: tuple[str, ...]
    value: str
    line: int

    @cached_property
    def items(self) -> list[str]:
        """The value as a list; a string that goes on over several lines is one item."""
        return texts(self.value)

    @property
    def text(self) -> str:
        """The value as one text."""
        return ", ".join(self.items)

    @property
    def name(self) -> str:
        """Keyword, language and keys as the file has them."""
        language = f"[{self.language}]" if self.language else ""
        keys = ",".join(f'"{key}"' for key in self.keys)
        return self.keyword + language + (f"({keys})" if keys else "")

    @property
    def is_list(self) -> bool:
        """Whether the value is a list of quoted strings, or one word without quotes."""
        return _STRINGS.fullmatch(self.value) is not None


@dataclass(frozen=True)
class PxText:
    """A PX file cut into its parts.

    Attributes
    ----------
    entries : tuple of Entry
        All keywords before ``DATA``.
    data : bytes or None
        What follows ``DATA=``; None where the file has no data.
    line : int
        The line on which the data begin.
    encoding : str
        By which the texts were read.
    warnings : tuple of str
        What is odd about the texts.
    """

    entries: tuple[Entry, ...]
    data: bytes | None
    line: int
    encoding: str
    warnings: tuple[str, ...]


def texts(value: str) -> list[str]:
    r"""Read a list of strings.

    Parameters
    ----------
    value : str
        Strings in quotes, parted by commas; strings side by side are one. Words without quotes
        are items too.

    Returns
    -------
    list of str
        The items.

    Examples
    --------
    >>> texts('"a ;=","b"\n "c"'), texts(" YES ")
    (['a ;=', 'bc'], ['YES'])
    """
    found: list[list[str]] = []
    goes_on = False
    for quoted, comma, word in _TOKEN.findall(value):
        if comma:
            goes_on = False
        elif goes_on and not word:
            found[-1].append(quoted)
        else:
            found.append([quoted or word])
            goes_on = not word
    return ["".join(parts) for parts in found]


def split(loaded: Loaded) -> PxText:
    """Cut a PX file into its keywords and its data.

    Parameters
    ----------
    loaded : Loaded
        The file.

    Returns
    -------
    PxText
        Texts decoded by, in this order: byte order mark, strict UTF-8, the declared CODEPAGE,
        Windows-1252.

    Raises
    ------
    BenchmarkError
        Something is no keyword with a value: its line and what stands there.
    """
    raw = _plain(loaded)
    cuts = list(_cut(raw, loaded.file))
    data, line = None, raw.rstrip().count(b"\n") + 1
    if cuts and cuts[-1][0]["keyword"].upper() == b"DATA":
        head, _, line = cuts.pop()
        data = raw[head.end() :]
    keyed = any(head["keyword"].upper() == b"KEYS" for head, _, _ in cuts)
    end = len(raw) if keyed or data is None else len(raw) - len(data)
    declared = next((_ascii(v) for h, v, _ in cuts if h["keyword"].upper() == b"CODEPAGE"), "")
    encoding = _encoding(raw[:end], declared, loaded.file)
    entries = tuple(_entry(head, value, line, encoding) for head, value, line in cuts)
    return PxText(entries, data, line, encoding, tuple(_warnings(entries, declared, encoding)))


def _plain(loaded: Loaded) -> bytes:
    """Take off the byte order mark; UTF-16 becomes UTF-8."""
    data = loaded.data
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        try:
            return data.decode("utf-16").encode()
        except UnicodeError as error:
            raise BenchmarkError(
                f"{loaded.file}: begins as UTF-16 text but is not ({error}); fetch it again"
            ) from None
    return data.removeprefix(BOM_UTF8)


def _cut(raw: bytes, file: str) -> Iterator[tuple[re.Match[bytes], bytes, int]]:
    """Find each keyword with its value and line; ``DATA`` is the last, without a value."""
    at, line = 0, 1
    while rest := raw[at : at + 1]:
        head = _HEAD.match(raw, at)
        if not head:
            blank = re.compile(rb"[\s\x1a]*+").match(raw, at)
            at, before = (blank.end() if blank else at), at
            if at == len(raw):
                return
            line += _newlines(raw, before, at)
            raise BenchmarkError(_no_keyword(raw, at, line, file))
        line += _newlines(raw, at, head.start("keyword"))
        if head["keyword"].upper() == b"DATA":
            yield head, rest, line + _newlines(raw, head.start("keyword"), head.end())
            return
        value = _VALUE.match(raw, head.end())
        if not value:
            raise BenchmarkError(
                f"{file}: cannot be read as {KIND}: line {line}, {_ascii(head['keyword'])}: the "
                "value has no end; expected a closing quote and ';'"
            )
        yield head, value["value"], line
        line += _newlines(raw, head.start("keyword"), value.end())
        at = value.end()


def _no_keyword(raw: bytes, at: int, line: int, file: str) -> str:
    found = _ascii(raw[at : at + 60]).split("\n")[0]
    return (
        f"{file}: cannot be read as {KIND}: line {line} begins with {found!r}; expected a keyword "
        "and '=', such as TITLE="
    )


def _newlines(raw: bytes, start: int, end: int) -> int:
    return raw.count(b"\n", start, end)


def _ascii(raw: bytes) -> str:
    return raw.decode("ascii", "replace").strip().strip('"')


def _entry(head: re.Match[bytes], value: bytes, line: int, encoding: str) -> Entry:
    keyword, language, keys = (
        (head[group] or b"").decode(encoding) for group in ("keyword", "language", "keys")
    )
    return Entry(
        keyword.upper(), language.strip(), tuple(texts(keys)), value.decode(encoding), line
    )


def _encoding(text: bytes, declared: str, file: str) -> str:
    """Choose the encoding: UTF-8 if it is that, whatever is declared."""
    candidates = ["utf-8", *([declared] if _usable(declared) else []), "cp1252"]
    for encoding in candidates:
        try:
            text.decode(encoding)
        except UnicodeDecodeError:
            continue
        return encoding
    raise BenchmarkError(
        f"{file}: cannot be read as {KIND}: its letters are neither {' nor '.join(candidates)}"
    )


def _usable(declared: str) -> bool:
    """Tell whether an encoding is one of letters, in which quotes are where ASCII has them."""
    sample = bytes(range(32, 127))
    try:
        return bool(_CODEPAGE.fullmatch(declared)) and sample.decode(declared) == sample.decode()
    except (LookupError, UnicodeError):
        return False


def _warnings(entries: Sequence[Entry], declared: str, encoding: str) -> Iterator[str]:
    if declared and not _usable(declared):
        yield f"CODEPAGE declares {declared!r}, which is no known encoding; read as {encoding}"
    letters = "".join(entry.value + "".join(entry.keys) for entry in entries)
    lies = encoding == "utf-8" and not letters.isascii() and not _UTF8.fullmatch(declared)
    if declared and _usable(declared) and lies:
        yield f"CODEPAGE declares {declared!r} but the file is UTF-8; read as UTF-8"
    for entry in entries:
        if "\ufffd" in entry.value or "\ufffd" in "".join(entry.keys):
            yield (
                f"line {entry.line}, {entry.name}: letters were lost before the file was published "
                "(U+FFFD stands in their place)"
            )
