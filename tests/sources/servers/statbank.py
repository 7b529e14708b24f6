"""StatBank as Statistics Denmark runs it: tableinfo, data, errors, a limit on cells."""

from dataclasses import dataclass, field
from math import prod

from tests.sources.servers.base import Asked, Reply, as_json
from tests.sources.servers.cube import Cube

CSV = "text/csv; charset=utf-8"


@dataclass
class StatBank:
    cube: Cube = field(default_factory=Cube)
    limit: int = 1_000_000

    def __call__(self, asked: Asked) -> Reply:
        if asked.path == "/tableinfo" and asked.query["id"] == [self.cube.id]:
            return as_json(self.info(asked.query["lang"][0]), type="text/json; charset=utf-8")
        if asked.path == "/data" and asked.body["table"] == self.cube.id:
            return self.data(asked.body)
        return error("EXTRACT-NOTFOUND", "Tabellen findes ikke")

    def info(self, lang: str) -> dict[str, object]:
        label = self.cube.label
        variables = [
            {
                "id": name,
                "text": label(name, lang),
                "elimination": name != "TID",
                "time": name == "TID",
                "values": [{"id": code, "text": label(code, lang)} for code in codes],
            }
            for name, codes in self.cube.axes.items()
        ]
        return {
            "id": self.cube.id,
            "text": f"Use ({lang})",
            "description": f"Use of the internet ({lang})",
            "unit": "Per cent",
            "suppressedDataValue": "0",
            "updated": self.cube.updated[:19],
            "active": True,
            "contacts": [],
            "documentation": None,
            "footnote": {"text": self.cube.note, "mandatory": True},
            "variables": variables,
        }

    def data(self, body: dict) -> Reply:
        wanted = {one["code"]: one["values"] for one in body["variables"]}
        assert body["valuePresentation"] == "Code"
        if body["format"] == "CSV" and prod(map(len, wanted.values())) > self.limit:
            return error("REQUEST-LIMIT", f"Højst {self.limit} celler")
        assert set(wanted) == set(self.cube.axes)
        lines = [";".join([*self.cube.axes, "INDHOLD"])]
        for codes in self.cube.cells(wanted):
            value, mark = self.cube.value(codes)
            text = mark if value is None else f"{value:.1f}"
            lines.append(";".join([*codes, text.replace(".", ",") if value is not None else text]))
        text = "\ufeff" + "".join(f"{line}\r\n" for line in lines)
        stream = body["format"] == "BULK"
        return Reply(text.encode(), type=CSV, chunked=stream)


def error(code: str, message: str) -> Reply:
    return as_json({"errorTypeCode": code, "message": message}, status=400)
