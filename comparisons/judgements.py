"""One pair of figures set out for a reader: what they are, the verdict, and every reason."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from benchmark.language import term
from comparisons.document import Document, Part, Table, table
from comparisons.render.face import Item, Section
from comparisons.texts import text

if TYPE_CHECKING:
    from benchmark.claims import Check
    from benchmark.figure import Figure
    from benchmark.rules import Comparison

_SHOWN = ("value", "indicator", "base", "age", "n", "period", "mode", "document", "locator")
"""Lines of an explanation that tell two figures apart."""


def of_comparison(
    found: "Comparison", lang: str = "en", figures: Sequence["Figure"] = ()
) -> Document:
    """Set a comparison out.

    Parameters
    ----------
    found : Comparison
        What comparing two figures gave.
    lang : {"en", "da", "nb", "sv"}
    figures : sequence of Figure
        The two figures, where they stand in a figures table.

    Returns
    -------
    Document
        Verdict and difference, the figures side by side, every finding, what could be compared
        instead, and the thresholds.
    """
    from benchmark.rules.telling import difference_sentence

    first, second = [one.address for one in figures] or ["A", "B"]
    return Document(
        title=text("pair.title", lang, a=first, b=second),
        lang=lang,
        parts=tuple(_parts(found, lang, figures)),
        lead=(difference_sentence(found, lang),),
        verdict=f"{text('heading.verdict', lang)}: {term(f'verdict.{found.verdict}', lang)}",
        code=found.verdict,
    )


def of_check(found: "Check", lang: str = "en", figures: Sequence["Figure"] = ()) -> Document:
    """Set a checked claim out.

    Parameters
    ----------
    found : Check
        A sentence held against figures.
    lang : {"en", "da", "nb", "sv"}
    figures : sequence of Figure
        The figures it was held against.

    Returns
    -------
    Document
        The sentence and its verdict, the reasons, and the comparison of the figures.
    """
    quoted, verdict, *_ = found.text(lang).splitlines()
    parts: list[Part] = []
    if found.reasons:
        items = tuple(Item(one.text(lang)) for one in found.reasons)
        parts.append(Section("reasons", text("pair.reasons", lang), items))
    if found.comparison is not None:
        pair = of_comparison(found.comparison, lang, figures)
        parts += [Section("verdict", text("pair.about", lang), _said(pair)), *pair.parts]
    elif figures:
        parts.append(_side_by_side(figures, lang))
    return Document(title=quoted, lang=lang, parts=tuple(parts), verdict=verdict)


def rows_of(found: "Comparison", lang: str) -> list[dict[str, str]]:
    """List verdict and findings of a comparison, a line each, for a table of data."""
    first = {"rule": "", "severity": "", "text": found.sentence(lang)}
    rows = [
        first,
        *({"rule": f.rule, "severity": f.severity, "text": f.text(lang)} for f in found.findings),
    ]
    rows += [first | {"rule": "instead", "text": str(one.text(lang))} for one in found.alternatives]
    return [{"verdict": found.verdict} | row for row in rows]


def reasons_of(found: "Check", lang: str) -> list[dict[str, str]]:
    """List verdict, reasons and findings of a check, a line each, for a table of data."""
    own = [{"rule": one.code, "severity": "", "text": one.text(lang)} for one in found.reasons]
    pair = [] if found.comparison is None else rows_of(found.comparison, lang)
    return [
        {"claim": found.claim, "check": found.verdict, "verdict": ""} | row for row in [*own, *pair]
    ]


def _said(pair: Document) -> tuple[Item, ...]:
    return (Item(f"{pair.verdict}."), *(Item(line) for line in pair.lead))


def _parts(found: "Comparison", lang: str, figures: Sequence["Figure"]) -> Iterator[Part]:
    if figures:
        yield _side_by_side(figures, lang)
    if found.findings:
        yield Section("notes", text("pair.reasons", lang), tuple(findings(found, lang)))
    if found.alternatives:
        items = tuple(Item(str(one.text(lang))) for one in found.alternatives)
        yield Section("instead", text("refusal.alternatives", lang), items)
    yield Section("method", text("heading.method", lang), (Item(_thresholds(found, lang)),))


def findings(found: "Comparison", lang: str) -> Iterator[Item]:
    """Write every finding of a comparison, with rule and severity.

    Parameters
    ----------
    found : Comparison
        What comparing two figures gave.
    lang : {"en", "da", "nb", "sv"}

    Yields
    ------
    Item
    """
    for one in found.findings:
        severity = term(f"severity.{one.severity}", lang)
        yield Item(f"{text('note.label', lang, id=one.rule, severity=severity)} {one.text(lang)}")


def _thresholds(found: "Comparison", lang: str) -> str:
    from benchmark.rules.texts import words

    return words("thresholds", lang, thresholds=found.config)


def _side_by_side(figures: Sequence["Figure"], lang: str) -> Table:
    """Set what is known of each figure in a column; a line that is empty for all is left out."""
    known = [one.explain(lang).to_dict() for one in figures]
    labels = [term(f"explain.{name}", lang) for name in _SHOWN]
    rows = [
        (label, *(one.get(label, "") for one in known))
        for label in labels
        if any(label in one for one in known)
    ]
    heads = (term("explain.figure", lang), *(one.address for one in figures))
    return table("figures", text("pair.figures", lang), heads, rows)
