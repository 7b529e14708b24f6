"""Readers of what PxWeb says of its tables and of itself: metadata and limits, versions 1 and 2."""

from collections.abc import Mapping
from dataclasses import dataclass

from benchmark.errors import BenchmarkError
from sources.readers.common import Source, load, refuse
from sources.readers.description import Description, Variable
from sources.readers.jsonstat_about import dict_in, labels, language, meta, notes
from sources.readers.jsonstat_dimensions import Dimension, dimensions
from sources.readers.strict_json import Faults, Json, parse, utf8


@dataclass(frozen=True)
class Config:
    """The limits of a PxWeb service.

    Attributes
    ----------
    max_cells : int
        Cells that one answer may have.
    max_calls, window : int
        Calls that may be made in so many seconds.
    languages : tuple of str
        Languages of the service, the default first; empty where it does not say.
    formats : tuple of str
        Formats of data, the default first; empty where it does not say.
    licence, version : str
        Address of the licence, and version of the interface; empty where it does not say.
    """

    max_cells: int
    max_calls: int
    window: int
    languages: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    licence: str = ""
    version: str = ""


def describe(source: Source) -> Description:
    """Read the metadata of a PxWeb table.

    Parameters
    ----------
    source : str, Path or bytes
        The file, or what is in it: the answer of version 1 to a GET (``title``, ``variables``),
        or of version 2 (JSON-stat 2.0, with or without values).

    Returns
    -------
    Description
        Title, variables with codes and texts, notes, and ``meta`` as of the JSON-stat reader.

    Raises
    ------
    BenchmarkError
        The file is neither, or is damaged; all faults are listed with their places.

    Examples
    --------
    >>> table = describe(b'{"title": "Trust by year", "variables": [{"code": "Tid", "text": "year",'
    ...                  b' "values": ["2023", "2024"], "valueTexts": ["2023", "2024"],'
    ...                  b' "time": true}]}')
    >>> table.cells, table.time
    (2, 'Tid')
    """
    loaded = load(source)
    body = parse(utf8(loaded), loaded.file)
    faults = Faults()
    own = {"file": loaded.file, "sha256": loaded.sha256}
    if isinstance(body, dict) and isinstance(body.get("variables"), list):
        found = _first(body, own, faults)
    elif isinstance(body, dict) and "dimension" in body:
        found = _second(body, own, faults)
    else:
        raise BenchmarkError(
            f"{loaded.file}: is no PxWeb metadata; expected an object with title and variables "
            "(version 1) or with id, size and dimension (version 2)"
        )
    refuse(loaded.file, faults, "PxWeb metadata")
    return found


def variables(given: Json, code: str, texts: str, faults: Faults) -> tuple[Variable, ...]:
    """Read a list of variables.

    Parameters
    ----------
    given : list of dict
        As PxWeb 1 and StatBank have it.
    code : str
        Member with the code of a variable and, where values are objects, of a value.
    texts : str
        Member with the texts of the values; empty where values are objects.
    faults : Faults
        Grows by what is wrong.

    Returns
    -------
    tuple of Variable
        In the order of the list.
    """
    return tuple(
        _listed(faults.mapping(entry, f"variables.{k}"), f"variables.{k}", code, texts, faults)
        for k, entry in enumerate(given)
    )


def _listed(body: Mapping[str, Json], path: str, code: str, texts: str, faults: Faults) -> Variable:
    if texts:
        values = faults.texts(body.get("values"), f"{path}.values")
        names = faults.texts(body.get(texts, body.get("values")), f"{path}.{texts}")
    else:
        pairs = _pairs(body.get("values"), f"{path}.values", code, faults)
        values, names = [value for value, _ in pairs], [name for _, name in pairs]
    if len(values) != len(names):
        faults.append(f"{path}: has {len(values)} values but {len(names)} texts")
    if len(set(values)) < len(values):
        faults.append(f"{path}.values: a code stands twice")
    name = faults.text(body.get(code), f"{path}.{code}")
    if not name:
        faults.expected("a code", f"{path}.{code}", body.get(code))
    return Variable(
        name,
        faults.text(body.get("text"), f"{path}.text"),
        tuple(values),
        tuple(names),
        elimination=body.get("elimination") is True,
        time=body.get("time") is True,
    )


def _pairs(given: Json, path: str, code: str, faults: Faults) -> list[tuple[str, str]]:
    """Read values that are objects: code and text of each."""
    if not isinstance(given, list):
        faults.expected("a list", path, given)
        return []
    bodies = [faults.mapping(item, f"{path}.{k}") for k, item in enumerate(given)]
    return [
        (faults.text(item.get(code), f"{path}.{k}.{code}"), faults.text(item.get("text"), path))
        for k, item in enumerate(bodies)
    ]


def _first(body: Mapping[str, Json], own: dict[str, str], faults: Faults) -> Description:
    title = faults.text(body.get("title"), "title")
    found = variables(body["variables"], "code", "valueTexts", faults)
    return Description("", {"": title}, found, meta={"format": "PxWeb 1 metadata", **own})


def _second(body: Mapping[str, Json], own: dict[str, str], faults: Faults) -> Description:
    found = dimensions(body, "", faults)
    said = labels(body, found, faults)
    about = meta(body, found, "", faults) | {"format": "PxWeb 2 metadata", **own}
    spoken = language(body)
    variables = tuple(
        _variable(dimension, said[dimension.column], spoken, about.get("time", ""))
        for dimension in found
    )
    table = dict_in(dict_in(body, "extension"), "px").get("tableid")
    remarks = notes(body, found, "", faults)
    name = table if isinstance(table, str) else ""
    return Description(name, about.get("title", {}), variables, remarks, about)


def _variable(
    dimension: Dimension, said: Mapping[str, Mapping[str, str]], spoken: str, time: str
) -> Variable:
    extension = dict_in(dimension.body, "extension")
    value = extension.get("eliminationValueCode")
    return Variable(
        dimension.id,
        said.get("", {}).get(spoken, dimension.id),
        dimension.codes,
        tuple(said.get(code, {}).get(spoken, code) for code in dimension.codes),
        extension.get("elimination") is True,
        value if isinstance(value, str) else "",
        dimension.column == time,
    )


def config(source: Source) -> Config:
    """Read the limits of a PxWeb service.

    Parameters
    ----------
    source : str, Path or bytes
        The answer to ``/config`` (version 2) or ``?config`` (version 1), or a file of it.

    Returns
    -------
    Config
        The limits.

    Raises
    ------
    BenchmarkError
        The answer is something else, or a limit is missing.

    Examples
    --------
    >>> config(b'{"maxDataCells": 150000, "maxCallsPerTimeWindow": 3, "timeWindow": 1}').max_cells
    150000
    """
    loaded = load(source)
    faults = Faults()
    body = faults.mapping(parse(utf8(loaded), loaded.file), "the document")
    names = {
        "max_cells": ("maxDataCells", "maxCells"),
        "max_calls": ("maxCallsPerTimeWindow", "maxCalls"),
        "window": ("timeWindow",),
    }
    limits = {
        name: faults.whole(
            next((body[key] for key in keys if key in body), None), " or ".join(keys)
        )
        for name, keys in names.items()
    }
    languages = [
        faults.text(faults.mapping(item, "languages").get("id"), "languages")
        for item in body.get("languages") or []
    ]
    formats = faults.texts(body.get("dataFormats"), "dataFormats")
    licence = faults.text(body.get("license"), "license")
    version = faults.text(body.get("apiVersion"), "apiVersion")
    refuse(loaded.file, faults, "the configuration of PxWeb")
    return Config(
        **limits,
        languages=_first_of(languages, body.get("defaultLanguage")),
        formats=_first_of(formats, body.get("defaultDataFormat")),
        licence=licence,
        version=version,
    )


def _first_of(names: list[str], default: Json) -> tuple[str, ...]:
    """Put the default first."""
    return tuple(sorted(names, key=lambda name: name != default))
