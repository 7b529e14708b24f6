"""The words of the rules in four languages: facts in, sentences out.

Templates stand in `benchmark/data/rules.toml`. A place to fill in, ``{name:face}``, names a fact
and one of the `benchmark.rules.faces.FACES`, which know how that kind of fact is shown.
"""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import tomli

from benchmark.errors import BenchmarkError, UnknownName
from benchmark.rules.finding import Labels
from benchmark.schema import LANGUAGES

Facts = Mapping[str, Any]


@cache
def _texts() -> Mapping[str, Any]:
    return tomli.loads(files("benchmark").joinpath("data/rules.toml").read_text("utf-8"))


def _in(entry: Mapping[str, str], lang: str) -> str:
    if lang not in LANGUAGES:
        raise BenchmarkError(f"no texts in {lang!r}; choose one of {', '.join(LANGUAGES)}")
    return entry[lang]


def entry(rule: str) -> Mapping[str, Any]:
    """Look up the texts of a rule.

    Parameters
    ----------
    rule : str
        ``C00`` to ``C44``.

    Returns
    -------
    Mapping
        title, summary, when, reference, notes.

    Raises
    ------
    UnknownName
        If there is no such rule.
    """
    texts = _texts()
    if rule not in texts or rule == "words":
        raise UnknownName(f"no rule {rule!r}; the rules are C00 to C44")
    found: Mapping[str, Any] = texts[rule]
    return found


def summary(rule: str, lang: str = "en") -> str:
    """Say in one general sentence what it means that a rule fired.

    Parameters
    ----------
    rule : str
        ``C00`` to ``C44``.
    lang : str
        ``en``, ``da``, ``nb`` or ``sv``.

    Returns
    -------
    str
        The sentence, without figures of any one pair.

    Examples
    --------
    >>> summary("C30")
    'The method changed between the figures: a break in the series.'
    """
    return _in(entry(rule)["summary"], lang)


def note(rule: str, facts: Facts, lang: str = "en", labels: Labels | None = None) -> str:
    """Write one sentence of a finding.

    Parameters
    ----------
    rule : str
        ``C00`` to ``C44``.
    facts : Mapping
        What there is to say; ``variant`` names the template.
    lang : str
        ``en``, ``da``, ``nb`` or ``sv``.
    labels : Mapping, optional
        Titles by language of ids.

    Returns
    -------
    str
        Plain text.

    Examples
    --------
    >>> note("C10", {"variant": "gap", "years": 2.5}, "da")
    'Der er 2,5 år mellem målingerne.'
    """
    from benchmark.rules.faces import Writer

    template = _in(entry(rule)["notes"][facts["variant"]], lang)
    return Writer(lang, labels or {}, facts).fill(template, **facts)


def words(key: str, lang: str, **facts: Any) -> str:
    """Fill one of the sentences and phrases that stand around the notes.

    Parameters
    ----------
    key : str
        Name of the phrase.
    lang : str
        ``en``, ``da``, ``nb`` or ``sv``.
    **facts
        What to fill in.

    Returns
    -------
    str
        The phrase.

    Examples
    --------
    >>> words("to", "sv", first="2012-09", last="2012-11")
    '2012-09 till 2012-11'
    """
    return _in(_texts()["words"][key], lang).format(**facts)
