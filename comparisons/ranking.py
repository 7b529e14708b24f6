"""Ranking countries on one indicator in one year."""

from typing import TYPE_CHECKING

import numpy as np

from benchmark.cube import evidence_of
from comparisons.contradictions import contradictions
from comparisons.notes import cell_notes, ids_by_cell, numbered, rule_notes
from comparisons.parts import Column, Note, Override, records
from comparisons.places import listed
from comparisons.rank_ranges import Ranges, Wanted, ranges, written
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
from comparisons.standing import Standing, stand
from comparisons.stats.ranks import percentile_rank, restricted
from comparisons.texts import Texts, each, texts
from comparisons.view import View
from comparisons.yearly import editions, no_printed_rank, present

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

    from benchmark.figures import Evidence
    from benchmark.rules.config import Thresholds


def ranking(
    cube: "xr.Dataset",
    indicator: str,
    year: int,
    countries: Countries = None,
    *,
    ties: str = "1224",
    confidence: str = "marginal",
    method: str = "holm",
    seed: int = 0,
    config: "Thresholds | None" = None,
    override: str | None = None,
) -> View:
    """Rank countries on the unrounded values of an indicator.

    Parameters
    ----------
    cube : xarray.Dataset
        dims (country, indicator, year), as `nb.load()` gives it.
    indicator : str
        Its id, for example `egov.transparency`.
    year : int
        The year the figures stand at.
    countries : str or sequence of str, optional
        Names, codes and groups; all countries by default.
    ties : {"1224", "1334", "1223", "frac"}
        Equal values share the first of their places, the last, the next without gaps, the mean.
    confidence : {"marginal", "simultaneous"}
        Where sample sizes of all shares are known: 95 % confidence sets for the rank of each
        country by itself, or for all together.
    method : {"holm", "bootstrap"}
        How those are computed; the bootstrap draws random numbers from `seed`.
    seed : int
        Of the bootstrap; it is printed.
    config : Thresholds, optional
        Thresholds of the rules.
    override : str, optional
        A reason for ranking what the rules forbid; it stands on every output.

    Returns
    -------
    View
        `to_frame()` begins with `country, rank, n, pool_rank, pool_n, score`: rank and n among
        those asked for, pool_rank and pool_n among all countries with a figure. A country that is
        not comparable with any other is listed without a rank. Averages of countries are never
        ranked. `rank_low` to `rank_high` are the places that sampling error or, where only that
        is known, rounding leaves open; `above_next` is the indicative probability of being
        better than the next [percent], `percentile` the share of the others that stand below.

    Raises
    ------
    NotComparable
        If pairs asked for are not comparable, fewer than two countries are left, or the
        indicator is itself a printed rank.
    NoData
        If no country has a figure for this year; says which years there are.
    UnknownName
        If the indicator, a country or a word of the options is unknown.

    References
    ----------
    Ranges: Mogstad, Romano, Shaikh and Wilhelm, Review of Economic Studies (2023), doi
    10.1093/restud/rdad006; comparability as in `benchmark.rules`.

    Examples
    --------
    >>> import nordbench as nb
    >>> view = nb.ranking(nb.load(), "egov.transparency", 2020, "nordic")
    >>> view.verdict
    'comparable'
    >>> norway = view.to_frame().set_index("country").loc["NOR"]
    >>> f"{norway['rank']} of {norway['n']}; {norway['pool_rank']} of {norway['pool_n']}"
    '5 of 5; 18 of 36'
    """
    wanted = Wanted(ties, confidence, method, seed)
    evidence, limits = evidence_of(cube), thresholds(config)
    asked = asked_countries(cube, countries)
    series = select(cube, [indicator])
    if countries is None:
        asked = tuple(code for code in asked if code in set(series["country"]))
    what = texts("ranking.title", indicator=title(evidence, indicator), year=year)
    no_printed_rank(evidence, indicator, what)
    table, coverage = present(evidence, indicator, year, series, asked)
    here = table["country"].isin(asked).to_numpy(dtype=bool)
    standing = stand(evidence, table, here, limits, override, what)
    direction = int(evidence.registry.indicators[indicator]["direction"])
    sure = ranges(table, standing, direction, wanted)
    data = _data(table, standing, sure, direction, ties)
    notes = _notes(evidence, table, standing)
    told = ids_by_cell(notes)
    data["notes"] = [told.get(code, "") for code in data["country"]]
    data["pool_notes"] = [told.get(f"{code}#pool", "") for code in data["country"]]
    return View(
        kind="ranking",
        title=what,
        data=data,
        columns=_columns(data),
        verdict=standing.verdict,
        notes=notes,
        citations=citations(evidence, table["document"]),
        coverage=coverage,
        overrides=_overrides(standing, override),
        remarks=(*_remarks(evidence, indicator, table, standing, ties), *sure.remarks),
        thresholds=limits.to_dict(),
        evidence=evidence.hash,
        labels={"country": {code: named(code) for code in table["country"]}},
    )


def _data(
    table: "pd.DataFrame", standing: Standing, sure: Ranges, direction: int, ties: str
) -> "pd.DataFrame":
    """Rank those asked for among themselves and in the pool; those without a rank stand last."""
    score, ranked = table["value"].to_numpy(), standing.ranked
    n, pool_n = ranked.sum(), standing.pool.sum()
    rank, among_all = (
        restricted(score, mask, direction, ties=ties) for mask in (ranked, standing.pool)
    )
    data = table[["country"]].assign(
        rank=rank,
        n=np.where(ranked, n, np.nan),
        pool_rank=among_all,
        pool_n=np.where(ranked, pool_n, np.nan),
        score=score,
        percentile=percentile_rank(rank, n),
        pool_percentile=percentile_rank(among_all, pool_n),
        rank_low=sure.low,
        rank_high=sure.high,
        rank_range=written(sure.low, sure.high),
        pool_rank_low=sure.pool_low,
        pool_rank_high=sure.pool_high,
        pool_rank_range=written(sure.pool_low, sure.pool_high),
        above_next=sure.above_next,
        name=[named(code)["en"] for code in table["country"]],
        verdict=np.where(ranked, standing.verdict, "not_comparable"),
    )
    carried = ["unit", "decimals", "status", "year", "period", "edition", "document", "locator"]
    data[carried] = table[carried]
    data = data[standing.asked].sort_values(["rank", "country"], na_position="last")
    if ranked[standing.asked].all():
        whole = ("n", "pool_n") if ties == "frac" else ("rank", "n", "pool_rank", "pool_n")
        data = data.astype(dict.fromkeys(whole, "int64"))
    return data.reset_index(drop=True)


def _columns(data: "pd.DataFrame") -> tuple[Column, ...]:
    pooled = bool((data["n"] != data["pool_n"]).any())
    unit = str(data["unit"].iloc[0])
    ranged = _spread(data, "rank")
    chosen = (
        (True, Column("country")),
        (True, Column("rank", "number")),
        (True, Column("n", "number")),
        (ranged, Column("rank_range", "text", "ranks.column.range")),
        (pooled, Column("pool_rank", "number")),
        (pooled, Column("pool_n", "number")),
        (
            pooled and _spread(data, "pool_rank"),
            Column("pool_rank_range", "text", "ranks.column.pool_range"),
        ),
        (pooled and bool(data["pool_notes"].any()), Column("pool_notes", "note", "column.notes")),
        (True, Column("score", "number", _score_head(unit), unit, "decimals")),
        (
            bool(data["above_next"].notna().any()),
            Column("above_next", "number", "ranks.column.above_next", "percent", 0),
        ),
        (bool(data["rank"].isna().any()), Column("verdict")),
        (bool((data["status"] != "A").any()), Column("status", "flag")),
        (True, Column("notes", "note")),
    )
    return tuple(column for wanted, column in chosen if wanted)


def _spread(data: "pd.DataFrame", name: str) -> bool:
    """Say whether any place is open."""
    return bool((data[f"{name}_high"] > data[f"{name}_low"]).any())


def _score_head(unit: str) -> str:
    return "column.score" if unit in ("score_0_100", "index_0_1") else "column.value"


def _notes(evidence: "Evidence", table: "pd.DataFrame", standing: Standing) -> tuple[Note, ...]:
    shown = table[standing.asked].reset_index(drop=True)
    figures = records(shown.assign(cell=shown["country"]))
    names = [named(code) for code in shown["country"]]
    return numbered(
        [
            *rule_notes([standing.among, standing.against]),
            *cell_notes(figures, evidence.registry),
            *contradictions(evidence, shown, names, shown["country"].tolist()),
        ]
    )


def _overrides(standing: Standing, override: str | None) -> tuple[Override, ...]:
    if not override:
        return ()
    notes = rule_notes([standing.among, standing.against], least=3)
    touched = dict.fromkeys(one for note in notes for one in note.touches)
    return (Override(override, tuple(note.id for note in notes), tuple(touched)),)


def _remarks(
    evidence: "Evidence", indicator: str, table: "pd.DataFrame", standing: Standing, ties: str
) -> list[Texts]:
    direction = evidence.registry.indicators[indicator]["direction"]
    codes = table["country"]
    n, pool_n = int(standing.ranked.sum()), int(standing.pool.sum())
    told = [*editions(table), measure(evidence, indicator)]
    told.append(texts("ranking.high" if direction > 0 else "ranking.low"))
    told.append(texts(f"ranks.ties.{ties}"))
    if pool_n > n:
        told.append(texts("ranking.asked", n=n, pool_n=pool_n))
        told.append(_pool_verdict(standing, pool_n))
    for key, mask in (
        ("aside", standing.asked & ~standing.ranked),
        ("pool_aside", ~standing.asked & ~standing.pool),
    ):
        if mask.any():
            told.append(texts(f"ranking.{key}", countries=listed([named(c) for c in codes[mask]])))
    return told


def _pool_verdict(standing: Standing, pool_n: int) -> Texts:
    from benchmark.language import term

    verdict = each(lambda lang: term(f"verdict.{standing.pool_verdict}", lang))
    return texts("ranking.pool_verdict", pool_n=pool_n, verdict=verdict)
