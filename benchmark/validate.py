"""What cannot be true in the figures table: one check a concern, all offenders at once."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd

from benchmark.addresses import address, look_up
from benchmark.registry import Registry
from benchmark.schema import BOUNDS, CODES

Mask = np.ndarray[Any, np.dtype[np.bool_]]
Faults = Iterator[tuple[Mask, str]]

_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_BREAKDOWN = re.compile(r"total|[a-z_]+=[^/@]+")


class Places:
    """Where the rows of a joined table come from.

    Parameters
    ----------
    origins : sequence of str
        Files or adapters, in the order they were joined.
    lengths : sequence of int
        Rows of each.

    Examples
    --------
    >>> Places(["a.csv", "b.csv"], [2, 3])[2]
    'b.csv, line 2'
    """

    def __init__(self, origins: Sequence[str], lengths: Sequence[int]) -> None:
        self._origins = origins
        self._ends = np.cumsum(lengths)
        self._first = 0

    def after(self, first: int) -> "Places":
        """Count rows from one further down."""
        places = Places(self._origins, np.diff(self._ends, prepend=0).tolist())
        places._first = first
        return places

    def __getitem__(self, row: "int | np.integer[Any]") -> str:
        """Name file and line; lines count from the header, as an editor counts them."""
        place = int(row) + self._first
        at = int(np.searchsorted(self._ends, place, side="right"))
        start = int(self._ends[at - 1]) if at else 0
        return f"{self._origins[at]}, line {place - start + 2}"


def faults(frame: pd.DataFrame, registry: Registry, places: Places) -> list[str]:
    """List what cannot be true in a complete table.

    Parameters
    ----------
    frame : DataFrame
        All columns of the schema, as from `complete_columns`.
    registry : Registry
        Definitions.
    places : Places
        Where the rows come from.

    Returns
    -------
    list of str
        One line an offence: place, figure, what is wrong, what was expected.
    """
    found = offences(frame, registry)
    return [f"{places[row]} ({_label(frame, row)}): {text}" for row, _, text in found]


def offences(frame: pd.DataFrame, registry: Registry) -> list[tuple[int, str, str]]:
    """List what cannot be true in a complete table, cell for cell.

    Parameters
    ----------
    frame : DataFrame
        All columns of the schema, as from `complete_columns`.
    registry : Registry
        Definitions.

    Returns
    -------
    list of tuple
        Position of the row, column, and what is wrong, in order of the rows.
    """
    found = [
        (int(row), message)
        for check in _CHECKS
        for mask, message in check(frame, registry)
        for row in np.flatnonzero(mask)
    ]
    return [
        (row, message.partition(" ")[0], _filled(message, frame, row))
        for row, message in sorted(found)
    ]


def _label(frame: pd.DataFrame, row: int) -> str:
    return address(frame.iloc[row]) if frame["indicator"].iloc[row] else "no indicator"


def _filled(message: str, frame: pd.DataFrame, row: int) -> str:
    column = message.partition(" ")[0]
    value = frame[column].iloc[row] if column in frame.columns else ""
    return message.replace("{}", f"{value!r}" if isinstance(value, str) else f"{value:g}", 1)


def _each(column: pd.Series, good: Callable[[str], bool]) -> Mask:
    """Find the rows whose text is not good; every different text is looked at once."""
    bad = np.array([not good(str(text)) for text in column.cat.categories], dtype=bool)
    return bad[column.cat.codes.to_numpy()]


def _codes(frame: pd.DataFrame, _: Registry) -> Faults:
    for name, allowed in CODES.items():
        yield _each(frame[name], allowed.__contains__), f"{name} {{}} is not one of {allowed}"
    for name in ("published",):
        good = _each(frame[name], lambda text: not text or bool(_DATE.fullmatch(text)))
        yield good, f"{name} {{}} is not YYYY, YYYY-MM or YYYY-MM-DD"
    form = "breakdown {} is neither 'total' nor of the form dimension=value"
    yield _each(frame["breakdown"], lambda text: bool(_BREAKDOWN.fullmatch(text))), form


def _registered(frame: pd.DataFrame, registry: Registry) -> Faults:
    for name, kind, needed in (
        ("indicator", registry.indicators, True),
        ("document", registry.documents, True),
        ("regime", registry.regimes, False),
        ("pool", registry.pools, False),
    ):
        mask = _each(frame[name], lambda text, k=kind, n=needed: text in k or not (text or n))  # type: ignore[misc]
        yield mask, f"{name} {{}} is not in the registry"
    known = registry.notes
    mask = _each(frame["notes"], lambda text: all(note in known for note in text.split()))
    yield mask, "notes {} are not all in the registry"
    yield _undescribed(frame, registry), "breakdown {} is not described under its indicator"


def _undescribed(frame: pd.DataFrame, registry: Registry) -> Mask:
    """Find breakdowns that their indicator, which describes some, does not describe."""
    indicators = frame["indicator"].cat.categories.tolist()
    breakdowns = frame["breakdown"].cat.categories.tolist()
    width = len(breakdowns)
    code = frame["indicator"].cat.codes.to_numpy().astype(np.int64) * width
    unique, inverse = np.unique(code + frame["breakdown"].cat.codes, return_inverse=True)
    bad = np.zeros(len(unique), dtype=bool)
    for place, pair in enumerate(unique):
        indicator, breakdown = indicators[pair // width], breakdowns[pair % width]
        described = registry.indicators.get(indicator, {}).get("breakdowns", {})
        bad[place] = bool(described) and breakdown not in {"total", *described}
    return bad[inverse]


def _places(frame: pd.DataFrame, _: Registry) -> Faults:
    from benchmark.areas import is_aggregate, is_country

    country, scope = frame["country"], frame["geo_scope"]
    known = "country {} is neither an ISO 3166-1 alpha-3 code nor a registered aggregate"
    yield _each(country, lambda code: is_country(code) or is_aggregate(code)), known
    whole = scope.to_numpy() == "aggregate"
    yield (
        _each(country, lambda c: not is_aggregate(c)) & ~whole,
        ("country {} is an aggregate: geo_scope must be 'aggregate'"),
    )
    yield (
        _each(country, lambda c: not is_country(c)) & whole,
        ("country {} is one country: geo_scope cannot be 'aggregate'"),
    )
    part = np.isin(scope.to_numpy().astype(str), ["subnational", "selected_best"])
    named = _each(frame["area"], lambda text: not text)
    yield part & ~named, "area {} must name the place of a part of a country"
    yield ~part & named, "area {} stands beside a geo_scope that is no part of a country"


def _times(frame: pd.DataFrame, _: Registry) -> Faults:
    from benchmark.periods import last_year

    def year_of(text: str) -> float:
        try:
            return float(last_year(text)) if text else np.nan
        except ValueError:
            return -1.0

    periods = [str(text) for text in frame["period"].cat.categories]
    last = look_up(frame["period"], {text: year_of(text) for text in periods})
    yield last == -1.0, "period {} is not YYYY, YYYY-MM, YYYY-MM-DD or start/end"
    year = frame["year"].to_numpy()
    yield ~((year >= 1900) & (year <= 2100) & (year == np.floor(year))), "year {} is not a year"
    printed = frame["year_basis"].to_numpy() == "printed"
    known = last > 0
    yield printed & ~known, "year {} cannot be printed where the period is unknown: assigned?"
    yield printed & known & (last != year), "year {} is not the last year of the period"


def _values(frame: pd.DataFrame, registry: Registry) -> Faults:
    from benchmark.status import valid_with_value, valid_without_value

    value, status = frame["value"].to_numpy(), frame["status"]
    there = np.isfinite(value)
    yield there & _each(status, valid_with_value), "status {} cannot stand beside a value"
    yield (
        ~there & _each(status, valid_without_value),
        ("value {} is missing without a status that says why (one of B O M L H Q J S K)"),
    )
    units = {name: str(entry["unit"]) for name, entry in registry.indicators.items()}
    low = look_up(frame["indicator"], {n: BOUNDS[u][0] for n, u in units.items() if u in BOUNDS})
    high = look_up(frame["indicator"], {n: BOUNDS[u][1] for n, u in units.items() if u in BOUNDS})
    with np.errstate(invalid="ignore"):
        yield value < low, "value {} is below what its unit allows"
        yield value > high, "value {} is above what its unit allows"
    rank = look_up(frame["indicator"], {n: 1.0 for n, u in units.items() if u == "rank"}) == 1.0
    yield rank & there & (value != np.floor(value)), "value {} is no whole number, but a rank"
    size = look_up(frame["pool"], {n: float(p["size"]) for n, p in registry.pools.items()})
    with np.errstate(invalid="ignore"):
        yield rank & (value > size), "value {} is a rank beyond the size of its pool"


def _samples(frame: pd.DataFrame, _: Registry) -> Faults:
    n, decimals = frame["n"].to_numpy(), frame["decimals"].to_numpy()
    with np.errstate(invalid="ignore"):
        yield (n < 1) | (np.isfinite(n) & (n != np.floor(n))), "n {} is no number of respondents"
        yield (
            (decimals < 0) | (np.isfinite(decimals) & (decimals != np.floor(decimals))),
            ("decimals {} is no number of decimals"),
        )
    role = frame["n_role"].to_numpy() != ""
    yield np.isfinite(n) & ~role, "n_role {} must say whether n is the base or the total"
    yield ~np.isfinite(n) & role, "n_role {} stands without an n"


_CHECKS = (_codes, _registered, _places, _times, _values, _samples)
