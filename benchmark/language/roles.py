"""What part an amount plays in its sentence: a level, a change, a place, a count, or none."""

from dataclasses import replace
from typing import Final

from benchmark.language.claimed import LEVELS, Claimed
from benchmark.language.scan import Amount, Scan

REACH: Final = 7
"""Words between "risen" and the number it is said of."""
BREAKS: Final = frozenset(".,;:!?")
_UNIT_AGAIN: Final = {"rank": "rank", "pp": "percent", "percent": "percent", "score": "score"}
"""Unit of "from A to B" without a unit, after a quantity in another."""
NAMELESS: Final = ("bare", "ordinal")
"""Amounts without a unit."""
_QUALIFIERS: Final = {
    "just_over": ("over", ""),
    "over": ("over", "above"),
    "more_than": ("over", "above"),
    "at_least": ("over", "at_least"),
    "less_than": ("almost", "below"),
    "at_most": ("up_to", "at_most"),
}


def claimed(
    scan: Scan, amount: Amount, kind: str, taken: set[int], previous: Claimed | None
) -> Claimed | None:
    """Give an amount its role in the sentence; None if it is no quantity.

    Parameters
    ----------
    scan : Scan
        The sentence.
    amount : Amount
        The amount.
    kind : str
        ``from_to`` or ``range`` for a pair of amounts, else empty.
    taken : set of int
        Tokens that belong to amounts.
    previous : Claimed or None
        The quantity before, which this one may say again in another unit.
    """
    if previous is not None and (amount.unit, kind) == ("bare", "from_to"):
        amount = replace(amount, unit=_UNIT_AGAIN.get(previous.unit, "bare"))
    again = previous is not None and _again(scan, amount, previous)
    if previous is not None and again:
        relation, sense = "change", previous.sense
    else:
        relation, sense = _relation(scan, amount, taken)
    sense = amount.sign or sense
    unit, kind = _role(scan, amount, kind, relation, sense)
    if not unit:
        return None
    qualifier, bound = _QUALIFIERS.get(amount.qualifier, (amount.qualifier, ""))
    # A change "over 5 points" is near 5; "over half of users" is any majority.
    if amount.qualifier == "over" and kind == "change":
        bound = ""
    about = _about(scan, amount, unit)
    span = (scan.tokens[amount.first].start, scan.tokens[amount.last - 1].end)
    return Claimed(
        values=amount.values,
        unit=unit,
        kind=kind,
        step=_step(amount, unit, qualifier),
        qualifier=qualifier,
        bound=bound,
        sense=sense,
        about=about,
        ambiguous=unit == "rel_change_percent" and not (again or _plain(scan, amount)),
        pool=amount.pool,
        decimals=amount.decimals,
        words=scan.sentence[slice(*span)],
        span=span,
        language=scan.words.lang,
    )


def _again(scan: Scan, amount: Amount, previous: Claimed) -> bool:
    """Say whether a change is said again: 16 percentage points, or 48.5 percent."""
    if previous.kind != "change" or amount.unit not in ("percent", "pp"):
        return False
    start = next(i for i, t in enumerate(scan.tokens) if t.end >= previous.span[1]) + 1
    opening = scan.text(start)
    start += opening in (",", "(")
    restated = scan.after("again", start)
    return amount.first == restated and (restated > start or opening == "(")


def _relation(scan: Scan, amount: Amount, taken: set[int]) -> tuple[str, str | None]:
    """Find what ties an amount to a word of change: change, to, from, or nothing; and its sense."""
    after = scan.words.ahead("after", scan.tokens, amount.last)
    if after is None and amount.unit in ("pp", "points"):
        after = scan.words.ahead("beside", scan.tokens, amount.last)
    counted = scan.after("about.counted", amount.last) > amount.last
    if after is not None and (counted or amount.unit in ("percent", "pp", "points", "places")):
        return "change", after[0]
    for end in range(amount.first, max(amount.first - REACH, 0), -1):
        cue = scan.words.behind("sense", scan.tokens, end)
        if cue is not None and not taken & set(range(cue[1], end)):
            return _tie(scan, amount, end), cue[0]
        if end - 1 in taken or scan.text(end - 1) in BREAKS:
            break
    return "", None


def _tie(scan: Scan, amount: Amount, end: int) -> str:
    """Say how the words between a word of change and an amount tie the two."""
    for group in ("to", "from"):
        found = scan.words.behind(group, scan.tokens, amount.first)
        if found is not None and found[1] >= end:
            return group
    linked = scan.words.behind("link", scan.tokens, amount.first)
    return "change" if end == amount.first or linked is not None else ""


def _role(
    scan: Scan, amount: Amount, kind: str, relation: str, sense: str | None
) -> tuple[str, str]:
    """Decide unit and kind; no unit if the amount is no quantity."""
    unit = amount.unit
    if unit in ("time", *NAMELESS):
        return _nameless(scan, amount, kind, relation)
    if unit == "places":
        return ("rank" if sense else "", "change")
    if unit == "factor":
        return "rel_change_percent", "change"
    if unit in ("pp", "points"):
        return "pp", kind or "change"
    if unit == "percent" and kind in ("", "range"):
        changed = relation == "change" or amount.sign
        if changed or scan.after("relative", amount.last) > amount.last:
            return "rel_change_percent", kind or "change"
    if unit == "count" and relation == "change" and not kind:
        return unit, "change"
    return unit, kind or (relation if relation in LEVELS else "level")


def _nameless(scan: Scan, amount: Amount, kind: str, relation: str) -> tuple[str, str]:
    """Decide on a number without a unit: a place, a score, a count, or none of these."""
    level = kind or (relation if relation in LEVELS else "level")
    if amount.unit == "ordinal":
        ranked = scan.words.behind("rank.verbs", scan.tokens, amount.first)
        if not ranked and not amount.spelled:
            ranked = scan.words.behind("rank.copulas", scan.tokens, amount.first)
        return ("rank" if ranked else "", level)
    if amount.unit == "bare" and _counts(scan, amount):
        return "count", "change" if relation == "change" and not kind else level
    return "", level


def _counts(scan: Scan, amount: Amount) -> bool:
    """Say whether a number without a unit counts something."""
    if amount.grouped or scan.after("about.counted", amount.last) > amount.last:
        return True
    previous, follower = scan.token(amount.first - 1), scan.token(amount.last)
    if amount.spelled and previous is not None and scan.words.has("definite", previous.text):
        return False
    if previous is not None and previous.capital and amount.first > 1:
        return False
    if follower is None or follower.kind != "word":
        return not amount.spelled and follower is None and amount.first == 0
    if scan.words.has("not_quantities.people", follower.text):
        return True
    noun = not follower.glued and not follower.capital
    return noun and not scan.words.has("markers", follower.text)


def _plain(scan: Scan, amount: Amount) -> bool:
    """Say whether a change in percent is plainly relative."""
    if amount.unit == "factor" or scan.after("about.counted", amount.last) > amount.last:
        return True
    start, end = _clause(scan, amount)
    return any(scan.after("relative", i) > i for i in range(start, end))


def _about(scan: Scan, amount: Amount, unit: str) -> str | None:
    """Find whether a share or a count is spoken of."""
    if unit in ("pp", "percent"):
        return None if amount.unit == "points" else "share"
    if unit == "count" or _many(scan, amount):
        return "count"
    if unit != "rel_change_percent":
        return None
    end = _clause(scan, amount)[1]
    for i in [*range(amount.first - 1, -1, -1), *range(amount.last, end)]:
        for about in ("share", "count"):
            if scan.after(f"about.{about}", i) > i:
                return about
    return None


def _many(scan: Scan, amount: Amount) -> bool:
    """Say whether the words count: 50 percent more users, twice as many."""
    if scan.after("about.counted", amount.last) > amount.last:
        return True
    inside = (token.text for token in scan.tokens[amount.first : amount.last])
    return any(scan.words.has("about.many", word) for word in inside)


def _clause(scan: Scan, amount: Amount) -> tuple[int, int]:
    """Give the first and last token of the sentence an amount stands in."""
    stops = [i for i, token in enumerate(scan.tokens) if token.text in ".;!?"]
    before = [i for i in stops if i < amount.first]
    behind = [i for i in stops if i >= amount.last]
    return (before[-1] + 1 if before else 0, behind[0] if behind else len(scan.tokens))


def _step(amount: Amount, unit: str, qualifier: str) -> float:
    """Find what a number is rounded to: [unit]."""
    value = amount.values[-1]
    if amount.step is not None:
        return amount.step
    if unit == "count":
        return _count_step(value, amount.decimals)
    tens = value % 10 == 0 and amount.decimals == 0
    if tens and (unit == "rel_change_percent" or (unit == "percent" and qualifier != "exact")):
        return 10.0
    return float(10.0**-amount.decimals)


def _count_step(value: float, decimals: int) -> float:
    """Take the zeros a count ends in as rounding, but keep two digits."""
    if decimals or value < 100:
        return float(10.0**-decimals)
    digits = str(int(value))
    zeros = len(digits) - len(digits.rstrip("0"))
    return float(10 ** min(zeros, len(digits) - 2))
