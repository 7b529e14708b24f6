"""The figures as arrays: what the checks of an audit ask for again and again, computed once."""

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from benchmark.addresses import address
from benchmark.metadata import profiles
from benchmark.rules.values import FACTOR

if TYPE_CHECKING:
    from benchmark.figures import Evidence

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
Answer = TypeVar("Answer")


class Rows:
    """Columns of the figures table as codes and numbers, with what the registry adds.

    Parameters
    ----------
    evidence : Evidence
        Figures and registry; never changed.

    Attributes
    ----------
    evidence : Evidence
        As given.
    registry : Registry
        Its definitions.
    size : int
        Number of figures.
    """

    def __init__(self, evidence: "Evidence") -> None:
        self.evidence = evidence
        self.registry = evidence.registry
        self.size = len(evidence.figures)
        self._kept: dict[tuple[str, ...], Any] = {}

    def keep(self, key: tuple[str, ...], make: Callable[[], Answer]) -> Answer:
        """Compute something once, under a name."""
        if key not in self._kept:
            self._kept[key] = make()
        kept: Answer = self._kept[key]
        return kept

    def names(self, column: str) -> list[str]:
        """List the different texts of a column, in the order of their codes."""
        return [str(text) for text in self.evidence.figures[column].cat.categories]

    def code(self, column: str) -> Ints:
        """Give the code of each row's text in a column."""

        def make() -> Ints:
            return self.evidence.figures[column].cat.codes.to_numpy().astype(np.int64)

        return self.keep(("code", column), make)

    def text(self, column: str) -> NDArray[np.object_]:
        """Give each row's text in a column."""

        def make() -> NDArray[np.object_]:
            if column == "locator":
                return self.evidence.figures[column].to_numpy(dtype=object)
            return np.array(self.names(column), dtype=object)[self.code(column)]

        return self.keep(("text", column), make)

    def per_text(self, column: str, meaning: Callable[[str], Any], dtype: Any = bool) -> Any:
        """Translate a column; every different text is looked at once."""
        return np.array([meaning(name) for name in self.names(column)], dtype=dtype)[
            self.code(column)
        ]

    def number(self, column: str) -> Floats:
        """Give a numeric column."""
        return self.keep(
            ("number", column), lambda: self.evidence.figures[column].to_numpy(dtype=np.float64)
        )

    def group(self, *columns: str) -> Ints:
        """Give numbers to the different combinations of some text columns."""

        def make() -> Ints:
            code = np.zeros(self.size, dtype=np.int64)
            for column in columns:
                code = code * len(self.names(column)) + self.code(column)
            return np.unique(code, return_inverse=True)[1].astype(np.int64)

        return self.keep(("group", *columns), make)

    @cached_property
    def _profiles(self) -> tuple[list[dict[str, Any]], Ints]:
        combos, code = profiles(self.evidence)
        return combos, np.asarray(code, dtype=np.int64)

    @property
    def combos(self) -> list[dict[str, Any]]:
        """What the registry says, once for each indicator, regime and breakdown."""
        return self._profiles[0]

    @property
    def combo(self) -> Ints:
        """Which of `combos` holds for each row."""
        return self._profiles[1]

    def fact(self, key: str) -> NDArray[np.object_]:
        """Give what the registry says under a key for each row; None where nothing."""

        def make() -> NDArray[np.object_]:
            found = np.empty(len(self.combos), dtype=object)
            found[:] = [combo.get(key) for combo in self.combos]
            return found[self.combo]

        return self.keep(("fact", key), make)

    def fact_code(self, key: str) -> Ints:
        """Give numbers to the different values under a key of the registry; -1 where nothing."""

        def make() -> Ints:
            seen: dict[str, int] = {}
            code = [
                -1 if (value := combo.get(key)) is None else seen.setdefault(repr(value), len(seen))
                for combo in self.combos
            ]
            return np.array(code, dtype=np.int64)[self.combo]

        return self.keep(("fact_code", key), make)

    @cached_property
    def value(self) -> Floats:
        """Values [unit of the indicator], the power of ten applied."""
        return self.number("value") * 10.0 ** self.number("unit_mult")

    @cached_property
    def points(self) -> Floats:
        """Values on a scale of hundred for fractions and indices, else as they are."""
        scale = self.fact("unit")
        factor = np.array([FACTOR.get(str(unit), 1.0) for unit in scale])
        points: Floats = self.value * factor
        return points

    @cached_property
    def there(self) -> Mask:
        """Rows with a value."""
        return np.isfinite(self.value)

    @cached_property
    def rounding(self) -> Floats:
        """Half a unit in the last printed digit [unit]; 0 where the digits are not known."""
        decimals, mult = self.number("decimals"), self.number("unit_mult")
        return np.where(np.isfinite(decimals), 0.5 * 10.0 ** (mult - np.nan_to_num(decimals)), 0.0)

    @cached_property
    def _times(self) -> tuple[Floats, Floats, Floats]:
        from benchmark.errors import BenchmarkError
        from benchmark.periods import YEAR, parse

        def ends(text: str) -> tuple[float, float, float]:
            try:
                period = parse(text)
            except BenchmarkError:
                return (np.nan,) * 3
            return period.start / YEAR, period.midpoint, period.end / YEAR

        code = self.code("period")
        table = np.array([ends(name) for name in self.names("period")], dtype=np.float64)
        table = table.reshape(-1, 3)
        return table[code, 0], table[code, 1], table[code, 2]

    @property
    def start(self) -> Floats:
        """Start of the period [decimal years]; not-a-number where it is not known."""
        return self._times[0]

    @property
    def middle(self) -> Floats:
        """Midpoint of the period [decimal years]."""
        return self._times[1]

    @property
    def end(self) -> Floats:
        """End of the period [decimal years]."""
        return self._times[2]

    def address(self, row: int) -> str:
        """Write the address of a row's figure."""
        return address(self.evidence.figures.iloc[row])


def majority(crowd: Ints, value: Ints, least: int = 4, share: float = 0.7) -> tuple[Ints, Mask]:
    """Find what most of a crowd have, and who differs.

    Parameters
    ----------
    crowd, value : ndarray of int
        Crowd and value of each row, from 0 on.
    least : int
        Size from which on a crowd counts.
    share : float
        Share of a crowd that must agree.

    Returns
    -------
    tuple
        The usual value in each row's crowd, and the rows that differ from it; where too few
        agree, none does.

    Examples
    --------
    >>> usual, odd = majority(np.array([0, 0, 0, 0, 1]), np.array([7, 7, 7, 2, 3]))
    >>> usual.tolist(), odd.tolist()
    ([7, 7, 7, 7, 3], [False, False, False, True, False])
    """
    width = int(value.max(initial=0)) + 1
    crowd = np.unique(crowd, return_inverse=True)[1]
    size = np.bincount(crowd)
    pair, count = np.unique(crowd * width + value, return_counts=True)
    order = np.argsort(count, kind="stable")
    most, usual = np.zeros((2, len(size)), dtype=np.int64)
    most[pair[order] // width], usual[pair[order] // width] = count[order], pair[order] % width
    agreed = (size >= least) & (most >= share * size)
    return usual[crowd], agreed[crowd] & (value != usual[crowd])
