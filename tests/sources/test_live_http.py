"""Asking over a real connection: what is accepted, what is tried again, whom we never ask."""

import gzip
import threading
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from benchmark.errors import InvalidRegistry, NotFetched
from sources.live.cache import Cache, now
from sources.live.clock import Clock, Patience
from sources.live.errors import Denied
from sources.live.http import Client
from sources.live.publishers import Publisher, publishers
from sources.live.request import Request
from tests.sources.servers.base import Reply, as_json, packed, page, serving

QUICK = Patience(tries=3, pause=0.01, longest=5.0, connect=1.0, silence=0.3, whole=5.0)
GOOD = {"value": [1, 2, 3], "note": "æøå"}


@pytest.fixture
def service():
    with serving(lambda asked: as_json(GOOD)) as running:
        yield running


@pytest.fixture
def client(service, tmp_path):
    return Client(service.publisher("pxweb1"), Cache(tmp_path), QUICK)


def about(service, path="/table", **more):
    return Request(service.address + path, **more)


def test_an_answer_is_kept_as_sent_with_its_record(client, service, tmp_path):
    answer = client.ask(about(service))
    assert answer.content == as_json(GOOD).body
    assert (answer.kind, answer.charset, answer.size) == ("json", "utf-8", len(answer.content))
    assert answer.address == service.address + "/table"
    assert [path.suffixes[-2:] for path in sorted(tmp_path.rglob("*.json"))][1] == [
        ".meta",
        ".json",
    ]


def cut(body, at, **more):
    return Reply(body, cut=at, **more)


BODY = as_json(GOOD).body
PASSING = {
    "cut by length": cut(BODY, 10),
    "cut at the start": cut(BODY, 0),
    "cut in a chunk": replace(cut(BODY, 10), chunked=True),
    "cut without a promised length": cut(BODY, 10, framed=False),
    "gzip cut, length promised": replace(packed(BODY), cut=20),
    "gzip cut before it was sent": Reply(
        gzip.compress(BODY)[:-9], headers={"Content-Encoding": "gzip"}
    ),
    "gzip cut, not declared": Reply(gzip.compress(BODY)[:-9]),
    "gzip damaged": Reply(b"\x1f\x8b" + b"x" * 40, headers={"Content-Encoding": "gzip"}),
    "empty": Reply(b""),
    "too many questions": Reply(b"", status=429, headers={"Retry-After": "0"}),
    "closed": Reply(b"", status=503),
    "failed": Reply(b"{}", status=500),
    "gateway": Reply(b"<html>", status=502, type="text/html"),
    "silent": Reply(BODY, before=lambda: time.sleep(0.6)),
}


@pytest.mark.parametrize("name", PASSING)
def test_what_may_be_well_a_moment_later_is_asked_again(client, service, name):
    service.planned.append(PASSING[name])
    assert client.ask(about(service)).content == BODY
    assert len(service.asked) == 2


@pytest.mark.parametrize("name", ["cut by length", "gzip cut, not declared", "closed"])
def test_what_stays_bad_is_told_and_nothing_is_kept(client, service, tmp_path, name):
    service.planned.extend([PASSING[name]] * 3)
    with pytest.raises(NotFetched, match=r"This machine .*3 times in a row"):
        client.ask(about(service))
    assert len(service.asked) == 3
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_bad_answer_leaves_the_earlier_one(client, service):
    first = client.ask(about(service))
    service.planned.extend([PASSING["cut by length"]] * 3)
    with pytest.raises(NotFetched):
        client.ask(about(service))
    assert client.cache.latest(about(service)).sha256 == first.sha256


def test_waits_grow_and_are_the_same_every_time():
    patience = Patience(pause=1.0, longest=6.0)
    assert [patience.wait(attempt) for attempt in range(1, 6)] == [1.0, 2.0, 4.0, 6.0, 6.0]


@pytest.mark.parametrize("form", ["seconds", "date"])
@pytest.mark.parametrize("status", [429, 503])
def test_a_wait_asked_for_is_kept(client, service, form, status):
    then = datetime.now(UTC) + timedelta(seconds=2)
    header = "1" if form == "seconds" else format_datetime(then, usegmt=True)
    service.planned.append(Reply(b"", status=status, headers={"Retry-After": header}))
    began = time.monotonic()
    client.ask(about(service))
    assert 0.9 <= time.monotonic() - began < 2.5


def test_a_wait_that_is_too_long_is_told(client, service):
    service.planned.append(Reply(b"", status=429, headers={"Retry-After": "3600"}))
    with pytest.raises(NotFetched, match="3,600 seconds"):
        client.ask(about(service))
    assert len(service.asked) == 1


def test_no_more_questions_than_allowed(service, tmp_path):
    client = Client(service.publisher("pxweb1", calls=3, window=0.3), Cache(tmp_path), QUICK)
    times = []
    service.speaks = lambda asked: times.append(time.monotonic()) or as_json(GOOD)
    for number in range(7):
        client.ask(about(service, f"/{number}"))
    assert min(b - a for a, b in zip(times, times[3:], strict=False)) > 0.28


def test_a_clock_without_a_limit_never_waits():
    began = time.monotonic()
    clock = Clock()
    for _ in range(1000):
        clock.wait()
    assert time.monotonic() - began < 0.1


def test_a_page_instead_of_data_is_told_with_its_title(client, service):
    service.planned.append(page("Scheduled maintenance &amp; more"))
    with pytest.raises(NotFetched, match="titled 'Scheduled maintenance & more'"):
        client.ask(about(service))
    assert len(service.asked) == 1


@pytest.mark.parametrize(
    ("reply", "kinds", "words"),
    [
        (Reply(b"a;b\n1;2\n", type="text/csv"), ("json",), "expected json, but the answer"),
        (Reply(BODY), ("csv",), "expected csv"),
        (Reply("ÅR;TAL\n".encode("cp1252"), type="text/csv; charset=utf-8"), ("csv",), "letters"),
        (Reply("ÅR;TAL\n".encode("cp1252"), type="text/csv"), ("csv",), "'ÅR;TAL"),
        (Reply("ÅR".encode("cp1252"), type="text/csv; charset=klingon"), ("csv",), "klingon"),
        (Reply(BODY, headers={"Content-Encoding": "br"}), ("json",), "'br'"),
        (Reply(b"[" * 100_000 + b"]" * 100_000), ("json",), "nested too deeply"),
    ],
)
def test_an_answer_of_another_kind_is_refused(client, service, reply, kinds, words):
    service.planned.append(reply)
    with pytest.raises(NotFetched, match=words):
        client.ask(about(service, kinds=kinds))
    assert len(service.asked) == 1


def test_a_charset_that_is_declared_and_true_is_kept(client, service):
    text = "ÅR;TAL\n".encode("iso-8859-1")
    service.planned.append(Reply(text, type='text/csv; charset="ISO-8859-1"'))
    answer = client.ask(about(service, kinds=("csv",)))
    assert answer.content == text
    assert answer.charset == "iso-8859-1"


def test_gzip_is_unpacked_whether_declared_or_not(client, service):
    service.planned.extend([packed(BODY), Reply(gzip.compress(BODY[:9]) + gzip.compress(BODY[9:]))])
    assert client.ask(about(service, "/a")).content == BODY
    assert client.ask(about(service, "/b")).content == BODY


def test_a_bomb_and_a_flood_are_refused(service, tmp_path):
    small = service.publisher("pxweb1", largest=100_000)
    client = Client(small, Cache(tmp_path), QUICK)
    bomb = packed(b"[" + b"0," * 5_000_000 + b"0]")
    flood = Reply(b"[" + b"0," * 200_000 + b"0]", chunked=True)
    promised = Reply(b"[" + b"0," * 200_000 + b"0]")
    for reply in (bomb, flood, promised):
        service.planned.append(reply)
        with pytest.raises(NotFetched, match="larger than 100,000 bytes"):
            client.ask(about(service))
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_trickle_is_given_up(service, tmp_path):
    patience = replace(QUICK, whole=0.0, tries=1)
    client = Client(service.publisher("pxweb1"), Cache(tmp_path), patience)
    with pytest.raises(NotFetched, match="too slowly"):
        client.ask(about(service))


# Whom we ask.


@pytest.mark.parametrize(
    "target",
    [
        "http://localhost:{port}/x",
        "https://127.0.0.1:{port}/x",
        "http://127.0.0.1:1/x",
        "http://user:pw@127.0.0.1:{port}/x",
        "http://169.254.169.254/latest",
        "file:///etc/passwd",
        "//evil.example/x",
    ],
)
def test_a_redirection_elsewhere_is_refused(client, service, target):
    place = target.format(port=service.address.rpartition(":")[2])
    service.planned.append(Reply(status=302, headers={"Location": place}))
    with pytest.raises(NotFetched, match="is not asked: here may only use http and the hosts"):
        client.ask(about(service))
    assert len(service.asked) == 1


def test_a_redirection_within_the_host_is_followed(client, service):
    service.planned.append(Reply(status=301, headers={"Location": "/new?a=1"}))
    client.ask(about(service))
    assert service.asked[-1].path == "/new"
    service.planned.append(Reply(status=307, headers={"Location": "/new"}))
    client.ask(about(service, body={"query": []}))
    assert (service.asked[-1].method, service.asked[-1].body) == ("POST", {"query": []})


def test_redirections_in_circles_and_of_a_form_are_refused(client, service):
    service.planned.extend([Reply(status=302, headers={"Location": "/table"})] * 9)
    with pytest.raises(NotFetched, match="in circles"):
        client.ask(about(service))
    service.planned.clear()
    service.planned.append(Reply(status=302, headers={"Location": "/new"}))
    with pytest.raises(NotFetched, match="has moved to /new"):
        client.ask(about(service, body={}))


@pytest.mark.parametrize("address", ["http://api.statbank.dk/v1", "https://dst.dk/", "ftp://x/"])
def test_a_shipped_publisher_is_asked_by_https_at_its_hosts_only(tmp_path, address):
    client = Client(publishers()["dst"], Cache(tmp_path), QUICK)
    with pytest.raises(NotFetched, match=r"may only use https and the hosts api\.statbank\.dk"):
        client.ask(Request(address))


def test_no_shipped_publisher_is_asked_without_encryption():
    for one in publishers().values():
        assert not one.plain
        assert one.base.startswith("https://")
        assert not {"localhost", "127.0.0.1"} & set(one.hosts)
        assert set(one.tables) == {name for name in one.tables if name.isprintable()}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"base": "http://api.example"}, "must begin https://"),
        ({"hosts": ("other.example",)}, "must be among hosts"),
        ({"protocol": "gopher"}, "choose statbank"),
        ({"languages": {}}, "at least one"),
    ],
)
def test_an_entry_that_cannot_be_used_is_refused(change, words):
    good = {"protocol": "statbank", "base": "https://api.example", "hosts": ("api.example",)}
    with pytest.raises(InvalidRegistry, match=words):
        Publisher(id="x", title="X", **{**good, **change})


def test_a_certificate_that_cannot_be_verified_is_told(service, tmp_path):
    # The server speaks no TLS at all: the connection must fail, not fall back.
    base = service.address.replace("http:", "https:")
    strict = Publisher("x", "X", "pxweb1", base, ("127.0.0.1",))
    client = Client(strict, Cache(tmp_path), QUICK)
    client._session.trust_env = False
    with pytest.raises(NotFetched, match="certificate"):
        client.ask(Request(base + "/table"))
    assert not service.asked


# Errors in words.


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (400, "not understood"),
        (403, "too many cells"),
        (404, "nothing at this address"),
        (410, "moved"),
        (413, "too large"),
        (418, "answered with an error"),
    ],
)
def test_an_error_is_told_in_words_and_not_asked_again(client, service, status, words):
    service.planned.append(as_json({"title": "Own words"}, status=status))
    with pytest.raises(Denied, match=rf"{words}.*\({status}.*Own words") as caught:
        client.ask(about(service))
    assert caught.value.status == status
    assert len(service.asked) == 1


# Answers that still hold.


def test_a_publisher_is_asked_whether_an_answer_still_holds(client, service):
    tag = {"ETag": '"v1"', "Last-Modified": "Wed, 21 Oct 2015 07:28:00 GMT"}
    service.planned.append(as_json(GOOD, headers=tag))
    first = client.ask(about(service))
    service.planned.append(Reply(status=304))
    second = client.ask(about(service))
    assert service.asked[-1].headers["If-None-Match"] == '"v1"'
    assert service.asked[-1].headers["If-Modified-Since"] == tag["Last-Modified"]
    assert (second.fetched, second.content) == (first.fetched, first.content)
    assert second.checked > first.checked
    service.planned.append(as_json({"value": [9]}, headers={"ETag": '"v2"'}))
    third = client.ask(about(service))
    assert third.fetched > first.fetched
    assert first.content == BODY


def test_an_answer_of_this_run_is_not_asked_for_again(service, tmp_path):
    client = Client(service.publisher("pxweb1"), Cache(tmp_path), QUICK, since=now())
    assert client.ask(about(service)) == client.ask(about(service))
    assert len(service.asked) == 1


def test_a_damaged_answer_is_not_believed(client, service):
    first = client.ask(about(service))
    first.path.write_bytes(b"{}")
    with pytest.raises(NotFetched, match="is not what was fetched"):
        _ = first.content
    assert client.cache.latest(about(service)) is None
    assert client.ask(about(service)).content == BODY


def test_a_broken_record_is_not_believed(client, service, tmp_path):
    client.ask(about(service))
    [record] = tmp_path.rglob("*.meta.json")
    for text in ("", "{", "[]", '{"path": "../../secret"}', "null"):
        record.write_text(text)
        assert client.cache.latest(about(service)) is None


def test_many_at_once_do_not_disturb_each_other(service, tmp_path):
    count = iter(range(10_000))
    service.speaks = lambda asked: as_json({"value": [next(count)] * 2000})
    failed = []

    def work():
        try:
            client = Client(service.publisher("pxweb1"), Cache(tmp_path), QUICK)
            for _ in range(10):
                assert client.ask(about(service)).content
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert not failed
    assert len(list(tmp_path.rglob("*.meta.json"))) == 40
    assert not list(tmp_path.rglob("*.part"))
