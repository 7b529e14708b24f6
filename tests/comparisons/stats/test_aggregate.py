"""Aggregation: published ASEM pillars, ranks of the UN index, the formulas of the MPI and AMPI."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from benchmark.errors import BenchmarkError
from comparisons.stats import aggregate
from comparisons.stats.missing import shares
from comparisons.stats.normalise import z_scores
from comparisons.stats.ranks import competition

PILLARS = np.array(
    [
        [63.41, 32.87, 74.78, 85.94, 56.93, 77.21, 87.85, 56.88],
        [50.52, 30.43, 78.13, 75.35, 51.04, 69.83, 86.40, 61.29],
        [58.18, 25.70, 80.03, 89.46, 33.80, 70.90, 87.00, 56.59],
        [51.51, 23.87, 80.98, 74.51, 38.50, 66.37, 87.74, 62.27],
    ]
).T
"""Eight pillars of the ASEM connectivity index; Switzerland, Denmark, Norway, Sweden."""
LEAF = np.array([0.1] * 5 + [1 / 6] * 3)[:, None]


def mean(x):
    return aggregate.arithmetic(x, np.full((len(x), 1), 1 / len(x)))


def test_an_index_of_two_levels_as_published():
    first, second = mean(PILLARS[:5]), mean(PILLARS[5:])
    assert first == pytest.approx([62.79, 57.10, 57.44, 53.87], abs=0.01)
    assert second == pytest.approx([73.98, 72.51, 71.50, 72.12], abs=0.01)
    whole = mean(np.array([first, second]))
    assert whole == pytest.approx([68.38, 64.80, 64.47, 63.00], abs=0.01)
    assert aggregate.arithmetic(PILLARS, LEAF) == pytest.approx(whole)
    assert mean(PILLARS)[1] == pytest.approx(62.87, abs=0.01)


def test_other_means_of_the_same_leaves():
    assert aggregate.geometric(PILLARS, LEAF)[1:3].round(3).tolist() == [62.294, 60.210]
    assert aggregate.harmonic(PILLARS, LEAF)[1:3].round(3).tolist() == [59.287, 55.104]


@pytest.fixture(scope="module")
def egdi(shared):
    table = pd.read_csv(shared / "data" / "egdi.csv")
    edition = table[table["edition"] == 2018]
    return edition.pivot(index="iso3", columns="component", values="value")


def test_the_geometric_mean_moves_ranks_of_the_un_index(egdi):
    x = egdi[["osi", "tii", "hci"]].to_numpy().T
    third = np.full((3, 1), 1 / 3)
    plain = competition(aggregate.arithmetic(x, third))
    other = competition(aggregate.geometric(x, third, floor=1e-9))
    moved = {code: (plain[k], other[k]) for k, code in enumerate(egdi.index)}
    assert moved["FIN"] == (6, 11)
    assert moved["NOR"] == (14, 15)
    assert moved["ISL"] == (19, 20)
    assert np.abs(plain - other).mean() == pytest.approx(3.016, abs=5e-4)


def test_a_geometric_mean_of_a_zero_is_refused_by_name():
    with pytest.raises(BenchmarkError, match=r"parts \[1\], countries \[0, 2\]"):
        aggregate.geometric([[1.0, 1, 1], [0, 1, -2]], [[0.5], [0.5]])
    with pytest.raises(BenchmarkError, match="harmonic mean needs values above 0"):
        aggregate.harmonic([[0.0]], [[1.0]])
    # What has no weight is not looked at.
    assert aggregate.geometric([[4.0], [0.0]], [[1.0], [0.0]]).tolist() == [4]


def test_the_mazziotta_pareto_index_by_its_formula():
    x = np.array([[1.0, 2, 3, 6], [2, 1, 5, 3], [9, 7, 8, 1]])
    z = 100 + 10 * (x - x.mean(1, keepdims=True)) / x.std(1, keepdims=True)
    own, spread = z.mean(0), z.std(0)
    third = np.full((3, 1), 1 / 3)
    scaled = aggregate.mpi_scale(z_scores(x))
    for sign in (-1, 1):
        wanted = own + sign * spread * (spread / own)
        assert aggregate.mazziotta_pareto(scaled, third, sign) == pytest.approx(wanted)


def test_the_adjusted_index_uses_its_penalty_and_its_goalposts():
    x = np.array([[10.0, 30, 50], [5.0, 1, 3]])
    low, high = np.array([[0.0], [1]]), np.array([[60.0], [7]])
    scaled = aggregate.ampi_scale(x, low, high, np.array([[1], [-1]]))
    assert scaled[0].tolist() == [80, 100, 120]
    assert scaled[1].tolist() == [90, 130, 110]
    half = np.full((2, 1), 0.5)
    mean, spread = scaled.mean(0), scaled.std(0)
    down = aggregate.mazziotta_pareto(scaled, half)
    up = aggregate.mazziotta_pareto(scaled, half, penalty=1)
    assert down == pytest.approx(mean - spread**2 / mean)
    assert up == pytest.approx(mean + spread**2 / mean)
    assert (down < up).all()


def test_a_reference_stands_at_100_on_both_polarities():
    posts = 40.0 - 25, 40.0 + 25
    for direction in (1, -1):
        assert aggregate.ampi_scale([40.0], *posts, direction).tolist() == [100]


GROUP = arrays(np.float64, (4, 5), elements=st.one_of(st.floats(0.5, 99), st.just(np.nan)))
MEANS = (aggregate.harmonic, aggregate.geometric, aggregate.arithmetic)


@given(GROUP)
def test_means_are_ordered_lie_between_their_parts_and_stay_missing(x):
    shared_out = shares(np.isfinite(x), np.full(4, 0.25))
    low, middle, high = (mean(x, shared_out) for mean in MEANS)
    there = np.isfinite(x).sum(axis=0) >= 3
    assert (np.isfinite(high) == there).all()
    assert (low[there] <= middle[there] + 1e-9).all()
    assert (middle[there] <= high[there] + 1e-9).all()
    assert (high[there] <= np.nanmax(x[:, there], axis=0, initial=0) + 1e-9).all()
    assert (low[there] >= np.nanmin(x[:, there], axis=0, initial=99) - 1e-9).all()


@given(GROUP.filter(lambda x: np.isfinite(x).all()))
def test_draws_of_weights_give_what_each_gives_alone(x):
    weights = np.random.default_rng(0).dirichlet(np.ones(4), 3)
    for mean in (*MEANS, aggregate.mazziotta_pareto):
        together = mean(x, weights[..., None])
        alone = [mean(x, one[:, None]) for one in weights]
        assert together == pytest.approx(np.array(alone))
