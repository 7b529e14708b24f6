from typing import Any

import numpy as np
import pytest

from benchmark.errors import BenchmarkError
from benchmark.rules import compare
from benchmark.rules.columns import encode, from_mappings
from tests.benchmark.rules.figures import REGISTER, SURVEY


def figure(**facts: Any) -> dict[str, Any]:
    return from_mappings([facts]).figure(0)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("DK", "DNK"),
        ("dk", "DNK"),
        ("DNK", "DNK"),
        ("EL", "GRC"),
        ("GR", "GRC"),
        ("UK", "GBR"),
        ("GBR", "GBR"),
        ("XK", "XKX"),
        ("Danmark", "DNK"),
    ],
)
def test_countries(written: str, code: str) -> None:
    assert figure(country=written)["country"] == code


@pytest.mark.parametrize(
    ("written", "code"),
    [("EU27_2020", "EU27_2020"), ("W36", "W36"), ("OECD22", "OECD22"), ("EU28", "EU28")],
)
def test_aggregates_need_their_scope(written: str, code: str) -> None:
    read = figure(country=written, geo_scope="aggregate")["country"]
    assert read == code or from_mappings([{"country": code, "geo_scope": "aggregate"}])
    with pytest.raises(BenchmarkError, match="needs geo_scope 'aggregate'"):
        figure(country=written)


def test_unknown_countries_are_all_named() -> None:
    with pytest.raises(BenchmarkError, match=r"(?s)'ENG'.*'QQ'"):
        from_mappings([{"country": "QQ"}, {"country": "DK"}, {"country": "ENG"}])


WRONG: list[tuple[str, Any, str]] = [
    ("country", 45, "an ISO 3166-1 alpha-2 or alpha-3 code"),
    ("area", 4.5, "a text"),
    ("geo_scope", "local", "one of national, subnational, selected_best, aggregate"),
    ("concept", ["trust"], "a text"),
    ("direction", 0, "1 .higher is better. or -1"),
    ("direction", True, "1 .higher is better. or -1"),
    ("direction", "up", "1 .higher is better. or -1"),
    ("unit", True, "a text"),
    ("value", "78", "a number"),
    ("value", True, "a number"),
    ("value", float("inf"), "a number"),
    ("decimals", 0.5, "a whole number from 0 to 15"),
    ("decimals", -1, "a whole number from 0 to 15"),
    ("base", "people", "one of residents, internet_users"),
    ("age", [15], r"\[lowest, highest\]"),
    ("age", "15-89", r"\[lowest, highest\]"),
    ("age", [15.5, 20], r"\[lowest, highest\]"),
    ("age", [89, 15], "lowest is above the highest"),
    ("age", [-1, 15], r"\[lowest, highest\]"),
    ("period", "20x3", "expected YYYY"),
    ("period", 2023.5, "a text"),
    ("mode", "telephone", "one of web, paper, phone"),
    ("version_break", "yes", "true or false"),
    ("series_breaks", 2021, "a list of years"),
    ("series_breaks", [2021.5], "a list of years"),
    ("series_breaks", ["2021"], "a list of years"),
    ("obs_status", ["X"], "unknown observation status 'X'"),
    ("obs_status", [1], "a list of SDMX CL_OBS_STATUS codes"),
    ("dk", "in", "one of in_base, excluded"),
    ("n", 0, "the number of respondents"),
    ("n", "4625", "the number of respondents"),
    ("n_role", "all", "one of base, total"),
    ("deff", 0, "a positive design effect"),
    ("sampling", "random", "one of probability, nonprobability"),
    ("pool_size", 35.5, "a whole number of countries"),
    ("tie", "1234", "one of 1224, 1334, 1223, frac"),
    ("source_type", "web", "one of primary, press_release, secondary"),
    ("events", "2012-12-01", "a list of days"),
    ("events", ["2012/2013"], "expected a day"),
    ("events", ["2012-13"], "month 13"),
    ("events", [{"title": "law"}], "expected a day"),
    ("claim", 6, "a mapping with value and unit"),
]


@pytest.mark.parametrize(("key", "value", "expected"), WRONG)
def test_a_wrong_value_is_named_with_what_was_expected(key: str, value: Any, expected: str) -> None:
    with pytest.raises(BenchmarkError, match=expected) as caught:
        compare({**REGISTER, key: value}, REGISTER)
    assert key in str(caught.value)
    assert "figure 1" in str(caught.value)


def test_unknown_keys_are_suggested() -> None:
    with pytest.raises(BenchmarkError, match="'progamme'; did you mean 'programme'"):
        figure(progamme="x")
    with pytest.raises(BenchmarkError, match="'zzzz'; known keys: country"):
        figure(zzzz="x")


def test_all_faults_at_once() -> None:
    with pytest.raises(BenchmarkError) as caught:
        from_mappings([{"period": "soon", "n": -1}, {"mode": "fax", "colour": "red"}])
    for part in ("'soon' (figure 1)", "n -1 (figure 1)", "'fax' (figure 2)", "'colour'"):
        assert part in str(caught.value)


def test_a_figure_must_be_a_mapping() -> None:
    with pytest.raises(BenchmarkError, match="described by a mapping"):
        compare("DNK/x/2023", {})  # type: ignore[arg-type]


@pytest.mark.parametrize("absent", [None, "", [], float("nan"), np.nan])
def test_ways_to_say_unknown(absent: object) -> None:
    for key in ("programme", "n", "age", "obs_status", "value"):
        assert key not in figure(**{key: absent})


def test_numbers_and_texts_are_read_generously() -> None:
    read = figure(period=2023, wave=2023, n=4625.0, decimals=0.0, direction=1.0, age=(15.0, 89))
    assert read["period"] == read["wave"] == "2023"
    assert (read["n"], read["direction"], read["age"]) == (4625, 1, (15, 89))
    assert figure(age=[16, float("inf")])["age"] == (16, None)
    assert figure(obs_status="P E")["obs_status"] == ("E", "P")
    assert figure(attitudinal=np.bool_(True), value=np.float64(0.5))["value"] == 0.5


@pytest.mark.parametrize(
    ("value", "decimals"),
    [(78, 0), (78.0, 1), (91.25, 2), (np.float64(0.884), 3), (np.int64(5), 0)],
)
def test_decimals_as_written(value: Any, decimals: int) -> None:
    assert figure(value=value)["decimals"] == decimals
    assert figure(value=value, decimals=2)["decimals"] == 2


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"unit": "percent", "value": 100.5}, "0 to 100 for the unit percent"),
        ({"unit": "percent", "value": -1}, "0 to 100"),
        ({"unit": "fraction", "value": 78}, "0 to 1 for the unit fraction"),
        ({"unit": "rank", "value": 0}, "1 or more for the unit rank"),
        ({"unit": "rank", "value": 36, "pool_size": 35}, "1 to 35 for the unit rank"),
        ({"unit": "net_points", "value": -101}, "-100 to 100"),
    ],
)
def test_impossible_values(facts: dict[str, Any], expected: str) -> None:
    with pytest.raises(BenchmarkError, match=expected):
        figure(**facts)


def test_possible_values() -> None:
    for unit, value in (
        ("pp", -150),
        ("rel_change_percent", 300),
        ("net_points", -100),
        ("odd", -1),
    ):
        assert figure(unit=unit, value=value)["value"] == value


def test_the_scope_is_national_unless_stated() -> None:
    assert figure()["geo_scope"] == "national"
    assert figure(geo_scope="selected_best")["geo_scope"] == "selected_best"


def test_equal_periods_have_one_code() -> None:
    columns = from_mappings([{"period": "2023"}, {"period": "2023-01/2023-12"}, {"period": "2022"}])
    assert columns.codes["period"].tolist() == [0, 0, 1]


def test_unused_values_of_a_table_do_no_harm() -> None:
    values = {"country": (["DK", "NO"], np.array([1])), "value": ([1.5, 2], np.array([0]))}
    assert encode(values, 1).figure(0)["country"] == "NOR"


def test_input_is_left_alone() -> None:
    before = dict(SURVEY)
    compare(SURVEY, SURVEY)
    assert before == SURVEY
