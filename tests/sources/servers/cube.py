"""A made-up table that every server hands out in its own form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

YEARS = [str(year) for year in range(2008, 2026)]


@dataclass
class Cube:
    """Internet use by purpose, sex, age and year, with gaps that have reasons."""

    id: str = "USE01"
    updated: str = "2026-03-25T08:00:00Z"
    axes: dict[str, list[str]] = field(
        default_factory=lambda: {
            "FORMÅL": ["BANK", "POST", "KØB"],
            "SEX": ["1", "2"],
            "AGE": ["16-24", "25-54", "55-74"],
            "TID": list(YEARS),
        }
    )
    note: str = "Spørgsmålet blev ændret i 2022."

    def value(self, codes: Sequence[str]) -> tuple[float | None, str]:
        """Give the value of a cell, or none and the symbol that stands for it."""
        place = sum(
            97**power * (self.axes[name].index(code) + 1)
            for power, (name, code) in enumerate(zip(self.axes, codes, strict=True))
        )
        if place % 13 == 0:
            return None, ".."
        return (place % 999 + 1) / 10, ""

    def cells(self, wanted: Mapping[str, Sequence[str]]) -> list[tuple[str, ...]]:
        return list(product(*(wanted[name] for name in self.axes)))

    def whole(self) -> dict[tuple[str, ...], float | None]:
        return {codes: self.value(codes)[0] for codes in self.cells(self.axes)}

    def label(self, code: str, lang: str) -> str:
        return f"{code} ({lang})"

    def jsonstat(
        self, wanted: Mapping[str, Sequence[str]], lang: str, empty: bool = False
    ) -> dict[str, object]:
        """Write cells as JSON-stat 2.0."""
        cells = [] if empty else [self.value(codes) for codes in self.cells(wanted)]
        return {
            "version": "2.0",
            "class": "dataset",
            "label": f"Use of the internet ({lang})",
            "source": "This machine",
            "updated": self.updated,
            "id": list(self.axes),
            "size": [len(wanted[name]) for name in self.axes],
            "role": {"time": ["TID"]},
            "note": [self.note],
            "dimension": {
                name: {
                    "label": self.label(name, lang),
                    "category": {
                        "index": {code: at for at, code in enumerate(wanted[name])},
                        "label": {code: self.label(code, lang) for code in wanted[name]},
                    },
                }
                for name in self.axes
            },
            "value": [value for value, _ in cells],
            "status": {str(at): mark for at, (_, mark) in enumerate(cells) if mark},
        }
