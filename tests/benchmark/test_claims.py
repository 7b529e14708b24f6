"""Sentences checked against figures."""

import json
from dataclasses import replace
from math import inf, isinf
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmark.claims import Check, Interval, check, claim_interval, meets
from benchmark.claims.interval import difference, relative_change
from benchmark.errors import BenchmarkError
from benchmark.rules import Thresholds, compare
from benchmark.rules.claim import Claim, allowed, meet
from benchmark.schema import LANGUAGES, QUALIFIERS

Meta = dict[str, Any]

SURVEY: Meta = {
    "country": "DK",
    "unit": "percent",
    "direction": 1,
    "decimals": 0,
    "age": [15, 89],
    "programme": "dst_itb_national",
    "method_version": "2021-",
    "mode": "web+phone",
    "question": "q",
    "scale": "likert5_agree",
    "topbox": "agree+strongly_agree",
    "dk": "in_base",
    "sampling": "probability",
    "source_type": "primary",
    "deff": 1.0,
}
HELP = SURVEY | {"concept": "help.need", "base": "service_users", "direction": -1}
HELP_2022 = HELP | {"period": "2022", "value": 24}
HELP_2024 = HELP | {"period": "2024", "value": 18}
TRUST = SURVEY | {"concept": "trust.digital_services", "base": "residents", "n_role": "base"}
TRUST_2022 = TRUST | {"period": "2022", "value": 77, "n": 4000}
TRUST_2023 = TRUST | {"period": "2023", "value": 78, "n": 4625}
NORWAY = {
    "country": "NO",
    "concept": "trust.data_protection",
    "unit": "percent",
    "value": 47,
    "period": "2021",
    "base": "residents",
    "direction": 1,
}
UPTAKE: Meta = {
    "country": "DK",
    "concept": "uptake.share_five_areas",
    "unit": "percent",
    "direction": 1,
    "decimals": 0,
    "base": "transactions",
    "mode": "admin",
    "programme": "digst_scorecard",
    "source_type": "press_release",
}
UPTAKE_2011 = UPTAKE | {"period": "2011", "value": 33}
UPTAKE_2012 = UPTAKE | {"period": "2012", "value": 49}
MOVES_2011 = UPTAKE | {"concept": "uptake.moves", "period": "2011", "value": 39}
MOVES_2012 = UPTAKE | {"concept": "uptake.moves", "period": "2012", "value": 64}
RISEN_2019 = UPTAKE | {"period": "2019", "value": 77}
RISEN_2020 = UPTAKE | {"period": "2020", "value": 81}
RANK: Meta = {
    "country": "NO",
    "concept": "egov.transparency",
    "unit": "rank",
    "direction": -1,
    "base": "services",
    "mode": "mystery_shopping",
    "programme": "egov_benchmark",
    "source_type": "secondary",
    "pool_size": 36,
}
RANK_2020 = RANK | {"value": 16, "period": "2020", "method_version": "2012-2019"}
RANK_2021 = RANK | {
    "value": 18,
    "period": "2021",
    "method_version": "2020-2023",
    "version_break": True,
}
PLACE_2021 = RANK | {"value": 18, "period": "2021", "method_version": "2020-2023"}
PLACE_2022 = PLACE_2021 | {"value": 17, "period": "2022", "pool_size": 35}
PLACE_2023 = PLACE_2021 | {"value": 16, "period": "2023"}
NEEDS: Meta = SURVEY | {
    "concept": "needs.met",
    "base": "service_users",
    "programme": "gti",
    "wave": "3.0",
}
NEEDS_DK, NEEDS_SE = (
    NEEDS | {"country": "DK", "value": 48},
    NEEDS | {"country": "SE", "value": 41},
)
DISSATISFIED = SURVEY | {"country": "NO", "concept": "needs.self_service", "base": "residents"}
NO_2019, NO_UNDATED = DISSATISFIED | {"value": 11, "period": "2019"}, DISSATISFIED | {"value": 15}
SCORE = RANK | {"unit": "score_0_100", "decimals": 2, "value": 66.76, "period": "2021"}
SCORE_LATER = SCORE | {"value": 63.18, "period": "2022"}
USERS: Meta = UPTAKE | {
    "unit": "count",
    "concept": "uptake.logins",
    "period": "2021",
    "value": 9257,
}
USERS_LATER = USERS | {"period": "2022", "value": 1396}


def codes(found: Check) -> list[str]:
    return [reason.code for reason in found.reasons]


CONSISTENT = [
    (HELP_2022, HELP_2024, "andelen er faldet næsten 6 procentpoint", ["change"]),
    (HELP_2022, HELP_2024, "The share fell by 6 percentage points", ["change"]),
    (HELP_2022, HELP_2024, "almost 6 percentage points", ["change"]),
    (HELP_2022, HELP_2024, "a fall of 5 to 6 percentage points", ["change"]),
    (HELP_2022, HELP_2024, "a relative fall of 25 percent", ["change"]),
    (HELP_2022, HELP_2024, "fell by 6 percentage points, or 25 percent", ["change", "change"]),
    (HELP_2022, HELP_2024, "Fra 24 procent i 2022 til 18 procent i 2024", ["both"]),
    (HELP_2022, HELP_2024, "24 procent i 2022, 18 procent i 2024", ["level", "level"]),
    (HELP_2022, HELP_2024, "faldet til 18 procent", ["level"]),
    (HELP_2022, HELP_2024, "nedgang fra 24 prosent", ["level"]),
    (HELP_2022, HELP_2024, "fell by more than 3 percentage points", ["change"]),
    (HELP_2024, None, "knap hver femte har brug for hjælp", ["level"]),
    (HELP_2022, None, "hver fjerde", ["level"]),
    (HELP_2022, None, "op mod 24 pct.", ["level"]),
    (HELP_2022, None, "24,3 procent", ["level"]),
    (UPTAKE_2011, UPTAKE_2012, "en relativ stigning på næsten 50 procent", ["change"]),
    (UPTAKE_2011, UPTAKE_2012, "næsten 50 procent", ["change", "say_which_percent"]),
    (UPTAKE_2011, UPTAKE_2012, "49 procent", ["level"]),
    (UPTAKE_2011, UPTAKE_2012, "steget fra 33 procent til 49 procent", ["both"]),
    (MOVES_2011, MOVES_2012, "steget med 25 procentpoint", ["change"]),
    (UPTAKE | {"value": 57}, None, "mer än hälften upplever problem", ["level"]),
    (UPTAKE | {"value": 48}, None, "nästan hälften", ["level"]),
    (UPTAKE | {"value": 80}, None, "åtte av ti", ["level"]),
    (UPTAKE | {"value": 78}, None, "eight in ten", ["level"]),
    (UPTAKE | {"value": 66}, None, "two thirds of users", ["level"]),
    (RANK_2021, None, "plats 18 av 36 länder", ["place"]),
    (RANK_2021, None, "nr. 18 blandt 36 lande", ["place"]),
    (PLACE_2021, PLACE_2023, "fra 18. til 16. plass", ["both"]),
    (PLACE_2021, PLACE_2023, "Norway climbed two places", ["change"]),
    (TRUST_2022, TRUST_2023, "from 77 percent to 78 percent", ["both", "noted_rounding"]),
    (TRUST_2023, None, "78 pct. af 4.625 respondenter", ["level", "sample_size"]),
    (RANK_2021, None, "18th place in a study of 36 countries", ["place", "pool_size"]),
    (NEEDS_DK, NEEDS_SE, "48 % i Danmark, 41 % i Sverige", ["level", "level"]),
    (NEEDS_DK, NEEDS_SE, "Sverige ligger 7 procentenheter lägre", ["change_across"]),
    (NEEDS_DK, NEEDS_SE, "Denmark is 7 percentage points above Sweden", ["change_across"]),
    (NEEDS_DK, NEEDS_SE, "7 percentage points higher", ["change_across"]),
    (NEEDS_DK, NEEDS_SE, "from 48 percent in Denmark to 41 percent in Sweden", ["both"]),
    (NO_2019, NO_UNDATED, "Økning fra 11 prosent i 2019", ["level"]),
    (NO_2019, NO_UNDATED, "økt med 4 prosentpoeng", ["change_across"]),
    (TRUST_2023, NORWAY, "78 percent in Denmark and 47 percent in Norway", ["level", "level"]),
    (SCORE, None, "a score of 66.8", ["level"]),
    (SCORE, None, "66,76 poeng", ["level"]),
    (SCORE, None, "67 percent", ["level", "score_not_share"]),
    (SCORE, SCORE_LATER, "fell by 3.58 points", ["change"]),
    (USERS, USERS_LATER, "faldet fra 9 257 til 1 396 tjenester", ["both"]),
    (USERS, USERS_LATER, "antallet er faldet med 85 procent", ["change"]),
]

NOT_SUPPORTED = [
    (HELP_2022, HELP_2024, "andelen er faldet med 6 procent", ["percent_for_points"]),
    (HELP_2022, HELP_2024, "6 procent", ["percent_for_points"]),
    (RISEN_2019, RISEN_2020, "steget med 4 procent", ["percent_for_points"]),
    (HELP_2022, HELP_2024, "a fall of 25 percentage points", ["points_for_percent"]),
    (HELP_2022, HELP_2024, "andelen er steget 6 procentpoint", ["wrong_direction"]),
    (HELP_2022, HELP_2024, "steget fra 24 til 18 procent", ["wrong_direction"]),
    (HELP_2022, HELP_2024, "fell by 9 percentage points", ["outside"]),
    (HELP_2022, HELP_2024, "fell by less than 5 percentage points", ["outside"]),
    (HELP_2022, HELP_2024, "halveret", ["outside"]),
    (HELP_2022, HELP_2024, "fra 24 til 19 procent", ["level_missed"]),
    (HELP_2022, HELP_2024, "fra 24 til 17 procent", ["level_missed"]),
    (HELP_2022, HELP_2024, "fra 23 til 18 procent", ["level_missed"]),
    (HELP_2022, HELP_2024, "30 procent har brug for hjælp", ["level_missed"]),
    (HELP_2022, HELP_2024, "24 procent i 2024", ["attributed"]),
    (HELP_2022, None, "knap hver femte", ["level_missed"]),
    (UPTAKE_2011, UPTAKE_2012, "næsten 50 procent flere transaktioner", ["count_from_share"]),
    (UPTAKE_2011, UPTAKE_2012, "antallet er steget med 48 procent", ["count_from_share"]),
    (UPTAKE_2011, UPTAKE_2012, "12 000 flere transaktioner", ["count_from_share"]),
    (UPTAKE_2011, UPTAKE_2012, "more than doubled", ["outside"]),
    (RANK_2020, RANK_2021, "fra 16. til 18. plass", ["across_break"]),
    (RANK_2020, RANK_2021, "Ned fra 16. plass", ["across_break"]),
    (PLACE_2021, PLACE_2022, "fra 18. til 17. plass", ["different_pools"]),
    (PLACE_2021, PLACE_2023, "falt fra 18. til 16. plass", ["wrong_place"]),
    (PLACE_2021, PLACE_2023, "klatret opp 5 plasser", ["outside"]),
    (PLACE_2021, PLACE_2023, "steget 2 procentpoint", ["other_unit"]),
    (RANK_2021, None, "plats 18 av 35 länder", ["other_pool"]),
    (RANK_2021, None, "plats 16", ["level_missed"]),
    (TRUST_2022, TRUST_2023, "tilliden er steget 1 procentpoint", ["inside_rounding"]),
    (TRUST_2022, TRUST_2023, "rose from 77 to 78 percent", ["inside_rounding"]),
    (TRUST_2023, NORWAY, "Norge ligger 31 prosentpoeng lavere", ["not_comparable"]),
    (TRUST_2023, NORWAY, "47 percent in Denmark", ["attributed"]),
    (NEEDS_DK, NEEDS_SE, "Sverige ligger 7 procentenheter högre", ["wrong_order"]),
    (NEEDS_DK, NEEDS_SE, "7 percentage points lower", ["wrong_order"]),
    (NEEDS_DK, NEEDS_SE, "Denmark is 12 percentage points higher", ["outside_across"]),
]

UNCHECKED = [
    (HELP_2022, HELP_2024, "Færre borgere har brug for hjælp", ["no_quantity"]),
    (HELP_2022, None, "faldet 6 procentpoint", ["needs_two"]),
    (HELP_2022, None, "fra 24 til 18 procent", ["needs_two"]),
    (HELP_2022, HELP_2024, "12.000 borgere fik hjælp", ["not_in_figures"]),
    (RANK_2021, None, "78 percent of users", ["not_in_figures"]),
    (HELP_2022, HELP | {"period": "2024"}, "faldet 6 procentpoint", ["no_value"]),
]

CASES = [
    *((*case, "consistent") for case in CONSISTENT),
    *((*case, "not_supported") for case in NOT_SUPPORTED),
    *((*case, "cannot_be_checked") for case in UNCHECKED),
]


@pytest.mark.parametrize(
    ("a", "b", "claim", "expected", "verdict"), CASES, ids=[case[2] for case in CASES]
)
def test_a_claim_is_held_against_the_figures(
    a: Meta, b: Meta | None, claim: str, expected: list[str], verdict: str
) -> None:
    found = check(a, b, claim)
    assert (found.verdict, codes(found)) == (verdict, expected)


IN_TIME = [
    case[:3]
    for case in CASES
    if case[1] and {"period"} <= case[0].keys() & case[1].keys()
    if case[0]["country"] == case[1]["country"]
]


@pytest.mark.parametrize(("a", "b", "claim"), IN_TIME)
def test_the_order_of_the_figures_does_not_matter_in_time(a: Meta, b: Meta, claim: str) -> None:
    assert check(b, a, claim).verdict == check(a, b, claim).verdict
    assert codes(check(b, a, claim)) == codes(check(a, b, claim))


def test_the_intervals_are_those_of_the_method() -> None:
    (held,) = check(HELP_2022, HELP_2024, "faldet næsten 6 procentpoint").quantities
    assert held.claimed == Interval(5.5, 6, True, False)
    assert held.allowed == Interval(5, 7)
    (held,) = check(UPTAKE_2011, UPTAKE_2012, "steget næsten 50 procent").quantities
    assert held.claimed == Interval(45, 50, True, False)
    assert held.allowed is not None
    assert held.allowed[:2] == pytest.approx((44.7761, 52.3077), abs=1e-4)
    (held,) = check(MOVES_2011, MOVES_2012, "en relativ stigning på 64 procent").quantities
    assert held.allowed is not None
    assert held.allowed[:2] == pytest.approx((60.76, 67.53), abs=1e-2)


def test_a_reason_says_both_right_numbers() -> None:
    (reason,) = check(HELP_2022, HELP_2024, "faldet med 6 procent").reasons
    assert "-6 percentage points" in reason.text("en")
    assert "-25.0%" in reason.text("en")
    assert "Write “6 percentage points”" in reason.text("en")
    assert "Skriv ”6 procentpoint”" in reason.text("da")
    assert "-6 prosentpoeng" in reason.text("nb")
    assert "-6 procentenheter" in reason.text("sv")


def test_no_number_is_computed_for_figures_that_are_not_comparable() -> None:
    found = check(TRUST_2023, NORWAY, "Norge ligger 31 prosentpoeng lavere")
    assert found.quantities[0].allowed is None
    for lang in LANGUAGES:
        text = found.text(lang).replace("31 prosentpoeng", "")
        assert "31" not in text


def test_a_difference_within_the_sampling_error() -> None:
    a, b = TRUST | {"period": "2022", "value": 24, "n": 300}, TRUST_2023 | {"value": 20, "n": 300}
    assert codes(check(a, b, "fell by 4 percentage points")) == ["inside_sampling"]
    assert codes(check(a, b, "from 24 to 20 percent")) == ["both", "noted_sampling"]
    large = [figure | {"n": 4000} for figure in (a, b)]
    assert codes(check(*large, "fell by 4 percentage points")) == ["change"]


def test_places_in_pools_of_unknown_members_are_told_by_the_comparison() -> None:
    found = check(PLACE_2021, PLACE_2023, "fra 18. til 16. plass")
    assert found.comparison is not None
    assert found.comparison.rules["C29"] == "C"
    members = [PLACE_2021 | {"pool_id": "A36"}, PLACE_2023 | {"pool_id": "B36"}]
    assert codes(check(*members, "fra 18. til 16. plass")) == ["other_members"]


def test_exact_complements_are_turned_before_they_are_compared() -> None:
    a = UPTAKE_2011 | {"complement_exact": True, "direction": -1, "value": 67}
    b = UPTAKE_2012 | {"complement_exact": True}
    assert check(a, b, "steget med 16 procentpoint").verdict == "consistent"


def test_fractions_and_indices_are_read_in_the_unit_of_the_words() -> None:
    a, b = (UPTAKE | {"unit": "fraction", "decimals": 2, **one} for one in FRACTIONS)
    assert codes(check(a, b, "steget med 16 procentpoint, fra 33 til 49 procent")) == [
        "change",
        "both",
    ]
    index = SCORE | {"unit": "index_0_1", "value": 0.8316, "decimals": 4}
    later = index | {"value": 0.915, "period": "2024"}
    assert codes(check(index, later, "rose from an index of 0.83 to 0.92")) == ["both"]
    assert codes(check(index, later, "rose by 0.083 points")) == ["change"]


FRACTIONS = ({"value": 0.33, "period": "2011"}, {"value": 0.49, "period": "2012"})


def test_a_claim_may_be_a_mapping() -> None:
    claim = {"value": 6, "unit": "pp", "qualifier": "almost", "sense": "down"}
    assert check(HELP_2022, HELP_2024, claim).verdict == "consistent"
    assert check(HELP_2022, HELP_2024, claim | {"sense": "up"}).verdict == "not_supported"
    assert check(HELP_2022, HELP_2024, claim, lang="sv").claim == (
        "en minskning med nästan 6 procentenheter"
    )
    step = {"value": 50, "unit": "rel_change_percent", "qualifier": "almost"}
    (held,) = check(UPTAKE_2011, UPTAKE_2012, step).quantities
    assert held.claimed == Interval(45, 50, True, False)
    finer = replace(Thresholds(), step_relative_tens=2.0)
    (held,) = check(UPTAKE_2011, UPTAKE_2012, step, config=finer).quantities
    assert held.claimed == Interval(49, 50, True, False)


@pytest.mark.parametrize("claim", [{"value": 6}, {"value": "six", "unit": "pp"}, {"unit": "pp"}])
def test_a_mapping_that_is_no_claim_is_refused(claim: Meta) -> None:
    with pytest.raises(BenchmarkError, match="expected a claim"):
        check(HELP_2022, HELP_2024, claim)


@pytest.mark.parametrize("b", [None, HELP_2024])
def test_metadata_that_cannot_be_read_are_refused(b: Meta | None) -> None:
    with pytest.raises(BenchmarkError, match="period"):
        check(HELP_2022 | {"period": "last year"}, b, "24 procent")


def test_a_claim_of_the_figure_itself_is_not_what_is_checked() -> None:
    carried = HELP_2024 | {"claim": {"value": 60, "unit": "pp", "sense": "up"}}
    found = check(HELP_2022, carried, "faldet næsten 6 procentpoint")
    assert found.verdict == "consistent"
    assert found.comparison is not None
    assert "C41" not in found.comparison.rules


def test_one_unsupported_quantity_makes_the_sentence_so() -> None:
    found = check(HELP_2022, HELP_2024, "faldet fra 24 til 18 procent, et fald på 6 procent")
    assert [held.verdict for held in found.quantities] == ["consistent", "not_supported"]
    assert found.verdict == "not_supported"


@pytest.mark.parametrize(("a", "b", "claim"), [case[:3] for case in CASES[::4]])
def test_a_check_can_be_read_everywhere(a: Meta, b: Meta | None, claim: str) -> None:
    found = check(a, b, claim)
    for lang in LANGUAGES:
        text = found.text(lang)
        assert all(reason.text(lang) in text for reason in found.reasons)
        assert "{" not in text
        assert "None" not in text
        assert json.loads(json.dumps(found.to_dict(lang), allow_nan=False))["claim"] == claim
        html = found.html(lang)
        assert html.startswith(f'<section lang="{lang}">')
        if found.comparison is not None:
            notes = [one.text(lang) for one in found.comparison.findings]
            assert all(note in text for note in notes)
    assert str(found) == found.text("en")
    assert found._repr_html_() == found.html("en")
    assert found.verdict in repr(found)


def test_html_is_escaped_and_typeset() -> None:
    html = check(HELP_2022, HELP_2024, "<b>fell</b> by 6 percentage points & more").html()
    assert "<b>fell</b>" not in html
    assert "&lt;b&gt;fell&lt;/b&gt;" in html
    assert "\u22127 to \u22125 percentage points" in html


# The intervals, and the rule on claims that computes them for columns of pairs


QUALIFIED = st.sampled_from(QUALIFIERS)
whole = st.integers(0, 100).map(float)


@given(
    st.integers(1, 400).map(lambda k: k / 4),
    QUALIFIED,
    st.sampled_from(["pp", "rel_change_percent"]),
)
def test_a_claim_covers_what_the_rule_says(value: float, qualifier: str, unit: str) -> None:
    theirs = Claim(value, unit, qualifier).interval(Thresholds())
    step = 10.0 if unit == "rel_change_percent" and value % 10 == 0 else 1.0
    ours = claim_interval(value, qualifier, step)
    assert (ours.low, ours.high) == (theirs.low, theirs.high)
    assert (ours.low_closed, ours.high_closed) == (not theirs.low_open, not theirs.high_open)


@given(whole, QUALIFIED, st.integers(-40, 40), st.integers(0, 8))
def test_intervals_meet_as_in_the_rule(value: float, qualifier: str, low: int, width: int) -> None:
    figures = Interval(value + low / 4, value + (low + width) / 4)
    theirs = meet(
        Claim(value, "pp", qualifier).interval(Thresholds()),
        np.array([figures.low]),
        np.array([figures.high]),
    )
    assert meets(claim_interval(value, qualifier, 1.0), figures) == bool(theirs[0])


@given(whole, whole, st.sampled_from([0.5, 0.05]), st.sampled_from([0.5, 0.05]))
def test_figures_allow_what_the_rule_says(a: float, b: float, half_a: float, half_b: float) -> None:
    ends = (a, half_a, b, half_b)
    columns = tuple(np.array([end]) for end in ends)
    for relative, ours in ((False, difference(*ends)), (True, relative_change(*ends))):
        low, high = allowed(*columns, relative=np.array([relative]))
        assert ours.low == pytest.approx(low[0])
        assert ours.high == pytest.approx(high[0]) or (isinf(ours.high) and isinf(high[0]))


@given(
    st.integers(1, 99),
    st.integers(1, 99),
    st.integers(1, 120),
    st.sampled_from(["pp", "rel_change_percent"]),
    QUALIFIED,
    st.sampled_from(["up", "down"]),
)
def test_a_claim_is_judged_as_by_the_rule(
    a: int, b: int, value: int, unit: str, qualifier: str, sense: str
) -> None:
    claim = {"value": value, "unit": unit, "qualifier": qualifier, "sense": sense}
    earlier, later = UPTAKE_2011 | {"value": a}, UPTAKE_2012 | {"value": b}
    rule = compare(earlier, later | {"claim": claim}).rules["C41"]
    found = check(earlier, later, claim)
    if abs(a - b) <= 1:
        # The rule knows intervals only; that a step lies within its rounding is said besides.
        assert found.verdict == "not_supported"
    elif (b > a) != (sense == "up"):
        assert (found.verdict, rule) == ("not_supported", "C")
    else:
        assert found.verdict == {"I": "consistent", "C": "not_supported"}[rule]


@pytest.mark.parametrize(
    ("bound", "low", "high", "value", "inside"),
    [
        ("above", 50, inf, 50, False),
        ("above", 50, inf, 50.1, True),
        ("at_least", 50, inf, 50, True),
        ("below", -inf, 50, 50, False),
        ("at_most", -inf, 50, 50, True),
        ("at_most", -inf, 50, 50.1, False),
    ],
)
def test_a_bound_runs_on(bound: str, low: float, high: float, value: float, inside: bool) -> None:
    interval = claim_interval(50, "exact", 1, bound)
    assert interval[:2] == (low, high)
    assert meets(interval, Interval(value, value)) is inside


CLAIMS = st.sampled_from([case[2] for case in CASES])
FIGURES = st.sampled_from([side for case in CASES for side in case[:2] if side is not None])


@given(FIGURES, FIGURES, CLAIMS)
def test_no_change_is_ever_supported_across_what_is_not_comparable(
    a: Meta, b: Meta, claim: str
) -> None:
    found = check(a, b, claim)
    assert found.comparison is not None
    if found.comparison.verdict == "not_comparable":
        for held in found.quantities:
            if held.quantity.kind not in ("level", "range"):
                assert held.verdict != "consistent"
                assert held.allowed is None or held.verdict == "not_supported"
    for lang in LANGUAGES:
        assert found.text(lang)


@given(st.integers(2, 98), st.integers(2, 98), st.sampled_from(LANGUAGES))
def test_what_is_said_of_two_figures_as_they_are_is_consistent(a: int, b: int, lang: str) -> None:
    earlier, later = UPTAKE_2011 | {"value": a}, UPTAKE_2012 | {"value": b}
    if abs(a - b) <= 1:
        return
    moved = {
        "en": ("rose", "fell", "by {} percentage points"),
        "da": ("steg", "faldt", "med {} procentpoint"),
        "nb": ("økte", "falt", "med {} prosentpoeng"),
        "sv": ("ökade", "minskade", "med {} procentenheter"),
    }[lang]
    right, wrong = (moved[0], moved[1])[:: 1 if b > a else -1]
    size = moved[2].format(abs(a - b))
    assert check(earlier, later, f"{right} {size}", lang).verdict == "consistent"
    assert check(earlier, later, f"{wrong} {size}", lang).verdict == "not_supported"
