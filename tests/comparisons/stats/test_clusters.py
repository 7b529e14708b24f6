import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comparisons.stats.clusters import METHODS, clusters, distances, standardised


def blobs(seed=0):
    random = np.random.default_rng(seed)
    return np.concatenate([random.normal(at, 0.3, (6, 3)) for at in (0.0, 4.0, 9.0)])


def same_division(a, b):
    return ((a[:, None] == a) == (b[:, None] == b)).all()


@pytest.mark.parametrize("method", METHODS)
def test_clear_groups_are_found_and_stable(method):
    found = clusters(blobs(), method, draws=20)
    assert same_division(found.label, np.repeat([0, 1, 2], 6))
    assert found.mean > 0.8
    assert (found.stability > 0.9).all()
    assert max(found.tried, key=found.tried.get) == 3


@pytest.mark.parametrize("method", METHODS)
@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 1000))
def test_the_order_of_countries_does_not_matter(method, seed):
    points = np.random.default_rng(seed).normal(size=(12, 3))
    order = np.random.default_rng(seed + 1).permutation(12)
    found, other = (clusters(table, method, 3, draws=3) for table in (points, points[order]))
    assert found.label[order].tolist() == other.label.tolist()
    np.testing.assert_allclose(found.silhouette[order], other.silhouette)
    np.testing.assert_allclose(found.stability, other.stability)


def test_noise_is_not_stable():
    points = np.random.default_rng(5).normal(size=(20, 6))
    found = clusters(points, number=3, draws=40)
    assert found.stability.mean() < 0.8 < clusters(blobs(), number=3, draws=40).stability.min()


def test_the_largest_cluster_comes_first():
    label = clusters(np.array([[0.0], [5.0], [5.1], [5.2]]), number=2, draws=5).label
    assert label.tolist() == [1, 0, 0, 0]


def test_the_same_seed_gives_the_same_answer():
    points = np.random.default_rng(2).normal(size=(15, 4))
    first, second = (clusters(points, "kmeans", draws=5, seed=7) for _ in range(2))
    assert first.stability.tolist() == second.stability.tolist()


@pytest.mark.parametrize("number", [1, 5, 0])
def test_too_many_or_too_few_clusters_are_refused(number):
    with pytest.raises(ValueError, match="different countries"):
        clusters(np.arange(5.0)[:, None], number=number)


def test_equal_countries_cannot_be_divided():
    with pytest.raises(ValueError, match="1 different"):
        clusters(np.ones((6, 2)))


def test_distances_are_in_standard_deviations():
    points = standardised(blobs())
    found = distances(points)
    assert np.allclose(found, found.T)
    assert (np.diag(found) == 0).all()
    assert found[0, 1] == pytest.approx(np.sqrt(((points[0] - points[1]) ** 2).mean()))


@given(scale=st.floats(0.1, 100), shift=st.floats(-50, 50))
def test_standardising_takes_scale_and_origin_away(scale, shift):
    points = blobs()
    np.testing.assert_allclose(
        standardised(points), standardised(scale * points + shift), atol=1e-8
    )
