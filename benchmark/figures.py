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
from benchmark.validate import faults

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
    complete = {name: complete_columns(frame, name) for name, frame in frames.items()}
    offenders = [line for name, frame in complete.items() for line in faults(frame, registry, name)]
    joined = _concat(list(complete.values()))
    origins = np.repeat(list(complete), [len(frame) for frame in complete.values()])
    offenders += _duplicates(joined, origins)
    if offenders:
        raise InvalidFigures(listing("rows cannot stand in the figures table", offenders, _REMEDY))
    return Evidence(joined, registry, digest(joined))


def complete_columns(frame: pd.DataFrame, origin: str) -> pd.DataFrame:
    """Give a table every column of the schema, in order.

    Parameters
    ----------
    frame : DataFrame
        Any subset of the columns.
    origin : str
        File or adapter, for the error message.

    Returns
    -------
    DataFrame
        Texts as categories, numbers as float64.

    Raises
    ------
    InvalidFigures
        For a column the schema does not know, or one that is no number.

    Examples
    --------
    >>> row = pd.DataFrame({"indicator": ["egov.overall"], "value": [85.2]})
    >>> complete_columns(row, "mine.csv")[["indicator", "kind", "value", "status"]].iloc[0].tolist()
    ['egov.overall', 'observed', 85.2, 'A']
    """
    strange = [name for name in frame.columns if name not in DEFAULTS]
    if strange:
        lines = [f"{origin}: column {name!r}" for name in strange]
        raise InvalidFigures(listing("unknown columns", lines, f"Known: {', '.join(COLUMNS)}."))
    columns: dict[str, object] = {}
    for name, default in DEFAULTS.items():
        column = frame[name] if name in frame.columns else None
        if name in NUMBERS:
            columns[name] = _numbers(column, default, len(frame), f"{origin}: {name}")
        elif name in UNIQUE:
            columns[name] = _unique(column, default, len(frame))
        else:
            columns[name] = _texts(column, default, len(frame))
    return pd.DataFrame(columns, index=pd.RangeIndex(len(frame)))


def _numbers(column: pd.Series | None, default: object, size: int, where: str) -> Any:
    if column is None:
        return np.full(size, default, dtype=float)
    try:
        values = pd.to_numeric(column.replace("", np.nan) if column.dtype == object else column)
    except (ValueError, TypeError) as error:
        raise InvalidFigures(f"{where}: {error}; numbers are written as in 1234.5") from None
    # A column that is there but left blank in a row takes the default too (unit_mult).
    return np.where(values.isna(), default, values.to_numpy(dtype=float))


def _unique(column: pd.Series | None, default: object, size: int) -> Any:
    return np.full(size, default, dtype=object) if column is None else column.to_numpy(dtype=object)


def _texts(column: pd.Series | None, default: object, size: int) -> pd.Categorical:
    if column is None:
        return _categorical(np.zeros(size, dtype=np.int8), [str(default)])
    if isinstance(column.dtype, pd.CategoricalDtype):
        kinds, codes = column.cat.categories, column.cat.codes.to_numpy()
    else:
        codes, kinds = pd.factorize(column.fillna("").astype(str).str.strip())
    names = np.array([default if str(kind) == "" else str(kind) for kind in kinds], dtype=object)
    if (codes < 0).any():
        names, codes = np.append(names, default), np.where(codes < 0, len(names), codes)
    merged, unique = pd.factorize(names)
    return _categorical(merged[codes], [str(name) for name in unique])


def _categorical(codes: Any, names: Sequence[str]) -> pd.Categorical:
    """Make texts from codes; unchecked, since a table of 50,000 rows is made at every start."""
    return pd.Categorical.from_codes(codes, dtype=pd.CategoricalDtype(names), validate=False)


def _concat(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Stack complete tables; categories are united, so that texts stay integer codes."""
    if not frames:
        return complete_columns(pd.DataFrame(), "nothing")
    columns: dict[str, object] = {}
    for name in COLUMNS:
        parts = [frame[name] for frame in frames]
        if name in NUMBERS or name in UNIQUE:
            columns[name] = np.concatenate([part.to_numpy() for part in parts])
        else:
            columns[name] = pd.api.types.union_categoricals([part.array for part in parts])
    return pd.DataFrame(columns)


def _duplicates(frame: pd.DataFrame, origins: Any) -> list[str]:
    """Name every row whose key an earlier row already has."""
    keys = frame[list(KEY)]
    later = keys.duplicated(keep="first").to_numpy()
    if not later.any():
        return []
    return [
        f"{origins[row]} ({address(frame.iloc[row])}): a second row for one key "
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
        names = [str(text) for text in column.cat.categories]
        order = np.argsort(np.array(names, dtype=object), kind="stable")
        place = np.empty(len(order), dtype="<i4")
        place[order] = np.arange(len(order))
        total.update("\x1f".join(names[k] for k in order).encode())
        total.update(place[column.cat.codes.to_numpy()].tobytes())
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
