"""Periods of measurement in whole units of time, so that their middles compare exactly.

A month is cut into so many units that a day is a whole number of them in months of 28, 29, 30
and 31 days alike, and that every middle is whole too. A year is twelve equal months, as in
decimal years: the middle of 2021 is 2021.5, of 2020/2021 it is 2021.0, of 2021-11 it is 2021.875.
"""

import math
import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from benchmark.errors import BenchmarkError

MONTH: Final = 2 * math.lcm(28, 29, 30, 31)
"""Units in a month."""

YEAR: Final = 12 * MONTH
"""Units in a year."""

_POINT = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time from the start of its first to the end of its last day or month.

    Attributes
    ----------
    start : int
        First instant [units since year 0].
    end : int
        First instant after the period [units since year 0].
    """

    start: int
    end: int

    @property
    def middle(self) -> int:
        """Halfway point [units since year 0]."""
        return (self.start + self.end) // 2

    @property
    def midpoint(self) -> float:
        """Halfway point [decimal years]."""
        return self.middle / YEAR

    @property
    def length(self) -> int:
        """Duration [units]."""
        return self.end - self.start

    @property
    def months(self) -> range:
        """Calendar months touched, counted from January of year 0."""
        return range(self.start // MONTH, (self.end - 1) // MONTH + 1)

    @property
    def text(self) -> str:
        """Shortest way to write the period: in years, else in months, else in days."""
        unit, width = (YEAR, 4) if self.start % YEAR == self.end % YEAR == 0 else (MONTH, 7)
        if self.start % unit or self.end % unit:
            width = 10
        first = Period(self.start, self.start + 1).last_day
        ends = (first.isoformat()[:width], self.last_day.isoformat()[:width])
        return "/".join(dict.fromkeys(ends))

    @property
    def last_day(self) -> date:
        """Last day included."""
        year, month = divmod((self.end - 1) // MONTH, 12)
        days = monthrange(year, month + 1)[1]
        passed = (self.end - 1) % MONTH
        return date(year, month + 1, passed * days // MONTH + 1)


@lru_cache(maxsize=4096)
def parse(text: str) -> Period:
    """Read a period.

    Parameters
    ----------
    text : str
        ``YYYY``, ``YYYY-MM``, ``YYYY-MM-DD`` or ``start/end`` with both ends included.

    Returns
    -------
    Period
        The stretch of time.

    Raises
    ------
    BenchmarkError
        If the text has another form, names a day that does not exist or ends before it starts.

    Examples
    --------
    >>> [parse(text).midpoint for text in ("2021", "2020/2021", "2021-11")]
    [2021.5, 2021.0, 2021.875]
    >>> parse("2012-09/2012-11").length == 3 * MONTH
    True
    >>> parse("2024-02-29").last_day
    datetime.date(2024, 2, 29)
    """
    first, slash, last = text.partition("/")
    start, end = _point(first, text), _point(last if slash else first, text)
    if end.end <= start.start:
        raise BenchmarkError(f"period {text!r} ends before it starts; write the earlier end first")
    return Period(start.start, end.end)


def _point(part: str, text: str) -> Period:
    """Read one year, month or day of a period."""
    found = _POINT.fullmatch(part)
    if not found or int(found[1]) == 0:
        raise BenchmarkError(
            f"period {text!r} cannot be read: expected YYYY, YYYY-MM, YYYY-MM-DD or start/end "
            "(both ends included), for example 2023 or 2012-09/2012-11"
        )
    year, month, day = (int(piece or 0) for piece in found.groups())
    if found[2] is None:
        return Period(year * YEAR, (year + 1) * YEAR)
    if not 1 <= month <= 12:
        raise BenchmarkError(f"period {text!r} names month {month:02d}; months run from 01 to 12")
    start = year * YEAR + (month - 1) * MONTH
    if found[3] is None:
        return Period(start, start + MONTH)
    days = monthrange(year, month)[1]
    if not 1 <= day <= days:
        raise BenchmarkError(f"period {text!r} names day {day:02d}; {part[:7]} has {days} days")
    unit = MONTH // days
    return Period(start + (day - 1) * unit, start + day * unit)


def last_year(text: str) -> int:
    """Find the last calendar year of a period.

    Parameters
    ----------
    text : str
        As for `parse`.

    Returns
    -------
    int
        The year.

    Examples
    --------
    >>> last_year("2019/2020"), last_year("2012-09/2012-11")
    (2020, 2012)
    """
    return parse(text).last_day.year


def shared(a: str, b: str) -> str:
    """Name the months that two periods have in common.

    Parameters
    ----------
    a, b : str
        As for `parse`.

    Returns
    -------
    str
        Whole years as ``YYYY`` or ``YYYY/YYYY``, else months as ``YYYY-MM`` or
        ``YYYY-MM/YYYY-MM``; empty where there are none.

    Examples
    --------
    >>> shared("2019/2020", "2020/2021"), shared("2021-03", "2021"), shared("2020", "2021")
    ('2020', '2021-03', '')
    """
    one, other = parse(a).months, parse(b).months
    first, stop = max(one.start, other.start), min(one.stop, other.stop)
    return Period(first * MONTH, stop * MONTH).text if first < stop else ""
