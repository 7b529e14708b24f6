"""How numbers and periods are written in the cells of a file."""

import re
from collections.abc import Callable
from typing import Any

import numpy as np

_TIMES = (
    (re.compile(r"(\d{4})M(\d{2})"), "{0}-{1}"),
    (re.compile(r"(\d{4})-?[QK]([1-4])"), "{0}-{2:02d}/{0}-{3:02d}"),
    (re.compile(r"(\d{4})-(\d{4})"), "{0}/{1}"),
)


def form(decimal: str, group: str, percent: bool) -> "re.Pattern[str]":
    """Make the pattern of a number with a decimal mark and a mark between groups of digits."""
    d = re.escape(decimal)
    space = "[ \u00a0\u202f\u2009]"
    grouped = space if group == " " else re.escape(group)
    digits = rf"\d{{1,3}}(?:{grouped}\d{{3}})+|\d+" if group else r"\d+"
    tail = r"(?:\s*%)?" if percent else ""
    return re.compile(rf"(?P<sign>[+\-\u2212]?)(?P<whole>{digits})(?:{d}(?P<rest>\d+))?{tail}")


def number(match: "re.Match[str]") -> float:
    """Give the value of a number that fits its pattern."""
    whole = re.sub(r"\D", "", match["whole"])
    value = float(f"{whole}.{match['rest'] or '0'}")
    return -value if match["sign"] in ("-", "\u2212") else value


def scaled(numbers: Any, factor: Any) -> Any:
    """Multiply as on paper: 0.785 by 100 is 78.5."""
    return np.where(factor == 1.0, numbers, np.round(numbers * factor, 12))


def written(text: str) -> str:
    """Say what to do about a text that is no number."""
    if re.fullmatch(r"-?\d+,\d+", text):
        return "if the comma is the decimal mark, say decimal = ',' under [source]"
    if re.fullmatch(r"-?\d{1,3}([.,'\u00a0\u202f ]\d{3})+([.,]\d+)?", text):
        return "if its digits are grouped, say thousands (and decimal) under [source]"
    return "mend the cell; or, if it stands for a missing value, name it under [missing]"


def period(text: str) -> str:
    """Write the periods of statistics offices as the figures table does."""
    for form, written in _TIMES:
        match = form.fullmatch(text)
        if match:
            last = 3 * int(match[2]) if "2:" in written else 0
            return written.format(match[1], match[2], last - 2, last)
    return text


def tried(read: Callable[[str], int], text: str) -> float:
    """Read a year, or give not-a-number."""
    try:
        return float(read(text)) if text else float("nan")
    except ValueError:
        return float("nan")
