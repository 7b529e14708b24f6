"""A small drawing for pages: some countries on the scale of all, drawn without any library."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, floor
from typing import Final

from comparisons.plots.style import INK, RULE, SOFT, marks

WIDTH: Final = 360
_LEFT: Final = 78
_RIGHT: Final = 44
_ROW: Final = 22
_TOP: Final = 8
_SHAPES: Final = {
    "o": '<circle cx="{x:.1f}" cy="{y:.1f}" r="5"{style}/>',
    "s": '<rect x="{a:.1f}" y="{b:.1f}" width="9" height="9"{style}/>',
    "D": '<path d="M{x:.1f} {t:.1f}l6 6l-6 6l-6 -6z"{style}/>',
    "^": '<path d="M{x:.1f} {t:.1f}l6 10.5h-12z"{style}/>',
    "v": '<path d="M{x:.1f} {u:.1f}l6 -10.5h-12z"{style}/>',
}
"""How each marker of the plots is drawn; others are circles."""


@dataclass(frozen=True)
class Dot:
    """A country on the scale: its code, name, value and the value in writing."""

    country: str
    name: str
    value: float
    written: str


def strip(dots: Sequence[Dot], others: Sequence[float], title: str, alt: str, key: str) -> str:
    """Draw countries on one scale, a line each, the others as a row of grey marks below.

    Parameters
    ----------
    dots : sequence of Dot
        In the order of their lines.
    others : sequence of float
        Values of the other countries.
    title, alt : str
        What it is, and what can be read off it.
    key : str
        Begins the ids inside it, which a page may hold once only.

    Returns
    -------
    str
        An SVG element; the same input gives the same bytes.
    """
    values = [*(dot.value for dot in dots), *others]
    low, high = 5 * floor(min(values) / 5), 5 * ceil(max(values) / 5)
    scale = {"low": low, "span": max(high - low, 5)}
    bottom = _TOP + _ROW * (len(dots) + 1)
    shapes = [*_lines(dots, scale), *_rug(others, scale, bottom), *_axis(scale, bottom)]
    return (
        f'<svg viewBox="0 0 {WIDTH} {bottom + 22}" role="img"'
        f' aria-labelledby="{key}-strip-title {key}-strip-alt" font-family="system-ui, sans-serif"'
        ' font-size="12" xmlns="http://www.w3.org/2000/svg">'
        f'<title id="{key}-strip-title">{escape(title)}</title>'
        f'<desc id="{key}-strip-alt">{escape(alt)}</desc>'
        f"{''.join(shapes)}</svg>"
    )


def _place(value: float, scale: Mapping[str, float]) -> float:
    return _LEFT + (WIDTH - _LEFT - _RIGHT) * (value - scale["low"]) / scale["span"]


def _lines(dots: Sequence[Dot], scale: Mapping[str, float]) -> Iterator[str]:
    chosen = marks(dot.country for dot in dots)
    for line, dot in enumerate(dots):
        x, y = _place(dot.value, scale), _TOP + _ROW * (line + 0.5)
        mark = chosen[dot.country]
        style = f' fill="{mark.colour}" stroke="{INK}" stroke-width="0.8"'
        yield _rule(_LEFT, y, WIDTH - _RIGHT, y, RULE)
        yield _write(0, y + 4, dot.name)
        yield _SHAPES.get(mark.marker, _SHAPES["o"]).format(
            x=x, y=y, a=x - 4.5, b=y - 4.5, t=y - 6, u=y + 6, style=style
        )
        yield _write(WIDTH - _RIGHT + 6, y + 4, dot.written)


def _rug(others: Sequence[float], scale: Mapping[str, float], bottom: float) -> Iterator[str]:
    for value in sorted(others):
        x = _place(value, scale)
        yield _rule(x, bottom - 14, x, bottom - 3, SOFT)


def _axis(scale: Mapping[str, float], bottom: float) -> Iterator[str]:
    yield _rule(_LEFT, bottom, WIDTH - _RIGHT, bottom, SOFT)
    step = 5 if scale["span"] <= 25 else 10
    first = step * ceil(scale["low"] / step)
    for value in range(first, int(scale["low"] + scale["span"]) + 1, step):
        x = _place(value, scale)
        yield _rule(x, bottom, x, bottom + 4, SOFT)
        yield _write(x, bottom + 16, str(value), ' text-anchor="middle"')


def _rule(x: float, y: float, to_x: float, to_y: float, colour: str) -> str:
    ends = f'x1="{x:.1f}" y1="{y:.1f}" x2="{to_x:.1f}" y2="{to_y:.1f}"'
    return f'<line {ends} stroke="{colour}"/>'


def _write(x: float, y: float, words: str, more: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" fill="{INK}"{more}>{escape(words)}</text>'
