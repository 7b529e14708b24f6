"""Numbers and words as a reader of English, Danish, Norwegian or Swedish expects them.

The marks follow the Unicode locale data (CLDR). They are four short tables of our own because
loading a locale costs more than the table that is to be printed.
"""

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from numbers import Integral
from typing import SupportsFloat

from benchmark.errors import BenchmarkError, UnknownName
from benchmark.language.data import dictionary, terms

_MINUS = re.compile(r"(?<![\w.,)%-])-(?=[\d.])")


def number(
    value: SupportsFloat, lang: str = "en", decimals: int | None = None, sign: bool = False
) -> str:
    """Write a number with the decimal mark and the digit grouping of a language.

    Parameters
    ----------
    value : real number
        A Python or numpy number, or a `Decimal`.
    lang : {"en", "da", "nb", "sv"}
        The language.
    decimals : int, optional
        Digits after the decimal mark, rounded half up; by default the digits as written, where
        a float that is whole has none.
    sign : bool
        Put a plus sign on a positive number.

    Returns
    -------
    str
        The text, with an ASCII hyphen-minus for a negative number.

    Raises
    ------
    BenchmarkError
        If the number is not finite.
    UnknownName
        If the language is not one of the four.

    References
    ----------
    Unicode CLDR, number patterns of en, da, nb and sv.

    Examples
    --------
    >>> number(24500), number(78.5, "da"), number(24500, "sv") == "24\u00a0500"
    ('24,500', '78,5', True)
    >>> number(0.125, decimals=2), number(-0.4, decimals=0), number(16, sign=True)
    ('0.13', '0', '+16')
    """
    marks = dictionary(lang)["number"]
    digits = _decimal(value)
    if decimals is not None:
        digits = digits.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    whole, _, rest = f"{abs(digits):,f}".partition(".")
    text = whole.replace(",", marks["group"]) + (marks["decimal"] + rest if rest else "")
    if digits < 0:
        return f"-{text}"
    return f"+{text}" if sign and digits > 0 else text


def percent(
    value: SupportsFloat, lang: str = "en", decimals: int | None = None, sign: bool = False
) -> str:
    """Write a number of percent.

    Parameters
    ----------
    value : real number
        The percentage [percent]: 78 is 78 %.
    lang, decimals, sign
        As in `number`.

    Returns
    -------
    str
        The text; Danish, Norwegian and Swedish put a no-break space before the sign.

    Raises
    ------
    BenchmarkError
        If the number is not finite, or the language is unknown.

    Examples
    --------
    >>> percent(78), percent(48.48, "da", decimals=1) == "48,5\u00a0%"
    ('78%', True)
    """
    return str(dictionary(lang)["number"]["percent"]).format(number(value, lang, decimals, sign))


def join(words: Sequence[str], lang: str = "en") -> str:
    """Write a list of words as prose.

    Parameters
    ----------
    words : sequence of str
        What to list.
    lang : {"en", "da", "nb", "sv"}
        The language.

    Returns
    -------
    str
        The words with commas, and the language's "and" before the last.

    Raises
    ------
    UnknownName
        If the language is not one of the four.

    Examples
    --------
    >>> join(["mode", "scale", "n"]), join(["n", "deff"], "nb"), join([])
    ('mode, scale and n', 'n og deff', '')
    """
    conjunction = dictionary(lang)["prose"]["and"]
    *first, last = [str(word) for word in words] or [""]
    return f"{', '.join(first)} {conjunction} {last}" if first else last


def term(key: str, lang: str = "en") -> str:
    """Look up the term a statistician uses.

    Parameters
    ----------
    key : str
        Its dotted key in the list of terms, such as `"base.residents"`.
    lang : {"en", "da", "nb", "sv"}
        The language.

    Returns
    -------
    str
        The term.

    Raises
    ------
    UnknownName
        If there is no such term, or the language is unknown.
    """
    dictionary(lang)
    entry: object = terms()
    for part in key.split("."):
        entry = entry.get(part) if isinstance(entry, dict) else None
    text = entry.get(lang) if isinstance(entry, dict) else None
    if not isinstance(text, str):
        raise UnknownName(f"no term {key!r} in {lang}: add it to benchmark/data/terms.toml")
    return text


def ordinal_rank(rank: SupportsFloat, n: int | None = None, lang: str = "en") -> str:
    """Write a place in a ranking and the size of the pool it was reached in.

    Parameters
    ----------
    rank : real number
        The place [rank]; a shared place may be a fraction.
    n : int, optional
        Countries in the pool.
    lang : {"en", "da", "nb", "sv"}
        The language.

    Returns
    -------
    str
        The text.

    Raises
    ------
    BenchmarkError
        If the place is not finite, or the language is unknown.

    Examples
    --------
    >>> ordinal_rank(18, 36), ordinal_rank(18, 36, "da"), ordinal_rank(18, 36, "nb")
    ('18th of 36 countries', 'nr. 18 blandt 36 lande', 'nr. 18 av 36 land')
    >>> ordinal_rank(18, 36, "sv"), ordinal_rank(2)
    ('plats 18 av 36 länder', '2nd')
    """
    words = dictionary(lang)["rank"]
    place = str(words["place"]).format(_ordinal(rank, lang))
    if n is None:
        return place
    countries = words["country"] if n == 1 else words["countries"]
    return str(words["pool"]).format(place=place, n=number(n, lang), countries=countries)


def typeset(text: str) -> str:
    """Give negative numbers the minus sign of print, for faces that can show it.

    Parameters
    ----------
    text : str
        Plain text with ASCII hyphen-minus.

    Returns
    -------
    str
        The text with U+2212 before negative numbers; hyphens, dates and ranges stay.

    Examples
    --------
    >>> typeset("-6 (-7 to -5), aged 15-89, 2013-04-12")
    '−6 (−7 to −5), aged 15-89, 2013-04-12'
    """
    return _MINUS.sub("\u2212", text)


def _decimal(value: SupportsFloat) -> Decimal:
    """Take the digits as a person sees them: 0.1 is 0.1, and 78.0 is 78."""
    if isinstance(value, Integral):
        return Decimal(int(value))
    digits = value if isinstance(value, Decimal) else Decimal(repr(float(value)))
    if not digits.is_finite():
        raise BenchmarkError(f"{value} is not a number that can be written: say why it is missing")
    whole = digits.to_integral_value()
    return whole if digits == whole and not isinstance(value, Decimal) else digits


def _ordinal(rank: SupportsFloat, lang: str) -> str:
    text = number(rank, lang)
    endings = dictionary(lang)["rank"].get("endings")
    if not endings or not text.isdigit():
        return text
    teen = text[-2:] in {"11", "12", "13"}
    return text + str(endings["other"] if teen else endings.get(text[-1], endings["other"]))
