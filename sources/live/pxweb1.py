"""PxWebApi, first version: Statistics Norway's older service, Finland, Iceland."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sources.live.batches import Axes, chosen, join, split
from sources.live.http import Client
from sources.live.request import Request
from sources.vintages import Part, Vintage

if TYPE_CHECKING:
    from sources.table import Table


def fetch(
    client: Client, table: str, entry: Mapping[str, Any], languages: Sequence[str]
) -> Iterator[Part]:
    """Ask for a table: what it is in every language, then its figures part by part."""
    about = {lang: f"{client.publisher.at(lang)}/{table}" for lang in languages}
    metas = [Part("meta", client.ask(Request(about[lang])), lang) for lang in languages]
    yield from metas
    axes = chosen(table, _axes(metas[0].answer.content), entry.get("select", {}))
    parts = split(axes, client.publisher.cells)
    for part in parts:
        answer = client.ask(Request(about[languages[0]], _query(part)))
        yield Part("data", answer, languages[0], len(parts))


def _query(axes: Axes) -> dict[str, Any]:
    chosen = [
        {"code": name, "selection": {"filter": "item", "values": list(codes)}}
        for name, codes in axes.items()
    ]
    return {"query": chosen, "response": {"format": "json-stat2"}}


def _axes(content: bytes) -> dict[str, list[str]]:
    return {one["code"]: one["values"] for one in json.loads(content)["variables"]}


def _labels(part: Part) -> dict[str, dict[str, dict[str, str]]]:
    return {
        one["code"]: {"": {part.lang: one["text"]}}
        | {
            code: {part.lang: text}
            for code, text in zip(one["values"], one["valueTexts"], strict=True)
        }
        for one in json.loads(part.answer.content)["variables"]
    }
