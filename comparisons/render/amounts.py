"""Amounts as a reader of a language writes them, with the digits of the source."""

from collections.abc import Mapping
from typing import Any

from benchmark.language import number, percent, term
from comparisons.texts import text

# The difference of two levels has a unit of its own; the terms name it.
DIFFERENCES = {
    "percent": "pp",
    "fraction": "pp",
    "net_points": "pp",
    "score_0_100": "points",
    "index_0_1": "index_points",
    "rank": "places",
    "count": "count",
}
SIGNED = {*DIFFERENCES.values(), "signed"}
MOST_DECIMALS = 2


def amount(value: float, unit: str, decimals: int | None = None, lang: str = "en") -> str:
    """Write a level.

    Parameters
    ----------
    value : float
        In `unit`.
    unit : str
        A unit of the registry, of which only percent is written with the number; or the unit of
        a difference, or `signed`, of which positive numbers get their sign.
    decimals : int, optional
        Digits after the mark; by default those of the number, two at most.
    lang : {"en", "da", "nb", "sv"}

    Returns
    -------
    str

    Examples
    --------
    >>> amount(78.0, "percent", 0), amount(66.7599, "score_0_100"), amount(18.0, "rank")
    ('78%', '66.76', '18')
    """
    write = percent if unit == "percent" else number
    shown = digits(value) if decimals is None else decimals
    return str(write(value, lang, shown, sign=unit in SIGNED))


def digits(value: float) -> int:
    """Count the decimals a number is written with, two at most: a longer tail is no information.

    Examples
    --------
    >>> digits(85.0), digits(85.3), digits(85.25649)
    (0, 1, 2)
    """
    return min(MOST_DECIMALS, len(repr(float(value)).partition(".")[2].rstrip("0")))


def qualified(record: Mapping[str, Any], lang: str) -> str:
    """Write the value of a cell with its qualifier, as in "up to 24%".

    Parameters
    ----------
    record : mapping
        With `value`, `unit`, `decimals`, `unit_mult` and `qualifier`.
    lang : {"en", "da", "nb", "sv"}

    Returns
    -------
    str
        A rank is written with its pool where that is known, as in "18 of 36".
    """
    decimals = None if record["decimals"] != record["decimals"] else int(record["decimals"])
    power = int(record["unit_mult"])
    shown = None if decimals is None else max(0, decimals - power)
    written = amount(record["value"] * 10.0**power, record["unit"], shown, lang)
    if record["unit"] == "rank" and record["pool_size"] == record["pool_size"]:
        written = text("table.place", lang, rank=written, n=int(record["pool_size"]))
    if record["qualifier"] == "exact":
        return written
    word = term(f"qualifier.{record['qualifier']}", lang)
    return f"{word} {written}"


def change(value: float, unit: str, decimals: int | None, lang: str) -> str:
    """Write a difference between two levels, with its sign and its own unit.

    Parameters
    ----------
    value : float
        The difference.
    unit : str
        Unit of the difference: `pp`, `points`, `index_points`, `places`, `count`.
    decimals : int, optional
        Digits after the mark; by default those of the number, two at most.
    lang : {"en", "da", "nb", "sv"}

    Returns
    -------
    str

    Examples
    --------
    >>> change(-6.0, "pp", 0, "da"), change(16.0, "pp", 0, "en")
    ('-6 procentpoint', '+16 percentage points')
    """
    shown = digits(value) if decimals is None else decimals
    return f"{number(value, lang, shown, sign=True)} {term(f'difference.{unit}', lang)}"
