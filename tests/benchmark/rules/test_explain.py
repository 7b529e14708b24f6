from dataclasses import replace

import pytest

from benchmark.errors import UnknownName
from benchmark.rules import RULES, Thresholds, explain_rule

LANGUAGES = ("en", "da", "nb", "sv")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("rule", [rule.id for rule in RULES])
def test_every_rule_is_explained(rule: str, lang: str) -> None:
    told = explain_rule(rule, lang)
    assert told.id == rule
    for label, text in told.lines():
        assert label
        assert text
        assert "{" not in text
    assert told.text().startswith(f"{rule} {told.name}: {told.title}\n{told.summary}\n")
    assert set(told.to_dict()) >= {"looks_at", "root", "severity", "reference", "summary"}


def test_what_is_told_of_ages() -> None:
    told = explain_rule("c09")
    assert told.looks_at == "age range, base, survey or programme and wave"
    assert told.severity == "note, caution, not comparable"
    assert told.root == "concepts and definitions"
    assert "from 95%, a note; from 50%, caution" in told.when
    assert str(told) == told.text()


def test_thresholds_are_the_ones_in_use() -> None:
    config = replace(Thresholds(), gap_caution=5.0)
    assert "up to 5, caution" in explain_rule("C10", "en", config).when
    assert "op til 0,25 år" in explain_rule("C10", "da", config).when


def test_unknown_rule() -> None:
    with pytest.raises(UnknownName, match="no rule 'C99'"):
        explain_rule("C99")
