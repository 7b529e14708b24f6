"""What PxWeb says of its tables and of itself."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmark.errors import BenchmarkError
from sources.readers.pxweb import Config, config, describe
from sources.readers.statbank_csv import tableinfo

SAMPLES = Path(__file__).parent / "samples"


def test_metadata_of_version_1(shared: Path) -> None:
    path = shared / "samples" / "pxweb" / "ssb_13861_metadata_v0.json"
    body, found = json.loads(path.read_text(encoding="utf-8")), describe(path)
    assert (found.title, found.time, found.cells) == ({"": body["title"]}, "Tid", 23 * 3 * 2 * 7)
    for variable, entry in zip(found.variables, body["variables"], strict=True):
        assert (variable.code, variable.text) == (entry["code"], entry["text"])
        assert [*variable.values] == entry["values"]
        assert [*variable.texts] == entry["valueTexts"]
        assert variable.elimination == entry.get("elimination", False)
        assert variable.time == entry.get("time", False)


@pytest.mark.parametrize(
    ("name", "table", "language"),
    [("pxwebapi2_meta_tab004", "TAB004", "en"), ("scb_v2_TAB6471_metadata", "TAB6471", "sv")],
)
def test_metadata_of_version_2(name: str, table: str, language: str, shared: Path) -> None:
    path = shared / "samples" / "pxweb" / f"{name}.json"
    body, found = json.loads(path.read_text(encoding="utf-8")), describe(path)
    assert (found.id, found.title) == (table, {language: body["label"]})
    assert [variable.code for variable in found.variables] == body["id"]
    assert found.time == body["role"]["time"][0]
    for variable, size in zip(found.variables, body["size"], strict=True):
        own = body["dimension"][variable.code]
        index = own["category"]["index"]
        assert len(variable.values) == size
        assert [index[code] for code in variable.values] == [*range(size)]
        assert [own["category"]["label"][code] for code in variable.values] == [*variable.texts]
        assert (variable.text, variable.elimination) == (
            own["label"],
            own["extension"]["elimination"],
        )
    must = body["extension"].get("noteMandatory", {})
    table_notes = [note for note in found.notes if not note.at]
    assert [(note.text[language], note.mandatory) for note in table_notes] == [
        (text, must.get(str(k), False)) for k, text in enumerate(body["note"])
    ]


def test_metadata_of_a_sample() -> None:
    found = describe(SAMPLES / "trust.jsonstat2.json")
    age = found.variables[0]
    assert (age.values, age.texts) == (("B", "A"), ("16-79 år", "alle"))
    assert (age.elimination, age.elimination_value) == (True, "A")
    assert found.meta["units"] == {"Andel": "prosent", "Antall": "personer"}


@pytest.mark.parametrize(
    ("name", "want"),
    [
        ("scb_v2_config", (150000, 3, 1, ("sv", "en"), "2.2.0")),
        ("pxwebapi2_config", (10000, 30, 10, ("en", "sv"), "2.0.0-beta.12")),
    ],
)
def test_configuration(name: str, want: tuple[object, ...], shared: Path) -> None:
    found = config(shared / "samples" / "pxweb" / f"{name}.json")
    limits = (found.max_cells, found.max_calls, found.window)
    assert (*limits, found.languages, found.version) == want
    assert found.formats[0] == "json-stat2"
    assert found.licence.endswith("cc0/")


def test_configuration_of_version_1() -> None:
    found = config(b'{"maxValues": 1000, "maxCells": 500000, "maxCalls": 10, "timeWindow": 10}')
    assert found == Config(500000, 10, 10)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"[]", "is no PxWeb metadata"),
        (b'{"title": "x"}', "is no PxWeb metadata"),
        (
            b'{"variables": [{"code": "A", "values": ["1"], "valueTexts": []}]}',
            "has 1 values but 0",
        ),
        (b'{"variables": [3]}', "variables.0: expected an object, found 3"),
        (b'{"variables": [{"code": "A", "values": ["1", "1"]}]}', "a code stands twice"),
        (b'{"dimension": {}, "id": 3}', "id: expected a list of the dimensions, found 3"),
    ],
)
def test_wrong_metadata_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(BenchmarkError, match=message):
        describe(data)


def test_a_limit_that_is_missing_is_named() -> None:
    with pytest.raises(BenchmarkError, match="maxCallsPerTimeWindow or maxCalls: expected a whole"):
        config(b'{"maxDataCells": 1, "timeWindow": 1}')
    with pytest.raises(BenchmarkError, match="languages: expected a list"):
        config(b'{"maxDataCells": 1, "maxCalls": 1, "timeWindow": 1, "languages": 3}')


KEYS = ["title", "variables", "code", "id", "text", "values", "valueTexts", "dimension", "size"]
KEYS += ["footnote", "unit", "languages", "maxDataCells", "extension", "px", "category", "index"]
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.sampled_from(KEYS)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(KEYS), inner, max_size=4)
    ),
    max_leaves=12,
)


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.sampled_from(KEYS), JSON, max_size=5))
def test_strange_documents_raise_only_our_error(body: dict[str, object]) -> None:
    data = json.dumps(body).encode()
    for reader in (describe, config, tableinfo):
        try:
            reader(data)
        except BenchmarkError:
            continue
