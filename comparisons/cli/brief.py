"""The command that writes the brief."""

from pathlib import Path
from typing import Any

import click

from comparisons.cli.commands import command
from comparisons.cli.flags import brief_options
from comparisons.cli.options import PAGES, read
from comparisons.cli.output import tell, width


@command(
    "brief",
    "brief --lang da --output reports",
    "brief --countries Danmark,Estland",
)
@brief_options
def brief(folder: Path, **options: Any) -> None:
    """Write brief.md and brief.html, and print the brief.

    The latest figures of the countries with verdicts, notes and sources, the newest eGovernment
    Benchmark ranked, and the comparisons that are refused, and why.
    """
    asked = read(options, formats=PAGES)
    from comparisons.brief import brief as write

    page = write(asked.cube(), asked.countries or "nordic", asked.lang, config=asked.config)
    written = page.save(folder)
    printed = page.text(width()) if asked.format == "terminal" else page.render(asked.format)
    click.echo(printed, nl=False)
    tell(written)
