"""What a publisher's error means, in words."""

import json
import re
from http import HTTPStatus
from typing import Any

from sources.live.publishers import Publisher

_STATUS = {
    400: "the question was not understood",
    401: "it may only be asked with an account",
    403: "the question was refused, which often means too many cells at once",
    404: "there is nothing at this address; the id may be wrong or the table withdrawn",
    406: "the service does not offer this format",
    410: "the service at this address was closed and has moved; a newer nordbench may know where",
    413: "the extract is too large",
    429: "too many questions in a short time",
    500: "the service failed",
    502: "the service cannot be reached behind its gateway",
    503: "the service is closed for the moment",
    504: "the service did not answer its gateway in time",
}
_FIELDS = ("errorTypeCode", "id", "title", "label", "message", "detail", "value", "faultstring")


def told(publisher: Publisher, status: int, body: bytes) -> str:
    """Say what an error of a publisher means.

    Parameters
    ----------
    publisher : Publisher
        Whose error; its `errors` hold what is to be said.
    status : int
        Status code of the answer.
    body : bytes
        What was sent along.

    Returns
    -------
    str
        Meaning, status and the publisher's own words.

    Examples
    --------
    >>> from sources.live.publishers import publisher
    >>> body = b'{"errorTypeCode": "REQUEST-LIMIT", "message": "For mange celler"}'
    >>> told(publisher("dst"), 400, body)  # doctest: +ELLIPSIS
    'the extract has more cells than StatBank hands out at once (400 ...: ...For mange celler)'
    """
    text = body.decode("utf-8", "replace")
    known = (meaning for name, meaning in publisher.errors.items() if name in text)
    phrase = HTTPStatus(status).phrase if status in set(HTTPStatus) else "unknown status"
    meaning = next(known, _STATUS.get(status, "the service answered with an error"))
    own = own_words(text)
    return f"{meaning} ({status} {phrase}{': ' if own else ''}{own})"


def own_words(text: str) -> str:
    """Find the publisher's own words in an error, whatever it is written in.

    Examples
    --------
    >>> own_words('{"error": [{"status": 400, "label": "No such dimension"}]}')
    'No such dimension'
    >>> own_words("<html><title>Closed</title><p>We are back soon")
    'Closed We are back soon'
    """
    try:
        found = list(dict.fromkeys(_strings(json.loads(text))))
        words = " ".join(found)
    except (ValueError, RecursionError):
        words = re.sub(r"<[^>]*>", " ", text)
    return " ".join(words.split())[:300]


def _strings(value: Any) -> list[str]:
    if isinstance(value, list):
        return [one for part in value for one in _strings(part)]
    if not isinstance(value, dict):
        return []
    own = [value[name] for name in _FIELDS if isinstance(value.get(name), str)]
    return own + [one for part in value.values() for one in _strings(part)]
