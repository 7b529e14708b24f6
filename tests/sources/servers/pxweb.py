"""PxWeb as the other Nordic offices run it, in both versions, with limits on cells and calls."""

import time
from dataclasses import dataclass, field
from math import prod

from tests.sources.servers.base import Asked, Reply, as_json
from tests.sources.servers.cube import Cube


@dataclass
class _Limited:
    cube: Cube = field(default_factory=Cube)
    limit: int = 1_000_000
    calls: int = 1000
    window: int = 1
    times: list[float] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    wait: str = "1"

    def busy(self) -> bool:
        moment = time.monotonic()
        self.times = [one for one in self.times if one > moment - self.window * 0.95] + [moment]
        return len(self.times) > self.calls

    def data(self, wanted: dict[str, list[str]], lang: str) -> Reply | None:
        self.sizes.append(prod(map(len, wanted.values())))
        if self.sizes[-1] > self.limit:
            return None
        return as_json(self.cube.jsonstat(wanted, lang))


class PxWeb1(_Limited):
    """`/{lang}/{table}`: what it is with GET, its figures with POST."""

    def __call__(self, asked: Asked) -> Reply:
        if self.busy():
            return Reply(b"", status=429)
        _, lang, table = asked.path.split("/", 2)
        if table != f"sub/{self.cube.id}.px":
            return Reply(b"", status=404)
        if asked.body is None:
            return as_json(self.about(lang))
        assert asked.body["response"] == {"format": "json-stat2"}
        wanted = {one["code"]: one["selection"]["values"] for one in asked.body["query"]}
        return self.data(wanted, lang) or Reply(b"", status=403)

    def about(self, lang: str) -> dict[str, object]:
        label = self.cube.label
        return {
            "title": f"Use ({lang})",
            "variables": [
                {
                    "code": name,
                    "text": label(name, lang),
                    "values": codes,
                    "valueTexts": [label(code, lang) for code in codes],
                    "time": name == "TID",
                }
                for name, codes in self.cube.axes.items()
            ],
        }


class PxWeb2(_Limited):
    """`/config`, `/tables/{id}/metadata` and `/tables/{id}/data`."""

    def __call__(self, asked: Asked) -> Reply:
        if self.busy():
            return Reply(b"", status=429, headers={"Retry-After": self.wait})
        if asked.path == "/config":
            return as_json(self.config())
        if not asked.path.startswith(f"/tables/{self.cube.id}/"):
            return problem("Non-existent table", 404)
        lang = asked.query["lang"][0]
        if asked.path.endswith("/metadata"):
            return as_json(self.cube.jsonstat(self.cube.axes, lang, empty=True))
        assert asked.query["outputFormat"] == ["json-stat2"]
        wanted = {one["variableCode"]: one["valueCodes"] for one in asked.body["selection"]}
        return self.data(wanted, lang) or problem("Too many cells selected", 403)

    def config(self) -> dict[str, object]:
        return {
            "apiVersion": "2.2.0",
            "languages": [{"id": "en", "label": "English"}, {"id": "sv", "label": "Svenska"}],
            "defaultLanguage": "sv",
            "maxDataCells": self.limit,
            "maxCallsPerTimeWindow": self.calls,
            "timeWindow": self.window,
            "dataFormats": ["json-stat2", "px"],
        }


def problem(title: str, status: int) -> Reply:
    content = {"type": "Parameter error", "title": title, "status": status}
    return as_json(content, status=status, type="application/problem+json")
