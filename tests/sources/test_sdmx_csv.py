"""SDMX-CSV of both versions: every cell, flag, attribute and label against a slow reading."""

import csv

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from benchmark.errors import BenchmarkError
from sources.readers.sdmx_columns import FLAGS, MESSAGE, TIME, VALUE
from sources.readers.sdmx_csv import read
from tests.sources.text_tables import crossed, write_sdmx

HEAD = "DATAFLOW,LAST UPDATE,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG,CONF_STATUS\n"
ROW = "X:Y(1.0),01/02/26 11:00:00,"


def rows_of(path, delimiter):
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter=delimiter))


@pytest.mark.parametrize(
    ("name", "delimiter", "dimensions", "attributes"),
    [
        ("sdmx/sdmx3_example-01.csv", ",", 3, ["ATTR_2", "ATTR_3", "ATTR_1", "UPDATED"]),
        ("sdmx/sdmx3_example-04.csv", ";", 3, ["ATTR_2", "ATTR_3", "ATTR_1"]),
        ("sdmx/sdmx3_example-07.csv", ",", 3, ["ATTR_1", "ATTR_2", "ATTR_3"]),
        ("eurostat/migr_resfirst_sdmx.csv", ",", 7, ["CONF_STATUS"]),
    ],
)
def test_every_cell_of_a_sample_is_read(shared, name, delimiter, dimensions, attributes):
    path = shared / "samples" / name
    table, rows = read(path), rows_of(path, delimiter)
    names = [*table.frame.columns[:dimensions], *attributes]
    assert list(table.frame.columns) == [
        *names[:dimensions],
        *("value", "status", "symbol"),
        *attributes,
    ]
    assert list(table.meta["attributes"]) == attributes
    for row, found in zip(rows, table.frame.to_dict("records"), strict=True):
        plain = {key.partition(":")[0].partition("[")[0]: cell for key, cell in row.items()}
        for column in names:
            code, _, label = plain[column].partition(": ")
            assert found[column] == code
            if label:
                assert table.labels[column][code] == {"": label}
        assert found["value"] == float(plain["OBS_VALUE"].replace(",", "."))
        assert [found["status"], found["symbol"]] == ["A", ""]


def test_what_the_samples_say_of_themselves(shared):
    meta = read(shared / "samples/sdmx/sdmx3_example-04.csv").meta
    assert meta["structure"] == ("ESTAT:NA_MAIN(1.6.0)",)
    assert meta["title"] == {"": "Principaux agrégats des comptes nationaux"}
    meta = read(shared / "samples/sdmx/sdmx3_example-07.csv").meta
    assert meta["parts"]["ATTR_2"] == {"M, N & O;P & Q": ("M, N & O", "P & Q")}
    assert meta["parts"]["ATTR_3"]["A;B;C"] == ("A", "B", "C")
    meta = read(shared / "samples/eurostat/migr_resfirst_sdmx.csv").meta
    assert meta["updated"] == "2026-05-22T11:00:00"
    assert meta["time"] == "TIME_PERIOD"


def test_a_small_file_of_eurostat_with_labels(root):
    table = read(root / "tests/sources/samples/labelled.csv")
    assert table.labels["geo"] == {
        "": {"": "geo"},
        "DK": {"": "Denmark"},
        "EL": {"": "Greece: all of it"},
    }
    frame = table.frame.set_index(["geo", "TIME_PERIOD"])
    assert frame.loc[("DK", "2023"), ["value", "status", "symbol"]].tolist() == [45.2, "B U", "bu"]
    assert frame.loc[("DK", "2024"), ["status", "symbol"]].tolist() == ["Q", ""]
    assert frame.loc[("EL", "2023"), ["status", "symbol"]].tolist() == ["M", ": z"]
    assert frame.loc[("EL", "2024"), ["value", "status"]].tolist() == [0.0, "A"]


def test_a_small_file_with_names_in_columns_of_their_own(root):
    table = read(root / "tests/sources/samples/named.csv")
    assert table.labels["REF_AREA"][""] == {"": "Reference area"}
    assert table.labels["REF_AREA"]["DK"] == {"": "Denmark"}
    assert table.meta["title"] == {"": "Made-up table"}
    frame = table.frame.set_index("REF_AREA")
    assert frame["status"].tolist() == ["E P", "O", "O", "H"]
    assert frame["symbol"].tolist() == ["P E", "NaN", "#N/A A", "NaN H"]
    (note,) = table.notes
    assert (note.text, note.at) == ({"": "NOTE: on all of it"}, {"TIME_PERIOD": "2024"})
    assert frame.loc["NO", "NOTE"] == 'two\nlines with "quotes"'


def test_a_flag_that_no_list_has_is_kept_and_told():
    table = read((HEAD + ROW + "DK,2024,5,ix,\n").encode())
    assert table.frame[["symbol", "status"]].iloc[0].tolist() == ["ix", "A"]
    assert "i, x" in table.meta["warnings"][0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "line 1 begins with ''"),
        ("<html>,", "expected DATAFLOW"),
        (HEAD + ROW + "DK,2024,5,b\n", "line 2 has 6 fields; expected 7"),
        (HEAD + ROW + 'DK,2024,5,"b,\n', "line 2: unexpected end of data"),
        (HEAD + ROW + 'DK,2024,5,"b"x,\n', "line 2"),
        (HEAD + ROW + "DK,2024,5x,b,\n", "row 1, OBS_VALUE: found '5x'"),
        (HEAD + ROW + 'DK,2024,"5,1",b,\n', "row 1, OBS_VALUE: found '5,1'"),
        (HEAD + ROW + "DK,2024,1e999,b,\n", "found '1e999'"),
        (HEAD + ROW + ",2024,5,b,\n", "row 1 has a value but not a code in every dimension"),
        (HEAD + 2 * (ROW + "DK,2024,5,b,\n"), "row 2 is for DK, 2024, as an earlier row is"),
        ("DATAFLOW,geo\nX,DK\n", "no column OBS_VALUE"),
        ("DATAFLOW,OBS_VALUE\nX,1\n", "no column before OBS_VALUE"),
        ("DATAFLOW,geo,geo,OBS_VALUE\nX,DK,DK,1\n", "the column 'geo' twice"),
        ("STRUCTURE[;],STRUCTURE_ID,g,OBS_VALUE[]\nd,X,DK,1;2\n", "several values in a cell"),
        ("STRUCTURE,STRUCTURE_ID,ACTION,g,OBS_VALUE\nd,X,D,DK,-\n", "ACTION D, an order to delete"),
        ("STRUCTURE;g;OBS_VALUE\nd;DK;1.234,5\n", "found '1.234,5'"),
        ("STRUCTURE;g;OBS_VALUE\nd;DK;1.5\nd;NO;1,5\n", "found '1,5'"),
    ],
)
def test_faults_are_named_with_their_place(text, said):
    with pytest.raises(BenchmarkError) as error:
        read(text.encode())
    assert said in str(error.value)


texts = st.text(st.characters(exclude_characters=":\0", exclude_categories=("Cs",)), min_size=1)
TAKEN = {*MESSAGE, *FLAGS, TIME, VALUE}
names = texts.filter(lambda t: t == t.strip() and not set(t) & set("[]") and t not in TAKEN)
codes = st.lists(texts, min_size=1, max_size=4, unique=True)
values = st.one_of(st.floats(allow_nan=False, allow_infinity=False).map(repr), st.just(""))
cells = st.tuples(values, st.sampled_from(["", "b", "bu", "c"]))


tables = st.lists(st.tuples(names, codes), min_size=1, max_size=3, unique_by=lambda axis: axis[0])


@given(tables, st.data())
def test_round_trip(axes, data):
    axes = dict(axes)
    keys = crossed(axes)
    drawn = data.draw(st.lists(cells, min_size=len(keys), max_size=len(keys)))
    table = read(write_sdmx(axes, drawn).encode())
    found = [table.frame.iloc[:, k] for k in range(len(axes))]
    assert list(zip(*found, strict=True)) == keys
    np.testing.assert_array_equal(table.frame["value"], [float(v or "nan") for v, _ in drawn])
    assert table.frame["symbol"].tolist() == [flag for _, flag in drawn]


@given(tables, st.data())
def test_quoted_and_plain_files_are_read_alike(axes, data):
    axes = dict(axes)
    drawn = data.draw(st.lists(cells, min_size=len(crossed(axes)), max_size=len(crossed(axes))))
    plain = write_sdmx(axes, drawn)
    assume('"' not in plain)
    quoted = plain.replace("DATAFLOW", '"DATAFLOW"', 1)
    assert read(plain.encode()).frame.equals(read(quoted.encode()).frame)
