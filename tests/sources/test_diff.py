"""What changed between two editions: every kind of change is found, and nothing else."""

import json
import math

import pandas as pd
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

import nordbench as nb
from benchmark.cube import build
from benchmark.errors import BenchmarkError
from benchmark.figures import gather
from benchmark.schema import LANGUAGES
from comparisons.cli.diff import diff as command
from comparisons.diff import diff
from comparisons.revisions import changes, of_figures, of_table
from comparisons.texts import text
from sources.catalogue import registry
from sources.table import Table, TableNote

NAN = float("nan")


def table(rows, labels=None, notes=(), columns=("sex", "year"), **meta):
    frame = pd.DataFrame(rows, columns=[*columns, "value", "status", "symbol"])
    kinds = dict.fromkeys([*columns, "status", "symbol"], "category")
    return Table(frame.astype(kinds), labels or {}, tuple(notes), meta)


OLD = table(
    [
        ("1", "2023", 10.5, "A", ""),
        ("2", "2023", 20.0, "P", "p"),
        ("1", "2024", NAN, "O", ".."),
        ("2", "2024", NAN, "O", ".."),
        ("1", "2022", 7.0, "A", ""),
    ],
    {"sex": {"": {"en": "sex"}, "1": {"en": "men"}, "2": {"en": "women"}}},
    [TableNote({"en": "Asked in spring."})],
    units={"": "Per cent"},
    file="old.json",
)
NEW = table(
    [
        ("2", "2023", 20.5, "A", ""),
        ("1", "2023", 10.5, "A", ""),
        ("1", "2024", 12.0, "A", ""),
        ("2", "2024", NAN, "Q", ":"),
        ("2", "2025", 30.0, "A", ""),
    ],
    {"sex": {"": {"en": "sex"}, "1": {"en": "males"}, "2": {"en": "women"}}},
    [TableNote({"en": "Asked in autumn."}, {}, True)],
    units={"": "Share"},
    file="new.json",
)


def told(view, *columns):
    frame = view.to_frame()
    return [tuple(row) for row in frame[list(columns)].itertuples(index=False)]


def test_every_kind_of_change_in_a_table_is_found():
    view = diff(OLD, NEW)
    assert told(view, "change", "item", "field", "old", "new") == [
        ("revised", "sex=2, year=2023", "value", "20", "20.5"),
        ("revised", "sex=1, year=2024", "value", "", "12"),
        ("new", "sex=2, year=2025", "value", "", "30"),
        ("dropped", "sex=1, year=2022", "value", "7", ""),
        ("flag", "sex=2, year=2023", "status", "P", "A"),
        ("flag", "sex=1, year=2024", "status", "O", "A"),
        ("flag", "sex=2, year=2024", "status", "O", "Q"),
        ("flag", "sex=2, year=2023", "symbol", "p", ""),
        ("flag", "sex=1, year=2024", "symbol", "..", ""),
        ("flag", "sex=2, year=2024", "symbol", "..", ":"),
        ("method", "sex=1", "label", "men", "males"),
        ("method", "", "note", "", "Asked in autumn."),
        ("method", "", "units", "Per cent", "Share"),
        ("method", "", "note", "Asked in spring.", ""),
    ]
    assert view.verdict == "caution"
    assert {one.title for one in view.citations} == {"old.json", "new.json"}
    assert any("Asked in autumn." in remark["da"] for remark in view.remarks)


def test_the_same_table_has_no_changes_in_whatever_order():
    frame = OLD.frame.iloc[::-1].reset_index(drop=True)
    view = diff(OLD, Table(frame, OLD.labels, OLD.notes, OLD.meta))
    assert view.to_frame().empty
    assert view.verdict == "comparable"
    assert text("diff.remark.nothing", "sv") in view.render("text", "sv")
    assert "Unchanged figures: 5." in view.remarks[1]["en"]


def test_a_variable_of_one_code_does_not_matter_others_are_refused():
    wider = [(*row[:1], "T", *row[1:]) for row in OLD.frame.itertuples(index=False)]
    assert (
        diff(OLD, table(wider, columns=("sex", "unit", "year")))
        .to_frame()
        .query("change != 'method'")
        .empty
    )
    wider[0] = ("9", "U", *wider[0][2:])
    with pytest.raises(BenchmarkError, match=r"different variables.*\n.*unit \(2 codes\)"):
        diff(OLD, table(wider, columns=("sex", "unit", "year")))


def test_a_cell_that_is_there_twice_is_refused():
    twice = table([("1", "2023", 1.0, "A", ""), ("1", "2023", 2.0, "A", "")])
    with pytest.raises(BenchmarkError, match="1 cells are there more than once"):
        diff(OLD, twice)


def test_attributes_are_no_variables():
    more = Table(
        OLD.frame.assign(conf="F"), OLD.labels, OLD.notes, {**OLD.meta, "attributes": ("conf",)}
    )
    assert diff(OLD, more).to_frame().empty


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("format", ["text", "md", "html", "csv", "json"])
def test_changes_are_told_in_every_format_and_language(format, lang):
    written = diff(OLD, NEW).render(format, lang)
    assert "20.5" in written or ("20,5" in written and lang != "en")
    if format == "text":
        assert text("diff.change.dropped", lang) in written


# Figures.


def figures(*rows):
    columns = ["country", "period", "value"]
    whole = {"indicator": "gti.needs_met", "document": "gti3_se", "locator": "1"}
    frame = pd.DataFrame(rows, columns=columns).assign(**whole)
    return frame.assign(year=frame["period"].astype(float))


def test_changes_of_figures_are_found_by_their_key():
    old = figures(("DNK", "2021", 48.0), ("NOR", "2021", 34.0), ("SWE", "2021", 41.0))
    new = figures(("NOR", "2021", 35.0), ("DNK", "2021", 48.0), ("FIN", "2021", 40.0))
    new["regime"] = ["", "changed", ""]
    new["status"] = ["P", "A", "A"]
    view = diff(old, new)
    assert told(view, "change", "item", "field", "old", "new") == [
        ("revised", "NOR/gti.needs_met/2021", "value", "34", "35"),
        ("new", "FIN/gti.needs_met/2021", "value", "", "40"),
        ("dropped", "SWE/gti.needs_met/2021", "value", "41", ""),
        ("flag", "NOR/gti.needs_met/2021", "status", "A", "P"),
        ("method", "DNK/gti.needs_met/2021", "regime", "", "changed"),
    ]
    assert told(view, "difference")[0] == (1.0,)


def test_no_figures_table_is_refused():
    with pytest.raises(BenchmarkError, match="it has no column indicator and value"):
        diff(pd.DataFrame({"a": [1]}), figures())


VALUES = st.one_of(st.none(), st.floats(0, 100, allow_nan=False).map(lambda x: round(x, 2)))
SHEETS = st.dictionaries(
    st.tuples(st.sampled_from("123"), st.sampled_from(["2020", "2021", "2022"])), VALUES, max_size=9
)


@settings(max_examples=25, deadline=None)
@given(SHEETS, SHEETS)
def test_every_cell_is_told_once_or_is_the_same(old, new):
    def made(cells):
        return of_table(
            table(
                [
                    (*key, NAN if value is None else value, "O" if value is None else "A", "")
                    for key, value in cells.items()
                ]
            )
        )

    rows, same = changes(made(old), made(new))
    keys = list(zip(rows["sex"], rows["year"], strict=True))
    by_kind = {
        kind: {key for key, change in zip(keys, rows["change"], strict=True) if change == kind}
        for kind in set(rows["change"])
    }
    both = set(old) & set(new)
    revised = {key for key in both if old[key] != new[key]}
    assert by_kind.get("revised", set()) == revised
    assert by_kind.get("new", set()) == set(new) - set(old)
    assert by_kind.get("dropped", set()) == set(old) - set(new)
    flagged = {key for key in both if (old[key] is None) != (new[key] is None)}
    assert by_kind.get("flag", set()) == flagged
    assert same == len(both - revised - flagged)


def test_absent_columns_have_their_usual_values():
    edition = of_figures(figures(("DNK", "2021", 48.0)))
    assert edition.frame.loc[0, "status"] == "A"
    assert math.isnan(edition.frame.loc[0, "n"])


def test_the_command_takes_files(tmp_path):
    old = figures(("DNK", "2021", 48.0), ("NOR", "2021", 34.0))
    old.to_csv(tmp_path / "a.csv", index=False)
    old.assign(value=[48.0, 36.5]).to_csv(tmp_path / "b.csv", index=False)
    run = CliRunner().invoke(
        command,
        [str(tmp_path / "a.csv"), str(tmp_path / "b.csv"), "--format", "json"],
        standalone_mode=False,
    )
    assert run.exception is None, run.exception
    [row] = json.loads(run.output)["data"]
    assert (row["before"], row["after"], row["difference"]) == (34.0, 36.5, 2.5)
    px = 'CHARSET="ANSI";AXIS-VERSION="2000";'
    (tmp_path / "broken.px").write_text(px)
    broken = CliRunner().invoke(command, [str(tmp_path / "broken.px")] * 2, standalone_mode=False)
    assert isinstance(broken.exception, Exception)


# When a figure was known.


def test_a_cube_of_a_day_holds_what_was_known_then():
    rows = figures(("DNK", "2021", 48.0), ("DNK", "2021", 49.0), ("NOR", "2021", 34.0))
    rows = rows.assign(
        edition=["2022", "2023", "2022"], published=["2022-03-01", "2023-09", "2022-03-01"]
    )
    rows["regime"] = nb.figures(indicator="gti.needs_met")["regime"].iloc[0]
    known = gather({"x": rows}, registry())

    def denmark(as_of):
        cube = build(known, as_of=as_of)
        return float(cube["value"].sel(country="DNK", indicator="gti.needs_met", year=2021))

    assert denmark("2022-12-31") == 48.0
    assert denmark("2023-09-29") == 48.0
    assert denmark("2023-09-30") == 49.0
    assert denmark("2023") == 49.0
    with pytest.raises(BenchmarkError):
        build(known, as_of="2021-01-01")


def test_figures_of_two_days_differ_by_what_was_revised():
    rows = nb.figures(indicator="gti.needs_met")
    view = nb.diff(rows, rows.assign(value=rows["value"] + 1, published="2030"))
    assert set(view.to_frame()["change"]) == {"revised"}
