import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy.stats import rankdata

from comparisons.stats.ranks import (
    _PACKED,
    TIES,
    competition,
    percentile_rank,
    ranks,
    restricted,
    rounding_range,
)

NAN = float("nan")
# The overall scores of the 2020 edition as an agency printed them, with two ties.
PRINTED = [97, 92, 87, 87, 84, 83, 83]
METHODS = {"1224": "min", "1334": "max", "1223": "dense", "frac": "average"}
SCORE = st.one_of(
    st.floats(-1e6, 1e6),
    st.integers(0, 5).map(float),
    st.sampled_from([NAN, -NAN, 0.0, -0.0, np.inf, -np.inf, 1e-310, 0.1 + 0.2, 0.3]),
)
SCORES = hnp.arrays(float, st.integers(0, 40), elements=SCORE)
TABLES = hnp.arrays(float, hnp.array_shapes(max_dims=4, max_side=6), elements=SCORE)


@pytest.mark.parametrize(
    ("ties", "expected"),
    [
        ("1224", [1, 2, 3, 3, 5, 6, 6]),
        ("1334", [1, 2, 4, 4, 5, 7, 7]),
        ("1223", [1, 2, 3, 3, 4, 5, 5]),
        ("frac", [1, 2, 3.5, 3.5, 5, 6.5, 6.5]),
    ],
)
def test_equal_scores_share_a_place(ties, expected):
    assert ranks(PRINTED, ties=ties).tolist() == expected
    assert ranks(np.negative(PRINTED), -1, ties=ties).tolist() == expected


def test_competition_is_the_rule_1224():
    assert competition(PRINTED).tolist() == [1, 2, 3, 3, 5, 6, 6]


def test_an_unknown_rule_for_ties():
    with pytest.raises(ValueError, match="1224, 1334, 1223, frac"):
        ranks(PRINTED, ties="ordinal")


def test_rank_on_unrounded_scores():
    # Denmark and Finland in the 2021 edition are third and fourth, both 85 once rounded.
    assert ranks([97, 92, 85.40, 84.65])[2:].tolist() == [3, 4]
    assert ranks([97, 92, 85, 85])[2:].tolist() == [3, 3]


def test_lowest_first():
    assert competition([15, 11, 11], direction=-1).tolist() == [3, 1, 1]


def test_a_missing_score_takes_no_place():
    found = competition([NAN, 3, NAN, 9])
    assert np.isnan(found[[0, 2]]).all()
    assert found[[1, 3]].tolist() == [2, 1]


def test_zero_equals_minus_zero():
    assert competition([0.0, -0.0, 1.0]).tolist() == [2, 2, 1]


def test_any_axis():
    table = np.array([[3.0, 1.0, NAN], [3.0, 2.0, 5.0]])
    assert competition(table, axis=0)[:, :2].tolist() == [[1, 2], [1, 1]]
    assert np.array_equal(competition(table, axis=1)[1], [2, 3, 1])


def test_nothing_to_rank():
    assert competition([]).shape == (0,)
    assert ranks(np.empty((3, 0, 2)), axis=1).shape == (3, 0, 2)
    assert np.isnan(competition([NAN])).all()


@pytest.mark.parametrize("members", [2, 3, 250, 256, 257, _PACKED, _PACKED + 1])
@pytest.mark.parametrize("ties", TIES)
def test_scores_that_differ_in_the_last_bit_are_no_tie(members, ties):
    # The number of the member overwrites the last bits of the packed key; they must come back.
    random = np.random.default_rng(members)
    scores = 70 + random.permutation(members) * np.spacing(70.0)
    scores[: members // 3] = scores[0]
    expected = rankdata(-scores, method=METHODS[ties])
    np.testing.assert_array_equal(ranks(scores, ties=ties), expected)
    np.testing.assert_array_equal(ranks(-scores, -1, ties=ties), expected)


@pytest.mark.parametrize("ties", TIES)
def test_blocks_and_strides_leave_no_trace(ties):
    random = np.random.default_rng(0)
    cube = np.round(random.uniform(0, 100, (37, 90, 60)), 1)
    cube[random.random(cube.shape) < 0.1] = NAN
    frame = pd.DataFrame(cube.reshape(37, -1))
    expected = frame.rank(method=METHODS[ties], ascending=False).to_numpy().reshape(cube.shape)
    np.testing.assert_array_equal(ranks(cube, axis=0, ties=ties), expected)
    turned = ranks(np.moveaxis(cube, 0, 1), axis=1, ties=ties)
    np.testing.assert_array_equal(np.moveaxis(turned, 1, 0), expected)
    lines = ranks(np.asfortranarray(cube.reshape(37, -1).T), ties=ties)
    np.testing.assert_array_equal(lines.T.reshape(cube.shape), expected)


def test_the_scores_are_left_as_they_were():
    scores = np.array([[3.0, -1.0, NAN]])
    ranks(scores)
    np.testing.assert_array_equal(scores, [[3.0, -1.0, NAN]])


@given(SCORES, st.sampled_from(TIES))
def test_same_as_another_library(scores, ties):
    expected = pd.Series(scores).rank(method=METHODS[ties], ascending=False).to_numpy()
    np.testing.assert_array_equal(ranks(scores, ties=ties), expected)


@given(TABLES, st.data(), st.sampled_from(TIES))
def test_an_axis_is_ranked_line_by_line(table, data, ties):
    axis = data.draw(st.integers(-table.ndim, table.ndim - 1))
    expected = np.apply_along_axis(lambda line: ranks(line, ties=ties), axis, table)
    np.testing.assert_array_equal(ranks(table, axis=axis, ties=ties), expected)


@given(SCORES, st.randoms(use_true_random=False), st.sampled_from(TIES))
def test_order_of_countries_does_not_matter(scores, random, ties):
    order = list(range(len(scores)))
    random.shuffle(order)
    np.testing.assert_array_equal(ranks(scores[order], ties=ties), ranks(scores, ties=ties)[order])


@given(
    hnp.arrays(float, st.integers(0, 30), elements=st.integers(-1000, 1000).map(float)),
    st.sampled_from(TIES),
)
def test_a_rising_transformation_changes_nothing(scores, ties):
    expected = ranks(scores, ties=ties)
    np.testing.assert_array_equal(ranks(2 * scores**3 + scores, ties=ties), expected)
    np.testing.assert_array_equal(ranks(-scores, direction=-1, ties=ties), expected)


@given(SCORES)
def test_a_rank_counts_those_that_are_better(scores):
    found = competition(scores)
    for score, rank in zip(scores, found, strict=True):
        if score == score:
            assert rank == 1 + np.nansum(scores > score)


@given(SCORES)
def test_sums_of_places(scores):
    n = np.isfinite(ranks(scores)).sum()
    first, last, dense, mean = (ranks(scores, ties=ties) for ties in TIES)
    assert np.nansum(mean) == n * (n + 1) / 2
    np.testing.assert_array_equal(first + last, 2 * mean)
    assert np.nanmax(dense, initial=0) == len(set(scores[~np.isnan(scores)].tolist()))
    assert ((dense <= first) & (first <= last) | np.isnan(first)).all()


@given(SCORES)
def test_the_opposite_direction_turns_places_round(scores):
    n = np.isfinite(ranks(scores)).sum()
    there = ~np.isnan(scores)
    down = ranks(scores, -1, ties="1334")
    np.testing.assert_array_equal(ranks(scores)[there], (n + 1 - down)[there])


@pytest.mark.parametrize(
    ("rank", "size", "expected"),
    [(16, 36, 57.14), (18, 36, 51.43), (11, 36, 71.43), (6, 27, 80.77), (1, 5, 100), (5, 5, 0)],
)
def test_percentile_ranks(rank, size, expected):
    assert round(float(percentile_rank(rank, size)), 2) == expected


def test_percentile_ranks_of_one_and_of_none():
    assert np.isnan(percentile_rank(1, 1))
    assert percentile_rank([1, NAN], 3)[0] == 100


def test_restricted_ranks_from_scores_and_from_ranks():
    # United Nations index 2014, places among 193: Norway 13, Denmark 16, Finland 10, Iceland 19,
    # Sweden 14.
    world = np.array([13.0, 16.0, 10.0, 19.0, 14.0, 1.0])
    nordic = [True] * 5 + [False]
    assert restricted(world, nordic, -1)[:5].tolist() == [2, 4, 1, 5, 3]
    assert np.isnan(restricted(world, nordic, -1)[5])


@given(SCORES, st.data())
def test_restricted_ranks_keep_the_order(scores, data):
    members = data.draw(hnp.arrays(bool, len(scores)))
    whole, part = ranks(scores), restricted(scores, members)
    inside = np.flatnonzero(members & ~np.isnan(scores))
    np.testing.assert_array_equal(part[inside], ranks(scores[inside]))
    np.testing.assert_array_equal(part, restricted(whole, members, -1))
    assert (part[inside] <= whole[inside]).all()


def test_rounding_leaves_places_open():
    low, high = rounding_range([97, 92, 85, 85, 84], 0.5)
    assert low.tolist() == [1, 2, 3, 3, 5]
    assert high.tolist() == [1, 2, 4, 4, 5]


def test_neighbours_in_the_last_digit_never_change_places():
    scores = np.arange(0, 10, 0.1).round(1)
    low, high = rounding_range(scores, 0.05, -1)
    np.testing.assert_array_equal(low, high)
    np.testing.assert_array_equal(low, ranks(scores, -1))


def test_digits_may_differ():
    low, high = rounding_range([85, 84.7, 84.4], [0.5, 0.05, 0.05])
    assert low.tolist() == [1, 1, 3]
    assert high.tolist() == [2, 2, 3]


@given(hnp.arrays(float, st.integers(1, 30), elements=st.floats(0, 20)), st.integers(0, 1))
def test_the_true_rank_is_in_the_rounding_range(scores, digits):
    rounded = np.floor(scores * 10**digits + 0.5) / 10**digits
    low, high = rounding_range(rounded, 0.5 * 10.0**-digits)
    found = ranks(scores)
    assert ((low <= found) & (found <= high)).all()
    shown = ranks(rounded)
    assert ((low <= shown) & (shown <= high)).all()


@given(SCORES.map(lambda scores: np.where(np.isinf(scores), NAN, scores)))
def test_without_rounding_nothing_is_open(scores):
    low, high = rounding_range(scores, 0)
    np.testing.assert_array_equal(low, ranks(scores))
    np.testing.assert_array_equal(high, ranks(scores))
