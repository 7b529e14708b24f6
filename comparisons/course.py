"""The course of an indicator in each country: its steps, breaks and changes."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from comparisons.changes import Change, measured
from comparisons.judging import Judged, further, judged
from comparisons.parts import VERDICTS, records, worst
from comparisons.render.amounts import DIFFERENCES
from comparisons.selection import named
from comparisons.slopes import Floats, Slopes, sampled, slopes
from comparisons.stats.series import Ints, Mask, comparable_length, segments, steps, wide_gaps
from comparisons.texts import Texts, each, texts

if TYPE_CHECKING:
    import pandas as pd

    from benchmark.figures import Evidence
    from benchmark.rules.columns import Columns
    from benchmark.rules.config import Thresholds

_REFUSED = 2


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
    slopes : Slopes
        The slope of each part between breaks.
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
    slopes: Slopes
    segment: Ints
    line: Ints
    length: Ints
    unit: str
    insisted: bool

    @property
    def metadata(self) -> "Columns":
        """Comparability metadata of the points."""
        return self.steps.judgement.columns

    @property
    def samples(self) -> tuple[Floats, Floats, Mask]:
        """Respondents in the base, the effective number, and whether it is a survey's share."""
        return sampled(self.metadata)

    @property
    def refused(self) -> Mask:
        """Steps whose ends are not comparable."""
        return np.asarray(self.steps.judgement.verdict == _REFUSED)

    @property
    def verdict(self) -> str:
        """The worst verdict on any change or slope computed; not comparable where none is."""
        found = []
        judged_pairs = self.steps.judgement.verdict, self.ends.judgement.verdict
        for codes in (*judged_pairs, self.slopes.verdict[np.isfinite(self.slopes.slope)]):
            kept = codes if self.insisted else codes[codes < _REFUSED]
            found += [VERDICTS[code] for code in np.unique(kept)]
        return worst(found) or VERDICTS[_REFUSED]


def follow(
    evidence: "Evidence",
    table: "pd.DataFrame",
    config: "Thresholds",
    insisted: bool,
    margin: float | None = None,
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
    margin : float, optional
        Distance from zero that counts as unchanged [unit of the changes].

    Returns
    -------
    Course
    """
    group = np.unique(table["country"].to_numpy(dtype=str), return_inverse=True)[1]
    labels = point_ids(table), point_names(table)
    between = judged(evidence, table["obs"].to_numpy(), steps(group), labels, config)
    broken = between.j[between.judgement.verdict == _REFUSED]
    segment = segments(group, broken)
    ends = further(between, _ends(group, segment), texts("trend.endpoint_scope"))
    step_changes, end_changes = measured(table, (between, ends), insisted, margin)
    parts = np.unique(np.stack([group, segment]), axis=1, return_inverse=True)[1].ravel()
    return Course(
        group=group,
        steps=between,
        ends=ends,
        step_changes=step_changes,
        end_changes=end_changes,
        slopes=slopes(table, parts, between, insisted),
        segment=segment,
        line=segments(group, np.union1d(broken, wide_gaps(group, table["year"].to_numpy()))),
        length=comparable_length(group, segment),
        unit=DIFFERENCES[str(table["unit"].iloc[0])],
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
