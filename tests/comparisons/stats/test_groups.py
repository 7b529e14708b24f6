import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comparisons.stats.groups import RULES, coverage, group_value, percentile
from comparisons.stats.ranks import competition

VALUES = st.lists(st.floats(-100, 100), min_size=1, max_size=30)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [("mean", 50.0), ("median", 45.0), ("min", 20.0), ("max", 90.0), ("sum", 200.0)],
)
def test_rules(rule, expected):
    assert group_value([20.0, 40.0, 50.0, 90.0], rule) == expected


def test_weighted_mean():
    assert group_value([78.0, 47.0], "weighted_mean", [5.9, 5.5]) == pytest.approx(
        (78 * 5.9 + 47 * 5.5) / 11.4
    )


@pytest.mark.parametrize(
    ("values", "rule", "weights"),
    [
        ([], "mean", None),
        ([1.0, float("nan")], "mean", None),
        ([1.0], "average", None),
        ([1.0], "weighted_mean", None),
        ([1.0], "mean", [1.0]),
        ([1.0, 2.0], "weighted_mean", [1.0]),
        ([1.0, 2.0], "weighted_mean", [1.0, 0.0]),
        ([1.0, 2.0], "weighted_mean", [1.0, float("nan")]),
    ],
)
def test_what_makes_no_value_is_refused(values, rule, weights):
    with pytest.raises(ValueError, match=r"rule|weights|number"):
        group_value(values, rule, weights)


def test_two_shares_never_make_more_than_the_larger():
    for rule in ("mean", "median", "min", "max"):
        assert group_value([78.0, 47.0], rule) <= 78


@given(values=VALUES, rule=st.sampled_from([rule for rule in RULES if rule != "weighted_mean"]))
def test_the_order_of_members_does_not_matter(values, rule):
    assert group_value(values, rule) == pytest.approx(group_value(values[::-1], rule), abs=1e-9)


@given(values=VALUES)
def test_equal_weights_give_the_mean(values):
    weights = np.full(len(values), 7.0)
    found = group_value(values, "weighted_mean", weights)
    assert found == pytest.approx(group_value(values, "mean"), abs=1e-9)


def test_coverage_counts_members_or_weights():
    assert coverage([True, False, True, True, True]) == 0.8
    assert coverage([True, False], [5.9, 0.1]) == pytest.approx(0.9833, abs=1e-4)
    assert coverage([]) == 0


@given(values=st.lists(st.integers(0, 9), min_size=2, max_size=20), sign=st.sampled_from([1, -1]))
def test_percentile_agrees_with_the_rank(values, sign):
    numbers = np.array(values, dtype=float)
    ranks = (competition(numbers, sign) + len(values) + 1 - competition(numbers, -sign)) / 2
    expected = 100 * (len(values) - ranks[0]) / (len(values) - 1)
    assert percentile(numbers[0], numbers[1:], sign) == pytest.approx(expected)


def test_percentile_of_published_ranks():
    assert percentile(-18.0, -np.delete(np.arange(1.0, 37), 17)) == pytest.approx(51.43, abs=0.005)
    assert np.isnan(percentile(1.0, []))
