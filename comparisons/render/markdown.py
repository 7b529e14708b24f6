"""Markdown: a table, then the notes as a numbered list."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from comparisons.render.face import Face, Section, face
from comparisons.render.sheet import Cell, Row, Sheet

if TYPE_CHECKING:
    from comparisons.view import View

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#~])")


def render(view: "View", lang: str = "en") -> str:
    """Write a view as Markdown (with the tables of GitHub's dialect).

    Parameters
    ----------
    view : View
        Any view.
    lang : {"en", "da", "nb", "sv"}

    Returns
    -------
    str
    """
    return write(face(view, lang))


def write(page: Face, level: int = 1) -> str:
    """Write a localised face as Markdown; `level` is the rank of its title."""
    mark = "#" * level
    lines = [f"{mark} {escape(page.title)}", "", f"**{escape(page.verdict)}**", ""]
    for section in page.before:
        lines += [*remarks(section, level + 1), ""]
    lines += [*grid(page.sheet), ""]
    for section in page.after:
        lines += [*remarks(section, level + 1), ""]
    return "\n".join(lines)


def escape(words: str) -> str:
    r"""Keep a text from being read as mark-up.

    Examples
    --------
    >>> escape("a|b *c*")
    'a\\|b \\*c\\*'
    """
    return _SPECIAL.sub(r"\\\1", words)


def remarks(section: Section, level: int) -> Iterator[str]:
    """Write a section of remarks under a heading of a level."""
    yield f"{'#' * level} {escape(section.heading)}"
    yield ""
    for item in section.items:
        lead = "-" if item.number is None else f"{item.number}."
        address = f" <{item.address}>" if item.address else ""
        yield f"{lead} {escape(item.text)}{address}"
        for detail in item.details:
            yield f"{' ' * (len(lead) + 1)}- {escape(detail)}"


def grid(sheet: Sheet) -> Iterator[str]:
    """Write headings and cells as a table."""
    yield _line([escape(head.text) for head in sheet.heads])
    yield _line(["---:" if head.number else "---" for head in sheet.heads])
    for row in sheet.rows:
        yield _line(list(_cells(row)))


def _cells(row: Row) -> Iterator[str]:
    first, *others = row.cells
    yield "<br>".join(escape(line) for line in (first.plain(), *(one.plain() for one in row.below)))
    for cell in others:
        yield _cell(cell)


def _cell(cell: Cell) -> str:
    pieces = (cell.text, *cell.below, cell.marks())
    return "<br>".join(escape(piece) for piece in pieces if piece)


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
