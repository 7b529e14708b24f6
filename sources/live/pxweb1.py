"""PxWebApi, first version: Statistics Norway's older service, Finland, Iceland."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sources.live.batches import Axes, cells, split
from sources.live.described import assembled, wanted
from sources.live.errors import Denied
from sources.live.http import Client
from sources.live.request import Request
from sources.vintages import Part, Vintage

if TYPE_CHECKING:
    from sources.live.cache import Answer
    from sources.table import Table

_TOO_MANY = (403, 413)
_FEW = 1000
"""Cells that every service hands out; where so few are refused, the reason is another."""


def fetch(
    client: Client, table: str, entry: Mapping[str, Any], languages: Sequence[str]
) -> Iterator[Part]:
    """Ask for a table: what it is in every language, then its figures part by part."""
    from sources.readers.pxweb import describe

    about = {lang: f"{client.publisher.at(lang)}/{table}" for lang in languages}
    metas = [Part("meta", client.ask(Request(about[lang])), lang) for lang in languages]
    yield from metas
    axes = wanted(table, describe(metas[0].answer.utf8), entry)
    parts = split(axes, client.publisher.cells)
    for part in parts:
        for answer in _answers(client, about[languages[0]], part):
            yield Part("data", answer, languages[0], len(parts))


def _answers(client: Client, address: str, part: Axes) -> "Iterator[Answer]":
    """Ask for a part; where the service allows less than we know, for its halves."""
    try:
        yield client.ask(Request(address, _query(part)))
    except Denied as error:
        if error.status not in _TOO_MANY or cells(part) <= _FEW:
            raise
        for half in split(part, (cells(part) + 1) // 2):
            yield from _answers(client, address, half)


def _query(axes: Axes) -> dict[str, Any]:
    chosen = [
        {"code": name, "selection": {"filter": "item", "values": list(codes)}}
        for name, codes in axes.items()
    ]
    return {"query": chosen, "response": {"format": "json-stat2"}}


def read(vintage: Vintage) -> "Table":
    """Read the parts of a table, with its labels in every language."""
    from sources.readers import jsonstat, pxweb

    return assembled(vintage, pxweb.describe, jsonstat.read)
