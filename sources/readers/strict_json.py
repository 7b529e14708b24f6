"""JSON as a publisher's file has to be: one value a key, no NaN, no half characters."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final, NoReturn

import msgspec

from benchmark.errors import BenchmarkError, listing
from sources.readers.common import Loaded, decode

Json = Any
"""What `parse` returns: dict, list, str, int, float, bool or None."""

_TWICE: Final = object()
"""Key under which an object keeps those of its keys that stand in it more than once."""

_MEMBERS: Final = msgspec.json.Decoder(dict[str, msgspec.Raw])


def utf8(loaded: Loaded) -> bytes:
    """Bring a JSON file to UTF-8 without byte order mark.

    Parameters
    ----------
    loaded : Loaded
        The file.

    Returns
    -------
    bytes
        Its text.

    Raises
    ------
    BenchmarkError
        It is neither UTF-8 nor marked as UTF-16.
    """
    return loaded.data if loaded.data.isascii() else decode(loaded).encode()


def members(data: bytes, file: str, path: str = "") -> dict[str, bytes]:
    """Split a JSON object into its members, which are not parsed further.

    Parameters
    ----------
    data : bytes
        UTF-8 text of one JSON object.
    file, path : str
        Name of the file, and place of the object in it, for messages.

    Returns
    -------
    dict of str to bytes
        Key and the text of its value.

    Raises
    ------
    BenchmarkError
        It is no JSON, no object, or a key stands twice in it.

    Examples
    --------
    >>> members(b'{"id": ["geo"], "size": [3]}', "a.json")
    {'id': b'["geo"]', 'size': b'[3]'}
    """
    try:
        parts = {key: bytes(part) for key, part in _MEMBERS.decode(data).items()}
    except (msgspec.MsgspecError, RecursionError, ValueError):
        found = kind(parse(data, file, path))
        raise BenchmarkError(f"{place(file, path)}: expected an object, found {found}") from None
    # Of a key that stands twice the decoder keeps the last; the strings of the others are over.
    if strings(data) != len(parts) + sum(map(strings, parts.values())):
        parse(data, file, path)
    return parts


def strings(data: bytes) -> int:
    r"""Count the strings of a JSON text, keys included.

    Parameters
    ----------
    data : bytes
        Well-formed JSON.

    Returns
    -------
    int
        Their number: half the quotation marks that are not escaped.

    Examples
    --------
    >>> strings(b'{"a": "b", "c": "say \\"d\\" \\\\"}')
    4
    """
    if b'"' not in data:
        return 0
    if b"\\" in data:
        data = re.sub(rb"\\.", b"", data, flags=re.DOTALL)
    return data.count(b'"') // 2


def parse(data: bytes, file: str, path: str = "") -> Json:
    """Parse JSON, refusing what the standard forbids or leaves open.

    Parameters
    ----------
    data : bytes
        UTF-8 text.
    file, path : str
        Name of the file, and place of the text in it, for messages.

    Returns
    -------
    dict, list, str, int, float, bool or None
        The value.

    Raises
    ------
    BenchmarkError
        It is no JSON, holds NaN or Infinity, a key twice in one object (all are named), half a
        surrogate pair, or is nested too deeply.

    Examples
    --------
    >>> parse(b'{"unit": {"A": 1, "A": 2}}', "a.json")
    Traceback (most recent call last):
    benchmark.errors.BenchmarkError: a.json: an object has the same key twice:
      unit.A
    """
    where = place(file, path)
    twice: list[object] = []

    def object_of(pairs: list[tuple[str, Json]]) -> dict[Any, Json]:
        found: dict[Any, Json] = dict(pairs)
        if len(found) < len(pairs):
            found[_TWICE] = [key for key, n in Counter(key for key, _ in pairs).items() if n > 1]
            twice.append(found)
        return found

    try:
        value = json.loads(data, object_pairs_hook=object_of, parse_constant=_no_number)
        if re.search(rb"\\u[dD][89a-fA-F]", data):
            json.dumps(value, ensure_ascii=False, skipkeys=True).encode()
    except RecursionError:
        raise BenchmarkError(f"{where}: nested too deeply to be a table") from None
    except UnicodeEncodeError:
        raise BenchmarkError(f"{where}: a text holds half a surrogate pair") from None
    except ValueError as error:
        raise BenchmarkError(f"{where}: is no JSON: {error}") from None
    if twice:
        keys = sorted(_repeated(value, path))
        raise BenchmarkError(listing(f"{file}: an object has the same key twice", keys))
    return value


def place(file: str, path: str) -> str:
    """Name a place in a file: its name and, where there is one, the path of keys.

    Parameters
    ----------
    file, path : str
        Name of the file; keys with full stops between them.

    Returns
    -------
    str
        Both.

    Examples
    --------
    >>> place("a.json", "dimension.geo")
    'a.json, dimension.geo'
    """
    return f"{file}, {path}" if path else file


def kind(value: Json) -> str:
    """Say what a JSON value is, in a few words.

    Parameters
    ----------
    value : dict, list, str, int, float, bool or None
        The value.

    Returns
    -------
    str
        Its kind, with the value itself where it is short.

    Examples
    --------
    >>> kind({}), kind([1, 2]), kind("a"), kind(None)
    ('an object of 0', 'a list of 2', "'a'", 'nothing')
    """
    if isinstance(value, (dict, list)):
        return f"{'an object' if isinstance(value, dict) else 'a list'} of {len(value)}"
    shown = "nothing" if value is None else repr(value)
    return shown if len(shown) <= 40 else f"{shown[:40]}..."


class Faults(list[str]):
    """What is wrong with a JSON file: a line each, with the place of what was found there."""

    def expected(self, what: str, path: str, found: Json) -> None:
        """Note that something else was expected at a place."""
        self.append(f"{path}: expected {what}, found {kind(found)}")

    def mapping(self, value: Json, path: str) -> dict[str, Json]:
        """Take an object; nothing stands for an empty one."""
        if isinstance(value, dict):
            return value
        if value is not None:
            self.expected("an object", path, value)
        return {}

    def text(self, value: Json, path: str) -> str:
        """Take a text; nothing stands for an empty one, a number for its digits."""
        if isinstance(value, str):
            return value
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        if value is not None:
            self.expected("a text", path, value)
        return ""

    def texts(self, value: Json, path: str) -> list[str]:
        """Take a list of texts; a text stands for a list of one, nothing for an empty list."""
        if not isinstance(value, list):
            return [self.text(value, path)] if value is not None else []
        return [self.text(item, f"{path}.{k}") for k, item in enumerate(value)]

    def whole(self, value: Json, path: str) -> int:
        """Take a whole number that is not negative, written as a number or as a text."""
        if isinstance(value, str) and re.fullmatch("[0-9]{1,18}", value):
            return int(value)
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**18:
            return value
        self.expected("a whole number", path, value)
        return 0


def _no_number(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not a number")


def _repeated(value: Json, path: str) -> Iterator[str]:
    inner: list[tuple[Any, Json]] = []
    if isinstance(value, dict):
        yield from (_step(path, key) for key in value.pop(_TWICE, ()))
        inner = [*value.items()]
    elif isinstance(value, list):
        inner = [*enumerate(value)]
    for key, part in inner:
        yield from _repeated(part, _step(path, key))


def _step(path: str, key: object) -> str:
    return f"{path}.{key}" if path else str(key)
