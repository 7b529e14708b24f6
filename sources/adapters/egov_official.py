"""The official workbooks of the eGovernment Benchmark, editions 2021 to 2024."""

import re
from collections.abc import Iterator, Mapping

import pandas as pd

from benchmark.areas import code_of
from benchmark.errors import BenchmarkError, listing
from sources.adapters.egov_scores import table
from sources.readers.workbook import Source, read_table, sheet_names
from sources.table import Table

SCORES = r"1\. Scores \d{4}"
DECADE = r"\d\. DESI & Digital Decade"
_REMEDY = "The file is not laid out like those known so far; nothing of it was taken."

_AGGREGATES = {"AVERAGE_EU27": "EU27_2020", "EU": "EU27_2020", "EUplus": "EU27PLUS"}

_EVENTS = {
    "regular business operations": "regular_business",
    "moving": "moving",
    "owning and driving a car": "transport",
    "transport": "transport",
    "starting a small claims procedure": "small_claims",
    "justice": "small_claims",
    "business start-up": "business_start_up",
    "family": "family",
    "losing and finding a job": "career",
    "career": "career",
    "studying": "studying",
    "health": "health",
}
"""Life events as the workbooks head them; some were renamed over the years."""

_BY_LEVEL = ("central", "regional", "local")
"""Columns of the 2021 edition that are not read: one collection by level of government."""

REASONS = {".": "M", "#DIV/0!": "M", "": "O"}
"""SDMX status of a cell without a number: no question applied, so that no score is attributed and
the mean of no scores fails; or nothing stands there."""


def read_workbook(source: Source) -> pd.DataFrame:
    """Read the source data of an edition: score sheet and Digital Decade sheet.

    Parameters
    ----------
    source : str, Path or bytes
        The official workbook.

    Returns
    -------
    DataFrame
        Scores (see `egov_scores`) of every edition in the workbook, with the ``status`` of cells
        that hold no number.

    Raises
    ------
    BenchmarkError
        Names every cell that is not understood, and what was expected.
    """
    found = read_table(source, SCORES, ("Country", "Scoring"))
    headings = {text: heading(text) for text in found.frame["heading"].unique()}
    known = {text: what for text, what in headings.items() if what is not None}
    columns = {text: what for text, what in known.items() if what}
    cells = found.frame[found.frame["heading"].isin(list(columns))]
    offenders = [*_unknown_headings(found, known), *_unknown_labels(found)]
    refuse(found, [*offenders, *unread(cells), *strangers(found, cells["Country"])])
    variant, breakdown, period = (
        cells["heading"].map({text: what[k] for text, what in columns.items()}) for k in range(3)
    )
    latest = max(what[2] for what in columns.values() if "/" in what[2])
    scores = pd.DataFrame(
        {
            "indicator": "egov." + cells["Scoring"].map(labels()) + variant,
            "country": cells["Country"].map(area),
            "period": period,
            "breakdown": breakdown,
            "edition": period.map(edition),
            "document": f"egov_workbook_{edition(latest)}",
        }
    )
    return pd.concat([complete(scores, found, cells), _decade(source, latest)], ignore_index=True)


def heading(text: str) -> tuple[str, str, str] | tuple[()] | None:
    """Read the heading of a column of scores.

    Parameters
    ----------
    text : str
        As printed, on one line.

    Returns
    -------
    tuple of str, or None
        Variant (with its dot), breakdown and period; nothing for a column that is passed over;
        None for a heading that is not understood.

    Examples
    --------
    >>> heading("Biennial Average 2019 + 2018"), heading("Average (2020)")
    (('', 'total', '2018/2019'), ('.annual', 'total', '2020'))
    >>> heading("Justice (2023)"), heading("Citizen life events 2019 + 2020")
    (('.annual', 'life_event=small_claims', '2023'), ('.citizen', 'total', '2019/2020'))
    >>> heading("Regional"), heading("Moving")
    ((), None)
    """
    name = text.lower()
    if name in _BY_LEVEL:
        return ()
    pair = re.fullmatch(r"(biennial|business|citizen) .+ (\d{4}) [+&] (\d{4})", name)
    if pair:
        variant = {"biennial": "", "business": ".business", "citizen": ".citizen"}[pair[1]]
        return variant, "total", "/".join(sorted(pair.group(2, 3)))
    single = re.fullmatch(r"(.+) \((\d{4})\)", name)
    if single and single[1] == "average":
        return ".annual", "total", single[2]
    if single and single[1] in _EVENTS:
        return ".annual", f"life_event={_EVENTS[single[1]]}", single[2]
    return None


def edition(period: str) -> str:
    """Name the edition that first had the scores of a period: the year after its last.

    Examples
    --------
    >>> edition("2022/2023"), edition("2012")
    ('2024', '2013')
    """
    return str(int(period[-4:]) + 1)


def area(code: object) -> str:
    """Read a country or aggregate as the official files write it.

    Parameters
    ----------
    code : str
        Eurostat's two letters, or the name of an average.

    Returns
    -------
    str
        ISO 3166-1 alpha-3 or the id of an aggregate; empty for anything else.

    Examples
    --------
    >>> area("EL"), area("UK"), area("AVERAGE_EU27"), area("EU27+"), area("Greece")
    ('GRC', 'GBR', 'EU27_2020', 'EU27PLUS', '')
    """
    return _AGGREGATES.get(str(code)) or code_of(code) or ""


def complete(scores: pd.DataFrame, found: Table, cells: pd.DataFrame) -> pd.DataFrame:
    """Put to scores what all official files give alike: value, its lack, and its place.

    Parameters
    ----------
    scores : DataFrame
        The columns that differ from file to file.
    found : Table
        The table they were read from.
    cells : DataFrame
        Its cells, one for each score.

    Returns
    -------
    DataFrame
        With ``kind``, ``value``, ``status`` and ``locator``.
    """
    where = found.meta["sheet"] + "!" + cells["column"] + cells["row"].astype(str)
    return scores.assign(
        kind="observed",
        value=cells["value"],
        status=cells["mark"].map(REASONS).where(cells["value"].isna(), "A"),
        locator=where,
    )


def refuse(found: Table, offenders: list[str]) -> None:
    """Raise one error for all cells that are not understood.

    Parameters
    ----------
    found : Table
        The table they stand in.
    offenders : list of str
        Cell, what it holds and what was expected; nothing happens when there is none.

    Raises
    ------
    BenchmarkError
    """
    if offenders:
        where = f"{found.meta['file']}, sheet {found.meta['sheet']!r}: cells are not understood"
        raise BenchmarkError(listing(where, offenders, _REMEDY))


def unread(cells: pd.DataFrame) -> Iterator[str]:
    """Name the cells that hold neither a score nor a known reason for its absence.

    Parameters
    ----------
    cells : DataFrame
        The cells to look at.

    Yields
    ------
    str
    """
    wrong = cells[cells["value"].isna() & ~cells["mark"].isin(list(REASONS))]
    for column, row, mark in zip(wrong["column"], wrong["row"], wrong["mark"], strict=True):
        yield f"{column}{row} holds {mark!r}; expected a score, '.', '#DIV/0!' or nothing"
    beyond = cells[(cells["value"] < 0) | (cells["value"] > 100)]
    for column, row, value in zip(beyond["column"], beyond["row"], beyond["value"], strict=True):
        yield f"{column}{row} holds {value:g}; expected a score from 0 to 100"


def strangers(found: Table, codes: pd.Series) -> Iterator[str]:
    """Name the codes that stand for no country or known average.

    Parameters
    ----------
    found : Table
        The table they stand in.
    codes : Series of str
        The codes, one a cell.

    Yields
    ------
    str
    """
    for code in codes.unique():
        if not area(code):
            row = found.frame.loc[codes.index[codes == code][0], "row"]
            yield f"row {row} is for {code!r}; expected a country (AL ... UK) or an EU average"


def _unknown_headings(found: Table, known: Mapping[str, object]) -> Iterator[str]:
    places = found.frame.drop_duplicates("heading")
    for text, column in zip(places["heading"], places["column"], strict=True):
        if text not in known:
            yield (
                f"{column}{found.meta['header']} is headed {text!r}; expected an average or "
                "a life event with its years, such as 'Average (2023)' or 'Moving (2023)'"
            )


def _unknown_labels(found: Table) -> Iterator[str]:
    places = found.frame.drop_duplicates("Scoring")
    for text, row in zip(places["Scoring"], places["row"], strict=True):
        if text not in labels():
            yield f"row {row} is named {text!r}; expected one of {', '.join(labels())}"


def _decade(source: Source, period: str) -> pd.DataFrame:
    """Read the indicators of the Digital Decade, each a section of rows in one sheet."""
    if not any(re.fullmatch(DECADE, name) for name in sheet_names(source)):
        return pd.DataFrame()
    found = read_table(source, DECADE, ("Country", "Indicator - as used for eGov benchmark"))
    rows = found.frame
    opens = rows["value"].isna() & ~rows["mark"].isin(list(REASONS))
    indicator = rows["mark"].where(opens).ffill().map(labels())
    cells = rows[indicator.notna() & ~opens]
    refuse(found, [*unread(cells), *strangers(found, cells["Country"])])
    scores = pd.DataFrame(
        {
            "indicator": "egov." + indicator[cells.index],
            "country": cells["Country"].map(area),
            "period": period,
            "breakdown": "total",
            "edition": edition(period),
            "document": f"egov_workbook_{edition(period)}",
        }
    )
    return complete(scores, found, cells)


def labels() -> dict[str, str]:
    """Give our indicator for every label of the workbooks.

    Returns
    -------
    dict of str to str
        Label, and indicator without ``egov.``.
    """
    return {
        label: entry["indicator"]
        for entry in table("crosswalk")
        for label in filter(None, entry["labels"].split("|"))
    }
