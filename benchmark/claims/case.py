"""The figures a sentence is checked against, and the step from one to the other."""

from dataclasses import dataclass
from math import inf
from typing import Any, Final

from benchmark.claims.interval import Interval, difference, relative_change
from benchmark.claims.said import Amount, Said, Several, Side, Word
from benchmark.language import Claimed

_DIFFERENCE: Final = {"share": "pp", "net_points": "pp", "score": "points", "rank": "places"}


@dataclass(frozen=True)
class Change:
    """The step from one figure to another.

    Attributes
    ----------
    earlier, later : Side
        The figures in the order of time; where that is no order, the one the claim is measured
        from and the one it is said of.
    in_time : bool
        True if the two are one series at two times.
    """

    earlier: Side
    later: Side
    in_time: bool = True

    @property
    def kind(self) -> str:
        """Class of the figures' units."""
        return self.later.kind

    @property
    def up(self) -> float:
        """Change in the sense of the words: higher, but of ranks, nearer to first place."""
        step = self.later.value - self.earlier.value
        return -step if self.kind == "rank" else step

    @property
    def rounding(self) -> float:
        """Half a unit in the last digit of both figures together."""
        return self.earlier.half + self.later.half

    @property
    def points(self) -> Interval:
        """Differences that the rounded figures allow, in the sense of the words."""
        d = difference(*self._ends)
        return Interval(-d.high, -d.low) if self.kind == "rank" else d

    @property
    def relative(self) -> Interval:
        """Relative changes that the rounded figures allow [percent]."""
        return relative_change(*self._ends)

    @property
    def printed_relative(self) -> float:
        """Relative change of the figures as printed [percent]."""
        earlier = self.earlier.value
        return 100 * (self.later.value / earlier - 1) if earlier > 0 else inf

    @property
    def _ends(self) -> tuple[float, float, float, float]:
        return self.earlier.value, self.earlier.half, self.later.value, self.later.half

    @property
    def unit(self) -> str:
        """Unit of the difference."""
        return _DIFFERENCE.get(self.kind, "count")

    def facts(self, relative: bool = False) -> dict[str, Said]:
        """Give what a reason tells of the change, its interval in points or in percent."""
        interval = self.relative if relative else self.points
        unit = "rel_change_percent" if relative else self.unit
        return {
            "earlier": self.earlier,
            "later": self.later,
            "points": Amount((round(self.up, 10),), self.unit),
            "relative": Amount((self.printed_relative,), "rel_change_percent"),
            "allowed": Amount(interval[:2], unit),
        }


@dataclass(frozen=True)
class Case:
    """The figures a sentence is checked against, and what is known of them as a pair."""

    sides: tuple[Side, ...]
    change: Change | None = None
    comparison: Any = None
    sentence: str = ""
    lang: str = "en"

    @property
    def refused(self) -> bool:
        """True if the figures may not be compared."""
        return self.comparison is not None and self.comparison.verdict == "not_comparable"

    def between(self, q: Claimed) -> Change | None:
        """Give the step a quantity speaks of: "from A to B" takes the figures as given."""
        change = self.change
        if change is None or change.in_time or q.kind not in ("from", "to", "from_to"):
            return change
        first, second = self.sides
        return Change(first, second, in_time=False)

    def fired(self, rule: str, severities: str = "ICN") -> tuple[Any, ...]:
        """Give the findings of a rule."""
        found = self.comparison.findings if self.comparison is not None else ()
        return tuple(f for f in found if f.rule == rule and f.severity in severities)

    @property
    def kind(self) -> Said:
        """Name the kinds of figures."""
        kinds = dict.fromkeys(side.kind for side in self.sides)
        return Several(tuple(Word(kind) for kind in kinds), ", ")
