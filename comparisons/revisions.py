"""What differs between two editions of the same cells: found here, told by `comparisons.diff`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from benchmark.errors import BenchmarkError, listing
from benchmark.schema import DEFAULTS, KEY, NUMBERS

if TYPE_CHECKING:
    from numpy.typing import NDArray

CHANGES: Final = ("revised", "new", "dropped", "flag", "method")
"""Kinds of change, in the order they are told."""

_FIGURE_FLAGS: Final = ("status", "qualifier", "confidence")
_FIGURE_METHOD: Final = (
    *("regime", "year", "year_basis", "wave", "unit_mult", "decimals"),
    *("n", "n_role", "n_qualifier", "pool"),
)
_CELL: Final = ("value", "status", "symbol")


Fact = tuple[str, str, str]


@dataclass(frozen=True)
class Edition:
    """Cells of one edition, ready to be held against another's.

    Attributes
    ----------
    frame : DataFrame
        A row a cell: keys and `value`, flags and facts of method.
    keys : tuple of str
        Columns that name a cell.
    flags, method : tuple of str
        Columns whose changes are told as such.
    facts : mapping
        Facts of method that belong to no single cell, such as labels, notes and units: what,
        where, and what tells two at one place apart -> text.
    """

    frame: pd.DataFrame
    keys: tuple[str, ...]
    flags: tuple[str, ...]
    method: tuple[str, ...] = ()
    facts: Mapping[Fact, str] = field(default_factory=dict)


def of_figures(frame: pd.DataFrame) -> Edition:
    """Take a figures table; a column it lacks has its usual value.

    Parameters
    ----------
    frame : DataFrame
        Columns of the figures table, at least the indicator and the value.

    Returns
    -------
    Edition
    """
    missing = {"indicator", "value"} - set(frame.columns)
    if missing:
        raise BenchmarkError(f"no figures table: it has no column {' and '.join(sorted(missing))}")
    whole = {name: frame.get(name, default) for name, default in DEFAULTS.items()}
    table = pd.DataFrame(whole, index=frame.index).reset_index(drop=True)
    for name in table:
        if name in NUMBERS:
            table[name] = pd.to_numeric(table[name].replace("", np.nan)).astype(float)
        else:
            table[name] = table[name].astype(object).fillna("")
    return Edition(table, KEY, _FIGURE_FLAGS, _FIGURE_METHOD)


def of_table(table: Any) -> Edition:
    """Take a publisher's table.

    Parameters
    ----------
    table : Table
        With `frame`, `labels`, `notes` and `meta`.

    Returns
    -------
    Edition
    """
    beside = {*_CELL, *table.meta.get("attributes", ())}
    keys = tuple(name for name in table.frame.columns if name not in beside)
    texts = dict.fromkeys([*keys, "status", "symbol"], object)
    flags = tuple(name for name in ("status", "symbol") if name in table.frame)
    own = {name: kind for name, kind in texts.items() if name in table.frame}
    return Edition(table.frame.astype(own), keys, flags, (), _facts(table))


def _facts(table: Any) -> dict[Fact, str]:
    """List what a table says of itself and of its codes."""
    found: dict[Fact, str] = {}
    for column, codes in table.labels.items():
        for code, words in codes.items():
            where = f"{column}={code}" if code else column
            found |= {("label", where, lang): text for lang, text in words.items()}
    for note in table.notes:
        where = ", ".join(f"{name}={code}" if code else name for name, code in note.at.items())
        # A note is its own name: one that changes is one dropped and one new.
        found |= {("note", where, f"{lang} {text}"): text for lang, text in note.text.items()}
    for name in ("units", "decimals"):
        said = table.meta.get(name) or {}
        items = said.items() if isinstance(said, Mapping) else [("", said)]
        found |= {(name, str(code), ""): str(one) for code, one in items}
    return found


def changes(old: Edition, new: Edition) -> tuple[pd.DataFrame, int]:
    """List what changed between two editions.

    Parameters
    ----------
    old, new : Edition
        The earlier and the later one.

    Returns
    -------
    rows : DataFrame
        One row a change: `change` (one of `CHANGES`), `field` (the column or the kind of fact),
        the keys, `where` (for facts), `before`, `after` and `difference` (float64), `old` and
        `new` (texts of flags and facts), `at_old` and `at_new` (rows of the editions, -1 if none).
    same : int
        How many cells are in both and equal in every respect.

    Raises
    ------
    BenchmarkError
        If a cell is there twice, or the editions have other variables.
    """
    keys = _keys(old, new)
    first, second = _indexed(old, keys), _indexed(new, keys)
    place = first.get_indexer(second)
    both = np.flatnonzero(place >= 0)
    gone = np.setdiff1d(np.arange(len(first)), place)
    pairs = (place[both], both)
    found = [
        _values(old, new, *pairs),
        _alone("new", new, np.flatnonzero(place < 0)),
        _alone("dropped", old, gone),
        *(_texts("flag", name, old, new, *pairs) for name in new.flags if name in old.flags),
        *(_texts("method", name, old, new, *pairs) for name in new.method if name in old.method),
        _of_facts(old, new),
    ]
    changed = {at for part in found for at in part["at_new"] if at >= 0}
    rows = pd.concat([part for part in found if len(part)] or found[:1], ignore_index=True)
    return _named(rows, old, new, keys), len(both) - len(changed.intersection(both.tolist()))


def _keys(old: Edition, new: Edition) -> list[str]:
    """Name the variables of both; one of a single code that the other lacks does not matter."""
    extra = [
        (name, edition)
        for edition, other in ((old, new), (new, old))
        for name in edition.keys
        if name not in other.keys
    ]
    wide = [f"{name} ({n} codes)" for name, one in extra if (n := one.frame[name].nunique()) > 1]
    keys = [name for name in new.keys if name in old.keys]
    if wide or not keys:
        raise BenchmarkError(
            listing(
                "the two editions have different variables, so their cells cannot be matched",
                wide or [", ".join(old.keys), ", ".join(new.keys)],
                "Choose one code of each such variable in both, or hold other editions together.",
            )
        )
    return keys


def _indexed(edition: Edition, keys: Sequence[str]) -> pd.MultiIndex:
    frame = edition.frame[list(keys)].astype(object)
    index = pd.MultiIndex.from_frame(frame)
    if not index.is_unique:
        twice = frame[frame.duplicated()].drop_duplicates()
        where = [", ".join(map(str, row)) for row in twice.itertuples(index=False)]
        raise BenchmarkError(listing(f"{len(where)} cells are there more than once", where))
    return index


def _rows(change: str, field: str | list[str], **columns: Any) -> pd.DataFrame:
    kinds = {"before": float, "after": float, "old": object, "new": object}
    size = len(columns["at_new"])
    empty: dict[str, Any] = {"before": np.nan, "after": np.nan, "old": "", "new": "", "where": ""}
    whole = {"change": change, "field": field, **empty, **columns}
    return pd.DataFrame(whole, index=range(size)).astype(kinds)


def _values(
    old: Edition, new: Edition, at_old: "NDArray[Any]", at_new: "NDArray[Any]"
) -> pd.DataFrame:
    before = old.frame["value"].to_numpy(float)[at_old]
    after = new.frame["value"].to_numpy(float)[at_new]
    moved = (before != after) & ~(np.isnan(before) & np.isnan(after))
    at = {"at_old": at_old[moved], "at_new": at_new[moved]}
    return _rows("revised", "value", before=before[moved], after=after[moved], **at)


def _alone(change: str, edition: Edition, at: "NDArray[Any]") -> pd.DataFrame:
    value = edition.frame["value"].to_numpy(float)[at]
    none = np.full(len(at), -1)
    if change == "new":
        return _rows(change, "value", after=value, at_new=at, at_old=none)
    return _rows(change, "value", before=value, at_old=at, at_new=none)


def _texts(
    change: str,
    field: str,
    old: Edition,
    new: Edition,
    at_old: "NDArray[Any]",
    at_new: "NDArray[Any]",
) -> pd.DataFrame:
    before = _plain(old.frame[field])[at_old]
    after = _plain(new.frame[field])[at_new]
    moved = before != after
    at = {"at_old": at_old[moved], "at_new": at_new[moved]}
    return _rows(change, field, old=before[moved], new=after[moved], **at)


def _plain(column: pd.Series) -> "NDArray[Any]":
    """Write a column as texts: whole numbers without a point, what is absent as nothing."""
    if column.dtype.kind != "f":
        return column.astype(object).to_numpy()
    return np.array(["" if one != one else f"{one:.15g}" for one in column], dtype=object)


def _of_facts(old: Edition, new: Edition) -> pd.DataFrame:
    before, after = old.facts, new.facts
    differ = [key for key in {**after, **before} if before.get(key) != after.get(key)]
    # A code that came or went is told as its cells are, and a language is no method.
    told = [key for key in differ if key[0] != "label" or (key in before and key in after)]
    none = np.full(len(told), -1)
    return _rows(
        "method",
        [field for field, _, _ in told],
        where=[where for _, where, _ in told],
        old=[before.get(key, "") for key in told],
        new=[after.get(key, "") for key in told],
        at_old=none,
        at_new=none,
    )


def _named(rows: pd.DataFrame, old: Edition, new: Edition, keys: Sequence[str]) -> pd.DataFrame:
    """Add the keys of the cells and the differences; sort by kind and by place in the edition."""
    rows["difference"] = rows["after"] - rows["before"]
    there = rows["at_new"].to_numpy() >= 0
    here = rows["at_old"].to_numpy() >= 0
    for name in keys:
        column = np.full(len(rows), "", dtype=object)
        column[here] = old.frame[name].to_numpy(object)[rows["at_old"][here]]
        column[there] = new.frame[name].to_numpy(object)[rows["at_new"][there]]
        rows[name] = column
    order = rows["change"].map(CHANGES.index)
    sorted_rows: pd.DataFrame = rows.iloc[np.argsort(order, kind="stable")]
    return sorted_rows.reset_index(drop=True)
