"""Formats are recognised from content, and what all readers share keeps its limits."""

import gzip
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import nordbench as nb
from benchmark.errors import BenchmarkError
from sources.read_table import recognise
from sources.readers.common import Loaded, decode, load

SAMPLES = Path(__file__).parent / "samples"


@pytest.mark.parametrize(
    ("data", "format"),
    [
        (b'  {"class": "dataset"}', "json-stat"),
        (b"\xef\xbb\xbf[1]", "json-stat"),
        ('{"a": 1}'.encode("utf-16"), "json-stat"),
        (b'CHARSET="ANSI";\r\nAXIS-VERSION="2010";', "px"),
        (b'TITLE[sv]("x")="y";', "px"),
        (b"DECIMALS=1;\nDATA=\n1 2;", "px"),
        (b"A;TID;INDHOLD\r\n", "statbank-csv"),
        (b'"A";"INDHOLD"\n', "statbank-csv"),
        (b"unit,geo\\TIME_PERIOD\t2023 \t2024 \n", "eurostat-tsv"),
        (b"unit,time\\geo\tDK \n", "eurostat-tsv"),
        (b"DATAFLOW,LAST UPDATE,freq\n", "sdmx-csv"),
        (b"\xef\xbb\xbfSTRUCTURE;STRUCTURE_ID;ACTION\n", "sdmx-csv"),
        (b"STRUCTURE[;],STRUCTURE_ID\n", "sdmx-csv"),
        (b"PK\x03\x04rest", "workbook"),
        (gzip.compress(b'{"a": 1}'), "json-stat"),
    ],
)
def test_formats_are_recognised(data: bytes, format: str) -> None:
    assert recognise(data) == format


def test_the_ending_does_not_matter(tmp_path: Path) -> None:
    path = tmp_path / "Æ blå fil.px"
    path.write_bytes(gzip.compress((SAMPLES / "statbank.csv").read_bytes()))
    table = nb.read_table(path, tableinfo=SAMPLES / "tableinfo.json")
    assert table.meta["file"] == "Æ blå fil.px"
    assert table.meta["format"] == "StatBank CSV"
    pd.testing.assert_frame_equal(
        table.frame,
        nb.read_table(SAMPLES / "statbank.csv", tableinfo=SAMPLES / "tableinfo.json").frame,
    )


def test_json_stat_is_read_with_its_option() -> None:
    table = nb.read_table(SAMPLES / "two_datasets.jsonstat1.json", dataset="first")
    assert list(table.frame["status"]) == ["E", "O E", "E"]


@pytest.mark.parametrize(
    ("data", "hint"),
    [
        (b"<!DOCTYPE html><html>", "an HTML page"),
        (b"<?xml version='1.0'?>", "which is XML"),
        (b"a,b\n1,2\n", r"it begins 'a,b\\n1,2\\n'; looked for"),
        (b"", "the format is not recognised"),
    ],
)
def test_what_is_not_recognised_is_said(data: bytes, hint: str) -> None:
    with pytest.raises(BenchmarkError, match=hint) as error:
        nb.read_table(data)
    for format in ("json-stat", "px", "statbank-csv", "eurostat-tsv", "sdmx-csv", "workbook"):
        assert format in str(error.value)


def test_options_are_checked() -> None:
    with pytest.raises(BenchmarkError, match=r"takes the options dataset:\n  'sheet' is unknown"):
        nb.read_table(b'{"a": 1}', sheet="x")
    with pytest.raises(BenchmarkError, match=r"takes the options sheet, stub:\n  'sheet' is missi"):
        nb.read_table(b"PK\x03\x04")
    with pytest.raises(BenchmarkError, match="unknown format 'csv'; expected one of json-stat"):
        nb.read_table(b"a;b", format="csv")


def test_a_path_that_is_no_file_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "absent.json", "a\x00b"):
        with pytest.raises(BenchmarkError, match="cannot be opened"):
            nb.read_table(path)


def test_a_bomb_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NORDBENCH_MAX_BYTES", "1000")
    bomb = gzip.compress(b" " * 10**6)
    assert len(bomb) < 2000
    path = tmp_path / "large.csv"
    path.write_bytes(b"x" * 1001)
    for source in (gzip.compress(b" " * 5000), b"x" * 1001, path):
        with pytest.raises(BenchmarkError, match=r"limit of 1000 bytes; .*NORDBENCH_MAX_BYTES"):
            load(source)
    monkeypatch.setenv("NORDBENCH_MAX_BYTES", "many")
    with pytest.raises(BenchmarkError, match="NORDBENCH_MAX_BYTES is 'many'"):
        load(b"x")


@settings(max_examples=100, deadline=None)
@given(cut=st.integers(2, 60), flip=st.integers(0, 60))
def test_damaged_gzip_is_refused(cut: int, flip: int) -> None:
    whole = bytearray(gzip.compress(b"A;INDHOLD\n1;2\n" * 5))
    whole[flip % len(whole)] ^= 0x55
    for data in (bytes(whole), bytes(whole[:cut])):
        try:
            nb.read_table(data)
        except BenchmarkError:
            continue


def test_encodings_are_tried_in_order() -> None:
    def told(data: bytes, *others: str) -> str:
        return decode(Loaded(data, "a.px", ""), *others)

    assert told("Ærø".encode("cp1252"), "iso-8859-1") == "Ærø"
    assert told("Ærø".encode(), "cp1252") == "Ærø"
    assert told("Ærø".encode("utf-8-sig")) == "Ærø"
    with pytest.raises(
        BenchmarkError, match=r"a.px, line 2: byte 2 \(0xff\).*expected utf-8 or as"
    ):
        told(b"a\n\xff", "ascii")
