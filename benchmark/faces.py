"""How a number is written with its unit, in four languages."""

from math import isfinite

from benchmark.language import number, ordinal_rank, percent, term
from benchmark.language.data import dictionary
from benchmark.units import Unit

# Digits beyond these are the dust that binary arithmetic leaves; nothing published has so many.
_DIGITS = 9


def face(value: float, unit: Unit, pool: int | None = None, lang: str = "en") -> str:
    """Write a number with its unit.

    Parameters
    ----------
    value : float
        In `unit`; not a number is written as missing.
    unit : Unit
        The unit.
    pool : int, optional
        Number of countries ranked.
    lang : {"en", "da", "nb", "sv"}
        The language.

    Returns
    -------
    str

    Examples
    --------
    >>> from benchmark.units import unit
    >>> face(31.2, unit("pp"), lang="nb"), face(0.1 + 0.2, unit("index_0_1"))
    ('31,2 prosentpoeng', '0.3 (index from 0 to 1)')
    >>> face(-2, unit("places"), 36, "sv"), face(float("nan"), unit("percent"))
    ('-2 platser av 36 länder', 'missing (percent)')
    """
    word = term(unit.term, lang)
    if not isfinite(value):
        return f"{term('status.O', lang)} ({word})"
    rounded = round(value, _DIGITS)
    if unit.shown == "percent":
        return percent(rounded, lang)
    if unit.shown == "place":
        return ordinal_rank(rounded, pool, lang)
    written = number(rounded, lang)
    if unit.shown == "bracket":
        return f"{written} ({word})"
    return _of_pool(f"{written} {word}", pool, lang)


def _of_pool(place: str, pool: int | None, lang: str) -> str:
    if pool is None:
        return place
    words = dictionary(lang)["rank"]
    return str(words["pool"]).format(
        place=place, n=number(pool, lang), countries=words["countries"]
    )
