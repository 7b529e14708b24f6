"""What a PX file says beside its cells: notes with their places, units, dates and the like."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from sources.readers.px_text import Entry
from sources.readers.px_variables import Keywords, Variable
from sources.table import TableNote

_NOTES: Final = ("NOTE", "VALUENOTE", "CELLNOTE", "DATANOTE", "DATANOTECELL")
_TEXTS: Final = {"title": "TITLE", "contents": "CONTENTS", "source": "SOURCE"}
_READ: Final = {
    *("STUB", "HEADING", "VALUES", "CODES", "VARIABLECODE", "TIMEVAL", "KEYS", "CONTVARIABLE"),
    *("CODEPAGE", "CHARSET", "LANGUAGE", "LANGUAGES", "TITLE", "CONTENTS", "SOURCE", "UNITS"),
    *("DECIMALS", "SHOWDECIMALS", "LAST-UPDATED", "ELIMINATION", "HIERARCHIES", "DOUBLECOLUMN"),
    *_NOTES,
    *("NOTEX", "VALUENOTEX", "CELLNOTEX"),
}
_MOMENT: Final = re.compile(r"(\d{4})(\d\d)(\d\d)(?:\s+(\d\d):(\d\d))?.*", re.DOTALL)
_PAIR: Final = re.compile(r'"([^"]*)"(?:\s*:\s*"([^"]*)")?')


def read_notes(
    found: Keywords, axes: Sequence[Variable]
) -> tuple[tuple[TableNote, ...], list[str]]:
    """Read the notes, each in all its languages.

    Parameters
    ----------
    found : Keywords
        Of the file.
    axes : sequence of Variable
        Its variables.

    Returns
    -------
    tuple of TableNote
        In the order of the file. A note whose place the file does not have is one on the table.
    list of str
        Which notes those are.
    """
    texts: dict[tuple[Any, ...], dict[str, str]] = {}
    lost: list[str] = []
    times: dict[tuple[Any, ...], int] = {}
    for entry in found.text.entries:
        kind = entry.keyword.removesuffix("X")
        if kind not in _NOTES:
            continue
        language = entry.language or found.own
        at = _place(kind, entry.keys, language, axes)
        if at is None:
            lost.append(f"line {entry.line}, {entry.name}: the file has no such place")
        same = (entry.keyword, tuple((at or {}).items()), None if at is not None else entry.keys)
        # A keyword that comes twice in one language holds two notes.
        times[*same, language] = times.get((*same, language), -1) + 1
        note = texts.setdefault((*same, times[*same, language]), {})
        note[language] = entry.text.replace("#", "\n")
    return tuple(
        TableNote(words, dict(key[1]), key[0].endswith("X")) for key, words in texts.items()
    ), lost


def _place(
    kind: str, keys: Sequence[str], language: str, axes: Sequence[Variable]
) -> dict[str, str] | None:
    """Find the columns and codes that a note is about; None where there are no such."""
    if kind in ("NOTE", "VALUENOTE", "DATANOTE"):
        axis = _axis(keys[0], language, axes) if keys else None
        codes = [axis.code(key, language) for key in keys[1:]] if axis else []
        if len(keys) > 2 or not all(codes) or (keys and not axis):
            return None
        return {axis.column: "".join(codes)} if axis else {}
    if len(keys) != len(axes):
        return None
    named = [(axis, key) for axis, key in zip(axes, keys, strict=True) if key != "*"]
    by_code = kind == "DATANOTECELL"
    at = {
        axis.column: key if by_code and key in axis.codes else axis.code(key, language)
        for axis, key in named
    }
    return at if all(at.values()) else None


def _axis(name: str, language: str, axes: Sequence[Variable]) -> Variable | None:
    for axis in axes:
        if axis.names.get(language) == name:
            return axis
    return next((a for a in axes if name in a.names.values() or name == a.column), None)


def describe(found: Keywords, axes: Sequence[Variable]) -> dict[str, Any]:
    """Read what the file says of itself.

    Parameters
    ----------
    found : Keywords
        Of the file.
    axes : sequence of Variable
        Its variables.

    Returns
    -------
    dict
        See `sources.readers.px.read`; keys without content are left out.
    """
    measure = _axis(found.words("CONTVARIABLE").get(found.own, ""), found.own, axes)
    time = next((axis for axis in axes if axis.frequency), None)
    updated = _by_value(found, "LAST-UPDATED", measure)
    meta = {
        "encoding": found.text.encoding,
        "languages": tuple(filter(None, found.languages)),
        **{key: found.words(keyword) for key, keyword in _TEXTS.items()},
        "updated": max((_moment(t) for w in updated.values() for t in w.values()), default=""),
        "updated_by_value": {c: _moment(min(w.values())) for c, w in updated.items() if c},
        "time": time.column if time else "",
        "frequency": time.frequency if time else "",
        "periods": _periods(time) if time else {},
        "measure": measure.column if measure else "",
        "units": _by_value(found, "UNITS", measure),
        "decimals": _decimals(found, measure),
        "precision": dict(_precisions(found, axes)),
        "elimination": dict(_elimination(found, axes)),
        "hierarchies": {
            axis.column: tuple(_PAIR.findall(entry.value))
            for axis, entry in _of_variables(found, "HIERARCHIES", axes)
        },
        "double_column": tuple(
            axis.column
            for axis, entry in _of_variables(found, "DOUBLECOLUMN", axes)
            if entry.text.upper() == "YES"
        ),
        "keywords": {e.name: tuple(e.items) for e in found.text.entries if e.keyword not in _READ},
    }
    return {key: value for key, value in meta.items() if value}


def _periods(time: Variable) -> dict[str, str]:
    return dict(zip(time.codes, time.periods, strict=True)) if time.periods else {}


def _by_value(found: Keywords, keyword: str, measure: Variable | None) -> dict[str, dict[str, str]]:
    """Read a keyword for the whole table, under ``""``, and for values of the measure."""
    words: dict[str, dict[str, str]] = {}
    for entry in found.text.entries:
        language = entry.language or found.own
        if entry.keyword != keyword or len(entry.keys) > 2:
            continue
        code = measure.code(entry.keys[-1], language) if measure and entry.keys else ""
        if bool(code) == bool(entry.keys):
            words.setdefault(code, {})[language] = entry.text
    return words


def _moment(text: str) -> str:
    """Write a date as ISO 8601; texts of another form stay."""
    match = _MOMENT.fullmatch(text.strip())
    if not match:
        return text
    day = "-".join(match.group(1, 2, 3))
    return f"{day}T{match[4]}:{match[5]}" if match[4] else day


def _decimals(found: Keywords, measure: Variable | None) -> dict[str, int]:
    """Read how many decimals are shown, and how many for values of the measure."""
    shown = found.get("SHOWDECIMALS", found.own) or found.get("DECIMALS", found.own)
    whole = {"": int(shown.text)} if shown and shown.text.isdecimal() else {}
    by_value = dict(_precisions(found, [measure] if measure else []))
    return whole | (by_value.get(measure.column, {}) if measure else {})


def _precisions(found: Keywords, axes: Sequence[Variable]) -> Iterator[tuple[str, dict[str, int]]]:
    for axis in axes:
        entries = [
            (axis.code(entry.keys[1], entry.language or found.own), entry.text)
            for entry in found.text.entries
            if entry.keyword == "PRECISION"
            and len(entry.keys) == 2
            and _axis(entry.keys[0], entry.language or found.own, [axis])
        ]
        some = {code: int(text) for code, text in entries if code and text.isdecimal()}
        if some:
            yield axis.column, some


def _elimination(found: Keywords, axes: Sequence[Variable]) -> Iterator[tuple[str, str | bool]]:
    """Read by which value a variable may be left out; True where its values add up."""
    for axis, entry in _of_variables(found, "ELIMINATION", axes):
        if entry.text.upper() != "NO":
            code = axis.code(entry.text, found.own)
            yield axis.column, code or entry.text.upper() == "YES"


def _of_variables(
    found: Keywords, keyword: str, axes: Sequence[Variable]
) -> Iterator[tuple[Variable, Entry]]:
    for axis in axes:
        for language, name in axis.names.items():
            entry = found.get(keyword, language, name)
            if entry:
                yield axis, entry
                break
