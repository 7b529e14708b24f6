"""The official files of the eGovernment Benchmark, as published and in small."""

import re

import numpy as np
import pytest

from benchmark.errors import BenchmarkError
from sources.adapters import egov
from sources.adapters.egov_official import heading, read_workbook
from sources.adapters.egov_rebuild import rebuild, table_texts
from sources.adapters.egov_scores import DATA, table
from sources.adapters.egov_tables import load
from sources.catalogue import registry
from tests.sources.scores import KEY, reference
from tests.sources.spreadsheets import workbook

FILES = {
    "egov_workbook_2021": "eGovernment_Benchmark_2021__Source_Data.xlsx",
    "egov_workbook_2024": "6_eGovernment_Benchmark_2024__Final_Results.xlsx",
    "egov_long_table_2023": "8_eGovernment_Benchmark_2023__Machine_readable_format_98714.xlsx",
}


@pytest.fixture(scope="module")
def official(shared):
    return {name: egov.read_scores(shared / "samples" / "egov" / FILES[name]) for name in FILES}


@pytest.fixture(scope="module")
def wanted(shared):
    return reference(shared / "data")


@pytest.mark.parametrize(
    ("document", "rows"),
    [
        ("egov_workbook_2021", 21_030),
        ("egov_workbook_2024", 6_656),
        ("egov_long_table_2023", 15_849),
    ],
)
def test_every_reference_row_of_a_file_is_read_from_it(document, rows, official, wanted):
    mine = wanted[wanted["document"] == document]
    assert len(mine) == rows
    both = mine.merge(official[document], on=KEY, how="left", suffixes=("", "_read"))
    assert (both["locator"] == both["locator_read"]).all()
    # The reference rounds some tables to six decimals; its longer numbers are compared in full.
    read, there = ([round(x, 6) for x in both[name]] for name in ("value_read", "value"))
    assert read == there
    longer = both["value"] != there
    assert np.allclose(both.loc[longer, "value"], both.loc[longer, "value_read"], rtol=0, atol=1e-9)


@pytest.mark.parametrize("document", FILES)
def test_nothing_else_stands_in_the_columns_taken_from_a_file(document, official, wanted):
    taken = {
        (f".{e['variant']}" * bool(e["variant"]), e["breakdown"], e["period"], e["edition"])
        for e in table("layout")
        if e["document"] == document
    }
    rows = official[document].dropna(subset="value")
    variant = rows["indicator"].str.extract(r"(\.annual|\.business|\.citizen)$")[0].fillna("")
    keys = zip(variant, rows["breakdown"], rows["period"], rows["edition"], strict=True)
    chosen = rows[[key in taken for key in keys]]
    if document == "egov_long_table_2023":
        # For 2016 to 2019 a workbook has all but the mobility scores and an average of 28.
        alone = chosen["indicator"].str.contains("_mobility")
        alone |= (chosen["country"] == "EU28") & (chosen["breakdown"] == "total")
        chosen = chosen[alone | (chosen["edition"] <= "2016")]
    mine = wanted[wanted["document"] == document]
    extra = chosen.merge(mine, on=KEY, how="left", suffixes=("", "_wanted"), indicator=True)
    assert (extra["_merge"] == "both").all()


@pytest.mark.parametrize("document", FILES)
def test_cells_without_a_number_are_missing_for_a_reason(document, official):
    rows = official[document]
    missing = rows[rows["value"].isna()]
    assert len(missing) > 500
    assert set(missing["status"]) <= {"M", "O"}
    assert (rows.loc[rows["value"].notna(), "status"] == "A").all()
    assert rows["value"].dropna().between(0, 100).all()


def test_failed_formulas_are_told_from_empty_cells(official):
    rows = official["egov_workbook_2024"].set_index("locator")
    assert rows["status"]["1. Scores 2024!AF25"] == "M"
    assert rows["status"]["1. Scores 2024!I24"] == "M"
    newcomer = rows[(rows["country"] == "UKR") & (rows["edition"] == "2023")]
    assert set(newcomer["status"]) == {"O"} or newcomer["value"].isna().all()


@pytest.mark.parametrize("document", FILES)
def test_an_official_file_gives_rows_that_may_stand(document, shared):
    from benchmark.figures import gather

    rows = egov.read_official(shared / "samples" / "egov" / FILES[document], registry())
    assert len(gather({document: rows}, registry()).figures) == len(rows)


@pytest.mark.parametrize("document", FILES)
def test_the_hash_of_a_document_is_that_of_the_file(document, shared):
    from sources.readers.workbook import read_table

    path = shared / "samples" / "egov" / FILES[document]
    sheet = next(e["sheet"] for e in table("sheets") if e["document"] == document)
    stub = ("year", "Country") if "long" in document else ("Country", "Scoring")
    found = read_table(path, re.escape(sheet), stub)
    assert found.meta["sha256"] == registry().documents[document]["sha256"]


def test_codes_rebuilt_by_order_agree_with_a_file_that_has_them(official):
    keys = ["indicator", "country", "period", "breakdown"]
    long = official["egov_long_table_2023"]
    labelled = official["egov_workbook_2021"]
    both = long.merge(labelled, on=keys, suffixes=("", "_labelled"))
    both = both[both["period"].isin(["2017", "2018", "2019"]) & both["value"].notna()]
    both = both[both["country"] != "EU28"]
    assert len(both) > 5_000
    assert (both["value"] - both["value_labelled"]).abs().max() < 1e-5


def test_the_wrong_overall_scores_of_2022_are_passed_over(official):
    long = official["egov_long_table_2023"]
    events = long[(long["period"] == "2022") & (long["breakdown"] != "total")]
    assert len(events)
    assert not (events["indicator"] == "egov.overall.annual").any()
    single = events[events["indicator"] == "egov.transparency.annual"]
    assert len(single) == 37 * 4


def test_two_year_scores_of_the_long_table_agree_with_the_workbooks(official):
    shipped = load().astype(dict.fromkeys(["indicator", "country", "period"], str))
    long = official["egov_long_table_2023"]
    long = long[long["period"].isin(["2019/2020", "2020/2021", "2021/2022"])]
    both = long.merge(shipped, on=["indicator", "country", "period"], suffixes=("", "_shipped"))
    off = both[(both["value"] - both["value_shipped"]).abs() > 1e-5]
    # All averages of participants were computed anew without the United Kingdom; of the
    # countries only Portugal differs, after a correction.
    assert len(both) > 2_000
    assert set(off["country"]) <= {"EU27PLUS", "PRT", "EU27_2020"}


def test_official_files_give_the_shipped_tables_byte_for_byte(shared, tmp_path):
    paths = [shared / "samples" / "egov" / name for name in FILES.values()]
    for path in rebuild(tmp_path, *paths):
        assert path.read_bytes() == (DATA / path.name).read_bytes(), path.name


def test_rebuilding_without_files_changes_nothing(tmp_path):
    written = rebuild(tmp_path)
    assert len(written) == 6
    for path in written:
        assert path.read_bytes() == (DATA / path.name).read_bytes()


def test_cells_of_one_line_in_different_rows_are_refused():
    scores = load().iloc[:3].astype({"locator": str})
    scores.loc[1, "locator"] = "1. Scores 2020!E99"
    with pytest.raises(BenchmarkError, match="cells of one line lie in different rows") as caught:
        table_texts(scores)
    assert "[7, 99]" in str(caught.value)


HEAD = ["Country", "Scoring", "Biennial average 2022 + 2023", "Average (2023)", "Health (2023)"]
FOOT = ["Country", "Indicator - as used for eGov benchmark", "Digital Decade / DESI score"]


def edition(*rows, head=HEAD, decade=None):
    sheets = {"1. Scores 2024": [["title"], head, *rows]}
    if decade is not None:
        sheets["7. DESI & Digital Decade"] = [FOOT, *decade]
    return workbook(sheets)


def test_a_small_edition_is_read_whole():
    decade = [
        ["long text", "", "Digital Decade - Public services for citizens"],
        ["EL", "x", 80.5],
        ["long text", "", "DESI Transparency"],
        ["EL", "x", 20],
    ]
    data = edition(
        ["EL", "3.3 Pre-filled forms", 10, ".", "#DIV/0!"],
        ["EU27+", "3.3 Authentic sources", 0, "", 99.5],
        decade=decade,
    )
    rows = read_workbook(data)
    assert rows["indicator"].tolist() == [
        "egov.key_enablers.authentic_sources",
        "egov.key_enablers.authentic_sources.annual",
        "egov.key_enablers.authentic_sources.annual",
    ] * 2 + ["egov.digital_decade.citizens"]
    assert rows["country"].tolist() == ["GRC"] * 3 + ["EU27PLUS"] * 3 + ["GRC"]
    assert rows["status"].tolist() == ["A", "M", "M", "A", "O", "A", "A"]
    assert rows["period"].tolist() == ["2022/2023", "2023", "2023"] * 2 + ["2022/2023"]
    assert rows["locator"].tolist()[2:4] == ["1. Scores 2024!E3", "1. Scores 2024!C4"]
    assert set(rows["document"]) == {"egov_workbook_2024"}
    assert rows["value"].dropna().tolist() == [10, 0, 99.5, 80.5]


def test_an_edition_without_a_layout_is_not_dropped_in_silence(tmp_path):
    head = ["Country", "Scoring", "Biennial average 2023 + 2024"]
    data = edition(["EL", "0. OVERALL SCORE", 50], head=head)
    with pytest.raises(BenchmarkError, match=r"egov_workbook_2025: layout\.csv does not say"):
        rebuild(tmp_path, data)
    assert not list(tmp_path.iterdir())


def test_all_cells_that_are_not_understood_are_named_at_once():
    data = edition(
        ["Greece", "0. OVERALL SCORE", 10, 20, "n/a"],
        ["EL", "9. Something new", 120, -1, "#REF!"],
        head=[*HEAD, "Harvesting (2023)"],
    )
    with pytest.raises(BenchmarkError) as caught:
        read_workbook(data)
    message = str(caught.value)
    for part in (
        "workbook, sheet '1. Scores 2024'",
        "F2 is headed 'Harvesting (2023)'",
        "row 4 is named '9. Something new'",
        "E3 holds 'n/a'; expected a score",
        "E4 holds '#REF!'",
        "C4 holds 120; expected a score from 0 to 100",
        "D4 holds -1",
        "row 3 is for 'Greece'",
        "nothing of it was taken",
    ):
        assert part in message


def test_a_bad_cell_of_the_second_sheet_names_that_sheet():
    decade = [["x", "", "Digital Decade - Public services for citizens"], ["ZZ", "x", 101]]
    data = edition(["EL", "0. OVERALL SCORE", 1, 2, 3], decade=decade)
    with pytest.raises(BenchmarkError, match=r"sheet '7\. DESI & Digital Decade'") as caught:
        read_workbook(data)
    assert "C3 holds 101" in str(caught.value)
    assert "'ZZ'" in str(caught.value)


def test_another_workbook_is_refused_with_its_sheets():
    with pytest.raises(BenchmarkError, match="no official file of the eGovernment Benchmark"):
        egov.read_scores(workbook({"Budget": [["a"]]}))


def test_headings_with_years_in_any_order_mean_the_same():
    assert heading("Biennial Average 2019 + 2018") == heading("Biennial average 2018 + 2019")
    assert heading("Business life events 2019 & 2020") == heading(
        "Business life events 2019 + 2020"
    )
    for text in ("Average", "Average (2023) revised", "Biennial average 2019", "Total (2020)", ""):
        assert heading(text) is None


LONG = ["year", "Country", "variable", "brkdown", "unit", "Value"]


def long(*rows):
    lines = [
        [year, code, name, part, "eGov_score", value] for year, code, name, part, value in rows
    ]
    return workbook({"Machine Readable Format": [LONG, *lines]})


def test_codes_of_either_case_are_read():
    rows = egov.read_scores(
        long(
            (2021, "EL", "e_gov_1_UC", "e_gov_EVENTS_9", 50),
            (2021, "EL", "e_gov_1b_uc_mf", "EGOV_LIFE_EVENTS", "."),
            (2022, "EUplus", "e_gov_0_score", "e_gov_EVENTS_5", 75),
            (2022, "EU", "e_gov_0_score", "EGOV_LIFE_EVENTS", 80),
        )
    )
    assert rows["indicator"].tolist() == [
        "egov.user_centricity.annual",
        "egov.user_centricity.mobile_friendliness",
        "egov.overall",
    ]
    assert rows["period"].tolist() == ["2021", "2020/2021", "2021/2022"]
    assert rows["breakdown"].tolist() == ["life_event=health", "total", "total"]
    assert rows["country"].tolist() == ["GRC", "GRC", "EU27_2020"]
    assert rows["status"].tolist() == ["A", "M", "A"]
    assert rows["locator"].iloc[0] == "Machine Readable Format!F2"


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([(2021, "EL", "e_gov_9_xx", "e_gov_EVENTS_1", 5)], "C2 holds 'e_gov_9_xx'"),
        ([(2021, "EL", "e_gov_1_uc", "e_gov_EVENTS_10", 5)], "D2 holds 'e_gov_EVENTS_10'"),
        ([(2021, "Hellas", "e_gov_1_uc", "e_gov_EVENTS_1", 5)], "row 2 is for 'Hellas'"),
        ([(2021, "EL", "e_gov_1_uc", "e_gov_EVENTS_1", "x")], "F2 holds 'x'"),
        (
            [(2013, "EL", "", "EGOV_LIFE_EVENTS", 5), (2013, "EL", "", "e_gov_EVENTS_1", 5)],
            r"C2:C3 \(EL 2013\) are empty, and the 2 rows are not those",
        ),
        ([(2021, "EL", "", "e_gov_EVENTS_1", 5)], r"C2:C2 \(EL 2021\) are empty"),
    ],
)
def test_what_the_long_table_may_not_hold_is_named(rows, message):
    with pytest.raises(BenchmarkError, match=message):
        egov.read_scores(long(*rows))
