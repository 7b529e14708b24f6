"""Eurostat TSV: every cell and flag against a slow reading, fast and slow way alike."""

import gzip
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmark.errors import BenchmarkError
from sources.readers import eurostat_tsv
from sources.readers.eurostat_tsv import read
from tests.sources.text_tables import crossed, write_tsv

SAMPLES = ["gov_10dd_edpt1_excerpt.tsv", "hlth_ehis_bm1u_time_by_geo.tsv"]
STATUS = {"": "A", "b": "B", "e": "E", "p": "P", "u": "U", ":": "O"}


def read_slowly(text):
    """Rows of (codes, value, symbol), line by line."""
    lines = text.split("\n")
    across = [code.strip() for code in lines[0].split("\t")[1:]]
    for line in filter(None, lines[1:]):
        key, *cells = line.split("\t")
        for code, cell in zip(across, cells, strict=True):
            number, _, flags = cell.partition(" ")
            value = float("nan") if number in (":", "") else float(number)
            symbol = (":" if number == ":" else "") + (" " if flags and number == ":" else "")
            yield (*key.split(","), code), value, symbol + flags.strip()


def check(table, expected):
    keys, values, symbols = zip(*expected, strict=True)
    width = len(keys[0])
    assert list(zip(*(table.frame.iloc[:, k] for k in range(width)), strict=True)) == list(keys)
    np.testing.assert_array_equal(table.frame["value"], values)
    assert table.frame["symbol"].tolist() == list(symbols)


@pytest.mark.parametrize("name", SAMPLES)
def test_every_cell_of_a_sample_is_read(shared, name):
    data = (shared / "samples/eurostat" / name).read_bytes()
    table = read(data)
    check(table, read_slowly(data.decode()))
    assert [STATUS[s] for s in table.frame["symbol"]] == table.frame["status"].tolist()
    assert table.meta["time"] == "time"
    geo, time = (list(table.frame[axis].cat.categories) for axis in ("geo", "time"))
    assert {"DK", "EL", "UK"} <= set(geo)
    assert time == sorted(time, reverse=True)


@pytest.mark.parametrize("form", ["plain.tsv", "old.tsv", "across.tsv"])
def test_small_files_of_every_form(root, form, tmp_path):
    path = root / "tests/sources/samples" / form
    table = read(path)
    packed = tmp_path / "packed.tsv.gz"
    packed.write_bytes(gzip.compress(path.read_bytes()))
    again = read(packed)
    assert again.frame.equals(table.frame)
    assert again.meta["sha256"] != table.meta["sha256"]
    keys = ["geo", table.meta["time"]]
    assert set(table.frame.columns[:-3]) == {"unit", *keys}
    frame = table.frame.set_index(keys)
    assert frame.loc[("DK", "2023"), ["value", "status", "symbol"]].tolist() == [45.2, "B U", "bu"]
    assert frame.loc[("DK", "2024"), ["status", "symbol"]].tolist() == ["M", ": z"]
    assert frame.loc[("EL", "2023"), ["status", "symbol"]].tolist() == ["Q", ": c"]
    assert frame.loc[("EL", "2024"), ["value", "status", "symbol"]].tolist() == [-0.5, "A", ""]
    assert frame.loc[("EU27_2020", "2023"), "status"] == "O"
    assert frame.loc[("EU27_2020", "2024"), ["value", "status"]].tolist() == [43110, "E P"]


def test_a_letter_that_no_list_has_is_kept_and_told():
    table = read(b"geo\\time\t2023 \nDK\t5 iu\n")
    assert table.frame.iloc[0].tolist() == ["DK", "2023", 5.0, "U", "iu"]
    assert "i" in table.meta["warnings"][0]


@pytest.mark.parametrize(
    "cell", [b"5b", b" 5 b ", b"5  b", b"5 bepu", b":c", b" : ", b"1e3 b", b""]
)
def test_cells_in_odd_spacing_are_read_too(cell):
    table = read(b"geo\\time\t2023 \t2024 \nDK\t" + cell + b"\t7 \n")
    value, symbol = table.frame["value"].tolist(), table.frame["symbol"].tolist()
    number = re.sub(rb"[a-df-z: ]|e(?!3)", b"", cell)
    np.testing.assert_array_equal(value, [float(number or b"nan"), 7.0])
    assert symbol[0].replace(" ", "") == re.sub(r"1e3|[0-9 ]", "", cell.decode())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "line 1 begins with ''"),
        ("geo\ttime\n", "expected the names of the dimensions"),
        ("geo,geo\\time\t2023\nDK,a\t1", "each once"),
        ("geo\\time\nDK\t1", "no codes"),
        ("geo\\time\t2023\t2023\nDK\t1\t2", "'2023' more than once"),
        ("geo\\time\t2023\nDK\t1\t2\n", "line 2 has 2 cells; expected 1"),
        ("geo\\time\t2023\t2024\nDK\t1\nNO\t1\t2\t3\n", "line 3 has 3 cells; expected 2"),
        ("geo\\time\t2023\n\nDK\tx1\n", "line 3, column '2023' holds 'x1'"),
        ("geo\\time\t2023\nDK\t4 5\n", "holds '4 5'"),
        ("geo\\time\t2023\nDK\t1,5\n", "holds '1,5'"),
        ("geo\\time\t2023\nDK\t1e999\n", "holds '1e999'"),
        ("geo\\time\t2023\nDK\t1-2\n", "holds '1-2'"),
        ("a,geo\\time\t2023\nDK\t1\n", "row 1 begins with 'DK'; expected 2 codes"),
        ("geo\\time\t2023\nDK\t1\nDK\t2\n", "2 rows have the codes 'DK'"),
        ("<html>\n<body>", "line 1 begins with '<html>'"),
    ],
)
def test_faults_are_named_with_their_place(text, said):
    with pytest.raises(BenchmarkError) as error:
        read(text.encode())
    assert said in str(error.value)


codes = st.lists(
    st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-æø", min_size=1),
    min_size=1,
    max_size=4,
    unique=True,
)
numbers = st.one_of(
    st.decimals(-(10**9), 10**9, places=1).map(str),
    st.floats(allow_nan=False, allow_infinity=False).map(repr),
)
flags = st.sampled_from(["", "", "b", "bu", "dep", "bdep"])
cells = st.tuples(st.one_of(numbers, st.just(":")), flags)


@given(codes, codes, codes, st.data())
def test_round_trip_by_both_ways(units, geos, times, data):
    axes = {"unit": units, "geo": geos, "TIME_PERIOD": times}
    keys = crossed(axes)
    drawn = data.draw(st.lists(cells, min_size=len(keys), max_size=len(keys)))
    text = write_tsv(axes, [f"{value} {flag}" for value, flag in drawn])
    expected = [
        (key, float(value.replace(":", "nan")), f": {flag}".strip() if value == ":" else flag)
        for key, (value, flag) in zip(keys, drawn, strict=True)
    ]
    fast = read(text.encode())
    check(fast, expected)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(eurostat_tsv, "_fast", lambda *_: None)
        slow = read(text.encode())
    assert slow.frame.astype({"status": str, "symbol": str}).equals(
        fast.frame.astype({"status": str, "symbol": str})
    )
