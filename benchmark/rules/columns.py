"""The metadata of many figures as arrays: one code a figure and key, -1 where unknown."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmark.errors import BenchmarkError, listing
from benchmark.rules.values import READERS, digits, is_absent
from benchmark.schema import BOUNDS

IntArray = NDArray[np.integer[Any]]
Codes = NDArray[np.int32]
Factors = Mapping[str, tuple[Sequence[object], IntArray]]


@dataclass(frozen=True, eq=False)
class Columns:
    """Comparability metadata of some figures, ready for the rules.

    Attributes
    ----------
    size : int
        Number of figures.
    codes : Mapping
        For every key an array with one code a figure; -1 means unknown.
    tables : Mapping
        For every key the values that the codes stand for, in their normal form.
    """

    size: int
    codes: Mapping[str, Codes]
    tables: Mapping[str, tuple[Any, ...]]
    _derived: dict[str, NDArray[Any]] = field(default_factory=dict, repr=False)

    def look_up(
        self, key: str, meaning: Callable[[Any], Any], unknown: Any, dtype: Any
    ) -> NDArray[Any]:
        """Translate the values of a key; each different value is looked at once.

        Parameters
        ----------
        key : str
            One of the metadata keys.
        meaning : callable
            From a value in its normal form to a number.
        unknown : object
            What stands for an unknown value.
        dtype : dtype
            Of the answer.

        Returns
        -------
        ndarray
            One number a figure.
        """
        table = np.array([*map(meaning, self.tables[key]), unknown], dtype=dtype)
        return table[self.codes[key]]

    def derived(self, name: str, make: Callable[["Columns"], NDArray[Any]]) -> NDArray[Any]:
        """Keep what follows from the columns alone, so that it is computed once.

        Parameters
        ----------
        name : str
            Under which it is kept.
        make : callable
            Computes it.

        Returns
        -------
        ndarray
            One entry a figure.
        """
        if name not in self._derived:
            self._derived[name] = make(self)
        return self._derived[name]

    def figure(self, row: int) -> dict[str, Any]:
        """Read one figure back.

        Parameters
        ----------
        row : int
            Position.

        Returns
        -------
        dict
            The keys that are known, each in its normal form.
        """
        return {
            key: self.tables[key][codes[row]]
            for key, codes in self.codes.items()
            if codes[row] >= 0
        }


def encode(factors: Factors, size: int) -> Columns:
    """Encode the metadata of many figures.

    Parameters
    ----------
    factors : Mapping
        ``key -> (values, codes)``: values as a mapping of section 2 of the methods would hold
        them, and for each figure the position of its value, -1 where it has none. Keys that no
        figure knows may be left out.
    size : int
        Number of figures.

    Returns
    -------
    Columns
        The figures; country codes are ISO 3166-1 alpha-3, the scope is national where unstated.

    Raises
    ------
    BenchmarkError
        Listing every key and value that cannot be read, in which figures, and what was expected.
    """
    faults = [_unknown_key(key) for key in factors if key not in READERS]
    codes: dict[str, Codes] = {}
    tables: dict[str, tuple[Any, ...]] = {}
    for key in READERS:
        values, given = factors.get(key, ((), np.full(size, -1)))
        codes[key], tables[key] = _read(key, values, np.asarray(given), faults)
    if not faults:
        _default_scope(codes, tables)
        _written_decimals(factors, codes, tables)
        columns = Columns(size, codes, tables)
        faults = [*_bad_countries(columns), *_impossible(columns)]
    if faults:
        raise BenchmarkError(listing("figures cannot be compared as described", faults))
    return columns


def from_mappings(mappings: Iterable[Mapping[str, object]]) -> Columns:
    """Encode figures given as mappings.

    Parameters
    ----------
    mappings : iterable of Mapping
        Keys of the comparability metadata; an absent key, None, an empty text or list and
        not-a-number mean unknown.

    Returns
    -------
    Columns
        One entry a mapping, in order.

    Raises
    ------
    BenchmarkError
        As for `encode`.

    Examples
    --------
    >>> figures = from_mappings([{"country": "EL"}, {"country": "GRC", "period": "2023"}])
    >>> [figures.figure(row)["country"] for row in range(2)]
    ['GRC', 'GRC']
    """
    rows = list(mappings)
    if not all(isinstance(row, Mapping) for row in rows):
        raise BenchmarkError("a figure is described by a mapping of metadata keys to values")
    keys = list(dict.fromkeys(key for row in rows for key in row))
    factors = {
        key: ([row.get(key) for row in rows], np.arange(len(rows), dtype=np.int32)) for key in keys
    }
    return encode(factors, len(rows))


def _unknown_key(key: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(str(key), READERS, n=1, cutoff=0.6)
    hint = f"did you mean {near[0]!r}?" if near else "known keys: " + ", ".join(READERS)
    return f"unknown key {key!r}; {hint}"


def _read(
    key: str, values: Sequence[object], given: IntArray, faults: list[str]
) -> tuple[Codes, tuple[Any, ...]]:
    """Bring the values of one key to their normal form, equal ones under one code."""
    normal: dict[Any, int] = {}
    code = np.full(len(values) + 1, -1, dtype=np.int32)
    for k, value in enumerate(values):
        if is_absent(value):
            continue
        try:
            read = READERS[key](value)
        except BenchmarkError as error:
            where = ", ".join(str(row + 1) for row in np.flatnonzero(given == k)[:5])
            faults.append(f"{key} {value!r} (figure {where}): {error}")
        else:
            code[k] = normal.setdefault(read, len(normal))
    return code[given], tuple(normal)


def _default_scope(codes: dict[str, Codes], tables: dict[str, tuple[Any, ...]]) -> None:
    table = tables["geo_scope"]
    tables["geo_scope"] = table if "national" in table else (*table, "national")
    national = tables["geo_scope"].index("national")
    codes["geo_scope"] = np.where(codes["geo_scope"] < 0, np.int32(national), codes["geo_scope"])


def _written_decimals(
    factors: Factors, codes: dict[str, Codes], tables: dict[str, tuple[Any, ...]]
) -> None:
    """Take decimals that are not stated from the value as it is written."""
    values, given = factors.get("value", ((), np.full(0, -1)))
    table = dict.fromkeys((*tables["decimals"], *(float(digits(value)) for value in values)))
    order = {decimals: k for k, decimals in enumerate(table)}
    written = np.array([*(order[float(digits(value))] for value in values), -1], dtype=np.int32)
    if len(values):
        unstated = (codes["decimals"] < 0) & (codes["value"] >= 0)
        codes["decimals"] = np.where(unstated, written[given], codes["decimals"])
        tables["decimals"] = tuple(table)


def _bad_countries(columns: Columns) -> list[str]:
    """Find codes that are neither a country's nor declared to be an aggregate's."""
    from benchmark.areas import is_country

    foreign = columns.look_up("country", lambda code: not is_country(code), False, bool)
    scopes = columns.look_up("geo_scope", lambda scope: scope != "aggregate", True, bool)
    rows = np.flatnonzero(foreign & scopes)
    names = sorted({str(columns.tables["country"][columns.codes["country"][row]]) for row in rows})
    return [
        f"country {name!r}: expected an ISO 3166-1 code; the code of an aggregate needs "
        "geo_scope 'aggregate'"
        for name in names
    ]


def _impossible(columns: Columns) -> list[str]:
    """Find values that their unit cannot take, and ranks beyond their pool."""
    unbounded = (-np.inf, np.inf)
    value = columns.look_up("value", float, np.nan, np.float64)
    low = columns.look_up("unit", lambda unit: BOUNDS.get(unit, unbounded)[0], -np.inf, np.float64)
    high = columns.look_up("unit", lambda unit: BOUNDS.get(unit, unbounded)[1], np.inf, np.float64)
    pool = columns.look_up("pool_size", float, np.inf, np.float64)
    rank = columns.look_up("unit", lambda unit: unit == "rank", False, bool)
    high = np.where(rank, np.minimum(high, pool), high)
    rows = np.flatnonzero((value < low) | (value > high))
    return [
        f"value {value[row]:g} (figure {row + 1}): expected {low[row]:g} "
        f"{'or more' if np.isinf(high[row]) else f'to {high[row]:g}'} for the unit "
        f"{columns.tables['unit'][columns.codes['unit'][row]]}"
        for row in rows
    ]
