from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmark.errors import BenchmarkError
from benchmark.periods import MONTH, YEAR, last_year, parse, shared


@pytest.mark.parametrize(
    ("text", "midpoint"),
    [
        ("2021", 2021.5),
        ("2020/2021", 2021.0),
        ("2021-11", 2021.875),
        ("2012-09/2012-11", 2012.0 + 9.5 / 12),
        ("2021-11-01/2021-11-30", 2021.875),
        ("2021-01-01/2021-12-31", 2021.5),
        ("2021-01", 2021 + 0.5 / 12),
        ("2021/2021", 2021.5),
    ],
)
def test_midpoint(text: str, midpoint: float) -> None:
    assert parse(text).midpoint == midpoint


@pytest.mark.parametrize("day", ["2023-02-10", "2024-02-29", "2023-04-30", "2023-12-31"])
def test_every_day_and_its_middle_are_whole_units(day: str) -> None:
    period = parse(day)
    assert Fraction(period.start + period.end, 2) == period.middle
    assert period.length * {2: 28, 4: 30, 12: 31}[int(day[5:7])] == MONTH or day == "2024-02-29"
    assert period.last_day == date.fromisoformat(day)


def test_middles_of_equal_stretches_are_equal() -> None:
    assert parse("2021-04/2021-09").middle == parse("2021-01/2021-12").middle
    assert parse("2021-01").middle + YEAR // 4 == parse("2021-04").middle


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("20x3", "expected YYYY"),
        ("", "expected YYYY"),
        ("2023-Q1", "expected YYYY"),
        ("2023/", "expected YYYY"),
        ("2019/20", "expected YYYY"),
        ("2019/2020/2021", "expected YYYY"),
        ("0000", "expected YYYY"),
        ("2023-13", "names month 13"),
        ("2023-00", "names month 00"),
        ("2023-02-29", "2023-02 has 28 days"),
        ("2023-04-00", "names day 00"),
        ("2021/2020", "ends before it starts"),
        ("2021-05/2021-04", "ends before it starts"),
    ],
)
def test_unreadable_period(text: str, complaint: str) -> None:
    with pytest.raises(BenchmarkError, match=complaint):
        parse(text)


@pytest.mark.parametrize(
    ("text", "shortest"),
    [
        ("2023", "2023"),
        ("2023-01/2023-12", "2023"),
        ("2023-01-01/2023-12-31", "2023"),
        ("2019-01/2020-12", "2019/2020"),
        ("2012-09/2012-11", "2012-09/2012-11"),
        ("2021-02-01/2021-02-28", "2021-02"),
        ("2021-02-01/2021-02-27", "2021-02-01/2021-02-27"),
        ("2021-02-03", "2021-02-03"),
        ("2021-06/2022", "2021-06/2022-12"),
    ],
)
def test_shortest_form(text: str, shortest: str) -> None:
    assert parse(text).text == shortest
    assert parse(shortest) == parse(text)


@pytest.mark.parametrize(
    ("a", "b", "common"),
    [
        ("2019/2020", "2020/2021", "2020"),
        ("2020", "2021", ""),
        ("2021-03-01/2021-03-10", "2021-03-20/2021-04-10", "2021-03"),
        ("2020", "2020-11/2021-02", "2020-11/2020-12"),
        ("2018/2021", "2019/2020", "2019/2020"),
    ],
)
def test_shared_months(a: str, b: str, common: str) -> None:
    assert shared(a, b) == shared(b, a) == common


def test_last_year_of_a_period_that_ends_with_a_year() -> None:
    assert [last_year(text) for text in ("2020", "2020-12-31", "2019/2020-01")] == [2020] * 3


days = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@given(days, days)
def test_a_stretch_of_days_is_read_back(one: date, other: date) -> None:
    first, last = sorted((one, other))
    period = parse(f"{first}/{last}")
    assert period.last_day == last
    assert parse(period.text) == period
    assert period.length > 0
    assert parse(str(first)).start == period.start


@given(days, days)
def test_days_follow_the_calendar(one: date, other: date) -> None:
    assert (parse(str(one)).middle < parse(str(other)).middle) == (one < other)
