"""Rules on flags, sources and contradicting figures: C35, C38 to C40, C44."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from benchmark.rules.pair import Pair, amount
from benchmark.rules.pairs import SLACK, Mask, Pairs, Severity, grade
from benchmark.rules.rule import Facts, Rule, per_side, unstated
from benchmark.status import MISSING, mask

_CAUTION: Final = frozenset("FUG")
_NOTE: Final = frozenset("PEIVWSDJN")


def _status(p: Pairs) -> Severity:
    def carries(codes: frozenset[str]) -> Mask:
        a, b = p.both("flags")
        return np.asarray(((a | b) & np.uint32(mask(codes))) != 0)

    return grade(n=carries(MISSING) | p.unknown("value"), c=carries(_CAUTION), i=carries(_NOTE))


def _status_facts(pair: Pair) -> Iterator[Facts]:
    missing, flagged, silent = {}, {}, {}
    for k, one in enumerate(pair.sides):
        flags = one.get("obs_status", ())
        missing[k] = [code for code in flags if code in MISSING]
        flagged[k] = [code for code in flags if code in _CAUTION | _NOTE]
        if "value" not in one and not missing[k]:
            silent[k] = Facts()
    yield from per_side(pair, "no_value", {k: {"codes": c} for k, c in missing.items() if c})
    yield from per_side(pair, "no_reason", silent)
    yield from per_side(pair, "flagged", {k: {"codes": c} for k, c in flagged.items() if c})


def _one_source(p: Pairs) -> Severity:
    return grade(i=p.same("country") & p.same("underlying"))


def _one_source_facts(pair: Pair) -> Iterator[Facts]:
    programmes = {one.get("programme") for one in pair.sides}
    programme = programmes.pop() if len(programmes) == 1 else None
    yield {"variant": "one", "underlying": pair.a["underlying"], "programme": programme}


def _secondary(p: Pairs) -> Severity:
    a, b = p.both("at_source")
    return grade(i=~(a & b))


def _secondary_facts(pair: Pair) -> Iterator[Facts]:
    sources = {k: {"source_type": one.get("source_type")} for k, one in enumerate(pair.sides)}
    second_hand = {k: s for k, s in sources.items() if s["source_type"] not in ("primary", None)}
    yield from per_side(pair, "secondary", second_hand)
    yield from unstated(pair, "source_type")


def _contradicting(p: Pairs) -> Mask:
    """Pairs of two values for what claims to be one thing."""
    found = p.levels & (p.distance > p.rounding + SLACK)
    for key in ("country", "concept", "base", "period", "direction", "geo_scope"):
        found = found & p.same(key)
    for key in ("area", "age", "base_filter"):
        found = found & p.equal_or_absent(key)
    return found & ~p.differ("topbox") & (~p.any_of("local") | p.same("area"))


def _revised(p: Pairs) -> Mask:
    return p.same("programme") & p.differ("vintage")


def _conflict(p: Pairs) -> Severity:
    return grade(c=p.kept("contradicting", _contradicting) & ~_revised(p))


def _conflict_facts(pair: Pair) -> Iterator[Facts]:
    a, b = (one.get("programme") for one in pair.sides)
    yield {"variant": "conflict", **pair.amounts(), "source_a": a, "source_b": b}


def _vintage(p: Pairs) -> Severity:
    return grade(i=p.kept("contradicting", _contradicting) & _revised(p))


def _vintage_facts(pair: Pair) -> Iterator[Facts]:
    old, new = sorted(pair.sides, key=lambda one: str(one["vintage"]))
    vintages = {"old_vintage": old["vintage"], "new_vintage": new["vintage"]}
    yield {"variant": "revised", "old": amount(old), "new": amount(new), **vintages}


M: Final = "measurement"
_ONE: Final = ("country", "underlying")
_THING: Final = (
    *("country", "concept", "base", "period", "geo_scope", "area", "direction"),
    *("topbox", "age", "base_filter", "value", "decimals"),
)
RULES: Final = (
    Rule("C35", "STATUS", M, 1, "ICN", ("obs_status", "value"), _status, _status_facts),
    Rule("C38", "NOT_INDEPENDENT", M, 2, "I", _ONE, _one_source, _one_source_facts),
    Rule("C39", "SECONDARY", M, 1, "I", ("source_type",), _secondary, _secondary_facts),
    Rule("C40", "CONFLICT", M, 2, "C", _THING, _conflict, _conflict_facts),
    Rule("C44", "VINTAGE", M, 2, "I", (*_THING, "programme", "vintage"), _vintage, _vintage_facts),
)
