import numpy as np
import pytest

from benchmark.errors import BenchmarkError, NoData, NotComparable, UnknownName
from comparisons.trend import trend


def column(view, name, country="DNK"):
    frame = view.to_frame()
    return frame[frame["country"] == country].set_index("year")[name]


def series(*values, country="DNK", start=2015):
    return [(country, start + k, float(value)) for k, value in enumerate(values)]


def test_danish_need_for_help(cube):
    view = trend(cube, "dst.help_needed")
    assert column(view, "change")[2024] == -6
    assert (column(view, "low")[2024], column(view, "high")[2024]) == (-7, -5)
    assert view.to_frame()["change_unit"].unique().tolist() == ["pp"]
    assert view.verdict == "caution"
    assert "Change (percentage points)" in view.render("text")
    for lang, unit in {"da": "procentpoint", "nb": "prosentpoeng", "sv": "procentenheter"}.items():
        assert unit in view.render("text", lang)
    assert "T1" in {note.id for note in view.notes}


def test_benchmark_never_crosses_its_break(cube):
    view = trend(cube, "egov.transparency", "NO")
    change, verdict = column(view, "change", "NOR"), column(view, "verdict", "NOR")
    assert np.isnan(change[2020])
    assert verdict[2020] == "not_comparable"
    assert change[2021] == pytest.approx(63.18 - 66.76, abs=0.01)
    assert column(view, "comparable_length", "NOR").unique().tolist() == [4]
    segment = column(view, "segment", "NOR")
    assert segment[2019] + 1 == segment[2020] == segment[2023]
    assert view.verdict == "caution"
    notes = {note.id: note for note in view.notes}
    assert notes["C30"].severity == "N"
    assert "2019 to 2020" in notes["T3"].texts["en"]
    assert notes["T3"].details
    assert "C12" in notes


def test_end_points_stay_inside_the_last_segment(cube):
    view = trend(cube, "egov.transparency", "NO")
    remark = view.remarks[-1]["en"]
    assert remark.startswith("Norway, 2020 to 2023: +2.69 points")
    frame = view.to_frame().set_index("year")
    assert frame.loc[2023, "end_since"] == 2020
    assert frame.loc[2023, "end_change"] == pytest.approx(69.45 - 66.76, abs=0.01)
    assert frame["end_change"].count() == 1


def test_overlapping_windows_are_noted_and_single_years_are_not(cube):
    assert "C12" not in {note.id for note in trend(cube, "egov.transparency.annual", "NO").notes}


def test_two_printed_ranks_over_a_break_are_refused(cube):
    with pytest.raises(NotComparable, match="C30") as told:
        trend(cube, "no.egov_transparency_rank")
    assert "egov.transparency" in str(told.value)
    assert told.value.alternatives
    assert {finding.rule for finding in told.value.findings} == {"C30"}
    assert "Reasons" in told.value.text("en")
    assert "Begrundelse" in told.value.text("da")


def test_an_override_computes_places_and_stands_on_the_view(cube):
    view = trend(cube, "no.egov_transparency_rank", override="to show the printed step")
    assert column(view, "change", "NOR")[2021] == 2
    assert view.to_frame()["change_unit"][0] == "places"
    assert view.verdict == "not_comparable"
    assert view.overrides[0].rules == ("C30",)
    assert np.isnan(column(view, "low", "NOR")[2021])


def test_two_points_that_may_not_be_compared_are_refused(made):
    cube = made(*series(50, 60), regime=["usual", "later"])
    with pytest.raises(NotComparable, match="C30"):
        trend(cube, "x.score")


def test_more_points_are_shown_with_the_break_among_them(made):
    cube = made(*series(50, 60, 70), regime=["usual", "later", "later"])
    view = trend(cube, "x.score")
    change = column(view, "change")
    assert np.isnan(change[2015])
    assert np.isnan(change[2016])
    assert change[2017] == 10
    assert column(view, "segment").tolist() == [1, 2, 2]


def test_nothing_but_breaks_is_not_comparable(made):
    rows = [*series(50, 60, 70)]
    cube = made(*rows, status=["A", "B", "B"])
    view = trend(cube, "x.score")
    assert column(view, "change").isna().all()
    assert view.verdict == "not_comparable"
    assert column(view, "segment").tolist() == [1, 2, 3]


def test_a_flagged_break_divides_one_country_only(made):
    rows = [*series(50, 60, 70), *series(1, 2, 3, country="NOR")]
    cube = made(*rows, status=["A", "B", "A", "A", "A", "A"])
    view = trend(cube, "x.score")
    assert column(view, "segment", "DNK").tolist() == [1, 2, 2]
    assert column(view, "segment", "NOR").tolist() == [1, 1, 1]
    assert column(view, "change", "NOR")[2016] == 1


def test_five_points_are_enough(made):
    view = trend(made(*series(1, 2, 3, 4, 5)), "x.score")
    assert "T1" not in {note.id for note in view.notes}
    assert column(view, "comparable_length").unique().tolist() == [5]
    assert any("+4 points" in one["en"] for one in view.remarks)


def test_a_wide_gap_breaks_the_line_but_not_the_comparison(made):
    rows = [("DNK", year, 1.0) for year in (2010, 2011, 2012, 2016, 2017)]
    view = trend(made(*rows), "x.score")
    assert column(view, "line").tolist() == [1, 1, 1, 2, 2]
    assert column(view, "segment").unique().tolist() == [1]
    note = next(note for note in view.notes if note.id == "T2")
    assert "2012 to 2016" in note.texts["en"]


def test_bounds_follow_the_printed_digits(made):
    view = trend(made(*series(10, 12.5), decimals=[0, 1]), "x.score")
    assert column(view, "change")[2016] == 2.5
    assert (column(view, "low")[2016], column(view, "high")[2016]) == pytest.approx((1.95, 3.05))
    assert "+1.95" in view.render("text")


def test_one_country_with_one_point_is_named(made):
    view = trend(made(*series(1, 2), ("NOR", 2015, 5.0)), "x.score", "nordic")
    told = {one.what["en"]: one.reason["en"] for one in view.coverage.missing}
    assert told["Norway"] == "one point only, no change"
    assert told["Sweden"] == "no figure"


def test_a_point_without_a_value_is_named(made):
    view = trend(made(*series(1, 2, float("nan"), 4), status=["A", "A", "L", "A"]), "x.score")
    told = {one.what["en"]: one.reason["en"] for one in view.coverage.missing}
    assert told == {"Denmark 2017": "not collected"}
    assert column(view, "change")[2018] == 2


def test_single_points_are_no_trend(cube, made):
    with pytest.raises(NoData, match="only one in each"):
        trend(cube, "gti.needs_met")
    with pytest.raises(NoData, match=r"No figure .* for Finland\. There are figures for Denmark"):
        trend(cube, "gti.needs_met", "FI")


def test_unknown_names_and_arithmetic(cube):
    with pytest.raises(UnknownName, match=r"dst\.help_needed"):
        trend(cube, "dst.help_need")
    with pytest.raises(UnknownName):
        trend(cube, "egov.overall", "Atlantis")
    with pytest.raises(BenchmarkError, match="arithmetic"):
        trend(cube["value"], "egov.overall")


def test_steps_are_told_by_years_and_countries(cube):
    view = trend(cube, "egov.overall", "nordic")
    words = {note.id: note.texts["en"] for note in view.notes}
    assert "Concerns all" in words["C12"] or "Concerns 2017" in words["C12"]
    assert "2019 to 2020" in words["C30"]
    assert "Denmark" not in words["C30"]
