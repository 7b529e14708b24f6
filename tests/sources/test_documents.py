"""Every figure of the five documents the benchmark started from, against the documents.

`EXPECTED` is our line-by-line reading; the shipped table must hold these figures and no others of
these documents, and every place it names must show the number.
"""

import csv
import hashlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
import pytest

from benchmark.schema import KEY
from sources import catalogue

DOCUMENTS = {
    "digst_trust_2023": "000",
    "digmin_help_2025": "001",
    "digdir_goal1_2022": "002",
    "digst_scorecard_2013": "003",
    "gti3_se": "004",
}


class Reading(NamedTuple):
    """One figure as a reader finds it in a document."""

    indicator: str
    place: str
    year: int
    value: float
    locator: str
    base: str
    period: str = ""
    basis: str = "printed"
    unit: str = "percent"
    n: tuple[int, str] | None = None
    kind: str = "observed"
    qualifier: str = "exact"
    part: str = "total"
    mult: int = 0
    edition: str = ""


R = Reading
BASE, TOTAL, GTI = (4625, "base"), (3937, "total"), (24500, "total")
AUTUMN_11, AUTUMN_12 = "2011-09/2011-11", "2012-09/2012-11"
ALMOST: dict[str, Any] = {"kind": "claim", "qualifier": "almost"}
NO_YEAR: dict[str, Any] = {"basis": "assigned"}
POST, BORGER, MITID = "solution=Digital Post", "solution=borger.dk", "solution=MitID"
FIVE, MOVES = "digst.digital_share.five_areas", "digst.digital_share.moves"
RANK = "no.egov_transparency_rank"

EXPECTED = [
    R("dst.trust_digital_services", "DNK", 2023, 78, "000:21", "residents", "2023", n=BASE),
    R("dst.distrust_digital_services", "DNK", 2023, 6, "000:21", "residents", "2023", n=BASE),
    R("dst.challenged", "DNK", 2023, 24, "000:25", "residents", "2023", n=BASE, qualifier="up_to"),
    R("digst.high_trust", "DNK", 2023, 80, "000:27", "service_users", "2023-11", part=POST),
    R("digst.high_trust", "DNK", 2023, 80, "000:27", "service_users", "2023-11", part=BORGER),
    R("digst.high_trust", "DNK", 2023, 73, "000:27", "service_users", "2023-11", part=MITID),
    R("dst.help_needed.change", "DNK", 2024, 6, "001:2", "service_users", "2022/2024",
      unit="pp", **ALMOST),
    R("dst.help_needed", "DNK", 2022, 24, "001:4", "service_users", "2022"),
    R("dst.help_needed", "DNK", 2024, 18, "001:4", "service_users", "2024", n=TOTAL),
    R("dst.help_needed", "DNK", 2024, 20, "001:6", "service_users", "2024", **ALMOST),
    R("dst.help_channel.phone", "DNK", 2024, 28, "001:9", "needed_help", "2024"),
    R("dst.help_channel.staff", "DNK", 2024, 22, "001:9", "needed_help", "2024"),
    R("dst.help_channel.family", "DNK", 2024, 58, "001:10", "needed_help", "2024"),
    R("digmin.reporting_solutions", "DNK", 2025, 1874, "001:30; 001:31", "services",
      unit="count", **NO_YEAR),
    R("digmin.business_reports", "DNK", 2025, 200, "001:31", "transactions",
      unit="count", mult=6, qualifier="over", **NO_YEAR),
    R("digmin.no_online_debate", "DNK", 2025, 50, "001:33", "residents", qualifier="over",
      **NO_YEAR),
    R("digmin.deterred_by_tone", "DNK", 2025, 20, "001:33", "residents", **NO_YEAR),
    R("no.trust_personal_data", "NOR", 2021, 47, "002:13", "residents", "2021"),
    R("no.trust_personal_data", "NOR", 2020, 50, "002:17", "residents", "2020"),
    R("no.dissatisfied_self_service", "NOR", 2021, 15, "002:19", "residents", **NO_YEAR),
    R("no.dissatisfied_self_service", "NOR", 2019, 11, "002:23", "residents", "2019"),
    R(RANK, "NOR", 2021, 18, "002:25; 002:29; 002:37", "services", "2021",
      basis="edition", unit="rank", edition="2021"),
    R(RANK, "NOR", 2020, 16, "002:29", "services", "2020",
      basis="edition", unit="rank", edition="2020"),
    R("digst.digital_transactions.change", "DNK", 2012, 50, "003:13", "transactions", "2011/2012",
      unit="rel_change_percent", **ALMOST),
    R(FIVE, "DNK", 2011, 33, "003:15", "transactions", "2011"),
    R(FIVE, "DNK", 2012, 49, "003:15", "transactions", "2012"),
    R(f"{FIVE}.change", "DNK", 2012, 50, "003:15", "transactions", "2011/2012",
      unit="rel_change_percent", **ALMOST),
    R(MOVES, "DNK", 2011, 39, "003:15", "transactions", AUTUMN_11),
    R(MOVES, "DNK", 2012, 64, "003:15", "transactions", AUTUMN_12),
    R(MOVES, "DNK:Hjørring", 2012, 92, "003:21", "transactions", AUTUMN_12),
    R("digst.digital_share.daycare", "DNK:Favrskov", 2012, 96, "003:21", "transactions", AUTUMN_12),
    R("digst.digital_share.health_card", "DNK:Varde", 2012, 76, "003:21", "transactions",
      AUTUMN_12),
    R("digst.written_communication", "DNK", 2015, 80, "003:13; 003:23; 003:30", "transactions",
      "2015", kind="target"),
    R("gti.expects_leading_service", "GTI36", 2021, 93, "004:9", "service_users", n=GTI, **NO_YEAR),
    R("gti.needs_unmet", "GTI36", 2021, 51, "004:38", "service_users", n=GTI, **NO_YEAR),
    R("gti.needs_met", "SWE", 2021, 41, "004:42", "service_users", **NO_YEAR),
    R("gti.needs_met", "DNK", 2021, 48, "004:42", "service_users", **NO_YEAR),
    R("gti.needs_met", "NOR", 2021, 34, "004:42", "service_users", **NO_YEAR),
    R("gti.problems", "GTI36", 2021, 70, "004:54", "service_users", n=GTI, **NO_YEAR),
    R("gti.problems", "SWE", 2021, 57, "004:54", "service_users", **NO_YEAR),
    R("gti.problems", "SWE", 2021, 50, "004:58", "service_users", kind="claim", qualifier="over",
      **NO_YEAR),
]  # fmt: skip

SOURCE = {
    "digst_trust_2023": ("primary", "high", "2024"),
    "digmin_help_2025": ("press_release", "high", "2025-06"),
    "digdir_goal1_2022": ("secondary", "high", "2022"),
    "digst_scorecard_2013": ("press_release", "high", "2013-04-12"),
    "gti3_se": ("secondary", "medium", "2021-11-02"),
}
TEASERS = {
    "digmin.reporting_solutions": "2025-05-20",
    "digmin.business_reports": "2025-05-20",
    "digmin.no_online_debate": "2025-03-31",
    "digmin.deterred_by_tone": "2025-03-31",
}
WORDS = {
    ("001:6", 20): "hver femte",
    ("001:33", 50): "halvdelen",
    ("001:33", 20): "hver femte",
    ("004:58", 50): "hälften",
}
QUALIFIERS = {
    "almost": "næsten|knap|nästan",
    "over": "over|mer än",
    "up_to": "op mod",
}
RESPONDENTS = {"000:35": "4.625", "001:17": "3.937", "004:9": "24 500"}
OTHER_NUMBERS = {
    "000:21": ["15", "89"],
    "000:35": ["4.625", "15", "89"],
    "001:5": ["65"],
    "001:17": ["3.937", "15", "89"],
    "002:29": ["36"],
    "002:37": ["36"],
    "004:9": ["24 500", "36"],
}
"""Ages, respondents and countries: printed numbers that describe figures but are none."""
NOT_READ = {"001:21", "002:3", "003:11", "003:17", "003:42"}
"""Telephone numbers, dates and the number of a goal."""
NO_NUMBER = re.compile(r"\d+[.]\d+[.]\d{4} [\d:]+ CEST|Imperative 3[.]0|(?<!\d)(19|20)\d\d(?!\d)")
"""Time stamps, the name of a report and years."""


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    """The shipped figures of the five documents."""
    return catalogue.figures(document=list(DOCUMENTS))


@pytest.fixture(scope="module")
def lines(shared: Path) -> dict[str, str]:
    """Every line of the five documents by its locator."""
    found = {}
    for document in DOCUMENTS:
        file = catalogue.registry().documents[document]["file"]
        text = (shared / "documents" / file).read_text(encoding="utf-8")
        found |= {f"{file[:3]}:{k}": line for k, line in enumerate(text.split("\n"), start=1)}
    return found


def place(row: Any) -> str:
    return f"{row.country}:{row.area}" if row.area else str(row.country)


def as_reading(row: Any) -> Reading:
    return Reading(
        indicator=row.indicator,
        place=place(row),
        year=int(row.year),
        value=row.value,
        locator=row.locator,
        base=row.base,
        period=row.period,
        basis=row.year_basis,
        unit=row.unit,
        n=None if pd.isna(row.n) else (int(row.n), row.n_role),
        kind=row.kind,
        qualifier=row.qualifier,
        part=row.breakdown,
        mult=int(row.unit_mult),
        edition=row.edition,
    )


def test_the_table_holds_these_figures_and_no_others(table: pd.DataFrame) -> None:
    assert len(EXPECTED) == 41
    found = sorted(map(as_reading, table.itertuples()), key=str)
    assert found == sorted(EXPECTED, key=str)


def test_every_figure_says_where_it_stands(table: pd.DataFrame) -> None:
    for row in table.itertuples():
        numbers = {locator[:3] for locator in row.locator.split("; ")}
        assert numbers == {DOCUMENTS[row.document]}, row.address


def test_source_confidence_and_day_of_publication(table: pd.DataFrame) -> None:
    for row in table.itertuples():
        source, confidence, published = SOURCE[row.document]
        if row.indicator in TEASERS:
            confidence, published = "medium", TEASERS[row.indicator]
        assert (row.source_type, row.confidence) == (source, confidence), row.address
        assert row.published == published, row.address


def test_places_other_than_countries_are_marked(table: pd.DataFrame) -> None:
    for row in table.itertuples():
        scope = "aggregate" if row.country == "GTI36" else "national"
        assert row.geo_scope == ("selected_best" if row.area else scope), row.address


@pytest.mark.parametrize("source", ["digmin", "digst", "dk", "dst", "gti", "no"])
def test_files_are_sorted_by_key(source: str, root: Path) -> None:
    content = (root / "sources" / "data" / source / "figures.csv").read_bytes()
    assert b"\r" not in content
    rows = list(csv.DictReader(content.decode("utf-8").splitlines()))
    keys = [tuple(row.get(name, "") for name in KEY) for row in rows]
    assert keys == sorted(keys)


def test_documents_are_the_ones_that_were_read(shared: Path) -> None:
    for document, number in DOCUMENTS.items():
        entry = catalogue.registry().documents[document]
        content = (shared / "documents" / entry["file"]).read_bytes()
        assert entry["file"].startswith(number)
        assert hashlib.sha256(content).hexdigest() == entry["sha256"]


def forms(locator: str, value: float) -> str:
    """A pattern of how a value is written at a place: in digits, or in words."""
    if (locator, value) in WORDS:
        return re.escape(WORDS[locator, value])
    mark = "[ \N{NO-BREAK SPACE}]" if locator.startswith("004") else "[.]"
    digits = f"{value:,.0f}".replace(",", mark)
    return rf"(?<![\d.,])(?<!\d[ \N{{NO-BREAK SPACE}}]){digits}(?![.,]?\d)"


@pytest.mark.parametrize("reading", EXPECTED, ids=lambda r: f"{r.locator}-{r.value}")
def test_the_number_stands_at_its_place(reading: Reading, lines: Mapping[str, str]) -> None:
    words = QUALIFIERS.get(reading.qualifier)
    for locator in reading.locator.split("; "):
        pattern = forms(locator, reading.value)
        if words:
            pattern = rf"\b({words}) {pattern}"
        assert re.search(pattern, lines[locator], re.IGNORECASE), (locator, lines[locator])


def test_a_wrong_number_would_not_be_found(lines: Mapping[str, str]) -> None:
    assert not re.search(forms("000:21", 8), lines["000:21"])
    assert not re.search(forms("001:31", 874), lines["001:31"])
    assert not re.search(forms("004:9", 500), lines["004:9"])


def test_respondents_stand_in_the_documents(lines: Mapping[str, str]) -> None:
    for locator, digits in RESPONDENTS.items():
        assert digits in lines[locator].replace("\N{NO-BREAK SPACE}", " ")
    printed = {int(re.sub(r"\D", "", digits)) for digits in RESPONDENTS.values()}
    assert {reading.n[0] for reading in EXPECTED if reading.n} == printed


def leftover(locator: str, line: str) -> Iterator[str]:
    """Numbers of a line that are no figure of ours."""
    values = {f"{r.value:.0f}" for r in EXPECTED if locator in r.locator.split("; ")}
    line = NO_NUMBER.sub("", line.replace("\N{NO-BREAK SPACE}", " "))
    for match in re.finditer(r"\d+(?:[. ]\d{3}(?!\d))*", line):
        if re.sub(r"\D", "", match[0]) not in values:
            yield match[0]


def test_no_printed_number_was_passed_over(lines: Mapping[str, str]) -> None:
    found = {
        locator: numbers
        for locator, line in lines.items()
        if locator not in NOT_READ and (numbers := list(leftover(locator, line)))
    }
    assert found == OTHER_NUMBERS
