"""The reader of texts: what it finds, what it leaves alone, and the five documents."""

import time
from pathlib import Path

import pandas as pd
import pytest

import nordbench as nb
from benchmark.errors import BenchmarkError
from benchmark.figures import joined
from sources.catalogue import evidence
from sources.draft import COLUMNS, draft
from sources.draft_text import passages


def found(text: str, lang: str | None = None) -> list[tuple[object, ...]]:
    """Value, unit, role, qualifier, country and year of each figure of a text."""
    frame = draft(text.encode(), lang).frame
    rows = frame[["value", "unit", "role", "qualifier", "country", "year"]]
    return [tuple(None if cell is pd.NA else cell for cell in row) for row in rows.to_numpy()]


SENTENCES = [
    (
        "da",
        "I 2023 har 78,5 pct. af danskerne tillid til løsningerne, mod 77 pct. i 2022.",
        [
            (78.5, "percent", "level", "exact", "DNK", 2023),
            (77.0, "percent", "level", "exact", "DNK", 2022),
        ],
    ),
    (
        "da",
        "Næsten hver fjerde borger i Danmark bad om hjælp i 2024.",
        [(25.0, "percent", "level", "almost", "DNK", 2024)],
    ),
    (
        "da",
        "Undersøgelsen fra 2024 har 12.345 respondenter.",
        [(12345.0, "count", "n", "exact", "", 2024)],
    ),
    (
        "da",
        "Andelen er steget med 3 procentpoint fra 2021 til 2023.",
        [(3.0, "pp", "change", "exact", "", 2023)],
    ),
    (
        "nb",
        "Norge rangeres til en 7. plass blant 31 land i Europa i 2022.",
        [(7.0, "rank", "rank", "exact", "NOR", 2022)],
    ),
    (
        "nb",
        "Andelen økte fra 41 prosent i 2019 til om lag 46 prosent i 2021.",
        [
            (41.0, "percent", "level", "exact", "", 2019),
            (46.0, "percent", "level", "about", "", 2021),
        ],
    ),
    (
        "nb",
        "Målsettingen om 90 prosent digitale søknader skal nås innen 2027.",
        [(90.0, "percent", "target", "exact", "", 2027)],
    ),
    (
        "nb",
        "Innbyggerne sendte 33,8 millioner meldinger i 2020.",
        [(33.8, "count", "count", "exact", "", 2020)],
    ),
    (
        "sv",
        "År 2022 uppgav drygt två tredjedelar av svenskarna att de litar på tjänsterna.",
        [(66.66666666666667, "percent", "level", "over", "SWE", 2022)],
    ),
    (
        "sv",
        "I Finland var andelen 81 %, jämfört med 74 % i Sverige.",
        [
            (81.0, "percent", "level", "exact", "FIN", None),
            (74.0, "percent", "level", "exact", "SWE", None),
        ],
    ),
    (
        "en",
        "In 2022, 1,012 respondents answered; 64 percent of Norwegians said yes.",
        [
            (1012.0, "count", "n", "exact", "NOR", 2022),
            (64.0, "percent", "level", "exact", "NOR", 2022),
        ],
    ),
    (
        "en",
        "Worldwide, eight in ten users met a problem.",
        [(80.0, "percent", "level", "exact", "", None)],
    ),
    (
        "en",
        "Denmark ranked 2nd of 193 countries in 2020.",
        [(2.0, "rank", "rank", "exact", "DNK", 2020)],
    ),
]


@pytest.mark.parametrize(("lang", "text", "expected"), SENTENCES)
def test_a_sentence_is_read_with_its_year_and_country(
    lang: str, text: str, expected: list[tuple[object, ...]]
) -> None:
    assert found(text, lang) == expected


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("da", "Mødet er den 12. marts 2024 kl. 10.30; ring 40 90 60 73."),
        ("da", "2.3. Metode og resultater"),
        ("da", "Det koster 450 kr. om året, i alt 12 mio. kr."),
        ("da", "Vi har tre mål og fem indsatser, se § 12 og figur 4."),
        ("nb", "Forordning (EU) 2018/1724 gjelder fra 12. desember 2020."),
        ("nb", "Tilskuddet er 350 millioner kroner i 2023."),
        ("sv", "Läs mer på sidan 14 i rapporten från den 3 maj 2021."),
        ("sv", "Budgeten är 1 200 kronor, telefon 08-123 45 67."),
        ("en", "See chapter 3, table 12 and ISO 3166-1; version 2.0 of May 5, 2021."),
        ("en", "The grant is 5 million euros over three years."),
    ],
)
def test_what_is_no_figure_is_left_alone(lang: str, text: str) -> None:
    assert found(text, lang) == []


def test_ranges_directions_pools_and_multipliers_are_kept() -> None:
    row = draft(b"Between 70 and 80 percent agree.", "en").frame.iloc[0]
    assert (row["value_low"], row["value"]) == (70, 80)
    row = draft(b"Norge falt 2 plasser til 18. plass av 36 land.", "nb").frame
    assert row["sense"].tolist()[0] == "down"
    assert row["pool_size"].tolist()[-1] == 36
    row = draft(b"Over 200 millioner indberetninger.", "da").frame.iloc[0]
    assert (row["value"], row["unit_mult"], row["qualifier"]) == (200, 6, "over")


def test_every_row_says_that_it_is_a_draft_and_where_it_stands(tmp_path: Path) -> None:
    page = tmp_path / "a b.md"
    page.write_text("# Tall\n\n- 47 prosent i 2021\n- 50 prosent i 2020\n", encoding="utf-8")
    proposed = nb.draft(page)
    assert list(proposed.frame.columns) == list(COLUMNS)
    assert set(proposed.frame["draft"]) == {"draft"}
    assert proposed.frame["locator"].tolist() == ["a b.md:3", "a b.md:4"]
    assert proposed.frame["context"].tolist() == ["- 47 prosent i 2021", "- 50 prosent i 2020"]
    assert "draft to be reviewed" in repr(proposed)
    assert "draft to be reviewed" in proposed._repr_html_()
    written = proposed.save(tmp_path / "draft.csv")
    assert pd.read_csv(written)["value"].tolist() == [47, 50]


def test_lines_are_joined_where_a_sentence_or_a_number_goes_on() -> None:
    text = (
        "Trust\n\n47\n%\nRising\n\n"
        "A long line that was broken by a mail program somewhere near\n48 percent of users."
    )
    _, parts = passages(text.encode())
    assert [part.text for part in parts][:3] == ["Trust", "47 %", "Rising"]
    rows = draft(text.encode(), "en").frame
    assert rows["locator"].tolist() == ["text:3", "text:8"]


HTML = """<!doctype html><html><head><title>9 percent</title><style>p{width:70%}</style></head>
<body><script>var share = "55 percent";</script>
<p>In Norway, <b>47&nbsp;%</b> of
residents trust the services.</p>
<table><tr><th>Denmark</th><td>78 %</td></tr></table>
<div class="key">18</div><div>. plass blant 36 land</div>
</body></html>"""


def test_a_page_is_read_as_it_is_shown() -> None:
    rows = draft(HTML.encode(), "nb").frame
    assert rows["value"].tolist() == [47, 78, 18]
    assert rows["country"].tolist() == ["NOR", "DNK", ""]
    assert rows["locator"].tolist() == ["text:3", "text:5", "text:6"]


def test_a_foreign_paragraph_is_read_in_its_own_language() -> None:
    text = (
        "Ifølge undersøgelsen har 12.500 borgere svaret, og de er tilfredse med løsningerne.\n\n"
        "According to the survey there are 12,500 people who have answered, and they are happy "
        "with the services that they use."
    )
    assert [row[0] for row in found(text)] == [12500, 12500]


@pytest.mark.parametrize("head", [b"%PDF-1.7", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"])
def test_what_is_no_text_is_refused(head: bytes) -> None:
    with pytest.raises(BenchmarkError, match="not a text"):
        draft(head + b" 47 percent")


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BenchmarkError, match="cannot be read"):
        draft(tmp_path / "none.txt")


def test_a_cell_that_a_spreadsheet_would_run_is_made_a_text() -> None:
    text = draft(b"=HYPERLINK(1) and 47 percent", "en").csv()
    assert ",'=HYPERLINK" in text


@pytest.mark.slow
def test_hostile_texts_do_nothing_and_end_soon() -> None:
    begun = time.perf_counter()
    draft(b"1" * 200_000 + b" " + b"1.000." * 20_000, "da")
    for text in (
        "(" * 3_000,
        "<p>" * 1_000 + "47 percent",
        "år 2020 " * 400,
        "47 pct. og " * 200,
    ):
        draft(text.encode(), "da")
    assert time.perf_counter() - begun < 10


# ---- The five documents: every figure held, against every row proposed.

SHARE_FOUND = 0.9
NOISE = 0.1


def held() -> pd.DataFrame:
    """Figures read from the five documents, a row a place that prints them."""
    frame = joined(evidence())
    frame = frame[frame["locator"].str.match(r"00[0-4]:\d")]
    places = frame.assign(locator=frame["locator"].str.split("; ")).explode("locator")
    return places.reset_index(drop=True)


@pytest.fixture(scope="module")
def proposed(shared: Path) -> pd.DataFrame:
    files = sorted((shared / "documents").glob("00[0-4]*.txt"))
    frames = [draft(path).frame for path in files]
    frame = pd.concat(frames, ignore_index=True)
    frame["locator"] = frame["locator"].str.replace(r"^(\d{3})_.*:", r"\1:", regex=True)
    return frame


def agrees(row: pd.Series, figure: pd.Series) -> bool:
    """Say whether a proposed row prints a figure that is held, as it is held."""
    return bool(
        row["locator"] == figure["locator"]
        and abs(row["value"] - figure["value"]) < 1e-9
        and row["unit"] == figure["unit"]
        and row["unit_mult"] == (figure["unit_mult"] or 0)
        and row["decimals"] == figure["decimals"]
        and row["qualifier"] == figure["qualifier"]
    )


def matches(proposed: pd.DataFrame) -> dict[int, list[int]]:
    """Proposed rows, by the held figure they print."""
    places = held()
    return {
        int(k): [int(r) for r, row in proposed.iterrows() if agrees(row, figure)]
        for k, figure in places.iterrows()
    }


def test_the_figures_of_the_five_documents_are_found(proposed: pd.DataFrame) -> None:
    places = held()
    pairs = matches(proposed)
    names = places["indicator"] + places["area"] + places["year"].astype(str) + places["breakdown"]
    names += places["country"] + places["kind"]
    hit = {names[k] for k, rows in pairs.items() if rows}
    assert names.nunique() == 41
    missed = sorted(set(names) - hit)
    assert len(hit) >= SHARE_FOUND * 41, missed


def test_no_value_proposed_is_wrong_and_noise_is_low(proposed: pd.DataFrame) -> None:
    places = held()
    used = {row for rows in matches(proposed).values() for row in rows}
    samples = {*places["n"].dropna().astype(float), 36}  # 36: the countries asked, or ranked
    rest = proposed[~proposed.index.isin(used)]
    strange = rest[~(rest["role"].isin(["n", "pool"]) & rest["value"].isin(samples))]
    assert len(strange) <= NOISE * len(proposed), strange[["locator", "value", "words"]]


def test_a_year_or_country_said_is_never_a_wrong_one(proposed: pd.DataFrame) -> None:
    places = held()
    years: dict[int, set[float]] = {}
    countries: dict[int, set[str]] = {}
    for k, rows in matches(proposed).items():
        for row in rows:
            years.setdefault(row, set()).add(places.loc[k, "year"])
            countries.setdefault(row, set()).add(places.loc[k, "country"])
    said = proposed.loc[sorted(years)]
    dated = said[said["year"].notna()]
    placed = said[said["country_basis"] == "sentence"]
    assert [
        dated.loc[r, "words"] for r in dated.index if dated.loc[r, "year"] not in years[r]
    ] == []
    assert [
        placed.loc[r, "words"] for r in placed.index if placed.loc[r, "country"] not in countries[r]
    ] == []
    assert len(dated) >= 10
    assert len(placed) >= 5


def test_a_draft_is_nowhere_a_figure() -> None:
    with pytest.raises(BenchmarkError, match="no source of figures"):
        nb.load(figures=draft(b"47 percent", "en"))  # type: ignore[arg-type]
