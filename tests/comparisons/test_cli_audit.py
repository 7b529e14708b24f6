"""The commands `audit` and `catalogue`."""

import json

import pytest
from click.testing import CliRunner

from comparisons.cli.audit import audit
from comparisons.cli.catalogue import catalogue
from sources.catalogue import evidence
from tests.sources.planting import changed


def run(command, *arguments):
    return CliRunner().invoke(command, arguments, standalone_mode=False)


@pytest.mark.parametrize("format", ["terminal", "markdown", "html", "csv", "json"])
def test_the_audit_is_told_in_every_format(format):
    told = run(audit, "--format", format)
    assert told.return_value == 0
    assert "egov" in told.output


def test_the_audit_ends_with_1_where_an_error_stands(monkeypatch):
    figures = evidence().figures
    found = (figures["indicator"] == "dst.trust_digital_services") & (figures["period"] == "2023")
    at = int(found.to_numpy().argmax())
    wrong = changed(evidence(), {(at, "value"): 7.8})
    monkeypatch.setattr("sources.catalogue.evidence", lambda: wrong)
    told = run(audit, "--format", "json")
    assert told.return_value == 1
    assert json.loads(told.output)["findings"][0]["check"] == "digits"


def test_a_page_is_printed():
    told = run(catalogue, "dst.help_needed", "--lang", "nb", "--format", "markdown")
    assert told.output.startswith("# ")
    data = run(catalogue, "dst.help_needed", "--format", "json")
    assert json.loads(data.output)["indicator"] == "dst.help_needed"


def test_a_family_is_listed_and_written(tmp_path):
    assert "gti.needs_met" in run(catalogue, "needs").output
    told = run(catalogue, "needs", "--folder", str(tmp_path), "--lang", "sv")
    assert told.exception is None
    assert [path.name for path in tmp_path.iterdir()] == ["sv"]
