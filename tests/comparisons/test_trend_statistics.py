"""Trends with their uncertainty: samples, rounding, several tests, slopes, equivalence."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep, proportions_ztest

from benchmark.cube import build
from benchmark.errors import BenchmarkError
from benchmark.figures import gather
from benchmark.registry import Registry
from benchmark.schema import LANGUAGES
from comparisons.texts import same
from comparisons.trend import trend
from sources.catalogue import load

SURVEY = {
    "mode": "web+phone",
    "question": "q",
    "scale": "agree5",
    "topbox": "2",
    "dk": "in_base",
    "age": [15, 89],
    "sampling": "probability",
    "method_version": "1",
    "deff": 1.0,
}
INDICATOR = {
    "title": same("Trust"),
    "description": same("d"),
    "programme": "survey",
    "concept": "c.share",
    "unit": "percent",
    "direction": 1,
    "base": "residents",
    "headline": True,
}


def regime(**facts):
    return {"title": same("r"), "programme": "survey", "facts": facts}


AGES = (89, 70, 55, 45, 38)
REGISTRY = Registry(
    concepts={name: {"title": same(name)} for name in ("c.share", "c.score", "c.place")},
    families={"c": {"title": same("C")}},
    programmes={
        "survey": {"title": same("S"), "publisher": "P", "facts": SURVEY},
        "shopping": {"title": same("M"), "publisher": "P", "facts": {"mode": "mystery_shopping"}},
        "register": {"title": same("R"), "publisher": "P", "facts": {"mode": "admin"}},
        "index": {"title": same("I"), "publisher": "P", "facts": {}},
    },
    regimes={
        "usual": regime(),
        "weighted": regime(deff=2.0),
        "unweighted_unknown": regime(deff=float("nan")),
        **{f"to_{age}": regime(age=[15, age]) for age in AGES},
    },
    indicators={
        "x.share": INDICATOR,
        "x.mean": INDICATOR | {"concept": "c.score", "unit": "score_0_100"},
        "x.place": INDICATOR
        | {"concept": "c.place", "unit": "rank", "direction": -1, "base": "services"},
        **{
            f"x.{name}": INDICATOR
            | {"concept": "c.score", "unit": unit, "base": base, "programme": name}
            for name, unit, base in (
                ("shopping", "score_0_100", "services"),
                ("register", "percent", "transactions"),
                ("index", "index_0_1", "countries"),
            )
        },
    },
    documents={"d1": {"title": "D", "publisher": "A", "date": "2024", "licence": "CC BY 4.0"}},
)


def cube(*rows, **columns):
    """Make a cube of `year, value` of Denmark, or of `country, year, value`."""
    rows = [row if len(row) == 3 else ("DNK", *row) for row in rows]
    frame = pd.DataFrame(rows, columns=["country", "year", "value"])
    frame["value"] = frame["value"].astype(float)
    whole = {"indicator": "x.share", "document": "d1", "locator": "1", "decimals": 0}
    frame = frame.assign(**({"period": frame["year"].astype(str)} | whole | columns))
    survey = frame["indicator"].isin(["x.share", "x.mean", "x.place"]).all()
    if "regime" not in frame:
        frame["regime"] = "usual" if survey else ""
    if "n" in frame and "n_role" not in frame:
        frame["n_role"] = np.where(frame["n"].notna(), "base", "")
    return build(gather({"made": frame}, REGISTRY), aggregates=True)


def line(view, year, country="DNK"):
    frame = view.to_frame()
    return frame[(frame["country"] == country) & (frame["year"] == year)].iloc[0]


def words(view, lang="en"):
    return "\n".join(one[lang] for one in view.remarks).replace("\u00a0", " ")


def plain(cells):
    return [cell.replace("\u00a0", " ") for cell in cells]


HELP = ((2022, 24), (2024, 18))


def test_a_change_between_known_samples_carries_its_interval_and_test():
    view = trend(cube(*HELP, n=[4000, 3937]), "x.share")
    row = line(view, 2024)
    counts, sizes = [0.18 * 3937, 0.24 * 4000], [3937, 4000]
    newcombe = confint_proportions_2indep(
        counts[0], sizes[0], counts[1], sizes[1], method="newcomb", compare="diff"
    )
    assert [row.sampling_low, row.sampling_high] == pytest.approx(
        [100 * one for one in newcombe], abs=1e-4
    )
    assert row.p_pooled == pytest.approx(proportions_ztest(counts, sizes)[1])
    assert row.z == pytest.approx(-6.582, abs=5e-4)
    assert row.p == row.p_holm < 1e-9
    assert [row.low, row.high] == [-7, -5]
    # Sampling and rounding together: 4.04 to 7.96 with symmetric standard errors.
    assert [row.interval_low, row.interval_high] == pytest.approx([-7.96, -4.04], abs=0.01)
    assert row.effect == pytest.approx(-0.1476, abs=5e-5)
    assert row.detectable == pytest.approx(1.79, abs=0.005)
    assert row.detectable_80 == pytest.approx(2.55, abs=0.005)
    assert row.smallest_shown == 3
    assert np.isnan(row.n_needed)
    shown = view.table().iloc[1]
    assert shown["Low"] == "-8.0"
    assert shown["High"] == "-4.0"
    assert plain([shown["Test"]]) == ["p < 0.0001"]
    assert shown["Respondents"] == "3,937"
    assert "1.8 percentage points or more (3 percentage points as printed)" in words(view)
    assert "allows for sampling and for rounding" in words(view)


def test_the_design_effect_of_the_figure_counts():
    row = line(trend(cube(*HELP, n=[4000, 3937], regime="weighted"), "x.share"), 2024)
    assert row.z == pytest.approx(-4.654, abs=5e-4)
    view = trend(cube((2021, 78), (2023, 78), n=4625, regime="weighted"), "x.share")
    point = line(view, 2023)
    assert [point.value_low, point.value_high] == pytest.approx([76.27, 79.64], abs=0.005)
    assert point.screen == "show"


@pytest.mark.parametrize("facts", [{}, {"n": [4000, 3937], "n_role": "total"}])
def test_without_the_base_nothing_is_tested(facts):
    view = trend(cube(*HELP, **facts), "x.share")
    row = line(view, 2024)
    assert np.isnan([row.p, row.p_holm, row.sampling_low, row.interval_low, row.value_low]).all()
    assert (row.change, row.low, row.high) == (-6, -7, -5)
    assert (row.n_needed, row.n_needed_rounding) == (353, 508)
    assert row.screen == ""
    shown = view.table("da").iloc[1]
    assert plain([shown["Test"]]) == ["kræver n ≥ 508"]
    assert "nothing is tested" in words(view)
    assert "Respondents" not in view.table().columns


def test_a_change_within_rounding_needs_more_than_a_sample():
    view = trend(cube((2021, 50), (2022, 49), (2023, 49)), "x.share")
    assert view.table()["Test"].tolist() == ["", "within rounding", "n not stated"]
    row = line(view, 2022)
    assert row.n_needed > 0
    assert np.isnan(row.n_needed_rounding)


def test_all_changes_of_a_view_are_one_family():
    rows = [("DNK", 2021, 50), ("DNK", 2022, 52), ("DNK", 2023, 55), ("NOR", 2021, 40)]
    view = trend(cube(*rows, ("NOR", 2022, 44), n=2000), "x.share")
    frame = view.to_frame()
    p = np.concatenate([frame["p"].dropna(), frame["end_p"].dropna()])
    adjusted = np.concatenate([frame["p_holm"].dropna(), frame["end_p_holm"].dropna()])
    assert len(p) == 4
    order = np.argsort(p)
    factors = np.maximum.accumulate(p[order] * [4, 3, 2, 1])
    assert adjusted[order] == pytest.approx(np.minimum(factors, 1))
    assert "for the 4 changes tested here" in words(view)
    assert "Denmark, 2021 to 2023: +5 percentage points (95% interval" in words(view)
    assert "p = " in words(view)


def test_bounds_name_what_they_rest_on():
    mixed = trend(cube((2021, 50), (2022, 60), (2023, 70), n=[900, 900, np.nan]), "x.share")
    row = line(mixed, 2023)
    assert (row.shown_low, row.shown_high) == (row.low, row.high) == (9, 11)
    first = line(mixed, 2022)
    assert (first.shown_low, first.shown_high) == (first.interval_low, first.interval_high)
    assert "elsewhere only what the rounded figures allow" in words(mixed)
    assert plain(mixed.table()["Test"]) == ["", "p < 0.0001", "needs n ≥ 214"]


def test_shares_with_samples_have_a_weighted_slope():
    view = trend(cube((2020, 24), (2021, 21), (2022, 18), n=[4000, 4625, 3937]), "x.share")
    row = line(view, 2022)
    assert row.slope_method == "weighted"
    assert row.slope == pytest.approx(-3)
    assert (row.slope_high - row.slope_low) / 2 / 1.959964 == pytest.approx(0.455, abs=5e-4)
    assert row.slope_statistic == pytest.approx(-6.56, abs=0.005)
    assert (row.since_slope, row.slope_points) == (2020, 3)
    assert view.to_frame()["slope"].count() == 1
    assert "T1" not in {note.id for note in view.notes}
    assert "-3.0 percentage points a year (95% interval -3.9 to -2.1); p < 0.0001" in words(view)
    assert "Cochran-Armitage" in words(view)


def test_five_points_without_samples_have_a_median_slope_on_real_years():
    years, values = (2019, 2020, 2021, 2022, 2024), (76, 77, 79, 78, 82)
    row = line(trend(cube(*zip(years, values, strict=True)), "x.share"), 2024)
    assert row.slope_method == "theil_sen"
    assert row.slope == pytest.approx(1.1)
    assert row.slope_statistic == 8
    assert row.slope_p == row.slope_p_holm == pytest.approx(0.0833, abs=5e-5)


TOO_FEW = {"en": "Too few points", "da": "For få punkter", "nb": "For få punkter"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_fewer_points_are_too_few(lang):
    view = trend(cube((2020, 24), (2021, 21), (2022, 18), (2023, 15)), "x.share")
    row = line(view, 2023)
    assert row.slope_method == "too_few"
    assert np.isnan([row.slope, row.slope_p]).all()
    assert TOO_FEW.get(lang, "För få punkter") in view.render("text", lang)


def test_a_declared_break_parts_the_slopes():
    rows = [(year, 50 + year % 7) for year in range(2010, 2021)]
    status = ["B" if year == 2015 else "A" for year, _ in rows]
    view = trend(cube(*rows, status=status), "x.share")
    frame = view.to_frame().set_index("year")
    assert frame["slope"].dropna().index.tolist() == [2014, 2020]
    assert frame.loc[[2014, 2020], "since_slope"].tolist() == [2010, 2015]
    assert frame["shift_p"].isna().all()
    assert "adjusted by Holm's method for the 2 slopes" in words(view)


def test_a_shift_nobody_declared_is_a_hint_only():
    values = [50] * 6 + [60, 61] * 3
    rows = [(2001 + k, value) for k, value in enumerate(values)]
    view = trend(cube(*rows), "x.share")
    row = line(view, 2012)
    assert row["shift"] == 2006
    assert row.shift_p < 0.05
    assert view.to_frame()["segment"].unique().tolist() == [1]
    assert "shifts most after 2006" in words(view)
    assert "not as a finding" in words(view)
    assert "shifts" not in words(trend(cube(*rows[1:10]), "x.share"))
    steady = trend(cube(*((year, 50 + year % 2) for year in range(2001, 2013))), "x.share")
    assert np.isfinite(line(steady, 2012).shift_p)
    assert "shifts" not in words(steady)


def test_overlapping_periods_have_a_slope_and_no_test():
    rows = [(2015 + k, 60 + k) for k in range(6)]
    periods = [f"{year - 1}/{year}" for year, _ in rows]
    view = trend(cube(*rows, indicator="x.shopping", period=periods), "x.shopping")
    row = line(view, 2020)
    assert row.slope == pytest.approx(1)
    assert np.isnan([row.slope_p, row.slope_p_holm, row.slope_low]).all()
    assert "no test, because the periods overlap" in words(view)


def test_all_points_of_a_slope_have_to_be_comparable():
    rows = [(2015 + k, 60 + k) for k in range(5)]
    made = cube(*rows, regime=[f"to_{age}" for age in AGES])
    view = trend(made, "x.share")
    assert set(view.to_frame()["verdict"]) == {"", "caution"}
    assert line(view, 2019).slope_method == "not_comparable"
    assert np.isnan(line(view, 2019).slope)
    assert "none, because not all of these points" in words(view)
    forced = trend(made, "x.share", override="to see the whole")
    assert line(forced, 2019).slope == pytest.approx(1)
    assert forced.verdict == "not_comparable"
    assert "C09" in forced.overrides[0].rules


def test_pairs_that_do_not_follow_each_other_are_noted_too():
    rows = [(2015 + k, 60 + k) for k in range(5)]
    view = trend(cube(*rows, regime=["usual", "usual", "to_70", "to_70", "to_70"]), "x.share")
    note = next(one for one in view.notes if one.id == "C09")
    assert "of 6 pairs" in note.texts["en"]
    assert note.severity == "C"


def test_many_slopes_are_counted():
    codes = ("DNK", "NOR", "SWE", "FIN", "ISL", "EST", "LVA", "LTU", "DEU", "FRA", "ITA", "ESP")
    rows = [(code, 2010 + k, 50 + 2 * k) for code in codes for k in range(9)]
    view = trend(cube(*rows), "x.share")
    assert "12 series have a slope: 12 rise and 0 fall" in words(view)
    assert words(view).count("Slope,") == 0


def test_unchanged_has_to_be_shown():
    view = trend(cube((2021, 78), (2023, 78), n=[4000, 4625]), "x.share", unchanged_within=2.0)
    row = line(view, 2023)
    assert row.equivalence_p == pytest.approx(0.0127, abs=5e-5)
    assert row.equivalence_p_holm > row.equivalence_p
    assert row.equivalence == "unchanged"
    assert view.table("nb").iloc[1]["Uendret"] == "påvist"
    assert "less than 2 percentage points" in words(view)
    tight = trend(cube((2021, 78), (2023, 78), n=[400, 462]), "x.share", unchanged_within=2.0)
    assert line(tight, 2023).equivalence == "not_shown"
    assert line(tight, 2023).p > 0.05
    far = trend(cube((2021, 60), (2023, 78), n=[4000, 4625]), "x.share", unchanged_within=2.0)
    assert line(far, 2023).equivalence == "changed"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_unchanged_is_refused_in_words_without_samples(lang):
    view = trend(cube((2021, 78), (2023, 78)), "x.share", unchanged_within=2)
    assert line(view, 2023).equivalence == "no_test"
    assert np.isnan(line(view, 2023).equivalence_p)
    told = {"en": "cannot be tested", "sv": "kan inte testas"}.get(lang, "kan ikke testes")
    assert told in words(view, lang)


def test_figures_of_no_sample_are_held_against_the_margin_directly():
    rows, facts = [(2020, 70), (2021, 71.4), (2022, 72), (2023, 76)], {"decimals": 1}
    made = cube(*rows, indicator="x.shopping", **facts)
    view = trend(made, "x.shopping", unchanged_within=1.5)
    told = view.to_frame()["equivalence"].tolist()
    assert told == ["", "unchanged", "unchanged", "changed"]
    assert trend(made, "x.shopping", unchanged_within=1.4).to_frame()["equivalence"][1] == (
        "not_shown"
    )
    assert "come from no sample" in words(view).replace("the figures come\n", "")


@pytest.mark.parametrize("margin", [0, -1, 100, float("nan"), float("inf")])
def test_a_margin_is_a_distance(margin):
    with pytest.raises(BenchmarkError, match="unchanged_within"):
        trend(cube(*HELP), "x.share", unchanged_within=margin)
    with pytest.raises(BenchmarkError, match="index_points"):
        trend(cube((2020, 0.5), (2022, 0.6), indicator="x.index"), "x.index", unchanged_within=2)


@pytest.mark.parametrize(
    ("indicator", "told"),
    [
        ("x.shopping", "assessors"),
        ("x.register", "administrative data"),
        ("x.index", "calculated for every country"),
        ("x.mean", "averages of answers"),
        ("x.place", "no interval, test or slope"),
    ],
)
def test_figures_without_sampling_error_say_why(indicator, told):
    values = (0.5, 0.6, 0.65, 0.7, 0.8) if indicator == "x.index" else (5, 6, 7, 8, 9)
    made = cube(*((2015 + k, v) for k, v in enumerate(values)), indicator=indicator, n=1000)
    view = trend(made, indicator)
    frame = view.to_frame()
    assert (
        frame[["p", "sampling_low", "interval_low", "value_low", "n_needed"]]
        .isna()
        .to_numpy()
        .all()
    )
    assert told in words(view)
    assert "Test" not in view.table().columns
    assert (frame["slope_method"].iloc[-1] == "") == (indicator == "x.place")


def test_fractions_are_told_in_percentage_points():
    registry = REGISTRY.indicators["x.share"] | {"unit": "fraction"}
    frame = pd.DataFrame(
        {"country": "DNK", "year": [2022, 2024], "value": [0.24, 0.18], "n": [4000, 3937]}
    ).assign(
        period=["2022", "2024"], indicator="x.f", document="d1", locator="1", regime="usual",
        decimals=2, n_role="base",
    )  # fmt: skip
    changed = replace(REGISTRY, indicators={"x.f": registry})
    row = line(trend(build(gather({"made": frame}, changed)), "x.f"), 2024)
    assert row.change == pytest.approx(-6)
    assert [row.interval_low, row.interval_high] == pytest.approx([-7.96, -4.04], abs=0.01)
    assert row.value_low == pytest.approx(0.1683, abs=5e-5)
    assert row.smallest_shown == 3


@settings(max_examples=15, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 100), st.one_of(st.none(), st.integers(100, 9000))),
        min_size=2,
        max_size=6,
    )
)
def test_what_always_holds(points):
    rows = [(2015 + k, value) for k, (value, _) in enumerate(points)]
    n = [np.nan if size is None else size for _, size in points]
    frame = trend(cube(*rows, n=n), "x.share", unchanged_within=3).to_frame()
    tested = frame[frame["p"].notna()]
    assert (tested["interval_low"] <= tested["sampling_low"] + 1e-9).all()
    assert (tested["interval_high"] >= tested["sampling_high"] - 1e-9).all()
    assert tested["change"].between(tested["interval_low"], tested["interval_high"]).all()
    assert (tested["p_holm"] >= tested["p"]).all()
    assert (tested["equivalence"] != "no_test").all()
    untested = frame[frame["p"].isna() & frame["change"].notna()]
    assert (untested["equivalence"] == "no_test").all()
    assert untested["sampling_low"].isna().all()


@pytest.fixture(name="shipped")
def shipped_figures():
    return load()


def test_shipped_figures(shipped):
    trust = trend(shipped, "dst.trust_digital_services").to_frame().set_index("year")
    assert trust.loc[2021, ["value_low", "value_high"]].tolist() == pytest.approx(
        [76.4, 79.5], abs=0.05
    )
    assert trust.loc[2023, "end_p"] == 1
    assert trust.loc[2023, "end_interval_high"] == pytest.approx(2.1, abs=0.05)
    help_needed = trend(shipped, "dst.help_needed").to_frame().set_index("year")
    assert help_needed.loc[2024, "n_needed_rounding"] == 508
    index = trend(shipped, "un.egdi", "nordic")
    assert index.to_frame()["slope"].count() == 5
    assert index.to_frame()["since_slope"].dropna().unique().tolist()[-1] == 2012
