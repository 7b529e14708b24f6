"""Files at an address, known by their hash: the UN's index, the workbooks of the Commission."""

import csv
import hashlib
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from benchmark.errors import NotFetched, UnknownName
from sources.live.http import Client, Sent, Settle
from sources.live.request import Kind, Request
from sources.table import Table
from sources.vintages import Part, Vintage

if TYPE_CHECKING:
    import pandas as pd


def fetch(
    client: Client, table: str, entry: Mapping[str, Any], languages: Sequence[str]
) -> Iterator[Part]:
    """Ask for one file, and hold it against the hash that is registered."""
    known = _known(table, entry)
    # The registry names the page of a file on GitHub; the file itself lies one word further.
    address = known["address"].replace("/blob/", "/raw/")
    kind: Kind = "xlsx" if address.lower().endswith(".xlsx") else "csv"
    request = Request(address, kinds=(kind,))
    yield Part("data", client.ask(request, _hashed(address, known.get("sha256", ""))), "", 1)


def _known(table: str, entry: Mapping[str, Any]) -> Mapping[str, Any]:
    from sources.catalogue import registry

    document = registry().documents.get(entry.get("document", ""), {})
    known = {**document, **entry}
    if not known.get("address"):
        raise UnknownName(f"no file {table!r} is registered; `nordbench update SOURCE --list`")
    return known


def _hashed(address: str, wanted: str) -> Settle:
    def check(sent: Sent) -> Sent:
        found = hashlib.sha256(sent.content).hexdigest()
        if wanted and found != wanted:
            raise NotFetched(
                f"{address} is not the file that is registered: expected sha256 {wanted}, got "
                f"{found}; a new edition needs a document of its own"
            )
        return sent

    return check


def read(vintage: Vintage) -> Table:
    """Read a file as it is, a row a cell: what it means is said where figures are made of it."""
    answer = vintage.parts[0].answer
    if answer.kind == "csv":
        frame = _lines(answer.content.decode("utf-8-sig"))
    else:
        frame = _cells(answer.path)
    frame["status"] = ["A" if value == value else "O" for value in frame["value"]]
    return Table(frame, meta={"format": answer.kind, "file": answer.path.name})


def _lines(text: str) -> "pd.DataFrame":
    """Take the first column as the key of a row; names come with trailing blanks."""
    import pandas as pd

    head, *rows = csv.reader(io.StringIO(text), strict=True)
    cells = [
        (row[0].strip(), name.strip(), cell.strip())
        for row in rows
        for name, cell in zip(head[1:], row[1:], strict=True)
    ]
    frame = pd.DataFrame(cells, columns=[head[0].strip(), "measure", "symbol"])
    frame.insert(2, "value", pd.to_numeric(frame["symbol"], errors="coerce").astype("float64"))
    frame["symbol"] = frame["symbol"].where(frame["value"].isna(), "")
    return frame


def _cells(path: Any) -> "pd.DataFrame":
    import pandas as pd

    from sources.audit import cells

    found = cells(path)
    places = [place.rpartition("!") for place in found]
    return pd.DataFrame(
        {
            "sheet": [sheet for sheet, _, _ in places],
            "cell": [cell for _, _, cell in places],
            "value": pd.array(list(found.values()), dtype="float64"),
            "symbol": "",
        }
    )
