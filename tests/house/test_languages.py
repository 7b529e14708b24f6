"""Every text that a person reads stands in all four languages."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

LANGUAGES = {"en", "da", "nb", "sv"}


def gaps(entry: object, place: str) -> Iterator[str]:
    """Places below an entry where a text lacks a language or is empty in it."""
    if isinstance(entry, list):
        for number, item in enumerate(entry):
            yield from gaps(item, f"{place}[{number}]")
    if not isinstance(entry, dict):
        return
    if any(isinstance(entry.get(language), str) for language in LANGUAGES):
        missing = sorted(language for language in LANGUAGES if not entry.get(language))
        if missing:
            yield f"{place}: no text in {', '.join(missing)}"
    for key, item in entry.items():
        yield from gaps(item, f"{place}.{key}" if place else key)


def data_files(root: Path) -> list[Path]:
    """The TOML files of the three rooms."""
    rooms = ("benchmark", "sources", "comparisons")
    return [path for room in rooms for path in sorted((root / room).rglob("*.toml"))]


def test_every_text_has_four_languages(root: Path) -> None:
    files = data_files(root)
    assert files
    found = [
        f"{path.relative_to(root)}: {gap}"
        for path in files
        for gap in gaps(tomllib.loads(path.read_text(encoding="utf-8")), "")
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("text", "gap"),
    [
        ("title = {en = 'Trust', da = 'Tillid', nb = 'Tillit'}", "title: no text in sv"),
        ("[a.b]\nen = 'a'\nda = 'b'\nnb = ''\nsv = 'd'", "a.b: no text in nb"),
        ("rows = [{title = {da = 'Tillid'}}]", "rows[0].title: no text in en, nb, sv"),
    ],
)
def test_a_text_that_lacks_a_language_is_found(text: str, gap: str) -> None:
    assert list(gaps(tomllib.loads(text), "")) == [gap]
