"""Comparisons between figures of the five documents, by address: complete rule sets.

The sets were worked out by hand, pair by pair, before there was an engine; where a worked example
is at hand in the shared papers, the metadata of the figures is held against it key by key.
"""

import csv
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from benchmark.errors import NoData
from sources import catalogue

TRUST = "DNK/dst.trust_digital_services/2023"
CHALLENGED = "DNK/dst.challenged/2023"
HELP_22, HELP_24 = "DNK/dst.help_needed/2022", "DNK/dst.help_needed/2024"
PHONE = "DNK/dst.help_channel.phone/2024"
STAFF = "DNK/dst.help_channel.staff/2024"
FAMILY = "DNK/dst.help_channel.family/2024"
FIVE_11 = "DNK/digst.digital_share.five_areas/2011"
FIVE_12 = "DNK/digst.digital_share.five_areas/2012"
MOVES_11, MOVES_12 = "DNK/digst.digital_share.moves/2011", "DNK/digst.digital_share.moves/2012"
HJORRING = "Hjørring/digst.digital_share.moves/2012"
TARGET = "DNK/digst.written_communication/2015"
POST = "DNK/digst.high_trust/2023/solution=Digital Post"
MITID = "DNK/digst.high_trust/2023/solution=MitID"
DATA_20, DATA_21 = "NOR/no.trust_personal_data/2020", "NOR/no.trust_personal_data/2021"
SELF_19 = "NOR/no.dissatisfied_self_service/2019"
SELF_21 = "NOR/no.dissatisfied_self_service/2021"
RANK_20 = "NOR/no.egov_transparency_rank/2020"
RANK_21 = "NOR/no.egov_transparency_rank/2021"
MET_DK, MET_NO = "DNK/gti.needs_met/2021", "NOR/gti.needs_met/2021"
MET_SE = "SWE/gti.needs_met/2021"
UNMET = "GTI36/gti.needs_unmet/2021"
PROBLEMS_SE, PROBLEMS = "SWE/gti.problems/2021", "GTI36/gti.problems/2021"

PAIRS = [
    (TRUST, DATA_21, "C06:N C09:C C10:C C15:C C16:N C18:C C19:C C24:C C36:C C39:I"),
    (RANK_20, RANK_21, "C29:C C30:N C32:C C34:I C39:I"),
    (HELP_22, HELP_24, "C18:C C19:C C25:I C39:I"),
    (FIVE_11, FIVE_12, "C31:C C39:I C43:I"),
    (MOVES_12, HJORRING, "C26:N C39:I"),
    (CHALLENGED, HELP_22, "C05:N C39:I"),
    (MET_SE, UNMET, "C04:N C18:I C19:C C24:I C27:I C37:I C39:I"),
    (PHONE, FAMILY, "C18:I C19:C C38:I C39:I C42:I"),
    (STAFF, FAMILY, "C18:I C19:C C38:I C39:I C42:I"),
    # 6 points between two rounded shares: the rounding is a sixth of the difference.
    (PHONE, STAFF, "C18:I C19:C C25:I C38:I C39:I C42:I"),
    (MET_DK, MET_SE, "C18:I C19:C C24:I C25:I C37:I C39:I"),
    (MET_SE, MET_NO, "C18:I C19:C C24:I C25:I C37:I C39:I"),
    (MET_DK, MET_NO, "C18:I C19:C C24:I C37:I C39:I"),
    (MOVES_11, MOVES_12, "C31:C C39:I"),
    (FIVE_12, TARGET, "C06:N C39:I"),
    (TRUST, "DNK/dst.distrust_digital_services/2023", "C04:N C18:I C38:I"),
    (PROBLEMS_SE, PROBLEMS, "C18:I C19:C C24:I C27:I C39:I"),
    (TRUST, POST, "C06:N C07:N C09:C C16:N C18:C C19:C C24:C C36:C"),
    (TRUST, MITID, "C06:N C07:N C09:C C16:N C18:C C19:C C24:C C36:C"),
    (POST, MITID, "C06:N C08:C C18:I C19:C C24:I"),
    (DATA_20, DATA_21, "C09:C C18:C C19:C C24:C C25:I C31:C C39:I"),
    (SELF_19, SELF_21, "C09:C C10:C C18:C C19:C C24:C C25:I C39:I"),
]

EXAMPLES = {
    "R001": (TRUST, DATA_21),
    "R005": (RANK_20, RANK_21),
    "R007": (HELP_22, HELP_24),
    "R009": (FIVE_11, FIVE_12),
    "R010": (FIVE_11, FIVE_12),
    "R013": (MOVES_12, HJORRING),
    "R018": (CHALLENGED, HELP_22),
    "R019": (MET_SE, UNMET),
    "R026": (PHONE, FAMILY),
}
ALPHA3 = {"DK": "DNK", "NO": "NOR", "SE": "SWE", "W36": "GTI36"}
SILENT = {"obs_status", "geo_scope", "area", "vintage", "events", "series_breaks", "wave", "topbox"}
"""Keys that a figure may carry beyond its example without taking part in its rules."""


def found(comparison: Any) -> str:
    return " ".join(f"{one.rule}:{one.severity}" for one in comparison.findings)


@pytest.mark.parametrize(("first", "second", "rules"), PAIRS)
def test_rules_of_a_pair(first: str, second: str, rules: str) -> None:
    for a, b in ((first, second), (second, first)):
        comparison = catalogue.compare(a, b)
        assert found(comparison) == rules
        verdict = "not_comparable" if ":N" in rules else "caution"
        assert comparison.verdict == verdict
        assert (comparison.difference is None) == (verdict == "not_comparable")


def test_differences_come_out_in_the_right_unit() -> None:
    fall = catalogue.compare(HELP_22, HELP_24).difference
    rise = catalogue.compare(FIVE_11, FIVE_12).difference
    assert fall is not None
    assert rise is not None
    assert (fall.value, fall.unit, fall.low, fall.high) == (-6, "pp", -7, -5)
    assert (rise.value, rise.unit) == (16, "pp")


def claim_of(address: str) -> dict[str, Any]:
    """A claim as the registry and the figure that states it give it."""
    figure = catalogue.figure(address)
    stated = {key: part for key, part in figure.indicator["claims"].items() if key != "indicator"}
    level = {"value": figure.value, "unit": figure.unit}
    return level | {"qualifier": figure.facts["qualifier"]} | stated


@pytest.mark.parametrize(
    ("claim", "severity"),
    [
        ("DNK/dst.help_needed.change/2024", "I"),
        ("DNK/digst.digital_share.five_areas.change/2012", "I"),
        ("DNK/digst.digital_transactions.change/2012", "C"),
    ],
)
def test_a_stated_change_is_held_against_the_figures(claim: str, severity: str) -> None:
    figure = catalogue.figure(claim)
    assert figure.facts["kind"] == "claim"
    start, end = figure.facts["period"].split("/")
    of = figure.indicator["claims"]["indicator"]
    before = catalogue.metadata(f"DNK/{of}/{start}")
    after = catalogue.metadata(f"DNK/{of}/{end}") | {"claim": claim_of(claim)}
    assert f"C41:{severity}" in found(catalogue.compare(before, after)).split()


@pytest.mark.parametrize("address", [HELP_24, PROBLEMS_SE])
def test_an_address_answers_with_the_measurement_before_the_claim(address: str) -> None:
    assert catalogue.figure(address).facts["kind"] == "observed"


def examples(shared: Path) -> Iterator[tuple[str, str, dict[str, Any]]]:
    with (shared / "data" / "comparability_examples.csv").open(encoding="utf-8") as file:
        rows = {row["case_id"]: row for row in csv.DictReader(file)}
    for case, addresses in EXAMPLES.items():
        for address, side in zip(addresses, ("a_meta", "b_meta"), strict=True):
            yield case, address, json.loads(rows[case][side])


def test_metadata_is_that_of_the_worked_examples(shared: Path) -> None:
    for case, address, known in examples(shared):
        claimed = known.pop("claim", None)
        known["country"] = ALPHA3[known["country"]]
        ours = dict(catalogue.metadata(address))
        if ours.get("geo_scope") == "aggregate":
            assert (ours.pop("n"), ours.pop("n_role")) == (24500, "total")
        assert {key: ours.get(key) for key in known} == known, (case, address)
        assert set(ours) - set(known) <= SILENT, (case, address)
        if claimed:
            kind = "five_areas.change" if claimed["about"] == "share" else "transactions.change"
            stated = next(a for a in CLAIMS if kind in a)
            assert claim_of(stated) == claimed, case


CLAIMS = (
    "DNK/digst.digital_share.five_areas.change/2012",
    "DNK/digst.digital_transactions.change/2012",
)


@pytest.mark.parametrize(
    ("indicator", "day", "there"),
    [
        ("digst.digital_share.moves", "2013-04-11", False),
        ("digst.digital_share.moves", "2013-04-12", True),
        ("gti.needs_met", "2021-11-01", False),
        ("gti.needs_met", "2021-11-02", True),
        ("no.trust_personal_data", "2022-12-30", False),
        ("no.trust_personal_data", "2022-12-31", True),
        ("dst.help_needed", "2025-06-29", False),
        ("dst.help_needed", "2025-06-30", True),
    ],
)
def test_figures_enter_the_cube_on_their_day(indicator: str, day: str, there: bool) -> None:
    try:
        cube = catalogue.load(as_of=day)
    except NoData:
        assert not there
    else:
        assert (indicator in cube.indicator.values) == there


def test_best_performers_targets_and_claims_stay_out_of_the_cube() -> None:
    denmark = catalogue.load().sel(country="DNK")
    assert float(denmark.value.sel(indicator="digst.digital_share.moves", year=2012)) == 64
    assert float(denmark.value.sel(indicator="dst.help_needed", year=2024)) == 18
    kept = set(denmark.indicator.values)
    assert not kept & {"digst.written_communication", "dst.help_needed.change"}


RUN = 6
"""Words in a row that no text of ours may share with a document."""


def words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text.casefold())


def texts(entry: object) -> Iterator[str]:
    if isinstance(entry, Mapping):
        for value in entry.values():
            yield from texts(value)
    elif isinstance(entry, str):
        yield entry


def test_no_sentence_of_a_document_was_copied(shared: Path) -> None:
    known = catalogue.registry()
    theirs = set()
    for document in ("000", "001", "002", "003", "004"):
        (path,) = (shared / "documents").glob(f"{document}_*.txt")
        read = words(path.read_text(encoding="utf-8"))
        theirs |= {tuple(read[k : k + RUN]) for k in range(len(read) - RUN + 1)}
    kinds = (known.indicators, known.concepts, known.notes, known.regimes, known.events)
    for text in (text for kind in kinds for text in texts(kind)):
        ours = words(text)
        runs = {tuple(ours[k : k + RUN]) for k in range(len(ours) - RUN + 1)}
        assert not runs & theirs, text
