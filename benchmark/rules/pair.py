"""One pair of figures, read back from the columns for those who write about it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from benchmark.rules.pairs import Pairs
from benchmark.rules.rows import CLASSES
from benchmark.rules.values import FACTOR

COMMON_UNIT: Final = {"fraction": "percent", "index_0_1": "score_0_100"}

DIFFERENCE: Final = {
    "share": "pp",
    "score": "points",
    "rank": "places",
    "change_pp": "pp",
    "change_rel": "pp",
    "count": "count",
    "net_points": "pp",
}
"""Unit of the difference of two levels, by class of their units."""


@dataclass(frozen=True)
class Pair:
    """Two figures whose severities are known.

    Attributes
    ----------
    pairs : Pairs
        A batch of this one pair.
    fired : Mapping
        Severity of every rule that fired, by id: 1 note, 2 caution, 3 not comparable.
    """

    pairs: Pairs
    fired: Mapping[str, int] = field(default_factory=dict)

    @cached_property
    def a(self) -> dict[str, Any]:
        """Known keys of the first figure, in their normal form."""
        return self.pairs.columns.figure(int(self.pairs.i[0]))

    @cached_property
    def b(self) -> dict[str, Any]:
        """Known keys of the second figure, in their normal form."""
        return self.pairs.columns.figure(int(self.pairs.j[0]))

    @property
    def sides(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """Both figures, first and second."""
        return self.a, self.b

    @property
    def refused(self) -> bool:
        """True if a rule finds the figures not comparable."""
        return max(self.fired.values(), default=0) == 3

    def holds(self, name: str) -> bool:
        """Ask a yes-or-no question of `Pairs`."""
        return bool(getattr(self.pairs, name)[0])

    def number(self, name: str) -> float:
        """Read a quantity of `Pairs`."""
        return float(getattr(self.pairs, name)[0])

    def side(self, name: str) -> tuple[Any, Any]:
        """Read a derived column for both sides as plain numbers."""
        a, b = self.pairs.both(name)
        return a[0].item(), b[0].item()

    @property
    def unit_class(self) -> str:
        """Class of the units, empty where unknown or unlisted."""
        code = self.side("unit_class")[0]
        return CLASSES[code] if 0 <= code < len(CLASSES) else ""

    @property
    def order(self) -> tuple[int, int]:
        """Earlier and later side (0 first, 1 second); as given where the pair is not in time."""
        if self.holds("in_time") and not self.holds("second_is_later"):
            return 1, 0
        return 0, 1

    @cached_property
    def names(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """What to call each figure: country, area and period, and more where these are alike."""
        return tell_apart(self.a, self.b)

    def called(self, side: int) -> dict[str, Any]:
        """Name one figure."""
        return self.names[side]

    def each(self, key: str) -> dict[str, Any]:
        """Give the values of one key on both sides as facts ``a`` and ``b``."""
        return {"a": plain(self.a.get(key)), "b": plain(self.b.get(key))}

    def missing(self, key: str) -> list[int]:
        """List the sides that do not state a key."""
        return [k for k, one in enumerate(self.sides) if key not in one]

    def amounts(self) -> dict[str, Any]:
        """Give both values with unit and decimals as facts ``a`` and ``b``."""
        return {"a": amount(self.a), "b": amount(self.b)}

    @property
    def scale(self) -> float:
        """Factor from the common unit to the unit in which a difference is told."""
        return 0.01 if self.a.get("unit") == self.b.get("unit") == "index_0_1" else 1.0

    @property
    def difference_unit(self) -> str:
        """Unit in which a difference is told, empty where none can be."""
        return "index_points" if self.scale < 1 else DIFFERENCE.get(self.unit_class, "")

    @property
    def decimals(self) -> tuple[int, int]:
        """Decimals of both figures in the unit of their difference."""
        shift = 2 if self.scale < 1 else 0
        a, b = (common_decimals(one) + shift for one in self.sides)
        return a, b

    @property
    def bound_decimals(self) -> int:
        """Decimals that the bounds of a rounded difference need, one at least."""
        a, b = self.decimals
        return max(1, a if a == b else max(a, b) + 1)

    @cached_property
    def difference(self) -> float:
        """Later minus earlier figure, or first minus second where the pair is not in time."""
        earlier, later = self.order if self.holds("in_time") else (1, 0)
        values = self.pairs.values
        return round(float(values[later][0] - values[earlier][0]) * self.scale, 10)

    @property
    def bounds(self) -> tuple[float, float]:
        """Smallest and largest true difference that the rounded figures allow."""
        r = self.number("rounding") * self.scale
        return round(self.difference - r, 10), round(self.difference + r, 10)


def tell_apart(a: Mapping[str, Any], b: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Name two figures by country, area and period, and by value or letter where these are alike.

    Parameters
    ----------
    a, b : Mapping
        Known keys of the figures.

    Returns
    -------
    tuple of dict
        What to call each.
    """
    one, other = (
        {key: side[key] for key in ("country", "area", "period") if key in side} for side in (a, b)
    )
    if one == other:
        one, other = {**one, **amount(a)}, {**other, **amount(b)}
    if one == other:
        one, other = {**one, "mark": "A"}, {**other, "mark": "B"}
    return one, other


def plain(value: Any) -> Any:
    """Turn a normal form into plain data: tuples into lists, whole numbers into int."""
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value.to_facts() if hasattr(value, "to_facts") else value


def amount(figure: Mapping[str, Any]) -> dict[str, Any]:
    """Give value, unit and printed decimals of a figure as facts."""
    return {key: plain(figure[key]) for key in ("value", "unit", "decimals") if key in figure}


def common_decimals(figure: Mapping[str, Any]) -> int:
    """Count the printed decimals of a figure once it is in the common unit of its class."""
    shift = 2 if FACTOR.get(figure.get("unit", ""), 1.0) > 1 else 0
    return max(0, int(figure.get("decimals", 0)) - shift)
