"""Answers on disk, as they were sent, each with a record beside it.

An answer is written first and its record last, both under another name and then renamed: a
record that exists has its answer. Nothing is ever changed but a record's `checked`, so that two
processes may share a folder and a stop at any moment leaves what was there.
"""

import hashlib
import json
import os
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmark.errors import BenchmarkError, NotFetched
from sources.live.request import Kind, Request

VARIABLE = "NORDBENCH_CACHE"
_DRAFT, _RECORD = ".part", ".meta.json"
_OLD = 3600.0
"""Age after which a draft is what a stopped process left behind [seconds]."""


@dataclass(frozen=True)
class Answer:
    """An answer of a publisher and all that is known of it.

    Attributes
    ----------
    path : pathlib.Path
        Where it lies, as sent.
    address, method, body : str
        What was asked; `body` is JSON, empty for GET.
    kind, charset : str
        What it is and how its letters are written.
    fetched, checked : str
        When it came, and when the publisher last said that it still holds; ISO 8601, UTC.
    sha256, size : str, int
        Of the content [bytes].
    etag, modified, type : str
        Headers of the publisher.
    """

    path: Path
    address: str
    method: str
    body: str
    kind: Kind
    charset: str
    fetched: str
    checked: str
    sha256: str
    size: int
    etag: str = ""
    modified: str = ""
    type: str = ""

    @property
    def content(self) -> bytes:
        """The answer as sent.

        Raises
        ------
        NotFetched
            If the file is gone or changed.
        """
        content = self.path.read_bytes() if self.path.is_file() else b""
        if hashlib.sha256(content).hexdigest() != self.sha256:
            raise NotFetched(
                f"{self.path} is not what was fetched from {self.address} on {self.fetched}: "
                "delete it and fetch again"
            )
        return content

    @property
    def utf8(self) -> bytes:
        """The answer in UTF-8, whatever letters it was sent in."""
        content = self.content
        return content if self.charset in ("", "utf-8") else content.decode(self.charset).encode()

    @property
    def sound(self) -> bool:
        """Whether the file is still what came."""
        try:
            return len(self.content) == self.size
        except (NotFetched, OSError):
            return False

    def record(self) -> dict[str, Any]:
        """Give what is written beside the answer."""
        return asdict(self) | {"path": self.path.name}


def now() -> str:
    """Give the time, ISO 8601 in UTC; later times sort later."""
    return datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def stamp(moment: str) -> str:
    """Write a time for the name of a file.

    Examples
    --------
    >>> stamp("2026-01-31T12:30:00.000001Z")
    '20260131T123000.000001Z'
    """
    return moment.replace("-", "").replace(":", "")


def folder(given: "str | Path | None" = None) -> Path:
    """Find the folder of the cache.

    Parameters
    ----------
    given : path, optional
        By default the environment variable NORDBENCH_CACHE, else the place of the platform.

    Returns
    -------
    pathlib.Path
        It need not exist.
    """
    if given or os.environ.get(VARIABLE):
        return Path(given or os.environ[VARIABLE]).expanduser()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", "~")).expanduser() / "nordbench" / "Cache"
    if sys.platform == "darwin":
        return Path("~/Library/Caches/nordbench").expanduser()
    return Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser() / "nordbench"


def write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, whoever else writes it at the same time.

    Raises
    ------
    BenchmarkError
        If the folder cannot be written to, or the disk is full.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(_DRAFT, ".", path.parent)
        try:
            with os.fdopen(handle, "wb") as target:
                # Not forced to the disk: after a loss of power the hash tells a lost answer.
                target.write(content)
            os.replace(draft, path)
        finally:
            with suppress(FileNotFoundError):
                os.unlink(draft)
    except OSError as error:
        raise BenchmarkError(
            f"cannot write to the cache {path.parent}: {error.strerror or error}; choose another "
            f"folder with --cache or {VARIABLE}"
        ) from error


class Cache:
    """Answers of one publisher by question.

    Parameters
    ----------
    home : pathlib.Path
        Folder of the publisher.
    """

    def __init__(self, home: Path) -> None:
        self.home = home

    def latest(self, request: Request) -> Answer | None:
        """Find the newest answer to a question.

        Returns
        -------
        Answer or None
            None where there is none, or what is there was damaged.
        """
        records = sorted(self._place(request).glob(f"*{_RECORD}"), reverse=True)
        found = (_read(record) for record in records)
        return next((one for one in found if one is not None and one.sound), None)

    def store(self, request: Request, content: bytes, **known: Any) -> Answer:
        """Keep an answer; one equal to the newest only confirms that.

        Parameters
        ----------
        request : Request
            The question.
        content : bytes
            The answer as sent.
        **known
            Fields of `Answer`: kind, charset and headers.

        Returns
        -------
        Answer
        """
        digest, moment = hashlib.sha256(content).hexdigest(), now()
        last = self.latest(request)
        if last is not None and last.sha256 == digest:
            return self.confirm(replace(last, **known))
        name = f"{stamp(moment)}-{digest[:12]}.{known['kind']}"
        answer = Answer(
            path=self._place(request) / name,
            address=request.address,
            method=request.method,
            body=(request.sent or b"").decode(),
            fetched=moment,
            checked=moment,
            sha256=digest,
            size=len(content),
            **known,
        )
        write(answer.path, content)
        return self._recorded(answer)

    def confirm(self, answer: Answer) -> Answer:
        """Note that an answer still holds."""
        return self._recorded(replace(answer, checked=now()))

    def _recorded(self, answer: Answer) -> Answer:
        text = json.dumps(answer.record(), ensure_ascii=False, indent=1) + "\n"
        write(answer.path.with_suffix(_RECORD), text.encode())
        return answer

    def _place(self, request: Request) -> Path:
        return self.home / "answers" / request.key

    def sweep(self) -> None:
        """Remove drafts that a stopped process left behind."""
        for draft in self.home.rglob(f"*{_DRAFT}"):
            with suppress(OSError):
                if time.time() - draft.stat().st_mtime > _OLD:
                    draft.unlink()


def _read(record: Path) -> Answer | None:
    try:
        known = json.loads(record.read_text("utf-8"))
        return Answer(**(known | {"path": record.with_name(Path(known["path"]).name)}))
    except (OSError, ValueError, TypeError, KeyError):
        return None
