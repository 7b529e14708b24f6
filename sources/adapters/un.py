"""United Nations E-Government Survey: index, components and ranks of every member state.

Editions 2010 to 2018 are shipped as one compact table, a row a country and edition; what could be
read of later editions stands beside it as plain rows.
"""

import csv
from collections.abc import Sequence
from importlib.resources import files
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from benchmark.registry import Registry

DATA = files("sources") / "data" / "un"

INDICATORS = {
    "egdi": "un.egdi",
    "online_services": "un.egdi.online_services",
    "telecommunication": "un.egdi.telecommunication",
    "human_capital": "un.egdi.human_capital",
    "e_participation": "un.e_participation",
    "rank": "un.egdi_rank",
}
"""Columns of the compact table after edition and country, and the indicator each one holds."""

_REMARKS = {
    ("telecommunication", "EST", "2014"): "un_estonia_2014",
    ("egdi", "ISL", "2018"): "un_iceland_2018",
}
"""Numbers that another source prints otherwise."""


class _Cells(NamedTuple):
    """Every printed number of the compact table: where it stands, and as it is printed."""

    editions: list[str]
    edition: Any
    countries: list[str]
    country: Any
    column: Any
    printed: list[str]
    value: Any


def read(_: Registry) -> pd.DataFrame:
    """Read the shipped figures of the survey.

    Parameters
    ----------
    _ : Registry
        Definitions; not needed, since the tables name everything themselves.

    Returns
    -------
    DataFrame
        Rows of the figures table. An index printed as 0 is missing (status O, the note says why):
        no country scores 0 on all three components.

    Examples
    --------
    >>> from sources.catalogue import registry
    >>> found = read(registry()).query("country == 'DNK' and period == '2018'")
    >>> float(found.set_index("indicator")["value"].loc["un.egdi"])
    0.915
    """
    cells = _cells(_rows("egdi"))
    header, *rows = _rows("later_editions")
    later = [dict(zip(header, row, strict=True)) for row in rows]
    columns: dict[str, Any] = {
        name: _coded(names, codes, [line[name] for line in later])
        for name, (names, codes) in _texts(cells).items()
    }
    for name, numbers in _numbers(cells).items():
        columns[name] = np.append(numbers, [float(line[name]) for line in later])
    columns["locator"] = np.array([*_places(cells), *(line["locator"] for line in later)], object)
    return pd.DataFrame(columns)


def _rows(name: str) -> list[list[str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8") as lines:
        return list(csv.reader(lines))


def _coded(names: Sequence[str], codes: Any, later: Sequence[str]) -> pd.Categorical:
    """Make a column of the coded texts of the early editions and the plain ones of the later."""
    place = {name: code for code, name in enumerate(names)}
    more = [place.setdefault(text, len(place)) for text in later]
    kinds = pd.CategoricalDtype(pd.Index(list(place), dtype=object))
    return pd.Categorical.from_codes(np.append(codes, more), dtype=kinds, validate=False)


def _cells(rows: list[list[str]]) -> _Cells:
    lines = rows[1:]
    printed = np.array([line[2:] for line in lines], dtype=object)
    row, column = np.nonzero(printed != "")
    texts = printed[row, column]
    (editions, edition), (countries, country) = (_factor([k[n] for k in lines]) for n in (0, 1))
    return _Cells(
        editions=editions,
        edition=edition[row],
        countries=countries,
        country=country[row],
        column=column,
        printed=texts.tolist(),
        value=texts.astype(float),
    )


def _factor(texts: list[str]) -> tuple[list[str], Any]:
    names = sorted(set(texts))
    place = {name: code for code, name in enumerate(names)}
    return names, np.array([place[text] for text in texts])


def _texts(cells: _Cells) -> dict[str, tuple[list[str], Any]]:
    """Give every text column as its different texts and a code a cell."""
    same = np.zeros(len(cells.value), dtype=np.int64)
    edition = cells.edition
    # E-participation is no part of the index whose calculation changed after 2010.
    apart = (cells.column == _position("e_participation")) & (edition == 0)
    regimes = [f"un_egdi_{year}" for year in cells.editions] + [f"un_epi_{cells.editions[0]}"]
    return {
        "indicator": (list(INDICATORS.values()), cells.column),
        "country": (cells.countries, cells.country),
        **dict.fromkeys(("period", "edition", "published", "wave"), (cells.editions, edition)),
        "document": ([f"un_egdi_{year}" for year in cells.editions], edition),
        "pool": (["un192_2010", "un193"], np.minimum(edition, 1)),
        "regime": (regimes, np.where(apart, len(cells.editions), edition)),
        "year_basis": (["edition"], same),
        "source_type": (["secondary"], same),
        "confidence": (["high"], same),
        "status": (["A", "O"], _uncomputed(cells).astype(np.int64)),
        "notes": _notes(cells),
    }


def _numbers(cells: _Cells) -> dict[str, Any]:
    years = np.array(cells.editions, dtype=float)
    return {
        "year": years[cells.edition],
        "value": np.where(_uncomputed(cells), np.nan, cells.value),
        "decimals": _decimals(cells),
    }


def _places(cells: _Cells) -> Any:
    names = np.array(cells.countries, dtype=object)[cells.country]
    return names + np.array([f": {name}" for name in INDICATORS], dtype=object)[cells.column]


def _position(name: str) -> int:
    return list(INDICATORS).index(name)


def _uncomputed(cells: _Cells) -> Any:
    """Find the indices that stand as 0 for want of a component."""
    return (cells.column == _position("egdi")) & (cells.value == 0)


def _decimals(cells: _Cells) -> Any:
    """Count the decimals of a column of an edition: the file drops trailing noughts."""
    digits = [len(text.partition(".")[2]) for text in cells.printed]
    group = cells.edition * len(INDICATORS) + cells.column
    most = np.zeros(len(cells.editions) * len(INDICATORS))
    np.maximum.at(most, group, digits)
    return most[group]


def _notes(cells: _Cells) -> tuple[list[str], Any]:
    zeros = [f"un_zero_{year}" for year in cells.editions]
    names = ["", *zeros, "un_rank_without_index", *_REMARKS.values()]
    missing = _uncomputed(cells)
    codes = np.where(missing, 1 + cells.edition, 0)
    # A country and edition is one number, the same for its index and for its rank.
    whose = cells.edition * len(cells.countries) + cells.country
    last = (cells.column == _position("rank")) & np.isin(whose, whose[missing])
    codes[last] = 1 + len(zeros)
    for code, (name, country, edition) in enumerate(_REMARKS, start=2 + len(zeros)):
        there = cells.country == cells.countries.index(country)
        there &= cells.edition == cells.editions.index(edition)
        codes[there & (cells.column == _position(name))] = code
    return names, codes
