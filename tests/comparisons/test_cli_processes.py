"""The command line as a real process: streams, pipes, locales, files and what is imported."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = {
    "babel",
    "calamine",
    "jinja2",
    "jsonschema",
    "matplotlib",
    "numpy",
    "pandas",
    "pint",
    "pycountry",
    "scipy",
    "seaborn",
    "sklearn",
    "xarray",
}
FIGURES = {"babel", "numpy", "pandas", "xarray"}
"""What the figures themselves need: arrays, and the names of countries."""
TRUST = "DNK/dst.trust_digital_services/2023"
DATA = "NOR/no.trust_personal_data/2021"


def environment(root: Path, **more: str) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "PYTHON"))}
    return kept | {"PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1"} | more


def run(
    root: Path, *arguments: str, folder: Path | None = None, **more: str
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "nordbench", *arguments],
        cwd=folder or root,
        env=environment(root, **more),
        capture_output=True,
        timeout=120,
    )


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--version"], 0),
        (["rules", "C16"], 0),
        (["compare", TRUST, DATA], 3),
        (["trend", "no.egov_transparency_rank"], 3),
        (["rank", "egov.overall", "2024"], 2),
        (["rank"], 2),
        ([], 2),
    ],
)
def test_exit_codes(root: Path, arguments: list[str], code: int) -> None:
    found = run(root, *arguments)
    assert found.returncode == code
    assert b"Traceback" not in found.stderr


@pytest.mark.parametrize(
    "locale",
    [
        {"LC_ALL": "C"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LC_ALL": "C.UTF-8"},
        {"PYTHONIOENCODING": "latin-1"},
    ],
)
def test_utf8_under_every_locale(root: Path, locale: dict[str, str]) -> None:
    found = run(root, "explain", "Hjørring/digst.digital_share.moves/2012", "-l", "da", **locale)
    assert found.returncode == 0, found.stderr
    assert "Hjørring" in found.stdout.decode("utf-8")
    wrong = run(root, "table", "--countries", "Ærø", **locale)
    assert wrong.returncode == 2
    assert "'Ærø'" in wrong.stderr.decode("utf-8")


@pytest.mark.parametrize("arguments", [["rules"], ["rank", "egov.overall"], ["--help"], ["rank"]])
def test_a_reader_who_has_gone(root: Path, arguments: list[str]) -> None:
    """As in `nordbench rules | head`: the other end of the pipe is closed."""
    theirs, ours = os.pipe()
    os.close(theirs)
    try:
        found = subprocess.run(
            [sys.executable, "-m", "nordbench", *arguments],
            cwd=root,
            env=environment(root),
            stdout=ours,
            stderr=subprocess.PIPE,
            timeout=120,
        )
    finally:
        os.close(ours)
    assert found.returncode == (2 if arguments == ["rank"] else 0)
    assert b"Traceback" not in found.stderr
    assert (found.stderr == b"") == (found.returncode == 0)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_a_full_disk_gets_a_message(root: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        found = subprocess.run(
            [sys.executable, "-m", "nordbench", "rules", "C16"],
            cwd=root,
            env=environment(root),
            stdout=full,
            stderr=subprocess.PIPE,
            timeout=120,
        )
    assert found.returncode == 2
    assert found.stderr.startswith(b"Error: cannot write the answer")
    assert b"Traceback" not in found.stderr


@pytest.mark.skipif(os.name == "nt", reason="no pseudo-terminals")
@pytest.mark.parametrize("columns", [60, 100])
def test_the_width_of_the_terminal_is_respected(root: Path, columns: int) -> None:
    import pty

    theirs, ours = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "nordbench", "rules", "C16"],
        cwd=root,
        env=environment(root, COLUMNS=str(columns), TERM="xterm-256color"),
        stdout=ours,
        stderr=ours,
    ) as process:
        os.close(ours)
        told = b""
        try:
            while piece := os.read(theirs, 4096):
                told += piece
        except OSError:  # the other end has closed
            pass
        finally:
            os.close(theirs)
    assert process.returncode == 0
    lines = told.decode("utf-8").splitlines()
    assert columns - 12 < max(map(len, lines)) <= columns
    assert "\x1b" not in told.decode("utf-8")


REPORT = """
import json, runpy, sys
sys.argv = ["nordbench", *json.loads(sys.argv[1])]
try:
    runpy.run_module("nordbench", run_name="__main__", alter_sys=True)
except SystemExit as stop:
    assert stop.code in (0, 3), stop.code
finally:
    print("\\n" + json.dumps(sorted({name.split(".")[0] for name in sys.modules})))
"""


@pytest.mark.parametrize(
    ("arguments", "allowed"),
    [
        (["--help"], set()),
        (["brief", "--help"], set()),
        (["indicators"], set()),
        (["indicators", "--format", "html"], {"jinja2"}),
        (["documents", "--format", "csv"], set()),
        (["rules"], {"numpy"}),
        (["rules", "C30", "--format", "markdown"], {"numpy"}),
        (["explain", TRUST], FIGURES),
        (["compare", TRUST, DATA], FIGURES),
        (["table", "--rows", "trust"], FIGURES),
        (["rank", "gti.needs_met", "2021"], FIGURES),
        (["trend", "dst.help_needed", "--format", "csv"], FIGURES),
    ],
)
def test_a_command_imports_only_what_it_uses(
    root: Path, arguments: list[str], allowed: set[str]
) -> None:
    found = subprocess.run(
        [sys.executable, "-c", REPORT, json.dumps(arguments)],
        cwd=root,
        env=environment(root),
        capture_output=True,
        timeout=120,
    )
    assert found.returncode == 0, found.stderr
    loaded = set(json.loads(found.stdout.decode("utf-8").splitlines()[-1]))
    assert "comparisons" in loaded
    assert sorted((loaded & HEAVY) - allowed) == []


@pytest.mark.slow
def test_the_brief_is_the_same_every_time(root: Path, tmp_path: Path) -> None:
    written = []
    for seed, locale, zone in (("0", "C", "UTC"), ("1", "C.UTF-8", "Pacific/Auckland")):
        folder = tmp_path / seed
        folder.mkdir()
        found = run(root, "brief", folder=folder, PYTHONHASHSEED=seed, LC_ALL=locale, TZ=zone)
        assert found.returncode == 0, found.stderr
        files = {path.name: path.read_bytes() for path in folder.iterdir()}
        assert set(files) == {"brief.md", "brief.html"}
        written.append((found.stdout, files))
    assert written[0] == written[1]


@pytest.mark.slow
def test_drawings_are_the_same_every_time(root: Path, tmp_path: Path) -> None:
    drawn = []
    for seed in ("0", "1"):
        file = tmp_path / f"{seed}.svg"
        found = run(root, "rank", "egov.overall", "--output", str(file), PYTHONHASHSEED=seed)
        assert found.returncode == 0, found.stderr
        drawn.append(file.read_bytes())
    assert drawn[0] == drawn[1]
