"""The sheet of a view that sets countries side by side: a row a subject, a column a country."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from benchmark.language import join, term
from comparisons.parts import records as rows_of
from comparisons.render.amounts import digits, qualified
from comparisons.render.sheet import (
    Amount,
    Cell,
    Head,
    Record,
    Row,
    Sheet,
    flags,
    label,
    numbers,
)
from comparisons.texts import text

if TYPE_CHECKING:
    from comparisons.view import View


def matrix(view: "View", lang: str) -> Sheet:
    """Set a table out with a column for each country and the verdict of each row.

    Parameters
    ----------
    view : View
        Its data hold a line a cell: `row`, `country`, `indicator`, `value` and the rest.
    lang : {"en", "da", "nb", "sv"}

    Returns
    -------
    Sheet
    """
    countries = list(view.labels["country"])
    heads = (
        Head(text("column.row", lang)),
        *(Head(label(view, "country", code, lang), True, True, code) for code in countries),
        Head(text("column.verdict", lang), marked=True),
    )
    by_row: dict[str, list[Record]] = {name: [] for name in view.labels["row"]}
    for record in rows_of(view.data):
        by_row[record["row"]].append(record)
    rows = tuple(_row(view, name, part, countries, lang) for name, part in by_row.items())
    return Sheet(heads, rows)


def _row(
    view: "View", name: str, records: Sequence[Record], countries: Sequence[str], lang: str
) -> Row:
    there = {record["country"]: record for record in records}
    cells = (_cell(view, there.get(code), lang) for code in countries)
    title = label(view, "row", name, lang)
    below = (*_indicators(view, records, title, lang), *_placing(view, records, lang))
    return Row((Cell(title), *cells, _verdict(view, records, lang)), below, subject=name)


def _cell(view: "View", record: Record | None, lang: str) -> Cell:
    if record is None:
        return Cell("..")
    year = label(view, "year", record["year"], lang)
    ranked = record["pool_rank"] == record["pool_rank"]
    return Cell(
        qualified(record, lang),
        (year, *([_place(record, lang)] if ranked else [])),
        flags(record["status"]),
        numbers(view, record["notes"]),
        _amount(record),
    )


def _amount(record: Record) -> Amount | None:
    """Give the number of a cell that says no more than it; "up to 24" is no number."""
    ranked = record["unit"] == "rank" and record["pool_size"] == record["pool_size"]
    if record["qualifier"] != "exact" or record["unit_mult"] or ranked:
        return None
    known = record["decimals"] == record["decimals"]
    shown = int(record["decimals"]) if known else digits(record["value"])
    return Amount(record["value"], record["unit"], shown)


def _place(record: Record, lang: str) -> str:
    return text("table.place", lang, rank=int(record["pool_rank"]), n=int(record["pool_n"]))


def _verdict(view: "View", records: Sequence[Record], lang: str) -> Cell:
    if len(records) < 2:
        return Cell(text("verdict.single" if records else "verdict.none", lang))
    first = records[0]
    return Cell(
        label(view, "verdict", first["verdict"], lang), notes=numbers(view, first["row_notes"])
    )


def _indicators(view: "View", records: Sequence[Record], title: str, lang: str) -> tuple[Cell, ...]:
    """Say which indicator the cells come from, country by country where they differ."""
    behind: dict[str, list[Record]] = {}
    for record in records:
        behind.setdefault(record["indicator"], []).append(record)
    if len(behind) == 1:
        return (Cell(_measured(view, records[0], title, lang)),)
    told = ((found, _measured(view, found[0], "", lang)) for found in behind.values())
    return tuple(
        Cell(
            f"{join([label(view, 'country', one['country'], lang) for one in found], lang)}: {name}"
        )
        for found, name in told
    )


def _measured(view: "View", record: Record, title: str, lang: str) -> str:
    """Name indicator, unit and base; a title that ends in the name has said it already."""
    name = label(view, "indicator", record["indicator"], lang)
    facts = {key: term(f"{key}.{record[key]}", lang) for key in ("unit", "base")}
    if title.casefold().endswith(name.casefold()):
        return text("table.measure_only", lang, **facts)
    return text("table.measure", lang, name=name, **facts)


def _placing(view: "View", records: Sequence[Record], lang: str) -> tuple[Cell, ...]:
    """Say what the rules find on the places among all countries."""
    if not records or not records[0]["pool_verdict"]:
        return ()
    first = records[0]
    verdict = label(view, "verdict", first["pool_verdict"], lang)
    words = text("table.pool_verdict", lang, verdict=verdict)
    return (Cell(words, notes=numbers(view, first["pool_notes"])),)
