"""Choosing cells of a cube and finding the figures behind them."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmark.areas import countries as read_countries
from benchmark.areas import is_aggregate, name
from benchmark.cube import cells, evidence_of
from benchmark.errors import BenchmarkError, NoData, UnknownName
from benchmark.language import term
from benchmark.registry import unknown
from comparisons.parts import Citation, Missing, records
from comparisons.texts import Texts, each, text, texts

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

    from benchmark.figures import Evidence
    from benchmark.rules.config import Thresholds

Countries = str | Sequence[str] | None

_TEXTS = (
    "status", "qualifier", "period", "edition", "year_basis", "published", "document", "locator",
    "notes", "regime", "pool", "breakdown", "area",
)  # fmt: skip
_NUMBERS = ("decimals", "unit_mult")


def select(
    cube: "xr.Dataset",
    indicators: Sequence[str] | None = None,
    countries: Sequence[str] | None = None,
    years: Sequence[int] | None = None,
) -> "pd.DataFrame":
    """List the chosen cells with what their figures say.

    Parameters
    ----------
    cube : xarray.Dataset
        dims (country, indicator, year); in memory or in Dask chunks.
    indicators, countries, years : sequence, optional
        Keep these; all by default.

    Returns
    -------
    DataFrame
        `country, indicator, year, value, obs`, the unit, and columns of the figures table.

    Raises
    ------
    UnknownName
        If an indicator is not registered; near ids are suggested.
    NoData
        If a registered indicator has no cell in this cube.
    BenchmarkError
        If the values are no longer those of the figures: arithmetic was done on the cube.
    """
    evidence = evidence_of(cube)
    if indicators is not None:
        _indicators(cube, evidence, indicators)
    table = cells(cube, indicators, countries, years)
    rows = table["obs"].to_numpy()
    figures = evidence.figures.iloc[rows]
    _untouched(table, figures)
    for column in _TEXTS:
        table[column] = figures[column].astype(str).to_numpy()
    for column in _NUMBERS:
        table[column] = figures[column].to_numpy()
    units = {one: evidence.registry.indicators[one]["unit"] for one in table["indicator"].unique()}
    return table.assign(unit=table["indicator"].map(units).astype(str))


def _indicators(cube: "xr.Dataset", evidence: "Evidence", wanted: Sequence[str]) -> None:
    known = evidence.registry.indicators
    strange = [one for one in wanted if one not in known]
    if strange:
        raise UnknownName("; ".join(unknown("indicator", one, sorted(known)) for one in strange))
    here = set(cube["indicator"].values.tolist())
    absent = [one for one in wanted if one not in here]
    if absent:
        raise NoData(
            f"no figure of {', '.join(absent)} stands in this cube; it may have been published "
            "later, for another breakdown, or only for an aggregate or a part of a country. "
            "nb.figures(indicator=...) lists all there is"
        )


def _untouched(table: "pd.DataFrame", figures: "pd.DataFrame") -> None:
    """Refuse values that are not those of their figures."""
    here, there = table["value"].to_numpy(), figures["value"].to_numpy()
    own = (table["indicator"].to_numpy() == figures["indicator"].astype(str).to_numpy()).all()
    if not own or not np.array_equal(here, there, equal_nan=True):
        raise BenchmarkError(
            "the values of this cube are not those of its figures: arithmetic was done on it. "
            "Pass the cube of nb.load(), or a selection of it, and compute on the result"
        )


def asked_countries(cube: "xr.Dataset", countries: Countries) -> tuple[str, ...]:
    """Read the countries asked for; without any, all of the cube.

    Parameters
    ----------
    cube : xarray.Dataset
        dims (country, indicator, year).
    countries : str or sequence of str, optional
        Names, codes and groups in any language.

    Returns
    -------
    tuple of str
        ISO 3166-1 alpha-3; aggregates of the cube are left out.

    Raises
    ------
    UnknownName
        Naming every country that is not known.
    """
    if countries is None:
        return tuple(code for code in cube["country"].values.tolist() if not is_aggregate(code))
    return read_countries(countries)


def named(code: str) -> Texts:
    """Name a country in every language."""
    return each(lambda lang: name(code, lang))


def split_missing(
    table: "pd.DataFrame",
) -> tuple["pd.DataFrame", list[tuple[dict[str, Any], Texts]]]:
    """Part the cells that have a value from those whose figure says why there is none.

    Parameters
    ----------
    table : DataFrame
        As from `select`.

    Returns
    -------
    tuple
        The cells with a value, and for each other cell its row and the reason.
    """
    there = table["value"].notna()
    gone = [(row, _reason(row["status"])) for row in records(table[~there])]
    return table[there].reset_index(drop=True), gone


def _reason(status: str) -> Texts:
    codes = [code for code in status.split() if code != "A"]
    return each(lambda lang: "; ".join(term(f"status.{code}", lang) for code in codes))


def missing(codes: Iterable[str], reason: str, **facts: object) -> list[Missing]:
    """Name countries that are missing, and why."""
    return [Missing(named(code), texts(f"coverage.reason.{reason}", **facts)) for code in codes]


def citations(evidence: "Evidence", documents: Iterable[str]) -> tuple[Citation, ...]:
    """Gather the documents behind cells, each once, in the order of their ids."""
    found = []
    for one in sorted(set(documents) - {""}):
        entry = evidence.registry.documents[one]
        words = {key: str(entry.get(key, "")) for key in ("date", "address", "licence", "credit")}
        found.append(Citation(one, entry["title"], entry["publisher"], **words))
    return tuple(found)


def title(evidence: "Evidence", indicator: str) -> Texts:
    """Give the title of an indicator in every language."""
    return dict(evidence.registry.indicators[indicator]["title"])


def measure(evidence: "Evidence", indicator: str) -> Texts:
    """Say what an indicator is measured in, of whom, and which way is better."""
    entry = evidence.registry.indicators[indicator]
    keys = {"unit": entry["unit"], "base": entry["base"], "direction": entry["direction"]}

    def write(lang: str) -> str:
        return text(
            "measure", lang, **{key: term(f"{key}.{code}", lang) for key, code in keys.items()}
        )

    return each(write)


def thresholds(config: "Thresholds | None") -> "Thresholds":
    """Take the default thresholds where none are given."""
    from benchmark.rules.config import Thresholds

    return config if config is not None else Thresholds()
