"""From a file as it was read to rows of the figures table, and to the rows that cannot be."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from benchmark.errors import UnknownName
from benchmark.figures import Evidence, complete_columns
from benchmark.registry import Registry
from benchmark.schema import DEFAULTS, KEY, NUMBERS
from benchmark.validate import Places, offences
from sources import own_files_cells as forms
from sources.own_files_arrange import said
from sources.own_files_map import Map
from sources.own_files_raw import Raw

_SAME: Mapping[tuple[str, str], float] = {
    ("fraction", "percent"): 100.0,
    ("index_0_1", "score_0_100"): 100.0,
    ("percent", "fraction"): 0.01,
    ("score_0_100", "index_0_1"): 0.01,
}
_REMEDIES = {
    "country": 'or give it a code under [codes.country], "Whole country" = "DNK"',
    "value": "mend the cell; or say decimal and thousands under [source], or [missing]",
    "status": "give the file's flags their SDMX codes under [codes.status]",
    "unit": "convert the values in the file, or define the indicator in the file's unit",
    "indicator": "define it in the map, [indicators.<id>]; `nordbench indicators` lists the rest",
    "document": "define it in the map: [documents.<id>]",
    "regime": "define it in the map: [regimes.<id>]",
    "pool": "define it in the map: [pools.<id>]",
    "year": "map period too, or say year_basis = 'assigned' under [constants]",
    "n_role": "say n_role = 'base' (asked this question) or 'total' under [constants]",
    "key": "give what tells the rows apart (breakdown, edition, area ...), or drop one of them",
}
_REMEDY = "mend the cell, or translate it under [codes]"
_FORMULA = re.compile(r"[=+@\t\r]|-(?!\d)")


@dataclass(frozen=True)
class Problem:
    """Why a row cannot stand.

    Attributes
    ----------
    row : int
        Position among the rows that were read.
    record : int
        Position of the record in the file.
    column : str
        Column of the figures table.
    place : str
        Where the cell is in the file.
    rule : str
        What is wrong with it.
    remedy : str
        What to do.
    """

    row: int
    record: int
    column: str
    place: str
    rule: str
    remedy: str

    def __str__(self) -> str:
        """Place, rule and remedy on one line."""
        return f"{self.place}: {self.rule}; {self.remedy}"


class Reading:
    """One pass over the arranged cells: what each says, and what it cannot say.

    Parameters
    ----------
    cells : DataFrame
        As from `arrange`.
    raw : Raw
        The file.
    found : Map
        The map.
    registry : Registry
        Definitions, those of the map among them.
    """

    def __init__(self, cells: pd.DataFrame, raw: Raw, found: Map, registry: Registry) -> None:
        self.cells, self.raw, self.map, self.registry = cells, raw, found, registry
        self.problems: list[Problem] = []
        self.columns = {**raw.usual, **found.columns}

    def fault(self, row: int, column: str, rule: str, remedy: str = "") -> None:
        """Note that a row cannot stand."""
        record = int(self.cells["_record"].iloc[row])
        heading = str(self.cells["_heading"].iloc[row])
        cell = heading if column in ("value", "unit") else self.columns.get(column, "")
        place = f"{self.raw.file}, {self.raw.place(record, cell)}"
        told = remedy or _REMEDIES.get(column, _REMEDY)
        self.problems.append(Problem(row, record, column, place, rule, told))

    def figures(self) -> pd.DataFrame:
        """Interpret every column; what cannot be read is noted and left empty."""
        table = pd.DataFrame(index=self.cells.index)
        for name in DEFAULTS:
            if name in self.cells and name not in ("country", "value", *NUMBERS, "status"):
                table[name] = self.cells[name].map(said)
        self._formulas(table)
        table["country"] = self._countries()
        self._values(table)
        for name in ("year", "n", "unit_mult", "decimals"):
            if name in self.cells:
                table[name] = self._numbers(name)
        self._times(table)
        self._assumed(table)
        return table

    def _formulas(self, table: pd.DataFrame) -> None:
        rule = "{} {!r} would run as a formula in a spreadsheet"
        for name in table:
            for row in np.flatnonzero(table[name].map(lambda t: bool(_FORMULA.match(t)))):
                self.fault(int(row), str(name), rule.format(name, table[name].iloc[row]))
                table.loc[row, name] = ""

    def _countries(self) -> "pd.Series[Any]":
        from benchmark.areas import area

        texts = self.cells["country"].map(said)
        labels = self.raw.names.get(self.columns.get("country", ""), {})
        known: dict[str, str] = {}
        for text in texts.unique():
            tries = [text, *labels.get(text, ())]
            errors = []
            for one in tries:
                try:
                    known[text] = area(one)
                    break
                except UnknownName as error:
                    errors.append(str(error).partition(" Sets of countries")[0].rstrip("."))
            else:
                rule = errors[-1] if text else "country is empty"
                for row in np.flatnonzero((texts == text).to_numpy()):
                    self.fault(int(row), "country", rule)
        return texts.map(lambda text: known.get(text, ""))

    def _values(self, table: pd.DataFrame) -> None:
        """Read values, their decimals as written, and the reasons of those that are missing."""
        cells = self.cells["value"].map(said)
        given = self.cells.get("status")
        status = given.map(said) if given is not None else pd.Series("", index=cells.index)
        missing = cells.map(lambda text: self.map.missing.get(text, ""))
        empty = (missing != "") | (cells == "")
        shown = cells.mask(empty, "")
        numbers, places = self._parsed(shown, "value")
        factor = self._factors(shown)
        table["value"] = np.where(np.isfinite(numbers), forms.scaled(numbers, factor), np.nan)
        moved = np.log10(factor)
        printed = shown.map(lambda text: bool(text)) & ~self._numeric("value")
        table["decimals"] = np.where(printed, np.maximum(places - moved, 0), np.nan)
        table["status"] = missing.where(missing != "", status)

    def _numeric(self, name: str) -> "pd.Series[bool]":
        return self.cells[name].map(lambda cell: isinstance(cell, (int, float)))

    def _numbers(self, name: str) -> Any:
        return self._parsed(self.cells[name].map(said), name)[0]

    def _parsed(self, texts: "pd.Series[str]", name: str) -> tuple[Any, Any]:
        """Read numbers as the map says they are written, and count their decimals."""
        plain = self._numeric(name).to_numpy()
        whole = name == "year"
        decimal = str(self.map.source.get("decimal", "."))
        group = "" if whole else str(self.map.source.get("thousands", ""))
        form = forms.form(decimal, group, percent=name == "value")
        numbers = np.full(len(texts), np.nan)
        places = np.zeros(len(texts))
        for row, text in enumerate(texts):
            match = None if plain[row] else form.fullmatch(text)
            if plain[row] and text:
                numbers[row] = float(text)
            elif match is not None:
                numbers[row] = forms.number(match)
                places[row] = len(match["rest"] or "")
            if text and not np.isfinite(numbers[row]):
                self.fault(row, name, f"{name} {text!r} is not a number", forms.written(text))
        return numbers, places

    def _factors(self, shown: "pd.Series[str]") -> Any:
        """Find what turns the unit of the file into the unit of the indicator."""
        factors = np.ones(len(shown))
        indicators = self.registry.indicators
        names = self.cells["indicator"].map(said)
        units = names.map({name: str(entry["unit"]) for name, entry in indicators.items()})
        stated = self.cells["unit"].map(said) if "unit" in self.cells else units
        for row, (unit, own) in enumerate(zip(stated, units, strict=True)):
            if not isinstance(own, str):
                continue  # an unknown indicator is named by the validation
            if unit != own and (unit, own) not in _SAME:
                self.fault(row, "unit", f"unit {unit!r} cannot become {own!r}")
            elif shown.iloc[row].endswith("%") and unit != "percent":
                self.fault(row, "unit", f"value {shown.iloc[row]!r} is in percent, not {unit!r}")
            factors[row] = _SAME.get((unit, own), 1.0)
        return factors

    def _times(self, table: pd.DataFrame) -> None:
        """Let a year and a period stand for each other where only one is given."""
        from benchmark.periods import last_year

        if "period" in table:
            table["period"] = table["period"].map(forms.period)
            if "year" not in table:
                table["year"] = table["period"].map(lambda text: forms.tried(last_year, text))
        elif "year_basis" not in table:
            known = table["year"].notna()
            table["period"] = table["year"].map(said).where(known, "")

    def _assumed(self, table: pd.DataFrame) -> None:
        """Fill in what follows from the rest where the map says nothing of it."""
        from benchmark.areas import is_aggregate

        if "geo_scope" not in table:
            table["geo_scope"] = table["country"].map(
                lambda code: "aggregate" if is_aggregate(code) else "national"
            )
            if "area" in table:
                table.loc[table["area"] != "", "geo_scope"] = "subnational"
        if "source_type" not in table:
            documents = self.registry.documents.items()
            kinds = {name: entry["source_type"] for name, entry in documents}
            table["source_type"] = table["document"].map(lambda name: kinds.get(name, "primary"))
        if "locator" not in table:
            records, headings = self.cells["_record"], self.cells["_heading"]
            places = [self.raw.place(r, h) for r, h in zip(records, headings, strict=True)]
            table["locator"] = places


def checked(
    reading: Reading, table: pd.DataFrame, beside: Evidence
) -> tuple[pd.DataFrame, list[Problem]]:
    """Complete the rows and hold them against the schema, each other and the shipped figures.

    Parameters
    ----------
    reading : Reading
        The pass that made the rows; its problems come first.
    table : DataFrame
        The rows.
    beside : Evidence
        Figures that are there already.

    Returns
    -------
    DataFrame
        All rows, complete.
    list of Problem
        Everything that is wrong, in order of the rows; a cell that could not be read is named
        once.
    """
    complete = complete_columns(table, Places([reading.raw.file], [len(table)]))
    unread = {(problem.row, problem.column) for problem in reading.problems}
    unread |= {(row, "status") for row, column in unread if column == "value"}
    unread |= {(row, "value") for row, column in unread if column == "unit"}
    for row, column, rule in offences(complete, reading.registry):
        if (row, column) not in unread and (row, _cause(column)) not in unread:
            reading.fault(row, column, rule)
    _repeated(reading, complete, beside)
    return complete, sorted(reading.problems, key=lambda problem: problem.row)


def _cause(column: str) -> str:
    """Name the column whose unread cell makes another look wrong."""
    return {"value": "value", "geo_scope": "country", "period": "year"}.get(column, column)


def _repeated(reading: Reading, complete: pd.DataFrame, beside: Evidence) -> None:
    faulty = {problem.row for problem in reading.problems}
    keys = list(complete[list(KEY)].astype(str).itertuples(index=False, name=None))
    taken = _keys(beside.figures, complete["indicator"].unique())
    first: dict[tuple[str, ...], int] = {}
    for row, key in enumerate(keys):
        if row in faulty:
            continue
        named = ", ".join(part for part in key if part)
        if key in taken:
            rule = f"a figure with this key is there already ({named})"
            reading.fault(row, "key", rule, "give it an edition of its own, such as 'own'")
        elif key in first:
            record = int(reading.cells["_record"].iloc[first[key]])
            place = reading.raw.place(record)
            reading.fault(row, "key", f"a second row for one key ({named}), after {place}")
        else:
            first[key] = row


def _keys(figures: pd.DataFrame, indicators: Iterable[Any]) -> set[tuple[str, ...]]:
    """Collect the keys of the figures of some indicators."""
    rows = figures[figures["indicator"].isin([str(name) for name in indicators])]
    return set(rows[list(KEY)].astype(str).itertuples(index=False, name=None))
