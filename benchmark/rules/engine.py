"""All rules over all pairs at once: stages, order, verdict."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from benchmark.errors import BenchmarkError
from benchmark.rules import claimed, concept, instrument, provenance, ranks, sampling, time
from benchmark.rules.columns import Columns
from benchmark.rules.config import Thresholds
from benchmark.rules.finding import Finding
from benchmark.rules.pair import Pair
from benchmark.rules.pairs import Mask, Pairs
from benchmark.rules.rule import Rule

_MODULES: Final = (claimed, concept, instrument, provenance, ranks, sampling, time)

RULES: Final[tuple[Rule, ...]] = tuple(
    sorted((rule for module in _MODULES for rule in module.RULES), key=lambda rule: rule.id)
)
"""All rules, in the order of their ids."""

VERDICTS: Final = ("comparable", "caution", "not_comparable")
"""Verdicts by code."""

CHUNK: Final = 1 << 15
"""Pairs examined together: small enough to stay near the processor."""

_VERDICT: Final = np.array([0, 0, 1, 2], dtype=np.int8)
_REFUSED: Final = 3
_BY_STAGE: Final = {
    stage: [k for k, rule in enumerate(RULES) if rule.stage == stage] for stage in (1, 2, 3, 4)
}


@dataclass(frozen=True, eq=False)
class Judgement:
    """What the rules find in a batch of pairs.

    Attributes
    ----------
    columns : Columns
        Metadata of the figures.
    i, j : ndarray of int
        First and second figure of each pair.
    config : Thresholds
        Where the rules drew their lines.
    severity : ndarray of int8, dims (pair, rule)
        0 none, 1 note, 2 caution, 3 not comparable; rules in the order of `RULES`.
    """

    columns: Columns
    i: NDArray[np.int64]
    j: NDArray[np.int64]
    config: Thresholds
    severity: NDArray[np.int8]

    @cached_property
    def verdict(self) -> NDArray[np.int8]:
        """Code of each pair's verdict: 0 comparable, 1 caution, 2 not comparable."""
        worst = np.zeros(len(self.i), dtype=np.int8)
        for found in self.severity.T:
            np.maximum(worst, found, out=worst)
        return _VERDICT[worst]

    @cached_property
    def bits(self) -> NDArray[np.uint64]:
        """Rules that fired for each pair, one bit a rule, the lowest for the first."""
        found = np.zeros(len(self.i), dtype=np.uint64)
        for k, fired in enumerate(self.severity.T):
            found |= (fired > 0).astype(np.uint64) << np.uint64(k)
        return found

    def pair(self, k: int) -> Pair:
        """Read one pair back, with the rules that fired for it.

        Parameters
        ----------
        k : int
            Position of the pair.

        Returns
        -------
        Pair
            Both figures and the severities.
        """
        at = int(k) % max(len(self.i), 1)
        batch = Pairs(self.columns, self.i[at : at + 1], self.j[at : at + 1], self.config)
        row = self.severity[at]
        return Pair(batch, {RULES[r].id: int(row[r]) for r in np.flatnonzero(row)})

    def findings(
        self, k: int, labels: Mapping[str, Mapping[str, str]] | None = None
    ) -> tuple[Finding, ...]:
        """Say what was found for one pair.

        Parameters
        ----------
        k : int
            Position of the pair.
        labels : Mapping, optional
            Titles by language of ids that texts mention (concepts, programmes ...).

        Returns
        -------
        tuple of Finding
            In the order of the rules' ids.
        """
        pair = self.pair(k)
        return tuple(
            Finding(rule.id, "ICN"[pair.fired[rule.id] - 1], tuple(rule.facts(pair)), labels or {})
            for rule in RULES
            if rule.id in pair.fired
        )


def judge(
    columns: Columns, i: ArrayLike, j: ArrayLike, config: Thresholds | None = None
) -> Judgement:
    """Examine pairs of figures.

    Parameters
    ----------
    columns : Columns
        Metadata of the figures, from `from_mappings` or `encode`.
    i, j : array_like of int
        First and second figure of each pair.
    config : Thresholds, optional
        Where the rules draw their lines.

    Returns
    -------
    Judgement
        Severity of every rule for every pair.

    Raises
    ------
    BenchmarkError
        If the pairs are not two lists of equal length of positions of figures.

    Examples
    --------
    >>> from benchmark.rules.columns import from_mappings
    >>> figures = from_mappings([{"unit": "percent", "value": 16}, {"unit": "rank", "value": 18}])
    >>> judge(figures, [0], [1]).verdict
    array([2], dtype=int8)
    """
    first, second = _positions(i, columns.size), _positions(j, columns.size)
    if len(first) != len(second):
        counts = f"{len(first)} and {len(second)}"
        raise BenchmarkError(f"pairs need as many first as second figures; here {counts}")
    config = config or Thresholds()
    severity = np.zeros((len(RULES), len(first)), dtype=np.int8)
    for start in range(0, len(first), CHUNK):
        part = slice(start, start + CHUNK)
        _examine(Pairs(columns, first[part], second[part], config), severity[:, part])
    return Judgement(columns, first, second, config, severity.T)


def _positions(given: ArrayLike, size: int) -> NDArray[np.int64]:
    found = np.asarray(given)
    if found.ndim != 1 or (len(found) and not np.issubdtype(found.dtype, np.integer)):
        raise BenchmarkError("figures of pairs are given as a list of whole numbers")
    if len(found) and not 0 <= found.min() <= found.max() < size:
        raise BenchmarkError(f"figures of pairs are positions from 0 to {size - 1}")
    return found.astype(np.int64)


def _examine(pairs: Pairs, severity: NDArray[np.int8]) -> None:
    """Run the stages; what a stage refuses does not reach the next."""
    everything = np.arange(len(pairs))
    _run(1, pairs, everything, severity)
    alive = ~_refused(1, severity)
    second, places = pairs.subset(alive), everything[alive]
    _run(2, second, places, severity)
    fine = ~_refused(2, severity[:, places])
    _run(3, second.subset(fine), places[fine], severity)
    _run(4, second, places, severity)


def _run(stage: int, pairs: Pairs, places: NDArray[np.int64], severity: NDArray[np.int8]) -> None:
    for k in _BY_STAGE[stage] if len(places) else ():
        found = RULES[k].fires(pairs)
        fired = np.flatnonzero(found)
        severity[k, places[fired]] = found[fired]


def _refused(stage: int, severity: NDArray[np.int8]) -> Mask:
    found: Mask = (severity[_BY_STAGE[stage]] == _REFUSED).any(axis=0)
    return found
