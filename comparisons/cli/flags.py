"""Declarations of the options that commands share."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from comparisons.cli.options import BRIEFS, DRAWN, FORMATS, SHOWN

Command = TypeVar("Command", bound=Callable[..., Any])

_LANG = click.option(
    "--lang", "-l", default="en", metavar="LANG", help="Language: en, da, nb or sv.  [default: en]"
)
_OUTPUT = click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="Write to this file instead; its ending names the format unless --format does.",
)
_THRESHOLD = click.option(
    "--threshold",
    "-t",
    multiple=True,
    metavar="NAME=VALUE",
    help="Move a threshold of the rules, such as gap_caution=5; may be repeated.",
)
_AS_OF = click.option(
    "--as-of", metavar="DAY", help="Use only what was published by this day, month or year."
)
_OVERRIDE = click.option(
    "--override",
    metavar="REASON",
    help="Let a refused comparison through; the reason stands on the result.",
)
_FIGURES = click.option(
    "--figures",
    multiple=True,
    metavar="FOLDER",
    help="Set own figures beside the shipped ones: a folder that `nordbench import` has written, "
    "or an installed source; may be repeated.",
)
_LAST = (_AS_OF, _THRESHOLD, _FIGURES)


def _apply(command: Command, *options: Callable[[Command], Command]) -> Command:
    for option in reversed(options):
        command = option(command)
    return command


def _format_option(formats: Sequence[str]) -> Callable[[Command], Command]:
    return click.option(
        "--format",
        "-f",
        metavar="FORMAT",
        help=f"{', '.join(formats[:-1])} or {formats[-1]}.  [default: terminal]",
    )


def page_options(command: Command) -> Command:
    """Add the options of every command that prints an answer."""
    return _apply(command, _LANG, _format_option(FORMATS), _OUTPUT)


def rule_options(command: Command) -> Command:
    """Add the options of a command that puts figures before the rules."""
    return page_options(_apply(command, _THRESHOLD, _FIGURES))


def own_figures(command: Command) -> Command:
    """Add the option that sets own figures beside the shipped ones."""
    return _apply(command, _FIGURES)


def view_options(
    default: str | None, *, drawn: bool = True, judged: bool = True, named: bool = True
) -> Callable[[Command], Command]:
    """Add the options of a comparator.

    Parameters
    ----------
    default : str or None
        Countries compared when none are named; None means all.
    drawn : bool
        Whether its view can be drawn.
    judged : bool
        Whether it can refuse, and so be overridden.
    named : bool
        Whether its countries are chosen by an option.

    Returns
    -------
    callable
        A decorator.
    """
    formats = DRAWN if drawn else SHOWN

    def add(command: Command) -> Command:
        chosen = (_countries_option(default),) if named else ()
        first = (*chosen, _LANG, _format_option(formats), _OUTPUT)
        return _apply(command, *first, *((_OVERRIDE,) if judged else ()), *_LAST)

    return add


def brief_options(command: Command) -> Command:
    """Add the options of the brief, which is written into a folder."""
    folder = click.option(
        "--output",
        "-o",
        "folder",
        type=click.Path(path_type=Path),
        default=".",
        metavar="FOLDER",
        help="Write brief.md and brief.html into this folder.  [default: the current one]",
    )
    first = (_countries_option("nordic"), _LANG, _format_option(BRIEFS), folder)
    return _apply(command, *first, *_LAST)


def _countries_option(default: str | None) -> Callable[[Command], Command]:
    return click.option(
        "--countries",
        "-c",
        default=default,
        metavar="NAMES",
        help="nordic, eu or another group, names in any Nordic language, or codes; separated "
        f"by commas.  [default: {default or 'all that have a figure'}]",
    )
