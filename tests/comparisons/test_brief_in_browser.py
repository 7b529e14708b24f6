"""The brief in a real browser, at the width of a phone and of a desk, without a network."""

import html
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import xarray as xr

from comparisons.brief import brief

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PHONE, DESK = 390, 1280

# The page stands in a frame of a given width; what it measures is written into the outer page.
FRAME = """<!doctype html><html><body><pre id="told"></pre>
<iframe id="frame" style="width:{width}px;height:900px;border:0" srcdoc="{page}"></iframe>
<script>
document.getElementById("frame").onload = function () {{
  var inside = this.contentDocument, root = inside.documentElement;
  var cells = Array.from(inside.querySelectorAll("td, th, p, li"));
  var small = cells.filter(c => c.textContent.trim() && c.getClientRects().length
    && parseFloat(this.contentWindow.getComputedStyle(c).fontSize) < 11).length;
  var svg = inside.querySelector("svg").getBoundingClientRect();
  document.getElementById("told").textContent = JSON.stringify({{
    wide: root.scrollWidth, tall: root.scrollHeight, small: small,
    drawing: Math.round(svg.width), title: inside.title,
    requests: this.contentWindow.performance.getEntriesByType("resource").length,
  }});
}};
</script></body></html>"""


@pytest.fixture(scope="module")
def browser() -> str:
    for name in BROWSERS:
        if found := shutil.which(name):
            return found
    pytest.skip(f"no browser is installed (looked for {', '.join(BROWSERS)})")


@pytest.fixture(scope="module")
def page(cube: xr.Dataset) -> str:
    return brief(cube, lang="da").render("html")


def browse(browser: str, folder: Path, *options: str) -> bytes:
    return subprocess.run(
        [
            browser,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
            "--host-resolver-rules=MAP * ~NOTFOUND",
            f"--user-data-dir={folder / 'profile'}",
            *options,
        ],
        capture_output=True,
        check=True,
        timeout=120,
    ).stdout


@pytest.mark.slow
@pytest.mark.parametrize("width", [PHONE, DESK])
def test_the_page_fits_and_asks_for_nothing(
    browser: str, page: str, tmp_path: Path, width: int
) -> None:
    file = tmp_path / "frame.html"
    file.write_text(FRAME.format(width=width, page=html.escape(page)), "utf-8")
    dom = browse(browser, tmp_path, "--virtual-time-budget=5000", "--dump-dom", file.as_uri())
    told = re.search(r'<pre id="told">(.*?)</pre>', dom.decode("utf-8"))
    assert told is not None
    import json

    found = json.loads(html.unescape(told[1]))
    assert found["wide"] <= width
    assert found["requests"] == 0
    assert found["small"] == 0
    assert found["title"].startswith("Digitale offentlige tjenester")
    assert found["drawing"] >= 300


@pytest.mark.slow
def test_the_page_reads_the_same_without_scripts(browser: str, page: str, tmp_path: Path) -> None:
    file = tmp_path / "brief.html"
    file.write_text(page, "utf-8")
    dom = browse(browser, tmp_path, "--dump-dom", file.as_uri()).decode("utf-8")
    assert "Island" in dom
    assert dom.count("<table") == page.count("<table")


@pytest.mark.slow
def test_the_page_is_painted(browser: str, page: str, tmp_path: Path) -> None:
    file, picture = tmp_path / "brief.html", tmp_path / "brief.png"
    file.write_text(page, "utf-8")
    browse(browser, tmp_path, f"--window-size={DESK},900", f"--screenshot={picture}", file.as_uri())
    assert picture.stat().st_size > 30_000
