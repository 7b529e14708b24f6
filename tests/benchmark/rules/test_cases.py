"""Every rule and every branch of it, on the table of cases."""

from typing import Any

import pytest

from benchmark.rules import RULES, compare
from tests.benchmark.rules.cases import CASES
from tests.benchmark.rules.figures import PAIRS, found, pair


@pytest.mark.parametrize("name", PAIRS)
def test_nothing_fires_for_the_pairs_to_start_from(name: str) -> None:
    assert found(compare(*PAIRS[name])) == ""


@pytest.mark.parametrize(("name", "a", "b", "expected"), CASES)
def test_case(name: str, a: dict[str, Any], b: dict[str, Any], expected: str) -> None:
    first, second = pair(name, a, b)
    assert found(compare(first, second)) == expected
    assert found(compare(second, first)) == expected


def test_every_rule_and_severity_has_a_case() -> None:
    seen = {part for case in CASES for part in case[3].split()}
    claims = {"C41:I", "C41:C"}
    assert seen | claims == {f"{rule.id}:{grade}" for rule in RULES for grade in rule.grades}
