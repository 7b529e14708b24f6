import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from comparisons.stats.series import comparable_length, segments, steps, wide_gaps

GROUPS = st.lists(st.integers(1, 5), min_size=1, max_size=6).map(
    lambda sizes: np.repeat(np.arange(len(sizes)), sizes)
)


def test_length_since_the_last_break():
    years = np.arange(2018, 2025)
    group = np.zeros(len(years), dtype=int)
    broken = np.flatnonzero(years == 2021)
    assert comparable_length(group, segments(group, broken)).tolist() == [4] * 7


def test_a_break_in_one_country_leaves_the_others_alone():
    group = np.array([0, 0, 0, 1, 1, 1])
    assert segments(group, np.array([4])).tolist() == [1, 1, 1, 1, 2, 2]
    assert comparable_length(group, segments(group, np.array([4]))).tolist() == [3] * 3 + [2] * 3


def test_no_break_at_the_first_point_is_joined_to_the_country_before():
    group = np.array([0, 0, 1, 1])
    assert segments(group, np.array([], dtype=int)).tolist() == [1, 1, 1, 1]


def test_a_gap_is_wide_beyond_twice_the_usual_spacing():
    group = np.zeros(4, dtype=int)
    assert wide_gaps(group, np.array([2010, 2011, 2012, 2014])).tolist() == []
    assert wide_gaps(group, np.array([2010, 2011, 2012, 2015])).tolist() == [3]


def test_two_points_have_no_usual_spacing_to_break():
    assert wide_gaps(np.zeros(2, dtype=int), np.array([2011, 2024])).tolist() == []
    assert wide_gaps(np.zeros(1, dtype=int), np.array([2011])).tolist() == []


@given(GROUPS)
def test_steps_stay_inside_a_country(group):
    earlier, later = steps(group)
    assert (group[earlier] == group[later]).all()
    assert (later - earlier == 1).all()
    assert len(earlier) == len(group) - len(set(group.tolist()))


@given(GROUPS, st.data())
def test_segments_rise_by_one_at_each_break(group, data):
    _, later = steps(group)
    broken = np.array(
        sorted(data.draw(st.sets(st.sampled_from(later.tolist())))) if len(later) else [], dtype=int
    )
    found = segments(group, broken)
    for point in range(len(group)):
        if point == 0 or group[point] != group[point - 1]:
            assert found[point] == 1
        else:
            assert found[point] - found[point - 1] == (point in broken)
