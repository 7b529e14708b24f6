"""The World Bank's indicators: JSON, page by page."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from benchmark.errors import NotFetched
from sources.live.batches import join
from sources.live.http import Client, Sent
from sources.live.request import Request
from sources.table import Table
from sources.vintages import Part, Vintage

if TYPE_CHECKING:
    from sources.live.cache import Answer

_PAGE = 20_000


def fetch(
    client: Client, table: str, entry: Mapping[str, Any], languages: Sequence[str]
) -> Iterator[Part]:
    """Ask for all countries and years of an indicator, page by page."""
    asked = ";".join(entry.get("countries", ["all"]))
    address = f"{client.publisher.at()}/country/{asked}/indicator/{table}?format=json"
    number, pages = 1, 1
    while number <= pages:
        request = Request(f"{address}&per_page={_PAGE}&page={number}")
        answer = client.ask(request, _no_error)
        pages = int(_page(answer)[0]["pages"])
        yield Part("data", answer, languages[0], pages)
        number += 1


def _no_error(sent: Sent) -> Sent:
    """Refuse a message, which comes with a status of 200."""
    from sources.live.words import own_words

    content = json.loads(sent.content.removeprefix(b"\xef\xbb\xbf"))
    if len(content) != 2 or "pages" not in content[0]:
        words = own_words(sent.content.decode("utf-8", "replace"))
        raise NotFetched(f"the World Bank knows no such indicator or country: {words}")
    return sent


def _page(answer: "Answer") -> Any:
    return json.loads(answer.content.removeprefix(b"\xef\xbb\xbf"))


def read(vintage: Vintage) -> Table:
    """Read the pages of an indicator."""
    return join([_table(_page(part.answer)) for part in vintage.answers("data")])


def _table(page: Any) -> Table:
    import pandas as pd

    head, rows = page
    rows = rows or []
    known = {
        "country": [row["countryiso3code"] or row["country"]["id"] for row in rows],
        "indicator": [row["indicator"]["id"] for row in rows],
        "date": [row["date"] for row in rows],
        "value": pd.array([row["value"] for row in rows], dtype="float64"),
        "status": ["O" if row["value"] is None else "A" for row in rows],
        "symbol": [row.get("obs_status") or "" for row in rows],
    }
    labels: dict[str, dict[str, dict[str, str]]] = {"country": {}, "indicator": {}}
    for code, row in zip(known["country"], rows, strict=True):
        labels["country"][code] = {"en": row["country"]["value"]}
        labels["indicator"][row["indicator"]["id"]] = {"en": row["indicator"]["value"]}
    meta = {"format": "World Bank JSON", "updated": head.get("lastupdated", ""), "time": "date"}
    return Table(pd.DataFrame(known), labels, (), meta)
