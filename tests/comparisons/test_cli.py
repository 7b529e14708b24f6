"""Every command answers in every format, and says plainly why it does not."""

import csv
import io
import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from benchmark.schema import LANGUAGES
from comparisons.cli import commands
from comparisons.cli.commands import nordbench
from comparisons.cli.options import FORMATS

ROOT = Path(__file__).resolve().parents[2]
TRUST = "DNK/dst.trust_digital_services/2023"
DATA = "NOR/no.trust_personal_data/2021"
HELP = ("DNK/dst.help_needed/2022", "DNK/dst.help_needed/2024")
REASON = "asked by the committee"
COMMANDS = {
    "table": ["table", "--rows", "trust,help_needed"],
    "rank": ["rank", "gti.needs_met", "2021"],
    "rank-change": ["rank-change", "egov.transparency", "2020", "2021", "-c", "nordic"],
    "agreement": ["agreement", "un.egdi", "--years", "2014,2016,2018", "-c", "nordic"],
    "trend": ["trend", "dst.help_needed"],
    "index": ["index", "egov", "2023", "--countries", "nordic"],
    "matrix": ["matrix", "dst.help_needed"],
    "compare": ["compare", *HELP],
    "check": ["check", *HELP, "faldet næsten 6 procentpoint"],
    "explain": ["explain", TRUST],
    "figures": ["figures", "dst.help_needed"],
    "indicators": ["indicators", "--concept", "trust"],
    "documents": ["documents"],
    "rules": ["rules", "C16"],
    "catalogue": ["catalogue", "needs"],
    "gap": ["gap", "egov.overall", "2023", "--countries", "nordic"],
    "group": ["group", "egov.overall", "nordic", "--rule", "mean"],
    "convergence": ["convergence", "un.egdi", "-c", "nordic", "--years", "2014,2016,2018"],
    "peers": [
        *["peers", "egov.user_centricity", "egov.transparency", "egov.key_enablers"],
        *["--countries", "nordic_baltic", "--draws", "5"],
    ],
    "profile": ["profile", "NO"],
    "audit": ["audit"],
    "draft": ["draft", str(ROOT / "README.md")],
}

ELSEWHERE = {"brief", "import", "update", "vintages", "diff"}
"""Commands that read files, write folders or ask a server; they have tests of their own."""


def run(*arguments: str) -> Result:
    return CliRunner().invoke(nordbench, arguments)


def answer(*arguments: str) -> str:
    found = run(*arguments)
    assert found.exit_code == 0, found.output
    return found.stdout


def test_every_command_is_tried() -> None:
    assert set(COMMANDS) | ELSEWHERE == set(commands.COMMANDS)


@pytest.mark.parametrize("name", commands.COMMANDS)
def test_help_has_examples(name: str) -> None:
    told = answer(name, "--help")
    assert f"nordbench {name}" in told
    assert "[default:" in told
    assert name == "documents" or "Examples:" in told


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("format", FORMATS)
def test_every_command_writes_every_format(name: str, format: str) -> None:
    told = answer(*COMMANDS[name], "--format", format)
    assert told.endswith("\n")
    assert "\r" not in told
    assert "\x1b" not in told
    if format == "json":
        json.loads(told)
    elif format == "csv":
        lines = [line for line in told.splitlines() if not line.startswith("# ")]
        rows = list(csv.reader(io.StringIO("\n".join(lines))))
        assert len({len(row) for row in rows}) == 1
        assert len(rows) > 1
    elif format == "html":
        assert told.startswith("<!doctype html>")
        assert told.count("<h1") == 1
    else:
        assert ("# " in told) == (format == "markdown")


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_command_speaks_every_language(name: str, lang: str) -> None:
    told = answer(*COMMANDS[name], "--lang", lang)
    assert lang == "en" or told != answer(*COMMANDS[name], "--lang", "en")


@pytest.mark.parametrize(
    ("format", "ending"), [("markdown", "md"), ("csv", "csv"), ("html", "html")]
)
def test_the_ending_of_a_file_names_the_format(tmp_path: Path, format: str, ending: str) -> None:
    file = tmp_path / f"æøå.{ending}"
    found = run("indicators", "--concept", "trust", "--output", str(file))
    assert found.exit_code == 0
    assert found.stdout == ""
    assert str(file) in found.stderr
    assert file.read_text("utf-8") == answer("indicators", "--concept", "trust", "--format", format)


@pytest.mark.parametrize("ending", ["svg", "png"])
def test_a_view_is_drawn_into_a_file(tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"ranks.{ending}"
    answer("rank", "gti.needs_met", "2021", "--output", str(file))
    assert file.read_bytes()[:4] in (b"<?xm", b"\x89PNG")


def test_csv_writes_the_notes_beside_the_data(tmp_path: Path) -> None:
    answer("rank", "gti.needs_met", "2021", "--output", str(tmp_path / "ranks.csv"))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ranks-notes.csv", "ranks.csv"]


def test_rank_takes_the_newest_year() -> None:
    assert answer("rank", "egov.overall") == answer("rank", "egov.overall", "2023")


def test_an_edition_is_answered_with_the_year_it_measured() -> None:
    found = run("rank", "egov.overall", "2024")
    assert found.exit_code == 2
    assert "measured 2022-2023" in found.stderr
    assert "stands at 2023" in found.stderr
    assert "målt i 2022-2023" in run("rank", "egov.overall", "2024", "--lang", "da").stderr


def test_countries_are_read_in_any_language() -> None:
    told = answer("rank", "egov.overall", "2023", "--countries", "Danmark,Färöarna,NO,nordic")
    assert "Faroe Islands" in told
    assert answer("rank", "egov.overall", "-c", "eu").count("\n") > 30


def test_as_of_leaves_out_what_came_later() -> None:
    told = answer("rank", "egov.overall", "--as-of", "2022")
    assert "2021" in told.splitlines()[0]


def test_thresholds_are_moved_and_printed() -> None:
    told = answer("table", "--rows", "trust", "--threshold", "gap_caution=5", "-t", "z=2,5")
    assert "gap_caution 5" in told
    assert "z 2.5" in told


@pytest.mark.parametrize(
    ("arguments", "parts"),
    [
        (
            ["rank", "egov.overal", "-c", "Danmrk,Norg", "-l", "xx", "-f", "pdf", "-t", "z=x"],
            ["egov.overal", "Danmrk", "Norg", "'xx'", "'pdf'", "z=x", "5 things"],
        ),
        (["table", "--rows", "nothing,nought"], ["nothing", "nought"]),
        (["matrix", "no.such", "nor.such"], ["no.such", "nor.such"]),
        (["compare", "DNK/x/2020", "Atlantis/dst.help_needed/2024"], ["'x'", "Atlantis"]),
        (["explain", "DNK/dst.help_needed/2030"], ["2022, 2024"]),
        (["explain", "somewhere"], ["AREA/INDICATOR/YEAR"]),
        (["table", "--as-of", "next year"], ["next year", "YYYY-MM-DD"]),
        (["table", "-t", "gap=1"], ["'gap'", "gap_caution"]),
        (["table", "-t", "gap_caution=0.5"], ["gap_info"]),
        (["rank", "egov.overall", "--override", " "], ["reason"]),
        (["rank", "egov.overall", "--format", "svg"], ["--output"]),
        (["rank", "egov.overall", "--output", "ranks"], ["ending"]),
        (["table", "--output", "table.png"], ["png", "markdown"]),
        (["figures", "no.such"], ["no.such"]),
        (["indicators", "--concept", "no.such"], ["no.such"]),
        (["rules", "C99"], ["C99"]),
        (["check", HELP[0]], ["sentence"]),
        (["matrix", "dst.help_needed", "--years", "2022-24"], ["2022-24"]),
        (["rank", "egov.overall", "last"], ["last"]),
        (["rank", "egov.overall", "--ties", "12", "--confidence", "x"], ["1334", "simultaneous"]),
        (["rank-change", "egov.overall", "2021", "2021"], ["earlier year"]),
        (["agreement", "egov.overall", "--years", "2021"], ["two rankings"]),
        (["agreement", "egov.overall", "--years", "last"], ["2020,2023"]),
        (["no-such-command"], ["no-such-command"]),
        (["brief", "--format", "csv"], ["csv", "markdown"]),
    ],
)
def test_bad_input_gets_one_message_with_all_offenders(
    arguments: list[str], parts: list[str]
) -> None:
    found = run(*arguments)
    assert found.exit_code == 2
    assert found.stdout == ""
    assert found.stderr.count("Error: ") == 1
    assert not [part for part in parts if part not in found.stderr]


@pytest.mark.parametrize(
    ("arguments", "parts"),
    [
        (["rank", "no.egov_transparency_rank", "2021"], ["egov.transparency"]),
        (["trend", "no.egov_transparency_rank"], ["C30", "egov.transparency", '--override "..."']),
        (["rank-change", "egov.transparency", "2019", "2020", "-c", "NO"], ["C30", "Norway 2019"]),
    ],
)
def test_a_refusal_says_why_and_what_instead(arguments: list[str], parts: list[str]) -> None:
    found = run(*arguments)
    assert found.exit_code == 3
    assert found.stdout == ""
    assert not [part for part in parts if part not in found.stderr]
    assert run(*arguments, "--lang", "da").stderr.startswith("Afvist")


def test_figures_that_may_not_be_compared_end_with_a_code_of_their_own() -> None:
    found = run("compare", TRUST, DATA)
    assert found.exit_code == 3
    assert "not comparable" in found.stdout
    assert "C06" in found.stdout
    assert "31" not in found.stdout
    assert "instead" in found.stdout
    held = run("check", TRUST, DATA, "31 percentage points more in Denmark")
    assert held.exit_code == 3
    assert "not supported" in held.stdout


@pytest.mark.parametrize("format", FORMATS)
def test_an_override_stands_on_every_format(format: str) -> None:
    told = answer("trend", "no.egov_transparency_rank", "--override", REASON, "--format", format)
    assert REASON in told
    assert "C30" in told


def test_an_unwritable_folder_gets_a_message_and_nothing_half_written(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    for output in (gone / "x.csv", gone / "x.svg", tmp_path / "file.md" / "x.md"):
        (tmp_path / "file.md").write_text("kept")
        found = run("rank", "gti.needs_met", "2021", "--output", str(output))
        assert found.exit_code == 2
        assert "nothing was written" in found.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["file.md"]


def test_brief_writes_two_files_and_prints(tmp_path: Path) -> None:
    told = answer("brief", "--output", str(tmp_path), "--countries", "DK,NO", "--lang", "nb")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["brief.html", "brief.md"]
    assert told.startswith("Digitale offentlige tjenester i Danmark og Norge")
    found = run("brief", "--output", str(tmp_path / "gone"))
    assert found.exit_code == 2
    assert found.stdout == ""


def test_a_fault_of_the_program_is_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    from comparisons import cli

    def fails(*arguments: object, **options: object) -> None:
        raise RuntimeError("a fault")

    monkeypatch.setattr(nordbench, "main", fails)
    monkeypatch.setattr("sys.excepthook", lambda *fault: None)
    assert cli._run([]) == cli.FAULTY


@pytest.mark.parametrize(
    ("raised", "code"),
    [(click.Abort(), 130), (click.ClickException("x"), 2), (OSError(28, "x"), 2)],
)
def test_interruptions_have_codes(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], raised: Exception, code: int
) -> None:
    from comparisons import cli

    def fails(*arguments: object, **options: object) -> None:
        raise raised

    monkeypatch.setattr(nordbench, "main", fails)
    monkeypatch.setattr(cli, "_forget_output", lambda: None)
    assert cli._run([]) == code
