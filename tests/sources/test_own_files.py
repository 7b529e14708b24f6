"""Somebody's own file becomes figures beside the shipped ones, or a list of what is wrong."""

import csv
import json
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import nordbench as nb
from benchmark.errors import BenchmarkError, InvalidFigures, InvalidRegistry, NoData, UnknownName
from benchmark.figures import digest
from benchmark.schema import COLUMNS
from comparisons.cli.commands import nordbench
from sources import own_files_formats, own_files_map, own_files_raw
from sources.own_files import RejectedRows
from sources.own_files_beside import Folder, adapted
from sources.own_files_toml import toml
from sources.own_files_write import as_csv, example_files, save_rejects

DOCUMENT = {
    "title": "My survey",
    "publisher": "Me",
    "language": "da",
    "date": "2024",
    "licence": "mine",
    "source_type": "primary",
}
DEFINED: dict[str, Any] = {
    "indicators": {
        "my.trust": {
            "title": "Tillid til portalen",
            "description": {"da": "Andel af borgerne, der har tillid til portalen."},
            "concept": "trust.digital_services",
            "programme": "my",
            "unit": "percent",
            "direction": 1,
            "base": "residents",
        }
    },
    "programmes": {"my": {"title": "My survey", "publisher": "Me"}},
    "documents": {"my.doc": DOCUMENT},
}


def plan(**changes: Any) -> dict[str, Any]:
    """A map for a table of countries, years and values; tables given replace those there."""
    usual: dict[str, Any] = {
        "source": {"format": "csv"},
        "columns": {"country": "land", "year": "år", "value": "pct"},
        "constants": {"indicator": "my.trust", "document": "my.doc"},
        **DEFINED,
    }
    return {k: v for k, v in {**usual, **changes}.items() if v is not None}


def read(text: str, keep_good: bool = False, **changes: Any) -> Any:
    """Read a file given as text."""
    return nb.read_figures(text.encode(), plan(**changes), keep_good=keep_good)


def values(text: str, **changes: Any) -> list[Any]:
    """Country, year and value of each figure of a file."""
    frame = read(text, **changes).figures
    rows = zip(frame["country"], frame["year"], frame["value"], strict=True)
    return [(country, int(year), None if v != v else v) for country, year, v in rows]


def faults(text: str, **changes: Any) -> list[str]:
    """Lines of a refusal, without its heading and its remedy."""
    with pytest.raises(BenchmarkError) as caught:
        read(text, **changes)
    return [line.strip() for line in str(caught.value).splitlines() if line.startswith("  ")]


PLAIN = "land,år,pct\nDanmark,2023,78\nNorge,2023,61.5\n"
EXPECTED = [("DNK", 2023, 78.0), ("NOR", 2023, 61.5)]


# ---- What a map can say.


def test_columns_and_constants_become_figures_with_their_place() -> None:
    own = read(PLAIN)
    assert values(PLAIN) == EXPECTED
    assert list(own.figures.columns) == list(COLUMNS)
    assert own.figures["locator"].tolist() == ["row 2, pct", "row 3, pct"]
    assert own.figures["decimals"].tolist() == [0, 1]
    assert own.figures["period"].tolist() == ["2023", "2023"]
    assert own.registry.indicators["my.trust"]["title"]["sv"] == "Tillid til portalen"
    assert own.registry.indicators["my.trust"]["description"]["en"].startswith("Andel")


def test_a_decimal_comma_and_grouped_digits_are_read_as_told() -> None:
    defined = DEFINED["indicators"]["my.trust"] | {"unit": "count"}
    text = "land;år;pct\nDanmark;2023;1.234,5\nNorge;2023;12.345.678\nSverige;2023;7,25\n"
    got = values(
        text,
        source={"format": "csv", "decimal": ",", "thousands": "."},
        indicators={"my.trust": defined},
    )
    assert [value for *_, value in got] == [1234.5, 12345678.0, 7.25]
    spaced = "land;år;pct\nDanmark;2023;1 234\nNorge;2023;12\u00a0345\nSverige;2023;1\u202f234,5\n"
    got = values(
        spaced,
        source={"format": "csv", "decimal": ",", "thousands": " "},
        indicators={"my.trust": defined},
    )
    assert [value for *_, value in got] == [1234.0, 12345.0, 1234.5]


def test_missing_symbols_keep_their_reason() -> None:
    text = "land,år,pct\nDanmark,2023,..\nNorge,2023,:\nSverige,2023,\nFinland,2023,5\n"
    frame = read(text, missing={"..": "M", ":": "Q", "": "O"}).figures
    assert frame["status"].tolist() == ["M", "Q", "O", "A"]
    assert frame["value"].isna().tolist() == [True, True, True, False]
    assert frame["decimals"].isna().tolist() == [True, True, True, False]


def test_flags_of_the_file_become_status_codes() -> None:
    text = "land,år,pct,flag\nDanmark,2023,5,b\nNorge,2023,6,\n"
    columns = {"country": "land", "year": "år", "value": "pct", "status": "flag"}
    assert read(text, columns=columns, codes={"status": {"b": "B"}}).figures["status"].tolist() == [
        "B",
        "A",
    ]


def test_code_lists_filters_and_wide_tables() -> None:
    text = (
        "område;køn;2022;2023;note\nHele landet;I alt;5;6;x\nSchweiz;I alt;7;8;x\n"
        "Hele landet;Mænd;1;2;x\n"
    )
    got = values(
        text,
        columns={"country": "område"},
        wide={"into": "year"},
        keep={"køn": "I alt"},
        codes={"country": {"Hele landet": "DNK"}},
    )
    assert got == [("DNK", 2022, 5.0), ("DNK", 2023, 6.0), ("CHE", 2022, 7.0), ("CHE", 2023, 8.0)]
    text = "år,Danmark,Norge\n2022,5,6\n"
    got = values(
        text, columns={"year": "år"}, wide={"into": "country", "columns": ["Danmark", "Norge"]}
    )
    assert got == [("DNK", 2022, 5.0), ("NOR", 2022, 6.0)]


@pytest.mark.parametrize(
    ("name", "code"),
    [("Danmark", "DNK"), ("Norge", "NOR"), ("Ruotsi", "SWE"), ("IS", "ISL"), ("fin", "FIN")],
)
def test_countries_are_known_in_any_language(name: str, code: str) -> None:
    assert values(f"land,år,pct\n{name},2023,5\n") == [(code, 2023, 5.0)]


def test_an_aggregate_and_a_place_inside_a_country_know_their_scope() -> None:
    assert read("land,år,pct\nEU27_2020,2023,5\n").figures["geo_scope"].tolist() == ["aggregate"]
    columns = {"country": "land", "year": "år", "value": "pct", "area": "by"}
    frame = read("land,år,pct,by\nDK,2023,5,\nDK,2023,6,Varde\n", columns=columns).figures
    assert frame["geo_scope"].tolist() == ["national", "subnational"]


def test_units_are_converted_where_they_are_one() -> None:
    text = "land,år,pct\nDK,2023,0.785\nNO,2023,0.6\n"
    own = read(text, constants={**plan()["constants"], "unit": "fraction"})
    assert own.figures["value"].tolist() == [78.5, 60.0]
    assert own.figures["decimals"].tolist() == [1, 0]
    columns = {"country": "land", "year": "år", "value": "pct", "unit": "enhed"}
    text = "land,år,pct,enhed\nDK,2023,0.5,andel\nNO,2023,61,%\n"
    own = read(text, columns=columns, codes={"unit": {"andel": "fraction", "%": "percent"}})
    assert own.figures["value"].tolist() == [50.0, 61.0]


def test_units_that_are_not_one_are_refused() -> None:
    told = faults("land,år,pct\nDK,2023,5\n", constants={**plan()["constants"], "unit": "pp"})
    assert told == [
        "file, row 2, pct: unit 'pp' cannot become 'percent'; convert the values in the file, "
        "or define the indicator in the file's unit"
    ]


def test_percent_that_looks_like_a_fraction_must_be_told() -> None:
    with pytest.raises(BenchmarkError, match="which unit are they in"):
        read("land,år,pct\nDK,2023,0.78\nNO,2023,0.61\n")
    constants = {**plan()["constants"], "unit": "percent"}
    assert read("land,år,pct\nDK,2023,0.78\n", constants=constants).figures["value"][0] == 0.78


def test_a_percent_sign_in_the_cell_is_held_against_the_unit() -> None:
    assert values("land,år,pct\nDK,2023,78 %\n") == [("DNK", 2023, 78.0)]
    constants = {**plan()["constants"], "unit": "fraction"}
    assert "is in percent" in faults("land,år,pct\nDK,2023,78 %\n", constants=constants)[0]


@pytest.mark.parametrize(
    ("written", "period", "year"),
    [
        ("2023M05", "2023-05", 2023),
        ("2023K1", "2023-01/2023-03", 2023),
        ("2023-Q4", "2023-10/2023-12", 2023),
        ("2022-2023", "2022/2023", 2023),
        ("2012-09/2012-11", "2012-09/2012-11", 2012),
    ],
)
def test_periods_of_statistics_offices_are_read(written: str, period: str, year: int) -> None:
    columns = {"country": "land", "period": "tid", "value": "pct"}
    frame = read(f"land,tid,pct\nDK,{written},5\n", columns=columns).figures
    assert (frame["period"][0], frame["year"][0]) == (period, year)


def test_an_assigned_year_leaves_the_period_unknown() -> None:
    constants = {**plan()["constants"], "year_basis": "assigned"}
    frame = read("land,år,pct\nDK,2023,5\n", constants=constants).figures
    assert (frame["period"][0], frame["year_basis"][0]) == ("", "assigned")


# ---- File formats.


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_csv_is_recognised(encoding: str, delimiter: str) -> None:
    data = PLAIN.replace(",", delimiter).replace("\n", "\r\n").encode(encoding)
    frame = nb.read_figures(data, plan()).figures
    assert frame["value"].tolist() == [78.0, 61.5]


def test_headings_may_stand_further_down_and_cells_hold_line_ends() -> None:
    text = 'My table\n\nland,år,pct,note\nDanmark,2023,78,"a\nb"\nNorge,2023,61.5,c\n'
    own = read(text, source={"format": "csv", "header": 3})
    assert own.figures["locator"].tolist() == ["row 4, pct", "row 6, pct"]


def test_a_workbook_names_its_cells(tmp_path: Path) -> None:
    path = tmp_path / "tal.xlsx"
    frame = pd.DataFrame({"land": ["Danmark", "Norge"], "år": [2023, 2023], "pct": [78.0, 61.5]})
    with pd.ExcelWriter(path, engine="xlsxwriter") as book:
        frame.to_excel(book, sheet_name="Tal", index=False, startrow=2)
        frame.to_excel(book, sheet_name="Andet", index=False)
    own = nb.read_figures(path, plan(source={"sheet": "Tal", "header": 3}))
    assert own.figures["value"].tolist() == [78.0, 61.5]
    assert own.figures["locator"].tolist() == ["Tal!C4", "Tal!C5"]
    assert own.figures["decimals"].isna().all()
    with pytest.raises(BenchmarkError, match=r"more than one sheet.*\n.*Tal\n.*Andet"):
        nb.read_figures(path, plan(source={}))


def test_parquet_and_records_are_read(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    frame = pd.DataFrame({"land": ["Danmark", "Norge"], "år": [2023, 2023], "pct": [78.0, 61.5]})
    frame.to_parquet(tmp_path / "a.parquet")
    own = nb.read_figures(tmp_path / "a.parquet", plan(source=None))
    assert own.figures["value"].tolist() == [78.0, 61.5]
    records = '[{"land": "Danmark", "år": 2023, "pct": 78.0}, {"land": "Norge", "år": 2023}]'
    (tmp_path / "a.json").write_text(records, encoding="utf-8")
    own = nb.read_figures(tmp_path / "a.json", plan(source=None, missing={"": "O"}))
    assert own.figures["decimals"].tolist()[0] == 1
    assert own.figures["status"].tolist() == ["A", "O"]


PX = b"""CHARSET="ANSI";
STUB="Land";
HEADING="Year";
VALUES("Land")="Danmark","Norge";
CODES("Land")="DK","NO";
VALUES("Year")="2022","2024";
UNITS="percent";
DATA=
71.5 74.0
68.0 ".."
;
"""
STAT = json.dumps(
    {
        "version": "2.0",
        "class": "dataset",
        "id": ["Land", "Year"],
        "size": [2, 2],
        "dimension": {
            "Land": {
                "category": {"index": ["DK", "NO"], "label": {"DK": "Danmark", "NO": "Norge"}}
            },
            "Year": {"category": {"index": ["2022", "2024"]}},
        },
        "value": [71.5, 74.0, 68.0, None],
        "status": {"3": ".."},
        "extension": {"px": {"tableid": "X"}},
    }
).encode()


@pytest.mark.parametrize("data", [PX, STAT], ids=["px", "json-stat"])
def test_statistical_formats_are_read_with_their_codes_and_flags(data: bytes) -> None:
    own = nb.read_figures(
        data,
        {
            "source": {"format": "table"},
            "missing": {"..": "O"},
            "columns": {"country": "Land", "year": "Year", "value": "value"},
            "constants": {"indicator": "gti.problems", "document": "gti3_se"},
        },
    )
    told = own.figures[["country", "year", "value", "status"]].fillna(-1).to_numpy().tolist()
    assert ["DNK", 2024, 74.0, "A"] in told
    assert ["NOR", 2024, -1, "O"] in told
    assert len(told) == 4


def test_parquet_without_pyarrow_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_: object) -> None:
        raise ImportError("no pyarrow")

    monkeypatch.setattr(pd, "read_parquet", none)
    with pytest.raises(BenchmarkError, match=r"install nordbench\[parquet\]"):
        own_files_formats.read(b"PAR1", {"format": "parquet"})


@pytest.mark.parametrize(
    ("data", "asked", "told"),
    [
        (b"", {"format": "csv"}, "no row 1"),
        (b"a,b\n", {"format": "csv"}, "no rows under the headings"),
        (b"a,b\n1,2\n", {"format": "csv", "header": 9}, "no row 9"),
        (b"a,b\n1,2,3\n", {"format": "csv"}, "row 2: 3 cells"),
        (b"a,a\n1,2\n", {"format": "csv"}, "more than once"),
        (b'a,b\n"1,2\n', {"format": "csv"}, "unexpected end of data"),
        (b"a\0b", {"format": "csv"}, "zero bytes"),
        (b"\xff\xfe\x00", {"format": "csv"}, "not written in utf-16"),
        (b"a,b", {"format": "csv", "encoding": "klingon"}, "no encoding"),
        (b"p\xe5", {"format": "csv", "encoding": "utf-8"}, "not written in utf-8"),
        (b"{}", {"format": "json"}, "a list of records"),
        (b'[{"a": {"b": 1}}]', {"format": "json"}, "without nesting"),
        (b"[" * 100_000, {"format": "json"}, "not valid JSON"),
        (b"not a workbook", {"format": "xlsx"}, "cannot be read as a workbook"),
        (b"PAR1", {"format": "parquet"}, "cannot be read as Parquet"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(
    data: bytes, asked: dict[str, Any], told: str
) -> None:
    with pytest.raises(BenchmarkError, match=told):
        own_files_formats.read(data, asked)


def test_a_file_that_is_missing_or_of_unknown_form_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BenchmarkError, match="cannot be read"):
        nb.read_figures(tmp_path / "none.csv", plan(source=None))
    (tmp_path / "a.doc").write_bytes(b"x")
    with pytest.raises(BenchmarkError, match="the ending names no format"):
        nb.read_figures(tmp_path / "a.doc", plan(source=None))


# ---- What is wrong is all said at once.


def test_every_fault_of_a_map_is_named_at_once() -> None:
    changes: dict[str, Any] = {
        "source": {"format": "csv", "decimal": ",", "thousands": ","},
        "columns": {"country": "Land", "value": "pct", "document": "doc"},
        "constants": {"document": "my.doc"},
        "keep": {"køn": "I alt"},
        "indicators": {"my.trust": {"unit": "procent"}, "../x": {}},
    }
    told = faults(PLAIN, **changes)
    wanted = ("an id has letters",)
    assert all(any(text in line for line in told) for text in wanted), told
    changes["indicators"] = {"my.trust": {"unit": "procent"}}
    told = faults(PLAIN, **changes)
    wanted = (
        "document stands under [columns] and under [constants]",
        "nothing fills indicator",
        "nothing fills year or period",
        "decimal and thousands are both ','",
        "'procent' is not one of",
        "file has no column 'Land'; it has 'land'",
        "[columns] document: file has no column 'doc'",
        "[keep]: file has no column 'køn'",
    )
    assert all(any(text in line for line in told) for text in wanted), told
    assert len(told) == len(wanted)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"colums": {"a": "b"}}, "'colums' was unexpected"),
        ({"source": {"format": "doc"}}, "'doc' is not one of"),
        ({"source": {"formal": "csv"}}, "allowed: format, encoding"),
        ({"columns": {"contry": "land"}}, "'contry' is not one of"),
        ({"missing": {"..": "gone"}}, "does not match"),
        ({"wide": {"columns": ["2023"]}}, "'into' is a required property"),
        ({"indicators": "my.trust"}, "must be a table of entries"),
        ({"wide": {"into": "year"}}, "filled by [wide] and once more"),
        ({"wide": {"into": "value"}}, "the cells are the values"),
        ({"regimes": {"a": {"programme": "none", "title": "x"}}}, "not among the programmes"),
        ({"indicators": {"egov.overall": {}}}, "already defined"),
    ],
)
def test_a_fault_of_a_map_is_named(changes: dict[str, Any], told: str) -> None:
    assert any(told in line for line in faults(PLAIN, **changes)), faults(PLAIN, **changes)


def test_a_map_that_is_missing_or_no_toml_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BenchmarkError, match="import --example"):
        nb.read_figures(PLAIN.encode(), tmp_path / "none.toml")
    (tmp_path / "a.toml").write_text("[columns\n", encoding="utf-8")
    with pytest.raises(BenchmarkError, match="not valid TOML"):
        nb.read_figures(PLAIN.encode(), tmp_path / "a.toml")


BAD = """land,år,pct,n,notat
Danmark,2023,78,1000,good
Atlantis,2023,5,1000,x
Norge,2023,abc,1000,x
Norge,20x3,5,1000,x
Norge,2023,"5,5",1000,x
Sverige,2023,101,1000,x
Finland,2023,,1000,x
Island,2023,5,-3,x
Danmark,2023,79,1000,again
"""


def test_every_row_that_fails_is_named_with_place_rule_and_remedy() -> None:
    columns = {"country": "land", "year": "år", "value": "pct", "n": "n"}
    constants = {**plan()["constants"], "n_role": "base"}
    with pytest.raises(RejectedRows) as caught:
        read(BAD, columns=columns, constants=constants)
    told = [line.strip() for line in str(caught.value).splitlines()]
    assert told[0].startswith("file: 8 rows cannot stand")
    assert told[1].startswith("file, row 3, land: no country is called 'Atlantis'")
    assert told[2] == (
        "file, row 4, pct: value 'abc' is not a number; mend the cell; or, if it stands for a "
        "missing value, name it under [missing]"
    )
    assert any("row 5, år: year '20x3' is not a number" in line for line in told)
    assert any("row 6" in line and "say decimal = ','" in line for line in told)
    assert any("row 7" in line and "above what its unit allows" in line for line in told)
    assert any("row 8" in line and "missing without a status" in line for line in told)
    assert any("row 9, n: n -3 is no number of respondents" in line for line in told)
    assert any("row 10" in line and "a second row for one key" in line for line in told)
    assert "after row 2" in told[-2]
    rejects = caught.value.rejects
    assert rejects["row"].tolist() == [3, 4, 5, 6, 7, 8, 9, 10]
    assert list(rejects.columns) == ["row", "reason", "land", "år", "pct", "n", "notat"]
    own = read(BAD, keep_good=True, columns=columns, constants=constants)
    assert own.figures["locator"].tolist() == ["row 2, pct"]
    assert own.rejects.equals(rejects)


def test_a_file_of_bad_rows_only_is_refused_even_so() -> None:
    with pytest.raises(InvalidFigures, match="Atlantis"):
        read("land,år,pct\nAtlantis,2023,5\n", keep_good=True)


def test_a_key_that_is_shipped_already_is_refused() -> None:
    constants = {"indicator": "dst.trust_digital_services", "document": "my.doc"}
    told = faults("land,år,pct\nDanmark,2023,50\n", constants=constants)
    assert "a figure with this key is there already" in told[0]
    constants["edition"] = "own"
    assert values("land,år,pct\nDanmark,2023,50\n", constants=constants) == [("DNK", 2023, 50.0)]


def test_a_filter_that_fits_nothing_says_so() -> None:
    with pytest.raises(NoData, match=r"no row has what \[keep\] asks for"):
        read(PLAIN, keep={"land": "Mars"})


# ---- Beside the shipped figures.


def test_own_figures_are_loaded_compared_and_looked_up_beside_the_shipped_ones() -> None:
    own = read(PLAIN)
    cube = nb.load(figures=own)
    assert float(cube.value.sel(country="NOR", indicator="my.trust", year=2023)) == 61.5
    shipped = cube.value.sel(country="DNK", indicator="dst.trust_digital_services", year=2023)
    assert float(shipped) == 78.0
    assert nb.figure("DNK/my.trust/2023", figures=own).value == 78.0
    assert "Tillid til portalen" in str(nb.explain("DNK/my.trust/2023", "da", figures=own))
    found = nb.compare("DNK/my.trust/2023", "NOR/my.trust/2023", figures=own)
    assert found.verdict == "caution"
    assert nb.check("DNK/my.trust/2023", None, "78 percent", figures=own).verdict == "consistent"
    assert len(nb.figures(own, indicator="my.trust")) == 2
    with pytest.raises(UnknownName):
        nb.figure("DNK/my.trust/2023")


def test_every_comparator_takes_own_figures(tmp_path: Path) -> None:
    text = "land,år,pct\nDanmark,2022,70\nDanmark,2023,78\nNorge,2022,60\nNorge,2023,61\n"
    cube = nb.load(figures=read(text))
    assert nb.ranking(cube, "my.trust", 2023).to_frame()["country"].tolist() == ["DNK", "NOR"]
    assert len(nb.trend(cube, "my.trust").to_frame()) == 4
    assert "Tillid til portalen" in nb.table(cube, "nordic", "my.trust").render("markdown", "da")
    assert len(nb.comparability(cube, ["my.trust"], "nordic").to_frame())


def test_a_folder_reads_back_as_it_was_written(tmp_path: Path) -> None:
    text = "land,år,pct,by\nDanmark,2023,..,\nNorge,2023,61.5,Tromsø\nSverige,2022,1e2,\n"
    columns = {"country": "land", "year": "år", "value": "pct", "area": "by"}
    own = read(text.replace("1e2", "100"), columns=columns, missing={"..": "Q"})
    files = own.save(tmp_path / "mine")
    assert [path.name for path in files] == ["figures.csv", "registry.toml"]
    again = adapted(Folder(tmp_path / "mine"), "mine")
    assert again.hash == own.hash == digest(own.figures)
    assert again.registry == own.registry
    cube = nb.load(figures=tmp_path / "mine")
    assert cube.identical(nb.load(figures=own))
    both = nb.load(figures=[tmp_path / "mine", read("land,år,pct\nIsland,2023,5\n")])
    assert set(both.country.values) >= {"DNK", "ISL"}


@pytest.mark.slow
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["DNK", "NOR", "SWE", "FIN"]),
            st.integers(2000, 2024),
            st.one_of(st.none(), st.floats(0, 100, allow_nan=False)),
            st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=8),
        ),
        min_size=1,
        max_size=8,
        unique_by=lambda row: row[:2],
    )
)
@settings(max_examples=8, deadline=None)
def test_any_good_rows_come_back_from_their_folder(rows: list[Any]) -> None:
    import tempfile

    records = [
        {"c": c, "y": y, "v": ".." if v is None else repr(v), "w": "w" + w} for c, y, v, w in rows
    ]
    columns = {"country": "c", "year": "y", "value": "v", "wave": "w"}
    constants = {**plan()["constants"], "unit": "percent"}
    changes = {"columns": columns, "constants": constants, "source": {"format": "json"}}
    own = nb.read_figures(
        json.dumps(records).encode(), plan(**changes, missing={"..": "M"}), keep_good=True
    )
    with tempfile.TemporaryDirectory() as folder:
        own.save(Path(folder) / "æ ø")
        assert adapted(Folder(Path(folder) / "æ ø"), "again").hash == own.hash


def test_two_sources_that_define_one_id_differently_are_refused() -> None:
    other = {**DEFINED["indicators"]["my.trust"], "direction": -1}
    a, b = read(PLAIN), read("land,år,pct\nIsland,2023,5\n", indicators={"my.trust": other})
    with pytest.raises(InvalidRegistry, match=r"indicators\.my\.trust"):
        nb.load(figures=[a, b])
    with pytest.raises(InvalidFigures, match="a second row for one key"):
        nb.load(figures=[a, a])


def test_what_is_neither_folder_nor_source_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match="neither a folder of figures nor an installed source"):
        nb.load(figures="nowhere")
    with pytest.raises(BenchmarkError, match=r"figures\.csv cannot be read"):
        nb.load(figures=tmp_path)


def test_a_registry_may_be_given_instead_of_the_shipped_one() -> None:
    known = read(PLAIN).registry
    changes = dict.fromkeys(DEFINED)
    own = nb.read_figures(PLAIN.encode(), plan(**changes), registry=known)
    assert own.registry is known
    with pytest.raises(BenchmarkError, match="but a registry is given"):
        nb.read_figures(PLAIN.encode(), plan(), registry=known)


# ---- Nothing half-written, nothing let in.


def test_a_folder_is_replaced_whole_and_strangers_are_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "mine"
    own = read(PLAIN)
    own.save(home)
    before = (home / "figures.csv").read_bytes()
    (home / "precious.doc").write_bytes(b"x")
    with pytest.raises(BenchmarkError, match=r"holds other files \(precious\.doc\)"):
        own.save(home)
    (home / "precious.doc").unlink()

    def full(self: Path, *_: object, **__: object) -> int:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "write_text", full)
        with pytest.raises(BenchmarkError, match="No space left"):
            read("land,år,pct\nIsland,2023,5\n").save(home)
    assert (home / "figures.csv").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]
    read("land,år,pct\nIsland,2023,5\n").save(home)
    assert b"ISL" in (home / "figures.csv").read_bytes()
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(BenchmarkError, match="something else of that name"):
        own.save(tmp_path / "file")


@pytest.mark.parametrize("name", ["../x", "a/b", "/etc", "a..b", "a@b", "<b>", "", "a b", "å.b"])
def test_an_id_that_could_be_a_path_or_markup_is_refused(name: str, tmp_path: Path) -> None:
    entry = DEFINED["indicators"]["my.trust"]
    assert any("an id has" in line for line in faults(PLAIN, indicators={name: entry}))
    own = read(PLAIN)
    own.save(tmp_path / "mine")
    with (tmp_path / "mine" / "registry.toml").open("a", encoding="utf-8") as file:
        file.write(
            toml(
                {
                    "indicators": {
                        name: own_files_map.load(plan())[0].entries["indicators"]["my.trust"]
                    }
                }
            )
        )
    with pytest.raises(InvalidRegistry, match="ids cannot be used"):
        nb.load(figures=tmp_path / "mine")


@pytest.mark.parametrize("cell", ["=1+1", "@SUM(A1)", "-cmd", "+47;x"])
def test_a_formula_is_never_written_as_one(cell: str) -> None:
    columns = {"country": "land", "year": "år", "value": "pct", "area": "by"}
    text = f'land,år,pct,by\nDanmark,2023,5,"{cell}"\nNorge,2023,5,Oslo\n'
    own = read(text, keep_good=True, columns=columns)
    assert own.figures["area"].tolist() == ["Oslo"]
    assert "would run as a formula" in own.rejects["reason"][0]
    lines = list(csv.reader(as_csv([own.rejects.iloc[0].tolist()]).splitlines()))
    assert lines[0][-1] == f"'{cell}"


def test_markup_in_titles_is_shown_and_not_run() -> None:
    evil = "<script>alert(1)</script>"
    entry = {**DEFINED["indicators"]["my.trust"], "title": evil, "description": evil}
    own = read(
        PLAIN, indicators={"my.trust": entry}, documents={"my.doc": {**DOCUMENT, "title": evil}}
    )
    view = nb.table(nb.load(figures=own), "nordic", "my.trust")
    assert "&lt;script&gt;" in view.render("html")
    assert evil not in view.render("html")
    assert evil not in view.render("markdown")
    assert evil not in nb.explain("DNK/my.trust/2023", figures=own)._repr_html_()


def test_a_file_beyond_measure_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_files_raw, "LARGEST", 10_000)
    with pytest.raises(BenchmarkError, match="larger than"):
        nb.read_figures(b"x" * 20_000, plan())
    path = tmp_path / "bomb.xlsx"
    pd.DataFrame({"a": ["x" * 30_000] * 20}).to_excel(path, index=False, engine="xlsxwriter")
    assert path.stat().st_size < 10_000
    with pytest.raises(BenchmarkError, match="unpacked: larger than"):
        nb.read_figures(path, plan(source=None))


@pytest.mark.slow
@given(st.binary(max_size=200), st.sampled_from(["csv", "json", "xlsx"]))
@settings(max_examples=25, deadline=None)
def test_any_bytes_are_read_or_refused_in_words(data: bytes, kind: str) -> None:
    with suppress(BenchmarkError):
        nb.read_figures(data, plan(source={"format": kind}))


@given(
    st.recursive(
        st.one_of(
            st.text(max_size=10),
            st.integers(),
            st.booleans(),
            st.floats(allow_nan=False, allow_infinity=False),
        ),
        lambda inner: st.one_of(
            st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=8), inner, max_size=3)
        ),
    )
)
@settings(max_examples=80, deadline=None)
def test_entries_written_as_toml_read_back(value: Any) -> None:
    import tomllib

    assert tomllib.loads(toml({"notes": {"a b": {"x": value}}})) == {"notes": {"a b": {"x": value}}}


def test_the_schema_of_maps_knows_every_column() -> None:
    known = own_files_map._schema()["$defs"]["column"]["enum"]
    assert known == [*[c for c in known if c in COLUMNS], "unit"]
    assert set(known) == {*COLUMNS, "unit"}


# ---- The command line.


def run(*arguments: str, folder: Path, root: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "nordbench", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(root), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def test_the_example_works_at_once(tmp_path: Path, root: Path) -> None:
    assert run("import", "--example", folder=tmp_path, root=root).returncode == 0
    made = run("import", "example.csv", "--map", "example.toml", folder=tmp_path, root=root)
    assert (made.returncode, made.stdout) == (
        0,
        "example.csv: 8 figures, 4 registry entries, 0 rows left out\n",
    )
    again = run("import", "--example", folder=tmp_path, root=root)
    assert again.returncode == 2
    assert "would be written over" in again.stderr


@pytest.mark.slow
def test_rows_left_out_are_written_and_end_with_two(tmp_path: Path, root: Path) -> None:
    example_files(tmp_path)
    with (tmp_path / "example.csv").open("a", encoding="utf-8") as file:
        file.write("Atlantis;All;1,5;2,5\n=cmd();All;1,5;2,5\n")
    plain = ("import", "example.csv", "-m", "example.toml", "-o", "mine")
    told = run(*plain, folder=tmp_path, root=root)
    assert told.returncode == 2
    assert "row 7, Country: no country is called 'Atlantis'" in told.stderr
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["rejects.csv"]
    rejects = pd.read_csv(tmp_path / "mine" / "rejects.csv")
    assert rejects["Country"].tolist() == ["Atlantis", "'=cmd()"]
    nordbench.main(
        [
            *("import", str(tmp_path / "example.csv"), "-m", str(tmp_path / "example.toml")),
            *("-o", str(tmp_path / "mine"), "--keep-good"),
        ],
        standalone_mode=False,
    )
    names = sorted(path.name for path in (tmp_path / "mine").iterdir())
    assert names == ["figures.csv", "registry.toml", "rejects.csv"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["table", "--rows", "my.trust_portal"],
        ["rank", "my.trust_portal", "2022"],
        ["trend", "my.trust_portal"],
        ["matrix", "my.trust_portal", "--format", "csv"],
        ["figures", "my.trust_portal"],
        ["explain", "DNK/my.trust_portal/2024"],
        ["compare", "DNK/my.trust_portal/2024", "SWE/my.trust_portal/2024"],
        ["check", "DNK/my.trust_portal/2024", "74 percent"],
    ],
)
def test_commands_take_own_figures(
    arguments: list[str],
    tmp_path_factory: pytest.TempPathFactory,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder = tmp_path_factory.mktemp("own")
    example_files(folder)
    nb.read_figures(folder / "example.csv", folder / "example.toml").save(folder / "mine")
    nordbench.main([*arguments, "--figures", str(folder / "mine")], standalone_mode=False)
    told = capsys.readouterr().out
    assert "my.trust_portal" in told or "Trust in the citizen portal" in told


def test_rejects_beside_earlier_figures_leave_them(tmp_path: Path) -> None:
    own = read(PLAIN)
    own.save(tmp_path / "mine")
    rejects = read(BAD.replace(",n,", ",m,"), keep_good=True).rejects
    save_rejects(tmp_path / "mine", rejects)
    assert nb.load(figures=tmp_path / "mine").identical(nb.load(figures=own))


JSON_STAT = {
    "version": "2.0",
    "class": "dataset",
    "id": ["land", "tid"],
    "size": [2, 2],
    "dimension": {
        "land": {"category": {"index": ["1", "2"], "label": {"1": "Danmark", "2": "Norge"}}},
        "tid": {"category": {"index": ["2022", "2023"]}},
    },
    "value": [70, 78, None, 61.5],
    "status": {"2": ".."},
}


def test_a_statistical_format_brings_its_labels_and_its_missing_reasons(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps(JSON_STAT), encoding="utf-8")
    columns = {"country": "land", "year": "tid"}
    own = nb.read_figures(path, plan(source=None, columns=columns, missing={"..": "M"}))
    frame = own.figures
    assert frame["country"].tolist() == ["DNK", "DNK", "NOR", "NOR"]
    assert frame["value"].fillna(-1).tolist() == [70, 78, -1, 61.5]
    assert frame["status"].tolist() == ["A", "A", "M", "A"]
