"""The cells of a file under the names of the figures table, one row a figure."""

import re
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

import numpy as np
import pandas as pd

from sources.own_files_map import Map
from sources.own_files_raw import Raw


def heading_faults(raw: Raw, found: Map) -> list[str]:
    """Name the columns that a map speaks of and the file does not have.

    Parameters
    ----------
    raw : Raw
        The file.
    found : Map
        The map.

    Returns
    -------
    list of str
        One line each, with near headings.
    """
    known = list(raw.frame.columns)
    wanted = {f"[columns] {name}": column for name, column in found.columns.items()}
    wanted |= {"[keep]" + " " * k: column for k, column in enumerate(found.keep)}
    stated = [str(name) for name in found.wide.get("columns", [])]
    wanted |= {"[wide] columns" + " " * k: column for k, column in enumerate(stated)}
    faults = []
    for where, column in wanted.items():
        if column not in known:
            near = get_close_matches(column, known, n=3, cutoff=0.6) or known
            faults.append(
                f"{found.origin}: {where.rstrip()}: {raw.file} has no column {column!r}; "
                f"it has {', '.join(map(repr, near[:12]))}"
            )
    if found.wide and not stated and not _headings(raw, found):
        faults.append(f"{found.origin}: [wide]: no heading of {raw.file} is a year; name columns")
    if not found.wide and "value" not in {*found.filled, *raw.usual}:
        faults.append(f"{found.origin}: nothing fills value: name it under [columns]")
    return faults


def _headings(raw: Raw, found: Map) -> list[str]:
    """Find the columns that stand side by side."""
    stated = [str(name) for name in found.wide.get("columns", [])]
    return stated or [name for name in raw.frame.columns if re.fullmatch(r"\d{4}", name)]


def arrange(raw: Raw, found: Map) -> pd.DataFrame:
    """Give the records a row a figure, and columns named as in the figures table.

    Parameters
    ----------
    raw : Raw
        The file.
    found : Map
        The map; its columns are there.

    Returns
    -------
    DataFrame
        Cells as read or as the code lists have them, ``unit`` where it is said, ``_record``
        (position of the record in the file) and ``_heading`` (column the value stands in).
    """
    columns = {**raw.usual, **found.columns}
    records = np.flatnonzero(_kept(raw.frame, found.keep))
    headings = _headings(raw, found) if found.wide else [columns.get("value", "")]
    parts = []
    for heading in headings:
        cells: dict[str, Any] = {
            name: raw.frame[column].to_numpy(dtype=object)[records]
            for name, column in columns.items()
        }
        if found.wide:
            cells["value"] = raw.frame[heading].to_numpy(dtype=object)[records]
            cells[found.wide["into"]] = np.full(len(records), heading, dtype=object)
        parts.append(pd.DataFrame(cells | {"_record": records, "_heading": heading}))
    # The figures of one record follow each other, in the order of its columns.
    table = pd.concat(parts).sort_values("_record", kind="stable").reset_index(drop=True)
    for name, value in found.constants.items():
        table[name] = value
    for name, codes in found.codes.items():
        if name in table:
            table[name] = table[name].map(lambda cell, c=codes: c.get(said(cell), cell))
    return table


def _kept(frame: pd.DataFrame, keep: Mapping[str, Any]) -> Any:
    mask = np.ones(len(frame), dtype=bool)
    for column, wanted in keep.items():
        texts = {str(one) for one in (wanted if isinstance(wanted, list) else [wanted])}
        mask &= frame[column].map(lambda cell, t=texts: said(cell) in t).to_numpy(dtype=bool)
    return mask


def said(cell: object) -> str:
    """Write a cell as a person would: 2023 and not 2023.0.

    Parameters
    ----------
    cell : object
        A text or a number.

    Returns
    -------
    str

    Examples
    --------
    >>> said(2023.0), said(78.5), said(" a ")
    ('2023', '78.5', 'a')
    """
    if isinstance(cell, float):
        return f"{cell:.0f}" if cell.is_integer() else repr(cell)
    return str(cell).strip()
