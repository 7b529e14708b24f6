import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from comparisons.places import in_words, listed, pattern
from comparisons.texts import same

NAMES = [same(name) for name in "ABCDEFGHIJKLMNOP"]
LEFT, RIGHT = np.triu_indices(5, 1)


def test_all_pairs():
    shape = pattern(LEFT, RIGHT, np.ones(10, dtype=bool))
    assert shape.kind == "all"
    assert in_words(shape, NAMES)["en"] == "all 10 pairs"


def test_two_against_the_others():
    those = np.isin(LEFT, [1, 3]) != np.isin(RIGHT, [1, 3])
    shape = pattern(LEFT, RIGHT, those)
    assert (shape.kind, shape.these) == ("against", (1, 3))
    assert in_words(shape, NAMES)["nb"] == "B og D mot de andre"


def test_the_smaller_side_is_named():
    those = np.isin(LEFT, [0, 1, 2]) != np.isin(RIGHT, [0, 1, 2])
    assert pattern(LEFT, RIGHT, those).these == (3, 4)


def test_every_pair_with_two_of_them():
    those = np.isin(LEFT, [1, 3]) | np.isin(RIGHT, [1, 3])
    shape = pattern(LEFT, RIGHT, those)
    assert (shape.kind, shape.these) == ("with", (1, 3))
    assert in_words(shape, NAMES)["sv"] == "varje par med B och D"


def test_every_pair_among_three():
    shape = pattern(LEFT, RIGHT, np.isin(LEFT, [0, 2, 4]) & np.isin(RIGHT, [0, 2, 4]))
    assert (shape.kind, shape.these) == ("within", (0, 2, 4))


def test_one_pair_is_named():
    shape = pattern(LEFT, RIGHT, (LEFT == 1) & (RIGHT == 4))
    assert shape.kind == "pair"
    assert in_words(shape, NAMES)["da"] == "B og E"


def test_pairs_without_a_shape_are_counted():
    those = (
        ((LEFT == 0) & (RIGHT == 1)) | ((LEFT == 1) & (RIGHT == 2)) | ((LEFT == 2) & (RIGHT == 3))
    )
    shape = pattern(LEFT, RIGHT, those)
    assert shape.kind == "some"
    assert in_words(shape, NAMES)["en"] == "3 of 10 pairs, among A, B, C and D"


def test_a_long_list_is_cut_and_counted():
    assert listed(NAMES[:12])["en"].endswith("K and L")
    assert listed(NAMES[:14])["en"].endswith("J, K and 3 more")


@given(st.integers(2, 7), st.data())
def test_the_words_mean_exactly_the_pairs_that_fired(n, data):
    i, j = np.triu_indices(n, 1)
    fired = np.array(data.draw(st.lists(st.booleans(), min_size=len(i), max_size=len(i))))
    if not fired.any():
        return
    shape = pattern(i, j, fired)
    inside = np.isin(i, shape.these).astype(int) + np.isin(j, shape.these)
    meant = {
        "all": np.ones(len(i), dtype=bool),
        "pair": inside == 2,
        "within": inside == 2,
        "against": inside == 1,
        "with": inside >= 1,
        "some": fired,
    }[shape.kind]
    assert (meant == fired).all()
    assert shape.fired == fired.sum()
