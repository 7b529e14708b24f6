import json
import subprocess
import sys

import pytest

import nordbench as nb
from benchmark.figures import complete_columns
from benchmark.registry import fingerprint
from benchmark.schema import COLUMNS, KEY, LANGUAGES
from benchmark.validate import Places, faults
from sources.catalogue import STAMP, evidence, registry, registry_files


def test_the_figures_table_has_what_users_were_promised() -> None:
    promised = (
        "country, area, geo_scope, indicator, concept, year, year_basis, period, breakdown, kind, "
        "edition, published, value, unit, decimals, qualifier, status, base, age, n, n_role, pool, "
        "regime, document, locator, source_type, confidence"
    )
    table = nb.figures(country="DNK")
    assert set(promised.split(", ")) <= set(table.columns)
    assert not table[list(KEY)].duplicated().any()


def test_every_shipped_row_stands_and_says_where_it_is_from() -> None:
    held = evidence()
    places = Places(["all"], [len(held.figures)])
    assert tuple(held.figures.columns) == COLUMNS
    assert faults(complete_columns(held.figures, places), held.registry, places) == []
    assert (held.figures["locator"] != "").all()


@pytest.mark.parametrize("name", sorted(registry().indicators))
def test_every_indicator_is_complete_and_has_figures(name: str) -> None:
    entry = registry().indicators[name]
    for text in ("title", "description"):
        assert set(entry[text]) == set(LANGUAGES)
        assert all(entry[text].values())
    assert (evidence().figures["indicator"] == name).any()


def test_the_registry_was_checked_as_it_stands() -> None:
    stamp = STAMP.read_text(encoding="ascii").strip()
    assert stamp == fingerprint(registry_files()), "renew it: make docs"


def test_nothing_is_registered_that_no_figure_uses() -> None:
    figures = evidence().figures
    used = {kind: set(figures[kind].astype(str)) for kind in ("document", "regime", "pool")}
    for kind, names in used.items():
        assert set(getattr(registry(), f"{kind}s")) == names - {""}


def test_figure_and_metadata_answer_by_address() -> None:
    figure = nb.figure("Danmark/dst.trust_digital_services/2023")
    assert (figure.value, figure.unit) == (78.0, "percent")
    assert figure.address == "DNK/dst.trust_digital_services/2023"
    assert nb.metadata(figure) == nb.metadata("DNK/dst.trust_digital_services/2023")
    assert str(figure) == "DNK/dst.trust_digital_services/2023: 78 percent"


def test_explain_says_what_the_printed_rank_quotes_and_that_it_does_not_reproduce() -> None:
    text = str(nb.explain("NOR/no.egov_transparency_rank/2020"))
    assert "egov.transparency" in text
    assert "16" in text
    assert "11" in text
    assert "002:29" in text
    assert "16th of 36 countries" in text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_explain_speaks_four_languages(lang: str) -> None:
    said = nb.explain("DNK/dst.trust_digital_services/2023", lang=lang)
    page = said._repr_html_()
    assert f'lang="{lang}"' in page
    for value in said.to_dict().values():
        assert value
    assert "76" in str(said)  # lower end of the Wilson interval, 76.8


def test_explain_refuses_another_language() -> None:
    with pytest.raises(nb.BenchmarkError, match="languages: en, da, nb, sv"):
        nb.explain("DNK/dst.trust_digital_services/2023", lang="fi")


def test_targets_places_and_editions_have_addresses() -> None:
    assert nb.figure("DNK/digst.written_communication/2015").facts["kind"] == "target"
    assert nb.figure("Hjørring/digst.digital_share.moves/2012").value == 92
    assert nb.figure("DNK/digst.high_trust/2023/solution=MitID").value == 73
    assert nb.figure("NOR/egov.transparency/2020@2021").facts["edition"] == "2021"


def test_indicators_and_documents_are_listed() -> None:
    names = set(nb.indicators()["indicator"])
    assert {"dst.trust_digital_services", "dst.help_needed", "no.trust_personal_data"} <= names
    assert {"gti.needs_met", "egov.overall", "egov.transparency.annual"} <= names
    assert nb.indicators("egov.transparency", lang="da")["title"].str.len().gt(0).all()
    assert {"da", "nb", "sv", "en"} <= set(nb.documents()["language"])
    with pytest.raises(nb.UnknownName, match="did you mean trust"):
        nb.indicators("thrust")


def test_as_of_brings_back_what_was_known() -> None:
    early = nb.load(as_of="2014")
    assert "dst.help_needed" not in early.indicator
    assert (
        float(early.value.sel(country="DNK", indicator="digst.digital_share.moves", year=2012))
        == 64
    )


def test_the_default_cube_has_countries_only_and_aggregates_on_request() -> None:
    assert not any(nb.load().country.str.startswith("EU"))
    assert "EU27_2020" in nb.load(aggregates=True).country


def test_figures_beside_the_subject_have_addresses_but_no_cell() -> None:
    assert nb.figure("DNK/digmin.reporting_solutions/2025").value == 1874
    assert not nb.load().indicator.str.startswith("digmin").any()


def test_a_value_in_millions_is_compared_in_full() -> None:
    assert nb.metadata("DNK/digmin.business_reports/2025")["value"] == 200_000_000


def test_the_hash_is_the_same_in_another_process() -> None:
    code = "import json, nordbench as nb; print(json.dumps(nb.load().attrs['figures']))"
    out = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, env={"PYTHONHASHSEED": "7"}
    )
    assert json.loads(out.stdout) == nb.load().attrs["figures"]


def test_a_refused_comparison_says_what_could_be_compared() -> None:
    refused = nb.compare("DNK/dst.trust_digital_services/2023", "NOR/no.trust_personal_data/2021")
    assert refused.verdict == "not_comparable"
    assert refused.difference is None
    assert refused.alternatives
