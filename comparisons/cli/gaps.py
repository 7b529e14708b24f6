"""Commands on distances: gap, group and convergence."""

from typing import TYPE_CHECKING, Any

import click

from benchmark.errors import BenchmarkError
from comparisons.cli.commands import command
from comparisons.cli.flags import view_options
from comparisons.cli.options import DRAWN, SHOWN, newest, read
from comparisons.cli.output import show_view

if TYPE_CHECKING:
    pass

_RULE = click.option(
    "--rule",
    metavar="RULE",
    help="How members of a group make one value: mean, weighted_mean, median, min, max or sum.",
)
_WEIGHTS = click.option(
    "--weights", metavar="PAIRS", help="For weighted_mean, such as DK=5.9,NO=5.5,SE=10.6."
)
_COVERAGE = click.option(
    "--min-coverage",
    type=float,
    default=1.0,
    metavar="PART",
    help="Smallest part of a group that must have a figure.  [default: 1]",
)


@command(
    "gap egov.overall --countries nordic",
    "gap egov.overall 2023 --countries NO,SE --to Danmark",
    "gap egov.overall --to nordic --rule mean --output gap.svg",
    "gap digst.digital_share.five_areas --to 80 --unit percent --by 2015",
)
@click.argument("indicator")
@click.argument("year", type=int, required=False)
@click.option(
    "--to",
    default="leader",
    metavar="WHAT",
    help="leader, frontier, a country, a group, the address of a target, or a number.  "
    "[default: leader]",
)
@click.option("--unit", metavar="UNIT", help="Unit of a number: percent, score_0_100 ...")
@click.option("--by", type=int, metavar="YEAR", help="Year by which a number is to be reached.")
@click.option("--since", type=int, metavar="YEAR", help="Year from which growth is counted.")
@_RULE
@_WEIGHTS
@_COVERAGE
@view_options(None)
def gap(indicator: str, year: int | None, **options: Any) -> None:
    """Measure how far countries stand from a leader, a country, a group or a target.

    The figures are those of INDICATOR in YEAR (the newest, unless one is given).
    """
    asked = read(options, formats=DRAWN, indicators=[indicator])
    from comparisons.gap import gap as measure

    cube = asked.cube()
    view = measure(
        cube,
        indicator,
        newest(cube, indicator) if year is None else year,
        asked.countries,
        to=_number(options["to"]),
        weights=_pairs(options["weights"]),
        **{name: options[name] for name in ("unit", "by", "since", "rule", "min_coverage")},
        **asked.insisting,
    )
    show_view(view, asked)


@command(
    "group egov.overall nordic --rule mean",
    "group egov.overall DK,NO 2023 --rule weighted_mean --weights DK=5.9,NO=5.5",
)
@click.argument("indicator")
@click.argument("group")
@click.argument("year", type=int, required=False)
@_RULE
@_WEIGHTS
@_COVERAGE
@click.option("--on", metavar="DAY", help="Day of the membership.  [default: last day of YEAR]")
@view_options(None, drawn=False, named=False)
def group(indicator: str, group: str, year: int | None, **options: Any) -> None:
    """Compute one value for a GROUP of countries, by a rule that you declare."""
    asked = read(options, formats=SHOWN, indicators=[indicator])
    from comparisons.group_value import group_value

    cube = asked.cube()
    view = group_value(
        cube,
        indicator,
        group,
        newest(cube, indicator) if year is None else year,
        weights=_pairs(options["weights"]),
        **{name: options[name] for name in ("rule", "on", "min_coverage")},
        **asked.insisting,
    )
    show_view(view, asked)


@command(
    "convergence un.egdi --countries nordic --years 2014,2016,2018",
    "convergence egov.overall --countries eu --years 2020,2023 --output convergence.svg",
)
@click.argument("indicator")
@click.option(
    "--years",
    metavar="YEARS",
    help="Such as 2014,2018; no break may lie between.  [default: those that all countries have]",
)
@view_options(None)
def convergence(indicator: str, years: str | None, **options: Any) -> None:
    """Say whether countries draw together on an INDICATOR over the years."""
    asked = read(options, formats=DRAWN, indicators=[indicator])
    from comparisons.convergence import convergence as converge

    view = converge(asked.cube(), indicator, asked.countries, _years(years), **asked.insisting)
    show_view(view, asked)


def _number(given: str) -> str | float:
    """Read what looks like a number as one."""
    try:
        return float(given.replace(",", "."))
    except ValueError:
        return given


def _pairs(given: str | None) -> dict[str, float] | None:
    if given is None:
        return None
    try:
        pairs = [one.split("=") for one in given.split(",")]
        return {name.strip(): float(number) for name, number in pairs}
    except ValueError:
        raise BenchmarkError(f"--weights {given!r}: write pairs, such as DK=5.9,NO=5.5") from None


def _years(given: str | None) -> list[int] | None:
    if given is None:
        return None
    try:
        return [int(year) for year in given.split(",")]
    except ValueError:
        raise BenchmarkError(f"--years {given!r}: write years, such as 2014,2018") from None
