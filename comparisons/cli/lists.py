"""Commands that look things up: explain, figures, indicators, documents and rules."""

from collections.abc import Mapping, Sequence
from typing import Any

import click

from comparisons.cli.commands import command
from comparisons.cli.flags import own_figures, page_options
from comparisons.cli.options import Asked, read
from comparisons.cli.output import faces, show_text

Rows = Sequence[Mapping[str, Any]]


@command(
    "explain DNK/dst.trust_digital_services/2023",
    "explain Norge/egov.transparency/2020 --lang nb",
)
@click.argument("address")
@own_figures
@page_options
def explain(address: str, **options: Any) -> None:
    """Say everything known of the figure at an ADDRESS, AREA/INDICATOR/YEAR."""
    asked = read(options)
    from comparisons.document import Document, table
    from sources.catalogue import explain as known

    told = known(address, asked.lang, asked.figures or None)
    (label, title), *lines = told.lines
    page = Document(title, asked.lang, (table("explain", "", (label, title), lines),))
    rows = [{"what": what, "text": text} for what, text in told.lines]
    show_text({**faces(page, rows, told.to_dict()), "terminal": lambda: str(told)}, asked)


@command(
    "figures dst.help_needed",
    "figures egov.overall --countries nordic --format csv",
)
@click.argument("indicator")
@click.option("--countries", "-c", metavar="NAMES", help="Only these.  [default: all]")
@own_figures
@page_options
def figures(indicator: str, **options: Any) -> None:
    """List the published figures of an INDICATOR with their addresses, every edition of them."""
    asked = read(options, indicators=[indicator])
    from benchmark.addresses import address
    from benchmark.areas import countries
    from comparisons.parts import records
    from comparisons.texts import text
    from sources.catalogue import figures as published

    wanted = {"country": countries(asked.countries)} if asked.countries else {}
    frame = published(asked.figures or None, indicator=indicator, **wanted)
    known = records(frame.astype(object).where(frame.notna(), None))
    rows = [
        {"address": address(row)} | told for row, told in zip(records(frame), known, strict=True)
    ]
    shown = ("address", "value", "unit", "period", "kind", "document", "locator")
    _show(text("list.figures", asked.lang, indicator=indicator), shown, rows, asked)


@command(
    "indicators",
    "indicators --concept trust --lang da",
)
@click.option("--concept", metavar="NAME", help="A concept or a family, such as trust.")
@page_options
def indicators(concept: str | None, **options: Any) -> None:
    """List the indicators, or those of a concept or a family of concepts."""
    asked = read(options)
    from comparisons.texts import text
    from sources.catalogue import indicator_rows

    rows = indicator_rows(concept, asked.lang)
    shown = ("indicator", "title", "unit", "concept", "programme")
    _show(text("list.indicators", asked.lang), shown, rows, asked)


@command()
@page_options
def documents(**options: Any) -> None:
    """List the documents that figures were read from, with date and licence."""
    asked = read(options)
    from comparisons.texts import text
    from sources.catalogue import document_rows

    shown = ("document", "title", "publisher", "date", "licence")
    _show(text("list.documents", asked.lang), shown, document_rows(), asked)


@command(
    "rules",
    "rules C16",
    "rules --format markdown --output rules.md",
)
@click.argument("rule", required=False)
@page_options
def rules(rule: str | None, **options: Any) -> None:
    """Say what each rule of comparability looks at, or only one RULE, with a real example."""
    asked = read(options)
    from comparisons.rules import rules as explained

    book = explained(rule, asked.lang)
    show_text(faces(book.document(), book.rows(), book.to_dict()), asked)


def _show(title: str, columns: Sequence[str], rows: Rows, asked: Asked) -> None:
    """Print a list; data formats hold every column, pages the chosen ones."""
    from comparisons.document import Document, table
    from comparisons.texts import text

    heads = [text(f"list.{name}", asked.lang) for name in columns]
    cells = ([_cell(row[name]) for name in columns] for row in rows)
    page = Document(title, asked.lang, (table("list", "", heads, cells),))
    show_text(faces(page, rows, list(rows)), asked)


def _cell(value: object) -> str:
    if value is None:
        return ""
    return f"{value:.10g}" if isinstance(value, float) else str(value)
