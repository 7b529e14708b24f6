"""Scores and ranks computed anew from the shipped life events, by nobody else's code."""

import numpy as np
import pytest

from benchmark.areas import is_aggregate

UC = "egov.user_centricity"
TR = "egov.transparency"
KE = "egov.key_enablers"
CB = "egov.cross_border"
NORDIC = ["DNK", "FIN", "ISL", "NOR", "SWE"]


@pytest.fixture(scope="module")
def events(plain):
    """One row a country, year and life event of 2020-2023; one column an indicator."""
    rows = plain[(plain["breakdown"] != "total") & (plain["year"] >= 2020)]
    rows = rows[~rows["country"].map(is_aggregate)]
    name = rows["indicator"].str.removesuffix(".annual")
    return rows.assign(indicator=name).pivot(
        index=["country", "year", "breakdown"], columns="indicator", values="value"
    )


def scores(plain, indicator, period, edition=None, without=()):
    """Scores of the countries, averages left out."""
    mask = (plain["indicator"] == indicator) & (plain["period"] == period)
    mask &= (plain["breakdown"] == "total") & ~plain["country"].isin(list(without))
    if edition:
        mask &= plain["edition"] == edition
    rows = plain[mask & ~plain["country"].map(is_aggregate)]
    return dict(zip(rows["country"], rows["value"], strict=True))


def rank(values, country):
    """Competition rank: one more than the number of those who score higher."""
    return 1 + sum(value > values[country] for value in values.values())


def weighted(events, weights):
    """Mean with weights over the columns that apply; the others' weight falls away."""
    values = events[list(weights)].to_numpy()
    weight = np.where(np.isnan(values), 0.0, np.array(list(weights.values())))
    return (np.nan_to_num(values) * weight).sum(axis=1) / weight.sum(axis=1)


def close(found, wanted):
    there = ~np.isnan(wanted)
    assert there.sum() > 600
    assert np.abs(found[there] - wanted[there]).max() < 2e-6


def test_user_centricity_of_a_life_event(events):
    weights = {
        f"{UC}.online_availability": 6,
        f"{UC}.mobile_friendliness": 1,
        f"{UC}.user_support": 2,
    }
    close(weighted(events, weights), events[UC].to_numpy())


def test_transparency_of_a_life_event(events):
    parts = ("service_delivery", "personal_data", "service_design")
    close(weighted(events, {f"{TR}.{part}": 1 for part in parts}), events[TR].to_numpy())


def test_key_enablers_of_a_life_event(events):
    parts = ("eid", "edocuments", "authentic_sources", "digital_post")
    close(weighted(events, {f"{KE}.{part}": 1 for part in parts}), events[KE].to_numpy())


def test_cross_border_services_of_a_life_event(events):
    rows = events.assign(enablers=events[[f"{CB}.eid", f"{CB}.edocuments"]].mean(axis=1))
    weights = {f"{CB}.online_availability": 2, f"{CB}.user_support": 1, "enablers": 1}
    close(weighted(rows, weights), events[CB].to_numpy())


def test_the_overall_score_of_a_life_event_is_the_mean_of_four_dimensions(events):
    assert len(events) >= 144 + 500
    close(events[[UC, TR, KE, CB]].mean(axis=1).to_numpy(), events["egov.overall"].to_numpy())


@pytest.mark.parametrize("edition", [2022, 2023, 2024])
@pytest.mark.parametrize("indicator", ["egov.overall", UC, TR, KE, CB])
def test_a_headline_score_is_the_mean_of_the_life_events_of_two_years(
    edition, indicator, plain, events
):
    years = [edition - 2, edition - 1]
    both = events.loc[events.index.get_level_values("year").isin(years), indicator]
    mean = both.groupby("country").mean()
    headline = plain[(plain["edition"] == str(edition)) & (plain["indicator"] == indicator)]
    headline = headline[~headline["country"].map(is_aggregate)].set_index("country")["value"]
    assert len(headline) == {2022: 35, 2023: 35, 2024: 37}[edition]
    # A correction of 2020 came after the file that the life events of 2020 are taken from.
    late = ["PRT"] if edition == 2022 and indicator in ("egov.overall", CB) else []
    left = headline.drop(late)
    assert np.abs(left - mean[left.index]).max() < 2e-6
    assert all(abs(headline[country] - mean[country]) > 0.1 for country in late)


def test_worked_example_of_one_life_event(events):
    norway = events.loc[("NOR", 2023, "life_event=regular_business")]
    assert norway[CB] == pytest.approx(77.1825, abs=5e-5)
    assert norway["egov.overall"] == pytest.approx(89.4049, abs=5e-5)
    denmark = events.loc[("DNK", 2023, "life_event=regular_business")]
    assert denmark[TR] == pytest.approx(61.0833, abs=5e-5)
    assert denmark[CB] == pytest.approx(68.0060, abs=5e-5)
    assert denmark["egov.overall"] == pytest.approx(82.2723, abs=5e-5)


@pytest.mark.parametrize(
    ("indicator", "wanted"),
    [
        ("egov.overall", [85.26, 88.01, 89.47, 82.37, 81.80]),
        (UC, [97.94, 98.06, 98.02, 96.81, 95.77]),
        (TR, [80.08, 76.07, 93.87, 69.45, 70.45]),
        (KE, [95.01, 95.08, 94.56, 92.21, 82.78]),
        (CB, [67.98, 82.84, 71.44, 71.00, 78.22]),
    ],
)
def test_nordic_scores_of_the_2024_edition(indicator, wanted, plain):
    values = scores(plain, indicator, "2022/2023")
    assert [round(values[country], 2) for country in NORDIC] == wanted


def test_nordic_places_of_the_2024_edition(plain):
    # Moldova and Ukraine are dated 2023 alone, but stand in the edition's own ranking.
    values = scores(plain, "egov.overall", "2022/2023")
    values |= scores(plain, "egov.overall", "2023", "2024")
    assert len(values) == 37
    assert [rank(values, country) for country in NORDIC] == [7, 5, 4, 11, 13]


@pytest.mark.parametrize(
    ("indicator", "period", "without", "place", "size"),
    [
        (TR, "2019/2020", (), 18, 36),
        (TR, "2018/2019", (), 11, 36),
        (f"{TR}.annual", "2019", (), 16, 36),
        (f"{TR}.annual", "2020", (), 19, 36),
        (TR, "2019/2020", ("GBR",), 17, 35),
        (TR, "2020/2021", (), 17, 35),
    ],
)
def test_norway_on_transparency(indicator, period, without, place, size, plain):
    values = scores(plain, indicator, period, without=without)
    assert len(values) == size
    assert rank(values, "NOR") == place


def test_an_average_among_the_countries_would_cost_norway_a_place(plain):
    mask = (plain["indicator"] == TR) & (plain["period"] == "2019/2020")
    rows = plain[mask & (plain["country"] != "EU27PLUS")]
    values = dict(zip(rows["country"], rows["value"], strict=True))
    assert rank(values, "NOR") == 19
    assert values["NOR"] == pytest.approx(66.76, abs=0.005)
    assert values["EU27_2020"] == pytest.approx(67.76, abs=0.005)


def test_unrounded_scores_part_what_rounded_ones_tie(plain):
    values = scores(plain, "egov.overall", "2019/2020")
    assert (rank(values, "DNK"), rank(values, "FIN")) == (3, 4)
    rounded = {country: round(value) for country, value in values.items()}
    assert rank(rounded, "DNK") == rank(rounded, "FIN") == 3


@pytest.mark.parametrize("period", ["2017/2018", "2018/2019"])
def test_one_cross_border_score_weighs_citizens_and_businesses_by_life_events(period, plain):
    single = scores(plain, CB, period)
    citizen = scores(plain, "egov.citizen_mobility", period)
    business = scores(plain, "egov.business_mobility", period)
    common = single.keys() & citizen.keys() & business.keys()
    off = [abs(single[c] - (4 * citizen[c] + 2 * business[c]) / 6) for c in common]
    assert len(common) >= 34
    assert np.median(off) < 1e-6
