"""Convergence: the spread over the years, and growth against the level at the start."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import matplotlib as mpl
import numpy as np
from matplotlib.ticker import MaxNLocator

from benchmark.language import typeset
from comparisons.parts import records
from comparisons.plots.axes import amounts
from comparisons.plots.frame import WIDTH, sheet
from comparisons.plots.style import INK, NORDIC, PLAIN, RULE, SETTINGS, SOFT
from comparisons.render.amounts import amount
from comparisons.render.face import face
from comparisons.texts import Texts, text

if TYPE_CHECKING:
    import pandas as pd

    from comparisons.plots.picture import Picture
    from comparisons.view import View

_TALL: Final = 3.0
_LEFT: Final = 0.75
_GAP: Final = 1.0
_RIGHT: Final = 0.35
"""Inches: height of the plot, margins and the space between two of them."""


def draw(view: "View", lang: str) -> "Picture":
    """Draw a convergence; the regression only where it is reported.

    Parameters
    ----------
    view : View
        Of `comparisons.convergence`.
    lang : {"en", "da", "nb", "sv"}

    Returns
    -------
    Picture
    """
    data, page = view.data, face(view, lang)
    regressed = bool(np.isfinite(data["slope"].iloc[-1]))
    with mpl.rc_context(SETTINGS):
        picture: Picture
        picture, (low, high) = sheet(page, _TALL)
        foot = low + 0.5 * (high - low) / _TALL
        wide = WIDTH - _LEFT - _RIGHT
        first = (wide - _GAP) / 2 if regressed else wide
        box = (_LEFT / WIDTH, foot, first / WIDTH, high - foot - 0.02)
        measure = _spread(picture.add_axes(box), data, lang)
        if regressed:
            start = (_LEFT + first + _GAP) / WIDTH
            axes = picture.add_axes((start, foot, first / WIDTH, high - foot - 0.02))
            _scatter(axes, data, view.labels["country"], lang)
    picture.title, picture.lang = page.title, page.lang
    picture.alt = _alt(view, measure, regressed, lang)
    return picture


def _measure(data: "pd.DataFrame") -> str:
    return "cv" if data["cv"].notna().all() else "sd"


def _spread(axes: Any, data: "pd.DataFrame", lang: str) -> str:
    name = _measure(data)
    axes.plot(data["year"], data[name], color=INK, marker="o", ms=6, clip_on=False)
    axes.set_ylim(0, 1.18 * float(data[name].max()) or 1.0)
    step = max(1, len(data) // 6)
    for row in records(data)[::step]:
        axes.annotate(
            _number(row, name, lang),
            (row["year"], row[name]),
            (0, 8),
            textcoords="offset points",
            ha="center",
        )
    axes.set_xticks(data["year"][::step])
    axes.margins(x=0.12)
    axes.grid(axis="y", color=RULE, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.yaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 5, 10]))
    _fine(axes.yaxis, "", lang)
    axes.set_ylabel(text(f"convergence.{name}", lang))
    return name


def _fine(axis: Any, unit: str, lang: str) -> None:
    """Write the numbers of an axis with as many digits as its steps need."""
    ticks = axis.get_majorticklocs()
    digits = max(0, -int(np.floor(np.log10(ticks[1] - ticks[0])))) if len(ticks) > 1 else 2
    axis.set_major_formatter(lambda v, _: typeset(amount(round(v, 9), unit, digits, lang)))


def _number(row: dict[str, Any], name: str, lang: str) -> str:
    digits = 4 if name == "cv" else int(row["digits"])
    return typeset(amount(float(row[name]), "", digits, lang))


def _scatter(axes: Any, data: "pd.DataFrame", names: Mapping[str, Texts], lang: str) -> None:
    """Draw growth against level; the Nordic countries by name."""
    first, last, codes = data.iloc[0], data.iloc[-1], list(names)
    start = first[codes].to_numpy(dtype=np.float64)
    growth = np.log(last[codes].to_numpy(dtype=np.float64) / start) / (last["year"] - first["year"])
    path = np.linspace(start.min(), start.max(), 100)
    line = last["slope_intercept"] + last["slope"] * np.log(path)
    axes.axhline(0, color=RULE, linewidth=0.8)
    axes.plot(path, line, color=INK, linewidth=1.2)
    for code, x, y in sorted(zip(codes, start, growth, strict=True), key=lambda p: p[0] in NORDIC):
        mark, nordic = NORDIC.get(code, PLAIN), code in NORDIC
        edge = {"mec": INK, "mew": 0.8} if nordic else {"mec": "white", "mew": 0.3}
        axes.plot(x, y, mark.marker, color=mark.colour, ms=7 if nordic else 4, **edge)
        if nordic:
            axes.lines[-1].set_label(names[code][lang])
    if any(code in NORDIC for code in codes):
        # Names beside the marks would lie on each other: the Nordic countries stand close.
        axes.legend(loc="upper right", fontsize=7.5, frameon=False, handletextpad=0.3)
    axes.margins(x=0.1, y=0.12)
    amounts(axes.xaxis, str(first["unit"]), lang)
    _fine(axes.yaxis, "signed", lang)
    axes.set_xlabel(text("convergence.level", lang, year=int(first["year"])))
    span = {"start": int(first["year"]), "end": int(last["year"])}
    axes.set_ylabel(text("convergence.growth", lang, **span), color=SOFT)


def _alt(view: "View", measure: str, regressed: bool, lang: str) -> str:
    page, data = face(view, lang), view.data
    lines = [f"{row['year']}: {_number(row, measure, lang)}" for row in records(data)]
    told = text(
        "convergence.alt",
        lang,
        title=page.title,
        verdict=page.verdict,
        measure=text(f"convergence.{measure}", lang),
        lines=f"{'; '.join(lines)}.",
    )
    if not regressed:
        return told
    first = data.iloc[0]
    beside = text("convergence.alt_scatter", lang, year=int(first["year"]), n=int(first["n"]))
    return f"{told} {beside}"
