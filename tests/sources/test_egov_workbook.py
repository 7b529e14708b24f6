"""Workbooks of the eGovernment Benchmark: every cell, flag and note against the raw sheets."""

import pytest
from python_calamine import CalamineWorkbook

from benchmark.errors import BenchmarkError
from sources.adapters.egov_official import read_workbook
from sources.readers.egov_workbook import read
from sources.readers.workbook import letters
from tests.sources.spreadsheets import workbook

SCORES = {
    "eGovernment_Benchmark_2021__Source_Data.xlsx": ("1. Scores 2020", None, 0),
    "6_eGovernment_Benchmark_2024__Final_Results.xlsx": ("1. Scores 2024", "7. DESI", 230),
}
LONG = "8_eGovernment_Benchmark_2023__Machine_readable_format_98714.xlsx"


def raw(path, start):
    book = CalamineWorkbook.from_path(str(path))
    name = next(n for n in book.sheet_names if n.startswith(start))
    return name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)


def plain(cell):
    return cell if isinstance(cell, float) else " ".join(str(cell).split())


def compare(found, rows, header, left):
    """Every cell of the table, at its place, with its country, value and mark."""
    records = found.astype({"column": str}).to_dict("records")
    places = {letters(k): k for k in range(len(rows[header]))}
    assert len({(record["row"], record["column"]) for record in records}) == len(found)
    for record in records:
        row = rows[record["row"] - 1]
        cell = plain(row[places[record["column"]]])
        assert record["Country"] == plain(row[left])
        if isinstance(cell, float):
            assert [record["value"], record["status"], record["symbol"]] == [cell, "A", ""]
        else:
            assert record["value"] != record["value"]
            # Raw cells of failed formulas are empty.
            assert record["symbol"] == cell or (record["symbol"] == "#DIV/0!" and cell == "")
            assert record["status"] == ("M" if record["symbol"] else "O")


@pytest.mark.parametrize("name", SCORES)
def test_every_cell_of_a_workbook_of_scores(shared, name):
    path = shared / "samples/egov" / name
    start, decade, failed = SCORES[name]
    table = read(path)
    sheet, rows = raw(path, start)
    found = table.frame[table.frame["sheet"] == sheet]
    filled = [row for row in rows[6:] if plain(row[1])]
    headed = [text for text in rows[5][3:] if plain(text)]
    assert len(found) == len(filled) * len(headed)
    compare(found, rows, 5, 1)
    assert (table.frame["symbol"] == "#DIV/0!").sum() == failed
    headings = [" ".join(str(text).split()) for text in headed]
    assert found["heading"].tolist() == headings * len(filled)
    assert found["Scoring"].tolist() == [plain(row[2]) for row in filled for _ in headed]
    if decade:
        sheet, rows = raw(path, decade)
        other = table.frame[table.frame["sheet"] == sheet]
        scores = [row for row in rows[7:] if plain(row[1]) and isinstance(row[3], float)]
        assert other["value"].tolist() == [row[3] for row in scores]
        assert other["Country"].tolist() == [plain(row[1]) for row in scores]


@pytest.mark.parametrize("name", SCORES)
def test_every_note_of_a_workbook_of_scores(shared, name):
    path = shared / "samples/egov" / name
    notes = read(path).notes
    _, cover = raw(path, "Cover")
    long = max((str(cell) for row in cover for cell in row), key=len)
    texts = [text for text in (part.strip() for part in long.split("\n\n")) if text]
    assert [note.text["en"] for note in notes if not note.at] == texts
    (mark,) = [note for note in notes if note.at]
    assert mark.at == {"heading": "Biennial Average 2018 + 2017"}
    assert mark.mandatory


def test_columns_are_named_with_their_group(shared):
    labels = read(shared / "samples/egov" / next(iter(SCORES))).labels["heading"]
    assert labels["Central"] == {"en": "Government level (2019 + 2020): Central"}
    assert labels["Family (2016)"] == {"en": "2016 Data Collection: Family (2016)"}


@pytest.mark.parametrize("name", SCORES)
def test_indicators_are_those_of_the_adapter(shared, name):
    path = shared / "samples/egov" / name
    ours = read_workbook(path).set_index("locator")
    frame = read(path).frame
    places = (
        frame["sheet"].astype(str) + "!" + frame["column"].astype(str) + frame["row"].astype(str)
    )
    found = frame.set_index(places)
    same = found.loc[found.index.isin(ours.index)]
    assert len(same) == len(ours)
    theirs = ours["indicator"].str.removeprefix("egov.")
    expected = theirs.str.replace(r"\.(annual|business|citizen)$", "", regex=True)
    assert (same["indicator"].astype(str) == expected[same.index]).all()


def test_every_cell_of_the_long_table(shared):
    path = shared / "samples/egov" / LONG
    table = read(path)
    _, rows = raw(path, "Machine")
    frame = table.frame
    for k, name in enumerate(("year", "Country", "variable", "brkdown", "unit")):
        texts = [plain(row[k]) for row in rows[1:]]
        assert frame[name].tolist() == [str(int(t)) if name == "year" else t for t in texts]
    cells = [plain(row[5]) for row in rows[1:]]
    assert frame["symbol"].tolist() == [c if isinstance(c, str) else "" for c in cells]
    values = frame["value"].tolist()
    assert all(
        v == c if isinstance(c, float) else v != v for v, c in zip(values, cells, strict=True)
    )
    blank = frame["variable"] == ""
    assert blank.sum() == 23910
    assert (frame["indicator"] != "").all()
    assert table.meta["time"] == "year"


def test_another_workbook_is_refused_with_its_sheets():
    with pytest.raises(BenchmarkError, match="no workbook of the eGovernment Benchmark") as error:
        read(workbook({"Totals": [["Country", "Scoring"]]}))
    assert "Totals" in str(error.value)


def test_a_cell_that_is_no_score_is_named():
    rows = [["Group"], ["Country", "Scoring", "Average (2023)"], ["DK", "1. User centricity", "x"]]
    with pytest.raises(BenchmarkError, match="C3 holds 'x'"):
        read(workbook({"1. Scores 2024": rows}))
