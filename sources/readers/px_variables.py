"""The variables of a PX file, in every language it has, and how its keywords name them."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from sources.readers.frames import columns
from sources.readers.px_text import Entry, PxText

Key = tuple[str, str, tuple[str, ...]]

_TLIST: Final = re.compile(r"\s*TLIST\s*\(\s*([A-Za-z])\d?\s*(?:,([^)]*))?\)(.*)", re.S | re.I)
_RANGE: Final = re.compile(r'\s*"(\d{4})(\d{0,2})"\s*-\s*"(\d{4})(\d{0,2})"\s*')
_POINT: Final = re.compile(r"(\d{4})[A-Za-z]?(\d{0,2})")
_IN_A_YEAR: Final = {"A": 1, "H": 2, "Q": 4, "M": 12, "W": 53}
_STRUCTURE: Final = ("STUB", "HEADING", "VALUES", "CODES", "VARIABLECODE", "TIMEVAL", "KEYS")


@dataclass(frozen=True)
class Keywords:
    """The keywords of a file, found by name.

    Attributes
    ----------
    text : PxText
        The file.
    own : str
        Its own language; empty where it does not say.
    languages : tuple of str
        All it has texts in, its own first.
    index : mapping
        Keyword, language (empty for the own) and keys, and the entry.
    """

    text: PxText
    own: str
    languages: tuple[str, ...]
    index: Mapping[Key, Entry]

    def get(self, keyword: str, language: str, *keys: str) -> Entry | None:
        """Find a keyword in a language, with keys."""
        return self.index.get((keyword, "" if language == self.own else language, keys))

    def words(self, keyword: str, *keys: str) -> dict[str, str]:
        """Read a text in every language that has it."""
        found = ((language, self.get(keyword, language, *keys)) for language in self.languages)
        return {language: entry.text for language, entry in found if entry}

    def strings(self, keyword: str, language: str, *keys: str) -> list[str]:
        """Read a list of strings; nothing where the keyword is missing."""
        entry = self.get(keyword, language, *keys)
        return entry.items if entry else []


@dataclass(frozen=True)
class Variable:
    """One variable.

    Attributes
    ----------
    column : str
        Its name in the table.
    names : mapping of str to str
        Language and name.
    values : mapping of str to sequence of str
        Language and texts of the values.
    codes : sequence of str
        Codes of the values; their texts where the file has no codes.
    frequency : str
        ``A``, ``H``, ``Q``, ``M`` or ``W`` for a variable of time, else empty.
    periods : sequence of str
        Names of its periods alike in all files (``2024``, ``2024-Q1``), else empty.
    """

    column: str
    names: Mapping[str, str]
    values: Mapping[str, Sequence[str]]
    codes: Sequence[str]
    frequency: str = ""
    periods: Sequence[str] = ()

    def code(self, text: str, language: str) -> str:
        """Find the code of a value that a keyword names by its text, or else by its code."""
        for texts in (self._places.get(language, {}), *self._places.values()):
            if text in texts:
                return texts[text]
        return text if text in self._codes else ""

    @cached_property
    def _places(self) -> dict[str, dict[str, str]]:
        return {
            language: dict(zip(reversed(texts), reversed(self.codes), strict=True))
            for language, texts in self.values.items()
        }

    @cached_property
    def _codes(self) -> frozenset[str]:
        return frozenset(self.codes)


def keywords(text: PxText, faults: list[str]) -> Keywords:
    """Index the keywords of a file.

    Parameters
    ----------
    text : PxText
        The file.
    faults : list of str
        Takes what is wrong: a keyword of the structure that is there twice, or is no list.

    Returns
    -------
    Keywords
    """
    own = next((e.text for e in text.entries if (e.keyword, e.keys) == ("LANGUAGE", ())), "")
    index: dict[Key, Entry] = {}
    for entry in text.entries:
        language = "" if entry.language == own else entry.language
        first = index.setdefault((entry.keyword, language, entry.keys), entry)
        if entry.keyword not in _STRUCTURE:
            continue
        if first.value != entry.value:
            faults.append(
                f"line {entry.line}, {entry.name}: is also on line {first.line} and says something "
                "else there; expected it once"
            )
        if entry.keyword != "TIMEVAL" and not entry.is_list:
            faults.append(
                f"line {entry.line}, {entry.name}: found {entry.value.strip()[:40]!r}; expected "
                "strings in quotes with commas between"
            )
    listed = [item for e in text.entries if e.keyword == "LANGUAGES" for item in e.items]
    languages = dict.fromkeys([own, *listed, *(e.language for e in text.entries if e.language)])
    return Keywords(text, own, tuple(languages), index)


def variables(found: Keywords, faults: list[str]) -> list[Variable]:
    """Read the variables, those of STUB first.

    Parameters
    ----------
    found : Keywords
        Of the file.
    faults : list of str
        Takes what is wrong.

    Returns
    -------
    list of Variable
        Not to be used where there are faults.
    """
    names = {
        language: found.strings("STUB", language) + found.strings("HEADING", language)
        for language in found.languages
    }
    own = names[found.own]
    if not own:
        faults.append("the file has neither STUB nor HEADING; expected the names of its variables")
    faults += [
        f"STUB and HEADING have {len(others)} variables in language {language!r}: expected "
        f"{len(own)}, as in the file's own language"
        for language, others in names.items()
        if others and len(others) != len(own)
    ]
    faults += [
        f"STUB and HEADING have {name!r} {count} times; expected each variable once"
        for name, count in Counter(own).items()
        if count > 1
    ]
    named = [
        {language: others[k] for language, others in names.items() if k < len(others)}
        for k in range(len(own))
    ]
    ids = [_id(found, each) for each in named]
    ids = own if len(set(ids)) < len(ids) else ids
    free = columns(dict.fromkeys(ids))
    return [_variable(found, free[id_], each, faults) for id_, each in zip(ids, named, strict=True)]


def _id(found: Keywords, names: Mapping[str, str]) -> str:
    codes = (found.get("VARIABLECODE", language, name) for language, name in names.items())
    return next((entry.text for entry in codes if entry and entry.text), names[found.own])


def _variable(
    found: Keywords, column: str, names: Mapping[str, str], faults: list[str]
) -> Variable:
    own = names[found.own]
    values = {
        language: texts
        for language, name in names.items()
        if (texts := found.strings("VALUES", language, name))
    }
    timeval = found.get("TIMEVAL", found.own, own)
    frequency, periods = _periods(timeval, faults) if timeval else ("", [])
    codes = found.strings("CODES", found.own, own)
    texts = values.setdefault(found.own, codes or [p.replace("-", "") for p in periods])
    faults += _wrong_values(found, names, values, codes or texts)
    if len(periods) != len(texts):
        periods = []
    return Variable(column, names, values, codes or texts, frequency, periods)


def _wrong_values(
    found: Keywords,
    names: Mapping[str, str],
    values: Mapping[str, Sequence[str]],
    codes: Sequence[str],
) -> Iterator[str]:
    own = names[found.own]
    if not values[found.own]:
        yield f'the file has no VALUES("{own}"); expected the values of each variable'
    for language, texts in values.items():
        entry = found.get("VALUES", language, names[language])
        if entry and len(texts) != len(codes):
            yield (
                f"line {entry.line}, {entry.name}: found {len(texts)} values; expected "
                f"{len(codes)}, as many as there are codes"
            )
    twice = [code for code, count in Counter(codes).items() if count > 1]
    if twice:
        entry = found.get("CODES", found.own, own) or found.get("VALUES", found.own, own)
        where = f"line {entry.line}, {entry.name}" if entry else f"{own}"
        yield f"{where}: found {', '.join(map(repr, twice[:9]))} twice; expected each code once"


def _periods(entry: Entry, faults: list[str]) -> tuple[str, list[str]]:
    """Read the list or range of a TIMEVAL."""
    match = _TLIST.fullmatch(entry.value)
    kind = match[1].upper() if match else ""
    if not match or kind not in _IN_A_YEAR:
        faults.append(
            f"line {entry.line}, {entry.name}: found {entry.value.strip()[:40]!r}; expected TLIST "
            f"with one of {', '.join(_IN_A_YEAR)}, such as TLIST(A1)"
        )
        return "", []
    span = _RANGE.fullmatch(match[2] or "")
    points = _span(span, kind) if span else _points(Entry("", "", (), match[3], 0).items)
    return kind, [_name(year, part, kind) for year, part in points]


def _points(items: Sequence[str]) -> list[tuple[int, int]]:
    matches = [_POINT.fullmatch(item) for item in items]
    return [(int(m[1]), int(m[2] or 0)) for m in matches if m] if all(matches) else []


def _span(span: re.Match[str], kind: str) -> list[tuple[int, int]]:
    parts = _IN_A_YEAR[kind]
    first, last = (int(span[k]) * parts + int(span[k + 1] or 1) - 1 for k in (1, 3))
    return [(n // parts, n % parts + 1) for n in range(first, last + 1)]


def _name(year: int, part: int, kind: str) -> str:
    width = {"M": 2, "W": 2}.get(kind, 1)
    return f"{year}" if kind == "A" else f"{year}-{kind}{part:0{width}}"
