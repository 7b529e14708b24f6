"""Numbers of respondents that are taken for something they are not, and digits not printed."""

from collections.abc import Iterator
from fnmatch import fnmatchcase

import numpy as np

from benchmark.audit.declared import Declared
from benchmark.audit.finding import Finding, Outcome, Unchecked
from benchmark.audit.rows import Mask, Rows
from benchmark.rules.values import PERSON_BASES


def check_bases(rows: Rows, declared: Declared) -> Outcome:
    """Look for the size of a whole survey taken as the base of a question.

    Parameters
    ----------
    rows : Rows
        The figures.
    declared : Declared
        Its known totals; figures marked as totals are known, too.

    Returns
    -------
    Outcome
    """
    n, year = rows.number("n"), rows.number("year")
    role, base = rows.text("n_role"), rows.fact("base")
    based = np.flatnonzero(np.isfinite(n) & (role == "base"))
    findings: dict[int, Finding] = {}
    for row in based.tolist():
        document = str(rows.text("document")[row])
        for total in declared.totals:
            known = n[row] == total.n and total.years[0] <= year[row] <= total.years[1]
            inside = any(fnmatchcase(document, pattern) for pattern in total.documents)
            if known and inside and str(base[row]) not in total.bases:
                findings[row] = _finding(rows, row, "declared")
    for row, variant in _like_totals(rows, based.tolist()):
        findings.setdefault(row, _finding(rows, row, variant))
    return Outcome("base", len(based), tuple(findings.values()), _without(rows))


def _finding(rows: Rows, row: int, variant: str) -> Finding:
    facts = {"n": float(rows.number("n")[row]), "base": str(rows.fact("base")[row])}
    return Finding("base", "error", rows.address(row), variant, facts, row)


def _like_totals(rows: Rows, based: list[int]) -> Iterator[tuple[int, str]]:
    """Find bases as large as a total of the same wave, as an aggregate, or as a wider base."""
    n, scope = rows.number("n"), rows.text("geo_scope")
    wave = rows.group("regime", "wave", "year_basis")
    year, base = rows.number("year"), rows.fact("base")
    total = rows.text("n_role") == "total"
    for row in based:
        same: Mask = (n == n[row]) & (wave == wave[row]) & (year == year[row])
        same[row] = False
        residents = str(base[row]) == "residents" and scope[row] == "national"
        alike = same & (base == base[row])
        outvoted = int((alike & total).sum()) > int((alike & ~total).sum())
        if outvoted or (not residents and (same & total).any()):
            yield row, "total"
        elif scope[row] == "national" and (same & (scope == "aggregate")).any():
            yield row, "aggregate"
        elif str(base[row]) != "residents" and (same & (base == "residents")).any():
            yield row, "wider"


def _without(rows: Rows) -> tuple[Unchecked, ...]:
    surveys = np.isin(rows.fact("base").astype(str), PERSON_BASES)
    left = int((rows.there & surveys & ~np.isfinite(rows.number("n"))).sum())
    return (Unchecked("base", "no_n", left),) if left else ()


def check_digits(rows: Rows, declared: Declared) -> Outcome:
    """Look for values with more digits than were printed.

    Parameters
    ----------
    rows : Rows
        The figures.
    declared : Declared
        Not used.

    Returns
    -------
    Outcome
    """
    del declared
    decimals, value = rows.number("decimals"), rows.number("value")
    stated = np.isfinite(decimals) & np.isfinite(value)
    scale = 10.0 ** np.nan_to_num(decimals)
    with np.errstate(invalid="ignore"):
        off = np.abs(value * scale - np.round(value * scale)) > 1e-6 * np.maximum(scale, 1)
    findings = tuple(
        Finding(
            "digits",
            "error",
            rows.address(row),
            "more",
            {"value": float(value[row]), "decimals": float(decimals[row])},
            row,
        )
        for row in np.flatnonzero(stated & off).tolist()
    )
    left = int((np.isfinite(value) & ~stated).sum())
    unchecked = (Unchecked("digits", "no_decimals", left),) if left else ()
    return Outcome("digits", int(stated.sum()), findings, unchecked)
