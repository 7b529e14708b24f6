"""The one place that opens a connection: who may be asked, how patiently, and what is accepted."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests
import urllib3

from benchmark.errors import NotFetched
from sources.live.cache import Answer, Cache
from sources.live.clock import Clock, Patience, retry_after
from sources.live.content import judged, too_large, unpacked
from sources.live.errors import Denied, Passing
from sources.live.progress import waiting
from sources.live.publishers import Publisher
from sources.live.request import Kind, Request
from sources.live.words import told

_MOVED = (301, 302, 303, 307, 308)
_KEEP_METHOD = (307, 308)
_AGAIN = (408, 429, 500, 502, 503, 504)
_MOST_MOVES = 5
_STEP = 1 << 16
_ERROR_SIZE = 1 << 18


@dataclass(frozen=True)
class Sent:
    """What a publisher sent, found to be whole and of the kind asked for.

    Attributes
    ----------
    content : bytes
        Without the compression of the transport; empty where nothing has changed.
    kind, charset : str
        What it is and how its letters are written.
    headers : mapping
        As sent.
    changed : bool
        False where the publisher says that what we hold still holds.
    """

    content: bytes
    kind: Kind
    charset: str
    headers: Mapping[str, str]
    changed: bool = True


Settle = Callable[[Sent], Sent]
"""Follows up an answer that only promises the data."""


class Client:
    """Asks one publisher, through its cache.

    Parameters
    ----------
    publisher : Publisher
        Whom to ask; no other host is ever asked.
    cache : Cache
        Where answers are kept.
    patience : Patience
        How long and how often to try.
    since : str
        An answer that was confirmed at or after this time is not asked for again.
    """

    def __init__(
        self,
        publisher: Publisher,
        cache: Cache,
        patience: Patience | None = None,
        since: str = "~",
    ) -> None:
        self.publisher, self.cache, self.since = publisher, cache, since
        self.patience = patience or Patience()
        self.clock = Clock(publisher.calls, publisher.window)
        self._session = requests.Session()
        # A service on one's own machine is asked directly, whatever proxy is set.
        self._session.trust_env = not publisher.plain
        self._session.headers.update({"User-Agent": _agent(), "Accept-Encoding": "gzip"})

    def ask(self, request: Request, settle: Settle | None = None) -> Answer:
        """Put a question, unless its answer came a moment ago, and keep the answer.

        Parameters
        ----------
        request : Request
            The question.
        settle : callable, optional
            Follows up an answer that only promises the data, before anything is kept.

        Returns
        -------
        Answer

        Raises
        ------
        NotFetched
            If no usable answer could be had; what was in the cache stays.
        """
        held = self.cache.latest(request)
        if held is not None and held.checked >= self.since:
            return held
        sent = self.send(request, held)
        if held is not None and not sent.changed:
            return self.cache.confirm(held)
        sent = settle(sent) if settle else sent
        known = {key: sent.headers.get(name, "") for key, name in _KEPT.items()}
        return self.cache.store(
            request, sent.content, kind=sent.kind, charset=sent.charset, **known
        )

    def send(self, request: Request, held: Answer | None = None) -> Sent:
        """Put a question as often as patience allows.

        Parameters
        ----------
        request : Request
            The question.
        held : Answer, optional
            What we hold; the publisher may say that it has not changed.

        Returns
        -------
        Sent
        """
        attempt = 1
        while True:
            try:
                self.clock.wait()
                return self._once(request, held)
            except Passing as error:
                pause = self._pause(error, attempt, request)
                waiting(pause, error)
            attempt += 1
            time.sleep(pause)

    def _pause(self, error: Passing, attempt: int, request: Request) -> float:
        where = f"{self.publisher.title} ({request.address})"
        if error.pause is not None and error.pause > self.patience.longest:
            raise NotFetched(
                f"{where}: {error}; it asks to wait {error.pause:,.0f} seconds: run the command "
                "again after that, what has arrived is kept"
            ) from error
        if attempt >= self.patience.tries:
            raise NotFetched(
                f"{where}: {error}, {attempt} times in a row; try again later, what has arrived "
                "is kept, or use --offline for what was fetched before"
            ) from error
        return self.patience.wait(attempt) if error.pause is None else error.pause

    def _once(self, request: Request, held: Answer | None) -> Sent:
        address, end = request.address, time.monotonic() + self.patience.whole
        for _ in range(_MOST_MOVES + 1):
            self._allowed(address, request.address)
            with self._open(request, address, held) as response:
                if response.status_code not in _MOVED:
                    return self._received(request, response, held, end)
                address = _target(request, response, address)
        raise NotFetched(
            f"{request.address} leads in circles: more than {_MOST_MOVES} redirections"
        )

    def _allowed(self, address: str, asked: str) -> None:
        parts, base = urlsplit(address), urlsplit(self.publisher.base)
        wanted = "http" if self.publisher.plain else "https"
        own_port = parts.port == base.port or (not self.publisher.plain and parts.port == 443)
        if (
            parts.scheme == wanted
            and parts.hostname in self.publisher.hosts
            and own_port
            and not parts.username
        ):
            return
        how = f"{asked} leads to {address}, which" if address != asked else address
        raise NotFetched(
            f"{how} is not asked: {self.publisher.id} may only use {wanted} and the hosts "
            f"{', '.join(self.publisher.hosts)}"
        )

    def _open(self, request: Request, address: str, held: Answer | None) -> requests.Response:
        headers = {"Content-Type": "application/json"} if request.body is not None else {}
        if held is not None and request.body is None:
            headers |= {"If-None-Match": held.etag} if held.etag else {}
            headers |= {"If-Modified-Since": held.modified} if held.modified else {}
        timeout = (self.patience.connect, self.patience.silence)
        try:
            return self._session.request(
                request.method,
                address,
                data=request.sent,
                headers=headers,
                timeout=timeout,
                stream=True,
                allow_redirects=False,
            )
        except requests.exceptions.SSLError as error:
            raise NotFetched(
                f"{address}: the certificate of the host could not be verified ({error}); nothing "
                "was sent"
            ) from error
        except requests.exceptions.RequestException as error:
            raise Passing(f"no answer ({_reason(error)})") from error

    def _received(
        self, request: Request, response: requests.Response, held: Answer | None, end: float
    ) -> Sent:
        status, headers = response.status_code, response.headers
        if status == 304 and held is not None:
            return Sent(b"", held.kind, held.charset, headers, changed=False)
        most = self.publisher.largest if status == 200 else _ERROR_SIZE
        packed = _body(response, most, end)
        content = unpacked(packed, headers.get("Content-Encoding", "").lower(), most)
        if status in _AGAIN:
            why = told(self.publisher, status, content)
            raise Passing(why, retry_after(headers.get("Retry-After")))
        if status != 200:
            why = told(self.publisher, status, content)
            raise Denied(f"{self.publisher.title} ({request.address}): {why}", status, content)
        framed = "Content-Length" in headers or "Transfer-Encoding" in headers
        try:
            kind, charset = judged(content, request.kinds, headers.get("Content-Type", ""), framed)
        except Passing:
            raise
        except NotFetched as error:
            raise NotFetched(f"{self.publisher.title} ({request.address}): {error}") from error
        return Sent(content, kind, charset, headers)


_KEPT = {"etag": "ETag", "modified": "Last-Modified", "type": "Content-Type"}


def _agent() -> str:
    try:
        return f"nordbench/{version('nordbench')}"
    except PackageNotFoundError:
        return "nordbench"


def _target(request: Request, response: requests.Response, address: str) -> str:
    if request.body is not None and response.status_code not in _KEEP_METHOD:
        raise NotFetched(f"{address} has moved to {response.headers.get('Location', 'nowhere')}")
    return urljoin(address, response.headers.get("Location", ""))


def _body(response: requests.Response, most: int, end: float) -> bytes:
    """Read an answer as it comes off the wire; a cut, a flood and a trickle are noticed."""
    declared = response.headers.get("Content-Length", "")
    if declared.isdigit() and int(declared) > most:
        raise NotFetched(too_large(most))
    parts: list[bytes] = []
    size = 0
    try:
        for part in response.raw.stream(_STEP, decode_content=False):
            parts.append(part)
            size += len(part)
            if size > most:
                raise NotFetched(too_large(most))
            if time.monotonic() > end:
                raise Passing("the answer came too slowly")
    except urllib3.exceptions.HTTPError as error:
        raise Passing(f"the answer was cut after {size:,} bytes ({_reason(error)})") from error
    return b"".join(parts)


def _reason(error: Any) -> str:
    """Name the first cause, without the addresses of objects that libraries print."""
    first = error
    while first.__cause__ or first.__context__:
        first = first.__cause__ or first.__context__
    text = str(first).partition(">: ")[2] or str(first)
    return text or type(first).__name__
