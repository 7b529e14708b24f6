import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests

from comparisons.stats.multiple import holm

FAMILY = st.lists(st.floats(0, 1), min_size=1, max_size=12)


def test_published_values():
    assert holm([0.0092, 0.0075, 1e-7]) == pytest.approx([0.015, 0.015, 3e-7])


@pytest.mark.parametrize("size", [1, 2, 5, 20])
def test_it_is_that_of_statsmodels(size):
    p = np.random.default_rng(size).uniform(0, 0.2, size).round(2)
    assert holm(p) == pytest.approx(multipletests(p, method="holm")[1])


@given(FAMILY, st.data())
def test_what_is_no_test_does_not_count(p, data):
    place = data.draw(st.integers(0, len(p)))
    found = holm([*p[:place], np.nan, *p[place:]])
    assert np.isnan(found[place])
    assert np.delete(found, place) == pytest.approx(holm(p))


def test_no_tests_at_all():
    assert holm([]).tolist() == []
    assert np.isnan(holm([np.nan, np.nan])).all()
