import csv
import io
import json
import re

import pytest

from benchmark.errors import BenchmarkError, UnknownName
from benchmark.schema import LANGUAGES
from comparisons.render.face import face
from comparisons.render.html import document
from comparisons.render.sheet import sheet

FORMATS = ("text", "md", "html", "csv", "json")


def test_plain_text_is_aligned_and_fits(listed, sheet_of_countries):
    for view in (listed, sheet_of_countries):
        lines = view.render("text").splitlines()
        assert max(len(line) for line in lines) <= 100
        assert not any(line != line.rstrip() for line in lines)
        assert "\x1b" not in view.render("text")
    lines = listed.render("text").splitlines()
    assert "Country  Rank  Score  Flag  Notes" in lines
    assert "Norway      2  -6.25  p e   [1, 2]" in lines


def test_wide_sheets_are_cut_into_blocks(sheet_of_countries):
    names = {f"C{k:02}": dict.fromkeys(LANGUAGES, f"Country number {k:02}") for k in range(14)}
    wide = sheet_of_countries.__class__(
        **{**vars(sheet_of_countries), "labels": {**sheet_of_countries.labels, "country": names}}
    )
    lines = wide.render("text").splitlines()
    assert max(len(line) for line in lines) <= 100
    assert sum(line.startswith("Subject") for line in lines) > 1


def test_a_long_word_does_not_break_the_frame(listed):
    long = listed.__class__(**{**vars(listed), "title": dict.fromkeys(LANGUAGES, "x" * 250)})
    assert max(len(line) for line in long.render("text").splitlines()) <= 100


def test_numbers_follow_the_language(listed):
    assert "66.8" in listed.render("text", "en")
    for lang in ("da", "nb", "sv"):
        assert "66,8" in listed.render("text", lang)
    assert listed.to_frame()["score"][0] == 66.7599


def test_minus_is_plain_in_text_and_typeset_in_html(listed):
    assert "-6.25" in listed.render("text")
    assert "-6.25" in listed.render("csv")
    page = re.sub(r' data-number="[^"]*"', "", listed.render("html"))
    assert "−6.25" in page
    assert "-6.25" not in page
    assert "Detail of −6" in page


def test_markdown_is_escaped(listed):
    text = listed.render("md")
    assert r"\<b\>" in text
    assert r"\| \*now\*" in text
    assert "<https://example.org/a>" in text
    assert len({line.count(" | ") for line in text.splitlines() if line.startswith("|")}) == 1


def test_html_is_escaped_and_fetches_nothing(listed):
    page = listed.render("html")
    assert "<b>" not in page
    assert "&lt;b&gt;" in page
    assert not re.search(r"<(script|link|img|iframe)|@import|url\(", page)
    assert 'src="' not in page


def test_html_is_accessible(listed, sheet_of_countries):
    for view in (listed, sheet_of_countries):
        page = view.render("html", "nb")
        assert '<html lang="nb">' in page
        assert page.count("<h1") == 1
        assert "<caption>" in page
        assert re.search(r'<th [^>]*scope="row"', page)
        heads = re.search(r"<thead.*?>(.*?)</thead>", page, re.S).group(1)
        assert heads.count("<th") == heads.count("scope=")
        assert "<td></td></tr>" not in heads


def test_every_row_of_html_has_as_many_cells_as_headings(listed, sheet_of_countries):
    for view in (listed, sheet_of_countries):
        page = view.render("html")
        head, *rows = re.findall(r"<tr[^>]*>(.*?)</tr>", page, re.S)
        width = head.count("<th") + head.count('colspan="2"')
        assert {row.count("<th") + row.count("<td") for row in rows} == {width}


def test_marks_of_html_lead_to_their_notes(listed):
    page = listed.render("html")
    targets = set(re.findall(r'href="#([^"]+)"', page))
    assert targets
    assert targets <= set(re.findall(r'id="([^"]+)"', page))


def test_several_views_share_one_page(listed, sheet_of_countries):
    pages = [face(listed, "en"), face(sheet_of_countries, "en")]
    page = document(pages, "Brief", "en", "A lead.")
    ids = re.findall(r'id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert page.count("<h1>") == 1
    assert "A lead." in page


def contrast(one, other):
    def light(colour):
        parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return sum(
            weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True)
        )

    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_of_every_text_colour(root):
    style = (root / "comparisons/render/templates/style.css").read_text("utf-8")
    inks = {
        "#" + "".join(c * (2 if len(ink) == 3 else 1) for c in ink)
        for ink in re.findall(r"[ {]color: #([0-9a-f]{3,6})", style)
    }
    assert inks
    assert contrast("#000000", "#ffffff") == 21
    assert all(contrast(ink, ground) >= 4.5 for ink in inks for ground in ("#ffffff", "#f2f2f2"))


def test_data_of_csv_are_plain_and_carry_verdict_notes_and_override(listed):
    stream = [line for line in listed.render("csv").splitlines() if not line.startswith("# ")]
    rows = list(csv.DictReader(io.StringIO("\n".join(stream))))
    assert rows[0]["score"] == "66.7599"
    assert rows[1]["notes"] == "C11 p"
    assert {row["verdict"] for row in rows} == {"caution"}
    assert {row["override"] for row in rows} == {'Minister asked "today" | *now*'}


def test_json_is_whole(listed):
    told = json.loads(listed.render("json", "sv"))
    assert told["language"] == "sv"
    assert told["data"][2]["decimals"] is None
    assert told["notes"][0]["texts"]["da"] == "Periods * differ (da) <b>"
    assert told["thresholds"] == {"age_info": 0.95, "rank_small": 0.1}
    assert {key: told[key] for key in listed.to_dict()} == listed.to_dict()


def test_the_frame_carries_what_the_view_says(listed):
    attrs = listed.to_frame().attrs
    assert attrs["verdict"] == "caution"
    assert [note["id"] for note in attrs["notes"]] == ["C11", "p"]
    assert attrs["overrides"][0]["rules"] == ["C30"]
    frame = listed.to_frame()
    frame.loc[0, "score"] = 0
    assert listed.data["score"][0] == 66.7599


def test_the_localised_table(listed, sheet_of_countries):
    table = listed.table("sv")
    assert table.columns.tolist() == ["Land", "Plats", "Poäng", "Märke", "Noter"]
    assert table.iloc[1].tolist() == ["Norge", "2", "-6,25", "p e", "[1, 2]"]
    assert table.attrs["verdict"] == "caution"
    table = sheet_of_countries.table("da")
    assert table.loc[0, "Norge"].replace("\u00a0", " ") == "næsten 47 % (2021) u [2]"
    assert table.loc[0, "Sverige"] == ".."
    assert table.loc[1, "Norge"] == "18 af 36 (2021)"


def test_a_row_says_which_indicator_each_country_has(sheet_of_countries):
    below = [cell.plain() for cell in sheet(sheet_of_countries, "en").rows[0].below]
    assert below[:2] == [
        "Denmark: Trust in digital solutions (percent; residents)",
        "Norway: Personal data kept safe (percent; residents)",
    ]


@pytest.mark.parametrize("format", FORMATS)
def test_same_view_same_bytes(listed, format):
    assert listed.render(format) == listed.render(format)
    assert listed.render(format).endswith("\n")


@pytest.mark.parametrize(
    ("suffix", "format"), [(".txt", "text"), (".md", "md"), (".html", "html"), (".json", "json")]
)
def test_saved_as_rendered(listed, tmp_path, suffix, format):
    target = tmp_path / f"view{suffix}"
    assert listed.save(target, lang="nb") == [target]
    assert target.read_bytes().decode("utf-8") == listed.render(format, "nb")
    assert [path.name for path in tmp_path.iterdir()] == [target.name]


def test_csv_is_saved_with_its_notes_beside_it(listed, tmp_path):
    data, notes = listed.save(tmp_path / "view.csv", lang="da")
    assert notes.name == "view-notes.csv"
    with notes.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert {row["section"] for row in rows} >= {
        "verdict",
        "overrides",
        "notes",
        "coverage",
        "sources",
    }
    both = data.read_text("utf-8") + "".join(
        f"# {line}\n" for line in notes.read_text("utf-8").splitlines()
    )
    assert both == listed.render("csv", "da")


def test_a_format_may_be_named(listed, tmp_path):
    target = tmp_path / "no_suffix"
    listed.save(target, "markdown")
    assert target.read_text("utf-8") == listed.render("md")


def test_unknown_format_and_language(listed, tmp_path):
    with pytest.raises(UnknownName, match=r"'odt'.*text, md, html, csv, json"):
        listed.save(tmp_path / "view.odt")
    with pytest.raises(UnknownName, match=r"'fr'.*en, da, nb, sv"):
        listed.render("text", "fr")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there(listed, tmp_path):
    with pytest.raises(BenchmarkError, match="does not exist; make it first"):
        listed.save(tmp_path / "none" / "view.md")


def test_a_folder_that_is_a_file(listed, tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(BenchmarkError, match="nothing was written"):
        listed.save(tmp_path / "file" / "view.md")


def test_a_target_that_is_a_folder_leaves_nothing_behind(listed, tmp_path):
    (tmp_path / "view.csv").mkdir()
    with pytest.raises(BenchmarkError, match="nothing was written"):
        listed.save(tmp_path / "view.csv")
    assert [path.name for path in tmp_path.iterdir()] == ["view.csv"]


def test_a_folder_that_may_not_be_written_to(listed, tmp_path, monkeypatch):
    closed = tmp_path / "closed"
    closed.mkdir()
    closed.chmod(0o500)
    try:
        (closed / "probe").touch()
    except PermissionError:
        with pytest.raises(BenchmarkError, match="may not be written to; choose another"):
            listed.save(closed / "view.md")
    else:
        pytest.skip("this user may write everywhere")
    finally:
        closed.chmod(0o700)
