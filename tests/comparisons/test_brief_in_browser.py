"""The brief in a real browser, at the width of a phone and of a desk, without a network."""

import os
import shutil
from importlib.resources import files

import pytest

from benchmark.schema import LANGUAGES
from comparisons.brief import brief

sync = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

pytestmark = pytest.mark.slow

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WIDTHS = {"phone": 390, "desk": 1280}
LARGEST = 500_000
SHOWN = "main:not([hidden])"


@pytest.fixture(scope="module")
def chromium():
    """A browser of the distribution; continuous integration demands that there is one."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        told = f"no browser is installed (looked for {', '.join(BROWSERS)})"
        assert not os.environ.get("NORDBENCH_NEEDS_BROWSER"), told
        pytest.skip(told)
    with sync.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def file(cube, tmp_path_factory):
    """A brief in Danish, on disk."""
    folder = tmp_path_factory.mktemp("brief")
    return brief(cube, lang="da").save(folder)[1]


@pytest.fixture(params=WIDTHS)
def page(request, chromium, file):
    """The brief, opened; whatever it asks for or complains about fails the test."""
    context = chromium.new_context(viewport={"width": WIDTHS[request.param], "height": 900})
    opened, asked = context.new_page(), []
    opened.on("request", lambda one: asked.append(one.url))
    opened.on("console", lambda one: asked.append(one.text))
    opened.on("pageerror", lambda one: asked.append(str(one)))
    opened.goto(file.as_uri())
    yield opened
    context.close()
    assert asked == [file.as_uri()]


def shown(page, what):
    return page.locator(f"{SHOWN} {what}")


def test_the_file_is_small(file):
    assert file.stat().st_size < LARGEST


def test_the_page_fits_and_can_be_read(page):
    width = page.viewport_size["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    sizes = page.eval_on_selector_all(
        f"{SHOWN} :is(td, th, p, li)",
        "all => all.filter(one => one.getClientRects().length)"
        ".map(one => parseFloat(getComputedStyle(one).fontSize))",
    )
    assert min(sizes) >= 11
    assert shown(page, "figure svg").bounding_box()["width"] >= 300


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_language_is_switched(page, lang):
    shown(page, "select").select_option(lang)
    assert page.locator("html").get_attribute("lang") == lang
    assert page.locator(SHOWN).count() == 1
    assert page.title() == page.locator(f"{SHOWN} > h1").inner_text()
    assert shown(page, "select").input_value() == lang


def test_nothing_is_found_by_axe(page):
    axe = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
    page.evaluate(axe)
    for step in ("", "details", "note"):
        if step == "details":
            shown(page, "summary").first.click()
        if step == "note":
            shown(page, ".nb-marks a").first.click()
        found = page.evaluate("axe.run()")["violations"]
        assert [(one["id"], one["nodes"][0]["html"][:90]) for one in found] == []


def test_a_note_opens_beside_its_number_and_closes_by_key(page):
    link = shown(page, ".nb-marks a").first
    number = link.inner_text()
    link.focus()
    page.keyboard.press("Enter")
    box = page.locator(".nb-pop")
    assert box.inner_text().startswith(f"{number}. ")
    place = box.bounding_box()
    assert place["x"] >= 0
    assert place["x"] + place["width"] <= page.viewport_size["width"]
    page.keyboard.press("Escape")
    assert box.count() == 0
    assert page.evaluate("document.activeElement.textContent") == number


def test_a_country_is_hidden_in_every_table_and_language_and_the_page_says_so(page):
    remark = shown(page, ".nb-tools p")
    assert not remark.is_visible()
    shown(page, "summary").first.click()
    shown(page, 'input[value="DNK"]').uncheck()
    assert page.locator('[data-country="DNK"]').count() > 10
    assert not page.locator('[data-country="DNK"]:not([hidden])').count()
    assert remark.is_visible()
    shown(page, "select").select_option("sv")
    assert not shown(page, 'input[value="DNK"]').is_checked()


def test_a_subject_is_hidden(page):
    shown(page, "summary").nth(1).click()
    shown(page, 'input[value="trust"]').uncheck()
    assert not shown(page, '[data-subject="trust"]').is_visible()


def test_the_ranking_is_sorted_by_numbers(page):
    if page.viewport_size["width"] < 640:
        pytest.skip("on a phone the headings of a table are set before each cell")
    head = shown(page, "th:has(button)").filter(has_text="Score").first
    table = head.locator("xpath=ancestor::table")
    told = (
        "rows => rows.map(row => Number(row.querySelectorAll('[data-number]')[4].dataset.number))"
    )
    first = table.locator("tbody tr").evaluate_all(told)
    head.locator("button").click()
    assert table.locator("tbody tr").evaluate_all(told) == sorted(first)
    assert head.get_attribute("aria-sort") == "ascending"
    head.locator("button").click()
    assert table.locator("tbody tr").evaluate_all(told) == sorted(first, reverse=True)


def test_without_scripts_all_is_said_and_only_the_controls_are_missing(chromium, file):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(file.as_uri())
    assert page.locator("main").count() == len(LANGUAGES)
    assert page.locator('main[lang="da"]').is_visible()
    assert not page.locator('main[lang="sv"]').is_visible()
    assert page.locator(".nb-tools *").count() == 0
    context.close()


def test_the_page_is_printed_without_its_controls(chromium, file):
    page = chromium.new_page()
    page.goto(file.as_uri())
    page.emulate_media(media="print")
    assert not page.locator(".nb-tools:visible").count()
    assert len(page.pdf()) > 50_000
    page.close()
