"""The command that writes the brief."""

from pathlib import Path
from typing import Any

import click

from comparisons.cli.commands import command
from comparisons.cli.flags import brief_options
from comparisons.cli.options import BINARY, BRIEFS, read
from comparisons.cli.output import tell, width


@command(
    "brief",
    "brief --lang da --output reports",
    "brief --format docx",
    "brief --countries Danmark,Estland",
)
@brief_options
def brief(folder: Path, **options: Any) -> None:
    """Write brief.md and brief.html (and brief.docx with --format docx), and print the brief.

    The latest figures of the countries with verdicts, notes and sources, the newest eGovernment
    Benchmark ranked, and the comparisons that are refused, and why.
    """
    asked = read(options, formats=BRIEFS)
    from comparisons.brief import FILES
    from comparisons.brief import brief as write

    page = write(asked.cube(), asked.countries or "nordic", asked.lang, config=asked.config)
    filed = asked.format in BINARY
    written = page.save(folder, (*FILES, *([asked.format] if filed else [])))
    plain = filed or asked.format == "terminal"
    printed = page.text(width()) if plain else page.render(asked.format)
    click.echo(printed, nl=False)
    tell(written)
