"""The word lists behind the language module: one TOML file a language, and the list of terms."""

from functools import cache
from importlib.resources import files
from typing import Any

import tomli

from benchmark.errors import UnknownName
from benchmark.schema import LANGUAGES


@cache
def dictionary(lang: str) -> dict[str, Any]:
    """Load the words of one language.

    Parameters
    ----------
    lang : {"en", "da", "nb", "sv"}
        The language.

    Returns
    -------
    dict
        The tables of `benchmark/data/language/<lang>.toml`.

    Raises
    ------
    UnknownName
        If the language is not one of the four.

    Examples
    --------
    >>> dictionary("sv")["prose"]["and"]
    'och'
    """
    if lang not in LANGUAGES:
        raise UnknownName(f"no language {lang!r}: choose one of {', '.join(LANGUAGES)}")
    return _read(f"language/{lang}.toml")


@cache
def terms() -> dict[str, Any]:
    """Load the terms of the field, each in four languages.

    Returns
    -------
    dict
        The tables of `benchmark/data/terms.toml`.
    """
    return _read("terms.toml")


@cache
def drafting() -> dict[str, Any]:
    """Load the words by which figures in a text are told from other numbers.

    Returns
    -------
    dict
        The tables of `benchmark/data/drafting.toml`.
    """
    return _read("drafting.toml")


def _read(name: str) -> dict[str, Any]:
    return tomli.loads(files("benchmark").joinpath(f"data/{name}").read_text("utf-8"))
