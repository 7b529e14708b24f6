"""Rules on how it was asked and measured: C13 to C18, C36, C37."""

from collections.abc import Iterator
from typing import Final

from benchmark.rules.pair import Pair
from benchmark.rules.pairs import Mask, Pairs, Severity, grade
from benchmark.rules.rows import SURVEY_FIELDS
from benchmark.rules.rule import Facts, Rule, per_side, sides


def _mode(p: Pairs) -> Severity:
    a, b = p.both("survey")
    known = ~p.unknown("mode")
    other_kind = (a != b) | (~a & ~b & p.differ("mode"))
    other_class = p.differ("mode_class")
    return grade(n=known & other_kind, c=other_class | (p.one_sided("mode") & ~(a & b)))


def _question(p: Pairs) -> Severity:
    return grade(c=p.surveys & p.same("concept") & p.differ("question"))


def _scale(p: Pairs) -> Severity:
    return grade(c=p.surveys & p.differ("scale"))


def _topbox(p: Pairs) -> Severity:
    return grade(n=p.surveys & p.differ("topbox") & ~p.opposite & ~p.same_question)


def _dont_know(p: Pairs) -> Severity:
    return grade(c=p.surveys & p.differ("dk"))


def _untold(p: Pairs) -> Mask:
    """Pairs of one wave in which no side states the age range, or none the period."""
    return p.same_instrument & (p.neither("age") | p.neither("period"))


def _unstated(p: Pairs) -> Severity:
    a, b = p.both("unstated")
    fires = p.surveys & ((a | b).astype(bool) | _untold(p))
    alike = p.same_instrument & (a == b)
    return grade(c=fires & ~alike, i=fires & alike)


def _unstated_facts(pair: Pair) -> Iterator[Facts]:
    keys = list(SURVEY_FIELDS)
    if _untold(pair.pairs)[0]:
        keys += [key for key in ("age", "period") if len(pair.missing(key)) == 2]
    fields = ([key for key in keys if key not in one] for one in pair.sides)
    yield from per_side(pair, "missing", {k: {"fields": f} for k, f in enumerate(fields) if f})


def _harmonised(p: Pairs) -> Severity:
    return grade(c=p.surveys & p.differ("programme") & ~p.same("harmonised_to"))


def _translated(p: Pairs) -> Severity:
    common = p.same("programme") | p.same("harmonised_to")
    return grade(i=p.surveys & p.differ("country") & p.all_of("opinion") & common)


def _translated_facts(_: Pair) -> Iterator[Facts]:
    yield {"variant": "translated"}


def _question_facts(_: Pair) -> Iterator[Facts]:
    yield {"variant": "differ"}


M: Final = "measurement"
_STANDARD: Final = ("programme", "harmonised_to")
_TRANSLATION: Final = ("country", "attitudinal", "programme", "harmonised_to")
_STATED: Final = (*SURVEY_FIELDS, "age", "period", "programme", "wave")
RULES: Final = (
    Rule("C13", "MODE", M, 2, "CN", ("mode", "base"), _mode, sides("mode")),
    Rule("C14", "QUESTION", M, 2, "C", ("question", "concept"), _question, _question_facts),
    Rule("C15", "SCALE", M, 2, "C", ("scale",), _scale, sides("scale")),
    Rule("C16", "TOPBOX", M, 2, "N", ("topbox",), _topbox, sides("topbox")),
    Rule("C17", "DONT_KNOW", M, 2, "C", ("dk",), _dont_know, sides("dk")),
    Rule("C18", "INSTRUMENT_UNKNOWN", M, 2, "IC", _STATED, _unstated, _unstated_facts),
    Rule("C36", "NOT_HARMONISED", M, 2, "C", _STANDARD, _harmonised, sides("programme")),
    Rule("C37", "TRANSLATION", M, 2, "I", _TRANSLATION, _translated, _translated_facts),
)
