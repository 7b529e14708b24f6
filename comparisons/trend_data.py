"""The data of a trend: a row a point, and the columns that readers are shown."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from comparisons.changes import Change
from comparisons.course import Course, point_ids
from comparisons.parts import VERDICTS, Column
from comparisons.render.amounts import MOST_DECIMALS
from comparisons.selection import named
from comparisons.stats.proportions import interval, screen
from comparisons.texts import Texts
from comparisons.trend_words import cell_labels

if TYPE_CHECKING:
    import pandas as pd


def point_data(
    table: "pd.DataFrame", course: Course, told: Mapping[str, str], z: float
) -> tuple["pd.DataFrame", dict[str, Texts]]:
    """Set out a row a point; `comparisons.trend.trend` says what each column holds.

    Parameters
    ----------
    table : DataFrame
        Points sorted by country and year.
    course : Course
        Steps, breaks, changes and slopes.
    told : mapping
        Ids of the notes on each point.
    z : float
        Quantile of the normal distribution.

    Returns
    -------
    tuple
        The data, and the words of the codes in the column `test`.
    """
    carried = ["unit", "decimals", "status", "period", "edition", "document", "locator"]
    codes, words = cell_labels(course.step_changes)
    verdicts = [VERDICTS[code] for code in course.steps.judgement.verdict]
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


def point_columns(
    data: "pd.DataFrame", course: Course, sampled: bool, held: bool
) -> tuple[Column, ...]:
    """Choose the columns that readers are shown.

    Parameters
    ----------
    data : DataFrame
        As from `point_data`.
    course : Course
        Steps and changes.
    sampled : bool
        Whether the figures are shares from surveys.
    held : bool
        Whether changes are held against a margin.

    Returns
    -------
    tuple of Column
    """
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
        (held, Column("equivalence", "text", "trend.unchanged")),
        (True, Column("verdict", "text", "heading.verdict_steps")),
        (True, Column("notes", "note")),
    )
    return tuple(column for wanted, column in chosen if wanted)
