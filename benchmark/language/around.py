"""Years and countries that stand around an amount in a text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from benchmark import names
from benchmark.language.claimed import Claimed
from benchmark.language.data import drafting

_YEAR: Final = re.compile(
    r"(?<![\d.,])(?:19|20)\d\d(?:\s?[-–/]\s?((?:19|20)\d\d|\d\d))?(?![\d]|[.,]\d)"
)
WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
SEVERAL: Final = "several"
"""What stands for the country where a sentence speaks of more than one."""


@dataclass(frozen=True)
class Said:
    """A year or a country, where the text says it."""

    start: int
    end: int
    what: Any
    aside: bool = False


def is_among(word: str, known: Sequence[str]) -> bool:
    """Say whether a word is one of a list; an entry that ends in * fits all that begin so."""
    return any(word.startswith(one[:-1]) if one.endswith("*") else word == one for one in known)


def years_in(text: str, lang: str) -> list[Said]:
    """Find the years of a text; those it only compares with are set aside."""
    words = drafting()[lang]
    listed = "|".join([",", *words["listed"]])
    found = []
    for match in _YEAR.finditer(text):
        before, behind = text[: match.start()], text[match.end() :]
        several = match[1] or re.match(rf"\s*(?:{listed})\s*(?:19|20)\d\d\b", behind)
        several = several or re.search(rf"(?:19|20)\d\d\s*(?:{listed})\s*$", before)
        aside = bool(several) or _behind(before, words["compared"])
        start = _behind(before, words["starts"])
        found.append(Said(match.start(), match.end(), (int(match[0][:4]), start), aside))
    return found


def _behind(text: str, phrases: Sequence[str]) -> bool:
    """Say whether a text ends with one of some phrases, perhaps with "in" or "year" behind it."""
    tail = re.sub(r"\s+", " ", text[-60:].lower()).rstrip()
    trimmed = re.sub(r" (?:i|in|år|year|året|under)$", "", tail)
    return any(t.endswith((f" {p}", f"({p}")) or t == p for p in phrases for t in (tail, trimmed))


def year_of(claim: Claimed, years: Sequence[Said], others: Sequence[tuple[int, int]]) -> int | None:
    """Choose the year a sentence gives a figure: the next behind it, else one that leads it."""
    first, last = claim.span
    changed = claim.kind == "change"
    usable = [y for y in years if not y.aside and not (changed and y.what[1])]
    limit = min((start for start, _ in others if start >= last), default=10**9)
    behind = [y for y in usable if last <= y.start < limit]
    if behind:
        return int(behind[0].what[0])
    pair = [y for y in usable if y.end <= first]
    if claim.kind == "level" and len(pair) == 2 and pair[0].what[1] and not pair[1].what[1]:
        return int(pair[_ordinal(claim, others)].what[0])
    lead = min([first, *(start for start, _ in others)])
    ahead = [y for y in usable if y.end <= lead]
    return int(ahead[-1].what[0]) if ahead else None


def _ordinal(claim: Claimed, others: Sequence[tuple[int, int]]) -> int:
    """Say whether a level is the first or the second of "from 33 to 49"."""
    return int(any(0 <= claim.span[0] - end <= 15 for _, end in others))


def mentions(text: str) -> list[Said]:
    """Find the countries a text speaks of.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    list
        Each with ``start``, ``end`` and ``what``: alpha-3 code, or ``several``.

    Examples
    --------
    >>> [m.what for m in mentions("41 % av svenska användare, 48 % för Danmark")]
    ['SWE', 'DNK']
    """
    return [
        Said(word.start(), word.end(), code)
        for word in WORD.finditer(text)
        if (code := _code(word[0]))
    ]


@cache
def _code(word: str) -> str:
    if is_among(word.lower(), drafting()["several"]["words"]):
        return SEVERAL
    for code, words in drafting()["countries"].items():
        if is_among(word.lower(), words):
            return str(code)
    if not word[0].isupper() or len(word) < 4:
        return ""
    known = _countries()
    return known.get(word.lower()) or known.get(word.lower().removesuffix("s"), "")


@cache
def _countries() -> dict[str, str]:
    """Names of one word, in the four languages, and the countries they mean."""
    return {
        name.lower(): code
        for lang in ("en", "da", "nb", "sv")
        for code, name in names.country_names(lang).items()
        if " " not in name
    }


def country_of(claim: Claimed, said: Sequence[Said], others: Sequence[tuple[int, int]]) -> str:
    """Choose the country a sentence gives a figure: the next behind it, else the last before."""
    limit = min((start for start, _ in others if start >= claim.span[1]), default=10**9)
    if claim.unit == "rank":
        # "18th of 36 countries in Europe" is still one country's place.
        said = [c for c in said if c.what != SEVERAL]
    behind = [c for c in said if claim.span[1] <= c.start < limit]
    ahead = [c for c in said if c.end <= claim.span[0]]
    taken = max((end for _, end in others if end <= claim.span[0]), default=0)
    # What stands between two figures and close behind the first belongs to the first.
    own = [c for c in ahead if c.start >= taken] if behind else ahead
    chosen = behind[:1] or own[-1:]
    return str(chosen[0].what) if chosen else ""
