import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmark.errors import BenchmarkError, NoData, NotComparable, UnknownName
from comparisons.ranking import ranking

FIVE = "nordic"


def places(view):
    return view.to_frame().set_index("country")["rank"].to_dict()


def at(view, country):
    row = view.to_frame().set_index("country").loc[country]
    return row[["rank", "n", "pool_rank", "pool_n"]].tolist()


@pytest.mark.parametrize(
    ("indicator", "year", "expected"),
    [
        ("egov.transparency", 2019, [11, 36, 11, 36]),
        ("egov.transparency", 2020, [18, 36, 18, 36]),
        ("egov.transparency.annual", 2019, [16, 36, 16, 36]),
        ("egov.transparency.annual", 2020, [19, 36, 19, 36]),
    ],
)
def test_norway_on_transparency(cube, indicator, year, expected):
    assert at(ranking(cube, indicator, year), "NOR") == expected


def test_norway_without_the_united_kingdom(cube):
    common = cube.sel(country=cube["country"] != "GBR")
    assert at(ranking(common, "egov.transparency", 2020), "NOR") == [17, 35, 17, 35]
    codes = [code for code in cube["country"].values.tolist() if code != "GBR"]
    view = ranking(cube, "egov.transparency", 2020, codes)
    assert at(view, "NOR") == [17, 35, 18, 36]


def test_columns_and_order(cube):
    frame = ranking(cube, "egov.overall", 2023, FIVE).to_frame()
    assert frame.columns[:6].tolist() == ["country", "rank", "n", "pool_rank", "pool_n", "score"]
    assert frame["country"].tolist() == ["ISL", "FIN", "DNK", "NOR", "SWE"]
    assert frame["rank"].tolist() == [1, 2, 3, 4, 5]
    assert frame["pool_rank"].tolist() == [4, 5, 7, 11, 13]
    assert frame["n"].unique().tolist() == [5]
    assert frame["pool_n"].unique().tolist() == [37]
    assert frame["rank"].dtype == np.int64


def test_the_verdict_is_on_those_asked_for_and_another_on_the_pool(cube):
    view = ranking(cube, "egov.overall", 2023, FIVE)
    assert view.verdict == "comparable"
    assert any("37 countries: comparable with caution" in one["en"] for one in view.remarks)
    assert ranking(cube, "egov.overall", 2023).verdict == "caution"


def test_newcomers_are_named_against_the_others(cube):
    view = ranking(cube, "egov.overall", 2023)
    note = next(note for note in view.notes if note.id == "C11")
    assert "Moldova and Ukraine against the others" in note.texts["en"]
    assert note.severity == "C"


def test_the_edition_of_a_year_is_explained(cube):
    view = ranking(cube, "egov.overall", 2023)
    assert view.remarks[0]["en"] == "Edition 2024 was measured 2022-2023 and stands at 2023."
    with pytest.raises(
        NoData, match="Edition 2024 was measured 2022-2023 and stands at 2023"
    ) as told:
        ranking(cube, "egov.overall", 2024)
    assert "2017, 2018, 2019, 2020, 2021, 2022, 2023" in str(told.value)
    assert "Udgave 2024 er målt i 2022-2023 og står ved 2023" in told.value.text("da")


def test_three_countries_with_a_figure_of_five_asked_for(cube):
    view = ranking(cube, "gti.needs_met", 2021, FIVE)
    assert places(view) == {"DNK": 1, "SWE": 2, "NOR": 3}
    assert view.verdict == "caution"
    assert [one.what["en"] for one in view.coverage.missing] == ["Finland", "Iceland"]
    assert view.coverage.present == ("DNK", "NOR", "SWE")
    assert {note.id for note in view.notes if note.kind == "rule"} == {
        "C18", "C19", "C24", "C25", "C37", "C39",
    }  # fmt: skip


def test_a_printed_rank_is_never_ranked_again(cube):
    for override in (None, "all the same"):
        with pytest.raises(NotComparable, match="never ranked again") as told:
            ranking(cube, "no.egov_transparency_rank", 2021, override=override)
        assert "egov.transparency" in str(told.value)


def test_unknown_names(cube):
    with pytest.raises(UnknownName, match=r"egov\.transparency"):
        ranking(cube, "egov.transparancy", 2020)
    with pytest.raises(UnknownName, match="Danmrk"):
        ranking(cube, "egov.overall", 2023, ["Danmrk", "NO"])
    with pytest.raises(UnknownName, match="empty"):
        ranking(cube, "egov.overall", 2023, "")


def test_one_country_is_no_ranking(cube):
    with pytest.raises(NotComparable, match="at least two countries"):
        ranking(cube, "egov.overall", 2023, ["NO"])
    with pytest.raises(NotComparable, match="there is 1"):
        ranking(cube, "gti.needs_met", 2021, "NO,FI")


def test_arithmetic_is_noticed(cube):
    with pytest.raises(BenchmarkError, match="arithmetic"):
        ranking(cube["value"], "egov.overall", 2023)
    with pytest.raises(BenchmarkError, match="arithmetic was done"):
        ranking(cube.assign(value=cube["value"] * 2), "egov.overall", 2023)
    with pytest.raises(BenchmarkError, match="arithmetic"):
        ranking(cube.drop_vars("obs"), "egov.overall", 2023)


def test_ties_and_lowest_first(made):
    cube = made(("DNK", 2020, 10), ("NOR", 2020, 20), ("SWE", 2020, 10), indicator="x.share")
    assert places(ranking(cube, "x.share", 2020)) == {"DNK": 1, "SWE": 1, "NOR": 3}


def test_aggregates_are_never_ranked(made):
    cube = made(("DNK", 2020, 1), ("NOR", 2020, 2), ("EU27_2020", 2020, 3),
                geo_scope=["national", "national", "aggregate"])  # fmt: skip
    view = ranking(cube, "x.score", 2020)
    assert places(view) == {"NOR": 1, "DNK": 2}
    assert at(view, "NOR")[3] == 2
    assert any("never ranked" in one.reason["en"] for one in view.coverage.missing)


def test_a_missing_value_is_named_with_its_reason(made):
    cube = made(
        ("DNK", 2020, 1), ("NOR", 2020, 2), ("SWE", 2020, float("nan")), status=["A", "A", "Q"]
    )
    view = ranking(cube, "x.score", 2020, "nordic")
    told = {one.what["en"]: one.reason["en"] for one in view.coverage.missing}
    assert told == {
        "Sweden": "suppressed",
        "Finland": "no figure for 2020",
        "Iceland": "no figure for 2020",
    }
    assert at(view, "NOR") == [1, 2, 1, 2]


ODD = [("DNK", 2020, 1.0), ("NOR", 2020, 2.0), ("SWE", 2020, 3.0)]


def test_one_that_is_not_comparable_is_listed_without_a_rank(made):
    cube = made(*ODD, regime=["usual", "usual", "odd"])
    view = ranking(cube, "x.score", 2020)
    frame = view.to_frame().set_index("country")
    assert frame["rank"].to_dict()["NOR"] == 1
    assert np.isnan(frame.loc["SWE", ["rank", "n", "pool_rank", "pool_n"]].astype(float)).all()
    assert frame.loc["NOR", ["n", "pool_n"]].tolist() == [2, 2]
    assert frame.index[-1] == "SWE"
    assert frame.loc["SWE", "verdict"] == "not_comparable"
    assert view.verdict != "not_comparable"
    assert any("Sweden: shown without a rank" in one["en"] for one in view.remarks)
    note = next(note for note in view.notes if note.id == "C13")
    assert note.severity == "N"
    assert "C13" in frame.loc["SWE", "notes"]
    assert "not comparable" in view.render("text")


def test_one_that_is_not_comparable_leaves_the_pool(made):
    cube = made(*ODD, regime=["usual", "usual", "odd"])
    view = ranking(cube, "x.score", 2020, ["DK", "NO"])
    assert at(view, "NOR") == [1, 2, 1, 2]
    assert any("Left out of the rank among all" in one["en"] for one in view.remarks)


def test_two_that_are_not_comparable_are_refused(made):
    cube = made(*ODD[1:], regime=["usual", "odd"])
    with pytest.raises(NotComparable, match="may not be compared") as told:
        ranking(cube, "x.score", 2020)
    assert "C13" in str(told.value)
    assert "override" in str(told.value)
    assert [finding.rule for finding in told.value.findings] == ["C13"]
    assert told.value.text("nb").startswith("Avvist: Score: rangering, 2020")


def test_two_camps_are_refused(made):
    four = [*ODD, ("FIN", 2020, 4.0)]
    cube = made(*four, regime=["usual", "usual", "odd", "odd"])
    with pytest.raises(NotComparable, match="may not be compared"):
        ranking(cube, "x.score", 2020)


def test_an_override_ranks_all_and_stands_on_the_view(made):
    cube = made(*ODD, regime=["usual", "usual", "odd"])
    view = ranking(cube, "x.score", 2020, override="asked by the committee")
    assert places(view) == {"SWE": 1, "NOR": 2, "DNK": 3}
    assert view.verdict == "not_comparable"
    assert view.overrides[0].reason == "asked by the committee"
    assert view.overrides[0].rules == ("C13",)
    assert set(view.overrides[0].touches) >= {"SWE"}


def test_an_override_does_not_make_one_country_a_ranking(made):
    with pytest.raises(NotComparable, match="at least two"):
        ranking(made(ODD[0]), "x.score", 2020, override="why not")


def test_thresholds_are_obeyed_and_printed(cube):
    from dataclasses import replace

    from benchmark.rules import Thresholds

    strict = replace(Thresholds(), period_ratio=1.5, gap_none=0.1)
    view = ranking(cube, "egov.overall", 2023, FIVE, config=strict)
    assert view.thresholds["period_ratio"] == 1.5
    assert "period_ratio 1.5" in view.render("text")


def test_alternatives_are_offered(cube):
    with pytest.raises(NotComparable) as told:
        ranking(
            cube.sel(indicator=["dst.trust_digital_services"]), "dst.trust_digital_services", 2023
        )
    assert "at least two" in str(told.value)


def test_other_editions_show_as_notes(made):
    cube = made(
        ("DNK", 2020, 70.0), ("DNK", 2020, 72.0), ("NOR", 2020, 60.0), ("NOR", 2020, 60.0),
        edition=["2021", "2022", "2021", "2022"], document=["d1", "d2", "d1", "d2"], decimals=0,
    )  # fmt: skip
    view = ranking(cube, "x.score", 2020)
    assert view.to_frame().set_index("country").loc["DNK", "score"] == 72
    note = next(note for note in view.notes if note.kind == "conflict")
    assert note.texts["en"] == "Another value is published in A: First, edition 2021: Denmark 70."
    assert note.touches == ("DNK",)


def test_notes_and_flags_of_figures(made):
    cube = made(*ODD, notes=["n1", "", ""], status=["P", "A", "E P"])
    view = ranking(cube, "x.score", 2020)
    told = {note.id: (note.kind, note.touches) for note in view.notes if note.kind != "rule"}
    assert told == {
        "n1": ("registry", ("DNK",)),
        "p": ("status", ("DNK", "SWE")),
        "e": ("status", ("SWE",)),
    }
    assert [note.number for note in view.notes] == list(range(1, len(view.notes) + 1))
    frame = view.to_frame().set_index("country")
    assert set(frame.loc["SWE", "notes"].split()) >= {"e", "p"}


def test_sources_are_those_of_the_cells_only(made):
    cube = made(*ODD, document=["d1", "d1", "d2"])
    view = ranking(cube, "x.score", 2020, ["DK", "NO"])
    assert [one.title for one in view.citations] == ["First", "Second"]


CODES = {
    "egov.overall": "e_gov_0_score",
    "egov.user_centricity": "e_gov_1_uc",
    "egov.transparency": "e_gov_2_tr",
    "egov.key_enablers": "e_gov_3_ke",
    "egov.cross_border": "e_gov_4_cb",
}


FEW = settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def recomputed(scores):
    """Rank scores by another library; `scores` has country, indicator, year, value."""
    scores = scores.assign(
        rank=scores.groupby(["indicator", "year"])["value"].rank(method="min", ascending=False)
    )
    return {
        key: part.set_index("country")["rank"].astype(int).to_dict()
        for key, part in scores.groupby(["indicator", "year"])
    }


def published(folder):
    table = pd.read_csv(folder / "data/egov_benchmark.csv", dtype={"edition": int})
    table = table[(table["confidence"] != "low") & ~table["iso3"].str.startswith("EU")]
    single = table["aggregation"].isin(["single_year_average", "headline_single_year"])
    table = table[single | (table["aggregation"] == "headline_biennial")]
    names = {code: name for name, code in CODES.items()}
    table = table[table["indicator_code"].isin(names)]
    suffix = single[table.index].map({True: ".annual", False: ""})
    table = table.assign(
        indicator=table["indicator_code"].map(names) + suffix,
        country=table["iso3"],
        year=table["measurement_year_or_period"].str[-4:].astype(int),
    ).sort_values("edition")
    return table.drop_duplicates(["indicator", "country", "year"], keep="last")


def test_all_editions_equal_an_independent_recomputation(cube, shared):
    expected = recomputed(published(shared))
    assert len(expected) > 60
    for (indicator, year), ranks in expected.items():
        assert places(ranking(cube, indicator, year)) == ranks, (indicator, year)


def test_all_editions_equal_a_recomputation_from_the_figures(cube):
    from sources.catalogue import figures

    table = figures(indicator=list(CODES), kind="observed", geo_scope="national", breakdown="total")
    table = table[table["confidence"] != "low"].sort_values("edition")
    table = table.drop_duplicates(["indicator", "country", "year"], keep="last")
    expected = recomputed(table)
    assert len(expected) > 30
    for (indicator, year), ranks in expected.items():
        assert places(ranking(cube, indicator, int(year))) == ranks, (indicator, year)


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(order=st.permutations(["DNK", "FIN", "ISL", "NOR", "SWE"]), size=st.integers(2, 5))
def test_order_of_asking_does_not_matter(cube, order, size):
    asked = order[:size]
    one, other = (ranking(cube, "egov.overall", 2023, part) for part in (asked, sorted(asked)))
    assert one.data.equals(other.data)
    assert one.notes == other.notes
    assert one.verdict == other.verdict
    assert one.title == other.title


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(order=st.permutations(["DNK", "NOR"]))
def test_a_refusal_stays_a_refusal(made, order):
    cube = made(("DNK", 2020, 1.0), ("NOR", 2020, 2.0), regime=["usual", "odd"])
    with pytest.raises(NotComparable):
        ranking(cube, "x.score", 2020, order)
