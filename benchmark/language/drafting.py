"""Figures in running text, proposed for a person to review: what is printed, and what it is of.

The amounts are those of `read_claims`. What stands around them, the year, the country, whether it
is a target, is guessed from the same sentence and left empty where the sentence does not say it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from benchmark.language.around import WORD, country_of, is_among, mentions, year_of, years_in
from benchmark.language.claimed import Claimed
from benchmark.language.data import drafting
from benchmark.language.reading import read_claims
from benchmark.language.tokens import LITERAL, literal

_STOP: Final = re.compile(r"(?<=[.!?])[\"”»’)]*\s+(?=[\"”«“‘(]*[A-ZÆØÅÄÖ0-9])")
_SHORT: Final = re.compile(
    r"(?:\b(?:pct|ca|nr|bl\.a|f\.eks|mio|mia|mill|mrd|kl|no|approx|e\.g|i\.e|t\.ex|bl\.a|dvs|jf|st"
    r"|resp|inkl|ekskl|vs|fig|tab|p)|(?<![\d.,])\d{1,2})\.[\"”»’)]*\s+$",
    re.IGNORECASE,
)
SMALLEST_COUNT: Final = 100
"""A smaller number that counts something unknown ("three reasons") is no published figure."""


@dataclass(frozen=True)
class Drafted:
    """A figure as a text prints it, with what may be guessed of it.

    Attributes
    ----------
    value : float
        As printed [unit].
    low : float or None
        The lower end, where the text gives a range.
    unit : str
        percent, pp, rel_change_percent, rank, count or score.
    unit_mult : int
        Power of ten the value is printed in: 6 for "200 million".
    decimals : int
        As printed.
    qualifier : str
        exact, about, almost, over or up_to.
    role : str
        level, change, rank, count, n (respondents), pool (countries asked or ranked) or target.
    sense : str
        up or down where the text says so.
    pool : int or None
        Countries a rank is among.
    year : int or None
        Year the sentence gives it.
    country : str
        Country the sentence names; ``several`` where it speaks of more than one; else empty.
    words : str
        The words it was read from.
    sentence : str
        The sentence.
    start : int
        Place of the words in the text.
    """

    value: float
    unit: str
    role: str
    low: float | None = None
    unit_mult: int = 0
    decimals: int = 0
    qualifier: str = "exact"
    sense: str = ""
    pool: int | None = None
    year: int | None = None
    country: str = ""
    words: str = ""
    sentence: str = ""
    start: int = 0


def drafted(text: str, lang: str) -> list[Drafted]:
    """Propose the figures of a text.

    Parameters
    ----------
    text : str
        A paragraph.
    lang : {"en", "da", "nb", "sv"}
        Its language.

    Returns
    -------
    list of Drafted
        In the order of the text; small counts, amounts of money, dates and the like are left out.

    Examples
    --------
    >>> found = drafted("Andelen faldt fra 24 procent i 2022 til 18 procent i 2024.", "da")
    >>> [(f.value, f.unit, f.role, f.year) for f in found]
    [(24.0, 'percent', 'level', 2022), (18.0, 'percent', 'level', 2024)]
    >>> [(f.value, f.country, f.pool) for f in drafted("Norge er nr. 18 av 36 land.", "nb")]
    [(18.0, 'NOR', 36)]
    """
    claims = [part for claim in read_claims(text, lang) for part in _parts(claim, lang)]
    sentences = list(_sentences(text))
    countries, years = mentions(text), years_in(text, lang)
    found = []
    for place, claim in enumerate(claims):
        if not _published(text, claim, lang):
            continue
        first, last = next(s for s in sentences if s[0] <= claim.span[0] < s[1])
        around = [other.span for k, other in enumerate(claims) if k != place]
        near = [span for span in around if first <= span[0] < last]
        figure = _figure(claim, lang)
        found.append(
            replace(
                figure,
                role=_role(text[first:last], text, claim, lang),
                year=year_of(claim, [y for y in years if first <= y.start < last], near),
                country=country_of(claim, [c for c in countries if first <= c.start < last], near),
                sentence=text[first:last].strip(),
            )
        )
    return found


def _parts(claim: Claimed, lang: str) -> Iterator[Claimed]:
    """Part "from A to B" into its two levels; each keeps its own words where they can be told."""
    if claim.kind != "from_to":
        yield claim
        return
    places = [_printed(claim.words, value, lang) for value in claim.values]
    if None in places or places[0] == places[1]:
        yield from (replace(claim, values=(value,), kind="level") for value in claim.values)
        return
    (_, end), (start, _) = (place or (0, 0) for place in places)
    for value, place, words in zip(
        claim.values, places, (claim.words[:start], claim.words[end:]), strict=True
    ):
        alone = [c.qualifier for c in read_claims(words, lang) if value in c.values]
        left, right = place or (0, 0)
        span = (claim.span[0] + left, claim.span[0] + right)
        qualifier = alone[0] if alone else "exact"
        yield replace(claim, values=(value,), kind="level", span=span, qualifier=qualifier)


def _printed(words: str, value: float, lang: str) -> tuple[int, int] | None:
    """Find where a number is printed in digits."""
    for match in re.finditer(LITERAL, words):
        if abs(float(literal(match[0], lang)) - value) < 1e-9:
            return match.span()
    return None


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for stop in _STOP.finditer(text):
        if not _SHORT.search(text[max(start, stop.start() - 12) : stop.end()]):
            yield start, stop.end()
            start = stop.end()
    yield start, len(text) + 1


def _published(text: str, claim: Claimed, lang: str) -> bool:
    """Say whether an amount may be a published figure: no money, no small count of things."""
    if claim.unit != "count":
        return True
    behind = text[claim.span[1] : claim.span[1] + 30].lower()
    before = text[max(0, claim.span[0] - 5) : claim.span[0]].lower()
    money = drafting()[lang]["money"]
    if any(_begins(behind, word) or before.rstrip().endswith(word) for word in money):
        return False
    if not re.search(r"\d", claim.words):
        return claim.value >= 1000
    return claim.value >= SMALLEST_COUNT or _noun(text, claim, lang) != ""


def _begins(text: str, word: str) -> bool:
    return re.match(rf"[\s.]*{re.escape(word)}(?!\w)", text) is not None


def _noun(text: str, claim: Claimed, lang: str) -> str:
    """Say what a count is of: n for people who answered, pool for countries; else nothing."""
    words = WORD.findall(text[claim.span[1] : claim.span[1] + 60].lower())[:3]
    led = re.search(r"\bn\s*=\s*$", text[: claim.span[0]], re.IGNORECASE) or "n =" in claim.words
    for role, group in (("n", "respondents"), ("pool", "pools")):
        if any(is_among(word, drafting()[lang][group]) for word in words):
            return role
    return "n" if led else ""


def _figure(claim: Claimed, lang: str) -> Drafted:
    value, mult, decimals = claim.value, 0, claim.decimals
    printed = re.search(LITERAL, claim.words)
    if claim.unit == "count" and printed is not None:
        number = literal(printed[0], lang)
        factor = round(value / float(number)) if number else 1
        if factor >= 1000 and str(factor).strip("0") == "1":
            value, mult = float(number), len(str(factor)) - 1
            decimals = max(0, -int(number.as_tuple().exponent))
    return Drafted(
        value=value,
        unit=claim.unit,
        role="level",
        low=claim.values[0] if len(claim.values) == 2 else None,
        unit_mult=mult,
        decimals=decimals,
        qualifier=claim.qualifier,
        sense=claim.sense or "",
        pool=claim.pool,
        words=claim.words,
        start=claim.span[0],
    )


def _role(sentence: str, text: str, claim: Claimed, lang: str) -> str:
    if claim.kind == "change":
        return "change"
    if claim.unit == "rank":
        return "rank"
    if claim.unit == "count":
        return _noun(text, claim, lang) or "count"
    words = drafting()[lang]["targets"]
    goal = any(re.search(_phrase(word), sentence, re.IGNORECASE) for word in words)
    return "target" if goal else "level"


@cache
def _phrase(word: str) -> str:
    body = re.escape(word.removesuffix("*")).replace(r"\ ", r"\s+")
    return rf"\b{body}" if word.endswith("*") else rf"\b{body}(?!\w)"
