"""Figures that stand in two places: copied series, cells read twice, cells under a wrong head."""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from benchmark.audit.declared import Declared
from benchmark.audit.finding import Finding, Outcome
from benchmark.audit.rows import Ints, Mask, Rows, majority

LEAST: Final = 3
"""Points from which on two series can be called equal."""
TELLING: Final = 4
"""Points that must be no round number (or differ from each other): those are no coincidence."""


def check_series(rows: Rows, declared: Declared) -> Outcome:
    """Look for two series, or two tables of countries, with the same values throughout.

    Parameters
    ----------
    rows : Rows
        The figures.
    declared : Declared
        Not used.

    Returns
    -------
    Outcome
    """
    del declared
    over_time = (("indicator", "country", "area", "geo_scope", "breakdown"), "period")
    over_countries = (("indicator", "period", "breakdown"), "country")
    findings: list[Finding] = []
    checked = 0
    for kind, (keys, along) in (("series", over_time), ("table", over_countries)):
        found = list(_vectors(rows, keys, along))
        checked += len(found)
        findings += _twins(rows, kind, found)
    return Outcome("copy", checked, tuple(findings))


def _vectors(rows: Rows, keys: Sequence[str], along: str) -> Iterator[Ints]:
    """Give the rows of each series that has enough telling values, in order."""
    usable = np.flatnonzero(rows.there & rows.per_text("kind", lambda kind: kind == "observed"))
    key = rows.group(*keys)[usable]
    order = usable[np.lexsort((rows.group(along)[usable], key))]
    sorted_key = rows.group(*keys)[order]
    value = rows.value
    rough = np.abs(value * 10 - np.round(value * 10)) > 1e-6
    for group in np.split(order, np.flatnonzero(np.diff(sorted_key)) + 1):
        if len(group) < LEAST:
            continue
        odd = np.unique(value[group[rough[group]]])
        if len(odd) >= TELLING or len(np.unique(value[group])) >= 10:
            yield group


def _twins(rows: Rows, kind: str, found: list[Ints]) -> Iterator[Finding]:
    along = rows.code("period" if kind == "series" else "country")
    seen: dict[tuple[bytes, bytes], int] = {}
    value = np.round(rows.value, 6)
    for group in found:
        first = seen.setdefault((along[group].tobytes(), value[group].tobytes()), int(group[0]))
        row = int(group[0])
        if first != row and not _one_part(rows, first, row):
            facts = {"other": rows.address(first), "count": len(group)}
            yield Finding("copy", "error", rows.address(row), kind, facts, row)


def _one_part(rows: Rows, a: int, b: int) -> bool:
    """Say whether two figures are a total and the one part it rests on."""
    breakdown = rows.text("breakdown")
    indicator, country = rows.code("indicator"), rows.code("country")
    same = indicator[a] == indicator[b] or country[a] == country[b]
    return bool(same and (breakdown[a] == "total") != (breakdown[b] == "total"))


def check_cells(rows: Rows, declared: Declared) -> Outcome:
    """Look for cells of one line of a sheet that stand under different countries or indicators.

    Parameters
    ----------
    rows : Rows
        The figures; a locator such as ``Scores!D7`` names a cell.
    declared : Declared
        Not used.

    Returns
    -------
    Outcome
        Also names cells, and places in a text, that two figures were read from.
    """
    del declared
    line, plain = _cells(rows)
    cell = np.flatnonzero(plain)
    findings: dict[int, Finding] = {}
    for name, code in (("country", rows.code("country")), ("indicator", _stem(rows))):
        usual, odd = majority(line[cell], code[cell])
        for place in np.flatnonzero(odd).tolist():
            at, texts = int(cell[place]), rows.text(name)
            like = int(np.flatnonzero((line == line[at]) & plain & (code == usual[place]))[0])
            facts = {"column": name, "value": texts[at], "usual": texts[like]}
            findings.setdefault(at, Finding("cell", "error", rows.address(at), "line", facts, at))
    for row, other in _twice(rows):
        facts = {"other": rows.address(other), "place": str(rows.text("locator")[row])}
        findings.setdefault(row, Finding("cell", "error", rows.address(row), "twice", facts, row))
    return Outcome("cell", rows.size, tuple(findings.values()))


def _cells(rows: Rows) -> tuple[Ints, Mask]:
    """Give the lines of all sheets numbers; only locators that name one cell have one."""
    import pandas as pd

    places = pd.Series(rows.text("locator"))
    parts = places.str.extract(r"^([^,;]*)![A-Z]+(\d+)$")
    plain = parts[0].notna().to_numpy()
    sheet = pd.factorize(parts[0])[0].astype(np.int64) + 1
    number = np.where(plain, pd.to_numeric(parts[1]).fillna(0).to_numpy(), 0).astype(np.int64)
    page = rows.code("document") * (int(sheet.max(initial=0)) + 1) + sheet
    width = int(number.max(initial=0)) + 1
    return page * width + number, plain


def _stem(rows: Rows) -> Ints:
    """Give the indicators numbers; variants of one share its number."""
    known = set(rows.registry.indicators)
    names = rows.names("indicator")
    stems = [n.rpartition(".")[0] if _is_variant(n, known) else n for n in names]
    number = {stem: k for k, stem in enumerate(dict.fromkeys(stems))}
    return np.array([number[stem] for stem in stems], dtype=np.int64)[rows.code("indicator")]


def _is_variant(name: str, known: set[str]) -> bool:
    stem, _, ending = name.rpartition(".")
    return stem in known and ending in ("annual", "citizen", "business")


def _twice(rows: Rows) -> Iterator[tuple[int, int]]:
    """Find figures of different indicators with one place, value, country and year."""
    key = np.stack([_place(rows), np.unique(np.round(rows.value, 6), return_inverse=True)[1]])
    named = [any(c.isdigit() for c in place) for place in rows.text("locator")]
    exact = np.array(named, dtype=np.bool_)
    usable = np.flatnonzero(rows.there & exact)
    number = np.unique(key[:, usable], axis=1, return_inverse=True)[1].ravel()
    order = np.argsort(number, kind="stable")
    indicator = _stem(rows)
    for group in np.split(usable[order], np.flatnonzero(np.diff(number[order])) + 1):
        if len(group) > 1 and len(set(indicator[group].tolist())) > 1:
            yield from ((int(row), int(group[0])) for row in group[1:])


def _place(rows: Rows) -> Ints:
    import pandas as pd

    place = pd.factorize(rows.text("locator"))[0].astype(np.int64)
    around = rows.group("document", "country", "area", "breakdown", "kind", "period")
    return around * (int(place.max(initial=0)) + 1) + place
