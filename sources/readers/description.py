"""What a publisher says of a table before any of its cells is asked for."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sources.table import TableNote, Words


@dataclass(frozen=True)
class Variable:
    """A variable of a table.

    Attributes
    ----------
    code : str
        What queries call it.
    text : str
        What people call it.
    values, texts : tuple of str
        Codes of its values and what people call them, in the publisher's order.
    elimination : bool
        Whether a query may leave it out.
    elimination_value : str
        Code of the value that then stands for all, empty where the publisher does not say.
    time : bool
        Whether its values are periods.
    """

    code: str
    text: str
    values: tuple[str, ...]
    texts: tuple[str, ...]
    elimination: bool = False
    elimination_value: str = ""
    time: bool = False


@dataclass(frozen=True)
class Description:
    """A table without its cells.

    Attributes
    ----------
    id : str
        The publisher's name of the table, empty where the document does not say.
    title : mapping of str to str
        Language and title.
    variables : tuple of Variable
        In the publisher's order.
    notes : tuple of TableNote
        Remarks, with ``at`` by code of variable and value.
    meta : mapping
        As of `sources.table.Table`, and what else the document says.
    """

    id: str
    title: Words
    variables: tuple[Variable, ...]
    notes: tuple[TableNote, ...] = ()
    meta: Mapping[str, Any] = field(default_factory=dict)

    @property
    def cells(self) -> int:
        """Number of cells of the whole table."""
        return math.prod(len(variable.values) for variable in self.variables)

    @property
    def time(self) -> str:
        """Code of the variable of periods, empty where none is marked."""
        return next((variable.code for variable in self.variables if variable.time), "")
