"""A catalogue: a page an indicator, made from the registry, the figures and the rules."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from benchmark.cube import evidence_of
from benchmark.errors import BenchmarkError, UnknownName
from benchmark.language import term
from benchmark.registry import unknown
from benchmark.schema import LANGUAGES
from comparisons.document import Document, table
from comparisons.indicator_page import known, page
from comparisons.kinship import FIRST, Kin, Tie, kinship
from comparisons.texts import text

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

    from benchmark.figures import Evidence
    from benchmark.rules.config import Thresholds

_INDEX: Final = ("id", "indicator", "unit", "countries", "years")


@dataclass(frozen=True)
class Catalogue:
    """Pages on indicators, in any language.

    Parameters
    ----------
    cube : xarray.Dataset
        Where the series come from.
    names : tuple of str
        The indicators, in order.
    config : Thresholds or None
        Thresholds of the rules.
    """

    cube: "xr.Dataset"
    names: tuple[str, ...]
    config: "Thresholds | None" = None

    @cached_property
    def evidence(self) -> "Evidence":
        """Figures and registry behind the cube."""
        return evidence_of(self.cube)

    @cached_property
    def kin(self) -> dict[str, Kin]:
        """What each indicator may be compared with; judged in one go when first needed."""
        return kinship(self.evidence, self.config)

    def page(self, indicator: str, lang: str = "en") -> Document:
        """Set out what is known of one indicator.

        Parameters
        ----------
        indicator : str
            Its id.
        lang : {"en", "da", "nb", "sv"}

        Returns
        -------
        Document

        Raises
        ------
        UnknownName
            If the indicator or the language is unknown.
        """
        known(lang)
        self.evidence.registry.indicator(indicator)
        return page(self, indicator, lang)

    def index(self, lang: str = "en") -> Document:
        """List the indicators by family of concepts.

        Parameters
        ----------
        lang : {"en", "da", "nb", "sv"}

        Returns
        -------
        Document
        """
        known(lang)
        registry = self.evidence.registry
        families: dict[str, list[str]] = {}
        for name in self.names:
            family = str(registry.indicators[name]["concept"]).partition(".")[0]
            families.setdefault(family, []).append(name)
        heads = [text(f"catalogue.{key}", lang) for key in _INDEX]
        parts = tuple(
            table(
                family,
                registry.families[family]["title"][lang],
                heads,
                (self._line(name, lang) for name in names),
            )
            for family, names in sorted(families.items())
        )
        lead = (text("catalogue.lead", lang),)
        return Document(text("catalogue.heading", lang), lang, parts, lead)

    def _line(self, name: str, lang: str) -> Sequence[str]:
        entry, own = self.evidence.registry.indicators[name], self.figures(name)
        years = sorted(int(year) for year in own["year"].dropna().unique())
        span = f"{years[0]}-{years[-1]}" if len(years) > 1 else "".join(map(str, years))
        unit = term(f"unit.{entry['unit']}", lang)
        return name, entry["title"][lang], unit, str(own["country"].nunique()), span

    def figures(self, indicator: str) -> "pd.DataFrame":
        """Give the published figures of an indicator, rows of the figures table."""
        own: pd.DataFrame = self.evidence.figures.iloc[self._rows.get(indicator, [])]
        return own

    @cached_property
    def _rows(self) -> dict[str, Any]:
        groups = self.evidence.figures.groupby("indicator", observed=True).indices
        return {str(name): rows for name, rows in groups.items()}

    @cached_property
    def cells(self) -> "dict[str, pd.DataFrame]":
        """Cells of the cube by indicator."""
        from benchmark.cube import cells

        return {str(name): part for name, part in cells(self.cube).groupby("indicator")}

    def rows(self, lang: str = "en") -> list[dict[str, Any]]:
        """List the indicators as plain data, with what each may be compared with.

        Parameters
        ----------
        lang : {"en", "da", "nb", "sv"}
            Language of titles and descriptions.

        Returns
        -------
        list of dict
        """
        return [self._row(name, lang) for name in self.names]

    def _row(self, name: str, lang: str) -> dict[str, Any]:
        entry, own = self.evidence.registry.indicators[name], self.figures(name)
        kin = self.kin.get(name, Kin())
        found = {key: entry[key] for key in ("concept", "programme", "unit", "direction", "base")}
        told = {key: entry[key][lang] for key in ("title", "description")}
        return {
            "indicator": name,
            **told,
            **found,
            "figures": len(own),
            "countries": own["country"].nunique(),
            **{key: _plain(getattr(kin, key)) for key in ("years", "across", "others")},
        }

    def drawing(self, indicator: str, lang: str = "en") -> bytes | None:
        """Draw the series of the Nordic countries.

        Parameters
        ----------
        indicator : str
            Its id.
        lang : {"en", "da", "nb", "sv"}

        Returns
        -------
        bytes or None
            An SVG; None where no country has two figures, or all may not be compared.
        """
        from benchmark.errors import NoData, NotComparable
        from comparisons.trend import trend

        try:
            view = trend(self.cube, indicator, list(FIRST), config=self.config)
        except (NoData, NotComparable):
            return None
        drawn: bytes = view.plot(lang=lang).written("svg")
        return drawn

    def save(
        self, folder: str | Path, languages: Sequence[str] = LANGUAGES, *, drawings: bool = False
    ) -> list[Path]:
        """Write a Markdown page for each indicator and language, and an index for each language.

        Parameters
        ----------
        folder : str or pathlib.Path
            An existing folder; each language gets a folder in it.
        languages : sequence of str
            Any of en, da, nb and sv.
        drawings : bool
            Draw the series, too; that takes a good deal longer.

        Returns
        -------
        list of pathlib.Path
            The files written, all or none of a language.

        Raises
        ------
        BenchmarkError
            If the folder cannot be made or written to.
        """
        from comparisons.render.files import write

        written: list[Path] = []
        for lang in languages:
            home = Path(folder) / lang
            try:
                home.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise BenchmarkError(
                    f"folder {str(home)!r} cannot be made: {error.strerror}; choose another"
                ) from error
            files: dict[Path, str | bytes] = {home / "index.md": _linked(self.index(lang))}
            for name in self.names:
                files |= self._files(home, name, lang, drawings)
            written += write(files)
        return written

    def _files(self, home: Path, name: str, lang: str, drawn: bool) -> dict[Path, str | bytes]:
        page = self.page(name, lang)
        drawing = self.drawing(name, lang) if drawn else None
        if drawing is None:
            return {home / f"{name}.md": page.markdown()}
        head, mark, rest = page.markdown().partition("\n## ")
        shown = f"{head}\n![{page.title}]({name}.svg)\n{mark}{rest}"
        return {home / f"{name}.md": shown, home / f"{name}.svg": drawing}


def catalogue(
    cube: "xr.Dataset",
    indicators: str | Iterable[str] | None = None,
    *,
    config: "Thresholds | None" = None,
) -> Catalogue:
    """Make the catalogue of the indicators of a cube.

    Parameters
    ----------
    cube : xarray.Dataset
        dims (country, indicator, year), as `nb.load()` gives it.
    indicators : str or iterable of str, optional
        An id, several, or a concept or family of concepts; all indicators by default.
    config : Thresholds, optional
        Thresholds of the rules.

    Returns
    -------
    Catalogue
        `page(indicator, lang)` is one page, `index(lang)` the list, `save(folder)` writes them.

    Raises
    ------
    UnknownName
        If an indicator is not registered; near ids are suggested.

    Examples
    --------
    >>> import nordbench as nb
    >>> pages = catalogue(nb.load(), "dst.help_needed")
    >>> [(tie.verdict, tie.members) for tie in pages.kin["dst.help_needed"].years]
    [('caution', ('2022-2024',))]
    """
    registry = evidence_of(cube).registry
    asked = [indicators] if isinstance(indicators, str) else indicators
    names: list[str] = []
    for one in sorted(registry.indicators) if asked is None else asked:
        inside = (
            [one]
            if one in registry.indicators
            else [
                name
                for name, entry in sorted(registry.indicators.items())
                if one in (entry["concept"], str(entry["concept"]).partition(".")[0])
            ]
        )
        if not inside:
            raise UnknownName(unknown("indicator", one, sorted(registry.indicators)))
        names += inside
    return Catalogue(cube, tuple(dict.fromkeys(names)), config)


def _plain(ties: Iterable[Tie]) -> list[dict[str, Any]]:
    return [
        {"verdict": one.verdict, "rules": list(one.rules), "with": list(one.members)}
        | ({} if one.year is None else {"year": one.year})
        for one in ties
    ]


def _linked(page: Document) -> str:
    """Write the index with a link to the page of each indicator."""
    lines = []
    for line in page.markdown().split("\n"):
        cells = line.split(" | ")
        name = cells[0].removeprefix("| ").replace("\\", "")
        real = len(cells) == len(_INDEX) and "." in name
        lines.append(line.replace(cells[0], f"| [{name}]({name}.md)", 1) if real else line)
    return "\n".join(lines)
