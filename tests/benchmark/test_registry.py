from pathlib import Path

import pytest

from benchmark.errors import InvalidRegistry, UnknownName
from benchmark.registry import fingerprint, read
from tests.benchmark.small import REGISTRY, registry


def test_inheritance_lays_the_heir_over_its_parent(tmp_path: Path) -> None:
    entry = registry(tmp_path).indicator("survey.trust")
    assert entry["unit"] == "percent"
    assert entry["facts"] == {"attitudinal": True, "scale": "five", "question": "trust"}
    assert "inherits" not in entry


def test_variants_take_the_title_of_their_base(tmp_path: Path) -> None:
    entry = registry(tmp_path).indicator("survey.trust.annual")
    assert entry["title"]["da"] == "Tillid, et år"
    assert entry["facts"]["base_filter"] == "one_year"
    assert entry["facts"]["question"] == "trust"
    assert entry["variant_of"] == "survey.trust"


def test_an_unknown_name_is_answered_with_near_ones(tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match=r"did you mean survey\.trust"):
        registry(tmp_path).indicator("survey.thrust")


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('unit = "percent"', 'unit = "per cent"', "per cent"),
        ('base = "residents"', 'bass = "residents"', "bass"),
        ('inherits = "share"', 'inherits = "shares"', "inherits unknown 'shares'"),
        ('variants = ["annual"]', 'variants = ["yearly"]', "unknown variant 'yearly'"),
        ('quotes = "survey.trust"', 'quotes = "survey.gone"', "quotes 'survey.gone' is not among"),
        ('concept = "trust.rank"', 'concept = "trust.gone"', "concept 'trust.gone' is not among"),
        ('["survey.*"]', '["other.*"]', "'other.*' matches no indicator"),
        ("size = 3", "size = 5", "size 5 but 3 members"),
        ('sv = "Förtroende"}\n[concepts', 'sw = "Förtroende"}\n[concepts', "sv"),
        ("direction = -1", "direction = 0", "0"),
        ('programme = "survey"\nfacts', 'programme = "poll"\nfacts', "programme 'poll'"),
        ("[notes.remark]", "[remarks.remark]", "remarks"),
        ('description = {en = "d", da = "d", nb = "d", sv = "d"}', "", "lacks description"),
        ("[families.trust]", "[families.trust", "not valid TOML"),
    ],
)
def test_a_broken_entry_is_named(tmp_path: Path, old: str, new: str, complaint: str) -> None:
    assert old in REGISTRY
    with pytest.raises(InvalidRegistry) as caught:
        registry(tmp_path, REGISTRY.replace(old, new, 1))
    assert complaint in str(caught.value)


def test_all_offenders_are_named_at_once(tmp_path: Path) -> None:
    text = REGISTRY.replace('unit = "percent"', 'unit = "parts"').replace("size = 3", 'size = "3"')
    with pytest.raises(InvalidRegistry) as caught:
        registry(tmp_path, text)
    assert "templates.share.unit" in str(caught.value)
    assert "pools.three.size" in str(caught.value)


def test_inheriting_in_a_circle_is_an_error(tmp_path: Path) -> None:
    text = REGISTRY.replace("[templates.share]", '[templates.share]\ninherits = "survey.trust"')
    with pytest.raises(InvalidRegistry, match="inherits in a circle"):
        registry(tmp_path, text)


def test_an_entry_defined_in_two_files_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(REGISTRY, encoding="utf-8")
    (tmp_path / "b.toml").write_text("[documents.report]\n", encoding="utf-8")
    with pytest.raises(InvalidRegistry, match=r"b\.toml: documents\.report is already defined in"):
        read([tmp_path])


def test_a_folder_is_read_in_order_of_name(tmp_path: Path) -> None:
    head, tail = REGISTRY.split("[documents.report]")
    (tmp_path / "one.toml").write_text(head, encoding="utf-8")
    (tmp_path / "two.toml").write_text("[documents.report]" + tail, encoding="utf-8")
    (tmp_path / "other.txt").write_text("not a registry file", encoding="utf-8")
    assert "report" in read([tmp_path]).documents


def test_only_files_that_were_checked_pass_unchecked(tmp_path: Path) -> None:
    path = tmp_path / "registry.toml"
    path.write_text(REGISTRY, encoding="utf-8")
    checked = fingerprint([path])
    assert read([path], checked).indicators == read([path]).indicators
    path.write_text(REGISTRY.replace('unit = "percent"', 'unit = "parts"'), encoding="utf-8")
    with pytest.raises(InvalidRegistry, match="parts"):
        read([path], checked)
