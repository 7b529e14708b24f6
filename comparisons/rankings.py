"""Rankings of the same countries, each judged by itself."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from benchmark.errors import BenchmarkError
from comparisons.judging import Judged
from comparisons.places import Mask
from comparisons.selection import select, title
from comparisons.standing import Standing, stand
from comparisons.stats.ranks import Floats, competition
from comparisons.texts import Texts, each, same, texts
from comparisons.yearly import present

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

    from benchmark.figures import Evidence
    from benchmark.rules.config import Thresholds


@dataclass(frozen=True)
class Ranking:
    """One of the rankings compared.

    Parameters
    ----------
    table : DataFrame
        Its cells in the common set, sorted by country.
    name : mapping
        What tells it apart from the others.
    direction : {1, -1}
        1 if the highest value is best.
    standing : Standing
        What the rules say of its countries.
    """

    table: "pd.DataFrame"
    name: Texts
    direction: int
    standing: Standing

    @property
    def id(self) -> str:
        """Name it as `indicator/year`."""
        first = self.table.iloc[0]
        return f"{first['indicator']}/{first['year']}"

    def places(self, kept: Mask) -> Floats:
        """Rank the countries that stand in all rankings."""
        return competition(np.where(kept, self.table["value"], np.nan), self.direction)

    @property
    def judged(self) -> Judged:
        """The pairs of its countries, as notes on this ranking."""
        among = self.standing.among
        return replace(among, ids=(self.id,) * len(among.ids), scope=self.name)


def asked_rankings(
    indicators: str | Sequence[str], years: int | Sequence[int]
) -> list[tuple[str, int]]:
    """List the rankings to be compared, each once.

    Parameters
    ----------
    indicators : str or sequence of str
        Ids.
    years : int or sequence of int
        Years.

    Returns
    -------
    list of tuple
        Every indicator with every year.

    Raises
    ------
    BenchmarkError
        If there is one ranking only.

    Examples
    --------
    >>> asked_rankings("un.egdi", [2014, 2016])
    [('un.egdi', 2014), ('un.egdi', 2016)]
    """
    named = [indicators] if isinstance(indicators, str) else list(indicators)
    when = [years] if isinstance(years, int | np.integer) else list(years)
    found = list(dict.fromkeys((name, int(year)) for name in named for year in when))
    if len(found) < 2:
        raise BenchmarkError(
            "agreement is between two rankings or more: give several indicators or several years"
        )
    return found


def cells_of(
    cube: "xr.Dataset", evidence: "Evidence", wanted: tuple[str, int], asked: tuple[str, ...]
) -> "pd.DataFrame":
    """List the countries with a figure for one ranking.

    Parameters
    ----------
    cube : xarray.Dataset
        dims (country, indicator, year).
    evidence : Evidence
        Figures and registry.
    wanted : tuple
        Indicator and year.
    asked : tuple of str
        Countries asked for.

    Returns
    -------
    DataFrame
        One cell a country, sorted by country; averages of countries are left out.
    """
    indicator, year = wanted
    table, _ = present(evidence, indicator, year, select(cube, [indicator]), asked)
    return table.sort_values("country", ignore_index=True)


def judge(
    evidence: "Evidence",
    table: "pd.DataFrame",
    name: Texts,
    how: tuple["Thresholds", str | None],
    what: Texts,
) -> Ranking:
    """Judge the countries of one ranking.

    Parameters
    ----------
    evidence : Evidence
        Figures and registry.
    table : DataFrame
        Its cells in the common set.
    name : mapping
        What tells it apart.
    how : tuple
        Thresholds of the rules, and a reason for ranking what they forbid.
    what : mapping
        What a refusal names.

    Returns
    -------
    Ranking

    Raises
    ------
    NotComparable
        If its figures may not be ranked together.
    """
    whole = table.reset_index(drop=True)
    everyone = np.ones(len(whole), dtype=bool)
    indicator = str(whole["indicator"].iloc[0])
    direction = int(evidence.registry.indicators[indicator]["direction"])
    told = texts("ranks.agreement.inside", what=what, ranking=name)
    return Ranking(whole, name, direction, stand(evidence, whole, everyone, *how, told))


def names(evidence: "Evidence", wanted: Sequence[tuple[str, int]]) -> list[Texts]:
    """Name rankings by what tells them apart: indicator, year or both.

    Parameters
    ----------
    evidence : Evidence
        Figures and registry.
    wanted : sequence of tuple
        Indicator and year of each.

    Returns
    -------
    list of mapping
    """
    if len({name for name, _ in wanted}) == 1:
        return [same(str(year)) for _, year in wanted]
    one_year = len({year for _, year in wanted}) == 1
    return [
        title(evidence, name) if one_year else _of_year(title(evidence, name), year)
        for name, year in wanted
    ]


def _of_year(name: Texts, year: int) -> Texts:
    return each(lambda lang: f"{name[lang]} {year}")
