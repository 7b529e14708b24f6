import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy import stats

from comparisons.stats.agreement import (
    concordance,
    footrule,
    footrule_agreement,
    spearman,
    tau_b,
)

NAN = float("nan")
# Places of Norway, Denmark, Finland, Iceland and Sweden among themselves on the United Nations
# index of 2014, 2016 and 2018.
Y2014, Y2016, Y2018 = [2, 4, 1, 5, 3], [4, 3, 1, 5, 2], [4, 1, 3, 5, 2]
TIED = [1, 2, 3, 3, 5, 6, 6], [1, 3, 2, 4, 5, 5, 7]


def test_two_editions_of_an_index():
    assert float(tau_b(Y2014, Y2018)) == 0.0
    assert round(float(spearman(Y2014, Y2018)), 4) == 0.1
    assert float(footrule(Y2014, Y2018)) == 8
    assert round(float(footrule_agreement(Y2014, Y2018)), 3) == 0.333


def test_three_editions_of_an_index():
    found = concordance([Y2014, Y2016, Y2018])
    assert (round(found.w, 4), round(found.chi2, 3), round(found.p, 3)) == (0.6444, 7.733, 0.102)
    assert (found.m, found.n, found.df) == (3, 5, 4)


def test_tau_b_with_ties():
    assert round(float(tau_b(*TIED)), 4) == 0.8208


def test_members_that_one_ranking_lacks_are_left_out():
    a, b = [1.0, NAN, 2.0, 3.0, 4.0], [10.0, 20.0, NAN, 40.0, 30.0]
    for measure in (tau_b, spearman, footrule, footrule_agreement):
        assert measure(a, b) == measure([1, 3, 4], [10, 40, 30])
    assert concordance([a, b]).n == 3


def test_many_pairs_at_once():
    lines = np.array([Y2014, Y2016, Y2018])
    for measure in (tau_b, spearman, footrule, footrule_agreement):
        expected = [float(measure(line, Y2014)) for line in lines]
        assert measure(lines, Y2014).tolist() == expected


def test_a_ranking_that_is_one_tie_has_no_agreement():
    assert np.isnan(tau_b([1, 1, 1], [1, 2, 3]))
    assert np.isnan(spearman([1, 1, 1], [1, 2, 3]))
    found = concordance([[1, 1, 1], [1, 1, 1]])
    assert np.isnan([found.w, found.p]).all()


def test_scores_may_be_given_for_ranks():
    assert tau_b([90, 80, 70], [3, 2, 1]) == 1
    assert spearman([90, 80, 70], [30, 20, 1]) == 1


PAIRS = st.integers(3, 12).flatmap(
    lambda n: st.tuples(*(hnp.arrays(float, n, elements=st.integers(0, 8)) for _ in range(2)))
)


@given(PAIRS)
def test_same_as_another_library(pair):
    a, b = pair
    assume(len(set(a)) > 1 and len(set(b)) > 1)
    assert float(tau_b(a, b)) == pytest.approx(stats.kendalltau(a, b).statistic, abs=1e-12)
    assert float(spearman(a, b)) == pytest.approx(stats.spearmanr(a, b).statistic, abs=1e-12)


@given(
    hnp.arrays(float, st.tuples(st.integers(3, 5), st.integers(3, 9)), elements=st.integers(0, 9))
)
def test_concordance_as_friedman(rankings):
    assume(any(len(set(line)) > 1 for line in rankings))
    found = concordance(rankings)
    expected = stats.friedmanchisquare(*rankings.T)
    assert found.chi2 == pytest.approx(expected.statistic, abs=1e-9)
    assert found.p == pytest.approx(expected.pvalue, abs=1e-9)
    assert -1e-12 <= found.w <= 1 + 1e-12


@given(PAIRS)
def test_agreement_has_no_direction(pair):
    a, b = pair
    for measure in (tau_b, spearman, footrule, footrule_agreement):
        np.testing.assert_array_equal(measure(a, b), measure(b, a))


@given(PAIRS, st.randoms(use_true_random=False))
def test_order_of_countries_does_not_matter(pair, random):
    order = list(range(len(pair[0])))
    random.shuffle(order)
    for measure in (tau_b, spearman, footrule):
        np.testing.assert_allclose(
            measure(*pair), measure(*(line[order] for line in pair)), atol=1e-12
        )


@given(st.permutations(range(1, 9)), st.permutations(range(1, 9)))
def test_ends_of_the_scales(a, b):
    turned = [9 - place for place in a]
    for measure, least in ((tau_b, -1), (spearman, -1), (footrule_agreement, 0)):
        assert float(measure(a, a)) == pytest.approx(1)
        assert float(measure(a, turned)) == pytest.approx(least)
        assert least - 1e-12 <= float(measure(a, b)) <= 1 + 1e-12
    assert concordance([a, a, a]).w == pytest.approx(1)
    assert concordance([a, turned]).w == pytest.approx(0)


@given(st.permutations(range(1, 8)), st.permutations(range(1, 8)))
def test_footrule_lies_between_the_pairs_in_disorder_and_twice_their_number(a, b):
    # Diaconis and Graham (1977), theorem 2, for rankings without ties.
    disorder = (1 - float(tau_b(a, b))) / 2 * 21
    assert disorder - 1e-9 <= float(footrule(a, b)) <= 2 * disorder + 1e-9
