"""The shipped scores of the eGovernment Benchmark."""

import re
import time
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmark.areas import is_aggregate
from sources.adapters import egov
from sources.adapters.egov_rebuild import table_texts
from sources.adapters.egov_scores import DATA, regime, table
from sources.adapters.egov_tables import load, offsets, read_lines
from sources.catalogue import registry
from tests.sources.scores import KEY, only_row, reference

INDICATORS = [name for name in registry().indicators if name.startswith("egov.")]


def test_the_tables_hold_every_reference_row_and_no_other(plain, shared):
    wanted = reference(shared / "data")
    assert (len(wanted), (wanted["breakdown"] == "total").sum()) == (55_454, 21_447)
    # The period of two newcomers is mended on the way in; the table itself keeps the heading.
    scores = load().astype(dict.fromkeys([*KEY, "locator"], str))
    found = scores.merge(wanted, on=KEY, how="outer", suffixes=("", "_wanted"), indicator=True)
    assert (found["_merge"] == "both").all()
    assert (found["locator"] == found["locator_wanted"]).all()
    assert (found["value"] == found["value_wanted"].round(6)).all()


def test_confidence_is_that_of_the_reference(plain, shared):
    wanted = reference(shared / "data")
    key = ["indicator", "country", "breakdown", "kind", "edition", "document"]
    keyed = plain.set_index(key)["confidence"].sort_index()
    assert keyed.equals(wanted.set_index(key)["confidence"].sort_index().astype(keyed.dtype))


def test_the_tables_are_in_their_canonical_form():
    texts = table_texts(load())
    assert len(texts) == 6
    for name, text in texts.items():
        assert (DATA / f"{name}.csv").read_text(encoding="utf-8") == text, name


def test_the_tables_are_small():
    assert sum(len(path.read_bytes()) for path in DATA.iterdir() if path.is_file()) < 1_000_000


def test_reading_takes_little_more_than_parsing_the_tables():
    """About 70 ms against 11 ms on two slow cores; the ratio holds on a busy machine too."""
    documents = {entry["document"] for entry in table("layout")}

    def best(work):
        times = []
        for _ in range(7):
            start = time.process_time()
            work()
            times.append(time.process_time() - start)
        return min(times)

    parsing = best(lambda: [read_lines(document) for document in documents])
    assert best(lambda: egov.read(registry())) < 12 * parsing


def test_all_rows_may_stand_in_the_figures_table(evidence):
    assert len(evidence.figures) == 55_454
    assert not evidence.figures.duplicated(["indicator", "country", "year", "breakdown"]).any()


@pytest.mark.parametrize("name", INDICATORS)
def test_every_indicator_has_scores_and_texts(name, plain):
    entry = registry().indicators[name]
    mine = plain[plain["indicator"] == name]
    assert len(mine) >= 30
    assert mine["value"].between(0, 100).all()
    assert entry["unit"] == "score_0_100"
    assert entry["concept"] == entry.get("variant_of", name)
    assert {"en", "da", "nb", "sv"} == set(entry["title"]) == set(entry["description"])
    assert set(mine["breakdown"]) <= {"total", *entry.get("breakdowns", {})}
    is_decade = name.startswith("egov.digital_decade")
    assert entry["programme"] == ("digital_decade" if is_decade else "egov_benchmark")


def test_everything_registered_for_the_source_is_used(plain):
    known = registry()
    programmes = ("egov_benchmark", "digital_decade")
    mine = {n for n, e in known.regimes.items() if e["programme"] in programmes}
    assert set(plain["regime"]) == {name for name in mine if not name.startswith("digdir")}
    pools = {name for name in known.pools if re.match(r"(egov|digital_decade)\d", name)}
    assert set(plain["pool"]) == pools | {""}
    assert {note for notes in plain["notes"] for note in notes.split()} == {
        name for name in known.notes if name.startswith("egov_")
    }
    assert set(plain["document"]) == {entry["document"] for entry in table("sheets")}


@pytest.mark.parametrize("edition", [*range(2013, 2025)])
def test_a_pool_is_the_countries_with_a_headline_score(edition, plain):
    headline = "egov.user_centricity" + (".annual" if edition in (2013, 2017) else "")
    rows = plain[
        (plain["edition"] == str(edition))
        & (plain["breakdown"] == "total")
        & (plain["indicator"] == headline)
    ]
    countries = {code for code in rows["country"] if not is_aggregate(code)}
    names = [name for name in registry().pools if re.fullmatch(rf"egov\d+_{edition}", name)]
    assert len(names) == 1
    pool = registry().pools[names[0]]
    assert names[0] == f"egov{pool['size']}_{edition}"
    assert set(pool["members"]) == countries
    of_members = rows[rows["country"].isin(countries)]
    assert (of_members["pool"] == names[0]).all()


def test_averages_are_aggregates_without_a_pool(plain):
    averages = plain[plain["geo_scope"] == "aggregate"]
    assert set(averages["country"]) == {"EU27_2020", "EU27PLUS", "EU28"}
    assert (averages["pool"] == "").all()
    assert set(plain.loc[plain["geo_scope"] == "national", "country"].str.len()) == {3}


def test_single_year_editions_stand_on_the_annual_indicators(plain):
    for edition, period in (("2013", "2012"), ("2017", "2016")):
        rows = plain[(plain["edition"] == edition) & (plain["breakdown"] == "total")]
        assert set(rows["period"]) == {period}
        assert rows["indicator"].str.endswith(".annual").all()


def test_newcomers_of_2024_are_dated_by_their_only_collection(plain):
    rows = plain[plain["country"].isin(["MDA", "UKR"])]
    assert set(rows["period"]) == {"2023"}
    mended = rows[rows["status"] == "D"]
    assert len(mended) == 114
    assert (mended["notes"] == "egov_single_collection").all()
    assert not mended["indicator"].str.endswith(".annual").any()
    assert (plain["status"] == "D").sum() == 114
    # The score headed with two years is the one of 2023.
    for country in ("MDA", "UKR"):
        both = only_row(plain, "egov.overall", country, "2023")
        alone = only_row(plain, "egov.overall.annual", country, "2023")
        assert plain["value"][both] == plain["value"][alone]


def test_even_and_odd_years_measure_different_life_events(plain):
    rows = plain[plain["breakdown"] != "total"]
    half = rows["regime"].str.rpartition("_")[2]
    events = rows.groupby(half)["breakdown"].agg(set)
    names = ("business_start_up", "family", "career", "studying")
    assert events["even"] == {f"life_event={name}" for name in names}
    assert not events["even"] & events["odd"]
    assert len(events["odd"]) == 5


def test_whole_numbers_are_known_as_such(plain):
    whole = plain[plain["decimals"] == 0]
    assert (whole["value"] == whole["value"].round()).all()
    assert (whole["year"] <= 2016).all()
    rest = plain[plain["decimals"].isna() & (plain["document"] == "egov_long_table_2023")]
    assert set(rest.loc[(rest["year"] <= 2016) & (rest["kind"] == "observed"), "country"]) == {
        "EU28"
    }


def test_derived_scores_are_means_of_three_life_events(plain):
    derived = plain[plain["kind"] == "derived"]
    assert len(derived) == 472
    assert (derived["confidence"] == "low").all()
    assert derived["notes"].str.contains("egov_derived_2012").all()
    events = plain[(plain["period"] == "2012") & (plain["breakdown"] != "total")]
    mean = events.groupby(["indicator", "country"])["value"].agg(["mean", "size"])
    found = derived.set_index(["indicator", "country"])["value"]
    assert (mean.loc[found.index, "size"] == 3).all()
    assert np.allclose(mean.loc[found.index, "mean"], found, rtol=0, atol=1.1e-6)


def test_remarks_stand_where_they_belong(plain):
    def notes(*where: str) -> str:
        return str(plain["notes"][only_row(plain, *where)])

    assert "egov_transitional" in notes("egov.transparency", "NOR", "2019/2020")
    assert "egov_ireland_2021" in notes("egov.overall", "IRL", "2019/2020")
    assert "egov_portugal_cross_border" in notes("egov.cross_border.eid", "PRT", "2020/2021")
    assert "egov_portugal_cross_border" in notes("egov.overall.annual", "PRT", "2020")
    assert notes("egov.cross_border", "PRT", "2021/2022") == ""
    assert "egov_usability" in notes("egov.user_centricity.user_support", "DNK", "2018/2019")
    assert notes("egov.user_centricity.user_support", "DNK", "2020/2021") == ""
    assert "egov_codes_rebuilt" in notes("egov.key_enablers", "DNK", "2013/2014")
    assert "egov_mean_of_life_events" in notes("egov.overall", "DNK", "2018/2019")
    assert notes("egov.digital_decade.citizens", "DNK", "2025") == "egov_fixture"


@given(st.integers(2012, 2025), st.sampled_from(["", ".annual", ".citizen"]), st.booleans())
def test_every_period_has_a_registered_regime(last, variant, paired):
    period = f"{last}/{last + 1}" if paired and last not in (2015, 2023, 2025) else str(last)
    name = regime(f"egov.overall{variant}", period)
    if last < 2024:
        assert registry().regimes[name]["programme"] == "egov_benchmark"


@given(st.sampled_from([e["block"] for e in table("layout") if e["block"]]), st.data())
def test_cells_of_a_block_follow_one_another(block, data):
    layout = [entry for entry in table("layout") if entry["block"] == block]
    name = data.draw(
        st.sampled_from(["overall", "citizen_mobility", "business_mobility.usability"])
    )
    steps = offsets(name, layout)
    assert steps[0] == 0
    assert all(0 <= later - earlier <= 1 for earlier, later in pairwise(steps))
