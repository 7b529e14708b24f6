"""The sentences of an audit in four languages; templates stand in `benchmark/data/audit.toml`."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import tomli

from benchmark.errors import BenchmarkError
from benchmark.schema import LANGUAGES


@cache
def _table() -> Mapping[str, Any]:
    return tomli.loads(files("benchmark").joinpath("data/audit.toml").read_text("utf-8"))


def told(check: str, key: str, lang: str, facts: Mapping[str, Any] | None = None) -> str:
    """Fill in one sentence.

    Parameters
    ----------
    check : str
        A check, or ``report`` for the words around the findings.
    key : str
        Place of the sentence below it, parts joined by points.
    lang : {"en", "da", "nb", "sv"}
        Language.
    facts : mapping, optional
        What stands in its braces; numbers are written as the language does.

    Returns
    -------
    str

    Raises
    ------
    BenchmarkError
        If there are no texts in that language.

    Examples
    --------
    >>> told("report", "errors", "da", {"count": 2})
    '2 fejl'
    """
    if lang not in LANGUAGES:
        raise BenchmarkError(f"no texts in {lang!r}; choose one of {', '.join(LANGUAGES)}")
    entry: Any = _table()[check]
    for part in key.split("."):
        entry = entry[part]
    return str(entry[lang]).format(
        **{name: _written(value, lang) for name, value in (facts or {}).items()}
    )


def _written(value: object, lang: str) -> str:
    """Write a number with at most four decimals; years are given as texts."""
    from benchmark.language import number

    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return str(value)
    short = f"{float(value):.4f}".rstrip("0").rstrip(".")
    return str(number(float(value), lang, len(short.partition(".")[2])))
