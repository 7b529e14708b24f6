"""Every collected figure of international sources is in the table: value, place, year, document.

The compact tables of indices are held against their sources in `test_international_tables`, what
may be compared in `test_international_pairs`.
"""

import csv
import re
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

from benchmark.areas import is_aggregate
from benchmark.schema import KEY, LANGUAGES
from sources import catalogue
from tests.sources.international import FIRST, LAST, NOT_PLACED, address, rows, wanted

SOURCES = ("desi", "eurostat", "oecd", "other", "un")
PREFIXES = ("bcg.", "desi.", "eurostat.", "gallup.", "oecd.", "okta.", "svenskarna.", "un.")
RUN = 6
"""Words in a row that no text of ours may share with the collected questions."""


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    """All figures of the international sources, and the DESI scores of the benchmark."""
    found = catalogue.figures()
    return found[found["indicator"].str.startswith((*PREFIXES, "egov.digital_decade."))]


def answering(table: pd.DataFrame, line: int, row: dict[str, str]) -> pd.DataFrame:
    """Rows of the table that answer for one collected line."""
    sought = wanted(row)
    found = table[(table["value"] == sought["value"]) & (table["year"] == sought["year"])]
    for name in ("indicator", "country", "unit", "confidence"):
        found = found[found[name] == sought[name]]
    begin = address(line, row)
    known = catalogue.registry().documents
    fits = [
        where == begin if not begin else where.startswith(begin)
        for where in (known[name].get("address", "") for name in found["document"])
    ]
    return found[fits]


def test_every_collected_figure_has_one_row(table: pd.DataFrame, shared: Path) -> None:
    collected = rows(shared)
    assert len(collected) == LAST - FIRST + 1 == 301
    placed = {line: row for line, row in collected.items() if line not in NOT_PLACED}
    matches = {line: answering(table, line, row) for line, row in placed.items()}
    assert {line: len(found) for line, found in matches.items() if len(found) != 1} == {}
    taken = Counter(index for found in matches.values() for index in found.index)
    assert [index for index, times in taken.items() if times > 1] == []


def test_what_is_left_out_is_no_statistic(shared: Path) -> None:
    assert [rows(shared)[line]["concept"] for line in NOT_PLACED] == ["scope"]


def test_no_figure_stands_beside_the_collected_ones(table: pd.DataFrame, shared: Path) -> None:
    compact = table["document"].str.fullmatch(r"un_egdi_\d{4}|oecd_dgi_2023|egov_.*")
    plain = table[~compact | table["indicator"].str.startswith("desi.")]
    collected = (r for line, r in rows(shared).items() if line not in NOT_PLACED)
    known = {(w["indicator"], w["country"], w["year"], w["value"]) for w in map(wanted, collected)}
    keys = zip(plain["indicator"], plain["country"], plain["year"], plain["value"], strict=True)
    assert [key for key in keys if key not in known] == []


def test_computed_shares_are_marked_and_stay_out_of_the_cube(table: pd.DataFrame) -> None:
    derived = table[(table["kind"] == "derived") & (table["programme"] == "oecd_trust")]
    assert derived.set_index("country")["value"].to_dict() == {
        "NOR": 64,
        "SWE": 39,
        "FIN": 61,
        "EST": 47,
    }
    assert set(derived["qualifier"]) == {"about"}
    assert set(derived["year"]) == {2021}
    assert (table["kind"] == "observed").sum() == len(table) - len(derived)


def test_ages_sizes_and_bases(table: pd.DataFrame) -> None:
    sizes = table.dropna(subset="n").set_index(["indicator", "country"])["n"].to_dict()
    assert sizes == {
        ("bcg.problems", "BCG21"): 13000,
        ("oecd.trust_national_government", "OECD22"): 50000,
        ("okta.distrust_digital_services", "OKTA9"): 12010,
        ("okta.distrust_digital_services", "SWE"): 1000,
        ("okta.no_problems", "SWE"): 1000,
        ("okta.trust_data_protection", "SWE"): 1000,
        ("okta.trust_digital_services", "SWE"): 1000,
    }
    total = table[table["n_role"] == "total"]
    assert set(total["indicator"]) == {
        "bcg.problems",
        "oecd.trust_national_government",
        "okta.no_problems",
    }
    ages = table[table["age"] != ""].groupby("age")["indicator"].agg(set)
    assert ages.index.tolist() == ["16-74", "18-74"]
    assert {name.partition(".")[0] for name in ages["16-74"]} == {"eurostat", "desi"}
    assert set(table[table["age"] == "18-74"]["country"]) == {"FIN"}
    of_users = table[table["base"] == "internet_users"]["indicator"]
    assert set(of_users) == {"desi.egov_users"}


def test_figures_are_as_near_to_their_producer_as_their_documents(table: pd.DataFrame) -> None:
    documents = catalogue.registry().documents
    for document, kinds in table.groupby("document")["source_type"].agg(set).items():
        assert kinds == {documents[document]["source_type"]}, document
    assert set(table[table["source_type"] == "press_release"]["document"]) == {
        "eurostat_ddn_20240924",
        "eurostat_ddn_20250226",
    }


def test_averages_of_countries_are_marked(table: pd.DataFrame) -> None:
    whole = table["geo_scope"] == "aggregate"
    assert whole.tolist() == [is_aggregate(code) for code in table["country"]]
    assert {"EU28", "EU27_2020", "OECD", "OECD22", "OECD30"} <= set(table["country"][whole])


def test_low_confidence_is_kept_and_stays_out_of_the_cube(table: pd.DataFrame) -> None:
    low = table[(table["confidence"] == "low") & ~table["indicator"].str.startswith("egov")]
    assert low[["indicator", "country", "year", "value"]].to_numpy().tolist() == [
        ["un.egdi", "DNK", 2024, 0.9992]
    ]
    cube = catalogue.load()
    assert float(cube.value.sel(country="DNK", indicator="un.egdi", year=2024)) == 0.9847


def test_what_is_beside_the_subject_stays_out_of_the_cube(table: pd.DataFrame) -> None:
    held = set(catalogue.load().indicator.values.tolist())
    ours = {name for name in table["indicator"] if not name.startswith("egov")}
    assert ours - held == {
        "desi.rank",
        "gallup.confidence_national_government",
        "oecd.glance_satisfaction_administrative",
        "oecd.refuse_bribe",
        "oecd.satisfaction_administrative",
        *(f"oecd.trust_{name}" for name in ("civil_service", "courts", "local_government")),
        *(f"oecd.trust_{name}" for name in ("national_government", "police")),
        # Only an average, and averages are no countries.
        "bcg.problems",
    }


@pytest.mark.parametrize("source", SOURCES)
def test_tables_are_sorted_by_key(source: str, root: Path) -> None:
    for path in sorted((root / "sources" / "data" / source).glob("*.csv")):
        content = path.read_bytes()
        assert b"\r" not in content
        lines = list(csv.DictReader(content.decode("utf-8").splitlines()))
        names = ("edition", "country") if path.name == "egdi.csv" else KEY
        keys = [tuple(line.get(name, "") for name in names) for line in lines]
        assert keys == sorted(keys)


def ours(root: Path) -> list[str]:
    """All texts of the registry files of these sources."""
    folder = root / "sources" / "data"
    paths = [folder / "concepts_international.toml"]
    paths += [path for source in SOURCES for path in sorted((folder / source).glob("*.toml"))]
    pattern = re.compile(rf'^(?:title|description|text)\.({"|".join(LANGUAGES)}) = "(.*)"$', re.M)
    return [text for path in paths for _, text in pattern.findall(path.read_text("utf-8"))]


def test_no_wording_of_a_question_was_copied(shared: Path, root: Path) -> None:
    def runs(text: str) -> set[tuple[str, ...]]:
        words = re.findall(r"[^\W\d_]+", text.casefold())
        return {tuple(words[k : k + RUN]) for k in range(len(words) - RUN + 1)}

    theirs = set[tuple[str, ...]]()
    for row in rows(shared).values():
        theirs |= runs(row["question_or_definition"]) | runs(row["original_term"])
    assert theirs
    assert [text for text in ours(root) if runs(text) & theirs] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_figure_explains_itself(table: pd.DataFrame, lang: str) -> None:
    first = table.drop_duplicates(["indicator", "regime"])
    for row in first[~first["indicator"].str.startswith("egov")].itertuples():
        tail = f"@{row.edition}" if row.edition else ""
        said = catalogue.explain(f"{row.country}/{row.indicator}/{row.year}{tail}", lang)
        assert all(said.to_dict().values())
