"""The command that says what changed between two editions of the same figures."""

from pathlib import Path
from typing import Any

import click

from benchmark.errors import BenchmarkError, UnknownName
from comparisons.cli.commands import command
from comparisons.cli.flags import page_options
from comparisons.cli.options import read, settle
from comparisons.cli.output import show_view


@command(
    "diff eurostat/isoc_ciegi_ac@2025 eurostat/isoc_ciegi_ac",
    "diff figures-2024.csv figures-2025.csv --lang da",
    "diff old.px new.px --format csv",
)
@click.argument("old")
@click.argument("new")
@click.option(
    "--cache",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Where vintages are.  [default: NORDBENCH_CACHE, else the platform's place for caches]",
)
@page_options
def diff(old: str, new: str, cache: Path | None, **options: Any) -> None:
    """Report what changed between OLD and NEW: values, flags, method, what is new, what is gone.

    Each is a vintage (SOURCE/TABLE@TIME as `nordbench vintages` lists them, SOURCE/TABLE for the
    newest), a file as a publisher sent it, or a figures table in CSV.
    """
    asked = read(options)
    from comparisons.diff import diff as hold

    sides = settle({"old": lambda: _side(old, cache), "new": lambda: _side(new, cache)})
    show_view(hold(sides["old"], sides["new"]), asked)


def _side(name: str, cache: Path | None) -> Any:
    from sources.read_table import read_table
    from sources.vintages import vintage

    path = Path(name)
    if path.is_file():
        return _figures(path) if _holds_figures(path) else read_table(path)
    try:
        return vintage(name, cache=cache).read()
    except UnknownName as error:
        raise UnknownName(f"no file {name!r}, and {error}") from error


def _holds_figures(path: Path) -> bool:
    """Tell a figures table from a publisher's by the names in its first line."""
    with path.open("rb") as lines:
        first = lines.readline(65_536).decode("utf-8-sig", "replace")
    return {"indicator", "value"} <= {name.strip().strip('"') for name in first.split(",")}


def _figures(path: Path) -> Any:
    import pandas as pd

    try:
        return pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except (ValueError, UnicodeError) as error:
        raise BenchmarkError(f"{path}: cannot be read as a figures table: {error}") from error
