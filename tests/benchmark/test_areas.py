import gettext
import subprocess
import sys
import unicodedata

import pycountry
import pytest
from babel import Locale
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmark import areas, groups
from benchmark import names as tables
from benchmark.errors import UnknownName
from benchmark.schema import LANGUAGES

CODES = sorted(tables.data("areas")["codes"].values())
ALPHA2 = {alpha3: alpha2 for alpha2, alpha3 in tables.data("areas")["codes"].items()}
EUROPEAN = (
    "ALA ALB AND AUT AZE ARM BEL BGR BIH BLR CHE CYP CZE DEU DNK ESP EST FIN FRA FRO GBR GEO GGY "
    "GIB GRC GRL HRV HUN IMN IRL ISL ITA JEY LIE LTU LUX LVA MCO MDA MKD MLT MNE NLD NOR POL PRT "
    "ROU RUS SJM SMR SRB SVK SVN SWE TUR UKR VAT XKX"
)
EUROPE = EUROPEAN.split()
# Names in CLDR or ISO 3166 that stand for two states, or for a state that is gone.
NOT_TAKEN = {"congo", "kongo", "kongó", "de tidligere nederlandske antiller"}

VARIANTS = {
    "AUT": "Østrig Østerrike Österrike Österreich Osterrike Oesterrike austria",
    "BIH": "Bosnia Bosnien Bosnien-Hercegovina Bosnien-Herzegovina Bosnia-Hercegovina BiH",
    "BLR": "Hviderusland Hviterussland Vitryssland Belarus Valko-Venäjä Kviterussland",
    "CHE": "Schweiz Sveits Sviss Sveitsi Switzerland",
    "CZE": "Tjekkiet Tsjekkia Tjeckien Tšekki Tékkland Czechia cz CZE",
    "DEU": "Tyskland Germany Saksa Þýskaland Deutschland DE",
    "DNK": "Danmark DANMARK dk dnk DK Danmörk Tanska danmark",
    "ESP": "Spanien Spania Spánn Espanja España",
    "FRO": "Færøerne Færøyene Færøyane Färöarna Føroyar Faeroerne Faeroeerne",
    "GBR": "UK uk GB U.K. Storbritannien Storbritannia Bretland Britain Iso-Britannia",
    "GRC": "EL el GR Grækenland Hellas Grekland Kreikka Greece",
    "HRV": "Kroatien Kroatia Croatia Króatía Hrvatska",
    "IRL": "Irland Éire Irlanti",
    "ISL": "Island Ísland Islanti Iceland",
    "MDA": "Moldavien Moldova",
    "MKD": "Makedonien Nordmakedonien Nord-Makedonia Makedonia Macedonia FYROM Makedónía",
    "NAM": "NA na Namibia",
    "NLD": "Holland Nederlandene Nederland Nederländerna Alankomaat Netherlands",
    "NOR": "NO no Norge Noreg Norja Noregur Norway nor",
    "SVK": "Slovakiet Slovakien Slovakia",
    "SWE": "Sverige Ruotsi Svíþjóð",
    "TUR": "Turkey Türkiye Turkiye Tyrkiet Tyrkia Turkiet TÜRKİYE TÜRKIYE",
    "USA": "US U.S. U.S.A. USA Yhdysvallat Bandaríkin",
    "XKX": "XK xkx Kosovo Kosovo* Kósóvó Kosova",
}
SENTENCES = {
    "Great Britain": "GBR",
    "  great   BRITAIN ": "GBR",
    "Det Forenede Kongerige": "GBR",
    "Förenade kungariket": "GBR",
    "Storbritannia og Nord-Irland": "GBR",
    "Czech Republic": "CZE",
    "The Czech Republic": "CZE",
    "the netherlands": "NLD",
    "Nord-Makedonien": "MKD",
    "The former Yugoslav Republic of Macedonia": "MKD",
    "Republic of Korea": "KOR",
    "Korea (Republic of)": "KOR",
    "Korea, Republic of": "KOR",
    "Sør-Korea": "KOR",
    "Bosnia & Herzegovina": "BIH",
    "Bosnien og Hercegovina": "BIH",
    "Den russiske føderasjon": "RUS",
    "Republic of Moldova": "MDA",
    "Kongeriket Norge": "NOR",
    "Forbundsrepublikken Tyskland": "DEU",
    "Côte d'Ivoire": "CIV",
    "Cote d’Ivoire": "CIV",
    "Faroe Islands": "FRO",
    "DR Congo": "COD",
}
NO_COUNTRIES = (
    "England|Scotland|Wales|Northern Ireland|Skotland|Skottland|Nordirland|Nord-Irland|Korea|"
    "Kórea|Congo|Kongo|Czechoslovakia|Tjekkoslovakiet|Tsjekkoslovakia|Tjeckoslovakien|"
    "Tékkóslóvakía|Tšekkoslovakia|Tsekkoslovakia|Yugoslavia|Jugoslavien|Jugoslavia|YUG|yu|"
    "Soviet Union|Sovjetunionen|Sovjetsamveldet|Neuvostoliitto|USSR|SUN|Serbia and Montenegro|"
    "Serbien og Montenegro|Serbien och Montenegro|SCG|CS|East Germany|Østtyskland|DDR|West Germany|"
    "Netherlands Antilles|De tidligere Nederlandske Antiller|ANT|Channel Islands|Kanaløerne|"
    "Northern Cyprus|Svalbard|Virgin Islands|America|Amerika|Scandinavia|Skandinavien|Benelux|"
    "Europe|Europa|World|Global|GTI|Republic of China|the Congo"
)
UNKNOWN = [
    *("Danmrk", "Norwegen?", "DKK", "ZZ", "XX", "AAA", "ZZZ", "Atlantis", "Møn", "GER", "Sverige1"),
    *("DK SE", "DK,SE", "Norway (1)", "1", "208", "-", "", "   ", ".", "ß", "ﬁ", "ＤＫ", "\x00"),
    *("Guineas", "Nige", "Irelan", "Ukrain", "Uk r", "Georgia, USA", "Paris", "Ro"[:1]),
]


def refused(name: object) -> str:
    """Read a name that must not be read, and give the message."""
    with pytest.raises(UnknownName) as error:
        areas.country(name)
    return str(error.value)


@pytest.mark.parametrize("code", VARIANTS)
def test_usual_variants(code: str) -> None:
    assert {areas.country(name) for name in VARIANTS[code].split()} == {code}


@pytest.mark.parametrize(("name", "code"), SENTENCES.items())
def test_names_of_several_words(name: str, code: str) -> None:
    assert areas.country(name) == code


@pytest.mark.parametrize("name", NO_COUNTRIES.split("|"))
def test_names_that_must_not_match_say_why_and_what_to_write(name: str) -> None:
    message = refused(name)
    assert "is not taken for a country" in message
    assert "Write instead" in message


@pytest.mark.parametrize("name", UNKNOWN)
def test_unknown_names_match_nothing(name: str) -> None:
    assert "no country is called" in refused(name)


def test_suggestions_are_named_and_never_taken() -> None:
    assert "did you mean Denmark (DNK)?" in refused("Danmrk")
    assert "Czechoslovakia (no country of today)" in refused("Czechslovakia")
    assert "did you mean" not in refused("Xyzzy")
    assert len(refused("x" * 10_000)) < 300


def test_lost_codes_are_explained() -> None:
    assert "NO as false" in refused(False)
    assert "NA is easily read" in refused(None)
    assert "NA is easily read" in refused(float("nan"))
    assert refused(3) == "a country is named by a text, not by 3"


@pytest.mark.parametrize("name", ["nordic", "EU", "efta", "Norden", "EØS"])
def test_a_group_is_no_country(name: str) -> None:
    assert "is a group of countries" in refused(name)


@pytest.mark.parametrize("name", ["EU27_2020", "EU27+", "GTI36", "OECD"])
def test_an_aggregate_is_no_country(name: str) -> None:
    assert refused(name)


def test_codes_are_those_of_the_standard() -> None:
    standard = {entry.alpha_2: entry.alpha_3 for entry in pycountry.countries}
    assert tables.data("areas")["codes"] == {**standard, "XK": "XKX"}


@pytest.mark.parametrize("code", CODES)
def test_every_code_reads_as_itself(code: str) -> None:
    for text in (code, code.lower(), ALPHA2[code], ALPHA2[code].lower(), f" {code}\n"):
        assert areas.country(text) == code


@pytest.mark.parametrize("lang", tables.NAME_LANGUAGES)
def test_every_name_in_cldr_is_read(lang: str) -> None:
    territories = Locale(lang).territories
    for code in CODES:
        text = territories[ALPHA2[code]]
        if text.casefold() in NOT_TAKEN:
            assert code not in EUROPE
            refused(text)
        else:
            assert areas.country(text) == code, text


@pytest.mark.parametrize("lang", tables.NAME_LANGUAGES)
def test_every_name_in_iso_3166_is_read(lang: str) -> None:
    translated = gettext.translation("iso3166-1", pycountry.LOCALES_DIR, [lang], fallback=True)
    assert lang == "en" or isinstance(translated, gettext.GNUTranslations)
    for entry in pycountry.countries:
        for field in ("name", "common_name", "official_name"):
            text = translated.gettext(getattr(entry, field, entry.name))
            if text.casefold() not in NOT_TAKEN:
                assert areas.country(text) == entry.alpha_3, text


def test_european_names_may_be_written_in_plain_letters() -> None:
    letters = str.maketrans(
        {"ø": "o", "Ø": "O", "æ": "ae", "Æ": "Ae", "ð": "d", "Þ": "Th", "þ": "th"}
    )
    for lang in tables.NAME_LANGUAGES:
        for code in EUROPE:
            text = unicodedata.normalize("NFKD", areas.name(code, lang).translate(letters))
            plain = "".join(letter for letter in text if not unicodedata.combining(letter))
            assert areas.country(plain.encode("ascii").decode()) == code


def test_a_wrong_mark_is_not_overlooked() -> None:
    assert areas.country("Mön") == areas.country("Mon") == "IMN"
    refused("Møn")


@given(st.sampled_from(CODES), st.sampled_from(tables.NAME_LANGUAGES), st.data())
@settings(deadline=None)
def test_a_displayed_name_reads_back(code: str, lang: str, data: st.DataObject) -> None:
    text = areas.name(code, lang)
    assert areas.country(text) == code
    assert areas.area(text) == code
    case = data.draw(st.sampled_from([str.lower, str.casefold, str.title]))
    spaces = data.draw(st.text(" \t\n\u00a0", max_size=3))
    assert areas.country(spaces + case(text).replace(" ", "  ") + spaces) == code


@given(st.one_of(st.text(), st.from_regex(r"[a-zæøåäöü .\-]{1,20}", fullmatch=True)))
@settings(deadline=None)
def test_any_text_is_a_country_or_an_unknown_name(text: str) -> None:
    for read in (areas.country, areas.area, areas.name, groups.group):
        try:
            result = read(text)
        except UnknownName as error:
            assert str(error)  # noqa: PT017
        else:
            assert result


@given(st.one_of(st.none(), st.integers(), st.floats(), st.lists(st.text()), st.binary()))
def test_anything_else_is_an_unknown_name(value: object) -> None:
    refused(value)
    assert areas.code_of(value) is None


def test_no_spelling_stands_for_two_countries() -> None:
    for index in (tables.cldr_index(), tables.iso_index(), tables.aggregates(), tables.groups()):
        assert [spelling for spelling, code in index.items() if not code] == []
    both = tables.cldr_index().keys() & tables.iso_index().keys()
    disagree = {key for key in both if tables.cldr_index()[key] != tables.iso_index()[key]}
    assert disagree <= NOT_TAKEN


def test_refusals_groups_and_aggregates_hide_no_name() -> None:
    names = tables.cldr_index().keys() | tables.iso_index().keys()
    codes = {code.casefold() for code in tables.codes()}
    assert tables.refusals().keys() & names <= NOT_TAKEN
    assert not tables.refusals().keys() & codes
    sets = tables.groups().keys() | tables.aggregates().keys()
    assert not sets & (names | codes | tables.refusals().keys())


def test_a_name_as_written_beats_a_stripped_one() -> None:
    assert tables.index([("Mon", "MON"), ("Mön", "IMN")])["mon"] == "MON"


def test_an_ambiguous_spelling_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    index = tables.index([("Sandland", "AAA"), ("Sandland", "BBB")])
    monkeypatch.setattr(tables, "cldr_index", lambda: index)
    refused("Sandland")


def test_the_tables_of_names_are_sound() -> None:
    table = tables.data("areas")
    for texts in (*table["names"].values(), table["aliases"]):
        assert set(texts) <= set(CODES)
    assert set(table["further_codes"].values()) <= set(CODES)
    for entry in table["aggregates"].values():
        assert set(entry["title"]) == set(LANGUAGES)
    for entry in table["refused"].values():
        assert all(entry[field] for field in ("names", "why", "instead"))


def test_names_in_the_languages_of_the_readers() -> None:
    assert areas.names(["DEU", "GRC", "CHE"], "nb") == ("Tyskland", "Hellas", "Sveits")
    assert areas.names(["CZE", "NLD", "EU28"], "da") == (
        "Tjekkiet",
        "Nederlandene",
        "EU (28 lande)",
    )
    assert areas.names(["CZE", "MDA", "GBR"], "sv") == ("Tjeckien", "Moldavien", "Storbritannien")
    assert areas.name("NOR", "nn") == "Noreg"
    assert areas.name("FIN", "fi") == "Suomi"
    assert areas.name("ISL", "is") == "Ísland"
    assert areas.name("BIH") == "Bosnia and Herzegovina"
    assert areas.name("Tyskland") == "Germany"


def test_no_displayed_name_reads_badly() -> None:
    for lang in tables.NAME_LANGUAGES:
        shown = areas.names(CODES, lang)
        assert len(set(shown)) == len(shown), "two countries under one name"
        assert not [text for text in shown if "&" in text]


def test_languages_without_a_name() -> None:
    with pytest.raises(UnknownName, match="known: en, da, nb, sv, nn, fi, is"):
        areas.name("DNK", "no")
    with pytest.raises(UnknownName, match="'EU28' has no name in 'fi'; known: en, da, nb, sv"):
        areas.name("EU28", "fi")
    with pytest.raises(UnknownName, match="no country is called 'QQQ'"):
        areas.name("QQQ")


def test_every_set_of_countries_has_a_name_in_four_languages() -> None:
    for lang in LANGUAGES:
        for code in (*tables.data("areas")["aggregates"], *tables.data("groups")["groups"]):
            assert areas.name(code, lang)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("EU27", "EU27_2020"),
        ("eu-27", "EU27_2020"),
        ("EU27_2020", "EU27_2020"),
        ("EU27_2007", "EU27_2007"),
        ("EU28", "EU28"),
        ("EU27+", "EU27PLUS"),
        ("W36", "GTI36"),
        ("WLD36", "GTI36"),
        ("OECD30", "OECD30"),
        ("oecd", "OECD"),
        ("Danmark", "DNK"),
        ("UK", "GBR"),
    ],
)
def test_areas(text: str, code: str) -> None:
    assert areas.area(text) == code
    assert areas.is_aggregate(code) != areas.is_country(code)


@pytest.mark.parametrize("name", ["EU", "England", "EU29", "nordic", "", "GTI"])
def test_what_is_no_area_is_refused_with_the_known_ones(name: str) -> None:
    with pytest.raises(UnknownName, match="EU27_2020, EU27_2007, EU28, EU27PLUS, OECD"):
        areas.area(name)


def test_code_of_tries_no_names() -> None:
    assert [areas.code_of(text) for text in ("dk", "XKX", "EU27+", "Danmark", "QQ")] == [
        "DNK",
        "XKX",
        "EU27PLUS",
        None,
        None,
    ]


def test_lists_keep_their_order_and_hold_each_country_once() -> None:
    assert areas.countries("SE,Danmark, nordic ,se") == ("SWE", "DNK", "FIN", "ISL", "NOR")
    assert areas.countries(["Bosnien", "baltic"]) == ("BIH", "EST", "LTU", "LVA")
    assert areas.countries(["Korea, Republic of"]) == ("KOR",)
    assert len(areas.countries("eu")) == 27
    assert "GBR" in areas.countries("eu", on="2020-01-31")
    assert areas.countries("DK,,NO,") == ("DNK", "NOR")


def test_all_wrong_names_of_a_list_are_told_at_once() -> None:
    with pytest.raises(UnknownName) as error:
        areas.countries(["Danmrk", "SE", "Korea", None, "Yugoslavia"])
    message = str(error.value)
    assert "4 names cannot be used" in message
    assert all(text in message for text in ("'Danmrk'", "'Korea'", "None", "'Yugoslavia'"))


@pytest.mark.parametrize("names", ["", " , ", [], [""], ()])
def test_an_empty_list_is_an_error(names: object) -> None:
    with pytest.raises(UnknownName, match="list of countries is empty"):
        areas.countries(names)  # type: ignore[arg-type]


def test_reading_codes_imports_neither_table_of_names() -> None:
    script = (
        "import sys; from benchmark import areas; areas.country('DNK'); areas.country('el');"
        "areas.countries('nordic,UK'); areas.area('EU27+'); areas.group('eu');"
        "print(sorted({'babel', 'pycountry', 'numpy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("[]\n", "")
