"""The development of one indicator in each country, never across a break."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmark.cube import evidence_of
from benchmark.errors import BenchmarkError
from comparisons.changes import Change
from comparisons.contradictions import contradictions
from comparisons.course import Course, follow, point_ids, point_name
from comparisons.notes import cell_notes, ids_by_cell, numbered, rule_notes
from comparisons.parts import VERDICTS, Column, Coverage, Missing, Note, Override, records
from comparisons.places import listed
from comparisons.refusals import Absent, Refused, reasons, refusal
from comparisons.render.amounts import DIFFERENCES, MOST_DECIMALS
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
from comparisons.stats.proportions import interval, screen
from comparisons.texts import Texts, texts
from comparisons.trend_words import (
    alpha_of,
    cell_labels,
    endpoint_words,
    equivalence_words,
    reading,
    slope_words,
    unsampled,
)
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
    why = unsampled(course.metadata, *_measured(evidence, indicator))
    notes = _notes(evidence, indicator, table, course)
    data, tests = _data(table, course, notes, limits.z)
    columns = _columns(data, course, not why, unchanged_within)
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
            *reading(course, any(one.head == "column.low" for one in columns), not why),
            *([texts(f"trend.unsampled.{why}")] if why else []),
            *(equivalence_words(course, unchanged_within) if unchanged_within else []),
            *endpoint_words(table, course),
            *slope_words(table, course, alpha_of(limits.z)),
        ),
        thresholds=limits.to_dict(),
        evidence=evidence.hash,
        labels={
            "country": {code: named(code) for code in table["country"].unique()},
            "test": tests,
            "equivalence": {
                code: texts(f"trend.equivalence.{code}") for code in set(data["equivalence"]) - {""}
            },
        },
    )


def _measured(evidence: "Evidence", indicator: str) -> tuple[str, str]:
    entry = evidence.registry.indicators[indicator]
    return str(entry["unit"]), str(entry["base"])


def _margin(given: float | None, unit: str) -> None:
    """Refuse a margin that no change could miss."""
    whole = 1.0 if unit == "index_0_1" else 100.0
    if given is not None and not 0 < given < whole:
        raise BenchmarkError(
            f"unchanged_within={given!r}: expected a distance above 0 and below {whole:g}, in the "
            f"unit of the changes ({DIFFERENCES[unit]})"
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


def _data(
    table: "pd.DataFrame", course: Course, notes: Sequence[Note], z: float
) -> tuple["pd.DataFrame", dict[str, Texts]]:
    """Set out a row a point, and the words of the cells on tests."""
    carried = ["unit", "decimals", "status", "period", "edition", "document", "locator"]
    codes, words = cell_labels(course.step_changes)
    verdicts = [VERDICTS[code] for code in course.steps.judgement.verdict]
    told = ids_by_cell(notes)
    years, size = table["year"].to_numpy(), len(table)
    columns = {
        "name": [named(code)["en"] for code in table["country"]],
        **_precision(table, course, z),
        "segment": course.segment,
        "line": course.line,
        "comparable_length": course.length,
        **{name: table[name] for name in carried},
        **_spread({"verdict": verdicts, "test": codes}, course.steps.j, size),
        **_spread(_told(course.step_changes, years[course.steps.i]), course.steps.j, size),
        **{
            f"end_{name}": values
            for name, values in _spread(
                _told(course.end_changes, years[course.ends.i]), course.ends.j, size
            ).items()
        },
        **_spread(_slopes(course, years), course.slopes.last, size),
        "change_unit": course.unit,
        "notes": [told.get(one, "") for one in point_ids(table)],
    }
    return table[["country", "year", "value"]].assign(**columns), words


def _precision(table: "pd.DataFrame", course: Course, z: float) -> dict[str, Any]:
    """Give the sample and the interval of each exact share from a survey."""
    n, effective, share = course.samples
    unit = np.where(table["unit"] == "percent", 100.0, 1.0)
    exact = share & (table["qualifier"] == "exact").to_numpy()
    p = np.where(exact, table["value"].to_numpy() / unit, np.nan)
    low, high = interval(p, effective, z=z)
    told = screen(p, effective, z=z)
    return {"n": n, "value_low": unit * low, "value_high": unit * high, "screen": told}


def _spread(columns: dict[str, Any], rows: Any, size: int) -> dict[str, Any]:
    """Put values into some rows of longer columns; the others are empty."""
    found = {}
    for name, given in columns.items():
        values = np.asarray(given)
        words = values.dtype.kind in "UO"
        column = np.full(size, "" if words else np.nan, dtype=object if words else np.float64)
        column[rows] = values
        found[name] = column
    return found


def _told(changes: Change, since: Any) -> dict[str, Any]:
    """Give since when, change, bounds and tests of each pair."""
    low, high = changes.bounds
    # An interval is printed with one decimal at least.
    digits = np.where(changes.tested, np.fmax(changes.bound_decimals, 1), changes.bound_decimals)
    shown = {"shown_low": low, "shown_high": high, "shown_decimals": digits}
    return {"since": since, **changes.columns(), **shown}


def _slopes(course: Course, years: Any) -> dict[str, Any]:
    found = course.slopes
    return {
        "since_slope": years[found.first],
        "slope_method": found.method,
        "slope": found.slope,
        "slope_points": found.points,
        "slope_low": found.low,
        "slope_high": found.high,
        "slope_statistic": found.statistic,
        "slope_p": found.p,
        "slope_p_holm": found.p_holm,
        "shift": found.shift,
        "shift_p": found.shift_p,
    }


def _columns(
    data: "pd.DataFrame", course: Course, sampled: bool, margin: float | None
) -> tuple[Column, ...]:
    unit, changes = str(data["unit"].iloc[0]), course.step_changes
    # Bounds that differ by less than the digits shown tell nothing.
    apart = changes.high - changes.low > 10.0**-MOST_DECIMALS
    bounded = bool(2 * apart.sum() > np.isfinite(changes.change).sum())
    low, high = (
        Column(f"shown_{end}", "number", f"column.{end}", "signed", "shown_decimals")
        for end in ("low", "high")
    )
    chosen = (
        (True, Column("country")),
        (True, Column("year")),
        (bool((data["period"] != data["year"].astype(str)).any()), Column("period")),
        (True, Column("value", "number", "", unit, "decimals")),
        (bool(data["n"].notna().any()), Column("n", "number", "trend.respondents", "", 0)),
        (bool((data["status"] != "A").any()), Column("status", "flag")),
        (True, Column("change", "number", "", course.unit, "change_decimals")),
        (bounded, low),
        (bounded, high),
        (sampled, Column("test", "text", "trend.test")),
        (margin is not None, Column("equivalence", "text", "trend.unchanged")),
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
    notes = rule_notes([course.steps, course.ends, course.slopes.pairs], least=3)
    touched = dict.fromkeys(one for note in notes for one in note.touches)
    return (Override(override, tuple(note.id for note in notes), tuple(touched)),)
