"""Figures and sentences brought together: values, order, and what is said of which figure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from benchmark.claims.case import Change
from benchmark.claims.said import Side
from benchmark.language import Claimed
from benchmark.language.data import dictionary

if TYPE_CHECKING:
    from benchmark.rules import Comparison

Meta = Mapping[str, Any]

_POSITIONS: Final = ("first", "second")
_NEAR: Final = 30
"""Letters between a number and the place or year it is said of."""


def sides_of(metas: Sequence[Meta]) -> tuple[Side, ...]:
    """Take the figures that have a value as a claim is held against them.

    Parameters
    ----------
    metas : sequence of Mapping
        One or two figures as `compare` understood them.

    Returns
    -------
    tuple of Side
        Shares in percent; two indices from 0 to 1 as printed, else from 0 to 100.
    """
    from benchmark.rules.values import FACTOR, UNIT_CLASS

    units = [str(meta.get("unit", "")) for meta in metas]
    native = all(unit == "index_0_1" for unit in units)
    sides = []
    for meta, unit, position in zip(metas, units, _POSITIONS, strict=False):
        if "value" in meta:
            factor = 1.0 if native else FACTOR.get(unit, 1.0)
            kind = UNIT_CLASS.get(unit, "other")
            whole = kind in ("rank", "count", "other")
            half = 0.0 if whole else 0.5 * 10.0 ** -int(meta["decimals"]) * factor
            value = round(float(meta["value"]) * factor, 10)
            sides.append(Side(meta, kind, value, half, position))
    return tuple(sides)


def valueless(metas: Sequence[Meta]) -> Iterator[Side]:
    """Give the figures that have no value to check anything against.

    Parameters
    ----------
    metas : sequence of Mapping
        One or two figures as `compare` understood them.

    Yields
    ------
    Side
        Only its name is of use.
    """
    for meta, position in zip(metas, _POSITIONS, strict=False):
        if "value" not in meta:
            yield Side(meta, "other", 0.0, 0.0, position)


def change_of(
    sides: tuple[Side, ...], sentence: str, lang: str, comparison: "Comparison | None"
) -> Change | None:
    """Put two figures in the order in which the sentence speaks of them.

    Parameters
    ----------
    sides : tuple of Side
        The figures.
    sentence : str
        The sentence.
    lang : {"en", "da", "nb", "sv"}
        Its language.
    comparison : Comparison or None
        The figures as a pair.

    Returns
    -------
    Change or None
        None for a single figure and for figures of different kinds.
    """
    if len(sides) < 2 or sides[0].kind != sides[1].kind or comparison is None:
        return None
    earlier, later = sides
    in_time = _in_time(sides)
    if in_time:
        from benchmark.periods import parse

        earlier, later = sorted(sides, key=lambda side: parse(str(side.meta["period"])).middle)
    elif _subject(sides, sentence, lang) == 0:
        earlier, later = later, earlier
    if any(f.rule == "C03" for f in comparison.findings):
        earlier = replace(earlier, value=100 - earlier.value)
    return Change(earlier, later, in_time)


def _in_time(sides: tuple[Side, ...]) -> bool:
    from benchmark.areas import code_of
    from benchmark.periods import parse

    a, b = (side.meta for side in sides)
    if not (a.get("period") and b.get("period") and a.get("concept") == b.get("concept")):
        return False
    countries = {code_of(str(meta.get("country"))) or meta.get("country") for meta in (a, b)}
    middles = {parse(str(meta["period"])).middle for meta in (a, b)}
    return len(countries) == 1 and countries != {None} and len(middles) == 2


def _subject(sides: tuple[Side, ...], sentence: str, lang: str) -> int:
    """Find the figure that the sentence speaks of: that of the country it names first.

    Without a name it is the first of two countries, and the second figure of one country.
    """
    names = [_country(side, lang) for side in sides]
    places = {k: _find(name, sentence) for k, name in enumerate(names) if name}
    named = {k: place for k, place in places.items() if place >= 0}
    if len(set(names)) == 1:
        return 1
    return min(named, key=named.__getitem__, default=0)


def spoken_of(quantity: Claimed, sides: tuple[Side, ...], sentence: str, lang: str) -> Side | None:
    """Find the figure whose country or year stands right beside a quantity.

    Parameters
    ----------
    quantity : Claimed
        A level stated in the sentence.
    sides : tuple of Side
        The figures.
    sentence : str
        The sentence.
    lang : str
        Its language.

    Returns
    -------
    Side or None
        The only figure so named; None if none is, or several are.
    """
    start, end = quantity.span
    apart = "|".join(re.escape(word) for word in dictionary(lang)["check"]["apart"])
    border = rf"[.,;:!?()\n]|\b(?:{apart})\b"
    before = re.split(border, sentence[max(0, start - _NEAR) : start], flags=re.IGNORECASE)[-1]
    behind = re.split(border, sentence[end : end + _NEAR], flags=re.IGNORECASE)[0]
    for stretch in (behind, before):
        for label in (_country, _year):
            labels = [label(side, lang) for side in sides]
            named = [k for k, text in enumerate(labels) if text and _find(text, stretch) >= 0]
            if len(named) == 1 and len(set(labels)) == len(labels):
                return sides[named[0]]
    return None


def _country(side: Side, lang: str) -> str:
    from benchmark.areas import code_of, name

    code = code_of(str(side.meta.get("country", "")))
    return name(code, lang) if code else ""


def _year(side: Side, lang: str) -> str:
    years = set(re.findall(r"\d{4}", str(side.meta.get("period", ""))))
    return years.pop() if len(years) == 1 else ""


def _find(label: str, text: str) -> int:
    """Find a name at the start of a word; what follows may be an ending."""
    match = re.search(rf"(?<!\w){re.escape(label)}", text, re.IGNORECASE)
    return match.start() if match else -1
