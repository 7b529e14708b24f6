"""The rows of an index: a country and year each, with what its score rests on."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from comparisons.index.cells import Cells
from comparisons.index.model import Floats, Scored
from comparisons.index.notes import Treated
from comparisons.index.robust import Robust
from comparisons.index.tree import Tree
from comparisons.parts import Column
from comparisons.selection import named
from comparisons.stats.ranks import competition
from comparisons.stats.uncertainty import mean_shift, quantile

if TYPE_CHECKING:
    import pandas as pd

    from benchmark.figures import Evidence

_JOINED = ("period", "edition", "document", "locator")
_DIGITS = {"score_0_100": 2, "percent": 2, "index_0_1": 4}
LOW, HIGH = 0.05, 0.95


def unit_of(evidence: "Evidence", tree: Tree) -> str:
    """Give the unit of the scores; none where they are on a scale of their own."""
    units = {evidence.registry.indicators[leaf.id]["unit"] for leaf in tree.leaves}
    plain = all(leaf.normalisation == "as_published" for leaf in tree.leaves)
    means = all(group.aggregation not in ("mpi", "ampi") for group in tree.groups)
    return units.pop() if plain and means and len(units) == 1 else ""


def rows(
    evidence: "Evidence", tree: Tree, cells: Cells, scored: Scored, treated: Treated
) -> "pd.DataFrame":
    """Rank the countries of each year.

    Parameters
    ----------
    evidence : Evidence
        Figures and registry.
    tree : Tree
        The index.
    cells : Cells
        The figures.
    scored : Scored
        The scores, dims (year, country).
    treated : Treated
        What was done to the figures on request.

    Returns
    -------
    DataFrame
        The countries asked for that have a score, the first of each year on top.
    """
    import pandas as pd

    whole = scored.scores[tree.root.id]
    asked = whole[:, : cells.asked]
    marked = np.logical_or.reduce([scored.mended[group.id] for group in tree.groups])
    marked |= treated.imputed.any(axis=1)
    y, c = np.nonzero(np.isfinite(asked))
    unit = unit_of(evidence, tree)
    data = pd.DataFrame(
        {
            "country": [cells.countries[k] for k in c],
            "year": [cells.years[k] for k in y],
            "rank": competition(asked)[y, c].astype(np.int64),
            "n": np.isfinite(asked).sum(axis=1)[y],
            "pool_rank": competition(whole)[y, c].astype(np.int64),
            "pool_n": np.isfinite(whole).sum(axis=1)[y],
            "score": asked[y, c],
            "name": [named(cells.countries[k])["en"] for k in c],
            "verdict": cells.verdict,
            "unit": unit,
            "decimals": float(_DIGITS.get(unit, 3)),
            "status": np.where(marked[y, c], "I", "A"),
        }
    )
    keys = ["year", "country"]
    joined = cells.table.sort_values("leaf").groupby(keys)[list(_JOINED)]
    data = data.merge(joined.agg(_joined).reset_index(), on=keys)
    data["document"] = data["document"].str.replace("; ", " ")
    return data.sort_values(["year", "rank", "country"], ignore_index=True)


def _joined(words: "pd.Series[str]") -> str:
    return "; ".join(dict.fromkeys(words))


def with_published(
    data: "pd.DataFrame", known: Mapping[tuple[str, int], tuple[float, float]]
) -> "pd.DataFrame":
    """Set the published scores and their digits beside ours."""
    keys = list(zip(data["country"], data["year"], strict=True))
    both = [known.get(key, (np.nan, np.nan)) for key in keys]
    published = np.array([one for one, _ in both])
    return data.assign(
        published=published,
        published_decimals=[one for _, one in both],
        difference=data["score"] - published,
    )


def with_draws(
    data: "pd.DataFrame", robust: Robust, reference: Floats, countries: tuple[str, ...]
) -> "pd.DataFrame":
    """Set what the draws say of each country's rank beside it; `countries` along their axes."""
    shift = mean_shift(robust.counts, reference)[0]
    found = {
        "rank_low": quantile(robust.counts, LOW),
        "rank_median": quantile(robust.counts, 0.5),
        "rank_high": quantile(robust.counts, HIGH),
        "shift": shift,
    }
    place = [countries.index(code) for code in data["country"]]
    return data.assign(**{name: line[place] for name, line in found.items()})


def columns(data: "pd.DataFrame") -> tuple[Column, ...]:
    """Choose the columns that readers see."""
    return tuple(column for wanted, column in _columns(data) if wanted)


def _columns(data: "pd.DataFrame") -> Iterator[tuple[Any, Column]]:
    unit = str(data["unit"].iloc[0]) if len(data) else ""
    pooled = bool((data["n"] != data["pool_n"]).any())
    yield True, Column("country")
    yield data["year"].nunique() > 1, Column("year")
    yield True, Column("rank", "number")
    yield True, Column("n", "number")
    yield pooled, Column("pool_rank", "number")
    yield pooled, Column("pool_n", "number")
    yield True, Column("score", "number", "", unit, "decimals")
    if "score_unimputed" in data:
        yield True, _own("score_unimputed", "decimals", unit)
    if "published" in data:
        yield data["published"].notna().any(), _own("published", "published_decimals", unit)
    if "rank_low" in data:
        yield True, _own("rank_low", None)
        yield True, _own("rank_median", None)
        yield True, _own("rank_high", None)
        yield True, _own("shift", 2)
    yield (data["status"] != "A").any(), Column("status", "flag")
    yield True, Column("notes", "note")


def _own(name: str, decimals: int | str | None, unit: str = "") -> Column:
    return Column(name, "number", f"index.column.{name}", unit, decimals)
