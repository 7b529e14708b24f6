"""Where an answer goes: the terminal, a pipe or a file."""

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from comparisons.cli.options import PICTURES, Asked

if TYPE_CHECKING:
    from comparisons.comparability import Comparability
    from comparisons.document import Document
    from comparisons.view import View

WIDEST = 100
NARROWEST = 40


def width() -> int:
    """Columns of the terminal; a pipe or a file gets the same width everywhere."""
    if not sys.stdout.isatty():
        return WIDEST
    import shutil

    return max(NARROWEST, min(WIDEST, shutil.get_terminal_size((WIDEST, 24)).columns))


def show_view(view: "View | Comparability", asked: Asked) -> None:
    """Print a view or write it to a file.

    Parameters
    ----------
    view : View or Comparability
        Any view.
    asked : Asked
        Format, language and file.
    """
    if asked.output is None:
        click.echo(_printed(view, asked), nl=False)
    elif asked.format in PICTURES:
        from comparisons.plots import save

        tell([save(view, asked.output, asked.format, asked.lang)])
    else:
        tell(view.save(asked.output, asked.format, asked.lang))


def _printed(view: "View | Comparability", asked: Asked) -> str | bytes:
    if asked.format != "terminal":
        return view.render(asked.format, asked.lang)
    from comparisons.render import terminal
    from comparisons.view import View

    plain = view if isinstance(view, View) else view.view()
    return terminal.render(plain, asked.lang, width())


Faces = Mapping[str, Callable[[], str]]


def faces(page: "Document", rows: Sequence[Mapping[str, Any]], data: object) -> Faces:
    """Say how an answer that is no view is written in each format.

    Parameters
    ----------
    page : Document
        For readers.
    rows : sequence of mapping
        For CSV: a line each, all with the same keys.
    data : object
        For JSON: plain data.

    Returns
    -------
    mapping of str to callable
    """
    return {
        "terminal": lambda: page.text(width()),
        "markdown": page.markdown,
        "html": page.html,
        "csv": lambda: _csv(rows),
        "json": lambda: _json(data),
    }


def _json(data: object) -> str:
    import json

    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _csv(rows: Sequence[Mapping[str, Any]]) -> str:
    import csv
    import io

    target = io.StringIO()
    writer = csv.DictWriter(target, list(rows[0]) if rows else [], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return target.getvalue()


def show_text(written: Faces, asked: Asked) -> None:
    """Print one face of an answer or write it to a file.

    Parameters
    ----------
    written : mapping
        What writes each format.
    asked : Asked
        Format and file.
    """
    text = written[asked.format]()
    if asked.output is None:
        click.echo(text, nl=not text.endswith("\n"))
        return
    from comparisons.render.files import write

    tell(write({asked.output: text if text.endswith("\n") else f"{text}\n"}))


def tell(written: list[Path]) -> None:
    """Say, beside the answer, which files were written."""
    click.echo(f"Written: {', '.join(str(path) for path in written)}", err=True)
