"""Figures against their neighbours in time: steps no series takes, and countries changed round."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from benchmark.audit.declared import Declared
from benchmark.audit.finding import Finding, Outcome, Unchecked
from benchmark.audit.rows import Floats, Ints, Mask, Rows

_SERIES: Final = ("indicator", "country", "area", "geo_scope", "breakdown")
PLAUSIBLE: Final = {
    "percent": 15.0,
    "fraction": 15.0,
    "score_0_100": 25.0,
    "index_0_1": 25.0,
    "net_points": 25.0,
}
"""Largest step within a year that is believed without looking [points]; for t years times the
root of t. Where a panel of countries shows how large its steps are, that governs instead."""
PANEL: Final = 30
"""Steps from which on a panel speaks for itself."""
USUAL: Final = 0.9
"""Share of the steps of a panel that are called usual."""
WILD: Final = 4.0
"""Times the largest usual step of its panel from which on one step is called implausible."""
SPIKE: Final = 2.5
"""The same for a step up and down again, or down and up."""
SURE: Final = 3.29
"""Standard errors beyond which a step is no accident of sampling (two-sided 0.1 %)."""
TIMES: Final = 4.0
"""A count that changes by more than this factor is looked at."""


@dataclass(frozen=True)
class Steps:
    """Pairs of figures that follow each other in one series, no break between them.

    Attributes
    ----------
    i, j : ndarray of int
        Earlier and later row of each pair.
    gap : ndarray of float
        Time between them [years].
    change : ndarray of float
        Later less earlier [points].
    """

    i: Ints
    j: Ints
    gap: Floats
    change: Floats


def ordered(rows: Rows) -> Ints:
    """Put observed figures in the order of their series and of time, the best for each moment.

    Parameters
    ----------
    rows : Rows
        The figures.

    Returns
    -------
    ndarray of int
        Rows; neighbours of one series stand side by side.
    """
    return rows.keep(("ordered",), lambda: _ordered(rows))


def _ordered(rows: Rows) -> Ints:
    moment = np.where(np.isfinite(rows.middle), rows.middle, rows.number("year") + 0.5)
    usable = rows.there & rows.per_text("kind", lambda kind: kind == "observed")
    usable &= rows.per_text("confidence", lambda text: text != "low") & np.isfinite(moment)
    chosen = np.flatnonzero(usable)
    ranks = {name: k for k, name in enumerate(sorted(rows.names("edition"), reverse=True))}
    newest = rows.per_text("edition", ranks.__getitem__, np.int64)
    series = series_code(rows)
    order = chosen[np.lexsort((newest[chosen], moment[chosen], series[chosen]))]
    again = (np.diff(series[order]) == 0) & (np.diff(moment[order]) == 0)
    return order[np.concatenate([[True], ~again])] if len(order) else order


def series_code(rows: Rows) -> Ints:
    """Give the series numbers: indicator, place, breakdown, and what filters the base."""
    filtered = rows.fact_code("base_filter") + 1
    return rows.group(*_SERIES) * (int(filtered.max(initial=0)) + 1) + filtered


def broken(rows: Rows, i: Ints, j: Ints) -> Mask:
    """Find the pairs between which a break is declared.

    Parameters
    ----------
    rows : Rows
        The figures.
    i, j : ndarray of int
        Earlier and later row of each pair.

    Returns
    -------
    ndarray of bool
    """
    moment = np.where(np.isfinite(rows.middle), rows.middle, rows.number("year") + 0.5)
    found = rows.per_text("status", lambda text: "B" in text.split())[j]
    version = rows.fact_code("method_version")
    marked = np.array([combo.get("version_break") is True for combo in rows.combos], dtype=np.bool_)
    told = marked[rows.combo[i]] | marked[rows.combo[j]]
    found = found | (told & (version[i] != version[j]))
    for year in sorted({one for combo in rows.combos for one in combo.get("series_breaks", ())}):
        cut = np.array([year in combo.get("series_breaks", ()) for combo in rows.combos])
        mine = cut[rows.combo[i]] | cut[rows.combo[j]]
        found |= mine & (moment[i] < year) & (year <= moment[j])
    return np.asarray(found, dtype=np.bool_)


def steps(rows: Rows) -> Steps:
    """Pair the neighbours of every series that no declared break parts."""
    return rows.keep(("steps",), lambda: _steps(rows))


def _steps(rows: Rows) -> Steps:
    order, series = ordered(rows), series_code(rows)
    i, j = order[:-1], order[1:]
    same = series[i] == series[j]
    i, j = i[same], j[same]
    whole = ~broken(rows, i, j)
    i, j = i[whole], j[whole]
    moment = np.where(np.isfinite(rows.middle), rows.middle, rows.number("year") + 0.5)
    return Steps(i, j, moment[j] - moment[i], rows.points[j] - rows.points[i])


def check_jumps(rows: Rows, declared: Declared) -> Outcome:
    """Look for steps larger than sampling, the panel and common sense allow.

    Parameters
    ----------
    rows : Rows
        The figures.
    declared : Declared
        Not used: every step is judged alike.

    Returns
    -------
    Outcome
    """
    del declared
    found = steps(rows)
    bound, by_panel = _bounds(rows, found)
    size = np.abs(found.change)
    with np.errstate(invalid="ignore"):
        jump = size > np.maximum(bound, SURE * _error(rows, found))
    spike = _spikes(rows, found, size / np.maximum(_typical(rows, found), 1e-12), by_panel)
    jump |= _multiplied(rows, found)
    hits = np.flatnonzero(jump | spike)
    findings = []
    for k in hits.tolist():
        row = int(found.j[k])
        facts = {
            "before": float(rows.value[found.i[k]]),
            "value": float(rows.value[row]),
            "earlier": rows.address(int(found.i[k])),
            "bound": float(round(bound[k], 1)),
        }
        variant = "spike" if spike[k] else "jump"
        findings.append(Finding("jump", "warning", rows.address(row), variant, facts, row))
    alone = int(rows.there.sum()) - len(np.union1d(found.i, found.j))
    return Outcome("jump", len(size), tuple(findings), (Unchecked("jump", "alone", alone),))


def _typical(rows: Rows, found: Steps) -> Floats:
    """Give the largest usual step of each step's panel [points, per root of a year].

    Where most scores are all or nothing any step is usual.
    """
    panel = rows.code("indicator")[found.j]
    rate = np.abs(found.change) / np.sqrt(np.maximum(found.gap, 0.25))
    result = np.full(len(rate), np.nan)
    order = np.argsort(panel, kind="stable")
    cuts = np.flatnonzero(np.diff(panel[order])) + 1
    for part in np.split(order, cuts):
        if len(part) >= PANEL:
            extreme = np.isin(rows.points[found.j[part]], (0.0, 100.0)).mean() > 0.5
            usual = max(float(np.quantile(rate[part], USUAL)), 0.5)
            result[part] = np.inf if extreme else usual
    return result


def _bounds(rows: Rows, found: Steps) -> tuple[Floats, Mask]:
    """Give the largest step that is believed, and whether the panel says so."""
    root = np.sqrt(np.maximum(found.gap, 0.25))
    units = rows.fact("unit")[found.j]
    plain = np.array([PLAUSIBLE.get(str(unit), np.inf) for unit in units]) * root
    typical = _typical(rows, found)
    known = ~np.isnan(typical) & np.isfinite(plain)
    return np.where(known, np.fmax(WILD * typical * root, plain), plain), known


def _spikes(rows: Rows, found: Steps, wildness: Floats, by_panel: Mask) -> Mask:
    """Find points left and reached again by two large steps that cancel out."""
    result = np.zeros(len(found.i), dtype=np.bool_)
    if len(found.i) < 2:
        return result
    follow = found.j[:-1] == found.i[1:]
    back = np.abs(found.change[:-1] + found.change[1:])
    least = np.minimum(np.abs(found.change[:-1]), np.abs(found.change[1:]))
    limit = np.where(by_panel, SPIKE, np.inf)
    large = (wildness[:-1] > limit[:-1]) & (wildness[1:] > limit[1:])
    lone = ~by_panel[:-1] & (least > _scale(rows, found)[:-1])
    result[:-1] = follow & (back < 0.25 * least) & (large | lone)
    return result


def _scale(rows: Rows, found: Steps) -> Floats:
    units = rows.fact("unit")[found.j]
    return 0.8 * np.array([PLAUSIBLE.get(str(unit), np.inf) for unit in units])


def _error(rows: Rows, found: Steps) -> Floats:
    """Give the standard error of each step where both bases are known, else 0 [points]."""
    n = np.where(rows.per_text("n_role", lambda role: role == "base"), rows.number("n"), np.nan)
    share = np.clip(rows.points / 100.0, 0.0, 1.0)
    percent = np.array([str(unit) in ("percent", "fraction") for unit in rows.fact("unit")])
    variance = np.where(percent, share * (1 - share) / n, np.nan)
    found_error: Floats = 100.0 * np.sqrt(variance[found.i] + variance[found.j])
    return np.nan_to_num(found_error)


def _multiplied(rows: Rows, found: Steps) -> Mask:
    """Find counts that change by a factor no count changes by."""
    count = np.array([str(unit) == "count" for unit in rows.fact("unit")[found.j]], dtype=np.bool_)
    before, after = rows.value[found.i], rows.value[found.j]
    with np.errstate(invalid="ignore", divide="ignore"):
        ratio = np.maximum(after / before, before / after)
    return count & (ratio > TIMES ** np.sqrt(np.maximum(found.gap, 1.0)))


def _panels(rows: Rows, found: Steps) -> Iterator[Ints]:
    """Give the steps of one indicator and breakdown between the same two moments, together."""
    cell = rows.group("indicator", "breakdown", "period")
    key = np.stack([cell[found.i], cell[found.j]])
    number = np.unique(key, axis=1, return_inverse=True)[1].ravel()
    order = np.argsort(number, kind="stable")
    yield from np.split(order, np.flatnonzero(np.diff(number[order])) + 1)


def check_swaps(rows: Rows, declared: Declared) -> Outcome:
    """Look for two countries whose figures of one moment mend each other's series if exchanged."""
    del declared
    found = steps(rows)
    after = _next(found)
    findings, panels = [], 0
    for panel in _panels(rows, found) if len(found.i) else ():
        panels += len(panel) > 2
        for a, b in _changed_round(rows, found, panel, after) if len(panel) > 2 else ():
            row, other = int(found.j[a]), int(found.j[b])
            facts = {
                "other": rows.address(other),
                "value": float(rows.value[row]),
                "swapped": float(rows.value[other]),
            }
            findings.append(Finding("swap", "error", rows.address(row), "swapped", facts, row))
    return Outcome("swap", panels, tuple(findings))


def _next(found: Steps) -> Ints:
    """Give the step that goes on from where each one ends, or -1."""
    result = np.full(len(found.i), -1, dtype=np.int64)
    if len(found.i) > 1:
        result[:-1] = np.where(found.j[:-1] == found.i[1:], np.arange(1, len(found.i)), -1)
    return result


def _changed_round(rows: Rows, found: Steps, panel: Ints, after: Ints) -> Iterator[tuple[int, int]]:
    """Find pairs that both leave their series and would both stay in it if exchanged.

    Where a later figure is known it must confirm the exchange; where none is, the bar is higher.
    Values that several countries share say nothing.
    """
    before, now = rows.points[found.i[panel]], rows.points[found.j[panel]]
    later = np.where(after[panel] >= 0, rows.points[found.j[after[panel]]], np.nan)
    shift = np.median(now - before)
    own = np.abs(now - before - shift)
    usual = max(float(np.quantile(own, 0.8)), 0.5)
    rare = (now[:, None] == now).sum(axis=1) == 1
    far = np.flatnonzero((own > 1.5 * usual) & rare)
    for k, a in enumerate(far):
        for b in far[k + 1 :]:
            mended = max(abs(now[b] - before[a] - shift), abs(now[a] - before[b] - shift))
            wrong = min(own[a], own[b])
            known = np.isfinite(later[a]) and np.isfinite(later[b])
            fits = known and max(abs(now[b] - later[a]), abs(now[a] - later[b])) < wrong / 3
            leaves = known and min(abs(now[a] - later[a]), abs(now[b] - later[b])) > wrong / 2
            sure = (fits and leaves) if known else wrong > 3 * usual
            if sure and mended < wrong / 4:
                yield int(panel[a]), int(panel[b])
