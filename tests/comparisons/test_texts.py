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


def test_every_text_is_there_in_every_language_with_the_same_places_to_fill(root):
    shipped = tomllib.loads((root / "comparisons/data/texts.toml").read_text("utf-8"))
    found = list(entries(shipped))
    assert len(found) > 50
    for key, entry in found:
        assert set(entry) == set(LANGUAGES), key
        assert len({frozenset(fields(words)) for words in entry.values()}) == 1, key
        assert all(words.strip() for words in entry.values()), key


def test_every_text_is_used(root):
    shipped = tomllib.loads((root / "comparisons/data/texts.toml").read_text("utf-8"))
    code = "\n".join(
        path.read_text("utf-8") for path in sorted((root / "comparisons").rglob("*.py"))
    )
    composed = ("heading.", "column.", "coverage.", "note.", "ranking.", "refusal.", "trend.T")
    unused = [
        key
        for key, _ in entries(shipped)
        if f'"{key}"' not in code and not key.startswith(composed)
    ]
    composed_unused = [
        key
        for key, _ in entries(shipped)
        if key.startswith(composed) and key.rpartition(".")[2] not in code
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
