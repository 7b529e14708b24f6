"""Series whose method changes although no break is declared."""

from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

from benchmark.audit.declared import Declared
from benchmark.audit.finding import Finding, Outcome
from benchmark.audit.neighbours import broken, ordered, series_code
from benchmark.audit.rows import Ints, Mask, Rows

INSTRUMENT: Final = ("question", "scale", "topbox", "dk", "mode", "sampling", "base", "unit")
"""What makes another measurement of a figure when it changes."""


def check_versions(rows: Rows, declared: Declared) -> Outcome:
    """Look for a new version of a method between neighbours that no declared break parts.

    A version that covers one measurement only (an index that is made anew each time) changes
    with every figure and says nothing. One that covers several, or is named as a span of years
    (``2021-``), is a method, and its end a break.

    Parameters
    ----------
    rows : Rows
        The figures.
    declared : Declared
        Not used.

    Returns
    -------
    Outcome
        At most one finding for each indicator and change.
    """
    del declared
    i, j = _pairs(rows)
    version = rows.fact_code("method_version")
    lasting = _lasting(rows, version)
    changed = (version[i] >= 0) & (version[j] >= 0) & (version[i] != version[j])
    changed &= lasting[i] | lasting[j]
    changed &= ~broken(rows, i, j)
    facts = rows.fact("method_version")
    findings = tuple(_each(rows, i, j, changed, "version", "method_version", facts))
    return Outcome("method", len(i), findings)


def check_instruments(rows: Rows, declared: Declared) -> Outcome:
    """Look for another question, scale, mode or base between neighbours without a break."""
    del declared
    i, j = _pairs(rows)
    whole = ~broken(rows, i, j)
    findings: list[Finding] = []
    for key in INSTRUMENT:
        code = rows.fact_code(key)
        changed = whole & (code[i] >= 0) & (code[j] >= 0) & (code[i] != code[j])
        findings += _each(rows, i, j, changed, "instrument", key, rows.fact(key))
    return Outcome("instrument", len(i), tuple(findings))


def _pairs(rows: Rows) -> tuple[Ints, Ints]:
    order, series = ordered(rows), series_code(rows)
    i, j = order[:-1], order[1:]
    same = series[i] == series[j]
    return i[same], j[same]


def _lasting(rows: Rows, version: Ints) -> Mask:
    """Find the figures whose version covers more than one period of their indicator."""
    indicator, period = rows.code("indicator"), rows.code("period")
    known = np.flatnonzero(version >= 0)
    triples = np.unique(np.stack([indicator[known], version[known], period[known]]), axis=1)
    pairs, count = np.unique(triples[:2], axis=1, return_counts=True)
    several = {(int(a), int(b)) for (a, b), c in zip(pairs.T, count, strict=True) if c > 1}
    span = ["-" in str(combo.get("method_version", "")) for combo in rows.combos]
    key = indicator * (int(version.max(initial=0)) + 2) + version
    unique, inverse = np.unique(key, return_inverse=True)
    width = int(version.max(initial=0)) + 2
    flags = [(int(one) // width, int(one) % width) in several for one in unique]
    return np.array(flags, dtype=np.bool_)[inverse] | np.array(span, dtype=np.bool_)[rows.combo]


def _each(
    rows: Rows, i: Ints, j: Ints, changed: Mask, check: str, key: str, told: NDArray[np.object_]
) -> Iterator[Finding]:
    """Tell each change of an indicator between two periods once, however many countries."""
    name = "method" if check == "version" else "instrument"
    seen: dict[tuple[str, str, str], list[int]] = {}
    indicator = rows.text("indicator")
    for k in np.flatnonzero(changed).tolist():
        change = (str(indicator[j[k]]), _said(told[i[k]]), _said(told[j[k]]))
        seen.setdefault(change, []).append(k)
    for (one, before, after), places in seen.items():
        row = int(j[places[0]])
        facts = {
            "key": key,
            "before": before,
            "after": after,
            "earlier": rows.address(int(i[places[0]])),
            "count": len(places),
            "indicator": one,
        }
        yield Finding(name, "error", rows.address(row), check, facts, row)


def _said(value: object) -> str:
    return "-".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
