"""The figures table, the source of truth: one row a published figure.

Rows are completed, checked and joined here. A row that cannot be true is refused with its place,
the rule it breaks and what to do; all offenders are named at once.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import inf
from typing import Any

import numpy as np
import pandas as pd

from benchmark.addresses import address
from benchmark.errors import InvalidFigures, UnknownName, listing
from benchmark.registry import Registry, unknown
from benchmark.schema import COLUMNS, DEFAULTS, KEY, NUMBERS, UNIQUE
from benchmark.validate import Places, faults

_REMEDY = "Mend these rows; CONTRIBUTING.md describes every column."


@dataclass(frozen=True, eq=False)
class Evidence:
    """Figures and the registry that explains them; never changed after it was made.

    Attributes
    ----------
    figures : pandas.DataFrame
        One row a figure, columns of `benchmark.schema.COLUMNS`.
    registry : Registry
        Definitions of all that the rows refer to.
    hash : str
        sha256 over the canonical table; ties a cube to the figures it was made from.
    """

    figures: pd.DataFrame
    registry: Registry
    hash: str


def gather(frames: Mapping[str, pd.DataFrame], registry: Registry) -> Evidence:
    """Join checked tables of several sources.

    Parameters
    ----------
    frames : mapping of str to DataFrame
        A table for each origin (a file or adapter), named for error messages. Columns may be left
        out where the default of `benchmark.schema.DEFAULTS` holds.
    registry : Registry
        Definitions.

    Returns
    -------
    Evidence

    Raises
    ------
    InvalidFigures
        Naming every row that cannot stand.
    """
    _refuse_strange_columns(frames)
    plain = {name: frame for name, frame in frames.items() if not _coded(frame)}
    coded = {name: frame for name, frame in frames.items() if name not in plain}
    # Plain tables go together: what one costs hardly depends on how long it is.
    groups = [[*plain.values()], *([frame] for frame in coded.values())]
    order = {**plain, **coded}
    places = Places(list(order), [len(frame) for frame in order.values()])
    complete, start = [], 0
    for group in filter(None, groups):
        together = pd.concat(group, ignore_index=True)
        complete.append(complete_columns(together, places.after(start)))
        start += len(together)
    joined = _concat(complete)
    offenders = [*faults(joined, registry, places), *_duplicates(joined, places)]
    if offenders:
        raise InvalidFigures(listing("rows cannot stand in the figures table", offenders, _REMEDY))
    return Evidence(joined, registry, digest(joined))


def _coded(frame: pd.DataFrame) -> bool:
    return any(isinstance(kind, pd.CategoricalDtype) for kind in frame.dtypes)


def _refuse_strange_columns(frames: Mapping[str, pd.DataFrame]) -> None:
    strange = [
        f"{name}: column {column!r}"
        for name, frame in frames.items()
        for column in frame.columns
        if column not in DEFAULTS
    ]
    if strange:
        raise InvalidFigures(listing("unknown columns", strange, f"Known: {', '.join(COLUMNS)}."))


def complete_columns(frame: pd.DataFrame, places: Places) -> pd.DataFrame:
    """Give a table every column of the schema, in order.

    Parameters
    ----------
    frame : DataFrame
        Any subset of the columns.
    places : Places
        Where the rows come from, for the error message.

    Returns
    -------
    DataFrame
        Texts as categories, numbers as float64.

    Raises
    ------
    InvalidFigures
        For every number that is none.

    Examples
    --------
    >>> row = pd.DataFrame({"indicator": ["egov.overall"], "value": [85.2]})
    >>> table = complete_columns(row, Places(["mine.csv"], [1]))
    >>> table.loc[0, ["indicator", "kind", "status"]].tolist()
    ['egov.overall', 'observed', 'A']
    """
    columns: dict[str, object] = {}
    offenders: list[str] = []
    for name, default in DEFAULTS.items():
        column = frame[name] if name in frame.columns else None
        if name in NUMBERS:
            columns[name], bad = _numbers(column, default, len(frame))
            offenders += [f"{places[row]}: {name} {frame[name].iloc[row]!r}" for row in bad]
        elif name in UNIQUE:
            columns[name] = _unique(column, default, len(frame))
        else:
            columns[name] = _texts(column, default, len(frame))
    if offenders:
        remedy = "Write numbers as 1234.5, and leave a cell empty where there is none."
        raise InvalidFigures(listing("these are no numbers", offenders, remedy))
    return pd.DataFrame(columns, index=pd.RangeIndex(len(frame)))


def _numbers(column: pd.Series | None, default: Any, size: int) -> tuple[Any, Any]:
    """Read numbers, and name the rows that hold something else."""
    if column is None:
        return np.full(size, default, dtype=float), ()
    values = pd.to_numeric(column, errors="coerce").to_numpy(dtype=float)
    empty = np.flatnonzero(np.isnan(values))
    said = column.iloc[empty]
    bad = empty[(said.notna() & (said.astype(str).str.strip() != "")).to_numpy()]
    # A column that is there but left blank in a row takes the default too (unit_mult).
    return np.where(np.isnan(values), default, values), bad


def _unique(column: pd.Series | None, default: object, size: int) -> Any:
    return np.full(size, default, dtype=object) if column is None else column.to_numpy(dtype=object)


def _texts(column: pd.Series | None, default: object, size: int) -> pd.Categorical:
    if column is None:
        return _categorical(np.zeros(size, dtype=np.int8), [str(default)])
    if isinstance(column.dtype, pd.CategoricalDtype):
        kinds, codes = column.cat.categories, column.cat.codes.to_numpy()
    else:
        codes, kinds = pd.factorize(column.fillna("").astype(str).str.strip())
    names = [str(default) if str(kind) == "" else str(kind) for kind in kinds]
    if (codes < 0).any():
        names.append(str(default))  # last, where the code -1 of a missing text finds it
    merged, unique = pd.factorize(np.array(names, dtype=object))
    return _categorical(merged[codes], [str(name) for name in unique])


def _categorical(codes: Any, names: list[str]) -> pd.Categorical:
    """Make texts from codes; unchecked, since a table of 50,000 rows is made at every start."""
    kinds: Any = pd.CategoricalDtype(names)
    return pd.Categorical.from_codes(codes, dtype=kinds, validate=False)


def _concat(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Stack complete tables; categories are united, so that texts stay integer codes."""
    if not frames:
        return complete_columns(pd.DataFrame(), Places([], []))
    columns: dict[str, object] = {}
    for name in COLUMNS:
        parts = [frame[name] for frame in frames]
        if name in NUMBERS or name in UNIQUE:
            columns[name] = np.concatenate([part.to_numpy() for part in parts])
        else:
            columns[name] = pd.api.types.union_categoricals([part.array for part in parts])
    return pd.DataFrame(columns)


def _duplicates(frame: pd.DataFrame, places: Places) -> list[str]:
    """Name every row whose key an earlier row already has."""
    keys = frame[list(KEY)]
    later = keys.duplicated(keep="first").to_numpy()
    return [
        f"{places[row]} ({address(frame.iloc[row])}): a second row for one key "
        f"({', '.join(str(frame[name].iloc[row]) for name in KEY)})"
        for row in np.flatnonzero(later)
    ]


def digest(frame: pd.DataFrame) -> str:
    """Hash a table by its content, whatever the order of its categories.

    Parameters
    ----------
    frame : DataFrame
        A complete table.

    Returns
    -------
    str
        sha256, in hexadecimal digits.
    """
    total = hashlib.sha256()
    for name in COLUMNS:
        total.update(name.encode())
        column = frame[name]
        if name in NUMBERS:
            total.update((column.to_numpy(dtype="<f8") + 0.0).tobytes())
            continue
        if name in UNIQUE:
            total.update("\x1f".join(column.to_numpy(dtype=object)).encode())
            continue
        # Only texts that occur, in order of the alphabet: how a table was made leaves no trace.
        codes, names = column.cat.codes.to_numpy(), column.cat.categories.tolist()
        used = np.flatnonzero(np.bincount(codes, minlength=len(names)))
        order = sorted(used.tolist(), key=names.__getitem__)
        place = np.zeros(len(names), dtype="<i4")
        place[order] = np.arange(len(order))
        total.update("\x1f".join(names[k] for k in order).encode())
        total.update(place[codes].tobytes())
    return total.hexdigest()


def joined(evidence: Evidence, **filters: Any) -> pd.DataFrame:
    """Return the figures with what the registry says of them.

    Parameters
    ----------
    evidence : Evidence
        Figures and registry.
    **filters
        A column and the value, or values, it must have: ``country="DNK"``, ``year=[2021, 2022]``,
        ``concept="trust.digital_services"``.

    Returns
    -------
    DataFrame
        One row a figure: columns of the figures table, and ``concept``, ``unit``, ``base``,
        ``age`` (``15-89``), ``programme`` of the registry, and the ``address``.

    Raises
    ------
    UnknownName
        For a filter that is no column.
    """
    frame = _described(evidence)
    strange = [name for name in filters if name not in frame.columns]
    if strange:
        raise UnknownName("; ".join(unknown("column", name, frame.columns) for name in strange))
    for name, wanted in filters.items():
        values = [wanted] if isinstance(wanted, str) or not isinstance(wanted, Iterable) else wanted
        frame = frame[frame[name].isin(list(values))]
    return frame


_FRONT = ("country", "area", "geo_scope", "indicator", "concept", "year", "year_basis", "period")


def _described(evidence: Evidence) -> pd.DataFrame:
    from benchmark.metadata import FACTS, profiles

    combos, code = profiles(evidence)
    extra = {
        name: pd.Series(_categorical(*_of_profiles(combos, code, name)), dtype=str)
        for name in FACTS
    }
    texts = {name: evidence.figures[name].astype(str) for name in COLUMNS if name not in NUMBERS}
    numbers = {name: evidence.figures[name] for name in NUMBERS}
    whole = {name: numbers[name].astype("Int64") for name in ("year", "decimals", "n", "unit_mult")}
    frame = pd.DataFrame({**texts, **numbers, **whole, **extra})
    order = [*_FRONT, "breakdown", "kind", "edition", "published", "wave", "value", "unit"]
    return frame[[*order, *(name for name in frame.columns if name not in order)]]


def _of_profiles(
    combos: Sequence[Mapping[str, Any]], code: Any, name: str
) -> tuple[Any, list[str]]:
    def text(value: object) -> str:
        if isinstance(value, (list, tuple)):
            return "-".join("" if part in (None, inf) else str(part) for part in value)
        return "" if value is None else str(value)

    texts = [text(combo.get(name)) for combo in combos]
    unique = sorted(set(texts))
    place = {value: position for position, value in enumerate(unique)}
    return np.array([place[value] for value in texts], dtype=np.int64)[code], unique
