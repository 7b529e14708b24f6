"""The worked pairs with their complete rule sets."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from benchmark.rules import compare
from tests.benchmark.rules.figures import found

DELETABLE = (
    *("mode", "question", "scale", "topbox", "dk", "base", "age", "period", "n", "sampling"),
    *("method_version", "pool_size", "pool_id", "programme", "country", "direction", "unit"),
    *("concept", "wave", "harmonised_to"),
)


@pytest.fixture(scope="module")
def examples(shared: Path) -> list[dict[str, Any]]:
    with (shared / "data" / "comparability_examples.csv").open(encoding="utf-8") as lines:
        rows: list[dict[str, Any]] = list(csv.DictReader(lines))
    assert len(rows) >= 20
    for row in rows:
        row["a"], row["b"] = json.loads(row["a_meta"]), json.loads(row["b_meta"])
    return rows


def test_complete_rule_sets_and_verdicts(examples: list[dict[str, Any]]) -> None:
    for row in examples:
        for one, other in ((row["a"], row["b"]), (row["b"], row["a"])):
            comparison = compare(one, other)
            rules = found(comparison).replace(" ", ";")
            assert (row["case_id"], rules) == (row["case_id"], row["expected_rules"])
            assert (row["case_id"], comparison.verdict) == (row["case_id"], row["expected_verdict"])


def test_what_is_said(examples: list[dict[str, Any]]) -> None:
    for row in examples:
        comparison = compare(row["a"], row["b"])
        said = " ".join([comparison.text(), *(finding.note for finding in comparison.findings)])
        assert row["note_contains"].lower() in said.lower(), row["case_id"]


def test_a_deleted_key_never_makes_a_pair_comparable(examples: list[dict[str, Any]]) -> None:
    tried = 0
    for row in examples:
        if row["expected_verdict"] == "comparable":
            continue
        for side in ("a", "b"):
            for key in set(DELETABLE) & row[side].keys():
                pair = {name: dict(row[name]) for name in ("a", "b")}
                del pair[side][key]
                verdict = compare(pair["a"], pair["b"]).verdict
                assert verdict != "comparable", (row["case_id"], side, key)
                tried += 1
    assert tried > 300
