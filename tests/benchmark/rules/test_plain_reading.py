"""The rules over columns find what a plain reading of the specification finds, pair by pair."""

import random
from typing import Any

import numpy as np
import pytest

from benchmark.rules.columns import from_mappings
from benchmark.rules.engine import RULES
from benchmark.rules.engine import judge as judge_columns
from tests.benchmark.rules.plain_reading import judge

VALUES: dict[str, list[Any]] = {
    "country": ["DK", "NO", "SE", None],
    "concept": ["trust.a", "trust.a", "trust.b", "needs.met", None],
    "direction": [1, 1, 1, -1, None],
    "unit": [*["percent"] * 4, "fraction", "score_0_100", "index_0_1", "rank", "pp", "odd", None],
    "base": ["residents", "residents", "service_users", "transactions", "services", None],
    "base_filter": [None, None, "x", "y"],
    "age": [None, [15, 89], [16, 74], [16, 89], [15, None], [65, 89], [55, 90], [50, 69]],
    "period": [
        None,
        "2021",
        "2022",
        "2020/2021",
        "2021-11",
        "2012-09/2012-11",
        "2018",
        "2024-02-29",
    ],
    "mode": [None, "web", "paper", "phone", "f2f", "web+phone", "admin", "mystery_shopping"],
    "programme": ["p", "p", "q", None],
    "wave": [None, "1", "1", "2"],
    "method_version": [None, "a", "a", "b"],
    "version_break": [None, None, None, True, False],
    "series_breaks": [None, None, None, [2021], [2020, 2022]],
    "obs_status": [*[None] * 4, ["A"], ["B"], ["P"], ["U"], ["E", "F"], ["O"]],
    "question": [None, "q", "q", "r"],
    "scale": [None, "s", "s", "t"],
    "topbox": [None, "t", "t", "u"],
    "dk": [None, "in_base", "in_base", "excluded"],
    "n": [None, 25, 90, 500, 1000, 4000],
    "n_role": ["base", "base", "total"],
    "deff": [None, None, 1.0, 1.5, 3.0],
    "sampling": [None, "probability", "probability", "nonprobability"],
    "harmonised_to": [None, None, "h", "g"],
    "attitudinal": [None, True, True, False],
    "complement_exact": [None, True, True, False],
    "pool_size": [None, 36, 36, 35],
    "pool_id": [None, "A", "A", "B"],
    "tie": [None, "1224", "1224", "1223"],
    "score_known": [None, True, True, False],
    "source_type": ["primary", "primary", "press_release", "secondary", None],
    "underlying": [None, "u", "u", "w"],
    "vintage": [None, None, "v", "w"],
    "events": [None, None, ["2021-12-01"], ["2021-06"], ["2022-12-31", "2020-01-01"]],
    "geo_scope": [*[None] * 5, "national", "subnational", "selected_best", "aggregate"],
    "area": [None, None, "Aa", "Bb"],
    "decimals": [None, 0, 1, 2],
}


def figure(chance: random.Random, like: dict[str, Any], change: float) -> dict[str, Any]:
    """Make a figure that differs from another in about a given part of what is known."""
    made = {
        key: chance.choice(values) if chance.random() < change else like.get(key)
        for key, values in VALUES.items()
    }
    small = made["unit"] in ("fraction", "index_0_1")
    made["value"] = like.get("value")
    if chance.random() < 0.6 or (made["value"] is not None and small and made["value"] > 1):
        made["value"] = round(chance.random(), 3) if small else round(100 * chance.random(), 1)
    if made["unit"] == "rank":
        made["value"] = chance.randint(1, 35)
    if made["geo_scope"] == "aggregate":
        made["country"] = chance.choice(["EU27_2020", "GTI36"])
    elif made["country"] in ("EU27_2020", "GTI36"):
        made["country"] = "DK"
    if made["n"] is None:
        made["n_role"] = None
    if chance.random() < 0.15:
        made["claim"] = {
            "value": chance.choice([3.5, 5, 6, 20, 50]),
            "unit": chance.choice(["pp", "rel_change_percent"]),
            "qualifier": chance.choice(["exact", "almost", "about", "over", "up_to"]),
            "sense": chance.choice(["up", "down"]),
            "about": chance.choice(["share", "share", "count"]),
            "step": chance.choice([None, None, 2, 10]),
        }
    return {key: value for key, value in made.items() if value is not None}


def left_open(a: dict[str, Any], b: dict[str, Any]) -> bool:
    """Tell whether the specification leaves open what the pair should bring."""
    reversed_ = a.get("direction") != b.get("direction")
    return reversed_ and (a.get("unit") == "rank" or "claim" in a or "claim" in b)


@pytest.mark.parametrize("seed", range(3))
def test_columns_and_plain_reading_agree(seed: int) -> None:
    chance = random.Random(seed)
    pairs = []
    while len(pairs) < 3000:
        a = figure(chance, {}, 1.0)
        b = figure(chance, a, chance.choice([0.02, 0.05, 0.15, 0.4]))
        if not left_open(a, b):
            pairs.append((a, b))
    columns = from_mappings([one for pair in pairs for one in pair])
    first = np.arange(len(pairs)) * 2
    severity = judge_columns(columns, first, first + 1).severity
    np.testing.assert_array_equal(severity, judge_columns(columns, first + 1, first).severity)
    fired = set()
    for k, (a, b) in enumerate(pairs):
        found = {RULES[r].id: "ICN"[severity[k, r] - 1] for r in np.flatnonzero(severity[k])}
        assert found == judge(a, b), (a, b)
        fired |= found.keys()
    assert fired >= {f"C{number:02d}" for number in range(45)} - {"C42", "C44"}
