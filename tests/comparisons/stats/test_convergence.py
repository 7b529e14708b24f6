import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from comparisons.stats.convergence import beta, gamma, sd_ratio, spread

# The example of the convergEU package (GPL-3, Stefanini et al., vignette "Convergence
# monitoring"): three countries, 2000 to 2005.
EXAMPLE = np.array(
    [
        [0.8, 2.7, 3.9],
        [1.2, 3.2, 4.2],
        [0.9, 2.9, 4.1],
        [1.3, 2.9, 4.0],
        [1.2, 3.1, 4.1],
        [1.2, 3.0, 4.0],
    ]
)
TABLE = arrays(np.float64, (4, 6), elements=st.floats(1, 100))


def test_beta_of_the_synthetic_path():
    start = np.array([0.5, 0.6, 0.7, 0.8])
    left = np.exp(-0.05 * 4)
    found = beta(start, 0.9 ** (1 - left) * start**left, 4)
    assert found.slope == pytest.approx(-0.045317, abs=5e-7)
    assert found.speed == pytest.approx(0.05)
    assert found.half_life == pytest.approx(np.log(2) / 0.05)


def test_beta_as_a_peer_prints_it():
    found = beta(EXAMPLE[2], EXAMPLE[4], 2)
    assert found.slope == pytest.approx(-0.09475194, abs=5e-9)
    assert found.se == pytest.approx(0.000345, abs=5e-7)
    assert found.p == pytest.approx(0.00232, abs=5e-6)
    assert 1 - (1 - found.r2) * 2 == pytest.approx(0.9999735, abs=5e-8)


def test_beta_as_a_general_regression_gives_it():
    from scipy.stats import linregress

    random = np.random.default_rng(3)
    first, last = random.uniform(20, 90, (2, 27))
    expected = linregress(np.log(first), np.log(last / first) / 5)
    found = beta(first, last, 5)
    assert (found.slope, found.se, found.p) == pytest.approx(
        (expected.slope, expected.stderr, expected.pvalue)
    )
    assert found.low < found.slope < found.high


def test_beta_is_not_defined_for_too_few_or_for_nought():
    assert np.isnan(beta([1, 2], [2, 3], 1).slope)
    assert np.isnan(beta([0, 1, 2], [1, 2, 3], 1).slope)
    assert np.isnan(beta([2, 2, 2], [1, 2, 3], 1).slope)


def test_a_rising_slope_has_no_half_life():
    assert np.isnan(beta([1, 2, 4], [1, 3, 9], 1).half_life)


def test_delta_as_a_peer_prints_it():
    table = [[1150, 978, 682], [998, 1250, 332]]
    assert spread(table).delta.tolist() == [640, 1170]
    assert spread(table, -1).delta.tolist() == [
        1150 + 978 - 2 * 682,
        998 + 1250 - 2 * 332,
    ]


def test_sigma_divides_by_n():
    found = spread([[34.0, 41.0, 48.0]])
    assert found.mean[0] == 41
    assert found.sd[0] == pytest.approx(np.sqrt(98 / 3))
    assert found.cv[0] == pytest.approx(np.sqrt(98 / 3) / 41)


def test_stable_ranks_give_a_gamma_of_one():
    assert gamma([[1, 2, 3], [4, 5, 6], [1, 5, 9]]) == 1
    assert gamma([[1, 2, 3], [3, 2, 1]]) == 0


def test_gamma_counts_the_first_year_among_the_years():
    # Ranks 3 2 1 | 3 2 1 | 2 3 1 | 3 2 1: sums 11, 9, 4; their variance is 26/3, of the first
    # year 2/3.
    table = [[1201, 868, 578], [1150, 978, 682], [998, 1250, 332], [1600, 1350, 802]]
    assert gamma(table) == pytest.approx((26 / 3) / (16 * 2 / 3))


def test_the_interval_of_the_ratio_holds_what_it_should():
    random = np.random.default_rng(0)
    inside = 0
    for _ in range(400):
        first = random.normal(0, 2, 12)
        found = sd_ratio(first, 0.8 * (0.9 * first + random.normal(0, 2 * np.sqrt(0.19), 12)))
        inside += found.low < 0.8 < found.high
    assert 0.92 < inside / 400 < 0.98


def test_the_interval_and_the_test_agree():
    random = np.random.default_rng(1)
    for _ in range(50):
        first, last = random.normal(0, 1, (2, 9))
        found = sd_ratio(first, 1.5 * last)
        assert (found.p < 0.05) == (not found.low < 1 < found.high)


def test_the_ratio_without_spread_has_no_interval():
    assert np.isnan(sd_ratio([1, 1, 1], [1, 2, 3]).value)
    assert sd_ratio([1, 2, 3], [2, 2, 2]).value == 0
    assert np.isnan(sd_ratio([1, 2], [2, 4]).low)
    exact = sd_ratio([1, 2, 3], [2, 4, 6])
    assert (exact.value, exact.low, exact.high) == pytest.approx((2, 2, 2))


@given(table=TABLE, scale=st.floats(0.01, 1000))
def test_the_coefficient_of_variation_has_no_scale(table, scale):
    np.testing.assert_allclose(spread(table).cv, spread(scale * table).cv, rtol=1e-6, atol=1e-9)
    # Of equal values floats leave some 1e-16 of each, which has no scale.
    noise = 1e-12 * scale * table.max()
    np.testing.assert_allclose(
        scale * spread(table).sd, spread(scale * table).sd, rtol=1e-6, atol=noise
    )


@given(value=st.floats(0.1, 1e6), n=st.integers(1, 40))
def test_equal_countries_have_no_spread(value, n):
    found = spread(np.full((2, n), value))
    assert found.sd.tolist() == found.delta.tolist() == [0, 0]


@given(table=TABLE, seed=st.integers(0, 1000))
def test_the_order_of_countries_does_not_matter(table, seed):
    other = table[:, np.random.default_rng(seed).permutation(table.shape[1])]
    for name in ("mean", "sd", "cv", "delta"):
        np.testing.assert_allclose(getattr(spread(table), name), getattr(spread(other), name))
    np.testing.assert_allclose(gamma(table), gamma(other))
    assume(np.ptp(table[0]) > 1)
    np.testing.assert_allclose(
        beta(table[0], table[-1], 3).slope, beta(other[0], other[-1], 3).slope, atol=1e-9
    )


@given(rows=st.lists(st.permutations(range(6)), min_size=2, max_size=5))
def test_gamma_lies_between_nought_and_one_without_ties(rows):
    table = np.array(rows, dtype=float)
    assert -1e-12 <= gamma(table) <= 1 + 1e-12
    assert gamma(table) == pytest.approx(gamma(table, -1))
