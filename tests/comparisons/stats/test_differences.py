import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep, proportions_ztest
from statsmodels.stats.weightstats import _zconfint_generic

from comparisons.stats.differences import (
    cohen_h,
    detectable,
    equivalence,
    newcombe,
    p_value,
    rounding_variance,
    smallest_sample,
    smallest_shown,
    standard_error,
    widened,
    with_power,
    z_pooled,
    z_unpooled,
)
from comparisons.stats.proportions import Z95

HELP = (0.24, 4000, 0.18, 3937)
COUNTS = st.integers(5, 400).flatmap(lambda n: st.tuples(st.integers(1, n - 1), st.just(n)))


@pytest.mark.parametrize(("deff", "pooled", "unpooled"), [(1, 6.559, 6.582), (2, 4.638, 4.654)])
def test_both_statistics(deff, pooled, unpooled):
    p1, n1, p2, n2 = HELP
    given = p1, n1 / deff, p2, n2 / deff
    assert z_pooled(*given) == pytest.approx(pooled, abs=5e-4)
    assert z_unpooled(*given) == pytest.approx(unpooled, abs=5e-4)


@given(COUNTS, COUNTS)
def test_the_test_of_equality_is_that_of_statsmodels(one, other):
    (x, n), (y, m) = one, other
    z, p = proportions_ztest([x, y], [n, m])
    ours = z_pooled(x / n, n, y / m, m)
    assert ours == pytest.approx(z, abs=1e-9)
    assert p_value(ours) == pytest.approx(p, rel=1e-6)


@given(COUNTS, COUNTS)
def test_the_hybrid_interval_is_that_of_statsmodels(one, other):
    (x, n), (y, m) = one, other
    theirs = confint_proportions_2indep(x, n, y, m, method="newcomb", compare="diff")
    assert newcombe(x / n, n, y / m, m, Z95) == pytest.approx(theirs, abs=1e-6)


def test_the_published_hybrid_interval():
    assert newcombe(56 / 70, 70, 48 / 80, 80, Z95) == pytest.approx((0.0524, 0.3339), abs=5e-5)
    low, high = newcombe(np.array([0.8, 0.8]), 70, np.array([0.6, 0.6]), 80, Z95)
    assert low.shape == high.shape == (2,)


def test_equal_shares_without_variance_do_not_differ():
    assert z_unpooled([1.0, 0.0, 1.0], 10, [1.0, 0.0, 0.0], 10).tolist() == [0, 0, math.inf]
    assert z_pooled([1.0, 0.0], 10, [1.0, 0.0], 10).tolist() == [0, 0]
    assert np.isnan(z_unpooled(0.5, np.nan, 0.5, 100))


def test_effect_size():
    assert cohen_h(0.24, 0.18) == pytest.approx(0.1476, abs=5e-5)
    assert cohen_h(0.18, 0.24) == -cohen_h(0.24, 0.18)


def test_rounding_widens_the_interval():
    assert math.sqrt(rounding_variance(0.5, 0.5)) == pytest.approx(0.408, abs=5e-4)
    plain = _zconfint_generic(6, 0.9115, 0.05, "two-sided")
    assert plain == pytest.approx((4.21, 7.79), abs=0.005)
    bounds = widened(6, *plain, rounding_variance(0.5, 0.5))
    assert bounds == pytest.approx((4.04, 7.96), abs=0.005)
    error = 100 * np.hypot(standard_error(0.24, 4000), standard_error(0.18, 3937))
    assert error == pytest.approx(0.9115, abs=5e-5)


@given(st.floats(-1, 1), st.floats(0, 1), st.floats(0, 1), st.floats(0, 1))
def test_widening_never_narrows(d, below, above, half):
    low, high = widened(d, d - below, d + above, rounding_variance(half, half))
    assert low <= d - below + 1e-12
    assert high >= d + above - 1e-12
    assert widened(d, d - below, d + above, 0.0) == pytest.approx((d - below, d + above))


@pytest.mark.parametrize(
    ("given", "deff", "points"),
    [(HELP, 1.0, 1.79), (HELP, 1.5, 2.19), ((0.78, 4625, 0.78, 4625), 1.0, 1.69)],
)
def test_minimum_detectable_change(given, deff, points):
    p1, n1, p2, n2 = given
    assert 100 * detectable(p1, n1 / deff, p2, n2 / deff, Z95) == pytest.approx(points, abs=0.005)


def test_change_found_four_times_out_of_five():
    p1, n1, p2, n2 = HELP
    change = with_power(*HELP)
    assert 100 * change == pytest.approx(2.55, abs=0.005)
    error = np.hypot(standard_error(p1, n1), standard_error(p2, n2))
    assert change / error == pytest.approx(1.959964 + 0.8416, abs=1e-4)


def test_smallest_change_that_is_safe_when_whole_percents_are_printed():
    points = 100 * detectable(*HELP, Z95)
    assert smallest_shown(points, 1.0, 1.0) == math.ceil(points + 1) == 3
    assert smallest_shown(1.79, 0.1, 0.1) == pytest.approx(1.9)


@pytest.mark.parametrize(
    ("p1", "p2", "n", "safe"),
    [
        (50, 47, 2131, 4794),
        (48, 41, 386, 525),
        (41, 34, 366, 498),
        (48, 34, 93, 108),
        (11, 15, 542, 963),
        (24, 18, 353, 508),
    ],
)
def test_sample_that_would_be_needed(p1, p2, n, safe):
    found = smallest_sample(p1 / 100, p2 / 100, 1.0, 1.0, np.array([0.0, 0.01]), Z95)
    assert found.tolist() == [n, safe]


def test_unchanged_has_to_be_shown():
    error = math.sqrt(0.78 * 0.22 * (1 / 4000 + 1 / 4625))
    assert equivalence(0.0, error, 0.02) == pytest.approx(0.0127, abs=5e-5)
    assert equivalence(0.03, error, 0.02) > 0.5
    assert equivalence(0.02, error, 0.02) == pytest.approx(0.5)
    assert equivalence([0.0, 0.05], 0.0, 0.02).tolist() == [0, 1]


@given(st.floats(-0.5, 0.5), st.floats(1e-4, 0.1), st.floats(1e-3, 0.2))
def test_equivalence_is_the_worse_of_two_tests(d, error, margin):
    one, other = (0.5 * math.erfc((margin + sign * d) / error / math.sqrt(2)) for sign in (1, -1))
    assert equivalence(d, error, margin) == pytest.approx(max(one, other), abs=1e-12)
