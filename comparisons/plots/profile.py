"""A profile as strips: an indicator a strip, the country on the range of its peers."""

import textwrap
from typing import TYPE_CHECKING, Any, Final

import matplotlib as mpl
from matplotlib.transforms import blended_transform_factory

from benchmark.language import typeset
from comparisons.parts import records
from comparisons.plots.axes import room
from comparisons.plots.frame import MARGIN
from comparisons.plots.style import INK, NORDIC, PLAIN, RULE, SETTINGS, SOFT
from comparisons.render.amounts import amount
from comparisons.render.face import face
from comparisons.texts import text

if TYPE_CHECKING:
    from comparisons.plots.picture import Picture
    from comparisons.view import View

_ROW: Final = 0.52
_FOOT: Final = 0.45
_LINES: Final = 3
_WIDE: Final = 34
"""Inches for an indicator and for the words below; lines of a title and letters in one."""


def draw(view: "View", lang: str) -> "Picture":
    """Draw a profile.

    Parameters
    ----------
    view : View
        Of `comparisons.profile`.
    lang : {"en", "da", "nb", "sv"}

    Returns
    -------
    Picture
    """
    rows = records(view.data)
    with mpl.rc_context(SETTINGS):
        tall = _ROW * len(rows) + _FOOT
        picture, axes = room(face(view, lang), tall, left=2.9, right=0.75, below=_FOOT)
        axes.set_axis_off()
        axes.set_xlim(-0.02, 1.02)
        axes.set_ylim(len(rows) - 0.45, -0.55)
        for y, row in enumerate(rows):
            _strip(axes, y, row, lang)
            _title(axes, y, row, view.labels["indicator"][row["indicator"]][lang])
        rule = text(f"profile.{rows[0]['rule']}", lang)
        _legend(axes, len(rows), text("profile.legend", lang, rule=rule))
    picture.alt = _alt(view, rows, lang)
    return picture


def _strip(axes: Any, y: int, row: dict[str, Any], lang: str) -> None:
    """Draw one strip on its own scale, the better end to the right."""
    ends = sorted((min(row["lowest"], row["value"]), max(row["highest"], row["value"])))
    span = ends[1] - ends[0]

    def at(value: float) -> float:
        share = (value - ends[0]) / span if span else 0.5
        return share if row["direction"] > 0 else 1 - share

    mark = NORDIC.get(row["country"], PLAIN)
    axes.plot([0, 1], [y, y], color=RULE, linewidth=1.0, zorder=0)
    bar = [at(row["lowest"]), at(row["highest"])]
    axes.plot(bar, [y, y], color="#c4c4c4", linewidth=7, solid_capstyle="butt", zorder=1)
    axes.plot([at(row["middle"])] * 2, [y - 0.17, y + 0.17], color=INK, linewidth=2, zorder=2)
    axes.plot(at(row["value"]), y, mark.marker, color=mark.colour, mec=INK, mew=0.8, ms=9, zorder=3)
    axes.annotate(
        _value(row, "value", lang),
        (at(row["value"]), y),
        (0, 8),
        textcoords="offset points",
        ha="center",
        weight="bold",
        fontsize=8,
    )
    worse, better = (ends[0], ends[1]) if row["direction"] > 0 else (ends[1], ends[0])
    for x, value, side in ((-0.03, worse, "right"), (1.03, better, "left")):
        shown = _value({**row, "end": value}, "end", lang)
        axes.text(x, y, shown, ha=side, va="center_baseline", fontsize=8, color=SOFT)


def _value(row: dict[str, Any], name: str, lang: str) -> str:
    digits = "middle_decimals" if name == "middle" else "decimals"
    decimals = None if row[digits] != row[digits] else int(row[digits])
    return typeset(amount(float(row[name]), row["unit"], decimals, lang))


def _title(axes: Any, y: int, row: dict[str, Any], title: str) -> None:
    beside = blended_transform_factory(axes.figure.dpi_scale_trans, axes.transData)
    room = _LINES * _WIDE - 10
    named = textwrap.shorten(title, room, placeholder=" ...") if len(title) > room else title
    lines = textwrap.wrap(f"{named}, {row['year']}", _WIDE)
    axes.text(MARGIN, y, "\n".join(lines), transform=beside, va="center", fontsize=8.5)


def _legend(axes: Any, rows: int, words: str) -> None:
    beside = blended_transform_factory(axes.figure.dpi_scale_trans, axes.transData)
    told = "\n".join(textwrap.wrap(words, 125))
    axes.text(MARGIN, rows - 0.35, told, transform=beside, va="top", fontsize=7.5, color=SOFT)


def _alt(view: "View", rows: list[dict[str, Any]], lang: str) -> str:
    lines = [
        text(
            "profile.alt_line",
            lang,
            indicator=view.labels["indicator"][row["indicator"]][lang],
            year=row["year"],
            rank=int(row["rank"]),
            n=row["n"],
            **{name: _value(row, name, lang) for name in ("value", "lowest", "highest", "middle")},
        )
        for row in rows
    ]
    page = face(view, lang)
    facts = {"title": page.title, "verdict": page.verdict, "lines": " ".join(lines)}
    return text("profile.alt", lang, **facts)
