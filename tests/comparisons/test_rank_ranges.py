from dataclasses import replace

import numpy as np
import pytest

from benchmark.cube import build
from benchmark.errors import UnknownName
from benchmark.figures import gather
from comparisons.rank_ranges import Wanted, written
from comparisons.ranking import ranking
from comparisons.stats.rank_sets import probability_above, rank_sets
from tests.comparisons.conftest import REGISTRY

SHARES = [("DNK", 2020, 48.0), ("FIN", 2020, 41.0), ("NOR", 2020, 40.0), ("SWE", 2020, 20.0)]
N = [1000.0, 800.0, 900.0, 1200.0]


@pytest.fixture
def survey(made):
    """Shares of a survey: high is good, everybody was asked on the web."""
    import pandas as pd

    entry = REGISTRY.indicators["x.share"] | {"direction": 1, "base": "residents"}
    facts = {"mode": "web", "sampling": "probability", "question": "q", "scale": "yes_no"}
    programme = {"p": REGISTRY.programmes["p"] | {"facts": facts}}
    registry = replace(
        REGISTRY, indicators={**REGISTRY.indicators, "x.share": entry}, programmes=programme
    )

    def make(rows=SHARES, n=N, deff=None, mode="web", **columns):
        known = facts | {"mode": mode} | ({} if deff is None else {"deff": deff})
        own = replace(registry, programmes={"p": programme["p"] | {"facts": known}})
        frame = pd.DataFrame(rows, columns=["country", "year", "value"]).assign(
            indicator="x.share", document="d1", regime="usual", locator="1", period="2020",
            n=n, n_role=["base" if one == one else "" for one in n], **columns,
        )  # fmt: skip
        return build(gather({"made": frame}, own), aggregates=True)

    return make


def said(view):
    return " ".join(one["en"] for one in view.remarks)


def test_sampling_error_gives_confidence_sets(survey):
    frame = ranking(survey(), "x.share", 2020).to_frame()
    p = np.array([0.48, 0.41, 0.40, 0.20])
    errors = 100 * np.sqrt(p * (1 - p) / N)
    found = rank_sets(100 * p, errors)
    assert frame["rank_low"].tolist() == found.low.tolist() == [1, 2, 2, 4]
    assert frame["rank_high"].tolist() == found.high.tolist() == [1, 3, 3, 4]
    assert frame["rank_range"].tolist() == ["1", "2–3", "2–3", "4"]
    expected = 100 * probability_above(100 * p[:-1], errors[:-1], 100 * p[1:], errors[1:])
    np.testing.assert_allclose(frame["above_next"][:-1], expected)
    assert np.isnan(frame["above_next"].iloc[-1])


def test_what_the_sets_rest_on_is_said(survey):
    view = ranking(survey(), "x.share", 2020)
    assert "95 % confidence set for each country by itself" in said(view)
    assert "Holm" in said(view)
    assert "indicative" in said(view)
    assert "design effect" in said(view)
    assert "No confidence set" not in said(view)
    heads = view.table().columns.tolist()
    assert "Possible ranks" in heads
    assert "Better than the next (indicative)" in heads
    view = ranking(survey(deff=1.5), "x.share", 2020, method="bootstrap", seed=4)
    assert "seed 4" in said(view)
    assert "design effect" not in said(view)


def test_a_design_effect_widens_the_sets(survey):
    plain, wide = (ranking(survey(deff=deff), "x.share", 2020).to_frame() for deff in (1.0, 10.0))
    assert (wide["rank_low"] <= plain["rank_low"]).all()
    assert wide["rank_high"].tolist() != plain["rank_high"].tolist()


def test_simultaneous_sets(survey):
    rows = [("DNK", 2020, 48.0), ("FIN", 2020, 44.0), ("NOR", 2020, 40.0), ("SWE", 2020, 36.0)]
    cube = survey(rows, [1100.0] * 4)
    each = ranking(cube, "x.share", 2020).to_frame()
    view = ranking(cube, "x.share", 2020, confidence="simultaneous")
    together = view.to_frame()
    assert (together["rank_low"] <= each["rank_low"]).all()
    assert (together["rank_high"] >= each["rank_high"]).all()
    assert "hold for all countries together" in said(view)


def test_places_among_all_have_ranges_of_their_own(survey):
    frame = ranking(survey(), "x.share", 2020, "NO, SE").to_frame().set_index("country")
    assert frame.loc["NOR", ["rank_range", "pool_rank_range"]].tolist() == ["1", "2–3"]
    assert frame.loc["NOR", ["percentile", "pool_percentile"]].round(2).tolist() == [100, 33.33]


def test_without_every_sample_size_only_rounding_is_known(survey):
    cube = survey(n=[1000.0, np.nan, 900.0, 1200.0], decimals=0)
    view = ranking(cube, "x.share", 2020)
    frame = view.to_frame()
    assert frame["rank_range"].tolist() == ["1", "2", "3", "4"]
    assert frame["above_next"].isna().all()
    assert "published rounded" in said(view)
    assert "neither standard errors nor the number of answers" in said(view)


def test_a_count_of_everybody_has_no_sampling_error(survey):
    view = ranking(survey(mode="admin"), "x.share", 2020)
    assert view.to_frame()["rank_low"].isna().all()
    assert "administrative data, where there is no sampling error" in said(view)


def test_a_sample_of_no_variance_gives_no_standard_error(survey):
    rows = [*SHARES[:-1], ("SWE", 2020, 0.0)]
    view = ranking(survey(rows), "x.share", 2020)
    assert view.to_frame()["rank_low"].isna().all()
    assert "No confidence set" in said(view)


def test_rounded_scores_that_are_equal(made):
    rows = [("DNK", 2020, 85.0), ("FIN", 2020, 85.0), ("NOR", 2020, 84.0)]
    view = ranking(made(*rows, decimals=0), "x.score", 2020)
    frame = view.to_frame()
    assert frame["rank"].tolist() == [1, 1, 3]
    assert frame["rank_range"].tolist() == ["1–2", "1–2", "3"]
    assert "before they were rounded" in said(view)
    assert "mystery shopping, where there is no sampling error" in said(view)


def test_unrounded_scores_of_mystery_shopping_have_no_range(cube):
    view = ranking(cube, "egov.transparency", 2020, "nordic")
    assert view.to_frame()["rank_low"].isna().all()
    assert said(view).count("mystery shopping, where there is no sampling error") == 1
    assert "Possible ranks" not in view.table().columns
    for lang in ("da", "nb", "sv"):
        assert "mystery shopping" in view.remarks[-1][lang]


def test_decimals_that_the_value_does_not_have_are_no_rounding(made):
    rows = [("DNK", 2020, 85.4), ("FIN", 2020, 85.2)]
    view = ranking(made(*rows, decimals=0), "x.score", 2020)
    assert view.to_frame()["rank_low"].isna().all()


TIED = [("DNK", 2020, 9.0), ("FIN", 2020, 9.0), ("NOR", 2020, 8.0)]


@pytest.mark.parametrize(
    ("ties", "expected", "words"),
    [
        ("1224", [1, 1, 3], "the next place is left out"),
        ("1334", [2, 2, 3], "share the last of their places"),
        ("1223", [1, 1, 2], "no place is left out"),
        ("frac", [1.5, 1.5, 3], "share the mean of their places"),
    ],
)
def test_rules_for_ties(made, ties, expected, words):
    view = ranking(made(*TIED), "x.score", 2020, ties=ties)
    frame = view.to_frame()
    assert frame["rank"].tolist() == frame["pool_rank"].tolist() == expected
    assert frame["rank"].dtype == (float if ties == "frac" else np.int64)
    assert words in said(view)


def test_dense_places_have_no_range(made):
    view = ranking(made(*TIED, decimals=0), "x.score", 2020, ties="1223")
    assert view.to_frame()["rank_low"].isna().all()
    assert "No range of ranks" in said(view)


def test_one_without_a_rank_has_no_range(made):
    rows = [("DNK", 2020, 9.0), ("FIN", 2020, 9.0), ("NOR", 2020, 8.0)]
    cube = made(*rows, decimals=0, regime=["usual", "usual", "odd"])
    norway = ranking(cube, "x.score", 2020).to_frame().set_index("country").loc["NOR"]
    assert norway["rank_range"] == norway["pool_rank_range"] == ""
    numbers = norway[["rank", "percentile", "rank_low", "pool_percentile"]]
    assert np.isnan(numbers.astype(float)).all()


def test_words_that_are_not_known(cube):
    with pytest.raises(UnknownName, match="1334") as told:
        ranking(cube, "egov.overall", 2023, ties="x", confidence="y", method="z")
    for word in ("ties 'x'", "confidence 'y'", "method 'z'", "simultaneous", "bootstrap"):
        assert word in str(told.value)
    assert Wanted().ties == "1224"


def test_ranges_in_words():
    assert written(np.array([1.0, 2, np.nan]), np.array([1.0, 5, np.nan])) == ["1", "2–5", ""]
