"""The World Bank's indicators: pages of rows, and errors with a status of 200."""

from dataclasses import dataclass

from tests.sources.servers.base import Asked, Reply, as_json

COUNTRIES = {"DNK": "Denmark", "NOR": "Norway", "": "World"}


@dataclass
class WorldBank:
    rows: int = 9
    page: int = 4
    updated: str = "2026-01-28"

    def __call__(self, asked: Asked) -> Reply:
        if not asked.path.endswith("/indicator/IT.TEST"):
            told = {"id": "120", "key": "Invalid value", "value": "The indicator was not found"}
            return as_json([{"message": [told]}])
        number = int(asked.query["page"][0])
        pages = -(-self.rows // self.page)
        found = [self.row(at) for at in range(self.rows)]
        head = {
            "page": number,
            "pages": pages,
            "per_page": self.page,
            "total": self.rows,
            "lastupdated": self.updated,
        }
        return as_json([head, found[(number - 1) * self.page : number * self.page]])

    def row(self, at: int) -> dict[str, object]:
        iso, name = list(COUNTRIES.items())[at % 3]
        return {
            "indicator": {"id": "IT.TEST", "value": "A test"},
            "country": {"id": iso[:2] or "1W", "value": name},
            "countryiso3code": iso,
            "date": str(2020 + at // 3),
            "value": None if at == 4 else at * 1.5,
            "unit": "",
            "obs_status": "",
            "decimal": 1,
        }
