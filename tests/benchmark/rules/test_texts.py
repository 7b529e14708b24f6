"""Every text of every rule in four languages."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

from benchmark.errors import BenchmarkError, UnknownName
from benchmark.language import term
from benchmark.rules import RULES, compare
from benchmark.rules.faces import FACES
from benchmark.rules.finding import Finding
from benchmark.rules.texts import entry, note, summary, words
from benchmark.rules.values import BASES, MODES, READERS, UNIT_CLASS
from benchmark.rules.wording import probability
from benchmark.status import HIERARCHY
from tests.benchmark.rules.cases import CASES
from tests.benchmark.rules.figures import Figure, pair
from tests.benchmark.rules.test_documents import ROWS

LANGUAGES = ("en", "da", "nb", "sv")
PARTS = ("title", "summary", "when")


@pytest.fixture(scope="module")
def texts(root: Path) -> dict[str, Any]:
    return tomllib.loads((root / "benchmark" / "data" / "rules.toml").read_text(encoding="utf-8"))


def pairs() -> Iterator[tuple[Figure, Figure]]:
    """Pairs that between them bring every sentence there is."""
    for name, a, b, _ in CASES:
        yield pair(name, a, b)
    for _, first, second, _, _ in ROWS:
        yield first, second
    exact: dict[str, Any] = {"complement_exact": True, "pool_size": 35}
    yield pair("rank", exact, {**exact, "direction": 1})
    yield pair("rank", {"complement_exact": False}, {"direction": 1})
    yield pair("rank", {"pool_size": 1, "value": 1}, {})
    yield pair("survey", {"n": None, "value": 50.0}, {"value": 49.95})
    yield pair("survey", {"n": None, "value": 50.0}, {"value": 49.9})
    claim = {"value": 30, "unit": "pp"}
    yield pair("register", {}, {"claim": claim})
    yield pair("register", {"base": "services"}, {"claim": claim})
    yield pair("register", {"base": "services"}, {"claim": {**claim, "value": 23, "sense": "down"}})


@pytest.fixture(scope="module")
def findings() -> list[Finding]:
    return [finding for a, b in pairs() for finding in compare(a, b).findings]


def test_every_rule_has_every_text(texts: dict[str, Any]) -> None:
    assert texts.keys() - {"words"} == {rule.id for rule in RULES}
    for rule in RULES:
        for part in PARTS:
            assert set(texts[rule.id][part]) == set(LANGUAGES)
        assert len(texts[rule.id]["reference"]) > 10
        assert texts[rule.id]["notes"]


def test_all_languages_fill_in_the_same(texts: dict[str, Any]) -> None:
    def places(template: str) -> set[str]:
        return {field for _, field, _, _ in Formatter().parse(template) if field}

    for rule, entries in texts.items():
        parts = entries if rule == "words" else {**entries["notes"], "when": entries["when"]}
        for name, in_languages in parts.items():
            wanted = places(in_languages["en"])
            for lang in LANGUAGES:
                assert places(in_languages[lang]) == wanted, (rule, name, lang)


def test_every_template_is_used_and_every_sentence_has_one(
    texts: dict[str, Any], findings: list[Finding]
) -> None:
    written = {(rule, name) for rule in texts if rule != "words" for name in texts[rule]["notes"]}
    used = {(one.rule, said["variant"]) for one in findings for said in one.statements}
    assert used == written


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_sentence_can_be_written(findings: list[Finding], lang: str) -> None:
    for finding in findings:
        text = finding.text(lang)
        assert text.endswith((".", '".')), text
        assert not re.search(r"[{}]|\bNone\b|\bnan\b|\binf\b|  |\.\.", text), text
        assert text[0] == text[0].upper()


def test_languages_differ(findings: list[Finding]) -> None:
    for finding in findings:
        if finding.rule != "C35":
            assert len({finding.text(lang) for lang in LANGUAGES}) == 4, finding.text()


def test_summaries_hold_no_facts(texts: dict[str, Any]) -> None:
    for rule in RULES:
        for lang in LANGUAGES:
            assert "{" not in summary(rule.id, lang)
            assert summary(rule.id, lang) == texts[rule.id]["summary"][lang]


def test_every_face_is_used(texts: dict[str, Any]) -> None:
    used = set(re.findall(r"\{\w+:(\w+)\}", str(texts)))
    assert used <= set(FACES)
    assert set(FACES) - used <= {"country", "code"}


def test_codes_have_words() -> None:
    vocabularies = {
        "unit": UNIT_CLASS,
        "base": BASES,
        "mode": MODES,
        "status": HIERARCHY,
        "field": READERS,
        "verdict": ("comparable", "caution", "not_comparable"),
        "severity": "ICN",
        "sense": ("up", "down"),
        "qualifier": ("exact", "about", "almost", "over", "up_to"),
        "source_type": ("primary", "press_release", "secondary"),
        "geo_scope": ("national", "subnational", "selected_best", "aggregate"),
    }
    for group, codes in vocabularies.items():
        for code in codes:
            for lang in LANGUAGES:
                assert term(f"{group}.{code}", lang)


@pytest.mark.parametrize("rule", ["C45", "words", ""])
def test_unknown_rule(rule: str) -> None:
    with pytest.raises(UnknownName, match="the rules are C00 to C44"):
        entry(rule)


def test_unknown_language() -> None:
    with pytest.raises(BenchmarkError, match="choose one of en, da, nb, sv"):
        summary("C00", "fi")


@pytest.mark.parametrize(
    ("rule", "facts", "text"),
    [
        ("C10", {"variant": "gap", "years": 1.0}, "1 year apart."),
        ("C10", {"variant": "gap", "years": 0.3333333}, "0.33 years apart."),
        (
            "C09",
            {"variant": "open", "a": [16, None], "b": [None, 74]},
            "Age ranges 16 and over vs up to 74: an open end leaves the overlap unknown.",
        ),
        (
            "C09",
            {"variant": "open", "a": [None, None], "b": [16, 74]},
            "Age ranges open at both ends vs 16-74: an open end leaves the overlap unknown.",
        ),
        (
            "C27",
            {"variant": "aggregate", "aggregate": "XYZ", "country": None},
            "XYZ is an aggregate that may contain country not stated; weighting not stated.",
        ),
        (
            "C40",
            {"variant": "conflict", "a": {"value": 1}, "b": {}, "source_a": None, "source_b": "s"},
            "Two values published: 1 (not stated), not stated (s).",
        ),
        (
            "C08",
            {"variant": "differ", "a": None, "b": "city"},
            "Different filter within the base: none vs city.",
        ),
        (
            "C12",
            {"variant": "overlap", "shared": "2019/2020"},
            "Periods overlap (2019-2020); the change is damped and the figures are not "
            "independent.",
        ),
    ],
)
def test_notes(rule: str, facts: dict[str, Any], text: str) -> None:
    assert note(rule, facts) == text


@pytest.mark.parametrize(
    ("p", "text"),
    [
        (1.0, "1.0"),
        (0.999, "1.0"),
        (0.5, "0.50"),
        (0.052, "0.052"),
        (0.00011, "0.00011"),
        (0.0, "< 0.0001"),
    ],
)
def test_probability(p: float, text: str) -> None:
    assert probability(p, "en") == text


def test_phrases() -> None:
    assert words("year", "sv", number="1") == "1 år"
