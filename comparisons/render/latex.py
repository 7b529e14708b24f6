r"""LaTeX: a table with the rules of booktabs that may run over pages, and its notes below it.

What is written is a piece of a document: it needs `\usepackage{array,booktabs,longtable,url}`.
"""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from comparisons.render.face import Face, Item, Section, face
from comparisons.render.sheet import Cell, Row, Sheet

if TYPE_CHECKING:
    from comparisons.view import View

_SPECIAL: Final = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': r"\textquotedbl{}",
    "\u00a0": "~",
    "\u202f": r"\,",
    "\u2212": "$-$",
    **{one: f"\\{one}" for one in "&%$#_{}"},
}
_LEFT: Final = r">{\raggedright\arraybackslash}"
_RIGHT: Final = r">{\raggedleft\arraybackslash}"
_MOST: Final = 24
"""Characters of the longest piece that a column makes room for."""
_ANY: Final = re.compile("|".join(map(re.escape, _SPECIAL)))


def render(view: "View", lang: str = "en") -> str:
    """Write a view as LaTeX.

    Parameters
    ----------
    view : View
        Any view.
    lang : {"en", "da", "nb", "sv"}

    Returns
    -------
    str
        Title, verdict, table, notes, coverage, sources and method.
    """
    page = face(view, lang)
    return "\n".join([r"% \usepackage{array,booktabs,longtable,url}", *_page(page)]) + "\n"


def escape(words: str) -> str:
    r"""Keep a text from being read as commands.

    Examples
    --------
    >>> print(escape("50 % & more_less"))
    50 \% \& more\_less
    """
    return _ANY.sub(lambda found: _SPECIAL[found[0]], words)


def _page(page: Face) -> Iterator[str]:
    yield rf"\subsection*{{{escape(page.title)}}}"
    yield rf"\noindent\textbf{{{escape(page.verdict)}}}"
    for section in page.before:
        yield from _remarks(section)
    yield from _grid(page.sheet)
    for section in page.after:
        yield from _remarks(section)


def _remarks(section: Section) -> Iterator[str]:
    yield ""
    yield rf"\medskip\noindent\textbf{{{escape(section.heading)}}}\par"
    yield r"{\small"
    for item in section.items:
        yield _item(item)
    yield "}"


def _item(item: Item) -> str:
    lead = "" if item.number is None else f"{item.number}. "
    address = rf" \url{{{item.address}}}" if item.address else ""
    words = " ".join(escape(part) for part in (item.text, *item.details))
    return rf"\noindent {lead}{words}{address}\par"


def _grid(sheet: Sheet) -> Iterator[str]:
    widths = "".join(
        rf"{_RIGHT if head.number else _LEFT}p{{\dimexpr {part:.3f}\linewidth-2\tabcolsep}}"
        for head, part in zip(sheet.heads, _parts(sheet), strict=True)
    )
    heads = _line([rf"\textbf{{{escape(head.text)}}}" for head in sheet.heads])
    yield ""
    yield rf"{{\footnotesize\begin{{longtable}}{{{widths}}}"
    yield from (r"\toprule", heads, r"\midrule", r"\endhead", r"\bottomrule", r"\endfoot")
    for row in sheet.rows:
        yield _line(list(_cells(row)))
    yield r"\end{longtable}}"


def _parts(sheet: Sheet) -> list[float]:
    """Part the width of the line among the columns, by their longest pieces."""
    longest = [
        max(
            *map(len, head.text.split()),
            *(len(piece) for row in sheet.rows for piece in _pieces(row.cells[place])),
            4,
        )
        for place, head in enumerate(sheet.heads)
    ]
    told = [min(one, _MOST) for one in longest]
    if any(row.below for row in sheet.rows):
        told[0] = _MOST
    return [one / sum(told) for one in told]


def _pieces(cell: Cell) -> tuple[str, ...]:
    return (cell.text, *cell.below, cell.marks())


def _cells(row: Row) -> Iterator[str]:
    first, *others = row.cells
    yield _cell(Cell(first.text, (*first.below, *(one.plain() for one in row.below))))
    for cell in others:
        yield _cell(cell)


def _cell(cell: Cell) -> str:
    lines = [escape(piece) for piece in _pieces(cell) if piece]
    return r"\newline ".join([*lines[:1], *(rf"{{\scriptsize {one}}}" for one in lines[1:])])


def _line(cells: Sequence[str]) -> str:
    return f"{' & '.join(cells)} \\\\"
