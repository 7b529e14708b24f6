"""The result of an audit, and how it is told: text, Markdown, plain data."""

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmark.audit.finding import SEVERITIES, Finding, Outcome
from benchmark.audit.texts import told

WIDTH = 100


@dataclass(frozen=True)
class Section:
    """A part of the report: a heading and either paragraphs or a table.

    Attributes
    ----------
    id, heading : str
        Its name and its heading.
    heads : tuple of str
        Headings of the columns; empty where the rows are paragraphs.
    rows : tuple of tuple of str
        Cells, or for a paragraph its first line and the lines set in below it.
    """

    id: str
    heading: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Audit:
    """What an audit found, what it looked at, and what it could not look at.

    Attributes
    ----------
    findings : tuple of Finding
        Those that nobody has explained, errors first.
    accepted : tuple of Finding
        Those that somebody has explained, with the reason.
    outcomes : tuple of Outcome
        What each check did.
    coverage : mapping
        Figures by programme, country, year and indicator.
    figures : int
        Rows of the table.
    evidence : str
        Hash of the table.
    """

    findings: tuple[Finding, ...]
    accepted: tuple[Finding, ...]
    outcomes: tuple[Outcome, ...]
    coverage: Mapping[str, Sequence[Mapping[str, Any]]]
    figures: int
    evidence: str

    @property
    def exit_code(self) -> int:
        """1 where an error stands, else 0."""
        return int(any(one.severity == "error" for one in self.findings))

    def text(self, lang: str = "en", width: int = WIDTH) -> str:
        """Write the report as plain text.

        Parameters
        ----------
        lang : {"en", "da", "nb", "sv"}
            Language.
        width : int
            Longest line of a paragraph [characters].

        Returns
        -------
        str
        """
        title = told("report", "title", lang)
        lines = [title, "=" * len(title), "", *textwrap.wrap(self.summary(lang), width)]
        for section in self.sections(lang):
            lines += ["", section.heading, "-" * len(section.heading)]
            lines += _grid(section) if section.heads else _paragraphs(section, width)
        return "\n".join(lines) + "\n"

    def markdown(self, lang: str = "en") -> str:
        """Write the report as Markdown."""
        lines = [f"# {told('report', 'title', lang)}", "", self.summary(lang)]
        for section in self.sections(lang):
            lines += ["", f"## {section.heading}", ""]
            if section.heads:
                lines += [_line(section.heads), _line(["---"] * len(section.heads))]
                lines += [_line(row) for row in section.rows]
            for head, *below in section.rows if not section.heads else ():
                lines += [f"- **{_escaped(head)}**", *(f"  - {_escaped(one)}" for one in below)]
        return "\n".join(lines) + "\n"

    def summary(self, lang: str = "en") -> str:
        """Say in a sentence what came out."""
        counts = [sum(one.severity == kind for one in self.findings) for kind in SEVERITIES]
        words = [
            told("report", f"{kind}s", lang, {"count": count})
            for kind, count in zip(SEVERITIES, counts, strict=True)
        ]
        facts = {"figures": self.figures, "found": ", ".join(words), "known": len(self.accepted)}
        return told("report", "summary", lang, facts)

    def sections(self, lang: str = "en") -> tuple[Section, ...]:
        """Set the report out in sections, for any renderer.

        Parameters
        ----------
        lang : {"en", "da", "nb", "sv"}
            Language.

        Returns
        -------
        tuple of Section
        """
        parts = (*self._found(lang), self._known(lang), self._checks(lang), self._left(lang))
        return tuple(part for part in (*parts, *self._covered(lang)) if part.rows)

    def _found(self, lang: str) -> Iterator[Section]:
        for kind in SEVERITIES:
            rows = tuple(_told(one, lang) for one in self.findings if one.severity == kind)
            yield Section(kind, told("report", f"heading.{kind}", lang), (), rows)

    def _known(self, lang: str) -> Section:
        """Group explained findings by their reason."""
        groups: dict[tuple[str, str], list[Finding]] = {}
        for one in self.accepted:
            groups.setdefault((one.check, (one.reason or {})[lang]), []).append(one)
        rows = tuple(
            (
                _title(check, lang),
                str(len(ones)),
                ones[0].address + (" ..." if len(ones) > 1 else ""),
                reason,
            )
            for (check, reason), ones in sorted(groups.items())
        )
        return Section("known", told("report", "heading.known", lang), _heads(lang, "known"), rows)

    def _checks(self, lang: str) -> Section:
        rows = []
        for one in self.outcomes:
            names = {one.check, *(finding.check for finding in one.findings)}
            count = sum(finding.check in names for finding in self.findings)
            known = sum(finding.check in names for finding in self.accepted)
            cells = (_title(one.check, lang), one.checked, count, known)
            rows.append(tuple(str(cell) for cell in cells))
        heading = told("report", "heading.checks", lang)
        return Section("checks", heading, _heads(lang, "checks"), tuple(rows))

    def _left(self, lang: str) -> Section:
        rows = tuple(
            (
                _title(one.check, lang),
                str(one.count),
                one.what,
                told("report", f"why.{one.why}", lang),
            )
            for outcome in self.outcomes
            for one in outcome.unchecked
        )
        return Section("left", told("report", "heading.left", lang), _heads(lang, "left"), rows)

    def _covered(self, lang: str) -> Iterator[Section]:
        names = ("figures", "countries", "indicators", "first", "last")
        for kind in ("programme", "year", "country"):
            heads = (told("report", f"head.{kind}", lang), *_heads(lang, "coverage"))
            rows = tuple(
                (str(one["name"]), *(str(one[name]) for name in names))
                for one in self.coverage.get(kind, ())
            )
            yield Section(kind, told("report", f"heading.{kind}", lang), heads, rows)

    def rows(self, lang: str = "en") -> list[dict[str, Any]]:
        """List all findings, a line each, for a table of data.

        Parameters
        ----------
        lang : {"en", "da", "nb", "sv"}
            Language of the sentences.

        Returns
        -------
        list of dict
        """
        return [one.to_dict(lang) for one in (*self.findings, *self.accepted)]

    def to_dict(self, lang: str = "en") -> dict[str, Any]:
        """Give the audit as plain data, ready for JSON.

        Parameters
        ----------
        lang : {"en", "da", "nb", "sv"}
            Language of the sentences.

        Returns
        -------
        dict
        """
        return {
            "language": lang,
            "figures": self.figures,
            "evidence": self.evidence,
            "exit_code": self.exit_code,
            "findings": [one.to_dict(lang) for one in self.findings],
            "accepted": [one.to_dict(lang) for one in self.accepted],
            "checks": [
                {"check": one.check, "checked": one.checked, "findings": len(one.findings)}
                for one in self.outcomes
            ],
            "unchecked": [
                {"check": one.check, "why": one.why, "count": one.count, "what": one.what}
                for outcome in self.outcomes
                for one in outcome.unchecked
            ],
            "coverage": {kind: list(entries) for kind, entries in self.coverage.items()},
        }

    def __str__(self) -> str:
        """Write the report in English."""
        return self.text()


def _title(check: str, lang: str) -> str:
    return told(check, "title", lang)


def _told(one: Finding, lang: str) -> tuple[str, ...]:
    return (
        f"{one.address}: {one.what(lang)}",
        told("report", "expected", lang, {"text": one.expected(lang)}),
        told("report", "remedy", lang, {"text": one.remedy(lang)}),
    )


def _heads(lang: str, kind: str) -> tuple[str, ...]:
    return tuple(told("report", f"heads.{kind}", lang).split("|"))


def _paragraphs(section: Section, width: int) -> Iterator[str]:
    for head, *below in section.rows:
        yield from textwrap.wrap(head, width, subsequent_indent="  ")
        for one in below:
            yield from textwrap.wrap(one, width, initial_indent="    ", subsequent_indent="    ")


def _grid(section: Section) -> Iterator[str]:
    table = (section.heads, *section.rows)
    widths = [max(len(row[k]) for row in table) for k in range(len(section.heads))]
    for row in table:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
        yield "  ".join(cells).rstrip()


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(_escaped(cell) for cell in cells)} |"


def _escaped(text: str) -> str:
    return text.replace("|", "\\|").replace("*", "\\*").replace("_", "\\_").replace("\n", " ")
