"""How far countries stand from a target, a leader, a group or a country."""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from benchmark.cube import evidence_of
from comparisons.aims import Aim, Asked, aim_of
from comparisons.cells import (
    CARRIED,
    Cells,
    Floats,
    bound_digits,
    cells_at,
    gap_digits,
    levels,
    no_printed_rank,
    notes_on,
    overrides,
    rounding,
)
from comparisons.group_value import remarks as group_remarks
from comparisons.notes import ids_by_cell
from comparisons.paces import Pace, paces
from comparisons.parts import Column, Coverage, Note, worst
from comparisons.places import Mask, listed
from comparisons.references import Found, direction, reference
from comparisons.render.amounts import DIFFERENCES
from comparisons.selection import (
    Countries,
    asked_countries,
    citations,
    measure,
    named,
    select,
    thresholds,
    title,
)
from comparisons.stats.gap import gap as difference
from comparisons.stats.gap import to_best, to_frontier
from comparisons.texts import Texts, texts
from comparisons.view import View

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

    from benchmark.figures import Evidence
    from benchmark.rules.config import Thresholds

_REFUSED = 2
_RATIOS = ("percent", "fraction", "score_0_100", "index_0_1", "count")
"""Units with a true zero: parts of the best value mean something."""


def gap(
    cube: "xr.Dataset",
    indicator: str,
    year: int,
    countries: Countries = None,
    *,
    to: str | float = "leader",
    unit: str | None = None,
    by: int | None = None,
    since: int | None = None,
    rule: str | None = None,
    weights: Mapping[str, float] | None = None,
    min_coverage: float = 1.0,
    config: "Thresholds | None" = None,
    override: str | None = None,
) -> View:
    """Measure how far countries stand from a reference.

    Parameters
    ----------
    cube : xarray.Dataset
        dims (country, indicator, year), as `nb.load()` gives it.
    indicator : str
        Its id; never a printed rank.
    year : int
        The year the figures stand at.
    countries : str or sequence of str, optional
        Names, codes and groups; all countries with a figure by default.
    to : str or float
        `leader` (the best of the countries asked for), `frontier` (the best of all countries that
        may be compared with them), a country, a group (with `rule`), the address of a registered
        target, or a number of the user's own (with `unit`).
    unit : str, optional
        Unit of a number: percent, fraction, score_0_100, index_0_1, net_points or count.
    by : int, optional
        Year a number is to be reached; a registered target has its own.
    since : int, optional
        Year from which growth so far is counted, for targets; by default the first of the years
        up to now that are all comparable with now.
    rule, weights, min_coverage
        Of a group's value; see `nb.group_value`.
    config : Thresholds, optional
        Thresholds of the rules.
    override : str, optional
        A reason for measuring what the rules forbid; it stands on every output.

    Returns
    -------
    View
        `to_frame()` begins with `country, value, gap`: the gap is positive where the country is
        the worse one [percentage points, points]. `low` and `high` are what the rounded figures
        allow; `frontier` is the place between the worst (0) and the best (100) country, `relative`
        the part of the best value. For targets: `pace` a year, `progress` and its `class`.

    Raises
    ------
    NotComparable
        If countries may not be compared with each other or with the reference, or the indicator
        is a printed rank.
    NoData
        If there is no figure for the year, no such target, or too little of the group.
    BenchmarkError
        If the number has no unit or one of another kind.

    References
    ----------
    Distance to frontier as in Doing Business 2015; classes of progress after Eurostat.

    Examples
    --------
    >>> import nordbench as nb
    >>> view = nb.gap(nb.load(), "egov.overall", 2023, "DK, NO, SE", to="frontier")
    >>> view.to_frame()[["country", "gap"]].round(1).to_numpy().tolist()
    [['MLT', 0.0], ['DNK', 11.6], ['NOR', 14.5], ['SWE', 15.1]]
    """
    evidence, limits = evidence_of(cube), thresholds(config)
    series = select(cube, [indicator])
    aim = aim_of(cube, evidence, indicator, year, Asked(to, unit, by, rule, weights))
    what = texts("gap.title", indicator=title(evidence, indicator), aim=aim.name, year=year)
    no_printed_rank(evidence, indicator, what)
    asked = asked_countries(cube, countries)
    if countries is None:
        asked = tuple(code for code in asked if code in set(series["country"]))
    cells = _cells(evidence, series, year, asked, aim)
    found = reference(evidence, cells, asked, aim, min_coverage, limits, override, what)
    way = None
    if aim.year is not None:
        target, better = (found.value, aim.year), direction(evidence, indicator)
        way = paces(
            evidence, series, cells.table, found.kept, target, better, since, limits, bool(override)
        )
    return _view(evidence, indicator, cells, asked, aim, found, way, what, limits, override)


def _cells(
    evidence: "Evidence", series: "pd.DataFrame", year: int, asked: tuple[str, ...], aim: Aim
) -> Cells:
    """Take the countries asked for and those behind the reference; all of them for a frontier."""
    wanted = tuple(dict.fromkeys((*asked, *aim.members.codes)))
    cells = cells_at(evidence, series, year, wanted)
    if aim.kind == "frontier":
        return cells
    table = cells.table[cells.those(wanted)].reset_index(drop=True)
    return Cells(table, cells.missing)


def _view(
    evidence: "Evidence",
    indicator: str,
    cells: Cells,
    asked: tuple[str, ...],
    aim: Aim,
    found: Found,
    way: Pace | None,
    what: Texts,
    config: "Thresholds",
    override: str | None,
) -> View:
    groups = [*found.judged, *([way.steps] if way is not None and way.steps is not None else [])]
    shown = cells.those((*asked, *(found.who if aim.kind != "group" else ())))
    table = cells.table
    names = [named(code) for code in table["country"][shown]]
    notes = notes_on(evidence, groups, table[shown], list(table["country"][shown]), names)
    verdict = worst([one for one in (found.verdict, way.verdict if way else "") if one])
    data = _data(evidence, indicator, table, found, way, notes, verdict)[shown]
    data = data.sort_values(["gap", "country"], ignore_index=True)
    rows = [evidence.figures["document"].iloc[aim.row]] if aim.row >= 0 else []
    there = tuple(code for code in asked if code in cells.codes)
    return View(
        kind="gap",
        title=what,
        data=data,
        columns=_columns(data, way is not None),
        verdict=verdict,
        notes=notes,
        citations=citations(evidence, [*table["document"][shown | found.best_of], *rows]),
        coverage=Coverage(asked, there, cells.missing),
        overrides=overrides(groups, override),
        remarks=tuple(_remarks(evidence, indicator, cells, aim, found, way)),
        thresholds=config.to_dict(),
        evidence=evidence.hash,
        labels={
            "country": {code: named(code) for code in table["country"]},
            "class": {one: texts(f"gap.class_{one}") for one in data.get("class", ()) if one},
        },
    )


def _data(
    evidence: "Evidence",
    indicator: str,
    table: "pd.DataFrame",
    found: Found,
    way: Pace | None,
    notes: tuple[Note, ...],
    verdict: str,
) -> "pd.DataFrame":
    sign, value, room = direction(evidence, indicator), levels(table), rounding(table)
    apart = np.where(found.kept, difference(value, found.value, sign), np.nan)
    best, worst_one = _ends(sign * value, found.best_of)
    unit = str(table["unit"].iloc[0])
    ratio = to_best(value, sign * best, sign) if unit in _RATIOS else np.full(len(table), np.nan)
    told = ids_by_cell(notes)
    wide = room + found.room
    data = table[["country", "value"]].assign(
        gap=apart,
        # The same figure on both sides has no rounding between them.
        low=np.where(table["country"].isin(found.who), apart, apart - wide),
        high=np.where(table["country"].isin(found.who), apart, apart + wide),
        frontier=np.where(found.kept, to_frontier(value, sign * best, sign * worst_one), np.nan),
        relative=np.where(found.kept, ratio, np.nan),
        reference=found.value,
        gap_decimals=gap_digits(table),
        bound_decimals=bound_digits(table, wide),
        verdict=np.where(found.kept, verdict, "not_comparable"),
        name=[named(code)["en"] for code in table["country"]],
    )
    data[list(CARRIED)] = table[list(CARRIED)]
    if way is not None:
        data = data.assign(pace=way.required, since=way.since, progress=way.progress)
        data["class"] = list(way.klass)
    return data.assign(notes=[_notes(told, code) for code in data["country"]])


def _notes(told: Mapping[str, str], country: str) -> str:
    """Join the notes on a country: among those asked for, among all, on its growth so far."""
    found = [ids for cell, ids in told.items() if re.split("[#/]", cell)[0] == country]
    return " ".join(dict.fromkeys(" ".join(found).split()))


def _ends(goodness: Floats, pool: Mask) -> tuple[float, float]:
    inside = goodness[pool]
    return float(inside.max()), float(inside.min())


def _columns(data: "pd.DataFrame", targeted: bool) -> tuple[Column, ...]:
    unit = str(data["unit"].iloc[0])
    apart = DIFFERENCES[unit]
    several = len(data) > 1
    aside = bool(data["gap"].isna().any())
    bounded = bool((data["high"] - data["low"] > 0.01).any())
    chosen = (
        (True, Column("country")),
        (True, Column("value", "number", "", unit, "decimals")),
        (True, Column("gap", "number", "gap.gap", apart, "gap_decimals")),
        (bounded, Column("low", "number", "", "signed", "bound_decimals")),
        (bounded, Column("high", "number", "", "signed", "bound_decimals")),
        (several, Column("frontier", "number", "gap.to_frontier", decimals=0)),
        (several, Column("relative", "number", "gap.relative", decimals=2)),
        (targeted, Column("pace", "number", "gap.pace", apart, 2)),
        (targeted, Column("since", "text", "gap.since")),
        (targeted, Column("progress", "number", "gap.progress", decimals=2)),
        (targeted, Column("class", "text", "gap.class")),
        (aside, Column("verdict")),
        (bool((data["status"] != "A").any()), Column("status", "flag")),
        (True, Column("notes", "note")),
    )
    return tuple(column for wanted, column in chosen if wanted)


def _remarks(
    evidence: "Evidence", indicator: str, cells: Cells, aim: Aim, found: Found, way: Pace | None
) -> list[Texts]:
    told = [measure(evidence, indicator), texts("gap.sign")]
    who = listed([named(code) for code in found.who])
    n = int(found.best_of.sum())
    if aim.kind == "group":
        part = sum(code in cells.codes for code in aim.members.codes)
        share = part / len(aim.members.codes)
        told += group_remarks(evidence, indicator, aim.members, aim.rule, part, share)[1:]
    else:
        told.append(texts(f"gap.is_{aim.kind}", who=who, n=n, aim=aim.name))
    if n > 1:
        told.append(texts("gap.frontier_of", n=n))
    if way is not None:
        told.append(texts("gap.pace_how"))
    if (~found.kept & cells.those([*cells.codes])).any() and aim.kind != "frontier":
        left = [named(code) for code, kept in zip(cells.codes, found.kept, strict=True) if not kept]
        told.append(texts("gap.aside", countries=listed(left)))
    return told
