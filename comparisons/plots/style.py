"""Colours, marks and type: told apart without colour, in print and by the colour-blind."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

INK: Final = "#1a1a1a"
SOFT: Final = "#595959"
RULE: Final = "#d9d9d9"


@dataclass(frozen=True)
class Mark:
    """How a country is drawn: its colour and the shape of its marker."""

    colour: str
    marker: str


# The Nordic colours pass a contrast of 3:1 on white but Sweden's, whose marks get a dark edge.
# Source: Okabe & Ito, Color Universal Design (2008); contrast by WCAG 2.2.
NORDIC: Final[Mapping[str, Mark]] = {
    "DNK": Mark("#D55E00", "o"),
    "FIN": Mark("#0072B2", "s"),
    "ISL": Mark("#CC79A7", "D"),
    "NOR": Mark("#009E73", "^"),
    "SWE": Mark("#E69F00", "v"),
}
OTHERS: Final = tuple(Mark(SOFT, marker) for marker in "pXP*h<>8Hd")
PLAIN: Final = Mark(SOFT, "o")
"""Marks of other countries where they must be told apart, and where each has a line of its own."""

VERDICT_INKS: Final = {
    "comparable": "#00543d",
    "caution": "#6b4500",
    "not_comparable": "#8c2a14",
    "": SOFT,
}
"""Dark enough for writing: a contrast of at least 7:1 on white, but for the last."""

SETTINGS: Final[Any] = {
    "font.family": ["sans-serif"],
    "font.sans-serif": ["DejaVu Sans", "Verdana", "Arial", "sans-serif"],
    "font.size": 9.0,
    "axes.edgecolor": SOFT,
    "axes.labelcolor": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.unicode_minus": True,
    "text.color": INK,
    "text.parse_math": False,
    "xtick.color": SOFT,
    "xtick.labelcolor": INK,
    "ytick.color": SOFT,
    "ytick.labelcolor": INK,
    "svg.fonttype": "none",
    "svg.hashsalt": "nordbench",
    "figure.dpi": 100.0,
    "savefig.dpi": 150.0,
}
"""Settings of matplotlib, applied while a figure is drawn or written and never left behind."""


def marks(countries: Iterable[str]) -> dict[str, Mark]:
    """Give every country its mark; the Nordic ones always have the same.

    Parameters
    ----------
    countries : iterable of str
        ISO 3166-1 alpha-3.

    Returns
    -------
    dict

    Examples
    --------
    >>> found = marks(["EST", "NOR", "LVA"])
    >>> found["NOR"].marker, found["EST"].marker, found["LVA"].marker
    ('^', 'p', 'X')
    """
    wanted = list(countries)
    others = [code for code in wanted if code not in NORDIC]
    shapes = {code: OTHERS[place % len(OTHERS)] for place, code in enumerate(others)}
    return {code: NORDIC.get(code) or shapes[code] for code in wanted}
