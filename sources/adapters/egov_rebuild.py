"""How the shipped tables of the eGovernment Benchmark are made anew from official files."""

import csv
from collections.abc import Iterator, Mapping
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from benchmark.errors import BenchmarkError, listing
from sources.adapters.egov import read_scores
from sources.adapters.egov_scores import table
from sources.adapters.egov_tables import LISTED, LONG_TABLE, load, offsets, rests_on_all
from sources.readers.workbook import Source

_STUB = ("block", "row", "country", "indicator")


def rebuild(folder: Path, *sources: Source) -> list[Path]:
    """Write the shipped tables with the scores of official files in place of those shipped.

    Editions whose official file is not given stay as they are shipped.

    Parameters
    ----------
    folder : Path
        Where to write; the tables in it are replaced.
    *sources : str, Path or bytes
        Official files (see `egov_official`).

    Returns
    -------
    list of Path
        The files written.

    Raises
    ------
    BenchmarkError
        A file that is none of the official ones, an edition the layout does not know yet, or
        cells that do not fit the layout.
    """
    scores = load()
    scores = scores.astype({name: str for name in scores if name != "value"})
    for source in sources:
        fresh = read_scores(source)
        document = str(fresh["document"].iloc[0])
        if document not in {entry["document"] for entry in table("layout")}:
            raise BenchmarkError(
                f"{document}: layout.csv does not say which columns to take from it; add a line "
                "for each there, and one for its sheet in sheets.csv, then rebuild"
            )
        scores = pd.concat([scores[scores["document"] != document], fresh])
    written = []
    for name, text in table_texts(scores).items():
        path = folder / f"{name}.csv"
        path.write_text(text, encoding="utf-8", newline="\n")
        written.append(path)
    return written


def table_texts(scores: pd.DataFrame) -> dict[str, str]:
    """Lay scores out as shipped tables.

    Parameters
    ----------
    scores : DataFrame
        See `egov_scores`. Left out are scores without a value, and those of columns that the
        layout does not take from their document (back series, mostly: an edition is taken from
        the earliest file at hand that has it).

    Returns
    -------
    dict of str to str
        For each table its name and its text.

    Raises
    ------
    BenchmarkError
        Cells of one line that lie in different rows of the official sheet.
    """
    rows = scores[np.isfinite(scores["value"].to_numpy())]
    other = rows["indicator"].str.startswith("egov.digital_decade").to_numpy()
    texts = {LISTED: _list(rows[other])}
    for document in dict.fromkeys(entry["document"] for entry in table("layout")):
        here = (rows["document"] == document).to_numpy()
        texts[document] = _lay_out(document, rows[here & ~other])
    return texts


def _list(rows: pd.DataFrame) -> str:
    names = ("document", "edition", "period", "indicator", "country", "value", "locator")
    plain = rows.assign(
        indicator=rows["indicator"].astype(str).str.removeprefix("egov."),
        value=[_number(value) for value in rows["value"]],
    )
    lines = sorted(plain[list(names)].astype(str).itertuples(index=False, name=None))
    return _csv(names, lines)


def _lay_out(document: str, rows: pd.DataFrame) -> str:
    entries = [entry for entry in table("layout") if entry["document"] == document]
    columns = list(dict.fromkeys(entry["column"] for entry in entries))
    lines: dict[tuple[str, str, str], dict[str, str]] = {}
    begins: dict[tuple[str, str, str], set[int]] = {}
    for block, indicator, country, column, row, value in _cells(document, entries, rows):
        line = (block, indicator, country)
        lines.setdefault(line, {})[column] = _number(value)
        begins.setdefault(line, set()).add(row)
    torn = [f"{' '.join(line)}: rows {sorted(r)}" for line, r in begins.items() if len(r) > 1]
    if torn:
        raise BenchmarkError(listing(f"{document}: cells of one line lie in different rows", torn))
    stub = _STUB if document == LONG_TABLE else _STUB[1:]
    ordered = sorted(lines, key=lambda line: (line[0], *begins[line]))
    body = []
    for line in ordered:
        block, indicator, country = line
        head = (block, str(*begins[line]), country, indicator)[-len(stub) :]
        body.append((*head, *(lines[line].get(column, "") for column in columns)))
    return _csv((*stub, *columns), body)


def _cells(
    document: str, entries: list[dict[str, str]], rows: pd.DataFrame
) -> Iterator[tuple[str, str, str, str, int, Any]]:
    """Give line, column, first row of the line and value of every score of a document."""
    columns = {(e["variant"], e["breakdown"], e["period"]): e for e in entries}
    blocks = {e["block"]: [x for x in entries if x["block"] == e["block"]] for e in entries}
    names = ("indicator", "country", "period", "breakdown", "locator", "value")
    for full, country, period, breakdown, place, value in zip(
        *(rows[name].tolist() for name in names), strict=True
    ):
        indicator, variant = _split(full)
        entry = columns.get((variant, breakdown, period))
        if entry is None or _superseded(indicator, country, entry):
            continue
        # A derived score lists the cells of its life events; the first opens the block.
        cell = place.rpartition("!")[2].partition(",")[0]
        row = int(cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
        if document == LONG_TABLE:
            row -= _offset(indicator, entry, blocks[entry["block"]])
        yield entry["block"], indicator, country, entry["column"], row, value


def _superseded(indicator: str, country: str, entry: Mapping[str, str]) -> bool:
    """Tell a score of the long table that the workbook of 2021 has too, there with its label.

    Of the average of 28 countries, which the workbook lacks, only the headline is kept.
    """
    if not rests_on_all(indicator) or entry["block"] < "2016":
        return False
    return country != "EU28" or entry["column"] != "total"


def _offset(indicator: str, entry: Mapping[str, str], block: list[dict[str, str]]) -> int:
    return offsets(indicator, block)[block.index(dict(entry))]


def _split(full: str) -> tuple[str, str]:
    """Separate an indicator from its variant."""
    name = full.removeprefix("egov.")
    stem, _, last = name.rpartition(".")
    return (stem, last) if last in ("annual", "business", "citizen") else (name, "")


def _number(value: float) -> str:
    return f"{value:.6f}".rstrip("0").rstrip(".")


def _csv(header: tuple[str, ...], lines: list[tuple[str, ...]]) -> str:
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(lines)
    return text.getvalue()
