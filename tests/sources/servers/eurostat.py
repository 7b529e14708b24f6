"""Eurostat's services: JSON-stat with objects, SDMX-CSV, and answers that come later."""

from collections import deque
from dataclasses import dataclass, field

from tests.sources.servers.base import Asked, Reply, as_json
from tests.sources.servers.cube import Cube

TOKEN = "98de05ea-540a-43d3-903b-7c9e14faf808"  # noqa: S105 the name of an extract
XML = "application/xml"
CSV = "application/vnd.sdmx.data+csv;version=1.0.0"


@dataclass
class Eurostat:
    cube: Cube = field(
        default_factory=lambda: Cube(
            id="isoc_use",
            axes={
                "freq": ["A"],
                "unit": ["PC_IND"],
                "geo": ["DK", "NO", "EL"],
                "time": [str(year) for year in range(2016, 2026)],
            },
        )
    )
    limit: int = 1_000_000
    states: deque[str] = field(default_factory=deque)
    """States an extract goes through before it is there; empty answers at once."""
    form: str = "envelope"
    address: str = ""
    files: int = 0

    def __call__(self, asked: Asked) -> Reply:
        if asked.path == f"/statistics/1.0/data/{self.cube.id}":
            return self.statistics(asked)
        if asked.path == f"/sdmx/2.1/data/{self.cube.id}":
            return self.later() if self.states else self.table()
        if asked.path == f"/1.0/async/status/{TOKEN}":
            return envelope(self.states.popleft() if self.states else "AVAILABLE")
        if asked.path == f"/1.0/async/data/{TOKEN}":
            return self.table()
        if asked.path == "/diss-web/file/abc":
            self.files += 1
            return self.table() if self.files > 1 else Reply(b"", status=404)
        return failed(404, 100, "ERR_NOT_FOUND_4: Dataset not found")

    def statistics(self, asked: Asked) -> Reply:
        first = int(asked.query.get("sinceTimePeriod", ["0"])[0])
        last = int(asked.query.get("untilTimePeriod", ["9999"])[0])
        years = [year for year in self.cube.axes["time"] if first <= int(year) <= last]
        if not years:
            return failed(404, 100, "no results found")
        geo = [code for code in self.cube.axes["geo"] if code in asked.query.get("geo", [code])]
        wanted = {**self.cube.axes, "time": years, "geo": geo}
        if len(self.cube.cells(wanted)) > self.limit:
            return failed(413, 413, "EXTRACTION_TOO_BIG: estimated 420709314 rows")
        if self.states:
            self.states.popleft()
            return as_json({"warning": {"status": 413, "label": "ASYNCHRONOUS_RESPONSE"}})
        told = self.cube.jsonstat(wanted, "EN")
        values = told["value"]
        told["value"] = {str(at): one for at, one in enumerate(values) if one is not None}
        told["status"] = {str(at): ":" for at, one in enumerate(values) if one is None}
        told["role"] = {"time": ["time"]}
        return as_json(told)

    def table(self) -> Reply:
        lines = ["DATAFLOW,LAST UPDATE,freq,unit,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG,CONF_STATUS"]
        for codes in self.cube.cells(self.cube.axes):
            value, _ = self.cube.value(codes)
            shown = "" if value is None else f"{value:.1f}"
            flow = f"ESTAT:{self.cube.id.upper()}(1.0)"
            lines.append(f"{flow},25/03/26 08:00:00,{','.join(codes)},{shown},,")
        return Reply("".join(f"{line}\r\n" for line in lines).encode(), type=CSV)

    def later(self) -> Reply:
        if self.form == "bare":
            return Reply(TOKEN.encode(), type="text/plain")
        if self.form == "footer":
            self.states.clear()
            return footer(f"{self.address}/diss-web/file/abc")
        return envelope(self.states.popleft())


def envelope(state: str) -> Reply:
    text = (
        '<env:Envelope xmlns:env="http://schemas.xmlsoap.org/soap/envelope/"><env:Body>'
        f"<queued><id>{TOKEN}</id><status>{state}</status></queued></env:Body></env:Envelope>"
    )
    return Reply(text.encode(), type=XML)


def footer(address: str) -> Reply:
    text = (
        '<?xml version="1.0" encoding="UTF-8"?><message:GenericData xmlns:message="m" '
        'xmlns:footer="f" xmlns:common="c"><footer:Footer><footer:Message code="413">'
        f"<common:Text>The answer will be in {address}</common:Text>"
        f"<common:Text>{address}</common:Text></footer:Message></footer:Footer>"
        "</message:GenericData>"
    )
    return Reply(text.encode(), type=XML)


def failed(status: int, id: int, label: str) -> Reply:
    return as_json({"error": [{"status": status, "id": id, "label": label}]}, status=status)
