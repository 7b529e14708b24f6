"""The tree of an index as data: what it is made of, with which weights, by which rules."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import tomli

from benchmark.areas import country
from benchmark.errors import BenchmarkError, UnknownName
from benchmark.registry import unknown
from comparisons.stats.missing import LIMIT
from comparisons.texts import Texts

if TYPE_CHECKING:
    from benchmark.registry import Registry

NORMALISATIONS = (
    "as_published", "min_max", "goalposts", "z", "z_sample", "to_target", "to_reference",
    "fraction_of_max", "percentile_rank", "borda", "mpi", "ampi",
)  # fmt: skip
"""How an indicator is put on a scale; the two last are the scales of the MPI and the AMPI."""
WEIGHTS = ("equal", "given", "pca", "entropy", "bod")
AGGREGATIONS = ("arithmetic", "geometric", "harmonic", "mpi", "ampi")
ABSOLUTE = ("as_published", "goalposts")
"""Scales on which a country's score does not depend on the others."""
OF_DATA = ("pca", "entropy", "bod")
"""Weights that come from the figures themselves."""


@dataclass(frozen=True)
class Node:
    """A part of an index: an indicator, or a group of parts.

    Parameters
    ----------
    id : str
        The indicator, or a name of the group.
    title : mapping
        In every language.
    weight : float
        Within the group it belongs to.
    direction : {1, -1}
        Of an indicator: which way is better, from the registry.
    normalisation : str
        Of an indicator: one of `NORMALISATIONS`.
    goalposts : tuple of float, optional
        Of an indicator: lower and upper end.
    target : float, optional
        Of an indicator: what `to_target` aims at.
    reference : str
        Of an indicator: the country that `to_reference` gives 1.
    cap : bool
        Hold scores by goalposts between 0 and 1, those by a target at 1.
    absent : tuple of (float, tuple of int)
        Of an indicator: values that stand for a missing one, and the years in which they do;
        none means all.
    weights : str
        Of a group: one of `WEIGHTS`.
    aggregation : str
        Of a group: one of `AGGREGATIONS`.
    penalty : {-1, 1}
        Of a group put together by MPI or AMPI: -1 where more is better.
    floor : float, optional
        Of a group put together by a geometric or harmonic mean: stands for what is below it.
    bounds : tuple of float
        Of a group weighted by benefit of the doubt: least and largest share of a part.
    children : tuple of Node
        Of a group.
    """

    id: str
    title: Texts
    weight: float = 1.0
    direction: int = 1
    normalisation: str = "as_published"
    goalposts: tuple[float, float] | None = None
    target: float | None = None
    reference: str = ""
    cap: bool = False
    absent: tuple[tuple[float, tuple[int, ...]], ...] = ()
    weights: str = "equal"
    aggregation: str = "arithmetic"
    penalty: int = -1
    floor: float | None = None
    bounds: tuple[float, float] = (0.0, 1.0)
    children: tuple["Node", ...] = ()

    @property
    def relative(self) -> bool:
        """Whether the scale of an indicator rests on the countries looked at."""
        fixed = self.normalisation == "ampi" and self.goalposts is not None
        return self.normalisation not in ABSOLUTE and not fixed

    def walk(self) -> Iterator["Node"]:
        """List the node and all below it, each group before its parts."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True)
class Tree:
    """An index as data.

    Parameters
    ----------
    root : Node
        The index.
    missing : float
        Share of a group's weight that may be missing [0-1].
    years : tuple of int, optional
        First and last year the formula holds for.
    published : str
        The indicator that holds the scores as their publisher computes them.
    place : mapping
        Where each indicator stands among the indicators.
    """

    root: Node
    missing: float = LIMIT
    years: tuple[int, int] | None = None
    published: str = ""
    place: Mapping[str, int] = field(default_factory=dict)

    @property
    def leaves(self) -> tuple[Node, ...]:
        """The indicators, in order."""
        return tuple(node for node in self.root.walk() if not node.children)

    @property
    def groups(self) -> tuple[Node, ...]:
        """The groups, the index itself first."""
        return tuple(node for node in self.root.walk() if node.children)

    @property
    def relative(self) -> bool:
        """Whether a score depends on which countries are looked at."""
        return any(one.relative for one in self.leaves) or any(
            one.weights in OF_DATA for one in self.groups
        )

    def changed(self, **rules: str) -> "Tree":
        """Give the tree with one rule for all of it: normalisation, weights or aggregation."""
        return replace(self, root=_changed(self.root, rules))


def _changed(node: Node, rules: Mapping[str, str]) -> Node:
    own = ("weights", "aggregation") if node.children else ("normalisation",)
    kept = {name: rules[name] for name in own if name in rules}
    children = tuple(_changed(child, rules) for child in node.children)
    if children and rules.get("weights") == "equal":
        children = tuple(replace(child, weight=1 / len(children)) for child in children)
    return replace(node, children=children, **kept)  # type: ignore[arg-type]


@cache
def shipped() -> tuple[str, ...]:
    """Name the trees that come with the program.

    Examples
    --------
    >>> shipped()
    ('egdi', 'egdi_2010', 'egov', 'egov_life_event')
    """
    folder = files("comparisons").joinpath("data/index")
    return tuple(
        sorted(Path(one.name).stem for one in folder.iterdir() if one.name[-5:] == ".toml")
    )


def read_tree(tree: "str | Path | Mapping[str, Any] | Tree", registry: "Registry") -> Tree:
    """Read a tree and check all of it.

    Parameters
    ----------
    tree : str, pathlib.Path, mapping or Tree
        The name of a tree of `shipped`, a TOML file, or what such a file holds.
    registry : Registry
        Titles, directions and units of the indicators.

    Returns
    -------
    Tree

    Raises
    ------
    UnknownName
        If there is no such tree or file.
    BenchmarkError
        With every fault of the tree at once.

    Examples
    --------
    >>> from sources.catalogue import registry
    >>> tree = read_tree("egdi", registry())
    >>> [(leaf.id, round(leaf.weight, 3)) for leaf in tree.leaves][0]
    ('un.egdi.online_services', 0.333)
    """
    if isinstance(tree, Tree):
        return tree
    if isinstance(tree, Mapping):
        return _checked(tree, registry, "the tree")
    return _checked(_loaded(str(tree)), registry, str(tree))


def _loaded(name: str) -> dict[str, Any]:
    if name in shipped():
        text = files("comparisons").joinpath(f"data/index/{name}.toml").read_text("utf-8")
        return tomli.loads(text)
    if not name.endswith(".toml"):
        known = ", ".join(shipped())
        raise UnknownName(f"{unknown('tree', name, shipped())}; shipped: {known}; or a .toml file")
    try:
        return tomli.loads(Path(name).read_text("utf-8"))
    except OSError as error:
        raise UnknownName(f"{name}: cannot be read: {error.strerror}") from None
    except (tomli.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BenchmarkError(f"{name}: not a TOML file: {error}") from None


def _checked(data: Mapping[str, Any], registry: "Registry", name: str) -> Tree:
    from benchmark.errors import listing
    from comparisons.index.faults import faults

    found = list(faults(data, registry))
    if found:
        raise BenchmarkError(listing(f"{name} is no tree of an index", found))
    root = _node(data, registry, "index", {})
    tree = Tree(
        root,
        float(share(data.get("missing", LIMIT))),
        tuple(data["years"]) if "years" in data else None,
        data.get("published", ""),
    )
    return replace(tree, place={leaf.id: k for k, leaf in enumerate(tree.leaves)})


def share(given: object) -> float:
    """Read a weight: a number, or a fraction in writing.

    Examples
    --------
    >>> share("6/9"), share(0.25)
    (0.6666666666666666, 0.25)
    """
    return float(Fraction(given)) if isinstance(given, str) else float(given)  # type: ignore[arg-type]


def _node(
    data: Mapping[str, Any], registry: "Registry", name: str, above: Mapping[str, Any]
) -> Node:
    """Make a node; aggregation and normalisation pass down to parts that say nothing else."""
    rules = {key: data.get(key, above.get(key)) for key in ("aggregation", "normalisation")}
    rules = {key: value for key, value in rules.items() if value is not None}
    if "children" not in data:
        return _leaf(data, registry, rules)
    parts: Sequence[Mapping[str, Any]] = data["children"]
    children = [
        _node(part, registry, f"{name}.{place}", rules) for place, part in enumerate(parts, 1)
    ]
    given = any("weight" in part for part in parts)
    weights = [share(part["weight"]) if given else 1 / len(parts) for part in parts]
    kept = {key: data[key] for key in ("penalty", "floor") if key in data}
    return Node(
        data.get("id", name),
        titled(data["title"]),
        weights=data.get("weights", "given" if given else "equal"),
        aggregation=rules.get("aggregation", "arithmetic"),
        bounds=tuple(data.get("bounds", (0.0, 1.0))),
        children=tuple(
            replace(child, weight=weight) for child, weight in zip(children, weights, strict=True)
        ),
        **kept,
    )


def _leaf(data: Mapping[str, Any], registry: "Registry", rules: Mapping[str, str]) -> Node:
    entry = registry.indicators[data["indicator"]]
    aggregation = rules.get("aggregation", "")
    usual = aggregation if aggregation in ("mpi", "ampi") else "as_published"
    kept = {key: data[key] for key in ("target", "cap") if key in data}
    if "reference" in data:
        kept["reference"] = country(data["reference"])
    return Node(
        data["indicator"],
        titled(data.get("title", entry["title"])),
        direction=int(entry["direction"]),
        normalisation=data.get("normalisation", rules.get("normalisation", usual)),
        goalposts=tuple(data["goalposts"]) if "goalposts" in data else None,
        absent=tuple(
            (float(one["value"]), tuple(one.get("years", ()))) for one in data.get("absent", ())
        ),
        **kept,
    )


def titled(title: str | Mapping[str, str]) -> Texts:
    """Take a title in all languages, or one for all of them."""
    from comparisons.texts import same

    return same(title) if isinstance(title, str) else dict(title)
