import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from comparisons.stats.ranks import competition

NAN = float("nan")
# The overall scores of the 2020 edition as an agency printed them, with two ties.
PRINTED = [97, 92, 87, 87, 84, 83, 83]
SCORES = hnp.arrays(
    float,
    st.integers(0, 40),
    elements=st.one_of(st.floats(-1e6, 1e6), st.integers(0, 5).map(float), st.just(NAN)),
)


def test_equal_scores_share_a_place_and_the_next_is_left_out():
    assert competition(PRINTED).tolist() == [1, 2, 3, 3, 5, 6, 6]


def test_rank_on_unrounded_scores():
    assert competition([85.40, 84.65]).tolist() == [1, 2]
    assert competition([85, 85]).tolist() == [1, 1]


def test_lowest_first():
    assert competition([15, 11, 11], direction=-1).tolist() == [3, 1, 1]


def test_a_missing_score_takes_no_place():
    ranks = competition([NAN, 3, NAN, 9])
    assert np.isnan(ranks[[0, 2]]).all()
    assert ranks[[1, 3]].tolist() == [2, 1]


def test_zero_equals_minus_zero():
    assert competition([0.0, -0.0, 1.0]).tolist() == [2, 2, 1]


def test_any_axis():
    table = np.array([[3.0, 1.0, NAN], [3.0, 2.0, 5.0]])
    assert competition(table, axis=0)[:, :2].tolist() == [[1, 2], [1, 1]]
    assert np.array_equal(competition(table, axis=1)[1], [2, 3, 1])


def test_nothing_to_rank():
    assert competition([]).shape == (0,)
    assert np.isnan(competition([NAN])).all()


@given(SCORES)
def test_same_as_another_library(scores):
    expected = pd.Series(scores).rank(method="min", ascending=False).to_numpy()
    np.testing.assert_array_equal(competition(scores), expected)


@given(SCORES, st.randoms(use_true_random=False))
def test_order_of_countries_does_not_matter(scores, random):
    order = list(range(len(scores)))
    random.shuffle(order)
    np.testing.assert_array_equal(competition(scores[order]), competition(scores)[order])


@given(hnp.arrays(float, st.integers(0, 30), elements=st.integers(-1000, 1000).map(float)))
def test_a_rising_transformation_changes_nothing(scores):
    np.testing.assert_array_equal(competition(2 * scores**3 + scores), competition(scores))
    np.testing.assert_array_equal(competition(-scores, direction=-1), competition(scores))


@given(SCORES)
def test_a_rank_counts_those_that_are_better(scores):
    ranks = competition(scores)
    for score, rank in zip(scores, ranks, strict=True):
        if score == score:
            assert rank == 1 + np.nansum(scores > score)
