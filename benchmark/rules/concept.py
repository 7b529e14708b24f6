"""Rules on what is measured, of whom and where: C00 to C08, C26, C27, C42."""

from collections.abc import Iterator
from typing import Final

from benchmark.rules.pair import COMMON_UNIT, Pair, amount
from benchmark.rules.pairs import Pairs, Severity, grade
from benchmark.rules.rule import Facts, Rule, per_side, sides
from benchmark.rules.values import UNIT_CLASS

_FATAL: Final = ("unit", "concept")
_NEEDED: Final = ("country", "base", "programme", "direction")


def _missing(p: Pairs) -> Severity:
    fatal = p.unknown("unit") | p.unknown("concept")
    other = p.unknown("country")
    for key in _NEEDED[1:]:
        other = other | p.unknown(key)
    return grade(n=fatal, c=other)


def _missing_facts(pair: Pair) -> Iterator[Facts]:
    keys = (*_FATAL, *_NEEDED)
    fields = ([key for key in keys if key not in one] for one in pair.sides)
    yield from per_side(pair, "missing", {k: {"fields": f} for k, f in enumerate(fields) if f})


def _unit_facts(pair: Pair) -> Iterator[Facts]:
    unlisted = [one["unit"] for one in pair.sides if one.get("unit", "rank") not in UNIT_CLASS]
    if unlisted:
        yield {"variant": "unlisted", "units": sorted(set(unlisted))}
    else:
        yield {"variant": "classes", **pair.each("unit")}


def _converted(p: Pairs) -> Severity:
    return grade(i=p.same("unit_class") & p.differ("unit"))


def _converted_facts(pair: Pair) -> Iterator[Facts]:
    for k, figure in enumerate(pair.sides):
        if figure["unit"] in COMMON_UNIT:
            unit = COMMON_UNIT[figure["unit"]]
            value = round(pair.side("common_value")[k], 10)
            yield {"variant": "converted", "given": amount(figure), "unit": unit, "value": value}


def _reversed_facts(pair: Pair) -> Iterator[Facts]:
    k = 0 if pair.a["direction"] == -1 else 1
    before, after = pair.side("common_value")[k], float(pair.pairs.values[k][0])
    if after != after:
        yield {"variant": "declared"}
    else:
        total = round(before + after, 10)
        given, turned = round(before, 10), round(after, 10)
        yield {"variant": "reversed", "total": total, "given": given, "turned": turned}


def _filter(p: Pairs) -> Severity:
    return grade(c=p.same("base") & ~p.equal_or_absent("base_filter"))


def _territory(p: Pairs) -> Severity:
    a, b = p.both("local")
    scope_a, scope_b = p.both("geo_scope")
    return grade(n=(a | b) & (scope_a != scope_b))


def _territory_facts(pair: Pair) -> Iterator[Facts]:
    places = [{key: one[key] for key in ("geo_scope", "area") if key in one} for one in pair.sides]
    yield {"variant": "territory", "a": places[0], "b": places[1]}


def _aggregate(p: Pairs) -> Severity:
    a, b = p.both("is_aggregate")
    return grade(i=(a != b) & ~p.any_of("local"))


def _aggregate_facts(pair: Pair) -> Iterator[Facts]:
    whole = 0 if pair.a["geo_scope"] == "aggregate" else 1
    aggregate, part = pair.sides[whole].get("country"), pair.sides[1 - whole].get("country")
    yield {"variant": "aggregate", "aggregate": aggregate, "country": part}


def _mismatch_facts(pair: Pair) -> Iterator[Facts]:
    sums_to_100 = pair.unit_class in ("share", "score")
    yield {"variant": "mismatch" if sums_to_100 else "other", **pair.amounts()}


def _same_question_facts(_: Pair) -> Iterator[Facts]:
    yield {"variant": "same"}


def _units(p: Pairs) -> Severity:
    return grade(n=p.differ("unit_class") | p.unlisted)


def _families(p: Pairs) -> Severity:
    return grade(n=p.differ("family"))


def _objects(p: Pairs) -> Severity:
    return grade(n=p.same("family") & p.differ("concept") & ~p.same_question)


def _bases(p: Pairs) -> Severity:
    return grade(n=p.differ("base"))


def _complements(p: Pairs) -> Severity:
    return grade(i=p.reversed)


def _mismatch(p: Pairs) -> Severity:
    return grade(n=p.opposite & ~p.reversed)


def _same_question(p: Pairs) -> Severity:
    return grade(i=p.same_question)


_POLARITY: Final = ("concept", "direction", "complement_exact")
_ITEM: Final = ("concept", "question", "programme", "base", "period", "country")
_PLACE: Final = ("geo_scope", "area")
_KEYS: Final = (*_FATAL, *_NEEDED)

# Abbreviations keep one rule to a line: D(efinition) is the root of distortion of them all.
D: Final = "definition"
RULES: Final = (
    Rule("C00", "META_MISSING", D, 1, "CN", _KEYS, _missing, _missing_facts),
    Rule("C01", "UNIT_INCOMPATIBLE", D, 1, "N", ("unit",), _units, _unit_facts),
    Rule("C02", "UNIT_CONVERTED", D, 2, "I", ("unit",), _converted, _converted_facts),
    Rule("C03", "POLARITY_CONVERTED", D, 2, "I", _POLARITY, _complements, _reversed_facts),
    Rule("C04", "POLARITY_MISMATCH", D, 2, "N", _POLARITY, _mismatch, _mismatch_facts),
    Rule("C05", "CONCEPT_DIFFERENT", D, 1, "N", ("concept",), _families, sides("concept")),
    Rule("C06", "CONCEPT_RELATED", D, 2, "N", _ITEM, _objects, sides("concept")),
    Rule("C07", "BASE_DIFFERENT", D, 2, "N", ("base",), _bases, sides("base")),
    Rule("C08", "BASE_FILTER", D, 2, "C", ("base", "base_filter"), _filter, sides("base_filter")),
    Rule("C26", "TERRITORY", D, 2, "N", _PLACE, _territory, _territory_facts),
    Rule("C27", "AGGREGATE", D, 2, "I", _PLACE, _aggregate, _aggregate_facts),
    Rule("C42", "SAME_QUESTION", D, 2, "I", _ITEM, _same_question, _same_question_facts),
)
