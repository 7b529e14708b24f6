"""The matrix of verdicts: every figure against every other."""

import textwrap
from typing import TYPE_CHECKING, Any, Final

import matplotlib as mpl
import numpy as np
from matplotlib.colors import ListedColormap

from benchmark.errors import BenchmarkError
from benchmark.language import term
from comparisons.parts import VERDICTS, records
from comparisons.plots.axes import room
from comparisons.plots.frame import WIDTH
from comparisons.plots.style import INK, SETTINGS, SOFT
from comparisons.render.face import face
from comparisons.texts import text

if TYPE_CHECKING:
    from comparisons.plots.picture import Picture
    from comparisons.view import View

# From dark to light, so that they can be told apart without colour as well.
SHADES: Final = ("#00694d", "#f0b429", "#ececec")
SIGNS: Final = ("+", "~", "×")
SIGN_INKS: Final = ("#ffffff", INK, INK)
SIGNED: Final = 16
NAMED: Final = 40
MOST: Final = 400
"""Most figures with a sign in each cell, with a name each, and in one matrix at all."""
_LEFT: Final = 3.1


def draw(view: "View", lang: str, square: Any = None) -> "Picture":
    """Draw the matrix of a comparability view.

    Parameters
    ----------
    view : View
        Of `comparisons.comparability`.
    lang : {"en", "da", "nb", "sv"}
    square : ndarray of int, dims (figure, figure), optional
        Verdict of every pair: 0 comparable, 1 caution, 2 not comparable, -1 the same figure; by
        default read from the view, which holds it for few figures.

    Returns
    -------
    Picture

    Raises
    ------
    BenchmarkError
        If there are more figures than can be told apart.
    """
    import seaborn as sns

    codes = _square(view) if square is None else np.asarray(square)
    size = len(codes)
    if not 0 < size <= MOST:
        raise BenchmarkError(text("plot.grid.refused", lang, cells=len(view.data), most=MOST))
    page = face(view, lang)
    with mpl.rc_context(SETTINGS):
        side = WIDTH - _LEFT - 0.3
        picture, axes = room(page, side + 0.6, left=_LEFT, right=0.3, below=0.1)
        sns.heatmap(
            np.where(codes < 0, np.nan, codes),
            ax=axes,
            cmap=ListedColormap(list(SHADES)),
            vmin=-0.5,
            vmax=2.5,
            cbar=False,
            linewidths=1.0 if size <= NAMED else 0.0,
            linecolor="white",
            square=True,
            xticklabels=False,
            yticklabels=False,
        )
        axes.set_anchor("N")
        _names(axes, view, size, lang)
        if size <= SIGNED:
            _signs(axes, codes)
        _key(picture, axes, lang)
    picture.alt = _alt(view, size, lang)
    return picture


def _square(view: "View") -> Any:
    """Read the verdicts of few figures back from the columns of the view."""
    names = [str(k) for k in range(1, len(view.data) + 1)]
    if not set(names) <= set(view.data.columns):
        return np.empty((0, 0))
    codes = {verdict: code for code, verdict in enumerate(VERDICTS)}
    return np.array([[codes.get(word, -1) for word in row] for row in view.data[names].to_numpy()])


def _names(axes: Any, view: "View", size: int, lang: str) -> None:
    """Write numbers above columns and names beside rows; of many, as many as can be read."""
    step = -(-size // NAMED)
    places = range(0, size, step)
    lines = [_name(row, view, lang, wrapped=size <= SIGNED) for row in records(view.data)]
    axes.set_yticks([k + 0.5 for k in places], [lines[k] for k in places], fontsize=6.5)
    axes.set_xticks([k + 0.5 for k in places], [str(k + 1) for k in places], fontsize=6.5)
    axes.tick_params(length=0, top=False, labeltop=True, bottom=False, labelbottom=False)
    axes.tick_params(axis="x", rotation=90 if size > SIGNED else 0)
    axes.tick_params(axis="y", rotation=0)


def _name(row: dict[str, Any], view: "View", lang: str, wrapped: bool) -> str:
    country = view.labels["country"][row["country"]][lang]
    title = view.labels["indicator"][row["indicator"]][lang]
    words = f"{row['cell']}. {country} {row['year']}: {title}"
    if wrapped:
        return "\n".join(textwrap.wrap(words, 48)[:2])
    return textwrap.shorten(words, 48, placeholder=" ...")


def _signs(axes: Any, codes: Any) -> None:
    for (row, column), code in np.ndenumerate(codes):
        if code >= 0:
            axes.text(
                column + 0.5,
                row + 0.5,
                SIGNS[code],
                ha="center",
                va="center_baseline",
                fontsize=9,
                color=SIGN_INKS[code],
            )


def _key(picture: "Picture", axes: Any, lang: str) -> None:
    """Say what shades and signs mean, below the matrix."""
    from matplotlib.patches import Patch

    words = [
        f"{sign} {term(f'verdict.{code}', lang)}"
        for sign, code in zip(SIGNS, VERDICTS, strict=True)
    ]
    patches = [
        Patch(facecolor=shade, edgecolor=SOFT, label=label)
        for shade, label in zip(SHADES, words, strict=True)
    ]
    axes.legend(
        handles=patches,
        loc="upper right",
        bbox_to_anchor=(1, -0.01),
        ncols=3,
        frameon=False,
        fontsize=7,
        borderaxespad=0,
        handlelength=1.2,
        columnspacing=1.2,
    )


def _alt(view: "View", size: int, lang: str) -> str:
    """Say for each figure how many others it may be compared with."""
    page = face(view, lang)
    lines = []
    for row in records(view.data)[:NAMED]:
        counts = [f"{row[code]} {term(f'verdict.{code}', lang)}" for code in VERDICTS]
        lines.append(f"{_name(row, view, lang, wrapped=False)}: {', '.join(counts)}.")
    told = " ".join(lines)
    return text(
        "plot.grid.alt", lang, title=page.title, verdict=page.verdict, cells=size, lines=told
    )
