"""Notebooks are kept without outputs, so that a change in one can be read (CI runs them)."""

import json
from pathlib import Path


def test_notebooks_are_kept_without_outputs(root: Path) -> None:
    notebooks = sorted((root / "notebooks").glob("*.ipynb"))
    assert notebooks
    for path in notebooks:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        code = [cell for cell in cells if cell["cell_type"] == "code"]
        assert code
        assert not [cell for cell in code if cell["outputs"] or cell["execution_count"]], path
