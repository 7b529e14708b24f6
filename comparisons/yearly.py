"""The countries that have a figure of an indicator for a year."""

from typing import TYPE_CHECKING

from benchmark.areas import is_aggregate
from comparisons.parts import Coverage, Missing, records
from comparisons.refusals import Absent, Refused, refusal
from comparisons.selection import missing, named, split_missing, title
from comparisons.texts import Texts, each, texts

if TYPE_CHECKING:
    import pandas as pd

    from benchmark.figures import Evidence


def no_printed_rank(evidence: "Evidence", indicator: str, what: Texts) -> None:
    """Refuse an indicator that is itself a printed rank.

    Parameters
    ----------
    evidence : Evidence
        Figures and registry.
    indicator : str
        Its id.
    what : mapping
        What a refusal names.

    Raises
    ------
    NotComparable
        Naming the scores it quotes, where they are known.
    """
    entry = evidence.registry.indicators[indicator]
    if entry["unit"] != "rank":
        return
    advice = [texts("refusal.use_scores", quotes=entry["quotes"])] if "quotes" in entry else []
    raise Refused(refusal("printed_rank", what=what), advice)


def present(
    evidence: "Evidence", indicator: str, year: int, series: "pd.DataFrame", asked: tuple[str, ...]
) -> tuple["pd.DataFrame", Coverage]:
    """Keep the countries with a value; name those asked for that have none, and averages.

    Parameters
    ----------
    evidence : Evidence
        Figures and registry.
    indicator : str
        Its id.
    year : int
        The year the figures stand at.
    series : DataFrame
        All cells of the indicator.
    asked : tuple of str
        Countries asked for.

    Returns
    -------
    tuple
        The cells with a value, one a country, averages of countries left out; and the coverage.

    Raises
    ------
    NoData
        If no country has a figure for this year; says which years there are.
    """
    there, gone = split_missing(series[series["year"] == year])
    apart = there["country"].map(is_aggregate).to_numpy(dtype=bool)
    table = there[~apart].reset_index(drop=True)
    if table.empty:
        raise Absent(_other_years(evidence, indicator, year, series))
    unknown = {row["country"]: reason for row, reason in gone}
    left = set(table["country"])
    told = [Missing(named(code), unknown[code]) for code in asked if code in unknown]
    silent = [code for code in asked if code not in left and code not in unknown]
    told += missing(silent, "no_figure_year", year=year)
    told += missing(there["country"][apart], "aggregate")
    return table, Coverage(asked, tuple(code for code in asked if code in left), tuple(told))


def _other_years(evidence: "Evidence", indicator: str, year: int, series: "pd.DataFrame") -> Texts:
    """Say which years there are; a year that is an edition's is explained."""
    known = ", ".join(str(one) for one in sorted(set(series["year"])))
    first = texts("refusal.no_year", indicator=title(evidence, indicator), year=year, years=known)
    edition = editions(series[series["edition"] == str(year)])
    return each(lambda lang: " ".join([first[lang], *(one[lang] for one in edition)]))


def editions(table: "pd.DataFrame") -> list[Texts]:
    """Say when each edition was measured and where it stands, unless that is plain.

    Parameters
    ----------
    table : DataFrame
        Cells of one indicator.

    Returns
    -------
    list of mapping
        A sentence for each edition.
    """
    found = table[["edition", "period", "year"]].value_counts().reset_index()
    # A few late-comers may rest on a part of the period; the edition is told by the most.
    found = found.drop_duplicates(["edition", "year"]).sort_values(["edition", "year"])
    return [
        texts("edition", **(row | {"period": row["period"].replace("/", "-")}))
        for row in records(found)
        if row["edition"] and row["period"] and row["edition"] != str(row["year"])
    ]
