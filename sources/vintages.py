"""Vintages: tables as a publisher sent them, kept so that later ones can be held against them."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

from benchmark.errors import UnknownName, listing
from sources.live.cache import Answer, folder, stamp, write

if TYPE_CHECKING:
    from sources.table import Table

_FOLDER = "vintages"


@dataclass(frozen=True)
class Part:
    """One answer of those that make up a table.

    Attributes
    ----------
    role : {"data", "meta"}
        Figures, or a description of the table.
    answer : Answer
        What was asked and sent; `answer.path` is the file.
    lang : str
        The language asked for, empty where there is none.
    of : int
        How many parts with figures there are; 0 where that is not known beforehand.
    """

    role: str
    answer: Answer
    lang: str = ""
    of: int = 0


@dataclass(frozen=True)
class Vintage:
    """A table as its publisher sent it at one time.

    Attributes
    ----------
    source, table : str
        Publisher and id of the table.
    protocol : str
        The module of `sources.live` that reads it.
    fetched, checked : str
        When it came, and when the publisher last sent the same; ISO 8601, UTC.
    parts : tuple of Part
        The answers, as sent.
    select : mapping
        Patterns of the codes asked for; all of a variable not named.
    """

    source: str
    table: str
    protocol: str
    fetched: str
    checked: str
    parts: tuple[Part, ...]
    select: Mapping[str, Any]

    @property
    def id(self) -> str:
        """Its name: source, table and time."""
        return f"{self.source}/{self.table}@{stamp(self.fetched)}"

    @property
    def sha256(self) -> str:
        """Hash of all answers with figures; equal where a publisher sent the same again."""
        inside = "".join(part.answer.sha256 for part in self.parts if part.role == "data")
        return hashlib.sha256(inside.encode()).hexdigest()

    @property
    def size(self) -> int:
        """Size of all answers [bytes]."""
        return sum(part.answer.size for part in self.parts)

    def answers(self, role: str) -> list[Part]:
        """Give the parts of one role."""
        return [part for part in self.parts if part.role == role]

    def read(self) -> "Table":
        """Read the table, its parts put together.

        Returns
        -------
        Table
            With the labels of every language fetched; `meta` has `vintage`, `fetched`, `sha256`
            and `addresses`.

        Raises
        ------
        BenchmarkError
            If a file is gone, changed or cannot be read.
        """
        table: Table = import_module(f"sources.live.{self.protocol}").read(self)
        asked = list(dict.fromkeys(part.answer.address for part in self.answers("data")))
        known = {
            "vintage": self.id,
            "fetched": self.fetched,
            "sha256": self.sha256,
            "addresses": asked,
        }
        return replace(table, meta={**table.meta, **known})


def place(home: Path, table: str) -> Path:
    """Find the folder with the vintages of a table.

    Parameters
    ----------
    home : pathlib.Path
        Folder of the publisher in the cache.
    table : str
        Id of the table, whatever letters it has.
    """
    return home / _FOLDER / quote(table, safe="").replace(".", "%2E")


def keep(home: Path, vintage: Vintage) -> Vintage:
    """Keep a vintage, unless the newest of its table holds the same already.

    Parameters
    ----------
    home : pathlib.Path
        Folder of the publisher in the cache.
    vintage : Vintage
        What was fetched.

    Returns
    -------
    Vintage
        The one kept: the earlier one, confirmed, where it has all of it.
    """
    known = _of(home, vintage.table)
    if known and _inside(vintage) <= _inside(known[-1]):
        vintage = replace(known[-1], checked=vintage.checked)
    parts = [
        {"role": part.role, "lang": part.lang, "of": part.of}
        | part.answer.record()
        | {"path": part.answer.path.relative_to(home).as_posix()}
        for part in vintage.parts
    ]
    record = {key: getattr(vintage, key) for key in _FIELDS} | {"parts": parts}
    text = json.dumps(record, ensure_ascii=False, indent=1) + "\n"
    write(place(home, vintage.table) / f"{stamp(vintage.fetched)}.json", text.encode())
    return vintage


def _inside(vintage: Vintage) -> set[tuple[str, ...]]:
    """List what was asked and sent."""
    return {
        (part.role, part.lang, part.answer.address, part.answer.body, part.answer.sha256)
        for part in vintage.parts
    }


_FIELDS = ("source", "table", "protocol", "fetched", "checked", "select")


def vintages(source: str | None = None, *, cache: "str | Path | None" = None) -> list[Vintage]:
    """List the vintages in the cache.

    Parameters
    ----------
    source : str, optional
        Of this publisher only.
    cache : path, optional
        Folder of the cache; by default the environment variable NORDBENCH_CACHE, else the
        platform's place for caches.

    Returns
    -------
    list of Vintage
        By source, table and time.

    Examples
    --------
    >>> vintages(cache="a folder that is not there")
    []
    """
    root = folder(cache)
    homes = [root / source] if source else sorted(root.glob("*"))
    return [one for home in homes for table in _tables(home) for one in _of(home, table)]


def _tables(home: Path) -> Iterator[str]:
    yield from sorted(unquote(inside.name) for inside in (home / _FOLDER).glob("*"))


def _of(home: Path, table: str) -> list[Vintage]:
    records = sorted(place(home, table).glob("*Z.json"))
    found = (_read(home, record) for record in records)
    return [one for one in found if one is not None]


def _read(home: Path, record: Path) -> Vintage | None:
    """Read a record; one that a strange hand broke is as good as none."""
    try:
        known = json.loads(record.read_text("utf-8"))
        parts = tuple(_part(home, dict(one)) for one in known.pop("parts"))
        return Vintage(**known, parts=parts)
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _part(home: Path, known: dict[str, Any]) -> Part:
    path = home / known.pop("path")
    if not path.resolve().is_relative_to(home.resolve()):
        raise ValueError(f"{path} lies outside the cache")
    more = {key: known.pop(key) for key in ("role", "lang", "of")}
    return Part(answer=Answer(path=path, **known), **more)


def newest(home: Path, table: str) -> Vintage | None:
    """Find the newest vintage of a table, if there is one."""
    found = _of(home, table)
    return found[-1] if found else None


def vintage(name: str, *, cache: "str | Path | None" = None) -> Vintage:
    """Find a vintage by its name.

    Parameters
    ----------
    name : str
        `SOURCE/TABLE` for the newest, or `SOURCE/TABLE@TIME` with as much of the time, from its
        beginning, as names one.
    cache : path, optional
        Folder of the cache, as for `vintages`.

    Returns
    -------
    Vintage

    Raises
    ------
    UnknownName
        If there is none, or several; lists those of the table.

    Examples
    --------
    >>> vintage("eurostat/isoc_ciegi_ac", cache="a folder that is not there")
    Traceback (most recent call last):
        ...
    benchmark.errors.UnknownName: no vintage 'eurostat/isoc_ciegi_ac': nothing was fetched yet; \
see `nordbench update --help`
    """
    which, _, time = name.partition("@")
    source, _, table = which.partition("/")
    known = _of(folder(cache) / source, table) if source and table else []
    begun = [one for one in known if stamp(one.fetched).startswith(time)]
    if len(begun) == 1 or (begun and not time):
        return begun[-1]
    names = [one.id for one in begun or known or vintages(cache=cache)]
    what = f"{len(begun)} vintages answer to {name!r}" if begun else f"no vintage {name!r}"
    if not names:
        raise UnknownName(f"{what}: nothing was fetched yet; see `nordbench update --help`")
    raise UnknownName(listing(what, names, "Give as much of the time as names one."))
