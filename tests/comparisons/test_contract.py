"""No comparison leaves without its verdict and reasons, whatever the way out.

Every public comparator is walked through every format and language, and each thing its view
says is looked for in what is written, down to the files on disk.
"""

import csv
import html
import io
import json
import re
from dataclasses import replace

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

import nordbench
from benchmark.language import term
from benchmark.schema import LANGUAGES
from comparisons.agreement import agreement
from comparisons.comparability import comparability
from comparisons.convergence import convergence
from comparisons.diff import diff
from comparisons.gap import gap
from comparisons.group_value import group_value
from comparisons.index import index
from comparisons.parts import Citation, Note, Override
from comparisons.peers import peers
from comparisons.profile import profile
from comparisons.rank_change import rank_change
from comparisons.ranking import ranking
from comparisons.render import FORMATS, latex
from comparisons.render.face import face
from comparisons.table import table
from comparisons.texts import same
from comparisons.trend import trend
from sources.catalogue import figures

REASON = "asked by the committee on 3 May"
TARGET = "DNK/digst.written_communication/2015"
PEERS = ["egov.user_centricity", "egov.transparency", "egov.key_enablers"]

VIEWS = {
    "ranking": lambda cube: ranking(cube, "egov.overall", 2023, "nordic"),
    "ranking, survey": lambda cube: ranking(cube, "gti.needs_met", 2021, "nordic"),
    "rank_change": lambda cube: rank_change(cube, "egov.transparency", 2020, 2021, "nordic"),
    "rank_change, override": lambda cube: rank_change(
        cube, "egov.transparency", 2019, 2020, "NO", override=REASON
    ),
    "agreement": lambda cube: agreement(cube, "un.egdi", [2014, 2016, 2018], "nordic"),
    "trend": lambda cube: trend(cube, "egov.transparency", "NO, DK"),
    "trend, unchanged": lambda cube: trend(
        cube, "dst.trust_digital_services", unchanged_within=2.0
    ),
    "trend, slopes": lambda cube: trend(cube, "un.egdi", "DK, IS"),
    "trend, override": lambda cube: trend(cube, "no.egov_transparency_rank", override=REASON),
    "table": lambda cube: table(cube),
    "gap": lambda cube: gap(cube, "egov.overall", 2023, "nordic", to="frontier"),
    "gap, override": lambda cube: gap(
        cube, "digst.digital_share.five_areas", 2012, "DK", to=TARGET, override=REASON
    ),
    "group_value": lambda cube: group_value(
        cube, "gti.needs_met", "nordic", 2021, rule="mean", min_coverage=0.6
    ),
    "convergence": lambda cube: convergence(cube, "un.egdi", "nordic", [2014, 2016, 2018]),
    "peers": lambda cube: peers(cube, PEERS, 2023, "nordic_baltic", draws=5),
    "profile": lambda cube: profile(cube, "NO"),
    "index": lambda cube: index(cube, "egov", 2023, "nordic"),
    "index, override": lambda cube: index(cube, "egdi", 2010, "nordic", override=REASON),
    "diff": lambda cube: diff(figures(indicator="gti.needs_met"), revised()),
    "comparability": lambda cube: comparability(
        cube, ["dst.trust_digital_services", "no.trust_personal_data", "dst.help_needed"]
    ).view(),
}


def revised():
    """Figures with a change of every kind."""
    found = figures(indicator="gti.needs_met")
    found["value"] = found["value"].replace(34.0, 35.5)
    found.loc[found["country"] == "DNK", ["status", "n"]] = ["P", 900]
    found.loc[found["country"] == "SWE", "country"] = "FIN"
    return found


# Documents of several views and lists are put together elsewhere and tested there.
NO_VIEW = {"brief", "catalogue", "rules"}


@pytest.fixture(scope="module", params=VIEWS)
def view(request, cube):
    return VIEWS[request.param](cube)


def test_every_public_comparator_is_walked():
    public = {
        name
        for home, names in nordbench._HOME.items()
        if home.startswith("comparisons.")
        for name in names
    }
    assert public - NO_VIEW == {name.partition(",")[0] for name in VIEWS}


def squeezed(words):
    """Leave out white space, which formats set as they need."""
    return re.sub(r"\s+", "", words).replace("−", "-")


def of_word(written):
    page = docx.Document(io.BytesIO(written))
    return " ".join(node.text or "" for node in page.element.body.iter() if node.tag.endswith("}t"))


def of_excel(written):
    book = CalamineWorkbook.from_filelike(io.BytesIO(written))
    sheets = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
    return " ".join(str(cell) for sheet in sheets for row in sheet for cell in row)


def of_latex(written):
    written = re.sub(r"\\url\{([^}]*)\}", r"\1", written)
    back = {value: key for key, value in latex._SPECIAL.items()}
    found = re.compile("|".join(map(re.escape, sorted(back, key=len, reverse=True))))
    return found.sub(lambda one: back[one[0]], written)


FILES = {"docx": of_word, "xlsx": of_excel, "tex": of_latex}


def strings(value):
    if isinstance(value, dict):
        return [one for key, part in value.items() for one in (key, *strings(part))]
    if isinstance(value, list):
        return [one for part in value for one in strings(part)]
    return [str(value)]


def readable(written, format):
    """Undo what a format does to texts, and nothing else."""
    if format == "md":
        written = re.sub(r"\\([\\`*_\[\]<>|#~])", r"\1", written.replace("<br>", " "))
    elif format == "html":
        written = html.unescape(
            re.sub(r"<[^>]*>", "", re.sub(r"<style>.*?</style>", "", written, flags=re.S))
        )
    elif format == "csv":
        plain = [line.removeprefix("# ") for line in written.split("\n")]
        rows = csv.reader(io.StringIO("\n".join(plain)))
        written = " ".join(cell for row in rows for cell in row)
    elif format == "json":
        written = " ".join(strings(json.loads(written)))
    elif format in FILES:
        written = FILES[format](written)
    return squeezed(written)


def said(view, lang):
    """List everything that must reach the reader, from the view and as its face puts it."""
    yield term(f"verdict.{view.verdict}", lang)
    yield from told(view, lang)
    page = face(view, lang)
    yield page.title
    yield page.verdict
    for section in page.sections:
        for item in section.items:
            yield from (item.text, *item.details, item.address)


def told(view, lang):
    """List what a view says, word for word."""
    for note in view.notes:
        yield from (note.texts[lang], *(detail[lang] for detail in note.details))
        yield note.id if note.kind == "rule" else ""
    for one in view.overrides:
        yield from (one.reason, *one.rules, *one.touches)
    for one in view.citations:
        yield from (one.title, one.publisher, one.date, one.address, one.credit)
        yield "" if one.licence == "not stated" else one.licence
    for one in view.coverage.missing:
        yield from (one.what[lang], one.reason[lang])
    yield from (remark[lang] for remark in view.remarks)
    yield from view.thresholds
    yield view.evidence


def said_as_data(view, lang):
    """List the same as plain data hold it."""
    yield view.verdict
    yield from told(view, lang)
    for note in view.notes:
        yield from (note.id, note.severity, *note.touches)
    yield from (*view.coverage.asked, *view.coverage.present)


def lost(view, lang, format, written):
    wanted = said_as_data if format == "json" else said
    found = readable(written, format)
    return [words for words in wanted(view, lang) if squeezed(words) not in found]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("format", FORMATS)
def test_everything_said_is_written(view, format, lang):
    assert lost(view, lang, format, view.render(format, lang)) == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("suffix", ["txt", "md", "html", "csv", "json", "tex", "docx", "xlsx"])
def test_everything_said_is_in_the_files(view, tmp_path, suffix, lang):
    files = view.save(tmp_path / f"view.{suffix}", lang=lang)
    assert sorted(tmp_path.iterdir()) == sorted(files)
    written = b"".join(path.read_bytes() for path in files)
    written = written if suffix in ("docx", "xlsx") else written.decode("utf-8")
    assert lost(view, lang, {"txt": "text"}.get(suffix, suffix), written) == []


def test_everything_said_is_in_a_notebook_cell(view):
    assert lost(view, "en", "html", view._repr_html_()) == []


def test_everything_said_is_in_the_plain_text(view):
    assert lost(view, "en", "text", str(view)) == []


def test_frames_carry_verdict_notes_overrides_and_sources(view):
    for frame in (view.to_frame(), view.table("da")):
        told = squeezed(" ".join(strings(frame.attrs)))
        assert frame.attrs["verdict"] == view.verdict
        for key in ("notes", "overrides", "citations", "coverage"):
            assert key in frame.attrs
        for words in said_as_data(replace(view, remarks=(), thresholds={}, evidence=""), "da"):
            assert squeezed(words) in told


def test_every_row_of_data_names_its_notes(view):
    known = {note.id for note in view.notes}
    for column in ("notes", "row_notes", "pool_notes"):
        if column in view.data:
            assert {one for cell in view.data[column] for one in cell.split()} <= known


def test_numbers_of_notes_are_in_order_and_each_id_is_once(view):
    assert [note.number for note in view.notes] == list(range(1, len(view.notes) + 1))
    assert len({note.id for note in view.notes}) == len(view.notes)
    rules = [note.id for note in view.notes if note.kind == "rule"]
    assert rules == sorted(rules)


def test_every_figure_leads_to_a_document(view):
    documents = {one.id for one in view.citations}
    # A score of an index may rest on several.
    assert {one for cell in view.data["document"] for one in cell.split()} <= documents
    assert all(view.data["locator"])


def test_the_override_is_in_every_line_of_csv(cube):
    for name in ("trend, override", "index, override"):
        written = VIEWS[name](cube).render("csv")
        data = [line for line in written.split("\n") if line and not line.startswith("# ")]
        assert all(REASON in line for line in data[1:]), name


def test_views_are_the_same_every_time(cube, view):
    for name, make in VIEWS.items():
        again = make(cube)
        if again.title == view.title:
            assert again.render("json") == view.render("json"), name


WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")),
    min_size=1,
    max_size=80,
).filter(str.strip)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(words=st.lists(WORDS, min_size=5, max_size=5), format=st.sampled_from(sorted(FORMATS)))
def test_any_text_survives(listed, words, format):
    note, detail, reason, title, credit = words
    changed = replace(
        listed,
        notes=(Note(1, "C11", "rule", "C", same(note), ("NOR",), (same(detail),)),),
        overrides=(Override(reason, ("C30",), ("DNK",)),),
        citations=(Citation("d", title, "P", credit=credit),),
    )
    assert lost(changed, "nb", format, changed.render(format, "nb")) == []
