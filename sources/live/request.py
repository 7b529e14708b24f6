"""What is asked of a publisher."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["json", "csv", "xml", "xlsx"]
"""What an answer is; `csv` is any table of lines, separated by whatever."""


@dataclass(frozen=True)
class Request:
    """One question to a publisher.

    Attributes
    ----------
    address : str
        The whole address with its query.
    body : mapping or None
        What is sent as JSON; None asks with GET.
    kinds : tuple of {"json", "csv", "xml", "xlsx"}
        What the answer may be.
    """

    address: str
    body: Mapping[str, Any] | None = None
    kinds: tuple[Kind, ...] = ("json",)

    @property
    def method(self) -> str:
        """How it is sent."""
        return "GET" if self.body is None else "POST"

    @property
    def sent(self) -> bytes | None:
        """The body in bytes, the same for equal questions."""
        if self.body is None:
            return None
        return json.dumps(self.body, ensure_ascii=False, sort_keys=True).encode()

    @property
    def key(self) -> str:
        """Name of the question in the cache.

        Examples
        --------
        >>> Request("https://example.org/a").key == Request("https://example.org/b").key
        False
        """
        text = b"\0".join((self.method.encode(), self.address.encode(), self.sent or b""))
        return hashlib.sha256(text).hexdigest()[:32]
