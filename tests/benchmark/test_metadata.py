from pathlib import Path

from benchmark.metadata import factors, metadata
from tests.benchmark.small import evidence


def test_layers_make_the_mapping(tmp_path: Path) -> None:
    assert metadata(evidence(tmp_path, {}), 0) == {
        "country": "DNK",
        "geo_scope": "national",
        "concept": "trust.services",
        "direction": 1,
        "unit": "percent",
        "value": 78.0,
        "decimals": 0.0,
        "base": "residents",
        "age": [15, 89],
        "period": "2023",
        "mode": "web+phone",
        "programme": "survey",
        "wave": "2023",
        "method_version": "2020-",
        "series_breaks": [2020],
        "obs_status": ["A"],
        "question": "trust",
        "scale": "five",
        "n": 4625.0,
        "n_role": "base",
        "sampling": "probability",
        "attitudinal": True,
        "source_type": "primary",
        "underlying": "survey_2023",
        "events": ["2022-06-01"],
    }


def test_what_no_layer_gives_is_absent(tmp_path: Path) -> None:
    bare = {"regime": "", "wave": "", "period": "", "year_basis": "assigned", "n": None}
    known = metadata(evidence(tmp_path, {**bare, "n_role": "", "decimals": None}), 0)
    for key in ("age", "mode", "wave", "period", "n", "n_role", "decimals", "underlying"):
        assert key not in known


def test_a_breakdown_filters_the_base_and_overlays_its_facts(tmp_path: Path) -> None:
    known = metadata(evidence(tmp_path, {"breakdown": "age=65-89"}), 0)
    assert known["base_filter"] == "age=65-89"
    assert known["age"] == [65, 89]


def test_events_belong_to_their_country(tmp_path: Path) -> None:
    assert "events" not in metadata(evidence(tmp_path, {"country": "NOR"}), 0)


def test_a_pool_is_identified_only_where_its_members_are_known(tmp_path: Path) -> None:
    rank = {"indicator": "survey.place", "value": 2}
    held = evidence(tmp_path, {**rank, "pool": "three"}, {**rank, "pool": "four", "edition": "2"})
    assert metadata(held, 0)["pool_id"] == "three"
    assert metadata(held, 1)["pool_size"] == 4
    assert "pool_id" not in metadata(held, 1)
    assert metadata(held, 1)["vintage"] == "2"


def test_many_rows_say_the_same_as_one_by_one(tmp_path: Path) -> None:
    held = evidence(
        tmp_path,
        {},
        {"country": "NOR", "wave": "", "n": None, "n_role": ""},
        {"breakdown": "age=65-89", "status": "P E"},
        {"indicator": "survey.trust.annual", "regime": ""},
        {"indicator": "survey.place", "pool": "four", "value": 3},
    )
    together = factors(held, range(5))
    for row in range(5):
        expected = metadata(held, row)
        found = {key: v[c[row]] for key, (v, c) in together.items() if c[row] >= 0}
        assert found == expected
