"""Addresses: how a person names one figure, and which row answers."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from benchmark.errors import NoData, UnknownName
from benchmark.schema import CODES

if TYPE_CHECKING:
    from benchmark.figures import Evidence

Mask = np.ndarray[Any, np.dtype[np.bool_]]


def address(row: Mapping[str, Any] | pd.Series) -> str:
    """Write the address of a figure.

    Parameters
    ----------
    row : mapping
        A row of the figures table.

    Returns
    -------
    str
        ``AREA/INDICATOR/YEAR[/breakdown][@edition]``.

    Examples
    --------
    >>> address({"country": "DNK", "area": "Hjørring", "indicator": "digst.digital_share.moves",
    ...          "year": 2012, "breakdown": "total", "edition": ""})
    'Hjørring/digst.digital_share.moves/2012'
    """
    place = row["area"] or row["country"]
    year = "?" if row["year"] != row["year"] else f"{int(row['year'])}"
    tail = "" if row["breakdown"] == "total" else f"/{row['breakdown']}"
    edition = f"@{row['edition']}" if row["edition"] else ""
    return f"{place}/{row['indicator']}/{year}{tail}{edition}"


def find(evidence: "Evidence", where: str) -> int:
    """Find the figure behind an address.

    Parameters
    ----------
    evidence : Evidence
        Figures and registry.
    where : str
        ``AREA/INDICATOR/YEAR[/breakdown][@edition]``; AREA is a country in any spelling that
        `benchmark.areas.area` reads, an aggregate, or the name of a place in the table.

    Returns
    -------
    int
        Row of the figures table: the preferred one where several answer (see `prefer`).

    Raises
    ------
    UnknownName
        If the area or the indicator is unknown.
    NoData
        If no figure answers; says which years there are.
    """
    path, _, edition = where.partition("@")
    parts = path.split("/", 3)
    if len(parts) < 3 or not parts[2].isdigit():
        raise NoData(
            f"{where!r} is no address; write AREA/INDICATOR/YEAR[/breakdown][@edition], "
            "for example DNK/dst.trust_digital_services/2023"
        )
    place, indicator, year = parts[0], parts[1], int(parts[2])
    evidence.registry.indicator(indicator)
    figures = evidence.figures
    series = (figures["indicator"] == indicator).to_numpy() & _at(figures, place)
    breakdown = parts[3] if len(parts) > 3 else "total"
    mask = series & (figures["breakdown"] == breakdown).to_numpy()
    if edition:
        mask &= (figures["edition"] == edition).to_numpy()
    rows = np.flatnonzero(mask & (figures["year"] == year).to_numpy())
    if not len(rows):
        raise NoData(f"no figure at {where!r}; {_instead(figures[series], breakdown)}")
    return int(prefer(figures, rows)[0])


def _at(figures: pd.DataFrame, place: str) -> Mask:
    """Find the rows of a place: a named part of a country, else the country or aggregate."""
    areas = {text.casefold(): text for text in figures["area"].cat.categories if text}
    if place.casefold() in areas:
        named: Mask = (figures["area"] == areas[place.casefold()]).to_numpy()
        return named
    from benchmark.areas import area

    try:
        code = area(place)
    except UnknownName as error:
        known = f" Places in the figures: {', '.join(sorted(areas.values()))}." if areas else ""
        raise UnknownName(f"{error}{known}") from None
    here: Mask = ((figures["country"] == code) & (figures["area"] == "")).to_numpy()
    return here


def _instead(series: pd.DataFrame, breakdown: str) -> str:
    if series.empty:
        return "this indicator has no figure for this area"
    same = series[series["breakdown"] == breakdown]
    if same.empty:
        return f"it has these breakdowns: {', '.join(sorted(set(series['breakdown'])))}"
    editions = sorted({str(edition) for edition in same["edition"]} - {""})
    tail = f" (editions {', '.join(editions)})" if editions else ""
    return (
        f"there are figures for {', '.join(str(int(y)) for y in sorted(set(same['year'])))}{tail}"
    )


def prefer(figures: pd.DataFrame, rows: Iterable[int] | Any) -> Any:
    """Order rows that answer one question, the one to use first.

    Observed before target, claim and derived; then the newest edition, primary before press
    release before secondary, higher confidence, newest publication.

    Parameters
    ----------
    figures : DataFrame
        The figures table.
    rows : sequence of int
        Positions in it.

    Returns
    -------
    ndarray of int
        The same positions, ordered.
    """
    rows = np.asarray(rows, dtype=np.int64)
    keys = [
        _rank(figures["kind"], CODES["kind"])[rows],
        -_alphabetical(figures["edition"])[rows],
        _rank(figures["source_type"], CODES["source_type"])[rows],
        _rank(figures["confidence"], CODES["confidence"])[rows],
        -_alphabetical(figures["published"])[rows],
    ]
    return rows[np.lexsort((rows, *reversed(keys)))]


def others(evidence: "Evidence", row: int) -> list[int]:
    """Find the figures that answer for the same cell as a figure: older editions, contradictions.

    Parameters
    ----------
    evidence : Evidence
        Figures and registry.
    row : int
        Position in the figures table.

    Returns
    -------
    list of int
        Positions of the others, the one to be preferred first.
    """
    figures = evidence.figures
    names = ("indicator", "country", "area", "geo_scope", "breakdown", "kind")
    mask = figures["year"].to_numpy() == figures["year"].iloc[row]
    for name in names:
        codes = figures[name].cat.codes.to_numpy()
        mask &= codes == codes[row]
    mask[row] = False
    return [int(other) for other in prefer(figures, np.flatnonzero(mask))]


def _rank(column: pd.Series, order: Sequence[str]) -> Any:
    return look_up(column, {text: float(place) for place, text in enumerate(order)})


def _alphabetical(column: pd.Series) -> Any:
    texts = sorted(str(text) for text in column.cat.categories)
    return look_up(column, {text: float(place) for place, text in enumerate(texts)})


def look_up(column: pd.Series, table: Mapping[str, float]) -> Any:
    """Look a number up for every row of a text column.

    Parameters
    ----------
    column : Series
        Categorical texts.
    table : mapping of str to float
        The number of each text.

    Returns
    -------
    ndarray of float
        Not-a-number where the table has none.
    """
    values = np.array([table.get(str(text), np.nan) for text in column.cat.categories])
    return values[column.cat.codes.to_numpy()]
