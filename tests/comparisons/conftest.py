"""Views made by hand, small and with everything in them."""

from collections.abc import Callable

import pandas as pd
import pytest
import xarray as xr

from benchmark.cube import build
from benchmark.figures import gather
from benchmark.registry import Registry
from comparisons.parts import Citation, Column, Coverage, Missing, Note, Override
from comparisons.texts import each, same, texts
from comparisons.view import View
from sources.catalogue import load

NAN = float("nan")
SOURCES = (
    Citation("d1", "Scores <2024>", "Publisher A", "2024-07", "https://example.org/a", "CC BY 4.0"),
    Citation("d2", "Citizens | services", "Publisher B", credit="Credit line B"),
)
NAMES = {
    "DNK": {"en": "Denmark", "da": "Danmark", "nb": "Danmark", "sv": "Danmark"},
    "NOR": {"en": "Norway", "da": "Norge", "nb": "Norge", "sv": "Norge"},
    "SWE": {"en": "Sweden", "da": "Sverige", "nb": "Sverige", "sv": "Sverige"},
}


@pytest.fixture
def listed() -> View:
    """A ranking with a tie, a negative value, a flag, notes of every kind and an override."""
    data = pd.DataFrame(
        {
            "country": ["DNK", "NOR", "SWE"],
            "rank": [1, 2, 2],
            "score": [66.7599, -6.25, -6.25],
            "decimals": [1, 2, NAN],
            "status": ["A", "P E", "A"],
            "notes": ["", "C11 p", "C11"],
        }
    )
    return View(
        kind="ranking",
        title=each(lambda lang: f"Title & more ({lang})"),
        data=data,
        columns=(
            Column("country"),
            Column("rank", "number"),
            Column("score", "number", decimals="decimals"),
            Column("status", "flag"),
            Column("notes", "note"),
        ),
        verdict="caution",
        notes=(
            Note(
                1,
                "C11",
                "rule",
                "C",
                each(lambda lang: f"Periods * differ ({lang}) <b>"),
                ("NOR", "SWE"),
                (each(lambda lang: f"Detail of -6 ({lang})"),),
            ),
            Note(2, "p", "status", "", each(lambda lang: f"p: provisional ({lang})"), ("NOR",)),
        ),
        citations=SOURCES,
        coverage=Coverage(
            ("DNK", "NOR", "SWE", "FIN"),
            ("DNK", "NOR", "SWE"),
            (Missing(same("FIN"), texts("coverage.reason.no_figure")),),
        ),
        overrides=(Override('Minister asked "today" | *now*', ("C30",), ("DNK",)),),
        remarks=(texts("ranking.high"),),
        thresholds={"age_info": 0.95, "rank_small": 0.1},
        evidence="0123abcd",
        labels={"country": NAMES},
    )


@pytest.fixture
def sheet_of_countries() -> View:
    """A table with countries side by side, two indicators in a row and an empty cell."""
    columns = ["row", "country", "indicator", "value", "unit", "decimals", "unit_mult", "qualifier"]
    rows = [
        ("trust", "DNK", "dk.trust", 78.0, "percent", 0, 0, "exact"),
        ("trust", "NOR", "no.trust", 47.0, "percent", 0, 0, "almost"),
        ("place", "NOR", "no.place", 18.0, "rank", 0, 0, "exact"),
    ]
    data = pd.DataFrame(rows, columns=columns).assign(
        year=[2023, 2021, 2021],
        year_basis=["printed", "assigned", "printed"],
        status=["A", "U", "A"],
        pool_rank=[NAN, NAN, NAN],
        pool_n=[NAN, NAN, NAN],
        pool_size=[NAN, NAN, 36],
        verdict=["not_comparable", "not_comparable", ""],
        base=["residents", "residents", "services"],
        row_notes=["C06", "C06", ""],
        pool_verdict=["", "", "caution"],
        pool_notes=["", "", "C06"],
        notes=["", "u", ""],
    )
    return View(
        kind="table",
        title=texts("table.title", countries="Nordic"),
        data=data,
        columns=(),
        verdict="not_comparable",
        notes=(
            Note(1, "C06", "rule", "N", same("Related but different."), ("trust/DNK", "trust/NOR")),
            Note(2, "u", "status", "", same("u: low reliability"), ("trust/NOR",)),
        ),
        citations=SOURCES,
        coverage=Coverage(
            ("trust/DNK", "trust/NOR"), ("trust/DNK", "trust/NOR"), counted="figures"
        ),
        remarks=(texts("table.latest"),),
        thresholds={"age_info": 0.95},
        evidence="0123abcd",
        labels={
            "country": NAMES,
            "row": {"trust": same("Trust in services"), "place": same("Place")},
            "indicator": {
                "dk.trust": same("Trust in digital solutions"),
                "no.trust": same("Personal data kept safe"),
                "no.place": same("Transparency, place as printed"),
            },
        },
        layout="matrix",
    )


@pytest.fixture(scope="session")
def cube() -> xr.Dataset:
    """The cube of the shipped figures."""
    return load()


INDICATOR = {
    "description": same("d"),
    "programme": "p",
    "base": "services",
    "headline": True,
    "facts": {"method_version": "1"},
}
REGISTRY = Registry(
    concepts={name: {"title": same(name)} for name in ("c.score", "c.share", "c.place")},
    families={"c": {"title": same("C")}},
    programmes={"p": {"title": same("P"), "publisher": "P", "facts": {"mode": "mystery_shopping"}}},
    regimes={
        "usual": {"title": same("usual"), "programme": "p"},
        "odd": {"title": same("odd"), "programme": "p", "facts": {"mode": "admin"}},
        "later": {
            "title": same("later"),
            "programme": "p",
            "facts": {"method_version": "2", "version_break": True},
        },
    },
    indicators={
        "x.score": INDICATOR
        | {"title": same("Score"), "concept": "c.score", "unit": "score_0_100", "direction": 1},
        "x.share": INDICATOR
        | {"title": same("Share"), "concept": "c.share", "unit": "percent", "direction": -1},
        "x.place": INDICATOR
        | {
            "title": same("Place"),
            "concept": "c.place",
            "unit": "rank",
            "direction": -1,
            "quotes": "x.score",
        },
    },
    documents={
        "d1": {"title": "First", "publisher": "A", "date": "2024", "licence": "CC BY 4.0"},
        "d2": {"title": "Second", "publisher": "B", "date": "", "licence": "not stated"},
    },
    notes={"n1": {"text": same("A remark on one figure.")}},
)


@pytest.fixture(scope="session")
def made() -> Callable[..., xr.Dataset]:
    """Make a cube from rows of `country, year, value`, with other columns where they matter."""

    def make(*rows: tuple[str, int, float], **columns: object) -> xr.Dataset:
        frame = pd.DataFrame(rows, columns=["country", "year", "value"])
        whole = {"indicator": "x.score", "document": "d1", "regime": "usual", "locator": "1"}
        frame = frame.assign(period=frame["year"].astype(str), **(whole | columns))
        return build(gather({"made": frame}, REGISTRY), aggregates=True)

    return make
