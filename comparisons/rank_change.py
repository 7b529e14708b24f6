"""How the rank of countries changed between two years, and what brought it about."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from benchmark.cube import evidence_of
from benchmark.errors import BenchmarkError
from comparisons.contradictions import contradictions
from comparisons.course import point_names
from comparisons.notes import cell_notes, ids_by_cell, numbered, rule_notes
from comparisons.parts import Column, Coverage, Note, Override, records
from comparisons.places import listed
from comparisons.render.amounts import DIFFERENCES
from comparisons.selection import (
    Countries,
    asked_countries,
    citations,
    measure,
    named,
    select,
    thresholds,
    title,
)
from comparisons.stats.rank_change import RankChange
from comparisons.stats.rank_change import rank_change as decompose
from comparisons.texts import Texts, texts
from comparisons.two_years import TwoYears, judge
from comparisons.view import View
from comparisons.yearly import editions, no_printed_rank, present

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

    from benchmark.figures import Evidence
    from benchmark.rules.config import Thresholds


def rank_change(
    cube: "xr.Dataset",
    indicator: str,
    first_year: int,
    last_year: int,
    countries: Countries = None,
    *,
    config: "Thresholds | None" = None,
    override: str | None = None,
) -> View:
    """Split the change of rank between two years into its parts.

    Parameters
    ----------
    cube : xarray.Dataset
        dims (country, indicator, year), as `nb.load()` gives it. Ranks are among all its
        countries with a figure; select countries of the cube for a smaller pool.
    indicator : str
        Its id, for example `egov.transparency`.
    first_year, last_year : int
        The years the figures stand at.
    countries : str or sequence of str, optional
        Countries shown: names, codes and groups; all by default.
    config : Thresholds, optional
        Thresholds of the rules.
    override : str, optional
        A reason for comparing what the rules forbid; it stands on every output.

    Returns
    -------
    View
        `to_frame()` holds for each country `rank_first` of `n_first`, `rank_last` of `n_last` and
        the `change` between them [places, positive is down], which is exactly `own` (its own
        movement) + `others` (movement of the other countries) + `pool` (countries that joined or
        left). `common_first` and `common_last` are the places among the `n_common` countries of
        both years. Equal values share a place ("1224").

    Raises
    ------
    NotComparable
        If a country's two figures are not comparable, as across a break, or those of a year are
        not comparable with each other, or the indicator is itself a printed rank.
    NoData
        If no country asked for has a figure for both years.
    UnknownName
        If the indicator or a country is unknown.

    Notes
    -----
    Own and others' movement are the mean over the two orders in which they can be made, so
    neither comes first and half places occur; see `comparisons.stats.rank_change`.

    References
    ----------
    Shapley (1953), A value for n-person games; Shorrocks, Journal of Economic Inequality 11
    (2013) 99. Restriction to a common pool: OECD/JRC Handbook (2008).

    Examples
    --------
    Norway rose from 18th of 36 to 17th of 35 while its score fell: the United Kingdom left.

    >>> import nordbench as nb
    >>> view = nb.rank_change(nb.load(), "egov.transparency", 2020, 2021, "Norway")
    >>> norway = view.to_frame().iloc[0]
    >>> [int(norway[name]) for name in ("rank_first", "n_first", "rank_last", "n_last")]
    [18, 36, 17, 35]
    >>> [float(norway[name]) for name in ("change", "own", "others", "pool")]
    [-1.0, 2.5, -2.5, -1.0]
    >>> norway["common"]
    '17 → 17'
    """
    if first_year >= last_year:
        raise BenchmarkError(
            f"a change goes from an earlier year to a later one, not from {first_year} to "
            f"{last_year}"
        )
    evidence, limits = evidence_of(cube), thresholds(config)
    asked = asked_countries(cube, countries)
    series = select(cube, [indicator])
    years = first_year, last_year
    what = texts(
        "ranks.change.title", indicator=title(evidence, indicator), first=first_year, last=last_year
    )
    no_printed_rank(evidence, indicator, what)
    if countries is None:
        asked = tuple(code for code in asked if code in set(series["country"]))
    found = [present(evidence, indicator, year, series, asked) for year in years]
    pools = judge(evidence, [table for table, _ in found], asked, limits, override, what)
    direction = int(evidence.registry.indicators[indicator]["direction"])
    moved = decompose(pools.scores(0), pools.scores(1), direction)
    notes = _notes(evidence, pools)
    return View(
        kind="rank_change",
        title=what,
        data=_data(pools, moved, notes),
        columns=_columns(pools, moved),
        verdict=pools.verdict,
        notes=notes,
        citations=citations(evidence, pools.table["document"]),
        coverage=_coverage(asked, pools, [one for _, one in found]),
        overrides=_overrides(pools, override),
        remarks=tuple(_remarks(evidence, indicator, pools, direction)),
        thresholds=limits.to_dict(),
        evidence=evidence.hash,
        labels={"country": {code: named(code) for code in pools.shown}},
    )


def _notes(evidence: "Evidence", pools: TwoYears) -> tuple[Note, ...]:
    import pandas as pd

    shown = pd.concat([pools.cells(year) for year in (0, 1)], ignore_index=True)
    return numbered(
        [
            *rule_notes(pools.groups),
            *cell_notes(records(shown.assign(cell=shown["country"])), evidence.registry),
            *contradictions(evidence, shown, point_names(shown), shown["country"].tolist()),
        ]
    )


def _data(pools: TwoYears, moved: RankChange, notes: Sequence[Note]) -> "pd.DataFrame":
    import pandas as pd

    here = pools.here
    placed = np.isfinite(moved.change[here])
    first, last = (pools.cells(year) for year in (0, 1))
    data = pd.DataFrame({"country": pools.shown})
    for name in ("first", "last"):
        data[f"rank_{name}"] = getattr(moved, name)[here]
        data[f"n_{name}"] = np.where(placed, int(getattr(moved, f"n_{name}")), np.nan)
    for name in ("change", "own", "others", "pool", "common_first", "common_last"):
        data[name] = getattr(moved, name)[here]
    data["n_common"] = np.where(placed, int(moved.n_common), np.nan)
    data["common"] = [
        f"{a:.0f} → {b:.0f}" if a == a else ""
        for a, b in zip(data["common_first"], data["common_last"], strict=True)
    ]
    data["score_first"], data["score_last"] = first["value"], last["value"]
    data["name"] = [named(code)["en"] for code in pools.shown]
    data["verdict"] = np.where(placed, pools.verdict, "not_comparable")
    carried = ["unit", "decimals", "status", "year", "period", "edition", "document", "locator"]
    data[carried] = last[carried]
    for name in carried[1:]:
        data[f"{name}_first"] = first[name]
    told = ids_by_cell(notes)
    data["notes"] = [told.get(code, "") for code in pools.shown]
    if placed.all():
        whole = ["rank_first", "n_first", "rank_last", "n_last", "n_common"]
        data = data.astype(dict.fromkeys(whole, "int64"))
    return data.sort_values(["rank_last", "country"], ignore_index=True)


def _columns(pools: TwoYears, moved: RankChange) -> tuple[Column, ...]:
    unit = str(pools.table["unit"].iloc[0])
    dropped = not np.isfinite(moved.change[pools.here]).all()
    flagged = bool((pools.table["status"] != "A").any())
    chosen = (
        (True, Column("country")),
        (True, Column("rank_first", "number", "ranks.column.first")),
        (True, Column("n_first", "number", "column.n")),
        (True, Column("rank_last", "number", "ranks.column.last")),
        (True, Column("n_last", "number", "column.n")),
        (True, Column("change", "number", "", DIFFERENCES["rank"])),
        (True, Column("own", "number", "ranks.column.own", "signed")),
        (True, Column("others", "number", "ranks.column.others", "signed")),
        (True, Column("pool", "number", "ranks.column.pool", "signed")),
        (True, Column("common", "text", "ranks.column.common")),
        (True, Column("score_first", "number", "ranks.column.before", unit, "decimals_first")),
        (True, Column("score_last", "number", "ranks.column.after", unit, "decimals")),
        (dropped, Column("verdict")),
        (flagged, Column("status", "flag")),
        (True, Column("notes", "note")),
    )
    return tuple(column for wanted, column in chosen if wanted)


def _coverage(asked: tuple[str, ...], pools: TwoYears, found: Sequence[Coverage]) -> Coverage:
    told = {(one.what["en"], one.reason["en"]): one for cover in found for one in cover.missing}
    return Coverage(asked, pools.shown, tuple(told.values()))


def _overrides(pools: TwoYears, override: str | None) -> tuple[Override, ...]:
    if not override:
        return ()
    notes = rule_notes(pools.groups, least=3)
    touched = dict.fromkeys(one for note in notes for one in note.touches)
    return (Override(override, tuple(note.id for note in notes), tuple(touched)),)


def _remarks(evidence: "Evidence", indicator: str, pools: TwoYears, direction: int) -> list[Texts]:
    told = [*editions(pools.table), measure(evidence, indicator)]
    told.append(texts("ranking.high" if direction > 0 else "ranking.low"))
    told += [texts(f"ranks.change.{key}") for key in ("sign", "parts", "order")]
    told.append(texts("ranks.ties.1224"))
    there = pools.there
    for key, mask in (
        ("left", there[0] & ~there[1]),
        ("joined", there[1] & ~there[0]),
        ("aside", np.asarray((there & ~pools.counted).any(axis=0))),
    ):
        names = [named(code) for code in pools.named(mask)]
        if names:
            told.append(texts(f"ranks.change.{key}", countries=listed(names), n=len(names)))
    return told
