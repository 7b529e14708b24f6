"""The shipped tables of the eGovernment Benchmark: reviewed text in, scores out.

A table stands for an official file: a line is a row of its score sheet (`row` is the number of
that row), a column one of its columns, under the sheet's own letter; `layout.csv` says what each
column holds. In the long table a line is a block of rows, one a life event, the total first:
`row` is where the block begins. So the place of every number is known without being stored.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

import numpy as np
import pandas as pd

from sources.adapters.egov_scores import DATA, coded, table

LONG_TABLE = "egov_long_table_2023"
LISTED = "digital_decade"
"""Table of the indicators of another programme: few, so each is listed with its place."""

_EVENTS = {
    "citizen_mobility": ("studying", "moving", "transport", "small_claims"),
    "business_mobility": ("business_start_up", "regular_business"),
}
"""The life events that count for indicators which do not rest on all of them."""

Layout = Sequence[Mapping[str, str]]
Coded = tuple[Sequence[str], Any]
"""Different texts, and for every score which of them it has."""


@dataclass(frozen=True)
class _Block:
    """Lines of a table in which every column holds one thing."""

    layout: Layout
    lines: pd.DataFrame

    @property
    def document(self) -> str:
        return self.layout[0]["document"]

    @property
    def values(self) -> Any:
        columns = [self.lines[entry["column"]].to_numpy(dtype=float) for entry in self.layout]
        return np.stack(columns, axis=1)

    @property
    def without_totals(self) -> Any:
        """Lines whose total was not published but derived from several life events."""
        indicator = self.lines["indicator"].cat
        alone = bool(self.layout[0]["block"] and self.layout[0]["variant"])
        several = [alone and rests_on_all(str(name)) for name in indicator.categories]
        return np.array(several, dtype=bool)[indicator.codes.to_numpy()]

    @property
    def rows(self) -> Any:
        """Number of each cell's row in the official sheet."""
        first = self.lines["row"].to_numpy()[:, None]
        if self.document != LONG_TABLE:
            return np.repeat(first, len(self.layout), axis=1)
        indicator = self.lines["indicator"].cat
        kinds = [offsets(str(name), self.layout) for name in indicator.categories]
        return first + np.array(kinds)[indicator.codes.to_numpy()]


def load() -> pd.DataFrame:
    """Read the shipped tables.

    Returns
    -------
    DataFrame
        Scores (see `egov_scores`), those of 2012 derived from three life events included.

    Examples
    --------
    >>> scores = load()
    >>> scores.loc[0, ["indicator", "country", "period", "locator"]].tolist()
    ['egov.overall', 'ALB', '2019/2020', '1. Scores 2020!D7']
    """
    parts = [*(_scores(block) for block in _blocks()), _listed()]
    names = [name for name in parts[0] if name not in ("value", "locator")]
    codes, places = pd.factorize(np.concatenate([part["locator"] for part in parts]))
    return pd.DataFrame(
        {
            **{name: _join([part[name] for part in parts]) for name in names},
            "value": np.concatenate([part["value"] for part in parts]),
            "locator": coded(codes, places.tolist()),
        }
    )


def read_lines(name: str) -> pd.DataFrame:
    """Read one shipped table as it is.

    Parameters
    ----------
    name : str
        Id of the document it stands for.

    Returns
    -------
    DataFrame
        Countries and indicators as categories, scores as float64.
    """
    texts: dict[Any, Any] = dict.fromkeys(("country", "indicator"), "category")
    with (DATA / f"{name}.csv").open("rb") as lines:
        return pd.read_csv(lines, dtype=texts)


def offsets(indicator: str, layout: Layout) -> list[int]:
    """Count the rows from the first of a block of the long table to each of its cells.

    Parameters
    ----------
    indicator : str
        Without ``egov.`` and variant.
    layout : sequence of mapping
        Of one block, the total first, then the life events.

    Returns
    -------
    list of int
        Meaningless for life events that do not count for the indicator.

    Examples
    --------
    >>> from sources.adapters.egov_scores import table
    >>> odd = [entry for entry in table("layout") if entry["block"] == "2013"]
    >>> offsets("overall", odd), offsets("citizen_mobility", odd)
    ([0, 1, 2, 3, 4], [0, 1, 1, 2, 3])
    """
    # Two collections have no total of their own: there the first life event opens the block.
    start = 0 if layout[0]["variant"] else 1
    present = [counts(indicator, entry["column"]) for entry in layout[1:]]
    return [0, *(start + sum(present[:k]) for k in range(len(present)))]


def counts(indicator: str, event: str) -> bool:
    """Tell whether a life event counts for an indicator, as far as the old methods go.

    Parameters
    ----------
    indicator : str
        Without ``egov.`` and variant.
    event : str
        Life event.

    Returns
    -------
    bool

    Examples
    --------
    >>> counts("business_mobility.usability", "moving"), counts("overall", "moving")
    (False, True)
    """
    return rests_on_all(indicator) or event in _EVENTS[indicator.partition(".")[0]]


def rests_on_all(indicator: str) -> bool:
    """Tell whether an indicator rests on all life events of a collection.

    Examples
    --------
    >>> rests_on_all("transparency"), rests_on_all("citizen_mobility.usability")
    (True, False)
    """
    return indicator.partition(".")[0] not in _EVENTS


def _blocks() -> Iterator[_Block]:
    for document, entries in groupby(table("layout"), itemgetter("document")):
        lines = read_lines(document)
        for name, columns in groupby(entries, itemgetter("block")):
            if not name:
                yield _Block(list(columns), lines)
                continue
            # Lines are sorted by block, so a block is a slice.
            ends = [lines["block"].searchsorted(int(name), side) for side in ("left", "right")]
            yield _Block(list(columns), lines.iloc[slice(*ends)])


def _scores(block: _Block) -> dict[str, Any]:
    values, rows = block.values, block.rows
    line, column = np.nonzero(np.isfinite(values))
    sheet = _sheet(block.document)
    places = [f"{sheet['sheet']}!{sheet['value_column'] or e['column']}" for e in block.layout]
    where = np.array(places, dtype=object)[column] + _digits(rows[line, column])
    # A collection without totals has country scores of single life events, and means of ours.
    mean = block.without_totals[line] & (column == 0)
    if mean.any():
        cells = [sheet["value_column"] + _digits(row) for row in rows[line[mean], 1:].T]
        where[mean] = f"derived: mean of {sheet['sheet']}!" + _listing(cells)
    return _texts(block, line, column) | {
        "kind": (["observed", "derived"], mean.astype(np.int8)),
        "value": values[line, column],
        "locator": where,
    }


def _listing(columns: Sequence[Any]) -> Any:
    joined = columns[0]
    for column in columns[1:]:
        joined = joined + "," + column
    return joined


def _texts(block: _Block, line: Any, column: Any) -> dict[str, Any]:
    """Code the texts of some cells, given by line and column."""
    variants = list(dict.fromkeys(entry["variant"] for entry in block.layout))
    variant = np.array([variants.index(entry["variant"]) for entry in block.layout])[column]
    indicator, country = block.lines["indicator"].cat, block.lines["country"].cat
    names = [f"egov.{i}" + f".{v}" * bool(v) for i in indicator.categories for v in variants]
    code = indicator.codes.to_numpy()[line].astype(np.int64) * len(variants) + variant
    return {
        "indicator": (names, code),
        "country": (list(country.categories), country.codes.to_numpy()[line]),
        **{
            key: ([entry[key] for entry in block.layout], column)
            for key in ("document", "period", "breakdown", "edition")
        },
    }


def _listed() -> dict[str, Any]:
    with (DATA / f"{LISTED}.csv").open(encoding="utf-8") as lines:
        frame = pd.read_csv(lines, dtype=str, keep_default_na=False)
    frame["indicator"] = "egov." + frame["indicator"]
    coded = {name: pd.factorize(frame[name])[::-1] for name in frame.columns}
    same = np.zeros(len(frame), dtype=np.int8)
    return coded | {
        "kind": (["observed"], same),
        "breakdown": (["total"], same),
        "value": frame["value"].to_numpy(dtype=float),
        "locator": frame["locator"].to_numpy(dtype=object),
    }


def _sheet(document: str) -> Mapping[str, str]:
    return next(entry for entry in table("sheets") if entry["document"] == document)


def _digits(numbers: Any) -> Any:
    """Write whole numbers that lie close together."""
    if not len(numbers):
        return np.array([], dtype=object)
    low, high = int(numbers.min()), int(numbers.max())
    return np.array([str(number) for number in range(low, high + 1)], dtype=object)[numbers - low]


def _join(parts: Sequence[Coded]) -> pd.Series:
    """Put coded columns one under the other."""
    place: dict[str, int] = {}
    codes = [
        np.array([place.setdefault(str(n), len(place)) for n in names], dtype=np.int32)[code]
        for names, code in parts
    ]
    return coded(np.concatenate(codes), list(place))
