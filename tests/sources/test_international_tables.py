"""The compact tables of indices equal their sources, and their numbers fit each other."""

import csv
import hashlib
from collections import defaultdict
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from benchmark.schema import COLUMNS
from sources import catalogue
from sources.adapters import un

EDITIONS = (2010, 2012, 2014, 2016, 2018)
COMPONENTS = {
    "e_gov_index": "un.egdi",
    "e_gov_rank": "un.egdi_rank",
    "e_pat_index": "un.e_participation",
    "osi": "un.egdi.online_services",
    "tii": "un.egdi.telecommunication",
    "hci": "un.egdi.human_capital",
}
PARTS = tuple(
    f"un.egdi.{name}" for name in ("online_services", "telecommunication", "human_capital")
)
EQUAL = (1 / 3, 1 / 3, 1 / 3)
WEIGHTS = {2010: (0.34, 0.33, 0.33)}
TOLERANCE = {2010: 8.1e-6, 2012: 6.7e-6, 2014: 2.4e-5, 2016: 6.7e-6, 2018: 3.4e-5}
UNCOMPUTED = {
    2010: {"FSM", "KIR", "MCO", "MHL", "NRU", "PRK", "SMR", "SOM", "TUV"},
    2012: {"CAF", "GIN", "LBY"},
}
DGI = {
    "digital_design": "oecd.dgi.digital_by_design",
    "data_driven": "oecd.dgi.data_driven",
    "govt_as_platform": "oecd.dgi.platform",
    "open_default": "oecd.dgi.open_by_default",
    "user_driven": "oecd.dgi.user_driven",
    "proactiveness": "oecd.dgi.proactiveness",
    "composite_index": "oecd.dgi",
    "composite_rank": "oecd.dgi_rank",
}
NOT_RANKED = {"ARG", "BRA", "HRV", "PER", "ROU"}


@pytest.fixture(scope="module")
def egdi() -> pd.DataFrame:
    """UN figures of the editions shipped for all countries."""
    return catalogue.figures(document=[f"un_egdi_{year}" for year in EDITIONS])


@pytest.fixture(scope="module")
def wide(egdi: pd.DataFrame) -> pd.DataFrame:
    """The same, a column an indicator."""
    return egdi.pivot_table(values="value", index=["year", "country"], columns="indicator")


@pytest.fixture(scope="module")
def dgi() -> pd.DataFrame:
    """All figures of the OECD index."""
    return catalogue.figures(document="oecd_dgi_2023")


def places(scores: pd.Series) -> dict[str, int]:
    """Rank by counting who is strictly better; equal scores share the best place."""
    better = defaultdict(int)
    values = sorted(scores, reverse=True)
    for place, value in enumerate(values, start=1):
        better.setdefault(value, place)
    return {str(country): better[value] for country, value in scores.items()}


def test_egdi_equals_its_source(egdi: pd.DataFrame, shared: Path) -> None:
    with (shared / "data" / "egdi.csv").open(encoding="utf-8") as lines:
        printed = {
            (row["iso3"], COMPONENTS[row["component"]], int(row["edition"])): float(row["value"])
            for row in csv.DictReader(lines)
        }
    keys = zip(egdi["country"], egdi["indicator"], egdi["year"], strict=True)
    found = dict(zip(keys, egdi["value"], strict=True))
    assert len(found) == len(egdi) == len(printed) == 5773
    missing = {key for key, value in found.items() if np.isnan(value)}
    assert {key for key, value in printed.items() if value == 0 and key[1] == "un.egdi"} == missing
    assert {key: v for key, v in found.items() if key not in missing} == {
        key: value for key, value in printed.items() if key not in missing
    }


def test_egdi_equals_the_file_of_2012(wide: pd.DataFrame, shared: Path) -> None:
    file = shared / "samples" / "indices" / "egdi-2012.csv"
    entry = catalogue.registry().documents["un_egdi_2012"]
    assert hashlib.sha256(file.read_bytes()).hexdigest() == entry["sha256"]
    sample = pd.read_csv(file, index_col="country-code").sort_index()
    ours = wide.loc[2012]
    assert sample.index.tolist() == ours.index.tolist()
    for theirs in ("osi", "hci", "tii"):
        assert np.abs(sample[theirs] - ours[COMPONENTS[theirs]]).max() < 1e-9


def test_an_index_of_nought_is_missing_and_says_why(egdi: pd.DataFrame) -> None:
    missing = egdi[egdi["value"].isna()]
    assert set(missing["indicator"]) == {"un.egdi"}
    assert set(missing["status"]) == {"O"}
    assert missing.groupby("year")["country"].agg(set).to_dict() == UNCOMPUTED
    assert (missing["notes"] == "un_zero_" + missing["year"].astype(str)).all()
    assert set(egdi[egdi["value"].notna()]["status"]) == {"A"}
    last = egdi[egdi["notes"] == "un_rank_without_index"]
    assert last.groupby("year")["country"].agg(set).to_dict() == UNCOMPUTED
    assert last.groupby("year")["value"].agg(set).to_dict() == {2010: {184}, 2012: {191}}


@pytest.mark.parametrize("year", EDITIONS)
def test_egdi_is_the_mean_of_its_components(wide: pd.DataFrame, year: int) -> None:
    scores = wide.loc[year].dropna(subset=["un.egdi"])
    mean = sum(
        weight * scores[part] for weight, part in zip(WEIGHTS.get(year, EQUAL), PARTS, strict=True)
    )
    assert len(scores) == {2010: 183, 2012: 190}.get(year, 193)
    assert np.abs(mean - scores["un.egdi"]).max() < TOLERANCE[year]


def test_the_weights_of_2010_do_not_fit_later_editions(wide: pd.DataFrame) -> None:
    for year, weights in ((2010, EQUAL), (2012, WEIGHTS[2010])):
        scores = wide.loc[year].dropna(subset=["un.egdi"])
        mean = sum(w * scores[part] for w, part in zip(weights, PARTS, strict=True))
        assert np.abs(mean - scores["un.egdi"]).max() > 100 * TOLERANCE[year]


def test_components_are_stretched_from_0_to_1_since_2012(wide: pd.DataFrame) -> None:
    for year in EDITIONS[1:]:
        for part in PARTS[1:]:
            assert (wide.loc[year][part].min(), wide.loc[year][part].max()) == (0, 1)
    assert wide.loc[2010][PARTS[1]].max() < 1


@pytest.mark.parametrize("year", EDITIONS)
def test_published_ranks_follow_the_scores_with_ties(wide: pd.DataFrame, year: int) -> None:
    # Countries without an index were put last by the publisher, all at one place.
    expected = places(wide.loc[year]["un.egdi"].reindex(wide.loc[year].index).fillna(0))
    assert wide.loc[year]["un.egdi_rank"].to_dict() == expected


def test_ranks_among_the_five_nordic_countries(wide: pd.DataFrame) -> None:
    nordic = ["NOR", "DNK", "FIN", "ISL", "SWE"]
    found = {
        year: list(places(wide.loc[year].loc[nordic, "un.egdi"]).values())
        for year in (2014, 2016, 2018)
    }
    assert found == {2014: [2, 4, 1, 5, 3], 2016: [4, 3, 1, 5, 2], 2018: [4, 1, 3, 5, 2]}


@pytest.mark.parametrize(("pool", "years"), [("un192_2010", [2010]), ("un193", EDITIONS[1:])])
def test_pools_are_the_countries_of_their_editions(
    egdi: pd.DataFrame, pool: str, years: list[int]
) -> None:
    members = set(catalogue.registry().pools[pool]["members"])
    for year in years:
        rows = egdi[(egdi["year"] == year) & (egdi["indicator"] == "un.egdi_rank")]
        assert set(rows["country"]) == members
        assert set(rows["pool"]) == {pool}


def test_decimals_are_those_of_the_edition(egdi: pd.DataFrame) -> None:
    index = egdi[egdi["indicator"] == "un.egdi"]
    assert index.groupby("year")["decimals"].agg(set).to_dict() == {
        **{year: {5} for year in EDITIONS[:4]},
        2018: {4},
    }
    assert set(egdi[egdi["indicator"] == "un.egdi_rank"]["decimals"]) == {0}


def test_shared_places_of_2022() -> None:
    ranks = {
        country: catalogue.figure(f"{country}/un.egdi_rank/2022").value
        for country in ("DNK", "FIN", "ISL", "SWE", "EST", "NOR")
    }
    assert ranks == {"DNK": 1, "FIN": 2, "ISL": 5, "SWE": 5, "EST": 8, "NOR": 17}
    scores = {catalogue.figure(f"{c}/un.egdi/2022").value for c in ("ISL", "SWE")}
    assert scores == {0.941}


def test_the_adapter_reads_columns_of_the_schema_only() -> None:
    frame = un.read(catalogue.registry())
    assert set(frame.columns) < set(COLUMNS)
    assert len(frame) == 5773 + 32


def test_dgi_equals_its_source(dgi: pd.DataFrame, shared: Path) -> None:
    file = shared / "samples" / "indices" / "oecd_dgi_2023.csv"
    entry = catalogue.registry().documents["oecd_dgi_2023"]
    assert hashlib.sha256(file.read_bytes()).hexdigest() == entry["sha256"]
    with file.open(encoding="utf-8-sig") as lines:
        printed = {
            (row["cc_iso3c"], DGI[row["variable"]]): float(row["value"])
            for row in csv.DictReader(lines)
        }
    found = dict(zip(zip(dgi["country"], dgi["indicator"], strict=True), dgi["value"], strict=True))
    assert found == printed
    assert len(dgi) == 38 * 7 + 33
    assert set(dgi["year"]) == {2022}
    assert set(dgi["period"]) == {"2020/2022"}


def test_dgi_is_the_mean_of_its_parts(dgi: pd.DataFrame) -> None:
    table = dgi.pivot_table(values="value", index="country", columns="indicator")
    parts = [name for name in DGI.values() if name.startswith("oecd.dgi.")]
    mean = table[parts].mean(axis="columns")
    assert len(parts) == 6
    assert np.abs(mean - table["oecd.dgi"]).max() < 5.01e-4


def test_dgi_ranks_only_the_countries_of_the_oecd(dgi: pd.DataFrame) -> None:
    table = dgi.pivot_table(values="value", index="country", columns="indicator")
    ranked = table.dropna(subset="oecd.dgi_rank")
    assert set(table.index) - set(ranked.index) == NOT_RANKED
    assert ranked["oecd.dgi_rank"].to_dict() == places(ranked["oecd.dgi"])
    pools = catalogue.registry().pools
    assert set(pools["oecd_dgi33_2023"]["members"]) == set(ranked.index)
    assert set(pools["oecd_dgi38_2023"]["members"]) == set(table.index)
