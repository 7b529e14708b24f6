"""Fetching tables from a publisher: the one public way to the network."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmark.errors import BenchmarkError, NotFetched, UnknownName
from sources.live.batches import Changed
from sources.live.cache import Cache, folder, now, write
from sources.live.clock import Patience
from sources.live.progress import shown
from sources.live.publishers import Publisher, publisher
from sources.vintages import Part, Vintage, keep, newest, place

if TYPE_CHECKING:
    from sources.live.http import Client

_ID = re.compile(r"\w[\w.\-/]*")
_CONTINUED = timedelta(hours=12)
"""An interrupted fetch is continued within this time; after it, a fetch begins anew."""


def update(
    source: str | Publisher,
    tables: str | Sequence[str] | None = None,
    *,
    offline: bool = False,
    cache: str | Path | None = None,
    languages: Sequence[str] | None = None,
    patience: Patience | None = None,
) -> list[Vintage]:
    """Fetch tables from a publisher and keep them as vintages.

    Only the hosts registered for the publisher are asked. What arrives is kept at once: a fetch
    that was interrupted goes on where it stopped.

    Parameters
    ----------
    source : str or Publisher
        Id of a registered publisher: `dst`, `ssb`, `scb`, `eurostat` ...; or an entry of your own.
    tables : str or sequence of str, optional
        Ids of tables; all that are registered for the publisher by default.
    offline : bool
        Ask nobody; give what was fetched before.
    cache : path, optional
        Folder to keep answers in; by default the environment variable NORDBENCH_CACHE, else the
        platform's place for caches.
    languages : sequence of str, optional
        Languages of the labels; all the publisher has by default.
    patience : Patience, optional
        How long and how often to try.

    Returns
    -------
    list of Vintage
        One a table, in the order asked for; `.read()` gives its table.

    Raises
    ------
    UnknownName
        If the source, a language or what is asked of a table is unknown.
    NotFetched
        If an answer could not be had or used. What was in the cache is left as it was.

    Examples
    --------
    >>> update("un", "un_egdi_2012", offline=True, cache="an empty folder")
    Traceback (most recent call last):
        ...
    benchmark.errors.NotFetched: un/un_egdi_2012 was never fetched into an empty folder; leave \
out --offline (offline=True) to fetch it
    """
    one = publisher(source) if isinstance(source, str) else source
    asked = _tables(one, [tables] if isinstance(tables, str) else tables)
    spoken = _languages(one, languages)
    home = folder(cache) / one.id
    if offline:
        return [_held(home, table) for table in asked]
    Cache(home).sweep()
    return [_fetched(one, home, table, spoken, patience) for table in asked]


def _tables(one: Publisher, tables: Sequence[str] | None) -> list[str]:
    asked = list(one.tables if tables is None else tables)
    strange = [repr(name) for name in asked if not _ID.fullmatch(name) or ".." in name]
    if strange:
        raise UnknownName(f"no ids of tables: {', '.join(strange)}")
    if not asked:
        raise UnknownName(f"no table of {one.id} is registered: name the id of one ({one.title})")
    return list(dict.fromkeys(asked))


def _languages(one: Publisher, languages: Sequence[str] | None) -> list[str]:
    strange = [name for name in languages or () if name not in one.languages]
    if strange:
        known = ", ".join(one.languages)
        raise UnknownName(f"{one.id} has nothing in {', '.join(strange)}; languages: {known}")
    return list(languages or one.languages)


def _held(home: Path, table: str) -> Vintage:
    found = newest(home, table)
    if found is None:
        raise NotFetched(
            f"{home.name}/{table} was never fetched into {home.parent}; leave out --offline "
            "(offline=True) to fetch it"
        )
    return found


def _fetched(
    one: Publisher, home: Path, table: str, languages: list[str], patience: Patience | None
) -> Vintage:
    from sources.live.http import Client

    query = {key: value for key, value in one.tables.get(table, {}).items() if key != "title"}
    notebook = place(home, table) / "open.json"
    client = Client(one, Cache(home), patience, since=_began(notebook, one, query, languages))
    with _understood(notebook, f"{one.id}/{table}"):
        parts = tuple(shown(f"{one.id}/{table}", _parts(client, table, query, languages)))
        moment = now()
        vintage = Vintage(one.id, table, one.protocol, moment, moment, parts, query)
        vintage.read()
    kept = keep(home, vintage)
    notebook.unlink(missing_ok=True)
    return kept


def _parts(
    client: "Client", table: str, query: Mapping[str, Any], languages: Sequence[str]
) -> Iterator[Part]:
    protocol = import_module(f"sources.live.{client.publisher.protocol}")
    parts: Iterator[Part] = protocol.fetch(client, table, query, languages)
    return parts


def _began(
    notebook: Path, one: Publisher, query: Mapping[str, Any], languages: Sequence[str]
) -> str:
    """Say when this fetch began: now, or when an interrupted one for the same began."""
    asked = json.dumps([one.base, query, list(languages)], sort_keys=True)
    with suppress(OSError, ValueError, KeyError, TypeError):
        known = json.loads(notebook.read_text("utf-8"))
        oldest = (datetime.now(UTC) - _CONTINUED).isoformat()
        if known["asked"] == asked and oldest < known["began"] <= now():
            return str(known["began"])
    began = now()
    write(notebook, json.dumps({"began": began, "asked": asked}).encode())
    return began


@contextmanager
def _understood(notebook: Path, name: str) -> Iterator[None]:
    """Begin anew next time where what was sent makes no sense; go on where only the way failed."""
    try:
        yield
    except (NotFetched, UnknownName) as error:
        if isinstance(error, Changed):
            notebook.unlink(missing_ok=True)
        raise
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        notebook.unlink(missing_ok=True)
        why = str(error) if isinstance(error, BenchmarkError) else repr(error)
        raise NotFetched(
            f"{name}: what the publisher sent cannot be read ({why}); nothing of it is used"
        ) from error
