"""What may be said of international figures, by address: complete rule sets, worked out by hand."""

import numpy as np
import pytest

from benchmark.metadata import metadata
from sources import catalogue

TRUST = "oecd.trust_national_government"
USE, LETTERS = "eurostat.egov_use", "eurostat.egov_use.received_communication"
EU = "EU27_2020"

PAIRS = {
    # The index of 2010 has other weights and other components: never joined to a later one.
    ("DNK/un.egdi/2010", "DNK/un.egdi/2012"): "C30:N C39:I",
    ("DNK/un.egdi/2010", "DNK/un.egdi/2018"): "C30:N C39:I",
    ("DNK/un.egdi/2010", "NOR/un.egdi/2012"): "C10:C C30:N C39:I",
    ("NOR/un.egdi_rank/2010", "NOR/un.egdi_rank/2012"): "C28:C C30:N C39:I",
    # E-participation is no part of the index; of its method nothing is known to have changed.
    ("DNK/un.e_participation/2010", "DNK/un.e_participation/2012"): "C31:C C39:I",
    # Later editions are relative to their own members: with caution, as method versions.
    ("DNK/un.egdi/2016", "DNK/un.egdi/2018"): "C31:C C39:I",
    ("NOR/un.egdi_rank/2016", "NOR/un.egdi_rank/2018"): "C31:C C33:I C39:I",
    ("DNK/un.egdi/2018", "NOR/un.egdi/2018"): "C39:I",
    ("DNK/un.egdi_rank/2018", "NOR/un.egdi_rank/2018"): "C33:I C39:I",
    ("ISL/un.egdi_rank/2022", "SWE/un.egdi_rank/2022"): "C33:I",
    ("DNK/un.egdi_rank/2024", "EST/un.egdi_rank/2024"): "C32:C C33:I C39:I",
    ("DNK/un.egdi/2018", "DNK/un.egdi.online_services/2018"): "C06:N C38:I C39:I",
    ("DNK/un.egdi/2018", "DNK/un.egdi_rank/2018"): "C01:N C39:I",
    ("LBY/un.egdi/2012", "DNK/un.egdi/2012"): "C35:N C39:I",
    # Two indices of digital government are two things.
    ("DNK/oecd.dgi/2022", "DNK/un.egdi/2022"): "C06:N C11:C C39:I",
    ("DNK/oecd.dgi/2022", "DNK/egov.overall/2022"): "C05:N C39:I",
    ("DNK/oecd.dgi/2022", "NOR/oecd.dgi/2022"): "C39:I",
    ("DNK/oecd.dgi/2022", "DNK/oecd.dgi.user_driven/2022"): "C06:N C38:I C39:I",
    ("DNK/oecd.dgi_rank/2022", "NOR/oecd.dgi_rank/2022"): "C33:I C39:I",
    # OECD: countries compare inside a wave and with themselves; the two averages do not.
    (f"NOR/{TRUST}/2023", f"SWE/{TRUST}/2023"): "C18:I C19:C C24:I C25:I C37:I",
    (f"NOR/{TRUST}/2023", f"FIN/{TRUST}/2023"): "C09:C C18:C C19:C C24:I C25:C C37:I",
    (f"NOR/{TRUST}/2021", f"NOR/{TRUST}/2023"): "C09:C C18:C C19:C C24:C C31:C",
    (f"NOR/{TRUST}/2023", f"OECD30/{TRUST}/2023"): "C18:I C19:C C24:I C25:I C27:I C37:I",
    (f"OECD22/{TRUST}/2021", f"NOR/{TRUST}/2021"): "C18:I C19:C C24:I C27:I C37:I",
    (
        f"OECD22/{TRUST}/2021",
        f"OECD30/{TRUST}/2023",
    ): "C09:C C10:C C18:C C19:C C24:C C30:N C37:I",
    # 64 and 77: a graded answer and a yes.
    (
        f"NOR/{TRUST}/2021",
        "NOR/gallup.confidence_national_government/2021",
    ): "C09:C C14:C C16:N C18:C C19:C C24:C C36:C C39:I",
    # Eurostat: Nordic countries compare; the revision of 2022 and the denominator do not let pass.
    (f"DNK/{USE}/2023", f"NOR/{USE}/2023"): "C18:I C19:C C24:I C25:C C39:I",
    (f"DNK/{USE}/2024", f"SWE/{USE}/2024"): "C18:I C19:C C24:I C39:I",
    (f"DNK/{USE}/2013", f"SWE/{USE}/2013"): "C18:I C19:C C24:I C25:I C39:I",
    (f"DNK/{USE}/2013", f"DNK/{USE}/2023"): "C14:C C18:C C19:C C24:C C30:N C39:I",
    (f"DNK/{USE}/2013", f"NOR/{USE}/2023"): "C10:N C14:C C18:C C19:C C24:C C30:N C39:I",
    (f"{EU}/{USE}/2025", f"{EU}/desi.egov_users/2025"): "C07:N C18:C C19:C C24:C C38:I C39:I",
    (f"DNK/{USE}/2024", "DNK/desi.egov_users/2025"): "C07:N C18:C C19:C C24:C C39:I",
    (f"{EU}/{USE}/2023@2024-09", f"{EU}/{USE}/2023@2025-02"): "C18:I C19:C C24:I C25:C C38:I C39:I",
    # Letters from authorities: Norway breaks in 2024, the EU does not.
    (f"NOR/{LETTERS}/2023", f"NOR/{LETTERS}/2024"): "C18:C C19:C C24:C C30:N C39:I",
    (f"NOR/{LETTERS}/2023", f"NOR/{LETTERS}/2025"): "C18:C C19:C C24:C C30:N C39:I",
    (f"NOR/{LETTERS}/2024", f"NOR/{LETTERS}/2025"): "C18:C C19:C C24:C C39:I",
    (f"{EU}/{LETTERS}/2023", f"{EU}/{LETTERS}/2024"): "C18:C C19:C C24:C C25:I C39:I",
    # Purposes are answers to one question, several allowed; any purpose is no such answer.
    (
        "NOR/eurostat.egov_use.forms/2024",
        "NOR/eurostat.egov_use.benefits/2024",
    ): "C18:I C19:C C24:I C38:I C39:I C42:I",
    (
        "NOR/eurostat.egov_use.forms/2024",
        f"NOR/{USE}/2024",
    ): "C06:N C18:I C19:C C24:I C38:I C39:I",
    ("DNK/desi.digital_public_services/2022", "SWE/desi.digital_public_services/2022"): "",
    ("DNK/desi.digital_public_services/2022", "DNK/egov.digital_decade.citizens/2025"): "C05:N",
    # Swedish trust against Danish trust: other answers count.
    (
        "SWE/okta.trust_digital_services/2021",
        "DNK/dst.trust_digital_services/2023",
    ): "C09:C C10:C C13:C C14:C C15:C C16:N C18:C C24:C C36:C C39:I",
    (
        "SWE/okta.trust_digital_services/2021",
        "SWE/okta.distrust_digital_services/2021",
    ): "C04:N C18:I C24:I C38:I C39:I",
    (
        "SWE/svenskarna.services_easier/2019",
        "SWE/svenskarna.services_harder/2019",
    ): "C04:N C18:I C19:C C24:I C38:I C39:I",
    ("SWE/okta.no_problems/2021", "SWE/gti.problems/2021"): (
        "C04:N C07:N C09:C C10:C C14:C C18:C C19:C C24:C C36:C C39:I"
    ),
}


@pytest.mark.parametrize(("pair", "rules"), PAIRS.items(), ids=lambda part: str(part))
def test_rules_of_a_pair(pair: tuple[str, str], rules: str) -> None:
    verdict = "not_comparable" if ":N" in rules else "caution" if ":C" in rules else "comparable"
    for a, b in (pair, pair[::-1]):
        comparison = catalogue.compare(a, b)
        assert " ".join(f"{one.rule}:{one.severity}" for one in comparison.findings) == rules
        assert comparison.verdict == verdict
        assert (comparison.difference is None) == (verdict == "not_comparable")


@pytest.mark.parametrize(
    ("first", "second", "value", "unit"),
    [
        (f"NOR/{TRUST}/2021", f"NOR/{TRUST}/2023", -16, "pp"),
        (f"SWE/{TRUST}/2021", f"SWE/{TRUST}/2023", 4, "pp"),
        (f"DNK/{USE}/2023", f"DNK/{USE}/2024", 0.5, "pp"),
        ("NOR/un.egdi_rank/2016", "NOR/un.egdi_rank/2018", -4, "places"),
        ("DNK/un.egdi/2016", "DNK/un.egdi/2018", 0.06398, "index_points"),
    ],
)
def test_differences(first: str, second: str, value: float, unit: str) -> None:
    difference = catalogue.compare(first, second).difference
    assert difference is not None
    assert (difference.value, difference.unit) == (pytest.approx(value), unit)


def test_no_pair_of_editions_joins_2010_to_a_later_one() -> None:
    for indicator in ("un.egdi", "un.egdi_rank", "un.egdi.human_capital"):
        for later in (2012, 2014, 2016, 2018):
            found = catalogue.compare(f"FIN/{indicator}/2010", f"FIN/{indicator}/{later}")
            assert "C30" in {one.rule for one in found.findings}


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("DNK/un.egdi/2024", "0.9992"),
        ("ISL/un.egdi/2024", "0.831 for 2018, where the published index is 0.8316"),
        ("ISL/un.egdi/2018", "0.831"),
        ("EST/un.egdi.telecommunication/2014", "0.7734"),
        ("ISL/un.egdi_rank/2022", "share the fifth place"),
        ("LBY/un.egdi/2012", "missing, not nought"),
        (f"OECD22/{TRUST}/2021", "2.4 percentage points"),
        ("NOR/gallup.confidence_national_government/2021", "64%"),
        (f"NOR/{LETTERS}/2024", "57.6 to 91.4%"),
        ("EST/oecd.glance_satisfaction_administrative/2023", "63%"),
        ("DNK/desi.egov_users/2025", "76.03 against 71.9%"),
        ("NOR/desi.rank/2021", "Behind Denmark, Finland, Sweden and the Netherlands"),
    ],
)
def test_contradictions_and_limits_are_told_with_the_figure(address: str, said: str) -> None:
    assert any(said in text for _, text in catalogue.explain(address).lines)


def test_a_later_news_item_wins_over_an_earlier_one() -> None:
    assert catalogue.figure(f"{EU}/{USE}/2023").value == 69.3
    assert catalogue.figure(f"{EU}/{USE}/2023@2024-09").value == 69


@pytest.mark.parametrize(
    ("address", "years"),
    [
        ("DNK/un.egdi/2018", [2012]),
        ("DNK/un.egdi_rank/2018", [2012]),
        ("DNK/un.e_participation/2018", None),
        (f"DNK/{USE}/2023", [2022]),
        ("NOR/eurostat.egov_interaction/2023", [2022]),
        (f"NOR/{LETTERS}/2023", [2024]),
        (f"{EU}/{LETTERS}/2023", None),
        ("DNK/desi.digital_public_services/2022", [2023]),
    ],
)
def test_breaks_are_declared_by_year(address: str, years: list[int] | None) -> None:
    assert catalogue.metadata(address).get("series_breaks") == years


def test_two_articles_on_one_index_contradict_each_other() -> None:
    held = catalogue.evidence()
    table = held.figures
    there = (table["indicator"] == "un.egdi") & (table["country"] == "DNK")
    rows = np.flatnonzero(there & (table["year"] == 2024))
    one, other = (metadata(held, int(row)) for row in rows)
    found = catalogue.compare(one, other)
    assert {one["value"], other["value"]} == {0.9847, 0.9992}
    assert "C40:C" in {f"{finding.rule}:{finding.severity}" for finding in found.findings}
