"""The countries that can be followed through some years: complete, and comparable throughout."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from benchmark.areas import is_aggregate
from comparisons.cells import Floats, levels
from comparisons.course import point_ids, point_names
from comparisons.judging import Judged, judged
from comparisons.notes import rule_notes
from comparisons.parts import Missing, worst
from comparisons.places import listed
from comparisons.refusals import Absent, Refused, reasons, refusal
from comparisons.selection import named, split_missing, title
from comparisons.series_notes import describe_steps
from comparisons.standing import stand
from comparisons.stats.series import steps
from comparisons.texts import Texts, same, texts

if TYPE_CHECKING:
    import pandas as pd

    from benchmark.figures import Evidence
    from benchmark.rules.config import Thresholds

_REFUSED = 2


@dataclass(frozen=True)
class Balanced:
    """A table without holes.

    Parameters
    ----------
    table : DataFrame
        The cells, sorted by country and year.
    years : tuple of int
        In order.
    left : tuple of Missing
        Countries that left, and why.
    steps, across : tuple of Judged
        The pairs of each country's years; the pairs of countries in each year.
    """

    table: "pd.DataFrame"
    years: tuple[int, ...]
    left: tuple[Missing, ...]
    steps: tuple[Judged, ...]
    across: tuple[Judged, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """The countries, in order."""
        return tuple(dict.fromkeys(self.table["country"]))

    @property
    def values(self) -> Floats:
        """Levels, dims (year, country), in the unit of differences."""
        return levels(self.table).reshape(len(self.codes), len(self.years)).T

    @property
    def verdict(self) -> str:
        """The worst verdict on any pair."""
        return worst([one.verdict for one in (*self.steps, *self.across)])


def balance(
    evidence: "Evidence",
    series: "pd.DataFrame",
    asked: Sequence[str],
    years: Sequence[int] | None,
    config: "Thresholds",
    override: str | None,
    what: Texts,
) -> Balanced:
    """Keep the countries with a comparable figure in every year.

    Parameters
    ----------
    evidence : Evidence
        Figures and registry.
    series : DataFrame
        All cells of one indicator.
    asked : sequence of str
        Countries asked for.
    years : sequence of int, optional
        Years asked for; by default those in which every country that has figures has one.
    config : Thresholds
        Thresholds of the rules.
    override : str, optional
        A reason for going on over what the rules forbid.
    what : mapping
        What a refusal names.

    Returns
    -------
    Balanced

    Raises
    ------
    NotComparable
        If a break parts the years, naming the parts; if countries are not comparable with each
        other, or fewer than two are left.
    NoData
        If a year has no figure, or there are not two years.
    """
    there, _ = split_missing(series[series["country"].isin(asked)])
    there = there[~there["country"].map(is_aggregate).to_numpy(dtype=bool)]
    chosen = _years(evidence, there, years)
    whole = there[there["year"].isin(chosen)].sort_values(["country", "year"], ignore_index=True)
    counts = whole["country"].value_counts()
    full = [code for code in asked if counts.get(code, 0) == len(chosen)]
    left = [_incomplete(code, whole, chosen) for code in asked if code not in full]
    table = whole[whole["country"].isin(full)].reset_index(drop=True)
    _enough(full, what)
    table, broken, walked = _unbroken(evidence, table, chosen, config, override, what)
    table, odd, across = _together(evidence, table, chosen, config, override, what)
    kept = set(table["country"])
    walked = [_only(one, kept) for one in walked]
    return Balanced(table, chosen, (*left, *broken, *odd), tuple(walked), tuple(across))


def _years(
    evidence: "Evidence", there: "pd.DataFrame", years: Sequence[int] | None
) -> tuple[int, ...]:
    """Read the years, or take those that every country has."""
    found, counts = np.unique(there["year"].to_numpy(), return_counts=True)
    known = dict(zip(found.tolist(), counts.tolist(), strict=True))
    indicator = title(evidence, str(there["indicator"].iloc[0])) if len(there) else same("")
    if years is not None:
        chosen = tuple(sorted({int(one) for one in years}))
        strange = [one for one in chosen if one not in known]
        if strange:
            facts = {"years": ", ".join(map(str, known)), "year": ", ".join(map(str, strange))}
            raise Absent(texts("refusal.no_year", indicator=indicator, **facts))
    else:
        most = max(known.values(), default=0)
        chosen = tuple(one for one, n in known.items() if n == there["country"].nunique() == most)
    if len(chosen) < 2:
        told = ", ".join(f"{one} ({n})" for one, n in known.items())
        raise Absent(texts("convergence.no_years", indicator=indicator, years=told or "-"))
    return chosen


def _incomplete(code: str, whole: "pd.DataFrame", years: tuple[int, ...]) -> Missing:
    has = set(whole["year"][whole["country"] == code])
    gone = ", ".join(str(one) for one in years if one not in has)
    return Missing(named(code), texts("coverage.reason.no_figure_year", year=gone))


def _enough(codes: Sequence[str], what: Texts) -> None:
    if len(codes) < 2:
        raise Refused(refusal("too_few", what=what, n=len(codes)))


def _unbroken(
    evidence: "Evidence",
    table: "pd.DataFrame",
    years: tuple[int, ...],
    config: "Thresholds",
    override: str | None,
    what: Texts,
) -> tuple["pd.DataFrame", list[Missing], list[Judged]]:
    """Judge every step and the whole way; a break for all refuses, for some they leave."""
    n = len(years)
    group = np.repeat(np.arange(len(table) // n), n)
    rows, labels = table["obs"].to_numpy(), (point_ids(table), point_names(table))
    found = [judged(evidence, rows, steps(group), labels, config)]
    if n > 2:
        first = np.arange(0, len(table), n)
        ends = judged(evidence, rows, (first, first + n - 1), labels, config)
        found.append(replace(ends, scope=texts("convergence.ends")))
    if override:
        return table, [], found
    refused = found[0].judgement.verdict.reshape(-1, n - 1) == _REFUSED
    if refused.all(axis=0).any():
        _break(table, found[0], refused.all(axis=0), years, what)
    out = refused.any(axis=1)
    for one in found[1:]:
        out |= one.judgement.verdict == _REFUSED
    codes = table["country"].to_numpy()[::n]
    if (~out).sum() < 2:
        why = reasons(rule_notes(found, describe_steps(table), least=3))
        raise Refused(refusal("not_comparable", what=what), why, insist=True)
    kept = ~out[group]
    told = [Missing(named(code), texts("convergence.broken")) for code in codes[out]]
    return table[kept].reset_index(drop=True), told, found


def _break(
    table: "pd.DataFrame",
    walked: Judged,
    broken: "np.ndarray[tuple[int], np.dtype[np.bool_]]",
    years: tuple[int, ...],
    what: Texts,
) -> None:
    parts: list[list[int]] = [[years[0]]]
    for (_, year), apart in zip(pairwise(years), broken, strict=True):
        if apart:
            parts.append([year])
        else:
            parts[-1].append(year)
    spans = [same(str(one[0]) if len(one) == 1 else f"{one[0]}-{one[-1]}") for one in parts]
    told = reasons(rule_notes([walked], describe_steps(table), least=3))
    what = texts("convergence.break", what=what, segments=listed(spans))
    raise Refused(what, told, insist=True, findings=walked.worst_findings())


def _together(
    evidence: "Evidence",
    table: "pd.DataFrame",
    years: tuple[int, ...],
    config: "Thresholds",
    override: str | None,
    what: Texts,
) -> tuple["pd.DataFrame", list[Missing], list[Judged]]:
    """Judge the countries with each other in every year; who stands apart leaves."""
    out: dict[str, int] = {}
    found = []
    for year in years:
        here = table[table["year"] == year].reset_index(drop=True)
        everybody = np.ones(len(here), dtype=bool)
        standing = stand(evidence, here, everybody, config, override, what)
        ids = tuple(f"{code}/{year}" for code in here["country"])
        found.append(replace(standing.among, ids=ids, scope=same(str(year))))
        out |= dict.fromkeys(here["country"][~standing.ranked], year)
    told = [
        Missing(named(code), texts("convergence.apart", year=year)) for code, year in out.items()
    ]
    kept = ~table["country"].isin(out).to_numpy(dtype=bool)
    _enough(list(dict.fromkeys(table["country"][kept])), what)
    inside = [_only(one, set(table["country"][kept])) for one in found]
    return table[kept].reset_index(drop=True), told, inside


def _only(pairs: Judged, codes: set[str]) -> Judged:
    """Keep the pairs of countries that are left."""
    from comparisons.judging import part

    inside = np.array([one.partition("/")[0] in codes for one in pairs.ids])
    return part(pairs, inside[pairs.i] & inside[pairs.j], pairs.scope)
