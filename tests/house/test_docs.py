"""The generated pages are those of the code as it stands."""

from pathlib import Path

import nordbench as nb


def test_the_page_of_the_rules_is_up_to_date(root: Path) -> None:
    page = (root / "docs" / "rules.md").read_text(encoding="utf-8")
    assert page == nb.rules().render("markdown"), "run `make docs`"
