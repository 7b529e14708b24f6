"""Who may be asked, where, how often and for what: `publishers.toml`, read and checked."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

import tomli

from benchmark.errors import InvalidRegistry, UnknownName, listing

PROTOCOLS = ("statbank", "pxweb1", "pxweb2", "eurostat", "worldbank", "files")


@dataclass(frozen=True)
class Publisher:
    """One publisher's service.

    Attributes
    ----------
    id, title : str
        Its name here and in the world.
    protocol : str
        The module of `sources.live` that speaks its language.
    base : str
        Beginning of every address; `{lang}` stands for the publisher's code of a language.
    hosts : tuple of str
        The only hosts that are ever asked, redirections included.
    languages : mapping of str to str
        Our code of a language -> the publisher's; the first one is that of the data.
    tables : mapping of str to mapping
        Tables offered: `title` in four languages and what the protocol needs to ask for them.
    cells : int
        Most cells an answer may have; 0 means no limit.
    calls, window : int, float
        So many questions in so many seconds; 0 means no limit.
    batches : int
        Most parts a table is cut into before it is asked for in one stream instead.
    largest : int
        Largest answer taken in [bytes].
    licence, credit : str
        Terms of use, and the line the publisher wants printed.
    errors : mapping of str to str
        The publisher's names of errors -> what to say.
    plain : bool
        Ask without encryption. Only for a service on one's own machine.
    """

    id: str
    title: str
    protocol: str
    base: str
    hosts: tuple[str, ...]
    languages: Mapping[str, str] = field(default_factory=lambda: {"en": "en"})
    tables: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    cells: int = 0
    calls: int = 0
    window: float = 1.0
    batches: int = 40
    largest: int = 500_000_000
    licence: str = "not stated"
    credit: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)
    plain: bool = False

    def __post_init__(self) -> None:
        """Refuse an entry that could not be asked, or asks whom it should not."""
        problems = list(_problems(self))
        if problems:
            raise InvalidRegistry(listing(f"publisher {self.id!r} cannot be used", problems))

    def at(self, lang: str | None = None) -> str:
        """Give the beginning of every address, in a language of ours."""
        first = next(iter(self.languages))
        return self.base.format(lang=self.languages[lang or first])


def _problems(one: Publisher) -> Iterator[str]:
    parts = urlsplit(one.base)
    wanted = "http" if one.plain else "https"
    if parts.scheme != wanted:
        yield f"base {one.base!r}: must begin {wanted}://"
    if parts.hostname not in one.hosts:
        yield f"base {one.base!r}: its host must be among hosts ({', '.join(one.hosts) or 'none'})"
    if one.protocol not in PROTOCOLS:
        yield f"protocol {one.protocol!r}: choose {', '.join(PROTOCOLS)}"
    if not one.languages:
        yield "languages: name at least one"


@cache
def publishers() -> Mapping[str, Publisher]:
    """Read the registered publishers.

    Returns
    -------
    mapping of str to Publisher
        By id, in the order of the file.

    Raises
    ------
    InvalidRegistry
        If an entry cannot be used.

    Examples
    --------
    >>> publishers()["dst"].hosts
    ('api.statbank.dk',)
    """
    text = (files("sources.live") / "publishers.toml").read_text("utf-8")
    content = tomli.loads(text)
    return {
        name: read(name, content["errors"].get(entry["protocol"], {}), entry)
        for name, entry in content["publishers"].items()
    }


def read(name: str, errors: Mapping[str, str], entry: Mapping[str, Any]) -> Publisher:
    """Make a publisher of its entry.

    Parameters
    ----------
    name : str
        Its id.
    errors : mapping
        What to say of the errors of its protocol.
    entry : mapping
        The entry, as TOML gives it.

    Returns
    -------
    Publisher
    """
    known = {**entry, "hosts": tuple(entry["hosts"]), "errors": errors}
    if "languages" in entry:
        known["languages"] = dict(entry["languages"])
    return Publisher(id=name, **known)


def publisher(name: str) -> Publisher:
    """Look a publisher up.

    Parameters
    ----------
    name : str
        Its id.

    Returns
    -------
    Publisher

    Raises
    ------
    UnknownName
        If it is not registered.
    """
    from benchmark.registry import unknown

    known = publishers()
    if name not in known:
        told = f"{unknown('source', name, known)}; sources that can be asked: {', '.join(known)}"
        raise UnknownName(told)
    return known[name]
