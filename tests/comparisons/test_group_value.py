import pytest

from benchmark.errors import BenchmarkError, NoData, NotComparable, UnknownName
from benchmark.schema import LANGUAGES
from comparisons.group_value import GROUP, group_value

WEIGHTS = {"Danmark": 5.9, "FI": 5.6, "Iceland": 0.4, "NOR": 5.5, "Sverige": 10.6}


def value(view):
    return view.to_frame().set_index("country")["value"][GROUP]


def test_the_mean_is_of_the_members_and_marked_as_derived(cube):
    view = group_value(cube, "egov.overall", "nordic", 2023, rule="mean")
    frame = view.to_frame()
    assert value(view) == pytest.approx(frame["value"][1:].mean())
    assert frame["kind"].tolist() == ["derived"] + ["observed"] * 5
    assert frame["locator"][0] == "derived: mean of DNK, FIN, ISL, NOR, SWE"
    assert view.verdict == "comparable"
    for lang in LANGUAGES:
        assert "2023-12-31" in view.render("text", lang)


def test_no_rule_no_value(cube):
    with pytest.raises(NotComparable, match="declare") as told:
        group_value(cube, "egov.overall", "nordic", 2023)
    assert "angiv" in told.value.text("da")
    assert not told.value.alternatives


@pytest.mark.parametrize("rule", ["sum", "average", ""])
def test_rules_that_do_not_suit_a_score(cube, rule):
    with pytest.raises(NotComparable, match="mean, weighted_mean, median, min, max"):
        group_value(cube, "egov.overall", "nordic", 2023, rule=rule)


def test_shares_are_never_summed(cube):
    with pytest.raises(NotComparable, match="never summed"):
        group_value(cube, "gti.needs_met", "DK, NO, SE", 2021, rule="sum")
    for rule in ("mean", "median", "min", "max"):
        assert value(group_value(cube, "gti.needs_met", "DK, NO, SE", 2021, rule=rule)) <= 100


def test_a_rank_is_never_aggregated(cube):
    with pytest.raises(NotComparable, match=r"un\.egdi"):
        group_value(cube, "un.egdi_rank", "nordic", 2018, rule="mean")


def test_weights_are_read_by_name_and_there_for_all(cube):
    view = group_value(
        cube, "egov.overall", "nordic", 2023, rule="weighted_mean", weights=WEIGHTS | {"EE": 1.3}
    )
    frame = view.to_frame().set_index("country")
    members = frame.drop(GROUP)
    expected = (members["value"] * members["weight"]).sum() / members["weight"].sum()
    assert frame["value"][GROUP] == pytest.approx(expected)
    assert members["weight"]["DNK"] == 5.9


@pytest.mark.parametrize(
    ("rule", "weights", "words"),
    [
        ("weighted_mean", {"DK": 5.9, "NO": 5.5, "SE": 10.6}, "FIN: no weight\n  ISL: no weight"),
        ("weighted_mean", WEIGHTS | {"NO": 0}, "NOR: 0 is not above nought"),
        ("weighted_mean", WEIGHTS | {"SE": float("nan")}, "SWE: nan is not"),
        ("weighted_mean", None, "weights belong"),
        ("mean", WEIGHTS, "weights belong"),
    ],
)
def test_weights_that_cannot_be_used(cube, rule, weights, words):
    if weights and "NO" in weights:
        weights = {key: one for key, one in weights.items() if key not in ("NOR", "Sverige")} | {
            "SE": weights.get("SE", 10.6)
        }
    with pytest.raises(BenchmarkError, match=words):
        group_value(cube, "egov.overall", "nordic", 2023, rule=rule, weights=weights)


def test_missing_members_are_named_and_refused(cube):
    with pytest.raises(NoData, match="Finland and Iceland") as told:
        group_value(cube, "gti.needs_met", "nordic", 2021, rule="mean")
    assert "60%" in str(told.value)
    assert "60\N{NO-BREAK SPACE}%" in told.value.text("sv")
    with pytest.raises(NoData):
        group_value(cube, "gti.needs_met", "nordic", 2021, rule="mean", min_coverage=0.61)


def test_a_part_of_a_group_is_marked_as_one(cube):
    view = group_value(cube, "gti.needs_met", "nordic", 2021, rule="mean", min_coverage=0.6)
    assert value(view) == 41
    assert view.coverage.asked == ("DNK", "FIN", "ISL", "NOR", "SWE")
    assert {one.what["en"] for one in view.coverage.missing} == {"Finland", "Iceland"}
    assert any("Only 3 of 5 members" in one["en"] for one in view.remarks)


def test_coverage_of_a_weighted_mean_counts_weights(cube):
    light = {"DK": 5.9, "NO": 5.5, "SE": 10.6, "FI": 0.1, "IS": 0.1}
    options = {"rule": "weighted_mean", "weights": light}
    view = group_value(cube, "gti.needs_met", "nordic", 2021, min_coverage=0.99, **options)
    assert len(view.to_frame()) == 4
    heavy = light | {"FI": 5.6}
    with pytest.raises(NoData):
        group_value(
            cube, "gti.needs_met", "nordic", 2021, rule="weighted_mean", weights=heavy,
            min_coverage=0.99,
        )  # fmt: skip


@pytest.mark.parametrize("part", [0, -1, 1.1, float("nan")])
def test_coverage_is_a_part(cube, part):
    with pytest.raises(BenchmarkError, match="min_coverage"):
        group_value(cube, "egov.overall", "nordic", 2023, rule="mean", min_coverage=part)


def test_membership_is_that_of_the_day(cube):
    def members(year, **options):
        options |= {"rule": "mean", "min_coverage": 0.5}
        view = group_value(cube, "egov.transparency", "eu", year, **options)
        return view.coverage.asked

    assert "GBR" in members(2019)
    assert "GBR" not in members(2020)
    assert "GBR" in members(2020, on="2020-01-31")


def test_members_that_are_not_comparable_are_refused(made):
    rows = [("DNK", 2020, 60.0), ("NOR", 2020, 50.0), ("SWE", 2020, 70.0)]
    cube = made(*rows, regime=["usual", "usual", "odd"])
    with pytest.raises(NotComparable, match="C13"):
        group_value(cube, "x.score", "DK, NO, SE", 2020, rule="mean")
    view = group_value(cube, "x.score", "DK, NO, SE", 2020, rule="mean", override="as asked")
    assert value(view) == 60
    assert view.verdict == "not_comparable"
    assert view.overrides[0].reason == "as asked"


def test_unknown_names_are_refused(cube):
    with pytest.raises(UnknownName):
        group_value(cube, "egov.overall", "atlantic", 2023, rule="mean")
    with pytest.raises(NoData, match="2023"):
        group_value(cube, "egov.overall", "nordic", 1999, rule="mean")


def test_powers_of_ten_are_resolved(made):
    rows = [("DNK", 2020, 60.0), ("NOR", 2020, 5.0)]
    view = group_value(made(*rows, unit_mult=[0, 1]), "x.score", "DK, NO", 2020, rule="mean")
    assert value(view) == 55
