"""What is left of a group where parts are missing, and how gaps are filled on request."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from benchmark.errors import BenchmarkError, UnknownName
from comparisons.stats.impute import impute
from comparisons.stats.missing import shares


def test_a_third_may_be_missing_and_no_more():
    present = np.array([[False, False], [True, False], [True, True]])
    found = shares(present, [1 / 3, 1 / 3, 1 / 3])
    assert found[:, 0].tolist() == pytest.approx([0, 0.5, 0.5])
    assert np.isnan(found[:, 1]).all()
    assert np.isnan(shares([[False], [True]], [0.34, 0.66])).all()
    assert shares([[False], [True]], [0.34, 0.66], limit=0.4).ravel().tolist() == [0, 1]


def test_complete_cases_only():
    assert np.isnan(shares([[False], [True]], [0.01, 0.99], limit=0)).all()


def test_nothing_is_made_of_nothing():
    assert np.isnan(shares([[False], [False]], [0.5, 0.5], limit=1)).all()


@given(arrays(bool, (4, 6)), st.lists(st.integers(1, 9), min_size=4, max_size=4))
def test_weights_always_sum_to_1_or_there_is_no_score(present, given_weights):
    weights = np.array(given_weights) / sum(given_weights)
    found = shares(present, weights)
    whole = found.sum(axis=0)
    assert (np.isnan(whole) | np.isclose(whole, 1)).all()
    if found.shape[1] == 6:
        assert (found[~present & np.isfinite(found)] == 0).all()
        gone = (weights[:, None] * ~present).sum(axis=0)
        assert (np.isnan(whole) == (gone > 1 / 3 + 1e-9)).all()


X = np.array([[1.0, 2, 3, 4, np.nan, 6], [10.0, 20, 30, 40, 50, 60], [5.0, np.nan, 7, 8, 9, 10]])


@pytest.mark.parametrize("method", ["knn", "iterative"])
def test_imputed_values_are_marked_and_the_rest_is_untouched(method):
    values, marks = impute(X, method, neighbours=2)
    assert np.argwhere(marks).tolist() == [[0, 4], [2, 1]]
    assert np.array_equal(values[~marks], X[~marks])
    assert np.isfinite(values).all()
    again, _ = impute(X, method, neighbours=2)
    assert np.array_equal(values, again)


def test_iterative_imputation_finds_a_straight_line():
    values, _ = impute(X, "iterative")
    assert values[0, 4] == pytest.approx(5, abs=0.05)
    assert values[2, 1] == pytest.approx(6, abs=0.05)


def test_units_do_not_decide_who_is_near():
    plain, _ = impute(X, "knn", neighbours=1)
    scaled, _ = impute(X * np.array([[1.0], [1e6], [1.0]]), "knn", neighbours=1)
    assert plain[[0, 2]] == pytest.approx(scaled[[0, 2]])


def test_what_cannot_be_imputed_is_refused():
    with pytest.raises(UnknownName, match="choose knn, iterative"):
        impute(X, "mean")
    with pytest.raises(BenchmarkError, match=r"\[2\] have no value"):
        impute(np.array([[1.0, 2], [np.nan, np.nan]]))
