"""Plots of views; verdict, notes, sources and any override stand on each of them."""

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from benchmark.errors import BenchmarkError
from comparisons.texts import text

if TYPE_CHECKING:
    from comparisons.comparability import Comparability
    from comparisons.plots.picture import Picture
    from comparisons.view import View

DRAWN: Final = {
    "ranking": "ranks",
    "trend": "lines",
    "comparability": "grid",
    "gap": "gaps",
    "convergence": "convergence",
    "profile": "profile",
    "index": "index",
    "rank_change": "rank_change",
}
"""Kinds of view that can be drawn, and the module that draws each."""


def draw(view: "View", lang: str = "en", **options: Any) -> "Picture":
    """Draw a view.

    Parameters
    ----------
    view : View
        A ranking, a trend, a gap, a convergence, a profile or a comparability matrix.
    lang : {"en", "da", "nb", "sv"}
        Language of all that is written on it.
    **options
        What one kind of plot takes: `square` for a matrix.

    Returns
    -------
    Picture
        A matplotlib figure; `alt` says in words what it shows.

    Raises
    ------
    BenchmarkError
        If the view has no common axis to be drawn on.
    """
    if view.kind not in DRAWN:
        raise BenchmarkError(text("plot.refused", lang, title=view.title[lang]))
    picture: Picture = import_module(f"{__name__}.{DRAWN[view.kind]}").draw(view, lang, **options)
    return picture


def save(view: "View | Comparability", path: Path, format: str, lang: str = "en") -> Path:
    """Draw a view into a file, whole or not at all.

    Parameters
    ----------
    view : View
        A view that can be drawn.
    path : pathlib.Path
        Where to.
    format : {"svg", "png"}
        The same view gives the same bytes.
    lang : {"en", "da", "nb", "sv"}

    Returns
    -------
    pathlib.Path
        The file.

    Raises
    ------
    BenchmarkError
        If the view cannot be drawn, or the folder is missing or cannot be written to.
    """
    from comparisons.render.files import write

    write({path: view.plot(lang=lang).written(format)})
    return path
