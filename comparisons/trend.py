"""The development of one indicator in each country, never across a break."""

from math import inf
from typing import TYPE_CHECKING, Any

from benchmark.cube import evidence_of
from benchmark.errors import BenchmarkError
from benchmark.rules.proportions import p_value
from comparisons.contradictions import contradictions
from comparisons.course import Course, follow, point_ids, point_name
from comparisons.course_words import endpoint_words, slope_words
from comparisons.notes import cell_notes, ids_by_cell, numbered, rule_notes
from comparisons.parts import Coverage, Missing, Note, Override, records
from comparisons.places import listed
from comparisons.refusals import Absent, Refused, reasons, refusal
from comparisons.render.amounts import DIFFERENCES
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
from comparisons.series_notes import describe_steps, series_notes
from comparisons.texts import Texts, texts
from comparisons.trend_data import point_columns, point_data
from comparisons.trend_words import equivalence_labels, equivalence_words, reading, unsampled
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
    unchanged_within: float | None = None,
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
    unchanged_within : float, optional
        Say of each change whether it is shown to be smaller than this [unit of the changes].
    config : Thresholds, optional
        Thresholds of the rules.
    override : str, optional
        A reason for computing changes that the rules forbid; it stands on every output.

    Returns
    -------
    View
        `to_frame()` has a row a point; all that follow are in the unit of the changes
        [percentage points, points, index points or places] where no other is named:

        - `country, year, value, n` (respondents in the base) and, for shares from surveys with a
          known `n`, `value_low, value_high` (95 % Wilson interval) and `screen` (`show`, `flag`,
          `suppress`: precise enough to be published?) [unit of the value];
        - `since, change, verdict`: the step from the point before; a step that is not comparable
          is a break and has no change. `low, high` are the bounds that rounded figures allow,
          `sampling_low, sampling_high` Newcombe's 95 % interval, `interval_low, interval_high` the
          same for sampling and rounding; `z, p, p_pooled, p_holm, effect, detectable,
          detectable_80, smallest_shown, n_needed, n_needed_rounding, equivalence,
          equivalence_p, equivalence_p_holm` are those of `comparisons.changes.Change`;
        - the same with `end_` for the first to the last point since the last break, in the line
          of the last;
        - in the line of the last point of each part between breaks: `slope` [a year] `since_slope`
          its first year, with `slope_method` (`weighted`, `theil_sen`, `too_few`,
          `not_comparable`), `slope_points, slope_low, slope_high, slope_statistic, slope_p,
          slope_p_holm`, and from ten points `shift, shift_p` (Pettitt, a hint only);
        - `segment` between breaks, `line` also between wide gaps, `comparable_length`.

        Survey shares are tested only where `n` of the base is known on both sides, with the
        design effect of the figure (1 where none is stated). All changes of the view are one
        family for Holm's adjustment, and all slopes another.

    Raises
    ------
    NotComparable
        If two points are all there is and they are not comparable.
    NoData
        If no country asked for has two points.
    UnknownName
        If the indicator or a country is unknown.
    BenchmarkError
        If `unchanged_within` is no positive number below the length of the scale.

    References
    ----------
    SIMS S.15.2 (comparability over time); comparability as in `benchmark.rules`; statistics as in
    `comparisons.stats`.

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
    _margin(unchanged_within, str(table["unit"].iloc[0]))
    course = follow(evidence, table, limits, bool(override), unchanged_within)
    _obey(evidence, table, course, override, what)
    notes = _notes(evidence, indicator, table, course)
    entry = evidence.registry.indicators[indicator]
    why = unsampled(course.metadata, str(entry["unit"]), str(entry["base"]))
    data, tests = point_data(table, course, ids_by_cell(notes), limits.z)
    columns = point_columns(data, course, not why, unchanged_within is not None)
    bounded = any(one.head == "column.low" for one in columns)
    return View(
        kind="trend",
        title=what,
        data=data,
        columns=columns,
        verdict=course.verdict,
        notes=notes,
        citations=citations(evidence, table["document"]),
        coverage=_coverage(asked, table, gone),
        overrides=_overrides(course, override),
        remarks=(
            measure(evidence, indicator),
            *reading(course, bounded, why),
            *(equivalence_words(course, unchanged_within) if unchanged_within else []),
            *endpoint_words(table, course),
            *slope_words(table, course, float(p_value(limits.z))),
        ),
        thresholds=limits.to_dict(),
        evidence=evidence.hash,
        labels={
            "country": {code: named(code) for code in table["country"].unique()},
            "test": tests,
            "equivalence": equivalence_labels(),
        },
    )


def _margin(given: float | None, unit: str) -> None:
    """Refuse a margin that no change could miss."""
    whole = {"index_0_1": 1.0, "rank": inf, "count": inf}.get(unit, 100.0)
    if given is not None and not 0 < given < whole:
        below = "" if whole == inf else f" and below {whole:g}"
        raise BenchmarkError(
            f"unchanged_within={given!r}: expected a distance above 0{below}, in the unit of the "
            f"changes ({DIFFERENCES[unit]})"
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
    ids, names, apart = point_ids(table), course.steps.names, course.slopes.pairs
    return numbered(
        [
            *rule_notes([course.steps, course.ends, apart], describe_steps(table, apart)),
            *series_notes(evidence, indicator, table, course),
            *cell_notes(records(table.assign(cell=ids)), evidence.registry),
            *contradictions(evidence, table, names, ids),
        ]
    )


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
    notes = rule_notes([course.steps, course.ends, course.slopes.pairs], least=3)
    touched = dict.fromkeys(one for note in notes for one in note.touches)
    return (Override(override, tuple(note.id for note in notes), tuple(touched)),)
