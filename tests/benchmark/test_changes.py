from typing import Any

import numpy as np
import pytest
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st

from benchmark.changes import difference, relative_change
from benchmark.errors import BenchmarkError, UnitMismatch, UnknownName

RELATIVE = ["percent", "fraction", "score_0_100", "index_0_1", "count"]
numbers = st.floats(-1000, 1000)


def cube(values: list[list[float]], units: list[str], countries: str = "DNK NOR") -> xr.DataArray:
    """Make a small array of figures, dims (indicator, country)."""
    coords = {
        "indicator": [f"i{k}" for k in range(len(units))],
        "country": countries.split(),
        "unit": ("indicator", units),
    }
    array = xr.DataArray(values, coords=coords, dims=("indicator", "country"))
    array.attrs["units"] = "percent"
    return array


@pytest.mark.parametrize(
    ("name", "factor", "change"),
    [
        ("percent", 1, "pp"),
        ("fraction", 100, "pp"),
        ("score_0_100", 1, "points"),
        ("index_0_1", 1, "index_points"),
        ("rank", 1, "places"),
        ("net_points", 1, "pp"),
        ("count", 1, "count"),
        ("pp", 1, "pp"),
    ],
)
def test_differences_and_their_units(name: str, factor: float, change: str) -> None:
    values, unit = difference(np.array([3.0, 1.0]), np.array([2.0, 2.0]), name)
    assert values.tolist() == [factor, -factor]
    assert unit == change


def test_lists_and_numbers() -> None:
    assert difference(78, 47, "percent") == (31, "pp")
    assert difference([78, 47], [70, 50], "percent")[0].tolist() == [8, -3]
    assert relative_change([49.0], (33.0,), "percent")[0].tolist() == [pytest.approx(1600 / 33)]


def test_missing_values_stay_missing() -> None:
    values, _ = difference([78.0, np.nan], [47.0, 50.0], "percent")
    assert np.isnan(values).tolist() == [False, True]


@pytest.mark.parametrize("zero", [0, 0.0, np.array([0.0]), [0.0], xr.DataArray([0.0], dims="x")])
def test_no_relative_change_from_zero(zero: Any) -> None:
    values, unit = relative_change(
        np.array([3.0]) if isinstance(zero, list) else 3.0, zero, "count"
    )
    assert np.isnan(values).all()
    assert unit == "rel_change_percent"


@pytest.mark.parametrize("name", ["rank", "net_points", "pp", "rel_change_percent", "places"])
def test_some_units_have_no_relative_change(name: str) -> None:
    with pytest.raises(UnitMismatch, match="has no nought to count percent from"):
        relative_change(18, 16, name)


def test_a_data_array_says_its_unit_in_a_coordinate() -> None:
    shares = cube([[78, 47], [50, 60]], ["percent", "percent"])
    values, unit = difference(shares, shares.shift(country=1))
    assert unit == "pp"
    assert values.sel(country="NOR").values.tolist() == [-31, 10]
    assert set(values.coords["unit"].values) == {"pp"}
    assert values.attrs == {}, "the attribute said percent"
    one, unit = difference(shares.isel(indicator=0), 40)
    assert (one.coords["unit"].item(), unit) == ("pp", "pp")
    relative, unit = relative_change(shares.isel(indicator=0), shares.isel(indicator=1))
    assert relative.coords["unit"].item() == unit == "rel_change_percent"
    assert relative.values[0] == 56


def test_several_units_do_not_subtract() -> None:
    mixed = cube([[78, 47], [18, 16]], ["percent", "rank"])
    with pytest.raises(UnitMismatch, match=r"several units \(percent, rank\)"):
        difference(mixed, mixed)
    shares, ranks = mixed.isel(indicator=0), mixed.isel(indicator=1)
    with pytest.raises(UnitMismatch, match="several units"):
        difference(shares, ranks)
    with pytest.raises(UnitMismatch, match="several units"):
        relative_change(shares, 3.0, "rank")


def test_a_country_never_vanishes() -> None:
    nordic = cube([[78, 47]], ["percent"])
    with pytest.raises(BenchmarkError, match="do not cover the same countries"):
        difference(nordic, nordic.sel(country=["DNK"]))
    with pytest.raises(BenchmarkError, match="do not cover the same countries"):
        relative_change(nordic, cube([[78, 47]], ["percent"], "DNK SWE"))
    with pytest.raises(BenchmarkError, match="do not cover the same countries"):
        difference(np.zeros(3), np.zeros(2), "percent")


def test_the_unit_must_be_known() -> None:
    with pytest.raises(BenchmarkError, match="the unit of the values is not known"):
        difference(78, 47)
    with pytest.raises(UnknownName, match="no unit is called 'points of percent'"):
        difference(78, 47, "points of percent")


@given(st.sampled_from([*RELATIVE, "rank", "net_points", "pp"]), numbers, numbers)
def test_a_difference_turns_round_with_its_sides(name: str, x: float, y: float) -> None:
    assert difference(x, y, name)[0] == -difference(y, x, name)[0]


@given(st.sampled_from(RELATIVE), st.floats(0.01, 1000), st.floats(0.01, 1000))
def test_a_relative_change_leads_from_one_value_to_the_other(
    name: str, now: float, before: float
) -> None:
    change, _ = relative_change(now, before, name)
    assert before * (1 + change / 100) == pytest.approx(now)


@given(st.lists(st.tuples(numbers, numbers), min_size=1))
def test_arrays_are_done_one_by_one(pairs: list[tuple[float, float]]) -> None:
    a, b = np.array(pairs).T
    values, _ = difference(a, b, "fraction")
    assert values.tolist() == [difference(x, y, "fraction")[0] for x, y in pairs]
