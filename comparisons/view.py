"""What every comparator returns: data, verdict, notes, sources and coverage in one object.

A view keeps its data unrounded and its words in every language. Renderers read it through one
localised face (`comparisons.render.face`), so that nothing can fall off on the way out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from comparisons.parts import Citation, Column, Coverage, Note, Override
from comparisons.texts import Texts

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class View:
    """A comparison, ready to be read, drawn, printed or computed with.

    Parameters
    ----------
    kind : str
        The comparator: `ranking`, `trend`, `table` or `comparability`.
    title : mapping
        The title in each language.
    data : pandas.DataFrame
        One row an item, codes and unrounded numbers; `notes` holds ids of notes.
    columns : tuple of Column
        The columns shown to readers, in order; the data may hold more.
    verdict : str
        `comparable`, `caution`, `not_comparable`, or empty where nothing is compared.
    notes : tuple of Note
        Every remark on the cells, numbered in the order of the rules.
    citations : tuple of Citation
        The documents behind the cells.
    coverage : Coverage
        What was asked for, what is there, what is missing and why.
    overrides : tuple of Override
        Refusals that were set aside, with the reason given.
    remarks : tuple of mapping
        Sentences a reader needs before the figures.
    thresholds : mapping
        The thresholds the rules used.
    evidence : str
        Hash of the figures table behind the view.
    labels : mapping
        Column -> code -> text in each language.
    layout : {"list", "matrix"}
        `list` prints a line a row; `matrix` sets countries side by side.

    Notes
    -----
    A view is a value: its methods read it and never change it.
    """

    kind: str
    title: Texts
    data: "pd.DataFrame"
    columns: tuple[Column, ...]
    verdict: str
    notes: tuple[Note, ...] = ()
    citations: tuple[Citation, ...] = ()
    coverage: Coverage = field(default_factory=Coverage)
    overrides: tuple[Override, ...] = ()
    remarks: tuple[Texts, ...] = ()
    thresholds: Mapping[str, object] = field(default_factory=dict)
    evidence: str = ""
    labels: Mapping[str, Mapping[str, Texts]] = field(default_factory=dict)
    layout: str = "list"

    def to_frame(self) -> "pd.DataFrame":
        """Give the data, unrounded, with verdict, notes and overrides in its `attrs`.

        Returns
        -------
        pandas.DataFrame
            A copy; `attrs` holds `verdict`, `notes`, `overrides`, `coverage` and `citations`.
        """
        frame = self.data.copy()
        told = self.to_dict()
        kept = ("kind", "verdict", "notes", "overrides", "coverage", "citations")
        frame.attrs = {key: told[key] for key in kept}
        return frame

    def table(self, lang: str = "en") -> "pd.DataFrame":
        """Give the sheet as a reader sees it: headings, names and numbers of one language.

        Parameters
        ----------
        lang : {"en", "da", "nb", "sv"}

        Returns
        -------
        pandas.DataFrame
            Texts only; `attrs` as in `to_frame`.
        """
        import pandas as pd

        from comparisons.render.sheet import sheet

        page = sheet(self, lang)
        rows = [[cell.plain() for cell in row.cells] for row in page.rows]
        frame = pd.DataFrame(rows, columns=[head.text for head in page.heads])
        frame.attrs = self.to_frame().attrs
        return frame

    def render(self, format: str = "text", lang: str = "en") -> str | bytes:
        """Write the view in one format.

        Parameters
        ----------
        format : str
            `text`, `md`, `html`, `tex`, `csv`, `json`, `docx` or `xlsx`.
        lang : {"en", "da", "nb", "sv"}

        Returns
        -------
        str, or bytes for `docx` and `xlsx`
            The whole document. In `csv` the notes follow the data in lines that start with `# `.

        Raises
        ------
        UnknownName
            If there is no such format or language.
        """
        from comparisons.render import render

        return render(self, format, lang)

    def save(self, path: str | Path, format: str | None = None, lang: str = "en") -> list[Path]:
        """Write the view to a file, whole or not at all.

        Parameters
        ----------
        path : str or pathlib.Path
            Where to; the ending names the format unless `format` does.
        format : str, optional
            As for `render`.
        lang : {"en", "da", "nb", "sv"}

        Returns
        -------
        list of pathlib.Path
            The files written; `csv` writes the notes beside the data, in `<name>-notes.csv`.

        Raises
        ------
        UnknownName
            If the format or language is unknown.
        BenchmarkError
            If the folder is missing or cannot be written to.
        """
        from comparisons.render import save

        return save(self, Path(path), format, lang)

    def plot(self, **options: Any) -> Any:
        """Draw the view; notes, verdict and sources stand on the figure.

        Parameters
        ----------
        **options
            Passed to `comparisons.plots`.

        Returns
        -------
        matplotlib.figure.Figure
        """
        return import_module("comparisons.plots").draw(self, **options)

    def to_dict(self) -> dict[str, Any]:
        """Give everything the view holds as plain lists, numbers and texts.

        Returns
        -------
        dict
            Ready for `json.dumps`; absent numbers are None.
        """
        from comparisons.render.as_json import as_dict

        return as_dict(self)

    def __str__(self) -> str:
        """Set the view out in plain text, in English."""
        from comparisons.render import terminal

        return terminal.render(self)

    def _repr_html_(self) -> str:
        from comparisons.render import html

        return html.fragment(self, "en")
