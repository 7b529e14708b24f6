"""A ranking as a dot plot: a line a country, the first on top, beside it the possible ranks."""

from typing import TYPE_CHECKING, Any, Final

import matplotlib as mpl
import numpy as np
from matplotlib.ticker import MaxNLocator
from matplotlib.transforms import blended_transform_factory

from benchmark.language import term
from comparisons.parts import records
from comparisons.plots.axes import amounts, room
from comparisons.plots.frame import MARGIN
from comparisons.plots.style import INK, NORDIC, PLAIN, RULE, SETTINGS, SOFT
from comparisons.render.amounts import amount
from comparisons.render.face import face
from comparisons.texts import text

if TYPE_CHECKING:
    import pandas as pd

    from comparisons.plots.picture import Picture
    from comparisons.view import View

_ROW: Final = 0.23
_AXIS: Final = 0.55
_RANGES: Final = 2.1
"""Inches for a country, for the axis below, and across for the possible ranks."""


def draw(view: "View", lang: str) -> "Picture":
    """Draw a ranking; countries without a rank are named below and not set on its axis.

    Parameters
    ----------
    view : View
        Of `comparisons.ranking`.
    lang : {"en", "da", "nb", "sv"}

    Returns
    -------
    Picture
    """
    placed = view.data[view.data["rank"].notna()].reset_index(drop=True)
    unit = str(view.data["unit"].iloc[0])
    ranged = any(column.name == "rank_range" for column in view.columns)
    with mpl.rc_context(SETTINGS):
        tall = _ROW * (len(placed) + 1) + _AXIS
        right = 0.7 + _RANGES if ranged else 0.7
        picture, axes = room(face(view, lang), tall, left=2.2, right=right)
        _dots(axes, placed, lang)
        if ranged:
            _ranges(axes, placed, lang)
        _names(axes, view, placed, lang)
        amounts(axes.xaxis, unit, lang)
        axes.set_xlabel(str(term(f"unit.{unit}", lang)) if unit else text("column.score", lang))
    picture.alt = _alt(view, placed, lang)
    return picture


def _dots(axes: Any, placed: "pd.DataFrame", lang: str) -> None:
    for y, row in enumerate(records(placed)):
        mark = NORDIC.get(row["country"], PLAIN)
        hollow = "P" in str(row["status"]).split() or "U" in str(row["status"]).split()
        fill = "white" if hollow else mark.colour
        axes.plot(
            row["score"],
            y,
            mark.marker,
            color=fill,
            mec=mark.colour if hollow else INK,
            mew=0.8,
            ms=7,
        )
        axes.annotate(
            _score(row, lang),
            (row["score"], y),
            (8, 0),
            textcoords="offset points",
            va="center_baseline",
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.6},
        )
    axes.set_ylim(len(placed) - 0.4, -1.5)


def _ranges(axes: Any, placed: "pd.DataFrame", lang: str) -> None:
    """Draw the possible ranks of each country beside its score, its rank as a mark."""
    box, across = axes.get_position(), axes.figure.get_figwidth()
    left = box.x1 + 0.75 / across
    beside = axes.figure.add_axes((left, box.y0, 1 - MARGIN / across - left, box.height))
    for y, row in enumerate(records(placed)):
        mark = NORDIC.get(row["country"], PLAIN)
        beside.axhline(y, color=RULE, linewidth=0.8, zorder=0)
        ends = row["rank_low"], row["rank_high"]
        beside.plot(ends, (y, y), "-", color=INK, linewidth=1.6, solid_capstyle="butt")
        beside.plot(ends, (y, y), "|", color=INK, ms=8)
        beside.plot(row["rank"], y, mark.marker, color=mark.colour, mec=INK, mew=0.6, ms=4.5)
    beside.set_ylim(axes.get_ylim())
    beside.set_yticks([])
    beside.spines["left"].set_visible(False)
    beside.set_xlim(0.5, float(np.nanmax(placed["n"])) + 0.5)
    beside.xaxis.set_major_locator(MaxNLocator(nbins=6, integer=True, min_n_ticks=1))
    beside.set_xlabel(text("ranks.column.range", lang))


def _score(row: dict[str, Any], lang: str) -> str:
    decimals = None if np.isnan(row["decimals"]) else int(row["decimals"])
    return amount(row["score"], row["unit"], decimals, lang)


def _names(axes: Any, view: "View", placed: "pd.DataFrame", lang: str) -> None:
    """Write place and country to the left of each line."""
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    for y in range(len(placed)):
        axes.axhline(y, color=RULE, linewidth=0.8, zorder=0)
    for y, row in enumerate(records(placed)):
        name = view.labels["country"][row["country"]][lang]
        for left, words in ((MARGIN, _place(row, lang)), (MARGIN + 0.6, name)):
            _beside(axes, left, y, words, fontsize=9)
    pooled = bool((placed["n"] != placed["pool_n"]).any())
    heading = text("plot.ranks.places" if pooled else "plot.ranks.place", lang, **_sizes(placed))
    _beside(axes, MARGIN, -1, heading, fontsize=7.5, color=SOFT)


def _beside(axes: Any, left: float, y: float, words: str, **style: Any) -> None:
    """Write at a distance from the edge of the sheet [inch] and a height of the axes."""
    figure = axes.figure
    place = blended_transform_factory(figure.dpi_scale_trans, axes.transData)
    axes.text(left, y, words, transform=place, va="center_baseline", **style)


def _place(row: dict[str, Any], lang: str) -> str:
    place, among_all = (amount(row[name], "rank", None, lang) for name in ("rank", "pool_rank"))
    return place if row["n"] == row["pool_n"] else f"{place} ({among_all})"


def _sizes(placed: "pd.DataFrame") -> dict[str, int]:
    first = placed.iloc[0]
    return {"n": int(first["n"]), "pool_n": int(first["pool_n"])}


def _possible(row: dict[str, Any], lang: str) -> str:
    """Say which ranks are possible where there is more than one."""
    if not row.get("rank_high", row["rank"]) > row.get("rank_low", row["rank"]):
        return ""
    return f" ({text('ranks.column.range', lang).lower()} {row['rank_range']})"


def _alt(view: "View", placed: "pd.DataFrame", lang: str) -> str:
    lines = [
        text(
            "plot.ranks.line",
            lang,
            rank=amount(row["rank"], "rank", None, lang),
            country=view.labels["country"][row["country"]][lang],
            score=_score(row, lang) + _possible(row, lang),
        )
        for row in records(placed)
    ]
    page = face(view, lang)
    return text(
        "plot.ranks.alt",
        lang,
        title=page.title,
        verdict=page.verdict,
        lines="; ".join(lines),
        **_sizes(placed),
    )
