"""How far a long fetch has come, told on a terminal and nowhere else."""

import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sources.vintages import Part

_LONG = 2.0
"""Wait that is told [seconds]."""


def shown(name: str, parts: "Iterable[Part]") -> "Iterator[Part]":
    """Pass parts on as they arrive, and say on a terminal which one came.

    Parameters
    ----------
    name : str
        What is being fetched.
    parts : iterable of Part
        Its parts.

    Yields
    ------
    Part
    """
    terminal, count, size = sys.stderr.isatty(), 0, 0
    for part in parts:
        count, size = count + (part.role == "data"), size + part.answer.size
        if terminal:
            of = f" of {part.of}" if part.of else ""
            print(
                f"\r{name}: part {count}{of}, {size:,} bytes ", end="", file=sys.stderr, flush=True
            )
        yield part
    if terminal:
        print(file=sys.stderr)


def waiting(seconds: float, why: object) -> None:
    """Say on a terminal that a publisher is given time, where that is long enough to wonder.

    Parameters
    ----------
    seconds : float
        How long.
    why : object
        What it said.
    """
    if seconds >= _LONG and sys.stderr.isatty():
        print(f"\nwaiting {seconds:,.0f} seconds: {why}", file=sys.stderr, flush=True)
