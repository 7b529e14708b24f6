"""Damaged and random files: our error or a table, never another exception and never a hang."""

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmark.errors import BenchmarkError
from sources.readers import eurostat_tsv, px, sdmx_csv
from sources.table import Table

FILES = {
    "everything.px": px.read,
    "keyed.px": px.read,
    "plain.tsv": eurostat_tsv.read,
    "across.tsv": eurostat_tsv.read,
    "labelled.csv": sdmx_csv.read,
    "named.csv": sdmx_csv.read,
}
PIECES = [bytes([byte]) for byte in b'";=,\n\t()[]:\\\0\xff-']
PIECES += [b"1e999", b"nan", b"TLIST(A1", b'"..."', b"DATA=", b"OBS_VALUE", b"\xef\xbb\xbf"]
PIECES += [b"\x1f\x8b"]
REPEATED = ['"', '",', "(", '("', "A=", 'A="b";', '"b" ', "[", "\\", ",", ": ", " "]
BEGINNINGS = ["", 'A="', "A(", 'TIMEVAL("a")=TLIST(', "a\\b\tc\n", "STRUCTURE,"]

edits = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 30), st.sampled_from([b"", *PIECES])), max_size=4
)


def damaged(data, changes):
    for where, length, piece in changes:
        place = int(where * len(data))
        data = data[:place] + piece + data[place + length :]
    return data


def attempt(read, data):
    try:
        table = read(data)
    except BenchmarkError:
        return
    assert isinstance(table, Table)
    frame = table.frame
    missing = frame["value"].isna()
    assert not (missing & (frame["status"] == "A")).any()


@pytest.mark.parametrize("name", FILES)
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=edits)
def test_damaged_files(root, name, changes):
    data = (root / "tests/sources/samples" / name).read_bytes()
    attempt(FILES[name], damaged(data, changes))


@pytest.mark.parametrize("read", [px.read, eurostat_tsv.read, sdmx_csv.read])
@given(data=st.one_of(st.binary(max_size=300), st.text(max_size=300).map(str.encode)))
def test_random_files(read, data):
    attempt(read, data)


@pytest.mark.parametrize("read", [px.read, eurostat_tsv.read, sdmx_csv.read])
@pytest.mark.parametrize("piece", REPEATED)
@pytest.mark.parametrize("head", BEGINNINGS)
def test_long_repetitions_take_no_longer_than_they_are(read, piece, head):
    start = time.perf_counter()
    attempt(read, (head + piece * 20_000).encode())
    # A guard against hanging, wide enough for a busy machine; speed is measured elsewhere.
    assert time.perf_counter() - start < 30


@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
@settings(max_examples=800, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=edits)
def test_many_damaged_files(root, name, changes):
    data = (root / "tests/sources/samples" / name).read_bytes()
    attempt(FILES[name], damaged(data, changes))
