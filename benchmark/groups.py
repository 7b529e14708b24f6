"""Groups of countries and their members on a day."""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from benchmark import names
from benchmark.errors import BenchmarkError, NoData, UnknownName

Day = date | int | str


def group(name: str, on: Day | None = None) -> tuple[str, ...]:
    """Give the members of a group of countries on a day.

    Parameters
    ----------
    name : str
        nordic, baltic, nordic_baltic, eu, efta, eea, or a fixed composition (EU27_2020, EU28);
        also in Danish, Norwegian and Swedish.
    on : date, int or str, optional
        A day, `YYYY-MM-DD`; a month or a year stands for its last day. Default: today. The
        United Kingdom is a member of `eu` up to and including 2020-01-31.

    Returns
    -------
    tuple of str
        ISO 3166-1 alpha-3, in alphabetical order.

    Raises
    ------
    UnknownName
        No such group.
    NoData
        The group had no member on that day.
    BenchmarkError
        `on` is not a day.

    Examples
    --------
    >>> group("norden")
    ('DNK', 'FIN', 'ISL', 'NOR', 'SWE')
    >>> len(group("eu", on="2020-01-31")), len(group("eu", on="2020-02-01"))
    (28, 27)
    """
    found = names.groups().get(names.key(name)) if isinstance(name, str) else None
    if not found:
        known = ", ".join(names.data("groups")["groups"])
        raise UnknownName(f"no group of countries is called {name!r}; known groups: {known}")
    spells: Mapping[str, Mapping[str, date]] = names.data("groups")["groups"][found]["members"]
    day = _day(on)
    members = tuple(code for code, spell in spells.items() if _within(day, spell))
    if not members:
        first = min(spell["from"] for spell in spells.values())
        raise NoData(f"group {found!r} had no member on {day}; its first day is {first}")
    return members


def is_group(name: object) -> bool:
    """Tell whether a text names a group of countries.

    Parameters
    ----------
    name : object
        What somebody wrote.

    Returns
    -------
    bool

    Examples
    --------
    >>> is_group("EU"), is_group("Danmark")
    (True, False)
    """
    return isinstance(name, str) and names.key(name) in names.groups()


def _within(day: date, spell: Mapping[str, date]) -> bool:
    return spell.get("from", date.min) <= day <= spell.get("to", date.max)


def _day(on: Day | None) -> date:
    if on is None:
        return date.today()
    if isinstance(on, datetime):
        return on.date()
    return on if isinstance(on, date) else _last_day(str(on).strip())


def _last_day(text: str) -> date:
    """Read a day, or the last day of a month or a year."""
    written = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", text, re.ASCII)
    try:
        if written is None:
            raise ValueError(text)
        year, month, day = (int(part or 0) for part in written.groups())
        if day:
            return date(year, month, day)
        # Four days after the 28th lie in the next month, whatever the month.
        beyond = date(year, 12 if written[2] is None else month, 28) + timedelta(days=4)
        return beyond - timedelta(days=beyond.day)
    except (ValueError, OverflowError):
        raise BenchmarkError(
            f"{text!r} is not a day; write YYYY-MM-DD, or YYYY-MM or YYYY for its last day"
        ) from None
