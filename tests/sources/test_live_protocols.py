"""Each publisher's protocol, spoken by a server here: every cell, flag, label and note arrives."""

import json
import math
import time
from collections import deque
from itertools import product

import pytest

from benchmark.errors import NotFetched, UnknownName
from sources.live.clock import Patience
from sources.live.update import update
from tests.sources.servers.base import Reply, as_json, page, serving
from tests.sources.servers.cube import Cube
from tests.sources.servers.eurostat import TOKEN, Eurostat, envelope
from tests.sources.servers.pxweb import PxWeb1, PxWeb2
from tests.sources.servers.statbank import StatBank
from tests.sources.servers.worldbank import WorldBank

QUICK = Patience(tries=4, pause=0.01, longest=5.0, connect=1.0, silence=1.0, whole=5.0)
LANGUAGES = {"da": "da", "en": "en"}
CUBE = Cube()


@pytest.fixture
def fetched(tmp_path):
    """Fetch one table from a publisher that speaks a protocol."""

    def fetch(speaks, protocol, table="USE01", languages=LANGUAGES, **more):
        with serving(speaks) as service:
            if hasattr(speaks, "address"):
                speaks.address = service.address
            given = {key: more.pop(key) for key in ("base",) if key in more}
            base = {"base": service.address + given.get("base", "")}
            who = service.publisher(protocol, languages=languages, **base, **more)
            found = update(who, table, cache=tmp_path, patience=QUICK)[0]
        return found, service.asked

    return fetch


def cells(table, names):
    columns = [table.frame[name] for name in names]
    return dict(zip(zip(*columns, strict=True), table.frame["value"], strict=True))


def assert_whole(vintage, cube, names=None):
    """Hold every cell and symbol against what the server made them from."""
    table = vintage.read()
    names = names or list(cube.axes)
    found, expected = cells(table, names), cube.whole()
    assert list(found) == list(expected)
    for codes, value in expected.items():
        assert found[codes] == value or (value is None and math.isnan(found[codes])), codes
    none = table.frame["value"].isna()
    assert none.sum() == sum(value is None for value in expected.values()) > 0
    assert set(table.frame["status"][none]) == {"O"}
    assert set(table.frame["status"][~none]) == {"A"}
    return table


SPOKEN = {
    "statbank": (StatBank, {}, "USE01"),
    "pxweb1": (PxWeb1, {"base": "/{lang}"}, "sub/USE01.px"),
    "pxweb2": (PxWeb2, {}, "USE01"),
}


@pytest.mark.parametrize(
    "limit", [1_000_000, 100, *(pytest.param(n, marks=pytest.mark.slow) for n in (36, 7, 1))]
)
@pytest.mark.parametrize("protocol", SPOKEN)
def test_a_table_arrives_whole_however_it_is_cut(fetched, protocol, limit):
    if limit == 1 and protocol != "pxweb2":
        pytest.skip("one part a cell is tried once")
    make, more, name = SPOKEN[protocol]
    cube = Cube(axes={**CUBE.axes, "TID": CUBE.axes["TID"][-3:]}) if limit == 1 else CUBE
    server = make(cube=cube, limit=limit)
    known = {} if protocol == "pxweb2" else {"cells": limit}
    found, asked = fetched(server, protocol, name, batches=1000, **known, **more)
    table = assert_whole(found, cube)
    assert all(size <= limit for size in getattr(server, "sizes", [0]))
    if limit > 1000:
        assert len([one for one in asked if one.body]) == 1
    assert table.labels["SEX"]["1"] == {"da": "1 (da)", "en": "1 (en)"}
    assert table.labels["FORMÅL"][""] == {"da": "FORMÅL (da)", "en": "FORMÅL (en)"}
    assert set(table.frame["symbol"]) == {"", ".."}
    assert table.meta["vintage"] == found.id
    assert any(CUBE.note in note.text.values() for note in table.notes)
    assert list(table.frame["TID"].cat.categories) == cube.axes["TID"]


def test_statbank_falls_back_on_a_stream(fetched):
    found, asked = fetched(StatBank(limit=50), "statbank", cells=100, batches=1000)
    assert [one.body["format"] for one in asked if one.body] == ["CSV", "BULK"]
    assert_whole(found, CUBE)
    found, asked = fetched(StatBank(limit=50), "statbank", cells=10, batches=3)
    assert [one.body["format"] for one in asked if one.body] == ["BULK"]
    assert_whole(found, CUBE)


def test_statbank_tells_its_errors_in_words(fetched):
    with pytest.raises(NotFetched, match="no such table, variable or value"):
        fetched(StatBank(), "statbank", "NONE1", errors=_errors("statbank"))


def _errors(protocol):
    from sources.live.publishers import publishers

    return next(one.errors for one in publishers().values() if one.protocol == protocol)


def test_statbank_that_replaces_a_table_meanwhile_is_noticed(fetched):
    server = StatBank()
    real = server.data
    server.data = lambda body: setattr(server.cube, "updated", "2027-01-01T08:00:00Z") or real(body)
    with pytest.raises(NotFetched, match="StatBank replaced the table"):
        fetched(server, "statbank", cells=100)


def test_a_stream_may_leave_out_what_is_empty(fetched):
    server = StatBank()
    real = server.data

    def data(body):
        lines = real(body).body.decode().split("\r\n")
        kept = [line for line in lines if not line.endswith("..")]
        return Reply("\r\n".join(kept).encode(), type="text/csv", chunked=True)

    server.data = data
    found, _ = fetched(server, "statbank", cells=10, batches=3)
    assert found.read().frame["value"].notna().all()
    with pytest.raises(NotFetched, match="324 cells were asked for"):
        fetched(server, "statbank")


def test_an_older_service_that_allows_less_is_asked_for_halves(fetched):
    cube = Cube(axes={**CUBE.axes, "TID": [str(year) for year in range(1800, 2026)]})
    server = PxWeb1(cube=cube, limit=2000)
    found, _ = fetched(server, "pxweb1", "sub/USE01.px", base="/{lang}", cells=3000)
    assert_whole(found, cube)
    assert max(server.sizes) > 2000
    with pytest.raises(NotFetched, match="often means too many cells"):
        fetched(PxWeb1(limit=1), "pxweb1", "sub/USE01.px", base="/{lang}", cells=3000)


def test_codes_are_chosen_by_patterns(fetched):
    entry = {"USE01": {"select": {"TID": ["202?"], "SEX": ["2"]}}}
    found, _ = fetched(PxWeb2(), "pxweb2", tables=entry)
    table = found.read()
    assert list(table.frame["TID"].cat.categories) == [str(y) for y in range(2020, 2026)]
    assert len(table.frame) == 3 * 1 * 3 * 6


def test_a_variable_can_be_left_out(fetched):
    server = PxWeb2()
    server.data = lambda wanted, lang: as_json(Cube(axes=wanted).jsonstat(wanted, lang))
    found, _ = fetched(server, "pxweb2", tables={"USE01": {"select": {"SEX": []}}})
    table = found.read()
    assert "SEX" not in table.frame
    assert len(table.frame) == 3 * 3 * 18


def test_codes_that_are_gone_are_all_named(fetched):
    entry = {"USE01": {"select": {"TID": ["19*"], "GENDER": ["1"], "SEX": ["9"]}}}
    with pytest.raises(UnknownName) as caught:
        fetched(PxWeb2(), "pxweb2", tables=entry)
    for words in ("variable 'GENDER'", "TID: no code like '19*'", "SEX: no code like '9'"):
        assert words in str(caught.value)


def test_limits_of_the_service_are_obeyed_and_its_waits(fetched):
    # The clock keeps to three calls in a second, so the server never has to refuse.
    server = PxWeb2(limit=100, calls=3, window=1)
    _, asked = fetched(server, "pxweb2", languages={"en": "en"})
    assert len(asked) == 2 + 4
    # A service that allows less than it says is asked again when it says so.
    strict = PxWeb2(limit=1000, calls=1000)
    config = strict.config()
    strict.calls, strict.window, strict.wait = 2, 1, "1"
    strict.config = lambda: config
    found, _ = fetched(strict, "pxweb2", languages={"en": "en", "sv": "sv"})
    assert_whole(found, CUBE)


def test_a_table_that_is_replaced_meanwhile_is_not_mixed(tmp_path):
    server = PxWeb2(limit=100)
    real, turns = server.data, []

    def data(wanted, lang):
        turns.append(1)
        if len(turns) == 3:
            server.cube.updated = "2026-03-26T08:00:00Z"
        return real(wanted, lang)

    server.data = data
    with serving(server) as service:
        who = service.publisher("pxweb2")
        with pytest.raises(NotFetched, match="replaced the table while"):
            update(who, "USE01", cache=tmp_path, patience=QUICK)
        assert not list(tmp_path.rglob("vintages/*/*Z.json"))
        found = update(who, "USE01", cache=tmp_path, patience=QUICK)[0]
    assert len(turns) == 8
    assert_whole(found, CUBE)


@pytest.mark.parametrize(
    "lie",
    [
        {"id": ["FORMÅL"]},
        {"value": [1.0]},
        {"size": [3, 2, 3, 99]},
        {"dimension": {}},
        {"class": "collection"},
    ],
)
def test_an_answer_with_holes_is_no_vintage(fetched, tmp_path, lie):
    server = PxWeb2()
    real = server.cube.jsonstat
    server.cube.jsonstat = lambda wanted, lang, empty=False: (
        real(wanted, lang, empty) | ({} if empty else lie)
    )
    with pytest.raises(NotFetched):
        fetched(server, "pxweb2")
    assert not list(tmp_path.rglob("vintages/*/*Z.json"))


def test_fewer_or_other_codes_than_asked_for_are_noticed(fetched):
    server = PxWeb2()
    real = server.cube.jsonstat

    def less(wanted, lang, empty=False):
        return real(wanted if empty else {**wanted, "TID": wanted["TID"][1:]}, lang, empty)

    server.cube.jsonstat = less
    with pytest.raises(NotFetched, match="324 cells were asked for, but 306 were sent"):
        fetched(server, "pxweb2")


@pytest.mark.parametrize("content", [[], {}, {"variables": 3}, {"maxDataCells": "many"}, "text"])
@pytest.mark.parametrize("protocol", SPOKEN)
def test_nonsense_is_an_error_of_ours(fetched, protocol, content):
    _, more, name = SPOKEN[protocol]
    with pytest.raises(NotFetched):
        fetched(lambda asked: as_json(content), protocol, name, **more)


# Eurostat.

EUROSTAT = {"languages": {"en": "EN"}}
SELECT = {"isoc_use": {"select": {"unit": ["PC_IND"]}, "first": 2016}}


def test_eurostat_statistics_arrive_whole(fetched):
    server = Eurostat()
    found, asked = fetched(server, "eurostat", "isoc_use", tables=SELECT, **EUROSTAT)
    assert len(asked) == 1
    assert asked[0].query == {"format": ["JSON"], "lang": ["EN"], "unit": ["PC_IND"]}
    table = found.read()
    assert cells_equal(table, server.cube)


def cells_equal(table, cube, time="time"):
    names = [time if name == "time" else name for name in cube.axes]
    found = cells(table, names)
    expected = cube.whole()
    return set(found) == set(expected) and all(
        found[codes] == value or (value is None and math.isnan(found[codes]))
        for codes, value in expected.items()
    )


def test_eurostat_is_asked_in_years_where_it_is_too_much(fetched):
    server = Eurostat(limit=7)
    found, asked = fetched(server, "eurostat", "isoc_use", tables=SELECT, **EUROSTAT)
    assert len(found.parts) >= 5
    assert cells_equal(found.read(), server.cube)
    assert len(asked) > len(found.parts)


def test_eurostat_too_much_for_a_single_year_is_told(fetched):
    with pytest.raises(NotFetched, match="choose fewer values or years"):
        fetched(
            Eurostat(limit=1),
            "eurostat",
            "isoc_use",
            tables=SELECT,
            errors=_errors("eurostat"),
            **EUROSTAT,
        )


def test_eurostat_unknown_dataset_is_told(fetched):
    with pytest.raises(NotFetched, match="no such dataset"):
        fetched(Eurostat(), "eurostat", "none", errors=_errors("eurostat"), **EUROSTAT)


def test_eurostat_answers_later_in_the_statistics_api(fetched):
    server = Eurostat(states=deque(["SUBMITTED", "PROCESSING"]))
    found, asked = fetched(server, "eurostat", "isoc_use", tables=SELECT, **EUROSTAT)
    assert len(asked) == 3
    assert cells_equal(found.read(), server.cube)


@pytest.mark.parametrize("form", ["envelope", "bare", "footer"])
def test_eurostat_answers_later_as_a_file(fetched, form):
    server = Eurostat(states=deque(["SUBMITTED", "PROCESSING", "PROCESSING"]), form=form)
    whole = {"isoc_use": {"whole": True}}
    found, asked = fetched(server, "eurostat", "isoc_use", tables=whole, **EUROSTAT)
    assert len(asked) > 2
    assert found.parts[0].answer.kind == "csv"
    assert cells_equal(found.read(), server.cube, "TIME_PERIOD")


@pytest.mark.parametrize("state", ["ERROR", "EXPIRED", "UNKNOWN_REQUEST"])
def test_eurostat_gives_up_an_extract(fetched, tmp_path, state):
    server = Eurostat(states=deque(["SUBMITTED", state]))
    with pytest.raises(NotFetched, match=f"state {state}"):
        fetched(server, "eurostat", "isoc_use", tables={"isoc_use": {"whole": True}}, **EUROSTAT)
    assert not list(tmp_path.rglob("*.csv"))


def test_eurostat_sends_a_message_instead_of_data(fetched):
    fault = Reply(b"<S:Fault><faultstring>Something broke</faultstring></S:Fault>", type="text/xml")
    with pytest.raises(NotFetched, match="no data but a message: Something broke"):
        fetched(lambda _: fault, "eurostat", "x", tables={"x": {"whole": True}}, **EUROSTAT)


def test_eurostat_is_closed_for_maintenance(fetched):
    with pytest.raises(NotFetched, match="titled 'Maintenance'"):
        fetched(lambda asked: page("Maintenance"), "eurostat", "isoc_use", **EUROSTAT)


def test_a_file_announced_elsewhere_is_not_fetched(fetched):
    from tests.sources.servers.eurostat import footer

    with pytest.raises(NotFetched, match="is not asked"):
        fetched(
            lambda asked: footer("http://evil.example/file/x"),
            "eurostat",
            "x",
            tables={"x": {"whole": True}},
            **EUROSTAT,
        )


def test_an_extract_that_never_comes_is_given_up(tmp_path):
    with serving(lambda asked: envelope("PROCESSING")) as service:
        who = service.publisher("eurostat", tables={"x": {"whole": True}}, languages={"en": "EN"})
        patience = Patience(tries=1, pause=0.01, longest=0.02, silence=1.0, whole=0.2)
        with pytest.raises(NotFetched, match="still being prepared"):
            update(who, "x", cache=tmp_path, patience=patience)
        assert TOKEN in service.asked[-1].path


# The others.


def test_the_world_bank_sends_pages(fetched):
    found, asked = fetched(WorldBank(), "worldbank", "IT.TEST")
    assert [one.query["page"] for one in asked] == [["1"], ["2"], ["3"]]
    table = found.read()
    assert len(table.frame) == 9
    assert table.frame["value"].isna().sum() == 1
    assert list(table.frame["country"].cat.categories) == ["DNK", "NOR", "1W"]
    assert table.labels["country"]["DNK"] == {"en": "Denmark"}


def test_the_world_bank_says_no_with_a_status_of_200(fetched, tmp_path):
    with pytest.raises(NotFetched, match="The indicator was not found"):
        fetched(WorldBank(), "worldbank", "IT.NONE")
    assert not list(tmp_path.rglob("*.meta.json"))


def test_pages_of_two_vintages_are_not_mixed(fetched):
    class Moving(WorldBank):
        def __call__(self, asked):
            self.updated = f"2026-01-1{asked.query['page'][0]}"
            return super().__call__(asked)

    with pytest.raises(NotFetched, match="replaced the table"):
        fetched(Moving(), "worldbank", "IT.TEST")


CSV = b"country-code,country-name,e-gov-index\nDNK,Denmark  ,0.97\nISL, Iceland,\n"


def test_a_file_is_held_against_its_hash(tmp_path):
    import hashlib

    with serving(lambda asked: Reply(CSV, type="text/plain; charset=utf-8")) as service:
        good = {"address": f"{service.address}/o/blob/1/f.csv"}
        entry = {**good, "sha256": hashlib.sha256(CSV).hexdigest()}
        who = service.publisher("files", tables={"f": entry})
        table = update(who, "f", cache=tmp_path, patience=QUICK)[0].read()
        assert service.asked[0].path == "/o/raw/1/f.csv"
        assert table.frame["value"].tolist()[1] == 0.97
        assert table.frame["symbol"].tolist() == ["Denmark", "", "Iceland", ""]
        bad = service.publisher("files", tables={"f": {**good, "sha256": "0" * 64}})
        with pytest.raises(NotFetched, match="is not the file that is registered"):
            update(bad, "f", cache=tmp_path / "other", patience=QUICK)
        assert not list((tmp_path / "other").rglob("*.csv"))


@pytest.mark.slow
def test_a_real_index_file_and_a_real_workbook_are_read(shared, tmp_path):
    samples = {
        "egdi": shared / "samples/indices/egdi-2012.csv",
        "book": shared / "samples/egov/6_eGovernment_Benchmark_2024__Final_Results.xlsx",
    }
    kept = {path.name: path.read_bytes() for path in samples.values()}
    with serving(lambda asked: Reply(kept[asked.path[1:]], type="application/octet")) as service:
        entries = {
            name: {"address": f"{service.address}/{path.name}"} for name, path in samples.items()
        }
        who = service.publisher("files", tables=entries)
        index, book = (one.read() for one in update(who, cache=tmp_path, patience=QUICK))
    denmark = index.frame[index.frame["country-code"] == "DNK"].set_index("measure")["value"]
    assert denmark["e-gov-index"] > 0.8
    assert len(book.frame) > 1000


def test_real_answers_of_statistics_norway_are_put_together(shared, tmp_path):
    """Metadata and figures as sent; the server picks the cells asked for out of them."""
    folder = shared / "samples/pxweb"
    about = json.loads((folder / "ssb_13861_metadata_v0.json").read_text("utf-8"))
    whole = json.loads((folder / "ssb_13861_jsonstat2.json").read_text("utf-8"))
    # The extract was made without the variables that the table can do without.
    about["variables"] = [one for one in about["variables"] if one["code"] in whole["id"]]
    order = [list(whole["dimension"][name]["category"]["index"]) for name in whole["id"]]
    values = dict(zip(product(*order), whole["value"], strict=True))
    marks = {list(values)[int(at)]: mark for at, mark in whole.get("status", {}).items()}

    def speaks(asked):
        if asked.body is None:
            return as_json(about)
        wanted = {one["code"]: one["selection"]["values"] for one in asked.body["query"]}
        cells = list(product(*(wanted[name] for name in whole["id"])))
        told = json.loads(json.dumps(whole))
        told["size"] = [len(wanted[name]) for name in whole["id"]]
        for name in whole["id"]:
            category = told["dimension"][name]["category"]
            category["index"] = {code: at for at, code in enumerate(wanted[name])}
            category["label"] = {code: category["label"][code] for code in wanted[name]}
        told["value"] = [values[one] for one in cells]
        told["status"] = {str(at): marks[one] for at, one in enumerate(cells) if one in marks}
        return as_json(told)

    known = {one["code"]: one["values"] for one in about["variables"]}
    same = [known[name] == codes for name, codes in zip(whole["id"], order, strict=True)]
    entry = {} if all(same) else {"select": dict(zip(whole["id"], order, strict=True))}
    with serving(speaks) as service:
        who = service.publisher(
            "pxweb1", languages={"nb": "no"}, cells=20, batches=99, tables={"13861": entry}
        )
        found = update(who, "13861", cache=tmp_path, patience=QUICK)[0]
    table = found.read()
    got = cells(table, whole["id"])
    assert set(got) == set(values)
    for codes, value in values.items():
        assert got[codes] == value or (value is None and math.isnan(got[codes]))
    first = next(iter(whole["id"]))
    assert table.labels[first][""]["nb"]


def test_every_document_of_a_file_publisher_is_registered():
    from sources.catalogue import registry
    from sources.live.publishers import publishers

    for one in publishers().values():
        for name, entry in one.tables.items():
            if one.protocol == "files":
                address = registry().documents[entry["document"]]["address"]
                assert address.startswith(one.base + "/"), name
                assert address.endswith((".csv", ".xlsx")), name


def test_time_is_not_lost(fetched):
    began = time.monotonic()
    fetched(PxWeb2(limit=20), "pxweb2")
    assert time.monotonic() - began < 3
