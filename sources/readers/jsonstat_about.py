"""What a JSON-stat dataset says of its cells: labels, notes, units, and where it comes from."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from sources.readers.jsonstat_dimensions import Dimension, member, place_of
from sources.readers.strict_json import Faults, Json
from sources.table import TableNote, Words

_PERIODS: Final = {"tid", "time", "time_period"}
"""Names of the dimension of periods in files that give no roles: Eurostat's, old StatBank's."""

_BOKMAL: Final = {"no": "nb"}
"""Statistics Norway writes `no` for texts in bokmål."""

_Noted = tuple[Json, str, dict[str, Json], dict[str, str]]
"""Texts, their place, which of them are mandatory, and what they are about."""

_DATASET: Final = {
    "class", "dimension", "extension", "href", "id", "label", "note", "role", "size", "source",
    "status", "updated", "value", "version",
}  # fmt: skip


def language(dataset: Mapping[str, Json]) -> str:
    """Tell the language of the texts; empty where the file does not say."""
    extension = dict_in(dataset, "extension")
    said = [dict_in(extension, "px").get("language"), extension.get("lang")]
    said += [dataset.get("language"), dataset.get("lang")]
    code = next((text.lower() for text in said if isinstance(text, str)), "")
    return _BOKMAL.get(code, code) if re.fullmatch("[a-z]{2,3}", code) else ""


def dict_in(mapping: Mapping[str, Json], key: str) -> dict[str, Json]:
    """Take a member that is an object; an empty one where it is anything else."""
    value = mapping.get(key)
    return value if isinstance(value, dict) else {}


def labels(
    dataset: Mapping[str, Json], found: Sequence[Dimension], faults: Faults
) -> dict[str, dict[str, Words]]:
    """Collect the labels of dimensions, categories and symbols.

    Parameters
    ----------
    dataset : mapping
        Members of the dataset.
    found : sequence of Dimension
        Its dimensions.
    faults : Faults
        Grows by what is wrong.

    Returns
    -------
    dict
        As `sources.table.Table` has them.
    """
    spoken = language(dataset)
    given: dict[str, dict[str, Words]] = {}
    for dimension in found:
        path = f"{dimension.path}.category.label"
        own = faults.text(dimension.body.get("label"), f"{dimension.path}.label")
        texts = {
            code: faults.text(text, f"{path}.{code}")
            for code, text in faults.mapping(dimension.category.get("label"), path).items()
        }
        texts[""] = own
        given[dimension.column] = {code: {spoken: text} for code, text in texts.items() if text}
    symbols = dict_in(dict_in(dict_in(dataset, "extension"), "status"), "label")
    symbols |= dict_in(dict_in(dict_in(dataset, "status"), "category"), "label")
    if symbols:
        given["symbol"] = {
            code: {spoken: faults.text(text, f"extension.status.label.{code}")}
            for code, text in symbols.items()
        }
    return given


def notes(
    dataset: Mapping[str, Json], found: Sequence[Dimension], path: str, faults: Faults
) -> tuple[TableNote, ...]:
    """Collect the notes of the table, its dimensions and their categories, in this order.

    Parameters
    ----------
    dataset, found, faults
        As for `labels`.
    path : str
        Place of the dataset in the file, empty or ending in a full stop.

    Returns
    -------
    tuple of TableNote
        Mandatory where PxWeb's ``noteMandatory`` says so.
    """
    spoken = language(dataset)
    lists: list[_Noted] = [
        (dataset.get("note"), f"{path}note", _must(dataset, "noteMandatory"), {})
    ]
    for dimension in found:
        must = _must(dimension.body, "noteMandatory")
        lists.append(
            (dimension.body.get("note"), f"{dimension.path}.note", must, {dimension.column: ""})
        )
    for dimension in found:
        lists += _category_notes(dimension, faults)
    return tuple(
        TableNote({spoken: text}, at, bool(must.get(str(k))))
        for given, where, must, at in lists
        for k, text in enumerate(faults.texts(given, where))
        if text
    )


def _category_notes(dimension: Dimension, faults: Faults) -> Iterator[_Noted]:
    path = f"{dimension.path}.category.note"
    given = faults.mapping(dimension.category.get("note"), path)
    must = _must(dimension.body, "categoryNoteMandatory")
    for code, texts in given.items():
        yield texts, f"{path}.{code}", dict_in(must, code), {dimension.column: code}


def _must(body: Mapping[str, Json], key: str) -> dict[str, Json]:
    return dict_in(dict_in(body, "extension"), key)


def meta(
    dataset: Mapping[str, Json], found: Sequence[Dimension], path: str, faults: Faults
) -> dict[str, Any]:
    """Collect what the file says of itself.

    Parameters
    ----------
    dataset, found, path, faults
        As for `notes`.

    Returns
    -------
    dict
        Of ``title``, ``source``, ``updated`` (or ``updated_as_printed`` where it is no date),
        ``language``, ``href``, ``roles``, ``time``, ``measure``, ``units``, ``decimals``,
        ``unit_details``, ``children``, ``coordinates``, ``renamed``, ``extension``,
        ``dimension_extensions`` and ``other`` (members that JSON-stat does not know), those that
        the file has.
    """
    title = faults.text(dataset.get("label", dataset.get("title")), f"{path}label")
    roles = _roles(dataset, found, path, faults)
    named = [dim.column for dim in found if dim.id.casefold() in _PERIODS]
    given = {
        "title": {language(dataset): title} if title else {},
        "source": faults.text(dataset.get("source"), f"{path}source"),
        **_updated(dataset.get("updated", dataset.get("lastUpdateDate"))),
        "language": language(dataset),
        "href": faults.text(dataset.get("href"), f"{path}href"),
        "roles": roles,
        "time": next(iter([*roles.get("time", []), *named]), ""),
        **_measures(dataset, found, roles, faults),
        "children": _of(found, lambda dim: dim.category.get("child")),
        "coordinates": _of(found, lambda dim: dim.category.get("coordinates")),
        "renamed": {dim.column: dim.id for dim in found if dim.column != dim.id},
        "extension": dict_in(dataset, "extension"),
        "dimension_extensions": _of(found, lambda dim: dim.body.get("extension")),
        "other": {key: value for key, value in dataset.items() if key not in _DATASET and value},
    }
    return {key: value for key, value in given.items() if value not in ("", {}, [])}


def _roles(
    dataset: Mapping[str, Json], found: Sequence[Dimension], path: str, faults: Faults
) -> dict[str, list[str]]:
    column = {dimension.id: dimension.column for dimension in found}
    at = place_of(dataset, "role", path)
    roles = {}
    for role, ids in faults.mapping(member(dataset, "role"), at).items():
        names = faults.texts(ids, f"{at}.{role}")
        faults.extend(
            f"{at}.{role}: names {name!r}; expected one of {', '.join(column)}"
            for name in names
            if name not in column
        )
        roles[role] = [column[name] for name in names if name in column]
    return roles


def _measures(
    dataset: Mapping[str, Json],
    found: Sequence[Dimension],
    roles: Mapping[str, list[str]],
    faults: Faults,
) -> dict[str, Any]:
    """Collect units and decimals, of the column of measures where there is one."""
    details: dict[str, dict[str, Json]] = {}
    units, decimals = {}, {}
    for dimension in found:
        path = f"{dimension.path}.category.unit"
        for code, unit in faults.mapping(dimension.category.get("unit"), path).items():
            about = faults.mapping(unit, f"{path}.{code}")
            details.setdefault(dimension.column, {})[code] = about
            said = [about[key] for key in ("label", "base", "symbol") if about.get(key)]
            units[code] = faults.text(next(iter(said), ""), f"{path}.{code}.label")
            if about.get("decimals") is not None:
                decimals[code] = faults.whole(about["decimals"], f"{path}.{code}.decimals")
    whole = dict_in(dict_in(dataset, "extension"), "px").get("decimals")
    if not decimals and whole is not None:
        decimals[""] = faults.whole(whole, "extension.px.decimals")
    measure = next(iter([*roles.get("metric", []), *details]), "")
    units = {code: unit for code, unit in units.items() if unit}
    return {"measure": measure, "units": units, "decimals": decimals, "unit_details": details}


def _of(found: Sequence[Dimension], part: Any) -> dict[str, Json]:
    """Take a part of each dimension that has it."""
    return {dimension.column: part(dimension) for dimension in found if part(dimension)}


def _updated(given: Json) -> dict[str, str]:
    """Bring the time of the last update to ISO 8601; milliseconds since 1970 too."""
    try:
        if isinstance(given, int) and not isinstance(given, bool):
            return {"updated": datetime.fromtimestamp(given / 1000, UTC).isoformat()}
        if isinstance(given, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", given):
            return {"updated": datetime.fromisoformat(given).date().isoformat()}
        if isinstance(given, str):
            return {"updated": datetime.fromisoformat(given).isoformat()}
    except (ValueError, OverflowError, OSError):
        pass
    return {"updated_as_printed": str(given)[:100]} if given is not None else {}
