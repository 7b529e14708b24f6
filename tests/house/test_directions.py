"""The rooms import in one direction, towards benchmark, and the front door imports them all."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOMS = ("benchmark", "sources", "comparisons", "nordbench")
MAY_IMPORT = {
    "benchmark": {"benchmark"},
    "sources": {"benchmark", "sources"},
    "comparisons": {"benchmark", "comparisons"},
    "nordbench": set(ROOMS),
}


def allowed(path: Path) -> set[str]:
    """Rooms that the module at a path, relative to the project, may import."""
    rooms = MAY_IMPORT[path.parts[0]]
    command_line = path.parts[0] == "comparisons" and path.parts[1] in {"cli", "cli.py"}
    return rooms | {"sources"} if command_line else rooms


def imports(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and top-level package of every absolute import, wherever it stands in the module."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from ((node.lineno, name.name.split(".")[0]) for name in names)
            case ast.ImportFrom(module=str(module), level=0):
                yield node.lineno, module.split(".")[0]
            case ast.Call(
                func=ast.Name("import_module" | "__import__" | "files")
                | ast.Attribute(attr="import_module" | "files"),
                args=[ast.Constant(str(module)), *_],
            ):
                yield node.lineno, module.split(".")[0]


def trespasses(path: Path, text: str) -> list[str]:
    """Imports of a module that its room may not make."""
    rooms = allowed(path)
    return [
        f"{path}:{line} imports {package}"
        for line, package in imports(ast.parse(text, str(path)))
        if package in ROOMS and package not in rooms
    ]


def test_no_room_imports_against_the_direction(root: Path) -> None:
    modules = [path for room in ROOMS for path in sorted((root / room).rglob("*.py"))]
    assert len(modules) > len(ROOMS)
    found = [
        line
        for path in modules
        for line in trespasses(path.relative_to(root), path.read_text(encoding="utf-8"))
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("benchmark/cube.py", "import sources"),
        ("benchmark/cube.py", "def f():\n    from comparisons.view import View"),
        ("sources/catalogue.py", "from comparisons import view"),
        ("sources/catalogue.py", "import nordbench as nb"),
        ("comparisons/view.py", "if TYPE_CHECKING:\n    from sources.catalogue import load"),
        ("comparisons/view.py", "importlib.import_module('sources.catalogue')"),
        ("benchmark/registry.py", "resources.files('sources')"),
    ],
)
def test_an_import_against_the_direction_is_seen(path: str, text: str) -> None:
    assert trespasses(Path(path), text)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("sources/catalogue.py", "import benchmark.cube"),
        ("comparisons/cli/main.py", "from sources.catalogue import load"),
        ("comparisons/view.py", "import benchmark"),
        ("nordbench/__init__.py", "from sources import catalogue"),
    ],
)
def test_an_import_along_the_direction_passes(path: str, text: str) -> None:
    assert not trespasses(Path(path), text)


def top_level_imports(tree: ast.Module) -> set[str]:
    """Packages imported as soon as the module is."""
    return {
        package
        for node in tree.body
        if isinstance(node, ast.Import | ast.ImportFrom)
        for _, package in imports(node)
    }


def test_the_front_door_imports_its_rooms_only_when_used(root: Path) -> None:
    text = (root / "nordbench" / "__init__.py").read_text(encoding="utf-8")
    assert not {"sources", "comparisons"} & top_level_imports(ast.parse(text))
