"""The command that reads somebody's own figures."""

from pathlib import Path

import click

from comparisons.cli import WRONG
from comparisons.cli.commands import command
from comparisons.cli.output import tell


@command(
    "import --example",
    "import example.csv --map example.toml --output my_figures",
    "table --figures my_figures --rows trust",
)
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option(
    "--map",
    "-m",
    "plan",
    type=click.Path(path_type=Path),
    metavar="MAP",
    help="TOML file that says how the columns are to be read; see docs/own_figures.md.",
)
@click.option(
    "--output",
    "-o",
    "folder",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Folder to write.  [default: own_figures; the current one for --example]",
)
@click.option("--keep-good", is_flag=True, help="Leave rows out that cannot stand, and go on.")
@click.option("--example", is_flag=True, help="Write a small file and its map to start from.")
def import_(
    file: Path | None, plan: Path | None, folder: Path | None, keep_good: bool, example: bool
) -> int:
    """Read figures from a FILE (CSV, Excel, Parquet, PX, JSON) by a map, and check every row.

    Writes a folder with the figures and their definitions, which the option --figures of the other
    commands sets beside the shipped ones. Rows that cannot stand are all named, and written to
    rejects.csv in that folder; then nothing else is written, unless --keep-good is given.
    """
    if example:
        _write_example(folder or Path())
        return 0
    if file is None or plan is None:
        raise click.UsageError("give a FILE and its --map; --example writes both to start from")
    return _import(file, plan, folder or Path("own_figures"), keep_good)


def _import(file: Path, plan: Path, folder: Path, keep_good: bool) -> int:
    from sources.own_files import RejectedRows, read_figures
    from sources.own_files_write import save_rejects

    try:
        own = read_figures(file, plan, keep_good=keep_good)
    except RejectedRows as error:
        click.echo(f"Error: {error}", err=True)
        tell([save_rejects(folder, error.rejects)])
        return WRONG
    written = own.save(folder)
    click.echo(f"{file.name}: {own}")
    tell(written)
    return 0


def _write_example(folder: Path) -> None:
    from sources.own_files_write import example_files

    tell(example_files(folder))
    here = "" if folder == Path() else f"{folder}/"
    click.echo(f"Next: nordbench import {here}example.csv --map {here}example.toml")
