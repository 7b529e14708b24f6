"""Numbers of a comparison as a reader of a language expects them."""

from decimal import ROUND_HALF_UP, Decimal
from math import floor, log10
from typing import Final

from benchmark.language import number, percent, term

_COARSE: Final = ("percent", "score_0_100", "pp", "points")


def shown_decimals(unit: str | None, decimals: int | None) -> int | None:
    """Choose how many decimals of a figure or difference a reader is shown.

    Parameters
    ----------
    unit : str or None
        A unit of levels or of differences.
    decimals : int or None
        Decimals of the source; None for those of the number.

    Returns
    -------
    int or None
        At most two on scales up to a hundred, where further ones are a computer's, not a survey's.

    Examples
    --------
    >>> shown_decimals("score_0_100", 6), shown_decimals("index_0_1", 4), shown_decimals("pp", 0)
    (2, 4, 0)
    """
    return decimals if decimals is None or unit not in _COARSE else min(decimals, 2)


def counted(value: float, unit: str, lang: str, decimals: int | None, sign: bool = False) -> str:
    """Show a difference with the word of its unit.

    Parameters
    ----------
    value : float
        The difference [unit].
    unit : str
        A unit of differences.
    lang : str
        Language.
    decimals : int or None
        Digits after the mark; None for those of the number.
    sign : bool
        Put a plus sign on a positive number.

    Returns
    -------
    str
        For example ``-6 percentage points``.

    Examples
    --------
    >>> counted(-1, "pp", "en", 0), counted(48.48, "rel_change_percent", "sv", 1, sign=True)
    ('-1 percentage point', '+48,5\u00a0%')
    """
    if unit == "rel_change_percent":
        return percent(value, lang, decimals, sign)
    shown = number(value, lang, shown_decimals(unit, decimals), sign)
    group = "difference_one" if shown.lstrip("+-") == "1" else "difference"
    return f"{shown} {term(f'{group}.{unit}', lang)}"


def probability(p: float, lang: str) -> str:
    """Show a p-value with two significant digits.

    Parameters
    ----------
    p : float
        The p-value.
    lang : str
        Language.

    Returns
    -------
    str
        The number; below 0.0001 only that.

    Examples
    --------
    >>> probability(0.2345, "en"), probability(0.0075, "da"), probability(1e-9, "en")
    ('0.23', '0,0075', '< 0.0001')
    """
    if p < 1e-4:
        return f"< {number(0.0001, lang)}"
    rounded = float(f"{p:.1e}")
    return number(rounded, lang, 1 - floor(log10(rounded)))


def tidy(value: float, lang: str) -> str:
    """Show a computed number with two decimals at most, and none that are nought.

    Parameters
    ----------
    value : float
        The number.
    lang : str
        Language.

    Returns
    -------
    str
        The number.

    Examples
    --------
    >>> tidy(2.0, "en"), tidy(1 / 3, "da")
    ('2', '0,33')
    """
    rounded = Decimal(repr(float(value))).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    return number(float(rounded), lang)


def capital(text: str) -> str:
    """Begin a text with a capital letter.

    Parameters
    ----------
    text : str
        The text.

    Returns
    -------
    str
        The same with its first letter raised.

    Examples
    --------
    >>> capital("ændring")
    'Ændring'
    """
    return text[:1].upper() + text[1:]
