"""Sentences on series: few points, wide gaps, breaks, and the change since the last break."""

from itertools import compress
from typing import TYPE_CHECKING

import numpy as np

from benchmark.registry import matches
from comparisons.course import Course, point_ids
from comparisons.judging import Describe, Judged
from comparisons.parts import Note
from comparisons.places import Ints, Mask, listed
from comparisons.selection import named
from comparisons.stats.series import wide_gaps
from comparisons.stats.trends import FEW_POINTS
from comparisons.texts import Texts, each, texts

if TYPE_CHECKING:
    import pandas as pd

    from benchmark.figures import Evidence


def describe_steps(table: "pd.DataFrame", counted: Judged | None = None) -> Describe:
    """Make the description of steps for this table; see `comparisons.notes.rule_notes`.

    Parameters
    ----------
    table : DataFrame
        Points sorted by country and year.
    counted : Judged, optional
        Pairs too many to be named: their number is given.

    Returns
    -------
    callable
        Writes, say, "2019 to 2020 (Denmark, Norway); 2020 to 2021".
    """

    def describe(group: Judged, mask: Mask) -> Texts:
        if group is counted:
            return texts("note.counted", n=int(mask.sum()), pairs=len(mask))
        if mask.all() and len(mask) > 1:
            return texts("trend.all_steps", n=len(mask))
        return _steps(table, group.i, group.j, mask)

    return describe


def _steps(table: "pd.DataFrame", i: Ints, j: Ints, mask: Mask) -> Texts:
    years, codes = table["year"].to_numpy(), table["country"].to_numpy()
    every: dict[tuple[int, int], int] = {}
    found: dict[tuple[int, int], list[str]] = {}
    for a, b, hit in zip(i, j, mask, strict=True):
        span = int(years[a]), int(years[b])
        every[span] = every.get(span, 0) + 1
        if hit:
            found.setdefault(span, []).append(str(codes[a]))
    alone = len(set(codes)) == 1
    parts = [
        _span(span, [] if alone or len(hit) == every[span] > 1 else hit)
        for span, hit in sorted(found.items())
    ]
    return each(lambda lang: ", ".join(part[lang] for part in parts))


def _span(span: tuple[int, int], countries: list[str]) -> Texts:
    start, end = span
    if not countries:
        return texts("trend.step", start=start, end=end)
    names = listed([named(code) for code in countries])
    return texts("trend.step_of", start=start, end=end, countries=names)


def series_notes(
    evidence: "Evidence", indicator: str, table: "pd.DataFrame", course: Course
) -> list[Note]:
    """Write the notes of the series rules T1 to T3; not yet numbered.

    Parameters
    ----------
    evidence : Evidence
        Figures and registry.
    indicator : str
        Its id.
    table : DataFrame
        Points sorted by country and year.
    course : Course
        Steps, breaks and changes.

    Returns
    -------
    list of Note
    """
    wide = np.isin(course.steps.j, wide_gaps(course.group, table["year"].to_numpy()))
    notes = [
        _few_points(table, course),
        _at_steps("T2", table, course, wide),
        _at_steps("T3", table, course, course.refused, _breaks(evidence, indicator, table)),
    ]
    return [note for note in notes if note is not None]


def _few_points(table: "pd.DataFrame", course: Course) -> Note | None:
    found = course.slopes
    lined = np.isin(np.arange(len(table)), found.last[found.method == "weighted"])
    ended = np.isin(course.group, course.group[lined & _at_the_end(course.group)])
    short = (course.length < FEW_POINTS) & ~ended
    if not short.any():
        return None
    lengths = dict(zip(table["country"][short], course.length[short].tolist(), strict=True))
    places = listed(
        [texts("trend.points", country=named(code), length=n) for code, n in lengths.items()]
    )
    touches = tuple(compress(point_ids(table), short))
    return Note(0, "T1", "series", "I", texts("trend.T1", places=places), touches)


def _at_the_end(group: Ints) -> Mask:
    """Mark the last point of each country."""
    return np.append(group[1:] != group[:-1], True)


def _at_steps(
    rule: str,
    table: "pd.DataFrame",
    course: Course,
    mask: Mask,
    details: tuple[Texts, ...] = (),
) -> Note | None:
    if not mask.any():
        return None
    i, j = course.steps.i, course.steps.j
    words = texts(f"trend.{rule}", places=_steps(table, i, j, mask))
    ids = point_ids(table)
    touches = tuple(ids[k] for k in np.union1d(i[mask], j[mask]))
    return Note(0, rule, "series", "I", words, touches, details)


def _breaks(evidence: "Evidence", indicator: str, table: "pd.DataFrame") -> tuple[Texts, ...]:
    """Name the declared breaks that fall between the years shown."""
    registry = evidence.registry
    programme = registry.indicators[indicator]["programme"]
    first, last = int(table["year"].min()), int(table["year"].max())
    found = [
        entry
        for entry in registry.breaks.values()
        if first < entry["year"] <= last
        and (
            entry.get("programme") == programme
            or any(matches(pattern, indicator) for pattern in entry.get("indicators", ()))
        )
    ]
    return tuple(
        texts("trend.break", year=entry["year"], title=entry["title"], source=entry["source"])
        for entry in sorted(found, key=lambda entry: int(entry["year"]))
    )
