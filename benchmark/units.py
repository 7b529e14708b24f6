"""Units of quantities, and the pint registry that guards the arithmetic on them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal

import tomli

from benchmark.errors import UnknownName

if TYPE_CHECKING:
    import pint


@dataclass(frozen=True)
class Unit:
    """A unit as `data/units.toml` describes it.

    Parameters
    ----------
    name : str
        Its name in the pint registry; that of a change begins with ``delta_``.
    id : str
        Its name in the figures; changes of several quantities may be in percentage points.
    dimension : str
        What is measured: share, score, index, place, net_balance, relative_change or number.
    kind : {"level", "change", "amount"}
        Where something stands, how far it moved, or how many there are.
    scale : float
        Its size; units of one dimension convert by it.
    change : str
        Name of the unit of a difference.
    relative : bool
        Whether a change may be given in percent of the level.
    shown : {"percent", "place", "bracket", "word"}
        How a value is set beside the term.
    term, face, noun, plural : str
        Key of the word in the list of terms, and the English of messages.
    """

    name: str
    id: str
    dimension: str
    kind: Literal["level", "change", "amount"]
    scale: float
    change: str
    relative: bool
    shown: Literal["percent", "place", "bracket", "word"]
    term: str
    face: str
    noun: str
    plural: str


@cache
def units() -> Mapping[str, Unit]:
    """Give all units by their name in the registry."""
    table = _table()["units"].items()
    return {name: Unit(**{"name": name, "id": name} | entry) for name, entry in table}


def reason(key: str, **facts: object) -> str:
    """Say in words why an operation is refused.

    Parameters
    ----------
    key : str
        Key in the table of reasons.
    **facts : object
        What its text names.

    Returns
    -------
    str

    Examples
    --------
    >>> reason("product", noun="a count")
    'the result is no longer a count. Only a plain number multiplies or divides it.'
    """
    return str(_table()["reasons"][key]).format(**facts)


@cache
def _table() -> dict[str, Any]:
    return tomli.loads(files("benchmark").joinpath("data/units.toml").read_text("utf-8"))


def unit(name: str) -> Unit:
    """Find a unit by its name in the figures.

    Parameters
    ----------
    name : str
        percent, fraction, score_0_100, index_0_1, rank, net_points, rel_change_percent, count,
        or a unit of change: pp (of a share), points, index_points, places.

    Returns
    -------
    Unit

    Raises
    ------
    UnknownName
        No such unit; the message names all.

    Examples
    --------
    >>> unit("pp").name, unit("rank").noun
    ('delta_percent', 'a rank')
    """
    for entry in units().values():
        if entry.id == name:
            return entry
    known = ", ".join(dict.fromkeys(entry.id for entry in units().values()))
    raise UnknownName(f"no unit is called {name!r}; known: {known}")


def change_unit(name: str) -> str:
    """Give the unit of the difference of two values.

    Parameters
    ----------
    name : str
        Unit of the values.

    Returns
    -------
    str
        pp for shares, net balances and relative changes; points, index_points, places, count.

    Raises
    ------
    UnknownName
        No such unit.

    Examples
    --------
    >>> [change_unit(name) for name in ("percent", "fraction", "rank", "score_0_100", "count")]
    ['pp', 'pp', 'places', 'points', 'count']
    """
    return units()[unit(name).change].id


@cache
def registry() -> "pint.UnitRegistry[float]":
    """Build the pint registry: empty, with a base dimension for each quantity.

    pint's own registry has percent without a dimension, so that a rank becomes a percentage and
    percent minus percent is percent. Here a level has an offset converter even though its offset
    is nought; that alone makes pint tell levels from changes, as it does for temperatures.

    Returns
    -------
    pint.UnitRegistry
    """
    import pint
    from pint.facets.nonmultiplicative.definitions import OffsetConverter
    from pint.facets.plain import ScaleConverter, UnitDefinition
    from pint.util import UnitsContainer

    class LevelConverter(OffsetConverter):
        @property
        def is_multiplicative(self) -> bool:
            return False

        @classmethod
        def preprocess_kwargs(cls, **kwargs: object) -> None:
            return None

    made: pint.UnitRegistry[float] = pint.UnitRegistry(None)
    for dimension in {entry.dimension for entry in units().values()}:
        made.define(f"{dimension}_base = [{dimension}]")
    for entry in units().values():
        # pint makes the unit of change of every level itself.
        if entry.kind != "change":
            level = entry.kind == "level"
            size = LevelConverter(entry.scale, 0.0) if level else ScaleConverter(entry.scale)
            base = UnitsContainer({f"{entry.dimension}_base": 1.0})
            definition: Any = UnitDefinition(entry.name, None, (), size, base)
            made.define(definition)
    return made
