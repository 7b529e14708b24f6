"""Counts of ranks: the 66 weightings of the UN index, quantiles, pairs that never swap."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from comparisons.stats import uncertainty
from comparisons.stats.ranks import competition

NORDIC = ["DNK", "FIN", "ISL", "NOR", "SWE"]


@pytest.fixture(scope="module")
def egdi(shared):
    table = pd.read_csv(shared / "data" / "egdi.csv")
    wide = table[table["edition"] == 2018].pivot(index="iso3", columns="component", values="value")
    return wide[["osi", "tii", "hci"]]


def test_every_weighting_of_the_un_index(egdi):
    weights = uncertainty.weight_grid(3)
    assert len(weights) == 66
    assert weights.sum(axis=1) == pytest.approx(np.ones(66))
    assert len({tuple(one) for one in weights.tolist()}) == 66
    counts = uncertainty.rank_counts(weights @ egdi.to_numpy().T)
    known = dict(zip(egdi.index, counts, strict=True))
    found = {}
    for code in NORDIC:
        places = np.flatnonzero(known[code]) + 1
        found[code] = (places[0], float(uncertainty.quantile(known[code], 0.5)), places[-1])
    assert found == {
        "DNK": (1, 2, 12),
        "FIN": (3, 8, 24),
        "ISL": (2, 19.5, 65),
        "NOR": (8, 14.5, 27),
        "SWE": (3, 8, 15),
    }
    nominal = dict(zip(egdi.index, competition(egdi.mean(axis=1).to_numpy()), strict=True))
    assert [nominal[code] for code in NORDIC] == [1, 6, 19, 14, 5]


def test_first_among_five(egdi):
    weights = uncertainty.weight_grid(3)
    counts = uncertainty.rank_counts(weights @ egdi.loc[NORDIC].to_numpy().T)
    share = dict(zip(NORDIC, (100 * counts[:, 0] / 66).round(1).tolist(), strict=True))
    assert share == {"DNK": 84.8, "FIN": 1.5, "ISL": 13.6, "NOR": 0, "SWE": 0}


SCORES = arrays(
    np.float64,
    st.tuples(st.integers(1, 9), st.integers(1, 7)),
    elements=st.one_of(
        st.integers(-3, 3).map(float), st.just(-0.0), st.just(np.nan), st.just(np.inf),
        st.sampled_from([1.0, 1.0 + 2**-52, -1.0, -1.0 - 2**-52, 5e-324, -5e-324]),
    ),
)  # fmt: skip


def slowly(scores):
    ranks = competition(scores)
    counts = np.zeros((scores.shape[1],) * 2, dtype=np.int64)
    for line in ranks:
        for country, rank in enumerate(line):
            if np.isfinite(rank):
                counts[country, int(rank) - 1] += 1
    return counts


@given(SCORES)
def test_ranks_are_counted_exactly(scores):
    assert np.array_equal(uncertainty.rank_counts(scores), slowly(scores))
    single = scores.astype(np.float32)
    assert np.array_equal(uncertainty.rank_counts(single), slowly(single.astype(np.float64)))


def test_scores_that_differ_in_the_last_digit_are_told_apart():
    one = np.nextafter(0.5, 1)
    for scores in ([[0.5, one, 0.1]], [[-0.5, -one, 0.1]], [[one, 0.5, 0.1]]):
        assert np.array_equal(uncertainty.rank_counts(scores), slowly(np.array(scores)))


def test_blocks_do_not_change_the_counts(monkeypatch):
    scores = np.random.default_rng(0).random((501, 7)).round(2)
    whole = uncertainty.rank_counts(scores)
    monkeypatch.setattr(uncertainty, "BLOCK", 10)
    monkeypatch.setattr(uncertainty.blocks, "__defaults__", (10,))
    assert np.array_equal(uncertainty.rank_counts(scores), whole)
    assert whole.sum() == scores.size
    assert np.array_equal(whole, slowly(scores))


@given(
    arrays(np.int64, st.tuples(st.integers(1, 30), st.integers(1, 1)), elements=st.integers(1, 6)),
    st.sampled_from([0.0, 0.05, 0.25, 0.5, 0.95, 1.0]),
)
def test_quantiles_are_those_of_the_ranks(ranks, q):
    counts = np.bincount(ranks.ravel() - 1, minlength=6)
    wanted = np.percentile(ranks, 100 * q, method="averaged_inverted_cdf")
    assert uncertainty.quantile(counts, q) == wanted


def test_a_country_that_never_had_a_rank_has_no_quantile():
    assert np.isnan(uncertainty.quantile([[0, 0]], 0.5)).all()


@given(SCORES)
def test_pairs_that_never_swap(scores):
    found = uncertainty.always_above(scores)
    for a in range(scores.shape[1]):
        for b in range(scores.shape[1]):
            assert found[a, b] == (scores[:, a] > scores[:, b]).all()


def test_many_draws_are_looked_at_to_the_end():
    scores = np.tile([3.0, 2.0, 1.0], (5000, 1))
    scores[-1] = [3.0, 1.0, 2.0]
    assert uncertainty.always_above(scores).tolist() == [
        [False, True, True],
        [False, False, False],
        [False, False, False],
    ]


def test_mean_shift_by_hand():
    scores = np.array([[3.0, 2, 1], [1, 2, 3], [3, 2, 1], [2, 3, 1]])
    ranks = competition(scores)
    home = np.array([1.0, 2, 3])
    each, whole = uncertainty.mean_shift(uncertainty.rank_counts(scores), home)
    assert each == pytest.approx(np.abs(ranks - home).mean(axis=0))
    assert whole == pytest.approx(np.abs(ranks - home).mean())
    each, whole = uncertainty.mean_shift(uncertainty.rank_counts(scores), [1.0, np.nan, 3])
    assert np.isnan(each[1])
    assert whole == pytest.approx(np.abs(ranks - home)[:, [0, 2]].mean())


def test_error_of_every_figure():
    values, errors = np.array([[60.0, 61, 80], [1, 2, 3]]), np.array([[1.0, 1, 1], [0, 0, 0]])
    counts = uncertainty.error_counts(values, errors, 20_000)
    assert counts[0, 2].tolist() == [20_000, 0, 0]
    assert counts[0, 1, 1] / 20_000 == pytest.approx(0.7602, abs=0.01)
    assert counts[1].tolist() == [[0, 0, 20_000], [0, 20_000, 0], [20_000, 0, 0]]
    low = uncertainty.error_counts(values, errors, 100, direction=-1)
    assert low[1].tolist() == [[100, 0, 0], [0, 100, 0], [0, 0, 100]]
    again = uncertainty.error_counts(values, errors, 100, seed=7)
    assert np.array_equal(again, uncertainty.error_counts(values, errors, 100, seed=7))
