from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from comparisons.stats.rank_sets import KINDS, METHODS, probability_above, rank_sets
from comparisons.stats.ranks import competition

PISA = pd.read_csv(Path(__file__).with_name("pisa2018.csv"), comment="#", index_col="country")
NAN = float("nan")


def pisa(**options):
    found = rank_sets(PISA["score"], PISA["error"], **options)
    columns = {"rank": found.rank, "low": found.low, "high": found.high}
    return found, pd.DataFrame(columns, index=PISA.index).astype(int)


def test_the_data_are_those_of_the_checks():
    assert len(PISA) == 37
    assert PISA.loc["DNK"].round(3).tolist() == [509.398, 1.735]
    assert PISA.loc["FIN"].round(3).tolist() == [507.301, 1.968]
    assert PISA.loc["NOR"].round(3).tolist() == [500.964, 2.219]


def test_marginal_set_of_the_united_kingdom():
    _, sets = pisa()
    assert sets.loc["GBR"].tolist() == [13, 7, 23]


def test_marginal_set_by_bootstrap():
    for seed in range(3):
        _, sets = pisa(method="bootstrap", seed=seed)
        assert sets.loc["GBR", "low"] in (7, 8)
        assert sets.loc["GBR", "high"] == 23


@pytest.mark.parametrize(
    ("country", "expected"),
    [
        ("DNK", [8, 4, 18]),
        ("FIN", [11, 4, 18]),
        ("SWE", [12, 5, 24]),
        ("NOR", [14, 7, 24]),
        ("ISL", [21, 12, 26]),
    ],
)
def test_simultaneous_sets_of_the_nordic_countries(country, expected):
    _, sets = pisa(kind="simultaneous")
    assert sets.loc[country].tolist() == expected


@pytest.mark.parametrize("method", METHODS)
def test_germany_and_korea_may_both_be_seventh(method):
    _, sets = pisa(kind="simultaneous", method=method)
    for country in ("DEU", "KOR"):
        assert sets.loc[country, "low"] <= 7 <= sets.loc[country, "high"]


def test_the_best_five():
    best = {}
    for level in (0.95, 0.9):
        found, sets = pisa(kind="simultaneous", method="bootstrap", level=level)
        best[level] = set(sets.index[found.top(5)])
    assert (len(best[0.95]), len(best[0.9])) == (12, 11)
    assert best[0.95] - best[0.9] == {"SWE"}


def test_the_best_five_by_holm_are_no_fewer():
    found, sets = pisa(kind="simultaneous")
    bootstrap, _ = pisa(kind="simultaneous", method="bootstrap")
    assert set(sets.index[bootstrap.top(5)]) < set(sets.index[found.top(5)])
    assert found.top(5).sum() == 13


def test_a_seed_decides_the_bootstrap():
    one, other = (pisa(method="bootstrap", seed=7)[1] for _ in range(2))
    assert one.equals(other)


def test_probabilities():
    dk, fi, no = (PISA.loc[code].tolist() for code in ("DNK", "FIN", "NOR"))
    assert round(float(probability_above(*dk, *fi)), 3) == 0.788
    assert round(float(probability_above(509.40, 1.735, 507.30, 1.968)), 3) == 0.788
    assert round(float(probability_above(509.40, 1.735, 500.96, 2.219)), 4) == 0.9986
    assert round(float(probability_above(*dk, *no)), 4) == 0.9986
    assert probability_above([1.0, 1.0, 2.0], 0, [1.0, 2.0, 1.0], 0).tolist() == [0.5, 0, 1]
    assert round(float(probability_above(509.40, 1.735, 507.30, 1.968, -1)), 3) == 0.212


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("method", METHODS)
def test_without_error_a_set_is_the_rank(kind, method):
    found = rank_sets([3.0, 1.0, 2.0, 2.0], [0, 0, 0, 0], kind=kind, method=method)
    assert found.low.tolist() == [1, 4, 2, 2]
    assert found.high.tolist() == [1, 4, 3, 3]


def test_countries_that_lack_a_number_are_left_out():
    found = rank_sets([3.0, NAN, 2.0, 1.0], [0.1, 0.1, NAN, 0.1])
    assert found.rank.tolist()[0] == 1
    assert found.high.tolist()[0] == 1
    assert np.isnan(found.low[[1, 2]]).all()
    assert found.low[3] == 2


def test_one_country_and_none():
    assert rank_sets([5.0], [1.0]).high.tolist() == [1]
    for method in METHODS:
        assert rank_sets([], [], method=method).rank.tolist() == []


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"kind": "both"}, "marginal, simultaneous"),
        ({"method": "bonferroni"}, "holm, bootstrap"),
        ({"level": 95}, "between 0 and 1"),
    ],
)
def test_words_and_levels_that_do_not_exist(options, message):
    with pytest.raises(ValueError, match=message):
        rank_sets([1.0, 2.0], [1.0, 1.0], **options)


def test_a_negative_error():
    with pytest.raises(ValueError, match="negative"):
        rank_sets([1.0, 2.0], [1.0, -1.0])


def by_hand(scores, errors, alpha, kind):
    """Go through the pairs one by one, as Holm's paper does."""
    from math import erfc, hypot, sqrt

    n = len(scores)
    pairs = [(j, k) for j in range(n) for k in range(n) if j != k]
    p = {
        (j, k): erfc((scores[j] - scores[k]) / hypot(errors[j], errors[k]) / sqrt(2)) / 2
        for j, k in pairs
    }

    def rejected(family):
        found = set()
        for place, pair in enumerate(sorted(family, key=p.__getitem__)):
            if p[pair] > alpha / (len(family) - place):
                break
            found.add(pair)
        return found

    sets = []
    for one in range(n):
        family = pairs if kind == "simultaneous" else [pair for pair in pairs if one in pair]
        above = rejected(family)
        better = sum((k, one) in above for k in range(n))
        worse = sum((one, k) in above for k in range(n))
        sets.append((1 + better, n - worse))
    return sets


NUMBERS = st.integers(2, 7).flatmap(
    lambda n: st.tuples(
        hnp.arrays(float, n, elements=st.floats(0, 10).map(lambda x: round(x, 2)), unique=True),
        hnp.arrays(float, n, elements=st.floats(0.1, 3).map(lambda x: round(x, 2))),
    )
)


@given(NUMBERS, st.sampled_from(KINDS))
def test_holm_as_by_hand(numbers, kind):
    found = rank_sets(*numbers, kind=kind)
    expected = by_hand(*numbers, 0.05, kind)
    assert list(zip(found.low, found.high, strict=True)) == expected


@settings(max_examples=40, deadline=None)
@given(NUMBERS, st.sampled_from(KINDS), st.sampled_from(METHODS), st.sampled_from([1, -1]))
def test_sets_hold_the_estimate_and_grow_with_the_level(numbers, kind, method, direction):
    how = {"kind": kind, "method": method, "direction": direction, "draws": 200}
    wide, narrow = (rank_sets(*numbers, level=level, **how) for level in (0.99, 0.8))
    for found in (wide, narrow):
        np.testing.assert_array_equal(found.rank, competition(numbers[0], direction))
        assert ((found.low >= 1) & (found.low <= found.rank)).all()
        assert ((found.rank <= found.high) & (found.high <= len(found.rank))).all()
    assert ((wide.low <= narrow.low) & (narrow.high <= wide.high)).all()


@given(NUMBERS)
def test_all_together_are_no_narrower_than_each_by_itself(numbers):
    each, together = (rank_sets(*numbers, kind=kind) for kind in KINDS)
    assert ((together.low <= each.low) & (each.high <= together.high)).all()


@given(NUMBERS, st.sampled_from(KINDS), st.randoms(use_true_random=False))
def test_order_of_countries_does_not_matter(numbers, kind, random):
    order = list(range(len(numbers[0])))
    random.shuffle(order)
    one, other = rank_sets(*numbers, kind=kind), rank_sets(*(x[order] for x in numbers), kind=kind)
    np.testing.assert_array_equal(one.low[order], other.low)
    np.testing.assert_array_equal(one.high[order], other.high)


@given(NUMBERS)
def test_turning_the_scores_round_turns_the_sets_round(numbers):
    scores, errors = numbers
    one, other = rank_sets(scores, errors), rank_sets(-scores, errors, direction=-1)
    np.testing.assert_array_equal(one.low, other.low)
    back = rank_sets(-scores, errors)
    np.testing.assert_array_equal(back.low, len(scores) + 1 - one.high)


@given(NUMBERS)
def test_probabilities_of_both_orders_add_up(numbers):
    a, error = numbers
    p = probability_above(a[:, None], error[:, None], a, error)
    np.testing.assert_allclose(p + p.T, 1)
    assert (np.diag(p) == 0.5).all()
    assert ((p > 0.5) == (a[:, None] > a)).all()


@pytest.mark.slow
@pytest.mark.parametrize("method", METHODS)
def test_sets_hold_the_true_ranks_as_often_as_they_say(method):
    random = np.random.default_rng(3)
    truth, errors = np.linspace(0, 4, 8), np.full(8, 0.7)
    right = competition(truth)
    held = {kind: [] for kind in KINDS}
    for trial in range(400):
        seen = truth + random.normal(0, errors)
        for kind in KINDS:
            found = rank_sets(seen, errors, kind=kind, method=method, seed=trial, draws=500)
            inside = (found.low <= right) & (right <= found.high)
            held[kind].append(inside.mean() if kind == "marginal" else inside.all())
    # Twice the standard error of 400 trials below the level of 95 %.
    assert np.mean(held["marginal"]) > 0.95 - 0.01
    assert np.mean(held["simultaneous"]) > 0.95 - 0.022
