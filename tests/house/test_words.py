"""Files that are kept hold nothing of one machine, one package host or of how they were made."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

MACHINE = r"(^|[^a-z.])/(work|farm|root|home|users)/"
HOSTS = r"py[p]i[.]org|python[h]osted|npm[j]s[.]|deb[.]deb[i]an"
MAKING = r"suba[g]ent|this sess[i]on"
PAPERS = r"\b(METHOD[S]|DESIG[N]|STAC[K]|STYL[E]|FIGURE[S]|EGO[V])(\.md| section| §)"
UNWANTED = re.compile("|".join((MACHINE, HOSTS, MAKING)), re.IGNORECASE)
UNPUBLISHED = re.compile(PAPERS)
GENERATED = re.compile(r"(^|/)(uv\.lock|package-lock\.json)$|(^|/)\.hypothesis/|\.pyc$")
LARGEST = 5_000_000
"""Bytes of a kept file; larger data belong in an adapter that reads the publisher's file."""


@pytest.fixture(scope="module")
def kept(root: Path) -> list[Path]:
    """Files of the project: what git keeps or would keep."""
    if not (root / ".git").exists() or shutil.which("git") is None:
        pytest.skip("not a git checkout: nothing tells kept files from others")
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        capture_output=True,
        check=True,
        encoding="utf-8",
    ).stdout
    return [root / name for name in listing.split("\0") if name and (root / name).is_file()]


def offences(text: str) -> list[str]:
    """Lines with something unwanted, numbered."""
    return [
        f"{number}: {line.strip()[:120]}"
        for number, line in enumerate(text.splitlines(), start=1)
        if UNWANTED.search(line) or UNPUBLISHED.search(line)
    ]


def test_kept_files_hold_nothing_unwanted(kept: list[Path], root: Path) -> None:
    found = [
        f"{path.relative_to(root)}:{offence}"
        for path in kept
        for offence in offences(path.read_text(encoding="utf-8", errors="replace"))
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "line",
    [
        "see /" + "work/data.csv",
        "open('/" + "home/me/data.csv')",
        "https://py" + "pi.org/simple",
        "made in this " + "session",
        "(METHOD" + "S section 3)",
    ],
)
def test_an_unwanted_line_is_found(line: str) -> None:
    assert offences(f"first\n{line}\n") == [f"2: {line}"]


@pytest.mark.parametrize(
    "line", ["https://www.ssb.no/work/x", "home/work balance", "cooperative/framework/"]
)
def test_an_innocent_line_passes(line: str) -> None:
    assert not offences(line)


def test_nothing_generated_and_nothing_huge_is_kept(kept: list[Path], root: Path) -> None:
    assert not [p for p in kept if GENERATED.search(p.relative_to(root).as_posix())]
    assert not [p for p in kept if p.stat().st_size > LARGEST]
