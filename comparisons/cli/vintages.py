"""The command that lists what was fetched."""

from pathlib import Path
from typing import Any

import click

from comparisons.cli.commands import command
from comparisons.cli.flags import page_options
from comparisons.cli.options import read


@command("vintages", "vintages eurostat --format json")
@click.argument("source", required=False)
@click.option(
    "--cache",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Look here.  [default: NORDBENCH_CACHE, else the platform's place for caches]",
)
@page_options
def vintages(source: str | None, cache: Path | None, **options: Any) -> None:
    """List the tables that were fetched, of all sources or one SOURCE, oldest first.

    `nordbench diff` holds two of them together, by their names.
    """
    asked = read(options)
    from comparisons.cli.update import show
    from comparisons.texts import text
    from sources.live.cache import folder
    from sources.vintages import vintages as known

    title = text("vintages.known", asked.lang, folder=folder(cache))
    show(known(source, cache=cache), title, asked)
