"""The countries that have a figure in two years, and what the rules say of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from comparisons.course import point_names
from comparisons.judging import Judged, judged, part
from comparisons.notes import rule_notes
from comparisons.parts import VERDICTS, worst
from comparisons.places import Ints, Mask
from comparisons.refusals import Absent, Refused, reasons, refusal
from comparisons.standing import stand
from comparisons.stats.ranks import Floats
from comparisons.texts import Texts, same, texts

if TYPE_CHECKING:
    import pandas as pd

    from benchmark.figures import Evidence
    from benchmark.rules.config import Thresholds

_REFUSED = 2


@dataclass(frozen=True)
class TwoYears:
    """The countries of two years, who of them is counted, and what the rules say.

    Parameters
    ----------
    table : DataFrame
        The cells of both years.
    codes : tuple of str
        Countries with a figure in either year.
    at : ndarray of int, dims (year, country)
        Position of each country's cell in the table; -1 where it has none.
    counted : ndarray of bool, dims (year, country)
        Countries with a cell that may be compared with the others.
    shown : tuple of str
        Those asked for that have a figure in both years.
    groups : tuple of Judged
        The pairs of each year that a country shown is in, and every country's two figures.
    """

    table: "pd.DataFrame"
    codes: tuple[str, ...]
    at: NDArray[np.int64]
    counted: Mask
    shown: tuple[str, ...]
    groups: tuple[Judged, ...]

    @property
    def there(self) -> Mask:
        """Countries with a cell, dims (year, country)."""
        return np.asarray(self.at >= 0)

    @property
    def here(self) -> list[int]:
        """Positions of the countries shown."""
        return [self.codes.index(code) for code in self.shown]

    def scores(self, year: int) -> Floats:
        """Give the score of each country in a year, not-a-number where it is not counted."""
        values = self.table["value"].to_numpy(dtype=float)[self.at[year]]
        return np.where(self.counted[year], values, np.nan)

    def cells(self, year: int) -> "pd.DataFrame":
        """Give the cells of the countries shown in a year."""
        rows = self.at[year][self.here]
        cells: pd.DataFrame = self.table.iloc[rows].reset_index(drop=True)
        return cells

    def named(self, mask: Mask) -> list[str]:
        """Name the countries of a mask by their codes."""
        return [code for code, hit in zip(self.codes, mask, strict=True) if hit]

    @property
    def verdict(self) -> str:
        """The worst verdict on any pair that is counted."""
        alive = self.named(np.asarray(self.counted.any(axis=0)))
        found = []
        for group in self.groups:
            kept = np.isin(np.array(group.ids), alive)
            codes = group.judgement.verdict[kept[group.i] & kept[group.j]]
            found += [VERDICTS[code] for code in np.unique(codes)]
        return worst(found)


def judge(
    evidence: "Evidence",
    tables: Sequence["pd.DataFrame"],
    asked: tuple[str, ...],
    config: "Thresholds",
    override: str | None,
    what: Texts,
) -> TwoYears:
    """Judge the countries of each year, and every country's two figures.

    Parameters
    ----------
    evidence : Evidence
        Figures and registry.
    tables : sequence of DataFrame
        The cells of the earlier and of the later year, one a country.
    asked : tuple of str
        Countries asked for.
    config : Thresholds
        Thresholds of the rules.
    override : str, optional
        A reason for comparing all the same.
    what : mapping
        What a refusal names.

    Returns
    -------
    TwoYears
        A country that is not comparable with the others of a year, or whose two figures are not
        comparable, is counted in neither year.

    Raises
    ------
    NotComparable
        If the figures of a year may not stand together, or none of the countries shown has two
        figures that may be compared.
    NoData
        If no country asked for has a figure in both years.
    """
    import pandas as pd

    standings = [
        stand(evidence, table, np.ones(len(table), dtype=bool), config, override, what)
        for table in tables
    ]
    table = pd.concat(tables, ignore_index=True)
    codes = tuple(sorted(set(table["country"])))
    at = _positions(table, codes, len(tables[0]))
    there, both = at >= 0, np.asarray((at >= 0).all(axis=0))
    shown = tuple(code for code in asked if code in codes and both[codes.index(code)])
    if not shown:
        raise Absent(texts("ranks.change.nobody", indicator=what))
    rows, labels = table["obs"].to_numpy(), (table["country"].tolist(), point_names(table))
    over = judged(evidence, rows, (at[0][both], at[1][both]), labels, config)
    lost = np.zeros(len(codes), dtype=bool)
    if not override:
        _obey(evidence, rows, _touching(over, shown, None), what)
        ranked = np.concatenate([one.ranked for one in standings])
        lost = (there & ~ranked[at]).any(axis=0)
        lost[np.flatnonzero(both)[over.judgement.verdict == _REFUSED]] = True
    within = [
        _touching(one.among, shown, same(str(cells["year"].iloc[0])))
        for one, cells in zip(standings, tables, strict=True)
    ]
    return TwoYears(table, codes, at, there & ~lost, shown, (*within, over))


def _positions(table: "pd.DataFrame", codes: tuple[str, ...], first: int) -> NDArray[np.int64]:
    """Find each country's cell among the first rows and among the rest."""
    found = np.full((2, len(codes)), -1, dtype=np.int64)
    place = {code: k for k, code in enumerate(codes)}
    for row, code in enumerate(table["country"]):
        found[int(row >= first), place[code]] = row
    return found


def _touching(pairs: Judged, shown: Sequence[str], scope: Texts | None) -> Judged:
    """Keep the pairs that a country shown is in."""
    hit = np.isin(np.array(pairs.ids), shown)
    return part(pairs, hit[pairs.i] | hit[pairs.j], scope)


def _obey(evidence: "Evidence", rows: Ints, over: Judged, what: Texts) -> None:
    """Refuse where no country shown has two figures that may be compared."""
    refused = over.judgement.verdict == _REFUSED
    if not refused.all():
        return
    from comparisons.alternatives import instead

    raise Refused(
        refusal("not_comparable", what=what),
        reasons(rule_notes([over], least=3)),
        instead(evidence, rows, over, refused),
        insist=True,
        findings=over.worst_findings(),
    )
