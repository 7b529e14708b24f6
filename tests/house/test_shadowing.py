"""A user's own file of one of our package names is named in the error, with what to do."""

import os
import subprocess
import sys
from pathlib import Path

import pytest


def import_in(folder: Path, root: Path) -> subprocess.CompletedProcess[str]:
    """Import nordbench from a folder, as a notebook there would."""
    return subprocess.run(
        [sys.executable, "-c", "import nordbench as nb; print(nb.country('Danmark'))"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )


@pytest.mark.parametrize("name", ["benchmark", "sources", "comparisons"])
@pytest.mark.parametrize("form", ["{}.py", "{}/__init__.py"])
def test_a_file_that_shadows_ours_is_named(
    name: str, form: str, tmp_path: Path, root: Path
) -> None:
    own = tmp_path / form.format(name)
    own.parent.mkdir(exist_ok=True)
    own.write_text("NUMBERS = [1, 2, 3]\n", encoding="utf-8")
    run = import_in(tmp_path, root)
    assert run.returncode != 0
    last = run.stderr.strip().splitlines()[-1]
    assert last.startswith("ImportError")
    assert str(own) in last
    assert "Rename" in last


def test_a_data_folder_of_the_same_name_does_no_harm(tmp_path: Path, root: Path) -> None:
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "notes.csv").write_text("a,b\n", encoding="utf-8")
    run = import_in(tmp_path, root)
    assert run.returncode == 0, run.stderr
    assert run.stdout.strip() == "DNK"
