from pathlib import Path

import numpy as np
import pytest
import xarray as xr
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmark.addresses import others
from benchmark.cube import FLAGS, build, cells, evidence_of, last_day
from benchmark.errors import BenchmarkError, InvalidFigures, NoData, UnknownName
from benchmark.figures import gather
from tests.benchmark.small import evidence, frame, registry


def test_cells_hold_value_status_and_the_row_behind(tmp_path: Path) -> None:
    held = evidence(tmp_path, {}, {"country": "NOR", "value": 47, "status": "P B"})
    cube = build(held)
    assert dict(cube.sizes) == {"country": 2, "indicator": 1, "year": 1}
    cell = cube.sel(country="NOR", indicator="survey.trust", year=2023)
    assert float(cell.value) == 47
    assert FLAGS[int(cell.status)] == "B"
    assert held.figures["country"].iloc[int(cell.obs)] == "NOR"
    assert cube.unit.sel(indicator="survey.trust") == "percent"
    assert cube.attrs["figures"] == held.hash
    assert evidence_of(cube.sel(country=["NOR"])) is held


def test_only_national_observed_totals_enter(tmp_path: Path) -> None:
    held = evidence(
        tmp_path,
        {},
        {"country": "NOR", "kind": "target"},
        {"country": "SWE", "kind": "claim"},
        {"country": "FIN", "confidence": "low"},
        {"country": "ISL", "breakdown": "age=65-89"},
        {"country": "EU27_2020", "geo_scope": "aggregate"},
        {"area": "Hjørring", "geo_scope": "selected_best", "value": 92},
    )
    assert build(held).country.values.tolist() == ["DNK"]
    assert build(held, aggregates=True).country.values.tolist() == ["DNK", "EU27_2020"]
    assert build(held, breakdown="age=65-89").country.values.tolist() == ["ISL"]
    with pytest.raises(NoData, match=r"did you mean age=65-89"):
        build(held, breakdown="age=65")


def test_as_of_counts_an_imprecise_day_as_its_last(tmp_path: Path) -> None:
    held = evidence(
        tmp_path,
        {"published": "2023-05"},
        {"country": "NOR", "published": "2023"},
        {"country": "SWE", "published": "2023-05-02"},
        {"country": "FIN", "published": ""},
    )
    names = {
        day: build(held, as_of=day).country.values.tolist()
        for day in ("2023-05-02", "2023-05-30", "2023-05-31", "2023-05", "2023-12-30", "2024")
    }
    assert names == {
        "2023-05-02": ["SWE"],
        "2023-05-30": ["SWE"],
        "2023-05-31": ["DNK", "SWE"],
        "2023-05": ["DNK", "SWE"],
        "2023-12-30": ["DNK", "SWE"],
        "2024": ["DNK", "NOR", "SWE"],
    }
    with pytest.raises(NoData, match="published by 2022"):
        build(held, as_of="2022")
    with pytest.raises(BenchmarkError, match="is no day"):
        build(held, as_of="May")


@pytest.mark.parametrize("text", ["2023-13", "2023-02-30", "23", "2023-05-01-02", "", "2023-"])
def test_a_day_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(BenchmarkError, match="is no day"):
        last_day(text)


def test_the_newest_edition_wins_and_the_others_stay_known(tmp_path: Path) -> None:
    held = evidence(tmp_path, {"edition": "2022", "value": 70}, {"edition": "2024", "value": 74})
    cube = build(held)
    assert float(cube.value.squeeze()) == 74
    row = int(cube.obs.squeeze())
    assert [held.figures["value"].iloc[other] for other in others(held, row)] == [70]


def test_contradictions_are_settled_or_refused(tmp_path: Path) -> None:
    rival = {"period": "2022-07/2023-06", "value": 75}
    held = evidence(tmp_path, {}, {**rival, "source_type": "secondary"})
    assert float(build(held).value.squeeze()) == 78
    tied = evidence(tmp_path, {}, rival)
    with pytest.raises(InvalidFigures, match=r"two figures answer for one cell[\s\S]*78 .*75"):
        build(tied)


def test_arithmetic_loses_the_figures_and_is_refused(tmp_path: Path) -> None:
    cube = build(evidence(tmp_path, {}))
    with pytest.raises(BenchmarkError, match="arithmetic drops it"):
        evidence_of(cube.value * 2)
    with pytest.raises(BenchmarkError, match="keep its attributes"):
        evidence_of(xr.Dataset({"obs": cube.obs}))


def test_cells_are_listed_and_unknown_indicators_named(tmp_path: Path) -> None:
    held = evidence(tmp_path, {}, {"country": "NOR", "value": 47}, {"period": "2021", "year": 2021})
    cube = build(held)
    table = cells(cube, ["survey.trust"], ["NOR", "SWE"])
    assert table[["country", "year", "value"]].values.tolist() == [["NOR", 2023, 47.0]]
    assert len(cells(cube)) == 3
    assert cells(cube, years=[2020]).empty
    with pytest.raises(UnknownName, match=r"survey\.gone"):
        cells(cube, ["survey.gone"])


@settings(deadline=None, max_examples=60)
@given(
    st.dictionaries(
        st.tuples(st.sampled_from(["DNK", "FIN", "ISL", "NOR", "SWE"]), st.integers(2000, 2030)),
        st.floats(0, 100),
        min_size=1,
    )
)
def test_every_figure_is_found_in_its_cell_and_nothing_else(
    tmp_path_factory: pytest.TempPathFactory, values: dict[tuple[str, int], float]
) -> None:
    rows = [
        {"country": country, "period": str(year), "year": year, "value": value}
        for (country, year), value in values.items()
    ]
    folder = tmp_path_factory.mktemp("registry")
    cube = build(gather({"f": frame(*rows)}, registry(folder)))
    assert int(cube.value.notnull().sum()) == int((cube.obs >= 0).sum()) == len(values)
    for (country, year), value in values.items():
        assert float(cube.value.sel(country=country, year=year).squeeze()) == value
    assert np.all(cube.status.values[cube.obs.values < 0] == 0)
