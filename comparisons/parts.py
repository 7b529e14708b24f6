"""What a view is made of besides its data: columns, notes, sources, coverage, overrides."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from comparisons.texts import Texts

if TYPE_CHECKING:
    import pandas as pd

Role = Literal["number", "text", "flag", "note"]
SEVERITIES = ("", "I", "C", "N")
"""From none to not comparable; the place is the number a rule gives."""

VERDICTS = ("comparable", "caution", "not_comparable")
"""From best to worst; the place is the number a judgement gives."""


def worst(verdicts: "list[str] | tuple[str, ...]") -> str:
    """Give the worst of several verdicts, empty if there is none.

    Examples
    --------
    >>> worst(["comparable", "not_comparable", ""])
    'not_comparable'
    >>> worst([])
    ''
    """
    return max((v for v in verdicts if v), key=VERDICTS.index, default="")


def records(frame: "pd.DataFrame") -> list[dict[str, Any]]:
    """List the rows of a table as mappings."""
    return [{str(key): value for key, value in row.items()} for row in frame.to_dict("records")]


@dataclass(frozen=True)
class Column:
    """A column of a view's data that is shown to readers.

    Parameters
    ----------
    name : str
        Its name in the data.
    role : {"number", "text", "flag", "note"}
        How its cells are set: numbers to the right, flags and notes as marks.
    head : str
        Key of its heading in the texts, `column.<name>` if empty; a literal one follows `=`.
    unit : str
        Unit of its numbers, empty for plain counts.
    decimals : int or str or None
        Digits to print, or the data column that holds them; None prints digits as written.
    """

    name: str
    role: Role = "text"
    head: str = ""
    unit: str = ""
    decimals: int | str | None = None


@dataclass(frozen=True)
class Note:
    """A numbered remark that belongs to some of the cells.

    Parameters
    ----------
    number : int
        Its number in the view, from 1.
    id : str
        The rule (`C11`, `T1`), the note in the registry, or the status flag.
    kind : str
        `rule`, `series`, `registry`, `status` or `conflict`.
    severity : {"", "I", "C", "N"}
        Worst severity of a rule; empty where the note is no rule.
    texts : mapping
        The note in each language.
    touches : tuple of str
        The cells (as the view names them) it is about.
    details : tuple of mapping
        Sentences on single pairs, where they are few enough to be read.
    """

    number: int
    id: str
    kind: str
    severity: str
    texts: Texts
    touches: tuple[str, ...] = ()
    details: tuple[Texts, ...] = ()


@dataclass(frozen=True)
class Citation:
    """A document that stands behind cells of a view."""

    id: str
    title: str
    publisher: str
    date: str = ""
    address: str = ""
    licence: str = ""
    credit: str = ""


@dataclass(frozen=True)
class Override:
    """A refusal that was set aside.

    Parameters
    ----------
    reason : str
        The reason, word for word as given.
    rules : tuple of str
        The rules that forbid the comparison.
    touches : tuple of str
        The cells they forbid it for.
    """

    reason: str
    rules: tuple[str, ...] = ()
    touches: tuple[str, ...] = ()


@dataclass(frozen=True)
class Missing:
    """Something asked for that the view does not hold, and why."""

    what: Texts
    reason: Texts


@dataclass(frozen=True)
class Coverage:
    """What was asked for, what is there, what is missing and why."""

    asked: tuple[str, ...] = ()
    present: tuple[str, ...] = ()
    missing: tuple[Missing, ...] = ()
    counted: str = field(default="countries")
