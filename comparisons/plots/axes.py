"""Axes inside the sheet of a plot, and numbers on them as a reader writes them."""

from typing import TYPE_CHECKING, Any, Final

from benchmark.language import typeset
from comparisons.plots.frame import WIDTH, sheet
from comparisons.render.amounts import amount, digits

COLUMNS: Final = 4
PANEL: Final = 1.35
"""Panels in a row, and the height of one with its labels [inch]."""

if TYPE_CHECKING:
    from comparisons.plots.picture import Picture
    from comparisons.render.face import Face


def room(
    page: "Face", tall: float, left: float = 0.7, right: float = 1.3, below: float = 0.5
) -> tuple["Picture", Any]:
    """Make a sheet with one pair of axes.

    Parameters
    ----------
    page : Face
        The view in one language.
    tall : float
        Height for the plot, its labels included [inch].
    left, right, below : float
        Space for labels beside and below the axes [inch].

    Returns
    -------
    tuple
        The figure and the axes.
    """
    picture, (low, high) = sheet(page, tall)
    foot = low + below * (high - low) / tall
    wide = 1 - (left + right) / WIDTH
    axes = picture.add_axes((left / WIDTH, foot, wide, high - foot))
    picture.title, picture.lang = page.title, page.lang
    return picture, axes


def amounts(axis: Any, unit: str, lang: str) -> None:
    """Write the numbers of an axis in a language.

    Parameters
    ----------
    axis : matplotlib.axis.Axis
        The axis of values.
    unit : str
        A unit of the registry.
    lang : {"en", "da", "nb", "sv"}
    """

    def write(value: float, _: int) -> str:
        return typeset(amount(value, unit, digits(round(value, 6)), lang))

    axis.set_major_formatter(write)


def panels(page: "Face", count: int) -> tuple["Picture", list[Any]]:
    """Make a sheet with a small pair of axes for each of many series, all on one scale.

    Parameters
    ----------
    page : Face
        The view in one language.
    count : int
        Number of panels.

    Returns
    -------
    tuple
        The figure and the axes, by rows.
    """
    lines = -(-count // COLUMNS)
    tall = lines * PANEL + 0.35
    picture, (low, high) = sheet(page, tall)
    grid = picture.subplots(
        lines,
        COLUMNS,
        sharex=True,
        sharey=True,
        squeeze=False,
        gridspec_kw={
            "left": 0.75 / WIDTH,
            "right": 1 - 0.3 / WIDTH,
            "bottom": low + 0.3 * (high - low) / tall,
            "top": high - 0.15 * (high - low) / tall,
            "hspace": 0.55,
            "wspace": 0.12,
        },
    ).ravel()
    for spare in grid[count:]:
        spare.remove()
    for axes in grid[max(0, count - COLUMNS) : count]:
        axes.xaxis.set_tick_params(labelbottom=True)
    picture.title, picture.lang = page.title, page.lang
    return picture, list(grid[:count])


def beside_all(picture: "Picture", grid: list[Any], words: str) -> None:
    """Write the unit once, beside all panels."""
    low, high = (
        end(edge for axes in grid for edge in axes.get_position().intervaly) for end in (min, max)
    )
    picture.supylabel(words, x=0.03, y=(low + high) / 2, fontsize=8)
