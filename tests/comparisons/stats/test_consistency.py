"""Consistency of the components of the UN index of 2018, and properties."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from comparisons.stats import consistency


@pytest.fixture(scope="module")
def components(shared):
    table = pd.read_csv(shared / "data" / "egdi.csv")
    wide = table[table["edition"] == 2018].pivot(index="iso3", columns="component", values="value")
    return wide[["osi", "tii", "hci"]].to_numpy().T


def test_the_un_index(components):
    assert components.shape == (3, 193)
    assert consistency.cronbach(components) == pytest.approx(0.8895, abs=5e-5)
    alpha = consistency.cronbach(components, standardised=True)
    assert alpha == pytest.approx(0.9001, abs=5e-5)
    matrix = consistency.correlation(components)
    values, loadings = consistency.components(matrix)
    assert values.round(4).tolist() == [2.5018, 0.3298, 0.1683]
    assert values[0] / 3 == pytest.approx(0.834, abs=5e-4)
    assert (loadings[:, 0] > 0).all()
    assert consistency.kmo(matrix) == pytest.approx(0.7199, abs=5e-5)
    chi2, df, p = consistency.bartlett(matrix, 193)
    assert chi2 == pytest.approx(375.37, abs=5e-3)
    assert df == 3
    assert p < 1e-50


def test_pairs_use_what_both_have_and_lists_what_all_have():
    x = np.array([[1.0, 2, 3, 4, 5], [2.0, 1, 4, 3, np.nan], [1.0, 3, 2, np.nan, 9]])
    whole = x[:, :3]
    listwise = consistency.covariance(x, pairwise=False)
    assert listwise == pytest.approx(np.cov(whole))
    pairwise = consistency.covariance(x)
    assert pairwise[0, 1] == pytest.approx(np.cov(x[0, :4], x[1, :4])[0, 1])
    assert pairwise[0, 2] == pytest.approx(np.cov(x[0, [0, 1, 2, 4]], x[2, [0, 1, 2, 4]])[0, 1])
    k = 3
    for matrix, pairs in ((listwise, False), (pairwise, True)):
        alpha = k / (k - 1) * (1 - np.trace(matrix) / matrix.sum())
        assert consistency.cronbach(x, pairwise=pairs) == pytest.approx(alpha)


@pytest.mark.parametrize("x", [[[1.0, 2.0]], [[1.0, 2.0], [2.0, 1.0]]])
def test_no_alpha_where_there_is_none(x):
    assert np.isnan(consistency.cronbach(x))


def test_singular_matrices_have_no_measure():
    assert np.isnan(consistency.kmo([[1.0, 1.0], [1.0, 1.0]]))
    assert np.isnan(consistency.kmo([[1.0, np.nan], [np.nan, 1.0]]))
    assert np.isnan(consistency.bartlett([[1.0, 1.0], [1.0, 1.0]], 10)[0])
    assert np.isnan(consistency.bartlett([[1.0, 0.5], [0.5, 1.0]], 2)[0])


DATA = arrays(np.float64, (3, 12), elements=st.integers(-20, 20).map(float)).filter(
    lambda x: (np.ptp(x, axis=1) > 0).all()
)


@given(DATA)
def test_covariances_are_numpy_s(x):
    assert consistency.covariance(x) == pytest.approx(np.cov(x), abs=1e-9)
    assert consistency.correlation(x) == pytest.approx(np.corrcoef(x), abs=1e-9)
    assert consistency.correlation(x, pairwise=True) == pytest.approx(np.corrcoef(x), abs=1e-9)


@given(DATA)
def test_loadings_give_the_correlations_back(x):
    matrix = consistency.correlation(x)
    values, loadings = consistency.components(matrix)
    assert values.sum() == pytest.approx(3)
    assert loadings @ loadings.T == pytest.approx(matrix, abs=1e-7)


@given(DATA, st.integers(1, 1000))
def test_a_unit_changes_no_standardised_alpha(x, factor):
    scaled = x * np.array([[factor], [1], [1]])
    one, other = (consistency.cronbach(y, standardised=True) for y in (x, scaled))
    assert one == pytest.approx(other, nan_ok=True, rel=1e-6, abs=1e-6)
