"""C41: a claim held against two rounded figures."""

from typing import Any

import pytest

from benchmark.errors import BenchmarkError
from benchmark.rules import Thresholds, compare
from benchmark.rules.claim import Claim, Interval
from tests.benchmark.rules.figures import changed, pair

CONFIG = Thresholds()
INTERVALS = [
    ({"value": 6, "unit": "pp"}, Interval(5.5, 6.5)),
    ({"value": 6, "unit": "pp", "qualifier": "about"}, Interval(5.5, 6.5)),
    ({"value": 6, "unit": "pp", "qualifier": "almost"}, Interval(5.5, 6, high_open=True)),
    ({"value": 6, "unit": "pp", "qualifier": "over"}, Interval(6, 6.5, low_open=True)),
    ({"value": 6, "unit": "pp", "qualifier": "up_to"}, Interval(5.5, 6)),
    ({"value": 6, "unit": "pp", "step": 2}, Interval(5, 7)),
    ({"value": 50, "unit": "pp"}, Interval(49.5, 50.5)),
    ({"value": 50, "unit": "rel_change_percent"}, Interval(45, 55)),
    ({"value": 48, "unit": "rel_change_percent"}, Interval(47.5, 48.5)),
    ({"value": 50, "unit": "rel_change_percent", "step": 1}, Interval(49.5, 50.5)),
    (
        {"value": 50, "unit": "rel_change_percent", "qualifier": "almost"},
        Interval(45, 50, high_open=True),
    ),
]


@pytest.mark.parametrize(("claim", "interval"), INTERVALS)
def test_claimed_interval(claim: dict[str, Any], interval: Interval) -> None:
    assert Claim.read(claim).interval(CONFIG) == interval


def test_rounding_steps_can_be_moved() -> None:
    config = Thresholds(step_pp=2, step_relative=4, step_relative_tens=20)
    wider = [Claim(6, "pp"), Claim(48, "rel_change_percent"), Claim(50, "rel_change_percent")]
    assert [one.interval(config) for one in wider] == [
        Interval(5, 7),
        Interval(46, 50),
        Interval(40, 60),
    ]


@pytest.mark.parametrize(
    ("claim", "complaint"),
    [
        ("almost 6", "expected a mapping with value and unit"),
        ({"value": 6}, "unit is missing"),
        ({"unit": "pp"}, "value is missing"),
        ({"value": 6, "unit": "percent"}, "unit must be one of pp, rel_change_percent"),
        ({"value": "6", "unit": "pp"}, "value must be a number"),
        ({"value": float("inf"), "unit": "pp"}, "value must be a number"),
        ({"value": 6, "unit": "pp", "qualifier": "nearly"}, "qualifier must be one of exact"),
        ({"value": 6, "unit": "pp", "sense": "sideways"}, "sense must be one of up, down"),
        ({"value": 6, "unit": "pp", "step": 0}, "step must be above zero"),
        ({"value": 6, "unit": "pp", "word": "x"}, "word is no part of a claim"),
    ],
)
def test_unreadable_claim(claim: object, complaint: str) -> None:
    with pytest.raises(BenchmarkError, match=complaint):
        Claim.read(claim)


def held(a: float, b: float, claim: dict[str, Any], side: str = "b", **changes: Any) -> str | None:
    """Severity of C41 for whole percents of two years, the claim on one of them."""
    first, second = pair(
        "register in time",
        {"value": a, "decimals": 0, **changes},
        {"value": b, "decimals": 0, **changes},
    )
    {"a": first, "b": second}[side]["claim"] = claim
    grade = compare(first, second).rules.get("C41")
    assert compare(second, first).rules.get("C41") == grade
    return grade


def points(value: float, qualifier: str = "exact", **more: Any) -> dict[str, Any]:
    return {"value": value, "unit": "pp", "qualifier": qualifier, **more}


def percent(value: float, qualifier: str = "exact", **more: Any) -> dict[str, Any]:
    return {"value": value, "unit": "rel_change_percent", "qualifier": qualifier, **more}


@pytest.mark.parametrize(
    ("a", "b", "claim", "grade"),
    [
        (24, 18, points(6, "almost", sense="down"), "I"),
        (24, 18, points(6, "almost", sense="up"), "C"),
        (24, 18, points(6, "almost"), "C"),
        (18, 24, points(6), "I"),
        # Closed ends meet, open ones do not.
        (20, 27, points(6, "almost"), "C"),
        (20, 27, points(6, "up_to"), "I"),
        (20, 25, points(6, "over"), "C"),
        (20, 25, points(6, "about"), "I"),
        (20, 25, points(6.5), "I"),
        (20, 25, points(6.6), "C"),
        (33, 49, percent(50, "almost", step=10), "I"),
        (33, 49, percent(50, "over"), "I"),
        (33, 49, percent(16), "C"),
        (33, 49, points(50, "almost"), "C"),
        (33, 49, percent(45, "exact", step=0.4), "I"),
        (33, 49, percent(44, "exact", step=1), "C"),
        (39, 64, percent(60, "over"), "I"),
        (49, 33, percent(33, sense="down"), "I"),
        (49, 33, percent(33, sense="up"), "C"),
        # What may be nought has no largest relative change, what is nought has lost everything.
        (0, 10, percent(5000), "I"),
        (0, 10, percent(100, sense="down"), "C"),
        (10, 0, percent(100, sense="down"), "I"),
        (33, 49, percent(50, about="count"), "C"),
        (24, 18, points(6, "almost", sense="down", about="count"), "C"),
    ],
)
def test_held_against_two_years(a: float, b: float, claim: dict[str, Any], grade: str) -> None:
    assert held(a, b, claim) == grade
    assert held(a, b, claim, side="a") == grade


def test_checks_of_the_relative_change() -> None:
    first, second = pair(
        "register in time", {"value": 33, "decimals": 0}, {"value": 49, "decimals": 0}
    )
    second["claim"] = percent(50, "almost")
    difference = compare(second, first).difference
    assert difference is not None
    bounds = (difference.relative, difference.relative_low, difference.relative_high)
    assert bounds == pytest.approx((48.4848, 44.7761, 52.3077), abs=5e-5)


def test_39_to_64() -> None:
    first, second = pair(
        "register in time", {"value": 39, "decimals": 0}, {"value": 64, "decimals": 0}
    )
    second["claim"] = percent(60)
    difference = compare(first, second).difference
    assert difference is not None
    assert difference.value == 25
    assert (difference.relative_low, difference.relative_high) == pytest.approx(
        (60.76, 67.53), abs=5e-3
    )


def test_without_a_claim_no_relative_change_is_given() -> None:
    difference = compare(*pair("register in time", {}, {})).difference
    assert difference is not None
    assert difference.relative is None


def test_where_the_pair_is_not_in_time_the_carrier_is_the_later() -> None:
    a, b = pair("register", {"value": 30, "decimals": 0}, {"value": 20, "decimals": 0})
    assert compare({**a, "claim": points(10)}, b).rules["C41"] == "I"
    assert compare(a, {**b, "claim": points(10)}).rules["C41"] == "C"
    assert compare(a, {**b, "claim": points(10, sense="down")}).rules["C41"] == "I"


def test_the_worse_of_two_claims_counts() -> None:
    a, b = pair("register", {"value": 30, "decimals": 0}, {"value": 20, "decimals": 0})
    both = compare({**a, "claim": points(10)}, {**b, "claim": points(10)})
    assert both.rules["C41"] == "C"
    assert both.text().count("Claim ") == 2


def test_an_exact_complement_is_turned_into_the_carriers_direction() -> None:
    a, b = pair(
        "register in time",
        {"value": 70, "decimals": 0, "complement_exact": True},
        {"value": 20, "decimals": 0, "complement_exact": True, "direction": -1},
    )
    assert compare(a, {**b, "claim": points(10, sense="down")}).rules["C41"] == "I"
    assert compare({**a, "claim": points(10, sense="up")}, b).rules["C41"] == "I"
    assert compare({**a, "claim": points(10, sense="down")}, b).rules["C41"] == "C"


@pytest.mark.parametrize(
    ("changes", "grade"),
    [
        ({"unit": "score_0_100"}, "I"),
        ({"unit": "pp"}, None),
        ({"unit": "count"}, None),
        ({"unit": "net_points"}, None),
    ],
)
def test_only_shares_and_scores(changes: dict[str, Any], grade: str | None) -> None:
    assert held(24, 18, points(6, "almost", sense="down"), **changes) == grade


def test_a_count_claimed_of_a_score_is_read_as_a_change() -> None:
    assert held(24, 18, points(6, sense="down", about="count"), unit="score_0_100") == "I"


def test_not_for_ranks() -> None:
    a, b = pair("rank in time", {}, {"claim": points(4)})
    assert "C41" not in compare(a, b).rules


def test_after_a_refusal_in_the_second_stage_but_without_numbers() -> None:
    a, b = pair(
        "register in time",
        {"value": 24, "decimals": 0},
        {"value": 18, "decimals": 0, "base": "services", "claim": points(6, sense="down")},
    )
    comparison = compare(a, b)
    assert comparison.rules == {"C07": "N", "C41": "I"}
    note = comparison.findings[-1].note
    assert "not comparable" in note
    assert "5.0" not in note
    refused = compare(a, {**b, "claim": points(9, sense="down")})
    assert refused.rules["C41"] == "C"
    assert "not supported" in refused.findings[-1].note


def test_not_after_a_refusal_in_the_first_stage() -> None:
    a, b = pair("register in time", {"concept": "trust.x"}, {"claim": points(6)})
    assert compare(a, b).rules == {"C05": "N"}


def test_one_claim_among_many_pairs_is_enough() -> None:
    a, b = pair("register in time", {}, {})
    assert "C41" not in compare(changed(a, {}), b).rules
