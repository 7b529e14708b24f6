"""Quantities read from sentences: which amounts are levels, changes, places and counts."""

import re
from dataclasses import replace
from typing import Final

from benchmark.errors import BenchmarkError
from benchmark.language.amounts import amounts
from benchmark.language.claimed import Claimed
from benchmark.language.lexicon import lexicon
from benchmark.language.roles import BREAKS, NAMELESS, REACH, claimed
from benchmark.language.scan import Amount, Scan
from benchmark.schema import LANGUAGES

_WORD: Final = re.compile(r"[^\W\d_]+")


def read_claims(sentence: str, lang: str | None = None) -> list[Claimed]:
    """Read every quantity of a sentence.

    Dates, years, ages, durations, telephone and section numbers are no quantities. A change in
    percent is read as a relative change and marked ambiguous unless the words make it plain.

    Parameters
    ----------
    sentence : str
        One sentence or several, in English, Danish, Norwegian bokmål or Swedish.
    lang : {"en", "da", "nb", "sv"}, optional
        Its language; by default it is recognised by its words.

    Returns
    -------
    list of Claimed
        The quantities, in the order of the sentence.

    Raises
    ------
    BenchmarkError
        If the language is not given and two languages would read different numbers.
    UnknownName
        If the language is not one of the four.

    Notes
    -----
    A number is taken to be rounded to its last digit; a relative change, and a level that is
    qualified ("almost 80 %"), that is divisible by ten is taken to be rounded to tens.

    Examples
    --------
    >>> [(q.value, q.unit, q.qualifier) for q in read_claims("faldet næsten 6 procentpoint")]
    [(6.0, 'pp', 'almost')]
    >>> [(q.values, q.unit) for q in read_claims("Norge gikk fra 16. til 18. plass i 2021")]
    [((16.0, 18.0), 'rank')]
    >>> read_claims("Ring 40 90 60 73 den 1. december 2012", "da")
    []
    """
    if lang is not None:
        return _read(sentence, lang)
    readings = {likely: _read(sentence, likely) for likely in _likely(sentence)}
    if len({_numbers(quantities) for quantities in readings.values()}) > 1:
        raise BenchmarkError(
            f"{sentence!r} reads differently in {' and '.join(readings)}: say which language it is"
        )
    return max(readings.values(), key=_understood)


def recognise(sentence: str) -> str:
    """Recognise the language of a sentence by its words.

    Parameters
    ----------
    sentence : str
        The sentence.

    Returns
    -------
    str
        The language with most known words; of several, the first of en, da, nb, sv.

    Examples
    --------
    >>> recognise("knap hver femte"), recognise("plats 18 av 36 länder")
    ('da', 'sv')
    """
    return _likely(sentence)[0]


def known_words(text: str) -> dict[str, int]:
    """Count the words of a text that each language knows.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    dict
        Language and count, in the order en, da, nb, sv.

    Examples
    --------
    >>> known_words("knap hver femte")["da"]
    3
    """
    words = _WORD.findall(text.lower())
    return {lang: sum(word in lexicon(lang).words for word in words) for lang in LANGUAGES}


def _likely(sentence: str) -> list[str]:
    known = known_words(sentence)
    return [lang for lang in LANGUAGES if known[lang] == max(known.values())]


def _numbers(quantities: list[Claimed]) -> tuple[tuple[float, ...], ...]:
    return tuple(q.values for q in quantities)


def _understood(quantities: list[Claimed]) -> int:
    """Count what a reading says of its numbers beyond their size."""
    return sum(
        (q.sense is not None)
        + (q.about is not None)
        + (q.kind != "level")
        + (q.qualifier != "exact")
        + bool(q.bound)
        for q in quantities
    )


def _read(sentence: str, lang: str) -> list[Claimed]:
    scan = Scan.of(sentence, lang)
    # "en", "et", "one" before a noun are articles more often than numbers.
    found = [a for a in amounts(scan) if not (a.unit == "bare" and a.spelled and a.values[0] <= 1)]
    merged = _merge(scan, _share_units(scan, found))
    taken = {i for amount, _ in merged for i in range(amount.first, amount.last)}
    claims: list[Claimed] = []
    for amount, kind in merged:
        claim = claimed(scan, amount, kind, taken, claims[-1] if claims else None)
        claims += [claim] if claim is not None else []
    return claims


def _share_units(scan: Scan, found: list[Amount]) -> list[Amount]:
    """Give a number the unit of the one it is listed with: 41, 48 and 34 percent."""
    listed = list(found)
    for i in range(len(found) - 2, -1, -1):
        a, b = listed[i], listed[i + 1]
        between = scan.tokens[a.last : b.first]
        if a.unit == "bare" and b.unit in ("percent", "pp", "score") and between:
            ands = [t for t in between if t.text == "," or scan.words.has("and", t.text)]
            listed[i] = replace(a, unit=b.unit) if len(ands) == len(between) else a
    for i in range(1, len(listed)):
        scored = listed[i - 1].unit == "score" and listed[i].unit == "bare"
        if scored and listed[i].decimals:
            listed[i] = replace(listed[i], unit="score")
    return listed


def _merge(scan: Scan, found: list[Amount]) -> list[tuple[Amount, str]]:
    """Join the two amounts of "from A to B" and "between A and B"."""
    merged: list[tuple[Amount, str]] = []
    i = 0
    while i < len(found):
        pair = _pair(scan, found[i], found[i + 1]) if i + 1 < len(found) else None
        merged.append(pair or (found[i], "range" if len(found[i].values) == 2 else ""))
        i += 2 if pair else 1
    return merged


def _pair(scan: Scan, a: Amount, b: Amount) -> tuple[Amount, str] | None:
    unit = _common_unit(a, b)
    if unit is None or len(a.values) + len(b.values) > 2:
        return None
    found = _from_to(scan, a, b) or _between(scan, a, b)
    if found is None:
        return None
    first, kind = found
    whole = replace(
        b,
        first=first,
        values=(*a.values, *b.values),
        unit=unit,
        decimals=max(a.decimals, b.decimals),
        qualifier=b.qualifier if b.qualifier != "exact" else a.qualifier,
    )
    return whole, kind


def _from_to(scan: Scan, a: Amount, b: Amount) -> tuple[int, str] | None:
    opened = scan.words.behind("from", scan.tokens, a.first)
    closed = scan.words.behind("to", scan.tokens, b.first)
    if not (opened and closed and a.last <= closed[1] <= a.last + REACH):
        return None
    filler = {token.text for token in scan.tokens[a.last : closed[1]]}
    return None if filler & (BREAKS - {","}) else (opened[1], "from_to")


def _between(scan: Scan, a: Amount, b: Amount) -> tuple[int, str] | None:
    """Read "between 70 and 80 percent" and "70 to 80 percent"."""
    opened = scan.words.behind("between", scan.tokens, a.first)
    closed = scan.words.behind("and", scan.tokens, b.first)
    if opened and closed and closed[1] == a.last:
        return opened[1], "range"
    until = scan.words.behind("to", scan.tokens, b.first)
    rising = a.unit == "bare" and not a.spelled and a.values[0] < b.values[0]
    return (a.first, "range") if until and until[1] == a.last and rising else None


def _common_unit(a: Amount, b: Amount) -> str | None:
    """Find the unit of two amounts where one may leave it out: from 33 to 49 percent."""
    if a.unit == b.unit == "ordinal":
        return "rank"
    if a.unit == b.unit:
        return a.unit
    nameless = [x.unit for x in (a, b) if x.unit in NAMELESS]
    named = [x.unit for x in (a, b) if x.unit not in NAMELESS]
    if len(nameless) == 2:
        return "rank"
    if len(nameless) == 1 and ("ordinal" not in nameless or named == ["rank"]):
        return named[0]
    return None
