"""The pace a target requires, and how far countries have kept to it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from comparisons.cells import Floats, levels
from comparisons.judging import Judged, judged, part
from comparisons.places import Mask
from comparisons.selection import named, split_missing
from comparisons.stats.gap import gap, pace, pace_class, progress
from comparisons.texts import Texts, each, texts

if TYPE_CHECKING:
    from benchmark.figures import Evidence
    from benchmark.rules.config import Thresholds

_REFUSED = 2


@dataclass(frozen=True)
class Pace:
    """What is said of the way to a target, along the countries of a table.

    Parameters
    ----------
    required : ndarray of float
        Change a year that leads to the target in time [unit of differences a year].
    since : ndarray of float
        Year the growth so far is counted from.
    progress : ndarray of float
        Growth so far as part of the growth required since then.
    klass : tuple of str
        Its class.
    steps : Judged, optional
        The pairs the growth rests on.
    """

    required: Floats
    since: Floats
    progress: Floats
    klass: tuple[str, ...]
    steps: Judged | None

    @property
    def verdict(self) -> str:
        """The worst verdict on the steps that are used."""
        return self.steps.verdict if self.steps is not None else ""


def paces(
    evidence: "Evidence",
    series: pd.DataFrame,
    table: pd.DataFrame,
    kept: Mask,
    target: tuple[float, int],
    direction: int,
    since: int | None,
    config: "Thresholds",
    override: bool,
) -> Pace:
    """Work out the pace to a target for every country.

    Parameters
    ----------
    evidence : Evidence
        Figures and registry.
    series : DataFrame
        All cells of the indicator.
    table : DataFrame
        The cells of the year, one a country.
    kept : ndarray of bool
        Those that have a gap.
    target : tuple
        Level wanted [unit of differences] and year.
    direction : {1, -1}
        1 if high is good.
    since : int, optional
        Year growth is counted from; by default the first of the years up to now that are all
        comparable with now.
    config : Thresholds
        Thresholds of the rules.
    override : bool
        Count growth over steps that the rules forbid, too.

    Returns
    -------
    Pace
    """
    wanted, year = target
    value, now = levels(table), int(table["year"].iloc[0])
    past = _past(series, table[kept], now, since)
    steps = _judged(evidence, table, past, config)
    base = _base(table, past, steps, override)
    start, first = np.full((2, len(table)), np.nan)
    found = base >= 0
    start[found] = levels(past)[base[found]]
    first[found] = past["year"].to_numpy()[base[found]]
    ratio = progress(start, value, wanted, now - first, year - first)
    reached = gap(value, wanted, direction) <= 0
    klass = [
        pace_class(float(one), bool(done)) if here else ""
        for one, done, here in zip(ratio, reached, kept, strict=True)
    ]
    used = np.isin(np.arange(len(past)), base[found])
    required = np.where(kept & ~reached, pace(value, wanted, year - now), np.nan)
    ratio = np.where(kept, ratio, np.nan)
    scoped = part(steps, used, texts("gap.since_scope")) if used.any() else None
    return Pace(required, first, ratio, tuple(klass), scoped)


def _past(series: pd.DataFrame, table: pd.DataFrame, now: int, since: int | None) -> pd.DataFrame:
    there, _ = split_missing(series[series["country"].isin(table["country"])])
    wanted = there["year"] < now if since is None else there["year"] == min(since, now - 1)
    return there[wanted].sort_values(["country", "year"], ignore_index=True)


def _judged(
    evidence: "Evidence", table: pd.DataFrame, past: pd.DataFrame, config: "Thresholds"
) -> Judged:
    """Judge every earlier figure with the one of its country now."""
    whole = pd.concat([table, past], ignore_index=True)
    ids = [f"{row.country}/{row.year}" for row in whole[["country", "year"]].itertuples()]
    names = [_point(code, year) for code, year in zip(whole["country"], whole["year"], strict=True)]
    now = {code: k for k, code in enumerate(table["country"])}
    earlier = len(table) + np.arange(len(past))
    later = np.array([now[code] for code in past["country"]], dtype=np.int64)
    return judged(evidence, whole["obs"].to_numpy(), (earlier, later), (ids, names), config)


def _point(code: str, year: int) -> Texts:
    name = named(code)
    return each(lambda lang: f"{name[lang]} {year}")


def _base(
    table: pd.DataFrame, past: pd.DataFrame, steps: Judged, override: bool
) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Find for each country the first of the earlier figures that are all comparable with now."""
    base = np.full(len(table), -1, dtype=np.int64)
    barred = np.zeros(len(table), dtype=bool)
    for k in range(len(past))[::-1]:
        at = int(steps.j[k])
        barred[at] |= steps.judgement.verdict[k] == _REFUSED and not override
        if not barred[at]:
            base[at] = k
    return base
