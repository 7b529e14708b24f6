"""The brief: what may be said of some countries today, on one page, with every reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from benchmark.errors import NoData, NotComparable, UnknownName
from benchmark.schema import LANGUAGES
from comparisons.parts import Citation
from comparisons.refused import Refused, refused
from comparisons.texts import Texts, texts

if TYPE_CHECKING:
    import xarray as xr

    from benchmark.rules.config import Thresholds
    from comparisons.selection import Countries
    from comparisons.view import View

HEADLINE: Final = "egov.overall"
"""The indicator whose newest edition is ranked."""
FILES: Final = ("md", "html")
"""What a brief is saved as unless more is asked for."""
FORMATS: Final = {
    "text": "text",
    "txt": "text",
    "terminal": "text",
    "md": "md",
    "markdown": "md",
    "html": "html",
    "json": "json",
    "docx": "docx",
    "word": "docx",
}


@dataclass(frozen=True)
class Brief:
    """A page about some countries.

    Parameters
    ----------
    countries : mapping
        What the countries are called together.
    lang : str
        Language of the page.
    table : View
        Latest figures side by side.
    ranking : View or None
        Newest edition of the eGovernment Benchmark; None where there is none, or it is refused.
    refusal : mapping or None
        Why the ranking is refused.
    refused : tuple of Refused
        Pairs in the table that may not be compared.
    pool : View or None
        The same edition with all countries, where all may be ranked together.
    """

    countries: Texts
    lang: str
    table: "View"
    ranking: "View | None"
    refusal: Texts | None
    refused: tuple[Refused, ...]
    pool: "View | None" = None

    @property
    def views(self) -> "tuple[View, ...]":
        """The views it is made of."""
        return (self.table, self.ranking) if self.ranking else (self.table,)

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Every document behind it, once."""
        found = {one.id: one for view in self.views for one in view.citations}
        return tuple(found[key] for key in sorted(found))

    @property
    def day(self) -> str:
        """Date of the newest document behind it."""
        return max((one.date for one in self.citations), default="")

    @property
    def overrides(self) -> tuple[Any, ...]:
        """Refusals that were set aside; a brief sets none aside."""
        return tuple(one for view in self.views for one in view.overrides)

    def render(self, format: str = "text") -> str | bytes:
        """Write the brief in one format.

        Parameters
        ----------
        format : {"text", "md", "html", "json", "docx"}

        Returns
        -------
        str, or bytes for `docx`
            The whole page. HTML holds all four languages, asks nothing of the network, and says
            everything with scripts off, too.

        Raises
        ------
        UnknownName
            If there is no such format.
        """
        from comparisons import page

        name = FORMATS.get(format.lower())
        if name is None:
            raise UnknownName(
                f"no format {format!r} for a brief: choose text, md, html, json or docx"
            )
        if name == "json":
            return page.as_json(self)
        if name == "text":
            return self.text()
        if name == "docx":
            return page.as_word(self)
        return page.document(self).markdown() if name == "md" else page.as_html(self)

    def text(self, width: int = 100) -> str:
        """Write the brief as plain text.

        Parameters
        ----------
        width : int
            Longest line [characters].

        Returns
        -------
        str
        """
        from comparisons.page import document

        return document(self).text(width)

    def save(self, folder: str | Path = ".", formats: Sequence[str] = FILES) -> list[Path]:
        """Write `brief.md`, `brief.html` and the like into a folder, all or none.

        Parameters
        ----------
        folder : str or pathlib.Path
            An existing folder.
        formats : sequence of str
            Endings of the files, as for `render`.

        Returns
        -------
        list of pathlib.Path
            The files written.

        Raises
        ------
        BenchmarkError
            If the folder is missing or cannot be written to.
        """
        from comparisons.render.files import write

        return write({Path(folder) / f"brief.{name}": self.render(name) for name in formats})

    def to_dict(self) -> dict[str, Any]:
        """Give everything in it as plain lists, numbers and texts.

        Returns
        -------
        dict
            Ready for `json.dumps`.
        """
        from comparisons.page import as_dict

        return as_dict(self)

    def __str__(self) -> str:
        """Write the brief as plain text."""
        return self.text()

    def __repr__(self) -> str:
        """Name the countries."""
        return f"<Brief: {self.countries['en']}, {self.lang}>"

    def _repr_html_(self) -> str:
        from comparisons.document import fragment
        from comparisons.page import document

        return fragment(document(self))


def brief(
    cube: "xr.Dataset",
    countries: "Countries" = "nordic",
    lang: str = "en",
    *,
    config: "Thresholds | None" = None,
) -> Brief:
    """Write a brief on what may be said of some countries today.

    Parameters
    ----------
    cube : xarray.Dataset
        dims (country, indicator, year), as `nb.load()` gives it.
    countries : str or sequence of str
        Names, codes and groups; the Nordic countries by default.
    lang : {"en", "da", "nb", "sv"}
        Language of the page.
    config : Thresholds, optional
        Thresholds of the rules.

    Returns
    -------
    Brief
        The table of latest figures with verdicts, notes and sources; the newest edition of the
        eGovernment Benchmark, ranked; the comparisons that are refused, and why; method,
        thresholds and sources. `render` and `save` write it.

    Raises
    ------
    UnknownName
        If a country or the language is unknown.

    Examples
    --------
    >>> import nordbench as nb
    >>> page = nb.brief(nb.load(), "Danmark, Norge")
    >>> [pair.comparison.verdict for pair in page.refused]
    ['not_comparable']
    """
    from comparisons.table import table

    if lang not in LANGUAGES:
        raise UnknownName(f"no language {lang!r}: choose one of {', '.join(LANGUAGES)}")
    sides = table(cube, countries, config=config)
    ranked, refusal = _ranking(cube, countries, config)
    pairs = tuple(refused(cube, sides, config))
    pool = _pool(cube, ranked, config) if ranked else None
    return Brief(_called(sides), lang, sides, ranked, refusal, pairs, pool)


def _called(sides: "View") -> Texts:
    """Name the countries as prose does."""
    from comparisons.places import listed

    codes = sides.labels["country"]
    if tuple(codes) == ("DNK", "FIN", "ISL", "NOR", "SWE"):
        return texts("brief.nordic")
    return listed(list(codes.values()))


def _ranking(
    cube: "xr.Dataset", countries: "Countries", config: "Thresholds | None"
) -> tuple["View | None", Texts | None]:
    """Rank the newest edition, or say why that is refused."""
    from comparisons.ranking import ranking
    from comparisons.selection import select

    try:
        year = int(select(cube, [HEADLINE])["year"].max())
        return ranking(cube, HEADLINE, year, countries, config=config), None
    except NotComparable as error:
        told: Texts = getattr(error, "texts", dict.fromkeys(LANGUAGES, str(error)))
        return None, told
    except NoData:
        return None, None


def _pool(cube: "xr.Dataset", ranked: "View", config: "Thresholds | None") -> "View | None":
    """Rank all countries of the edition, if the rules allow it."""
    from comparisons.ranking import ranking

    try:
        return ranking(cube, HEADLINE, int(ranked.data["year"].iloc[0]), config=config)
    except NotComparable:
        return None
