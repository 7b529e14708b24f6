"""The amounts in a tokenised sentence: numbers with their units, before their role is known.

Each reader looks for one form of words at one token and gives an amount, or None. The words come
from the lexicon; the forms are the same in the four languages.
"""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Final

from benchmark.language.scan import HYPHENS, Amount, Scan

OUT_OF: Final = (2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 20, 100)
"""Denominators of "eight in ten"; "18 of 36" is no share of people."""


def amounts(scan: Scan) -> list[Amount]:
    """Read every amount of a sentence, from left to right.

    Parameters
    ----------
    scan : Scan
        The sentence.

    Returns
    -------
    list of Amount
        With their qualifiers and signs; they do not overlap.

    Examples
    --------
    >>> [(a.values, a.unit) for a in amounts(Scan.of("næsten hver fjerde, 6 procentpoint", "da"))]
    [((25.0,), 'percent'), ((6.0,), 'pp')]
    """
    found: list[Amount] = []
    i = 0
    while i < len(scan.tokens):
        amount = next((a for a in (read(scan, i) for read in READERS) if a is not None), None)
        if amount is None:
            i += 1
            continue
        found.append(_qualified(scan, amount, found[-1].last if found else 0))
        i = amount.last
    return found


def _qualified(scan: Scan, amount: Amount, floor: int) -> Amount:
    """Take in what stands before an amount: sign, qualifier, "a score of"."""
    i = amount.first
    before = scan.token(i - 1)
    signed = before is not None and before.text in ("+", *HYPHENS) and scan.tokens[i].glued
    if before is not None and signed and (not before.glued or scan.text(i - 2) in ("(", "[")):
        amount = replace(amount, first=i - 1, sign="up" if before.text == "+" else "down")
    found = scan.words.behind("qualifiers", scan.tokens, amount.first)
    if found is not None and found[1] >= floor:
        amount = replace(amount, first=found[1], qualifier=found[0])
    for unit, group in (("score", "units.score"), ("count", "number_of")):
        led = scan.words.behind(group, scan.tokens, amount.first)
        if led is not None and led[1] >= floor and amount.unit in ("bare", "points"):
            return replace(amount, first=led[1], unit=unit)
    return amount


def _factor(scan: Scan, i: int) -> Amount | None:
    """Read "doubled", "half as many"."""
    found = scan.words.ahead("factors", scan.tokens, i)
    if found is None or scan.text(found[1]) in HYPHENS:
        return None
    return Amount(i, found[1], (abs(found[0] - 1) * 100,), "factor", sign=_way(found[0]))


def _way(factor: float) -> str:
    return "up" if factor > 1 else "down"


def _half(scan: Scan, i: int) -> Amount | None:
    last = scan.after("half", i)
    previous = scan.words.behind("parts_of_time", scan.tokens, i)
    if last == i or previous or scan.text(last) in HYPHENS or _of_a_year(scan, last):
        return None
    if scan.after("not_half", last) > last or scan.after("multipliers", last) > last:
        return None
    return Amount(i, last, (50.0,), "percent", step=10.0)


def _every(scan: Scan, i: int) -> Amount | None:
    """Read "every fourth", "hver 5.", "varannan"."""
    last = scan.after("second", i)
    n = 2.0
    if last == i:
        start = scan.after("every", i)
        nth = scan.ordinal(start) if start > i else None
        if nth is None or nth.values[0] < 2:
            return None
        n, last = nth.values[0], nth.last
    if scan.after("not_quantities.times", last) > last:
        return Amount(i, last + 1, (n,), "time")
    return _part(i, last, 1.0, n)


def _fraction(scan: Scan, i: int) -> Amount | None:
    """Read "two thirds", "a quarter of", "en femtedel"."""
    article = scan.after("articles", i)
    count = scan.cardinal(i)
    start = count.last if count else article
    p = count.values[0] if count else 1.0
    noun = start + (start > i and scan.text(start) in HYPHENS)
    found = scan.words.ahead("fractions", scan.tokens, noun)
    if found is None or not p < found[0]:
        return None
    english = scan.words.lang == "en"
    # "A third of users" is a share; "a third country", "the third report" and "a quarter" are not.
    if english and not count and (start == i or not _of_something(scan, i, found[1])):
        return None
    if start == i and not scan.text(i).endswith("en"):
        return None
    return _part(i, found[1], p, found[0])


def _of_something(scan: Scan, first: int, last: int) -> bool:
    """Say whether "a third" is one of something, or by how much, or how much more."""
    by = scan.words.behind("link", scan.tokens, first) is not None
    return by or scan.after("of", last) > last or scan.after("after", last) > last


def _of_a_year(scan: Scan, last: int) -> bool:
    """Say whether "half" is followed by a year: half of 2023."""
    following = scan.token(scan.after("of", last))
    return following is not None and following.kind == "aside"


def _in_ten(scan: Scan, i: int) -> Amount | None:
    """Read "eight in ten", "1 ud af 4", "2/3"."""
    p = scan.cardinal(i)
    if p is None:
        return None
    slash = scan.text(p.last) == "/" and not p.spelled
    middle = p.last + 1 if slash else scan.after("out_of", p.last)
    q = scan.cardinal(middle) if middle > p.last else None
    if q is None or q.values[0] not in OUT_OF or not 0 < p.values[0] < q.values[0]:
        return None
    if p.values[0] % 1 or scan.text(q.last) == "/" or _unit(scan, q.last) != ("bare", q.last):
        return None
    return _part(i, q.last, p.values[0], q.values[0])


def _part(first: int, last: int, p: float, q: float) -> Amount:
    """Give p out of q as percent, with the coarseness of such words as its step.

    Halves and tenths are said of what rounds to ten percent, one in three, four or five of what
    rounds to five.
    """
    value = 100.0 * p / q
    step = {2.0: 10.0, 10.0: 5.0 if p == 1 else 10.0, 100.0: 1.0}.get(q, 5.0)
    return Amount(first, last, (value,), "percent", step=step, decimals=int(value % 1 > 0))


def _lead(scan: Scan, i: int) -> Amount | None:
    """Read "nr. 18", "plats 18 av 36 länder"."""
    start = scan.after("rank.leads", i)
    place = scan.cardinal(start) if start > i else None
    if place is None or place.values[0] % 1 or not 1 <= place.values[0] <= 300:
        return None
    if _unit(scan, place.last)[0] not in ("bare", "time") or scan.text(place.last) == "/":
        return None
    return _pool(scan, replace(place, first=i, unit="rank", last=place.last))


def _word(scan: Scan, i: int) -> Amount | None:
    """Read a place written as one word."""
    found = scan.words.ahead("rank.words", scan.tokens, i)
    return _pool(scan, Amount(i, found[1], (found[0],), "rank", spelled=True)) if found else None


def _ranked(scan: Scan, i: int) -> Amount | None:
    """Read "ranks 18 of 36"."""
    place = scan.cardinal(i) if scan.words.behind("rank.verbs", scan.tokens, i) else None
    if place is None or place.spelled or place.values[0] % 1 or scan.ordinal(i) is not None:
        return None
    bare = _unit(scan, place.last)[0] == "bare"
    return _pool(scan, replace(place, unit="rank")) if bare else None


def _place(scan: Scan, i: int) -> Amount | None:
    """Read "18. plass", "18th of 36"."""
    place = scan.ordinal(i)
    if place is None:
        return None
    if scan.after("not_quantities.times", place.last) > place.last:
        return replace(place, last=place.last + 1, unit="time")
    noun = place.last + (scan.text(place.last) == "-")
    last = scan.after("rank.nouns", noun)
    if last > noun:
        return _pool(scan, replace(place, last=last, unit="rank"))
    pooled = _pool(scan, place)
    return replace(pooled, unit="rank") if pooled.pool else pooled


def _pool(scan: Scan, place: Amount) -> Amount:
    """Take in the pool a place was reached in."""
    start = scan.after("rank.pools", place.last)
    size = scan.cardinal(start) if start > place.last else None
    if size is None or size.values[0] % 1 or size.values[0] < place.values[0]:
        return place
    last = scan.after("not_quantities.people", size.last)
    return replace(place, last=last, pool=int(size.values[0]))


def _number(scan: Scan, i: int) -> Amount | None:
    """Read a number, its multiplier and its unit, if any."""
    amount = scan.cardinal(i)
    if amount is None:
        return None
    amount = _to_hyphen(scan, amount)
    found = scan.words.ahead("multipliers", scan.tokens, amount.last)
    if found is not None:
        values = tuple(float(Decimal(repr(v)) * Decimal(repr(found[0]))) for v in amount.values)
        step = found[0] * 10.0**-amount.decimals
        amount = replace(amount, last=found[1], values=values, step=step, decimals=0, unit="count")
    unit, last = _unit(scan, amount.last)
    if unit != "bare":
        amount = replace(amount, last=last, unit=unit)
    return amount


def _to_hyphen(scan: Scan, amount: Amount) -> Amount:
    """Take in the upper end of a range such as 15-20."""
    i = amount.last
    hyphen = scan.token(i)
    if hyphen is None or hyphen.text not in HYPHENS or amount.spelled:
        return amount
    upper = scan.cardinal(i + 1)
    if upper is None or upper.spelled or upper.values[0] <= amount.values[0]:
        return amount
    values, decimals = (*amount.values, *upper.values), max(amount.decimals, upper.decimals)
    return replace(amount, last=upper.last, values=values, decimals=decimals)


def _unit(scan: Scan, i: int) -> tuple[str, int]:
    """Find the unit that follows a number: its name and its end."""
    hyphen = scan.token(i)
    start = i + 1 if hyphen is not None and hyphen.text == "-" and hyphen.glued else i
    found = scan.words.ahead("units", scan.tokens, start)
    if found is not None and found[0] != "score" and not (found[0] == "points" and start > i):
        return found
    for unit, group in (("time", "not_quantities.times"), ("places", "rank.steps")):
        last = scan.after(group, start)
        if last > start:
            return unit, last
    return "bare", i


Reader = Callable[[Scan, int], Amount | None]

READERS: Final[tuple[Reader, ...]] = (
    _factor,
    _half,
    _every,
    _fraction,
    _lead,
    _ranked,
    _in_ten,
    _word,
    _place,
    _number,
)
"""Tried in this order at each token; the first that reads something wins."""
