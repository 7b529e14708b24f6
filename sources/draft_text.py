"""Plain text, Markdown and HTML as paragraphs that know the lines they came from."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

from benchmark.errors import BenchmarkError
from sources.own_files_raw import decoded

LARGEST = 32 * 1024 * 1024
"""Bytes of a text that is still read."""
LONGEST = 2000
"""Characters of a paragraph; a longer one is parted between sentences."""
_WRAPPED = 60
"""A line at least so long may go on in the next."""
_HEAP = re.compile(r"[\d.,]{60,}")
_NUMBER = re.compile(r"[\d.,\u00a0\u202f ]*\d")
_UNIT = re.compile(r"(?:%|pct|procent|prosent|per cent|percent|\.\s?(?:plass|plads|plats))", re.I)
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "br",
        "button",
        "caption",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "legend",
        "li",
        "main",
        "nav",
        "ol",
        "option",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "ul",
    ]
)
_SILENT = frozenset(["script", "style", "template", "noscript", "svg", "head"])
_CELLS = frozenset(("td", "th"))


@dataclass(frozen=True)
class Passage:
    """A paragraph.

    Attributes
    ----------
    text : str
        On one line.
    starts : tuple of tuple
        Place in the text and number of the line that begins there.
    """

    text: str
    starts: tuple[tuple[int, int], ...]

    def line(self, place: int) -> int:
        """Find the line of the file that a place of the text stands on."""
        return [line for start, line in self.starts if start <= place][-1]


def passages(source: "str | Path | bytes", kind: str = "") -> tuple[str, list[Passage]]:
    r"""Read a file into paragraphs.

    Parameters
    ----------
    source : path or bytes
        Text, Markdown or HTML.
    kind : {"", "text", "html"}
        Found out by the ending and the content when empty.

    Returns
    -------
    str
        Name of the file.
    list of Passage
        Paragraphs in order.

    Raises
    ------
    BenchmarkError
        If it is no text, too large, or cannot be read.

    Examples
    --------
    >>> name, found = passages(b"47\n%\n\nTrust is\nhigh.")
    >>> [(p.text, p.starts) for p in found]
    [('47 %', ((0, 1), (3, 2))), ('Trust is high.', ((0, 4), (9, 5)))]
    """
    data, file = _bytes(source)
    if data.startswith((b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise BenchmarkError(
            f"{file}: a PDF or an office file, not a text; save it as plain text or HTML first"
        )
    # A heap of digits is no figure, and as one word it costs no time.
    text = _HEAP.sub(lambda heap: "x" * len(heap[0]), decoded(data, file))
    marked = bool(re.match(r"\s*(?:<!doctype html|<html|<\?xml)", text, re.IGNORECASE))
    ending = file.rpartition(".")[2].lower()
    html = kind == "html" or (not kind and (marked or ending in ("html", "htm", "xhtml")))
    whole = _html(text) if html else _joined(text)
    return file, [part for passage in whole for part in _parted(passage)]


def _bytes(source: "str | Path | bytes") -> tuple[bytes, str]:
    if isinstance(source, bytes):
        data, file = source, "text"
    else:
        path = Path(source)
        try:
            size = path.stat().st_size
            data, file = path.read_bytes() if size <= LARGEST else b"", path.name
        except OSError as error:
            raise BenchmarkError(f"{path} cannot be read: {error.strerror}") from None
        if size > LARGEST:
            raise BenchmarkError(f"{file}: larger than {LARGEST // 2**20} MiB; split it")
    return data, file


def _joined(text: str) -> Iterator[Passage]:
    """Join lines that were broken inside a sentence, or between a number and its unit."""
    pieces: list[tuple[str, int]] = []
    for number, line in enumerate(text.split("\n"), start=1):
        words = " ".join(line.split())
        if pieces and not (words and _goes_on(pieces[-1][0], words)):
            yield _passage(pieces)
            pieces = []
        if words:
            pieces.append((words, number))
    if pieces:
        yield _passage(pieces)


def _goes_on(line: str, following: str) -> bool:
    if _NUMBER.fullmatch(line):
        return bool(_UNIT.match(following))
    if line.endswith((".", "!", "?", ":")) and not re.search(r"\b(?:pct|ca|nr)\.$", line):
        return False
    if following[0] in "#-*•|>" or line[0] in "#|":
        return False
    return following[0].islower() or len(line) >= _WRAPPED


def _passage(pieces: Iterable[tuple[str, int]]) -> Passage:
    text, starts = "", []
    for words, number in pieces:
        # "18" and ". plass" on the next line are one word.
        text += " " if text and not words.startswith(".") else ""
        starts.append((len(text), number))
        text += words
    return Passage(text, tuple(starts))


class _Reader(HTMLParser):
    """Gathers what a page shows, block for block."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[list[tuple[str, int]]] = [[]]
        self.silent = 0
        self.glued = False

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in _SILENT:
            self.silent += 1
        elif tag in _BLOCKS:
            self.blocks.append([])
        elif tag in _CELLS and self.blocks[-1]:
            self.blocks[-1].append(("|", self.getpos()[0]))

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag in _BLOCKS:
            self.blocks.append([])

    def handle_data(self, data: str) -> None:
        if self.silent:
            return
        for k, line in enumerate(data.split("\n")):
            if line:
                self.blocks[-1].append((line, self.getpos()[0] + k))


def _html(text: str) -> Iterator[Passage]:
    reader = _Reader()
    reader.feed(text)
    reader.close()
    shown = [block for block in map(_block, reader.blocks) if block.text]
    pieces: list[Passage] = []
    for block in shown:
        # A key figure is often set apart: the number in one block, its unit in the next.
        if pieces and _NUMBER.fullmatch(pieces[-1].text) and _UNIT.match(block.text):
            number = pieces.pop()
            glue = "" if block.text.startswith(".") else " "
            moved = len(number.text) + len(glue)
            starts = tuple((start + moved, line) for start, line in block.starts)
            block = Passage(f"{number.text}{glue}{block.text}", (*number.starts, *starts))
        pieces.append(block)
    yield from pieces


def _block(pieces: list[tuple[str, int]]) -> Passage:
    """Join the pieces of a block; white space in a page is one space."""
    text, starts, line_before = "", [], 0
    for piece, line in pieces:
        apart = piece[0].isspace() or text.endswith(" ") or line != line_before or piece == "|"
        words = " ".join(piece.split())
        line_before = line
        if not words:
            text += " " if text and not text.endswith(" ") else ""
            continue
        text += " " if text and apart and not text.endswith(" ") else ""
        starts.append((len(text), line))
        text += words + (" " if piece[-1].isspace() else "")
    return Passage(text.rstrip(), tuple(starts) or ((0, 1),))


def _parted(passage: Passage) -> Iterator[Passage]:
    """Part a very long paragraph between sentences, or where there is a space."""
    text, start = passage.text, 0
    while start < len(text):
        end = min(start + LONGEST, len(text))
        if end < len(text):
            window = text[start:end]
            cut = max(window.rfind(". "), window.rfind("? "), window.rfind("! ")) + 1
            end = start + (cut or window.rfind(" ") + 1 or LONGEST)
        first = passage.line(start)
        inside = ((s - start, line) for s, line in passage.starts if start < s < end)
        yield Passage(text[start:end], ((0, first), *inside))
        start = end
