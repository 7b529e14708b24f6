"""What holds for every pair of figures."""

import json
from typing import Any
from unittest.mock import patch

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmark.rules import RULES, VERDICTS, compare, judge
from benchmark.rules import engine as rules_engine
from benchmark.rules.columns import encode, from_mappings
from benchmark.rules.values import PERSON_BASES, digits
from tests.benchmark.rules.figures import Figure
from tests.benchmark.rules.strategies import figures, pairs

FIRST_STAGE = {"C00", "C01", "C05", "C35", "C39"}
ALONE = (
    *("mode", "question", "scale", "topbox", "dk", "base", "period", "sampling", "method_version"),
    *("n", "pool_size", "pool_id", "programme", "country", "direction", "unit", "concept"),
)

examples = settings(max_examples=80, deadline=None)


@examples
@given(pairs)
def test_symmetric_deterministic_in_order_of_ids(pair: tuple[Figure, Figure]) -> None:
    a, b = pair
    once, again, turned = compare(a, b), compare(a, b), compare(b, a)
    assert once == again
    assert once.rules == turned.rules
    assert once.verdict == turned.verdict
    assert list(once.rules) == sorted(once.rules)


@examples
@given(pairs)
def test_verdict_is_the_worst_severity(pair: tuple[Figure, Figure]) -> None:
    comparison = compare(*pair)
    worst = max(("ICN".index(grade) for grade in comparison.rules.values()), default=0)
    assert comparison.verdict == VERDICTS[worst]


@examples
@given(pairs)
def test_a_refusal_in_the_first_stage_ends_the_examination(pair: tuple[Figure, Figure]) -> None:
    rules = compare(*pair).rules
    if any(rules.get(rule) == "N" for rule in FIRST_STAGE):
        assert set(rules) <= FIRST_STAGE


@examples
@given(pairs)
def test_what_is_not_comparable_has_no_difference(pair: tuple[Figure, Figure]) -> None:
    comparison = compare(*pair)
    if comparison.verdict == "not_comparable":
        assert comparison.difference is None
        assert comparison.to_dict()["difference"] is None
        assert not {"C21", "C22", "C25", "C33"} & set(comparison.rules)
        text = comparison.text()
        assert "No difference" in text
        assert " minus " not in text
        assert "From " not in text
        assert "would be significant" not in text


@examples
@given(pairs, st.sampled_from(["en", "da", "nb", "sv"]))
def test_every_face_can_be_written(pair: tuple[Figure, Figure], lang: str) -> None:
    comparison = compare(*pair)
    text, html = comparison.text(lang), comparison.html(lang)
    assert "{" not in text
    assert "\u2212" not in text
    assert html.startswith(f'<section lang="{lang}"')
    data = json.loads(json.dumps(comparison.to_dict(lang), allow_nan=False))
    assert [finding["rule"] for finding in data["findings"]] == list(comparison.rules)
    for finding in comparison.findings:
        assert finding.text(lang).strip()
        assert finding.text(lang) in text


@settings(max_examples=25, deadline=None)
@given(st.lists(figures, min_size=2, max_size=7), st.integers(1, 5))
def test_a_batch_is_its_pairs_one_by_one(many: list[Figure], chunk: int) -> None:
    i, j = (side.ravel() for side in np.indices((len(many), len(many))))
    with patch.object(rules_engine, "CHUNK", chunk):
        judgement = judge(from_mappings(many), i, j)
    for k, (one, other) in enumerate(zip(i, j, strict=True)):
        alone = compare(many[one], many[other])
        fired = {RULES[r].id: "ICN"[s - 1] for r, s in enumerate(judgement.severity[k]) if s}
        assert fired == alone.rules
        assert VERDICTS[judgement.verdict[k]] == alone.verdict
        assert judgement.findings(k) == alone.findings
        bits = int(judgement.bits[k])
        assert {rule.id for r, rule in enumerate(RULES) if bits >> r & 1} == set(alone.rules)


def forgettable(pair: tuple[Figure, Figure]) -> list[str]:
    """Keys of which one may be forgotten.

    A key that only one figure states is left out: two unknowns in one wave, or in two registers
    of unstated mode, are by rule less than one. Ages count only where both bases are persons.
    """
    both = [key for key in ALONE if all(key in figure for figure in pair)]
    persons = all("age" in figure and figure.get("base") in PERSON_BASES for figure in pair)
    return [*both, "age"] if persons else both


@settings(max_examples=200, deadline=None)
@given(pairs)
def test_forgetting_never_makes_a_pair_comparable(pair: tuple[Figure, Figure]) -> None:
    if compare(*pair).verdict == "comparable":
        return
    poorer = []
    for key in forgettable(pair):
        for side in (0, 1):
            forgetful = [dict(figure) for figure in pair]
            del forgetful[side][key]
            poorer += forgetful
    first = np.arange(0, len(poorer), 2)
    verdicts = judge(from_mappings(poorer), first, first + 1).verdict
    assert (verdicts > 0).all(), poorer[2 * int(np.argmin(verdicts))]


@examples
@given(pairs)
def test_shares_may_be_written_as_fractions(pair: tuple[Figure, Figure]) -> None:
    fractions = [as_fraction(figure) for figure in pair]
    one, other = compare(*pair), compare(*fractions)
    assert one.rules == other.rules
    if one.difference and one.difference.unit == "pp":
        assert other.difference == one.difference
    mixed = dict(compare(pair[0], fractions[1]).rules)
    if mixed.pop("C02", None) and one.verdict != "not_comparable":
        assert mixed == one.rules


def as_fraction(figure: Figure) -> Figure:
    if figure.get("unit") != "percent":
        return figure
    changes: dict[str, Any] = {"unit": "fraction"}
    if "value" in figure:
        changes["value"] = round(figure["value"] / 100, 6)
        changes["decimals"] = figure.get("decimals", digits(figure["value"])) + 2
    return {**figure, **changes}


@examples
@given(st.lists(figures, min_size=1, max_size=5))
def test_a_table_of_factors_is_its_mappings(many: list[Figure]) -> None:
    factors = {}
    for key in {key for figure in many for key in figure}:
        values: list[Any] = []
        codes = []
        for figure in many:
            value = figure.get(key)
            if value is not None and value not in values:
                values.append(value)
            codes.append(-1 if value is None else values.index(value))
        factors[key] = (values, np.array(codes))
    table, mappings = encode(factors, len(many)), from_mappings(many)
    assert [table.figure(row) for row in range(len(many))] == [
        mappings.figure(row) for row in range(len(many))
    ]
