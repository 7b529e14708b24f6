"""The rules explained: complete, in four languages, with examples that are compared for real."""

import json
import re
from pathlib import Path

import pytest

from benchmark.errors import UnknownName
from benchmark.rules import RULES
from benchmark.schema import LANGUAGES
from comparisons import examples
from comparisons.cli.examples import text
from comparisons.rules import rules
from sources.catalogue import evidence

IDS = [rule.id for rule in RULES]


def test_every_rule_has_an_example_and_no_other_has() -> None:
    assert list(examples.pairs()) == IDS
    assert list(examples.found()) == IDS
    assert [rule.id for rule in rules().rules] == IDS


def test_examples_are_what_comparing_the_figures_gives(root: Path) -> None:
    kept = (root / "comparisons" / examples.FOUND).read_text("utf-8")
    advice = "run python -m comparisons.cli.examples"
    assert json.loads(kept) == json.loads(text()), advice
    assert kept == text(), advice


@pytest.mark.parametrize("rule", IDS)
def test_an_example_shows_its_rule(rule: str) -> None:
    example = examples.compared(evidence(), rule)
    severities = next(one.grades for one in RULES if one.id == rule)
    assert example["severity"] in severities
    assert set(example["note"]) == set(LANGUAGES)
    assert all(example["note"].values())


def test_most_examples_are_published_figures_as_they_stand() -> None:
    made_up = [rule for rule, one in examples.found().items() if one["made_up"]]
    assert 2 * len(made_up) < len(IDS)
    assert {"C06", "C16", "C30", "C26", "C04"}.isdisjoint(made_up)
    book = str(rules())
    assert book.count("made up from published figures") == len(made_up)


def test_an_example_that_does_not_show_its_rule_is_noticed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pair = {"C30": {"a": "DNK/dst.help_needed/2022", "b": "DNK/dst.help_needed/2024"}}
    monkeypatch.setattr(examples, "pairs", lambda: pair)
    with pytest.raises(KeyError):
        examples.compared(evidence(), "C30")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("format", ["text", "md", "html"])
def test_a_rule_is_told_in_full(lang: str, format: str) -> None:
    book = rules("C16", lang)
    told = re.sub(r"\s+", " ", book.render(format).replace("\\", ""))
    rule = book.rules[0]
    for part in (rule.id, rule.name, rule.title, rule.looks_at, rule.reference, rule.root):
        assert part in told
    assert examples.found()["C16"]["a"] in told
    assert "78" in told


def test_case_does_not_matter() -> None:
    assert rules("c16").rules == rules("C16").rules


def test_the_page_is_one_part_a_rule() -> None:
    page = rules().render("md")
    assert re.findall(r"^## (C\d\d)", page, re.MULTILINE) == IDS
    assert page.startswith("# The comparability rules\n")


def test_docs_hold_the_page(root: Path) -> None:
    page = root / "docs" / "rules.md"
    if not page.is_file():
        pytest.skip("docs/rules.md is written by `make docs`")
    assert page.read_text("utf-8") == rules().render("md"), "run make docs"


def test_plain_data() -> None:
    book = rules("C30", "sv")
    told = json.loads(json.dumps(book.to_dict()))
    assert told["rules"][0]["example"]["note"]["sv"]
    assert {tuple(row) for row in rules().rows()} == {tuple(book.rows()[0])}


def test_in_a_notebook() -> None:
    told = rules("C30")._repr_html_()
    assert "<section" in told
    assert repr(rules("C30")) == str(rules("C30"))


def test_unknown_rules_languages_and_formats() -> None:
    with pytest.raises(UnknownName, match="C99"):
        rules("C99")
    with pytest.raises(UnknownName, match="'xx'"):
        rules("C16", "xx")
    with pytest.raises(UnknownName, match="pdf"):
        rules("C16").render("pdf")
