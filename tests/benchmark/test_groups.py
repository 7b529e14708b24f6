from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmark import areas
from benchmark import names as tables
from benchmark.errors import BenchmarkError, NoData, UnknownName
from benchmark.schema import LANGUAGES

CODES = set(tables.data("areas")["codes"].values())
ENLARGEMENTS = {
    "1957-12-31": 0,
    "1958-01-01": 6,
    "1972-12-31": 6,
    "1973-01-01": 9,
    "1981-01-01": 10,
    "1986-01-01": 12,
    "1994-12-31": 12,
    "1995-01-01": 15,
    "2004-04-30": 15,
    "2004-05-01": 25,
    "2006-12-31": 25,
    "2007-01-01": 27,
    "2013-06-30": 27,
    "2013-07-01": 28,
    "2020-01-31": 28,
    "2020-02-01": 27,
    "2026-01-01": 27,
}


@pytest.mark.parametrize(("day", "size"), ENLARGEMENTS.items())
def test_members_of_the_union_by_day(day: str, size: int) -> None:
    if not size:
        with pytest.raises(NoData, match="group 'eu' had no member on 1957-12-31"):
            areas.group("eu", on=day)
    else:
        assert len(areas.group("eu", on=day)) == size


def test_the_united_kingdom_was_a_member_until_the_end_of_january_2020() -> None:
    assert "GBR" in areas.group("EU", on="2020-01-31")
    assert "GBR" not in areas.group("EU", on="2020-02-01")
    assert areas.group("eu", on="2020-02-01") == areas.group("EU27_2020")
    assert areas.group("eu", on="2019") == areas.group("EU28")


def test_fixed_compositions_have_no_history() -> None:
    assert areas.group("EU27_2020", on="1960-01-01") == areas.group("EU27", on="2030-01-01")
    assert set(areas.group("EU28")) - set(areas.group("EU27_2020")) == {"GBR"}


def test_other_groups() -> None:
    assert areas.group("nordic", on="2020-01-31") == ("DNK", "FIN", "ISL", "NOR", "SWE")
    assert areas.group("baltic") == ("EST", "LTU", "LVA")
    assert set(areas.group("NB8")) == set(areas.group("nordic")) | set(areas.group("baltic"))
    assert areas.group("efta", on="2024") == ("CHE", "ISL", "LIE", "NOR")
    assert set(areas.group("efta", on="1990-06-30")) == {
        *("AUT", "CHE", "FIN", "ISL", "NOR", "SWE"),
    }
    assert set(areas.group("eea", on="2024")) - set(areas.group("eu")) == {"ISL", "LIE", "NOR"}
    assert "LIE" not in areas.group("EEA", on="1995-04-30")


@pytest.mark.parametrize(
    "name",
    ["norden", "Nordiske lande", "nordiska länder", "de nordiske landene", "De nordiska länderna"],
)
def test_groups_in_four_languages(name: str) -> None:
    assert areas.group(name) == areas.group("nordic")


@pytest.mark.parametrize(
    ("on", "members"),
    [
        (2019, 28),
        (2020, 27),
        ("2020", 27),
        ("2020-01", 28),
        ("2020-02", 27),
        ("2013-06", 27),
        (date(2020, 1, 31), 28),
        (datetime(2020, 1, 31, 23, 59), 28),
    ],
)
def test_a_year_and_a_month_stand_for_their_last_day(on: object, members: int) -> None:
    assert len(areas.group("eu", on=on)) == members  # type: ignore[arg-type]


def test_today_is_the_default_day() -> None:
    assert areas.group("eu") == areas.group("eu", on=date.today())


@pytest.mark.parametrize(
    "on", ["", "soon", "2020-13", "2020-00", "2020-02-30", "20200131", "2020-1-31", -5, 99999, 1.5]
)
def test_what_is_no_day_is_an_error(on: object) -> None:
    with pytest.raises(BenchmarkError, match="is not a day; write YYYY-MM-DD"):
        areas.group("eu", on=on)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["nordics2", "", "DNK", None, 3])
def test_an_unknown_group_names_the_known_ones(name: object) -> None:
    with pytest.raises(UnknownName, match="known groups: nordic, baltic, nordic_baltic, eu, "):
        areas.group(name)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", tables.data("groups")["groups"])
def test_the_tables_of_groups_are_sound(name: str) -> None:
    entry = tables.data("groups")["groups"][name]
    assert entry["source"]
    assert set(entry["title"]) == set(LANGUAGES)
    assert list(entry["members"]) == sorted(entry["members"])
    assert set(entry["members"]) <= CODES
    for spell in entry["members"].values():
        assert set(spell) <= {"from", "to"}
        assert spell.get("from", date.min) <= spell.get("to", date.max)


@given(st.sampled_from(["eu", "efta", "eea"]), st.dates(date(1994, 1, 1), date(2030, 12, 31)))
def test_membership_agrees_with_the_spells(name: str, day: date) -> None:
    spells = tables.data("groups")["groups"][name]["members"]
    members = areas.group(name, on=day)
    for code, spell in spells.items():
        inside = spell["from"] <= day and (day <= spell["to"] if "to" in spell else True)
        assert (code in members) == inside
