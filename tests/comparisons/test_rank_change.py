import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmark.errors import BenchmarkError, NoData, NotComparable, UnknownName
from comparisons.rank_change import rank_change
from comparisons.ranking import ranking

FEW = settings(
    max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
PARTS = ["change", "own", "others", "pool"]


def of(view, country):
    return view.to_frame().set_index("country").loc[country]


def told(view, start):
    return [one["en"] for one in view.remarks if one["en"].startswith(start)]


def test_norway_rose_because_the_united_kingdom_left(cube):
    view = rank_change(cube, "egov.transparency", 2020, 2021, "Norge")
    norway = of(view, "NOR")
    assert norway[["rank_first", "n_first", "rank_last", "n_last"]].tolist() == [18, 36, 17, 35]
    assert norway[["score_first", "score_last"]].round(2).tolist() == [66.76, 63.18]
    assert norway[["common_first", "common_last", "n_common"]].tolist() == [17, 17, 35]
    assert norway["pool"] == norway["change"] == -1
    assert norway["own"] + norway["others"] == 0
    assert norway["own"] > 0
    assert told(view, "Figures for the first year only") == [
        "Figures for the first year only: United Kingdom."
    ]
    assert view.verdict == "caution"


def test_on_a_smaller_cube_the_pool_is_smaller(cube):
    common = cube.sel(country=cube["country"] != "GBR")
    norway = of(rank_change(common, "egov.transparency", 2020, 2021, "NO"), "NOR")
    assert norway[["rank_first", "n_first", "rank_last", "n_last"]].tolist() == [17, 35, 17, 35]
    assert norway["pool"] == 0


@pytest.mark.parametrize(("first", "last"), [(2018, 2019), (2020, 2021), (2021, 2023)])
def test_ranks_are_those_of_the_rankings_and_parts_add_up(cube, first, last):
    frame = rank_change(cube, "egov.overall", first, last).to_frame().set_index("country")
    for name, year in (("rank_first", first), ("rank_last", last)):
        ranks = ranking(cube, "egov.overall", year).to_frame().set_index("country")["rank"]
        assert frame[name].equals(ranks[frame.index].rename(name))
    assert (frame["own"] + frame["others"] + frame["pool"] == frame["change"]).all()


def test_a_break_is_refused_unless_overridden(cube):
    with pytest.raises(NotComparable, match="C30") as refused:
        rank_change(cube, "egov.transparency", 2019, 2020, "NO")
    assert "Norway 2019" in str(refused.value)
    assert refused.value.alternatives
    view = rank_change(cube, "egov.transparency", 2019, 2020, "NO", override="asked for")
    assert of(view, "NOR")[["rank_first", "rank_last"]].tolist() == [11, 18]
    assert view.verdict == "not_comparable"
    assert view.overrides[0].rules == ("C30",)
    assert view.overrides[0].touches == ("NOR",) or "NOR" in view.overrides[0].touches


def test_printed_ranks_are_not_ranked_again(cube):
    with pytest.raises(NotComparable, match=r"egov\.transparency"):
        rank_change(cube, "no.egov_transparency_rank", 2020, 2021)


def test_years_and_names_that_cannot_be_used(cube):
    with pytest.raises(BenchmarkError, match="earlier year"):
        rank_change(cube, "egov.transparency", 2021, 2020)
    with pytest.raises(NoData, match="2022-2023"):
        rank_change(cube, "egov.transparency", 2021, 2024)
    with pytest.raises(UnknownName):
        rank_change(cube, "egov.transparancy", 2020, 2021)
    with pytest.raises(NoData, match="both years"):
        rank_change(cube, "egov.transparency", 2020, 2021, "UK")


FOUR = [
    ("DNK", 2020, 80.0), ("NOR", 2020, 70.0), ("SWE", 2020, 60.0), ("FIN", 2020, 90.0),
    ("DNK", 2021, 85.0), ("NOR", 2021, 75.0), ("SWE", 2021, 78.0), ("ISL", 2021, 99.0),
]  # fmt: skip


def test_who_came_and_who_left_are_named(made):
    view = rank_change(made(*FOUR), "x.score", 2020, 2021)
    assert told(view, "Figures for the") == [
        "Figures for the first year only: Finland.",
        "Figures for the last year only: Iceland.",
    ]
    missing = {(one.what["en"], one.reason["en"]) for one in view.coverage.missing}
    assert missing == {("Finland", "no figure for 2021"), ("Iceland", "no figure for 2020")}
    assert of(view, "SWE")[PARTS].tolist() == [-1, -1, 0, 0]
    assert of(view, "NOR")[PARTS].tolist() == [1, -0.5, 1.5, 0] or of(view, "NOR")["change"] == 1


def test_one_country_whose_two_figures_differ_in_method_leaves_both_years(made):
    regime = ["usual", "usual", "usual", "usual", "usual", "usual", "odd", "usual"]
    view = rank_change(made(*FOUR, regime=regime), "x.score", 2020, 2021)
    frame = view.to_frame().set_index("country")
    assert np.isnan(frame.loc["SWE", ["rank_first", "rank_last", "change"]].astype(float)).all()
    assert frame.loc["SWE", "verdict"] == "not_comparable"
    assert frame.loc["NOR", ["n_first", "n_last"]].tolist() == [3, 3]
    assert told(view, "Not counted") == [
        "Not counted in the ranks, because the figures are not comparable: Sweden."
    ]
    assert view.verdict != "not_comparable"
    with pytest.raises(NotComparable, match="C13"):
        rank_change(made(*FOUR, regime=regime), "x.score", 2020, 2021, "SE")


def test_one_country_with_a_break_of_its_own_leaves_both_years(made):
    # A flag of a break stands between a country's two figures, not between countries.
    broken = made(*FOUR, status=["A", "A", "A", "A", "A", "A", "B", "A"])
    view = rank_change(broken, "x.score", 2020, 2021)
    frame = view.to_frame().set_index("country")
    assert np.isnan(frame.loc["SWE", "change"])
    assert frame.loc["NOR", ["n_first", "n_last", "n_common"]].tolist() == [3, 3, 2]
    assert "C30" in frame.loc["SWE", "notes"]
    assert view.verdict == "comparable"
    with pytest.raises(NotComparable, match="C30"):
        rank_change(broken, "x.score", 2020, 2021, "SE")


def test_a_broken_series_is_refused(made):
    regime = ["usual"] * 4 + ["later"] * 4
    with pytest.raises(NotComparable, match="may not be compared"):
        rank_change(made(*FOUR, regime=regime), "x.score", 2020, 2021)


def test_averages_of_countries_take_no_place(made):
    rows = [*FOUR, ("EU27_2020", 2020, 95.0), ("EU27_2020", 2021, 95.0)]
    scope = ["national"] * 8 + ["aggregate"] * 2
    view = rank_change(made(*rows, geo_scope=scope), "x.score", 2020, 2021)
    assert of(view, "DNK")[["rank_first", "rank_last"]].tolist() == [2, 2]
    assert any("never ranked" in one.reason["en"] for one in view.coverage.missing)


@FEW
@given(st.permutations(["DNK", "FIN", "ISL", "NOR", "SWE"]), st.integers(1, 5))
def test_order_of_asking_does_not_matter(cube, order, size):
    one, other = (
        rank_change(cube, "egov.overall", 2021, 2023, part)
        for part in (order[:size], sorted(order[:size]))
    )
    assert one.data.equals(other.data)
    assert one.notes == other.notes


@FEW
@given(st.permutations(["DNK", "FIN", "ISL", "NOR", "SWE"]), st.integers(1, 5))
def test_asking_for_few_leaves_their_ranks_as_they_are(cube, order, size):
    whole = rank_change(cube, "egov.overall", 2021, 2023).to_frame().set_index("country")
    part = rank_change(cube, "egov.overall", 2021, 2023, order[:size]).to_frame()
    part = part.set_index("country")
    names = ["rank_first", "rank_last", *PARTS]
    assert part[names].equals(whole.loc[part.index, names])
