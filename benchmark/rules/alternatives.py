"""What could be compared instead: the nearest figures for which the verdict is better."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from benchmark.rules.config import Thresholds
from benchmark.rules.engine import VERDICTS, Judgement, judge

if TYPE_CHECKING:
    from benchmark.figures import Evidence

Rows = NDArray[np.int64]
Row = Mapping[Any, Any]

_PLACE = ("country", "area", "geo_scope")


@dataclass(frozen=True)
class Alternative:
    """A pair of figures that could be compared instead.

    Attributes
    ----------
    a, b : str
        Addresses of the figures.
    verdict : str
        What the rules say of them.
    reason : str
        What ties them to the pair that was asked for: same ``concept``, ``pool`` or
        ``programme``.
    titles : tuple of Mapping
        Titles of their indicators by language.
    names : tuple of Mapping
        Country, area and period of each.
    """

    a: str
    b: str
    verdict: str
    reason: str
    titles: tuple[Mapping[str, str], Mapping[str, str]]
    names: tuple[Mapping[str, Any], Mapping[str, Any]]

    def text(self, lang: str = "en") -> str:
        """Write the pair for a reader.

        Parameters
        ----------
        lang : str
            ``en``, ``da``, ``nb`` or ``sv``.

        Returns
        -------
        str
            One line with both addresses.
        """
        from benchmark.language import term
        from benchmark.rules.faces import Writer, figure
        from benchmark.rules.texts import words

        a, b = (
            f"{title[lang]}, {figure(name, Writer(lang))} [{address}]"
            for title, name, address in zip(self.titles, self.names, (self.a, self.b), strict=True)
        )
        verdict = term(f"verdict.{self.verdict}", lang)
        reason = words(f"reason_{self.reason}", lang)
        return words("alternative", lang, a=a, b=b, verdict=verdict, reason=reason)

    def __str__(self) -> str:
        """Write the pair in English."""
        return self.text()


def alternatives(
    evidence: "Evidence", row_a: int, row_b: int, most: int = 3, config: Thresholds | None = None
) -> tuple[Alternative, ...]:
    """Find the nearest pairs of figures that have a better verdict than the one asked for.

    Candidates are observed figures of the same two places. Those of the same concepts are tried
    first; if none is better, pairs of one indicator in the same families.

    Parameters
    ----------
    evidence : Evidence
        Figures and registry.
    row_a, row_b : int
        The pair that was asked for, as rows of the figures table.
    most : int
        How many to give.
    config : Thresholds, optional
        Where the rules draw their lines.

    Returns
    -------
    tuple of Alternative
        Best verdict first, then nearest: places kept before places changed, then by distance in
        years.
    """
    from benchmark.metadata import columns

    asked = columns(evidence, np.array([row_a, row_b]))
    limit = judge(asked, [0], [1], config).verdict[0]
    for narrow in (True, False):
        rows, first, second = _pairs(evidence, row_a, row_b, narrow)
        if not len(first):
            continue
        found = judge(columns(evidence, rows), first, second, config)
        better = np.flatnonzero(found.verdict < limit)
        if len(better):
            nearest = _nearest(evidence, rows, found, better, (row_a, row_b))[:most]
            return tuple(_told(evidence, found, one, (row_a, row_b)) for one in nearest)
    return ()


def _pairs(evidence: "Evidence", row_a: int, row_b: int, narrow: bool) -> tuple[Rows, Rows, Rows]:
    """List candidate rows, and which of them to pair, each pair once and never the one asked."""
    rows = _candidates(evidence, row_a, row_b, narrow)
    first, second = np.triu_indices(len(rows), 1)
    indicator = evidence.figures["indicator"].cat.codes.to_numpy()[rows]
    keep = np.ones(len(first), dtype=bool) if narrow else indicator[first] == indicator[second]
    keep &= ~(np.isin(rows[first], (row_a, row_b)) & np.isin(rows[second], (row_a, row_b)))
    return rows, first[keep], second[keep]


def _candidates(evidence: "Evidence", row_a: int, row_b: int, narrow: bool) -> Rows:
    figures, entries = evidence.figures, evidence.registry.indicators
    asked = figures.iloc[[row_a, row_b]]

    def subject(indicator: object) -> str:
        concept = str(entries[str(indicator)]["concept"])
        return concept if narrow else concept.partition(".")[0]

    wanted = {subject(one) for one in asked["indicator"]}
    fits = np.array([subject(one) in wanted for one in figures["indicator"].cat.categories])
    keep = fits[figures["indicator"].cat.codes.to_numpy()]
    keep &= figures["breakdown"].isin({"total", *asked["breakdown"]}).to_numpy()
    keep &= (figures["kind"] == "observed").to_numpy() & (figures["confidence"] != "low").to_numpy()
    keep &= np.isfinite(figures["value"].to_numpy())
    places = np.zeros(len(figures), dtype=bool)
    for _, one in asked.iterrows():
        places |= np.logical_and.reduce([(figures[key] == one[key]).to_numpy() for key in _PLACE])
    keep &= places
    keep[[row_a, row_b]] = True
    return np.flatnonzero(keep)


def _nearest(
    evidence: "Evidence", rows: Rows, found: Judgement, better: Rows, asked: tuple[int, int]
) -> list[tuple[int, int, int]]:
    """Sort pairs by verdict and nearness; give position and both rows, turned as was asked."""
    year = evidence.figures["year"].to_numpy()
    place = evidence.figures.groupby(list(_PLACE), observed=True, sort=True).ngroup().to_numpy()
    ends = rows[found.i[better]], rows[found.j[better]]

    def distance(first: Rows, second: Rows) -> NDArray[np.float64]:
        # A place changed weighs more than any number of years.
        steps = (
            1000.0 * (place[end] != place[row]) + np.abs(year[end] - year[row])
            for end, row in zip((first, second), asked, strict=True)
        )
        # Two countries are best told of one and the same year.
        apart = 2 * np.abs(year[first] - year[second]) * (place[first] != place[second])
        return np.asarray(sum(steps) + apart)

    straight, turned = distance(*ends), distance(*ends[::-1])
    kept = np.isin(ends[0], asked).astype(int) + np.isin(ends[1], asked)
    keys = (ends[1], ends[0], np.minimum(straight, turned), -kept, found.verdict[better])
    order = np.lexsort((*keys[:2], keys[2] % 1000, keys[3], keys[2] // 1000, keys[4]))
    first = np.where(turned < straight, ends[1], ends[0])
    second = np.where(turned < straight, ends[0], ends[1])
    return [(int(better[k]), int(first[k]), int(second[k])) for k in order]


def _told(
    evidence: "Evidence", found: Judgement, nearest: tuple[int, int, int], asked: tuple[int, int]
) -> Alternative:
    from benchmark.addresses import address

    k, *ends = nearest
    figures = evidence.figures
    a, b, *others = (dict(figures.iloc[row]) for row in (*ends, *asked))
    titles = tuple(evidence.registry.indicators[str(one["indicator"])]["title"] for one in (a, b))
    return Alternative(
        a=address(a),
        b=address(b),
        verdict=VERDICTS[found.verdict[k]],
        reason=_reason(evidence, a, b, others),
        titles=(titles[0], titles[1]),
        names=(_name(a), _name(b)),
    )


def _name(figure: Row) -> dict[str, Any]:
    return {key: str(figure[key]) for key in ("country", "area", "period") if figure[key]}


def _reason(evidence: "Evidence", a: Row, b: Row, asked: Sequence[Row]) -> str:
    """Say what ties a pair to the one that was asked for."""
    entries = evidence.registry.indicators
    if a["pool"] and a["pool"] == b["pool"] and a["pool"] in {one["pool"] for one in asked}:
        return "pool"
    concepts = {str(entries[str(one["indicator"])]["concept"]) for one in asked}
    both = {str(entries[str(one["indicator"])]["concept"]) for one in (a, b)}
    return "concept" if both <= concepts else "programme"
