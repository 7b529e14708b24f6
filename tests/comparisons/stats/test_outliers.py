"""Skewness, kurtosis and winsorising, against scipy and by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from comparisons.stats.outliers import kurtosis, needs_treatment, skewness, winsorise

VALUES = arrays(np.float64, st.integers(4, 12), elements=st.integers(-99, 99).map(float))


@given(VALUES.filter(lambda x: np.ptp(x) > 0))
def test_moments_are_those_of_scipy(x):
    with_gap = np.append(x, np.nan)
    assert skewness(with_gap) == pytest.approx(stats.skew(x, bias=False), abs=1e-9)
    assert kurtosis(with_gap) == pytest.approx(stats.kurtosis(x, bias=False), abs=1e-9)


def test_too_few_or_equal_values_have_no_shape():
    assert np.isnan(skewness([1.0, 2.0]))
    assert np.isnan(kurtosis([1.0, 2.0, 3.0]))
    assert np.isnan(skewness([4.0] * 6))
    assert not needs_treatment([4.0] * 6)


@pytest.mark.parametrize("sign", [1, -1])
def test_the_outermost_values_are_drawn_in_one_by_one(sign):
    x = sign * np.append(np.arange(1.0, 21), [2000, 1500, np.nan])
    values, changed = winsorise(x)
    assert np.flatnonzero(changed).tolist() == [20, 21]
    assert values[:22].tolist() == [sign * one for one in [*range(1, 21), 20, 20]]
    assert np.isnan(values[22])


def test_an_indicator_that_passes_is_left_alone():
    x = np.arange(20.0)
    values, changed = winsorise(x)
    assert np.array_equal(values, x)
    assert not changed.any()


def test_an_indicator_that_would_need_too_many_changes_is_left_to_a_person():
    x = np.array([0.0] * 60 + [1000 * 3.0**k for k in range(8)])
    values, changed = winsorise(x, most=2)
    assert np.array_equal(values, x)
    assert not changed.any()


@given(VALUES)
def test_winsorising_keeps_order_and_range(x):
    values, changed = winsorise(x)
    assert changed.sum() <= 5
    assert values.min() >= x.min()
    assert values.max() <= x.max()
    order = np.argsort(x, kind="stable")
    assert (np.diff(values[order]) >= 0).all()
