"""Fixtures that every test may use."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the project."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """Source documents and sample files that stand beside a checkout of the project."""
    folder = ROOT.parent / "shared"
    if not (folder / "documents").is_dir():
        pytest.skip("source documents and samples (shared/ beside the project) are not at hand")
    return folder
