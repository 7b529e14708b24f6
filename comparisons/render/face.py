"""One localised face of a view, from which every format is written.

A renderer prints the whole face and nothing else, so verdict, notes, overrides, coverage and
sources reach the reader whatever the format.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmark.language import join, term
from comparisons.parts import VERDICTS, Citation, Coverage, Note, Override
from comparisons.render.sheet import Sheet, sheet
from comparisons.texts import text

if TYPE_CHECKING:
    from comparisons.view import View


@dataclass(frozen=True)
class Item:
    """One remark: its number where it has one, its text, further sentences, an address."""

    text: str
    number: int | None = None
    details: tuple[str, ...] = ()
    address: str = ""


@dataclass(frozen=True)
class Section:
    """Remarks of one kind under a heading."""

    id: str
    heading: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Face:
    """All that a reader of one language is told.

    Parameters
    ----------
    lang : str
        The language.
    title : str
        The title of the view.
    verdict : str
        The verdict in words, with its label.
    code : str
        The verdict as a code, empty where nothing is compared.
    sheet : Sheet
        Headings and cells.
    before, after : tuple of Section
        What stands above and below the sheet.
    """

    lang: str
    title: str
    verdict: str
    code: str
    sheet: Sheet
    before: tuple[Section, ...]
    after: tuple[Section, ...]

    @property
    def sections(self) -> tuple[Section, ...]:
        """Every section, in the order they are read."""
        return self.before + self.after


def face(view: "View", lang: str) -> Face:
    """Put a view into one language.

    Parameters
    ----------
    view : View
        Any view.
    lang : {"en", "da", "nb", "sv"}

    Returns
    -------
    Face
    """
    overrides = (_override(one, lang) for one in view.overrides)
    remarks = (Item(one[lang]) for one in view.remarks)
    before = (("overrides", overrides), ("remarks", remarks))
    after = (
        ("notes", (_note(one, lang) for one in view.notes)),
        ("coverage", _coverage(view.coverage, lang)),
        ("sources", (source(one, lang) for one in view.citations)),
        ("method", method(view, lang)),
    )
    return Face(
        lang,
        view.title[lang],
        f"{text('heading.verdict', lang)}: {verdict(view.verdict, lang)}",
        view.verdict,
        sheet(view, lang),
        tuple(_sections(before, lang)),
        tuple(_sections(after, lang)),
    )


def verdict(code: str, lang: str) -> str:
    """Write a verdict in words; an empty one says that nothing is compared."""
    word = term(f"verdict.{code}", lang) if code in VERDICTS else text("verdict.single", lang)
    return str(word)


def _sections(parts: tuple[tuple[str, Iterator[Item]], ...], lang: str) -> Iterator[Section]:
    for name, items in parts:
        found = tuple(items)
        if found:
            yield Section(name, text(f"heading.{name}", lang), found)


def _override(override: Override, lang: str) -> Item:
    rules = ", ".join(override.rules)
    where = f" ({', '.join(override.touches)})" if override.touches else ""
    let = text("override.lets_through", lang, rules=f"{rules}{where}") if rules else ""
    return Item(
        text("override.reason", lang, reason=" ".join(override.reason.split())),
        details=(let,) if let else (),
    )


def _note(note: Note, lang: str) -> Item:
    words = note.texts[lang]
    if note.severity:
        severity = term(f"severity.{note.severity}", lang)
        words = f"{text('note.label', lang, id=note.id, severity=severity)} {words}".rstrip()
    return Item(words, note.number, tuple(detail[lang] for detail in note.details))


def _coverage(coverage: Coverage, lang: str) -> Iterator[Item]:
    if not coverage.asked:
        return
    yield Item(
        text(
            "coverage.asked",
            lang,
            asked=_counted(coverage, len(coverage.asked), lang),
            present=len(coverage.present),
        )
    )
    if not coverage.missing:
        yield Item(text("coverage.complete", lang))
    for reason, what in _gaps(coverage, lang):
        yield Item(text("coverage.missing", lang, what=what, reason=reason))


def _counted(coverage: Coverage, n: int, lang: str) -> str:
    one = {"countries": "country", "figures": "figure"}[coverage.counted]
    return text(f"coverage.{one if n == 1 else coverage.counted}", lang, n=n)


def _gaps(coverage: Coverage, lang: str) -> list[tuple[str, str]]:
    """Pair reasons with what is missing; countries that share a reason share a line."""
    told = [(one.reason[lang], one.what[lang]) for one in coverage.missing]
    if coverage.counted != "countries":
        return told
    found: dict[str, list[str]] = {}
    for reason, what in told:
        found.setdefault(reason, []).append(what)
    return [(reason, join(whats, lang)) for reason, whats in found.items()]


def source(citation: Citation, lang: str) -> Item:
    """Cite a document, with the terms it may be used on."""
    dated = citation.date or text("source.undated", lang)
    named = ": ".join(part for part in (citation.publisher, citation.title) if part)
    parts = [f"{named}, {dated}."]
    if citation.licence:
        stated = citation.licence != "not stated"
        licence = citation.licence if stated else term("not_stated", lang)
        parts.append(text("source.licence", lang, licence=licence))
    if citation.credit:
        parts.append(citation.credit)
    return Item(" ".join(parts), address=citation.address)


def method(view: "View", lang: str) -> Iterator[Item]:
    """Tell the thresholds of the rules and the evidence behind a view."""
    if view.thresholds:
        values = ", ".join(
            f"{name} {value:.10g}" if isinstance(value, float) else f"{name} {value}"
            for name, value in view.thresholds.items()
        )
        yield Item(text("method.thresholds", lang, values=values))
    if view.evidence:
        yield Item(text("method.evidence", lang, hash=view.evidence))
