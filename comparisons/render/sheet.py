"""The sheet of a view: headings and cells as a reader sees them, whatever the format."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from benchmark.language import term
from comparisons.parts import VERDICTS, Column, records
from comparisons.render.amounts import DIFFERENCES, amount, digits
from comparisons.texts import text

if TYPE_CHECKING:
    from comparisons.view import View

Record = Mapping[str, Any]


@dataclass(frozen=True)
class Head:
    """A heading; `number` sets the column to the right, `marked` gives it a column of marks.

    `country` is the code of the country that the column is about, where it is about one.
    """

    text: str
    number: bool = False
    marked: bool = False
    country: str = ""


@dataclass(frozen=True)
class Amount:
    """A number as a spreadsheet holds it: unrounded, with its unit and the digits shown."""

    value: float
    unit: str
    decimals: int


@dataclass(frozen=True)
class Cell:
    """A cell: its text, what stands under it, its flags, and the numbers of its notes.

    `amount` is the number behind the text, where the text is nothing but that number.
    """

    text: str = ""
    below: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    notes: tuple[int, ...] = ()
    amount: Amount | None = None

    def plain(self) -> str:
        """Write the cell on one line.

        Examples
        --------
        >>> Cell("78 %", ("2023",), ("p",), (1, 4)).plain()
        '78 % (2023) p [1, 4]'
        """
        below = f"({', '.join(self.below)})" if self.below else ""
        return " ".join(part for part in (self.text, below, self.marks()) if part)

    def marks(self) -> str:
        """Write flags and note numbers, as in `p [1, 4-6]`."""
        numbers = ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in self.runs())
        return " ".join([*self.flags, *([f"[{numbers}]"] if numbers else [])])

    def runs(self) -> tuple[tuple[int, int], ...]:
        """Give first and last of each run of three or more note numbers; others by themselves.

        Examples
        --------
        >>> Cell(notes=(1, 2, 4, 5, 6)).runs()
        ((1, 1), (2, 2), (4, 6))
        """
        found: list[list[int]] = []
        for number in self.notes:
            if found and number == found[-1][-1] + 1:
                found[-1].append(number)
            else:
                found.append([number])
        return tuple(
            pair
            for run in found
            for pair in ([(run[0], run[-1])] if len(run) > 2 else [(one, one) for one in run])
        )


@dataclass(frozen=True)
class Row:
    """A line of the sheet; the first cell names it, `below` tells more of it.

    `country` or `subject` is the code of what the line is about, where it is about one.
    """

    cells: tuple[Cell, ...]
    below: tuple[Cell, ...] = ()
    country: str = ""
    subject: str = ""


@dataclass(frozen=True)
class Sheet:
    """Headings and rows in one language."""

    heads: tuple[Head, ...]
    rows: tuple[Row, ...]


def sheet(view: "View", lang: str) -> Sheet:
    """Set the data of a view out for readers.

    Parameters
    ----------
    view : View
        Any view.
    lang : {"en", "da", "nb", "sv"}
        Language of headings, names and numbers.

    Returns
    -------
    Sheet
    """
    if view.layout == "matrix":
        from comparisons.render.matrix import matrix

        return matrix(view, lang)
    heads = tuple(
        Head(heading(column, lang), number=column.role == "number") for column in view.columns
    )
    return Sheet(heads, tuple(_line(view, record, lang) for record in records(view.data)))


def _line(view: "View", record: Record, lang: str) -> Row:
    write: dict[str, Callable[[Column], Cell]] = {
        "number": lambda column: _number(column, record, lang),
        "text": lambda column: Cell(label(view, column.name, record[column.name], lang)),
        "flag": lambda column: Cell(flags=flags(record[column.name])),
        "note": lambda column: Cell(notes=numbers(view, record[column.name])),
    }
    cells = tuple(write[column.role](column) for column in view.columns)
    return Row(cells, country=str(record.get("country", "")))


def heading(column: Column, lang: str) -> str:
    """Give the heading of a column; a difference names its unit, `=1` stands for a bare 1."""
    if column.head.startswith("="):
        return column.head[1:]
    words = text(column.head or f"column.{column.name}", lang)
    if column.unit in DIFFERENCES.values():
        return f"{words} ({term(f'difference.{column.unit}', lang)})"
    return words


def _number(column: Column, record: Record, lang: str) -> Cell:
    value, decimals = record[column.name], column.decimals
    if value is None or value != value:
        return Cell()
    if isinstance(decimals, str):
        decimals = None if record[decimals] != record[decimals] else int(record[decimals])
    shown = digits(value) if decimals is None else decimals
    written = amount(float(value), column.unit, shown, lang)
    return Cell(written, amount=Amount(float(value), column.unit, shown))


def label(view: "View", column: str, code: object, lang: str) -> str:
    """Write a code of the data as a word: a country, an indicator, a verdict, a year."""
    if code is None or code != code:
        return ""
    word = view.labels.get(column, {}).get(str(code))
    if word is not None:
        return word[lang]
    if code in VERDICTS:
        return str(term(f"verdict.{code}", lang))
    return str(int(code)) if isinstance(code, float) and code.is_integer() else str(code)


def flags(status: object) -> tuple[str, ...]:
    """Turn status codes into the marks of printed tables; a normal figure has none.

    Examples
    --------
    >>> flags("P E"), flags("A")
    (('p', 'e'), ())
    """
    return tuple(code.lower() for code in str(status or "").split() if code != "A")


def numbers(view: "View", ids: object) -> tuple[int, ...]:
    """Find the numbers of notes by their ids."""
    wanted = set(str(ids or "").split())
    return tuple(note.number for note in view.notes if note.id in wanted)
