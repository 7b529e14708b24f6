"""Countries side by side: a row a subject, the latest figure of each country in its cell."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from benchmark.areas import name as area_name
from benchmark.cube import evidence_of
from benchmark.errors import UnknownName
from comparisons.contradictions import contradictions
from comparisons.judging import Judged, judged, part
from comparisons.notes import cell_notes, ids_by_cell, numbered, rule_notes
from comparisons.parts import Column, Coverage, Missing, Note, records, worst
from comparisons.places import listed
from comparisons.pools import Pools, place_among_all
from comparisons.rows import Row, choose
from comparisons.selection import (
    Countries,
    asked_countries,
    citations,
    named,
    select,
    split_missing,
    thresholds,
)
from comparisons.texts import Texts, each, texts
from comparisons.view import View

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

    from benchmark.figures import Evidence
    from benchmark.rules.config import Thresholds

COLUMNS = (
    Column("row"),
    Column("country"),
    Column("indicator"),
    Column("value", "number", decimals="decimals"),
    Column("year"),
    Column("status", "flag"),
    Column("verdict"),
    Column("notes", "note"),
)


def table(
    cube: "xr.Dataset",
    countries: Countries = "nordic",
    rows: str | Sequence[str] | None = None,
    *,
    year: int | None = None,
    config: "Thresholds | None" = None,
) -> View:
    """Set countries side by side on several subjects.

    Parameters
    ----------
    cube : xarray.Dataset
        dims (country, indicator, year), as `nb.load()` gives it.
    countries : str or sequence of str
        Names, codes and groups; the Nordic countries by default.
    rows : str or sequence of str, optional
        Subjects of `comparisons/data/rows.toml` or ids of indicators; all subjects by default.
    year : int, optional
        Show the latest figure up to this year; by default the latest of all.
    config : Thresholds, optional
        Thresholds of the rules.

    Returns
    -------
    View
        `to_frame()` has a line a cell, with its indicator, year, value and the verdict on its
        row. The table ranks nothing and computes no difference. A score from one indicator and
        year carries its place among all countries, where the rules allow that comparison.

    Raises
    ------
    UnknownName
        Naming all rows and countries that are not known.

    Notes
    -----
    The verdict on a row is the worst among all pairs of its cells, whichever indicators they
    come from.

    Examples
    --------
    >>> import nordbench as nb
    >>> view = nb.table(nb.load(), "DK, NO", "trust")
    >>> view.to_frame()[["country", "value", "year", "verdict"]].to_numpy().tolist()
    [['DNK', 78.0, 2023, 'not_comparable'], ['NOR', 47.0, 2021, 'not_comparable']]
    """
    evidence, limits = evidence_of(cube), thresholds(config)
    chosen, codes = _asked(cube, evidence, countries, rows)
    cells, gone = _cells(cube, evidence, chosen, codes, year)
    whole = _judge(evidence, cells, limits)
    groups = _groups(cells, chosen, whole)
    pools = place_among_all(cube, evidence, cells, groups, limits)
    notes = _notes(evidence, cells, groups, pools)
    verdicts = {row: group.verdict for row, group in groups.items()}
    return View(
        kind="table",
        title=texts("table.title", countries=_title(countries, codes)),
        data=_data(evidence, cells, verdicts, groups, pools, notes),
        columns=COLUMNS,
        verdict=worst(list(verdicts.values())),
        notes=notes,
        citations=citations(evidence, cells["document"]),
        coverage=_coverage(chosen, codes, cells, gone),
        remarks=tuple(_remarks(year, pools)),
        thresholds=limits.to_dict(),
        evidence=evidence.hash,
        labels={
            "row": {row.id: row.title for row in chosen},
            "country": {code: named(code) for code in codes},
            "indicator": {
                one: evidence.registry.indicators[one]["title"] for one in cells["indicator"]
            },
        },
        layout="matrix",
    )


def _asked(
    cube: "xr.Dataset",
    evidence: "Evidence",
    countries: Countries,
    rows: str | Sequence[str] | None,
) -> tuple[list[Row], tuple[str, ...]]:
    """Read rows and countries; whatever is unknown in either is said at once."""
    found: tuple[list[Row], tuple[str, ...]] = [], ()
    problems = []
    try:
        found = choose(rows, evidence.registry), found[1]
    except UnknownName as error:
        problems.append(str(error))
    try:
        found = found[0], asked_countries(cube, countries)
    except UnknownName as error:
        problems.append(str(error))
    if problems:
        raise UnknownName("\n".join(problems))
    return found


def _title(countries: Countries, codes: tuple[str, ...]) -> Texts:
    """Name the group asked for, or the countries."""
    if isinstance(countries, str) and "," not in countries:
        return each(lambda lang: area_name(countries, lang))
    return listed([named(code) for code in codes])


def _cells(
    cube: "xr.Dataset",
    evidence: "Evidence",
    chosen: Sequence[Row],
    codes: tuple[str, ...],
    year: int | None,
) -> tuple["pd.DataFrame", list[tuple[dict[str, object], Texts]]]:
    """Take for each row and country the latest figure of its preferred indicator."""
    import pandas as pd

    here = set(cube["indicator"].values.tolist())
    order = [
        {"row": row.id, "place": place, "indicator": one, "choice": choice}
        for place, row in enumerate(chosen)
        for choice, one in enumerate(row.indicators)
        if one in here
    ]
    names = sorted({str(one["indicator"]) for one in order})
    years = None if year is None else [y for y in cube["year"].values.tolist() if y <= year]
    found, gone = split_missing(select(cube, names, codes, years))
    wanted = pd.DataFrame(order, columns=["row", "place", "indicator", "choice"])
    cells = wanted.merge(found, on="indicator")
    cells["column"] = cells["country"].map({code: k for k, code in enumerate(codes)})
    cells = cells.sort_values(
        ["place", "column", "choice", "year"], ascending=[True, True, True, False]
    ).drop_duplicates(["row", "country"])
    return cells.reset_index(drop=True), gone


def _judge(evidence: "Evidence", cells: "pd.DataFrame", config: "Thresholds") -> Judged:
    """Judge every pair within every row in one go."""
    row = cells["row"].to_numpy(dtype=str)
    i, j = np.triu_indices(len(cells), 1)
    inside = row[i] == row[j]
    labels = _ids(cells), [named(code) for code in cells["country"]]
    return judged(evidence, cells["obs"].to_numpy(), (i[inside], j[inside]), labels, config)


def _ids(cells: "pd.DataFrame") -> list[str]:
    return [f"{row}/{code}" for row, code in zip(cells["row"], cells["country"], strict=True)]


def _groups(cells: "pd.DataFrame", chosen: Sequence[Row], whole: Judged) -> dict[str, Judged]:
    of_pair = cells["row"].to_numpy(dtype=str)[whole.i]
    return {row.id: part(whole, of_pair == row.id, row.title) for row in chosen}


def _notes(
    evidence: "Evidence", cells: "pd.DataFrame", groups: dict[str, Judged], pools: Pools
) -> tuple[Note, ...]:
    ids = _ids(cells)
    names = [named(code) for code in cells["country"]]
    return numbered(
        [
            *rule_notes([*groups.values(), *pools.groups.values()]),
            *cell_notes(records(cells.assign(cell=ids)), evidence.registry),
            *contradictions(evidence, cells, names, ids),
        ]
    )


def _data(
    evidence: "Evidence",
    cells: "pd.DataFrame",
    verdicts: dict[str, str],
    groups: dict[str, Judged],
    pools: Pools,
    notes: tuple[Note, ...],
) -> "pd.DataFrame":
    kept = ["row", "country", "indicator", "year", "value", "unit", "decimals", "unit_mult"]
    more = ["qualifier", "year_basis", "status", "period", "edition", "document", "locator"]
    own = ids_by_cell(note for note in notes if note.kind != "rule")
    of_row, of_pool = (_rules_by_row(notes, pooled) for pooled in (False, True))
    sizes = {name: pool["size"] for name, pool in evidence.registry.pools.items()}
    return cells[[*kept, *more]].assign(
        name=[named(code)["en"] for code in cells["country"]],
        base=[evidence.registry.indicators[one]["base"] for one in cells["indicator"]],
        pool_rank=pools.rank,
        pool_n=pools.n,
        pool_size=[float(sizes.get(pool, np.nan)) for pool in cells["pool"]],
        verdict=[verdicts[row] for row in cells["row"]],
        row_notes=[of_row.get(row, "") for row in cells["row"]],
        pool_verdict=[pools.verdict(row, verdicts[row]) for row in cells["row"]],
        pool_notes=[of_pool.get(row, "") for row in cells["row"]],
        notes=[own.get(one, "") for one in _ids(cells)],
    )


def _rules_by_row(notes: tuple[Note, ...], pooled: bool) -> dict[str, str]:
    """Give for each row the ids of the rules that fired in it, or on its places among all."""
    found: dict[str, dict[str, None]] = {}
    for note in notes:
        if note.kind == "rule":
            for cell in (one for one in note.touches if one.endswith("#pool") == pooled):
                found.setdefault(cell.partition("/")[0], {})[note.id] = None
    return {row: " ".join(ids) for row, ids in found.items()}


def _coverage(
    chosen: Sequence[Row],
    codes: tuple[str, ...],
    cells: "pd.DataFrame",
    gone: list[tuple[dict[str, object], Texts]],
) -> Coverage:
    there = set(_ids(cells))
    why = {(str(row["indicator"]), str(row["country"])): reason for row, reason in gone}
    told = []
    for row in chosen:
        for code in codes:
            if f"{row.id}/{code}" not in there:
                told.append((row, code, _reason(row, code, why)))
    asked = tuple(f"{row.id}/{code}" for row in chosen for code in codes)
    present = tuple(one for one in asked if one in there)
    return Coverage(asked, present, tuple(_by_row(told)), counted="figures")


def _reason(row: Row, code: str, why: dict[tuple[str, str], Texts]) -> Texts:
    known = [why[one, code] for one in row.indicators if (one, code) in why]
    return known[0] if known else texts("coverage.reason.no_figure")


def _by_row(told: list[tuple[Row, str, Texts]]) -> list[Missing]:
    """Name the countries that a row lacks together, one line for each reason."""
    found: dict[tuple[str, str], tuple[Row, Texts, list[Texts]]] = {}
    for row, code, reason in told:
        found.setdefault((row.id, reason["en"]), (row, reason, []))[2].append(named(code))
    return [
        Missing(texts("note.scoped", scope=row.title, places=listed(names)), reason)
        for row, reason, names in found.values()
    ]


def _remarks(year: int | None, pools: Pools) -> list[Texts]:
    told = [texts("table.latest") if year is None else texts("table.until", year=year)]
    return [*told, *([texts("table.pool")] if np.isfinite(pools.rank).any() else [])]
