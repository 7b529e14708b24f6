"""`nordbench index`: trees, years, draws and the tables beside the scores."""

import json

import pytest
from click.testing import CliRunner

from comparisons.cli.commands import nordbench


def run(*arguments):
    return CliRunner().invoke(nordbench, ["index", *arguments])


def answer(*arguments):
    found = run(*arguments)
    assert found.exit_code == 0, found.output
    return found.stdout


def test_the_newest_year_is_taken():
    assert "index, 2023" in answer("egov", "--countries", "nordic")
    assert "index, 2018" in answer("egdi", "-c", "nordic")


@pytest.mark.parametrize("years", ["2022-2023", "2022,2023"])
def test_several_years(years):
    told = answer("egov", years, "-c", "nordic")
    assert "index, 2022-2023" in told
    assert told.count("Denmark  202") == 2


def test_tables_and_draws():
    told = answer("egov", "2023", "-c", "nordic", "--uncertainty", "--draws", "50", "--tables")
    for title in (
        "pairs that never swap",
        "one indicator left out",
        "movement of ranks",
        "50 draws",
    ):
        assert title in told.replace("\n", " ")
    page = answer("egov", "2023", "-c", "nordic", "--tables", "--format", "html", "--lang", "sv")
    assert "en indikator utelämnad i taget" in page


def test_json_holds_the_tables():
    told = json.loads(answer("egov", "2023", "-c", "nordic", "--format", "json"))
    assert set(told["attached"]) == {"parts", "consistency", "correlations", "left_out"}
    assert told["attached"]["parts"]["data"][0]["part"] == "index"


def test_rules_for_the_whole_tree():
    told = answer("egov", "2023", "--normalisation", "z", "--weights", "pca")
    assert "from the first principal component" in told
    assert "z scores, population" in told


def test_a_tree_and_a_picture_of_ones_own(tmp_path):
    tree, picture = tmp_path / "mine.toml", tmp_path / "mine.svg"
    tree.write_text('title = "Mine"\n[[children]]\nindicator = "egov.overall"\n', encoding="utf-8")
    answer(str(tree), "2023", "-c", "nordic", "--output", str(picture))
    assert "Mine: index, 2023" in picture.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("egov", "2019", "-c", "nordic"), 3, "holds for 2020-2023 only"),
        (("egov", "soon"), 2, "write a year"),
        (("egov", "2023-2020"), 2, "write a year"),
        (("egovv",), 2, "unknown tree 'egovv'; did you mean egov"),
        (("egov", "2023", "--weights", "best"), 2, "no weights 'best'"),
        (("egov", "2023", "--draws", "0"), 2, "0 is not in the range"),
        (("egov", "2023", "-c", "nordic", "--weights", "pca"), 2, "Cross-border services: -0.4"),
    ],
)
def test_what_cannot_be_done_is_said(arguments, code, told):
    found = run(*arguments)
    assert found.exit_code == code, found.output
    assert told in found.output
