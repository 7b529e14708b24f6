"""Years, periods, editions and days of publication that do not go together."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from benchmark.audit.declared import Declared
from benchmark.audit.finding import Finding, Outcome, Unchecked
from benchmark.audit.rows import Floats, Mask, Rows, majority
from benchmark.rules.values import PERSON_BASES

_DEPENDS: Final = (
    (("indicator", "period", "breakdown", "document"), "edition"),
    (("indicator", "period", "breakdown", "document"), "regime"),
    (("indicator", "period", "breakdown", "document"), "published"),
    (("document", "indicator", "edition", "breakdown"), "period"),
)
"""Columns that settle another one: countries of one table share edition, period and method."""
CROWD: Final = 6
"""Figures of one table from which on one that differs stands out."""


def check_dates(rows: Rows, declared: Declared) -> Outcome:
    """Look for figures published before they were measured, and years that contradict each other.

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
    findings = tuple(
        Finding("date", "error", rows.address(row), variant, dict(_facts(rows, row)), row)
        for variant, wrong in _wrong_dates(rows)
        for row in np.flatnonzero(wrong).tolist()
    )
    unknown = int((~np.isfinite(rows.end)).sum())
    left = (Unchecked("date", "no_period", unknown),) if unknown else ()
    return Outcome("date", rows.size, findings, left)


def _wrong_dates(rows: Rows) -> Iterator[tuple[str, Mask]]:
    measured = rows.per_text("kind", lambda kind: kind in ("observed", "claim", "derived"))
    begun = np.floor(rows.start + 1e-9)
    year = rows.number("year")
    last = np.ceil(rows.end - 1e-9) - 1
    published, edition = _year_of(rows, "published"), _year_of(rows, "edition")
    basis = rows.text("year_basis")
    with np.errstate(invalid="ignore"):
        yield "published", measured & (published < last)
        yield "edition", measured & (edition < last)
        yield "late", measured & (edition > last + 6)
        yield "printed", (basis == "printed") & (year != last)
        yield "before", measured & ((year < begun) | (published < year))
        yield "named", _misnamed(rows, (basis == "edition") & np.isfinite(edition), edition, year)
        wave = _year_of(rows, "wave")
        asked = np.isin(rows.fact("base").astype(str), PERSON_BASES) & (basis == "printed")
        yield "wave", measured & asked & np.isfinite(wave) & (wave != year)


def _misnamed(rows: Rows, dated: Mask, edition: Floats, year: Floats) -> Mask:
    """Find figures dated otherwise than their edition, where the indicator dates by edition.

    Where most figures of an indicator are dated otherwise, it quotes editions of another source.
    """
    indicator, wrong = rows.code("indicator"), dated & (edition != year)
    size = np.bincount(indicator, weights=dated)
    rare = np.bincount(indicator, weights=wrong) < 0.3 * size
    found: Mask = wrong & rare[indicator]
    return found


def _year_of(rows: Rows, column: str) -> Floats:
    """Read the year a text begins with; a text that begins otherwise has none."""

    def year(text: str) -> float:
        head = text[:4]
        whole = len(head) == 4 and head.isdigit() and text[4:5] in ("", "-")
        return float(head) if whole else np.nan

    found: Floats = rows.per_text(column, year, np.float64)
    return found


def _facts(rows: Rows, row: int) -> Iterator[tuple[str, str]]:
    for column in ("period", "edition", "published", "wave"):
        yield column, str(rows.text(column)[row]) or "-"
    year = rows.number("year")[row]
    yield "year", f"{year:.0f}"


def check_siblings(rows: Rows, declared: Declared) -> Outcome:
    """Look for a figure that differs in edition, period or method from the rest of its table.

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
    findings: dict[int, Finding] = {}
    looked: Mask = np.zeros(rows.size, dtype=np.bool_)
    for settles, column in _DEPENDS:
        crowd = rows.group(*settles)
        usual, odd = majority(crowd, rows.code(column), CROWD)
        looked |= np.bincount(crowd)[crowd] >= CROWD
        text, names = rows.text(column), rows.names(column)
        for row in np.flatnonzero(odd).tolist():
            facts = {"column": column, "value": text[row] or "-", "usual": names[usual[row]] or "-"}
            one = Finding("sibling", "error", rows.address(row), "differs", facts, row)
            findings.setdefault(row, one)
    left = (Unchecked("sibling", "alone", int((~looked).sum())),)
    return Outcome("sibling", int(looked.sum()), tuple(findings.values()), left)
