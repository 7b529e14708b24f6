"""Composite indices: a tree of indicators, put together by declared rules, with its uncertainty."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmark.cube import evidence_of
from benchmark.errors import BenchmarkError, UnknownName
from comparisons.index import frame, tables, words
from comparisons.index.cells import Cells, errors, gather
from comparisons.index.model import Floats, Scored, scaled, score
from comparisons.index.notes import Treated, notes, without_score
from comparisons.index.result import Index
from comparisons.index.robust import BASE, VARY, Progress, Robust, Setting, left_out, sensitivity
from comparisons.index.robust import simulate as draw_anew
from comparisons.index.tree import AGGREGATIONS, NORMALISATIONS, WEIGHTS, Tree, read_tree, shipped
from comparisons.notes import ids_by_cell, rule_notes
from comparisons.parts import Coverage, Note, Override
from comparisons.places import listed
from comparisons.refusals import Refused, refusal
from comparisons.selection import (
    Countries,
    asked_countries,
    citations,
    named,
    select,
    thresholds,
)
from comparisons.stats.impute import Method
from comparisons.stats.impute import impute as filled
from comparisons.stats.outliers import winsorise as drawn_in
from comparisons.stats.ranks import competition
from comparisons.texts import Texts, each, texts

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

    from benchmark.figures import Evidence
    from benchmark.rules.config import Thresholds

__all__ = ["Index", "index", "read_tree", "shipped"]

DRAWS = 10_000


def index(
    cube: "xr.Dataset",
    tree: "str | Path | Mapping[str, Any] | Tree",
    year: int | Sequence[int],
    countries: Countries = None,
    *,
    normalisation: str | None = None,
    weights: str | None = None,
    aggregation: str | None = None,
    pooled: bool = False,
    winsorise: bool = False,
    impute: Method | None = None,
    uncertainty: bool | int = False,
    vary: Sequence[str] = VARY,
    seed: int = 0,
    config: "Thresholds | None" = None,
    override: str | None = None,
    progress: Progress | None = None,
) -> Index:
    """Put indicators together into one score, and say how far it can be trusted.

    Parameters
    ----------
    cube : xarray.Dataset
        dims (country, indicator, year), as `nb.load()` gives it.
    tree : str, pathlib.Path or mapping
        The index as data: the name of one that comes with the program (`egov`,
        `egov_life_event`, `egdi`, `egdi_2010`), a TOML file, or what such a file holds.
    year : int or sequence of int
        One year, or several of one method.
    countries : str or sequence of str, optional
        Names, codes and groups; all countries by default. Relative scales and weights from the
        figures rest on these countries; otherwise all are scored, for the rank among all.
    normalisation, weights, aggregation : str, optional
        One rule for the whole tree instead of its own.
    pooled : bool
        Scale all years together, so that they compare.
    winsorise : bool
        Draw outlying figures in; each is named.
    impute : {"knn", "iterative"}, optional
        Fill gaps of countries that have some figure; each is named.
    uncertainty : bool or int
        Draw the choices anew, 10,000 times or as often as given; of several years the last.
    vary : sequence of str
        What is drawn anew: some of weights, normalisation, aggregation, missing, error.
    seed : int
        Of the random numbers.
    config : Thresholds, optional
        Thresholds of the rules.
    override : str, optional
        A reason for putting together what the rules forbid; it stands on every output.
    progress : callable, optional
        Takes the blocks of draws and gives them back one by one, to show how far they are.

    Returns
    -------
    Index
        A view: `to_frame()` begins with `country, year, rank, n, pool_rank, pool_n, score`; with
        uncertainty it has `rank_low, rank_median, rank_high, shift` (5 %, median and 95 % of the
        ranks drawn, mean absolute shift). Further views stand in `attached`.

    Raises
    ------
    NotComparable
        If figures of an indicator may not stand together, the formula does not hold for a year,
        or fewer than two countries have a score.
    NoData
        If an indicator has no figure in a year.
    BenchmarkError
        With every fault of the tree; or if the figures do not allow its weights or means.

    References
    ----------
    OECD/JRC, Handbook on Constructing Composite Indicators (2008); Saisana, Saltelli and
    Tarantola, Journal of the Royal Statistical Society A 168 (2005).

    Examples
    --------
    >>> import nordbench as nb
    >>> view = nb.index(nb.load(), "egov", 2023, "nordic")
    >>> iceland = view.to_frame().set_index("country").loc["ISL"]
    >>> f"{iceland['rank']} of {iceland['n']}; {iceland['pool_rank']} of {iceland['pool_n']}"
    '1 of 5; 4 of 37'
    >>> bool((view.to_frame()["difference"].abs() < 1e-6).all())
    True
    """
    evidence, limits = evidence_of(cube), thresholds(config)
    plan = _changed(read_tree(tree, evidence.registry), normalisation, weights, aggregation)
    _known_names(vary, impute)
    years = tuple(sorted({int(one) for one in np.atleast_1d(np.asarray(year))}))
    asked = tuple(dict.fromkeys(asked_countries(cube, countries)))
    span = f"{years[0]}-{years[-1]}" if len(years) > 1 else str(years[0])
    what = texts("index.title", title=plan.root.title, years=span)
    _obey_formula(plan, years, override, what)
    _references(plan, asked)
    cells = gather(cube, evidence, plan, years, asked, limits, override, what)
    treated = _treated(cells, winsorise, impute, seed)
    scored = score(plan, scaled(plan, treated.value, cells.countries, pooled))
    work = _Work(cube, evidence, plan, cells, treated, scored, pooled, what, override)
    _enough(work)
    view = replace(_view(work), thresholds=limits.to_dict())
    if uncertainty is False:
        return _with_tables(work, view, seed)
    draws = DRAWS if uncertainty is True else int(uncertainty)
    return _uncertain(work, view, draws, tuple(vary), seed, progress)


@dataclass(frozen=True)
class _Work:
    """What the parts of a view are written from."""

    cube: "xr.Dataset"
    evidence: "Evidence"
    tree: Tree
    cells: Cells
    treated: Treated
    scored: Scored
    pooled: bool
    what: Texts
    override: str | None

    @property
    def asked(self) -> tuple[str, ...]:
        return self.cells.countries[: self.cells.asked]

    @property
    def ranked(self) -> tuple[str, ...]:
        """Those asked for that have a score in the last year."""
        return tuple(np.array(self.asked)[np.isfinite(self.last)].tolist())

    @property
    def places(self) -> Floats:
        """Their ranks."""
        return competition(self.last[np.isfinite(self.last)])

    @property
    def last(self) -> Floats:
        """Scores of the last year, dims (country,), of those asked for."""
        return self.scored.scores[self.tree.root.id][-1, : self.cells.asked]


def _changed(
    tree: Tree, normalisation: str | None, weights: str | None, aggregation: str | None
) -> Tree:
    """Apply the rules given for the whole tree."""
    given = {"normalisation": normalisation, "weights": weights, "aggregation": aggregation}
    rules = {name: value for name, value in given.items() if value is not None}
    if aggregation in ("mpi", "ampi"):
        rules.setdefault("normalisation", aggregation)
    known = {
        "normalisation": [
            one for one in NORMALISATIONS if one not in ("goalposts", "to_target", "to_reference")
        ],
        "weights": [one for one in WEIGHTS if one != "given"],
        "aggregation": list(AGGREGATIONS),
    }
    strange = [
        f"no {name} {value!r} for a whole tree; choose {', '.join(known[name])}"
        for name, value in rules.items()
        if value not in known[name]
    ]
    if strange:
        raise UnknownName("; ".join(strange))
    wrong = [leaf.id for leaf in tree.leaves if leaf.direction < 0]
    if rules.get("normalisation") == "as_published" and wrong:
        raise BenchmarkError(
            f"less is better of {', '.join(wrong)}: as published they would count the wrong way"
        )
    return tree.changed(**rules) if rules else tree


def _known_names(vary: Sequence[str], impute: str | None) -> None:
    strange = [one for one in vary if one not in VARY]
    if strange:
        raise UnknownName(f"vary: no {', '.join(strange)}; choose from {', '.join(VARY)}")
    if impute not in (None, "knn", "iterative"):
        raise UnknownName(f"no way to impute called {impute!r}; choose knn or iterative")


def _obey_formula(tree: Tree, years: Sequence[int], override: str | None, what: Texts) -> None:
    if tree.years is None or override:
        return
    first, last = tree.years
    if not all(first <= year <= last for year in years):
        facts = {"what": what, "first": first, "last": last}
        raise Refused(texts("index.refused.years", **facts), insist=True)


def _references(tree: Tree, asked: Sequence[str]) -> None:
    absent = [leaf.reference for leaf in tree.leaves if leaf.normalisation == "to_reference"]
    absent = [code for code in dict.fromkeys(absent) if code not in asked]
    if absent:
        raise BenchmarkError(
            f"distances are measured to {', '.join(absent)}, which is not among the countries "
            "asked for; add it"
        )


def _treated(cells: Cells, winsorise: bool, impute: Method | None, seed: int) -> Treated:
    """Draw in and fill in what was asked for, year by year."""
    value = cells.value.copy()
    marks = np.zeros((2, *value.shape), dtype=bool)
    for y in range(len(value)):
        if winsorise:
            for k in range(value.shape[1]):
                value[y, k], marks[0, y, k] = drawn_in(value[y, k])
        if impute:
            # Of a country without any figure nothing is known that a gap could be filled from.
            some = np.isfinite(value[y]).any(axis=0)
            value[y][:, some], marks[1, y][:, some] = filled(value[y][:, some], impute, seed=seed)
    return Treated(value, marks[1], marks[0], impute or "", seed)


def _enough(work: _Work) -> None:
    """Refuse an index of fewer than two countries, and say what they lack."""
    whole = work.scored.scores[work.tree.root.id][:, : work.cells.asked]
    n = int(np.isfinite(whole).sum(axis=1).min())
    if n > 1:
        return
    gaps = [
        each(lambda lang, one=one: f"{one.what[lang]}: {one.reason[lang]}")  # type: ignore[misc]
        for one in without_score(work.tree, work.cells, work.scored)
    ]
    if not gaps:
        raise Refused(refusal("too_few", what=work.what, n=n))
    raise Refused(texts("index.refused.scores", what=work.what, n=n, gaps=listed(gaps)))


def _view(work: _Work) -> Index:
    """Write the view of scores and ranks."""
    cells, tree = work.cells, work.tree
    told = notes(work.evidence, tree, cells, work.scored, work.treated)
    data = frame.rows(work.evidence, tree, cells, work.scored, work.treated)
    by_cell = ids_by_cell(told)
    data["notes"] = [by_cell.get(code, "") for code in data["country"]]
    if work.treated.way:
        data["score_unimputed"] = _unimputed(work, data)
    data = _beside_published(work, data)
    gaps = without_score(tree, cells, work.scored)
    present = set(data["country"])
    return Index(
        kind="index",
        title=work.what,
        data=data,
        columns=frame.columns(data),
        verdict=cells.verdict,
        notes=told,
        citations=citations(
            work.evidence, {one for cell in data["document"] for one in cell.split()}
        ),
        coverage=Coverage(work.asked, tuple(c for c in work.asked if c in present), tuple(gaps)),
        overrides=_overrides(work),
        remarks=tuple(_remarks(work, data)),
        evidence=work.evidence.hash,
        labels={"country": {code: named(code) for code in cells.countries}},
    )


def _unimputed(work: _Work, data: "pd.DataFrame") -> list[float]:
    plain = score(
        work.tree, scaled(work.tree, work.cells.value, work.cells.countries, work.pooled)
    ).scores[work.tree.root.id]
    spots = zip(data["year"], data["country"], strict=True)
    years, countries = work.cells.years, work.cells.countries
    return [float(plain[years.index(year), countries.index(code)]) for year, code in spots]


def _beside_published(work: _Work, data: "pd.DataFrame") -> "pd.DataFrame":
    name = work.tree.published
    if not name or name not in work.cube["indicator"].values.tolist():
        return data
    table = select(work.cube, [name], work.asked, work.cells.years).dropna(subset=["value"])
    keys = zip(table["country"], table["year"], strict=True)
    known = dict(zip(keys, zip(table["value"], table["decimals"], strict=True), strict=True))
    return frame.with_published(data, known)


def _overrides(work: _Work) -> tuple[Override, ...]:
    if not work.override:
        return ()
    found: list[Note] = rule_notes(work.cells.groups, least=3)
    touched = dict.fromkeys(one for note in found for one in note.touches)
    return (Override(work.override, tuple(note.id for note in found), tuple(touched)),)


def _remarks(work: _Work, data: "pd.DataFrame") -> Iterator[Texts]:
    yield from words.method(work.tree, work.scored)
    yield texts("ranking.high")
    yield texts("ranking.ties")
    yield from words.caveats(work.evidence, work.tree, work.cells, work.pooled)
    pooled = data[data["n"] != data["pool_n"]]
    if len(pooled):
        last = pooled.iloc[-1]
        yield words.among_all(int(last["n"]), int(last["pool_n"]), work.cells.pool_verdict)
    if "published" in data and data["published"].notna().any():
        yield words.published(work.evidence, work.tree, data)


def _with_tables(work: _Work, view: Index, seed: int) -> Index:
    """Set the tables beside the index that need no draws."""
    last = {name: line[-1, : work.cells.asked] for name, line in work.scored.scores.items()}
    found = {"parts": tables.parts(view, work.tree, work.scored, work.cells.years, work.asked)}
    both = tables.consistency(view, work.tree, last)
    found["consistency"], found["correlations"] = both
    if not any(group.weights == "bod" for group in work.tree.groups):
        moves = left_out(_setting(work, (), seed), work.places)
        found["left_out"] = tables.left_out(view, work.tree, moves, work.ranked)
    return replace(view, attached=found)


def _setting(work: _Work, vary: tuple[str, ...], seed: int) -> Setting:
    last = work.treated.value[-1, :, : work.cells.asked]
    some = np.isfinite(last).any(axis=0)
    sampling, rounding = (
        errors(work.evidence, work.cells)
        if "error" in vary
        else np.zeros((2, *work.cells.value.shape))
    )
    return Setting(
        work.tree,
        last[:, some],
        tuple(np.array(work.asked)[some].tolist()),
        np.isfinite(work.last)[some],
        work.scored.weights,
        sampling[-1, :, : work.cells.asked][:, some],
        rounding[-1, :, : work.cells.asked][:, some],
        vary,
        seed,
    )


def _uncertain(
    work: _Work,
    view: Index,
    draws: int,
    vary: tuple[str, ...],
    seed: int,
    progress: Progress | None,
) -> Index:
    """Draw the choices anew and set what they say beside the scores."""
    if any(group.weights == "bod" for group in work.tree.groups):
        told = replace(view, remarks=(*view.remarks, texts("index.said.bod")))
        return _with_tables(work, told, seed)
    if draws < 1:
        raise BenchmarkError(f"uncertainty={draws}: give a number of draws, 1 or more")
    setting, reference = _setting(work, vary, seed), work.places
    robust = draw_anew(setting, draws, progress)
    remarks = words.drawn(robust, reference, draws, seed)
    data = view.data
    last = data[data["year"] == work.cells.years[-1]]
    drawn = frame.with_draws(last, robust, reference, work.ranked)
    data = data.join(drawn[["rank_low", "rank_median", "rank_high", "shift"]])
    told = replace(view, data=data, columns=frame.columns(data), remarks=(*view.remarks, *remarks))
    whole = _with_tables(work, told, seed)
    more = _from_draws(whole, work, setting, robust, reference, seed)
    return replace(whole, attached={**whole.attached, **more})


def _from_draws(
    view: Index, work: _Work, setting: Setting, robust: Robust, reference: Floats, seed: int
) -> dict[str, Any]:
    shares = sensitivity(setting, reference)
    order = [int(k) for k in np.argsort(reference, kind="stable")]
    found = {"pairs": tables.pairs(view, robust, work.ranked, order)}
    if shares:
        found["sensitivity"] = tables.sensitivity(view, work.tree, shares, BASE, seed)
    return found
