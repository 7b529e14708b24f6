import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comparisons.stats.gap import gap, pace, pace_class, progress, to_best, to_frontier

LEVEL = st.floats(0.1, 100)


def test_distance_to_frontier_of_needs_met():
    assert to_frontier([34.0, 41.0, 48.0], 48.0, 34.0).tolist() == [0, 50, 100]


def test_required_pace_of_the_scorecard():
    assert pace(49.0, 80.0, 3) == pytest.approx(10.33, abs=0.005)
    assert np.isnan(pace(49.0, 80.0, 0))
    assert np.isnan(pace(49.0, 80.0, -1))


def test_progress_of_the_scorecard():
    assert pytest.approx(0.4848, abs=5e-5) == (49 / 33) - 1
    assert pytest.approx(0.2478, abs=5e-5) == (80 / 33) ** (1 / 4) - 1
    assert progress(33, 49, 80, 1, 4) == pytest.approx(1.957, abs=5e-4)


@pytest.mark.parametrize(
    ("ratio", "name"),
    [
        (0.95, "significant"),
        (0.9499, "moderate"),
        (0.60, "moderate"),
        (0.5999, "insufficient"),
        (0.0, "insufficient"),
        (-0.001, "away"),
        (float("nan"), ""),
    ],
)
def test_classes_of_progress(ratio, name):
    assert pace_class(ratio) == name


def test_a_reached_target_is_reached_whatever_the_ratio():
    assert pace_class(float("nan"), reached=True) == "reached"


def test_progress_is_not_defined_without_growth_rates():
    assert np.isnan(progress(0, 49, 80, 1, 4))
    assert np.isnan(progress(33, 49, 33, 1, 4))
    assert np.isnan(progress(33, 49, 80, 0, 4))


def test_falling_targets_are_progress_when_values_fall():
    assert progress(24, 18, 12, 2, 4) > 0
    assert progress(24, 26, 12, 2, 4) < 0


@given(a=LEVEL, b=LEVEL, direction=st.sampled_from([1, -1]))
def test_a_gap_turns_its_sign_with_its_ends(a, b, direction):
    assert gap(a, b, direction) == -gap(b, a, direction)
    assert gap(a, b, 1) == -gap(a, b, -1)


@given(values=st.lists(LEVEL, min_size=2, max_size=20), scale=st.floats(0.5, 50))
def test_distance_to_frontier_lies_between_its_ends_and_has_no_scale(values, scale):
    table = np.array(values)
    found = to_frontier(table, table.max(), table.min())
    if np.ptp(table) == 0:
        assert np.isnan(found).all()
        return
    assert (found.min(), found.max()) == pytest.approx((0, 100))
    again = to_frontier(scale * table, (scale * table).max(), (scale * table).min())
    np.testing.assert_allclose(found, again, atol=1e-6)


@given(values=st.lists(LEVEL, min_size=1, max_size=20), direction=st.sampled_from([1, -1]))
def test_the_best_is_one_and_no_other_is_more(values, direction):
    table = np.array(values)
    best = table.max() if direction > 0 else table.min()
    found = to_best(table, best, direction)
    assert found.max() == 1
    assert (found > 0).all()
