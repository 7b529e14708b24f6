"""Indices: published scores recomputed, the rules obeyed, gaps and treatments named."""

import json

import numpy as np
import pytest

from benchmark.errors import BenchmarkError, NoData, NotComparable, UnknownName
from benchmark.schema import LANGUAGES
from comparisons.index import index
from sources.catalogue import load

NORDIC = ["DNK", "FIN", "ISL", "NOR", "SWE"]
EVENTS = [
    "business_start_up", "career", "family", "health", "moving", "regular_business",
    "small_claims", "studying", "transport",
]  # fmt: skip
FOUR = {"DNK": 80.0, "FIN": 70.0, "NOR": 60.0, "SWE": 50.0}
TWO = {
    "title": "Two",
    "normalisation": "min_max",
    "children": [{"indicator": "x.score"}, {"indicator": "x.share"}],
}


@pytest.fixture
def two(made):
    """A cube of a score and of a share of which less is better."""

    def make(scores=None, shares=None, years=(2020,), **columns):
        first = FOUR if scores is None else scores
        second = {code: 90 - value for code, value in FOUR.items()} if shares is None else shares
        rows = [
            (code, year, value)
            for year in years
            for part in (first, second)
            for code, value in part.items()
        ]
        names = (["x.score"] * len(first) + ["x.share"] * len(second)) * len(years)
        return made(*rows, indicator=names, **columns)

    return make


def scores(view):
    return view.to_frame().set_index("country")["score"]


@pytest.mark.parametrize(
    ("tree", "year", "n", "most"),
    [
        ("egdi_2010", 2010, 183, 8.5e-6),
        ("egdi", 2012, 190, 1e-4),
        ("egdi", 2014, 193, 2.4e-5),
        ("egdi", 2016, 193, 6.8e-6),
        ("egdi", 2018, 193, 3.4e-5),
        ("egov", 2021, 35, 1e-6),
        ("egov", 2022, 35, 1e-6),
        ("egov", 2023, 37, 1e-6),
    ],
)
def test_published_scores_of_every_country_are_recomputed(cube, tree, year, n, most):
    frame = index(cube, tree, year).to_frame()
    assert len(frame) == n
    assert frame["published"].notna().all()
    assert frame["difference"].abs().max() < most


def test_what_the_publisher_computed_otherwise_is_named(cube):
    """Dimensions without a score in a life event of 2019 count as 0 in Ireland's overall."""
    view = index(cube, "egov", 2020)
    off = view.to_frame().set_index("country")["difference"].abs()
    assert off.drop("IRL").max() < 1e-6
    assert off["IRL"] == pytest.approx(3.644319, abs=1e-6)
    assert any("3.6 (Ireland)" in one["en"] for one in view.remarks)


def test_known_scores(cube):
    found = scores(index(cube, "egdi", 2018, "nordic"))
    assert found["DNK"] == pytest.approx(0.9150, abs=5e-5)
    assert found["NOR"] == pytest.approx(0.8557, abs=5e-5)
    found = scores(index(cube, "egov", 2023, "nordic")).round(2)
    assert found.to_dict() == {"DNK": 85.26, "FIN": 88.01, "ISL": 89.47, "NOR": 82.37, "SWE": 81.80}
    ranks = index(cube, "egov", 2023, "nordic").to_frame().set_index("country")["pool_rank"]
    assert ranks.loc[NORDIC].tolist() == [7, 5, 4, 11, 13]


def test_zeros_of_2012_stand_for_what_was_not_found(cube):
    view = index(cube, "egdi", 2012, "Libya, Central African Republic, Guinea, Denmark, Norway")
    assert set(view.to_frame()["country"]) == {"DNK", "NOR"}
    told = {one.what["en"]: one.reason["en"] for one in view.coverage.missing}
    assert set(told) == {"Libya", "Central African Republic", "Guinea"}
    assert all("0 stands for a missing value" in reason for reason in told.values())


@pytest.mark.slow
@pytest.mark.parametrize("event", EVENTS)
def test_every_life_event_is_recomputed_from_its_indicators(event):
    cube = load(breakdown=f"life_event={event}")
    found = 0
    for year in (2020, 2021, 2022, 2023):
        try:
            frame = index(cube, "egov_life_event", year).to_frame()
        except NoData:
            continue
        assert frame["difference"].abs().max() < 2e-6
        found += int(frame["published"].notna().sum())
    assert found >= 2 * 35


def test_regular_business_in_denmark_and_norway():
    cube = load(breakdown="life_event=regular_business")
    view = index(cube, "egov_life_event", 2023, "DK, NO")
    parts = view.parts.to_frame().set_index(["country", "part"])["score"]
    assert parts["NOR", "cross_border"] == pytest.approx(77.1825, abs=1e-4)
    assert parts["NOR", "index"] == pytest.approx(89.4049, abs=1e-4)
    assert parts["DNK", "transparency"] == pytest.approx(61.0833, abs=1e-4)
    assert parts["DNK", "cross_border"] == pytest.approx(68.0060, abs=1e-4)
    assert parts["DNK", "index"] == pytest.approx(82.2723, abs=1e-4)


def test_another_formula_is_refused_for_other_years(cube):
    with pytest.raises(NotComparable, match="holds for 2012-2024 only") as told:
        index(cube, "egdi", 2010, "nordic")
    assert "gælder kun for 2012-2024" in told.value.text("da")
    view = index(cube, "egdi", 2010, "nordic", override="asked by the committee")
    assert view.overrides[0].reason == "asked by the committee"
    assert any("holds for 2012-2024" in one["en"] for one in view.remarks)
    assert view.to_frame()["difference"].abs().max() > 1e-4


def test_a_break_between_years_is_refused(cube):
    tree = {"title": "Old and new", "children": [{"indicator": "egov.transparency"}]}
    with pytest.raises(NotComparable, match="C30"):
        index(cube, tree, [2019, 2020], "nordic")
    view = index(cube, tree, [2019, 2020], "nordic", override="to see")
    assert view.verdict == "not_comparable"
    assert "C30" in view.overrides[0].rules


def test_an_indicator_that_mixes_methods_is_refused_in_one_go(two):
    mixed = ["usual", "usual", "later", "later"] * 2
    with pytest.raises(NotComparable) as told:
        index(two(regime=mixed), TWO, 2020)
    for lang in LANGUAGES:
        assert told.value.text(lang).count("C30") >= 2
    assert "Score" in str(told.value)
    assert "Share" in str(told.value)
    assert index(two(regime=mixed), TWO, 2020, override="x").verdict == "not_comparable"


def test_a_country_that_stands_alone_leaves_and_is_named(two):
    odd = ["usual", "usual", "usual", "odd"] + ["usual"] * 4
    view = index(two(regime=odd), TWO, 2020)
    assert set(view.to_frame()["country"]) == {"DNK", "FIN", "NOR"}
    [gap] = view.coverage.missing
    assert gap.what["en"] == "Sweden"
    assert "Score (not comparable with the other countries)" in gap.reason["en"]
    # Scaled among the three that are left.
    assert view.parts.to_frame().set_index(["country", "part"])["score"]["NOR", "x.score"] == 0


def test_scales_turn_what_should_be_low(two):
    found = scores(index(two(), TWO, 2020))
    assert found.to_dict() == pytest.approx({"DNK": 1, "FIN": 2 / 3, "NOR": 1 / 3, "SWE": 0})


def test_missing_parts_leave_their_weight_and_are_marked(two):
    shares = {"DNK": 10.0, "FIN": 20.0, "NOR": 40.0}
    tree = TWO | {
        "children": [
            {"indicator": "x.score", "weight": 0.7},
            {"indicator": "x.share", "weight": 0.3},
        ]
    }
    view = index(two(shares=shares), tree, 2020)
    frame = view.to_frame().set_index("country")
    assert frame.loc["SWE", "score"] == 0
    assert frame["status"].to_dict() == {"DNK": "A", "FIN": "A", "NOR": "A", "SWE": "I"}
    note = next(one for one in view.notes if one.id == "mended")
    assert note.touches == ("SWE",)
    assert "Sweden, 2020: Share (no figure)" in note.details[0]["en"]
    assert index(two(shares=shares), TWO, 2020).to_frame()["country"].tolist() == [
        "DNK",
        "FIN",
        "NOR",
    ]


def test_imputed_figures_are_named_and_both_scores_stand(two):
    shares = {"DNK": 10.0, "FIN": 20.0, "NOR": 40.0}
    tree = TWO | {"missing": 1}
    view = index(two(shares=shares), tree, 2020, impute="iterative", seed=3)
    frame = view.to_frame().set_index("country")
    note = next(one for one in view.notes if one.id == "imputed")
    assert "seed 3" in note.texts["en"]
    assert len(note.details) == 1
    assert note.details[0]["en"].startswith("Sweden, Share, 2020: ")
    assert frame.loc["SWE", "status"] == "I"
    assert (
        frame["score_unimputed"].to_dict()
        == scores(index(two(shares=shares), tree, 2020)).to_dict()
    )
    assert "Score without imputation" in view.table().columns


def test_outliers_are_drawn_in_only_on_request_and_one_by_one(made):
    codes = ["DNK", "FIN", "NOR", "SWE", "ISL", "EST", "LVA", "LTU", "DEU", "FRA"]
    cube = made(*((code, 2020, 10.0 + k) for k, code in enumerate(codes[:-1])), ("FRA", 2020, 99.0))
    tree = {"title": "T", "normalisation": "min_max", "children": [{"indicator": "x.score"}]}
    assert not any(one.id == "winsorised" for one in index(cube, tree, 2020).notes)
    view = index(cube, tree, 2020, winsorise=True)
    note = next(one for one in view.notes if one.id == "winsorised")
    assert note.details[0]["en"] == "France, Score, 2020: 99 taken as 18"
    assert scores(view)["DEU"] == scores(view)["FRA"] == 1


def test_an_indicator_that_tells_none_apart_is_missing_and_said(two):
    same = dict.fromkeys(FOUR, 30.0)
    tree = TWO | {"missing": 1}
    view = index(two(shares=same), tree, 2020)
    assert any("Share is the same in every country" in one["en"] for one in view.remarks)
    assert scores(view).to_dict() == pytest.approx({"DNK": 1, "FIN": 2 / 3, "NOR": 1 / 3, "SWE": 0})
    with pytest.raises(NotComparable, match=r"Share \(tells no countries apart\)"):
        index(two(shares=same), TWO, 2020)


def test_years_are_relative_unless_pooled(two):
    cube = two(years=(2020, 2021))
    view = index(cube, TWO, [2020, 2021])
    assert view.to_frame()["year"].unique().tolist() == [2020, 2021]
    assert any("Each year is scaled by itself" in one["en"] for one in view.remarks)
    pooled = index(cube, TWO, range(2020, 2022), pooled=True)
    assert any("All years stand on one scale" in one["en"] for one in pooled.remarks)
    assert not any("Each year is scaled" in one["en"] for one in pooled.remarks)


def test_pooled_years_show_improvement(made):
    cube = made(
        ("DNK", 2020, 10.0), ("NOR", 2020, 20.0), ("DNK", 2021, 30.0), ("NOR", 2021, 40.0)
    )  # fmt: skip
    tree = {"title": "T", "normalisation": "min_max", "children": [{"indicator": "x.score"}]}
    alone = index(cube, tree, [2020, 2021]).to_frame().set_index(["year", "country"])["score"]
    assert alone[2020, "DNK"] == alone[2021, "DNK"] == 0
    both = index(cube, tree, [2020, 2021], pooled=True)
    found = both.to_frame().set_index(["year", "country"])["score"]
    assert found.tolist() == pytest.approx([1 / 3, 0, 1, 2 / 3])
    assert set(found.index) == {(2020, "NOR"), (2020, "DNK"), (2021, "NOR"), (2021, "DNK")}


def test_every_gap_in_the_years_is_named(cube):
    with pytest.raises(NoData) as told:
        index(cube, "egov", [2022, 2024], override="to see")
    assert str(told.value).count("stands at 2024") == 4
    assert "står ikke noe tall" in told.value.text("nb")


@pytest.mark.parametrize(
    ("rules", "wanted"),
    [
        ({"aggregation": "geometric", "normalisation": "fraction_of_max"}, "highest"),
        ({"normalisation": "best"}, "no normalisation 'best'"),
        ({"weights": "given"}, "no weights 'given'"),
        ({"normalisation": "as_published"}, "less is better of x.share"),
        ({"aggregation": "geometric"}, "geometric mean needs values above 0"),
        ({"impute": "mean"}, "choose knn or iterative"),
        ({"vary": ["weights", "luck"], "uncertainty": 10}, "no luck"),
        ({"uncertainty": -5}, "1 or more"),
    ],
)
def test_what_cannot_be_done_is_said(two, rules, wanted):
    with pytest.raises(BenchmarkError, match=wanted):
        index(two(), TWO, 2020, **rules)


@pytest.mark.parametrize("weights", ["equal", "pca", "entropy", "bod"])
def test_weights_sum_to_1_and_are_told(two, weights):
    shares = {"DNK": 12.0, "FIN": 35.0, "NOR": 30.0, "SWE": 60.0}
    view = index(two(shares=shares), TWO, 2020, weights=weights)
    parts = view.parts.to_frame()
    assert parts[parts["part"].isin(["x.score", "x.share"])]["weight"].sum() / 4 == pytest.approx(1)
    assert any(one["en"].startswith("Effective weights") for one in view.remarks)


@pytest.mark.parametrize("way", ["mpi", "ampi"])
def test_imbalance_costs(two, way):
    shares = {"DNK": 60.0, "FIN": 35.0, "NOR": 30.0, "SWE": 12.0}
    view = index(two(shares=shares), TWO, 2020, aggregation=way)
    parts = view.parts.to_frame().pivot(index="country", columns="part", values="score")
    means = parts[["x.score", "x.share"]].mean(axis=1)
    assert (parts["index"] <= means + 1e-9).all()
    assert parts["index"]["DNK"] < means["DNK"] - 0.1


def test_a_reference_country_must_take_part(two):
    one = {"indicator": "x.score", "normalisation": "to_reference", "reference": "Norge"}
    tree = {"title": "T", "children": [one]}
    found = scores(index(two(), tree, 2020))
    assert found.to_dict() == pytest.approx({"DNK": 3, "FIN": 2, "NOR": 1, "SWE": 0})
    with pytest.raises(BenchmarkError, match="NOR, which is not among the countries"):
        index(two(), tree, 2020, "DK, FI, SE")


def test_relative_scores_rest_on_those_asked_for(cube):
    view = index(cube, "egdi", 2018, "nordic", normalisation="min_max")
    parts = view.parts.to_frame().set_index(["country", "part"])["score"]
    found = [round(parts[code, "un.egdi.telecommunication"], 4) for code in NORDIC]
    assert found == [0.7295, 0.1318, 1, 0, 0.6064]
    assert (view.to_frame()["n"] == view.to_frame()["pool_n"]).all()
    assert any("relative to the 5 countries" in one["en"] for one in view.remarks)


def test_a_geometric_mean_moves_the_un_index(cube):
    parts = ("online_services", "telecommunication", "human_capital")
    tree = {
        "title": "Geometric",
        "aggregation": "geometric",
        "floor": 1e-9,
        "children": [{"indicator": f"un.egdi.{part}"} for part in parts],
    }
    plain, other = (
        index(cube, one, 2018).to_frame().set_index("country")["rank"] for one in ("egdi", tree)
    )
    moved = {code: (plain[code], other[code]) for code in ("FIN", "NOR", "ISL")}
    assert moved == {"FIN": (6, 11), "NOR": (14, 15), "ISL": (19, 20)}
    assert (plain - other).abs().mean() == pytest.approx(3.016, abs=5e-4)


def test_the_order_of_asking_changes_nothing(cube):
    one, other = (
        index(cube, "egov", 2023, codes, normalisation="min_max", uncertainty=64).to_frame()
        for codes in (["SWE", "DNK", "ISL"], ["ISL", "SWE", "DNK"])
    )
    names = ["country", "rank", "score", "rank_low", "rank_median", "rank_high", "shift"]
    assert one[names].equals(other[names])


def test_fixed_goalposts_rest_on_no_other_country(two):
    parts = [
        {"indicator": "x.score", "goalposts": [0, 100]},
        {"indicator": "x.share", "goalposts": [0, 50]},
    ]
    tree = {"title": "A", "aggregation": "ampi", "children": parts}
    few, many = (index(two(), tree, 2020, codes) for codes in ("DK, SE", None))
    assert scores(few)["DNK"] == scores(many)["DNK"]
    assert few.to_frame()["pool_n"].tolist() == [4, 4]


def test_consistency_of_the_un_index(cube):
    row = index(cube, "egdi", 2018).consistency.to_frame().iloc[0]
    assert row["countries"] == 193
    wanted = {"alpha": 0.8895, "alpha_standardised": 0.9001, "kmo": 0.7199, "bartlett": 375.37}
    for name, value in wanted.items():
        assert row[name] == pytest.approx(value, abs=0.01 if name == "bartlett" else 1e-4)
    assert row["first_share"] == pytest.approx(0.834, abs=5e-4)


def test_uncertainty_stands_beside_the_scores(cube):
    view = index(cube, "egdi", 2018, "nordic", uncertainty=500, seed=4)
    frame = view.to_frame()
    assert (frame["rank_low"] <= frame["rank_median"]).all()
    assert (frame["rank_median"] <= frame["rank_high"]).all()
    assert any("500 draws with seed 4" in one["en"] for one in view.remarks)
    assert set(view.attached) == {
        "parts", "consistency", "correlations", "left_out", "pairs", "sensitivity",
    }  # fmt: skip
    again = index(cube, "egdi", 2018, "nordic", uncertainty=500, seed=4)
    assert again.render("json") == view.render("json")
    json.loads(view.render("json"))
    other = index(cube, "egdi", 2018, "nordic", uncertainty=500, seed=5)
    assert not np.array_equal(other.to_frame()["shift"], frame["shift"])


def test_of_several_years_the_last_is_drawn(cube):
    view = index(cube, "egov", [2022, 2023], "nordic", uncertainty=50)
    known = view.to_frame().groupby("year")["rank_low"].count()
    assert known.to_dict() == {2022: 0, 2023: 5}


def test_progress_sees_every_block(cube):
    seen = []

    def watch(blocks):
        for one in blocks:
            seen.append(one)
            yield one

    index(cube, "egdi", 2018, "nordic", uncertainty=300, progress=watch)
    assert sum(one.stop - one.start for one in seen) == 300


def test_unknown_names(cube):
    with pytest.raises(UnknownName, match=r"unknown tree 'egdii'; did you mean egdi"):
        index(cube, "egdii", 2018)
    with pytest.raises(UnknownName, match="cannot be read"):
        index(cube, "nowhere.toml", 2018)


def test_too_few_countries(cube):
    with pytest.raises(NotComparable):
        index(cube, "egov", 2023, "Denmark")


def test_different_bases_are_said(cube):
    view = index(
        cube,
        {
            "title": "Mixed",
            "normalisation": "min_max",
            "children": [{"indicator": "egov.overall"}, {"indicator": "un.egdi"}],
        },
        2018,
        "nordic",
    )
    assert any("different bases" in one["en"] for one in view.remarks)
    assert any("measured at different times" in one["en"] for one in view.remarks)
