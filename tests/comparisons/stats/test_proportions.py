import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from comparisons.stats.proportions import design_effect, interval, screen

SHARES = st.floats(0, 1)
SIZES = st.integers(1, 100_000)


@pytest.mark.parametrize(
    ("p", "n", "deff", "low", "high"),
    [
        (81 / 263, 263, 1, 25.53, 36.62),
        (15 / 148, 148, 1, 6.24, 16.05),
        (0, 20, 1, 0, 16.11),
        (1 / 29, 29, 1, 0.61, 17.18),
        (0.78, 4625, 1.0, 76.78, 79.17),
        (0.78, 4625, 1.5, 76.50, 79.43),
        (0.78, 4625, 2.0, 76.27, 79.64),
        (0.18, 3937, 1.0, 16.83, 19.23),
    ],
)
def test_published_intervals(p, n, deff, low, high):
    assert [100 * bound for bound in interval(p, n, deff)] == pytest.approx([low, high], abs=0.005)


def test_design_effect_of_kish():
    weights = [1, 1, 1, 1, 2, 2, 3]
    deff = design_effect(weights)
    assert deff == pytest.approx(1.2149, abs=5e-5)
    assert len(weights) / deff == pytest.approx(5.762, abs=5e-4)
    cv = np.std(weights) / np.mean(weights)
    assert deff == pytest.approx(1 + cv**2)
    assert design_effect(np.ones((3, 4)), axis=0).tolist() == [1, 1, 1, 1]


@given(st.integers(0, 500), st.integers(1, 500))
def test_intervals_are_those_of_statsmodels(extra, count):
    n = count + extra
    theirs = proportion_confint(count, n, method="wilson", alpha=0.05)
    assert interval(count / n, n) == pytest.approx(theirs, abs=1e-6)


@given(SHARES, SIZES, st.floats(1, 5))
def test_intervals_hold_the_share_and_mirror(p, n, deff):
    low, high = interval(p, n, deff)
    assert -1e-12 <= low <= p + 1e-12
    assert p - 1e-12 <= high <= 1 + 1e-12
    mirrored = interval(1 - p, n, deff)
    assert (1 - mirrored[1], 1 - mirrored[0]) == pytest.approx((low, high), abs=1e-9)
    plain = interval(p, n)
    assert high - low >= plain[1] - plain[0] - 1e-12


def test_arrays_are_computed_at_once():
    low, _ = interval(np.full((2, 3), 0.5), [100, 200, 300])
    assert low.shape == (2, 3)
    assert low[0].tolist() == low[1].tolist()


@pytest.mark.parametrize(
    ("p", "n", "deff", "told"),
    [
        (0.5, 29, 1, "suppress"),  # too few
        (0.5, 38, 1, "suppress"),  # 30 points wide
        (0.5, 44, 1.5, "suppress"),  # too few once weighted
        (0.5, 2000, 1, "show"),  # less than five points wide
        (0.5, 400, 1, "show"),
        (0.04, 60, 1, "suppress"),  # wide beside the share
        (0.96, 60, 1, "flag"),  # wide beside the complement
        (0.01, 3000, 1, "show"),  # narrow, however small
        (0.5, np.nan, 1, ""),
    ],
)
def test_screen(p, n, deff, told):
    assert screen(p, n, deff) == told
