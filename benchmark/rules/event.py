"""Dated events that bear on a concept, such as a duty to serve oneself digitally."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from benchmark import periods
from benchmark.errors import BenchmarkError

_EXPECTED = 'expected a day such as "2012-12-01", or {date = "2012-12-01", title = {en = "..."}}'


@dataclass(frozen=True, order=True)
class Event:
    """One event.

    Attributes
    ----------
    date : str
        ``YYYY-MM-DD``; ``YYYY-MM`` and ``YYYY`` stand for their first day.
    titles : tuple of (str, str)
        What happened, by language; may be empty.
    """

    date: str
    titles: tuple[tuple[str, str], ...] = ()

    @property
    def start(self) -> int:
        """First instant of the day [units of `benchmark.periods`]."""
        return periods.parse(self.date).start

    def to_facts(self) -> dict[str, Any]:
        """Give the event as plain data.

        Returns
        -------
        dict
            ``date`` and, where known, ``title`` by language.
        """
        return {"date": self.date} | ({"title": dict(self.titles)} if self.titles else {})


def read_event(entry: Any) -> Event:
    """Read one entry of a list of events.

    Parameters
    ----------
    entry : str or Mapping
        A day, or a day with a title in some languages.

    Returns
    -------
    Event
        The event.

    Raises
    ------
    BenchmarkError
        If the entry has another form or the day does not exist.

    Examples
    --------
    >>> read_event("2012-12").to_facts()
    {'date': '2012-12'}
    """
    table = entry if isinstance(entry, Mapping) else {"date": entry}
    date, title = table.get("date"), table.get("title", {})
    if not isinstance(date, str) or "/" in date or not isinstance(title, Mapping):
        raise BenchmarkError(_EXPECTED)
    periods.parse(date)
    return Event(date, tuple(sorted((str(lang), str(words)) for lang, words in title.items())))
