"""CITATION.cff and DATA_LICENSES.md: valid, and complete over every source of the figures."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

import nordbench

SCHEMA = "citation-1.2.0.schema.json"
"""Schema of the Citation File Format 1.2.0 by S. Druskat, J. H. Spaaks and contributors,
doi 10.5281/zenodo.5171937, unchanged, licensed CC BY 4.0."""


class Texts(yaml.SafeLoader):
    """YAML whose dates stay text, as the schema wants them."""


Texts.yaml_implicit_resolvers = {
    letter: [entry for entry in entries if entry[0] != "tag:yaml.org,2002:timestamp"]
    for letter, entries in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


@pytest.fixture(scope="module")
def citation(root: Path) -> dict[str, Any]:
    """The citation file, read."""
    text = (root / "CITATION.cff").read_text(encoding="utf-8")
    return yaml.load(text, Loader=Texts)  # noqa: S506  a safe loader of our own


@pytest.fixture(scope="module")
def documents() -> dict[str, dict[str, Any]]:
    """Documents that the shipped figures come from."""
    from sources.catalogue import evidence

    return evidence().registry.documents


def faults(citation: dict[str, Any]) -> list[str]:
    """What the schema has against a citation."""
    schema = json.loads((Path(__file__).parent / SCHEMA).read_text(encoding="utf-8"))
    validator = jsonschema.Draft7Validator(schema, format_checker=jsonschema.FormatChecker())
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(citation)]


def test_the_citation_is_valid(citation: dict[str, Any]) -> None:
    assert citation["cff-version"] == "1.2.0"
    assert not faults(citation)


@pytest.mark.parametrize("key", ["title", "authors", "message", "cff-version"])
def test_a_citation_without_a_required_key_is_not(citation: dict[str, Any], key: str) -> None:
    assert faults({name: value for name, value in citation.items() if name != key})


def test_a_citation_with_an_unknown_key_is_not(citation: dict[str, Any]) -> None:
    assert faults({**citation, "data-sources": []})


def test_version_and_name_are_those_of_the_package(citation: dict[str, Any], root: Path) -> None:
    assert citation["version"] == nordbench.__version__
    assert citation["title"].startswith("nordbench")
    changes = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"## {nordbench.__version__} " in changes


def credited(reference: dict[str, Any]) -> set[str]:
    """Names that a reference gives credit to."""
    people = [*reference.get("authors", []), reference.get("publisher", {})]
    return {person["name"] for person in people if "name" in person}


def test_every_document_is_cited(
    citation: dict[str, Any], documents: dict[str, dict[str, Any]]
) -> None:
    references = citation["references"]
    titles = {reference["title"] for reference in references}
    missing = [
        f"{name}: {entry['title']}"
        for name, entry in documents.items()
        if entry["title"] not in titles
    ]
    assert not missing, "\n".join(missing)
    names = set().union(*map(credited, references))
    assert not {entry["publisher"] for entry in documents.values()} - names


def test_every_publisher_has_its_terms(root: Path, documents: dict[str, dict[str, Any]]) -> None:
    rows = [
        line
        for line in (root / "DATA_LICENSES.md").read_text(encoding="utf-8").splitlines()
        if line.startswith("|")
    ]
    missing = {
        f"{entry['publisher']}: {entry['licence']}"
        for entry in documents.values()
        if not any(entry["publisher"] in row and entry["licence"] in row for row in rows)
    }
    assert not missing, "\n".join(sorted(missing))
