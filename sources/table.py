"""What every reader of a file format returns, whatever the format."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False)
class Table:
    """Cells of one table as its publisher arranged them, before anybody interprets them.

    Attributes
    ----------
    frame : DataFrame
        One row a cell; the reader says which columns.
    labels : mapping of str to mapping of str to str
        For each coded column, code and label; empty where the file has none.
    notes : tuple of str
        Remarks printed with the table.
    meta : mapping of str to str
        Where the table was found: ``file``, ``sheet``, ``sha256`` and the like.
    """

    frame: "pd.DataFrame"
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    meta: Mapping[str, str] = field(default_factory=dict)
