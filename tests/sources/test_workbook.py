import math
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmark.errors import BenchmarkError
from sources.readers.workbook import address, letters, read_table, sheet_names
from tests.sources.spreadsheets import workbook

STUB = ("Country", "Scoring")
ROWS = [
    ["", "", "", ""],
    ["", "A title", "", "", ""],
    ["", "Country", "Scoring", "Average (2023)", "", "Health\n(2023)"],
    ["", "AL", "0. OVERALL", 49.5, "not headed", "."],
    ["", "", "no country", 1, 2, 3],
    ["", "EU27+", "0. OVERALL", "#DIV/0!", "", ""],
    ["", "MT", "0. OVERALL", 100, 1, 0],
]


@pytest.fixture(scope="module")
def data() -> bytes:
    return workbook({"Cover": [["some text"]], "7. DESI & more": [["x"]], "1. Scores 2024": ROWS})


def test_every_headed_cell_of_a_named_row_comes_with_its_place(data):
    found = read_table(data, r"1\. Scores \d{4}", STUB)
    cells = found.frame
    assert list(cells.columns) == [*STUB, "heading", "row", "column", "value", "mark"]
    assert cells["column"].tolist() == ["D", "F"] * 3
    assert cells["row"].tolist() == [4, 4, 6, 6, 7, 7]
    assert cells["heading"].tolist() == ["Average (2023)", "Health (2023)"] * 3
    assert cells["Country"].tolist() == ["AL", "AL", "EU27+", "EU27+", "MT", "MT"]
    assert found.meta["sheet"] == "1. Scores 2024"
    assert found.meta["header"] == "3"


def test_a_number_is_a_value_and_anything_else_a_mark(data):
    cells = read_table(data, r"1\. Scores \d{4}", STUB).frame
    values = cells["value"].tolist()
    assert [values[0], *values[4:]] == [49.5, 100.0, 0.0]
    assert all(math.isnan(value) for value in values[1:4])
    assert cells["mark"].tolist() == ["", ".", "#DIV/0!", "", "", ""]


def test_a_path_and_its_bytes_give_the_same(data, tmp_path):
    path = tmp_path / "scores.xlsx"
    path.write_bytes(data)
    one = read_table(path, r"1\..*", STUB)
    other = read_table(str(path), r"1\..*", STUB)
    third = read_table(data, r"1\..*", STUB)
    assert one.frame.equals(other.frame)
    assert one.frame.equals(third.frame)
    assert one.meta["file"] == "scores.xlsx"
    assert one.meta["sha256"] == third.meta["sha256"]
    assert len(one.meta["sha256"]) == 64


def test_sheets_are_listed_in_order(data):
    assert sheet_names(data) == ["Cover", "7. DESI & more", "1. Scores 2024"]


def test_formula_errors_are_found_whatever_the_name_of_the_sheet():
    data = workbook({"A & B <1>": [["Country", "Scoring", "h"], ["AL", "x", "#REF!"]]})
    assert read_table(data, ".*", STUB).frame["mark"].tolist() == ["#REF!"]


@pytest.mark.parametrize("read", [lambda s: read_table(s, ".*", STUB), sheet_names])
def test_what_is_no_workbook_is_refused_by_name(read, tmp_path):
    path = tmp_path / "scores.csv"
    path.write_text("Country,Scoring\n", encoding="utf-8")
    with pytest.raises(BenchmarkError, match=r"scores\.csv: cannot be read as a workbook"):
        read(path)
    with pytest.raises(BenchmarkError, match="workbook: cannot be read"):
        read(b"PK\x03\x04 torn")


def test_a_missing_sheet_is_named_with_those_there_are(data):
    with pytest.raises(BenchmarkError, match=r"no sheet is named like '2\. Scores'") as caught:
        read_table(data, "2. Scores", STUB)
    assert "1. Scores 2024" in str(caught.value)
    with pytest.raises(BenchmarkError, match="more than one sheet"):
        read_table(data, r"\d\..*", STUB)


def test_a_missing_header_is_named_with_file_and_sheet(data, tmp_path):
    path = tmp_path / "edition.xlsx"
    path.write_bytes(data)
    with pytest.raises(BenchmarkError, match=r"edition\.xlsx, sheet 'Cover'.*Country \| Scoring"):
        read_table(path, "Cover", STUB)


@given(st.integers(0, 20_000))
def test_letters_count_in_base_26_without_a_zero(column):
    number = 0
    for letter in letters(column):
        number = number * 26 + ord(letter) - ord("A") + 1
    assert number - 1 == column


@given(st.integers(0, 2_000_000), st.integers(0, 16_383))
def test_an_address_is_letters_and_the_row_from_one(row, column):
    place = address(row, column)
    assert place == f"{letters(column)}{row + 1}"


def test_the_reader_loads_nothing_heavy_before_it_reads():
    code = (
        "import sys, sources.readers.workbook;"
        "print(sorted({'python_calamine', 'pandas', 'numpy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
