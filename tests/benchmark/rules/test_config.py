from dataclasses import FrozenInstanceError, fields, replace
from typing import Any

import pytest

from benchmark.errors import BenchmarkError
from benchmark.rules import Thresholds, compare
from tests.benchmark.rules.figures import found, pair


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"gap_none": 0}, "gap_none = 0 is not a positive number"),
        ({"z": float("nan")}, "z = nan"),
        ({"z": "2"}, "z = '2'"),
        ({"n_small": True}, "n_small = True"),
        ({"age_info": 0.4}, "age_caution = 0.5 is above age_info = 0.4"),
        ({"gap_info": 5}, "gap_info = 5 is above gap_caution = 3"),
        ({"n_suppress": 200}, "n_suppress = 200 is above n_small = 100"),
    ],
)
def test_thresholds_that_make_no_sense(change: dict[str, Any], complaint: str) -> None:
    with pytest.raises(BenchmarkError, match=complaint):
        replace(Thresholds(), **change)


def test_all_faults_at_once() -> None:
    with pytest.raises(BenchmarkError, match=r"gap_none.*z"):
        Thresholds(gap_none=-1, z=0)


def test_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        Thresholds().z = 2.0  # type: ignore[misc]


def test_printed_with_what_was_changed() -> None:
    text = str(replace(Thresholds(), gap_caution=5.0))
    assert "gap_caution 5*" in text
    assert "z 1.959964," in text
    assert text.count("*") == 1
    assert all(one.name in text for one in fields(Thresholds))


MOVED = [
    ("survey", {"age": [15, 89]}, {"age": [16, 89]}, {"age_info": 0.99}, "C09:C"),
    ("survey", {"age": [15, 89]}, {"age": [16, 74]}, {"age_caution": 0.9}, "C09:N"),
    ("register", {}, {"period": "2023"}, {"gap_none": 1.0}, ""),
    ("register", {}, {"period": "2023"}, {"gap_info": 0.5}, "C10:C"),
    ("register", {}, {"period": "2018"}, {"gap_caution": 4.0}, "C10:C"),
    ("register", {}, {"period": "2022-04/2022-09"}, {"period_ratio": 3.0}, ""),
    ("survey", {}, {"n": 25}, {"n_suppress": 10.0, "width_suppress": 50.0}, "C20:C C21:C"),
    ("survey", {}, {"n": 25}, {"n_suppress": 10.0}, "C20:N"),
    ("survey", {}, {}, {"n_small": 900.0}, "C20:C"),
    ("survey", {}, {}, {"z": 3.0}, "C21:C"),
    ("register", {"value": 51.1}, {"value": 50.0}, {"rounding_share": 0.05}, "C25:I"),
    ("rank", {}, {}, {"rank_small": 0.2}, "C33:I"),
]


@pytest.mark.parametrize(("name", "a", "b", "moved", "expected"), MOVED)
def test_a_moved_threshold_moves_the_rule(
    name: str, a: dict[str, Any], b: dict[str, Any], moved: dict[str, float], expected: str
) -> None:
    config = replace(Thresholds(), **moved)
    comparison = compare(*pair(name, a, b), config)
    assert found(comparison) == expected
    assert comparison.config == config
    assert "*" in comparison.text()
