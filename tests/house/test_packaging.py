"""What a user gets who installs the wheel: everything needed, in any folder, and small."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOMS = ("nordbench", "benchmark", "sources", "comparisons")
LARGEST_WHEEL = 8_000_000
DATA = {".toml", ".csv", ".json", ".html", ".css", ".jinja", ".j2"}


def test_every_package_is_typed(root: Path) -> None:
    assert not [room for room in ROOMS if not (root / room / "py.typed").is_file()]


def clean(environment: os._Environ[str]) -> dict[str, str]:
    """The environment less what would let the checkout be found."""
    return {k: v for k, v in environment.items() if k not in {"PYTHONPATH", "VIRTUAL_ENV"}}


def run(*command: str | Path, folder: Path) -> str:
    """Standard output of a command that must succeed."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env=clean(os.environ),
        capture_output=True,
        encoding="utf-8",
        timeout=900,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of an empty environment."""
    folder = tmp_path_factory.mktemp("empty environment")
    run(sys.executable, "-m", "venv", folder, folder=folder)
    return folder / ("Scripts" if os.name == "nt" else "bin") / "python"


@pytest.fixture(scope="module")
def wheel(python: Path, root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built as an installer builds it."""
    folder = tmp_path_factory.mktemp("wheel")
    run(python, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", folder, root, folder=folder)
    [built] = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(python: Path, wheel: Path) -> Path:
    """The interpreter, with the wheel and what it asks for installed."""
    run(python, "-m", "pip", "install", "--quiet", wheel, folder=wheel.parent)
    return python


@pytest.mark.slow
def test_the_wheel_is_small_and_whole(wheel: Path, root: Path) -> None:
    assert wheel.stat().st_size < LARGEST_WHEEL
    with zipfile.ZipFile(wheel) as archive:
        held = set(archive.namelist())
    expected = {
        path.relative_to(root).as_posix()
        for room in ROOMS
        for path in (root / room).rglob("*")
        if path.suffix in DATA | {".py", ".typed"} or path.name == "py.typed"
    }
    assert not expected - held
    assert {name.split("/")[0] for name in held if ".dist-info" not in name} == set(ROOMS)


@pytest.mark.slow
def test_the_wheel_works_in_an_empty_environment(installed: Path, tmp_path: Path) -> None:
    command = installed.with_name("nordbench")
    table = run(command, "table", "--countries", "nordic", folder=tmp_path)
    assert "78" in table
    assert "47" in table
    printed = run(command, "brief", folder=tmp_path)
    assert printed
    assert {path.name for path in tmp_path.iterdir()} == {"brief.md", "brief.html"}
    code = "import json, nordbench as nb; print(json.dumps([nb.__file__, len(nb.figures())]))"
    place, count = json.loads(run(installed, "-c", code, folder=tmp_path))
    assert Path(place).is_relative_to(installed.parents[1])
    assert count > 20_000


@pytest.mark.slow
def test_the_wheel_brings_no_test_tools(installed: Path, tmp_path: Path) -> None:
    packages = json.loads(run(installed, "-m", "pip", "list", "--format", "json", folder=tmp_path))
    names = {package["name"].lower() for package in packages}
    assert "nordbench" in names
    assert not names & {"pytest", "hypothesis", "ruff", "mypy", "ipykernel", "numbagg"}
