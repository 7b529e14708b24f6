"""Plain text: aligned columns and wrapped notes, as wide as the reader's terminal."""

import textwrap
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from comparisons.render.face import Face, Item, Section, face
from comparisons.render.sheet import Cell, Sheet

if TYPE_CHECKING:
    from comparisons.view import View

WIDTH = 100
_GAP = 2
_LEAST = 8


def render(view: "View", lang: str = "en", width: int = WIDTH) -> str:
    """Write a view as plain text.

    Parameters
    ----------
    view : View
        Any view.
    lang : {"en", "da", "nb", "sv"}
    width : int
        Longest line, unless a word is longer [characters].

    Returns
    -------
    str
        Lines ended by a line feed; no colours, no control codes.
    """
    return write(face(view, lang), width)


def write(page: Face, width: int = WIDTH) -> str:
    """Write a localised face as plain text; see `render`."""
    lines = [*title(page.title, width), *wrapped(page.verdict, "", width)]
    for section in page.before:
        lines += ["", *remarks(section, width)]
    lines += ["", *grid(page.sheet, width)]
    for section in page.after:
        lines += ["", *remarks(section, width)]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def title(words: str, width: int) -> list[str]:
    """Set a title and underline it."""
    lines = wrapped(words, "", width)
    return [*lines, "=" * max(map(len, lines))]


def wrapped(words: str, lead: str, width: int, hang: str | None = None) -> list[str]:
    """Break a text into lines; `lead` stands before the first, `hang` before the others."""
    return textwrap.wrap(
        words,
        width,
        initial_indent=lead,
        subsequent_indent=" " * len(lead) if hang is None else hang,
        break_long_words=len(max(words.split(), key=len, default="")) > width - len(lead),
        break_on_hyphens=False,
    )


def remarks(section: Section, width: int) -> Iterator[str]:
    """Set a section of remarks under its heading."""
    yield section.heading
    for item in section.items:
        yield from _item(item, width)


def _item(item: Item, width: int) -> Iterator[str]:
    lead = "  " if item.number is None else f"{item.number:>4} "
    hang = " " * max(len(lead), 4)
    yield from wrapped(item.text, lead, width, hang)
    for detail in item.details:
        yield from wrapped(detail, f"{hang}- ", width, f"{hang}  ")
    if item.address:
        yield f"{hang}{item.address}"


def grid(sheet: Sheet, width: int) -> list[str]:
    """Set the columns side by side; those that do not fit follow in further blocks."""
    widths = _widths(sheet, width)
    lines: list[str] = []
    for block in _blocks(widths, width):
        lines += [""] if lines else []
        lines += _block(sheet, block, widths, width)
    return lines


def _widths(sheet: Sheet, width: int) -> list[int]:
    """Give each column the width of its longest piece; the widest texts are wrapped to fit."""
    natural = [
        max([len(head.text), *(len(line) for row in sheet.rows for line in _lines(row.cells[k]))])
        for k, head in enumerate(sheet.heads)
    ]
    spare = width - sum(natural) - _GAP * (len(natural) - 1)
    for k in sorted(range(len(natural)), key=lambda k: -natural[k]):
        if spare >= 0:
            break
        if not sheet.heads[k].number:
            floor = max(_LEAST, *(len(w) for w in _words(sheet, k)), _average(natural, spare, k))
            cut = min(-spare, max(0, natural[k] - floor))
            natural[k], spare = natural[k] - cut, spare + cut
    return natural


def _average(natural: Sequence[int], spare: int, k: int) -> int:
    """Never wrap the first column below 24 characters: it names the row."""
    return min(natural[k], 24) if k == 0 else 0


def _words(sheet: Sheet, k: int) -> list[str]:
    cells = [line for row in sheet.rows for line in _lines(row.cells[k])]
    return [word for line in [sheet.heads[k].text, *cells] for word in line.split()]


def _lines(cell: Cell) -> list[str]:
    """List the pieces of a cell that stand under each other."""
    return [line for line in (cell.text, *cell.below, cell.marks()) if line] or [""]


def _blocks(widths: Sequence[int], width: int) -> Iterator[list[int]]:
    block, used = [0], widths[0]
    for k in range(1, len(widths)):
        if used + _GAP + widths[k] > width and len(block) > 1:
            yield block
            block, used = [0], widths[0]
        block.append(k)
        used += _GAP + widths[k]
    yield block


def _block(sheet: Sheet, block: Sequence[int], widths: Sequence[int], width: int) -> Iterator[str]:
    yield from _beside([[sheet.heads[k].text] for k in block], sheet, block, widths)
    yield "  ".join("-" * widths[k] for k in block)
    roomy = any(row.below for row in sheet.rows)
    for position, row in enumerate(sheet.rows):
        if roomy and position:
            yield ""
        yield from _beside([_lines(row.cells[k]) for k in block], sheet, block, widths)
        for line in row.below:
            yield from wrapped(line.plain(), "  ", width, "    ")


def _beside(
    cells: Sequence[Sequence[str]], sheet: Sheet, block: Sequence[int], widths: Sequence[int]
) -> Iterator[str]:
    columns = [
        [piece for line in lines for piece in (textwrap.wrap(line, widths[k]) or [""])]
        for lines, k in zip(cells, block, strict=True)
    ]
    for line in range(max(len(column) for column in columns)):
        pieces = [column[line] if line < len(column) else "" for column in columns]
        yield "  ".join(
            piece.rjust(widths[k]) if sheet.heads[k].number else piece.ljust(widths[k])
            for piece, k in zip(pieces, block, strict=True)
        )
