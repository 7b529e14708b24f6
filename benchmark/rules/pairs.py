"""Pairs of figures: the quantities that several rules share, computed once a batch.

All answers are arrays with one entry a pair. Unknown never equals anything, and two figures
differ in a key only where both state it.
"""

from collections.abc import Callable
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmark.rules.columns import Columns, IntArray
from benchmark.rules.config import Thresholds
from benchmark.rules.rows import CLASSES, DERIVED, UNLISTED

Mask = NDArray[np.bool_]
Floats = NDArray[np.float64]
Severity = NDArray[np.int8]

SLACK = 1e-9
"""Differences of decimal numbers below this are none [common unit]."""

_MIRROR = {"share": 100.0, "score": 100.0, "change_pp": 0.0, "change_rel": 0.0, "net_points": 0.0}
"""What a value and its exact complement add up to, by class of unit."""


class Pairs:
    """A batch of pairs.

    Parameters
    ----------
    columns : Columns
        Metadata of the figures.
    i, j : ndarray of int
        First and second figure of each pair.
    config : Thresholds
        Where the rules draw their lines.
    """

    def __init__(self, columns: Columns, i: IntArray, j: IntArray, config: Thresholds) -> None:
        self.columns, self.i, self.j, self.config = columns, i, j, config
        self._sides: dict[str, tuple[NDArray[Any], NDArray[Any]]] = {}
        self._masks: dict[tuple[str, str], Mask] = {}

    def __len__(self) -> int:
        """Count the pairs."""
        return len(self.i)

    def subset(self, mask: Mask) -> "Pairs":
        """Keep some of the pairs.

        Parameters
        ----------
        mask : ndarray of bool
            Those to keep.

        Returns
        -------
        Pairs
            A new batch; the same one where all are kept.
        """
        if mask.all():
            return self
        return Pairs(self.columns, self.i[mask], self.j[mask], self.config)

    def both(self, name: str) -> tuple[NDArray[Any], NDArray[Any]]:
        """Read one column for both sides.

        Parameters
        ----------
        name : str
            A metadata key (its codes, -1 unknown) or a column of `rows.DERIVED`.

        Returns
        -------
        tuple of ndarray
            First and second figure.
        """
        if name not in self._sides:
            codes = self.columns.codes
            column = codes[name] if name in codes else self.columns.derived(name, DERIVED[name])
            self._sides[name] = column[self.i], column[self.j]
        return self._sides[name]

    def kept(self, name: str, make: Callable[["Pairs"], Mask]) -> Mask:
        """Keep what several rules ask for, so that it is computed once a batch.

        Parameters
        ----------
        name : str
            Under which it is kept.
        make : callable
            Computes it.

        Returns
        -------
        ndarray of bool
            One entry a pair.
        """
        if ("kept", name) not in self._masks:
            self._masks["kept", name] = make(self)
        return self._masks["kept", name]

    def _mask(self, kind: str, name: str) -> Mask:
        if (kind, name) not in self._masks:
            a, b = self.both(name)
            unknown = np.minimum(a, b) < 0
            if kind == "same":
                found = (a == b) & (a >= 0)
            elif kind == "differ":
                found = (a != b) & ~unknown
            elif kind == "unknown":
                found = unknown
            else:
                found = np.maximum(a, b) < 0
            self._masks[kind, name] = found
        return self._masks[kind, name]

    def same(self, name: str) -> Mask:
        """Find pairs in which both sides state a key and agree.

        Parameters
        ----------
        name : str
            A metadata key or a column of codes, here and below.

        Returns
        -------
        ndarray of bool
            One entry a pair, here and below.
        """
        return self._mask("same", name)

    def differ(self, name: str) -> Mask:
        """Pairs in which both sides state the key and disagree."""
        return self._mask("differ", name)

    def unknown(self, name: str) -> Mask:
        """Pairs in which at least one side does not state the key."""
        return self._mask("unknown", name)

    def neither(self, name: str) -> Mask:
        """Pairs in which no side states the key."""
        return self._mask("neither", name)

    def one_sided(self, name: str) -> Mask:
        """Pairs in which exactly one side states the key."""
        return np.asarray(self.unknown(name) & ~self.neither(name))

    def equal_or_absent(self, name: str) -> Mask:
        """Pairs in which both sides state the same or both state nothing."""
        a, b = self.both(name)
        return np.asarray(a == b)

    def all_of(self, name: str) -> Mask:
        """Pairs in which a derived yes-or-no column holds on both sides."""
        a, b = self.both(name)
        return np.asarray(a & b)

    def any_of(self, name: str) -> Mask:
        """Pairs in which a derived yes-or-no column holds on at least one side."""
        a, b = self.both(name)
        return np.asarray(a | b)

    def of_class(self, *names: str) -> Mask:
        """Pairs whose units are both of one of these classes."""
        a, b = self.both("unit_class")
        found = np.zeros(len(self), dtype=bool)
        for name in names:
            found |= a == CLASSES.index(name)
        return np.asarray(found & (a == b))

    @cached_property
    def unlisted(self) -> Mask:
        """Pairs with a unit that is in no class."""
        a, b = self.both("unit_class")
        return np.asarray((a == UNLISTED) | (b == UNLISTED))

    @cached_property
    def surveys(self) -> Mask:
        """Pairs of surveys."""
        return self.all_of("survey")

    @cached_property
    def shares(self) -> Mask:
        """Pairs of shares."""
        return self.of_class("share")

    @cached_property
    def levels(self) -> Mask:
        """Pairs of shares and pairs of scores."""
        return self.of_class("share", "score")

    @cached_property
    def ranks(self) -> Mask:
        """Pairs of ranks in one concept."""
        return self.of_class("rank") & self.same("concept")

    @cached_property
    def same_instrument(self) -> Mask:
        """Pairs from one wave of one programme."""
        return self.same("programme") & self.same("wave")

    @cached_property
    def in_time(self) -> Mask:
        """Pairs of one country and concept at two points in time."""
        a, b = self.both("middle")
        moved = (a != b) & ~self.unknown("period")
        return np.asarray(moved & self.same("country") & self.same("concept"))

    @cached_property
    def second_is_later(self) -> Mask:
        """Pairs in time whose second figure is the later one."""
        a, b = self.both("middle")
        return np.asarray(self.in_time & (b > a))

    @cached_property
    def opposite(self) -> Mask:
        """Pairs of one concept with opposite directions."""
        return self.same("concept") & self.differ("direction")

    @cached_property
    def reversed(self) -> Mask:
        """Pairs of exact complements: the figure whose low values are good is turned round."""
        return self.opposite & self.all_of("exact_complement")

    @cached_property
    def same_question(self) -> Mask:
        """Pairs of two categories of one question."""
        found = self.same("family") & self.differ("concept")
        for key in ("question", "programme", "base", "period", "country"):
            found = found & self.same(key)
        return found

    @cached_property
    def values(self) -> tuple[Floats, Floats]:
        """Both values in common units and, where they can be, in one direction."""
        a, b = self.both("common_value")
        if not self.reversed.any():
            return a, b
        sums = np.array([_MIRROR.get(name, np.nan) for name in (*CLASSES, "")])
        mirror = sums[self.both("unit_class")[0]]
        low_a, low_b = self.both("down")
        return (
            np.where(self.reversed & low_a, mirror - a, a),
            np.where(self.reversed & low_b, mirror - b, b),
        )

    @cached_property
    def distance(self) -> Floats:
        """Absolute difference after conversion [common unit]."""
        a, b = self.values
        return np.abs(a - b)

    @cached_property
    def rounding(self) -> Floats:
        """Half a unit in the last digit of the one plus of the other figure [common unit]."""
        a, b = self.both("half")
        return np.asarray(a + b)

    @cached_property
    def base_known(self) -> Mask:
        """Pairs of which both sides state the sample size of the base."""
        return ~np.isnan(self.sampled[0] + self.sampled[1])

    @cached_property
    def sampled(self) -> tuple[Floats, Floats]:
        """Effective sample sizes of both sides."""
        return self.both("n_eff")


def grade(n: Mask | None = None, c: Mask | None = None, i: Mask | None = None) -> Severity:
    """Join the clauses of a rule: the worst that holds counts.

    Parameters
    ----------
    n, c, i : ndarray of bool, optional
        Pairs that are not comparable, need caution, get a note.

    Returns
    -------
    ndarray of int8
        0 none, 1 note, 2 caution, 3 not comparable.
    """
    found: Any = np.int8(0)
    for severity, mask in ((1, i), (2, c), (3, n)):
        if mask is not None:
            found = np.maximum(found, mask.view(np.int8) * np.int8(severity))
    return np.asarray(found, dtype=np.int8)
