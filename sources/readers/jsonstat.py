"""Reader of JSON-stat 1.x and 2.0, as PxWeb, StatBank, Eurostat and others send it."""

from collections.abc import Callable, Mapping
from typing import Final

import pandas as pd

from benchmark import status
from benchmark.errors import BenchmarkError, listing
from sources.readers.common import Loaded, Source, check_cells, load, refuse
from sources.readers.frames import grid, observed
from sources.readers.jsonstat_about import dict_in, labels, meta, notes
from sources.readers.jsonstat_cells import Cells, cells
from sources.readers.jsonstat_dimensions import dimensions
from sources.readers.strict_json import Faults, Json, members, parse, utf8
from sources.table import Table

EXPECTED: Final = "a JSON-stat dataset"
_LARGE: Final = ("value", "status")
"""Members with an entry a cell, which are not parsed into objects."""

_MESSAGES: Final = ("error", "errorTypeCode", "message", "warning", "title", "label")
"""Members in which publishers say why they sent something else."""


def read(source: Source, dataset: str | None = None) -> Table:
    """Read a dataset of JSON-stat.

    Parameters
    ----------
    source : str, Path or bytes
        The file, or what is in it.
    dataset : str, optional
        Which dataset of a bundle; may be left out where there is one.

    Returns
    -------
    Table
        A row a cell, in the order of the file; missing positions of sparse values too. A text in
        place of a value is its `symbol`. What `sources.readers.jsonstat_about.meta` collects is
        in ``meta``, with ``dataset`` (its name in a bundle) and ``unknown_symbols``, the
        first fifty that no publisher's list explains.

    Raises
    ------
    BenchmarkError
        The file is no dataset (a collection, a dimension, metadata without values, an error
        message), is damaged (all faults are listed with their places), or is a bundle of several
        datasets and none of them was asked for.

    Examples
    --------
    >>> table = read(b'{"class": "dataset", "id": ["geo"], "size": [2], "value": [7, null],'
    ...              b' "dimension": {"geo": {"category": {"index": ["DK", "NO"]}}}}')
    >>> table.frame[["geo", "value", "status"]].values.tolist()
    [['DK', 7.0, 'A'], ['NO', nan, 'O']]
    """
    loaded = load(source)
    found = _split(loaded)
    if dataset is None and len(found) > 1:
        heading = f"{loaded.file}: holds {len(found)} datasets"
        raise BenchmarkError(listing(heading, found, "Say which: read(source, dataset=...)."))
    name = next(iter(found)) if dataset is None else dataset
    if name not in found:
        raise BenchmarkError(
            listing(f"{loaded.file}: holds no dataset {name!r}; expected one of", found)
        )
    return _read(loaded, name, found[name])


def datasets(source: Source) -> dict[str, Table]:
    """Read all datasets of a JSON-stat bundle.

    Parameters
    ----------
    source : str, Path or bytes
        The file, or what is in it.

    Returns
    -------
    dict of str to Table
        Name and table; a file that is itself a dataset has the name ``dataset``.

    Raises
    ------
    BenchmarkError
        As for `read`.
    """
    loaded = load(source)
    return {name: _read(loaded, name, parts) for name, parts in _split(loaded).items()}


def _split(loaded: Loaded) -> dict[str, dict[str, bytes]]:
    """Find the datasets of a file and their members, which are not parsed yet."""
    parts = members(utf8(loaded), loaded.file)
    kind = parse(parts.get("class", b"null"), loaded.file, "class")
    if kind == "dataset" or (kind is None and "dimension" in parts):
        return {"dataset": parts}
    if kind is None:
        inside = {name: part for name, part in parts.items() if part.startswith(b"{")}
        found = {name: members(part, loaded.file, name) for name, part in inside.items()}
        found = {name: own for name, own in found.items() if "dimension" in own}
        if found:
            return found
    raise BenchmarkError(f"{loaded.file}: {_other(kind, parts, loaded.file)}")


def _other(kind: Json, parts: Mapping[str, bytes], file: str) -> str:
    """Say what a file is that is no dataset."""
    if kind == "collection":
        return (
            "is a JSON-stat collection, a list of links to datasets; expected a dataset: fetch "
            "one of those it links to"
        )
    if kind == "dimension":
        return "is a JSON-stat dimension, without values; expected a dataset"
    if "variables" in parts:
        return (
            "is metadata of PxWeb or StatBank, without values; expected a dataset: fetch the data "
            "(sources.readers.pxweb.describe and sources.readers.statbank_csv.tableinfo read these)"
        )
    said = [f"{key}: {parts[key].decode()[:200]}" for key in _MESSAGES if key in parts]
    if said:
        return listing(f"is not {EXPECTED}; it says", said)
    keys = ", ".join([*parts][:20]) or "none"
    return f"is not {EXPECTED}: expected the keys id, size, dimension and value, found {keys}"


def _read(loaded: Loaded, name: str, parts: Mapping[str, bytes]) -> Table:
    path = "" if name == "dataset" else f"{name}."
    file, faults = loaded.file, Faults()
    body = {
        key: parse(part, file, f"{path}{key}") for key, part in parts.items() if key not in _LARGE
    }
    found = dimensions(body, path, faults)
    refuse(file, faults, EXPECTED)
    count = check_cells(file, [len(dimension.codes) for dimension in found])
    values = parts.get("value", b"[]").strip()
    if count and (values == b"[]" or (values == b"{}" and "px" in dict_in(body, "extension"))):
        raise BenchmarkError(
            f"{file}: is JSON-stat metadata: value is empty, but the sizes make {count} cells; "
            "fetch the data (sources.readers.pxweb.describe reads the metadata)"
        )
    flags = parts.get("status", b"null")
    observations = cells(values, flags, count, file, path, faults)
    if flags.startswith(b"{") and b'"category"' in flags:
        body["status"] = parse(flags, file, f"{path}status")
    said = labels(body, found, faults)
    remarks = notes(body, found, path, faults)
    about = meta(body, found, path, faults)
    refuse(file, faults, EXPECTED)
    columns, unknown = _columns(observations, body)
    frame = pd.DataFrame({**grid({dim.column: dim.codes for dim in found}), **columns})
    version = "2.0" if "id" in body else "1.x"
    own = {"format": f"JSON-stat {version}", "file": file, "sha256": loaded.sha256}
    own |= {"dataset": name} if name != "dataset" else {}
    about |= {"unknown_symbols": unknown} if unknown else {}
    return Table(frame, said, remarks, own | about)


def _columns(found: Cells, body: Mapping[str, Json]) -> tuple[Mapping[str, object], list[str]]:
    """Build the observed columns; name the symbols that mean nothing to us."""
    extension = dict_in(body, "extension")
    eurostat = "ESTAT" in (body.get("source"), extension.get("agencyId")) or "wsVersion" in body
    meaning = _of_eurostat if eurostat else _of_pxweb if "px" in extension else _of_others
    if meaning is _of_pxweb and status.PXWEB_ZERO in found.symbols:
        zero = found.symbol == found.symbols.index(status.PXWEB_ZERO)
        found.value[zero & pd.isna(found.value)] = 0.0
    unknown = [text for text in found.symbols if text and meaning(text) is None][:50]
    columns = observed(
        found.value, found.symbol, found.symbols, lambda text: meaning(text) or () if text else ()
    )
    return columns, unknown


def _tried(reading: Callable[[str], tuple[str, ...]], symbol: str) -> tuple[str, ...] | None:
    try:
        return reading(symbol)
    except BenchmarkError:
        return None


def _of_eurostat(symbol: str) -> tuple[str, ...] | None:
    return _tried(lambda text: status.from_eurostat(text).codes, symbol)


def _of_pxweb(symbol: str) -> tuple[str, ...] | None:
    return _tried(status.from_pxweb, symbol) or _of_others(symbol)


def _of_others(symbol: str) -> tuple[str, ...] | None:
    """Read the symbols of a publisher we do not know: small letters are those of Eurostat.

    The full stops of the Nordic offices mean the same elsewhere; their hyphen does not always.
    """
    if symbol == "a":
        return ("A",)
    if set(symbol) == {"."}:
        return _tried(status.from_pxweb, symbol)
    return _of_eurostat(symbol) or _tried(status.read, symbol)
