"""What a reader is told of an index before its scores: scale, weights, aggregation, gaps."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from benchmark.language import number, percent, term
from comparisons.index.cells import Cells
from comparisons.index.model import Floats, Scored
from comparisons.index.robust import Robust
from comparisons.index.tree import Tree
from comparisons.places import listed
from comparisons.selection import named
from comparisons.stats.normalise import flat
from comparisons.stats.uncertainty import mean_shift
from comparisons.texts import Texts, each, texts

if TYPE_CHECKING:
    import pandas as pd

    from benchmark.figures import Evidence


def _ways(kind: str, names: Iterable[str]) -> Texts:
    found = [texts(f"index.way.{kind}.{name}") for name in dict.fromkeys(names)]
    return listed(found)


def method(tree: Tree, scored: Scored) -> Iterator[Texts]:
    """Say how an index is made.

    Parameters
    ----------
    tree : Tree
        The index.
    scored : Scored
        With the weights used.

    Yields
    ------
    mapping
        Sentences, in every language.
    """
    leaves, groups = tree.leaves, tree.groups
    yield texts(
        "index.said.normalisation", ways=_ways("normalisation", (x.normalisation for x in leaves))
    )
    effective = scored.effective(tree)
    parts = [_weight(leaf.title, effective[leaf.id]) for leaf in leaves]
    way = _ways("weights", (group.weights for group in groups))
    yield texts("index.said.weights", way=way, weights=listed(parts, most=len(parts)))
    if any(group.weights in ("pca", "entropy") for group in groups):
        yield texts("index.said.descriptive")
    yield texts(
        "index.said.aggregation", ways=_ways("aggregation", (g.aggregation for g in groups))
    )
    yield _gaps(tree.missing)


def _weight(title: Texts, weight: float) -> Texts:
    share = 100 * weight
    digits = 0 if abs(share - round(share)) < 1e-9 else 1
    return each(lambda lang: f"{title[lang]} {percent(share, lang, digits)}")


def _gaps(limit: float) -> Texts:
    if limit == 0:
        return texts("index.said.missing_none")
    if limit >= 1:
        return texts("index.said.missing_any")
    share = each(lambda lang: str(percent(100 * limit, lang, 0)))
    return texts("index.said.missing_some", limit=share)


def caveats(evidence: "Evidence", tree: Tree, cells: Cells, pooled: bool) -> Iterator[Texts]:
    """Say what a reader must know of the figures that are put together.

    Parameters
    ----------
    evidence : Evidence
        Figures and registry.
    tree : Tree
        The index.
    cells : Cells
        The figures.
    pooled : bool
        Whether all years stand on one scale.

    Yields
    ------
    mapping
        Sentences, in every language.
    """
    if tree.years and not all(tree.years[0] <= year <= tree.years[1] for year in cells.years):
        yield texts("index.said.other_years", first=tree.years[0], last=tree.years[1])
    if tree.relative:
        n = int(np.isfinite(cells.value).any(axis=(0, 1)).sum())
        yield texts("index.said.relative", n=n)
        if len(cells.years) > 1:
            yield texts(f"index.said.{'pooled' if pooled else 'relative'}_years")
    bases = dict.fromkeys(evidence.registry.indicators[leaf.id]["base"] for leaf in tree.leaves)
    if len(bases) > 1:
        words = [each(lambda lang, one=one: str(term(f"base.{one}", lang))) for one in bases]  # type: ignore[misc]
        yield texts("index.said.bases", bases=listed(words))
    yield from _periods(tree, cells)
    for k, leaf in enumerate(tree.leaves):
        if (
            leaf.normalisation not in ("as_published", "goalposts")
            and flat(cells.value[:, k]).any()
        ):
            yield texts("index.said.flat", indicator=leaf.title)


def _periods(tree: Tree, cells: Cells) -> Iterator[Texts]:
    """Name the periods of the indicators where they differ within a year."""
    table = cells.table
    usual = table.groupby(["year", "leaf"])["period"].agg(lambda one: one.mode().iloc[0])
    if usual.groupby("year").nunique().max() < 2:
        return
    last = usual.loc[max(cells.years)]
    told = [
        each(lambda lang, k=k, when=when: f"{tree.leaves[k].title[lang]} {when.replace('/', '-')}")  # type: ignore[misc]
        for k, when in last.items()
    ]
    yield texts("index.said.periods", periods=listed(told, most=len(told)))


def among_all(n: int, pool_n: int, verdict: str) -> Texts:
    """Say what the two ranks are places among."""
    words = each(lambda lang: str(term(f"verdict.{verdict}", lang)))
    return texts("index.said.asked", n=n, pool_n=pool_n, verdict=words)


def published(evidence: "Evidence", tree: Tree, data: "pd.DataFrame") -> Texts:
    """Say how far the scores are from those that were published."""
    off = data["difference"].abs()
    name = evidence.registry.indicators[tree.published]["title"]
    largest = each(lambda lang: _small(float(off.max()), lang))
    by = named(str(data["country"].iloc[int(np.nanargmax(off))]))
    facts = {"n": int(off.count()), "country": by}
    return texts("index.said.published", indicator=name, difference=largest, **facts)


def _small(value: float, lang: str) -> str:
    """Write a difference with two digits that count."""
    if value < 1e-9:
        return str(number(0.0, lang, 0))
    digits = max(0, 1 - int(np.floor(np.log10(value))))
    return str(number(value, lang, digits))


def drawn(robust: Robust, reference: Floats, draws: int, seed: int) -> Iterator[Texts]:
    """Say what the draws rest on, and what they come to.

    Parameters
    ----------
    robust : Robust
        What the draws say.
    reference : ndarray of float [rank]
        dims (country,).
    draws, seed : int
        How many, and the seed of the random numbers.

    Yields
    ------
    mapping
        Sentences, in every language.
    """
    if not robust.varied:
        yield texts("index.said.still")
        return
    words = [factor(name, ways) for name, ways in robust.varied.items()]
    facts = {"draws": each(lambda lang: str(number(draws, lang, 0))), "seed": seed}
    yield texts("index.said.draws", varied=listed(words), **facts)
    if "error" not in robust.varied:
        yield texts("index.said.no_error")
    shift = mean_shift(robust.counts, reference)[1]
    pairs = len(reference) * (len(reference) - 1) / 2
    share = 100 * robust.above.sum() / pairs
    yield texts(
        "index.said.shift",
        shift=each(lambda lang: str(number(shift, lang, 2))),
        share=each(lambda lang: str(percent(share, lang, 0))),
    )


def factor(name: str, ways: Sequence[str]) -> Texts:
    """Name a choice with what it is made between."""
    if not ways:
        return texts(f"index.factor.{name}")
    return texts(f"index.factor.{name}", ways=_ways(name, ways))


def short_factor(name: str, titles: Mapping[str, Texts]) -> Texts:
    """Name a factor of the sensitivity table."""
    kind, _, group = name.partition(".")
    if kind == "weights":
        return texts("index.factor.weights_of", group=titles[group])
    return texts(f"index.short.{kind}")
