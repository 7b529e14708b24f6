"""Parts of a whole that cannot all lie on one side of it."""

from collections.abc import Iterator

import numpy as np

from benchmark.audit.declared import Declared
from benchmark.audit.finding import Finding, Outcome, Unchecked
from benchmark.audit.rows import Ints, Rows

_CELL = ("indicator", "country", "area", "geo_scope", "period", "kind", "edition", "document")


def check_sides(rows: Rows, declared: Declared) -> Outcome:
    """Look for totals that lie above or below every one of their parts.

    Parameters
    ----------
    rows : Rows
        The figures.
    declared : Declared
        Its `exhaustive` dimensions: their parts make up the whole, so a total outside them is an
        error; for other dimensions it is a warning, once there are three parts.

    Returns
    -------
    Outcome
    """
    total, parts = _parts(rows)
    findings: list[Finding] = []
    few = checked = 0
    for row, dimension, inside in _divided(rows, total, parts):
        exhaustive = dimension in declared.exhaustive
        if len(inside) < (2 if exhaustive else 3):
            few += 1
            continue
        checked += 1
        low = float((rows.value[inside] - rows.rounding[inside]).min())
        high = float((rows.value[inside] + rows.rounding[inside]).max())
        value, room = float(rows.value[row]), float(rows.rounding[row]) + 1e-6
        if low - room <= value <= high + room:
            continue
        facts = {
            "value": value,
            "low": float(rows.value[inside].min()),
            "high": float(rows.value[inside].max()),
            "count": len(inside),
            "dimension": dimension,
        }
        severity = "error" if exhaustive else "warning"
        findings.append(Finding("side", severity, rows.address(row), "outside", facts, row))
    left = (Unchecked("side", "few_parts", few),) if few else ()
    return Outcome("side", checked, tuple(findings), left)


def _parts(rows: Rows) -> tuple[Ints, Ints]:
    whole = rows.per_text("breakdown", lambda text: text == "total")
    high = rows.per_text("confidence", lambda text: text != "low")
    usable = rows.there & high
    return np.flatnonzero(usable & whole), np.flatnonzero(usable & ~whole)


def _divided(rows: Rows, total: Ints, parts: Ints) -> Iterator[tuple[int, str, Ints]]:
    """Give every total with its parts of one dimension."""
    cell = rows.group(*_CELL)
    held = total[np.isin(cell[total], cell[parts])]
    owner = {int(cell[row]): int(row) for row in held}
    dimensions = [text.partition("=")[0] for text in rows.names("breakdown")]
    names = sorted(set(dimensions))
    number = np.array([names.index(name) for name in dimensions], dtype=np.int64)
    key = cell[parts] * len(names) + number[rows.code("breakdown")[parts]]
    order = np.argsort(key, kind="stable")
    for group in np.split(parts[order], np.flatnonzero(np.diff(key[order])) + 1):
        if len(group) and int(cell[group[0]]) in owner:
            name = dimensions[int(rows.code("breakdown")[group[0]])]
            yield owner[int(cell[group[0]])], name, group
