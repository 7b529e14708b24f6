"""A trend as points over the years, joined only where nothing separates them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import matplotlib as mpl
import numpy as np
from matplotlib.ticker import MaxNLocator

from benchmark.language import term
from comparisons.parts import records
from comparisons.plots.axes import amounts, beside_all, panels, room
from comparisons.plots.style import INK, NORDIC, PLAIN, RULE, SETTINGS, SOFT, Mark, marks
from comparisons.render.amounts import amount
from comparisons.render.face import face
from comparisons.texts import text

if TYPE_CHECKING:
    import pandas as pd

    from comparisons.plots.picture import Picture
    from comparisons.view import View

TOGETHER: Final = 6
"""Countries that one pair of axes can hold and stay readable; more get a panel each."""
_LEAST: Final = 10
"""Percent or points that an axis spans at least."""
_TALL: Final = 3.4
_APART: Final = 0.17
_CLEAR: Final = 0.08
"""Inches: height of the plot; distance of labels from each other and from the axes."""

Series = Mapping[str, "pd.DataFrame"]


def draw(view: "View", lang: str) -> "Picture":
    """Draw a trend: a break is a dashed line and a gap, a provisional value a hollow mark.

    Parameters
    ----------
    view : View
        Of `comparisons.trend`.
    lang : {"en", "da", "nb", "sv"}

    Returns
    -------
    Picture
    """
    series = {str(code): part for code, part in view.data.groupby("country", sort=False)}
    names = {code: view.labels["country"][code][lang] for code in series}
    page = face(view, lang)
    with mpl.rc_context(SETTINGS):
        if len(series) <= TOGETHER:
            picture, axes = room(page, _TALL, left=0.9, right=1.75)
            _one(axes, series, names, lang)
            axes.set_ylabel(_scale(axes, view, lang))
            _label(axes, series, names, lang)
        else:
            picture, grid = panels(page, len(series))
            for axes, (code, part) in zip(grid, series.items(), strict=True):
                _one(axes, {code: part}, names, lang, small=True)
                axes.set_title(names[code], fontsize=8, loc="left", pad=11)
            beside_all(picture, grid, _scale(grid[0], view, lang))
    told = " ".join(_told(names[code], part, lang) for code, part in series.items())
    picture.alt = text("plot.lines.alt", lang, title=page.title, verdict=page.verdict, lines=told)
    return picture


def _one(
    axes: Any, series: Series, names: Mapping[str, str], lang: str, small: bool = False
) -> None:
    chosen = {code: NORDIC.get(code, PLAIN) for code in series} if small else marks(series)
    for code, part in series.items():
        _bars(axes, part, chosen[code])
        for _, stretch in part.groupby("line"):
            _stretch(axes, stretch, chosen[code], size=4.0 if small else 6.5)
    _breaks(axes, series, names, lang)
    axes.grid(axis="y", color=RULE, linewidth=0.8)
    axes.set_axisbelow(True)
    years = MaxNLocator(nbins=3 if small else 8, integer=True, min_n_ticks=1)
    axes.xaxis.set_major_locator(years)
    axes.tick_params(labelsize=7 if small else 9)
    axes.margins(x=0.06, y=0.12)
    # Labels are placed by the limits, which matplotlib would otherwise settle only when it draws.
    axes.autoscale_view()
    _widen(axes, str(next(iter(series.values()))["unit"].iloc[0]))


def _widen(axes: Any, unit: str) -> None:
    """Show ten points at least: one point must not fill the sheet as if it were a collapse."""
    low, high = axes.get_ylim()
    if unit in ("percent", "score_0_100") and high - low < _LEAST:
        middle = min(max((low + high) / 2, _LEAST / 2), 100 - _LEAST / 2)
        axes.set_ylim(middle - _LEAST / 2, middle + _LEAST / 2)


def _stretch(axes: Any, stretch: "pd.DataFrame", mark: Mark, size: float) -> None:
    """Join the points of one stretch; uncertain ones are hollow, and their line is lighter."""
    years, values = stretch["year"].to_numpy(), stretch["value"].to_numpy()
    flags = [set(str(status).split()) for status in stretch["status"]]
    weak = any("U" in codes for codes in flags)
    axes.plot(years, values, "-", color=mark.colour, linewidth=size / 4, alpha=0.5 if weak else 1.0)
    for year, value, codes in zip(years, values, flags, strict=True):
        hollow = bool(codes & {"P", "U"})
        face_, edge = ("white", mark.colour) if hollow else (mark.colour, INK)
        axes.plot(year, value, mark.marker, color=face_, mec=edge, mew=0.8, ms=size)


def _bars(axes: Any, part: "pd.DataFrame", mark: Mark) -> None:
    """Draw the 95 % interval of each figure whose sample is known."""
    known = part[part["value_low"].notna()]
    if known.empty:
        return
    low, high = known["value_low"], known["value_high"]
    axes.vlines(known["year"], low, high, color=mark.colour, linewidth=1.4, zorder=1.5)
    ends = {"marker": "_", "color": mark.colour, "linestyle": "", "ms": 7, "zorder": 1.5}
    for bound in (low, high):
        axes.plot(known["year"], bound, **ends)


def _breaks(axes: Any, series: Series, names: Mapping[str, str], lang: str) -> None:
    """Mark every break; where it is not everybody's, say whose it is."""
    found: dict[float, list[str]] = {}
    for code, part in series.items():
        for x in _gaps(part):
            found.setdefault(x, []).append(code)
    for x, codes in found.items():
        axes.axvline(x, color=SOFT, linewidth=1, linestyle=(0, (4, 3)), zorder=1)
        words = text("plot.lines.break", lang)
        if len(codes) < len(series):
            words = f"{words}: {', '.join(names[code] for code in codes)}"
        axes.annotate(
            words,
            (x, 1),
            (2, 1),
            xycoords=("data", "axes fraction"),
            textcoords="offset points",
            fontsize=7,
            color=SOFT,
        )


def _gaps(part: "pd.DataFrame") -> list[float]:
    years, segment = part["year"].to_numpy(), part["segment"].to_numpy()
    cut = np.flatnonzero(segment[1:] != segment[:-1])
    return [float(years[k] + years[k + 1]) / 2 for k in cut]


def _label(axes: Any, series: Series, names: Mapping[str, str], lang: str) -> None:
    """Name each series beside its last point, none over another."""
    last = {code: records(part)[-1] for code, part in series.items()}
    scale, height = axes.transData.transform, axes.figure.dpi * _APART
    heights = {code: float(scale((row["year"], row["value"]))[1]) for code, row in last.items()}
    edge = float(axes.transAxes.transform((1, 0))[0]) + axes.figure.dpi * _CLEAR
    for code, y in zip(heights, _spread(list(heights.values()), height), strict=True):
        row = last[code]
        there = axes.transData.inverted().transform((edge, y))
        axes.annotate(
            f"{names[code]} {_amount(row, lang)}",
            (row["year"], row["value"]),
            there,
            va="center",
            fontsize=8.5,
            annotation_clip=False,
            arrowprops={"arrowstyle": "-", "color": SOFT, "linewidth": 0.5, "shrinkB": 5},
        )


def _spread(heights: Sequence[float], least: float) -> list[float]:
    """Move heights apart until none is nearer to the next than `least`; their order stays.

    Examples
    --------
    >>> _spread([5.0, 20.0, 5.5], 2.0)
    [4.25, 20.0, 6.25]
    """
    order = sorted(range(len(heights)), key=lambda k: (heights[k], k))
    groups: list[list[int]] = []
    centre: list[float] = []
    for k in order:
        groups.append([k])
        centre.append(heights[k])
        while len(groups) > 1 and _touch(groups, centre, least):
            below, middle = groups.pop(-2), centre.pop(-2)
            size = len(below) + len(groups[-1])
            centre[-1] = (len(below) * middle + len(groups[-1]) * centre[-1]) / size
            groups[-1] = below + groups[-1]
    placed = dict(_places(groups, centre, least))
    return [placed[k] for k in range(len(heights))]


def _touch(groups: Sequence[Sequence[int]], centre: Sequence[float], least: float) -> bool:
    return centre[-1] - centre[-2] < least * (len(groups[-1]) + len(groups[-2])) / 2


def _places(
    groups: Iterable[Sequence[int]], centre: Iterable[float], least: float
) -> Iterator[tuple[int, float]]:
    for group, middle in zip(groups, centre, strict=True):
        for place, k in enumerate(group):
            yield k, middle + least * (place - (len(group) - 1) / 2)


def _scale(axes: Any, view: "View", lang: str) -> str:
    """Write the numbers of the scale; the first place is on top. Gives what is drawn in words."""
    unit = str(view.data["unit"].iloc[0])
    amounts(axes.yaxis, unit, lang)
    if unit == "rank":
        axes.yaxis.set_major_locator(MaxNLocator(integer=True))
        axes.invert_yaxis()
    words = str(term(f"unit.{unit}", lang))
    barred = view.data["value_low"].notna().any()
    return text("trend.interval", lang, unit=words) if barred else words


def _amount(row: Mapping[str, Any], lang: str) -> str:
    decimals = None if np.isnan(row["decimals"]) else int(row["decimals"])
    return amount(float(row["value"]), str(row["unit"]), decimals, lang)


def _told(name: str, part: "pd.DataFrame", lang: str) -> str:
    """Read one series out, breaks included."""
    words: list[str] = []
    segment = None
    for row in records(part):
        if segment is not None and row["segment"] != segment:
            words.append(text("plot.lines.break", lang))
        segment = row["segment"]
        provisional = "P" in str(row["status"]).split()
        mark = f" ({text('plot.lines.provisional', lang)})" if provisional else ""
        words.append(f"{row['year']} {_precise(row, lang)}{mark}")
    return f"{name}: {', '.join(words)}."


def _precise(row: Mapping[str, Any], lang: str) -> str:
    """Write the value of a point, with its interval where its sample is known."""
    value = _amount(row, lang)
    if np.isnan(row["value_low"]):
        return value
    low, high = (amount(float(row[f"value_{end}"]), "", 1, lang) for end in ("low", "high"))
    return text("trend.interval_read", lang, amount=value, low=low, high=high)
