"""Figures against the documents they were read from, where those are at hand."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import numpy as np

from benchmark.audit.finding import Finding, Outcome, Unchecked
from benchmark.audit.rows import Rows
from benchmark.errors import BenchmarkError

Reader = Callable[[Path], Mapping[str, float]]
"""Reads a file into its numbers by place, such as ``Scores!D7``."""

_PLACE: Final = re.compile(r"\d+:(\d+)")
_NUMBER: Final = re.compile(r"\d+(?:[.,\u00a0\u202f ]\d{3})*(?:[.,]\d+)?")
_NEAR: Final = 2e-6
LARGEST: Final = 100_000_000
"""Bytes of a file that is looked into to find out whether it is a document."""


def check_documents(
    rows: Rows, folder: Path | None, readers: Mapping[str, Reader] | None = None
) -> Outcome:
    """Look every figure up in its document.

    Parameters
    ----------
    rows : Rows
        The figures.
    folder : Path or None
        Where documents are, at any depth: under the name the registry gives, or under any name
        if their sha256 is registered. None checks nothing and says so.
    readers : mapping of str to callable, optional
        For each ending of file names (``.xlsx``) what reads its numbers by place.

    Returns
    -------
    Outcome
    """
    used = rows.code("document")
    files = _files(folder) if folder else {}
    findings: list[Finding] = []
    unchecked: list[Unchecked] = []
    checked = 0
    for code in np.unique(used).tolist():
        name = rows.names("document")[code]
        here = np.flatnonzero(used == code).tolist()
        path = _find(rows.registry.documents.get(name, {}), files)
        suffix = path.suffix.lower() if path else ""
        if path is None or (suffix != ".txt" and suffix not in (readers or {})):
            why = "not_at_hand" if path is None else "no_reader"
            unchecked.append(Unchecked("document", why, len(here), name))
            continue
        checked += len(here)
        findings += _changed(rows, name, path)
        if suffix == ".txt":
            findings += _in_text(rows, name, path, here)
        else:
            findings += _in_cells(rows, (readers or {})[suffix](path), here)
    return Outcome("document", checked, tuple(findings), tuple(unchecked))


def _files(folder: Path) -> dict[str, Path]:
    """Find the files of a folder by name; hashes are taken only of those nobody names."""
    if not folder.is_dir():
        raise BenchmarkError(
            f"{str(folder)!r} is no folder; give the folder that holds the source documents"
        )
    return {path.name: path for path in sorted(folder.rglob("*")) if path.is_file()}


def _find(entry: Mapping[str, Any], files: Mapping[str, Path]) -> Path | None:
    named = str(entry.get("file", "")) or str(entry.get("address", "")).rpartition("/")[2]
    if named in files:
        return files[named]
    wanted = entry.get("sha256", "")
    ending = Path(named).suffix
    for path in files.values() if wanted else ():
        if path.suffix == ending and path.stat().st_size <= LARGEST and _hash(path) == wanted:
            return path
    return None


def _hash(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def _changed(rows: Rows, name: str, path: Path) -> Iterator[Finding]:
    wanted = rows.registry.documents[name].get("sha256", "")
    if wanted and wanted != _hash(path):
        facts = {"file": path.name}
        yield Finding("document", "warning", f"documents.{name}", "changed", facts)


def _in_cells(rows: Rows, cells: Mapping[str, float], here: Sequence[int]) -> Iterator[Finding]:
    """Compare values with cells of a workbook; a derived value lists the cells it is made of."""
    locator = rows.text("locator")
    derived = rows.text("kind") == "derived"
    for row in here:
        value = float(rows.number("value")[row])
        if derived[row] or not np.isfinite(value):
            continue
        place = str(locator[row])
        found = cells.get(place)
        if found is None:
            yield _finding(rows, row, "no_place", place=place)
        elif abs(found - value) > _NEAR:
            yield _finding(rows, row, "cell", place=place, value=value, found=found)


def _finding(rows: Rows, row: int, variant: str, severity: str = "error", **facts: Any) -> Finding:
    return Finding("document", severity, rows.address(row), variant, facts, row)


@dataclass(frozen=True)
class _Text:
    """A document of numbered lines."""

    lines: tuple[str, ...]
    lang: str
    subjects: Mapping[str, str]
    whole: str


def _in_text(rows: Rows, name: str, path: Path, here: Sequence[int]) -> Iterator[Finding]:
    entry = rows.registry.documents[name]
    lines = tuple(path.read_text(encoding="utf-8").split("\n"))
    whole = f"{entry.get('date', '')} {entry.get('title', '')} {' '.join(lines)}"
    text = _Text(lines, str(entry["language"]), _subjects(rows, here, entry["language"]), whole)
    for row in here:
        if rows.there[row]:
            yield from _on_line(rows, row, text)


def _subjects(rows: Rows, here: Sequence[int], lang: str) -> dict[str, str]:
    """Give the names under which a text may speak of the places its figures are about."""
    from benchmark.areas import is_country
    from benchmark.areas import name as named

    found = {str(area): str(area) for area in set(rows.text("area")[list(here)]) if area}
    for code in sorted(set(rows.text("country"))):
        if is_country(code):
            found[named(code, lang)] = str(code)
    return found


def _on_line(rows: Rows, row: int, text: _Text) -> Iterator[Finding]:
    place = str(rows.text("locator")[row])
    numbers = [int(found) for found in _PLACE.findall(place)]
    lines = [text.lines[one - 1] for one in numbers if 0 < one <= len(text.lines)]
    value = float(rows.number("value")[row])
    if not lines:
        yield _finding(rows, row, "no_place", place=place)
        return
    wanted = {value, float(rows.value[row])}
    if not any(wanted & set(printed(line, text.lang)) for line in lines):
        yield _finding(rows, row, "line", place=place, value=value)
    else:
        yield from _of_another(rows, row, lines, text, value)
    yield from _not_in(rows, row, text)


def printed(line: str, lang: str) -> dict[float, int]:
    """Read all numbers of a line, in digits or in words.

    Parameters
    ----------
    line : str
        A line of a document.
    lang : {"en", "da", "nb", "sv"}
        Its language.

    Returns
    -------
    dict of float to int
        Each number and where it stands last in the line.

    Examples
    --------
    >>> printed("I 2024 deltog 3.937 respondenter; hver femte var over 65", "da")
    {2024.0: 2, 3937.0: 14, 65.0: 54, 20.0: 34}
    """
    from benchmark.language import read_claims, read_number

    found: dict[float, int] = {}
    for match in _NUMBER.finditer(line):
        for part in dict.fromkeys((match[0], *re.split(r"[\u00a0\u202f ]", match[0]))):
            try:
                found[read_number(part, lang)] = match.start() + match[0].find(part)
            except BenchmarkError:
                continue
    for quantity in read_claims(line, lang):
        for value in quantity.values:
            found.setdefault(float(value), quantity.span[0])
    return found


def _of_another(
    rows: Rows, row: int, lines: Sequence[str], text: _Text, value: float
) -> Iterator[Finding]:
    """Where a line speaks of several places, the one it gives the number for must be the figure's.

    That is the first named between the number and the next one, else the last named before it.
    """
    own = str(rows.text("area")[row]) or str(rows.text("country")[row])
    for line in lines:
        at = printed(line, text.lang).get(value)
        named = sorted(
            (match.start(), subject)
            for name, subject in text.subjects.items()
            for match in re.finditer(rf"\b{re.escape(name)}\b", line)
        )
        if at is None or own not in dict(named).values() or len({one for _, one in named}) < 2:
            return
        following = _NUMBER.search(line, _after(line, at))
        stop = following.start() if following else len(line)
        behind = [subject for place, subject in named if at < place < stop]
        before = [subject for place, subject in named if place < at]
        found = behind[0] if behind else before[-1] if before else own
        if found != own:
            yield _finding(rows, row, "subject", value=value, found=found, own=own)
            return


def _after(line: str, at: int) -> int:
    """Give the place behind the number that stands at a place."""
    here = _NUMBER.match(line, at)
    return here.end() if here else at


def _not_in(rows: Rows, row: int, text: _Text) -> Iterator[Finding]:
    """Look for years and numbers of respondents that the document never mentions."""
    year = f"{rows.number('year')[row]:.0f}"
    if rows.text("year_basis")[row] == "printed" and year not in text.whole:
        yield _finding(rows, row, "year", "warning", year=year)
    n = float(rows.number("n")[row])
    if np.isfinite(n) and n not in printed(text.whole, text.lang):
        yield _finding(rows, row, "n", "warning", n=n)
