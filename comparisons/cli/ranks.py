"""Commands about places in rankings: rank, rank-change and agreement."""

from typing import TYPE_CHECKING, Any

import click

from comparisons.cli.commands import command
from comparisons.cli.flags import view_options
from comparisons.cli.options import DRAWN, SHOWN, newest, read
from comparisons.cli.output import show_view

if TYPE_CHECKING:
    pass


@command(
    "rank egov.overall",
    "rank egov.transparency 2021 --countries nordic --ties 1223",
    "rank egov.overall --countries eu --output ranks.svg",
)
@click.argument("indicator")
@click.argument("year", type=int, required=False)
@click.option(
    "--ties",
    default="1224",
    metavar="RULE",
    help="Places of equal values: 1224, 1334, 1223 or frac.  [default: 1224]",
)
@click.option(
    "--confidence",
    default="marginal",
    metavar="KIND",
    help="Possible ranks where sample sizes are known, for each country (marginal) or for all "
    "together (simultaneous).  [default: marginal]",
)
@click.option(
    "--method",
    default="holm",
    metavar="METHOD",
    help="How they are computed: holm or bootstrap.  [default: holm]",
)
@click.option("--seed", default=0, help="Seed of the bootstrap.  [default: 0]")
@view_options(None)
def rank(
    indicator: str,
    year: int | None,
    ties: str,
    confidence: str,
    method: str,
    seed: int,
    **options: Any,
) -> None:
    """Rank countries on an INDICATOR in a YEAR (the newest, unless one is given)."""
    asked = read(options, formats=DRAWN, indicators=[indicator])
    from comparisons.ranking import ranking

    cube = asked.cube()
    view = ranking(
        cube,
        indicator,
        newest(cube, indicator) if year is None else year,
        asked.countries,
        ties=ties,
        confidence=confidence,
        method=method,
        seed=seed,
        **asked.insisting,
    )
    show_view(view, asked)


@command(
    "rank-change egov.transparency 2020 2021 --countries Norge",
    "rank-change egov.overall 2021 2023 --countries nordic --output change.svg",
)
@click.argument("indicator")
@click.argument("first_year", type=int)
@click.argument("last_year", type=int)
@view_options(None)
def rank_change(indicator: str, first_year: int, last_year: int, **options: Any) -> None:
    """Say what moved countries in the ranking on an INDICATOR from FIRST_YEAR to LAST_YEAR.

    The change of rank is split into a country's own movement, that of the others, and countries
    that joined or left.
    """
    asked = read(options, formats=DRAWN, indicators=[indicator])
    from comparisons.rank_change import rank_change as split

    view = split(
        asked.cube(),
        indicator,
        first_year,
        last_year,
        asked.countries,
        **asked.insisting,
    )
    show_view(view, asked)


@command(
    "agreement un.egdi --years 2014,2016,2018 --countries nordic",
    "agreement egov.transparency egov.overall un.egdi --years 2018 --lang da",
)
@click.argument("indicators", nargs=-1, required=True)
@click.option("--years", required=True, metavar="YEARS", help="Such as 2023 or 2020,2023.")
@view_options(None, drawn=False)
def agreement(indicators: tuple[str, ...], years: str, **options: Any) -> None:
    """Say how far the rankings on INDICATORS in given years agree on the order of countries.

    Between rankings no value is compared, only the order of the countries.
    """
    asked = read(options, formats=SHOWN, indicators=indicators)
    from comparisons.agreement import agreement as compare
    from comparisons.cli.views import read_years

    view = compare(
        asked.cube(),
        indicators,
        read_years(years) or [],
        asked.countries,
        **asked.insisting,
    )
    show_view(view, asked)
