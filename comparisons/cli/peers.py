"""Commands on likeness: peers and profile."""

from typing import Any

import click

from comparisons.cli.commands import command
from comparisons.cli.flags import view_options
from comparisons.cli.options import DRAWN, SHOWN, read
from comparisons.cli.output import show_view


@command(
    "peers egov.user_centricity egov.transparency egov.key_enablers --countries nordic_baltic",
    "peers egov.user_centricity egov.transparency --year 2023 --clusters 3 --seed 7",
)
@click.argument("indicators", nargs=-1, required=True)
@click.option("--year", type=int, help="Year of the figures.  [default: newest of each]")
@click.option(
    "--method", default="ward", metavar="METHOD", help="ward, average or kmeans.  [default: ward]"
)
@click.option("--clusters", type=int, help="How many.  [default: by the mean silhouette]")
@click.option("--draws", type=int, default=100, help="Resamples for stability.  [default: 100]")
@click.option("--seed", type=int, default=0, help="Of what is drawn at random.  [default: 0]")
@view_options(None, drawn=False)
def peers(indicators: tuple[str, ...], clusters: int | None, **options: Any) -> None:
    """Find countries that are alike on several INDICATORS."""
    asked = read(options, formats=SHOWN, indicators=indicators)
    from comparisons.peers import peers as find

    chosen = {name: options[name] for name in ("method", "draws", "seed")}
    view = find(
        asked.cube(),
        list(indicators),
        options["year"],
        asked.countries,
        number=clusters,
        **chosen,
        **asked.insisting,
    )
    show_view(view, asked)


@command(
    "profile NO",
    "profile Danmark --countries eu --indicators egov_overall,egov.transparency",
    "profile SE --lang sv --output profile.png",
)
@click.argument("country")
@click.option(
    "--indicators",
    "-i",
    metavar="NAMES",
    help="Indicators or subjects of the table.  [default: all subjects of the table]",
)
@click.option("--year", type=int, help="Newest figure up to this year.  [default: newest of all]")
@click.option(
    "--rule", default="median", metavar="RULE", help="Middle of the peers.  [default: median]"
)
@view_options("nordic", judged=False)
def profile(country: str, **options: Any) -> None:
    """Hold one COUNTRY against its peers (--countries), indicator by indicator."""
    asked = read(options, formats=DRAWN)
    from comparisons.profile import profile as hold

    view = hold(
        asked.cube(),
        country,
        asked.countries or "nordic",
        options["indicators"],
        options["year"],
        rule=options["rule"],
        config=asked.config,
    )
    show_view(view, asked)
