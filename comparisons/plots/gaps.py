"""Gaps as a dot plot: a line a country, each dot tied to the reference."""

from typing import TYPE_CHECKING, Any, Final

import matplotlib as mpl
from matplotlib.transforms import blended_transform_factory

from benchmark.language import term, typeset
from comparisons.parts import records
from comparisons.plots.axes import amounts, room
from comparisons.plots.frame import MARGIN
from comparisons.plots.style import INK, NORDIC, PLAIN, RULE, SETTINGS, SOFT
from comparisons.render.amounts import DIFFERENCES, amount
from comparisons.render.face import face
from comparisons.texts import text

if TYPE_CHECKING:
    import pandas as pd

    from comparisons.plots.picture import Picture
    from comparisons.view import View

_ROW: Final = 0.23
_AXIS: Final = 0.6
"""Inches for a country and for the axis below."""


def draw(view: "View", lang: str) -> "Picture":
    """Draw gaps; countries without one are named below and not set on the axis.

    Parameters
    ----------
    view : View
        Of `comparisons.gap`.
    lang : {"en", "da", "nb", "sv"}

    Returns
    -------
    Picture
    """
    placed = view.data[view.data["gap"].notna()].reset_index(drop=True)
    unit = str(view.data["unit"].iloc[0])
    # The reference is in the unit of differences, where shares are in percent.
    line = float(view.data["reference"].iloc[0]) / (100.0 if unit == "fraction" else 1.0)
    with mpl.rc_context(SETTINGS):
        tall = _ROW * (len(placed) + 1) + _AXIS
        picture, axes = room(face(view, lang), tall, left=2.0, right=1.1)
        axes.axvline(line, color=INK, linewidth=1.2, linestyle=(0, (4, 2)), zorder=1)
        _dots(axes, placed, line, lang)
        _names(axes, view, placed, lang)
        amounts(axes.xaxis, unit, lang)
        axes.margins(x=0.08)
        axes.set_xlabel(str(term(f"unit.{unit}", lang)))
    picture.alt = _alt(view, placed, unit, line, lang)
    return picture


def _dots(axes: Any, placed: "pd.DataFrame", line: float, lang: str) -> None:
    right = blended_transform_factory(axes.transAxes, axes.transData)
    for y, row in enumerate(records(placed)):
        mark = NORDIC.get(row["country"], PLAIN)
        hollow = bool({"P", "U"} & set(str(row["status"]).split()))
        axes.plot([line, row["value"]], [y, y], color=SOFT, linewidth=1.0, zorder=1)
        axes.plot(
            row["value"],
            y,
            mark.marker,
            color="white" if hollow else mark.colour,
            mec=mark.colour if hollow else INK,
            mew=0.8,
            ms=7,
        )
        axes.text(1.03, y, typeset(_gap(row, lang)), transform=right, va="center_baseline")
    axes.set_ylim(len(placed) - 0.4, -0.9)


def _gap(row: dict[str, Any], lang: str) -> str:
    unit = DIFFERENCES[row["unit"]]
    return amount(row["gap"], unit, _digits(row["gap_decimals"]), lang)


def _value(row: dict[str, Any], lang: str) -> str:
    return amount(row["value"], row["unit"], _digits(row["decimals"]), lang)


def _digits(decimals: float) -> int | None:
    return None if decimals != decimals else int(decimals)


def _names(axes: Any, view: "View", placed: "pd.DataFrame", lang: str) -> None:
    """Write the country to the left of each line."""
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    beside = blended_transform_factory(axes.figure.dpi_scale_trans, axes.transData)
    for y, code in enumerate(placed["country"]):
        axes.axhline(y, color=RULE, linewidth=0.8, zorder=0)
        name = view.labels["country"][code][lang]
        axes.text(MARGIN, y, name, transform=beside, va="center_baseline", fontsize=9)


def _alt(view: "View", placed: "pd.DataFrame", unit: str, line: float, lang: str) -> str:
    lines = [
        text(
            "gap.alt_line",
            lang,
            country=view.labels["country"][row["country"]][lang],
            value=_value(row, lang),
            gap=_gap(row, lang),
        )
        for row in records(placed)
    ]
    page = face(view, lang)
    facts = {"title": page.title, "verdict": page.verdict, "lines": "; ".join(lines)}
    shown = amount(line, unit, None, lang)
    return text("gap.alt", lang, n=len(placed), reference=shown, **facts)
