"""The command that proposes figures found in a text."""

from pathlib import Path
from typing import Any

import click

from comparisons.cli.commands import command
from comparisons.cli.flags import page_options
from comparisons.cli.options import read
from comparisons.cli.output import faces, show_text, tell

SHOWN = ("locator", "role", "country", "year", "value", "unit", "qualifier", "words")


@command(
    "draft report.txt",
    "draft page.html --output draft.csv",
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--text-lang", metavar="LANG", help="Language of the text.  [default: found out]")
@page_options
def draft(file: Path, text_lang: str | None, **options: Any) -> None:
    """Find the figures in a FILE (text, Markdown, HTML) and propose rows for a person to review.

    The rows are a draft and no figures: each has the file and line it was read from and its
    sentence; country and year are guesses. Written as CSV, they can be reviewed in a spreadsheet
    and what stands be read with `nordbench import`.
    """
    asked = read(options)
    from comparisons.document import Document, table
    from comparisons.parts import records
    from comparisons.texts import text
    from sources.draft import draft as find

    found = find(file, text_lang)
    if asked.format == "csv" and asked.output is not None:
        tell([found.save(asked.output)])
        return
    rows = records(found.frame.astype(object).where(found.frame.notna(), None))
    heads = [text(f"draft.{name}", asked.lang) for name in SHOWN]
    cells = ([_cell(row[name]) for name in SHOWN] for row in rows)
    note = text("draft.note", asked.lang, n=len(rows), file=found.file)
    page = Document(
        text("draft.title", asked.lang), asked.lang, (table("draft", "", heads, cells),), (note,)
    )
    show_text({**faces(page, rows, rows), "csv": found.csv}, asked)


def _cell(value: object) -> str:
    if value is None:
        return ""
    return f"{value:.10g}" if isinstance(value, float) else str(value)
