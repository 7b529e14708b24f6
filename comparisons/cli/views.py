"""Commands that compare many figures: table, trend and matrix."""

from typing import Any

import click

from comparisons.cli.commands import command
from comparisons.cli.flags import view_options
from comparisons.cli.options import DRAWN, SHOWN, read
from comparisons.cli.output import show_view


@command(
    "table",
    "table --countries Danmark,NO,Sverige --lang da",
    "table --rows trust --format csv --output trust.csv",
    "table --countries nordic --lang nb --output nordic.docx",
)
@click.option(
    "--rows",
    "-r",
    metavar="NAMES",
    help="Subjects or indicators, such as trust,egov_overall.  [default: those of the brief]",
)
@view_options("nordic", drawn=False, judged=False)
def table(rows: str | None, **options: Any) -> None:
    """Set the latest figures of countries side by side, each row with its verdict."""
    asked = read(options, formats=SHOWN)
    from comparisons.table import table as compare

    view = compare(asked.cube(), asked.countries or "nordic", rows, config=asked.config)
    show_view(view, asked)


@command(
    "trend dst.help_needed",
    "trend egov.overall --countries nordic --output trend.png",
    "trend dst.trust_digital_services --unchanged-within 2",
)
@click.argument("indicator")
@click.option(
    "--unchanged-within",
    metavar="MARGIN",
    help="Say which changes are shown to be smaller than this, in percentage points or points.",
)
@view_options(None)
def trend(indicator: str, unchanged_within: str | None, **options: Any) -> None:
    """Follow an INDICATOR over time; a line is never drawn across a break."""
    asked = read(options, formats=DRAWN, indicators=[indicator])
    from comparisons.trend import trend as follow

    view = follow(
        asked.cube(),
        indicator,
        asked.countries,
        unchanged_within=_distance(unchanged_within),
        **asked.insisting,
    )
    show_view(view, asked)


@command(
    "matrix dst.trust_digital_services no.trust_personal_data",
    "matrix egov.transparency --years 2019,2020,2021 --countries NO",
)
@click.argument("indicators", nargs=-1)
@click.option("--years", metavar="YEARS", help="Such as 2023 or 2020,2023.  [default: all]")
@view_options("nordic", judged=False)
def matrix(indicators: tuple[str, ...], years: str | None, **options: Any) -> None:
    """Say of every pair of figures whether it may be compared."""
    asked = read(options, formats=DRAWN, indicators=indicators)
    from comparisons.comparability import comparability

    found = comparability(
        asked.cube(),
        list(indicators) or None,
        asked.countries,
        read_years(years),
        config=asked.config,
    )
    show_view(found, asked)


def read_years(given: str | None) -> list[int] | None:
    """Read years from a command line.

    Parameters
    ----------
    given : str or None
        Such as `2020,2023`.

    Returns
    -------
    list of int or None
        None where none are given.
    """
    if given is None:
        return None
    try:
        return [int(year) for year in given.split(",")]
    except ValueError:
        raise click.UsageError(
            f"--years {given!r}: write years, separated by commas, such as 2020,2023"
        ) from None


def _distance(given: str | None) -> float | None:
    if given is None:
        return None
    try:
        return float(given.replace(",", "."))
    except ValueError:
        raise click.UsageError(
            f"--unchanged-within {given!r}: write a number, such as 2 or 0.5"
        ) from None
