import numpy as np
import pytest

from benchmark.errors import NoData, NotComparable
from benchmark.schema import LANGUAGES
from comparisons.convergence import FEWEST, convergence
from comparisons.stats.convergence import beta

COUNTRIES = ("DNK", "NOR", "SWE", "FIN", "ISL", "EST", "LVA", "LTU", "DEU", "FRA", "NLD", "BEL")


def table(years, countries=COUNTRIES, seed=1):
    random = np.random.default_rng(seed)
    start = random.uniform(20, 60, len(countries))
    return [
        (code, year, float(80 - (80 - level) * 0.9**step))
        for code, level in zip(countries, start, strict=True)
        for step, year in enumerate(years)
    ]


@pytest.fixture(scope="module")
def nordic(cube):
    return convergence(cube, "un.egdi", "nordic", [2014, 2016, 2018])


def test_nordic_countries_drift_apart_on_the_egdi(nordic):
    frame = nordic.to_frame().set_index("year")
    assert frame["cv"][2014] == pytest.approx(0.0201, abs=5e-5)
    assert frame["cv"][2018] == pytest.approx(0.0326, abs=5e-5)
    line = beta(*frame.loc[[2014, 2018], ["DNK", "FIN", "ISL", "NOR", "SWE"]].to_numpy(), 4)
    assert line.slope == pytest.approx(-0.113, abs=5e-4)
    assert line.p == pytest.approx(0.64, abs=5e-3)


def test_five_countries_get_sigma_only(nordic):
    frame = nordic.to_frame()
    assert frame["slope"].isna().all()
    assert "slope" not in [one.name for one in nordic.columns]
    for lang in LANGUAGES:
        assert any(str(FEWEST) in one[lang] and "eta" in one[lang] for one in nordic.remarks)
    told = " ".join(one["en"] for one in nordic.remarks)
    assert "Neither drawing together nor moving apart can be claimed" in told
    assert frame["gamma"].between(0, 1)[1:].all()


def test_a_break_refuses_and_names_the_parts(cube):
    with pytest.raises(NotComparable, match="2010 and 2012-2022") as told:
        convergence(cube, "un.egdi", "nordic")
    assert "C30" in str(told.value)
    assert {finding.rule for finding in told.value.findings} == {"C30"}
    with pytest.raises(NotComparable, match="2017-2019 and 2020-2023"):
        convergence(cube, "egov.overall", "eu")


def test_an_override_goes_over_a_break(cube):
    view = convergence(cube, "un.egdi", "nordic", [2010, 2018], override="for the record")
    assert view.verdict == "not_comparable"
    assert view.overrides[0].rules == ("C30",)


def test_europe_draws_together(cube):
    view = convergence(cube, "egov.overall", "eu", [2020, 2021, 2022, 2023])
    last = view.to_frame().iloc[-1]
    assert last["n"] == 27
    assert last["ratio_high"] < 1
    assert last["slope_high"] < 0
    told = " ".join(one["en"] for one in view.remarks)
    assert "drew together" in told
    assert "regression to the mean" in told
    assert view.verdict == "caution"


def test_who_lacks_a_year_leaves_and_is_named(made):
    rows = [row for row in table([2019, 2020, 2021]) if row[:2] != ("SWE", 2020)]
    view = convergence(made(*rows), "x.score", years=[2019, 2020, 2021])
    assert view.to_frame()["n"].unique().tolist() == [11]
    assert "SWE" not in view.to_frame()
    (gone,) = view.coverage.missing
    assert (gone.what["en"], gone.reason["en"]) == ("Sweden", "no figure for 2020")


def test_without_years_those_that_all_have_are_taken(made):
    rows = [row for row in table([2019, 2020, 2021]) if row[:2] != ("SWE", 2020)]
    view = convergence(made(*rows), "x.score")
    assert view.to_frame()["year"].tolist() == [2019, 2021]
    assert view.to_frame()["n"].unique().tolist() == [12]


def test_who_has_a_break_of_its_own_leaves(made):
    rows = table([2019, 2020])
    regime = ["later" if row[:2] == ("SWE", 2020) else "usual" for row in rows]
    view = convergence(made(*rows, regime=regime), "x.score")
    assert [one.what["en"] for one in view.coverage.missing] == ["Sweden"]
    assert "SWE/2020" not in {cell for note in view.notes for cell in note.touches}


def test_who_stands_apart_in_one_year_leaves(made):
    rows = table([2019, 2020])
    regime = ["odd" if row[0] == "SWE" else "usual" for row in rows]
    view = convergence(made(*rows, regime=regime), "x.score")
    assert [one.what["en"] for one in view.coverage.missing] == ["Sweden"]
    assert "2020" in view.coverage.missing[0].reason["en"]


def test_two_years_are_needed(made):
    with pytest.raises(NoData, match="two years"):
        convergence(made(*table([2020])), "x.score")
    with pytest.raises(NoData, match="1999"):
        convergence(made(*table([2019, 2020])), "x.score", years=[1999, 2020])
    with pytest.raises(NotComparable, match="there is 1"):
        convergence(made(*table([2019, 2020], ("DNK",))), "x.score")


def test_a_printed_rank_does_not_converge(cube):
    with pytest.raises(NotComparable, match=r"un\.egdi"):
        convergence(cube, "un.egdi_rank", "nordic")


def test_a_path_that_converges_is_found(made):
    view = convergence(made(*table(range(2012, 2022))), "x.score")
    last = view.to_frame().iloc[-1]
    assert last["gamma"] == pytest.approx(1)
    assert last["sd_ratio"] == pytest.approx(0.9**9)
    assert last["slope"] < 0
    assert last["slope_half_life"] > 0


def test_equal_countries_have_no_spread_and_no_interval(made):
    rows = [(code, year, 50.0) for code in COUNTRIES for year in (2019, 2020)]
    view = convergence(made(*rows), "x.score")
    assert view.to_frame()["sd"].tolist() == [0, 0]
    told = " ".join(one["en"] for one in view.remarks)
    assert "no interval" in told
    assert "Beta is not defined" in told


def test_the_order_of_rows_does_not_matter(made):
    rows = table([2019, 2020, 2021])
    one, other = (convergence(made(*order), "x.score") for order in (rows, rows[::-1]))
    assert one.to_frame().drop(columns="notes").equals(other.to_frame().drop(columns="notes"))
