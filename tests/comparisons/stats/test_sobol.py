"""Sobol indices of models whose indices are known."""

import numpy as np
import pytest

from comparisons.stats.sobol import indices


def ishigami(u, a=7.0, b=0.1):
    x = np.pi * (2 * u - 1)
    return np.sin(x[:, 0]) + a * np.sin(x[:, 1]) ** 2 + b * x[:, 2] ** 4 * np.sin(x[:, 0])


def test_ishigami():
    first, total = indices(ishigami, 3, 8192)
    assert first == pytest.approx([0.3139, 0.4424, 0], abs=0.002)
    assert total == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.002)


def test_a_linear_model():
    first, total = indices(lambda u: u @ [0.5, 0.3, 0.2], 3, 4096)
    for found in (first, total):
        assert found == pytest.approx([0.6579, 0.2368, 0.1053], abs=0.002)


def test_columns_of_one_factor_vary_together():
    first, total = indices(ishigami, [[0, 2], [1]], 8192)
    assert first == pytest.approx([0.5576, 0.4424], abs=0.002)
    assert total == pytest.approx([0.5576, 0.4424], abs=0.002)


def test_results_side_by_side_and_one_that_does_not_vary():
    def model(u):
        return np.stack([u[:, 0], 1e6 + ishigami(u), np.ones(len(u))], axis=1)

    first, total = indices(model, 3, 2048)
    assert first[:, 0] == pytest.approx([1, 0, 0], abs=0.005)
    assert first[:, 1] == pytest.approx([0.3139, 0.4424, 0], abs=0.02)
    assert np.isnan(first[:, 2]).all()
    assert np.isnan(total[:, 2]).all()


def test_a_choice_among_methods_is_a_factor_like_any_other():
    def model(u):
        return np.where(u[:, 0] < 0.5, 0.0, 1.0) + 0 * u[:, 1]

    first, total = indices(model, 2, 1024)
    assert first == pytest.approx([1, 0], abs=0.01)
    assert total == pytest.approx([1, 0], abs=0.01)


def test_a_seed_decides_the_numbers():
    assert np.array_equal(indices(ishigami, 3, 64, 5), indices(ishigami, 3, 64, 5))
    assert not np.array_equal(indices(ishigami, 3, 64, 5), indices(ishigami, 3, 64, 6))
