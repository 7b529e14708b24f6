from pathlib import Path

import pytest

from benchmark.addresses import find
from benchmark.figures import Evidence
from benchmark.rules import compare
from benchmark.rules.alternatives import Alternative, alternatives
from benchmark.rules.labels import labels
from tests.benchmark import small

NORWAY: dict[str, object] = {"country": "NOR"}


def year(year: int, **more: object) -> dict[str, object]:
    return {"period": str(year), "year": year, "wave": str(year), **more}


@pytest.fixture
def evidence(tmp_path: Path) -> Evidence:
    place: dict[str, object] = {"indicator": "survey.place", "n": None, "n_role": "", "decimals": 0}
    three = {**place, "pool": "three"}
    return small.evidence(
        tmp_path,
        year(2023),
        year(2021, value=70),
        year(2021, **NORWAY, value=60),
        year(2015, **NORWAY, value=50),
        year(2022, **NORWAY, value=61, confidence="low"),
        year(2023, **NORWAY, value=62, breakdown="age=65-89"),
        year(2023, country="SWE", value=90),
        year(2023, **three, value=1),
        year(2023, **three, **NORWAY, value=3),
        year(2023, **{**place, "pool": "four"}, country="SWE", value=4),
        year(2019, **three, **NORWAY, value=2),
    )


def found(evidence: Evidence, a: str, b: str, most: int = 3) -> list[Alternative]:
    return list(alternatives(evidence, find(evidence, a), find(evidence, b), most))


def test_the_same_concept_in_a_nearer_year(evidence: Evidence) -> None:
    first, *others = found(evidence, "DNK/survey.trust/2023", "NOR/survey.trust/2015")
    assert (first.a, first.b) == ("DNK/survey.trust/2021", "NOR/survey.trust/2021")
    assert (first.verdict, first.reason) == ("comparable", "concept")
    assert all("2015" not in one.b for one in others)
    assert first.text("sv") == (
        "Förtroende, Danmark 2021 [DNK/survey.trust/2021] med Förtroende, Norge 2021 "
        "[NOR/survey.trust/2021]: jämförbar (samma begrepp)"
    )
    assert str(first) == first.text("en")


def test_the_order_asked_for_is_kept(evidence: Evidence) -> None:
    first = found(evidence, "NOR/survey.trust/2015", "DNK/survey.trust/2023")[0]
    assert (first.a, first.b) == ("NOR/survey.trust/2021", "DNK/survey.trust/2021")


def test_neither_other_places_nor_doubtful_or_partial_figures(evidence: Evidence) -> None:
    addresses = {
        address
        for one in found(evidence, "DNK/survey.trust/2023", "NOR/survey.trust/2015", 99)
        for address in (one.a, one.b)
    }
    assert addresses == {"DNK/survey.trust/2023", "DNK/survey.trust/2021", "NOR/survey.trust/2021"}


def test_the_same_pool(evidence: Evidence) -> None:
    first = found(evidence, "DNK/survey.place/2023", "NOR/survey.place/2019")[0]
    assert (first.a, first.b) == ("DNK/survey.place/2023", "NOR/survey.place/2023")
    assert first.reason == "pool"


def test_two_countries_are_best_told_of_one_year(tmp_path: Path) -> None:
    one_wave: dict[str, object] = {"wave": "1"}
    evidence = small.evidence(
        tmp_path,
        year(2017, **one_wave),
        *(year(when, **NORWAY, **one_wave, value=60) for when in (2017, 2018, 2023)),
    )
    first, second = found(evidence, "DNK/survey.trust/2017", "NOR/survey.trust/2023")[:2]
    assert first.verdict == second.verdict == "comparable"
    assert (first.b, second.b) == ("NOR/survey.trust/2017", "NOR/survey.trust/2018")


def test_each_is_better_and_judged_alike_alone(evidence: Evidence) -> None:
    from benchmark.metadata import metadata

    for one in found(evidence, "DNK/survey.trust/2023", "NOR/survey.trust/2015", 99):
        alone = compare(*(metadata(evidence, find(evidence, end)) for end in (one.a, one.b)))
        assert alone.verdict == one.verdict != "not_comparable"


def test_nothing_is_better_than_comparable(evidence: Evidence) -> None:
    assert found(evidence, "SWE/survey.place/2023", "SWE/survey.trust/2023") == []


def test_no_more_than_asked_for(evidence: Evidence) -> None:
    assert len(found(evidence, "DNK/survey.trust/2023", "NOR/survey.trust/2015", 1)) == 1


def test_labels_are_titles_of_the_registry(evidence: Evidence) -> None:
    known = labels(evidence.registry)
    assert known["trust.services"]["da"] == "Tillid"
    assert known["survey"]["sv"] == "Undersökning"
    assert known["age=65-89"]["en"] == "65-89"
