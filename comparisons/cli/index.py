"""The command that puts indicators together into an index."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from comparisons.cli.commands import command
from comparisons.cli.flags import view_options
from comparisons.cli.options import BINARY, DRAWN, Asked, read
from comparisons.cli.output import faces, show_text, show_view

if TYPE_CHECKING:
    import xarray as xr

    from comparisons.index import Index
    from comparisons.index.tree import Tree

_HIDDEN = ("parts",)
"""Too long to be printed beside the rest; CSV and JSON hold it."""


@command(
    "index egov 2023 --countries nordic",
    "index egdi 2018 --countries nordic --uncertainty --tables",
    "index egov 2020-2023 -c nordic",
    "index my_index.toml 2022 --normalisation min_max --output index.svg",
)
@click.argument("tree")
@click.argument("year", required=False)
@click.option("--normalisation", metavar="WAY", help="min_max, z, percentile_rank, borda ...")
@click.option("--weights", metavar="WAY", help="equal, pca, entropy or bod.")
@click.option("--aggregation", metavar="WAY", help="arithmetic, geometric, harmonic, mpi or ampi.")
@click.option("--pooled", is_flag=True, help="Scale all years together, so that they compare.")
@click.option("--winsorise", is_flag=True, help="Draw outlying figures in; each is named.")
@click.option("--impute", metavar="WAY", help="Fill gaps by knn or iterative; each is named.")
@click.option("--uncertainty", is_flag=True, help="Vary the choices and show how ranks move.")
@click.option("--draws", type=click.IntRange(1), default=10_000, show_default=True)
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True)
@click.option("--tables", is_flag=True, help="Print the tables beside the index as well.")
@view_options(None)
def index(
    tree: str, year: str | None, uncertainty: bool, draws: int, tables: bool, **options: Any
) -> None:
    """Put indicators together by a TREE, for a YEAR or years such as 2020-2023.

    A TREE is egov, egov_life_event, egdi, egdi_2010 or a TOML file of your own; the newest year
    with all figures is taken unless one is given.
    """
    asked = read(options, formats=DRAWN)
    from benchmark.cube import evidence_of
    from comparisons.index import index as put_together
    from comparisons.index import read_tree

    cube = asked.cube()
    plan = read_tree(tree, evidence_of(cube).registry)
    rules = ("normalisation", "weights", "aggregation", "pooled", "winsorise", "impute", "seed")
    view = put_together(
        cube,
        plan,
        _newest(cube, plan) if year is None else _years(year),
        asked.countries,
        uncertainty=draws if uncertainty else False,
        progress=_bar if uncertainty and sys.stderr.isatty() else None,
        **asked.insisting,
        **{name: options[name] for name in rules},
    )
    _show(view, asked, tables)


def _bar(blocks: Sequence[slice]) -> Iterator[slice]:
    """Show on the terminal how far the draws are."""
    with click.progressbar(blocks, label="draws", file=sys.stderr) as shown:
        yield from shown


def _show(view: "Index", asked: Asked, tables: bool) -> None:
    if not tables or asked.format in ("csv", "json", "tex", *BINARY):
        show_view(view, asked)
        return
    from comparisons.document import Document
    from comparisons.render.face import face

    shown: Iterable[Any] = (
        one for one in view.views() if one.kind.removeprefix("index.") not in _HIDDEN
    )
    page = Document(view.title[asked.lang], asked.lang, tuple(face(v, asked.lang) for v in shown))
    show_text(faces(page, [], {}), asked)


def _years(given: str) -> list[int]:
    first, dash, last = given.partition("-")
    try:
        years = list(range(int(first), int(last) + 1)) if dash else [*map(int, given.split(","))]
    except ValueError:
        years = []
    if not years:
        message = f"YEAR {given!r}: write a year, years such as 2020,2023, or a span 2020-2023"
        raise click.UsageError(message)
    return years


def _newest(cube: "xr.Dataset", plan: "Tree") -> int:
    """Find the newest year of the formula in which every indicator has figures."""
    from comparisons.selection import select

    table = select(cube, [leaf.id for leaf in plan.leaves]).dropna(subset=["value"])
    if plan.years:
        table = table[table["year"].between(*plan.years)]
    counts = table.groupby(["year", "indicator"]).size().unstack(fill_value=0)
    whole = counts[(counts > 1).all(axis=1)] if counts.shape[1] == len(plan.leaves) else counts[:0]
    if not len(whole):
        raise click.UsageError("no year has figures of every indicator of this tree; name a year")
    return int(whole.index.max())
