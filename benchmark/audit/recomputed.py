"""Figures computed anew: formulas, means of parts, averages of members, places among scores."""

from collections.abc import Sequence
from fnmatch import fnmatchcase

import numpy as np

from benchmark.audit.declared import Average, Declared, Formula, Mean, Ranking
from benchmark.audit.finding import Finding, Outcome, Unchecked
from benchmark.audit.rows import Floats, Ints, Mask, Rows

_CELL = ("country", "area", "geo_scope", "period", "breakdown", "kind", "edition")
_SLACK = 1e-9
MISSING = 0.05
"""Share of the scores of an edition that may be missing where places are computed."""


def check_formulas(rows: Rows, declared: Declared) -> Outcome:
    """Compare figures with the weighted means of others that they are declared to be.

    Parameters
    ----------
    rows : Rows
        The figures.
    declared : Declared
        Its formulas.

    Returns
    -------
    Outcome
    """
    return _joined("formula", [_formula(rows, one) for one in declared.formulas])


def check_means(rows: Rows, declared: Declared) -> Outcome:
    """Compare figures with the means of the parts that they are declared to be made of."""
    return _joined("mean", [_mean(rows, one) for one in declared.means])


def check_averages(rows: Rows, declared: Declared) -> Outcome:
    """Compare aggregates with the means of their members."""
    return _joined("average", [_average(rows, one) for one in declared.averages])


def check_places(rows: Rows, declared: Declared) -> Outcome:
    """Compare ranks with the places that the scores behind them give."""
    quoted = [
        Ranking(name, str(entry["quotes"]))
        for name, entry in rows.registry.indicators.items()
        if entry["unit"] == "rank" and "quotes" in entry
    ]
    given = {one.rank for one in declared.rankings}
    asked = [*declared.rankings, *(one for one in quoted if one.rank not in given)]
    return _joined("place", [_places(rows, one) for one in asked])


def _joined(check: str, parts: Sequence[Outcome]) -> Outcome:
    return Outcome(
        check,
        sum(one.checked for one in parts),
        tuple(finding for one in parts for finding in one.findings),
        tuple(left for one in parts for left in one.unchecked),
    )


def _held(rows: Rows, check: str, name: str, whole: Ints, wanted: Floats, room: Floats) -> Outcome:
    """Compare values with those computed; where none can be computed, say so."""
    value = rows.value[whole]
    known = np.isfinite(wanted)
    wrong = np.flatnonzero(known & (np.abs(value - wanted) > room + _SLACK))
    findings = [
        Finding(
            check,
            "error",
            rows.address(row),
            "differs",
            {"value": float(value[k]), "wanted": float(wanted[k]), "name": name},
            row,
        )
        for k, row in zip(wrong.tolist(), whole[wrong].tolist(), strict=True)
    ]
    left = int((~known).sum())
    unchecked = (Unchecked(check, "parts", left, name),) if left else ()
    return Outcome(check, int(known.sum()), tuple(findings), unchecked)


def _within(rows: Rows, years: tuple[int, int]) -> Mask:
    """Find the rows whose whole period lies within some years."""
    with np.errstate(invalid="ignore"):
        found: Mask = (rows.start >= years[0]) & (rows.end <= years[1] + 1)
    return found


def _formula(rows: Rows, formula: Formula) -> Outcome:
    chosen = _is(rows, formula.whole) & rows.there & _within(rows, formula.years)
    chosen &= rows.per_text("breakdown", lambda text: fnmatchcase(text, formula.breakdown))
    if formula.countries == "national":
        chosen &= _is(rows, "national", "geo_scope")
    whole = np.flatnonzero(chosen)
    cell = rows.group(*_CELL)
    total, weight, room = np.zeros((3, len(whole)))
    for share, names in formula.parts:
        found, spread = _part(rows, names, cell, whole)
        known = np.isfinite(found)
        total += np.where(known, share * found, 0.0)
        room += np.where(known, share * spread, 0.0)
        weight += np.where(known, share, 0.0)
    if formula.complete:
        weight[weight < sum(share for share, _ in formula.parts) - _SLACK] = 0.0
    with np.errstate(invalid="ignore", divide="ignore"):
        wanted, room = np.where(weight > 0, [total, room] / weight, np.nan)
    room = np.nan_to_num(room) + rows.rounding[whole] + formula.tolerance
    return _held(rows, "formula", formula.name, whole, wanted, room)


def _part(rows: Rows, names: Sequence[str], cell: Ints, whole: Ints) -> tuple[Floats, Floats]:
    """Give the mean of some indicators in the cells of the wholes, and its rounding."""
    total, spread, count = np.zeros((3, int(cell.max(initial=-1)) + 1))
    for name in names:
        part = np.flatnonzero(_is(rows, name) & rows.there)
        total[cell[part]] += rows.value[part]
        spread[cell[part]] += rows.rounding[part]
        count[cell[part]] += 1
    with np.errstate(invalid="ignore", divide="ignore"):
        return (total / count)[cell[whole]], (spread / count)[cell[whole]]


def _is(rows: Rows, name: str, column: str = "indicator") -> Mask:
    found: Mask = rows.per_text(column, lambda text: text == name)
    return found


def _mean(rows: Rows, mean: Mean) -> Outcome:
    stem, part = _stems(rows, mean)
    national = _is(rows, "national", "geo_scope") & rows.there & np.isfinite(rows.start)
    part_rows = np.flatnonzero(part & national & _counted(rows, mean))
    whole = np.flatnonzero((stem >= 0) & ~part & national & _within(rows, mean.years))
    whole = whole[rows.text("breakdown")[whole] == "total"]
    first = int(np.nanmin(rows.start)) if len(whole) and len(part_rows) else 0
    years = int(np.nanmax(rows.end)) - first + 2 if len(part_rows) else 1
    width = len(rows.names("country")) * years

    def place(chosen: Ints, year: Ints) -> Ints:
        return stem[chosen] * width + rows.code("country")[chosen] * years + year - first

    total, spread, count = np.zeros((3, (int(stem.max(initial=-1)) + 1) * width + 1))
    at = place(part_rows, rows.start[part_rows].astype(np.int64))
    np.add.at(total, at, rows.value[part_rows])
    np.add.at(spread, at, rows.rounding[part_rows])
    np.add.at(count, at, 1.0)
    begin, stop = rows.start[whole].astype(np.int64), np.ceil(rows.end[whole]).astype(np.int64)
    sums = np.zeros((3, len(whole)))
    for step in range(int((stop - begin).max(initial=0))):
        reached = begin + step < stop
        spot = np.where(reached, place(whole, begin + step), -1)
        sums += [np.where(reached, table[spot], 0.0) for table in (total, spread, count)]
    with np.errstate(invalid="ignore", divide="ignore"):
        wanted, room = sums[0] / sums[2], sums[1] / sums[2]
    room = np.nan_to_num(room) + rows.rounding[whole] + mean.tolerance
    return _held(rows, "mean", mean.name, whole, wanted, room)


def _stems(rows: Rows, mean: Mean) -> tuple[Ints, Mask]:
    """Give indicators without their ending numbers, and find those that the means are taken of."""
    known = set(rows.names("indicator"))
    stems = [
        name.removesuffix(mean.of)
        for name in known
        if name.endswith(mean.of)
        and f"{name.removesuffix(mean.of)}{mean.ending}" in known
        and fnmatchcase(name.removesuffix(mean.of), mean.whole)
    ]
    number = {stem: k for k, stem in enumerate(sorted(stems))}
    wholes = {f"{stem}{mean.ending}": k for stem, k in number.items()}
    parts = {f"{stem}{mean.of}": k for stem, k in number.items()}
    code = rows.per_text("indicator", lambda n: wholes.get(n, parts.get(n, -1)), np.int64)
    same = mean.ending == mean.of
    divided = rows.per_text("breakdown", lambda text: fnmatchcase(text, mean.breakdown))
    part = rows.per_text("indicator", parts.__contains__) & (divided if same else True)
    return code, part


def _counted(rows: Rows, mean: Mean) -> Mask:
    def counts(text: str) -> bool:
        named = not mean.only or text.partition("=")[2] in mean.only
        return named and fnmatchcase(text, mean.breakdown)

    found: Mask = rows.per_text("breakdown", counts)
    return found


def _average(rows: Rows, average: Average) -> Outcome:
    from benchmark.groups import group

    def meant(name: str) -> bool:
        out = any(fnmatchcase(name, pattern) for pattern in average.excluded)
        return not out and any(fnmatchcase(name, pattern) for pattern in average.indicators)

    name, _, day = average.members.partition("@")
    members = set(group(name, day or None))
    wanted = rows.per_text("indicator", meant) & rows.there & _within(rows, average.years)
    whole = np.flatnonzero(wanted & _is(rows, average.aggregate, "country"))
    inside = np.flatnonzero(wanted & rows.per_text("country", members.__contains__))
    cell = rows.group("indicator", "period", "breakdown", "edition", "kind")
    size = int(cell.max(initial=-1)) + 1
    count = np.bincount(cell[inside], minlength=size)
    total = np.bincount(cell[inside], weights=rows.value[inside], minlength=size)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = (total / count)[cell[whole]]
    room = rows.rounding[whole] + average.tolerance
    return _held(rows, "average", average.name, whole, mean, room)


def _places(rows: Rows, ranking: Ranking) -> Outcome:
    ranked = _is(rows, ranking.rank) & rows.there & _is(rows, "total", "breakdown")
    with np.errstate(invalid="ignore"):
        year = rows.number("year")
        ranked &= (year >= ranking.years[0]) & (year <= ranking.years[1])
    scored = _is(rows, ranking.score) & rows.there & _is(rows, "total", "breakdown")
    scored &= _is(rows, "national", "geo_scope")
    findings, checked, left = [], 0, 0
    for row in np.flatnonzero(ranked).tolist():
        found = _place(rows, row, np.flatnonzero(scored & _edition(rows, row)))
        if found is None:
            left += 1
            continue
        checked += 1
        value = rows.value[row]
        if not found[0] <= value <= found[1]:
            facts = {"value": float(value), "wanted": found[0], "name": ranking.score}
            findings.append(Finding("place", "error", rows.address(row), "differs", facts, row))
    unchecked = (Unchecked("place", "scores", left, ranking.rank),) if left else ()
    return Outcome("place", checked, tuple(findings), unchecked)


def _edition(rows: Rows, row: int) -> Mask:
    """Find the rows of the edition that a rank is from; a quoted rank is dated by it."""
    year = str(int(rows.number("year")[row]))
    quoted = rows.text("year_basis")[row] == "edition"
    named = year if quoted else str(rows.text("edition")[row]) or year
    return _is(rows, named, "edition")


def _place(rows: Rows, row: int, scores: Ints) -> tuple[int, int] | None:
    """Give the best and the worst place a score may be given, or None where scores lack.

    Scores of a few countries of the pool may be missing: they can be worse or better.
    """
    pool = rows.registry.pools.get(str(rows.text("pool")[row]), {})
    country = rows.text("country")
    if "members" in pool:
        scores = scores[np.isin(country[scores], pool["members"])]
    own = scores[country[scores] == country[row]]
    lacking = int(pool.get("size", len(scores))) - len(scores)
    if len(own) != 1 or not 0 <= lacking <= MISSING * len(scores):
        return None
    values, mine = rows.value[scores], rows.value[own[0]]
    return 1 + int((values > mine).sum()), int((values >= mine).sum()) + lacking
