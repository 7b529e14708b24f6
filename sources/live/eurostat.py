"""Eurostat: the statistics API, whole datasets as SDMX-CSV, and answers that come later."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from sources.live.batches import join
from sources.live.described import in_language
from sources.live.errors import Denied
from sources.live.http import Client
from sources.live.promises import follow
from sources.live.request import Request
from sources.vintages import Part, Vintage

if TYPE_CHECKING:
    from sources.table import Table

_FIRST = 1990
_NOTHING = (100, "100")
"""Eurostat's code for a question that is in order but that no figure answers."""


def fetch(
    client: Client, table: str, entry: Mapping[str, Any], languages: Sequence[str]
) -> Iterator[Part]:
    """Ask for a dataset, in years where it is too large at once."""
    base, lang = client.publisher.at(), languages[0]
    if entry.get("whole"):
        address = f"{base}/sdmx/2.1/data/{table}?format=SDMX-CSV&compressed=false"
        request = Request(address, kinds=("csv", "xml"))
        yield Part("data", client.ask(request, follow(client, request)), lang, 1)
        return
    wanted = [(name, code) for name, codes in entry.get("select", {}).items() for code in codes]
    head = [("format", "JSON"), ("lang", client.publisher.languages[lang]), *wanted]
    address = f"{base}/statistics/1.0/data/{table}?"
    this_year = datetime.now(UTC).year
    for answer in _years(client, address, head, (int(entry.get("first", _FIRST)), this_year), True):
        yield Part("data", answer, lang)


def _years(
    client: Client, address: str, query: list[tuple[str, str]], span: tuple[int, int], all_: bool
) -> Iterator[Any]:
    first, last = span
    limits = [] if all_ else [("sinceTimePeriod", str(first)), ("untilTimePeriod", str(last))]
    request = Request(address + urlencode([*query, *limits]))
    try:
        yield client.ask(request, follow(client, request))
    except Denied as error:
        if _nothing(error) and not all_:
            return
        if not _too_large(error) or first == last:
            raise
        middle = (first + last) // 2
        yield from _years(client, address, query, (first, middle), False)
        yield from _years(client, address, query, (middle + 1, last), False)


def _too_large(error: Denied) -> bool:
    return error.status == 413 or b"EXTRACTION_TOO_BIG" in error.body


def _nothing(error: Denied) -> bool:
    try:
        told = json.loads(error.body)["error"]
        return any(
            one.get("id") in _NOTHING for one in (told if isinstance(told, list) else [told])
        )
    except (ValueError, KeyError, AttributeError, TypeError):
        return False


def read(vintage: Vintage) -> "Table":
    """Read the parts of a dataset."""
    from sources.readers import jsonstat, sdmx_csv

    readers = {"json": jsonstat.read, "csv": sdmx_csv.read}
    data = [part.answer for part in vintage.answers("data")]
    lang = vintage.parts[0].lang
    return join([in_language(readers[one.kind](one.utf8), lang) for one in data])
