"""Countries that are complete and comparable over several indicators."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from comparisons.cells import Cells, Floats, cells_at, levels, no_printed_rank
from comparisons.judging import Judged, part
from comparisons.parts import Missing
from comparisons.refusals import Refused
from comparisons.selection import named, title
from comparisons.standing import stand
from comparisons.texts import Texts, texts

if TYPE_CHECKING:
    import pandas as pd

    from benchmark.figures import Evidence
    from benchmark.rules.config import Thresholds

Years = int | Mapping[str, int] | None
FEWEST: Final = 4
"""Countries below which there is nothing to divide."""


@dataclass(frozen=True)
class Complete:
    """A table without holes.

    Parameters
    ----------
    table : DataFrame
        The cells, by indicator and country.
    codes : tuple of str
        The countries.
    left : tuple of Missing
        Those that left, and why.
    judged : tuple of Judged
        The pairs of the countries on each indicator.
    """

    table: "pd.DataFrame"
    codes: tuple[str, ...]
    left: tuple[Missing, ...]
    judged: tuple[Judged, ...]

    @property
    def values(self) -> Floats:
        """Levels, dims (country, indicator), in the unit of differences."""
        return np.asarray(levels(self.table).reshape(-1, len(self.codes)).T)


def complete(
    evidence: "Evidence",
    series: "pd.DataFrame",
    indicators: Sequence[str],
    year: Years,
    asked: tuple[str, ...],
    config: "Thresholds",
    override: str | None,
    what: Texts,
) -> Complete:
    """Keep the countries with a comparable figure for every indicator.

    Parameters
    ----------
    evidence : Evidence
        Figures and registry.
    series : DataFrame
        All cells of the indicators.
    indicators : sequence of str
        Their ids.
    year : int or mapping of str to int, optional
        Year of the figures; the newest of each indicator by default.
    asked : tuple of str
        Countries asked for.
    config : Thresholds
        Thresholds of the rules.
    override : str, optional
        A reason for going on over what the rules forbid.
    what : mapping
        What a refusal names.

    Returns
    -------
    Complete

    Raises
    ------
    NotComparable
        If countries may not be compared on an indicator, or too few are left.
    """
    import pandas as pd

    parts, left, groups = [], list[Missing](), []
    for one in indicators:
        no_printed_rank(evidence, one, what)
        cells = _cells(evidence, series, one, year, asked)
        ranked, among = _stood(evidence, cells, one, config, override, what)
        parts.append(cells.table[ranked].set_index("country"))
        groups.append(among)
        left += _left(evidence, one, cells, ranked)
    codes = tuple(code for code in asked if all(code in one.index for one in parts))
    _enough(codes, what)
    table = pd.concat([one.loc[list(codes)].reset_index() for one in parts], ignore_index=True)
    return Complete(table, codes, tuple(left), tuple(_only(one, codes) for one in groups))


def _cells(
    evidence: "Evidence",
    series: "pd.DataFrame",
    indicator: str,
    year: Years,
    asked: tuple[str, ...],
) -> Cells:
    own = series[series["indicator"] == indicator]
    given = year.get(indicator) if isinstance(year, Mapping) else year
    when = int(own["year"].max()) if given is None else int(given)
    cells = cells_at(evidence, own, when, asked)
    return Cells(cells.table[cells.those(asked)].reset_index(drop=True), cells.missing)


def _stood(
    evidence: "Evidence",
    cells: Cells,
    indicator: str,
    config: "Thresholds",
    override: str | None,
    what: Texts,
) -> tuple[Any, Judged]:
    """Judge the countries on one indicator; who stands apart leaves."""
    everybody = np.ones(len(cells.table), dtype=bool)
    standing = stand(evidence, cells.table, everybody, config, override, what)
    ids = tuple(f"{indicator}/{code}" for code in cells.codes)
    return standing.ranked, replace(standing.among, ids=ids, scope=title(evidence, indicator))


def _left(evidence: "Evidence", indicator: str, cells: Cells, ranked: Any) -> list[Missing]:
    """Name who leaves because of one indicator, and why."""
    name = title(evidence, indicator)
    told = [
        replace(one, reason=texts("note.scoped", scope=name, places=one.reason))
        for one in cells.missing
    ]
    apart = texts("note.scoped", scope=name, places=texts("peers.apart"))
    codes = np.array(cells.codes)[~ranked]
    return [*told, *(Missing(named(str(code)), apart) for code in codes)]


def _enough(codes: Sequence[str], what: Texts) -> None:
    if len(codes) < FEWEST:
        raise Refused(texts("peers.too_few", what=what, n=len(codes), fewest=FEWEST))


def _only(pairs: Judged, codes: Sequence[str]) -> Judged:
    """Keep the pairs of countries that are left."""
    inside = np.array([one.rpartition("/")[2] in codes for one in pairs.ids])
    return part(pairs, inside[pairs.i] & inside[pairs.j], pairs.scope)
