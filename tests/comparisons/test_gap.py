import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmark.errors import BenchmarkError, NoData, NotComparable, UnitMismatch, UnknownName
from benchmark.schema import LANGUAGES
from comparisons.gap import gap

TARGET = "DNK/digst.written_communication/2015"
SHARE = "digst.digital_share.five_areas"


def column(view, name):
    return view.to_frame().set_index("country")[name]


def scores(**values):
    return [(code, 2020, float(value)) for code, value in values.items()]


def test_the_target_of_another_concept_is_refused_and_says_so(cube):
    with pytest.raises(NotComparable, match="C06") as told:
        gap(cube, SHARE, 2012, "DK", to=TARGET)
    assert {finding.rule for finding in told.value.findings} == {"C06"}
    assert told.value.alternatives
    assert "Begrundelse" in told.value.text("da")


def test_the_pace_of_the_scorecard_stands_with_its_note(cube):
    view = gap(cube, SHARE, 2012, "DK", to=TARGET, override="set side by side in the plan")
    assert column(view, "gap")["DNK"] == 31
    assert column(view, "pace")["DNK"] == pytest.approx(10.33, abs=0.005)
    assert column(view, "progress")["DNK"] == pytest.approx(1.957, abs=5e-4)
    assert column(view, "since")["DNK"] == 2011
    assert column(view, "class")["DNK"] == "significant"
    assert (column(view, "low")["DNK"], column(view, "high")["DNK"]) == (30.5, 31.5)
    assert view.verdict == "not_comparable"
    assert next(note for note in view.notes if note.id == "C06").severity == "N"
    assert view.overrides[0].rules == ("C06",)
    assert "+10.33" in view.render("text")
    assert "C06" in column(view, "notes")["DNK"]


def test_the_users_own_number_is_marked_as_such(cube):
    view = gap(cube, SHARE, 2012, "DK", to=80, unit="percent", by=2015)
    assert column(view, "pace")["DNK"] == pytest.approx(31 / 3)
    assert view.verdict == "caution"
    for lang, words in zip(
        LANGUAGES, ("user's own", "brugerens eget", "brukerens eget", "användarens eget"),
        strict=True,
    ):  # fmt: skip
        assert words in view.title[lang]
        assert any(words in remark[lang] for remark in view.remarks)


def test_a_fraction_is_a_share_and_an_index_a_score(cube):
    one = gap(cube, SHARE, 2012, "DK", to=0.8, unit="fraction")
    assert column(one, "gap")["DNK"] == pytest.approx(31)
    assert "pace" not in one.to_frame()
    view = gap(cube, "egov.overall", 2023, "nordic", to=0.9, unit="index_0_1")
    assert column(view, "gap")["SWE"] == pytest.approx(90 - column(view, "value")["SWE"])


@pytest.mark.parametrize(
    ("error", "options"),
    [
        (BenchmarkError, {"to": 80}),
        (UnitMismatch, {"to": 80, "unit": "score_0_100"}),
        (UnitMismatch, {"to": 80, "unit": "furlongs"}),
        (UnitMismatch, {"to": 180, "unit": "percent"}),
        (UnitMismatch, {"to": float("nan"), "unit": "percent"}),
        (BenchmarkError, {"to": "leader", "by": 2030}),
        (BenchmarkError, {"to": "leader", "unit": "percent"}),
        (BenchmarkError, {"to": "leader", "rule": "mean"}),
        (UnknownName, {"to": "Atlantis"}),
        (NoData, {"to": f"DNK/{SHARE}/2011"}),
        (NoData, {"to": f"DNK/{SHARE}/1999"}),
    ],
)
def test_what_cannot_be_aimed_at(cube, error, options):
    with pytest.raises(error):
        gap(cube, SHARE, 2012, "DK", **options)


def test_distance_of_needs_met_to_the_leader(cube):
    view = gap(cube, "gti.needs_met", 2021, "nordic")
    assert column(view, "frontier").to_dict() == {"DNK": 100, "SWE": 50, "NOR": 0}
    assert column(view, "gap").to_dict() == {"DNK": 0, "SWE": 7, "NOR": 14}
    assert (column(view, "low")["NOR"], column(view, "high")["NOR"]) == (13, 15)
    assert (column(view, "low")["DNK"], column(view, "high")["DNK"]) == (0, 0)
    assert {one.what["en"] for one in view.coverage.missing} == {"Finland", "Iceland"}
    assert "Denmark, the best of the 3" in " ".join(one["en"] for one in view.remarks)


def test_the_frontier_is_the_best_of_all_that_may_be_compared(cube):
    view = gap(cube, "egov.overall", 2023, "nordic", to="frontier")
    assert view.to_frame().iloc[0][["country", "gap"]].tolist() == ["MLT", 0]
    inside = gap(cube, "egov.overall", 2023, "nordic")
    assert inside.to_frame().iloc[0]["country"] == "ISL"
    assert (column(view, "gap") - column(inside, "gap"))["NOR"] == pytest.approx(7.408, abs=1e-3)
    assert view.verdict == "caution"
    assert inside.verdict == "comparable"
    assert "Moldova" in next(note for note in view.notes if note.id == "C08").texts["en"]


def test_the_gap_to_a_group_needs_a_rule(cube):
    with pytest.raises(NotComparable, match="declare"):
        gap(cube, "egov.overall", 2023, "NO", to="nordic")
    view = gap(cube, "egov.overall", 2023, "NO", to="nordic", rule="mean")
    assert column(view, "gap")["NOR"] == pytest.approx(85.3823 - 82.3670, abs=1e-3)
    assert view.to_frame()["country"].tolist() == ["NOR"]
    assert "mean of 5 countries" in " ".join(one["en"] for one in view.remarks)
    with pytest.raises(NoData, match="Finland and Iceland"):
        gap(cube, "gti.needs_met", 2021, "NO", to="nordic", rule="mean")


def test_countries_swap_signs(cube):
    there = column(gap(cube, "egov.overall", 2023, "NO", to="Danmark"), "gap")["NOR"]
    back = column(gap(cube, "egov.overall", 2023, "DK", to="Norge"), "gap")["DNK"]
    assert there == pytest.approx(-back)
    assert there > 0


def test_low_is_good_where_the_direction_says_so(made):
    cube = made(*scores(DNK=10, NOR=20, SWE=40), indicator="x.share")
    view = gap(cube, "x.share", 2020, "nordic")
    assert column(view, "gap").to_dict() == {"DNK": 0, "NOR": 10, "SWE": 30}
    assert column(view, "relative").to_dict() == {"DNK": 1, "NOR": 0.5, "SWE": 0.25}
    assert column(view, "frontier")["SWE"] == 0


def test_a_printed_rank_has_no_distances(cube):
    with pytest.raises(NotComparable, match=r"un\.egdi"):
        gap(cube, "un.egdi_rank", 2018, "nordic")


def test_who_is_not_comparable_is_listed_without_a_gap(made):
    rows = scores(DNK=60, NOR=50, SWE=70)
    view = gap(made(*rows, regime=["usual", "usual", "odd"]), "x.score", 2020)
    assert np.isnan(column(view, "gap")["SWE"])
    assert column(view, "gap")["NOR"] == 10
    assert column(view, "verdict")["SWE"] == "not_comparable"
    assert any("Sweden" in one["en"] and "without a gap" in one["en"] for one in view.remarks)


def test_a_reference_that_is_not_comparable_is_refused(made):
    rows = scores(DNK=60, NOR=50, SWE=70)
    cube = made(*rows, regime=["usual", "usual", "odd"])
    with pytest.raises(NotComparable, match="C13"):
        gap(cube, "x.score", 2020, "DK, NO", to="Sweden")
    view = gap(cube, "x.score", 2020, "DK, NO", to="Sweden", override="all the same")
    assert column(view, "gap")["NOR"] == 20
    assert view.overrides


def test_growth_is_not_counted_over_a_break(made):
    rows = [("DNK", year, 40.0 + 4 * (year - 2016)) for year in range(2016, 2021)]
    cube = made(*rows, regime=["usual", "usual", "later", "later", "later"])
    view = gap(cube, "x.score", 2020, to=80, unit="score_0_100", by=2024)
    assert column(view, "since")["DNK"] == 2018
    early = gap(cube, "x.score", 2020, to=80, unit="score_0_100", by=2024, since=2016)
    assert np.isnan(column(early, "progress")["DNK"])
    assert column(early, "class")["DNK"] == ""


def test_a_reached_target_asks_for_no_pace(made):
    view = gap(made(*scores(DNK=90, NOR=50)), "x.score", 2020, to=80, unit="score_0_100", by=2024)
    assert column(view, "class").to_dict() == {"DNK": "reached", "NOR": ""}
    assert np.isnan(column(view, "pace")["DNK"])
    assert column(view, "pace")["NOR"] == 7.5


VALUES = st.lists(st.floats(1, 99).map(lambda one: round(one, 3)), min_size=3, max_size=3)


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(values=VALUES)
def test_gaps_are_the_same_in_any_order(made, values):
    rows = list(zip(("DNK", "NOR", "SWE"), (2020,) * 3, values, strict=True))
    one, other = (gap(made(*order), "x.score", 2020) for order in (rows, rows[::-1]))
    assert column(one, "gap").sort_index().equals(column(other, "gap").sort_index())
    assert (column(one, "gap") >= 0).all()
    assert column(one, "gap").min() == 0


def test_a_reference_without_a_figure_is_named(cube):
    with pytest.raises(NoData, match=r"for United States\. There are figures for Denmark"):
        gap(cube, "egov.overall", 2023, "nordic", to="US")
