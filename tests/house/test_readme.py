"""README.md tells the truth: targets exist, commands run, examples give what they say."""

import doctest
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
REFUSED = 3
"""Exit code of a comparison that may not be made."""


def blocks(kind: str) -> str:
    """The fenced blocks of one kind, joined."""
    return "\n".join(re.findall(rf"^```{kind}\n(.*?)^```", README, re.MULTILINE | re.DOTALL))


COMMANDS = re.findall(r"^(?:\$ )?(nordbench .*)$", blocks("(?:sh|console)"), re.MULTILINE)
TARGETS = re.findall(r"^make (\w+)", blocks("sh"), re.MULTILINE)


def test_the_two_commands_are_there() -> None:
    assert {"brief", "test"} <= set(TARGETS)


@pytest.mark.parametrize("target", TARGETS)
def test_a_make_target_exists(target: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(rf"^{target}:", makefile, re.MULTILINE)


@pytest.mark.parametrize("line", COMMANDS)
def test_a_command_runs(line: str, tmp_path: Path) -> None:
    command, _, comment = line.partition("  #")
    run = subprocess.run(
        [sys.executable, "-m", *shlex.split(command)],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )
    expected = REFUSED if "refused" in comment else 0
    assert run.returncode == expected, run.stdout + run.stderr


def test_the_examples_give_what_they_say() -> None:
    options = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS
    result = doctest.testfile(str(ROOT / "README.md"), module_relative=False, optionflags=options)
    assert result.attempted > 3
    assert not result.failed


def test_the_excerpt_is_what_the_brief_prints(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "nordbench", "brief"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        check=True,
        encoding="utf-8",
        timeout=120,
    )
    parts = re.split(r"^\.\.\.$\n", blocks("text"), flags=re.MULTILINE)
    assert len(parts) > 2
    assert not [part for part in parts if part not in run.stdout]


def test_linked_files_exist() -> None:
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", README) if "://" not in link]
    assert links
    assert not [link for link in links if not (ROOT / link).exists()]
