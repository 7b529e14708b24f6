"""What an area may be called: the written name, stripped to a key, against indexes of keys.

A key is a name without case, width, hyphens, full stops, surplus space and the English article,
with every word for "and" alike. Nothing else is left out: no name matches another by likeness.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final

import tomli

from benchmark.schema import LANGUAGES

NAME_LANGUAGES: Final = (*LANGUAGES, "nn", "fi", "is")
"""Languages in which names of countries are understood and printed."""

_AND: Final = frozenset({"and", "og", "och", "ja", "&"})
_LEFT_OUT: Final = re.compile(r"[.'’´`]")
_APART: Final = re.compile(r"[-‐‑–—(),;/]")
# Letters that do not fall apart into a letter and a mark, and the usual digraphs.
_PLAIN: Final = str.maketrans({"æ": "ae", "ø": "o", "ð": "d", "þ": "th", "đ": "d", "ł": "l"})
_DIGRAPHS: Final = str.maketrans({"ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "ü": "ue"})


@cache
def data(stem: str) -> dict[str, Any]:
    """Read one of the tables of areas.

    Parameters
    ----------
    stem : {"areas", "groups"}
        Name of the file in `benchmark/data`, without its ending.

    Returns
    -------
    dict
        The table as it stands in the file.
    """
    return tomli.loads(files("benchmark").joinpath(f"data/{stem}.toml").read_text("utf-8"))


@cache
def codes() -> dict[str, str]:
    """Map every code of a country, of two letters or three, to its alpha-3 code.

    Returns
    -------
    dict of str to str

    References
    ----------
    ISO 3166-1; `EL` and `UK` are those of the European Union, `XK` and `XKX` are user-assigned.
    """
    table = data("areas")
    listed: dict[str, str] = table["codes"] | table["further_codes"]
    return listed | {code: code for code in listed.values()}


def key(text: str) -> str:
    """Strip a name of all that does not tell names apart.

    Parameters
    ----------
    text : str
        A name.

    Returns
    -------
    str

    Examples
    --------
    >>> key("  Bosnien-Hercegovina "), key("Bosnia and Herzegovina"), key("The U.K.")
    ('bosnien hercegovina', 'bosnia & herzegovina', 'uk')
    """
    # A capital dotted İ leaves a loose dot behind when its case is folded.
    folded = unicodedata.normalize("NFKC", text).casefold().replace("i̇", "i")
    folded = _APART.sub(" ", _LEFT_OUT.sub("", unicodedata.normalize("NFKC", folded)))
    words = [word for word in folded.split() if word != "the"]
    return " ".join("&" if word in _AND else word for word in words)


def spellings(text: str) -> Iterator[str]:
    """Give the key of a name as written, then in plain letters: without marks, with digraphs.

    Parameters
    ----------
    text : str
        A name.

    Yields
    ------
    str

    Examples
    --------
    >>> list(spellings("Færøerne"))
    ['færøerne', 'faeroerne', 'faeroeerne']
    """
    written = key(text)
    yield written
    for table in ({}, _DIGRAPHS):
        parted = unicodedata.normalize("NFKD", written.translate(table).translate(_PLAIN))
        yield "".join(letter for letter in parted if not unicodedata.combining(letter))


def index(entries: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Map every spelling of every (name, code) to its code.

    A name as written beats a stripped one; a spelling that is left with two codes maps to "".

    Parameters
    ----------
    entries : iterable of (str, str)
        Names and what they stand for.

    Returns
    -------
    dict of str to str

    Examples
    --------
    >>> index([("Mön", "IMN"), ("Mon", "MON"), ("Sant", "AAA"), ("Sant", "BBB")])
    {'mon': 'MON', 'moen': 'IMN', 'sant': '', 'mön': 'IMN'}
    """
    exact: dict[str, str] = {}
    plain: dict[str, str] = {}
    for text, code in entries:
        written, *stripped = spellings(text)
        exact[written] = code if exact.get(written, code) == code else ""
        for spelling in stripped:
            plain[spelling] = code if plain.get(spelling, code) == code else ""
    return plain | exact


@cache
def country_names(lang: str) -> dict[str, str]:
    """Give the display name of every country in one language.

    Parameters
    ----------
    lang : str
        One of `NAME_LANGUAGES`.

    Returns
    -------
    dict of str to str
        By alpha-3 code.

    References
    ----------
    Unicode CLDR, territory names.
    """
    from babel import Locale

    territories = Locale(lang).territories
    table = data("areas")
    own: dict[str, str] = table["names"].get(lang, {})
    return {alpha3: territories[alpha2] for alpha2, alpha3 in table["codes"].items()} | own


@cache
def cldr_index() -> dict[str, str]:
    """Index the names in CLDR, the display names and the usual variants.

    Returns
    -------
    dict of str to str
        Alpha-3 codes by spelling.
    """
    from babel import Locale

    table = data("areas")
    entries = [(text, code) for code, texts in table["aliases"].items() for text in texts]
    for lang in NAME_LANGUAGES:
        territories = Locale(lang).territories
        entries += [(territories[alpha2], alpha3) for alpha2, alpha3 in table["codes"].items()]
        entries += [(text, code) for code, text in country_names(lang).items()]
    return index(entries)


@cache
def iso_index() -> dict[str, str]:
    """Index the short, common and official names in ISO 3166, in all languages.

    Returns
    -------
    dict of str to str
        Alpha-3 codes by spelling.
    """
    import gettext

    import pycountry

    translations = [
        gettext.translation("iso3166-1", pycountry.LOCALES_DIR, [lang], fallback=True)
        for lang in NAME_LANGUAGES
    ]
    entries = []
    for entry in pycountry.countries:
        texts = {text for field, text in entry if field.endswith("name")}
        texts |= {each.gettext(text) for each in translations for text in texts}
        entries += [(text, entry.alpha_3) for text in sorted(texts)]
    return index(entries)


@cache
def refusals() -> dict[str, Mapping[str, Any]]:
    """Index the names that must not match, each with its reason and remedy.

    Returns
    -------
    dict of str to mapping
        With `names`, `why` and `instead`, by spelling.
    """
    entries = data("areas")["refused"]
    found = index((text, name) for name, entry in entries.items() for text in entry["names"])
    return {spelling: entries[name] for spelling, name in found.items()}


@cache
def aggregates() -> dict[str, str]:
    """Index the ids, other names and titles of aggregates.

    Returns
    -------
    dict of str to str
        Ids by spelling.
    """
    return _titled(data("areas")["aggregates"])


@cache
def groups() -> dict[str, str]:
    """Index the ids, other names and titles of groups.

    Returns
    -------
    dict of str to str
        Ids by spelling.
    """
    return _titled(data("groups")["groups"])


def _titled(table: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    return index(
        (text, name)
        for name, entry in table.items()
        for text in (name, *entry["aliases"], *entry["title"].values())
    )
