"""Documents of several parts: remarks, tables and whole views, as text, Markdown and HTML.

What is not a view (a rule, a pair of figures, a list of indicators, the brief) is put together
here from the same pieces as a view, and so looks the same in every format.
"""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from comparisons.render.face import Face, Item, Section
from comparisons.render.sheet import Cell, Head, Row, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

WIDTH = 100


@dataclass(frozen=True)
class Table:
    """A table under a heading; no heading where the title of the document says enough."""

    id: str
    heading: str
    sheet: Sheet


@dataclass(frozen=True)
class Drawing:
    """A picture for pages; what it shows stands in words elsewhere in the document."""

    id: str
    heading: str
    svg: str
    caption: str


Part = Section | Table | Drawing | Face


@dataclass(frozen=True)
class Document:
    """What a reader of one language is told, part by part.

    Parameters
    ----------
    title : str
        The title.
    lang : str
        The language.
    parts : tuple of Section, Table, Drawing or Face
        In the order of reading; drawings are left out of text and Markdown.
    lead : tuple of str
        Paragraphs before the first part.
    verdict : str
        A verdict in words, where the document is about one comparison.
    code : str
        The verdict as a code.
    """

    title: str
    lang: str
    parts: tuple[Part, ...]
    lead: tuple[str, ...] = ()
    verdict: str = ""
    code: str = ""

    def text(self, width: int = WIDTH) -> str:
        """Write the document as plain text.

        Parameters
        ----------
        width : int
            Longest line [characters].

        Returns
        -------
        str
            Lines ended by a line feed; no colours, no control codes.
        """
        from comparisons.render import terminal

        lines = terminal.title(self.title, width)
        if self.verdict:
            lines += terminal.wrapped(self.verdict, "", width)
        for paragraph in self.lead:
            lines += ["", *terminal.wrapped(paragraph, "", width)]
        for part in self._written:
            lines += ["", *_text(part, width)]
        return "\n".join(line.rstrip() for line in lines) + "\n"

    def markdown(self) -> str:
        """Write the document as Markdown, with the tables of GitHub's dialect.

        Returns
        -------
        str
        """
        from comparisons.render.markdown import escape

        lines = [f"# {escape(self.title)}", ""]
        lines += [f"**{escape(self.verdict)}**", ""] if self.verdict else []
        for paragraph in self.lead:
            lines += [escape(paragraph), ""]
        for part in self._written:
            lines += [*_markdown(part), ""]
        return "\n".join(lines[:-1]) + "\n"

    def html(self) -> str:
        """Write the document as one HTML page that asks nothing of the network.

        Returns
        -------
        str
        """
        from comparisons.render.html import environment, style

        template = environment().get_template("document.html")
        return template.render(
            page=self, style=style(), links=headings(self), bodies=list(bodies(self))
        )

    @property
    def _written(self) -> "Iterator[Section | Table | Face]":
        return (part for part in self.parts if not isinstance(part, Drawing))


def fragment(page: Document) -> str:
    """Write a document for a place inside another page, such as a notebook cell."""
    from comparisons.render.html import style

    # Several documents may stand in one notebook: their parts need names of their own.
    name = f"d{zlib.crc32(page.title.encode()):08x}-"
    return f'<style>{style()}</style><div lang="{page.lang}">{"".join(bodies(page, name))}</div>'


def _text(part: Section | Table | Face, width: int) -> "Iterable[str]":
    from comparisons.render import terminal

    if isinstance(part, Section):
        return terminal.remarks(part, width)
    if isinstance(part, Face):
        return terminal.write(part, width).splitlines()
    return [*([part.heading] if part.heading else []), *terminal.grid(part.sheet, width)]


def _markdown(part: Section | Table | Face) -> "Iterable[str]":
    from comparisons.render import markdown

    if isinstance(part, Section):
        return markdown.remarks(part, 2)
    if isinstance(part, Face):
        return markdown.write(part, 2).rstrip("\n").split("\n")
    head = [f"## {markdown.escape(part.heading)}", ""] if part.heading else []
    return [*head, *markdown.grid(part.sheet)]


def headings(page: Document, name: str = "") -> list[tuple[str, str]]:
    """Pair the key of each part with its heading; `name` begins the keys."""
    told = (part.title if isinstance(part, Face) else part.heading for part in page.parts)
    return [(f"{name}p{place}", heading) for place, heading in enumerate(told, 1) if heading]


def bodies(page: Document, name: str = "") -> Iterator[str]:
    """Write the parts as sections; each view has footnotes of its own."""
    from comparisons.render.html import body, environment

    for place, part in enumerate(page.parts, 1):
        if isinstance(part, Face):
            yield body(part, f"{name}p{place}", 2)
        else:
            template = environment().get_template("part.html")
            yield template.render(part=part, key=f"{name}p{place}", page_title=page.title)


def table(id: str, heading: str, heads: "Sequence[str]", rows: "Iterable[Sequence[str]]") -> Table:
    """Make a table of plain texts.

    Parameters
    ----------
    id : str
        Name of the part.
    heading : str
        Its heading; may be empty.
    heads : sequence of str
        Headings of the columns.
    rows : iterable of sequence of str
        Texts of the cells.

    Returns
    -------
    Table

    Examples
    --------
    >>> units = table("units", "", ["id", "title"], [["pp", "points"]])
    >>> print(Document("Units", "en", (units,)).text())
    Units
    =====
    <BLANKLINE>
    id  title
    --  ------
    pp  points
    <BLANKLINE>
    """
    body = tuple(Row(tuple(Cell(text) for text in row)) for row in rows)
    return Table(id, heading, Sheet(tuple(Head(head) for head in heads), body))


def remarks(id: str, heading: str, texts: "Iterable[str]", numbered: bool = False) -> Section:
    """Make a section of remarks.

    Parameters
    ----------
    id : str
        Name of the part.
    heading : str
        Its heading.
    texts : iterable of str
        One remark each.
    numbered : bool
        Number them from 1.

    Returns
    -------
    Section
    """
    items = (Item(text) for text in texts)
    if numbered:
        items = (replace(item, number=place) for place, item in enumerate(items, 1))
    return Section(id, heading, tuple(items))
