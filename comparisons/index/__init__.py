"""Composite indices: a tree of indicators, put together by declared rules, with its uncertainty."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmark.cube import evidence_of
from benchmark.errors import BenchmarkError, UnknownName
from comparisons.index.assembly import Work, enough, scores_view, with_draws, with_tables
from comparisons.index.cells import Cells, gather
from comparisons.index.draws import VARY, Progress
from comparisons.index.model import scaled, score
from comparisons.index.notes import Treated
from comparisons.index.result import Index
from comparisons.index.tree import AGGREGATIONS, NORMALISATIONS, WEIGHTS, Tree, read_tree, shipped
from comparisons.refusals import Refused
from comparisons.selection import Countries, asked_countries, thresholds
from comparisons.stats.impute import Method
from comparisons.stats.impute import impute as filled
from comparisons.stats.outliers import winsorise as drawn_in
from comparisons.texts import Texts, texts

if TYPE_CHECKING:
    import xarray as xr

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
    work = Work(cube, evidence, plan, cells, treated, scored, pooled, what, override)
    enough(work)
    view = replace(scores_view(work), thresholds=limits.to_dict())
    if uncertainty is False:
        return with_tables(work, view, seed)
    draws = DRAWS if uncertainty is True else int(uncertainty)
    return with_draws(work, view, draws, tuple(vary), seed, progress)


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
