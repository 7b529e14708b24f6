"""Read a table whatever its format, which is recognised from what is in the file."""

import re
from collections.abc import Callable, Mapping
from importlib import import_module
from inspect import signature
from typing import Any, Final

from benchmark.errors import BenchmarkError, listing
from sources.readers.common import Source, head
from sources.table import Table

_READERS: Final[Mapping[str, tuple[str, str]]] = {
    "json-stat": ("sources.readers.jsonstat.read", "JSON, beginning with {"),
    "px": ("sources.readers.px.read", 'keywords such as CHARSET="ANSI";'),
    "statbank-csv": ("sources.readers.statbank_csv.read", "a heading of names, ; and INDHOLD"),
    "eurostat-tsv": ("sources.readers.eurostat_tsv.read", r"a first cell such as freq,geo\time"),
    "sdmx-csv": ("sources.readers.sdmx_csv.read", "a first column DATAFLOW or STRUCTURE"),
    "workbook": ("sources.readers.workbook.read_table", "an .xlsx, .xls or .ods file"),
}
"""Format -> its reader, and how it is recognised."""

_BINARY: Final = {b"PK\x03\x04": "workbook", b"\xd0\xcf\x11\xe0": "workbook"}
_TEXT: Final = {
    "json-stat": r"\s*[\[{]",
    "px": r'\s*[A-Za-z][A-Za-z0-9-]*(\[[^\]\n]*\])?(\("[^\n]*?\))?\s*=\s*("|[A-Z0-9-]+[;(])',
    "sdmx-csv": r'"?(DATAFLOW|STRUCTURE)"?(\[[^\]]*\])?\s*[,;\t]',
    "eurostat-tsv": r"[^\t\n]*\\[^\t\n]*\t",
    "statbank-csv": r'[^\n]*;"?INDHOLD"?\s*(\n|$)',
}
_OTHERS: Final = {
    r"\s*<(!doctype html|html)": "an HTML page, perhaps a notice of the publisher",
    r"\s*<": "XML",
}


def read_table(source: Source, format: str | None = None, **options: Any) -> Table:
    r"""Read a published table: codes, labels, values, flags and notes, as the file has them.

    Parameters
    ----------
    source : str, Path or bytes
        The file, or what is in it; it may be gzip.
    format : {'json-stat', 'px', 'statbank-csv', 'eurostat-tsv', 'sdmx-csv', 'workbook'}, optional
        What the file is; recognised from its content, not its name, where not given.
    **options
        For the reader of the format: `dataset` of a JSON-stat bundle, `tableinfo` of a StatBank
        file, `sheet` and `stub` of a workbook.

    Returns
    -------
    Table
        What `sources.table.Table` describes.

    Raises
    ------
    BenchmarkError
        The format is not recognised or not known, the reader has no such option, or the file is
        damaged.

    Examples
    --------
    >>> table = read_table("KØN;TID;INDHOLD\r\nMænd;2024;..\r\n".encode())
    >>> table.meta["format"], list(table.frame["symbol"])
    ('StatBank CSV', ['..'])
    """
    kind = recognise(source) if format is None else format
    if kind not in _READERS:
        raise BenchmarkError(f"unknown format {kind!r}; expected one of {', '.join(_READERS)}")
    module, _, name = _READERS[kind][0].rpartition(".")
    reader: Callable[..., Table] = getattr(import_module(module), name)
    _check_options(reader, kind, options)
    return reader(source, **options)


def recognise(source: Source) -> str:
    r"""Tell the format of a file from what is in it.

    Parameters
    ----------
    source : str, Path or bytes
        The file, or what is in it.

    Returns
    -------
    str
        The format, as `read_table` takes it.

    Raises
    ------
    BenchmarkError
        It is none of those known; how each is recognised is listed.

    Examples
    --------
    >>> recognise(b'{"class": "dataset"}'), recognise(b"freq,geo\\TIME_PERIOD\t2024 \n")
    ('json-stat', 'eurostat-tsv')
    """
    start = head(source, 4096)
    for mark, format in _BINARY.items():
        if start.startswith(mark):
            return format
    text = _decoded(start)
    for format, pattern in _TEXT.items():
        if re.match(pattern, text, re.IGNORECASE):
            return format
    found = next((what for form, what in _OTHERS.items() if re.match(form, text, re.I)), "")
    name = "the bytes given" if isinstance(source, bytes) else str(source)
    raise BenchmarkError(
        listing(
            f"{name}: the format is not recognised; it begins {text[:60]!r}"
            + (f", which is {found}" if found else "")
            + "; looked for",
            (f"{format}: {how}" for format, (_, how) in _READERS.items()),
            "If it is one of these all the same, say which: read_table(source, format=...).",
        )
    )


def _decoded(start: bytes) -> str:
    """Decode enough to recognise a format: all their marks are plain letters."""
    utf16 = start.startswith((b"\xff\xfe", b"\xfe\xff"))
    return start.decode("utf-16" if utf16 else "utf-8-sig", errors="replace")


def _check_options(reader: Callable[..., Table], format: str, options: Mapping[str, Any]) -> None:
    _, *known = signature(reader).parameters.items()
    unknown = sorted(set(options) - {name for name, _ in known})
    missing = [name for name, one in known if one.default is one.empty and name not in options]
    if unknown or missing:
        expected = ", ".join(name for name, _ in known) or "none"
        wrong = [f"{name!r} is unknown" for name in unknown]
        wrong += [f"{name!r} is missing" for name in missing]
        raise BenchmarkError(listing(f"{format} takes the options {expected}", wrong))
