"""The views that stand beside an index."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from comparisons.index.model import Floats, Scored
from comparisons.index.robust import Robust
from comparisons.index.tree import Tree
from comparisons.index.words import short_factor
from comparisons.parts import Column
from comparisons.places import listed
from comparisons.selection import named
from comparisons.stats import consistency as hang
from comparisons.texts import Texts, texts

if TYPE_CHECKING:
    import pandas as pd

    from comparisons.view import View


def beside(
    index: "View",
    name: str,
    data: "pd.DataFrame",
    columns: Sequence[Column],
    labels: Mapping[str, Mapping[str, Texts]],
    remarks: Sequence[Texts] = (),
) -> "View":
    """Make a view that belongs to an index and carries its verdict and overrides.

    Parameters
    ----------
    index : View
        The index.
    name : str
        Which of the views.
    data : DataFrame
        Its rows.
    columns : sequence of Column
        Those shown.
    labels : mapping
        Words for its codes.
    remarks : sequence of mapping
        What a reader needs before the figures.

    Returns
    -------
    View
    """
    from comparisons.view import View

    return View(
        kind=f"index.{name}",
        title=texts(f"index.title_{name}", title=index.title),
        data=data,
        columns=tuple(columns),
        verdict=index.verdict,
        overrides=index.overrides,
        remarks=(*remarks, texts("index.said.stands_with")),
        evidence=index.evidence,
        labels={"country": index.labels["country"], **labels},
    )


def _head(name: str) -> str:
    return f"index.column.{name}"


def _number(name: str, decimals: int = 3) -> Column:
    return Column(name, "number", _head(name), decimals=decimals)


def titles(tree: Tree) -> dict[str, Texts]:
    """Give the titles of the parts of an index."""
    parts = {node.id: node.title for node in tree.root.walk()}
    return parts | {tree.root.id: texts("index.whole")}


def parts(
    index: "View", tree: Tree, scored: Scored, years: Sequence[int], countries: Sequence[str]
) -> "View":
    """Set out the score of every part, country by country.

    Parameters
    ----------
    index : View
        The index.
    tree : Tree
        The index as data.
    scored : Scored
        Its scores, dims (year, country).
    years : sequence of int
        In order.
    countries : sequence of str
        Those asked for, the first of the axis.

    Returns
    -------
    View
    """
    import pandas as pd

    weights = dict(_effective(tree, scored))
    rows = [
        (code, year, node.id, weights[node.id], scored.scores[node.id][y, c])
        for y, year in enumerate(years)
        for c, code in enumerate(countries)
        for node in tree.root.walk()
    ]
    data = pd.DataFrame(rows, columns=["country", "year", "part", "weight", "score"])
    columns = (
        Column("country"),
        *([Column("year")] if len(years) > 1 else []),
        Column("part", head=_head("part")),
        _number("weight"),
        Column("score", "number", decimals=3),
    )
    return beside(index, "parts", data, columns, {"part": titles(tree)})


def _effective(tree: Tree, scored: Scored) -> Iterator[tuple[str, float]]:
    known = {tree.root.id: 1.0}
    for node in tree.root.walk():
        for child, part in zip(node.children, scored.weights.get(node.id, ()), strict=False):
            known[child.id] = known[node.id] * float(part)
    yield from known.items()


def consistency(index: "View", tree: Tree, scores: Mapping[str, Floats]) -> tuple["View", "View"]:
    """Say how well the parts of each group hang together, and each part with its group.

    Parameters
    ----------
    index : View
        The index.
    tree : Tree
        The index as data.
    scores : mapping of str to ndarray of float
        For every part dims (country,).

    Returns
    -------
    tuple of View
        Groups, and parts.
    """
    import pandas as pd

    groups, loads = [], []
    for group in tree.groups:
        if len(group.children) < 2:
            continue
        x = np.stack([scores[child.id] for child in group.children])
        measured, loadings = _measures(x)
        groups.append({"group": group.id, **measured})
        for child, line, loading in zip(group.children, x, loadings, strict=True):
            both = hang.correlation(np.stack([line, scores[group.id]]))[0, 1]
            loads.append((group.id, child.id, float(both), float(loading)))
    names = {"group": titles(tree), "part": titles(tree)}
    columns = (
        Column("group", head=_head("group")),
        Column("countries", "number", _head("countries")),
        _number("alpha"),
        _number("alpha_standardised"),
        _number("kmo"),
        _number("bartlett", 1),
        _number("p"),
        _number("first_share"),
    )
    heads = ["group", *(column.name for column in columns[1:])]
    first = beside(
        index,
        "consistency",
        pd.DataFrame(groups, columns=heads),
        columns,
        names,
        [texts("index.said.consistency")],
    )
    frame = pd.DataFrame(loads, columns=["group", "part", "correlation", "loading"])
    shown = (
        Column("group", head=_head("group")),
        Column("part", head=_head("part")),
        _number("correlation"),
        _number("loading"),
    )
    return first, beside(index, "correlations", frame, shown, names)


def _measures(x: Floats) -> tuple[dict[str, float], Floats]:
    there = np.isfinite(x).all(axis=0)
    n = int(there.sum())
    found = {"countries": n, "alpha": hang.cronbach(x), "alpha_standardised": np.nan}
    matrix = hang.correlation(x) if n > 2 else np.full((len(x), len(x)), np.nan)
    if not np.isfinite(matrix).all():
        rest = dict.fromkeys(("kmo", "bartlett", "p", "first_share"), np.nan)
        return found | rest, np.full(len(x), np.nan)
    values, loadings = hang.components(matrix)
    chi2, _, p = hang.bartlett(matrix, n)
    found["alpha_standardised"] = hang.cronbach(x, standardised=True)
    found |= {"kmo": hang.kmo(matrix), "bartlett": chi2, "p": p}
    return found | {"first_share": float(values[0] / len(x))}, loadings[:, 0]


def left_out(
    index: "View", tree: Tree, moves: Mapping[str, Floats], countries: Sequence[str]
) -> "View":
    """Set out what happens to the ranks when each indicator is left out.

    Parameters
    ----------
    index : View
        The index.
    tree : Tree
        The index as data.
    moves : mapping of str to ndarray of float
        For each indicator the change of rank, dims (country,).
    countries : sequence of str
        Along the last axis.

    Returns
    -------
    View
        The data also hold a column for each country.
    """
    import pandas as pd

    rows: list[dict[str, Any]] = []
    for name, moved in moves.items():
        known = np.where(np.isfinite(moved), np.abs(moved), -1)
        at = int(known.argmax())
        own = {"part": name, "shift": float(np.nanmean(np.abs(moved)))}
        largest = {"largest": moved[at], "mover": countries[at] if moved[at] else ""}
        rows.append(own | largest | dict(zip(countries, moved, strict=True)))
    columns = (
        Column("part", head=_head("part")),
        _number("shift", 2),
        Column("largest", "number", _head("largest"), "signed", 0),
        Column("mover", head=_head("mover")),
    )
    names = {"part": titles(tree), "mover": {code: named(code) for code in countries}}
    heads = ["part", "shift", "largest", "mover", *countries]
    frame = pd.DataFrame(rows, columns=heads)
    return beside(index, "left_out", frame, columns, names, [texts("index.said.left_out")])


def sensitivity(
    index: "View", tree: Tree, found: Mapping[str, tuple[float, float]], draws: int, seed: int
) -> "View":
    """Set out which choice the movement of ranks comes from.

    Parameters
    ----------
    index : View
        The index.
    tree : Tree
        The index as data.
    found : mapping
        For each factor its first and total index.
    draws, seed : int
        Base draws, and the seed.

    Returns
    -------
    View
    """
    import pandas as pd

    rows = [(name, *both) for name, both in found.items()]
    data = pd.DataFrame(rows, columns=["factor", "first", "total"])
    columns = (Column("factor", head=_head("factor")), _number("first", 2), _number("total", 2))
    names = {"factor": {name: short_factor(name, titles(tree)) for name in found}}
    said = texts("index.said.sensitivity", draws=draws, seed=seed)
    return beside(index, "sensitivity", data, columns, names, [said])


def pairs(index: "View", robust: Robust, countries: Sequence[str], order: Sequence[int]) -> "View":
    """Set out for each country the others that it never swaps with.

    Parameters
    ----------
    index : View
        The index.
    robust : Robust
        What the draws say.
    countries : sequence of str
        Along the axes of its counts.
    order : sequence of int
        Positions of the countries shown.

    Returns
    -------
    View
        The data hold codes parted by spaces.
    """
    import pandas as pd

    rows = []
    words: dict[str, dict[str, Texts]] = {"above": {}, "below": {}}
    for k in order:
        both = {
            "above": [countries[c] for c in order if robust.above[k, c]],
            "below": [countries[c] for c in order if robust.above[c, k]],
        }
        rows.append({"country": countries[k]} | {key: " ".join(one) for key, one in both.items()})
        for key, codes in both.items():
            if codes:
                words[key][" ".join(codes)] = listed([named(code) for code in codes])
    data = pd.DataFrame(rows, columns=["country", "above", "below"])
    columns = (
        Column("country"),
        Column("above", head=_head("above")),
        Column("below", head=_head("below")),
    )
    return beside(index, "pairs", data, columns, words, [texts("index.said.pairs")])
