"""A real HTTP server on loopback: answers are functions, failures are planned."""

import gzip
import json
import socket
import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from sources.live.publishers import Publisher


@dataclass(frozen=True)
class Asked:
    """One question as the server got it."""

    method: str
    path: str
    query: Mapping[str, list[str]]
    body: object
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Reply:
    """What the server sends back, or how it fails to."""

    body: bytes = b""
    status: int = 200
    type: str = "application/json; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: int | None = None
    """Bytes after which the connection breaks, though all were promised."""
    framed: bool = True
    """Whether the length is promised at all."""
    chunked: bool = False
    before: Callable[[], object] | None = None
    """What happens before a byte is sent: a wait, a kill."""


def as_json(content: object, **more: object) -> Reply:
    return Reply(json.dumps(content, ensure_ascii=False).encode(), **more)


def page(title: str) -> Reply:
    text = f"<!DOCTYPE html><html><head><title>{title}</title></head><body>Closed</body></html>"
    return Reply(text.encode(), type="text/html")


def packed(content: bytes, **more: object) -> Reply:
    return Reply(gzip.compress(content), headers={"Content-Encoding": "gzip"}, **more)


Speaks = Callable[[Asked], Reply]


class Service:
    """A publisher on this machine."""

    def __init__(self, speaks: Speaks) -> None:
        self.speaks = speaks
        self.asked: list[Asked] = []
        self.planned: deque[Reply | None] = deque()
        """What is answered instead, in turn; None answers as usual."""
        self.lock = threading.Lock()
        self.address = ""

    def reply(self, asked: Asked) -> Reply:
        with self.lock:
            self.asked.append(asked)
            planned = self.planned.popleft() if self.planned else None
        return planned or self.speaks(asked)

    def publisher(self, protocol: str, **more: object) -> Publisher:
        given = {"id": "here", "title": "This machine", "base": self.address, **more}
        return Publisher(protocol=protocol, hosts=("127.0.0.1",), plain=True, **given)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: "Server"

    def do_GET(self) -> None:
        self._answer(None)

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        self._answer(json.loads(self.rfile.read(length)))

    def _answer(self, body: object) -> None:
        parts = urlsplit(self.path)
        query = parse_qs(parts.query, keep_blank_values=True)
        asked = Asked(self.command, parts.path, query, body, dict(self.headers))
        try:
            self._send(self.server.service.reply(asked))
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def _send(self, reply: Reply) -> None:
        if reply.before:
            reply.before()
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Type", reply.type)
        if reply.chunked:
            self.send_header("Transfer-Encoding", "chunked")
        elif reply.framed:
            self.send_header("Content-Length", str(len(reply.body)))
        else:
            self.send_header("Connection", "close")
        self.end_headers()
        body = reply.body if reply.cut is None else reply.body[: reply.cut]
        if reply.chunked:
            self.wfile.write(f"{len(body):x}\r\n".encode() + body + b"\r\n")
            self.wfile.write(b"0\r\n\r\n" if reply.cut is None else b"")
        elif reply.status != 304:
            self.wfile.write(body)
        self.wfile.flush()
        if reply.cut is not None or not reply.framed:
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)

    def log_message(self, *_: object) -> None:
        """Keep the output of the tests clean."""


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 32

    def __init__(self, service: Service) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.service = service

    def handle_error(self, *_: object) -> None:
        """A client that goes away is part of the tests."""


@contextmanager
def serving(speaks: Speaks) -> Iterator[Service]:
    """Run a publisher on this machine for a while."""
    service = Service(speaks)
    server = Server(service)
    service.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
