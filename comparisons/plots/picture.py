"""A figure that describes itself in words and looks the same every time it is written."""

import io
from html import escape
from typing import Final

import matplotlib as mpl
from matplotlib.figure import Figure

from comparisons.plots.style import SETTINGS

# Left out of the file, as they change from run to run or from machine to machine.
_SILENT: Final = {"svg": {"Date": None, "Creator": None}, "png": {"Software": None}}


class Picture(Figure):
    """A matplotlib figure with a text for those who cannot see it.

    Attributes
    ----------
    title : str
        What it shows.
    alt : str
        What can be read off it, in words.
    lang : str
        Language of both.
    """

    title = ""
    alt = ""
    lang = "en"

    def written(self, format: str = "svg") -> bytes:
        """Write the figure; the same figure gives the same bytes.

        Parameters
        ----------
        format : {"svg", "png"}

        Returns
        -------
        bytes
        """
        target = io.BytesIO()
        told = {"Title": self.title, "Description": self.alt}
        with mpl.rc_context(SETTINGS):
            self.savefig(target, format=format, metadata={**told, **_SILENT[format]})
        return self._described(target.getvalue()) if format == "svg" else target.getvalue()

    def _described(self, drawn: bytes) -> bytes:
        """Give the drawing a role, a name and a description that screen readers find."""
        before, mark, after = drawn.decode("utf-8").partition("<svg ")
        opening, end, rest = after.partition(">")
        role = f'{mark}role="img" lang="{self.lang}" aria-label="{escape(self.alt)}" {opening}{end}'
        return f"{before}{role}{rest}".encode()

    def _repr_svg_(self) -> str:
        return self.written("svg").decode("utf-8")
