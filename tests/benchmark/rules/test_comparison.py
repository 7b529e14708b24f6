"""What is said of a pair: difference, sentence, text, HTML, plain data."""

import json
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest

from benchmark.errors import BenchmarkError
from benchmark.rules import Comparison, Thresholds, compare
from tests.benchmark.rules.figures import PAIRS, pair
from tests.benchmark.rules.test_documents import HELP, HELP_2024

LANGUAGES = ("en", "da", "nb", "sv")


def difference(name: str, a: dict[str, Any], b: dict[str, Any]) -> dict[str, Any]:
    found = compare(*pair(name, a, b)).difference
    assert found is not None
    return found.to_dict()


@pytest.mark.parametrize(
    ("name", "a", "b", "value", "unit"),
    [
        ("register", {}, {}, 23.0, "pp"),
        ("register in time", {}, {}, 25.0, "pp"),
        ("score", {}, {}, 15.3, "points"),
        ("rank", {}, {}, -5.0, "places"),
        ("rank in time", {}, {}, 4.0, "places"),
        ("register", {}, {"unit": "fraction", "value": 0.41, "decimals": 3}, 23.0, "pp"),
        ("score", {}, {"unit": "index_0_1", "value": 0.7, "decimals": 3}, 15.4, "points"),
        (
            "score",
            {"unit": "index_0_1", "value": 0.98, "decimals": 4},
            {"unit": "index_0_1", "value": 0.97, "decimals": 4},
            0.01,
            "index_points",
        ),
        ("register", {"unit": "pp"}, {"unit": "pp"}, 23.0, "pp"),
        ("register", {"unit": "rel_change_percent"}, {"unit": "rel_change_percent"}, 23.0, "pp"),
        ("register", {"unit": "count"}, {"unit": "count"}, 23.0, "count"),
        (
            "register",
            {"unit": "net_points", "value": -10},
            {"unit": "net_points", "value": 5},
            -15.0,
            "pp",
        ),
        (
            "register",
            {"complement_exact": True},
            {"complement_exact": True, "direction": -1},
            5.0,
            "pp",
        ),
    ],
)
def test_difference_and_its_unit(
    name: str, a: dict[str, Any], b: dict[str, Any], value: float, unit: str
) -> None:
    found = difference(name, a, b)
    assert (found["value"], found["unit"]) == (pytest.approx(value), unit)
    assert found["kind"] == ("change" if "time" in name else "gap")


def test_a_change_is_later_minus_earlier_whatever_the_order() -> None:
    one, other = compare(HELP, HELP_2024).difference, compare(HELP_2024, HELP).difference
    assert one == other
    assert one is not None
    assert (one.value, one.low, one.high, one.kind) == (-6.0, -7.0, -5.0, "change")


def test_a_gap_is_first_minus_second() -> None:
    a, b = PAIRS["register"]
    one, other = compare(a, b).difference, compare(b, a).difference
    assert one is not None
    assert other is not None
    assert one.value == -other.value == 23.0


def test_rounding_bounds() -> None:
    found = difference("register", {"decimals": 0}, {"decimals": 1})
    assert (found["low"], found["high"], found["bound_decimals"]) == (22.45, 23.55, 2)
    assert "low" not in difference("rank", {}, {})
    assert "low" not in difference("register", {"unit": "count"}, {"unit": "count"})


def test_sampling_interval_is_newcombes() -> None:
    found = difference(
        "survey", {"value": 80.0, "n": 70, "deff": 1}, {"value": 60.0, "n": 80, "deff": 1}
    )
    assert (found["sampling_low"], found["sampling_high"]) == pytest.approx((5.24, 33.39), abs=5e-3)


def test_sampling_interval_turns_with_the_change() -> None:
    found = difference("survey in time", {"value": 91.2}, {"value": 85.0})
    assert found["sampling_low"] < found["value"] == -6.2 < found["sampling_high"] < 0


def test_sampling_interval_of_one_question_adds_the_errors() -> None:
    same = {"country": "DK", "concept": "uptake.other", "value": 40.0, "n": 1000, "deff": 1}
    found = difference("survey", {"value": 60.0, "n": 1000, "deff": 1}, same)
    error = (0.24 / 1000) ** 0.5
    assert found["sampling_high"] - 20 == pytest.approx(100 * 1.959964 * 2 * error)


@pytest.mark.parametrize(
    ("name", "change"), [("survey", {"n": None}), ("survey", {"n_role": "total"}), ("register", {})]
)
def test_no_sampling_interval_without_samples(name: str, change: dict[str, Any]) -> None:
    assert "sampling_low" not in difference(name, change, {})


def test_no_difference_where_a_reversal_has_no_meaning() -> None:
    exact = {"complement_exact": True}
    found = compare(*pair("rank", exact, {**exact, "direction": 1}))
    assert found.rules == {"C03": "I"}
    assert found.difference is None
    assert "declared the exact opposite" in found.text()


SENTENCES = {
    "en": (
        "Comparable with caution: Denmark 2022, 24%; Denmark 2024, 18%. "
        "From Denmark 2022 to Denmark 2024: -6 percentage points, "
        "between -7.0 and -5.0 allowing for rounding."
    ),
    "da": (
        "Sammenlignelig med forbehold: Danmark 2022, 24 %; Danmark 2024, 18 %. "
        "Fra Danmark 2022 til Danmark 2024: -6 procentpoint, "
        "mellem -7,0 og -5,0, når der tages højde for afrunding."
    ),
    "nb": (
        "Sammenlignbar med forbehold: Danmark 2022, 24 %; Danmark 2024, 18 %. "
        "Fra Danmark 2022 til Danmark 2024: -6 prosentpoeng, "
        "mellom -7,0 og -5,0 når det tas hensyn til avrunding."
    ),
    "sv": (
        "Jämförbar med försiktighet: Danmark 2022, 24 %; Danmark 2024, 18 %. "
        "Från Danmark 2022 till Danmark 2024: -6 procentenheter, "
        "mellan -7,0 och -5,0 med hänsyn till avrundning."
    ),
}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_sentence(lang: str) -> None:
    said = compare(HELP, HELP_2024).sentence(lang).replace("\u00a0", " ")
    assert said == SENTENCES[lang]


@pytest.mark.parametrize(
    ("name", "a", "b", "said"),
    [
        ("rank", {}, {}, "Denmark 2022, 6th of 35 countries; Norway 2022, 11th of 35 countries."),
        ("rank", {}, {}, "Denmark 2022 against Norway 2022: 5 places better."),
        ("rank in time", {}, {}, "From Denmark 2022 to Denmark 2023: 4 places poorer."),
        ("rank in time", {}, {"value": 5}, "1 place better."),
        ("rank in time", {}, {"value": 6}, "same place."),
        ("score", {}, {}, "70.1 (score from 0 to 100)"),
        ("register", {}, {"value": 63.0}, "+1.0 percentage points"),
        ("register", {"decimals": 0}, {"value": 63.0, "decimals": 0}, "+1 percentage point,"),
        ("register", {"period": None}, {}, "Denmark (year not stated), 64.0%"),
        ("register", {"country": None}, {}, "country not stated 2022, 64.0%"),
        ("register", {"value": None}, {}, "Denmark 2022, not stated"),
        ("register", {"unit": None}, {}, "64.0 (not stated)"),
        ("register", {"unit": "furlongs"}, {}, "64.0 (furlongs)"),
        ("register", {}, {"country": "DK"}, "Denmark 2022 (64.0%) minus Denmark 2022 (41.0%)"),
        ("register", {}, {"country": "DK", "value": 64.0}, "Denmark 2022 (64.0%, A) minus Denmark"),
        (
            "register",
            {"period": "2012-09/2012-11"},
            {"period": "2012-09/2012-11"},
            "Denmark 2012-09 to 2012-11",
        ),
        ("register", {"area": "Aarhus", "geo_scope": "subnational"}, {}, "Aarhus, Denmark 2022"),
        ("survey", {}, {}, "95% sampling interval 0.5 to 5.4."),
    ],
)
def test_said_in_english(name: str, a: dict[str, Any], b: dict[str, Any], said: str) -> None:
    assert said in compare(*pair(name, a, b)).sentence()


def test_text_is_all_there_is_to_say() -> None:
    comparison = compare(HELP, HELP_2024)
    lines = comparison.text().splitlines()
    assert lines[2].startswith("- C18 (caution): Not stated for")
    assert [line[2:5] for line in lines[2:-1]] == list(comparison.rules)
    assert lines[-1].startswith("Thresholds")
    assert str(comparison) == repr(comparison) == comparison.text()


def test_alternatives_are_part_of_every_face() -> None:
    refused = compare(*pair("register", {}, {"base": "services"}))
    advised = replace(refused, alternatives=("DNK/a/2021 <b>",))
    assert "What could be compared instead:\n- DNK/a/2021 <b>" in advised.text()
    assert "<li>DNK/a/2021 &lt;b&gt;</li>" in advised.html()
    assert advised.to_dict()["alternatives"] == ["DNK/a/2021 <b>"]
    assert "instead" not in refused.text()


def test_labels_replace_ids() -> None:
    labels = {
        "uptake.share_moves": {lang: f"Moves {lang}" for lang in LANGUAGES},
        "scorecard": {lang: f"Scorecard {lang}" for lang in LANGUAGES},
    }
    a, b = pair("register in time", {"underlying": "u"}, {"underlying": "u"})
    assert "Scorecard sv (u)" in compare(a, b, labels=labels).text("sv")
    related = compare(a, {**b, "concept": "uptake.x"}, labels=labels)
    assert "Moves da over for uptake.x" in related.text("da")
    assert related == compare(a, {**b, "concept": "uptake.x"})


class Outline(HTMLParser):
    """Checks that elements close in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("lang", LANGUAGES)
def test_html(lang: str) -> None:
    comparison = compare(HELP, HELP_2024)
    outline = Outline()
    outline.feed(comparison.html(lang))
    assert outline.open == []
    assert not {"script", "link", "img"} & set(outline.seen)
    assert "\u22126" in comparison.html(lang)
    assert f'lang="{lang}"' in comparison.html(lang)
    assert comparison._repr_html_() == comparison.html("en")


def test_html_is_escaped() -> None:
    evil = "<script>alert(1)</script>"
    a, b = pair("survey", {"scale": evil, "concept": f'uptake."{evil}'}, {"programme": evil})
    html = compare(a, b).html()
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_plain_data() -> None:
    a, b = pair(
        "register in time",
        {"series_breaks": [2010], "age": [15, None], "obs_status": ["P"]},
        {"events": [{"date": "2022-06-01", "title": {"en": "Law", "da": "Lov"}}]},
    )
    comparison = compare(a, b)
    data = json.loads(json.dumps(comparison.to_dict("da"), allow_nan=False))
    assert data["verdict"] == "comparable"
    assert data["a"]["country"] == "DNK"
    assert data["a"]["age"] == [15, None]
    assert data["b"]["events"] == [{"date": "2022-06-01", "title": {"da": "Lov", "en": "Law"}}]
    assert data["thresholds"] == dict(Thresholds().to_dict())
    event = data["findings"][-1]
    assert event["facts"] == {"variant": "event", "event": data["b"]["events"][0]}
    assert event["note"] == "Mellem de to målinger: Lov (2022-06-01)."
    assert comparison.findings[-1].text("sv").endswith("Law (2022-06-01).")


def test_facts_of_several_sentences() -> None:
    a, b = pair("survey", {"question": None}, {"scale": None, "dk": None})
    finding = compare(a, b).findings[0]
    assert finding.facts["fields"] == ["question"]
    assert finding.facts["also"][0]["fields"] == ["scale", "dk"]
    assert str(finding).startswith("C18 C: Not stated for Denmark 2023: question wording. Not")


def test_an_unknown_language() -> None:
    with pytest.raises(BenchmarkError, match="de"):
        compare(*PAIRS["rank"]).text("de")


def test_numbers_use_the_marks_of_the_language() -> None:
    a, b = pair("survey", {"n": None, "value": 50.0}, {"value": 49.0})
    note = compare(a, b).findings[0].text("da")
    assert "mindst 28.806 respondenter, eller 35.562" in note


def test_a_comparison_can_be_replaced_in_part() -> None:
    found = compare(*PAIRS["rank"])
    assert isinstance(replace(found, alternatives=()), Comparison)
