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

LAST = 199
LEFT_OUT = {
    120: "the place in line 168, printed by the same agency in the same year; a note says so",
    121: "the place in line 166, printed by the same agency in the same year; a note says so",
    199: "no statistic: how many countries a report without a survey looks at",
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


def size(text: str) -> int | None:
    """Read how many answered, where the text says it of the people the figure is of."""
    if re.search(r"persons|of 24500|in A/NZ|subset", text):
        return None
    digits = re.search(r"\d[\d ,.]*", text)
    return int(re.sub(r"\D", "", digits[0])) if digits else None


def test_sizes_of_samples_and_what_they_count(collected: dict[int, dict[str, str]]) -> None:
    for line, address in PLACED.items():
        stated = collected[line]["n_respondents"].partition("(")[0]
        known = catalogue.metadata(address)
        role = "base" if line in OF_THE_BASE else "total"
        expected = None if size(stated) is None else (size(stated), role)
        assert ((known["n"], known["n_role"]) if "n" in known else None) == expected, line


OF_THE_BASE = {2, 14, 15, 16, 50, 52, 54, 64}
"""Rows whose share is of all who answered."""


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


def test_the_share_that_we_added_is_marked() -> None:
    ours = catalogue.figure("DNK/dst.trust_personal_data/2019")
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
