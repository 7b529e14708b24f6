"""PX files: every cell, label and note against a slow reading, and what a bad file is told."""

import gzip

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmark.errors import BenchmarkError
from sources.readers.px import read
from tests.sources.text_tables import crossed, read_px_slowly, write_keyed_px, write_px

SAMPLES = [
    "px/crlf_keys_example5.px",
    "px/iso8859-15_spain_27067.px",
    "px/iso8859-1_two_languages_tab003.px",
    "px/multilang_officialstatistics.px",
    "px/percent_missing_ENdecround0.px",
    "px/percent_rounding1.px",
    "px/quarter_HA0201E8.px",
    "px/swedish_footnotes.px",
    "px/symbols_datasymbols.px",
    "px/symbols_nilsymbol.px",
    "px/symbols_nopres_nil.px",
    "pxweb/pxwebapi2_tab004_fewcells.px",
]
STATUS = {".": "M", "..": "O", "...": "Q", "-": "A"}
SMALL = 'STUB="sex";HEADING="year";VALUES("sex")="men","women";VALUES("year")="2023","2024";'


def decoded(data, encodings):
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise AssertionError


@pytest.fixture(params=SAMPLES)
def sample(request, shared):
    data = (shared / "samples" / request.param).read_bytes()
    declared = ["iso-8859-15"] if "8859-15" in request.param else []
    declared += ["iso-8859-1"] if "tab003" in request.param else []
    text = decoded(data, ["utf-8", *declared, "cp1252"])
    entries, cells = read_px_slowly(text)
    return read(data), entries, cells


def texts_of(entries, word, language="", *keys):
    found = [e for e in entries if (e[0], e[1], tuple(e[2])) == (word, language, keys)]
    return found[0][3] if found else []


def axes_of(entries, language=""):
    return texts_of(entries, "STUB", language) + texts_of(entries, "HEADING", language)


def codes_of(entries, name):
    codes = texts_of(entries, "CODES", "", name)
    return codes or texts_of(entries, "VALUES", "", name)


def columns_of(entries):
    names = axes_of(entries)
    return {name: "".join(texts_of(entries, "VARIABLECODE", "", name)) or name for name in names}


def test_every_cell_of_a_sample_is_read(sample):
    table, entries, cells = sample
    columns = columns_of(entries)
    axes = {column: codes_of(entries, name) for name, column in columns.items()}
    keys = crossed(axes)
    expected = dict.fromkeys(keys, (0.0, "A", ""))
    places = keys
    if any(entry[0] == "KEYS" for entry in entries):
        stub = len(texts_of(entries, "STUB"))
        width = len(keys) // len({key[:stub] for key in keys})
        heads = [c for c in cells if c.startswith('"')]
        named = [tuple(head.replace('"', "").rstrip(",").split(",")) for head in heads]
        places = [key for head in named for key in keys if key[:stub] == head]
        assert len(places) == len(named) * width
        cells = [c for c in cells if not c.startswith('"')]
    for place, cell in zip(places, cells, strict=True):
        symbol = cell.strip('"') if cell.startswith('"') else ""
        value = 0.0 if symbol == "-" else np.nan if symbol else float(cell)
        expected[place] = (value, STATUS.get(symbol, "O") if symbol else "A", symbol)
    found = table.frame
    assert list(zip(*(found[column] for column in axes), strict=True)) == keys
    for name, k in (("value", 0), ("status", 1), ("symbol", 2)):
        want = [expected[key][k] for key in keys]
        if name == "value":
            np.testing.assert_array_equal(found[name], want)
        else:
            assert found[name].tolist() == want, name


def test_every_label_of_a_sample_is_read(sample):
    table, entries, _ = sample
    own = "".join(texts_of(entries, "LANGUAGE"))
    languages = {own: "", **{e[1]: e[1] for e in entries if e[1]}}
    for name, column in columns_of(entries).items():
        codes = codes_of(entries, name)
        place = axes_of(entries).index(name)
        for language, bracket in languages.items():
            here = axes_of(entries, bracket)[place]
            assert table.labels[column][""][language] == here
            values = texts_of(entries, "VALUES", bracket, here)
            assert [table.labels[column][code][language] for code in codes] == values


def test_every_note_of_a_sample_is_read_with_its_place(sample):
    table, entries, _ = sample
    own = "".join(texts_of(entries, "LANGUAGE"))
    columns = columns_of(entries)
    expected = set()
    for word, bracket, keys, texts in entries:
        if word.removesuffix("X") not in ("NOTE", "VALUENOTE", "CELLNOTE"):
            continue
        names = axes_of(entries, bracket)
        said = {keys[0]: "".join(keys[1:])} if keys else {}
        if word.startswith("CELL"):
            said = {name: key for name, key in zip(names, keys, strict=True) if key != "*"}
        at = {}
        for name, text in said.items():
            first = axes_of(entries)[names.index(name)]
            values = texts_of(entries, "VALUES", bracket, name)
            at[columns[first]] = codes_of(entries, first)[values.index(text)] if text else ""
        note = ",".join(texts).replace("#", "\n")
        expected.add((bracket or own, note, frozenset(at.items()), word.endswith("X")))
    found = {
        (language, text, frozenset(note.at.items()), note.mandatory)
        for note in table.notes
        for language, text in note.text.items()
    }
    assert found == expected


def test_what_a_sample_says_of_itself(shared):
    meta = read(shared / "samples/px/iso8859-1_two_languages_tab003.px").meta
    assert meta["languages"] == ("en", "sv")
    assert (meta["time"], meta["measure"]) == ("TIME", "ContentsCode")
    assert meta["updated"] == "2023-05-25T16:13"
    assert meta["units"]["WasteHazard"] == {"en": "tonnes", "sv": "ton"}
    assert meta["symbols"]["..."] == {"en": ".."}
    assert meta["keywords"]["SURVEY"] == ("This is a survey",)
    assert meta["encoding"] == "iso-8859-1"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("missingData", "line 80: the file ends without DATA"),
        ("missingStubHeading", "neither STUB"),
    ],
)
def test_bad_samples_are_refused(shared, name, said):
    with pytest.raises(BenchmarkError, match=f"bad_{name}.px") as error:
        read(shared / f"samples/px/bad_{name}.px")
    assert said in str(error.value)


def test_a_small_file_of_everything(root):
    table = read(root / "tests/sources/samples/everything.px")
    frame = table.frame.set_index(["region", "SEX", "time"])
    assert frame.loc[("01", "1", "2023K4"), "value"] == -0.5
    assert frame.loc[("01", "1", "2024K1"), ["symbol", "status"]].tolist() == ["...", "Q"]
    assert frame.loc[("02", "2", "2023K4"), ["symbol", "value"]].tolist() == ["-", 0.0]
    assert frame.loc[("02", "1", "2024K1"), ["symbol", "status"]].tolist() == ["no such", "M"]
    assert table.labels["region"]["02"] == {"da": "Øst; DATA=1", "en": "East; DATA=1"}
    assert (table.meta["frequency"], table.meta["periods"]["2024K1"]) == ("Q", "2024-Q1")
    assert table.meta["elimination"] == {"region": "01", "SEX": True}
    assert table.meta["hierarchies"] == {"region": (("01", ""), ("01", "02"))}
    assert table.meta["double_column"] == ("region",)
    assert table.meta["decimals"] == {"": 1}
    assert table.meta["precision"] == {"SEX": {"2": 3}}
    assert any("U+FFFD" in warning for warning in table.meta["warnings"])
    assert any("declares 'iso-8859-1'" in warning for warning in table.meta["warnings"])
    notes = {tuple(note.at.items()): note for note in table.notes}
    assert notes[(("region", "02"), ("time", "2023K4"))].text == {"da": "en\n\nto", "en": "one"}
    assert notes[(("SEX", ""),)].mandatory
    lost = next(note for note in table.notes if note.text == {"da": "om ingen"})
    assert lost.at == {}


def test_a_range_of_time_makes_the_values():
    text = 'HEADING="t";TIMEVAL("t")=TLIST(M1,"202311"-"202402");DATA=1 2 3 4;'
    table = read(text.encode())
    assert table.frame["t"].tolist() == ["2023M11", "2023M12", "2024M01", "2024M02"]
    assert table.meta["periods"]["2024M02"] == "2024-M02"
    assert table.meta["time"] == "t"


@pytest.mark.parametrize(
    ("data", "encoding", "said"),
    [
        ("\ufeff" + SMALL + 'TITLE="Ø";', "utf-8", "utf-8"),
        (SMALL + 'TITLE="Ø";', "utf-16", "utf-8"),
        (SMALL + 'TITLE="Ø";', "cp1252", "cp1252"),
        (SMALL + 'CODEPAGE="iso-8859-15";TITLE="€";', "iso-8859-15", "iso-8859-15"),
        (SMALL + 'CODEPAGE="hex";TITLE="Ø";', "cp1252", "cp1252"),
        (SMALL + 'CODEPAGE="iso-8859-1";TITLE="Ø";', "utf-8", "utf-8"),
    ],
)
def test_encodings(data, encoding, said):
    table = read((data + "DATA=1 2 3 4;").encode(encoding))
    assert table.meta["title"][""] in ("Ø", "€")
    assert table.meta["encoding"] == said
    odd = "hex" in data or ("iso-8859-1" in data and said == "utf-8")
    assert ("warnings" in table.meta) == odd


def test_a_renamed_symbol_means_what_readers_see():
    head = SMALL + 'DATASYMBOL3=":";DATASYMBOL4="...";DATASYMBOL1="-";'
    table = read((head + 'DATA="..." "...." "." 1;').encode())
    assert table.frame["status"].tolist() == ["Q", "Q", "M", "A"]
    assert np.isnan(table.frame["value"][2])


def test_gzip_and_delimiters_of_old():
    table = read(gzip.compress((SMALL + "DATA=1,2\t3\r\n-4E1;\x1a").encode()))
    assert table.frame["value"].tolist() == [1, 2, 3, -40]


def test_data_notes_of_cells_go_by_code():
    head = SMALL + 'CODES("sex")="women","x";DATANOTECELL("women","*")="e";'
    (note,) = read((head + "DATA=1 2 3 4;").encode()).notes
    assert note.at == {"sex": "women"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<html>", "line 1 begins with '<html>'; expected a keyword"),
        ('A="b";\nTITLE="x', "line 2, TITLE: the value has no end"),
        (SMALL + "\nDATA=1 2 3;", "line 2, DATA: found 3 cells; expected 4 cells (2 x 2)"),
        (SMALL + "\nDATA=1 2\n3 4 5;", "found 5 cells"),
        (SMALL + "\nDATA=1 2\n3 x;", "line 3 has 'x' among its data"),
        (SMALL + '\nDATA=1 2\n3 "what";', "line 3 has 'what' among its data"),
        (SMALL + "\nDATA=1 2\n3 1e999;", "line 3 has '1e999'"),
        (SMALL + "\nDATA=1 2\n3 nan;", "line 3 has 'nan'"),
        (SMALL + "\nDATA=1 2 3 4", "DATA ends without ';' in the middle of a line"),
        (SMALL + 'VALUES("sex")="m","w";DATA=1 2 3 4;', "is also on line 1"),
        (SMALL + 'CODES("sex")="1";DATA=1 2 3 4;', "found 2 values; expected 1"),
        (SMALL + 'CODES("sex")="1","1";DATA=1 2 3 4;', "found '1' twice"),
        (SMALL + 'STUB[sv]="a","b","c";DATA=1 2 3 4;', "3 variables in language 'sv'"),
        ('STUB="a";DATA=1;', 'no VALUES("a")'),
        ('STUB="a";VALUES("a")=1 2;DATA=1;', "expected strings in quotes"),
        ('STUB="a";VALUES("a")="1";TIMEVAL("a")="1";DATA=1;', "expected TLIST"),
        ('STUB="a","a";VALUES("a")="1";DATA=1;', "have 'a' 2 times"),
    ],
)
def test_faults_are_named_with_their_place(text, said):
    with pytest.raises(BenchmarkError) as error:
        read(text.encode())
    assert said in str(error.value)


def test_all_faults_are_named_at_once():
    text = 'STUB="a","b";VALUES("a")="1";CODES("a")="1","2";\nVALUES("b")=x y;'
    with pytest.raises(BenchmarkError) as error:
        read(text.encode())
    assert str(error.value).count("\n") == 3


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ('"men", 1 2\n"boys", 3 4', "row 2 of DATA has the keys 'boys'"),
        ('"men", 1 2\n"men", 3 4', "row 2 of DATA has the keys 'men', which an earlier row has"),
        ('"men", 1 2\n"women", 3', "line 2: expected 1 keys in quotes and 2 cells"),
        ('"men", 1 2\n3 4 5', "line 2: expected 1 keys"),
        ('"men", 1\n"women", 3 4', "line 2"),
        ('"men", 1 2\n"women", 3 x', "line 2 has 'x'"),
    ],
)
def test_faults_of_rows_with_keys(rows, said):
    with pytest.raises(BenchmarkError) as error:
        read(f'{SMALL}KEYS("sex")=VALUES;DATA={rows};'.encode())
    assert said in str(error.value)


def test_bombs_are_refused_before_they_are_built():
    many = ",".join(f'"{k}"' for k in range(10_000))
    axes = "".join(f'VALUES("{name}")={many};' for name in "abc")
    with pytest.raises(BenchmarkError, match="the limit of"):
        read(f'STUB="a","b","c";{axes}DATA=1;'.encode())
    for keys in ("", 'KEYS("a")=VALUES;'):
        with pytest.raises(BenchmarkError, match="found 1 characters"):
            read(f'STUB="a";HEADING="b";{axes}{keys}DATA=1;'.encode())
    line = b'TITLE="' + b"x" * 10**7
    for end in (b"", b'"', b'";'):
        with pytest.raises(BenchmarkError):
            read(line + end)


names = st.text(
    st.characters(exclude_characters='"#', exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1
).filter(lambda text: text.strip() == text)
codes = st.lists(names, min_size=1, max_size=4, unique=True)
numbers = st.one_of(
    st.floats(allow_nan=False, allow_infinity=False).map(repr),
    st.integers(-(10**18), 10**18).map(str),
    st.decimals(-(10**6), 10**6, places=2).map(str),
)
symbols = st.sampled_from(['"."', '".."', '"..."', '"......"', '"-"', "..", "-"])
tables = st.lists(st.tuples(names, codes), min_size=1, max_size=3, unique_by=lambda axis: axis[0])


def value_of(cell):
    bare = cell.strip('"')
    return (
        np.nan
        if bare.startswith(".") and not bare[1:2].isdigit()
        else 0.0
        if bare == "-"
        else float(bare)
    )


@given(tables, st.data())
def test_round_trip(axes, data):
    axes = dict(axes)
    keys = crossed(axes)
    cells = data.draw(st.lists(st.one_of(numbers, symbols), min_size=len(keys), max_size=len(keys)))
    stub = data.draw(st.integers(0, len(axes)))
    table = read(write_px(axes, cells, stub=stub).encode())
    dimensions = table.frame.columns[: len(axes)]
    assert [name.rstrip("_") for name in dimensions] == [name.rstrip("_") for name in axes]
    assert list(zip(*(table.frame[name] for name in dimensions), strict=True)) == keys
    np.testing.assert_array_equal(table.frame["value"], [value_of(cell) for cell in cells])
    marks = [cell.strip('"') if cell in ("..", "-") or '"' in cell else "" for cell in cells]
    assert table.frame["symbol"].tolist() == marks


@given(tables, st.data())
def test_round_trip_with_keys(axes, data):
    axes = dict(axes)
    stub = data.draw(st.integers(1, len(axes)))
    heads = crossed({name: axes[name] for name in list(axes)[:stub]})
    width = len(crossed(axes)) // len(heads)
    kept = data.draw(st.lists(st.sampled_from(heads), unique=True))
    quoted = st.sampled_from(['"."', '"-"', "7", "-1.5"])
    rows = {h: data.draw(st.lists(quoted, min_size=width, max_size=width)) for h in kept}
    table = read(write_keyed_px(axes, rows, stub).encode())
    cells = [cell for head in heads for cell in rows.get(head, ["0"] * width)]
    np.testing.assert_array_equal(table.frame["value"], [value_of(cell) for cell in cells])
    assert table.meta.get("absent_rows", 0) == len(heads) - len(rows)
