import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from comparisons.stats.rank_change import rank_change
from comparisons.stats.ranks import competition, restricted

NAN = float("nan")


def test_who_leaves_above_lifts_those_below():
    found = rank_change([90, 80, 70], [NAN, 80, 70])
    assert found.change[1:].tolist() == [-1, -1]
    assert found.pool[1:].tolist() == [-1, -1]
    assert found.own[1:].tolist() == found.others[1:].tolist() == [0, 0]
    assert (int(found.n_first), int(found.n_last), int(found.n_common)) == (3, 2, 2)


def test_who_joins_above_pushes_those_below():
    found = rank_change([80, 70, NAN], [80, 70, 75])
    assert found.pool.tolist()[:2] == [0, 1]
    assert np.isnan(found.pool[2])
    assert found.last[2] == 2


def test_a_country_that_passes_another_moves_by_itself():
    found = rank_change([70, 60], [70, 80])
    assert found.own.tolist() == [0, -1]
    assert found.others.tolist() == [1, 0]


def test_two_that_cross_share_the_move():
    found = rank_change([70, 60], [60, 70])
    assert found.own.tolist() == [0.5, -0.5]
    assert found.others.tolist() == [0.5, -0.5]


def test_all_that_fall_alike_do_not_move():
    found = rank_change([70, 60, 50], [60, 50, 40])
    assert found.change.tolist() == [0, 0, 0]
    np.testing.assert_array_equal(found.own, -found.others)


def test_lowest_first():
    one, other = rank_change([1, 2, 3], [3, 2, 1], -1), rank_change([-1, -2, -3], [-3, -2, -1])
    np.testing.assert_array_equal(one.own, other.own)
    np.testing.assert_array_equal(one.others, other.others)


SCORE = st.one_of(st.integers(0, 6).map(float), st.just(NAN))
TWO = st.integers(1, 9).flatmap(
    lambda n: st.tuples(*(hnp.arrays(float, n, elements=SCORE) for _ in range(2)))
)


@given(TWO, st.sampled_from([1, -1]))
def test_the_parts_add_up_to_the_change(two, direction):
    found = rank_change(*two, direction)
    both = np.isfinite(two[0]) & np.isfinite(two[1])
    np.testing.assert_array_equal(found.first, competition(two[0], direction))
    np.testing.assert_array_equal(found.last, competition(two[1], direction))
    np.testing.assert_array_equal(found.common_first, restricted(two[0], both, direction))
    np.testing.assert_array_equal(found.common_last, restricted(two[1], both, direction))
    np.testing.assert_array_equal((found.own + found.others + found.pool)[both], found.change[both])
    moved = found.common_last - found.common_first
    np.testing.assert_array_equal((found.own + found.others)[both], moved[both])
    assert np.isnan(found.own[~both]).all()


@given(TWO)
def test_going_back_undoes_every_part(two):
    there, back = rank_change(*two), rank_change(*reversed(two))
    for part in ("own", "others", "pool", "change"):
        np.testing.assert_array_equal(getattr(there, part), -getattr(back, part))


@given(TWO)
def test_a_country_that_stands_still_moves_nobody_by_itself(two):
    first, last = two
    found = rank_change(first, np.where(np.isfinite(last), first, NAN))
    both = np.isfinite(found.change)
    assert (found.own[both] == 0).all()
    assert (found.others[both] == 0).all()


@given(TWO)
def test_a_higher_score_never_counts_against_its_country(two):
    first, last = two
    found = rank_change(first, last)
    rose = last >= first
    assert (found.own[rose] <= 0).all()
    assert (found.own[last <= first] >= 0).all()


@given(TWO, st.randoms(use_true_random=False))
def test_order_of_countries_does_not_matter(two, random):
    order = list(range(len(two[0])))
    random.shuffle(order)
    one, other = rank_change(*two), rank_change(*(line[order] for line in two))
    for part in ("own", "others", "pool"):
        np.testing.assert_array_equal(getattr(one, part)[order], getattr(other, part))


def test_many_lines_at_once():
    random = np.random.default_rng(0)
    first, last = random.integers(0, 9, (2, 4, 3, 6)).astype(float)
    whole = rank_change(first, last)
    for place in np.ndindex(4, 3):
        part = rank_change(first[place], last[place])
        np.testing.assert_array_equal(whole.own[place], part.own)
        np.testing.assert_array_equal(whole.others[place], part.others)
