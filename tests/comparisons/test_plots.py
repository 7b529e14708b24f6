"""Plots: nothing joined over a break, nothing told by colour alone, nothing left off the sheet."""

import html
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st

from benchmark.errors import BenchmarkError
from benchmark.schema import LANGUAGES
from comparisons.comparability import comparability
from comparisons.convergence import convergence
from comparisons.gap import gap
from comparisons.index import index
from comparisons.parts import Column, Coverage
from comparisons.plots import save
from comparisons.plots.lines import TOGETHER, _spread
from comparisons.plots.style import NORDIC, SETTINGS, marks
from comparisons.profile import profile
from comparisons.rank_change import rank_change
from comparisons.ranking import ranking
from comparisons.render.face import face
from comparisons.strip import Dot, strip
from comparisons.table import table
from comparisons.texts import each, same
from comparisons.trend import trend
from comparisons.view import View

REASON = "asked by the committee <today>"
PAIR = ["dst.trust_digital_services", "no.trust_personal_data", "dst.help_needed"]
VIEWS: dict[str, Callable[[xr.Dataset], Any]] = {
    "ranking": lambda cube: ranking(cube, "egov.overall", 2023, "nordic"),
    "ranking of all": lambda cube: ranking(cube, "egov.overall", 2023),
    "survey": lambda cube: ranking(cube, "gti.needs_met", 2021),
    "ranges": lambda cube: ranking(cube, "egov.transparency", 2015, "nordic", ties="frac"),
    "rank change": lambda cube: rank_change(cube, "egov.transparency", 2020, 2021, "nordic"),
    "trend": lambda cube: trend(cube, "egov.transparency", "nordic"),
    "trend of many": lambda cube: trend(cube, "egov.overall", "nordic_baltic"),
    "override": lambda cube: trend(cube, "no.egov_transparency_rank", override=REASON),
    "index": lambda cube: index(cube, "egov", 2023, "nordic"),
    "index on a scale of its own": lambda cube: index(
        cube, "egov", 2023, "nordic", normalisation="z"
    ),
    "index with draws": lambda cube: index(cube, "egov", 2023, "nordic_baltic", uncertainty=200),
    "matrix": lambda cube: comparability(cube, PAIR),
    "gap": lambda cube: gap(cube, "egov.overall", 2023, "nordic", to="frontier"),
    "gap of many": lambda cube: gap(cube, "egov.overall", 2023),
    "convergence of few": lambda cube: convergence(cube, "un.egdi", "nordic", [2014, 2018]),
    "convergence of many": lambda cube: convergence(cube, "egov.overall", "eu", [2020, 2023]),
    "profile": lambda cube: profile(cube, "NO"),
    "large matrix": lambda cube: comparability(cube, ["egov.overall"], "nordic"),
}


@pytest.fixture(scope="module", params=VIEWS)
def view(request: pytest.FixtureRequest, cube: xr.Dataset) -> Any:
    return VIEWS[request.param](cube)


@pytest.fixture
def course() -> View:
    """A trend with a break, a wide gap, a provisional value and an unreliable series."""
    rows = [
        ("DNK", 2013, 60.0, 0, 0, "A"),
        ("DNK", 2014, 62.0, 0, 0, "A"),
        ("DNK", 2018, 64.0, 0, 1, "A"),
        ("DNK", 2019, 50.0, 1, 2, "A"),
        ("DNK", 2020, 51.0, 1, 2, "P"),
        ("NOR", 2013, 60.5, 2, 3, "U"),
        ("NOR", 2020, 51.0, 2, 3, "U"),
    ]
    data = pd.DataFrame(rows, columns=["country", "year", "value", "segment", "line", "status"])
    return View(
        kind="trend",
        title=each(lambda lang: f"Course ({lang})"),
        data=data.assign(
            unit="percent", decimals=0.0, notes="", value_low=np.nan, value_high=np.nan
        ),
        columns=(Column("country"), Column("year")),
        verdict="caution",
        coverage=Coverage(("DNK", "NOR"), ("DNK", "NOR")),
        labels={"country": {"DNK": same("Denmark"), "NOR": same("Norway")}},
    )


def drawn(view: Any, lang: str = "en") -> str:
    return str(view.plot(lang=lang).written("svg").decode("utf-8"))


def squeezed(written: str) -> str:
    return re.sub(r"\s+", "", html.unescape(re.sub(r"<[^>]*>", "", written))).replace("−", "-")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_everything_said_stands_on_the_plot(view: Any, lang: str) -> None:
    plain = view.view() if hasattr(view, "view") else view
    written, page = squeezed(drawn(view, lang)), face(plain, lang)
    told = [page.title, page.verdict]
    told += [
        one
        for section in page.sections
        for item in section.items
        for one in (item.text, *item.details, item.address)
    ]
    assert not [one for one in told if squeezed(html.escape(one)) not in written]


def test_the_override_stands_above_the_plot(cube: xr.Dataset) -> None:
    picture = VIEWS["override"](cube).plot()
    place = next(text for text in picture.texts if "committee" in text.get_text())
    assert place.get_position()[1] > max(axes.get_position().y1 for axes in picture.axes)
    assert squeezed(html.escape(REASON)) in squeezed(drawn(VIEWS["override"](cube)))


def test_the_same_view_gives_the_same_bytes(view: Any) -> None:
    assert view.plot().written("svg") == view.plot().written("svg")
    assert view.plot().written("png") == view.plot().written("png")


def test_a_plot_describes_itself(view: Any) -> None:
    picture = view.plot(lang="da")
    plain = view.view() if hasattr(view, "view") else view
    assert picture.alt.startswith(plain.title["da"])
    assert face(plain, "da").verdict in picture.alt
    written = drawn(view, "da")
    assert 'role="img" lang="da"' in written
    assert f'aria-label="{html.escape(picture.alt)}"' in written
    assert "<title>" in written


def test_nothing_of_time_or_machine_is_in_the_file(view: Any) -> None:
    written = drawn(view)
    assert "dc:date" not in written
    assert "matplotlib.org" not in re.sub(r"<!--.*?-->", "", written, flags=re.DOTALL)
    assert b"Software" not in view.plot().written("png")


def test_the_alternative_text_gives_the_figures(cube: xr.Dataset) -> None:
    alt = ranking(cube, "egov.overall", 2023, "nordic").plot().alt
    assert "1. Iceland 89.47" in alt
    assert "5. Sweden 81.80" in alt
    told = trend(cube, "egov.transparency", "NO").plot(lang="nb").alt
    assert "2019 73,38, brudd, 2020 66,76" in told


def joined(axes: Any) -> list[list[float]]:
    """The years that each drawn line joins."""
    return [
        list(line.get_xdata())
        for line in axes.lines
        if line.get_linestyle() == "-" and len(line.get_xdata()) > 1
    ]


def test_no_line_crosses_a_break_or_a_wide_gap(course: View) -> None:
    [axes] = course.plot().axes
    assert sorted(joined(axes)) == [[2013, 2014], [2013, 2020], [2019, 2020]]
    dashed = [line for line in axes.lines if line.is_dashed()]
    assert [line.get_xdata()[0] for line in dashed] == [2018.5]
    assert "break: Denmark" in [text.get_text() for text in axes.texts]


def test_no_line_crosses_a_break_in_published_series(cube: xr.Dataset) -> None:
    view = trend(cube, "egov.transparency", "nordic")
    [axes] = view.plot().axes
    for years in joined(axes):
        assert not min(years) < 2019.5 < max(years)
        assert not min(years) < 2016 < max(years)
    words = [text.get_text() for text in axes.texts]
    assert words.count("break") == 2


def test_an_override_joins_nothing(cube: xr.Dataset) -> None:
    [axes] = VIEWS["override"](cube).plot().axes
    assert joined(axes) == []


def test_provisional_and_unreliable_values_are_hollow(course: View) -> None:
    [axes] = course.plot().axes
    points = {
        (line.get_xdata()[0], line.get_marker()): line.get_markerfacecolor()
        for line in axes.lines
        if line.get_marker() not in ("None", "")
    }
    assert points[2020, NORDIC["DNK"].marker] == "white"
    assert points[2019, NORDIC["DNK"].marker] == NORDIC["DNK"].colour
    assert points[2013, NORDIC["NOR"].marker] == "white"
    lines = [line for line in axes.lines if list(line.get_xdata()) == [2013, 2020]]
    assert lines[0].get_alpha() < 1


def test_the_first_place_is_on_top(cube: xr.Dataset) -> None:
    [axes] = VIEWS["override"](cube).plot().axes
    low, high = axes.get_ylim()
    assert low > high
    [axes] = VIEWS["ranking"](cube).plot().axes
    low, high = axes.get_ylim()
    assert low > high


def test_one_point_does_not_fill_the_sheet(cube: xr.Dataset) -> None:
    low, high = trend(cube, "dst.trust_digital_services").plot().axes[0].get_ylim()
    assert high - low == pytest.approx(10)
    assert low < 76.4 < 79.5 < high


def test_possible_ranks_stand_beside_the_scores(cube: xr.Dataset) -> None:
    scores, places = VIEWS["ranges"](cube).plot().axes
    assert scores.get_ylim() == places.get_ylim()
    solid = [line for line in places.lines if line.get_linestyle() == "-"]
    bars = [line for line in solid if line.get_linewidth() > 1]
    assert [list(line.get_xdata()) for line in bars[:3]] == [[1, 2], [1, 2], [3, 3]]
    marks_ = [line.get_xdata()[0] for line in places.lines if line.get_markersize() == 4.5]
    assert marks_ == [1.5, 1.5, 3, 4, 5]
    assert "possible ranks 1–2" in VIEWS["ranges"](cube).plot().alt


def test_bars_of_a_rank_change_end_where_the_parts_do(cube: xr.Dataset) -> None:
    view = VIEWS["rank change"](cube)
    [axes] = view.plot().axes
    ends = [
        (round(bar.get_y() + bar.get_height() / 2), *sorted(bar.get_bbox().intervalx))
        for bar in axes.patches
    ]
    for y, row in enumerate(view.data.to_dict("records")):
        mine = [(low, high) for line, low, high in ends if line == y]
        parts = [row["own"], row["others"], row["pool"]]
        low, high = min(low for low, _ in mine), max(high for _, high in mine)
        assert low == pytest.approx(sum(part for part in parts if part < 0))
        assert high == pytest.approx(sum(part for part in parts if part > 0))
    alt = view.plot(lang="da").alt
    assert "Norge -1 (egen +2,5, andre -2,5, kommet til eller udgået -1)" in alt
    assert len({patch.get_hatch() for patch in axes.patches}) == 3


def test_countries_without_a_rank_are_not_on_the_axis(made: Callable[..., xr.Dataset]) -> None:
    cube = made(
        ("DNK", 2023, 10.0), ("NOR", 2023, 20.0), ("SWE", 2023, 30.0),
        regime=["usual", "usual", "usual"],
    )  # fmt: skip
    view = ranking(cube, "x.score", 2023) if "x.score" in cube.indicator else None
    if view is None:
        view = ranking(cube, str(cube.indicator.values[0]), 2023)
    data = view.data.copy()
    data["rank"] = data["rank"].astype(float)
    data.loc[data["country"] == "SWE", "rank"] = np.nan
    [axes] = replace(view, data=data).plot().axes
    assert "Sweden" not in [text.get_text() for text in axes.texts]
    assert "Norway" in [text.get_text() for text in axes.texts]


def test_many_series_get_panels_of_their_own(cube: xr.Dataset) -> None:
    view = trend(cube, "egov.overall")
    countries = view.data["country"].nunique()
    assert countries > TOGETHER
    panels = view.plot().axes
    assert len(panels) == countries
    assert len({axes.get_ylim() for axes in panels}) == 1


def test_colours_are_never_alone() -> None:
    found = marks(["DNK", "FIN", "ISL", "NOR", "SWE", "EST", "LVA", "LTU"])
    assert len({mark.marker for mark in found.values()}) == len(found)


def contrast(colour: str) -> float:
    """Contrast with white (WCAG 2.2)."""
    parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    red, green, blue = (
        one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts
    )
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def test_contrasts() -> None:
    assert contrast("#0072B2") == pytest.approx(5.19, abs=0.005)
    for code, mark in NORDIC.items():
        # Swedish marks have a dark edge and a label beside them.
        assert contrast(mark.colour) >= 3 or code == "SWE"


def test_the_matrix_shows_signs_and_shades(cube: xr.Dataset) -> None:
    found = comparability(cube, PAIR)
    [axes] = found.plot().axes
    signs = [text.get_text() for text in axes.texts]
    size = len(found.cells)
    assert len(signs) == size * (size - 1)
    assert signs.count("~") == 2 * int((found.pairs.judgement.verdict == 1).sum())
    assert {"×", "~"} <= set(signs)


def test_a_matrix_view_alone_is_enough_where_it_is_small(cube: xr.Dataset) -> None:
    small = comparability(cube, PAIR)
    assert small.view().plot().written() == small.plot().written()
    large = comparability(cube, ["egov.overall"], "nordic")
    with pytest.raises(BenchmarkError, match="too many"):
        large.view().plot()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_table_is_not_drawn(cube: xr.Dataset, lang: str) -> None:
    view = table(cube)
    with pytest.raises(BenchmarkError) as refused:
        view.plot(lang=lang)
    assert view.title[lang] in str(refused.value)


def test_files_are_written_whole_or_not_at_all(cube: xr.Dataset, tmp_path: Path) -> None:
    view = VIEWS["survey"](cube)
    assert save(view, tmp_path / "a.png", "png").read_bytes()[:4] == b"\x89PNG"
    with pytest.raises(BenchmarkError, match="nothing was written"):
        save(view, tmp_path / "gone" / "a.png", "png")
    assert [path.name for path in tmp_path.iterdir()] == ["a.png"]


def test_settings_are_left_as_they_were(cube: xr.Dataset) -> None:
    before = {name: mpl.rcParams[name] for name in SETTINGS}
    VIEWS["trend"](cube).plot().written("svg")
    assert {name: mpl.rcParams[name] for name in SETTINGS} == before


def test_drawing_opens_no_window_and_keeps_no_figure(root: Path) -> None:
    code = (
        "import sys\nfrom sources.catalogue import load\nfrom comparisons.ranking import ranking\n"
        "ranking(load(), 'gti.needs_met', 2021).plot().written('svg')\n"
        "print('matplotlib.pyplot' in sys.modules, 'seaborn' in sys.modules)"
    )
    found = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, check=True, timeout=120
    )
    assert found.stdout.split() == [b"False", b"False"]


@given(st.lists(st.floats(-1e3, 1e3), min_size=1, max_size=8), st.floats(0.1, 50))
def test_labels_never_lie_on_each_other(heights: list[float], least: float) -> None:
    placed = _spread(heights, least)
    ordered = sorted(placed)
    assert all(b - a >= least * 0.999 for a, b in pairwise(ordered))
    order = sorted(range(len(heights)), key=lambda k: (heights[k], k))
    assert order == sorted(range(len(heights)), key=lambda k: (placed[k], k))
    assert sum(placed) == pytest.approx(sum(heights), abs=1e-6)


def test_a_strip_has_every_country_in_words() -> None:
    dots = [Dot("DNK", "Dan<mark", 85.3, "85.3"), Dot("EST", "Estonia", 92.0, "92.0")]
    svg = strip(dots, [31.0, 60.5], "Title & more", "Told", "en")
    assert "Dan&lt;mark" in svg
    assert "Title &amp; more" in svg
    assert svg.count("<circle") == 2
    assert svg == strip(dots, [31.0, 60.5], "Title & more", "Told", "en")


def test_a_strip_of_equal_values() -> None:
    svg = strip([Dot("DNK", "Denmark", 80.0, "80")], [], "Title", "Told", "en")
    assert "nan" not in svg
