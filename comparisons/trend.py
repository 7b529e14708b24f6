"""The development of one indicator in each country, never across a break."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmark.cube import evidence_of
from comparisons.contradictions import contradictions
from comparisons.course import Change, Course, follow, point_ids, point_name
from comparisons.judging import Judged
from comparisons.notes import cell_notes, ids_by_cell, numbered, rule_notes
from comparisons.parts import VERDICTS, Column, Coverage, Missing, Note, Override, records
from comparisons.places import listed
from comparisons.refusals import Absent, Refused, reasons, refusal
from comparisons.render.amounts import MOST_DECIMALS
from comparisons.selection import (
    Countries,
    asked_countries,
    citations,
    measure,
    missing,
    named,
    select,
    split_missing,
    thresholds,
    title,
)
from comparisons.series_notes import describe_steps, endpoint_remarks, series_notes
from comparisons.texts import Texts, texts
from comparisons.view import View

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

    from benchmark.figures import Evidence
    from benchmark.rules.config import Thresholds


def trend(
    cube: "xr.Dataset",
    indicator: str,
    countries: Countries = None,
    *,
    config: "Thresholds | None" = None,
    override: str | None = None,
) -> View:
    """Follow an indicator through the years, country by country.

    Parameters
    ----------
    cube : xarray.Dataset
        dims (country, indicator, year), as `nb.load()` gives it.
    indicator : str
        Its id, for example `egov.overall`.
    countries : str or sequence of str, optional
        Names, codes and groups; all countries with a figure by default.
    config : Thresholds, optional
        Thresholds of the rules.
    override : str, optional
        A reason for computing changes that the rules forbid; it stands on every output.

    Returns
    -------
    View
        `to_frame()` has a row a point: `country, year, value`, the `change` since the point
        before [percentage points, points or places] with the bounds `low` and `high` that the
        rounded figures allow, the `verdict` on it, the `segment` between breaks and the
        `comparable_length`. A step that is not comparable is a break: it has no change.

    Raises
    ------
    NotComparable
        If two points are all there is and they are not comparable.
    NoData
        If no country asked for has two points.
    UnknownName
        If the indicator or a country is unknown.

    References
    ----------
    SIMS S.15.2 (comparability over time); comparability as in `benchmark.rules`.

    Examples
    --------
    >>> import nordbench as nb
    >>> view = nb.trend(nb.load(), "dst.help_needed")
    >>> last = view.to_frame().iloc[-1]
    >>> f"{last['change']:+.0f} {last['change_unit']} ({last['low']:+.0f} to {last['high']:+.0f})"
    '-6 pp (-7 to -5)'
    """
    evidence, limits = evidence_of(cube), thresholds(config)
    asked = asked_countries(cube, countries)
    series = select(cube, [indicator])
    what = texts("trend.title", indicator=title(evidence, indicator))
    table, gone = split_missing(series[series["country"].isin(asked)])
    table = table.sort_values(["country", "year"], ignore_index=True)
    if countries is None:
        asked = tuple(code for code in asked if code in set(series["country"]))
    _enough(evidence, indicator, asked, series, table)
    course = follow(evidence, table, limits, bool(override))
    _obey(evidence, table, course, override, what)
    notes, columns = _notes(evidence, indicator, table, course), _columns(table, course)
    return View(
        kind="trend",
        title=what,
        data=_data(table, course, notes),
        columns=columns,
        verdict=course.verdict,
        notes=notes,
        citations=citations(evidence, table["document"]),
        coverage=_coverage(asked, table, gone),
        overrides=_overrides(course, override),
        remarks=(
            measure(evidence, indicator),
            *_how_to_read(columns),
            *endpoint_remarks(table, course),
        ),
        thresholds=limits.to_dict(),
        evidence=evidence.hash,
        labels={"country": {code: named(code) for code in table["country"].unique()}},
    )


def _enough(
    evidence: "Evidence",
    indicator: str,
    asked: tuple[str, ...],
    series: "pd.DataFrame",
    table: "pd.DataFrame",
) -> None:
    """Refuse where no country has two points."""
    name = title(evidence, indicator)
    if table.empty:
        known = sorted(set(series["country"]))
        raise Absent(
            texts(
                "refusal.no_countries",
                indicator=name,
                countries=listed([named(code) for code in asked]),
                known=listed([named(code) for code in known]),
            )
        )
    if table["country"].is_unique:
        places = [
            texts("trend.points", country=named(row["country"]), length=row["year"])
            for row in records(table)
        ]
        raise Absent(texts("refusal.one_point", indicator=name, places=listed(places)))


def _obey(
    evidence: "Evidence", table: "pd.DataFrame", course: Course, override: str | None, what: Texts
) -> None:
    """Refuse where two points a country are all there is and none may be compared."""
    two = int(table["country"].value_counts().max()) == 2
    if override or not two or not course.refused.all():
        return
    from comparisons.alternatives import instead

    rows, among = table["obs"].to_numpy(), course.steps
    raise Refused(
        refusal("not_comparable", what=what),
        reasons(rule_notes([among], describe_steps(table), least=3)),
        instead(evidence, rows, among, course.refused),
        insist=True,
        findings=among.worst_findings(),
    )


def _notes(
    evidence: "Evidence", indicator: str, table: "pd.DataFrame", course: Course
) -> tuple[Note, ...]:
    ids = point_ids(table)
    names = course.steps.names
    return numbered(
        [
            *rule_notes([course.steps, course.ends], describe_steps(table)),
            *series_notes(evidence, indicator, table, course),
            *cell_notes(records(table.assign(cell=ids)), evidence.registry),
            *contradictions(evidence, table, names, ids),
        ]
    )


def _data(table: "pd.DataFrame", course: Course, notes: Sequence[Note]) -> "pd.DataFrame":
    carried = ["unit", "decimals", "status", "period", "edition", "document", "locator"]
    data = table[["country", "year", "value"]].assign(
        name=[named(code)["en"] for code in table["country"]],
        segment=course.segment,
        line=course.line,
        comparable_length=course.length,
    )
    data[carried] = table[carried]
    verdicts = np.full(len(table), "", dtype=object)
    verdicts[course.steps.j] = [VERDICTS[code] for code in course.steps.judgement.verdict]
    data["verdict"] = verdicts
    _fill(data, "", course.steps, course.step_changes, table)
    _fill(data, "end_", course.ends, course.end_changes, table)
    data["change_unit"] = course.unit
    told = ids_by_cell(notes)
    return data.assign(notes=[told.get(one, "") for one in point_ids(table)])


def _fill(
    data: "pd.DataFrame", lead: str, pairs: Judged, changes: Change, table: "pd.DataFrame"
) -> None:
    """Write since when, change and bounds into the row of the later point of each pair."""
    columns = {
        "since": table["year"].to_numpy()[pairs.i],
        "change": changes.value,
        "low": changes.low,
        "high": changes.high,
        "change_decimals": changes.decimals,
        "bound_decimals": changes.bound_decimals,
    }
    for name, values in columns.items():
        column = np.full(len(data), np.nan)
        column[pairs.j] = values
        data[f"{lead}{name}"] = column


def _columns(table: "pd.DataFrame", course: Course) -> tuple[Column, ...]:
    unit = str(table["unit"].iloc[0])
    changes = course.step_changes
    # Bounds that differ by less than the digits shown tell nothing.
    apart = changes.high - changes.low > 10.0**-MOST_DECIMALS
    bounded = bool(2 * apart.sum() > np.isfinite(changes.value).sum())
    chosen = (
        (True, Column("country")),
        (True, Column("year")),
        (True, Column("period")),
        (True, Column("value", "number", "", unit, "decimals")),
        (bool((table["status"] != "A").any()), Column("status", "flag")),
        (True, Column("change", "number", "", course.unit, "change_decimals")),
        (bounded, Column("low", "number", "", "signed", "bound_decimals")),
        (bounded, Column("high", "number", "", "signed", "bound_decimals")),
        (True, Column("verdict", "text", "heading.verdict_steps")),
        (True, Column("notes", "note")),
    )
    return tuple(column for wanted, column in chosen if wanted)


def _coverage(
    asked: tuple[str, ...], table: "pd.DataFrame", gone: list[tuple[dict[str, Any], Texts]]
) -> Coverage:
    points = table["country"].value_counts()
    there = tuple(code for code in asked if code in points.index)
    silent = [code for code in asked if code not in points.index]
    single = [code for code in there if points[code] == 1]
    told = [*missing(silent, "no_figure"), *missing(single, "one_point")]
    told += [Missing(point_name(row["country"], row["year"]), reason) for row, reason in gone]
    return Coverage(asked, there, tuple(told))


def _overrides(course: Course, override: str | None) -> tuple[Override, ...]:
    if not override:
        return ()
    notes = rule_notes([course.steps, course.ends], least=3)
    touched = dict.fromkeys(one for note in notes for one in note.touches)
    return (Override(override, tuple(note.id for note in notes), tuple(touched)),)


def _how_to_read(columns: tuple[Column, ...]) -> list[Texts]:
    bounded = any(column.name == "low" for column in columns)
    return [texts("trend.steps_only"), *([texts("trend.bounds")] if bounded else [])]
