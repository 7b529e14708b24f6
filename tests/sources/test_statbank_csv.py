"""The reader of StatBank files: values, symbols, codes by the table's information, faults."""

import csv
import json
import math
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmark.errors import BenchmarkError
from sources.readers.statbank_cells import Rows, plain, quick
from sources.readers.statbank_csv import read, tableinfo

SAMPLES = Path(__file__).parent / "samples"
INFO = SAMPLES / "tableinfo.json"
SYMBOLS = ["", "..", ".", "...", "-", ":"]
STATUS = {"..": "O", ".": "M", "...": "Q", ":": "Q", "": "O", "-": "A"}


def compare(path: Path) -> None:
    """Compare the reader with the csv module, cell by cell."""
    rows = [*csv.reader(StringIO(path.read_text(encoding="utf-8-sig")), delimiter=";")]
    frame = read(path).frame
    assert [*frame.columns] == [*rows[0][:-1], "value", "status", "symbol"]
    assert len(frame) == len(rows) - 1
    for found, row in zip(frame.itertuples(index=False), rows[1:], strict=True):
        *codes, printed = row
        assert [*found[:-3]] == codes
        if printed in STATUS:
            assert (found.status, found.symbol) == (STATUS[printed], printed)
            assert found.value == 0 if printed == "-" else math.isnan(found.value)
        else:
            assert (found.value, found.status, found.symbol) == (
                float(printed.replace(",", ".")),
                "A",
                "",
            )


def test_own_sample_equals_a_plain_reading() -> None:
    compare(SAMPLES / "statbank.csv")
    assert read(SAMPLES / "statbank.csv").meta["time"] == "TID"


def test_real_file_equals_a_plain_reading(shared: Path) -> None:
    compare(shared / "samples" / "dst" / "straf42_2023_csv.csv")


def test_real_file_with_its_information(shared: Path) -> None:
    folder = shared / "samples" / "dst"
    table = read(folder / "straf42_2023_csv.csv", tableinfo=folder / "tableinfo_straf42_en.json")
    assert table.frame.values.tolist() == [["00", "2023", 233454.0, "A", ""]]
    assert table.labels["HERKOMST1"] == {"": {"": "national origin"}, "00": {"": "Total"}}
    assert table.meta["time"] == "Tid"
    assert table.meta["units"] == {"": "Number"}
    assert table.meta["updated"] == "2025-03-25T08:00:00"
    assert [note.mandatory for note in table.notes] == [True]
    with pytest.raises(BenchmarkError, match=r"HERKOMST1: 'Total' is no value"):
        read(folder / "straf42_2023_csv.csv", tableinfo=folder / "tableinfo_straf42_da.json")


@pytest.mark.parametrize("language", ["da", "en"])
def test_real_information(language: str, shared: Path) -> None:
    path = shared / "samples" / "dst" / f"tableinfo_straf42_{language}.json"
    body, found = json.loads(path.read_text(encoding="utf-8")), tableinfo(path)
    assert (found.id, found.title, found.time) == ("STRAF42", {"": body["text"]}, "Tid")
    assert found.notes[0].text[""] == body["footnote"]["text"].strip()
    assert found.meta["suppressed"] == "0"
    assert found.cells == math.prod(len(entry["values"]) for entry in body["variables"])
    for variable, entry in zip(found.variables, body["variables"], strict=True):
        assert (variable.code, variable.text) == (entry["id"], entry["text"])
        assert (variable.elimination, variable.time) == (entry["elimination"], entry["time"])
        assert [*zip(variable.values, variable.texts, strict=True)] == [
            (value["id"], value["text"]) for value in entry["values"]
        ]


def test_information_gives_codes_labels_and_notes() -> None:
    table = read(SAMPLES / "statbank.csv", tableinfo=INFO)
    assert [*table.frame.columns] == ["ALDER", "KØN", "Tid", "value", "status", "symbol"]
    assert list(table.frame["ALDER"]) == ["TOT", "TOT", "16-24", "16-24"]
    assert table.labels["KØN"] == {"": {"": "køn"}, "M": {"": "Mænd"}, "K": {"": "Kvinder"}}
    assert table.notes[0].text[""] == "Tallene er opdigtede.\nStikprøven er lille."
    assert table.meta["title"] == {"": "Tillid"}
    assert table.meta["format"] == "StatBank CSV"


def test_a_cell_that_may_be_suppressed_is_marked_and_kept() -> None:
    table = read(SAMPLES / "statbank.csv", tableinfo=INFO)
    assert list(table.frame["symbol"]) == ["", "0", "..", "-"]
    assert list(table.frame["status"]) == ["A", "A", "O", "A"]
    assert list(table.frame["value"])[1] == 0
    note = table.notes[-1]
    assert (note.at, note.mandatory, {*note.text}) == (
        {"symbol": "0"},
        True,
        {"en", "da", "nb", "sv"},
    )
    assert "0" in note.text["da"]


def test_a_symbol_of_suppression_is_missing_with_its_reason() -> None:
    info = json.loads(INFO.read_text(encoding="utf-8")) | {"suppressedDataValue": ".."}
    table = read(SAMPLES / "statbank.csv", tableinfo=info)
    assert list(table.frame["status"]) == ["A", "A", "Q", "A"]
    assert len(table.notes) == 1


@pytest.mark.parametrize(
    "show",
    ["{code}", "{text}", "{code} {text}", "{text} {code}"],
    ids=["Code", "Value", "CodeAndValue", "ValueAndCode"],
)
def test_every_presentation_of_values_gives_the_codes(show: str) -> None:
    cells = {"ALDER": ("TOT", "I alt"), "KØN": ("K", "Kvinder"), "TID": ("2024", "2024")}
    row = ";".join(show.format(code=code, text=text) for code, text in cells.values())
    table = read(f"{';'.join(cells)};INDHOLD\n{row};1.5\n".encode(), tableinfo=INFO)
    assert table.frame.values.tolist() == [["TOT", "K", "2024", 1.5, "A", ""]]


def test_labels_that_are_several_values_are_refused() -> None:
    info = json.loads(INFO.read_text(encoding="utf-8"))
    for value in info["variables"][1]["values"]:
        value["text"] = "Uoplyst"
    with pytest.raises(BenchmarkError, match=r"KØN: 'Uoplyst' is several values.*\n.*=Code"):
        read("KØN;INDHOLD\nUoplyst;1\n".encode(), tableinfo=info)


def test_codes_that_could_be_labels_are_refused() -> None:
    info = json.loads(INFO.read_text(encoding="utf-8"))
    info["variables"][1]["values"] = [{"id": "1", "text": "2"}, {"id": "2", "text": "1"}]
    with pytest.raises(BenchmarkError, match="codes and labels of table TEST1 are so alike"):
        read("KØN;INDHOLD\n1;1\n".encode(), tableinfo=info)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "line 1: expected the names of variables and INDHOLD"),
        (b"A,INDHOLD\n1,2\n", "line 1: expected the names of variables"),
        (b"A;A;INDHOLD\n1;1;2\n", "line 1: 'A' stands twice"),
        (b"A;;INDHOLD\n1;1;2\n", "line 1: field 2 is empty"),
        (b"A;INDHOLD\n1;2\n1\n", "line 3: expected 2 fields, found 1"),
        (b"A;INDHOLD\n1;2;3\n1;2\n", "line 2: expected 2 fields, found 3"),
        (b"A;INDHOLD\n1;2;3\n1\n", "line 2: expected 2 fields, found 3"),
        (b"A;INDHOLD\n1;2\n\n1;3\n", "line 3: expected 2 fields, found 0"),
        (b"A;INDHOLD\n1;x\n", "line 2: 'x' is neither a number nor one of"),
        (b"A;INDHOLD\n1;inf\n", "line 2: 'inf' is neither"),
        (b"A;INDHOLD\n1;nan\n", "line 2: 'nan' is neither"),
        (b"A;INDHOLD\n1;1,5\n2;1.5\n", "decimal comma and with a decimal point"),
        (b"A;INDHOLD\n1;1.5\n2;1,5\n", "decimal comma and with a decimal point"),
        (b"A;INDHOLD\n1;1.234,5\n", "'1.234,5' is neither"),
        (b"A;INDHOLD\n1;" + b"9" * 400 + b"\n", "a number is too large"),
        (b'A;INDHOLD\n"1;2\n', "line 2: "),
        ("A;INDHOLD\nÆrø;1\n".encode("latin-1"), r"line 2: byte 10 \(0xc6\) is not utf-8"),
    ],
)
def test_a_fault_is_named_with_its_line(data: bytes, message: str) -> None:
    with pytest.raises(BenchmarkError, match=message):
        read(data)


@pytest.mark.parametrize(
    ("info", "message"),
    [
        ({"id": "X"}, "is no information on a StatBank table"),
        ({"id": "X", "variables": [{"id": "A"}]}, "variables.0.values: expected a list"),
        ({"id": "X", "variables": [{"values": []}]}, "variables.0.id: expected a code"),
        (
            {"id": "X", "variables": [{"id": "A", "values": [{"id": "1"}, {"id": "1"}]}]},
            "variables.0.values: a code stands twice",
        ),
        ({"id": "X", "variables": [], "footnote": 3}, "footnote: expected an object, found 3"),
        ({"id": "X", "variables": []}, "columns A, which are no variables of table X"),
    ],
)
def test_wrong_information_is_refused(info: dict[str, Any], message: str) -> None:
    with pytest.raises(BenchmarkError, match=message):
        read(b"A;INDHOLD\n1;2\n", tableinfo=info)


def test_quoted_fields_are_read() -> None:
    table = read(b'A;INDHOLD\n"a;b";"1,5"\n"c ""d""\ne";".."\n')
    assert list(table.frame["A"]) == ["a;b", 'c "d"\ne']
    assert list(table.frame["symbol"]) == ["", ".."]


def test_a_file_without_rows_is_an_empty_table() -> None:
    frame = read(b"A;INDHOLD\r\n").frame
    assert (len(frame), [*frame.columns]) == (0, ["A", "value", "status", "symbol"])


def same(left: Rows, right: Rows) -> bool:
    """Whether two readings are the same."""
    return (
        left.texts == right.texts
        and all(np.array_equal(*pair) for pair in zip(left.codes, right.codes, strict=True))
        and np.array_equal(left.value, right.value, equal_nan=True)
        and np.array_equal(left.symbol, right.symbol)
    )


KEYS = st.text(st.characters(codec="utf-8", exclude_characters='";\r\n\x00'), max_size=4)
PRINTED = st.one_of(
    st.sampled_from(SYMBOLS),
    st.integers(-(10**6), 10**6).map(str),
    st.floats(-1e6, 1e6).map(lambda number: repr(number).replace(".", ",")),
)


@settings(max_examples=150, deadline=None)
@given(
    rows=st.lists(st.tuples(KEYS, KEYS, PRINTED), min_size=1), end=st.sampled_from(["\n", "\r\n"])
)
def test_the_quick_way_equals_the_plain_one(rows: list[tuple[str, str, str]], end: str) -> None:
    text = end.join(["A;B;INDHOLD", *map(";".join, rows)]) + end
    slow = plain(text, ["A", "B", "INDHOLD"], SYMBOLS, "a.csv")
    fast = quick(text.encode(), 3, SYMBOLS)
    assert [*slow.texts[0]] == [*dict.fromkeys(row[0] for row in rows)]
    assert fast is None or same(fast, slow)


@pytest.mark.parametrize(
    "codes", [["00", "01"], ["1.0"], ["TRUE"], ["True", "false"], ["inf"], ["A"]]
)
def test_codes_stay_as_printed(codes: list[str]) -> None:
    data = "A;INDHOLD" + "".join(f"\n{code};1" for code in codes)
    fast = quick(data.encode(), 2, SYMBOLS)
    assert fast is not None
    assert fast.texts == [codes]
    assert list(read(data.encode()).frame["A"]) == codes


def test_the_quick_way_takes_what_the_service_sends() -> None:
    data = (SAMPLES / "statbank.csv").read_bytes().removeprefix(b"\xef\xbb\xbf")
    fast = quick(data, 4, SYMBOLS)
    assert fast is not None
    assert same(fast, plain(data.decode(), ["A", "B", "C", "INDHOLD"], SYMBOLS, "a.csv"))


SCRAPS = [b"", b";", b"\n", b"\r", b'"', b"\x00", b"\xff", b",", b"..", b"INDHOLD", b"9" * 400]


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_damaged_files_raise_only_our_error(data: st.DataObject) -> None:
    seed = bytearray((SAMPLES / "statbank.csv").read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(seed) - 1))
        seed[at : at + data.draw(st.integers(0, 9))] = data.draw(st.sampled_from(SCRAPS))
    try:
        frame = read(bytes(seed)).frame
    except BenchmarkError:
        return
    missing = frame["value"].isna()
    assert frame.loc[missing, "status"].isin(["O", "M", "Q"]).all()
    assert frame.loc[~missing, "status"].eq("A").all()
