"""The full sentences on single pairs, each said once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from comparisons.judging import Describe, Judged
from comparisons.places import Mask
from comparisons.texts import Texts, each, texts

if TYPE_CHECKING:
    from benchmark.rules.finding import Finding

Hits = Sequence[tuple[Judged, Mask]]
"""Sets of pairs, and those of them on which a rule fired."""


@dataclass
class _Statement:
    """One thing a rule says: of some figures, or of some pairs."""

    finding: "Finding"
    facts: dict[str, Any]
    figures: list[Any] = field(default_factory=list)
    pairs: dict[int, Mask] = field(default_factory=dict)

    def words(self) -> Texts:
        facts = self.facts | ({"figures": self.figures} if self.figures else {})
        return each(replace(self.finding, statements=(facts,)).text)


def details(rule: str, hit: Hits, describe: Describe) -> tuple[Texts, ...]:
    """Write what one rule says of the pairs it fired on.

    What is said of figures is said once for all of them, however many pairs they stand in; a
    sentence on pairs names them.

    Parameters
    ----------
    rule : str
        Its id.
    hit : sequence of tuple
        Sets of pairs, and those of them on which the rule fired.
    describe : callable
        Names pairs.

    Returns
    -------
    tuple of mapping
        Lines of text in each language; sentences on the figures of one set share a line.
    """
    figures: dict[str, tuple[Texts | None, dict[str, _Statement]]] = {}
    pairs: dict[str, _Statement] = {}
    for place, (group, mask) in enumerate(hit):
        scope = group.scope or group.theme
        for k in np.flatnonzero(mask):
            for key, one in _statements(group, int(k), rule):
                if one.figures or "figure" in one.facts:
                    told = figures.setdefault(scope["en"] if scope else "", (scope, {}))[1]
                    known = told.setdefault(key, one)
                    known.figures += [name for name in one.figures if name not in known.figures]
                else:
                    known = pairs.setdefault(key, one)
                    known.pairs.setdefault(place, np.zeros_like(mask))[k] = True
    said = (_scoped(scope, _joined(told.values())) for scope, told in figures.values())
    return (*said, *(_labelled(one, hit, describe) for one in pairs.values()))


def _statements(group: Judged, k: int, rule: str) -> Iterator[tuple[str, _Statement]]:
    """Part what was found for a pair into statements, keyed by all but the figures they are on."""
    finding = next(one for one in group.findings(k) if one.rule == rule)
    for said in finding.statements:
        facts = {key: value for key, value in said.items() if key != "figures"}
        yield repr(sorted(facts.items())), _Statement(finding, facts, list(said.get("figures", ())))


def _scoped(scope: Texts | None, words: Texts) -> Texts:
    return words if scope is None else texts("note.scoped", scope=scope, places=words)


def _joined(statements: Any) -> Texts:
    sentences = [one.words() for one in statements]
    return each(lambda lang: " ".join(one[lang] for one in sentences))


def _labelled(statement: _Statement, hit: Hits, describe: Describe) -> Texts:
    words = statement.words()
    places = [(hit[at][0], mask) for at, mask in statement.pairs.items()]
    labels = [_scoped(one.scope or one.theme, describe(one, mask)) for one, mask in places]

    def write(lang: str) -> str:
        lead = "; ".join(label[lang] for label in labels)
        return f"{lead[:1].upper()}{lead[1:]}: {words[lang]}"

    return each(write)
