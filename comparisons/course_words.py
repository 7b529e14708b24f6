"""The course of each country in sentences: change since the last break, slopes, hints at shifts."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from benchmark.language import number, term
from comparisons.changes import Change
from comparisons.course import Course
from comparisons.parts import VERDICTS
from comparisons.render.amounts import MOST_DECIMALS
from comparisons.render.amounts import change as difference
from comparisons.selection import named
from comparisons.texts import Texts, each, text, texts
from comparisons.trend_words import p_words

if TYPE_CHECKING:
    import pandas as pd

MOST_ENDPOINTS: Final = 10
"""Countries, or slopes, that get a sentence each; the data say the rest."""
_LINED: Final = ("weighted", "theil_sen")


def endpoint_words(table: "pd.DataFrame", course: Course) -> list[Texts]:
    """Say how much each country changed since its last break.

    Parameters
    ----------
    table : DataFrame
        Points sorted by country and year.
    course : Course
        Steps, breaks and changes.

    Returns
    -------
    list of mapping
        A sentence a country; none where there are many countries, whose data say it.
    """
    if len(course.ends.i) > MOST_ENDPOINTS:
        return []
    return [_endpoint(table, course, k) for k in range(len(course.ends.i))]


def _endpoint(table: "pd.DataFrame", course: Course, k: int) -> Texts:
    first, last = int(course.ends.i[k]), int(course.ends.j[k])
    where = _where(table, first, last)
    found = course.end_changes
    if np.isnan(found.change[k]):
        return texts("trend.endpoint_refused", **where)
    verdict = VERDICTS[int(course.ends.judgement.verdict[k])]
    points = last - first + 1

    def write(lang: str) -> str:
        told = difference(float(found.change[k]), course.unit, int(found.change_decimals[k]), lang)
        about, judged = _about(found, k, lang), term(f"verdict.{verdict}", lang)
        return texts(
            "trend.endpoint", **where, change=told, about=about, verdict=judged, points=points
        )[lang]

    return each(write)


def _about(found: Change, k: int, lang: str) -> str:
    """Write bounds, test and equivalence of a change behind it."""
    decimals, (low, high) = int(found.bound_decimals[k]), (one[k] for one in found.bounds)
    kind, p = "rounding", ""
    if found.tested[k]:
        kind, p, decimals = "sampling", p_words(float(found.p_holm[k]), lang), max(decimals, 1)
    ends = {
        name: number(float(one), lang, decimals, sign=True)
        for name, one in (("low", low), ("high", high))
        if one == one
    }
    words = ""
    # Bounds that differ by less than the digits shown tell nothing.
    if len(set(ends.values())) == 2 and high - low > 10.0**-MOST_DECIMALS:
        words = text(f"trend.about.{kind}", lang, **ends, p=p)
    if found.equivalence[k]:
        told = text(f"trend.equivalence.{found.equivalence[k]}", lang)
        if found.tested[k]:
            told += f" ({p_words(float(found.equivalence_p_holm[k]), lang)})"
        words += text("trend.about.equivalence", lang, told=told)
    return words


def _where(table: "pd.DataFrame", first: int, last: int) -> dict[str, Any]:
    years = table["year"]
    country = named(str(table["country"].iloc[first]))
    return {"country": country, "start": int(years.iloc[first]), "end": int(years.iloc[last])}


def slope_words(table: "pd.DataFrame", course: Course, alpha: float) -> Iterator[Texts]:
    """Say what each slope is and what speaks for it; hint at shifts of level.

    Parameters
    ----------
    table : DataFrame
        Points sorted by country and year.
    course : Course
        Steps, breaks and slopes.
    alpha : float
        P-value below which a slope or a shift is told of as significant.

    Yields
    ------
    mapping
        A sentence in each language.
    """
    found = course.slopes
    lined, tests = np.isin(found.method, _LINED), int(np.isfinite(found.p).sum())
    chosen = np.flatnonzero(lined | (found.method == "not_comparable"))
    if len(chosen) > MOST_ENDPOINTS:
        sure = found.p_holm < alpha
        up, down = (int((sure & (way * found.slope > 0)).sum()) for way in (1, -1))
        yield texts("trend.slope.many", n=int(lined.sum()), up=up, down=down)
    else:
        yield from (_slope(table, course, int(k)) for k in chosen)
    yield from (texts(f"trend.slope.method.{one}") for one in _LINED if one in set(found.method))
    if tests > 1:
        yield texts("trend.slope.holm", n=tests)
    for k in np.flatnonzero(found.shift_p < alpha)[:MOST_ENDPOINTS]:
        yield _shift(table, course, int(k))


def _slope(table: "pd.DataFrame", course: Course, k: int) -> Texts:
    found, method = course.slopes, str(course.slopes.method[k])
    where: dict[str, Any] = _where(table, int(found.first[k]), int(found.last[k]))
    decimals = slope_decimals(table)

    def write(lang: str) -> str:
        if method not in _LINED:
            return texts("trend.slope.not_comparable", **where)[lang]
        told: Mapping[str, str] = {
            name: number(float(getattr(found, name)[k]), lang, decimals, sign=True)
            for name in ("low", "high")
            if np.isfinite(getattr(found, name)[k])
        }
        slope = difference(float(found.slope[k]), course.unit, decimals, lang)
        facts = {
            "slope": slope,
            "interval": text("trend.slope.interval", lang, **told) if told else "",
            "test": _slope_test(course, k, lang),
            "points": int(found.points[k]),
        }
        return texts("trend.slope.one", **where, **facts)[lang]

    return each(write)


def _slope_test(course: Course, k: int, lang: str) -> str:
    found = course.slopes
    if np.isfinite(found.p[k]):
        return p_words(float(found.p_holm[k]), lang)
    return text("trend.slope.overlap" if found.overlap[k] else "trend.slope.untested", lang)


def slope_decimals(table: "pd.DataFrame") -> int:
    """Print a slope with the digits of its points, and at least one."""
    shift = 2 if (table["unit"] == "fraction").any() else 0
    stated = table["decimals"].max()
    return max(1, int(stated) - shift) if stated == stated else 2


def _shift(table: "pd.DataFrame", course: Course, k: int) -> Texts:
    found = course.slopes
    country = named(str(table["country"].iloc[int(found.first[k])]))
    p, year = float(found.shift_p[k]), int(found.shift[k])
    return each(
        lambda lang: texts("trend.shift", country=country, year=year, p=p_words(p, lang))[lang]
    )
