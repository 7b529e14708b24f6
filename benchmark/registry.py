"""The registry: what every indicator, programme, regime, document, break and pool is.

Definitions are TOML files that a policy analyst can edit. All files are merged, checked against
`data/registry.schema.json`, expanded (inheritance, variants) and checked for references that
lead nowhere. Errors are collected and raised once.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import tomli

from benchmark.errors import InvalidRegistry, UnknownName, listing

Entry = Mapping[str, Any]

KINDS = (
    "families",
    "concepts",
    "programmes",
    "regimes",
    "indicators",
    "documents",
    "breaks",
    "events",
    "pools",
    "notes",
)
_SCHEMA = files("benchmark") / "data" / "registry.schema.json"
_REQUIRED = ("title", "description", "concept", "programme", "unit", "direction", "base")
_REMEDY = "Mend these entries in the registry files; CONTRIBUTING.md shows how each kind is made."


@dataclass(frozen=True)
class Registry:
    """All definitions, by kind and id.

    Attributes
    ----------
    families, concepts, programmes, regimes, indicators, documents, breaks, events, pools, notes
        Entries by id. Indicators are complete: inheritance and variants are resolved.
    """

    families: Mapping[str, Entry] = field(default_factory=dict)
    concepts: Mapping[str, Entry] = field(default_factory=dict)
    programmes: Mapping[str, Entry] = field(default_factory=dict)
    regimes: Mapping[str, Entry] = field(default_factory=dict)
    indicators: Mapping[str, Entry] = field(default_factory=dict)
    documents: Mapping[str, Entry] = field(default_factory=dict)
    breaks: Mapping[str, Entry] = field(default_factory=dict)
    events: Mapping[str, Entry] = field(default_factory=dict)
    pools: Mapping[str, Entry] = field(default_factory=dict)
    notes: Mapping[str, Entry] = field(default_factory=dict)

    def indicator(self, name: str) -> Entry:
        """Look an indicator up by its id.

        Parameters
        ----------
        name : str
            The id, for example ``egov.transparency``.

        Returns
        -------
        Mapping
            The complete entry.

        Raises
        ------
        UnknownName
            If no such indicator is registered; near ids are suggested.

        Examples
        --------
        >>> Registry(indicators={"egov.overall": {"unit": "score_0_100"}}).indicator("egov.overal")
        Traceback (most recent call last):
            ...
        benchmark.errors.UnknownName: unknown indicator 'egov.overal'; did you mean egov.overall?
        """
        if name not in self.indicators:
            raise UnknownName(unknown("indicator", name, self.indicators))
        return self.indicators[name]


def unknown(kind: str, name: str, known: Iterable[str]) -> str:
    """Word the complaint about a name that is not registered.

    Parameters
    ----------
    kind : str
        What was looked for, for example ``indicator``.
    name : str
        The name that was given.
    known : iterable of str
        All names there are.

    Returns
    -------
    str
        One line, with near names where there are any.

    Examples
    --------
    >>> unknown("document", "gti", ["gti3_se", "dst"])
    "unknown document 'gti'; did you mean gti3_se?"
    """
    from difflib import get_close_matches

    names = list(known)
    near = get_close_matches(name, names, n=4, cutoff=0.5)
    near += [other for other in names if name and name in other and other not in near][:4]
    hint = f"; did you mean {', '.join(near)}?" if near else ""
    return f"unknown {kind} {name!r}{hint}"


def read(sources: Iterable[Traversable], checked: str = "") -> Registry:
    """Read registry files into one checked registry.

    Parameters
    ----------
    sources : iterable of paths
        TOML files, or folders whose TOML files are taken in order of name.
    checked : str
        `fingerprint` of files known to keep the schema; others are held against it once more.

    Returns
    -------
    Registry
        With inheritance and variants resolved.

    Raises
    ------
    InvalidRegistry
        Naming every file and entry that cannot be used.

    Examples
    --------
    >>> read([]).indicators
    {}
    """
    texts = {str(path): path.read_bytes() for path in _toml_files(sources)}
    merged = _merge(texts)
    if not checked or _hash(texts) != checked:
        _check_schema(merged)
    indicators = _expand(merged)
    entries = {kind: merged.get(kind, {}) for kind in KINDS}
    registry = Registry(**{**entries, "indicators": indicators})
    offenders = list(_dangling(registry))
    if offenders:
        raise InvalidRegistry(listing("registry entries point to nothing", offenders, _REMEDY))
    return registry


def fingerprint(sources: Iterable[Traversable]) -> str:
    """Hash registry files together with their schema.

    Parameters
    ----------
    sources : iterable of paths
        As for `read`.

    Returns
    -------
    str
        sha256, in hexadecimal digits.

    Examples
    --------
    >>> len(fingerprint([]))
    64
    """
    return _hash({str(path): path.read_bytes() for path in _toml_files(sources)})


def _hash(texts: Mapping[str, bytes]) -> str:
    total = hashlib.sha256(_SCHEMA.read_bytes())
    for text in texts.values():
        total.update(text)
    return total.hexdigest()


def _toml_files(sources: Iterable[Traversable]) -> Iterator[Traversable]:
    for source in sources:
        if source.is_dir():
            inside = (item for item in source.iterdir() if item.name.endswith(".toml"))
            yield from sorted(inside, key=lambda item: item.name)
        else:
            yield source


def _merge(texts: Mapping[str, bytes]) -> dict[str, dict[str, Any]]:
    merged: dict[str, dict[str, Any]] = {}
    origin: dict[tuple[str, str], str] = {}
    offenders: list[str] = []
    for path, text in texts.items():
        try:
            content = tomli.loads(text.decode("utf-8"))
        except (tomli.TOMLDecodeError, UnicodeDecodeError) as error:
            offenders.append(f"{path}: not valid TOML: {error}")
            continue
        for kind, entries in content.items():
            if not isinstance(entries, dict):
                offenders.append(f"{path}: {kind!r} must be a table of entries, [{kind}.<id>]")
                continue
            for name, entry in entries.items():
                first = origin.setdefault((kind, name), path)
                if name in merged.setdefault(kind, {}):
                    offenders.append(f"{path}: {kind}.{name} is already defined in {first}")
                merged[kind][name] = entry
    if offenders:
        raise InvalidRegistry(listing("registry files cannot be read", offenders, _REMEDY))
    return merged


def _schema() -> dict[str, Any]:
    return dict(json.loads(_SCHEMA.read_bytes()))


@cache
def _gate() -> Any:
    import fastjsonschema

    return fastjsonschema.compile(_schema(), detailed_exceptions=False)


def _check_schema(merged: Mapping[str, Any]) -> None:
    """Pass a sound registry through at once; name every fault of an unsound one.

    The compiled check says yes or no within a few milliseconds at every start; the thorough
    validator, whose import alone costs more, only has to explain.
    """
    from fastjsonschema import JsonSchemaValueException

    try:
        _gate()(merged)
    except JsonSchemaValueException:
        from jsonschema import Draft7Validator

        faults = sorted(Draft7Validator(_schema()).iter_errors(merged), key=lambda f: str(f.path))
        lines = [f"{'.'.join(str(part) for part in f.path)}: {_explain(f)}" for f in faults]
        raise InvalidRegistry(
            listing("registry entries break their schema", lines, _REMEDY)
        ) from None


def _explain(fault: Any) -> str:
    if fault.validator == "additionalProperties":
        return f"{fault.message}; allowed: {', '.join(sorted(fault.schema.get('properties', {})))}"
    return str(fault.message)


def _layer(below: Entry, above: Entry) -> dict[str, Any]:
    """Lay one entry over another; tables of facts and breakdowns are merged, the rest replaced."""
    joined = {**below, **above}
    for key in ("facts", "breakdowns"):
        if key in below and key in above:
            joined[key] = {**below[key], **above[key]}
    return joined


def _expand(merged: Mapping[str, Mapping[str, Entry]]) -> dict[str, Entry]:
    """Resolve inheritance and variants; an indicator that lacks something is named."""
    variants = merged.get("variants", {})
    sources = {**merged.get("indicators", {}), **merged.get("templates", {})}
    offenders: list[str] = []
    expanded: dict[str, Entry] = {}
    for name in merged.get("indicators", {}):
        complete = _inherit(name, sources, offenders)
        offers = complete.pop("variants", [])
        lacking = [key for key in _REQUIRED if key not in complete]
        if lacking:
            offenders.append(f"indicators.{name}: lacks {', '.join(lacking)}")
            continue
        expanded[name] = complete
        for variant in offers:
            if variant in variants:
                expanded[f"{name}.{variant}"] = _vary(name, complete, variants[variant])
            else:
                offenders.append(f"indicators.{name}: unknown variant {variant!r}")
    if offenders:
        raise InvalidRegistry(listing("indicators cannot be resolved", offenders, _REMEDY))
    return expanded


def _inherit(name: str, sources: Mapping[str, Entry], offenders: list[str]) -> dict[str, Any]:
    """Lay an entry over the chain of those it inherits from."""
    complete: dict[str, Any] = {}
    seen: list[str] = []
    heir: str | None = name
    while heir is not None:
        if heir in seen or heir not in sources:
            fault = "inherits in a circle" if heir in seen else f"inherits unknown {heir!r}"
            offenders.append(f"indicators.{name}: {fault}")
            break
        seen.append(heir)
        complete = _layer(sources[heir], complete)
        heir = sources[heir].get("inherits")
    complete.pop("inherits", None)
    return complete


def _vary(name: str, entry: Entry, variant: Entry) -> Entry:
    """Make the entry of a variant; its texts may hold the base's as {title} and {description}."""
    varied = _layer(entry, variant)
    for key in ("title", "description"):
        varied[key] = {
            language: text.replace(f"{{{key}}}", entry[key][language])
            for language, text in varied[key].items()
        }
    varied["variant_of"] = name
    return varied


def _dangling(registry: Registry) -> Iterator[str]:
    """Name every reference to an entry that does not exist."""
    for kind, name, key, target, value in _references(registry):
        if value not in getattr(registry, target):
            yield f"{kind}.{name}: {key} {value!r} is not among the {target}"
    for name, pool in registry.pools.items():
        members = pool.get("members")
        if members is not None and len(members) != pool["size"]:
            yield f"pools.{name}: size {pool['size']} but {len(members)} members"
    for name, entry in registry.breaks.items():
        for pattern in entry.get("indicators", []):
            if not any(matches(pattern, one) for one in registry.indicators):
                yield f"breaks.{name}: {pattern!r} matches no indicator"


_REFERENCES = (
    ("indicators", "concept", "concepts"),
    ("indicators", "programme", "programmes"),
    ("indicators", "quotes", "indicators"),
    ("indicators", "parent", "indicators"),
    ("indicators", "claims.indicator", "indicators"),
    ("indicators", "notes", "notes"),
    ("programmes", "notes", "notes"),
    ("regimes", "programme", "programmes"),
    ("regimes", "notes", "notes"),
    ("breaks", "programme", "programmes"),
    ("events", "concepts", "concepts"),
    ("events", "indicators", "indicators"),
)
"""Kind and key of every reference, and the kind it refers to."""


def _references(registry: Registry) -> Iterator[tuple[str, str, str, str, str]]:
    for name in registry.concepts:
        yield "concepts", name, "family", "families", name.partition(".")[0]
    for kind, key, target in _REFERENCES:
        for name, entry in getattr(registry, kind).items():
            found: Any = entry
            for part in key.split("."):
                found = found.get(part, {})
            values = [found] if isinstance(found, str) else found
            yield from ((kind, name, key, target, value) for value in values)
    for name, entry in registry.indicators.items():
        for part in entry.get("breakdowns", {}).values():
            if "concept" in part.get("facts", {}):
                yield "indicators", name, "breakdowns", "concepts", part["facts"]["concept"]


def matches(pattern: str, name: str) -> bool:
    """Say whether an indicator id fits a pattern: an id, or a prefix that ends in ``*``.

    Parameters
    ----------
    pattern, name : str
        The pattern of a break, and the id of an indicator.

    Returns
    -------
    bool

    Examples
    --------
    >>> matches("egov.*", "egov.overall"), matches("egov.overall", "egov.overall.annual")
    (True, False)
    """
    return name.startswith(pattern[:-1]) if pattern.endswith("*") else name == pattern
