"""The sheet a plot stands on: title and verdict above, everything a reader is told below."""

import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from benchmark.language import typeset
from comparisons.plots.style import INK, SOFT, VERDICT_INKS

if TYPE_CHECKING:
    from comparisons.render.face import Face, Section

WIDTH: Final = 7.5
MARGIN: Final = 0.3
"""Inches."""
_CHARACTERS: Final = 126
_TITLE_CHARACTERS: Final = 60
"""Letters to a line of the small and of the large type."""


def sheet(page: "Face", tall: float) -> tuple[Any, tuple[float, float]]:
    """Make a figure with room for a plot, and write around it all that the view tells.

    Parameters
    ----------
    page : Face
        The view in one language.
    tall : float
        Height of the room for the plot, labels of its axes included [inch].

    Returns
    -------
    tuple
        The figure, and the lower and upper end of the room [share of the height].
    """
    from comparisons.plots.picture import Picture

    above, below = list(_above(page)), list(_below(page))
    head = MARGIN + sum(line.height for line in above) + 0.2
    foot = MARGIN + sum(line.height for line in below) + 0.1
    height = round(head + tall + foot, 2)
    figure = Picture(figsize=(WIDTH, height))
    _write(figure, above, height - MARGIN, height)
    _write(figure, below, foot - 0.1, height)
    return figure, (foot / height, 1 - head / height)


@dataclass(frozen=True)
class _Line:
    """A line of writing and the height it takes [inch]."""

    text: str
    height: float = 0.145
    size: float = 7.0
    weight: str = "normal"
    colour: str = SOFT


def _write(figure: Any, lines: Iterable[_Line], top: float, height: float) -> None:
    y = top
    for line in lines:
        style = {"fontsize": line.size, "weight": line.weight, "color": line.colour}
        figure.text(MARGIN / WIDTH, y / height, line.text, va="top", **style)
        y -= line.height


def _above(page: "Face") -> Iterator[_Line]:
    """Title and verdict, and any refusal that was set aside: nobody may miss it."""
    for text in textwrap.wrap(typeset(page.title), _TITLE_CHARACTERS):
        yield _Line(text, 0.28, 13, "bold", INK)
    yield _Line(typeset(page.verdict), 0.22, 10, "bold", VERDICT_INKS[page.code])
    for section in page.sections:
        if section.id == "overrides":
            for text in _wrapped(section):
                yield _Line(text, 0.17, 8, "bold", VERDICT_INKS["not_comparable"])


def _below(page: "Face") -> Iterator[_Line]:
    for section in page.sections:
        if section.id != "overrides":
            yield _Line("", 0.04)
            yield _Line(section.heading, weight="bold", colour=INK)
            yield from (_Line(text) for text in _wrapped(section))


def _wrapped(section: "Section") -> Iterator[str]:
    for item in section.items:
        number = "" if item.number is None else f"{item.number}. "
        address = f" {item.address}" if item.address else ""
        told = [
            (f"{number}{item.text}{address}", ""),
            *((f"- {one}", "    ") for one in item.details),
        ]
        for text, indent in told:
            yield from textwrap.wrap(
                typeset(text),
                _CHARACTERS,
                initial_indent=indent,
                subsequent_indent=f"{indent}    ",
                break_on_hyphens=False,
            )
