"""From scores to the view that is handed out, and the tables beside it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmark.errors import BenchmarkError
from comparisons.index import frame, tables, words
from comparisons.index.cells import Cells, errors
from comparisons.index.draws import Progress, Setting
from comparisons.index.model import Floats, Scored, scaled, score
from comparisons.index.notes import Treated, notes, without_score
from comparisons.index.result import Index
from comparisons.index.robust import BASE, Robust, left_out, sensitivity, simulate
from comparisons.index.tree import Tree
from comparisons.notes import ids_by_cell, rule_notes
from comparisons.parts import Coverage, Note, Override
from comparisons.places import listed
from comparisons.refusals import Refused, refusal
from comparisons.selection import citations, named, select
from comparisons.stats.ranks import competition
from comparisons.texts import Texts, each, texts

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

    from benchmark.figures import Evidence


@dataclass(frozen=True)
class Work:
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
        """Those asked for, with a score or without."""
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


def enough(work: Work) -> None:
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


def scores_view(work: Work) -> Index:
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


def _unimputed(work: Work, data: "pd.DataFrame") -> list[float]:
    plain = score(
        work.tree, scaled(work.tree, work.cells.value, work.cells.countries, work.pooled)
    ).scores[work.tree.root.id]
    spots = zip(data["year"], data["country"], strict=True)
    years, countries = work.cells.years, work.cells.countries
    return [float(plain[years.index(year), countries.index(code)]) for year, code in spots]


def _beside_published(work: Work, data: "pd.DataFrame") -> "pd.DataFrame":
    name = work.tree.published
    if not name or name not in work.cube["indicator"].values.tolist():
        return data
    table = select(work.cube, [name], work.asked, work.cells.years).dropna(subset=["value"])
    keys = zip(table["country"], table["year"], strict=True)
    known = dict(zip(keys, zip(table["value"], table["decimals"], strict=True), strict=True))
    return frame.with_published(data, known)


def _overrides(work: Work) -> tuple[Override, ...]:
    if not work.override:
        return ()
    found: list[Note] = rule_notes(work.cells.groups, least=3)
    touched = dict.fromkeys(one for note in found for one in note.touches)
    return (Override(work.override, tuple(note.id for note in found), tuple(touched)),)


def _remarks(work: Work, data: "pd.DataFrame") -> Iterator[Texts]:
    yield from words.method(work.tree, work.scored)
    yield texts("ranking.high")
    yield texts("ranks.ties.1224")
    yield from words.caveats(work.evidence, work.tree, work.cells, work.pooled)
    pooled = data[data["n"] != data["pool_n"]]
    if len(pooled):
        last = pooled.iloc[-1]
        yield words.among_all(int(last["n"]), int(last["pool_n"]), work.cells.pool_verdict)
    if "published" in data and data["published"].notna().any():
        yield words.published(work.evidence, work.tree, data)


def with_tables(work: Work, view: Index, seed: int) -> Index:
    """Set the tables beside the index that need no draws."""
    last = {name: line[-1, : work.cells.asked] for name, line in work.scored.scores.items()}
    found = {"parts": tables.parts(view, work.tree, work.scored, work.cells.years, work.asked)}
    both = tables.consistency(view, work.tree, last)
    found["consistency"], found["correlations"] = both
    if not any(group.weights == "bod" for group in work.tree.groups):
        moves = left_out(_setting(work, (), seed), work.places)
        found["left_out"] = tables.left_out(view, work.tree, moves, work.ranked)
    return replace(view, attached=found)


def _setting(work: Work, vary: tuple[str, ...], seed: int) -> Setting:
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


def with_draws(
    work: Work,
    view: Index,
    draws: int,
    vary: tuple[str, ...],
    seed: int,
    progress: Progress | None,
) -> Index:
    """Draw the choices anew and set what they say beside the scores."""
    if any(group.weights == "bod" for group in work.tree.groups):
        told = replace(view, remarks=(*view.remarks, texts("index.said.bod")))
        return with_tables(work, told, seed)
    if draws < 1:
        raise BenchmarkError(f"uncertainty={draws}: give a number of draws, 1 or more")
    setting, reference = _setting(work, vary, seed), work.places
    robust = simulate(setting, draws, progress)
    remarks = words.drawn(robust, reference, draws, seed)
    data = view.data
    last = data[data["year"] == work.cells.years[-1]]
    drawn = frame.with_draws(last, robust, reference, work.ranked)
    data = data.join(drawn[["rank_low", "rank_median", "rank_high", "shift"]])
    told = replace(view, data=data, columns=frame.columns(data), remarks=(*view.remarks, *remarks))
    whole = with_tables(work, told, seed)
    more = _from_draws(whole, work, setting, robust, reference, seed)
    return replace(whole, attached={**whole.attached, **more})


def _from_draws(
    view: Index, work: Work, setting: Setting, robust: Robust, reference: Floats, seed: int
) -> dict[str, Any]:
    shares = sensitivity(setting, reference)
    order = [int(k) for k in np.argsort(reference, kind="stable")]
    found = {"pairs": tables.pairs(view, robust, work.ranked, order)}
    if shares:
        found["sensitivity"] = tables.sensitivity(view, work.tree, shares, BASE, seed)
    return found
