import pytest

from benchmark.errors import BenchmarkError, NoData, UnknownName
from comparisons.ranking import ranking
from comparisons.selection import asked_countries, select, split_missing
from comparisons.table import table
from comparisons.trend import trend


def test_cells_with_what_their_figures_say(cube):
    row = select(cube, ["dst.trust_digital_services"], ["DNK"], [2023]).iloc[0]
    assert row[["value", "unit", "decimals", "qualifier"]].tolist() == [78, "percent", 0, "exact"]
    assert row["locator"] == "000:21"


def test_unknown_and_absent_indicators(cube):
    with pytest.raises(UnknownName, match=r"dst\.trust_digital_services"):
        select(cube, ["dst.trust"])
    with pytest.raises(NoData, match=r"no figure of digst\.written_communication stands"):
        select(cube, ["digst.written_communication"])


def test_cells_that_were_changed_are_refused(cube):
    with pytest.raises(BenchmarkError, match="arithmetic was done"):
        select(cube.assign(value=cube["value"] + 1))
    with pytest.raises(BenchmarkError, match="arithmetic was done"):
        select(cube.assign(obs=cube["obs"].roll(indicator=1)))
    assert len(select(cube.isel(country=slice(0, 3)))) > 0


def test_countries_in_any_language(cube):
    assert asked_countries(cube, ["Danmark", "Ruotsi", "no"]) == ("DNK", "SWE", "NOR")
    assert set(asked_countries(cube, "nordic")) == {"DNK", "FIN", "ISL", "NOR", "SWE"}
    assert asked_countries(cube, None) == tuple(cube["country"].values.tolist())


def test_averages_are_not_asked_for_by_default():
    from sources.catalogue import load

    wide = load(aggregates=True)
    assert "EU27_2020" in wide["country"].values
    assert "EU27_2020" not in asked_countries(wide, None)
    assert "EU27_2020" not in set(table(wide, "nordic").data["country"])
    view = ranking(wide, "egov.transparency", 2020)
    assert view.to_frame().set_index("country").loc["NOR", ["rank", "n"]].tolist() == [18, 36]
    assert not any(code.startswith("EU") for code in view.data["country"])
    assert not any(
        code.startswith("EU") for code in trend(wide, "egov.transparency").data["country"]
    )


def test_a_missing_value_leaves_with_its_reason(made):
    whole = select(made(("DNK", 2020, float("nan")), ("NOR", 2020, 1.0), status=["L", "A"]))
    left, gone = split_missing(whole)
    assert left["country"].tolist() == ["NOR"]
    assert [(row["country"], reason["sv"]) for row, reason in gone] == [("DNK", "inte insamlat")]


def test_comparators_take_a_lazy_cube(cube):
    pytest.importorskip("dask.array")
    lazy = cube.chunk({"indicator": 10})
    for make in (
        lambda c: ranking(c, "egov.overall", 2023, "nordic"),
        lambda c: trend(c, "egov.overall", "NO"),
        table,
    ):
        assert make(lazy).render("json") == make(cube).render("json")
