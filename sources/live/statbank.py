"""Statistics Denmark's StatBank: tableinfo and data, in parts or in one stream."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sources.live.batches import Axes, Changed, split
from sources.live.described import assembled, wanted
from sources.live.errors import Denied
from sources.live.http import Client
from sources.live.request import Request
from sources.vintages import Part, Vintage

if TYPE_CHECKING:
    from sources.table import Table


def fetch(
    client: Client, table: str, entry: Mapping[str, Any], languages: Sequence[str]
) -> Iterator[Part]:
    """Ask for a table: what it is in every language, then its figures."""
    from sources.readers.statbank_csv import tableinfo

    infos = {lang: _info(client, table, lang) for lang in languages}
    described = [Part("meta", client.ask(request), lang) for lang, request in infos.items()]
    yield from described
    about = tableinfo(described[0].answer.utf8)
    axes = wanted(table, about, entry)
    parts = split(axes, client.publisher.cells)
    if len(parts) > client.publisher.batches:
        yield _data(client, table, axes, "BULK", languages[0], 1)
        return
    for number, part in enumerate(parts):
        try:
            yield _data(client, table, part, "CSV", languages[0], len(parts))
        except Denied as error:
            # The first part is the largest: the limit is lower than ours, and a stream has none.
            if number or b"REQUEST-LIMIT" not in error.body:
                raise
            yield _data(client, table, axes, "BULK", languages[0], 1)
            return
    # The figures do not say of which update they are, the description does.
    again = tableinfo(client.send(infos[languages[0]]).content) if len(parts) > 1 else about
    if again.meta.get("updated") != about.meta.get("updated"):
        raise Changed("StatBank replaced the table while it was being fetched: run it again")


def _info(client: Client, table: str, lang: str) -> Request:
    query = f"format=json&id={table}&lang={client.publisher.languages[lang]}"
    return Request(f"{client.publisher.at(lang)}/tableinfo?{query}")


def _data(client: Client, table: str, axes: Axes, format: str, lang: str, of: int) -> Part:
    body = {
        "table": table,
        "format": format,
        "lang": client.publisher.languages[lang],
        "valuePresentation": "Code",
        "variables": [{"code": name, "values": list(codes)} for name, codes in axes.items()],
    }
    request = Request(f"{client.publisher.at(lang)}/data", body, kinds=("csv",))
    return Part("data", client.ask(request), lang, of)


def read(vintage: Vintage) -> "Table":
    """Read a table with what StatBank says of it in every language."""
    from sources.readers import statbank_csv

    info = vintage.answers("meta")[0].answer.utf8
    stream = any('"BULK"' in part.answer.body for part in vintage.answers("data"))
    return assembled(
        vintage, statbank_csv.tableinfo, lambda content: statbank_csv.read(content, info), stream
    )
