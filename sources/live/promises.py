"""Answers of Eurostat that only promise the data: where they are asked for again, and when."""

import json
import re
import time

from benchmark.errors import NotFetched
from sources.live.errors import Denied
from sources.live.http import Client, Sent, Settle
from sources.live.request import Request
from sources.live.words import own_words

_ID = re.compile(rb"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_STATE = re.compile(rb"<(?:\w+:)?status>\s*(\w+)\s*</", re.IGNORECASE)
_FILE = re.compile(rb"https?://[^\s<>\"]+/file/[^\s<>\"]+")
_SHORT = 65_536
"""A promise is short; data are not searched for one."""
_RUNNING = (b"SUBMITTED", b"PROCESSING")
_SLOWEST = 30.0
"""Longest time between two looks [seconds]."""


def follow(client: Client, request: Request) -> Settle:
    """Make what follows up the answers to a question until the data are there.

    Parameters
    ----------
    client : Client
        Who asks.
    request : Request
        The question.

    Returns
    -------
    callable
        Takes the first answer, gives the data.
    """

    def settle(sent: Sent) -> Sent:
        end, look = time.monotonic() + client.patience.whole, 1
        while (later := _later(client, request, sent)) is not None:
            if time.monotonic() > end:
                raise NotFetched(
                    f"{request.address}: the extract is still being prepared after "
                    f"{client.patience.whole:,.0f} seconds; run the command again later"
                )
            time.sleep(min(client.patience.wait(look), _SLOWEST))
            sent, look = _look(client, later, sent), look + 1
        return sent

    return settle


def _look(client: Client, later: Request, before: Sent) -> Sent:
    """Ask again; a file that is announced but not there yet is no error."""
    try:
        return client.send(later)
    except Denied as error:
        if error.status == 404 and _FILE.search(before.content):
            return before
        raise


def _later(client: Client, request: Request, sent: Sent) -> Request | None:
    """Find out what to ask next; None where the data are there."""
    if len(sent.content) > _SHORT:
        return None
    if sent.kind == "json":
        return request if _warned(sent.content) else None
    token, state = _ID.search(sent.content), _STATE.search(sent.content)
    bare = _ID.fullmatch(sent.content.strip())
    if sent.kind != "xml" and not bare:
        return None
    if token and (bare or state):
        return _queued(client, request, token.group().decode(), state.group(1) if state else b"")
    announced = _FILE.search(sent.content)
    if announced is None:
        words = own_words(sent.content.decode("utf-8", "replace"))
        raise NotFetched(f"{request.address}: Eurostat sent no data but a message: {words}")
    address = announced.group().decode()
    # Old messages name the file without encryption; it is there with it, too.
    scheme = client.publisher.base.partition("://")[0]
    return Request(f"{scheme}://{address.partition('://')[2]}", kinds=request.kinds)


def _queued(client: Client, request: Request, token: str, state: bytes) -> Request:
    base = f"{client.publisher.at()}/1.0/async"
    if state == b"AVAILABLE":
        return Request(f"{base}/data/{token}", kinds=request.kinds)
    if state and state not in _RUNNING:
        raise NotFetched(
            f"{request.address}: Eurostat did not finish the extract (state {state.decode()}); run "
            "the command again"
        )
    return Request(f"{base}/status/{token}", kinds=("xml",))


def _warned(content: bytes) -> bool:
    """See whether the statistics API says that it will answer later."""
    warning = json.loads(content).get("warning") if content[:1] == b"{" else None
    return bool(warning) and "413" in json.dumps(warning)
