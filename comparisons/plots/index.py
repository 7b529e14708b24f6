"""An index as a dot plot; with draws, the ranks that each country may take stand beside it."""

import textwrap
from typing import TYPE_CHECKING, Any, Final

import matplotlib as mpl

from comparisons.parts import records
from comparisons.plots.axes import amounts
from comparisons.plots.frame import MARGIN, WIDTH, sheet
from comparisons.plots.ranks import draw as draw_ranks
from comparisons.plots.style import INK, NORDIC, PLAIN, RULE, SETTINGS, SOFT
from comparisons.render.amounts import amount
from comparisons.render.face import face
from comparisons.texts import text

if TYPE_CHECKING:
    import pandas as pd

    from comparisons.plots.picture import Picture
    from comparisons.view import View

_ROW: Final = 0.23
_ABOVE: Final = 0.35
_BELOW: Final = 0.55
_NAMES: Final = 2.1
_GAP: Final = 0.75
"""Inches: a country, the headings, the axes below, the names on the left, and between panels."""


def draw(view: "View", lang: str) -> "Picture":
    """Draw an index of one year; of several years the last.

    Parameters
    ----------
    view : View
        Of `comparisons.index`.
    lang : {"en", "da", "nb", "sv"}

    Returns
    -------
    Picture
    """
    picture: Picture
    data = view.data
    last = data[data["year"] == data["year"].max()].reset_index(drop=True)
    if "rank_low" not in data or last["rank_low"].isna().all():
        return draw_ranks(_of_one_year(view, last), lang)
    with mpl.rc_context(SETTINGS):
        page = face(view, lang)
        tall = _ROW * len(last) + _ABOVE + _BELOW
        picture, ends = sheet(page, tall)
        scores, ranks = _panels(picture, ends, tall, len(last))
        _names(scores, view, last, lang)
        _scores(scores, last, lang)
        _ranks(ranks, last, lang)
        picture.title, picture.lang = page.title, page.lang
    picture.alt = _alt(view, last, lang)
    return picture


def _of_one_year(view: "View", last: "pd.DataFrame") -> "View":
    from dataclasses import replace

    return replace(view, data=last)


def _panels(picture: "Picture", ends: tuple[float, float], tall: float, n: int) -> tuple[Any, Any]:
    low, high = ends
    foot = low + _BELOW * (high - low) / tall
    head = high - _ABOVE * (high - low) / tall
    wide = (WIDTH - _NAMES - _GAP - MARGIN) / 2
    found = []
    for left in (_NAMES, _NAMES + wide + _GAP):
        axes = picture.add_axes((left / WIDTH, foot, wide / WIDTH, head - foot))
        axes.set_ylim(n - 0.4, -0.6)
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
        for y in range(n):
            axes.axhline(y, color=RULE, linewidth=0.8, zorder=0)
        found.append(axes)
    return found[0], found[1]


def _names(axes: Any, view: "View", last: "pd.DataFrame", lang: str) -> None:
    from comparisons.plots.ranks import _beside

    for y, row in enumerate(records(last)):
        name = view.labels["country"][row["country"]][lang]
        for left, words in ((MARGIN, f"{row['rank']:.0f}"), (MARGIN + 0.35, name)):
            _beside(axes, left, y, words, fontsize=9)


def _heading(axes: Any, words: str) -> None:
    axes.annotate(
        words, (0, 1), (0, 6), xycoords="axes fraction", textcoords="offset points",
        fontsize=7.5, color=SOFT,
    )  # fmt: skip


def _scores(axes: Any, last: "pd.DataFrame", lang: str) -> None:
    for y, row in enumerate(records(last)):
        mark = NORDIC.get(row["country"], PLAIN)
        axes.plot(row["score"], y, mark.marker, color=mark.colour, mec=INK, mew=0.8, ms=6.5)
        words = amount(row["score"], row["unit"], int(row["decimals"]), lang)
        axes.annotate(
            words, (row["score"], y), (7, 0), textcoords="offset points",
            va="center_baseline", fontsize=8,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.5},
        )  # fmt: skip
    axes.margins(x=0.2)
    amounts(axes.xaxis, str(last["unit"].iloc[0]), lang)
    axes.locator_params(axis="x", nbins=4)
    _heading(axes, text("column.score", lang))


def _ranks(axes: Any, last: "pd.DataFrame", lang: str) -> None:
    """Draw from the 5 % to the 95 % rank, a stroke at the median, and the rank of the index."""
    n = int(last["n"].iloc[0])
    for y, row in enumerate(records(last)):
        mark = NORDIC.get(row["country"], PLAIN)
        ends = [row["rank_low"], row["rank_high"]]
        axes.plot(
            ends, [y, y], "-", color=mark.colour, linewidth=5, alpha=0.45, solid_capstyle="butt"
        )
        axes.plot(ends, [y, y], "|", color=INK, ms=7, mew=0.9)
        axes.plot(row["rank_median"], y, "|", color=INK, ms=12, mew=2)
        axes.plot(row["rank"], y, mark.marker, color="white", mec=INK, mew=1, ms=5.5)
    # The first place stands on the right, where the best scores stand in the other panel.
    axes.set_xlim(n + 0.6, 0.4)
    axes.set_xticks(_ticks(n))
    words = textwrap.wrap(text("plot.index.ranks", lang, n=n), 44)
    _heading(axes, "\n".join(words))


def _ticks(n: int) -> list[int]:
    step = max(1, round(n / 5))
    return sorted({1, n, *(k for k in range(step, n, step) if k > 1 and n - k >= step * 0.7)})


def _alt(view: "View", last: "pd.DataFrame", lang: str) -> str:
    lines = [
        text(
            "plot.index.line",
            lang,
            rank=int(row["rank"]),
            country=view.labels["country"][row["country"]][lang],
            score=amount(row["score"], row["unit"], int(row["decimals"]), lang),
            low=f"{row['rank_low']:g}",
            high=f"{row['rank_high']:g}",
        )
        for row in records(last)
    ]
    page = face(view, lang)
    facts = {"title": page.title, "verdict": page.verdict, "lines": "; ".join(lines)}
    return text("plot.index.alt", lang, n=len(last), **facts)
