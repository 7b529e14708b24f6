"""What `import nordbench as nb` offers is documented, and every example runs (as a doctest)."""

import inspect
import re
from types import ModuleType

import pytest

import nordbench


def sections(name: str) -> dict[str, str]:
    """Text under each heading of the numpydoc docstring of a public name."""
    text = inspect.getdoc(getattr(nordbench, name)) or ""
    _, *parts = re.split(r"^(\w[\w ]*)\n-{3,}$", text, flags=re.MULTILINE)
    return dict(zip(parts[::2], parts[1::2], strict=True))


def documented(section: str) -> set[str]:
    """Names that a section on parameters describes: its lines without indentation."""
    heads = [line.split(" : ")[0] for line in section.splitlines() if line[:1].strip()]
    return {name.strip(" *") for head in heads for name in head.split(",")}


CLASSES = [name for name in nordbench.__all__ if name[0].isupper()]
FUNCTIONS = [name for name in nordbench.__all__ if name not in CLASSES]


def test_the_front_door_offers_what_it_promises() -> None:
    promised = {
        "brief",
        "check",
        "comparability",
        "compare",
        "country",
        "documents",
        "explain",
        "figure",
        "figures",
        "group",
        "indicators",
        "load",
        "metadata",
        "quantity",
        "ranking",
        "rules",
        "table",
        "trend",
        "Thresholds",
        "BenchmarkError",
        "NotComparable",
    }
    assert promised <= set(nordbench.__all__)
    assert promised <= set(dir(nordbench))
    assert not [n for n in nordbench.__all__ if isinstance(getattr(nordbench, n), ModuleType)]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_public_function_is_documented(name: str) -> None:
    function = getattr(nordbench, name)
    assert inspect.isfunction(function)
    found = sections(name)
    assert not set(inspect.signature(function).parameters) ^ documented(found.get("Parameters", ""))
    assert found.get("Returns", "").strip()
    assert ">>>" in found.get("Examples", "")


@pytest.mark.parametrize("name", CLASSES)
def test_a_public_class_is_documented(name: str) -> None:
    own = getattr(nordbench, name)
    assert inspect.isclass(own)
    assert inspect.getdoc(own)
    assert issubclass(own, Exception) or ">>>" in sections(name).get("Examples", "")


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no_such_name"):
        _ = nordbench.no_such_name
