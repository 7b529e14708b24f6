"""Draws of choices: exact where they can be checked, and as fast as sorting allows."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comparisons.index.draws import VARY, Draws, Setting
from comparisons.index.model import rescore, scaled, score, without
from comparisons.index.robust import left_out, sensitivity, simulate
from comparisons.index.tree import Node, Tree
from comparisons.stats.ranks import competition
from comparisons.stats.uncertainty import quantile
from comparisons.texts import same


def leaf(name, weight, **rules):
    return Node(name, same(name), weight=weight, **rules)


def planted(*children, **rules):
    root = Node("index", same("index"), children=children, **rules)
    tree = Tree(root)
    return Tree(root, place={one.id: k for k, one in enumerate(tree.leaves)})


def flat_tree(k, **rules):
    return planted(*(leaf(f"i{n}", 1 / k, **rules) for n in range(k)))


def deep_tree():
    group = Node("g", same("g"), weight=0.5, children=(leaf("a", 0.25), leaf("b", 0.75)))
    return planted(group, leaf("c", 0.5))


def setting(tree, x, vary=VARY, sampling=0.0, rounding=0.0, seed=0):
    x = np.asarray(x, dtype=float)
    found = score(tree, scaled(tree, x, range(x.shape[1])))
    counted = np.isfinite(found.scores["index"])
    zero = np.zeros_like(x)
    codes = tuple(map(str, range(x.shape[1])))
    return Setting(
        tree, x, codes, counted, found.weights, zero + sampling, zero + rounding, vary, seed
    )


X = np.random.default_rng(3).uniform(20, 90, (3, 8))


def places(one):
    z = scaled(one.tree, one.x, one.countries)
    return competition(rescore(one.tree, z, one.weights)[one.counted])


def test_nothing_varied_gives_the_ranks_of_the_index():
    one = setting(deep_tree(), X, vary=())
    found = simulate(one, 50)
    assert not found.varied
    assert quantile(found.counts, 0.5).tolist() == places(one).tolist()
    assert sensitivity(one, places(one)) == {}


def test_the_middle_of_all_choices_is_the_index_itself():
    one = setting(deep_tree(), X, vary=("weights",))
    model = Draws(one)
    ranks = competition(model.scores(np.full((1, model.columns), 0.5)))
    assert ranks[0].tolist() == places(one).tolist()


def test_each_draw_is_what_the_tree_gives_with_its_weights():
    one = setting(deep_tree(), X, vary=("weights",))
    model = Draws(one)
    u = np.random.default_rng(0).random((20, model.columns))
    drawn = model.scores(u)
    for k in range(20):
        weights = {name: line[k] for name, line in model._weights(u).items()}
        plain = weights["index"][0] * (weights["g"] @ X[:2]) + weights["index"][1] * X[2]
        assert competition(drawn[k]).tolist() == competition(plain).tolist()
        assert all(line.sum() == pytest.approx(1) for line in weights.values())


def test_weights_stay_within_a_quarter_before_they_are_made_to_sum_to_1():
    model = Draws(setting(flat_tree(3), X, vary=("weights",)))
    ends = model._weights(np.array([[0.0, 0.5, 1.0]]))["index"][0]
    assert ends == pytest.approx(np.array([0.75, 1, 1.25]) / 3)


def test_methods_are_drawn_evenly_and_named():
    one = setting(flat_tree(3), X)
    model = Draws(one)
    assert model.varied() == {
        "weights": (),
        "normalisation": ("own", "min_max", "z", "percentile_rank"),
        "aggregation": ("own", "geometric", "harmonic"),
    }
    found = simulate(one, 2000)
    assert (found.counts.sum(axis=1) == 2000).all()
    assert (found.counts.sum(axis=0) == 2000).all()


@pytest.mark.parametrize(
    "rules", [{"normalisation": "min_max"}, {"normalisation": "percentile_rank"}]
)
def test_what_the_index_does_itself_is_no_alternative(rules):
    model = Draws(setting(flat_tree(3, **rules), X, vary=("normalisation",)))
    assert rules["normalisation"] not in model.scales
    assert "own" in model.scales


def test_an_mpi_is_only_set_against_scales_it_makes_sense_on():
    tree = planted(
        *(leaf(f"i{n}", 1 / 3, normalisation="mpi") for n in range(3)), aggregation="mpi"
    )
    model = Draws(setting(tree, X))
    assert set(model.scales) == {"own", "z"}
    simulate(setting(tree, X), 100)


def test_gaps_are_filled_in_half_of_the_draws_and_the_pool_stays():
    x = X.copy()
    x[0, 2] = np.nan
    x[:, 5] = [np.nan, np.nan, 50]
    tree = flat_tree(3)
    one = setting(tree, x)
    assert one.counted.tolist() == [True] * 5 + [False] + [True] * 2
    found = simulate(one, 400)
    assert "missing" in found.varied
    assert found.counts.shape == (7, 7)
    assert (found.counts.sum(axis=1) == 400).all()


def test_error_blurs_what_is_close_and_leaves_what_is_far():
    x = np.array([[50.0, 50.5, 90.0]])
    exact = simulate(setting(flat_tree(1), x, vary=("error",)), 200)
    assert not exact.varied
    blurred = simulate(setting(flat_tree(1), x, ("error",), sampling=2.0), 4000)
    assert blurred.varied == {"error": ()}
    assert blurred.counts[2].tolist() == [4000, 0, 0]
    assert blurred.counts[1, 1] / 4000 == pytest.approx(0.5702, abs=0.03)
    assert blurred.above[2].tolist() == [True, True, False]
    rounded = simulate(setting(flat_tree(1), x, ("error",), rounding=0.2), 500)
    assert rounded.counts[1].tolist() == [0, 500, 0]


def test_zeros_of_the_index_do_not_stop_a_geometric_mean():
    x = X.copy()
    x[0, 0] = 0.0
    found = simulate(setting(flat_tree(3), x, rounding=0.5), 300)
    assert (found.counts.sum(axis=1) == 300).all()


def test_an_indicator_without_weight_of_its_own_changes_nothing_when_left_out():
    tree = planted(leaf("a", 1.0), leaf("b", 0.0))
    one = setting(tree, X[:2])
    moves = left_out(one, places(one))
    assert (moves["b"] == 0).all()
    assert "a" not in moves or np.isfinite(moves["a"]).all()


def test_leaving_one_out_gives_its_weight_to_its_group():
    tree = deep_tree()
    weights = score(tree, X).weights
    assert {k: v.tolist() for k, v in without(tree, weights, "a").items()} == {
        "g": [0, 1],
        "index": [0.5, 0.5],
    }
    only = planted(Node("g", same("g"), weight=0.5, children=(leaf("a", 1.0),)), leaf("c", 0.5))
    assert without(only, score(only, X[:2]).weights, "a")["index"].tolist() == [0, 1]
    assert without(flat_tree(1), {"index": np.array([1.0])}, "i0") is None
    one = setting(tree, X)
    moved = left_out(one, places(one))["c"]
    assert moved.tolist() == (places(one) - competition(0.25 * X[0] + 0.75 * X[1])).tolist()


def test_sensitivity_finds_the_choice_that_matters():
    x = np.random.default_rng(5).uniform(40, 60, (4, 12))
    one = setting(flat_tree(4), x, vary=("weights", "error"), sampling=20.0)
    found = sensitivity(one, places(one))
    assert set(found) == {"weights.index", "error"}
    assert found["error"][1] > 0.8
    assert found["error"][1] > found["weights.index"][1]
    assert found == sensitivity(one, places(one))


@settings(deadline=None, max_examples=15)
@given(st.integers(0, 1000))
def test_a_country_best_in_everything_is_always_first(seed):
    x = np.random.default_rng(seed).uniform(10, 60, (3, 6))
    x[:, 2] = 70
    found = simulate(setting(flat_tree(3), x, seed=seed), 60)
    assert found.counts[2, 0] == 60
    assert found.above[2].sum() == 5
