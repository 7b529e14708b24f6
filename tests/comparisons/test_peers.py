import numpy as np
import pytest

from benchmark.errors import BenchmarkError, NotComparable, UnknownName
from comparisons.peers import peers

WANTED = ["egov.user_centricity", "egov.transparency", "egov.key_enablers", "egov.cross_border"]


@pytest.fixture(scope="module")
def view(cube):
    return peers(cube, WANTED, 2023, "nordic_baltic", draws=20, seed=3)


def test_the_nearest_is_the_nearest(view):
    frame = view.to_frame().set_index("country")
    values = frame[WANTED]
    points = (values - values.mean()) / values.std(ddof=0)
    apart = np.sqrt(((points.loc["DNK"] - points) ** 2).mean(axis=1)).drop("DNK")
    assert frame["nearest"]["DNK"] == apart.idxmin()
    assert frame["distance"]["DNK"] == pytest.approx(apart.min())
    differs = (points.loc["DNK"] - points.loc[apart.idxmin()]).abs().sort_values()
    assert frame["alike"]["DNK"].split() == differs.index[:2].tolist()
    assert set(frame["unlike"]["DNK"].split()) == set(differs.index[2:])


def test_the_seed_and_what_was_tried_are_told(view):
    told = " ".join(one["en"] for one in view.remarks)
    assert "20 resamples" in told
    assert "seed 3" in told
    assert "Tried: 2: " in told
    assert "0.75" in told


def test_countries_are_named_in_words(view):
    written = view.render("text", "da")
    assert "Danmark" in written
    assert "Nærmest" in written
    assert view.verdict == "comparable"


def test_who_lacks_an_indicator_leaves_and_is_named(cube):
    view = peers(cube, ["egov.overall", "un.egdi"], {"un.egdi": 2018}, "eu, GBR", draws=2)
    gone = {one.what["en"]: one.reason["en"] for one in view.coverage.missing}
    assert "no figure for 2023" in gone["United Kingdom"]
    assert "GBR" not in set(view.to_frame()["country"])


def test_who_is_not_comparable_leaves(made):
    codes = ("DNK", "NOR", "SWE", "FIN", "ISL", "EST")
    rows = [(code, 2020, 10.0 + 7 * k**2) for code in codes for k in [codes.index(code)]]
    both = [*rows, *((code, 2020, 100 - value) for code, _, value in rows)]
    cube = made(
        *[(code, year, max(0.0, min(100.0, value))) for code, year, value in both],
        indicator=["x.score"] * 6 + ["x.share"] * 6,
        regime=["odd", *["usual"] * 11],
    )
    view = peers(cube, ["x.score", "x.share"], draws=2, number=2)
    assert "DNK" not in set(view.to_frame()["country"])
    assert any(one.what["en"] == "Denmark" for one in view.coverage.missing)


def test_the_number_of_clusters_can_be_given(cube):
    view = peers(cube, WANTED, 2023, "nordic_baltic", number=3, draws=2)
    assert set(view.to_frame()["cluster"]) == {1, 2, 3}
    assert any("asked for" in one["en"] for one in view.remarks)


@pytest.mark.parametrize("method", ["ward", "average", "kmeans"])
def test_the_same_seed_gives_the_same_view(cube, method):
    one, other = (
        peers(cube, WANTED, 2023, "nordic_baltic", method=method, draws=3) for _ in range(2)
    )
    assert one.render("json") == other.render("json")


@pytest.mark.parametrize(
    ("error", "arguments", "options"),
    [
        (BenchmarkError, (WANTED[:1],), {}),
        (BenchmarkError, (WANTED,), {"method": "magic"}),
        (BenchmarkError, (WANTED, 2023), {"number": 99}),
        (BenchmarkError, (WANTED, {"un.egdi": 2018}), {}),
        (NotComparable, (["egov.overall", "un.egdi_rank"],), {}),
        (NotComparable, (["egov.overall", "gti.needs_met"], None, "nordic"), {}),
        (UnknownName, (["egov.overall", "egov.nothing"],), {}),
    ],
)
def test_what_has_no_peers(cube, error, arguments, options):
    with pytest.raises(error):
        peers(cube, *arguments, **options)


def test_too_few_countries_are_refused_in_words(cube):
    with pytest.raises(NotComparable, match="at least 4 countries"):
        peers(cube, ["egov.overall", "gti.needs_met"], None, "nordic")
