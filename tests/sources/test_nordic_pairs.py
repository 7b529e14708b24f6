"""Comparisons between Danish, Norwegian and Trust Imperative figures, by address: whole rule sets.

What they must be was worked out by hand from what the sources say of their figures.
"""

from typing import Any

import pytest

from sources import catalogue


def found(comparison: Any) -> str:
    return " ".join(f"{one.rule}:{one.severity}" for one in comparison.findings)


CARE = "DNK/dst.trust_personal_data"
TRUST = "DNK/dst.trust_digital_services"
DENMARK = [
    # One question asked anew with a neutral answer: a break, never a fall of thirty points.
    (f"{CARE}/2020", f"{CARE}/2021", "C09:I C14:C C15:C C16:N C18:C C19:C C30:N C39:I"),
    (f"{CARE}/2019", f"{CARE}/2021", "C14:C C15:C C16:N C18:C C19:C C30:N C39:I"),
    (f"{CARE}/2019", f"{CARE}/2020", "C09:I C18:C C19:C C25:I C31:C C39:I"),
    (f"{CARE}/2021", "NOR/no.trust_personal_data/2021",
     "C09:C C14:C C15:C C16:N C18:C C19:C C24:C C36:C C39:I"),
    # One question and scale: level and change may be compared, and the change is within chance.
    (f"{TRUST}/2021", f"{TRUST}/2022", "C18:C C19:C C25:C C39:I"),
    (f"{TRUST}/2021", f"{TRUST}/2023", "C18:C C21:C C22:I C25:I C39:I"),
    (f"{TRUST}/2022", "NOR/no.trust_personal_data/2021",
     "C06:N C09:C C10:I C15:C C16:N C18:C C19:C C24:C C36:C C39:I"),
    (f"{TRUST}/2021", "DNK/hk.trust_digital_services/2021", "C18:I C19:C C25:I C38:I C39:I C40:C"),
    (f"{TRUST}/2023/age=25-44", f"{TRUST}/2023/age=80-84", "C08:C C09:N C18:I C19:C C38:I C39:I"),
    # Needing help now and then is not having needed help.
    ("DNK/dst.help_sometimes/2017/age=21-64", "DNK/dst.help_needed/2022",
     "C08:C C09:C C14:C C18:C C19:C C30:N C39:I"),
    # Definitions of the digitally challenged.
    ("DNK/dst.challenged/2023", "DNK/dst.low_skills/2022", "C06:N C18:C C19:C C39:I"),
    ("DNK/dst.challenged/2023", "DNK/dk.self_rated_difficulties/2023",
     "C06:N C09:C C18:C C24:C C36:C"),
    # Two surveys ask of safety with Digital Post.
    ("DNK/dst.safe_digital_post/2020", "DNK/digst.post_safe/2017",
     "C08:C C09:C C14:C C18:C C19:C C24:C C36:C C39:I"),
    ("DNK/digst.post_exempt/2025", "DNK/digst.post_registered/2025", "C03:I C09:C C25:I"),
    ("DNK/digst.post_satisfied/2018", "DNK/digst.post_satisfied_businesses/2018", "C07:N C39:I"),
    ("DNK/digst.digital_share.five_areas/2012", "DNK/digst.digital_share.all_waves/2016",
     "C06:N C10:C C39:I"),
]  # fmt: skip


GOAL = "NOR/no.trust"
NORWAY = [
    # Three figures of one survey: data safe, rights safeguarded, neutral or better.
    (f"{GOAL}_personal_data/2021", f"{GOAL}_rights/2021",
     "C06:N C09:C C18:C C19:C C24:C C38:I C39:I"),
    (f"{GOAL}_personal_data/2021", "NOR/no.neutral_or_better_personal_data/2022",
     "C09:C C16:N C18:C C19:C C24:C C31:C C39:I"),
    (f"{GOAL}_rights/2022", "NOR/no.neutral_or_better_personal_data/2022",
     "C06:N C16:N C18:I C19:C C24:I C38:I C39:I"),
    (f"{GOAL}_rights/2021", f"{GOAL}_rights/2022", "C09:C C18:C C19:C C24:C C25:I C31:C C39:I"),
    ("NOR/no.dissatisfied_self_service/2021", "NOR/no.dissatisfied_self_service/2023",
     "C09:C C10:C C18:C C19:C C24:C C25:I C39:I"),
    # One address, another indicator a year later.
    ("NOR/no.easy_overview/2021", "NOR/no.easy_several_authorities/2022",
     "C06:N C09:C C18:C C19:C C24:C C39:I"),
    ("NOR/no.egov_interaction/2021", "NOR/no.last_contact_digital/2022",
     "C06:N C09:C C18:C C19:C C24:C C36:C C39:I"),
    ("NOR/no.shared_solutions_services/2021", "NOR/no.shared_solutions_bodies/2022", "C06:N C07:N"),
    # Breaks: Eurostat's module in 2022, Open Data Maturity in 2022, eGovernment Benchmark in 2020.
    ("NOR/no.egov_interaction/2021", "NOR/eurostat.egov_interaction/2023",
     "C18:C C19:C C24:C C30:N C39:I"),
    ("NOR/no.odm_rank/2021", "NOR/no.odm_rank/2022", "C29:C C30:N C32:C C34:I C39:I"),
    ("NOR/no.odm_rank/2022", "NOR/no.odm_rank/2023", "C29:C C32:C C33:I C34:I C39:I"),
    ("NOR/no.egov_rank/2020", "NOR/no.egov_rank/2021", "C12:C C29:C C30:N C32:C C34:I C39:I"),
    # 36 countries, then 35.
    ("NOR/no.egov_rank/2021", "NOR/no.egov_rank/2024", "C28:C C32:C C34:I C39:I"),
    ("NOR/no.egov_availability_rank/2021", "NOR/no.egov_availability_rank/2022",
     "C12:C C28:C C32:C C34:I C39:I"),
    # Printed and published scores contradict each other.
    ("NOR/no.egov_availability/2024", "NOR/egov.user_centricity.online_availability/2023",
     "C25:I C39:I C40:C"),
    # Five definitions of the digitally challenged, two countries.
    ("NOR/no.at_risk_of_exclusion/2022", "DNK/dst.challenged/2023",
     "C06:N C09:C C10:I C18:C C19:C C24:C C35:I C36:C"),
    ("NOR/no.hardly_shares_data/2021", "NOR/no.hardly_shares_data/2022", "C25:I C31:C C39:I"),
]  # fmt: skip


@pytest.mark.parametrize(("first", "second", "rules"), NORWAY)
def test_rules_of_a_norwegian_pair(first: str, second: str, rules: str) -> None:
    holds(first, second, rules)


@pytest.mark.parametrize(("first", "second", "rules"), DENMARK)
def test_rules_of_a_danish_pair(first: str, second: str, rules: str) -> None:
    holds(first, second, rules)


def holds(first: str, second: str, rules: str) -> None:
    """Hold the rules of a pair, in either order, against those worked out by hand."""
    for a, b in ((first, second), (second, first)):
        comparison = catalogue.compare(a, b)
        assert found(comparison) == rules
        verdict = "not_comparable" if ":N" in rules else "caution"
        assert comparison.verdict == verdict
        assert (comparison.difference is None) == (verdict == "not_comparable")


TRUST_IMPERATIVE = [
    # Editions with other countries and other questions, kept apart.
    ("GTI36/gti.problems/2021", "AUS_NZL/gti.problems_two_years/2024",
     "C09:C C10:C C14:C C18:C C19:C C24:C C30:N C39:I"),
    ("GTI36/gti.expects_leading_service/2021", "AUS_NZL/gti.expects_best_online/2024",
     "C09:C C10:C C14:C C18:C C19:C C24:C C30:N C37:I C39:I"),
    ("AUS_NZL/gti.experience_influences_trust/2020", "AUS/gti.experience_influences_trust/2021",
     "C09:C C10:I C18:C C19:C C24:C C27:I C30:N C37:I C39:I"),
    # Three cuts of one question.
    ("GTI36/gti.needs_unmet/2021", "GTI36/gti.all_needs_met/2021",
     "C04:N C08:C C18:I C19:C C24:I C38:I C39:I"),
    ("DNK/gti.needs_met/2021", "GTI36/gti.all_needs_met/2021",
     "C08:C C16:N C18:I C19:C C24:I C27:I C37:I C39:I"),
    ("SGP/gti.net_needs_met/2021", "SWE/gti.needs_met/2021", "C01:N C39:I"),
    ("GTI36/gti.good_experience_raises_trust/2021", "SGP/gti.good_experience_raises_trust/2021",
     "C18:I C19:C C24:I C25:I C27:I C37:I C39:I"),
    ("GTI36/gti.good_experience_raises_trust/2021", "GTI36/gti.bad_experience_lowers_trust/2021",
     "C06:N C18:I C19:C C24:I C38:I C39:I"),
]  # fmt: skip


@pytest.mark.parametrize(("first", "second", "rules"), TRUST_IMPERATIVE)
def test_rules_of_a_pair_of_the_trust_imperative(first: str, second: str, rules: str) -> None:
    holds(first, second, rules)


def test_use_as_the_survey_asks_it_is_not_the_use_of_eurostat() -> None:
    for other in ("DNK/eurostat.egov_use/2023", "DNK/desi.egov_users/2025"):
        comparison = catalogue.compare("DNK/dst.uses_digital_services/2023", other)
        assert comparison.verdict == "not_comparable"
