"""Which figures of a cube may be compared with which: every pair at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmark.cube import evidence_of
from benchmark.errors import BenchmarkError, NoData
from comparisons.judging import Judged, judged
from comparisons.matrix_view import matrix_view
from comparisons.parts import VERDICTS, Citation, Coverage, Note, Override
from comparisons.selection import Countries, asked_countries, named, select, thresholds
from comparisons.texts import Texts, each
from comparisons.view import View

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

    from benchmark.figures import Evidence
    from benchmark.rules.config import Thresholds

MOST_FIGURES = 3000
"""More figures make more pairs than memory of a small machine holds."""

SELF = -1
"""Code of a figure beside itself."""


@dataclass(frozen=True, eq=False)
class Comparability:
    """The verdict on every pair of figures.

    Parameters
    ----------
    dataset : xarray.Dataset
        `verdict` (int8) and `rules` (uint64, a bit a rule), dims (a, b) over addresses, with
        country, indicator and year of both sides as coordinates.
    evidence : Evidence
        Figures and registry.
    cells : DataFrame
        The figures, in the order of the dims.
    pairs : Judged
        Each pair once.
    asked : tuple of str
        Countries asked for.
    """

    dataset: "xr.Dataset"
    evidence: "Evidence"
    cells: "pd.DataFrame"
    pairs: Judged
    asked: tuple[str, ...]

    @property
    def verdict(self) -> "xr.DataArray":
        """Verdict of every pair: 0 comparable, 1 caution, 2 not comparable, -1 the same figure."""
        return self.dataset["verdict"]

    @property
    def rules(self) -> "xr.DataArray":
        """Rules that fired for every pair, a bit a rule."""
        return self.dataset["rules"]

    def view(self) -> View:
        """Set the matrix out for readers.

        Returns
        -------
        View
            A row a figure with the number of others it may be compared with; up to sixteen
            figures also stand in a matrix.
        """
        return matrix_view(self.evidence, self.cells, self.pairs, self.asked)

    def to_frame(self) -> "pd.DataFrame":
        """Give the verdicts as a square table of words, addresses on both sides."""
        import pandas as pd

        words = np.array([*VERDICTS, ""], dtype=object)
        codes = self.dataset["verdict"].to_numpy()
        names = self.dataset["a"].to_numpy()
        frame = pd.DataFrame(words[codes], index=names, columns=names)
        frame.attrs = self.view().to_frame().attrs
        return frame

    def table(self, lang: str = "en") -> "pd.DataFrame":
        """Give the sheet of `view`; see `View.table`."""
        return self.view().table(lang)

    def render(self, format: str = "text", lang: str = "en") -> str | bytes:
        """Write the view in one format; see `View.render`."""
        return self.view().render(format, lang)

    def save(self, path: str | Path, format: str | None = None, lang: str = "en") -> list[Path]:
        """Write the view to a file; see `View.save`."""
        return self.view().save(path, format, lang)

    def plot(self, **options: Any) -> Any:
        """Draw the matrix; see `View.plot`."""
        square = self.verdict.to_numpy()
        return import_module("comparisons.plots").draw(self.view(), square=square, **options)

    def to_dict(self) -> dict[str, Any]:
        """Give the view as plain lists, numbers and texts; see `View.to_dict`."""
        return self.view().to_dict()

    @property
    def notes(self) -> tuple[Note, ...]:
        """What the rules found, rule by rule."""
        return self.view().notes

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The documents behind the figures."""
        return self.view().citations

    @property
    def coverage(self) -> Coverage:
        """What was asked for, and what is missing."""
        return self.view().coverage

    @property
    def overrides(self) -> tuple[Override, ...]:
        """None: nothing is computed that could be refused."""
        return ()

    def __str__(self) -> str:
        """Set the matrix out in plain text, in English."""
        return str(self.view())

    def _repr_html_(self) -> str:
        return self.view()._repr_html_()


def comparability(
    cube: "xr.Dataset",
    indicators: str | Sequence[str] | None = None,
    countries: Countries = None,
    years: int | Sequence[int] | None = None,
    *,
    config: "Thresholds | None" = None,
) -> Comparability:
    """Judge every pair of figures in a part of the cube.

    Parameters
    ----------
    cube : xarray.Dataset
        dims (country, indicator, year), as `nb.load()` gives it.
    indicators, countries, years : optional
        Keep these; all by default.
    config : Thresholds, optional
        Thresholds of the rules.

    Returns
    -------
    Comparability
        `verdict` and `rules` as labelled arrays, dims (a, b); prints as a matrix.

    Raises
    ------
    NoData
        If fewer than two figures are left.
    BenchmarkError
        If there are more than 3,000.
    UnknownName
        If an indicator or a country is unknown.

    Examples
    --------
    >>> import nordbench as nb
    >>> found = nb.comparability(nb.load(), "gti.needs_met")
    >>> found.verdict.values.tolist()
    [[-1, 1, 1], [1, -1, 1], [1, 1, -1]]
    """
    evidence, limits = evidence_of(cube), thresholds(config)
    asked = asked_countries(cube, countries)
    wanted = [indicators] if isinstance(indicators, str) else indicators
    when = [years] if isinstance(years, int) else years
    cells = select(cube, wanted, asked, when)
    _check(len(cells))
    labels = _addresses(cells), _names(cells)
    i, j = np.triu_indices(len(cells), 1)
    pairs = judged(evidence, cells["obs"].to_numpy(), (i, j), labels, limits)
    shown = () if countries is None else asked
    return Comparability(_dataset(cells, pairs), evidence, cells, pairs, shown)


def _check(figures: int) -> None:
    if figures < 2:
        raise NoData(f"a comparison takes two figures; the selection holds {figures}")
    if figures > MOST_FIGURES:
        raise BenchmarkError(
            f"{figures:,} figures make {figures * (figures - 1) // 2:,} pairs; at most "
            f"{MOST_FIGURES:,} figures are judged in one go: choose indicators, countries or years"
        )


def _addresses(cells: "pd.DataFrame") -> list[str]:
    keys = zip(cells["country"], cells["indicator"], cells["year"], strict=True)
    return [f"{country}/{indicator}/{year}" for country, indicator, year in keys]


def _names(cells: "pd.DataFrame") -> list[Texts]:
    """Call each figure by its number in the matrix, country and year."""
    names = {code: named(code) for code in cells["country"].unique()}
    pairs = zip(cells["country"], cells["year"], strict=True)
    return [_name(number, names[code], year) for number, (code, year) in enumerate(pairs, 1)]


def _name(number: int, country: Texts, year: int) -> Texts:
    return each(lambda lang: f"{number} ({country[lang]} {year})")


def _dataset(cells: "pd.DataFrame", pairs: Judged) -> "xr.Dataset":
    import xarray as xr

    from benchmark.rules.engine import RULES

    judgement, dims = pairs.judgement, ("a", "b")
    verdict = _square(judgement.verdict, pairs, len(cells), SELF)
    rules = _square(judgement.bits, pairs, len(cells), 0)
    of_verdict = {
        "long_name": "verdict on the pair",
        "flag_values": np.array([SELF, 0, 1, 2], dtype=np.int8),
        "flag_meanings": f"same_figure {' '.join(VERDICTS)}",
    }
    of_rules = {
        "long_name": "rules that fired",
        "flag_masks": np.uint64(1) << np.arange(len(RULES), dtype=np.uint64),
        "flag_meanings": " ".join(rule.id for rule in RULES),
    }
    along = {
        f"{dim}_{name}": (dim, cells[name].to_numpy())
        for dim in dims
        for name in ("country", "indicator", "year")
    }
    addresses = {dim: np.array(pairs.ids, dtype=object) for dim in dims}
    return xr.Dataset(
        {"verdict": (dims, verdict, of_verdict), "rules": (dims, rules, of_rules)},
        coords={**addresses, **along},
    )


def _square(found: Any, pairs: Judged, size: int, diagonal: int) -> Any:
    """Set pairs out on both sides of the diagonal; the rules are symmetric."""
    square = np.full((size, size), diagonal, dtype=found.dtype)
    square[pairs.i, pairs.j] = found
    square[pairs.j, pairs.i] = found
    return square
