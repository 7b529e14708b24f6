"""CSV: the data with codes and unrounded numbers; verdict and notes beside them.

A file of data stays a clean table: its notes go to a second file. Where there is one stream
only, the notes follow the data in lines that start with `# `.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from comparisons.parts import records
from comparisons.render.as_json import plain
from comparisons.render.face import Face, face

if TYPE_CHECKING:
    from comparisons.view import View

NOTES = ("section", "number", "id", "severity", "touches", "text")
"""Columns of the file of notes."""


def render(view: "View", lang: str = "en") -> str:
    """Write data and notes into one stream.

    Parameters
    ----------
    view : View
        Any view.
    lang : {"en", "da", "nb", "sv"}
        Language of the notes; the data hold codes.

    Returns
    -------
    str
        The data, then each line of the notes behind `# `.
    """
    # A line feed inside a quoted field starts a new line of the stream, and needs its own mark.
    lines = notes(view, lang).removesuffix("\n").split("\n")
    return data(view) + "".join(f"# {line}\n" for line in lines)


def data(view: "View") -> str:
    """Write the data as CSV: every row carries the verdict, its notes and any override.

    Parameters
    ----------
    view : View
        Any view.

    Returns
    -------
    str
        Comma-separated, UTF-8, LF; numbers unrounded with a decimal point, absent ones empty.
    """
    frame = view.data
    extra: dict[str, object] = {}
    if "verdict" not in frame.columns:
        extra["verdict"] = view.verdict
    if view.overrides:
        extra["override"] = "; ".join(one.reason for one in view.overrides)
    rows = ([*row.values(), *extra.values()] for row in records(frame))
    return _write([*map(str, frame.columns), *extra], rows)


def notes(view: "View", lang: str) -> str:
    """Write title, verdict, overrides, notes, coverage, sources and method as CSV.

    Parameters
    ----------
    view : View
        Any view.
    lang : {"en", "da", "nb", "sv"}

    Returns
    -------
    str
        Columns `section, number, id, severity, touches, text`.
    """
    return _write(NOTES, _lines(view, face(view, lang)))


def _lines(view: "View", page: Face) -> Iterator[Sequence[object]]:
    yield "title", "", view.kind, "", "", page.title
    yield "verdict", "", view.verdict, "", "", page.verdict
    by_number = {note.number: note for note in view.notes}
    for section in page.sections:
        for item in section.items:
            note = by_number.get(item.number or 0)
            own = (note.id, note.severity, " ".join(note.touches)) if note else ("", "", "")
            words = " ".join(part for part in (item.text, *item.details, item.address) if part)
            yield (section.id, item.number or "", *own, words)


def _write(heads: Sequence[str], rows: Iterator[Sequence[object]]) -> str:
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(heads)
    for row in rows:
        writer.writerow(["" if (cell := plain(value)) is None else _digits(cell) for value in row])
    return target.getvalue()


def _digits(cell: object) -> object:
    """Write whole floats without a tail; all others to their last digit."""
    return int(cell) if isinstance(cell, float) and cell.is_integer() else cell
