"""PxWebApi, second version: Statistics Sweden and Statistics Norway."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sources.live.batches import split
from sources.live.described import assembled, wanted
from sources.live.http import Client
from sources.live.request import Request
from sources.vintages import Part, Vintage

if TYPE_CHECKING:
    from sources.table import Table


def fetch(
    client: Client, table: str, entry: Mapping[str, Any], languages: Sequence[str]
) -> Iterator[Part]:
    """Ask for the limits, for what a table is in every language, and for its figures."""
    from sources.readers import pxweb

    publisher = client.publisher
    limits = pxweb.config(client.ask(Request(f"{publisher.at()}/config")).utf8)
    client.clock.set(limits.max_calls, limits.window)
    about = f"{publisher.at()}/tables/{table}"
    metas = [
        Part(
            "meta", client.ask(Request(f"{about}/metadata?lang={publisher.languages[lang]}")), lang
        )
        for lang in languages
    ]
    yield from metas
    axes = wanted(table, pxweb.describe(metas[0].answer.utf8), entry)
    parts = split(axes, limits.max_cells)
    address = f"{about}/data?lang={publisher.languages[languages[0]]}&outputFormat=json-stat2"
    for part in parts:
        chosen = [{"variableCode": name, "valueCodes": codes} for name, codes in part.items()]
        answer = client.ask(Request(address, {"selection": chosen}))
        yield Part("data", answer, languages[0], len(parts))


def read(vintage: Vintage) -> "Table":
    """Read the parts of a table, with its labels in every language."""
    from sources.readers import jsonstat, pxweb

    return assembled(vintage, pxweb.describe, jsonstat.read)
