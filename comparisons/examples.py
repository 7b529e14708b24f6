"""Examples of the rules: pairs of figures, compared for real, and what came of it."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import tomli

from comparisons.texts import each

if TYPE_CHECKING:
    from benchmark.figures import Evidence

PAIRS = "data/rule_examples.toml"
FOUND = "data/rule_examples.json"
"""The pairs, and what comparing them gives: kept, so that explaining a rule needs no figures."""


@cache
def pairs() -> Mapping[str, Any]:
    """Read which pair stands for each rule.

    Returns
    -------
    mapping
        For each rule the addresses `a` and `b`, and what `with_a` and `with_b` change.
    """
    return tomli.loads(files("comparisons").joinpath(PAIRS).read_text("utf-8"))


@cache
def found() -> Mapping[str, Any]:
    """Read what comparing the pairs gave.

    Returns
    -------
    mapping
        For each rule `made_up`, `a`, `b`, `severity`, and the texts `figures`, `sentence` and
        `note` in each language.

    Examples
    --------
    >>> found()["C16"]["severity"]
    'N'
    """
    import json

    read: Mapping[str, Any] = json.loads(files("comparisons").joinpath(FOUND).read_text("utf-8"))
    return read


def compared(evidence: "Evidence", rule: str) -> dict[str, Any]:
    """Compare the pair that stands for a rule.

    Parameters
    ----------
    evidence : Evidence
        Figures and registry.
    rule : str
        Its id.

    Returns
    -------
    dict
        As for `found`.

    Raises
    ------
    KeyError
        If the pair does not show the rule.
    """
    from benchmark.addresses import find
    from benchmark.figure import Figure
    from benchmark.rules import compare
    from comparisons.judging import titles

    pair = pairs()[rule]
    figures = [Figure(evidence, find(evidence, pair[side])) for side in ("a", "b")]
    first, second = (
        _changed(one.metadata, pair.get(f"with_{side}", {}))
        for one, side in zip(figures, ("a", "b"), strict=True)
    )
    result = compare(first, second, labels=titles(evidence.registry))
    finding = {one.rule: one for one in result.findings}[rule]
    return {
        "made_up": "with_a" in pair or "with_b" in pair,
        "a": pair["a"],
        "b": pair["b"],
        "severity": finding.severity,
        "figures": dict(each(lambda lang: "; ".join(_called(one, lang) for one in figures))),
        "sentence": dict(each(result.sentence)),
        "note": dict(each(finding.text)),
    }


def _changed(meta: Mapping[str, Any], facts: Mapping[str, Any]) -> dict[str, Any]:
    """Put facts into the place of those known; an empty one makes them unknown."""
    return {key: value for key, value in {**meta, **facts}.items() if value != ""}


def _called(figure: Any, lang: str) -> str:
    return f"{figure.indicator['title'][lang]} [{figure.address}]"
