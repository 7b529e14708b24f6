"""The brief says everything its views say, in every format, and stands on its own as a page."""

import html
import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
import xarray as xr

from benchmark.errors import BenchmarkError, UnknownName
from benchmark.language import term
from benchmark.schema import LANGUAGES
from comparisons.brief import Brief, brief
from comparisons.page import document
from comparisons.parts import Override

FORMATS = ("text", "md", "html", "json")
NORDIC = ("DNK", "FIN", "ISL", "NOR", "SWE")


@pytest.fixture(scope="module", params=LANGUAGES)
def page(request: pytest.FixtureRequest, cube: xr.Dataset) -> Brief:
    return brief(cube, lang=request.param)


@pytest.fixture(scope="module")
def english(cube: xr.Dataset) -> Brief:
    return brief(cube)


def squeezed(written: str, format: str) -> str:
    """Undo mark-up, and leave out white space."""
    if format == "md":
        written = re.sub(r"\\([\\`*_\[\]<>|#~])", r"\1", written.replace("<br>", " "))
    elif format == "html":
        written = re.sub(r"<style>.*?</style>", "", written, flags=re.DOTALL)
        written = html.unescape(re.sub(r"<[^>]*>", "", written))
    elif format == "json":
        written = " ".join(strings(json.loads(written)))
    return re.sub(r"\s+", "", written).replace("−", "-")


def strings(value: object) -> list[str]:
    if isinstance(value, dict):
        return [one for key, part in value.items() for one in (key, *strings(part))]
    if isinstance(value, list):
        return [one for part in value for one in strings(part)]
    return [str(value)]


def said(page: Brief) -> list[str]:
    """Everything that the views of a brief say, word for word."""
    lang, told = page.lang, []
    for view in page.views:
        told += [view.title[lang], *(one[lang] for one in view.remarks)]
        for note in view.notes:
            told += [note.texts[lang], *(detail[lang] for detail in note.details)]
        for missing in view.coverage.missing:
            told += [missing.what[lang], missing.reason[lang]]
    for one in page.citations:
        told += [one.title, one.publisher, one.address, one.credit]
    for pair in page.refused:
        told += [finding.text(lang) for finding in pair.comparison.findings]
        told += [str(one.text(lang)) for one in pair.comparison.alternatives]
    return [*told, page.table.evidence, *map(str, page.table.thresholds)]


@pytest.mark.parametrize("format", FORMATS)
def test_everything_said_is_written(page: Brief, format: str) -> None:
    written = squeezed(page.render(format), format)
    lost = [one for one in said(page) if squeezed(one, "text") not in written]
    assert not lost


@pytest.mark.parametrize("format", ["text", "md", "html"])
def test_every_verdict_stands_in_words(page: Brief, format: str) -> None:
    written = squeezed(page.render(format), format)
    for code in ("comparable", "caution", "not_comparable"):
        assert squeezed(term(f"verdict.{code}", page.lang), "text") in written


@pytest.mark.parametrize("format", FORMATS)
def test_an_override_would_survive(english: Brief, format: str) -> None:
    from dataclasses import replace

    reason = "asked by the committee <today>"
    view = replace(english.table, overrides=(Override(reason, ("C06",), ("trust/NOR",)),))
    written = replace(english, table=view).render(format)
    assert squeezed(reason, "text") in squeezed(written, format)


def test_the_five_nordic_countries_side_by_side(english: Brief) -> None:
    assert tuple(english.table.labels["country"]) == NORDIC
    assert "the Nordic countries" in english.render().splitlines()[0]
    table = next(part for part in document(english).parts if hasattr(part, "sheet"))
    assert [head.text for head in table.sheet.heads[1:6]] == [
        "Denmark",
        "Finland",
        "Iceland",
        "Norway",
        "Sweden",
    ]


def test_danish_78_beside_norwegian_47_is_never_subtracted(page: Brief) -> None:
    [pair] = page.refused
    assert {pair.a["value"], pair.b["value"]} == {78.0, 47.0}
    assert pair.comparison.verdict == "not_comparable"
    assert pair.comparison.difference is None
    words = page.render()
    assert not re.search(r"\b31(\s|\u00a0)*(%|pp|percentage|procent|prosent)", words)


def test_the_newest_edition_is_ranked_with_n_and_pool(english: Brief) -> None:
    assert english.ranking is not None
    frame = english.ranking.to_frame().set_index("country")
    assert frame.loc["DNK", ["rank", "n", "pool_rank", "pool_n"]].tolist() == [3, 5, 7, 37]
    assert frame.loc["NOR", "pool_rank"] == 11
    assert "place 4 among all 37 countries" in english.text(1000)


def test_the_page_is_dated_by_its_data(english: Brief) -> None:
    assert english.day.startswith("2025")
    assert f"up to {english.day}." in english.render()


def test_other_countries(cube: xr.Dataset) -> None:
    page = brief(cube, "Estland, DK", "sv")
    assert page.render().startswith("Digitala offentliga tjänster i Estland och Danmark")
    assert page.refused == ()
    assert "avslås" not in page.render()


def test_one_country_is_not_ranked_and_the_brief_says_so(cube: xr.Dataset) -> None:
    page = brief(cube, "Norge")
    assert page.ranking is None
    assert page.refusal is not None
    for format in FORMATS:
        refusal = page.refusal["en"].splitlines()[0]
        assert squeezed(refusal, "text") in squeezed(page.render(format), format)


def test_a_cube_without_the_benchmark(made: Callable[..., xr.Dataset]) -> None:
    cube = made(("DNK", 2023, 78.0), ("NOR", 2023, 47.0))
    with pytest.raises(BenchmarkError):
        brief(cube, "Danmark, Atlantis")


def test_unknown_names(cube: xr.Dataset, english: Brief) -> None:
    with pytest.raises(UnknownName, match="Atlantis"):
        brief(cube, "Atlantis")
    with pytest.raises(UnknownName, match="'xx'"):
        brief(cube, lang="xx")
    with pytest.raises(UnknownName, match="csv"):
        english.render("csv")


def test_both_files_or_neither(english: Brief, tmp_path: Path) -> None:
    paths = english.save(tmp_path)
    assert [path.name for path in paths] == ["brief.md", "brief.html"]
    assert paths[0].read_text("utf-8") == english.render("md")
    assert paths[1].read_text("utf-8") == english.render("html")
    with pytest.raises(BenchmarkError, match="nothing was written"):
        english.save(tmp_path / "gone")
    # A folder in the place of the second file: the first must stay as it was.
    other = tmp_path / "other"
    (other / "brief.html").mkdir(parents=True)
    with pytest.raises(BenchmarkError, match="nothing was written"):
        english.save(other)
    assert [path.name for path in other.iterdir() if path.is_file()] == []


def test_thresholds_are_obeyed_and_printed(cube: xr.Dataset) -> None:
    from benchmark.rules import Thresholds

    assert "rank_small 0.2" in brief(cube, config=Thresholds(rank_small=0.2)).render()


class Reader(HTMLParser):
    """What an assistive tool would meet: headings, ids, links, tables, pictures."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def named(self, *names: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.tags if tag in names]


@pytest.fixture(scope="module")
def read(page: Brief) -> Reader:
    reader = Reader()
    reader.feed(page.render("html"))
    return reader


def test_the_page_is_one_small_file_without_requests(page: Brief, read: Reader) -> None:
    written = page.render("html")
    assert len(written.encode()) < 500_000
    assert not read.named("link", "img", "iframe", "object", "embed", "form", "base")
    style = "".join(re.findall(r"<style>(.*?)</style>", written, re.DOTALL))
    assert "url(" not in style
    assert "@import" not in style
    assert not [a for _, a in read.tags if "src" in a or any(k.startswith("on") for k in a)]


def test_the_page_can_be_read_aloud(page: Brief, read: Reader) -> None:
    assert read.named("html")[0]["lang"] == page.lang
    pages = read.named("main")
    assert [one["lang"] for one in pages if "hidden" not in one] == [page.lang]
    assert {one["lang"] for one in pages} == set(LANGUAGES)
    assert len(read.named("h1")) == len(read.named("svg")) == len(pages)
    levels = [int(tag[1]) for tag, _ in read.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))
    assert all(cell.get("scope") for cell in read.named("th"))
    for region in (a for _, a in read.tags if a.get("role") == "group"):
        assert region.get("aria-label") or region.get("aria-labelledby")
    for picture in read.named("svg"):
        assert picture["role"] == "img"
        assert picture["aria-labelledby"]


def test_links_and_labels_lead_somewhere(read: Reader) -> None:
    ids = [a["id"] for _, a in read.tags if "id" in a]
    assert len(ids) == len(set(ids))
    wanted = [str(a["href"])[1:] for a in read.named("a") if str(a["href"]).startswith("#")]
    wanted += [one for _, a in read.tags for one in str(a.get("aria-labelledby", "")).split()]
    assert wanted
    assert not set(wanted) - set(ids)


def test_in_a_notebook(english: Brief) -> None:
    told = english._repr_html_()
    assert "<section" in told
    assert str(english) == english.render("text")
