"""The figures of an index: gathered, judged, and named where they are missing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from benchmark.areas import is_aggregate
from comparisons.index.tree import Node, Tree
from comparisons.judging import Judged, judged
from comparisons.notes import rule_notes
from comparisons.parts import VERDICTS, worst
from comparisons.refusals import Absent, Refused, reasons, refusal
from comparisons.selection import named, select, split_missing
from comparisons.standing import stand
from comparisons.stats.series import steps
from comparisons.texts import Texts, each, texts

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

    from benchmark.figures import Evidence
    from benchmark.rules.config import Thresholds

Floats = NDArray[np.float64]
_REFUSED = len(VERDICTS) - 1
Spot = tuple[int, int, str]
"""Year, place of the indicator, and country."""


@dataclass(frozen=True)
class Cells:
    """Figures of a tree on three axes.

    Parameters
    ----------
    years : tuple of int
        In order.
    countries : tuple of str
        Those asked for, then the others the index is computed for.
    asked : int
        How many of the countries were asked for.
    value : ndarray of float
        dims (year, indicator, country).
    table : DataFrame
        One row a figure used, with `leaf` (place of the indicator).
    reasons : mapping
        Why a cell is empty, where its figure or the rules say so.
    groups : tuple of Judged
        The pairs judged.
    verdict, pool_verdict : str
        The worst verdict on what stands together, among those asked for and among all.
    """

    years: tuple[int, ...]
    countries: tuple[str, ...]
    asked: int
    value: Floats
    table: "pd.DataFrame"
    reasons: Mapping[Spot, Texts]
    groups: tuple[Judged, ...]
    verdict: str
    pool_verdict: str


def gather(
    cube: "xr.Dataset",
    evidence: "Evidence",
    tree: Tree,
    years: Sequence[int],
    asked: Sequence[str],
    config: "Thresholds",
    override: str | None,
    what: Texts,
) -> Cells:
    """Gather the figures of a tree and let the rules say which may stand together.

    Within an indicator and year countries are judged in pairs, as in a ranking; over years each
    country is judged from one figure to the next.

    Parameters
    ----------
    cube : xarray.Dataset
        dims (country, indicator, year).
    evidence : Evidence
        Figures and registry.
    tree : Tree
        The index.
    years : sequence of int
        Those asked for.
    asked : sequence of str
        Countries asked for.
    config : Thresholds
        Thresholds of the rules.
    override : str, optional
        A reason for going on all the same.
    what : mapping
        What a refusal names.

    Returns
    -------
    Cells

    Raises
    ------
    NotComparable
        If figures of an indicator may not stand together.
    NoData
        If an indicator has no figure in a year; every such gap is named.
    """
    whole = select(cube, [leaf.id for leaf in tree.leaves], None, years)
    apart = whole["country"].map(is_aggregate).to_numpy(dtype=bool)
    there, told = _known(whole[~apart], tree)
    _obey_years(cube, tree, there, years)
    if tree.relative:
        there = there[there["country"].isin(asked)].reset_index(drop=True)
    kept, groups, verdicts, pools = [], [], [], []
    refused: list[Refused] = []
    for year in years:
        for k, leaf in enumerate(tree.leaves):
            table = there[(there["leaf"] == k) & (there["year"] == year)].reset_index(drop=True)
            wanted = table["country"].isin(asked).to_numpy(dtype=bool)
            scope = _scope(leaf, year, years)
            try:
                found = stand(evidence, table, wanted, config, override, _of(what, leaf))
            except Refused as error:
                refused.append(error)
                continue
            kept.append(table[found.ranked | (found.pool & ~found.asked)])
            groups += [replace(one, scope=scope) for one in (found.among, found.against)]
            verdicts.append(found.verdict)
            pools.append(found.pool_verdict)
            for code in table["country"][found.asked & ~found.ranked]:
                told[(year, k, code)] = texts("index.missing.not_comparable")
    over_time, problems = _over_time(evidence, tree, there, years, asked, config, override, what)
    _refuse([*refused, *problems])
    groups += over_time
    verdicts += [one.verdict for one in over_time]
    both = worst(verdicts), worst([*verdicts, *pools])
    return _cells(kept, tree, years, asked, told, groups, both)


def _known(whole: "pd.DataFrame", tree: Tree) -> tuple["pd.DataFrame", dict[Spot, Texts]]:
    """Keep what has a value that is not the mark of a missing one."""
    place = whole["indicator"].map(tree.place).to_numpy(dtype=np.int64)
    there, gone = split_missing(whole.assign(leaf=place))
    told = {(row["year"], row["leaf"], row["country"]): reason for row, reason in gone}
    absent = np.zeros(len(there), dtype=bool)
    for k, leaf in enumerate(tree.leaves):
        for value, years in leaf.absent:
            hit = (there["leaf"] == k) & (there["value"] == value)
            hit &= there["year"].isin(years) if years else True
            absent |= hit.to_numpy(dtype=bool)
    for _, row in there[absent].iterrows():
        spot = (int(row["year"]), int(row["leaf"]), str(row["country"]))
        told[spot] = texts("index.missing.absent", value=f"{row['value']:g}")
    return there[~absent].reset_index(drop=True), told


def _obey_years(
    cube: "xr.Dataset", tree: Tree, there: "pd.DataFrame", years: Sequence[int]
) -> None:
    """Name every indicator without a figure in a year asked for."""
    gaps = []
    for k, leaf in enumerate(tree.leaves):
        known = set(there["year"][there["leaf"] == k])
        if short := [year for year in years if year not in known]:
            others = select(cube, [leaf.id]).dropna(subset=["value"])["year"]
            facts = {
                "years": ", ".join(map(str, short)),
                "known": ", ".join(map(str, sorted(set(others)))),
            }
            gaps.append(texts("index.no_year", indicator=leaf.title, **facts))
    if gaps:
        raise Absent(each(lambda lang: "\n".join(one[lang] for one in gaps)))


def _scope(leaf: Node, year: int, years: Sequence[int]) -> Texts:
    if len(years) == 1:
        return leaf.title
    return each(lambda lang: f"{leaf.title[lang]} ({year})")


def _of(what: Texts, leaf: Node) -> Texts:
    return each(lambda lang: f"{what[lang]}, {leaf.title[lang]}")


def _over_time(
    evidence: "Evidence",
    tree: Tree,
    there: "pd.DataFrame",
    years: Sequence[int],
    asked: Sequence[str],
    config: "Thresholds",
    override: str | None,
    what: Texts,
) -> tuple[list[Judged], list[Refused]]:
    """Judge each country from one year to the next, indicator by indicator."""
    if len(years) < 2:
        return [], []
    groups, refused = [], []
    for k, leaf in enumerate(tree.leaves):
        table = there[(there["leaf"] == k) & there["country"].isin(asked)]
        table = table.sort_values(["country", "year"], ignore_index=True)
        pairs = steps(table["country"].astype("category").cat.codes.to_numpy())
        rows = table["obs"].to_numpy()
        found = judged(evidence, rows, pairs, _labels(table), config)
        bad = found.judgement.verdict == _REFUSED
        if bad.any() and not override:
            refused.append(_broken(evidence, rows, found, bad, _of(what, leaf)))
        groups.append(replace(found, scope=leaf.title))
    return groups, refused


def _labels(table: "pd.DataFrame") -> tuple[list[str], list[Texts]]:
    names = [
        each(lambda lang, code=code, year=year: f"{named(code)[lang]} {year}")  # type: ignore[misc]
        for code, year in zip(table["country"], table["year"], strict=True)
    ]
    return table["country"].tolist(), names


def _broken(evidence: "Evidence", rows: Any, found: Judged, bad: Any, what: Texts) -> Refused:
    from comparisons.alternatives import instead

    return Refused(
        refusal("not_comparable", what=what),
        reasons(rule_notes([found], least=3)),
        instead(evidence, rows, found, bad),
        insist=True,
        findings=found.worst_findings(),
    )


def _refuse(refused: Sequence[Refused]) -> None:
    """Refuse once, with everything that stands against it."""
    if len(refused) == 1:
        raise refused[0]
    if refused:
        said = each(lambda lang: "\n".join(one.text(lang) for one in refused))
        raise Refused(said, findings=[one for error in refused for one in error.findings])


def _cells(
    kept: Sequence["pd.DataFrame"],
    tree: Tree,
    years: Sequence[int],
    asked: Sequence[str],
    told: Mapping[Spot, Texts],
    groups: Sequence[Judged],
    verdicts: tuple[str, str],
) -> Cells:
    import pandas as pd

    table = pd.concat(kept, ignore_index=True)
    others = sorted(set(table["country"]) - set(asked))
    countries = (*asked, *others)
    value = np.full((len(years), len(tree.leaves), len(countries)), np.nan)
    year = table["year"].map({one: k for k, one in enumerate(years)})
    place = table["country"].map({one: k for k, one in enumerate(countries)})
    value[year, table["leaf"], place] = table["value"]
    return Cells(tuple(years), countries, len(asked), value, table, told, tuple(groups), *verdicts)


def errors(evidence: "Evidence", cells: Cells) -> tuple[Floats, Floats]:
    """Give the figures' own error: of sampling where the base is known, and of rounding.

    Parameters
    ----------
    evidence : Evidence
        Figures and registry.
    cells : Cells
        The figures.

    Returns
    -------
    sampling : ndarray of float
        dims (year, indicator, country): standard error of shares; 0 where none is known.
    rounding : ndarray of float
        dims as before: half a unit in the last printed digit; 0 where it is not known.
    """
    from benchmark.metadata import columns
    from benchmark.rules.proportions import standard_error
    from benchmark.rules.rows import DERIVED

    table = cells.table
    known = columns(evidence, table["obs"].to_numpy())
    n = DERIVED["n_eff"](known)
    share = np.where((table["unit"] == "percent") & (n > 0), table["value"], np.nan) / 100
    sampling = np.nan_to_num(100 * standard_error(share, n))
    rounding = np.nan_to_num(0.5 * 10.0 ** -table["decimals"].to_numpy(dtype=np.float64))
    spots = (
        table["year"].map({one: k for k, one in enumerate(cells.years)}),
        table["leaf"],
        table["country"].map({one: k for k, one in enumerate(cells.countries)}),
    )
    both = np.zeros((2, *cells.value.shape))
    both[0][spots], both[1][spots] = sampling, rounding
    return both[0], both[1]
