"""The slope of every comparable part of a series, and a hint at breaks nobody declared."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from benchmark.rules.proportions import p_value
from comparisons.changes import levels
from comparisons.judging import Judged, further, part
from comparisons.parts import VERDICTS
from comparisons.stats.multiple import holm
from comparisons.stats.series import Ints
from comparisons.stats.trends import (
    FEW_POINTS,
    cochran_armitage,
    mann_kendall,
    pettitt,
    theil_sen,
    weighted_slope,
)
from comparisons.texts import texts

if TYPE_CHECKING:
    import pandas as pd

    from benchmark.rules.columns import Columns
    from benchmark.rules.engine import Judgement

Floats = NDArray[np.float64]
FEW_SHARES: Final = 3
"""With two shares of known samples, their difference says all a slope could."""
_REFUSED: Final = len(VERDICTS) - 1
_POINTS: Final = 100.0
_UNLINED: Final = ("rank", "count")
"""Units that no line is laid through: a place depends on the others, a count on its scale."""


@dataclass(frozen=True)
class Slopes:
    """The parts of all series between breaks; every array has one entry a part.

    Parameters
    ----------
    first, last : ndarray of int
        First and last point.
    points : ndarray of int
        Number of points.
    method : ndarray of object
        `weighted` (each share by its precision; Cochran-Armitage), `theil_sen` (median slope on
        real years; Mann-Kendall), `too_few`, `not_comparable`, or empty where the unit has none.
    slope, low, high : ndarray of float
        Slope and its 95 % interval [unit of the changes, a year].
    statistic, p, p_holm : ndarray of float
        Statistic of the test of trend (z or S), its p-value, and that after Holm over the view.
    overlap : ndarray of bool
        Parts whose periods overlap: their points are not independent, so that interval and
        p-value are left out.
    shift, shift_p : ndarray of float
        Last year before the likeliest change of level, and its p-value (Pettitt), from ten points.
    pairs : Judged
        All pairs of points, besides the steps, that a slope rests on.
    verdict : ndarray of int
        Worst verdict on any two points of a slope.
    """

    first: Ints
    last: Ints
    points: Ints
    method: NDArray[np.object_]
    slope: Floats
    low: Floats
    high: Floats
    statistic: Floats
    p: Floats
    p_holm: Floats
    overlap: NDArray[np.bool_]
    shift: Floats
    shift_p: Floats
    pairs: Judged
    verdict: Ints


def slopes(table: "pd.DataFrame", parts: Ints, steps: Judged, insisted: bool) -> Slopes:
    """Compute the slope of each part of the series, where its points allow it.

    Parameters
    ----------
    table : DataFrame
        Points of one indicator, sorted by country and year.
    parts : ndarray of int
        The part each point belongs to, from 0, in the order of the points.
    steps : Judged
        Pairs of points, which know their metadata and names.
    insisted : bool
        Compute slopes that the rules forbid, too.

    Returns
    -------
    Slopes
    """
    first = np.searchsorted(parts, np.arange(parts.max(initial=-1) + 1))
    points = np.bincount(parts)
    _, effective, share = sampled(steps.judgement.columns)
    n = np.where(share, effective, np.nan)
    method = _methods(str(table["unit"].iloc[0]), points, np.bincount(parts, np.isnan(n)))
    inner = _inner(first, points, np.isin(method, ("weighted", "theil_sen")))
    pairs = further(steps, inner)
    pairs = replace(pairs, judgement=_of_levels(pairs.judgement))
    verdict = np.zeros(len(points), dtype=np.int64)
    np.maximum.at(verdict, parts[pairs.i], pairs.judgement.verdict)
    if not insisted:
        method[verdict == _REFUSED] = "not_comparable"
    overlap = np.isin(np.arange(len(points)), parts[pairs.i[_fired(pairs, "C12")]])
    found = _fitted(table, parts, (first, points), method, n, steps.judgement.config.z)
    for name in ("low", "high", "p"):
        found[name] = np.where(overlap, np.nan, found[name])
    return Slopes(
        first=first,
        last=first + points - 1,
        points=points,
        method=method,
        **found,
        p_holm=holm(found["p"]),
        overlap=overlap,
        pairs=part(pairs, pairs.j - pairs.i > 1, texts("trend.slope_scope")),
        verdict=verdict,
    )


def sampled(known: "Columns") -> tuple[Floats, Floats, NDArray[np.bool_]]:
    """Read the samples behind figures.

    Parameters
    ----------
    known : Columns
        Metadata of the figures.

    Returns
    -------
    tuple of ndarray
        Respondents in the base, the effective number (by the design effect, 1 where none is
        stated), and whether the figure is a share from a survey.
    """
    from benchmark.rules.rows import CLASSES, DERIVED

    n, effective, unit, survey = (
        known.derived(name, DERIVED[name]) for name in ("n_base", "n_eff", "unit_class", "survey")
    )
    return n, effective, np.asarray(survey & (unit == CLASSES.index("share")))


def _methods(unit: str, points: Ints, unsampled: Ints | Floats) -> NDArray[np.object_]:
    if unit in _UNLINED:
        return np.full(len(points), "", dtype=object)
    weighted = (unsampled == 0) & (points >= FEW_SHARES)
    chosen = np.select([weighted, points >= FEW_POINTS], ["weighted", "theil_sen"], "too_few")
    return chosen.astype(object)


def _inner(first: Ints, points: Ints, lined: NDArray[np.bool_]) -> tuple[Ints, Ints]:
    """Pair all points of each part that gets a slope."""
    found = [
        start + np.array(np.triu_indices(size, 1))
        for start, size in zip(first[lined], points[lined], strict=True)
    ]
    i, j = np.concatenate(found, axis=1) if found else np.zeros((2, 0), dtype=np.int64)
    return i, j


def _of_levels(judgement: "Judgement") -> "Judgement":
    """Leave out rules that describe the difference of a pair: none is printed here."""
    from benchmark.rules.engine import RULES

    severity = judgement.severity.copy()
    severity[:, [rule.stage == 3 for rule in RULES]] = 0
    return replace(judgement, severity=severity)


def _fired(pairs: Judged, rule: str) -> NDArray[np.bool_]:
    from benchmark.rules.engine import RULES

    return np.asarray(pairs.judgement.severity[:, [one.id for one in RULES].index(rule)] > 0)


def _fitted(
    table: "pd.DataFrame",
    parts: Ints,
    shape: tuple[Ints, Ints],
    method: NDArray[np.object_],
    effective: Floats,
    z: float,
) -> dict[str, Floats]:
    """Fit every part by its method; the points of a part stand in one line of a block."""
    first, points = shape
    where = parts, np.arange(len(parts)) - first[parts]
    blocks = []
    for column in (table["year"].to_numpy(), levels(table), effective):
        block = np.full((len(points), points.max(initial=0)), np.nan)
        block[where] = column
        blocks.append(block)
    year, value, n = blocks
    slope, error = (_POINTS * one for one in weighted_slope(year, value / _POINTS, n))
    trend = cochran_armitage(year, value / _POINTS, n)
    s, _, _, p = mann_kendall(value)
    by_method = {
        "weighted": (slope, slope - z * error, slope + z * error, trend, p_value(trend)),
        "theil_sen": (*theil_sen(year, value, z), s, p),
    }
    rows = [
        np.select([method == one for one in by_method], found, np.nan)
        for found in zip(*by_method.values(), strict=True)
    ]
    _, before, shift_p = pettitt(value)
    years = np.take_along_axis(year, before[:, None] - 1, axis=1)[:, 0]
    names = ("slope", "low", "high", "statistic", "p")
    return dict(zip(names, rows, strict=True)) | {
        "shift": np.where(np.isfinite(shift_p), years, np.nan),
        "shift_p": shift_p,
    }
