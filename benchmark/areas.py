"""Countries, aggregates and groups: from what a person writes to one code, and back to a name.

A name is matched as a whole or not at all. An unknown name is an error with suggestions; a name
that means something else than one country of today is an error that says why.
"""

from collections.abc import Iterable, Mapping

from benchmark import names as known
from benchmark.errors import UnknownName, listing
from benchmark.groups import Day, group, is_group
from benchmark.lookup import country_called

__all__ = [
    "area",
    "code_of",
    "countries",
    "country",
    "group",
    "is_aggregate",
    "is_country",
    "name",
    "names",
]


def country(name: object) -> str:
    """Read the name or code of a country.

    Accepted are ISO 3166-1 alpha-2 and alpha-3, `EL`, `UK` and `XK`, and the names in English,
    Danish, Norwegian (nb, nn), Swedish, Finnish and Icelandic with the usual variants. Case,
    spaces, hyphens and full stops do not matter, and a name may be written in plain letters
    without its marks (`Osterrike`, `Oesterrike`); nothing is guessed.

    Parameters
    ----------
    name : str
        What somebody wrote.

    Returns
    -------
    str
        ISO 3166-1 alpha-3; `XKX` for Kosovo.

    Raises
    ------
    UnknownName
        The name is not known, or it names more or less than one country of today.

    Examples
    --------
    >>> [country(name) for name in ("Danmark", "el", "Nederländerna", "Faeroeerne", "NO")]
    ['DNK', 'GRC', 'NLD', 'FRO', 'NOR']
    >>> country("Korea")
    Traceback (most recent call last):
    benchmark.errors.UnknownName: 'Korea' is not taken for a country: two states bear the name. \
Write instead 'South Korea' (KOR) or 'North Korea' (PRK).
    """
    return _country_code(name) or country_called(_text(name))


def countries(names: str | Iterable[object], on: Day | None = None) -> tuple[str, ...]:
    """Read a list of countries and groups.

    Parameters
    ----------
    names : str or iterable of str
        Names, codes and groups; in a text they are separated by commas.
    on : date, int or str, optional
        Day for the membership of groups, as in `group`.

    Returns
    -------
    tuple of str
        ISO 3166-1 alpha-3, each once, in the order given.

    Raises
    ------
    UnknownName
        Names that are not known (all of them in one message), or no name at all.

    Examples
    --------
    >>> countries("Danmark, SE, baltic")
    ('DNK', 'SWE', 'EST', 'LTU', 'LVA')
    """
    parts = names.split(",") if isinstance(names, str) else list(names)
    found: dict[str, None] = {}
    problems = []
    for part in parts:
        if isinstance(part, str) and not part.strip():
            continue
        try:
            members = group(str(part), on) if is_group(part) else (country(part),)
            found.update(dict.fromkeys(members))
        except UnknownName as error:
            problems.append(str(error))
    if len(problems) > 1:
        raise UnknownName(listing(f"{len(problems)} names cannot be used", problems))
    if problems or not found:
        raise UnknownName(problems[0] if problems else _EMPTY)
    return tuple(found)


def area(name: object) -> str:
    """Read the name of a country or of a registered aggregate.

    Parameters
    ----------
    name : str
        A country as in `country`, or an aggregate under any of its names.

    Returns
    -------
    str
        ISO 3166-1 alpha-3, or the id of the aggregate.

    Raises
    ------
    UnknownName
        Neither a country nor a registered aggregate.

    Examples
    --------
    >>> area("Sverige"), area("EU27+"), area("WLD36")
    ('SWE', 'EU27PLUS', 'GTI36')
    """
    try:
        return code_of(name) or country(name)
    except UnknownName as error:
        registered = ", ".join(known.data("areas")["aggregates"])
        raise UnknownName(f"{error} Sets of countries with figures: {registered}.") from None


def code_of(code: object) -> str | None:
    """Look up a code of a country or an aggregate; names are not tried, so this is fast.

    Parameters
    ----------
    code : str
        Alpha-2 or alpha-3 in any case, `EL`, `UK`, `XK`, or an aggregate under any of its names.

    Returns
    -------
    str or None
        ISO 3166-1 alpha-3 or the id of the aggregate; None for anything else.

    Examples
    --------
    >>> code_of("no"), code_of("EL"), code_of("W36"), code_of("Norge")
    ('NOR', 'GRC', 'GTI36', None)
    """
    if not isinstance(code, str):
        return None
    return _country_code(code) or known.aggregates().get(known.key(code))


def is_country(code: str) -> bool:
    """Tell whether a text is the alpha-3 code of a country, written in capitals.

    Parameters
    ----------
    code : str
        Any text.

    Returns
    -------
    bool

    Examples
    --------
    >>> is_country("DNK"), is_country("dnk"), is_country("EU27_2020")
    (True, False, False)
    """
    return known.codes().get(code) == code


def is_aggregate(code: str) -> bool:
    """Tell whether an id stands for a set of countries that figures are published for.

    Parameters
    ----------
    code : str
        Any text; other names of an aggregate than its id do not count.

    Returns
    -------
    bool

    Examples
    --------
    >>> is_aggregate("EU27_2020"), is_aggregate("DNK")
    (True, False)
    """
    return code in known.data("areas")["aggregates"]


def name(code: str, lang: str = "en") -> str:
    """Name a country, an aggregate or a group for display.

    Parameters
    ----------
    code : str
        Alpha-3 code, id of an aggregate or a group, or any other name of it.
    lang : str
        en, da, nb or sv; for countries also nn, fi and is.

    Returns
    -------
    str
        The name in CLDR, or this project's own where that one reads badly.

    Raises
    ------
    UnknownName
        An unknown code, or a language in which it has no name.

    Examples
    --------
    >>> name("DEU", "da"), name("CZE", "sv"), name("EU27_2020", "nb"), name("nordic")
    ('Tyskland', 'Tjeckien', 'EU (27 land)', 'Nordic countries')
    """
    if lang not in known.NAME_LANGUAGES:
        languages = ", ".join(known.NAME_LANGUAGES)
        raise UnknownName(f"no names of areas in language {lang!r}; known: {languages}")
    title = None if _country_code(code) else _title(code)
    if title is None:
        return known.country_names(lang)[country(code)]
    if lang not in title:
        raise UnknownName(f"{code!r} has no name in {lang!r}; known: {', '.join(title)}")
    return title[lang]


def names(codes: Iterable[str], lang: str = "en") -> tuple[str, ...]:
    """Name many areas at once.

    Parameters
    ----------
    codes : iterable of str
        As in `name`.
    lang : str
        As in `name`.

    Returns
    -------
    tuple of str
        In the order given.

    Raises
    ------
    UnknownName
        An unknown code, or a language in which it has no name.

    Examples
    --------
    >>> names(["DNK", "NOR"], "sv")
    ('Danmark', 'Norge')
    """
    return tuple(name(code, lang) for code in codes)


_EMPTY = (
    "the list of countries is empty: write names, codes or groups, for example 'nordic' "
    "or 'DK,NO,SE'"
)


def _text(value: object) -> str:
    """Refuse what is no text; codes are lost on the way in more often than one would think."""
    if isinstance(value, str):
        return value
    hint = ""
    if value is False:
        hint = " (YAML reads Norway's code NO as false: put it in quotation marks)"
    elif value is None or value != value:
        hint = " (Namibia's code NA is easily read as a missing value: read the column as text)"
    raise UnknownName(f"a country is named by a text, not by {value!r}{hint}")


def _country_code(name: object) -> str | None:
    # Other letters than ASCII may turn into ASCII when their case is changed ("ß" into "SS").
    if not isinstance(name, str) or not name.isascii():
        return None
    return known.codes().get(name.strip().upper())


def _title(text: str) -> Mapping[str, str] | None:
    """Find the titles of an aggregate or a group."""
    key = known.key(_text(text))
    for table, entries, index in (
        ("areas", "aggregates", known.aggregates()),
        ("groups", "groups", known.groups()),
    ):
        if key in index:
            title: Mapping[str, str] = known.data(table)[entries][index[key]]["title"]
            return title
    return None
