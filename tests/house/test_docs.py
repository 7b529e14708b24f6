"""The pages of the documentation site: their code runs, their commands exist."""

import re
from pathlib import Path

import pytest

from comparisons.cli.commands import COMMANDS

BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.M | re.S)


def blocks(path: Path, language: str) -> list[str]:
    text = path.read_text(encoding="utf-8")
    return [code for found, code in BLOCK.findall(text) if found == language]


@pytest.mark.parametrize("page", ["tutorial", "howto/researcher", "howto/statistician"])
def test_the_code_of_a_page_runs(page, root, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    names = {}
    for code in blocks(root / "docs" / f"{page}.md", "python"):
        exec(code, names)


@pytest.mark.parametrize(
    "page", ["tutorial", "howto/adviser", "howto/researcher", "howto/statistician"]
)
def test_the_commands_of_a_page_exist(page, root):
    lines = "\n".join(blocks(root / "docs" / f"{page}.md", "sh"))
    named = re.findall(r"^(?:\.venv/bin/)?nordbench (\w+)", lines, re.M)
    assert set(named) <= set(COMMANDS)


def test_how_to_read_a_verdict_is_told_in_four_languages(root):
    page = (root / "docs" / "verdict.md").read_text(encoding="utf-8")
    for heading in ("## English", "## Dansk", "## Norsk", "## Svenska"):
        assert heading in page
