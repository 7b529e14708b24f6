"""The lines of a profile: one indicator, the country and the peers that stand beside it."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from benchmark.errors import BenchmarkError, NoData, NotComparable
from comparisons.cells import Cells, cells_at
from comparisons.judging import Judged
from comparisons.parts import Missing
from comparisons.refusals import Spoken
from comparisons.selection import named, select, title
from comparisons.standing import Standing, stand
from comparisons.texts import Texts, each, same, texts

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

    from benchmark.figures import Evidence
    from benchmark.rules.config import Thresholds


@dataclass(frozen=True)
class Line:
    """One indicator of a profile: its cells, the country's first, and the pairs judged."""

    indicator: str
    table: "pd.DataFrame"
    judged: Judged
    verdict: str
    left: tuple[Missing, ...]


def line_of(
    cube: "xr.Dataset",
    evidence: "Evidence",
    indicator: str,
    code: str,
    others: tuple[str, ...],
    year: int | None,
    config: "Thresholds",
) -> Line | Missing:
    """Set out one indicator, or say why it is left out.

    Parameters
    ----------
    cube : xarray.Dataset
        dims (country, indicator, year).
    evidence : Evidence
        Figures and registry.
    indicator : str
        Its id.
    code : str
        The country.
    others : tuple of str
        Its peers.
    year : int, optional
        Take the newest figure up to this year.
    config : Thresholds
        Thresholds of the rules.

    Returns
    -------
    Line or Missing
    """
    name = title(evidence, indicator)
    what = texts("profile.line", indicator=name, country=named(code))
    if evidence.registry.indicators[indicator]["unit"] == "rank":
        return Missing(name, texts("profile.rank"))
    try:
        series = select(cube, [indicator])
    except NoData:
        return Missing(name, texts("profile.no_figure", country=named(code)))
    when = _newest(series, code, year)
    if when is None:
        return Missing(name, texts("profile.no_figure", country=named(code)))
    cells = cells_at(evidence, series, when, (code, *others))
    table = _first(cells.table[cells.those((code, *others))], code)
    if len(table) < 2:
        return Missing(name, texts("profile.no_peer", year=when))
    try:
        everybody = np.ones(len(table), dtype=bool)
        standing = stand(evidence, table, everybody, config, None, what)
    except NotComparable as error:
        return Missing(name, _reason(error))
    return _stood(indicator, name, code, cells, table, standing)


def _first(table: "pd.DataFrame", code: str) -> "pd.DataFrame":
    """Set the country before its peers."""
    order = np.argsort((table["country"] != code).to_numpy(), kind="stable")
    return table.iloc[order].reset_index(drop=True)


def _stood(
    indicator: str, name: Texts, code: str, cells: Cells, table: "pd.DataFrame", standing: Standing
) -> Line | Missing:
    """Keep those that stand together, unless the country itself stands apart."""
    if not standing.ranked[0]:
        return Missing(name, texts("profile.apart", country=named(code)))
    ids = tuple(f"{indicator}/{one}" for one in table["country"])
    among = replace(standing.among, ids=ids, scope=name)
    apart = [
        Missing(named(one), texts("peers.apart")) for one in table["country"][~standing.ranked]
    ]
    left = tuple(
        replace(one, reason=texts("note.scoped", scope=name, places=one.reason))
        for one in (*cells.missing, *apart)
    )
    kept = table[standing.ranked].reset_index(drop=True)
    return Line(indicator, kept, among, standing.verdict, left)


def _newest(series: "pd.DataFrame", code: str, year: int | None) -> int | None:
    own = series[(series["country"] == code) & series["value"].notna()]["year"]
    own = own if year is None else own[own <= year]
    return int(own.max()) if len(own) else None


def _reason(error: BenchmarkError) -> Texts:
    """Put a refusal on one line: reasons, without what could be done instead."""
    told = error.texts if isinstance(error, Spoken) else same(str(error))

    def write(lang: str) -> str:
        lines = told[lang].split("\n")
        return " ".join(line.strip(" -") for line in lines if line.startswith("  - C")) or lines[0]

    return each(write)
