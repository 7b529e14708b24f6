"""Excel: the table with numbers as numbers, and sheets for its notes and its sources.

Every text is written as a text, so that nothing in it can be taken for a formula.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from comparisons.render.amounts import SIGNED
from comparisons.render.face import Face, Section, face
from comparisons.render.sheet import Amount, Cell, Row, Sheet
from comparisons.texts import text

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from comparisons.view import View

Piece = str | Amount
Read = Callable[[Row], Piece]

_SAME_BYTES: Final = datetime(2000, 1, 1)
"""Date of the file: the same input gives the same bytes."""
_WORDS: Final = {"below": "excel.below", "flags": "excel.flags", "notes": "excel.notes_of"}
_WIDEST: Final = 45
_NUMBER: Final = 8
_LINE: Final = 15
"""Widths [characters] and the height of a line [points]; Excel alone fits them by itself."""
_TEXT_WIDTH: Final = 110


def render(view: "View", lang: str = "en") -> bytes:
    """Write a view as a workbook.

    Parameters
    ----------
    view : View
        Any view.
    lang : {"en", "da", "nb", "sv"}

    Returns
    -------
    bytes
        Three sheets: the table under title, verdict and overrides, its headings kept in sight;
        the notes with coverage and method; the sources. Numbers are unrounded and shown with the
        digits of their source; flags and numbers of notes stand in columns of their own.
    """
    from xlsxwriter import Workbook

    page, target = face(view, lang), BytesIO()
    with Workbook(target, {"in_memory": True}) as book:
        book.set_properties({"title": page.title, "created": _SAME_BYTES})
        _table(book, page)
        told = [one for one in page.sections if one.id != "sources"]
        _texts(book, text("excel.notes", lang), told)
        _texts(book, text("excel.sources", lang), [one for one in page.after if one not in told])
    return target.getvalue()


def _table(book: "Workbook", page: Face) -> None:
    sheet = book.add_worksheet(text("excel.table", page.lang))
    bold, strong = book.add_format({"bold": True}), book.add_format({"bold": True, "font_size": 14})
    sheet.write_string(0, 0, page.title, strong)
    sheet.write_string(1, 0, page.verdict, bold)
    line = 2
    for section in page.before:
        if section.id == "overrides":
            for item in section.items:
                sheet.write_string(line, 0, " ".join((item.text, *item.details)), bold)
                line += 1
    sheet.write_string(line, 0, text("excel.where", page.lang))
    _cells(book, sheet, page, line + 2)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(line + 2)


def _cells(book: "Workbook", sheet: "Worksheet", page: Face, top: int) -> None:
    columns = _columns(page.sheet, page.lang)
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    shown = _formats(book)
    heights = [1] * (len(page.sheet.rows) + 1)
    for place, (name, read) in enumerate(columns):
        pieces = [read(row) for row in page.sheet.rows]
        width = _width(name, pieces)
        sheet.set_column(place, place, width)
        sheet.write_string(top, place, name, head)
        heights[0] = max(heights[0], _lines(name, width))
        for line, piece in enumerate(pieces, 1):
            if isinstance(piece, Amount):
                sheet.write_number(top + line, place, piece.value, shown(piece))
            else:
                sheet.write_string(top + line, place, piece, wrap)
                heights[line] = max(heights[line], _lines(piece, width))
    for line, height in enumerate(heights):
        sheet.set_row(top + line, _LINE * height)
    sheet.freeze_panes(top + 1, 1)


def _width(name: str, pieces: Sequence[Piece]) -> int:
    """Give a column the width of its widest piece, or of the longest word of its heading."""
    words = [len(piece) if isinstance(piece, str) else _NUMBER for piece in pieces]
    return min(max([*map(len, name.split()), *words]), _WIDEST) + 2


def _lines(words: str, width: int) -> int:
    """Count the lines that a text takes in a column."""
    return max(1, sum(-(-len(part) // (width - 1)) for part in words.split("\n")))


def _columns(sheet: Sheet, lang: str) -> list[tuple[str, Read]]:
    """Part each column of the sheet into value, what stands under it, flags and notes."""
    found: list[tuple[str, Read]] = []
    for place, head in enumerate(sheet.heads):
        parts = [(key, _reader(place, key)) for key in ("text", "below", "flags", "notes")]
        used = [(key, read) for key, read in parts if any(read(row) for row in sheet.rows)]
        for number, (key, read) in enumerate(used or parts[:1]):
            words = f"{head.text}: {text(_WORDS[key], lang)}" if number else head.text
            found.append((words, read))
    if any(row.below for row in sheet.rows):
        found.append((text("excel.more", lang), _more))
    return found


def _reader(place: int, key: str) -> Read:
    def pick(cell: Cell) -> Piece:
        if key == "text":
            return cell.amount or cell.text
        if key == "notes":
            return Cell(notes=cell.notes).marks().strip("[]")
        return "; ".join(getattr(cell, key))

    return lambda row: pick(row.cells[place])


def _more(row: Row) -> str:
    return "; ".join(cell.plain() for cell in row.below)


def _formats(book: "Workbook") -> Callable[[Amount], Any]:
    """Show each number with its digits and its sign or percent mark; one format of a kind."""
    made: dict[str, Any] = {}

    def shown(amount: Amount) -> Any:
        digits = f"0.{'0' * amount.decimals}" if amount.decimals else "0"
        code = f'{digits}"%"' if amount.unit == "percent" else digits
        code = f"+{code};-{code};{code}" if amount.unit in SIGNED else code
        if code not in made:
            made[code] = book.add_format({"num_format": code, "valign": "top"})
        return made[code]

    return shown


def _texts(book: "Workbook", name: str, sections: Sequence[Section]) -> None:
    sheet = book.add_worksheet(name)
    bold = book.add_format({"bold": True})
    top = book.add_format({"valign": "top"})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 5)
    sheet.set_column(1, 1, _TEXT_WIDTH)
    line = 0
    for section in sections:
        sheet.write_string(line, 0, section.heading, bold)
        for item in section.items:
            line += 1
            if item.number is not None:
                sheet.write_number(line, 0, item.number, top)
            words = "\n".join(part for part in (item.text, *item.details, item.address) if part)
            sheet.write_string(line, 1, words, wrap)
            sheet.set_row(line, _LINE * _lines(words, _TEXT_WIDTH))
        line += 2
