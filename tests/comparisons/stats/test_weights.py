"""Weights: given, from principal components, from entropy, and by benefit of the doubt."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from benchmark.errors import BenchmarkError
from comparisons.stats import weights

POSITIVE = arrays(np.float64, (3, 6), elements=st.floats(0.125, 1.0, width=16))


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ([0.5, 0.4], "sum to 0.9, not to 1"),
        ([1.5, -0.5], "weight 2 is -0.5"),
        ([np.nan, 1.0], "weight 1 is nan"),
        ([0.6, 0.5, -0.2], "sum to 0.9"),
    ],
)
def test_weights_that_do_not_hold_are_refused(wrong, told):
    with pytest.raises(BenchmarkError, match=told):
        weights.given(wrong)


def test_thirds_and_ninths_sum_to_1():
    assert weights.given([1 / 3] * 3).sum() == pytest.approx(1)
    assert weights.given([6 / 9, 1 / 9, 2 / 9]).sum() == pytest.approx(1)


def test_principal_components_refuse_a_part_that_runs_against_the_others():
    x = np.array([[1.0, 2, 3, 4, 5], [1, 2, 3, 5, 4], [5, 4, 3, 2, 1]])
    with pytest.raises(BenchmarkError, match=r"part 3: -0\.9"):
        weights.principal(x)
    with pytest.raises(BenchmarkError, match=r"Third: -0\.9"):
        weights.principal(x, ["First", "Second", "Third"])
    assert weights.principal(x[:2]) == pytest.approx([0.5, 0.5])


def test_entropy_by_hand():
    x = np.array([[1.0, 1.0, 2.0], [1.0, 1.0, 1.0]])
    share = np.array([0.25, 0.25, 0.5])
    spread = 1 + (share * np.log(share)).sum() / np.log(3)
    assert weights.entropy(x) == pytest.approx([1, 0])
    more = weights.entropy(np.vstack([x[0], [1.0, 3.0, 4.0]]))
    share = np.array([0.125, 0.375, 0.5])
    other = 1 + (share * np.log(share)).sum() / np.log(3)
    assert more == pytest.approx([spread / (spread + other), other / (spread + other)])


@pytest.mark.parametrize("x", [[[1.0, 1.0], [2.0, 2.0]], [[1.0, -1.0], [2.0, 3.0]]])
def test_entropy_refuses_what_it_cannot_weigh(x):
    with pytest.raises(BenchmarkError, match="entropy"):
        weights.entropy(x)


@settings(deadline=None, max_examples=25)
@given(POSITIVE)
def test_the_benefit_of_the_doubt_is_the_best_of_all_weights(x):
    scores, shares = weights.benefit_of_the_doubt(x)
    assert shares.sum(axis=0) == pytest.approx(np.ones(6))
    assert scores.max() == pytest.approx(1)
    # No weights of ours may beat those found: scaled so that the best country scores 1.
    tried = np.random.default_rng(1).random((200, 3)) @ x
    tried /= tried.max(axis=1, keepdims=True)
    assert (tried.max(axis=0) <= scores + 1e-7).all()


@settings(deadline=None, max_examples=15)
@given(POSITIVE)
def test_bounds_hold_and_cost_something(x):
    free, _ = weights.benefit_of_the_doubt(x)
    scores, shares = weights.benefit_of_the_doubt(x, 0.2, 0.5)
    assert (shares >= 0.2 - 1e-7).all()
    assert (shares <= 0.5 + 1e-7).all()
    assert (scores <= free + 1e-7).all()


def test_a_country_with_a_gap_has_no_score_and_sets_no_limit():
    x = np.array([[1.0, 0.5, 9.0], [0.5, 1.0, np.nan]])
    scores, shares = weights.benefit_of_the_doubt(x)
    assert scores[:2] == pytest.approx([1, 1])
    assert np.isnan(scores[2])
    assert np.isnan(shares[:, 2]).all()


@pytest.mark.parametrize(("low", "high"), [(0.6, 1.0), (0.0, 0.4)])
def test_bounds_that_leave_no_weights_are_refused(low, high):
    with pytest.raises(BenchmarkError, match="bounds"):
        weights.benefit_of_the_doubt([[1.0, 2.0], [1.0, 2.0]], low, high)
