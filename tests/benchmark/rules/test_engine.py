import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from benchmark.errors import BenchmarkError
from benchmark.rules import RULES, judge
from benchmark.rules.columns import from_mappings
from tests.benchmark.rules.figures import PAIRS, SURVEY


def test_rules_are_complete_and_in_order() -> None:
    assert [rule.id for rule in RULES] == [f"C{number:02d}" for number in range(45)]
    assert {rule.id for rule in RULES if rule.stage == 1} == {"C00", "C01", "C05", "C35", "C39"}
    assert {rule.id for rule in RULES if rule.stage == 3} == {"C21", "C22", "C25", "C33"}
    assert {rule.id for rule in RULES if rule.stage == 4} == {"C41"}
    assert len({rule.name for rule in RULES}) == 45
    assert "".join(rule.worst for rule in RULES).count("N") == 14
    for rule in RULES:
        assert rule.grades in ("I", "C", "N", "IC", "CN", "ICN")
        assert rule.root in ("definition", "measurement")


def test_no_pairs() -> None:
    judgement = judge(from_mappings([SURVEY]), [], [])
    assert judgement.severity.shape == (0, 45)
    assert judgement.verdict.tolist() == judgement.bits.tolist() == []


def test_no_figures() -> None:
    assert judge(from_mappings([]), [], []).verdict.tolist() == []


@pytest.mark.parametrize(
    ("i", "j", "complaint"),
    [
        ([0, 1], [1], "2 and 1"),
        ([0], [2], "from 0 to 1"),
        ([-1], [0], "from 0 to 1"),
        ([0.5], [1], "whole numbers"),
        ([[0]], [[1]], "a list of whole numbers"),
    ],
)
def test_pairs_that_are_none(i: object, j: object, complaint: str) -> None:
    columns = from_mappings(PAIRS["survey"])
    with pytest.raises(BenchmarkError, match=complaint):
        judge(columns, i, j)  # type: ignore[arg-type]


def test_bits_and_verdicts_of_a_batch() -> None:
    a, b = PAIRS["survey"]
    columns = from_mappings([a, b, {**b, "unit": "rank", "value": 3}, {**b, "source_type": None}])
    judgement = judge(columns, [0, 0, 0], [1, 2, 3])
    assert judgement.verdict.tolist() == [0, 2, 0]
    ids = [rule.id for rule in RULES]
    assert judgement.bits.tolist() == [0, 1 << ids.index("C01"), 1 << ids.index("C39")]
    assert judgement.bits.dtype == np.uint64
    assert judgement.verdict.dtype == judgement.severity.dtype == np.int8
    assert [finding.rule for finding in judgement.findings(-1)] == ["C39"]


def test_many_chunks_give_what_one_gives() -> None:
    figures = [one for pair in PAIRS.values() for one in pair]
    columns = from_mappings(figures)
    chance = np.random.default_rng(1)
    i, j = chance.integers(0, len(figures), (2, 100_000))
    whole = judge(columns, i, j)
    for part in (slice(0, 7), slice(40_000, 40_100), slice(99_990, None)):
        np.testing.assert_array_equal(
            judge(columns, i[part], j[part]).severity, whole.severity[part]
        )


def test_importing_the_rules_loads_numpy_and_nothing_heavier(root: Path) -> None:
    heavy = "{'pandas', 'xarray', 'scipy', 'pint', 'babel', 'pycountry', 'jinja2'}"
    code = f"import sys, benchmark.rules; print(sorted({heavy} & set(sys.modules)))"
    printed = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True
    )
    assert printed.stdout.strip() == "[]"
