import math
import tomllib

import pytest

from benchmark.errors import BenchmarkError, UnknownName
from benchmark.schema import LANGUAGES
from comparisons.table import table


@pytest.fixture(scope="module")
def nordic(cube):
    return table(cube)


@pytest.fixture(scope="module")
def cells(nordic):
    return nordic.to_frame().set_index(["row", "country"])


def test_every_shipped_row_is_in_four_languages_and_draws_on_registered_indicators(root, cube):
    from sources.catalogue import registry

    rows = tomllib.loads((root / "comparisons/data/rows.toml").read_text("utf-8"))
    for name, row in rows.items():
        assert set(row["title"]) == set(LANGUAGES), name
        assert set(row["indicators"]) <= set(registry().indicators), name


def test_danish_78_beside_norwegian_47_is_never_subtracted(nordic, cells):
    assert cells.loc[("trust", "DNK"), "value"] == 78
    assert cells.loc[("trust", "NOR"), "value"] == 47
    assert cells.loc[("trust", "DNK"), "indicator"] == "dst.trust_digital_services"
    assert cells.loc[("trust", "NOR"), "indicator"] == "no.trust_personal_data"
    assert cells.loc["trust", "verdict"].tolist() == ["not_comparable"] * 2
    assert cells.loc["trust", "pool_rank"].isna().all()
    notes = {note.id: note for note in nordic.notes}
    assert notes["C06"].severity == notes["C16"].severity == "N"
    assert notes["C06"].touches == ("trust/DNK", "trust/NOR")
    for format in ("text", "md", "html", "csv", "json"):
        for lang in LANGUAGES:
            written = nordic.render(format, lang)
            assert "31 p" not in written
            assert "31.0" not in written
    assert nordic.verdict == "not_comparable"


def test_latest_values_with_their_years(cells):
    assert cells.loc[("help_needed", "DNK"), ["value", "year"]].tolist() == [18, 2024]
    assert cells.loc[("trust", "NOR"), "year"] == 2021
    assert cells.loc[("digital_share", "DNK"), ["value", "year"]].tolist() == [49, 2012]
    assert cells.loc[("egov_overall", "ISL"), "year"] == 2023


def test_needs_met_is_with_caution(cells):
    assert cells.loc["needs_met", "value"].to_dict() == {"DNK": 48, "NOR": 34, "SWE": 41}
    assert cells.loc["needs_met", "verdict"].unique().tolist() == ["caution"]


def test_scores_carry_their_place_among_all(nordic, cells):
    found = cells.loc["egov_overall"]
    assert found["pool_rank"].to_dict() == {"DNK": 7, "FIN": 5, "ISL": 4, "NOR": 11, "SWE": 13}
    assert found["pool_n"].unique().tolist() == [37]
    assert found["verdict"].unique().tolist() == ["comparable"]
    assert found["pool_verdict"].unique().tolist() == ["caution"]
    assert "7 of 37" in nordic.render("text")
    assert "C11" in found["pool_notes"]["DNK"]
    assert "C11" not in found["row_notes"]["DNK"]


def test_only_scores_of_one_indicator_and_year_have_a_place(cells):
    ranked = cells[cells["pool_rank"].notna()]
    assert set(ranked["unit"]) == {"score_0_100"}
    assert ranked.groupby("row")[["indicator", "year"]].nunique().to_numpy().max() == 1


def test_a_row_with_one_figure_has_no_verdict(nordic, cells):
    assert cells.loc[("help_needed", "DNK"), "verdict"] == ""
    assert "| one figure only |" in nordic.render("md")


def test_missing_cells_are_named_row_by_row(nordic):
    told = {one.what["en"] for one in nordic.coverage.missing}
    assert "Trust in digital public services: Finland, Iceland and Sweden" in told
    assert len(nordic.coverage.asked) == 55
    assert len(nordic.coverage.present) == len(nordic.data)


def test_assigned_years_are_said_to_be_so(nordic):
    note = next(note for note in nordic.notes if note.id == "assigned")
    assert "needs_met/SWE" in note.touches
    assert "trust/NOR" not in note.touches


def test_title_names_group_or_countries(cube, nordic):
    assert nordic.title["da"].endswith("De nordiske lande")
    view = table(cube, ["NO", "Danmark"], "trust")
    assert view.title["en"].endswith("Norway and Denmark")
    assert list(view.labels["country"]) == ["NOR", "DNK"]


def test_rows_may_be_chosen_and_may_be_indicators(cube):
    view = table(cube, "nordic", ["egov.transparency.annual", "trust"])
    assert list(view.labels["row"]) == ["egov.transparency.annual", "trust"]
    frame = view.to_frame().set_index(["row", "country"])
    assert frame.loc[("egov.transparency.annual", "NOR"), "year"] == 2023


def test_up_to_a_year(cube):
    view = table(cube, "nordic", "egov_transparency, help_needed", year=2022)
    frame = view.to_frame().set_index(["row", "country"])
    assert frame.loc[("egov_transparency", "NOR"), "year"] == 2022
    assert frame.loc[("help_needed", "DNK"), "value"] == 24
    assert "up to 2022" in view.remarks[0]["en"]


def test_a_printed_rank_is_shown_with_its_pool(cube):
    view = table(cube, "NO", "no.egov_transparency_rank")
    assert view.to_frame()["pool_size"].tolist() == [36]
    assert "18 of 36" in view.render("text")


def test_unknown_rows_and_countries_are_told_together(cube):
    with pytest.raises(UnknownName) as told:
        table(cube, "nordic, Danmrk", ["trust", "trsut", "egov.nothing"])
    for word in ("trsut", "egov.nothing", "Danmrk", "egov_overall"):
        assert word in str(told.value)


def test_an_empty_choice_is_an_error(cube):
    with pytest.raises(UnknownName, match="no rows"):
        table(cube, "nordic", [])
    with pytest.raises(UnknownName, match="empty"):
        table(cube, [])


def test_arithmetic_is_noticed(cube):
    with pytest.raises(BenchmarkError, match="arithmetic"):
        table(cube["value"])


def test_countries_without_a_single_figure(cube):
    view = table(cube, "Japan, Brazil")
    assert len(view.data) == 0
    assert view.verdict == ""
    assert len(view.coverage.missing) == 11
    for format in ("text", "md", "html", "csv", "json"):
        assert "Japan" in view.render(format)


def test_older_cubes_have_fewer_rows(cube):
    from sources.catalogue import load

    view = table(load(as_of="2016"))
    assert view.to_frame()["published"].max() <= "2016" if "published" in view.data else True
    assert "egov_transparency" in set(view.data["row"])
    assert "help_needed" not in set(view.data["row"])


def test_latest_figures_of_different_years_are_judged_as_such(made):
    cube = made(("DNK", 2010, 1.0), ("NOR", 2020, 2.0))
    view = table(cube, "DK,NO", "x.score")
    assert view.verdict == "not_comparable"
    assert view.to_frame()["pool_rank"].isna().all()
    assert "C10" in view.data["row_notes"][0]


def test_a_figure_without_a_value_is_missing_with_its_reason(made):
    cube = made(("DNK", 2020, 1.0), ("NOR", 2020, math.nan), status=["A", "Q"])
    view = table(cube, "DK,NO", "x.score")
    assert [one.reason["en"] for one in view.coverage.missing] == ["suppressed"]


def test_a_country_that_may_not_be_compared_leaves_the_pool(made):
    cube = made(("DNK", 2020, 1.0), ("NOR", 2020, 2.0), ("SWE", 2020, 3.0),
                regime=["usual", "usual", "odd"])  # fmt: skip
    view = table(cube, "DK,NO", "x.score")
    assert view.data[["pool_rank", "pool_n"]].to_numpy().tolist() == [[2, 2], [1, 2]]
    assert "C13" in view.data["pool_notes"][0]
