"""What every reader of a file format returns, whatever the format."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

Words = Mapping[str, str]
"""A text in each language the file has it in; `""` where the file does not say which."""


@dataclass(frozen=True)
class TableNote:
    """A remark printed with a table, and what it is about.

    Attributes
    ----------
    text : mapping of str to str
        Language and text.
    at : mapping of str to str
        Column and code it is about: empty for the whole table, one column with the code `""` for
        a variable, one column with a code for a value, several for a cell or a block of cells.
    mandatory : bool
        Whether the publisher wants it shown wherever the figures are.
    """

    text: Words
    at: Words = field(default_factory=dict)
    mandatory: bool = False


@dataclass(frozen=True, eq=False)
class Table:
    """Cells of one table as its publisher arranged them, before anybody interprets them.

    Attributes
    ----------
    frame : DataFrame
        One row a cell. Readers of statistical formats give one categorical column of codes for
        each dimension (categories in the order of the file), `value` (float64, not-a-number where
        there is none), `status` (categorical: SDMX CL_OBS_STATUS codes separated by spaces, `A`
        where nothing is said) and `symbol` (categorical: what the file printed beside the value
        or in its place, empty where nothing). A workbook's reader says which columns it gives.
    labels : mapping of str to mapping of str to mapping of str to str
        Column -> code -> language -> label; the code `""` holds the name of the column itself.
    notes : tuple of TableNote
        Remarks of the table, its variables, values and cells.
    meta : mapping
        What the file says of itself: ``format``, ``file``, ``sha256`` and, where the file has
        them, ``title`` (by language), ``source``, ``updated`` (ISO 8601), ``time`` (the column
        of the periods), ``units`` and ``decimals`` (by code of the column of measures, or under
        `""` for the whole table) and the like.
    """

    frame: "pd.DataFrame"
    labels: Mapping[str, Mapping[str, Words]] = field(default_factory=dict)
    notes: tuple[TableNote, ...] = ()
    meta: Mapping[str, Any] = field(default_factory=dict)
