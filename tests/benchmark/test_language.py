"""Numbers and words as the four languages write them."""

import subprocess
import sys
from decimal import Decimal

import numpy as np
import pytest
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from benchmark.errors import BenchmarkError, UnknownName
from benchmark.language import (
    join,
    number,
    ordinal_rank,
    percent,
    read_number,
    term,
    typeset,
)
from benchmark.language.data import dictionary
from benchmark.schema import LANGUAGES

NBSP = "\u00a0"
languages = st.sampled_from(LANGUAGES)


@pytest.mark.parametrize(
    ("value", "lang", "text"),
    [
        (24500, "en", "24,500"),
        (24500, "da", "24.500"),
        (24500, "nb", f"24{NBSP}500"),
        (24500, "sv", f"24{NBSP}500"),
        (1396, "nb", f"1{NBSP}396"),
        (78.5, "en", "78.5"),
        (78.5, "da", "78,5"),
        (78.0, "en", "78"),
        (0.1 + 0.2, "en", "0.30000000000000004"),
        (Decimal("78.50"), "sv", "78,50"),
        (1234567.25, "da", "1.234.567,25"),
        (-6, "nb", "-6"),
        (0, "en", "0"),
        (-0.0, "en", "0"),
        (1e21, "en", "1,000,000,000,000,000,000,000"),
        (1e-7, "da", "0,0000001"),
        (np.float64(66.8), "da", "66,8"),
        (np.int64(24500), "en", "24,500"),
        (np.float32(0.5), "en", "0.5"),
    ],
)
def test_numbers_are_written_as_in_the_language(value: float, lang: str, text: str) -> None:
    assert number(value, lang) == text


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (0.125, 2, "0.13"),
        (2.5, 0, "3"),
        (-2.5, 0, "-3"),
        (-0.4, 0, "0"),
        (1.005, 2, "1.01"),
        (66.7645, 2, "66.76"),
        (78, 1, "78.0"),
        (999.95, 1, "1,000.0"),
    ],
)
def test_display_rounds_half_up(value: float, decimals: int, text: str) -> None:
    assert number(value, "en", decimals) == text


@pytest.mark.parametrize(("value", "text"), [(16, "+16"), (-6, "-6"), (0, "0"), (-0.01, "0")])
def test_a_sign_is_put_on_what_is_not_zero(value: float, text: str) -> None:
    assert number(value, "en", 0, sign=True) == text


@pytest.mark.parametrize(
    ("lang", "text"),
    [("en", "78%"), ("da", f"78{NBSP}%"), ("nb", f"78{NBSP}%"), ("sv", f"78{NBSP}%")],
)
def test_percent(lang: str, text: str) -> None:
    assert percent(78, lang) == text


def test_percent_takes_decimals_and_sign() -> None:
    assert percent(48.4848, "da", 1, sign=True) == f"+48,5{NBSP}%"


@pytest.mark.parametrize("value", [float("nan"), float("inf"), Decimal("NaN")])
def test_what_is_no_number_is_refused(value: float) -> None:
    with pytest.raises(BenchmarkError, match="not a number that can be written"):
        number(value)


@pytest.mark.parametrize("write", [number, percent, ordinal_rank])
def test_an_unknown_language_is_named_with_the_known_ones(write: object) -> None:
    with pytest.raises(UnknownName, match="'fi': choose one of en, da, nb, sv"):
        write(1, lang="fi")  # type: ignore[operator]


@given(st.decimals(0, 10**12, places=3), languages)
def test_numbers_agree_with_the_unicode_locale_data(value: Decimal, lang: str) -> None:
    assert number(value, lang) == format_decimal(value, "#,##0.000", locale=lang)


@given(st.decimals(-(10**12), 10**12, allow_nan=False), languages, st.integers(0, 4))
def test_rounding_is_never_off_by_more_than_half_a_digit(
    value: Decimal, lang: str, decimals: int
) -> None:
    shown = Decimal(str(read_number(number(value, lang, decimals), lang)))
    assert abs(shown - value) <= Decimal("0.5") * Decimal(10) ** -decimals


@given(
    st.one_of(
        st.integers(-(10**9), 10**9),
        st.decimals(-(10**7), 10**7, places=4).map(float),
        st.floats(1e-5, 1e12),
    ),
    languages,
)
def test_a_written_number_reads_back(value: float, lang: str) -> None:
    assert read_number(number(value, lang), lang) == value
    assert read_number(number(value, lang, sign=True), lang) == value


@given(st.integers(1000, 10**9), st.sampled_from([" ", NBSP, "\u202f", "\u2009"]), languages)
def test_groups_may_be_set_apart_by_any_space(value: int, space: str, lang: str) -> None:
    assert read_number(f"{value:,}".replace(",", space), lang) == value


@pytest.mark.parametrize(
    ("text", "lang", "value"),
    [
        ("78,5", "en", 78.5),
        ("78.5", "da", 78.5),
        ("1.874", "en", 1.874),
        ("1.874", "da", 1874),
        ("13.187", "nb", 13187),
        ("1,874", "en", 1874),
        ("1,874", "sv", 1.874),
        ("0,831", "en", 0.831),
        ("0.831", "da", 0.831),
        ("1.234.567,5", "en", 1234567.5),
        ("1,234,567.5", "da", 1234567.5),
        ("24 500,5", "nb", 24500.5),
        ("24 500.125", "en", 24500.125),
        ("\u22126", "en", -6),
        ("+6", "en", 6),
    ],
)
def test_marks_are_read_by_language_and_sense(text: str, lang: str, value: float) -> None:
    assert read_number(text, lang) == value


@pytest.mark.parametrize("text", ["", "six", "6 %", "6-7", "1 2", "--6"])
def test_what_is_not_one_number_is_refused(text: str) -> None:
    with pytest.raises(BenchmarkError, match="is not a number: expected digits"):
        read_number(text)


@pytest.mark.parametrize(
    ("lang", "text"),
    [("en", "a, b and c"), ("da", "a, b og c"), ("nb", "a, b og c"), ("sv", "a, b och c")],
)
def test_join(lang: str, text: str) -> None:
    assert join(["a", "b", "c"], lang) == text
    assert join(["a"], lang) == "a"
    assert join([], lang) == ""


@pytest.mark.parametrize(
    ("lang", "text", "alone"),
    [
        ("en", "18th of 36 countries", "18th"),
        ("da", "nr. 18 blandt 36 lande", "nr. 18"),
        ("nb", "nr. 18 av 36 land", "nr. 18"),
        ("sv", "plats 18 av 36 länder", "plats 18"),
    ],
)
def test_ranks_say_their_pool(lang: str, text: str, alone: str) -> None:
    assert ordinal_rank(18, 36, lang) == text
    assert ordinal_rank(18.0, lang=lang) == alone


@pytest.mark.parametrize(
    ("rank", "text"),
    [
        *[(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th")],
        *[(13, "13th"), (21, "21st"), (111, "111th"), (193, "193rd"), (3.5, "3.5")],
    ],
)
def test_english_ordinals(rank: float, text: str) -> None:
    assert ordinal_rank(rank) == text


def test_a_pool_of_one_is_singular() -> None:
    assert ordinal_rank(1, 1) == "1st of 1 country"
    assert ordinal_rank(1, 1, "da") == "nr. 1 blandt 1 land"


def test_terms_are_looked_up_by_dotted_key() -> None:
    assert term("base.residents", "sv") == "befolkningen"
    assert term("mode.web+phone", "da") == "web og telefon"
    assert term("not_stated", "nb") == "ikke oppgitt"


@pytest.mark.parametrize("key", ["base", "base.nobody", "base.residents.more", "", "nothing"])
def test_an_unknown_term_is_named(key: str) -> None:
    with pytest.raises(UnknownName, match=f"no term {key!r} in da"):
        term(key, "da")


@pytest.mark.parametrize(
    ("plain", "set_in_type"),
    [
        ("-6 pp (-7 to -5)", "\u22126 pp (\u22127 to \u22125)"),
        ("aged 15-89, 2013-04-12, web-based, GTI-36", "aged 15-89, 2013-04-12, web-based, GTI-36"),
        ("from 5 to -1.5", "from 5 to \u22121.5"),
    ],
)
def test_minus_signs_are_set_and_hyphens_kept(plain: str, set_in_type: str) -> None:
    assert typeset(plain) == set_in_type


def _shape(table: object) -> object:
    """Keys of a table below which the words stand."""
    if not isinstance(table, dict):
        return type(table)
    return {key: _shape(value) for key, value in table.items()}


@pytest.mark.parametrize("part", ["prose", "check", "reasons", "say"])
@pytest.mark.parametrize("lang", ["da", "nb", "sv"])
def test_the_languages_hold_the_same_texts(part: str, lang: str) -> None:
    assert _shape(dictionary(lang)[part]) == _shape(dictionary("en")[part])


@pytest.mark.parametrize("lang", ["da", "nb", "sv"])
def test_the_texts_mention_the_same_facts(lang: str) -> None:
    from string import Formatter

    def mentioned(texts: dict[str, str]) -> dict[str, set[str | None]]:
        return {k: {part[1] for part in Formatter().parse(v)} - {None} for k, v in texts.items()}

    assert mentioned(dictionary(lang)["reasons"]) == mentioned(dictionary("en")["reasons"])


@pytest.mark.parametrize("lang", ["da", "nb", "sv"])
def test_the_languages_hold_the_same_word_lists(lang: str) -> None:
    groups = {key for key, value in dictionary(lang)["reading"].items()}
    assert groups == set(dictionary("en")["reading"])


def test_writing_numbers_loads_no_heavy_package() -> None:
    script = (
        "import sys, benchmark.language as l; l.number(24500, 'da'); l.read_claims('6 pp', 'en');"
        "print(sorted({'numpy', 'pandas', 'babel', 'pint', 'xarray'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
