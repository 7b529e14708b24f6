"""Files of Word and Excel, and LaTeX: opened by other programs, and the same every time."""

import io
import shutil
import subprocess
import zipfile

import docx
import pytest
from python_calamine import CalamineWorkbook

from benchmark.schema import LANGUAGES
from comparisons.parts import Note
from comparisons.ranking import ranking
from comparisons.render import latex
from comparisons.table import table
from comparisons.texts import same

HOSTILE = '=HYPERLINK("http://example.org";"x")'


@pytest.fixture(scope="module")
def nordic(cube):
    return table(cube)


@pytest.fixture(scope="module")
def ranked(cube):
    return ranking(cube, "egov.overall", 2023, "nordic")


def book(view, lang="en"):
    return CalamineWorkbook.from_filelike(io.BytesIO(view.render("xlsx", lang)))


def page(view, lang="en"):
    return docx.Document(io.BytesIO(view.render("docx", lang)))


def of_archive(written, name):
    return zipfile.ZipFile(io.BytesIO(written)).read(name).decode("utf-8")


@pytest.mark.parametrize("format", ["docx", "xlsx", "tex"])
def test_the_same_view_gives_the_same_bytes(nordic, format):
    assert nordic.render(format, "sv") == nordic.render(format, "sv")


def test_a_workbook_holds_numbers_as_numbers_unrounded(ranked):
    rows = book(ranked).get_sheet_by_name("Table").to_python()
    head = next(k for k, row in enumerate(rows) if row[0] == "Country")
    score = rows[head].index("Score")
    told = [row[score] for row in rows[head + 1 : head + 6]]
    assert told == ranked.to_frame()["score"].tolist()
    assert rows[1][0] == "Verdict: comparable"


def test_a_workbook_parts_number_year_and_notes(nordic):
    rows = book(nordic, "da").get_sheet_by_name("Tabel").to_python()
    heads = next(row for row in rows if row[0] == "Emne")
    place = heads.index("Danmark")
    assert heads[place + 1 : place + 3] == ["Danmark: år og placering", "Danmark: noter"]
    trust = next(row for row in rows if str(row[0]).startswith("Tillid"))
    assert trust[place : place + 2] == [78.0, "2023"]


def test_a_workbook_keeps_its_headings_in_sight_and_shows_the_digits_of_the_source(ranked):
    written = ranked.render("xlsx")
    assert 'state="frozen"' in of_archive(written, "xl/worksheets/sheet1.xml")
    assert 'formatCode="0.00"' in of_archive(written, "xl/styles.xml")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_workbook_has_sheets_for_notes_and_sources(ranked, lang):
    names = book(ranked, lang).sheet_names
    assert len(names) == 3
    assert all(names)


def test_nothing_in_a_workbook_is_a_formula(listed):
    hostile = listed.__class__(
        **{**vars(listed), "title": same(HOSTILE), "notes": (Note(1, "n", "note", "", same("@x")),)}
    )
    written = hostile.render("xlsx")
    for number in (1, 2, 3):
        assert "<f>" not in of_archive(written, f"xl/worksheets/sheet{number}.xml")
    assert book(hostile).get_sheet_by_name("Table").to_python()[0][0] == HOSTILE


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_word_document_has_headings_language_and_a_repeated_first_row(ranked, lang):
    made = page(ranked, lang)
    assert made.paragraphs[0].style.name == "Title"
    assert {one.style.name for one in made.paragraphs} >= {"Heading 1"}
    assert made.core_properties.language.startswith(lang)
    (grid,) = made.tables
    assert "tblHeader" in grid.rows[0]._tr.xml
    assert len(grid.rows) == 6


def test_notes_are_raised_beside_the_number_they_belong_to(nordic):
    cell = page(nordic).tables[0].cell(1, 1)
    raised = [run.text.strip() for run in cell.paragraphs[0].runs if run.font.superscript]
    assert cell.text.startswith("78%")
    assert raised == ["[16, 17]"]


def test_latex_takes_nothing_for_a_command():
    assert latex.escape(r"\input{x} 50 % _a^b~") == (
        r"\textbackslash{}input\{x\} 50 \% \_a\textasciicircum{}b\textasciitilde{}"
    )


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="pdflatex is not installed")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_latex_is_set_without_an_error(nordic, tmp_path, lang):
    (tmp_path / "view.tex").write_text(nordic.render("tex", lang), "utf-8")
    (tmp_path / "all.tex").write_text(
        r"\documentclass{article}\usepackage[T1]{fontenc}"
        r"\usepackage{textcomp,array,booktabs,longtable,url}"
        r"\begin{document}\input{view.tex}\end{document}"
    )
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "all.tex"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=120)
    assert run.returncode == 0, run.stdout.decode("latin-1")[-2000:]
