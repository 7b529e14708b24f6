import pytest

from benchmark.errors import BenchmarkError, NoData, UnknownName
from comparisons.profile import profile


def rows(view):
    return view.to_frame().set_index("indicator")


@pytest.fixture(scope="module")
def norway(cube):
    return profile(cube, "Norge")


def test_a_country_among_its_peers(norway):
    row = rows(norway).loc["gti.needs_met"]
    assert (row["value"], row["lowest"], row["highest"], row["middle"]) == (34, 41, 48, 44.5)
    assert (row["rank"], row["n"], row["percentile"]) == (3, 3, 0)
    assert (row["gap"], row["gap_unit"]) == (10.5, "pp")
    assert row["verdict"] == "caution"
    assert rows(norway)["verdict"]["egov.overall"] == "comparable"


def test_what_is_left_out_says_why(norway):
    gone = {one.what["en"]: one.reason["en"] for one in norway.coverage.missing}
    assert gone["Users who needed help with digital public services"] == "no figure for Norway"
    assert any("no peer has a figure" in reason for reason in gone.values())
    assert "no figure for 2021" in gone["Finland"]


def test_the_rule_is_named_and_can_be_changed(cube):
    view = profile(cube, "NO", indicators="gti.needs_met", rule="mean")
    assert rows(view)["middle"]["gti.needs_met"] == 44.5
    assert any("the mean of the peers" in one["en"] for one in view.remarks)
    with pytest.raises(BenchmarkError, match="median or mean"):
        profile(cube, "NO", rule="mode")


def test_the_country_is_not_its_own_peer(cube):
    view = profile(cube, "NO", "NO, DK", "egov.overall")
    assert rows(view)["n"]["egov.overall"] == 2
    assert rows(view)["peers"]["egov.overall"] == "DNK"
    with pytest.raises(BenchmarkError, match="no peers"):
        profile(cube, "NO", "Norge")


def test_an_earlier_year_can_be_asked_for(cube):
    view = profile(cube, "NO", indicators=["egov.transparency"], year=2021)
    assert rows(view)["year"]["egov.transparency"] == 2021
    with pytest.raises(NoData, match="no figure for Norway"):
        profile(cube, "NO", indicators=["egov.transparency"], year=1999)


def test_a_peer_that_is_not_comparable_leaves(made):
    values = [("DNK", 2020, 60.0), ("NOR", 2020, 50.0), ("SWE", 2020, 70.0)]
    cube = made(*values, regime=["usual", "usual", "odd"])
    view = profile(cube, "NO", "nordic", "x.score")
    assert rows(view)["n"]["x.score"] == 2
    assert "not comparable" in view.coverage.missing[-1].reason["en"]
    with pytest.raises(NoData, match=r"C13|not comparable"):
        profile(cube, "SE", "nordic", "x.score")


def test_low_is_good_where_the_direction_says_so(made):
    values = [("DNK", 2020, 10.0), ("NOR", 2020, 20.0), ("SWE", 2020, 40.0)]
    row = rows(profile(made(*values, indicator="x.share"), "DK", "nordic", "x.share")).iloc[0]
    assert (row["rank"], row["percentile"], row["gap"]) == (1, 100, -20)


def test_printed_ranks_and_unknown_names(cube):
    view = profile(cube, "NO", indicators="egov.overall, un.egdi_rank")
    assert "never ranked again" in view.coverage.missing[0].reason["en"]
    with pytest.raises(UnknownName):
        profile(cube, "NO", indicators="egov.nothing")
    with pytest.raises(UnknownName):
        profile(cube, "Atlantis")
