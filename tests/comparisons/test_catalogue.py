"""Pages on indicators: complete, in every language, and honest about what may be compared."""

import pytest

from benchmark.errors import BenchmarkError, UnknownName
from benchmark.schema import LANGUAGES
from comparisons.catalogue import catalogue
from comparisons.kinship import kinship
from sources.catalogue import evidence, load
from tests.sources.planting import changed


@pytest.fixture(scope="module")
def book():
    return catalogue(load())


def verdicts(ties, member):
    return {tie.verdict for tie in ties if member in tie.members}


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_indicator_has_a_page_in_every_language(book, lang):
    for name in book.names:
        entry = book.evidence.registry.indicators[name]
        page = book.page(name, lang).markdown()
        assert page.startswith("# ")
        assert entry["description"][lang].split()[0] in page
        assert "{" not in page
        assert len(book.figures(name)) == 0 or book.page(name, lang).parts[-1].heading


def test_a_page_tells_definition_figures_breaks_sources_and_kin(book):
    page = book.page("egov.transparency", "en").markdown()
    for words in (
        "| Id | egov.transparency |",
        "| Denmark |",
        "Break",
        "Method Paper",
        "CC BY 4.0",
        "Not comparable",
        "C30",
    ):
        assert words in page


def test_a_share_names_its_base_and_its_question_in_our_words(book):
    page = book.page("dst.trust_digital_services", "sv").markdown()
    assert "befolkningen" in page
    assert "15-89" in page
    assert "78 %".replace(" ", "\u00a0") in page or "78 %" in page


def test_kin_are_what_the_rules_say():
    kin = kinship(evidence())
    trust = kin["dst.trust_digital_services"]
    assert verdicts(trust.years, "2021-2022") == {"caution"}
    assert verdicts(trust.others, "no.trust_personal_data") == {"not_comparable"}
    scores = kin["egov.transparency"]
    assert verdicts(scores.years, "2019-2020") == {"not_comparable"}
    (across,) = scores.across
    assert (across.verdict, across.year) == ("comparable", 2023)
    assert verdicts(scores.others, "egov.transparency.annual") == {"caution"}


def test_the_worst_of_the_countries_counts_for_a_step_of_years():
    figures = evidence().figures
    mask = (figures["indicator"] == "egov.overall") & (figures["country"] == "SWE")
    at = int((mask & (figures["period"] == "2022/2023")).to_numpy().argmax())
    weak = kinship(changed(evidence(), {(at, "status"): "U"}))["egov.overall"]
    rules = {rule for tie in weak.years if "2022-2023" in tie.members for rule in tie.rules}
    assert {"C12", "C35"} <= rules
    assert len(weak.across) == 2


def test_kinship_is_mutual():
    kin = kinship(evidence())
    for name, one in kin.items():
        for tie in one.others:
            for other in tie.members:
                assert verdicts(kin[other].others, name) == {tie.verdict}


def test_the_index_links_to_every_page(book, tmp_path):
    few = catalogue(load(), ["dst.trust_digital_services", "needs"])
    written = few.save(tmp_path, ["da", "sv"])
    assert {path.name for path in written} == {
        "index.md",
        *(f"{name}.md" for name in few.names),
    }
    for lang in ("da", "sv"):
        index = (tmp_path / lang / "index.md").read_text(encoding="utf-8")
        for name in few.names:
            assert f"[{name}]({name}.md)" in index


def test_pages_are_written_with_drawings_on_request(tmp_path):
    few = catalogue(load(), "egov.overall")
    written = few.save(tmp_path, ["nb"], drawings=True)
    drawn = [path for path in written if path.suffix == ".svg"]
    assert [path.name for path in drawn] == ["egov.overall.svg"]
    assert "![" in (tmp_path / "nb" / "egov.overall.md").read_text(encoding="utf-8")


def test_what_has_no_series_is_not_drawn(book):
    assert book.drawing("gti.needs_met") is None


def test_names_that_are_not_known_are_refused(book, tmp_path):
    with pytest.raises(UnknownName, match="did you mean"):
        catalogue(load(), "egov.overal")
    with pytest.raises(UnknownName, match="language"):
        book.page("egov.overall", "fi")
    (tmp_path / "file").write_text("")
    with pytest.raises(BenchmarkError, match="cannot be made"):
        book.save(tmp_path / "file")


def test_plain_data_hold_the_same_kin(book):
    (row,) = [one for one in book.rows("en") if one["indicator"] == "gti.needs_met"]
    assert row["across"] == [
        {"verdict": "caution", "rules": row["across"][0]["rules"], "with": ["DNK", "NOR", "SWE"],
         "year": 2021}
    ]  # fmt: skip
    assert "C19" in row["across"][0]["rules"]
