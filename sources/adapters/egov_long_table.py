"""The long table of the eGovernment Benchmark: all scores of 2012 to 2022, one a row.

Two of its faults are mended here, a third is avoided. The column `variable` is empty up to 2019:
the rows of a country and year come in blocks, one an indicator, in the order of the official codes
of that time, so the code follows from the place. Later codes differ in case. The overall score of
the single life events of 2022 counts one dimension as zero and is passed over.
"""

from collections.abc import Iterator
from functools import cache

import numpy as np
import pandas as pd

from sources.adapters.egov_official import area, complete, edition, refuse, strangers, unread
from sources.adapters.egov_scores import table
from sources.adapters.egov_tables import LONG_TABLE, counts
from sources.readers.workbook import Source, read_table
from sources.table import Table

SHEET = "Machine Readable Format"
_STUB = ("year", "Country", "variable", "brkdown", "unit")
_UNITED = "EGOV_LIFE_EVENTS"

EVENTS = (
    *("regular_business", "moving", "transport", "small_claims", "business_start_up"),
    *("family", "career", "studying", "health"),
)
"""Life events in the order of their numbers in the file, from 1."""

_ORDERS = {range(2012, 2016): "order_2012_2015", range(2016, 2020): "order_2016_2019"}
"""Columns of the crosswalk with the order of the codes in years for which the file has none."""


def read_long_table(source: Source) -> pd.DataFrame:
    """Read the official table in machine-readable format.

    Parameters
    ----------
    source : str, Path or bytes
        The official workbook.

    Returns
    -------
    DataFrame
        Scores (see `egov_scores`), with the ``status`` of cells that hold no number, and with
        country scores of 2012 that are derived from those of three life events.

    Raises
    ------
    BenchmarkError
        Names every cell or run of rows that is not understood, and what was expected.
    """
    found, year, event = open_long_table(source)
    cells = found.frame
    indicator = indicators(found, year, event)
    scores = _name(cells, indicator, year, event)
    observed = complete(scores, found, cells)
    wrong = (indicator == "overall") & (year == 2022) & (event > 0)
    observed = observed[~wrong]
    return pd.concat([observed, _single(observed), _derive(observed)], ignore_index=True)


def open_long_table(source: Source) -> tuple[Table, pd.Series, pd.Series]:
    """Open the official table, and read the years and life events of its rows.

    Parameters
    ----------
    source : str, Path or bytes
        The official workbook.

    Returns
    -------
    Table
        As `sources.readers.workbook.read_table` gives it.
    Series of int
        Year of each row.
    Series of int
        Number of its life event, 0 for all of them.

    Raises
    ------
    BenchmarkError
        Names every cell that is not understood.
    """
    found = read_table(source, SHEET, _STUB)
    cells = found.frame
    names = {_UNITED: 0, **{f"e_gov_EVENTS_{k}": k for k in range(1, len(EVENTS) + 1)}}
    event = cells["brkdown"].map(names)
    odd = cells[event.isna()]
    offenders = [f"D{r} holds {b!r}" for r, b in zip(odd["row"], odd["brkdown"], strict=True)]
    refuse(found, [*offenders, *unread(cells), *strangers(found, cells["Country"])])
    return found, cells["year"].astype(int), event.astype(int)


def _name(
    cells: pd.DataFrame, indicator: pd.Series, year: pd.Series, event: pd.Series
) -> pd.DataFrame:
    united = event == 0
    period = year.astype(str).where(~united, (year - 1).astype(str) + "/" + year.astype(str))
    country = cells["Country"].map(area)
    # The average of the Union had 28 members as long as the United Kingdom took part.
    early = (country == "EU27_2020") & (year < 2020)
    return pd.DataFrame(
        {
            "indicator": "egov." + indicator + np.where(united, "", ".annual"),
            "country": country.where(~early, "EU28"),
            "period": period,
            "breakdown": [f"life_event={EVENTS[k - 1]}" if k else "total" for k in event],
            "edition": period.map(edition),
            "document": LONG_TABLE,
        }
    )


def indicators(found: Table, year: pd.Series, event: pd.Series) -> pd.Series:
    """Find the indicator of every row: by its code, or by the place of its block.

    Parameters
    ----------
    found : Table
        The long table.
    year : Series of int
        Year of each row.
    event : Series of int
        Number of its life event, 0 for all of them.

    Returns
    -------
    Series of str
        Indicators, without ``egov.``.

    Raises
    ------
    BenchmarkError
        Names every code that is not known and every run of rows without codes that is not laid
        out like those known.
    """
    cells = found.frame
    codes = {entry["code"]: entry["indicator"] for entry in table("crosswalk")}
    named = cells["variable"].str.lower().map(codes)
    blank = cells["variable"] == ""
    strange = cells[named.isna() & ~blank]
    offenders = [
        f"C{row} holds {code!r}; expected an official code such as 'e_gov_1_uc'"
        for row, code in zip(strange["row"], strange["variable"], strict=True)
    ]
    group = [year[blank], cells.loc[blank, "Country"]]
    # Within a country and year the events of one indicator ascend; where they do not, the next
    # indicator begins.
    starts = event[blank].groupby(group).diff().fillna(0) <= 0
    place = starts.groupby(group).cumsum().astype(int)
    for years, order in _ORDERS.items():
        here = year[blank].isin(list(years))
        ranks = {int(e[order]): e["indicator"] for e in table("crosswalk") if e[order]}
        named = named.fillna(place[here[here].index].map(ranks))
    offenders += _misplaced(found, named[blank], year[blank], event[blank])
    refuse(found, offenders)
    return named


def _misplaced(
    found: Table, indicator: pd.Series, year: pd.Series, event: pd.Series
) -> Iterator[str]:
    """Hold the blocks against the life events that each must have."""
    cells = found.frame.loc[indicator.index]
    runs: dict[tuple[int, str], list[tuple[int, str, int]]] = {}
    places = zip(year, cells["Country"], cells["row"], indicator.fillna(""), event, strict=True)
    for when, country, row, name, number in places:
        runs.setdefault((when, country), []).append((row, name, number))
    for (when, country), run in runs.items():
        if {(name, number) for _, name, number in run if number} != _expected(when):
            yield (
                f"C{run[0][0]}:C{run[-1][0]} ({country} {when}) are empty, and the {len(run)} rows "
                "are not those of the indicators and life events of that year"
            )


@cache
def _expected(year: int) -> frozenset[tuple[str, int]]:
    """List the indicators of a year with the numbers of the life events that count for them."""
    events = [e["column"] for e in table("layout") if e["block"] == str(year)][1:]
    order = next((name for years, name in _ORDERS.items() if year in years), None)
    names = [entry["indicator"] for entry in table("crosswalk") if order and entry[order]]
    return frozenset(
        (name, EVENTS.index(event) + 1) for name in names for event in events if counts(name, event)
    )


def _single(observed: pd.DataFrame) -> pd.DataFrame:
    """Repeat as country scores the mobility scores that rest on one life event.

    The collections of 2012 and 2016 stand alone in the file, without a total.
    """
    alone = observed["period"].isin(["2012", "2016"])
    mobility = observed["indicator"].str.contains("_mobility")
    return observed[alone & mobility].assign(breakdown="total")


def _derive(observed: pd.DataFrame) -> pd.DataFrame:
    """Average the three life events of 2012 where all three have a score."""
    alone = (observed["period"] == "2012") & observed["value"].notna()
    mobility = observed["indicator"].str.contains("_mobility")
    groups = observed[alone & ~mobility].groupby(["indicator", "country"], sort=False)
    whole = groups.filter(lambda group: len(group) == 3)
    groups = whole.groupby(["indicator", "country"], sort=False)
    scores = groups.first().reset_index()
    cells = groups["locator"].agg(lambda places: ",".join(p.partition("!")[2] for p in places))
    return scores.assign(
        breakdown="total",
        kind="derived",
        value=groups["value"].mean().round(6).to_numpy(),
        locator=[f"derived: mean of {SHEET}!{text}" for text in cells],
    )
