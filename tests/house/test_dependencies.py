"""The package asks for what it imports, and for nothing else."""

import ast
import re
import sys
import tomllib
from pathlib import Path

ROOMS = {"nordbench", "benchmark", "sources", "comparisons"}
DISTRIBUTIONS = {"python_calamine": "python-calamine", "sklearn": "scikit-learn"}
"""Where a package is imported under another name than it is installed by."""


def imported(path: Path) -> set[str]:
    """Top-level packages that a module imports, anywhere in it."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"), str(path))))
    plain = {name.name for node in nodes if isinstance(node, ast.Import) for name in node.names}
    parts = {
        node.module
        for node in nodes
        if isinstance(node, ast.ImportFrom) and node.module and not node.level
    }
    return {name.split(".")[0] for name in plain | parts}


def test_dependencies_are_those_imported(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {re.split(r"[<>=! ]", entry)[0] for entry in project["dependencies"]}
    modules = [path for room in ROOMS for path in (root / room).rglob("*.py")]
    foreign = set().union(*map(imported, modules)) - ROOMS - sys.stdlib_module_names
    assert {DISTRIBUTIONS.get(name, name) for name in foreign} == declared
