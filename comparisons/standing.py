"""Who may be ranked, and against whom: the rules applied to the countries of a ranking."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from comparisons.judging import Judged, among_all, judged
from comparisons.notes import rule_notes
from comparisons.parts import VERDICTS, worst
from comparisons.places import Ints, Mask
from comparisons.refusals import Refused, reasons, refusal
from comparisons.selection import named
from comparisons.texts import Texts, texts

if TYPE_CHECKING:
    import pandas as pd

    from benchmark.figures import Evidence
    from benchmark.rules.config import Thresholds

_REFUSED = 2


@dataclass(frozen=True)
class Standing:
    """Who is ranked, and against whom.

    Parameters
    ----------
    asked, ranked, pool : ndarray of bool
        Along the cells: asked for; ranked among those; counted in the rank among all.
    among : Judged
        The pairs of those asked for.
    against : Judged
        The pairs of those ranked with every country not asked for.
    """

    asked: Mask
    ranked: Mask
    pool: Mask
    among: Judged
    against: Judged

    @property
    def verdict(self) -> str:
        """The worst verdict among those ranked."""
        inside = self.ranked[self.among.i] & self.ranked[self.among.j]
        return _worst(self.among.judgement.verdict[inside])

    @property
    def pool_verdict(self) -> str:
        """The worst verdict among those ranked and between them and the rest of the pool."""
        counted = self.pool[self.against.i] & self.pool[self.against.j]
        return worst([self.verdict, _worst(self.against.judgement.verdict[counted])])


def _worst(codes: Any) -> str:
    return VERDICTS[int(codes.max())] if len(codes) else ""


def stand(
    evidence: "Evidence",
    table: "pd.DataFrame",
    asked: Mask,
    config: "Thresholds",
    override: str | None,
    what: Texts,
) -> Standing:
    """Judge the countries of a ranking and set those aside that may not be ranked.

    Parameters
    ----------
    evidence : Evidence
        Figures and registry.
    table : DataFrame
        The cells of all countries with a figure, one a country.
    asked : ndarray of bool
        Those asked for, along the cells.
    config : Thresholds
        Thresholds of the rules.
    override : str, optional
        A reason for ranking all the same.
    what : mapping
        What a refusal names.

    Returns
    -------
    Standing

    Raises
    ------
    NotComparable
        If pairs are not comparable, or fewer than two countries are left.
    """
    rows, codes = table["obs"].to_numpy(), table["country"].tolist()
    labels = codes, [named(code) for code in codes]
    inside = np.flatnonzero(asked)
    first, second = np.triu_indices(len(inside), 1)
    among = judged(evidence, rows, (inside[first], inside[second]), labels, config)
    ranked = asked if override else asked & ~_outsiders(among, asked)
    _obey(evidence, rows, among, ranked, override, what)
    pairs = (a.ravel() for a in np.meshgrid(np.flatnonzero(ranked), np.flatnonzero(~asked)))
    i, j = pairs
    against = judged(evidence, rows, (i, j), labels, config)
    barred = np.zeros(len(rows), dtype=bool)
    if not override:
        barred[j[against.judgement.verdict == _REFUSED]] = True
    pool = among_all(against, texts("ranking.pool_scope"))
    return Standing(asked, ranked, (ranked | ~asked) & ~barred, among, pool)


def _outsiders(among: Judged, asked: Mask) -> Mask:
    """Find countries that are not comparable with any other one asked for."""
    refused = among.judgement.verdict == _REFUSED
    hits = np.zeros(len(asked), dtype=np.int64)
    np.add.at(hits, among.i[refused], 1)
    np.add.at(hits, among.j[refused], 1)
    found: Mask = asked & (hits == asked.sum() - 1) & (hits > 0)
    return found


def _obey(
    evidence: "Evidence",
    rows: Ints,
    among: Judged,
    ranked: Mask,
    override: str | None,
    what: Texts,
) -> None:
    refused = among.judgement.verdict == _REFUSED
    left = int(ranked.sum())
    still = refused & ranked[among.i] & ranked[among.j]
    if left > 1 and (override or not still.any()):
        return
    if not refused.any():
        raise Refused(refusal("too_few", what=what, n=left))
    from comparisons.alternatives import instead

    raise Refused(
        refusal("not_comparable", what=what),
        reasons(rule_notes([among], least=3)),
        instead(evidence, rows, among, refused),
        insist=True,
        findings=among.worst_findings(),
    )
