"""The collected Danish, Norwegian and Trust Imperative figures, row by row, and what they bear.

Every row of the collection stands in the table with its value, place, year and source, or is named
in `LEFT_OUT`. The verdicts were worked out by hand from what the sources say.
"""

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmark.figure import Figure
from sources import catalogue
from tests.sources.nordic_rows import PLACED

LAST = 176
LEFT_OUT = {
    120: "the place in line 168, printed by the same agency in the same year; a note says so",
    121: "the place in line 166, printed by the same agency in the same year; a note says so",
}
STATED = {176: ("no.trust_rights", "NOR", 2022, 50, "about")}
"""Said in running text beside a measurement, whose address it shares."""
PLACES = {"WLD36": "GTI36", "AUS+NZL": "AUS_NZL", "AVG": "ODM", "EU27": "EU27_2020"}
POWERS = {"million": 6}
AGES = {"age 75+": "age=75-89"}
"""A newspaper's open end, where the survey ends at 89."""


@pytest.fixture(scope="module")
def collected(shared: Path) -> dict[int, dict[str, str]]:
    """The rows of the collection by line number."""
    with (shared / "data" / "figures.csv").open(encoding="utf-8") as file:
        rows = dict(enumerate(csv.DictReader(file), start=2))
    return {line: rows[line] for line in range(2, LAST + 1)}


def breakdown(row: dict[str, str]) -> str:
    text = row["breakdown"]
    return AGES.get(text, text.replace("age ", "age="))


def place(row: dict[str, str]) -> tuple[str, str]:
    country, _, area = row["iso3_or_subnational"].partition(":")
    return PLACES.get(country, {"DK": "DNK"}.get(country, country)), area


def test_every_row_is_placed_or_left_out_for_a_reason(collected: dict[int, Any]) -> None:
    kinds = (PLACED, LEFT_OUT, STATED)
    assert sorted(line for kind in kinds for line in kind) == sorted(collected)


@pytest.mark.parametrize("line", sorted(PLACED))
def test_a_row_stands_in_the_table(line: int, collected: dict[int, dict[str, str]]) -> None:
    row, figure = collected[line], catalogue.figure(PLACED[line])
    facts = figure.facts
    assert figure.value == float(row["value"])
    assert facts["unit_mult"] == POWERS.get(row["unit"], 0)
    assert (facts["country"], facts["area"]) == place(row)
    assert facts["breakdown"] == breakdown(row) or facts["breakdown"].startswith("solution=")
    if row["reference_year"]:
        assert int(facts["year"]) == int(row["reference_year"])
    else:
        assert facts["year_basis"] == "assigned"
    assert figure.address == PLACED[line]


@pytest.mark.parametrize("line", sorted(PLACED))
def test_a_row_keeps_its_source(line: int, collected: dict[int, dict[str, str]]) -> None:
    row, figure = collected[line], catalogue.figure(PLACED[line])
    address = row["source_url"].split(" ")[0].removeprefix("seed")
    assert figure.document.get("address", "") == address
    assert figure.facts["confidence"] == row["confidence"]
    published = figure.facts["published"][:4]
    if published and row["publication_year"]:
        assert published == row["publication_year"]


def test_no_two_rows_share_a_figure() -> None:
    assert len(set(PLACED.values())) == len(PLACED)


@pytest.mark.parametrize("line", STATED)
def test_what_is_only_stated_is_kept_as_a_claim(
    line: int, collected: dict[int, dict[str, str]]
) -> None:
    indicator, country, year, value, qualifier = STATED[line]
    table = catalogue.figures(indicator=indicator, country=country, year=year, kind="claim")
    (row,) = table.itertuples()
    assert (row.value, row.qualifier) == (value, qualifier)
    assert row.value == float(collected[line]["value"])
    measured = catalogue.figure(f"{country}/{indicator}/{year}")
    assert measured.facts["kind"] == "observed"


def test_decimals_are_those_printed(collected: dict[int, dict[str, str]]) -> None:
    for line, address in PLACED.items():
        printed = len(collected[line]["value"].partition(".")[2])
        assert catalogue.figure(address).facts["decimals"] == printed, line


def test_sizes_of_samples_and_what_they_count(collected: dict[int, dict[str, str]]) -> None:
    for line, address in PLACED.items():
        stated = re.sub(r"ca\. |[., ](?=\d{3})", "", collected[line]["n_respondents"])
        size = re.match(r"\d+", stated)
        known = catalogue.metadata(address)
        if size is None or "persons" in stated or "in 36 countries" in stated:
            assert "n" not in known, line
        else:
            assert (known["n"], known["n_role"]) == (int(size[0]), ROLES.get(line, "base")), line


ROLES = {25: "total", **dict.fromkeys((*range(29, 37),), "total")}
"""Sizes that count the whole survey, not those the share is of."""


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


def test_a_page_that_changes_every_year_is_a_document_a_version() -> None:
    held = catalogue.registry().documents
    pages: dict[str, set[str]] = {}
    for name, entry in held.items():
        if name.startswith("digdir_goal"):
            pages.setdefault(entry["address"], set()).add(entry["date"])
    versions = sorted(len(dates) for dates in pages.values())
    assert versions == [1, 2, 2, 2, 2, 2, 2]


def test_a_later_version_is_preferred_and_the_earlier_kept() -> None:
    later = catalogue.figure("NOR/no.benefits_realised/2022")
    assert later.facts["edition"] == "2024"
    assert catalogue.figure("NOR/no.benefits_realised/2022@2023").value == 30
    assert catalogue.figure("NOR/no.benefits_realised/2021").value == 19


def test_symbols_on_a_page_do_not_set_the_direction() -> None:
    for name in (
        "no.hardly_shares_data",
        "no.benefit_difficulties",
        "no.dissatisfied_self_service",
    ):
        assert catalogue.registry().indicator(name)["direction"] == -1


def test_values_in_millions_are_compared_in_full() -> None:
    assert catalogue.metadata("NOR/no.messages_businesses/2023")["value"] == 33_800_000


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


def test_the_share_that_we_added_is_marked() -> None:
    ours = catalogue.figure(f"{CARE}/2019")
    parts = ("high_degree", "some_degree")
    printed = [catalogue.figure(f"DNK/dst.personal_data_care.{part}/2019").value for part in parts]
    assert ours.value == sum(printed) == 76
    assert ours.facts["kind"] == "derived"


def test_an_open_age_range_reads_as_one() -> None:
    assert catalogue.explain("DNK/digst.post_exempt/2025").to_dict()["Age range"] == "15+"
    assert catalogue.figures(indicator="digst.post_exempt")["age"].unique().tolist() == ["15-"]


def beside() -> Iterator[Figure]:
    """Figures of the collection that must stay out of the default cube."""
    for address in PLACED.values():
        figure = catalogue.figure(address)
        if figure.facts["confidence"] == "low" or not figure.indicator.get("headline", True):
            yield figure


def test_low_confidence_and_figures_beside_the_subject_stay_out_of_the_cube() -> None:
    cube = catalogue.load(aggregates=True)
    rows = set(cube["obs"].values.ravel().tolist())
    kept = [figure.address for figure in beside() if figure.row in rows]
    assert kept == []
    assert (
        float(cube.value.sel(country="DNK", indicator="dst.trust_digital_services", year=2021))
        == 78
    )


def test_an_early_cube_knows_the_older_figures_only() -> None:
    cube = catalogue.load(as_of="2017")
    assert float(cube.value.sel(country="DNK", indicator="digst.post_satisfied", year=2017)) == 82
    assert "dst.trust_personal_data" not in cube.indicator
