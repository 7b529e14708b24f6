"""The map of a file: how its columns become columns of the figures table.

A map is TOML. Beside the tables that describe the file it may hold registry entries, so that one
file defines an indicator and says where its figures stand.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import tomli

from benchmark.errors import BenchmarkError, InvalidRegistry
from benchmark.registry import KINDS, Registry, read
from benchmark.schema import LANGUAGES
from sources.own_files_toml import toml

ENTRIES = (*KINDS, "templates", "variants")
"""Tables of a map that hold registry entries."""
NEEDED = ("indicator", "country", "document")
"""Columns that a map must say something of; a value, and a year or a period, come on top."""
_ID = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]*(\.[A-Za-z0-9_-]+)*")
_TEXTS = ("title", "description", "text")


@dataclass(frozen=True)
class Map:
    """What a map says.

    Attributes
    ----------
    origin : str
        Its name, for messages.
    source : mapping
        How the file is read: format, encoding, delimiter, sheet, header, decimal, thousands.
    columns, constants : mapping
        Columns of the figures table, and the column of the file, or the text, that fills them.
    codes : mapping
        For a column of the figures table: what the file writes, and what it means.
    missing : mapping
        What stands where there is no value, and the SDMX status that says why.
    keep : mapping
        Columns of the file and the texts a row must have in them to be read.
    wide : mapping
        Columns that stand side by side (``columns``), and what their headings say (``into``).
    entries : mapping
        Registry entries, by kind and id.
    """

    origin: str = "map"
    source: Mapping[str, Any] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, Any] = field(default_factory=dict)
    codes: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    missing: Mapping[str, str] = field(default_factory=dict)
    keep: Mapping[str, Any] = field(default_factory=dict)
    wide: Mapping[str, Any] = field(default_factory=dict)
    entries: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def filled(self) -> set[str]:
        """Columns of the figures table that the map says something of."""
        wide = {str(self.wide["into"])} if self.wide else set()
        return {*self.columns, *self.constants, *wide}


def load(given: "str | Path | Mapping[str, Any]") -> tuple[Map, list[str]]:
    """Read a map and name everything that is wrong with it.

    Parameters
    ----------
    given : path or mapping
        The file, or what would stand in it.

    Returns
    -------
    Map
        What could be understood.
    list of str
        Faults, one a line.

    Raises
    ------
    BenchmarkError
        If there is no such file, or it is no TOML.
    """
    content, origin = (dict(given), "map") if isinstance(given, Mapping) else _parsed(Path(given))
    own = {kind: content.pop(kind) for kind in ENTRIES if kind in content}
    faults = [f"{origin}: {line}" for line in _schema_faults(content)]
    strange = [kind for kind, table in own.items() if not isinstance(table, dict)]
    faults += [f"{origin}: {kind!r} must be a table of entries, [{kind}.<id>]" for kind in strange]
    entries = {kind: _complete(kind, own[kind]) for kind in own if kind not in strange}
    faults += [f"{origin}: {line}" for line in strange_ids(entries)]
    if faults:
        return Map(origin=origin, entries=entries), faults
    found = Map(origin=origin, entries=entries, **content)
    return found, [f"{origin}: {line}" for line in _contradictions(found)]


def _parsed(path: Path) -> tuple[dict[str, Any], str]:
    try:
        return tomli.loads(path.read_text(encoding="utf-8-sig")), path.name
    except OSError as error:
        raise BenchmarkError(
            f"the map {path} cannot be read: {error.strerror}; "
            "`nordbench import --example` writes one to start from"
        ) from None
    except (tomli.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BenchmarkError(f"the map {path} is not valid TOML: {error}") from None


@cache
def _schema() -> dict[str, Any]:
    text = (files("sources") / "own_files.schema.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


def _schema_faults(content: Mapping[str, Any]) -> list[str]:
    from jsonschema import Draft7Validator

    found = Draft7Validator(_schema()).iter_errors(content)
    return [
        _told(fault) for fault in sorted(found, key=lambda f: [str(p) for p in f.absolute_path])
    ]


def _told(fault: Any) -> str:
    place = ".".join(str(part) for part in fault.absolute_path)
    if fault.validator == "additionalProperties" and not place:
        known = [*_schema()["properties"], *ENTRIES]
        return f"{fault.message}; a map has the tables {', '.join(known)}"
    if fault.validator == "additionalProperties":
        return f"[{place}] {fault.message}; allowed: {', '.join(fault.schema['properties'])}"
    return f"[{place}] {fault.message}"


def _contradictions(found: Map) -> Iterator[str]:
    """Name what a map leaves out or says twice."""
    for name in sorted(set(found.columns) & set(found.constants)):
        yield f"{name} stands under [columns] and under [constants]; keep one"
    yield from _wide_contradictions(found)
    for name in NEEDED:
        if name not in found.filled:
            yield f"nothing fills {name}: name it under [columns] or [constants]"
    if not found.filled & {"year", "period"}:
        yield "nothing fills year or period: name one under [columns], [constants] or [wide]"
    decimal, thousands = found.source.get("decimal", "."), found.source.get("thousands", "")
    if decimal == thousands:
        yield f"[source] decimal and thousands are both {decimal!r}"


def _wide_contradictions(found: Map) -> Iterator[str]:
    into = found.wide.get("into")
    if into in found.columns or into in found.constants:
        yield f"{into} is filled by [wide] and once more under [columns] or [constants]; keep one"
    if into == "value":
        yield "[wide] into says what the headings are (year, country ...); the cells are the values"
    if found.wide and "value" in found.columns:
        yield "value stands under [columns], but with [wide] the values stand under the headings"


def _complete(kind: str, table: Mapping[str, Any]) -> dict[str, Any]:
    """Let a text given once, or in some languages only, stand in all of them."""
    return {name: _spoken(kind, entry) for name, entry in table.items()}


def _spoken(kind: str, entry: Any) -> Any:
    if kind == "documents" or not isinstance(entry, Mapping):
        return entry
    spoken = {key: _everywhere(entry[key]) for key in _TEXTS if key in entry}
    parts = entry.get("breakdowns")
    if isinstance(parts, Mapping):
        spoken["breakdowns"] = {name: _spoken(kind, part) for name, part in parts.items()}
    return {**entry, **spoken}


def _everywhere(text: Any) -> Any:
    if isinstance(text, str):
        return dict.fromkeys(LANGUAGES, text)
    if isinstance(text, Mapping) and text:
        first = next((text[lang] for lang in LANGUAGES if lang in text), "")
        return dict.fromkeys(LANGUAGES, first) | dict(text)
    return text


def strange_ids(entries: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Name ids that could be taken for a path, an address or markup.

    Parameters
    ----------
    entries : mapping
        Registry entries, by kind and id.

    Returns
    -------
    list of str
        One line each.

    Examples
    --------
    >>> strange_ids({"indicators": {"my.trust": {}, "../trust": {}}})
    ["indicators.'../trust': an id has letters, digits, _ and -, in parts joined by single points"]
    """
    rule = "an id has letters, digits, _ and -, in parts joined by single points"
    return [
        f"{kind}.{name!r}: {rule}"
        for kind, table in entries.items()
        for name in table
        if not _ID.fullmatch(name)
    ]


@dataclass(frozen=True)
class Entries:
    """Registry entries that stand in no file of their own, read as if they did.

    Attributes
    ----------
    origin : str
        What to call them in messages.
    text : str
        The entries as TOML.
    """

    origin: str
    text: str

    @property
    def name(self) -> str:
        """What it is called."""
        return self.origin

    def is_dir(self) -> bool:
        """No folder."""
        return False

    def read_bytes(self) -> bytes:
        """Encode the entries."""
        return self.text.encode()

    def __str__(self) -> str:
        """Give the origin."""
        return self.origin


def extended(shipped: Any, found: Map) -> Registry:
    """Read the entries of a map together with those that are there already.

    Parameters
    ----------
    shipped : iterable of paths
        Registry files as for `benchmark.registry.read`.
    found : Map
        The map.

    Returns
    -------
    Registry

    Raises
    ------
    InvalidRegistry
        Naming every entry that cannot be used.
    """
    own: Any = Entries(found.origin, toml(found.entries))
    return read([*shipped, own])


def registry_faults(error: InvalidRegistry) -> list[str]:
    """Take the lines of a complaint about the registry, without its heading and its remedy."""
    return [line.strip() for line in str(error).splitlines() if line.startswith("  ")]
