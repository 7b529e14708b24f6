"""The command that writes the catalogue of indicators."""

from pathlib import Path
from typing import Any

import click

from comparisons.cli.commands import command
from comparisons.cli.flags import page_options
from comparisons.cli.options import read
from comparisons.cli.output import faces, show_text


@command(
    "catalogue dst.trust_digital_services --lang da",
    "catalogue trust",
    "catalogue --folder catalogue --drawings --lang nb",
)
@click.argument("what", required=False)
@click.option(
    "--folder",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Write a page an indicator into this folder instead, in the language of --lang.",
)
@click.option("--drawings", is_flag=True, help="Draw the series on the written pages; slower.")
@page_options
def catalogue(what: str | None, folder: Path | None, drawings: bool, **options: Any) -> None:
    """Tell all there is to know of an indicator, or list those of a family (WHAT).

    Definition, base and question in our words, figures, breaks, sources, and which other years,
    countries and indicators it may be compared with.
    """
    asked = read(options)
    from comparisons.catalogue import catalogue as made

    book = made(asked.cube(), what)
    if folder is not None:
        written = book.save(folder, (asked.lang,), drawings=drawings)
        click.echo(f"Written: {len(written)} files in {folder}", err=True)
        return
    one = len(book.names) == 1
    page = book.page(book.names[0], asked.lang) if one else book.index(asked.lang)
    rows = book.rows(asked.lang)
    show_text(faces(page, rows, rows[0] if one else rows), asked)
