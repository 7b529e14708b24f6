"""Whether an answer is what it should be: whole, of the kind asked for, in readable letters."""

import html
import json
import re
import zlib
from collections.abc import Sequence
from typing import Literal

from benchmark.errors import NotFetched
from sources.live.errors import Passing
from sources.live.request import Kind

_GZIP = b"\x1f\x8b"
_STEP = 1 << 20
_ZIP = b"PK\x03\x04"


def unpacked(body: bytes, encoding: str, most: int) -> bytes:
    """Take the compression of the transport off an answer, declared or not.

    Parameters
    ----------
    body : bytes
        As received.
    encoding : str
        The header `Content-Encoding`, empty without one.
    most : int
        Largest result allowed [bytes].

    Returns
    -------
    bytes

    Raises
    ------
    Passing
        If the compressed stream ends too early or is damaged.
    NotFetched
        If the result grows beyond `most`, or the compression is none that was asked for.

    Examples
    --------
    >>> import gzip
    >>> unpacked(gzip.compress(b"12.5"), "", 100)
    b'12.5'
    """
    if encoding not in ("", "identity", "gzip", "x-gzip"):
        raise NotFetched(f"the answer is compressed as {encoding!r}; only gzip was asked for")
    if encoding in ("", "identity") and not body.startswith(_GZIP):
        return body
    plain: list[bytes] = []
    size, rest = 0, body
    while rest:
        member = zlib.decompressobj(wbits=31)
        while not member.eof:
            try:
                plain.append(member.decompress(rest, _STEP))
            except zlib.error as error:
                raise Passing(f"the compressed answer is damaged ({error})") from error
            rest = member.unconsumed_tail or member.unused_data
            size += len(plain[-1])
            if size > most:
                raise NotFetched(too_large(most))
            if not rest and not plain[-1] and not member.eof:
                raise Passing("the compressed answer ends too early: it was cut on its way")
    return b"".join(plain)


def too_large(most: int) -> str:
    """Say that an answer is beyond what is taken in."""
    return (
        f"the answer is larger than {most:,} bytes, the limit for this publisher; "
        "ask for fewer values"
    )


def judged(content: bytes, kinds: Sequence[Kind], declared: str, framed: bool) -> tuple[Kind, str]:
    """Find out what an answer is, and in which letters it is written.

    Parameters
    ----------
    content : bytes
        The answer, unpacked.
    kinds : sequence of {"json", "csv", "xml", "xlsx"}
        What it may be.
    declared : str
        The header `Content-Type`.
    framed : bool
        Whether the transport said how long it is, so that a cut would have been seen.

    Returns
    -------
    kind : str
        One of `kinds`.
    charset : str
        Encoding of a text, empty for a workbook.

    Raises
    ------
    Passing
        If it is empty or visibly cut.
    NotFetched
        If it is a web page, or nothing of what it should be; names the title of the page.

    Examples
    --------
    >>> judged(b"a;b", ["csv"], "text/csv; charset=utf-8", True)
    ('csv', 'utf-8')
    """
    if not content.strip():
        raise Passing("the answer is empty")
    kind = _looks(content)
    if kind == "html" or kind not in kinds:
        raise NotFetched(_other(content, kind, kinds, declared))
    if kind == "xlsx":
        return "xlsx", ""
    charset = _charset(content, declared)
    if kind == "json":
        _whole(content, charset)
    elif not framed and kind == "csv" and not content.endswith((b"\n", b"\r")):
        raise Passing("the table ends in the middle of a line: it was cut on its way")
    return kind, charset


def _looks(content: bytes) -> Kind | Literal["html"]:
    start = content[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()
    if content.startswith(_ZIP):
        return "xlsx"
    if start.startswith(b"<"):
        page = re.match(rb"<(!doctype\s+html|html|head|body)|(?s:.*)<html", start, re.IGNORECASE)
        return "html" if page else "xml"
    return "json" if start[:1] in (b"{", b"[") else "csv"


def _other(content: bytes, kind: str, kinds: Sequence[str], declared: str) -> str:
    wanted = " or ".join(kinds)
    if kind != "html":
        start = content[:60].decode("utf-8", "replace")
        return f"expected {wanted}, but the answer ({declared or 'no type'}) begins {start!r}"
    found = re.search(rb"<title[^>]*>(.*?)</title>", content[:65536], re.IGNORECASE | re.DOTALL)
    text = found.group(1).decode("utf-8", "replace") if found else ""
    title = " ".join(html.unescape(text).split())[:200]
    named = f"titled {title!r}" if title else "without a title"
    return (
        f"expected {wanted}, but a web page {named} came instead; the service may be closed for "
        "maintenance or have moved: look at the publisher's site and try again later"
    )


def _charset(content: bytes, declared: str) -> str:
    named = re.search(r"charset=\s*\"?([\w.:-]+)", declared, re.IGNORECASE)
    stated = named.group(1).lower() if named else "utf-8"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        return _stated(content, stated, error)
    return "utf-8"


def _stated(content: bytes, stated: str, error: UnicodeDecodeError) -> str:
    """Believe what the publisher says of its letters where they are not UTF-8."""
    where = f"byte {error.start + 1:,}"
    try:
        if stated.replace("_", "-") not in ("utf-8", "utf8"):
            content.decode(stated)
            return stated
    except (LookupError, UnicodeDecodeError):
        pass
    guess = content[max(0, error.start - 20) : error.start + 20].decode("cp1252", "replace")
    raise NotFetched(
        f"the answer says it is written in {stated}, but {where} is not ({guess!r} if read as "
        "Windows-1252); letters would be wrong, so nothing was kept: tell the publisher"
    ) from error


def _whole(content: bytes, charset: str) -> None:
    try:
        json.loads(content.decode(charset).removeprefix("\ufeff"))
    except RecursionError as error:
        raise NotFetched("the JSON is nested too deeply to be a table") from error
    except ValueError as error:
        raise Passing(f"the JSON is cut or broken ({error})") from error
