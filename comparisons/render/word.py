"""Word: a document with real headings and tables, to be edited and put into a report."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from importlib import import_module
from io import BytesIO
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from benchmark.language import typeset
from comparisons.render.face import Face, Item, Section, face
from comparisons.render.sheet import Cell, Row, Sheet

if TYPE_CHECKING:
    from docx.document import Document as Page
    from docx.table import _Cell

    from comparisons.document import Document
    from comparisons.view import View

_SAME_BYTES: Final = datetime(2000, 1, 1)
"""Date of the file and of everything in it: the same input gives the same bytes."""
_LANGUAGES: Final = {"en": "en-GB", "da": "da-DK", "nb": "nb-NO", "sv": "sv-SE"}
_SMALL: Final = 8
_WIDE: Final = 6
"""Columns from which on a page is set sideways."""
_XML: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def render(view: "View", lang: str = "en") -> bytes:
    """Write a view as a Word document.

    Parameters
    ----------
    view : View
        Any view.
    lang : {"en", "da", "nb", "sv"}

    Returns
    -------
    bytes
        Title, verdict, table, notes, coverage, sources and method. The heading of the table is
        repeated on every page; flags and numbers of notes are raised beside the number.
    """
    page = face(view, lang)
    made = _new(page.title, lang, wide=len(page.sheet.heads) > _WIDE)
    made.add_heading(typeset(page.title), 0)
    _face(made, page, 1)
    return _bytes(made)


def document(
    page: "Document", pictures: Mapping[int, tuple[bytes, str]] = MappingProxyType({})
) -> bytes:
    """Write a document of several parts as a Word document.

    Parameters
    ----------
    page : Document
        Its drawings are left out, unless a picture stands in their place.
    pictures : mapping of int to (bytes, str)
        For the number of a part, a PNG and the text for those who cannot see it.

    Returns
    -------
    bytes
    """
    made = _new(page.title, page.lang, wide=any(_columns(part) > _WIDE for part in page.parts))
    made.add_heading(typeset(page.title), 0)
    for words in (page.verdict, *page.lead):
        if words:
            made.add_paragraph(typeset(words))
    for number, part in enumerate(page.parts):
        if number in pictures:
            _picture(made, *pictures[number])
        else:
            _part(made, part)
    return _bytes(made)


def _columns(part: Any) -> int:
    return len(part.sheet.heads) if hasattr(part, "sheet") else 0


def _part(made: "Page", part: Any) -> None:
    if isinstance(part, Face):
        made.add_heading(typeset(part.title), 1)
        _face(made, part, 2)
    elif isinstance(part, Section):
        _remarks(made, part, 1)
    elif hasattr(part, "sheet"):
        if part.heading:
            made.add_heading(typeset(part.heading), 1)
        _grid(made, part.sheet)


def _new(title: str, lang: str, wide: bool) -> "Page":
    from docx.shared import Cm, Pt

    made: Page = import_module("docx").Document()
    made.core_properties.title = title
    made.core_properties.author = ""
    made.core_properties.comments = ""
    made.core_properties.language = _LANGUAGES[lang]
    made.core_properties.created = made.core_properties.modified = _SAME_BYTES
    section = made.sections[0]
    sides = (Cm(29.7), Cm(21.0)) if wide else (Cm(21.0), Cm(29.7))
    section.page_width, section.page_height = sides
    section.left_margin = section.right_margin = Cm(2)
    normal: Any = made.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(10)
    spoken = normal.element.get_or_add_rPr().makeelement(f"{{{_XML}}}lang", {})
    spoken.set(f"{{{_XML}}}val", _LANGUAGES[lang])
    normal.element.get_or_add_rPr().append(spoken)
    return made


def _face(made: "Page", page: Face, level: int) -> None:
    made.add_paragraph().add_run(typeset(page.verdict)).bold = True
    for section in page.before:
        _remarks(made, section, level)
    made.add_paragraph()
    _grid(made, page.sheet)
    for section in page.after:
        _remarks(made, section, level)


def _remarks(made: "Page", section: Section, level: int) -> None:
    made.add_heading(typeset(section.heading), level)
    for item in section.items:
        paragraph = made.add_paragraph()
        paragraph.paragraph_format.space_after = 0
        paragraph.add_run(typeset(_words(item)))


def _words(item: Item) -> str:
    lead = "" if item.number is None else f"{item.number}. "
    return lead + "\n".join(part for part in (item.text, *item.details, item.address) if part)


def _grid(made: "Page", sheet: Sheet) -> None:
    table = made.add_table(rows=1, cols=len(sheet.heads))
    _ruled(table)
    for cell, head in zip(table.rows[0].cells, sheet.heads, strict=True):
        cell.paragraphs[0].add_run(typeset(head.text)).bold = True
        cell.paragraphs[0].paragraph_format.space_after = 0
        _side(cell, head.number)
    _repeat(table.rows[0])
    for row in sheet.rows:
        line = table.add_row()
        _together(line)
        for cell, words, head in zip(line.cells, _cells(row), sheet.heads, strict=True):
            _fill(cell, words)
            _side(cell, head.number)
    _widths(made, table, sheet)
    made.add_paragraph()


def _ruled(table: Any) -> None:
    """Rule a table as printed statistics are: lines between the rows, none between columns."""
    properties = table._tbl.tblPr
    borders = properties.makeelement(f"{{{_XML}}}tblBorders", {})
    for side in ("top", "bottom", "insideH"):
        line = {"val": "single", "sz": "4", "color": "808080"}
        named = {f"{{{_XML}}}{key}": value for key, value in line.items()}
        borders.append(properties.makeelement(f"{{{_XML}}}{side}", named))
    properties.append(borders)


def _room(made: "Page") -> int:
    """Give the width between the margins."""
    section: Any = made.sections[0]
    return int(section.page_width - section.left_margin - section.right_margin)


def _widths(made: "Page", table: Any, sheet: Sheet) -> None:
    """Give the column that names the rows twice the width where lines stand under its names."""
    room = _room(made)
    parts = [2 if any(row.below for row in sheet.rows) else 1, *[1] * (len(sheet.heads) - 1)]
    table.autofit = False
    widths = [room * part // sum(parts) for part in parts]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width


def _cells(row: Row) -> Iterator[Cell]:
    """Give the cells of a row; what tells more of it stands under the first."""
    first, *others = row.cells
    below = (*first.below, *(one.plain() for one in row.below))
    yield Cell(first.text, below, first.flags, first.notes)
    yield from others


def _fill(cell: "_Cell", words: Cell) -> None:
    from docx.shared import Pt

    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(2)
    paragraph.add_run(typeset(words.text)).bold = False
    marks = words.marks()
    if marks:
        run = paragraph.add_run(f" {marks}" if words.text else marks)
        run.bold, run.font.superscript = False, bool(words.text)
    for line in words.below:
        run = paragraph.add_run(f"\n{typeset(line)}")
        run.bold, run.font.size = False, Pt(_SMALL)


def _side(cell: "_Cell", right: bool) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    if right:
        cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _repeat(row: Any) -> None:
    """Mark a row as the heading of its table, on every page and to those who hear it read."""
    properties = row._tr.get_or_add_trPr()
    properties.append(properties.makeelement(f"{{{_XML}}}tblHeader", {}))


def _together(row: Any) -> None:
    """Keep a row from being parted by the end of a page."""
    properties = row._tr.get_or_add_trPr()
    properties.append(properties.makeelement(f"{{{_XML}}}cantSplit", {}))


def _picture(made: "Page", png: bytes, told: str) -> None:
    made.add_picture(BytesIO(png), width=_room(made))
    made.inline_shapes[-1]._inline.docPr.set("descr", told)


def _bytes(made: "Page") -> bytes:
    """Write the document; the parts of its archive get one date and one order."""
    written, target = BytesIO(), BytesIO()
    made.save(written)
    with ZipFile(written) as old, ZipFile(target, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(ZipInfo(name, (2000, 1, 1, 0, 0, 0)), old.read(name), ZIP_DEFLATED)
    return target.getvalue()
