import numpy as np
import pytest

from benchmark.errors import BenchmarkError, NoData, NotComparable, UnknownName
from comparisons.agreement import agreement


def told(view, start):
    return [one["en"] for one in view.remarks if one["en"].startswith(start)]


def test_three_editions_of_an_index(cube):
    view = agreement(cube, "un.egdi", [2014, 2016, 2018], "nordic")
    frame = view.to_frame().set_index(["first", "second"])
    pair = frame.loc[("un.egdi/2014", "un.egdi/2018")]
    assert pair[["n", "tau_b", "footrule"]].tolist() == [5, 0, 8]
    assert round(pair["rho"], 4) == 0.1
    assert round(pair["footrule_agreement"], 3) == 0.333
    assert pair[["w", "chi2", "p"]].astype(float).round(4).tolist() == [0.6444, 7.7333, 0.1018]
    assert told(view, "Places among these") == [
        "Places among these, 2014: Finland 1, Norway 2, Sweden 3, Denmark 4, Iceland 5.",
        "Places among these, 2016: Finland 1, Sweden 2, Denmark 3, Norway 4, Iceland 5.",
        "Places among these, 2018: Denmark 1, Sweden 2, Finland 3, Norway 4, Iceland 5.",
    ]
    assert told(view, "Kendall's W")[0].startswith("Kendall's W of the 3 rankings is 0.644")
    assert told(view, "With 5 countries")


def test_only_order_is_compared_between_rankings(cube):
    # A rank, a score and an index are different quantities; inside each the rules find nothing.
    view = agreement(cube, ["egov.transparency", "un.egdi", "un.egdi_rank"], 2018)
    assert view.verdict != "not_comparable"
    assert told(view, "Only the order of the countries counts")
    assert "C01" not in {note.id for note in view.notes}
    pair = view.to_frame().set_index(["first", "second"])
    assert pair.loc[("un.egdi/2018", "un.egdi_rank/2018"), "tau_b"] == pytest.approx(1)


def test_of_printed_ranks_only_the_order_is_known(cube):
    view = agreement(cube, ["un.egdi", "un.egdi_rank"], 2018, "nordic")
    assert view.to_frame()["tau_b"].tolist() == [1]
    assert len(told(view, "Rank on the United Nations")) == 1 or any(
        "printed ranks" in one["en"] for one in view.remarks
    )


def test_missing_members_are_named_with_the_ranking_that_lacks_them(cube):
    view = agreement(cube, "egov.transparency", [2020, 2021], "nordic, UK, Ukraine")
    assert told(view, "Countries in all")[0] == (
        "Countries in all rankings (5): Denmark, Finland, Iceland, Norway and Sweden."
    )
    missing = {one.what["en"]: one.reason["en"] for one in view.coverage.missing}
    assert missing == {"United Kingdom": "not in 2021", "Ukraine": "not in 2020 and 2021"}
    assert view.coverage.present == ("DNK", "FIN", "ISL", "NOR", "SWE")


ROWS = [
    (code, year, value)
    for year, values in ((2020, (1.0, 2.0, 3.0, 4.0)), (2021, (4.0, 3.0, 2.0, 1.0)))
    for code, value in zip(("DNK", "FIN", "NOR", "SWE"), values, strict=True)
]


def test_opposite_orders(made):
    frame = agreement(made(*ROWS), "x.score", [2020, 2021]).to_frame()
    assert frame[["tau_b", "rho", "footrule", "footrule_agreement", "w"]].iloc[0].tolist() == [
        pytest.approx(-1), pytest.approx(-1), 8, 0, pytest.approx(0)
    ]  # fmt: skip


def test_a_break_between_rankings_does_not_matter_but_one_inside_does(made):
    later = ["usual"] * 4 + ["later"] * 4
    assert agreement(made(*ROWS, regime=later), "x.score", [2020, 2021]).verdict == "comparable"
    camps = ["usual"] * 4 + ["usual", "usual", "odd", "odd"]
    with pytest.raises(NotComparable, match=r"within 2021") as refused:
        agreement(made(*ROWS, regime=camps), "x.score", [2020, 2021])
    assert "C13" in str(refused.value)
    view = agreement(made(*ROWS, regime=camps), "x.score", [2020, 2021], override="asked for")
    assert view.verdict == "not_comparable"
    assert view.overrides[0].rules == ("C13",)
    assert view.overrides[0].touches == ("x.score/2021",)


def test_a_country_that_one_ranking_sets_aside_leaves_all(made):
    odd = ["usual"] * 7 + ["odd"]
    view = agreement(made(*ROWS, regime=odd), "x.score", [2020, 2021])
    assert view.to_frame()["n"].tolist() == [3]
    assert told(view, "Sweden: shown without") or any("Sweden" in one["en"] for one in view.remarks)
    assert view.to_frame()["notes"].str.contains("C13").all()


def test_too_little_to_compare(cube, made):
    with pytest.raises(BenchmarkError, match="two rankings"):
        agreement(cube, "un.egdi", 2014)
    with pytest.raises(BenchmarkError, match="two rankings"):
        agreement(cube, ["un.egdi", "un.egdi"], [2014])
    with pytest.raises(NotComparable, match="at least 3 countries"):
        agreement(cube, "un.egdi", [2014, 2016], "NO, SE")
    with pytest.raises(NoData):
        agreement(cube, "un.egdi", [2014, 2015])
    with pytest.raises(UnknownName):
        agreement(cube, "un.egd", [2014, 2016])


def test_places_of_many_countries_are_not_listed(cube):
    view = agreement(cube, "un.egdi", [2014, 2016])
    assert view.to_frame()["n"].tolist() == [193]
    assert told(view, "Places among") == []
    assert np.isfinite(view.to_frame()["p"]).all()
