"""Scales: the UN's telecommunication index of 2018 for five countries, and properties."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from benchmark.errors import BenchmarkError
from comparisons.stats import normalise as to

TII = np.array([0.7978, 0.7284, 0.8292, 0.7131, 0.7835])
"""Denmark, Finland, Iceland, Norway, Sweden."""


@pytest.mark.parametrize(
    ("scaled", "wanted"),
    [
        (to.min_max(TII), [0.7295, 0.1318, 1, 0, 0.6064]),
        (to.z_scores(TII), [0.6310, -0.9673, 1.3542, -1.3196, 0.3017]),
        (to.z_scores(TII, ddof=1), [0.5644, -0.8651, 1.2112, -1.1803, 0.2698]),
        (TII / TII[0], [1, 0.9130, 1.0394, 0.8938, 0.9821]),
        (to.fraction_of_max(TII) * TII.max() / TII[0], [1, 0.9130, 1.0394, 0.8938, 0.9821]),
        (to.goalposts(TII, 0, 1), TII),
        (to.borda(TII), [3, 1, 4, 0, 2]),
        (to.percentile_rank(TII), [0.75, 0.25, 1, 0, 0.5]),
    ],
)
def test_five_countries(scaled, wanted):
    assert scaled.round(4).tolist() == pytest.approx(wanted, abs=5e-5)


def test_z_then_min_max():
    rows = np.array([[10, 100, 1], [20, 300, 3], [40, 200, 2], [30, 500, 5]], dtype=float).T
    composite = to.z_scores(rows).mean(axis=0)
    assert composite.round(4).tolist() == [-1.2360, -0.0364, 0.1092, 1.1633]
    assert to.min_max(composite).round(4).tolist() == [0, 0.5, 0.5607, 1]


def test_the_distance_to_the_best_is_min_max():
    far = 1 - (TII.max() - TII) / (TII.max() - TII.min())
    assert to.min_max(TII) == pytest.approx(far)
    assert to.to_reference(TII, 2) == pytest.approx(to.min_max(TII))
    assert to.to_target(TII, TII.max()) == pytest.approx(to.min_max(TII))


def test_a_reference_country_scores_one_whichever_way_is_better():
    for direction in (1, -1):
        assert to.to_reference(TII, 4, direction)[4] == pytest.approx(1)


def test_a_target_may_be_capped():
    assert to.to_target([0.0, 5.0, 20.0], 10.0).tolist() == [0, 0.5, 2]
    assert to.to_target([0.0, 5.0, 20.0], 10.0, cap=True).tolist() == [0, 0.5, 1]
    assert to.to_target([20.0, 15.0, 5.0], 10.0, -1).tolist() == [0, 0.5, 1.5]
    assert np.isnan(to.to_target([20.0, 15.0], 10.0)).all()


def test_goalposts_may_be_capped_and_must_stand_apart():
    assert to.goalposts([-10.0, 50.0, 150.0], 0, 100, cap=True).tolist() == [0, 0.5, 1]
    assert np.isnan(to.goalposts([1.0, 2.0], 5, 5)).all()


RELATIVE = [to.min_max, to.z_scores, to.borda, to.percentile_rank]


@pytest.mark.parametrize("scale", RELATIVE)
@pytest.mark.parametrize("values", [[7.0, 7.0, 7.0], [0.1, 0.1, 0.1], [7.0], [np.nan, np.nan]])
def test_what_tells_no_country_apart_is_missing_and_never_0(scale, values):
    assert np.isnan(scale(values)).all()
    assert to.flat(values)


def test_fraction_of_max_refuses_what_should_be_low():
    with pytest.raises(BenchmarkError, match="worst country highest"):
        to.fraction_of_max([[1.0, 2.0]], direction=[[-1]])
    assert np.isnan(to.fraction_of_max([-1.0, -2.0])).all()


def test_each_indicator_has_its_own_direction():
    both = to.min_max([[1.0, 2.0, 4.0], [1.0, 2.0, 4.0]], [[1], [-1]])
    assert both[0] == pytest.approx(1 - both[1])


def test_single_precision_stays_single():
    small = TII.astype(np.float32)
    for scale in (*RELATIVE, to.fraction_of_max):
        assert scale(small).dtype == np.float32
    assert to.goalposts(small, 0, 1).dtype == np.float32


VALUES = arrays(
    np.float64,
    st.tuples(st.integers(1, 3), st.integers(2, 8)),
    elements=st.one_of(st.integers(-50, 50).map(float), st.just(np.nan)),
)


@given(VALUES, st.sampled_from(RELATIVE), st.sampled_from([1, -1]))
def test_scales_keep_order_gaps_and_bounds(x, scale, direction):
    scores = scale(x, direction)
    known = np.isfinite(x) & ~to.flat(x)[:, None]
    assert (np.isfinite(scores) == known).all()
    for row, line in zip(x, scores, strict=True):
        order = np.argsort(direction * row, kind="stable")
        steps = np.diff(line[order])
        assert (steps[np.isfinite(steps)] >= -1e-12).all()
    if scale in (to.min_max, to.percentile_rank):
        assert np.nanmin(scores, initial=0) >= 0
        assert np.nanmax(scores, initial=1) <= 1


@given(VALUES, st.sampled_from(RELATIVE), st.integers(1, 9), st.integers(-9, 9))
def test_relative_scales_know_no_unit(x, scale, factor, shift):
    assert scale(factor * x + shift) == pytest.approx(scale(x), nan_ok=True, abs=1e-9)


@given(VALUES, st.sampled_from(RELATIVE))
def test_a_stack_is_scaled_line_by_line(x, scale):
    lines = [scale(row) for row in x]
    assert np.array_equal(scale(x), np.array(lines), equal_nan=True)
