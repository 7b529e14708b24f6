"""The place of a table's scores among all countries, where the rules allow it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from benchmark.areas import is_aggregate
from comparisons.judging import Judged, among_all, judged, part
from comparisons.parts import VERDICTS, worst
from comparisons.selection import named, select, split_missing
from comparisons.stats.ranks import competition
from comparisons.texts import Texts, texts

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

    from benchmark.figures import Evidence
    from benchmark.rules.config import Thresholds

_REFUSED = len(VERDICTS) - 1
_RANKED_UNITS = ("score_0_100", "index_0_1")


@dataclass(frozen=True)
class Pools:
    """Places among all countries.

    Parameters
    ----------
    rank, n : ndarray of float
        For each cell its place and the number of countries; not-a-number where none is given.
    groups : mapping of str to Judged
        For each row the pairs that those places rest on.
    """

    rank: NDArray[np.float64]
    n: NDArray[np.float64]
    groups: Mapping[str, Judged]

    def verdict(self, row: str, among: str) -> str:
        """Give the verdict on the places of a row, `among` being that on its own pairs."""
        if row not in self.groups:
            return ""
        codes = self.groups[row].judgement.verdict
        kept = codes[codes < _REFUSED]
        return worst([among, VERDICTS[int(kept.max())] if len(kept) else ""])


def place_among_all(
    cube: "xr.Dataset",
    evidence: "Evidence",
    cells: "pd.DataFrame",
    groups: Mapping[str, Judged],
    config: "Thresholds",
) -> Pools:
    """Rank the scores of a table among all countries.

    Only rows are ranked whose cells are scores of one indicator in one year and may be compared;
    countries that may not be compared with them leave the pool.

    Parameters
    ----------
    cube : xarray.Dataset
        dims (country, indicator, year).
    evidence : Evidence
        Figures and registry.
    cells : DataFrame
        The cells of the table.
    groups : mapping of str to Judged
        The pairs judged in each row.
    config : Thresholds
        Thresholds of the rules.

    Returns
    -------
    Pools
    """
    rank, n = np.full(len(cells), np.nan), np.full(len(cells), np.nan)
    rows = [row for row in groups if _may_be_placed(cells[cells["row"] == row], groups[row])]
    pool = _pool(cube, cells[cells["row"].isin(rows)])
    if not len(pool):
        return Pools(rank, n, {})
    against = _against(evidence, pool, config)
    refused = against.judgement.verdict == _REFUSED
    counted = ~np.isin(np.arange(len(pool)), against.j[refused])
    for row in rows:
        inside = (pool["row"] == row).to_numpy(dtype=bool) & counted
        direction = evidence.registry.indicators[pool["indicator"][inside].iloc[0]]["direction"]
        places = competition(pool["value"][inside], direction)
        by_country = dict(zip(pool["country"][inside], places, strict=True))
        mine = np.flatnonzero(cells["row"] == row)
        rank[mine] = [by_country[code] for code in cells["country"].iloc[mine]]
        n[mine] = inside.sum()
    return Pools(rank, n, dict(_groups(rows, groups, pool, against)))


def _may_be_placed(cells: "pd.DataFrame", group: Judged) -> bool:
    alike = cells["indicator"].nunique() == 1 and cells["year"].nunique() == 1
    return bool(
        alike and cells["unit"].isin(_RANKED_UNITS).all() and group.verdict != VERDICTS[_REFUSED]
    )


def _pool(cube: "xr.Dataset", cells: "pd.DataFrame") -> "pd.DataFrame":
    """List all countries for the indicator and year of each row; mark those in the table."""
    wanted = cells[["row", "indicator", "year"]].drop_duplicates()
    found, _ = split_missing(
        select(cube, wanted["indicator"].tolist(), None, sorted(set(wanted["year"])))
    )
    apart = found["country"].map(is_aggregate).to_numpy(dtype=bool)
    pool = wanted.merge(found[~apart], on=["indicator", "year"])
    shown = set(zip(cells["row"], cells["country"], strict=True))
    keys = zip(pool["row"], pool["country"], strict=True)
    return pool.assign(shown=[key in shown for key in keys])


def _against(evidence: "Evidence", pool: "pd.DataFrame", config: "Thresholds") -> Judged:
    """Judge the countries of the table against the others, row by row."""
    row, shown = pool["row"].to_numpy(dtype=str), pool["shown"].to_numpy(dtype=bool)
    mine, others = np.flatnonzero(shown), np.flatnonzero(~shown)
    i, j = (grid.ravel() for grid in np.meshgrid(mine, others))
    inside = row[i] == row[j]
    labels = _labels(pool)
    return judged(evidence, pool["obs"].to_numpy(), (i[inside], j[inside]), labels, config)


def _labels(pool: "pd.DataFrame") -> tuple[list[str], list[Texts]]:
    keys = zip(pool["row"], pool["country"], strict=True)
    return [f"{row}/{code}" for row, code in keys], [named(code) for code in pool["country"]]


def _groups(
    rows: Sequence[str], groups: Mapping[str, Judged], pool: "pd.DataFrame", against: Judged
) -> Iterator[tuple[str, Judged]]:
    of_pair = pool["row"].to_numpy(dtype=str)[against.i]
    whole = among_all(against, texts("ranking.pool_scope"))
    for row in rows:
        yield row, part(whole, of_pair == row, groups[row].scope)
