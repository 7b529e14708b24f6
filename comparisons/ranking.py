"""Ranking countries on one indicator in one year."""

from typing import TYPE_CHECKING

import numpy as np

from benchmark.areas import is_aggregate
from benchmark.cube import evidence_of
from comparisons.contradictions import contradictions
from comparisons.notes import cell_notes, ids_by_cell, numbered, rule_notes
from comparisons.parts import Column, Coverage, Missing, Note, Override, records
from comparisons.places import listed
from comparisons.refusals import Absent, Refused, refusal
from comparisons.selection import (
    Countries,
    asked_countries,
    citations,
    measure,
    missing,
    named,
    select,
    split_missing,
    thresholds,
    title,
)
from comparisons.standing import Standing, stand
from comparisons.stats.ranks import competition
from comparisons.texts import Texts, each, texts
from comparisons.view import View

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
    config : Thresholds, optional
        Thresholds of the rules.
    override : str, optional
        A reason for ranking what the rules forbid; it stands on every output.

    Returns
    -------
    View
        `to_frame()` begins with `country, rank, n, pool_rank, pool_n, score`: rank and n among
        those asked for, pool_rank and pool_n among all countries with a figure. Equal values
        share a place ("1224"). A country that is not comparable with any other is listed
        without a rank. Averages of countries are never ranked.

    Raises
    ------
    NotComparable
        If pairs asked for are not comparable, fewer than two countries are left, or the
        indicator is itself a printed rank.
    NoData
        If no country has a figure for this year; says which years there are.
    UnknownName
        If the indicator or a country is unknown.

    References
    ----------
    Tie rule "1224"; comparability as in `benchmark.rules`.

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
    evidence, limits = evidence_of(cube), thresholds(config)
    asked = asked_countries(cube, countries)
    series = select(cube, [indicator])
    what = texts("ranking.title", indicator=title(evidence, indicator), year=year)
    _no_printed_rank(evidence, indicator, what)
    table, coverage = _present(evidence, indicator, year, series, asked)
    wanted = table["country"].isin(asked).to_numpy(dtype=bool)
    standing = stand(evidence, table, wanted, limits, override, what)
    data = _data(evidence, indicator, table, standing)
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
        remarks=tuple(_remarks(evidence, indicator, table, standing)),
        thresholds=limits.to_dict(),
        evidence=evidence.hash,
        labels={"country": {code: named(code) for code in table["country"]}},
    )


def _no_printed_rank(evidence: "Evidence", indicator: str, what: Texts) -> None:
    entry = evidence.registry.indicators[indicator]
    if entry["unit"] != "rank":
        return
    advice = [texts("refusal.use_scores", quotes=entry["quotes"])] if "quotes" in entry else []
    raise Refused(refusal("printed_rank", what=what), advice)


def _present(
    evidence: "Evidence", indicator: str, year: int, series: "pd.DataFrame", asked: tuple[str, ...]
) -> tuple["pd.DataFrame", Coverage]:
    """Keep the countries with a value; name those asked for that have none, and averages."""
    there, gone = split_missing(series[series["year"] == year])
    apart = there["country"].map(is_aggregate).to_numpy(dtype=bool)
    table = there[~apart].reset_index(drop=True)
    if table.empty:
        raise Absent(_other_years(evidence, indicator, year, series))
    unknown = {row["country"]: reason for row, reason in gone}
    left = set(table["country"])
    told = [Missing(named(code), unknown[code]) for code in asked if code in unknown]
    silent = [code for code in asked if code not in left and code not in unknown]
    told += missing(silent, "no_figure_year", year=year)
    told += missing(there["country"][apart], "aggregate")
    return table, Coverage(asked, tuple(code for code in asked if code in left), tuple(told))


def _other_years(evidence: "Evidence", indicator: str, year: int, series: "pd.DataFrame") -> Texts:
    """Say which years there are; a year that is an edition's is explained."""
    known = ", ".join(str(one) for one in sorted(set(series["year"])))
    first = texts("refusal.no_year", indicator=title(evidence, indicator), year=year, years=known)
    edition = _editions(series[series["edition"] == str(year)])
    return each(lambda lang: " ".join([first[lang], *(one[lang] for one in edition)]))


def _editions(table: "pd.DataFrame") -> list[Texts]:
    """Say when each edition was measured and where it stands, unless that is plain."""
    found = table[["edition", "period", "year"]].value_counts().reset_index()
    # A few late-comers may rest on a part of the period; the edition is told by the most.
    found = found.drop_duplicates(["edition", "year"]).sort_values(["edition", "year"])
    return [
        texts("edition", **(row | {"period": row["period"].replace("/", "-")}))
        for row in records(found)
        if row["edition"] and row["period"] and row["edition"] != str(row["year"])
    ]


def _data(
    evidence: "Evidence", indicator: str, table: "pd.DataFrame", standing: Standing
) -> "pd.DataFrame":
    """Rank those asked for among themselves and in the pool; those without a rank stand last."""
    direction = evidence.registry.indicators[indicator]["direction"]
    score = table["value"].to_numpy()
    ranks = {
        name: competition(np.where(mask, score, np.nan), direction)
        for name, mask in (("rank", standing.ranked), ("pool_rank", standing.pool))
    }
    ranks["pool_rank"][~standing.ranked] = np.nan
    data = table[["country"]].assign(
        rank=ranks["rank"],
        n=np.where(standing.ranked, standing.ranked.sum(), np.nan),
        pool_rank=ranks["pool_rank"],
        pool_n=np.where(standing.ranked, standing.pool.sum(), np.nan),
        score=score,
        name=[named(code)["en"] for code in table["country"]],
        verdict=np.where(standing.ranked, standing.verdict, "not_comparable"),
    )
    carried = ["unit", "decimals", "status", "year", "period", "edition", "document", "locator"]
    data[carried] = table[carried]
    data = data[standing.asked].sort_values(["rank", "country"], na_position="last")
    whole = ("rank", "n", "pool_rank", "pool_n")
    if standing.ranked[standing.asked].all():
        data = data.astype(dict.fromkeys(whole, "int64"))
    return data.reset_index(drop=True)


def _columns(data: "pd.DataFrame") -> tuple[Column, ...]:
    pooled = bool((data["n"] != data["pool_n"]).any())
    flagged = bool((data["status"] != "A").any())
    unranked = bool(data["rank"].isna().any())
    unit = str(data["unit"].iloc[0])
    chosen = (
        (True, Column("country")),
        (True, Column("rank", "number")),
        (True, Column("n", "number")),
        (pooled, Column("pool_rank", "number")),
        (pooled, Column("pool_n", "number")),
        (pooled and bool(data["pool_notes"].any()), Column("pool_notes", "note", "column.notes")),
        (True, Column("score", "number", _score_head(unit), unit, "decimals")),
        (unranked, Column("verdict")),
        (flagged, Column("status", "flag")),
        (True, Column("notes", "note")),
    )
    return tuple(column for wanted, column in chosen if wanted)


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
    evidence: "Evidence", indicator: str, table: "pd.DataFrame", standing: Standing
) -> list[Texts]:
    direction = evidence.registry.indicators[indicator]["direction"]
    codes = table["country"]
    n, pool_n = int(standing.ranked.sum()), int(standing.pool.sum())
    told = [*_editions(table), measure(evidence, indicator)]
    told.append(texts("ranking.high" if direction > 0 else "ranking.low"))
    told.append(texts("ranking.ties"))
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
