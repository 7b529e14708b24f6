"""What is imported before a user gets an answer: heavy packages load only where they are used."""

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
UNUSED_BY_A_TABLE = {"matplotlib", "pint", "scipy.special", "scipy.stats", "seaborn", "sklearn"}

REPORT = """
import json, runpy, sys
sys.argv = ["nordbench", *json.loads(sys.argv[1])]
try:
    runpy.run_module("nordbench", run_name="__main__", alter_sys=True)
except SystemExit as stop:
    assert not stop.code, stop.code
finally:
    print("\\n" + json.dumps(sorted(sys.modules)))
"""


def loaded(code: str, *arguments: str, folder: Path, root: Path) -> set[str]:
    """Modules in memory after some code has run in a fresh interpreter."""
    run = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(root), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )
    assert run.returncode == 0, run.stderr
    return set(json.loads(run.stdout.splitlines()[-1]))


def after_command(*arguments: str, folder: Path, root: Path) -> set[str]:
    """Modules in memory after a command of `nordbench`."""
    return loaded(REPORT, json.dumps(arguments), folder=folder, root=root)


def test_importing_nordbench_loads_nothing_heavy(tmp_path: Path, root: Path) -> None:
    code = "import json, sys, nordbench; print(json.dumps([*sys.modules]))"
    assert not loaded(code, folder=tmp_path, root=root) & HEAVY


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["table", "--help"]])
def test_help_loads_nothing_heavy(arguments: list[str], tmp_path: Path, root: Path) -> None:
    assert not after_command(*arguments, folder=tmp_path, root=root) & HEAVY


def test_a_table_loads_only_what_it_uses(tmp_path: Path, root: Path) -> None:
    used = after_command("table", folder=tmp_path, root=root)
    assert "comparisons" in used
    # Where Dask is installed, xarray imports it, and Dask imports SciPy.
    ours = UNUSED_BY_A_TABLE - ({"scipy.special", "scipy.stats"} if "dask" in used else set())
    assert not used & ours
