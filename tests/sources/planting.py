"""Errors of the kinds that people make, put into a copy of a table of figures."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from benchmark.figures import Evidence
from benchmark.registry import Registry


def changed(evidence: Evidence, cells: Mapping[tuple[int, str], Any]) -> Evidence:
    """A copy of the evidence with some cells changed; nothing checks them on the way in."""
    figures = evidence.figures.copy()
    for column in {name for _, name in cells}:
        values = figures[column].astype(object).to_numpy(copy=True)
        for (row, name), value in cells.items():
            if name == column:
                values[row] = value
        kind = figures[column].dtype
        text = isinstance(kind, pd.CategoricalDtype)
        figures[column] = pd.Categorical(values) if text else pd.Series(values).astype(kind)
    return Evidence(figures, evidence.registry, evidence.hash)


def with_rows(evidence: Evidence, rows: np.ndarray, **columns: Any) -> Evidence:
    """A copy of the evidence with some rows once more, some of their columns changed."""
    extra = evidence.figures.iloc[rows].assign(**columns).astype(object)
    joined = pd.concat([evidence.figures.astype(object), extra], ignore_index=True)
    for name, column in evidence.figures.items():
        text = isinstance(column.dtype, pd.CategoricalDtype)
        joined[name] = pd.Categorical(joined[name]) if text else joined[name].astype(column.dtype)
    return Evidence(joined, evidence.registry, evidence.hash)


def with_registry(evidence: Evidence, **kinds: Any) -> Evidence:
    """A copy of the evidence with some tables of its registry replaced."""
    registry: Registry = replace(evidence.registry, **kinds)
    return Evidence(evidence.figures, registry, evidence.hash)


def without_break(evidence: Evidence, name: str) -> Evidence:
    """A copy of the evidence whose registry has forgotten a break."""
    left = {key: entry for key, entry in evidence.registry.breaks.items() if key != name}
    return with_registry(evidence, breaks=left)


@dataclass(frozen=True)
class Planted:
    """A changed table and the rows that are wrong in it."""

    evidence: Evidence
    rows: tuple[int, ...]
    indicators: tuple[str, ...]


Plant = Callable[[Evidence, np.random.Generator], Planted]


def _some(evidence: Evidence, rng: np.random.Generator, mask: Any = True) -> int:
    figures = evidence.figures
    usable = np.isfinite(figures["value"].to_numpy()) & (figures["kind"] == "observed").to_numpy()
    return int(rng.choice(np.flatnonzero(usable & mask)))


def _like(evidence: Evidence, row: int, *columns: str) -> np.ndarray:
    figures = evidence.figures
    mask = np.isfinite(figures["value"].to_numpy())
    for name in columns:
        mask &= (figures[name] == figures[name].iloc[row]).to_numpy()
    return np.flatnonzero(mask)


def _planted(evidence: Evidence, cells: Mapping[tuple[int, str], Any]) -> Planted:
    rows = tuple(sorted({row for row, _ in cells}))
    names = tuple(sorted({str(evidence.figures["indicator"].iloc[row]) for row in rows}))
    return Planted(changed(evidence, cells), rows, names)


def swap(evidence: Evidence, rng: np.random.Generator) -> Planted:
    """Exchange the values of two countries, which differ by more than a point or a hundredth."""
    values = evidence.figures["value"].to_numpy()
    while True:
        row = _some(evidence, rng)
        same = _like(evidence, row, "indicator", "period", "breakdown", "edition", "geo_scope")
        far = same[np.abs(values[same] - values[row]) > 0.02 * max(abs(values[row]), 1)]
        if len(far):
            other = int(rng.choice(far))
            return _planted(
                evidence, {(row, "value"): values[other], (other, "value"): values[row]}
            )


def decimal(evidence: Evidence, rng: np.random.Generator) -> Planted:
    """Move the decimal point of a value one place to the left."""
    values = evidence.figures["value"].to_numpy()
    row = _some(evidence, rng, np.abs(values) > 0)
    return _planted(evidence, {(row, "value"): values[row] / 10})


def year(evidence: Evidence, rng: np.random.Generator) -> Planted:
    """Move year and period of a figure one year back; edition and wave stay."""
    figures = evidence.figures
    plain = figures["period"].astype(str).str.fullmatch(r"\d{4}(/\d{4})?").to_numpy()
    row = _some(evidence, rng, plain)
    parts = str(figures["period"].iloc[row]).split("/")
    moved = "/".join(str(int(part) - 1) for part in parts)
    cells = {(row, "period"): moved, (row, "year"): figures["year"].iloc[row] - 1}
    return _planted(evidence, cells)


def edition(evidence: Evidence, rng: np.random.Generator) -> Planted:
    """Give a figure the edition of the year before."""
    figures = evidence.figures
    numbered = figures["edition"].astype(str).str.fullmatch(r"\d{4}").to_numpy()
    row = _some(evidence, rng, numbered)
    return _planted(evidence, {(row, "edition"): str(int(figures["edition"].iloc[row]) - 1)})


def country(evidence: Evidence, rng: np.random.Generator) -> Planted:
    """Exchange the country codes of two figures of one table."""
    codes = evidence.figures["country"]
    while True:
        row = _some(evidence, rng)
        same = _like(evidence, row, "indicator", "period", "breakdown", "edition", "geo_scope")
        values = evidence.figures["value"].to_numpy()
        others = same[(codes.iloc[same] != codes.iloc[row]).to_numpy()]
        others = others[np.abs(values[others] - values[row]) > 0.02 * max(abs(values[row]), 1)]
        if len(others):
            other = int(rng.choice(others))
            return _planted(
                evidence,
                {(row, "country"): codes.iloc[other], (other, "country"): codes.iloc[row]},
            )


def indicator(evidence: Evidence, rng: np.random.Generator) -> Planted:
    """Copy the value of another indicator of the same country, year and programme."""
    figures = evidence.figures
    values, names = figures["value"].to_numpy(), figures["indicator"].astype(str)
    source = names.str.partition(".")[0].to_numpy()
    while True:
        row = _some(evidence, rng)
        same = _like(
            evidence, row, "country", "period", "breakdown", "edition", "geo_scope", "kind"
        )
        same = same[
            (source[same] == source[row]) & (names.iloc[same] != names.iloc[row]).to_numpy()
        ]
        far = same[np.abs(values[same] - values[row]) > 0.02 * max(abs(values[row]), 1)]
        units = evidence.registry.indicators
        far = [k for k in far if units[names.iloc[k]]["unit"] == units[names.iloc[row]]["unit"]]
        if far:
            return _planted(evidence, {(row, "value"): values[int(rng.choice(far))]})


def base(evidence: Evidence, rng: np.random.Generator) -> Planted:
    """Take the size of a whole survey for the base of a question."""
    row = _some(evidence, rng, (evidence.figures["n_role"] == "total").to_numpy())
    return _planted(evidence, {(row, "n_role"): "base"})


def series(evidence: Evidence, rng: np.random.Generator) -> Planted:
    """Put the series of another country in the place of a country's own."""
    figures = evidence.figures
    while True:
        row = _some(evidence, rng)
        own = _like(evidence, row, "indicator", "breakdown", "country")
        other = _some(
            evidence, rng, (figures["indicator"] == figures["indicator"].iloc[row]).to_numpy()
        )
        theirs = _like(evidence, other, "indicator", "breakdown", "country")
        theirs = {figures["period"].iloc[k]: figures["value"].iloc[k] for k in theirs}
        cells = {
            (int(k), "value"): theirs[figures["period"].iloc[k]]
            for k in own
            if figures["period"].iloc[k] in theirs
        }
        moved = sum(figures["value"].iloc[k] != value for (k, _), value in cells.items())
        if figures["country"].iloc[other] != figures["country"].iloc[row] and moved >= 4:
            return _planted(evidence, cells)


PLANTS: dict[str, Plant] = {
    "swap": swap,
    "decimal": decimal,
    "year": year,
    "edition": edition,
    "country": country,
    "indicator": indicator,
    "base": base,
    "series": series,
}
"""Every kind of error, by name."""
