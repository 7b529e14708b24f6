"""All checks of a table, and how one run of them is put together."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmark.audit.copies import check_cells, check_series
from benchmark.audit.coverage import check_coverage, coverage
from benchmark.audit.declared import Declared
from benchmark.audit.divisions import check_sides
from benchmark.audit.documents import Reader, check_documents
from benchmark.audit.finding import SEVERITIES, Finding, Outcome
from benchmark.audit.methods import check_instruments, check_versions
from benchmark.audit.neighbours import check_jumps, check_swaps
from benchmark.audit.recomputed import (
    check_averages,
    check_formulas,
    check_means,
    check_places,
)
from benchmark.audit.report import Audit
from benchmark.audit.rows import Rows
from benchmark.audit.samples import check_bases, check_digits
from benchmark.audit.times import check_dates, check_siblings

if TYPE_CHECKING:
    from benchmark.figures import Evidence

Check = Callable[[Rows, Declared], Outcome]


def check_rules(rows: Rows, declared: Declared) -> Outcome:
    """Hold every row against the rules that are also kept when a table is loaded.

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
    from benchmark.schema import KEY
    from benchmark.validate import Places, faults

    figures = rows.evidence.figures
    places = Places(["table"], [rows.size])
    findings = [
        Finding("rule", "error", _place(line), "broken", {"message": line.partition("): ")[2]})
        for line in faults(figures, rows.registry, places)
    ]
    again = figures[list(KEY)].duplicated(keep="first").to_numpy()
    findings += [
        Finding("rule", "error", rows.address(row), "second", {}, row)
        for row in again.nonzero()[0].tolist()
    ]
    return Outcome("rule", rows.size, tuple(findings))


def _place(line: str) -> str:
    return line.partition("(")[2].partition("): ")[0]


CHECKS: Final[tuple[Check, ...]] = (
    check_rules,
    check_formulas,
    check_means,
    check_averages,
    check_places,
    check_dates,
    check_siblings,
    check_versions,
    check_instruments,
    check_jumps,
    check_swaps,
    check_sides,
    check_bases,
    check_digits,
    check_series,
    check_cells,
    check_coverage,
)
"""Checks that need nothing but the table, in the order of the report."""


def audit(
    evidence: "Evidence",
    documents: Path | None = None,
    declared: Declared | None = None,
    readers: Mapping[str, Reader] | None = None,
) -> Audit:
    """Check a table of figures against itself, its registry and its documents.

    Parameters
    ----------
    evidence : Evidence
        Figures and registry.
    documents : Path, optional
        Folder with source documents; without it no figure is looked up in its document.
    declared : Declared, optional
        Sums that must hold, known totals, and findings that are explained.
    readers : mapping of str to callable, optional
        What reads numbers by place from files of other kinds than text.

    Returns
    -------
    Audit
        Findings sorted by severity, those explained apart; what was checked and what was not.

    Raises
    ------
    BenchmarkError
        If `documents` is no folder.

    Examples
    --------
    >>> from benchmark.figures import gather
    >>> from benchmark.registry import Registry
    >>> audit(gather({}, Registry())).exit_code
    0
    """
    rows, known = Rows(evidence), declared or Declared()
    outcomes = [check(rows, known) for check in CHECKS]
    outcomes.insert(1, check_documents(rows, documents, readers))
    found = [known.explain(finding) for one in outcomes for finding in one.findings]
    found += _stale(known, found, complete=not outcomes[1].unchecked)
    order = {one.check: place for place, one in enumerate(outcomes)}
    found.sort(key=lambda one: _rank(one, order))
    return Audit(
        findings=tuple(one for one in found if one.reason is None),
        accepted=tuple(one for one in found if one.reason is not None),
        outcomes=tuple(outcomes),
        coverage=coverage(rows),
        figures=rows.size,
        evidence=evidence.hash,
    )


def _rank(finding: Finding, order: Mapping[str, int]) -> tuple[int, int, str, int]:
    severity = SEVERITIES.index(finding.severity)
    return severity, order.get(finding.check, len(order)), finding.address, finding.row


def _stale(declared: Declared, found: Sequence[Finding], complete: bool) -> Iterator[Finding]:
    """Name explanations of findings that are no longer there."""
    for entry in declared.accepted:
        seen = complete or entry.check != "document"
        if seen and not any(entry.covers(finding) for finding in found):
            facts = {"check": entry.check}
            name = entry.address if isinstance(entry.address, str) else ", ".join(entry.address)
            yield Finding("accepted", "warning", name, "stale", facts)
