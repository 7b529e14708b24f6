"""The figures of the five documents: verdicts worked out by hand."""

from typing import Any

import pytest

from benchmark.rules import compare
from tests.benchmark.rules.figures import Figure, changed, found

DST: Figure = {
    "age": [15, 89],
    "attitudinal": True,
    "base": "residents",
    "concept": "trust.digital_services",
    "country": "DK",
    "decimals": 0,
    "direction": 1,
    "method_version": "2021-",
    "mode": "web+phone",
    "n": 4625,
    "n_role": "base",
    "period": "2023",
    "programme": "dst_itb_national",
    "question": "dst_trust",
    "sampling": "probability",
    "scale": "likert5_agree",
    "source_type": "primary",
    "topbox": "agree+strongly_agree",
    "underlying": "dst_itb_nat_2023",
    "unit": "percent",
    "value": 78,
    "wave": "2023",
}
HELP: Figure = {
    **{key: DST[key] for key in ("age", "country", "decimals", "method_version", "mode", "unit")},
    **{key: DST[key] for key in ("programme", "sampling")},
    "attitudinal": False,
    "base": "service_users",
    "concept": "help.need",
    "direction": -1,
    "period": "2022",
    "question": "dst_help",
    "source_type": "press_release",
    "underlying": "dst_itb_nat_2022",
    "value": 24,
    "wave": "2022",
}
HELP_2024 = {
    **HELP,
    "n": 3937,
    "n_role": "total",
    "period": "2024",
    "underlying": "dst_itb_nat_2024",
    "value": 18,
    "wave": "2024",
}
CHANNEL = {
    **{key: HELP_2024[key] for key in HELP_2024 if key not in ("n", "n_role")},
    "base": "needed_help",
    "concept": "help.channel_phone",
    "direction": 1,
    "question": "dst_help_channel",
    "topbox": "phone",
    "value": 28,
}
GTI: Figure = {
    "attitudinal": True,
    "base": "service_users",
    "concept": "needs.met",
    "country": "DK",
    "decimals": 0,
    "direction": 1,
    "method_version": "3.0",
    "programme": "gti",
    "question": "gti_needs",
    "source_type": "secondary",
    "topbox": "all_or_most",
    "underlying": "gti_3",
    "unit": "percent",
    "value": 48,
    "wave": "3.0",
}
PROBLEMS = {
    **GTI,
    "attitudinal": False,
    "concept": "experience.problems",
    "direction": -1,
    "question": "gti_problems",
    "topbox": "one_or_more",
}
WORLD: dict[str, Any] = {"country": "GTI36", "geo_scope": "aggregate"}
PRAKSIS: Figure = {
    "attitudinal": True,
    "base": "residents",
    "concept": "trust.data_protection",
    "country": "NO",
    "decimals": 0,
    "direction": 1,
    "period": "2021",
    "programme": "it_i_praksis",
    "question": "itip_trust_pd",
    "scale": "degree",
    "source_type": "secondary",
    "topbox": "some+high_degree",
    "underlying": "it_i_praksis_2021",
    "unit": "percent",
    "value": 47,
}
DISSATISFIED: Figure = {
    **{key: PRAKSIS[key] for key in ("base", "country", "decimals", "source_type", "unit")},
    "attitudinal": True,
    "concept": "satisfaction.self_service",
    "direction": -1,
    "period": "2019",
    "programme": "dfo_innbygger",
    "question": "dfo_self_service",
    "topbox": "dissatisfied",
    "value": 11,
}
SCORECARD: Figure = {
    "base": "transactions",
    "concept": "uptake.share_five_areas",
    "country": "DK",
    "decimals": 0,
    "direction": 1,
    "mode": "admin",
    "period": "2011",
    "programme": "digst_scorecard",
    "source_type": "press_release",
    "unit": "percent",
    "value": 33,
}
YEAR_2012 = {**SCORECARD, "events": ["2012-12-01"], "period": "2012", "value": 49}
MOVES = {**SCORECARD, "concept": "uptake.share_moves", "period": "2012-09/2012-11", "value": 64}
RANK: Figure = {
    "base": "services",
    "concept": "egov.transparency",
    "country": "NO",
    "decimals": 0,
    "direction": -1,
    "method_version": "2012-2019",
    "mode": "mystery_shopping",
    "period": "2020",
    "pool_size": 36,
    "programme": "egov_benchmark",
    "source_type": "secondary",
    "unit": "rank",
    "value": 16,
}
POST = {
    **changed(DST, {"question": None}),
    "base": "service_users",
    "base_filter": "solution=Digital Post",
    "concept": "trust.digital_post",
    "programme": "epinion_digst",
    "topbox": "high_trust",
    "underlying": "epinion_2023",
    "value": 80,
}
ALMOST_6 = {"value": 6, "unit": "pp", "qualifier": "almost", "sense": "down"}
ALMOST_50 = {"value": 50, "unit": "rel_change_percent", "qualifier": "almost", "sense": "up"}

ROWS: list[tuple[str, Figure, Figure, str, list[str]]] = [
    (
        "trust in services, trust in data protection",
        DST,
        PRAKSIS,
        "C06:N C09:C C10:C C15:C C16:N C18:C C19:C C24:C C36:C C39:I",
        ["Related but different", "Not harmonised"],
    ),
    (
        "needs met DK SE",
        GTI,
        {**GTI, "country": "SE", "value": 41},
        "C18:I C19:C C24:I C25:I C37:I C39:I",
        ["386", "525", "7 percentage points", "more if weighted"],
    ),
    (
        "needs met SE NO",
        {**GTI, "country": "SE", "value": 41},
        {**GTI, "country": "NO", "value": 34},
        "C18:I C19:C C24:I C25:I C37:I C39:I",
        ["366", "498"],
    ),
    (
        "needs met DK NO",
        GTI,
        {**GTI, "country": "NO", "value": 34},
        "C18:I C19:C C24:I C37:I C39:I",
        ["93", "108"],
    ),
    (
        "rank across the change of method",
        RANK,
        {
            **RANK,
            "method_version": "2020-2023",
            "period": "2021",
            "value": 18,
            "version_break": True,
        },
        "C29:C C30:N C32:C C34:I C39:I",
        ["method changed", "No difference"],
    ),
    (
        "need for help",
        HELP,
        {**HELP_2024, "claim": ALMOST_6},
        "C18:C C19:C C25:I C39:I C41:I",
        ["-6 percentage points", "-7.0", "-5.0", "353", "508", "consistent with -7.0 to -5.0"],
    ),
    (
        "digital self-service",
        SCORECARD,
        {**YEAR_2012, "claim": {**ALMOST_50, "about": "share"}},
        "C31:C C39:I C41:I C43:I",
        ["+16 percentage points", "+48.5%", "44.8 to 52.3", "2012-12-01"],
    ),
    (
        "transactions claimed from shares",
        SCORECARD,
        {**YEAR_2012, "claim": {**ALMOST_50, "about": "count"}},
        "C31:C C39:I C41:C C43:I",
        ["not supported", "count"],
    ),
    (
        "moves, one season",
        {**MOVES, "period": "2011-09/2011-11", "value": 39},
        {**MOVES, "events": ["2012-12-01"]},
        "C31:C C39:I",
        ["+25 percentage points"],
    ),
    (
        "share and target",
        YEAR_2012,
        {**SCORECARD, "concept": "uptake.written_communication", "period": "2015", "value": 80},
        "C06:N C39:I",
        ["May stand side by side"],
    ),
    (
        "best municipality",
        MOVES,
        {**MOVES, "area": "Hjørring", "geo_scope": "selected_best", "value": 92},
        "C26:N C39:I",
        ["Territorial coverage differs", "Hjørring (selected best performer)"],
    ),
    (
        "two figures of 24",
        {**changed(DST, {"question": None, "scale": None, "topbox": None})}
        | {"attitudinal": False, "concept": "inclusion.challenged", "direction": -1, "value": 24},
        HELP,
        "C05:N C39:I",
        ["equal numbers mean nothing"],
    ),
    (
        "agree and disagree",
        DST,
        {**DST, "direction": -1, "topbox": "disagree+strongly_disagree", "value": 6},
        "C04:N C18:I C38:I",
        ["78% + 6% need not be 100"],
    ),
    (
        "needs met and unmet",
        {**GTI, "country": "SE", "value": 41},
        {**GTI, **WORLD, "direction": -1, "topbox": "some_or_all_unmet", "value": 51},
        "C04:N C18:I C19:C C24:I C27:I C37:I C39:I",
        ["not an exact complement"],
    ),
    (
        "problems",
        {**PROBLEMS, "country": "SE", "value": 57},
        {**PROBLEMS, **WORLD, "value": 70},
        "C18:I C19:C C24:I C27:I C39:I",
        ["aggregate"],
    ),
    (
        "trust 2020 and 2021",
        {**PRAKSIS, "period": "2020", "underlying": "it_i_praksis_2020", "value": 50},
        PRAKSIS,
        "C09:C C18:C C19:C C24:C C25:I C31:C C39:I",
        ["-3 percentage points", "-4.0", "-2.0", "2,131", "4,794"],
    ),
    (
        "dissatisfied, year of the later not stated",
        DISSATISFIED,
        changed(DISSATISFIED, {"period": None, "value": 15}),
        "C09:C C10:C C18:C C19:C C24:C C25:I C39:I",
        ["The year of Norway is not stated", "542", "963"],
    ),
    (
        "channels of help",
        CHANNEL,
        {**CHANNEL, "concept": "help.channel_family", "topbox": "family", "value": 58},
        "C18:I C19:C C38:I C39:I C42:I",
        ["same question", "-30 percentage points"],
    ),
    (
        "channels of help, staff",
        CHANNEL,
        {**CHANNEL, "concept": "help.channel_staff", "topbox": "staff", "value": 22},
        # Rounding is a sixth of this smaller distance.
        "C18:I C19:C C25:I C38:I C39:I C42:I",
        ["same question"],
    ),
]


@pytest.mark.parametrize(("name", "a", "b", "rules", "said"), ROWS, ids=[row[0] for row in ROWS])
def test_row(name: str, a: Figure, b: Figure, rules: str, said: list[str]) -> None:
    comparison = compare(a, b)
    assert found(comparison) == rules == found(compare(b, a))
    for part in said:
        assert part in comparison.text()
    expected = "not_comparable" if ":N" in rules else "caution" if ":C" in rules else "comparable"
    assert comparison.verdict == expected


def test_residents_and_users_of_one_solution() -> None:
    rules = compare(DST, POST).rules
    assert {rules[rule] for rule in ("C06", "C07", "C16")} == {"N"}


def test_users_of_two_solutions() -> None:
    mit_id = {"base_filter": "solution=MitID", "concept": "trust.mitid", "value": 73}
    rules = compare(POST, {**POST, **mit_id}).rules
    assert (rules["C06"], rules["C08"]) == ("N", "C")
