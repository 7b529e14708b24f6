"""How far a long fetch has come, told on a terminal and nowhere else."""

import sys
from collections.abc import Iterable, Iterator

from sources.vintages import Part


def shown(name: str, parts: Iterable[Part]) -> Iterator[Part]:
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
