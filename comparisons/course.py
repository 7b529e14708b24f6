"""The course of an indicator in each country: its steps, breaks and changes."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from comparisons.judging import Judged, judged
from comparisons.parts import VERDICTS, records, worst
from comparisons.render.amounts import DIFFERENCES, digits
from comparisons.selection import named
from comparisons.stats.series import Ints, Mask, comparable_length, segments, steps, wide_gaps
from comparisons.texts import Texts, each, texts

if TYPE_CHECKING:
    import pandas as pd

    from benchmark.figures import Evidence
    from benchmark.rules.config import Thresholds

_REFUSED = 2
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Change:
    """Differences of pairs of points, with the bounds that rounding leaves open.

    Parameters
    ----------
    value, low, high : ndarray of float
        Not-a-number where no difference may be computed or its rounding is not known.
    decimals, bound_decimals : ndarray of float
        Digits to print.
    """

    value: Floats
    low: Floats
    high: Floats
    decimals: Floats
    bound_decimals: Floats


@dataclass(frozen=True)
class Course:
    """What happens along the points of a table sorted by country and year.

    Parameters
    ----------
    group : ndarray of int
        Country of each point.
    steps, ends : Judged
        Steps from each point to the next; first and last point since the last break.
    step_changes, end_changes : Change
        The difference of each of those pairs.
    segment, line, length : ndarray of int
        For each point: the part between breaks, the part between breaks and wide gaps, and the
        number of points since the last break.
    unit : str
        Unit of the differences.
    insisted : bool
        True where changes that the rules forbid were let through.
    """

    group: Ints
    steps: Judged
    ends: Judged
    step_changes: Change
    end_changes: Change
    segment: Ints
    line: Ints
    length: Ints
    unit: str
    insisted: bool

    @property
    def refused(self) -> Mask:
        """Steps whose ends are not comparable."""
        return np.asarray(self.steps.judgement.verdict == _REFUSED)

    @property
    def verdict(self) -> str:
        """The worst verdict on any change that is computed; not comparable where none is."""
        found = []
        for one in (self.steps, self.ends):
            codes = one.judgement.verdict
            kept = codes if self.insisted else codes[codes < _REFUSED]
            found += [VERDICTS[code] for code in np.unique(kept)]
        return worst(found) or VERDICTS[_REFUSED]


def follow(
    evidence: "Evidence", table: "pd.DataFrame", config: "Thresholds", insisted: bool
) -> Course:
    """Judge the steps of every country and compute the changes that are allowed.

    Parameters
    ----------
    evidence : Evidence
        Figures and registry.
    table : DataFrame
        Cells of one indicator, sorted by country and year.
    config : Thresholds
        Thresholds of the rules.
    insisted : bool
        Compute changes that the rules forbid, too.

    Returns
    -------
    Course
    """
    group = np.unique(table["country"].to_numpy(dtype=str), return_inverse=True)[1]
    rows = table["obs"].to_numpy()
    labels = point_ids(table), point_names(table)
    between = judged(evidence, rows, steps(group), labels, config)
    broken = between.j[between.judgement.verdict == _REFUSED]
    segment = segments(group, broken)
    ends = judged(evidence, rows, _ends(group, segment), labels, config)
    ends = replace(ends, scope=texts("trend.endpoint_scope"))
    unit = str(table["unit"].iloc[0])
    return Course(
        group=group,
        steps=between,
        ends=ends,
        step_changes=_changes(table, between, unit, insisted),
        end_changes=_changes(table, ends, unit, insisted),
        segment=segment,
        line=segments(group, np.union1d(broken, wide_gaps(group, table["year"].to_numpy()))),
        length=comparable_length(group, segment),
        unit=DIFFERENCES[unit],
        insisted=insisted,
    )


def point_ids(table: "pd.DataFrame") -> list[str]:
    """Name every point as `NOR/2019`."""
    return [f"{code}/{year}" for code, year in zip(table["country"], table["year"], strict=True)]


def point_names(table: "pd.DataFrame") -> list[Texts]:
    """Name every point in words."""
    return [point_name(row["country"], row["year"]) for row in records(table)]


def point_name(country: str, year: int) -> Texts:
    """Name a point in words, as "Norway 2019"."""
    name = named(country)
    return each(lambda lang: f"{name[lang]} {year}")


def _ends(group: Ints, segment: Ints) -> tuple[Ints, Ints]:
    """Pair the first and the last point since the last break, where others lie between."""
    last = np.flatnonzero(np.append(group[1:] != group[:-1], True))
    code = group * (segment.max(initial=0) + 1) + segment
    first = np.searchsorted(code, code[last])
    far = last - first > 1
    return first[far], last[far]


def _changes(table: "pd.DataFrame", pairs: Judged, unit: str, insisted: bool) -> Change:
    from benchmark.rules.pairs import Pairs
    from benchmark.rules.values import FACTOR

    judgement = pairs.judgement
    batch = Pairs(judgement.columns, judgement.i, judgement.j, judgement.config)
    scale = FACTOR[unit] if unit == "index_0_1" else 1.0
    allowed = np.full(len(batch), True) if insisted else judgement.verdict < _REFUSED
    values = table["value"].to_numpy()
    factor = FACTOR.get(unit, 1.0) / scale * 10.0 ** table["unit_mult"].to_numpy()[pairs.j]
    change = np.where(allowed, (values[pairs.j] - values[pairs.i]) * factor, np.nan)
    room = np.where(batch.levels, batch.rounding / scale, np.nan)
    decimals, bounds = _decimals(table["decimals"].to_numpy(), pairs, values, unit)
    return Change(change, change - room, change + room, decimals, bounds)


def _decimals(printed: Floats, pairs: Judged, values: Floats, unit: str) -> tuple[Floats, Floats]:
    """Print as many digits as the finer of the two figures; bounds need one more if they differ."""
    shift = 2 if unit == "fraction" else 0
    a, b = printed[pairs.i] - shift, printed[pairs.j] - shift
    written = np.array([float(digits(value)) for value in values])
    known = np.isfinite(a + b)
    finer = np.fmax(written[pairs.i], written[pairs.j])
    decimals = np.where(known, np.fmax(np.fmax(a, b), 0), finer)
    return decimals, decimals + (known & (a != b))
