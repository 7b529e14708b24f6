from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from benchmark.addresses import address, find, prefer
from benchmark.errors import InvalidFigures, NoData, UnknownName
from benchmark.figures import complete_columns, digest, gather, joined
from benchmark.registry import Registry
from benchmark.schema import COLUMNS, KEY
from benchmark.validate import Places
from tests.benchmark.small import evidence, frame, registry


def test_a_sound_row_stands(tmp_path: Path) -> None:
    table = evidence(tmp_path, {}).figures
    assert tuple(table.columns) == COLUMNS
    assert table["kind"].iloc[0] == "observed"


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"value": 120}, "value 120 is above what its unit allows"),
        ({"value": -1}, "value -1 is below what its unit allows"),
        ({"indicator": "survey.gone"}, "indicator 'survey.gone' is not in the registry"),
        ({"indicator": ""}, "indicator '' is not in the registry"),
        ({"document": ""}, "document '' is not in the registry"),
        ({"regime": "then"}, "regime 'then' is not in the registry"),
        ({"pool": "forty"}, "pool 'forty' is not in the registry"),
        ({"notes": "remark gone"}, "notes 'remark gone' are not all in the registry"),
        ({"country": "DK"}, "country 'DK' is neither"),
        ({"country": "EU27_2020"}, "is an aggregate: geo_scope must be 'aggregate'"),
        ({"geo_scope": "aggregate"}, "is one country: geo_scope cannot be 'aggregate'"),
        ({"geo_scope": "subnational"}, "area '' must name the place"),
        ({"area": "Hjørring"}, "area 'Hjørring' stands beside a geo_scope"),
        ({"geo_scope": "regional"}, "geo_scope 'regional' is not one of"),
        ({"kind": "guess"}, "kind 'guess' is not one of"),
        ({"qualifier": "nearly"}, "qualifier 'nearly' is not one of"),
        ({"confidence": "sure"}, "confidence 'sure' is not one of"),
        ({"source_type": "rumour"}, "source_type 'rumour' is not one of"),
        ({"published": "May 2023"}, "published 'May 2023' is not YYYY"),
        ({"breakdown": "men"}, "breakdown 'men' is neither"),
        ({"breakdown": "age=15-24"}, "breakdown 'age=15-24' is not described"),
        ({"period": "23"}, "period '23' is not YYYY"),
        ({"year": 2022}, "year 2022 is not the last year of the period"),
        ({"year": 20}, "year 20 is not a year"),
        ({"period": ""}, "year 2023 cannot be printed where the period is unknown"),
        ({"status": "O"}, "status 'O' cannot stand beside a value"),
        ({"status": "X"}, "status 'X' cannot stand beside a value"),
        ({"value": np.nan}, "missing without a status"),
        ({"n": 0}, "n 0 is no number of respondents"),
        ({"n_role": ""}, "must say whether n is the base or the total"),
        ({"n": np.nan}, "n_role 'base' stands without an n"),
        ({"decimals": -1}, "decimals -1 is no number of decimals"),
        ({"indicator": "survey.place", "value": 0}, "value 0 is below what its unit allows"),
        ({"indicator": "survey.place", "value": 1.5}, "no whole number, but a rank"),
        (
            {"indicator": "survey.place", "value": 4, "pool": "three"},
            "value 4 is a rank beyond the size of its pool",
        ),
    ],
)
def test_an_impossible_row_is_refused(
    tmp_path: Path, change: dict[str, object], complaint: str
) -> None:
    with pytest.raises(InvalidFigures) as caught:
        evidence(tmp_path, {"country": "NOR"}, change)
    assert complaint in str(caught.value)
    assert "figures.csv, line 3" in str(caught.value)
    assert "line 2" not in str(caught.value)


def test_all_offenders_are_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(InvalidFigures) as caught:
        evidence(tmp_path, {"value": 120}, {"country": "NOR", "kind": "guess"}, {"country": "SWE"})
    message = str(caught.value)
    assert "line 2 (DNK/survey.trust/2023): value 120" in message
    assert "line 3 (NOR/survey.trust/2023): kind 'guess'" in message


def test_a_second_row_for_one_key_is_refused_across_files(tmp_path: Path) -> None:
    with pytest.raises(InvalidFigures, match=r"b\.csv, line 2 .*a second row for one key"):
        gather({"a.csv": frame({}), "b.csv": frame({"value": 77})}, registry(tmp_path))


def test_rows_may_differ_in_any_part_of_the_key(tmp_path: Path) -> None:
    table = evidence(
        tmp_path,
        {},
        {"edition": "2024"},
        {"kind": "target"},
        {"breakdown": "age=65-89"},
        {"country": "NOR"},
        {"area": "Hjørring", "geo_scope": "subnational"},
        {"period": "2022", "year": 2022},
    ).figures
    assert not table[list(KEY)].duplicated().any()


def test_an_unknown_column_and_a_word_for_a_number_are_refused() -> None:
    with pytest.raises(InvalidFigures, match=r"mine\.csv: column 'vlaue'"):
        gather({"mine.csv": pd.DataFrame({"vlaue": [1]})}, Registry())
    with pytest.raises(InvalidFigures) as caught:
        gather({"a.csv": frame({}), "mine.csv": frame({"value": "many", "n": "x"})}, Registry())
    assert "mine.csv, line 2: value 'many'" in str(caught.value)
    assert "mine.csv, line 2: n 'x'" in str(caught.value)


def test_text_from_a_file_reads_like_numbers_and_na_is_namibia() -> None:
    table = complete_columns(
        pd.DataFrame({"country": ["NA"], "value": ["78.5"], "n": [""], "unit_mult": [""]}),
        Places(["x"], [1]),
    )
    assert table["country"].iloc[0] == "NA"
    assert table["value"].iloc[0] == 78.5
    assert np.isnan(table["n"].iloc[0])
    assert table["unit_mult"].iloc[0] == 0


def test_the_hash_depends_on_content_alone(tmp_path: Path) -> None:
    one = evidence(tmp_path, {}, {"country": "NOR"}).figures
    other = one.copy()
    other["country"] = other["country"].cat.set_categories(["SWE", "NOR", "DNK"])
    assert digest(one) == digest(other)
    other.loc[0, "value"] = 77
    assert digest(one) != digest(other)


def test_addresses_find_their_figure(tmp_path: Path) -> None:
    held = evidence(
        tmp_path,
        {},
        {"edition": "2025", "value": 79},
        {"edition": "2024", "value": 77},
        {"breakdown": "age=65-89", "value": 60},
        {"area": "Hjørring", "geo_scope": "subnational", "value": 92},
        {"kind": "target", "period": "2025", "year": 2025, "value": 90},
    )
    values = {
        "DNK/survey.trust/2023": 79,
        "Danmark/survey.trust/2023@2024": 77,
        "DK/survey.trust/2023/age=65-89": 60,
        "hjørring/survey.trust/2023": 92,
        "DNK/survey.trust/2025": 90,
    }
    for text, value in values.items():
        assert held.figures["value"].iloc[find(held, text)] == value
    for row in range(len(held.figures)):
        text = address(held.figures.iloc[row])
        if row:  # the first row has a newer edition at the same address
            assert find(held, text) == row


@pytest.mark.parametrize(
    ("text", "error", "complaint"),
    [
        ("DNK/survey.trust", NoData, "is no address; write AREA/INDICATOR/YEAR"),
        ("DNK/survey.thrust/2023", UnknownName, "did you mean survey.trust"),
        ("Atlantis/survey.trust/2023", UnknownName, "Atlantis"),
        ("DNK/survey.trust/2019", NoData, "there are figures for 2023"),
        ("NOR/survey.trust/2023", NoData, "no figure for this area"),
        ("DNK/survey.trust/2023/age=65-89", NoData, "these breakdowns: total"),
    ],
)
def test_an_address_that_finds_nothing_says_why(
    tmp_path: Path, text: str, error: type[Exception], complaint: str
) -> None:
    with pytest.raises(error) as caught:
        find(evidence(tmp_path, {}), text)
    assert complaint in str(caught.value)


def test_preference_is_edition_source_confidence_publication(tmp_path: Path) -> None:
    held = evidence(
        tmp_path,
        {"locator": "low", "kind": "claim"},
        {
            "locator": "secondary",
            "source_type": "secondary",
            "geo_scope": "selected_best",
            "area": "a",
        },
        {"locator": "medium", "confidence": "medium", "breakdown": "age=65-89"},
        {"locator": "old", "published": "2022", "country": "NOR"},
        {"locator": "best"},
        {"locator": "edition", "edition": "2024", "source_type": "secondary"},
    )
    order = held.figures["locator"].iloc[prefer(held.figures, range(6))].tolist()
    assert order == ["edition", "best", "old", "medium", "secondary", "low"]


def test_figures_are_joined_with_the_registry(tmp_path: Path) -> None:
    table = joined(evidence(tmp_path, {}, {"country": "NOR"}), country="DNK")
    row = table.iloc[0]
    assert (row["concept"], row["unit"], row["base"], row["age"]) == (
        "trust.services",
        "percent",
        "residents",
        "15-89",
    )
    assert len(table) == 1
    with pytest.raises(UnknownName, match="did you mean country"):
        joined(evidence(tmp_path, {}), county="DNK")
