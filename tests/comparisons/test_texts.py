import pickle
import string
import tomllib
from copy import deepcopy

import pytest

from benchmark.schema import LANGUAGES
from comparisons.texts import each, same, text, texts


def entries(table, path=()):
    for key, value in table.items():
        if isinstance(value, dict):
            if set(value) & set(LANGUAGES):
                yield ".".join((*path, key)), value
            else:
                yield from entries(value, (*path, key))


def fields(words):
    return {name for _, name, _, _ in string.Formatter().parse(words) if name is not None}


def shipped(root, name):
    """Read one file of texts; those of a file of their own are known by its name."""
    found = tomllib.loads((root / f"comparisons/data/{name}.toml").read_text("utf-8"))
    return found if name == "texts" else {name: found}


@pytest.mark.parametrize("name", ["texts", "trend"])
def test_every_text_is_there_in_every_language_with_the_same_places_to_fill(root, name):
    found = list(entries(shipped(root, name)))
    assert len(found) > 50
    for key, entry in found:
        assert set(entry) == set(LANGUAGES), key
        assert len({frozenset(fields(words)) for words in entry.values()}) == 1, key
        assert all(words.strip() for words in entry.values()), key


@pytest.mark.parametrize("name", ["texts", "trend"])
def test_every_text_is_used(root, name):
    code = "\n".join(
        path.read_text("utf-8") for path in sorted((root / "comparisons").rglob("*.py"))
    )
    composed = ("heading.", "column.", "coverage.", "note.", "ranking.", "refusal.", "trend.")
    unused = [
        key
        for key, _ in entries(shipped(root, name))
        if f'"{key}"' not in code and not key.startswith(composed)
    ]
    composed_unused = [
        key
        for key, _ in entries(shipped(root, name))
        if f'"{key}"' not in code
        and key.startswith(composed)
        and key.rpartition(".")[2] not in code
    ]
    assert unused + composed_unused == []


def test_facts_are_filled_in_the_language_at_hand():
    told = texts("note.scoped", scope=same("A"), places=each(str.upper))
    assert told["sv"] == "A: SV"
    assert text("coverage.figures", "nb", n=3) == "3 tall"


def test_an_unknown_text_or_language_is_an_error():
    with pytest.raises(KeyError):
        texts("no.such.text")["en"]
    with pytest.raises(KeyError):
        each(str)["fr"]


def test_texts_are_values():
    told = each(str.upper)
    assert told == {"en": "EN", "da": "DA", "nb": "NB", "sv": "SV"}
    assert pickle.loads(pickle.dumps(told)) == told  # noqa: S301
    assert deepcopy(told) == told
