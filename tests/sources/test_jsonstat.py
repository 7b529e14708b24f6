"""The reader of JSON-stat: every cell, flag and note of real files, faults, and fuzzing."""

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmark.errors import BenchmarkError
from sources.readers.frames import grid, observed
from sources.readers.jsonstat import datasets, read
from sources.table import Table, TableNote
from tests.sources.jsonstat_plainly import (
    cells_of,
    codes_of,
    datasets_of,
    expected_status,
    notes_of,
    write,
)

SAMPLES = Path(__file__).parent / "samples"
OWN = sorted(SAMPLES.glob("*.json*stat*.json"))
REAL = [
    "dst/straf42_2023_jsonstat.json",
    "dst/straf42_eliminated_jsonstat.json",
    "eurostat/demo_gind_jsonstat2.json",
    "eurostat/nama_gdp_c_geo_IT_FR_v1.json",
    "jsonstat/v1_canada_bundle.json",
    "jsonstat/v1_oecd_canada.json",
    "jsonstat/v1_ons.json",
    "jsonstat/v1_order.json",
    "jsonstat/v1_size_as_string.json",
    "jsonstat/v2_canada.json",
    "jsonstat/v2_galicia.json",
    "jsonstat/v2_hierarchy.json",
    "jsonstat/v2_lfi_integer.json",
    "jsonstat/v2_order.json",
    "pxweb/ssb_13861_jsonstat2.json",
]
REFUSED = {
    "jsonstat/notjsonstat.json": "expected the keys id, size, dimension and value, found type_of",
    "jsonstat/v2_dimension.json": "is a JSON-stat dimension, without values",
    "pxweb/pxwebapi2_meta_tab004.json": "is JSON-stat metadata: value is empty",
    "pxweb/scb_v2_TAB6471_metadata.json": "is JSON-stat metadata: value is empty",
    "pxweb/ssb_13861_metadata_v0.json": "is metadata of PxWeb or StatBank",
    "pxweb/pxwebapi2_config.json": "is not a JSON-stat dataset",
    "pxweb/pxwebapi2_tables.json": "is not a JSON-stat dataset",
    "pxweb/scb_v2_search.json": "is not a JSON-stat dataset",
    "dst/tableinfo_straf42_en.json": "is metadata of PxWeb or StatBank",
    "dst/tables_subject4_en.json": "expected an object, found a list of 195",
}


def compare(path: Path) -> None:
    """Compare the reader with the plain reading, cell by cell."""
    documents, tables = datasets_of(path), datasets(path)
    assert [*documents] == [*tables]
    for name, body in documents.items():
        table, frame = tables[name], tables[name].frame
        codes = codes_of(body)
        assert [*frame.columns] == [*codes, "value", "status", "symbol"]
        assert all([*frame[column].cat.categories] == own for column, own in codes.items())
        publisher = "pxweb" if "px" in body.get("extension", {}) else ""
        plain = cells_of(body)
        assert len(frame) == len(plain)
        for row, (key, value, flag) in zip(frame.itertuples(index=False), plain, strict=True):
            assert row[:-3] == key
            if isinstance(value, str):
                assert (math.isnan(row.value), row.status, row.symbol) == (True, "O", value)
                continue
            if publisher and flag == "-" and value is None:
                value = 0.0
            assert row.symbol == flag
            assert row.status == expected_status(flag, value is None, publisher)
            assert math.isnan(row.value) if value is None else row.value == value
        assert [(note.at, [*note.text.values()]) for note in table.notes] == [
            (at, [text]) for text, at in notes_of(body)
        ]
        for column in codes:
            own = body["dimension"][column]
            said = {code: [*text.values()] for code, text in table.labels[column].items()}
            label = {"": [own["label"]]} if "label" in own else {}
            assert said == label | {
                code: [text] for code, text in own["category"].get("label", {}).items()
            }


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.name)
def test_own_samples_equal_a_plain_reading(path: Path) -> None:
    compare(path)


@pytest.mark.parametrize("name", REAL)
def test_real_files_equal_a_plain_reading(name: str, shared: Path) -> None:
    compare(shared / "samples" / name)


@pytest.mark.parametrize("name", REFUSED)
def test_documents_that_are_no_dataset_are_refused(name: str, shared: Path) -> None:
    with pytest.raises(BenchmarkError, match=REFUSED[name]):
        read(shared / "samples" / name, *["oecd"] * ("bundle" in name))


def test_every_real_json_file_is_read_or_refused_here(shared: Path) -> None:
    folder = shared / "samples"
    found = {
        f"{kind}/{path.name}"
        for kind in ("jsonstat", "pxweb", "eurostat")
        for path in (folder / kind).glob("*.json")
    }
    assert found - {"pxweb/scb_v2_config.json"} <= {*REAL, *REFUSED}


def test_what_pxweb_says_is_kept() -> None:
    table = read(SAMPLES / "trust.jsonstat2.json")
    frame, meta = table.frame, table.meta
    assert list(frame["symbol"])[2:8] == ["-", ".", "..", "...", "", ":"]
    assert list(frame["status"]) == ["A", "A", "A", "M", "O", "Q", "A", "Q", "A", "A", "A", "A"]
    assert frame["value"][2] == 0.0
    assert meta["title"] == {"nb": "Tillit etter alder, mål og år"}
    assert (meta["time"], meta["measure"], meta["language"]) == ("Tid", "ContentsCode", "nb")
    assert meta["units"] == {"Andel": "prosent", "Antall": "personer"}
    assert meta["decimals"] == {"Andel": 1, "Antall": 0}
    assert meta["updated"] == "2024-03-01T07:00:00+00:00"
    assert meta["children"] == {"Alder": {"A": ["B"]}}
    assert [note.mandatory for note in table.notes] == [False, True, True, True]
    assert table.labels["Alder"] == {
        "A": {"nb": "alle"},
        "B": {"nb": "16-79 år"},
        "": {"nb": "alder"},
    }


def test_what_eurostat_says_is_kept() -> None:
    table = read(SAMPLES / "eurostat.jsonstat2.json")
    assert list(table.frame["status"]) == ["A", "B U", "A", "O Q", "O", "A"]
    assert list(table.frame["symbol"]) == ["", "bu", "", ":c", ":", "r"]
    assert table.labels["symbol"][":c"] == {"en": "confidential"}
    assert table.meta["updated"] == "2024-11-08T23:00:00+01:00"
    assert table.meta["time"] == "time"


def test_a_bundle_asks_which() -> None:
    path = SAMPLES / "two_datasets.jsonstat1.json"
    with pytest.raises(BenchmarkError, match=r"holds 2 datasets:\n  first\n  second"):
        read(path)
    with pytest.raises(BenchmarkError, match="holds no dataset 'third'"):
        read(path, dataset="third")
    table = read(path, dataset="second")
    assert list(table.frame["geo"]) == ["IS", "FI"]
    assert list(table.frame["status"]) == ["B", "B"]
    assert table.meta["dataset"] == "second"


def test_a_zero_is_a_value_and_a_gap_is_not() -> None:
    frame = read(SAMPLES / "eurostat.jsonstat2.json").frame
    assert list(frame["value"].isna()) == [False, False, False, True, True, False]
    assert frame["value"][2] == 0


def test_dimensions_named_as_our_columns_give_way() -> None:
    table = read(document(names=("status", "value")))
    assert [*table.frame.columns] == ["status_", "value_", "value", "status", "symbol"]
    assert table.meta["renamed"] == {"status_": "status", "value_": "value"}


def test_unknown_symbols_are_kept_and_named() -> None:
    table = read(document(status={"0": "?!", "3": "-"}, value=[1, 2, 3, None]))
    assert list(table.frame["symbol"]) == ["?!", "", "", "-"]
    assert list(table.frame["status"]) == ["A", "A", "A", "O"]
    assert table.meta["unknown_symbols"] == ["?!", "-"]


def document(names: tuple[str, str] = ("geo", "time"), **changes: Any) -> bytes:
    """A small dataset with some members changed; nothing deletes a member."""
    body = {
        "class": "dataset",
        "id": [*names],
        "size": [2, 2],
        "dimension": {
            names[0]: {"category": {"index": ["DK", "NO"]}},
            names[1]: {"category": {"index": {"2023": 0, "2024": 1}}},
        },
        "value": [1, 2, 3, 4],
    } | changes
    return json.dumps({key: part for key, part in body.items() if part is not None}).encode()


def dimension(**category: Any) -> dict[str, Any]:
    """Dimensions of `document` with another category for geo."""
    return {"geo": {"category": category}, "time": {"category": {"index": ["2023", "2024"]}}}


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (document(value=[1, 2, 3]), "value: has 3 entries, but the sizes make 4 cells"),
        (document(value={"4": 1}), "value.4: is no position from 0 to 3"),
        (document(value={"-1": 1}), "value.-1: is no position"),
        (document(value={"01": 1}), "value.01: is no position"),
        (document(value={"9" * 30: 1}), "is no position"),
        (document(value=[1, True, 3, 4]), "value.1: expected a number, a text or null, found True"),
        (
            document(value=[1, [2], 3, 4]),
            "value.1: expected a number, a text or null, found a list",
        ),
        (document(value=7), "value: expected a list or an object, found 7"),
        (document(value=[1, 10**400, 3, 4]), "value.1: expected a number"),
        (document().replace(b"[1, 2,", b"[1, NaN,"), "is no JSON: NaN is not a number"),
        (document().replace(b"[1, 2,", b"[1, 1e999,"), "value.1: expected a number"),
        (document().replace(b"[1, 2,", b"[1, 2,,"), "is no JSON"),
        (document(status={"4": "e"}), "status.4: is no position"),
        (document(status=["e", "e"]), "status: has 2 entries"),
        (document(status={"1": ["e"]}), "status.1: expected a text, found a list of 1"),
        (document(size=[2, 3]), "size.1: is 3, but dimension.time has 2 categories"),
        (document(size=[2]), "size: expected a list of 2 sizes, one for each id"),
        (document(size=[2, "two"]), "size.1: expected a whole number, found 'two'"),
        (document(size=[2, 10**30]), "size.1: expected a whole number"),
        (document(id=None), "id: expected a list of the dimensions, found nothing"),
        (document(id=["geo", "geo"]), "id: 'geo' stands 2 times"),
        (document(id=["geo", "sex"]), "dimension.sex: is missing, but id names it"),
        (document(dimension=dimension(index=["DK", "DK"])), "category.index: 'DK' stands 2 times"),
        (document(dimension=dimension(index=["DK", ""])), "category.index: a code is empty"),
        (document(dimension=dimension(index={"DK": 0, "NO": 0})), "expected each position from 0"),
        (document(dimension=dimension(index={"DK": "x", "NO": 0})), "index.DK: expected a whole"),
        (document(dimension=dimension(index="DK")), "index: expected a list or an object"),
        (document(dimension=dimension(label={"DK": "a", "NO": "b"})), "index: is missing, which"),
        (document(role={"time": ["year"]}), "role.time: names 'year'; expected one of geo, time"),
        (document(note={"a": 1}), "note: expected a text, found an object of 1"),
        (document(**{"class": "collection"}), "is a JSON-stat collection"),
        (document(value=[]), "is JSON-stat metadata"),
        (document(value=None), "is JSON-stat metadata"),
        (b'{"error": {"status": 413, "label": "too large"}}', "it says:\n.*too large"),
        (b"[1, 2]", "expected an object, found a list of 2"),
        (b"", "is no JSON"),
        (b"{", "is no JSON"),
        (document() + b"x", "is no JSON"),
        (b'{"a": ' * 100_000, "nested too deeply"),
        (document().decode().replace("DK", "Ærø").encode("latin-1"), r"line 1: byte \d+ \(0xc6\)"),
        (document().replace(b'"DK"', b'"\\ud800"'), "half a surrogate pair"),
        (document().replace(b'"value":', b'"value": [9, 9, 9, 9], "value":'), "twice:\n  value"),
        (
            document().replace(b'"2023": 0', b'"2023": 0, "2023": 0'),
            "twice:\n  dimension.time.category.index.2023",
        ),
        (document(value={"0": 1}).replace(b'{"0": 1', b'{"0": 1, "0": 2'), "twice:\n  value.0"),
        (
            document(status={"0": "e"}).replace(b'{"0": "e"', b'{"0": "e", "0": "b"'),
            "twice:\n  status.0",
        ),
    ],
)
def test_a_fault_is_named_with_its_place(data: bytes, message: str) -> None:
    with pytest.raises(BenchmarkError, match=message):
        read(data)


def test_all_faults_are_listed_at_once() -> None:
    wrong = document(size=[3, "x"], dimension=dimension(index=["DK", "DK", "NO"]))
    with pytest.raises(BenchmarkError) as error:
        read(wrong)
    assert all(part in str(error.value) for part in ("size.0", "size.1", "geo.category.index"))


def test_a_table_over_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NORDBENCH_MAX_CELLS", "3")
    with pytest.raises(
        BenchmarkError, match=r"more cells than the limit of 3.*NORDBENCH_MAX_CELLS"
    ):
        read(document())


def test_utf16_and_marks_are_understood() -> None:
    text = document().decode()
    want = read(document()).frame
    for data in (text.encode("utf-8-sig"), text.encode("utf-16")):
        pd.testing.assert_frame_equal(read(data).frame, want)


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=6)
NAMES = TEXTS.filter(lambda name: name not in {"value", "status", "symbol", "id", "size", "role"})
NUMBERS = st.one_of(st.none(), st.floats(allow_nan=False, allow_infinity=False), st.integers(-9, 9))
STATUS = {"e": "E", "bu": "B U", "p": "P", ":": "O", "": "", "?!": ""}


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """A table of a publisher we do not know, with all its labels."""
    names = draw(st.lists(NAMES, min_size=1, max_size=3, unique=True))
    codes = {name: draw(st.lists(TEXTS, min_size=1, max_size=4, unique=True)) for name in names}
    cells = math.prod(map(len, codes.values()))
    numbers = draw(st.lists(NUMBERS, min_size=cells, max_size=cells))
    flags = draw(st.lists(st.sampled_from([*STATUS]), min_size=cells, max_size=cells))
    known = [*dict.fromkeys(["", *flags])]
    value = np.array([np.nan if number is None else number for number in numbers], dtype=float)
    symbol = np.array([known.index(flag) for flag in flags])
    cells_of_it = observed(value, symbol, known, lambda flag: STATUS[flag].split())
    labels = {
        name: {"": {"": draw(TEXTS)}, **{code: {"": draw(TEXTS)} for code in own}}
        for name, own in codes.items()
    }
    notes = tuple(TableNote({"": text}) for text in draw(st.lists(TEXTS, max_size=2)))
    return Table(pd.DataFrame({**grid(codes), **cells_of_it}), labels, notes)


@settings(max_examples=60, deadline=None)
@given(table=tables(), sparse=st.booleans(), old=st.booleans(), as_map=st.booleans())
def test_what_is_written_is_read_back(table: Table, sparse: bool, old: bool, as_map: bool) -> None:
    if not old and table.frame["value"].isna().all() and sparse:
        sparse = False
    back = read(write(table, sparse, old, as_map))
    pd.testing.assert_frame_equal(back.frame, table.frame)
    assert back.labels == table.labels
    assert back.notes == table.notes


SEEDS = [path.read_bytes() for path in OWN] + [document(), document(status=["e", None, "b", ":"])]
SCRAPS = [
    b"",
    b"null",
    b"[]",
    b"{}",
    b'"',
    b"-1",
    b"1e400",
    b"\\",
    b"\xff",
    b"9" * 25,
    b"true",
    b",",
]
KEYS = ["geo", "0", "1", "category", "index", "label", "unit", "note", "decimals", "extension"]
KEYS += ["px", "status", "child"]
MEMBERS = ["id", "size", "value", "status", "dimension", "role", "note", "label", "extension"]
MEMBERS += ["updated", "source", "class"]


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_damaged_files_raise_only_our_error(data: st.DataObject) -> None:
    seed = bytearray(data.draw(st.sampled_from(SEEDS)))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(seed) - 1))
        cut = data.draw(st.integers(0, 12))
        seed[at : at + cut] = data.draw(st.sampled_from(SCRAPS))
    try_reading(bytes(seed))


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.sampled_from(KEYS)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=3), inner, max_size=3),
    ),
    max_leaves=8,
)


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.sampled_from(MEMBERS), JSON, max_size=4), st.none() | JSON)
def test_strange_documents_raise_only_our_error(changes: dict[str, Any], category: Any) -> None:
    body = json.loads(document())
    if category is not None:
        body["dimension"]["geo"] = {"label": "land", "category": category, "extension": category}
    try_reading(json.dumps(body | changes).encode())
    try_reading(json.dumps(changes).encode())


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=60))
def test_any_bytes_raise_only_our_error(data: bytes) -> None:
    try_reading(data)


def try_reading(data: bytes) -> None:
    """Read, and accept a refusal."""
    try:
        tables = datasets(data)
    except BenchmarkError:
        return
    for table in tables.values():
        missing = table.frame["value"].isna()
        assert (
            table.frame.loc[missing, "status"]
            .isin(
                [s for s in table.frame["status"].cat.categories if {*s.split()} & set("BOMLHQJSK")]
            )
            .all()
        )
