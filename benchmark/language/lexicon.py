"""The words with which one language writes quantities, indexed for reading."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from benchmark.language.data import dictionary

if TYPE_CHECKING:
    from benchmark.language.tokens import Token

_KEYED_BY_NUMBER: Final = ("factors", "multipliers", "cardinals", "ordinals", "fractions")
_NUMBER: Final = r"\d+(?:[.,]\d+)?"
_Phrases = dict[tuple[str, ...], Any]


class Lexicon:
    """Phrases of one language, by group, each with its meaning.

    Parameters
    ----------
    lang : {"en", "da", "nb", "sv"}
        The language.

    Attributes
    ----------
    lang : str
        The language.
    words : frozenset of str
        Every word that is known, by which a language is recognised.
    dates, times, ages, labels, laws, phones, unit_ahead : re.Pattern
        What holds digits and is no quantity, and what follows a number that is one.
    """

    def __init__(self, lang: str) -> None:
        reading = dictionary(lang)["reading"]
        self.lang = lang
        self.dotted: bool = reading["ordinal_dot"]
        self.endings: tuple[str, ...] = tuple(reading["ordinal_endings"])
        self._groups = {name: _phrases(entries) for name, entries in _entries(reading)}
        self._longest = {
            name: max(map(len, phrases), default=0) for name, phrases in self._groups.items()
        }
        self.words = frozenset(
            word for phrases in self._groups.values() for phrase in phrases for word in phrase
        )
        self._compile(reading)

    def has(self, group: str, word: str) -> bool:
        """Say whether one word is in a group."""
        return (word,) in self._groups[group]

    def ahead(self, group: str, tokens: Sequence["Token"], i: int) -> tuple[Any, int] | None:
        """Find the longest phrase of a group that begins at a token.

        Parameters
        ----------
        group : str
            Name of the group, such as ``units`` or ``rank.nouns``.
        tokens : sequence of Token
            The sentence.
        i : int
            The token.

        Returns
        -------
        tuple or None
            What the phrase means, and the token after it.
        """
        words: list[str] = []
        ends: list[int] = []
        while i < len(tokens) and len(words) < self._longest[group]:
            # A hyphen inside a phrase counts as a space: percentage-point, two-thirds.
            if not (words and tokens[i].text == "-" and tokens[i].glued):
                words.append(tokens[i].text)
                ends.append(i + 1)
            i += 1
        for size in range(len(words), 0, -1):
            phrase = tuple(words[:size])
            if phrase in self._groups[group]:
                return self._groups[group][phrase], ends[size - 1]
        return None

    def behind(self, group: str, tokens: Sequence["Token"], i: int) -> tuple[Any, int] | None:
        """Find the longest phrase of a group that ends just before a token.

        Parameters
        ----------
        group, tokens, i
            As for `ahead`.

        Returns
        -------
        tuple or None
            What the phrase means, and its first token.
        """
        for size in range(min(self._longest[group], i), 0, -1):
            phrase = tuple(token.text for token in tokens[i - size : i])
            if phrase in self._groups[group]:
                return self._groups[group][phrase], i - size
        return None

    def _compile(self, reading: Mapping[str, Any]) -> None:
        not_quantities = reading["not_quantities"]
        month, time, age, label, law, phone = (
            _any(not_quantities[key])
            for key in ("months", "times", "ages", "labels", "laws", "phones")
        )
        units, joining = reading["units"], _any([*reading["to"], *reading["and"], "-", "–"])
        counted = [*units["percent"], *units["pp"], *_flat(reading["multipliers"])]
        unit = rf"[\s-]*(?:{_any([*counted, *not_quantities['people']])})(?!\w)"
        number = rf"(?<![\d.,]){_NUMBER}(?:\s*(?:{joining})\s*{_NUMBER})?"
        after = rf"(?!{unit})(?![\d]|[.,]\d)"
        endings = _any(["st", "nd", "rd", "th", *self.endings])
        self.unit_ahead = _pattern(unit)
        self.dates = _pattern(
            rf"(?<![\d.,])\d{{1,2}}(?:\.|{endings})?\s+(?:of\s+)?(?:{month})\b\.?(?:\s+\d{{4}})?"
            rf"|\b(?:{month})\.?\s+\d{{1,2}}(?:(?:{endings})\b(?:,?\s+\d{{4}})?|,?\s+\d{{4}})"
        )
        self.times = _pattern(rf"{number}[\s-]*(?:{time})(?!\w)(?!\s*\0)")
        self.ages = _pattern(rf"\b(?:{age})\s+{number}{after}")
        self.labels = _pattern(rf"\b(?:{label})\.?\s+\d+(?:\.\d+)*{after}")
        self.laws = _pattern(rf"\b(?:{law})\s+(?:n[ro]\.?|nummer|number)?\s*\d+(?:/\d+)?{after}")
        self.phones = _pattern(rf"\b(?:{phone})\.?\s*:?\s*\+?\d[\d\s()-]{{4,}}\d{after}")


@cache
def lexicon(lang: str) -> Lexicon:
    """Load the lexicon of a language once.

    Parameters
    ----------
    lang : {"en", "da", "nb", "sv"}
        The language.

    Returns
    -------
    Lexicon

    Raises
    ------
    UnknownName
        If the language is not one of the four.
    """
    return Lexicon(lang)


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


def _any(phrases: Iterable[str]) -> str:
    longest_first = sorted(phrases, key=len, reverse=True)
    return "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in longest_first)


def _flat(table: Mapping[str, Sequence[str]]) -> list[str]:
    return [phrase for phrases in table.values() for phrase in phrases]


def _phrases(entries: Iterable[tuple[str, Any]]) -> _Phrases:
    return {tuple(phrase.split()): meaning for phrase, meaning in entries}


def _entries(reading: Mapping[str, Any]) -> Iterator[tuple[str, list[tuple[str, Any]]]]:
    """Give each group's phrases and meanings; a group inside a group is named after both."""
    for name, entry in reading.items():
        if name == "compounds" or isinstance(entry, bool):
            continue
        if isinstance(entry, list):
            yield name, [(phrase, True) for phrase in entry]
        else:
            yield name, _meanings(name, entry)
            yield from ((f"{name}.{key}", [(p, True) for p in v]) for key, v in entry.items())
    yield "cardinals", _meanings("cardinals", reading["cardinals"]) + _compounds(reading)
    yield "rank.words", _placings(reading)


def _meanings(name: str, table: Mapping[str, Sequence[str]]) -> list[tuple[str, Any]]:
    def meaning(key: str) -> Any:
        return float(key) if name in _KEYED_BY_NUMBER else key

    return [(phrase, meaning(key)) for key, phrases in table.items() for phrase in phrases]


def _compounds(reading: Mapping[str, Any]) -> list[tuple[str, float]]:
    """Build the numbers between the tens, 21 to 99."""
    words = reading["compounds"]
    value = dict(_meanings("cardinals", reading["cardinals"]))
    return [
        (pattern.format(ten=ten, one=one), value[ten] + value.get(one, 1.0))
        for pattern in words["patterns"]
        for ten in words["tens"]
        for one in words["ones"]
    ]


def _placings(reading: Mapping[str, Any]) -> list[tuple[str, float]]:
    """Build places written as one word, such as third place in the Scandinavian languages."""
    return [
        (ordinal + noun, value)
        for ordinal, value in _meanings("ordinals", reading["ordinals"])
        for noun in reading["rank"]["nouns"]
    ]
