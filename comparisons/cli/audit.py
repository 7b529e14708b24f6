"""The command that checks the shipped figures."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from comparisons.cli.commands import command
from comparisons.cli.flags import page_options
from comparisons.cli.options import read
from comparisons.cli.output import faces, show_text, width

if TYPE_CHECKING:
    from benchmark.audit import Audit
    from benchmark.audit.report import Section
    from comparisons.document import Document, Part


@command(
    "audit",
    "audit --documents documents --lang da",
    "audit --format markdown --output audit.md",
)
@click.option(
    "--documents",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Look the figures up in the source documents of this folder, too.",
)
@page_options
def audit(documents: Path | None, **options: Any) -> int:
    """Check the figures against their documents, their own sums and their neighbours.

    Ends with 1 where an error stands, else with 0. What somebody has looked into is listed apart,
    with the reason; what could not be checked is said.
    """
    asked = read(options)
    from sources.audit import audit as look

    found = look(documents=documents)
    written = faces(_page(found, asked.lang), found.rows(asked.lang), found.to_dict(asked.lang))
    told = {
        "terminal": lambda: found.text(asked.lang, width()),
        "markdown": lambda: found.markdown(asked.lang),
    }
    show_text({**written, **told}, asked)
    return found.exit_code


def _page(found: "Audit", lang: str) -> "Document":
    from benchmark.audit.texts import told
    from comparisons.document import Document

    parts = tuple(_part(section) for section in found.sections(lang))
    return Document(told("report", "title", lang), lang, parts, (found.summary(lang),))


def _part(section: "Section") -> "Part":
    from comparisons.document import table
    from comparisons.render.face import Item
    from comparisons.render.face import Section as Remarks

    if section.heads:
        return table(section.id, section.heading, section.heads, section.rows)
    items = tuple(Item(head, details=tuple(below)) for head, *below in section.rows)
    return Remarks(section.id, section.heading, items)
