"""Words and sentences of the views, in four languages, kept as data."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import tomli

from benchmark.schema import LANGUAGES

Texts = Mapping[str, str]
"""One text in each language: `{"en": ..., "da": ..., "nb": ..., "sv": ...}`."""


# Texts that few readers need stand in files of their own, named by the first part of the key.
_APART = (
    "brief", "catalogue", "convergence", "diff", "draft", "excel", "gap", "group", "index", "list",
    "pair", "peers", "plot", "profile", "ranks", "rules", "trend", "vintages",
)  # fmt: skip


@cache
def _table(name: str) -> dict[str, Any]:
    return tomli.loads(files("comparisons").joinpath(f"data/{name}.toml").read_text("utf-8"))


def texts(key: str, **facts: object) -> Texts:
    """Fill in one text in every language.

    Parameters
    ----------
    key : str
        Its place in `data/texts.toml`, for example `"heading.notes"`; what begins with the name
        of another file there (`brief.`, `plot.` ...) stands in that file.
    **facts
        What stands in its braces; a mapping of texts is taken in the language at hand.

    Returns
    -------
    mapping of str to str
        The text in each language.

    Raises
    ------
    KeyError
        If there is no such text.

    Examples
    --------
    >>> texts("coverage.countries", n=5)["da"]
    '5 lande'
    """
    first, *parts = key.split(".")
    entry: Any = _table(first) if first in _APART else _table("texts")[first]
    for part in parts:
        entry = entry[part]
    return each(lambda lang: str(entry[lang]).format(**_in(facts, lang)))


def text(key: str, lang: str, **facts: object) -> str:
    """Fill in one text in one language; see `texts`."""
    return texts(key, **facts)[lang]


def each(write: Callable[[str], str]) -> Texts:
    """Write one text in every language.

    Parameters
    ----------
    write : callable
        Takes a language, gives the text.

    Returns
    -------
    mapping of str to str

    Examples
    --------
    >>> each(str.upper)["sv"]
    'SV'
    """
    return _Told(write)


class _Told(Mapping[str, str]):
    """Texts written when they are first asked for: most readers need one language of four."""

    def __init__(self, write: Callable[[str], str]) -> None:
        self._write, self._known = write, dict[str, str]()

    def __getitem__(self, lang: str) -> str:
        if lang not in LANGUAGES:
            raise KeyError(lang)
        if lang not in self._known:
            self._known[lang] = self._write(lang)
        return self._known[lang]

    def __iter__(self) -> Iterator[str]:
        return iter(LANGUAGES)

    def __len__(self) -> int:
        return len(LANGUAGES)

    def __repr__(self) -> str:
        return repr(dict(self))

    def __reduce__(self) -> tuple[type[dict[str, str]], tuple[dict[str, str]]]:
        """Copy and store what is written, not how."""
        return dict, (dict(self),)


def same(word: str) -> Texts:
    """Give a word that reads the same in every language, such as a code."""
    return dict.fromkeys(LANGUAGES, word)


def _in(facts: Mapping[str, object], lang: str) -> dict[str, object]:
    return {k: v[lang] if isinstance(v, Mapping) else v for k, v in facts.items()}
