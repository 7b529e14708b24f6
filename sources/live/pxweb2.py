"""PxWebApi, second version: Statistics Sweden and Statistics Norway."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sources.live.batches import chosen, join, split
from sources.live.http import Client
from sources.live.request import Request
from sources.vintages import Part, Vintage

if TYPE_CHECKING:
    from sources.table import Table


def fetch(
    client: Client, table: str, entry: Mapping[str, Any], languages: Sequence[str]
) -> Iterator[Part]:
    """Ask for the limits, for what a table is in every language, and for its figures."""
    publisher = client.publisher
    config = json.loads(client.ask(Request(f"{publisher.at()}/config")).content)
    client.clock.set(int(config["maxCallsPerTimeWindow"]), float(config["timeWindow"]))
    about = f"{publisher.at()}/tables/{table}"
    metas = [
        Part(
            "meta", client.ask(Request(f"{about}/metadata?lang={publisher.languages[lang]}")), lang
        )
        for lang in languages
    ]
    yield from metas
    axes = chosen(table, _axes(metas[0].answer.content), entry.get("select", {}))
    parts = split(axes, int(config["maxDataCells"]))
    address = f"{about}/data?lang={publisher.languages[languages[0]]}&outputFormat=json-stat2"
    for part in parts:
        wanted = [{"variableCode": name, "valueCodes": codes} for name, codes in part.items()]
        answer = client.ask(Request(address, {"selection": wanted}))
        yield Part("data", answer, languages[0], len(parts))


def _axes(content: bytes) -> dict[str, list[str]]:
    known = json.loads(content)
    return {name: _codes(known["dimension"][name]["category"]) for name in known["id"]}


def _codes(category: Mapping[str, Any]) -> list[str]:
    index = category.get("index", list(category.get("label", {})))
    return list(index) if isinstance(index, list) else sorted(index, key=index.__getitem__)


def _labels(part: Part) -> dict[str, dict[str, dict[str, str]]]:
    known = json.loads(part.answer.content)["dimension"]
    return {
        name: {"": {part.lang: one["label"]}}
        | {code: {part.lang: text} for code, text in one["category"].get("label", {}).items()}
        for name, one in known.items()
    }
