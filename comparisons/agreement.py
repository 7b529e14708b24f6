"""Whether rankings of the same countries agree."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, combinations
from typing import TYPE_CHECKING

import numpy as np

from benchmark.cube import evidence_of
from benchmark.language import join, number
from comparisons.contradictions import contradictions
from comparisons.course import point_names
from comparisons.notes import cell_notes, ids_by_cell, numbered, rule_notes
from comparisons.parts import Column, Coverage, Missing, Note, Override, records, worst
from comparisons.places import listed
from comparisons.rankings import Ranking, asked_rankings, cells_of, judge, names
from comparisons.refusals import Refused
from comparisons.selection import (
    Countries,
    asked_countries,
    citations,
    named,
    thresholds,
    title,
)
from comparisons.stats.agreement import (
    Concordance,
    concordance,
    footrule,
    footrule_agreement,
    spearman,
    tau_b,
)
from comparisons.stats.ranks import Floats
from comparisons.texts import Texts, each, text, texts
from comparisons.view import View
from comparisons.yearly import editions

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr
    from numpy.typing import NDArray

    from benchmark.figures import Evidence
    from benchmark.rules.config import Thresholds

_FEWEST = 3
_PLACES_TOLD = 12
"""Fewest countries two rankings can agree on; most whose places are told one by one."""
_ROUGH = 8
"""Countries below which the distribution of chi2 is only roughly that of the statistic."""


def agreement(
    cube: "xr.Dataset",
    indicators: str | Sequence[str],
    years: int | Sequence[int],
    countries: Countries = None,
    *,
    config: "Thresholds | None" = None,
    override: str | None = None,
) -> View:
    """Compare rankings of the same countries: of several indicators, of several years, or both.

    Parameters
    ----------
    cube : xarray.Dataset
        dims (country, indicator, year), as `nb.load()` gives it.
    indicators : str or sequence of str
        Ids. Printed ranks may be among them: of those only the order of the countries counts.
    years : int or sequence of int
        Years the figures stand at. Every indicator is ranked in every year.
    countries : str or sequence of str, optional
        Names, codes and groups; all by default.
    config : Thresholds, optional
        Thresholds of the rules.
    override : str, optional
        A reason for ranking what the rules forbid; it stands on every output.

    Returns
    -------
    View
        One row a pair of rankings: `tau_b`, `rho`, `footrule` [places] and `footrule_agreement`
        on the `n` countries that all rankings hold, and, the same in every row, Kendall's `w`
        of all rankings with `chi2` and `p`. Countries that some ranking lacks are named.

    Raises
    ------
    NotComparable
        If the figures of one ranking may not be ranked together, or fewer than three countries
        stand in all rankings.
    NoData
        If a year has no figure of an indicator.
    UnknownName
        If an indicator or a country is unknown.

    Notes
    -----
    The rules judge the figures inside each ranking. Between rankings no value is compared, only
    the order of the countries, so the indicators may measure different things.

    References
    ----------
    Kendall (1945) tau-b; Diaconis and Graham (1977) footrule; Kendall and Babington Smith (1939)
    W with the correction for ties, chi2 that of Friedman.

    Examples
    --------
    >>> import nordbench as nb
    >>> view = nb.agreement(nb.load(), "un.egdi", [2014, 2016, 2018], "nordic")
    >>> pair = view.to_frame().iloc[1]
    >>> pair["first"], pair["second"], float(pair["tau_b"]), float(pair["footrule"])
    ('un.egdi/2014', 'un.egdi/2018', 0.0, 8.0)
    >>> round(float(pair["w"]), 4)
    0.6444
    """
    evidence, limits = evidence_of(cube), thresholds(config)
    wanted = asked_rankings(indicators, years)
    asked = asked_countries(cube, countries)
    tables = [cells_of(cube, evidence, one, asked) for one in wanted]
    what, called = _title(evidence, wanted), names(evidence, wanted)
    if countries is None:
        asked = tuple(sorted(set().union(*(table["country"] for table in tables))))
    common = sorted(set(asked).intersection(*(table["country"] for table in tables)))
    _enough(len(common), what)
    rankings = [
        judge(evidence, table[table["country"].isin(common)], name, (limits, override), what)
        for table, name in zip(tables, called, strict=True)
    ]
    kept = np.logical_and.reduce([one.standing.ranked for one in rankings])
    _enough(int(kept.sum()), what)
    places = np.array([one.places(kept) for one in rankings])
    found = concordance(places)
    notes = _notes(evidence, rankings)
    return View(
        kind="agreement",
        title=what,
        data=_data(rankings, places, found, notes),
        columns=_columns(),
        verdict=worst([one.standing.verdict for one in rankings]),
        notes=notes,
        citations=citations(evidence, [doc for one in rankings for doc in one.table["document"]]),
        coverage=_coverage(tables, called, asked, common),
        overrides=_overrides(rankings, override),
        remarks=tuple(_remarks(rankings, places, found)),
        thresholds=limits.to_dict(),
        evidence=evidence.hash,
        labels={side: {one.id: one.name for one in rankings} for side in ("first", "second")},
    )


def _title(evidence: "Evidence", wanted: Sequence[tuple[str, int]]) -> Texts:
    titles = listed([title(evidence, one) for one in dict.fromkeys(one for one, _ in wanted)])
    years = list(dict.fromkeys(str(year) for _, year in wanted))
    return texts(
        "ranks.agreement.title", indicators=titles, years=each(lambda lang: join(years, lang))
    )


def _enough(n: int, what: Texts) -> None:
    if n < _FEWEST:
        raise Refused(texts("ranks.agreement.too_few", what=what, n=n, least=_FEWEST))


def _notes(evidence: "Evidence", rankings: Sequence[Ranking]) -> tuple[Note, ...]:
    import pandas as pd

    table = pd.concat([one.table.assign(cell=one.id) for one in rankings], ignore_index=True)
    return numbered(
        [
            *rule_notes([one.judged for one in rankings]),
            *cell_notes(records(table), evidence.registry),
            *contradictions(evidence, table, point_names(table), table["cell"].tolist()),
        ]
    )


def _data(
    rankings: Sequence[Ranking], places: Floats, found: Concordance, notes: Sequence[Note]
) -> "pd.DataFrame":
    """Set out every pair of rankings; what holds for all of them stands in every row."""
    import pandas as pd

    told = ids_by_cell(notes)
    i, j = np.triu_indices(len(rankings), 1)
    pairs = list(combinations(rankings, 2))
    return pd.DataFrame(
        {
            "first": [a.id for a, _ in pairs],
            "second": [b.id for _, b in pairs],
            "n": found.n,
            "tau_b": tau_b(places[i], places[j]),
            "rho": spearman(places[i], places[j]),
            "footrule": footrule(places[i], places[j]),
            "footrule_agreement": footrule_agreement(places[i], places[j]),
            "m": found.m,
            "w": found.w,
            "chi2": found.chi2,
            "p": found.p,
            "document": [_together(a.table["document"], b.table["document"]) for a, b in pairs],
            "locator": [f"{a.id}; {b.id}" for a, b in pairs],
            "notes": [
                _together(told.get(a.id, "").split(), told.get(b.id, "").split()) for a, b in pairs
            ],
        }
    )


def _together(*words: Iterable[str]) -> str:
    return " ".join(dict.fromkeys(chain(*words)))


def _columns() -> tuple[Column, ...]:
    return (
        Column("first", "text", "ranks.column.ranking"),
        Column("second", "text", "ranks.column.other"),
        Column("n", "number", "ranks.column.n_common"),
        Column("tau_b", "number", "ranks.column.tau_b", "", 3),
        Column("rho", "number", "ranks.column.rho", "", 3),
        Column("footrule", "number", "ranks.column.footrule"),
        Column("footrule_agreement", "number", "ranks.column.footrule_agreement", "", 3),
        Column("notes", "note"),
    )


def _coverage(
    tables: Sequence["pd.DataFrame"],
    called: Sequence[Texts],
    asked: tuple[str, ...],
    common: Sequence[str],
) -> Coverage:
    """Name the countries that some ranking lacks, and which."""
    there = [(set(table["country"]), name) for table, name in zip(tables, called, strict=True)]
    told = []
    for code in sorted(set(asked) - set(common)):
        lacking = listed([name for codes, name in there if code not in codes])
        told.append(Missing(named(code), texts("ranks.agreement.lacks", rankings=lacking)))
    return Coverage(asked, tuple(common), tuple(told))


def _overrides(rankings: Sequence[Ranking], override: str | None) -> tuple[Override, ...]:
    if not override:
        return ()
    notes = rule_notes([one.judged for one in rankings], least=3)
    touched = dict.fromkeys(one for note in notes for one in note.touches)
    return (Override(override, tuple(note.id for note in notes), tuple(touched)),)


def _remarks(rankings: Sequence[Ranking], places: Floats, found: Concordance) -> Iterator[Texts]:
    codes = rankings[0].table["country"].to_numpy(dtype=str)
    kept = np.isfinite(places[0])
    yield texts("ranks.agreement.order")
    names = listed([named(code) for code in codes[kept]], most=len(codes) + 1)
    yield texts("ranks.agreement.common", n=found.n, countries=names)
    if not kept.all():
        aside = listed([named(code) for code in codes[~kept]])
        yield texts("ranking.aside", countries=aside)
    if found.n <= _PLACES_TOLD:
        for one, line in zip(rankings, places, strict=True):
            yield texts("ranks.agreement.places", ranking=one.name, places=_told(codes, line))
    for one in rankings:
        if str(one.table["unit"].iloc[0]) == "rank":
            yield texts("ranks.agreement.printed", ranking=one.name)
    yield texts("ranks.agreement.reading")
    yield _concordance(found)
    if found.n < _ROUGH:
        yield texts("ranks.agreement.rough", n=found.n)
    told = {words["en"]: words for one in rankings for words in editions(one.table)}
    yield from told.values()


def _told(codes: "NDArray[np.str_]", places: Floats) -> Texts:
    """List the countries in the order of their places."""
    order = [k for k in np.argsort(places, kind="stable") if places[k] == places[k]]
    return each(
        lambda lang: ", ".join(f"{named(str(codes[k]))[lang]} {places[k]:.0f}" for k in order)
    )


def _concordance(found: Concordance) -> Texts:
    def write(lang: str) -> str:
        few = found.p < 0.001
        return text(
            "ranks.agreement.few" if few else "ranks.agreement.w",
            lang,
            m=found.m,
            df=found.df,
            w=number(found.w, lang, 3),
            chi2=number(found.chi2, lang, 2),
            p=number(0.001 if few else found.p, lang, 3),
        )

    return each(write)
