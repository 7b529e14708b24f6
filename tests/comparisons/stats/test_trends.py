import math
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.datasets import nile
from statsmodels.stats.contingency_tables import Table

from comparisons.stats.trends import (
    cochran_armitage,
    mann_kendall,
    pettitt,
    theil_sen,
    weighted_slope,
)

NILE = nile.load_pandas().data
FLOW, YEARS = NILE["volume"].to_numpy(float), NILE["year"].to_numpy(float)
SHORT = (2019, 2020, 2021, 2022, 2024), (76, 77, 79, 78, 82)
WHOLE = st.lists(st.integers(0, 9), min_size=2, max_size=25)
APART = st.lists(st.floats(-50, 50), min_size=2, max_size=9, unique=True)


def test_the_nile():
    s, variance, z, p = mann_kendall(FLOW)
    assert s == -1387
    assert variance == pytest.approx(112728.33, abs=0.005)
    assert z == pytest.approx(-4.128, abs=5e-4)
    assert p == pytest.approx(3.66e-5, abs=5e-8)
    found = theil_sen(YEARS, FLOW)
    assert [float(one) for one in found] == pytest.approx([-2.6, -3.63, -1.43], abs=0.005)
    k, before, p = pettitt(FLOW)
    assert (k, before) == (1617, 28)
    assert YEARS[before - 1] == 1898
    assert p == pytest.approx(3.6e-7, abs=5e-9)


@pytest.mark.parametrize(("n", "p"), [(3, 0.333), (4, 0.0833), (5, 0.0167), (6, 0.0028)])
def test_the_least_p_value_of_a_short_series(n, p):
    found = float(mann_kendall(np.arange(n))[3])
    assert found == pytest.approx(2 / math.factorial(n))
    assert found == pytest.approx(p, abs=5e-4)


def test_real_years_not_positions():
    s, _, _, p = mann_kendall(SHORT[1])
    assert s == 8
    assert p == pytest.approx(0.0833, abs=5e-5)
    assert theil_sen(*SHORT)[0] == pytest.approx(1.1)
    assert theil_sen(range(5), SHORT[1])[0] == pytest.approx(1.5)


def test_shares_with_known_samples():
    p, n, t = [0.24, 0.21, 0.18], [4000, 4625, 3937], [0, 1, 2]
    slope, error = weighted_slope(t, p, n)
    assert slope == pytest.approx(-0.03)
    assert error == pytest.approx(0.00455, abs=5e-6)
    assert cochran_armitage(t, p, n) == pytest.approx(-6.56, abs=0.005)


def test_the_trend_test_is_that_of_statsmodels():
    counts = np.array([[30, 70], [45, 105], [60, 90]])
    n = counts.sum(axis=1)
    theirs = Table(counts).test_ordinal_association(row_scores=np.array([0, 1, 3]))
    ours = cochran_armitage([0, 1, 3], counts[:, 0] / n, n)
    # Theirs takes the variance over n - 1.
    assert abs(ours) == pytest.approx(abs(theirs.zscore) * math.sqrt(n.sum() / (n.sum() - 1)))


def test_two_shares_are_the_test_of_equality():
    from comparisons.stats.differences import z_pooled

    z = cochran_armitage([2021, 2023], [0.24, 0.18], [4000, 3937])
    assert z == pytest.approx(z_pooled(0.18, 3937, 0.24, 4000))


def test_the_weighted_line_is_that_of_least_squares():
    t, p, n = np.array([0, 1, 3, 4.0]), np.array([0.2, 0.3, 0.25, 0.5]), np.array([90, 80, 70, 60])
    weights = n / (p * (1 - p))
    slope, error = weighted_slope(t, p, n)
    assert slope == pytest.approx(np.polyfit(t, p, 1, w=np.sqrt(weights))[0])
    design = np.column_stack([np.ones(4), t])
    assert error**2 == pytest.approx(np.linalg.inv(design.T @ (weights[:, None] * design))[1, 1])


def test_shares_at_the_edge_keep_a_finite_weight():
    slope, error = weighted_slope([0, 1, 2], [0.0, 0.0, 0.0], [50, 50, 50])
    assert slope == 0
    assert 0 < error < 0.05
    assert np.isnan(cochran_armitage([0, 1, 2], [0.0, 0.0, 0.0], [50, 50, 50]))


@given(WHOLE)
def test_mann_kendall_is_kendalls_tau(values):
    s, variance, z, _ = mann_kendall(values)
    n = len(values)
    tau = stats.kendalltau(range(n), values, variant="c").statistic if len(set(values)) > 1 else 0
    assert s == sum(np.sign(b - a) for k, a in enumerate(values) for b in values[k + 1 :])
    if len(set(values)) > 1:
        distinct = min(n, len(set(values)))
        assert tau == pytest.approx(2 * s * distinct / (n**2 * (distinct - 1)))
    assert variance >= -1e-9
    assert np.sign(z) == np.sign(s - np.sign(s))


@given(APART)
def test_exact_p_values_are_those_of_scipy(values):
    theirs = stats.kendalltau(range(len(values)), values, method="exact").pvalue
    assert mann_kendall(values)[3] == pytest.approx(theirs)


def test_exact_p_values_count_every_order():
    statistics = np.array([mann_kendall(order)[0] for order in permutations(range(6))])
    values = [0, 2, 1, 3, 5, 4]
    s, _, _, p = mann_kendall(values)
    assert p == pytest.approx((np.abs(statistics) >= abs(s)).mean())


def test_ties_take_the_normal_approximation():
    values = [1, 2, 2, 3, 5, 4, 7]
    s, variance, z, p = mann_kendall(values)
    assert variance == pytest.approx((7 * 6 * 19 - 2 * 1 * 9) / 18)
    assert z == pytest.approx((s - 1) / math.sqrt(variance))
    assert p == pytest.approx(2 * stats.norm.sf(z))
    assert mann_kendall([3, 3, 3, 3])[3] == 1


@given(st.lists(st.tuples(st.integers(0, 30), st.floats(-20, 20)), min_size=3, max_size=20))
def test_slopes_are_those_of_scipy(points):
    points = sorted(dict(points).items())
    if len(points) < 3:
        return
    years, values = map(np.array, zip(*points, strict=True))
    theirs = stats.theilslopes(values, years)
    slope, low, high = theil_sen(years, values)
    assert slope == pytest.approx(theirs.slope, abs=1e-9)
    if len(set(values)) == len(values):
        assert (low, high) == pytest.approx((theirs.low_slope, theirs.high_slope), abs=1e-9)


@given(APART.filter(lambda values: len(values) > 2), st.integers(0, 8), st.floats(-5, 5))
def test_missing_points_take_no_part(values, place, tilt):
    years = np.arange(len(values)) * 1.0
    holed = np.insert(np.array(values) + tilt * years, min(place, len(values)), np.nan)
    apart = np.insert(years, min(place, len(values)), 99.0)
    whole = np.array(values) + tilt * years
    assert [float(one) for one in mann_kendall(holed)] == pytest.approx(
        [float(one) for one in mann_kendall(whole)]
    )
    assert np.array(theil_sen(apart, holed)) == pytest.approx(np.array(theil_sen(years, whole)))


def test_many_series_at_once():
    block = np.array([FLOW[:12], FLOW[12:24], [*FLOW[:6], *[np.nan] * 6]])
    for k, row in enumerate(block):
        there = np.isfinite(row)
        for test in (mann_kendall, pettitt):
            alone = [float(one) for one in test(row[there])]
            assert [float(one[k]) for one in test(block)] == pytest.approx(alone, nan_ok=True)
        alone = [float(one) for one in theil_sen(YEARS[:12][there], row[there])]
        assert [float(one[k]) for one in theil_sen(YEARS[:12], block)] == pytest.approx(alone)


def test_pettitt_only_from_ten_points():
    assert np.isnan(pettitt(FLOW[:9])[2])
    assert pettitt(FLOW[:10])[2] <= 1


@given(st.lists(st.integers(0, 5), min_size=10, max_size=30))
def test_pettitt_counts_pairs_across_the_break(values):
    k, before, p = pettitt(values)
    course = [
        abs(sum(np.sign(a - b) for a in values[:t] for b in values[t:]))
        for t in range(1, len(values) + 1)
    ]
    assert k == max(course) == course[int(before) - 1]
    assert 0 < p <= 1


def test_nothing_is_made_of_nothing():
    assert np.isnan(mann_kendall([5.0])[3])
    assert np.isnan(theil_sen([2020], [5.0])[0])
    assert np.isnan(weighted_slope([2020], [0.5], [100])[0])
    assert np.isnan(mann_kendall([np.nan, np.nan])[3])
