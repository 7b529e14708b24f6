"""Fetching: goes on where it stopped, survives being killed, shares its folder, works offline."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmark.errors import BenchmarkError, NotFetched, UnknownName
from comparisons.cli.diff import diff as diff_command
from comparisons.cli.update import update as update_command
from comparisons.cli.vintages import vintages as vintages_command
from sources.live.cache import Cache, folder, write
from sources.live.clock import Patience
from sources.live.publishers import publishers
from sources.live.update import update
from sources.vintages import vintage, vintages
from tests.sources.servers.base import Reply, serving
from tests.sources.servers.cube import Cube
from tests.sources.servers.pxweb import PxWeb2

QUICK = Patience(tries=2, pause=0.01, longest=1.0, connect=1.0, silence=1.0, whole=5.0)
LANGUAGES = {"sv": "sv", "en": "en"}


@pytest.fixture
def server():
    return PxWeb2(limit=100)


@pytest.fixture
def service(server):
    with serving(server) as running:
        yield running


@pytest.fixture
def who(service):
    return service.publisher("pxweb2", languages=LANGUAGES)


def data_questions(service):
    return [one for one in service.asked if one.body is not None]


def held(table):
    names = [name for name in table.frame.columns if name not in ("value", "status", "symbol")]
    rows = zip(*(table.frame[name] for name in names), strict=True)
    return dict(zip(rows, table.frame["value"], strict=True))


def test_a_fetch_that_was_cut_off_goes_on_where_it_stopped(who, service, tmp_path):
    real = service.speaks
    count = []

    def failing(asked):
        if asked.body is not None:
            count.append(1)
        return Reply(b"", status=503) if len(count) > 2 else real(asked)

    service.speaks = failing
    with pytest.raises(NotFetched, match="what has arrived is kept"):
        update(who, "USE01", cache=tmp_path, patience=QUICK)
    assert vintages(cache=tmp_path) == []
    service.speaks = real
    before = len(service.asked)
    found = update(who, "USE01", cache=tmp_path, patience=QUICK)[0]
    assert len(service.asked) - before == 2
    assert len(found.answers("data")) == 4
    assert held(found.read()).keys() == Cube().whole().keys()
    assert not list(tmp_path.rglob("open.json"))


def test_a_fetch_that_was_finished_begins_anew(who, service, tmp_path):
    update(who, "USE01", cache=tmp_path, patience=QUICK)
    before = len(service.asked)
    update(who, "USE01", cache=tmp_path, patience=QUICK)
    assert len(service.asked) == 2 * before


def test_an_old_or_other_interruption_is_not_continued(who, service, tmp_path):
    update(who, "USE01", cache=tmp_path, patience=QUICK)
    notebook = tmp_path / "here/vintages/USE01/open.json"
    for text in (
        "",
        "[]",
        '{"began": "2020-01-01T00:00:00.000000Z", "asked": "x"}',
        '{"began": "9999-01-01T00:00:00.000000Z"}',
    ):
        notebook.write_text(text)
        before = len(service.asked)
        update(who, "USE01", cache=tmp_path, patience=QUICK)
        assert len(service.asked) - before == 7


def test_the_same_again_is_the_same_vintage_and_a_change_is_a_new_one(who, server, tmp_path):
    first = update(who, "USE01", cache=tmp_path, patience=QUICK)[0]
    second = update(who, "USE01", cache=tmp_path, patience=QUICK)[0]
    assert (second.id, second.sha256) == (first.id, first.sha256)
    assert second.checked > first.checked
    assert [one.id for one in vintages(cache=tmp_path)] == [first.id]
    fewer = update(who, "USE01", cache=tmp_path, languages=["sv"], patience=QUICK)[0]
    assert (fewer.id, len(fewer.parts)) == (first.id, len(first.parts))
    server.cube.updated = "2026-09-01T08:00:00Z"
    third = update(who, "USE01", cache=tmp_path, patience=QUICK)[0]
    assert [one.id for one in vintages("here", cache=tmp_path)] == [first.id, third.id]
    assert first.read().meta["updated"] != third.read().meta["updated"]
    assert vintage("here/USE01", cache=tmp_path).id == third.id
    assert vintage(first.id, cache=tmp_path).id == first.id
    with pytest.raises(UnknownName, match="2 vintages answer"):
        vintage("here/USE01@20", cache=tmp_path)
    with pytest.raises(UnknownName, match="no vintage"):
        vintage("here/OTHER", cache=tmp_path)


def test_a_changed_description_is_a_new_vintage(who, server, tmp_path):
    first = update(who, "USE01", cache=tmp_path, patience=QUICK)[0]
    server.cube.label = lambda code, lang: f"{code} med nytt namn ({lang})"
    second = update(who, "USE01", cache=tmp_path, patience=QUICK)[0]
    assert second.id != first.id
    assert first.read().labels["SEX"]["1"]["en"] == "1 (en)"


def test_every_answer_is_kept_as_sent_with_address_time_and_hash(who, tmp_path):
    import hashlib

    found = update(who, "USE01", cache=tmp_path, patience=QUICK)[0]
    for part in found.parts:
        record = json.loads(part.answer.path.with_suffix(".meta.json").read_text("utf-8"))
        content = part.answer.path.read_bytes()
        assert record["sha256"] == hashlib.sha256(content).hexdigest()
        assert record["address"].startswith(who.base)
        assert record["fetched"] <= record["checked"]
        assert (record["method"] == "POST") == bool(record["body"])


def test_offline_nobody_is_asked(who, service, tmp_path):
    with pytest.raises(NotFetched, match="was never fetched into"):
        update(who, "USE01", offline=True, cache=tmp_path)
    found = update(who, "USE01", cache=tmp_path, patience=QUICK)[0]
    before = len(service.asked)
    again = update(who, "USE01", offline=True, cache=tmp_path)[0]
    assert (again.id, held(again.read()).keys()) == (found.id, held(found.read()).keys())
    assert len(service.asked) == before


def test_a_cache_can_be_moved(who, tmp_path):
    found = update(who, "USE01", cache=tmp_path / "a", patience=QUICK)[0]
    (tmp_path / "a").rename(tmp_path / "æ ø å")
    moved = vintage(found.id, cache=tmp_path / "æ ø å")
    assert len(moved.read().frame) == 324


def test_a_damaged_answer_is_not_read_as_a_vintage(who, tmp_path):
    found = update(who, "USE01", cache=tmp_path, patience=QUICK)[0]
    found.parts[-1].answer.path.write_bytes(b'{"value": []}')
    with pytest.raises(NotFetched, match="is not what was fetched"):
        found.read()


def test_a_hostile_record_reads_nothing_outside_the_cache(who, tmp_path):
    found = update(who, "USE01", cache=tmp_path / "in", patience=QUICK)[0]
    secret = tmp_path / "secret.json"
    secret.write_text("{}")
    [record] = (tmp_path / "in").rglob("vintages/*/*Z.json")
    known = json.loads(record.read_text())
    for place in ("../../secret.json", str(secret)):
        known["parts"][0]["path"] = place
        record.write_text(json.dumps(known))
        assert vintages(cache=tmp_path / "in") == []
    assert found.parts


@pytest.mark.parametrize(
    "name", ["../x", "a/../../b", "", "/etc/passwd", "a b", "x?y=1", "..", "é\n"]
)
def test_strange_ids_are_refused(who, service, tmp_path, name):
    with pytest.raises(UnknownName, match="no ids of tables"):
        update(who, name, cache=tmp_path)
    assert not service.asked


def test_what_is_unknown_is_said(who, tmp_path):
    with pytest.raises(UnknownName, match=r"unknown source 'dstt'; did you mean dst,"):
        update("dstt")
    with pytest.raises(UnknownName, match="name the id of one"):
        update(who, cache=tmp_path)
    with pytest.raises(UnknownName, match="nothing in fi; languages: sv, en"):
        update(who, "USE01", languages=["fi"], cache=tmp_path)


def test_the_folder_of_the_cache(monkeypatch, tmp_path):
    monkeypatch.setenv("NORDBENCH_CACHE", str(tmp_path))
    assert folder() == tmp_path
    assert folder(tmp_path / "x") == tmp_path / "x"
    monkeypatch.delenv("NORDBENCH_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert folder() in (tmp_path / "nordbench", Path("~/Library/Caches/nordbench").expanduser())


def test_a_folder_that_cannot_be_written_is_said(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(BenchmarkError, match="choose another folder with --cache"):
        write(tmp_path / "file" / "x.json", b"")


def test_drafts_of_the_dead_are_swept(tmp_path):
    old, young = tmp_path / ".a.part", tmp_path / ".b.part"
    for path in (old, young):
        path.write_bytes(b"")
    os.utime(old, (time.time() - 7200,) * 2)
    Cache(tmp_path).sweep()
    assert (old.exists(), young.exists()) == (False, True)


# Processes.

FETCH = """
import sys
from sources.live.clock import Patience
from sources.live.publishers import Publisher
from sources.live.update import update
base, cache, table = sys.argv[1:]
who = Publisher("here", "Here", "pxweb2", base, ("127.0.0.1",), {"sv": "sv"}, plain=True)
print(update(who, table, cache=cache, patience=Patience(tries=3, pause=0.01))[0].id)
"""


def start(root, address, cache):
    command = [sys.executable, "-c", FETCH, address, str(cache), "USE01"]
    return subprocess.Popen(
        command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def assert_sound(cache):
    """Nothing in a cache is half written."""
    for record in cache.rglob("*.meta.json"):
        known = json.loads(record.read_text("utf-8"))
        assert record.with_name(known["path"]).stat().st_size == known["size"]
    for one in vintages(cache=cache):
        assert held(one.read()).keys() == Cube().whole().keys()


@pytest.mark.slow
def test_two_processes_share_a_cache(root, service, tmp_path):
    running = [start(root, service.address, tmp_path) for _ in range(2)]
    for one in running:
        out, err = one.communicate(timeout=60)
        assert one.returncode == 0, err
        assert out.startswith("here/USE01@")
    assert_sound(tmp_path)
    assert not list(tmp_path.rglob("*.part"))


@pytest.mark.slow
def test_a_killed_process_leaves_a_usable_cache(root, tmp_path):
    server = PxWeb2(limit=20)
    chance = random.Random(4)
    with serving(server) as service:
        for _ in range(5):
            server.kill_at = chance.randint(3, 16)
            before = len(service.asked)
            one = start(root, service.address, tmp_path)
            while len(service.asked) - before < server.kill_at and one.poll() is None:
                time.sleep(0.001)
            time.sleep(chance.random() * 0.02)
            one.send_signal(signal.SIGKILL)
            one.communicate(timeout=60)
            assert_sound(tmp_path)
        one = start(root, service.address, tmp_path)
        _, err = one.communicate(timeout=60)
    assert one.returncode == 0, err
    assert_sound(tmp_path)
    assert len(vintages(cache=tmp_path)) >= 1


# The command line.


def run(command, *arguments):
    return CliRunner().invoke(command, arguments, standalone_mode=False)


@pytest.fixture
def registered(who, monkeypatch, tmp_path):
    """The publisher of this machine in the place of those that are shipped."""
    monkeypatch.setenv("NORDBENCH_CACHE", str(tmp_path))
    monkeypatch.setattr("sources.live.publishers.publishers", lambda: {"here": who})
    monkeypatch.setattr("sources.live.update.Patience", lambda: QUICK)


@pytest.mark.usefixtures("registered")
def test_the_commands_fetch_list_and_compare(server):
    told = run(update_command, "here", "USE01", "--format", "json")
    assert told.exception is None, told.exception
    [first] = json.loads(told.output)
    real = server.cube.value
    server.cube.value = lambda codes: (12.3, "") if codes[3] == "2024" else real(codes)
    server.cube.updated = "2026-09-01T08:00:00Z"
    run(update_command, "here", "USE01", "--languages", "sv")
    listed = json.loads(run(vintages_command, "--format", "json").output)
    assert listed[0]["vintage"] == first["vintage"]
    told = run(diff_command, *(one["vintage"] for one in listed), "--format", "json")
    assert told.exception is None, told.exception
    found = json.loads(told.output)
    revised = [row for row in found["data"] if row["change"] == "revised"]
    assert len(revised) == 18
    assert {row["TID"] for row in revised} == {"2024"}
    assert "USE01" in run(update_command, "here", "USE01", "--offline", "--lang", "da").output


@pytest.mark.usefixtures("registered")
def test_errors_of_the_commands_are_said():
    assert "unknown source" in str(run(update_command, "there").exception)
    assert "no file 'a'" in str(run(diff_command, "a", "b").exception)


@pytest.mark.parametrize("lang", ["en", "da", "nb", "sv"])
@pytest.mark.parametrize("format", ["terminal", "markdown", "html", "csv", "json"])
def test_what_can_be_fetched_is_listed(lang, format):
    told = run(update_command, "--list", "--lang", lang, "--format", format)
    for one in publishers().values():
        assert one.id in told.output.replace("\\_", "_")
    assert "BEBRIT09" in told.output


def test_the_help_names_every_host():
    told = CliRunner().invoke(update_command, ["--help"], terminal_width=200).output
    assert all(host in told for one in publishers().values() for host in one.hosts)


def test_nothing_is_asked_by_importing(root):
    code = (
        "import socket\n"
        "def refuse(*a, **k): raise SystemExit('asked')\n"
        "socket.socket.connect = refuse\n"
        "import nordbench as nb, sources.live.update, sources.vintages, sys\n"
        "nb.update; nb.vintages(cache='none'); print('requests' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == "False", done.stderr


def test_progress_is_told_on_a_terminal_only(who, tmp_path, monkeypatch, capsys):
    update(who, "USE01", cache=tmp_path, patience=QUICK)
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    update(who, "USE01", cache=tmp_path, patience=QUICK)
    assert "here/USE01: part 4 of 4" in capsys.readouterr().err
