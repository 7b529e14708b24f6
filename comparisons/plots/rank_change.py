"""A change of rank as bars: moves up to the left, moves down to the right, by what made them."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

import matplotlib as mpl
import numpy as np
from matplotlib.ticker import MaxNLocator

from comparisons.parts import records
from comparisons.plots.axes import amounts, room
from comparisons.plots.style import INK, RULE, SETTINGS, SOFT
from comparisons.render.amounts import amount
from comparisons.render.face import face
from comparisons.texts import text

if TYPE_CHECKING:
    import pandas as pd

    from comparisons.plots.picture import Picture
    from comparisons.view import View

_ROW: Final = 0.27
_AXIS: Final = 0.95
"""Inches for a country, and for the axis below with the legend above."""

# Okabe & Ito (2008): apart for the colour-blind; the hatches tell them apart in grey.
_PARTS: Final = {"own": ("#0072B2", ""), "others": ("#E69F00", "////"), "pool": ("#999999", "....")}


def draw(view: "View", lang: str) -> "Picture":
    """Draw the parts of the change of rank; countries without one are named below.

    Parameters
    ----------
    view : View
        Of `comparisons.rank_change`.
    lang : {"en", "da", "nb", "sv"}

    Returns
    -------
    Picture
    """
    placed = view.data[view.data["change"].notna()].reset_index(drop=True)
    page = face(view, lang)
    with mpl.rc_context(SETTINGS):
        picture, axes = room(page, _ROW * len(placed) + _AXIS, left=2.5, right=0.5)
        for part, (colour, hatch) in _PARTS.items():
            style = {"color": colour, "hatch": hatch, "edgecolor": INK, "linewidth": 0.6}
            _bars(axes, placed, part, text(f"ranks.column.{part}", lang), style)
        axes.plot(
            placed["change"],
            np.arange(len(placed)),
            "D",
            color="white",
            mec=INK,
            ms=5.5,
            label=text("plot.rank_change.total", lang),
        )
        _names(axes, view, placed, lang)
        _axis(axes, len(placed), lang)
    picture.alt = text(
        "plot.rank_change.alt",
        lang,
        title=page.title,
        verdict=page.verdict,
        lines="; ".join(_told(view, placed, lang)),
    )
    return picture


def _bars(axes: Any, placed: "pd.DataFrame", part: str, label: str, style: dict[str, Any]) -> None:
    """Stack one part on those before it, moves up to the left and moves down to the right."""
    values = placed[part].to_numpy()
    before = list(_PARTS)[: list(_PARTS).index(part)]
    stacked = sum(
        (np.where(np.sign(placed[name]) == np.sign(values), placed[name], 0.0) for name in before),
        np.zeros(len(placed)),
    )
    axes.barh(np.arange(len(placed)), values, 0.62, stacked, label=label, zorder=2, **style)


def _names(axes: Any, view: "View", placed: "pd.DataFrame", lang: str) -> None:
    """Write country and places to the left of each line."""
    words = [
        text(
            "plot.rank_change.line",
            lang,
            country=view.labels["country"][row["country"]][lang],
            first=f"{row['rank_first']:.0f}",
            last=f"{row['rank_last']:.0f}",
        )
        for row in records(placed)
    ]
    axes.set_yticks(np.arange(len(placed)), words)
    axes.tick_params(axis="y", length=0, labelsize=9)


def _axis(axes: Any, lines: int, lang: str) -> None:
    axes.set_ylim(lines - 0.4, -1.5)
    axes.axvline(0, color=INK, linewidth=1, zorder=3)
    axes.spines["left"].set_visible(False)
    axes.grid(axis="x", color=RULE, linewidth=0.8)
    axes.set_axisbelow(True)
    reach = max(1.0, *(abs(edge) for edge in axes.get_xlim()))
    axes.set_xlim(-reach, reach)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=9, integer=True))
    amounts(axes.xaxis, "places", lang)
    axes.set_xlabel(text("plot.rank_change.axis", lang), color=SOFT)
    axes.legend(
        loc="upper right",
        bbox_to_anchor=(1.0, 1.0),
        borderaxespad=0,
        ncols=4,
        fontsize=7.5,
        columnspacing=1.2,
        handletextpad=0.5,
        framealpha=1,
        edgecolor="white",
    )


def _told(view: "View", placed: "pd.DataFrame", lang: str) -> Iterator[str]:
    for row in records(placed):
        parts = {name: amount(row[name], "places", None, lang) for name in ("change", *_PARTS)}
        yield text(
            "plot.rank_change.told",
            lang,
            country=view.labels["country"][row["country"]][lang],
            **parts,
        )
