"""The page of a brief: its parts in the order of reading, for every format."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from benchmark.language import join, term
from benchmark.schema import LANGUAGES
from comparisons.document import Document, Drawing, Part, bodies, headings, remarks
from comparisons.judgements import findings
from comparisons.parts import records
from comparisons.render.amounts import amount, qualified
from comparisons.render.face import Face, Item, Section, face, method, source
from comparisons.strip import Dot, strip
from comparisons.texts import text

if TYPE_CHECKING:
    from comparisons.brief import Brief
    from comparisons.refused import Refused
    from comparisons.view import View

TOOLS = ("language", "countries", "subjects", "sort", "close", "hidden")
"""What the controls of the page are called, in `brief.toml`."""
MOST_SHORT = 3
MOST_TOLD = 3
"""Refused pairs named at the top of the page, and told in full for each row of the table."""


def document(brief: "Brief") -> Document:
    """Put a brief together.

    Parameters
    ----------
    brief : Brief
        What there is to say.

    Returns
    -------
    Document
    """
    lang = brief.lang
    return Document(
        title=_title(brief),
        lang=lang,
        lead=(text("brief.lead", lang), text("brief.dated", lang, day=brief.day)),
        parts=tuple(_parts(brief, lang)),
    )


def as_html(brief: "Brief") -> str:
    """Write a brief as one HTML page in four languages that asks nothing of the network.

    Parameters
    ----------
    brief : Brief
        What there is to say; its language is shown first, and alone where scripts are off.

    Returns
    -------
    str
    """
    from comparisons.render.html import environment, style

    languages = sorted(LANGUAGES, key=lambda lang: lang != brief.lang)
    told = []
    for lang in languages:
        page, name = document(replace(brief, lang=lang)), f"{lang}-"
        told.append((page, headings(page, name), list(bodies(page, name))))
    words = {
        lang: {key: text(f"brief.tools.{key}", lang, column="{column}") for key in TOOLS}
        for lang in languages
    }
    template = environment().get_template("brief.html")
    return template.render(lang=brief.lang, pages=told, words=words, style=style())


def as_word(brief: "Brief") -> bytes:
    """Write a brief as a Word document, with the ranking drawn where there is one.

    Parameters
    ----------
    brief : Brief
        What there is to say.

    Returns
    -------
    bytes
    """
    from comparisons.render import word

    page = document(brief)
    if brief.ranking is None:
        return word.document(page)
    drawn = brief.ranking.plot(lang=brief.lang)
    at = next(k for k, part in enumerate(page.parts) if isinstance(part, Drawing))
    return word.document(page, {at: (drawn.written("png"), drawn.alt)})


def _title(brief: "Brief") -> str:
    return text("brief.title", brief.lang, countries=brief.countries)


def _parts(brief: "Brief", lang: str) -> Iterator[Part]:
    yield remarks("short", text("brief.short.heading", lang), _short(brief, lang))
    yield _without_ends(face(brief.table, lang))
    if brief.ranking is not None:
        yield _without_ends(face(brief.ranking, lang))
        yield _chart(brief, brief.ranking, lang)
    refused = tuple(_refused(brief, lang))
    if refused:
        yield Section("refused", text("brief.refused.heading", lang), refused)
    keys = ("rules", "verdict", "unknown", "rule")
    told = [Item(text(f"brief.method.{key}", lang)) for key in keys]
    told += method(brief.table, lang)
    yield Section("method", text("brief.method.heading", lang), tuple(told))
    documents = tuple(source(one, lang) for one in brief.citations)
    if documents:
        yield Section("sources", text("heading.sources", lang), documents)
    cite = text("brief.cite.text", lang, title=_title(brief), hash=brief.table.evidence)
    yield remarks("cite", text("brief.cite.heading", lang), [cite])


def _without_ends(page: Face) -> Face:
    """Leave out what the brief says once, at its end."""
    kept = tuple(one for one in page.after if one.id not in ("sources", "method"))
    return replace(page, after=kept)


def _short(brief: "Brief", lang: str) -> Iterator[str]:
    cells = records(brief.table.data)
    verdicts = {cell["row"]: cell["verdict"] for cell in cells if cell["verdict"]}
    counts = {
        code: sum(verdict == code for verdict in verdicts.values())
        for code in ("comparable", "caution", "not_comparable")
    }
    yield text("brief.short.rows", lang, n=len(verdicts), **counts)
    if brief.ranking is not None:
        yield from _first(brief.ranking, brief.pool or brief.ranking, lang)
    for pair in brief.refused[:MOST_SHORT]:
        yield text("brief.short.refused", lang, **_figures(pair, brief.table, lang))


def _first(ranking: "View", pool: "View", lang: str) -> Iterator[str]:
    """Say who stands first of those ranked, and where that is among all."""
    best = [row for row in records(ranking.data) if row["rank"] == 1]
    if best:
        row = best[0]
        yield text(
            "brief.short.first",
            lang,
            title=ranking.title,
            n=int(row["n"]),
            country=join([ranking.labels["country"][one["country"]][lang] for one in best], lang),
            rank=int(row["pool_rank"]),
            pool_n=int(row["pool_n"]),
            verdict=term(f"verdict.{pool.verdict}", lang),
        )


def _chart(brief: "Brief", ranking: "View", lang: str) -> Drawing:
    """Draw the countries on the scale of all."""
    rows = [row for row in records(ranking.data) if row["rank"] > 0]
    dots = [
        Dot(
            row["country"],
            ranking.labels["country"][row["country"]][lang],
            row["score"],
            amount(row["score"], row["unit"], None, lang),
        )
        for row in rows
    ]
    pool = brief.pool or ranking
    mine = {dot.country for dot in dots}
    others = [
        row["score"] for row in records(pool.data) if row["country"] not in mine and row["rank"] > 0
    ]
    heading = text("brief.chart.title", lang, n=len(dots) + len(others))
    told = "; ".join(f"{dot.name} {dot.written}" for dot in dots)
    grey = text("brief.chart.others", lang) if others else ""
    caption = f"{ranking.title[lang]}. {face(pool, lang).verdict}. {grey}".rstrip()
    drawn = strip(dots, others, heading, f"{ranking.title[lang]}: {told}.", lang)
    return Drawing("chart", heading, drawn, caption)


def _figures(pair: "Refused", table: "View", lang: str) -> dict[str, str]:
    return {"a": _figure(pair.a, table, lang), "b": _figure(pair.b, table, lang)}


def _figure(cell: dict[str, Any], table: "View", lang: str) -> str:
    return text(
        "brief.figure",
        lang,
        country=table.labels["country"][cell["country"]][lang],
        value=qualified(cell, lang),
        title=table.labels["indicator"][cell["indicator"]][lang],
        year=cell["year"],
    )


def _refused(brief: "Brief", lang: str) -> Iterator[Item]:
    """Tell the refused pairs row by row, the first ones of each in full."""
    by_row: dict[str, list[Refused]] = {}
    for pair in brief.refused:
        by_row.setdefault(pair.a["row"], []).append(pair)
    for pairs in by_row.values():
        yield from (_pair(pair, brief.table, lang) for pair in pairs[:MOST_TOLD])
        if len(pairs) > MOST_TOLD:
            row = pairs[0].row[lang]
            yield Item(text("brief.refused.more", lang, n=len(pairs) - MOST_TOLD, row=row))
    if brief.refusal is not None:
        first, *others = brief.refusal[lang].splitlines()
        yield Item(first, details=tuple(line.strip(" -") for line in others))


def _pair(pair: "Refused", table: "View", lang: str) -> Item:
    found = pair.comparison
    verdict = term(f"verdict.{found.verdict}", lang)
    details = [item.text for item in findings(found, lang)]
    if found.alternatives:
        others = "; ".join(str(one.text(lang)) for one in found.alternatives)
        details.append(text("brief.refused.instead", lang, pairs=others))
    head = text("brief.refused.pair", lang, **_figures(pair, table, lang), verdict=verdict)
    return Item(head, details=tuple(details))


def as_dict(brief: "Brief") -> dict[str, Any]:
    """Turn a brief into plain data; see `Brief.to_dict`."""
    lang = brief.lang
    return {
        "title": _title(brief),
        "language": lang,
        "published_until": brief.day,
        "evidence": brief.table.evidence,
        "table": brief.table.to_dict(),
        "ranking": brief.ranking.to_dict() if brief.ranking else None,
        "ranking_refused": brief.refusal[lang] if brief.refusal else None,
        "refused": [pair.comparison.to_dict(lang) for pair in brief.refused],
    }


def as_json(brief: "Brief") -> str:
    """Write a brief as JSON; keys in a fixed order."""
    return json.dumps(as_dict(brief), ensure_ascii=False, indent=1) + "\n"
