"""Quantities read from sentences in English, Danish, Norwegian and Swedish."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmark.errors import BenchmarkError, UnknownName
from benchmark.language import Claimed, number, percent, read_claims, recognise
from benchmark.language.data import dictionary
from benchmark.language.lexicon import lexicon
from benchmark.schema import LANGUAGES

THIRD = 100 / 3


def said(sentence: str, lang: str | None = None) -> list[tuple[Any, ...]]:
    """What is read: value or values, and what is not the usual."""
    return [short(q) for q in read_claims(sentence, lang)]


def short(q: Claimed) -> tuple[Any, ...]:
    value = q.values[0] if len(q.values) == 1 else q.values
    usual = {"level", "exact", "", None}
    parts = (q.unit, q.kind, q.qualifier, q.bound, q.sense)
    return (value, *(part for part in parts if part not in usual))


LEVELS = [
    ("op mod 24 pct.", [(24, "percent", "up_to")]),
    ("knap hver femte", [(20, "percent", "almost")]),
    ("hver fjerde", [(25, "percent")]),
    ("hver anden borger", [(50, "percent")]),
    ("eight in ten", [(80, "percent")]),
    ("8 out of 10 users", [(80, "percent")]),
    ("one in four adults", [(25, "percent")]),
    ("two thirds of users", [(2 * THIRD, "percent")]),
    ("two-thirds of users", [(2 * THIRD, "percent")]),
    ("a third of users", [(THIRD, "percent")]),
    ("a quarter of users, one fifth of them", [(25, "percent"), (20, "percent")]),
    ("to tredjedele af borgerne", [(2 * THIRD, "percent")]),
    ("tre firedeler av innbyggerne", [(75, "percent")]),
    ("en tredel av innbyggerne", [(THIRD, "percent")]),
    ("tre fjärdedelar av användarna", [(75, "percent")]),
    ("halvdelen af borgerne", [(50, "percent")]),
    ("halvparten av innbyggerne", [(50, "percent")]),
    ("halva befolkningen", [(50, "percent")]),
    ("nästan hälften", [(50, "percent", "almost")]),
    ("mer än hälften", [(50, "percent", "over", "above")]),
    ("over half", [(50, "percent", "over", "above")]),
    ("over halvdelen", [(50, "percent", "over", "above")]),
    ("godt halvdelen", [(50, "percent", "over")]),
    ("drygt hälften", [(50, "percent", "over")]),
    ("under halvdelen af de ældre", [(50, "percent", "almost", "below")]),
    ("less than half", [(50, "percent", "almost", "below")]),
    ("mindst 80 procent", [(80, "percent", "over", "at_least")]),
    ("högst 15 procent", [(15, "percent", "up_to", "at_most")]),
    ("åtte av ti bruker tjenestene", [(80, "percent")]),
    ("otte ud af ti har tillid", [(80, "percent")]),
    ("åtta av tio användare", [(80, "percent")]),
    ("en av fem svenskar", [(20, "percent")]),
    ("annenhver innbygger", [(50, "percent")]),
    ("varannan användare", [(50, "percent")]),
    ("nästan var femte", [(20, "percent", "almost")]),
    ("2/3 af brugerne", [(2 * THIRD, "percent")]),
    ("tolv prosent", [(12, "percent")]),
    ("femogtyve procent og nioghalvfems procent", [(25, "percent"), (99, "percent")]),
    ("twenty-four percent", [(24, "percent")]),
    ("tjugofem procent", [(25, "percent")]),
    ("åttiåtte prosent", [(88, "percent")]),
    ("78,5 procent", [(78.5, "percent")]),
    ("78.5 percent", [(78.5, "percent")]),
    ("47\n%\nNegativ synkende trend", [(47, "percent")]),
    ("24.5%, or 24,5 %", [(24.5, "percent"), (24.5, "percent")]),
    ("henholdsvis 80 og 73 pct. af brugerne", [(80, "percent"), (73, "percent")]),
    ("between 70 and 80 percent", [((70, 80), "percent", "range")]),
    ("mellem 70 og 80 procent", [((70, 80), "percent", "range")]),
    ("15-20 %", [((15, 20), "percent", "range")]),
    ("15 till 20 procent", [((15, 20), "percent", "range")]),
    ("a score of 66.8", [(66.8, "score")]),
    ("Denmark scored 85.26 and Norway 82.37.", [(85.26, "score"), (82.37, "score")]),
    ("skår på 66,76", [(66.76, "score")]),
]

CHANGES = [
    ("almost 6 percentage points", [(6, "pp", "change", "almost")]),
    ("almost 6 points", [(6, "pp", "change", "almost")]),
    ("faldet næsten 6 procentpoint", [(6, "pp", "change", "almost", "down")]),
    ("faldt med knap 6 pct.-point", [(6, "pp", "change", "almost", "down")]),
    ("Andelen falt med 3 prosentpoeng", [(3, "pp", "change", "down")]),
    ("ökat med 4,5 procentenheter", [(4.5, "pp", "change", "up")]),
    ("14 procentenheters skillnad", [(14, "pp", "change")]),
    ("up 5 pp", [(5, "pp", "change", "up")]),
    ("-6 percentage points", [(6, "pp", "change", "down")]),
    ("\u22126 percentage points", [(6, "pp", "change", "down")]),
    ("a 6-percentage-point fall", [(6, "pp", "change", "down")]),
    ("7 procentenheter lägre än Danmark", [(7, "pp", "change", "down")]),
    ("9 prosentpoeng lavere enn i Danmark", [(9, "pp", "change", "down")]),
    ("14 percentage points above Norway", [(14, "pp", "change", "up")]),
    ("5 to 7 percentage points", [((5, 7), "pp", "range")]),
    ("half a percentage point", [(0.5, "pp", "change")]),
    ("steget med 4 procent", [(4, "rel_change_percent", "change", "up")]),
    ("a 4 percent increase", [(4, "rel_change_percent", "change", "up")]),
    ("+48.5 %", [(48.5, "rel_change_percent", "change", "up")]),
    ("en økning på nesten 50 prosent", [(50, "rel_change_percent", "change", "almost", "up")]),
    ("næsten 50 procent flere", [(50, "rel_change_percent", "change", "almost", "up")]),
    ("has doubled", [(100, "rel_change_percent", "change", "up")]),
    ("er fordoblet", [(100, "rel_change_percent", "change", "up")]),
    ("er doblet", [(100, "rel_change_percent", "change", "up")]),
    ("har fördubblats", [(100, "rel_change_percent", "change", "up")]),
    ("er tredoblet", [(200, "rel_change_percent", "change", "up")]),
    ("halverats", [(50, "rel_change_percent", "change", "down")]),
    ("dobbelt så mange", [(100, "rel_change_percent", "change", "up")]),
    ("It fell by a quarter.", [(25, "rel_change_percent", "change", "down")]),
    ("cut by half", [(50, "rel_change_percent", "change", "down")]),
    (
        "steget fra 33 procent til 49 procent",
        [((33, 49), "percent", "from_to", "up")],
    ),
    ("rose from 33 to 49 percent", [((33, 49), "percent", "from_to", "up")]),
    ("gikk ned fra 50 til 47 prosent", [((50, 47), "percent", "from_to", "down")]),
    ("en minskning från 24 till 18 procent", [((24, 18), "percent", "from_to", "down")]),
    ("Nedgang fra 50 prosent i 2020", [(50, "percent", "from", "down")]),
    ("faldet 6 procentpoint, 24 procent", [(6, "pp", "change", "down"), (24, "percent")]),
    (
        "faldet 6 procentpoint, fra 24 til 18",
        [(6, "pp", "change", "down"), ((24, 18), "percent", "from_to")],
    ),
    ("faldet til 18 procent", [(18, "percent", "to", "down")]),
    (
        "The increase was 16 percentage points, or 48.5 percent.",
        [(16, "pp", "change", "up"), (48.5, "rel_change_percent", "change", "up")],
    ),
    (
        "steget 16 procentpoint (48,5 procent)",
        [(16, "pp", "change", "up"), (48.5, "rel_change_percent", "change", "up")],
    ),
]

RANKS = [
    ("fra 16. til 18. plass", [((16, 18), "rank", "from_to")]),
    ("from 16th to 18th", [((16, 18), "rank", "from_to")]),
    ("from rank 16 to 18", [((16, 18), "rank", "from_to")]),
    ("rykket fra nr. 3 til nr. 7", [((3, 7), "rank", "from_to")]),
    ("från plats 9 till plats 13", [((9, 13), "rank", "from_to")]),
    ("från 16:e till 18:e plats", [((16, 18), "rank", "from_to")]),
    ("climbed from 18th to 17th place", [((18, 17), "rank", "from_to", "up")]),
    ("Ned fra 16. plass i 2020", [(16, "rank", "from", "down")]),
    ("nr. 18 blandt 36 lande", [(18, "rank")]),
    ("18. plass blant 36 land", [(18, "rank")]),
    ("plats 18 av 36 länder", [(18, "rank")]),
    ("rangeres til en 18. plass", [(18, "rank")]),
    ("18\n. plass", [(18, "rank")]),
    ("13:e plats", [(13, "rank")]),
    ("ranked 18th", [(18, "rank")]),
    ("Denmark came third in Europe", [(3, "rank")]),
    ("på tredjeplass", [(3, "rank")]),
    ("en syvendeplads", [(7, "rank")]),
    ("Norway fell two places", [(2, "rank", "change", "down")]),
    (
        "rykket ned to plasser, fra 16 til 18",
        [(2, "rank", "change", "down"), ((16, 18), "rank", "from_to")],
    ),
    ("Danmark rykker to pladser ned", [(2, "rank", "change", "down")]),
    ("Sverige tappade fyra platser", [(4, "rank", "change", "down")]),
]

COUNTS = [
    ("1 396 virksomheter", [(1396, "count")]),
    ("1\u00a0396 virksomheter", [(1396, "count")]),
    ("24.500 personer", [(24500, "count")]),
    ("13.187 brugere", [(13187, "count")]),
    ("24,500 people in 36 countries", [(24500, "count"), (36, "count")]),
    ("33,8 mill.", [(33.8e6, "count")]),
    ("over 200 millioner indberetninger", [(200e6, "count", "over", "above")]),
    ("nearly 1.4 million people", [(1.4e6, "count", "almost")]),
    ("halvanden million brugere", [(1.5e6, "count")]),
    ("half a million users", [(5e5, "count")]),
    ("The survey (n = 3,937)", [(3937, "count")]),
    ("2000 borgere i 2000", [(2000, "count")]),
    ("fem udvalgte områder", [(5, "count")]),
    ("faldet fra 9 257 til 1 396 tjenester", [((9257, 1396), "count", "from_to", "down")]),
    ("12 000 flere borgere", [(12000, "count", "change", "up")]),
]


@pytest.mark.parametrize(("sentence", "expected"), LEVELS + CHANGES + RANKS + COUNTS)
def test_a_quantity_is_read(sentence: str, expected: list[tuple[Any, ...]]) -> None:
    found = said(sentence)
    assert [q[1:] for q in found] == [q[1:] for q in expected]
    for q, wanted in zip(found, expected, strict=True):
        assert q[0] == pytest.approx(wanted[0])


@pytest.mark.parametrize(
    "sentence",
    [
        "Mål 1",
        "Goal 1 is reached; target 3 is not.",
        "In section 3.2 and table 4 of Act No. 12, see page 14.",
        "Side 14, tabel 3, afsnit 2.1 og bilag 4",
        "lov nr. 1208 af 27. december 2003 § 5, stk. 2",
        "forordning nr. 910/2014",
        "tlf. 40 90 60 73",
        "Tlf:+45 29 32 98 47poa@digmin.dk",
        "telefon 22 45 10 00 eller 815 48 333",
        "tel. 08-123 456 78",
        "Call 555-123-4567.",
        "12-04-2013",
        "16.6.2025 09:01:08 CEST",
        "2024-02-29",
        "Den 1. december 2012 blev det obligatorisk",
        "on 2 November 2021 and November 3, 2021",
        "17. mai 2023 kl. 12.00",
        "I 2021, 2022 og 2023, i perioden 2022-2024 og 2015–16",
        "fra 2011 til 2012",
        "på niveau med 2021 og 2022",
        "borgere over 65 år, mellem 15 og 89 år og 16-74-årige",
        "aged 15 to 89; the 60+ group",
        "de seneste to år; 10 minutter; three times; hver femte dag",
        "for anden gang, for det første, on the one hand",
        "the first half of the year, half of 2023, half an hour",
        "Global Trust Imperative 3.0 visar att",
        "a 5-point scale from 1 to 5",
        "http://scorecard.digst.dk/2012/80 og borger.dk",
        "± 1.5 percentage points",
        "the third report of the two countries",
        "2. Resultater",
        "from the 16th to the 18th century",
        "",
        "78",
        "1990'erne og 2010-tallet",
    ],
)
def test_what_is_no_quantity_is_left_alone(sentence: str) -> None:
    lang = None if sentence not in ("", "78") else "en"
    assert [q for q in said(sentence, lang) if q != (78, "count")] == []


@pytest.mark.parametrize(
    ("sentence", "step"),
    [
        ("faldet næsten 6 procentpoint", 1),
        ("fell by 10 percentage points", 1),
        ("steget næsten 50 procent", 10),
        ("steget 48 procent", 1),
        ("steget 48,5 procent", 0.1),
        ("80 procent", 1),
        ("næsten 80 procent", 10),
        ("op mod 24 pct.", 1),
        ("8 ud af 10", 10),
        ("hver femte", 5),
        ("halvdelen", 10),
        ("hver anden borger", 10),
        ("24 500 personer", 100),
        ("3.937 respondenter", 1),
        ("33,8 mill.", 1e5),
        ("18. plads", 1),
    ],
)
def test_the_step_a_number_is_rounded_to(sentence: str, step: float) -> None:
    assert [q.step for q in read_claims(sentence)] == [pytest.approx(step)]


@pytest.mark.parametrize(
    ("sentence", "about"),
    [
        ("Andelen er steget med 4 procent", "share"),
        ("Antallet af brugere er steget med 4 procent", "count"),
        ("næsten 50 procent flere digitale transaktioner", "count"),
        ("The number of users has doubled", "count"),
        ("twice as many users", "count"),
        ("The share rose by a third", "share"),
        ("Det svarer til en stigning på næsten 50 procent", None),
        ("Andelen er steget. Det svarer til en stigning på 50 procent", "share"),
        ("6 procentpoint", "share"),
        ("78 procent", "share"),
        ("24 500 personer", "count"),
        ("18. plass", None),
    ],
)
def test_what_is_spoken_of(sentence: str, about: str | None) -> None:
    assert [q.about for q in read_claims(sentence)] == [about]


@pytest.mark.parametrize(
    ("sentence", "ambiguous"),
    [
        ("andelen er steget med 4 procent", True),
        ("a relative increase of 4 percent", False),
        ("en relativ ökning med 48,5 procent", False),
        ("50 procent flere brugere", False),
        ("er fordoblet", False),
        ("steget 16 procentpoint, svarende til 48 procent", False),
        ("faldet 6 procentpoint", False),
    ],
)
def test_percent_said_of_a_change_is_ambiguous_unless_plain(sentence: str, ambiguous: bool) -> None:
    assert read_claims(sentence)[-1].ambiguous is ambiguous


@pytest.mark.parametrize(
    ("sentence", "pool"),
    [
        ("18th of 36 countries", 36),
        ("nr. 18 blandt 36 lande", 36),
        ("fra 16. til 18. plass blant 36 land", 36),
        ("plats 18 av 36 länder", 36),
        ("18. plass i 2021", None),
    ],
)
def test_the_pool_of_a_rank(sentence: str, pool: int | None) -> None:
    assert [q.pool for q in read_claims(sentence)] == [pool]


def test_the_words_and_their_place_are_kept() -> None:
    sentence = "I 2024 er andelen faldet næsten 6 procentpoint."
    (quantity,) = read_claims(sentence)
    assert quantity.words == "næsten 6 procentpoint"
    assert sentence[slice(*quantity.span)] == quantity.words
    assert quantity.language == "da"


@pytest.mark.parametrize(
    ("sentence", "lang"),
    [
        ("The share of users has fallen", "en"),
        ("knap hver femte har brug for hjælp", "da"),
        ("andelen innbyggere som har tillit", "nb"),
        ("nästan hälften av användarna", "sv"),
        ("fra 16. til 18. plass", "nb"),
        ("plats 18 av 36 länder", "sv"),
    ],
)
def test_a_language_is_recognised_by_its_words(sentence: str, lang: str) -> None:
    assert recognise(sentence) == lang


def test_a_number_two_languages_read_differently_needs_the_language() -> None:
    with pytest.raises(BenchmarkError, match=r"reads differently in en and da.*: say which"):
        read_claims("1.874 x")
    assert said("1.874 løsninger") == [(1874, "count")]
    assert said("1.874 persons", "en") == [(1.874, "count")]


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(UnknownName, match="'de': choose one of"):
        read_claims("18 Prozent", "de")


@given(st.integers(0, 10**8).map(lambda k: k / 100), st.sampled_from(LANGUAGES))
def test_a_written_percentage_reads_back(value: float, lang: str) -> None:
    (quantity,) = read_claims(f"({percent(value, lang)})", lang)
    assert (quantity.value, quantity.unit) == (value, "percent")


WORDS = {"en": "users", "da": "brugere", "nb": "brukere", "sv": "användare"}


@given(st.integers(2, 10**9), st.sampled_from(LANGUAGES))
def test_a_written_count_reads_back(value: int, lang: str) -> None:
    (quantity,) = read_claims(f"{number(value, lang)} {WORDS[lang]}", lang)
    assert (quantity.value, quantity.unit) == (value, "count")


def _numerals() -> list[tuple[str, str, float]]:
    listed = []
    for lang in LANGUAGES:
        for value, words in dictionary(lang)["reading"]["cardinals"].items():
            listed += [(lang, word, float(value)) for word in words if float(value) >= 1]
    return listed


@pytest.mark.parametrize(("lang", "word", "value"), _numerals())
def test_every_numeral_is_read(lang: str, word: str, value: float) -> None:
    unit = {"en": "percent", "da": "procent", "nb": "prosent", "sv": "procent"}[lang]
    assert said(f"{word} {unit}", lang) == [(value, "percent")]


decimals = st.integers(0, 2)


@st.composite
def claims(draw: st.DrawFn) -> Claimed:
    """A quantity as the languages can say it."""
    unit, kind = draw(st.sampled_from(SAYABLE))
    digits = 0 if unit == "rank" else draw(decimals)
    scale = 10**digits
    size = 2 if kind in ("from_to", "range") else 1
    whole = st.integers(2 * scale, 180 * scale)
    values = draw(st.lists(whole, min_size=size, max_size=size, unique=True))
    if kind == "range":
        values.sort()
    qualifier, bound = ("exact", "") if size == 2 or kind == "from" else draw(st.sampled_from(WAYS))
    if qualifier == "over" and unit in ("percent", "score", "rank") and not bound:
        qualifier = "about"
    senses = (None, "up", "down") if unit != "rank" else ("up", "down")
    return Claimed(
        values=tuple(value / scale for value in values),
        unit=unit,
        kind=kind,
        step=1.0,
        qualifier=qualifier,
        bound=bound,
        sense=draw(st.sampled_from(senses)) if kind == "change" else None,
        pool=200 if unit == "rank" and kind in ("level", "from_to") else None,
        decimals=digits,
    )


SAYABLE = [
    ("percent", "level"),
    ("percent", "from_to"),
    ("percent", "range"),
    ("pp", "change"),
    ("rel_change_percent", "change"),
    ("rank", "level"),
    ("rank", "from_to"),
    ("rank", "change"),
    ("score", "level"),
    ("score", "from_to"),
    ("count", "level"),
    ("count", "from_to"),
]
WAYS = [
    ("exact", ""),
    ("about", ""),
    ("almost", ""),
    ("over", ""),
    ("up_to", ""),
    ("over", "above"),
    ("over", "at_least"),
    ("almost", "below"),
    ("up_to", "at_most"),
]


@given(claims(), st.sampled_from(LANGUAGES))
def test_a_claim_that_is_said_reads_back(claim: Claimed, lang: str) -> None:
    sentence = claim.text(lang)
    found = [replace(q, pool=claim.pool) for q in read_claims(sentence, lang)]
    assert [short(q) for q in found] == [short(claim)], sentence


def _words() -> list[str]:
    """Every word the four languages know, and what stands between words."""
    known = {w for lang in LANGUAGES for w in lexicon(lang).words}
    marks = [".", ",", "-", "(", ")", "/", ":", "%", "+", "\n", "\u00a0", "16.", "18th", "13:e"]
    numbers = ["6", "24,5", "1.874", "24 500", "2024", "40 90 60 73", "1" * 400, "0,831"]
    return sorted(known) + (marks + numbers) * 20


@given(st.lists(st.sampled_from(_words()), max_size=14).map(" ".join), st.sampled_from(LANGUAGES))
def test_any_words_can_be_read(sentence: str, lang: str) -> None:
    found = read_claims(sentence, lang)
    ends = [0, *(place for q in found for place in q.span), len(sentence)]
    assert ends == sorted(ends)
    assert all(sentence[slice(*q.span)] == q.words for q in found)
    assert all(q.text(other) for q in found for other in LANGUAGES)


@given(st.text(max_size=60), st.sampled_from(LANGUAGES))
def test_any_text_can_be_read(sentence: str, lang: str) -> None:
    read_claims(sentence, lang)


DOCUMENTS = {
    "000": ("000_07525e63be06c604.txt", "da"),
    "001": ("001_ab096496e3ee804a.txt", "da"),
    "002": ("002_6b1c3df9b344da60.txt", "nb"),
    "003": ("003_3d8d3bc6a23995d2.txt", "da"),
    "004": ("004_db55a97f537c8d3b.txt", "sv"),
}
PRINTED: dict[str, list[tuple[Any, ...]]] = {
    "000:15": [],
    "000:21": [(78, "percent"), (6, "percent")],
    "000:23": [],
    "000:25": [(24, "percent", "up_to")],
    "000:27": [(80, "percent"), (73, "percent")],
    "000:31": [],
    "000:33": [],
    "000:35": [(4625, "count")],
    "001:2": [(6, "pp", "change", "almost", "down")],
    "001:4": [((24, 18), "percent", "from_to")],
    "001:5": [],
    "001:6": [(20, "percent", "almost")],
    "001:9": [(28, "percent"), (22, "percent")],
    "001:10": [(58, "percent")],
    "001:17": [(3937, "count")],
    "001:21": [],
    "001:24": [],
    "001:26": [],
    "001:31": [(200e6, "count", "over", "above"), (1874, "count")],
    "001:33": [(50, "percent", "over", "above"), (20, "percent")],
    "002:3": [],
    "002:17": [(50, "percent", "from", "down")],
    "002:23": [(11, "percent", "from", "up")],
    "002:29": [(18, "rank"), (16, "rank", "from", "down")],
    "002:31": [],
    "002:37": [(18, "rank")],
    "003:11": [],
    "003:13": [(50, "rel_change_percent", "change", "almost", "up"), (80, "percent")],
    "003:15": [
        (5, "count"),
        ((33, 49), "percent", "from_to", "up"),
        (50, "rel_change_percent", "change", "almost", "up"),
        (64, "percent"),
        (39, "percent"),
    ],
    "003:17": [],
    "003:21": [(92, "percent"), (96, "percent"), (76, "percent")],
    "003:23": [(80, "percent")],
    "003:30": [(80, "percent")],
    "003:42": [],
    "004:9": [(24500, "count"), (36, "count"), (93, "percent")],
    "004:14": [],
    "004:38": [(51, "percent")],
    "004:42": [(41, "percent"), (48, "percent"), (34, "percent")],
    "004:54": [(70, "percent"), (57, "percent")],
    "004:58": [(50, "percent", "over", "above")],
}


@pytest.mark.parametrize("place", PRINTED)
def test_the_quantities_printed_in_the_documents(shared: Path, place: str) -> None:
    document, line = place.split(":")
    file, lang = DOCUMENTS[document]
    text = (shared / "documents" / file).read_text(encoding="utf-8").splitlines()[int(line) - 1]
    assert said(text, lang) == PRINTED[place]
    assert said(text) == PRINTED[place]


def test_a_value_printed_over_three_lines(shared: Path) -> None:
    file, lang = DOCUMENTS["002"]
    lines = (shared / "documents" / file).read_text(encoding="utf-8").splitlines()
    assert said("\n".join(lines[12:17]), lang)[0] == (47, "percent")
    assert said("\n".join(lines[24:27]), lang)[0] == (18, "rank")
