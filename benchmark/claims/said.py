"""What the reasons of a check speak of: figures, intervals and words, told in any language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from math import isfinite
from typing import Any, Protocol

from benchmark.claims.interval import Interval
from benchmark.language import Claimed, number, ordinal_rank, percent, term
from benchmark.language.data import dictionary


class Said(Protocol):
    """Anything that can be told in a language."""

    def text(self, lang: str) -> str:
        """Tell it."""


@dataclass(frozen=True)
class Side:
    """A figure as a claim is held against it.

    Attributes
    ----------
    meta : Mapping
        Its comparability metadata.
    kind : str
        Class of its unit: share, score, rank, count, net_points ...
    value, half : float
        The value and half a unit in its last digit [percent for shares, else its own unit].
    position : str
        ``first`` or ``second`` of the figures given.
    """

    meta: Mapping[str, Any]
    kind: str
    value: float
    half: float
    position: str

    @property
    def interval(self) -> Interval:
        """What the value stands for: half is rounded up, so the upper end is another value's."""
        return Interval(self.value - self.half, self.value + self.half, True, not self.half)

    @property
    def decimals(self) -> int:
        """Digits after the decimal mark that its rounding leaves."""
        return max(0, len(f"{2 * self.half:.10f}".rstrip("0").partition(".")[2]))

    def named(self, lang: str) -> str:
        """Name the figure by place and period, or by its position."""
        from benchmark import areas

        code = areas.code_of(str(self.meta.get("country", "")))
        parts = [
            str(self.meta.get("area") or ""),
            areas.name(code, lang) if code else str(self.meta.get("country") or ""),
            str(self.meta.get("period") or ""),
        ]
        stated = " ".join(part for part in parts if part)
        return stated or str(dictionary(lang)["check"][self.position])

    def text(self, lang: str) -> str:
        """Give the value and the name."""
        value = self._value(lang)
        return str(dictionary(lang)["check"]["figure"]).format(value=value, name=self.named(lang))

    def _value(self, lang: str) -> str:
        if self.kind == "share":
            return percent(self.value, lang, self.decimals)
        if self.kind == "rank":
            size = self.meta.get("pool_size")
            return ordinal_rank(self.value, None if size is None else int(size), lang)
        return number(self.value, lang, self.decimals)


@dataclass(frozen=True)
class Name:
    """A figure called by its name alone."""

    side: Side

    def text(self, lang: str) -> str:
        """Name it."""
        return self.side.named(lang)


@dataclass(frozen=True)
class Amount:
    """A change or a level with its unit; an interval is told by both ends."""

    ends: tuple[float, ...]
    unit: str

    def text(self, lang: str) -> str:
        """Tell it with as many digits as it needs, a relative change with one decimal."""
        words = dictionary(lang)["check"]
        finite = [end for end in self.ends if isfinite(end)]
        digits = [self._digits(end, lang) for end in finite]
        told = digits[0] if digits else "-"
        if len(digits) == 2 and digits[0] != digits[1]:
            told = str(words["span"]).format(*digits)
        told = self._with_unit(told, lang, abs(finite[-1]) if finite else 0.0)
        return str(words["open_span"]).format(told) if len(finite) < len(self.ends) else told

    def _digits(self, end: float, lang: str) -> str:
        if self.unit == "rel_change_percent":
            return number(end, lang, 1, sign=len(self.ends) == 1)
        return number(round(end, 6), lang, sign=len(self.ends) == 1 and self.unit == "pp")

    def _with_unit(self, told: str, lang: str, size: float) -> str:
        words = dictionary(lang)
        if self.unit in ("percent", "rel_change_percent"):
            return str(words["number"]["percent"]).format(told)
        if self.unit in ("pp", "places"):
            one = size == 1 and len(set(self.ends)) == 1
            key = {"pp": ("pp", "pp_one"), "places": ("places", "place_one")}[self.unit][one]
            return str(words["say"][key]).format(told)
        return f"{told} {term('difference.points', lang)}" if self.unit == "points" else told


@dataclass(frozen=True)
class Quote:
    """Words of the sentence, in its own language."""

    words: str

    def text(self, lang: str) -> str:
        """Put them in the language's quotation marks."""
        return str(dictionary(lang)["check"]["quote"]).format(self.words)


@dataclass(frozen=True)
class Word:
    """A word of the check's own vocabulary."""

    key: str

    def text(self, lang: str) -> str:
        """Look it up."""
        return str(dictionary(lang)["check"][self.key])


@dataclass(frozen=True)
class Count:
    """A whole number."""

    n: int

    def text(self, lang: str) -> str:
        """Write it."""
        return number(self.n, lang)


@dataclass(frozen=True)
class Several:
    """Several things, told one after the other."""

    parts: tuple[Said, ...]
    between: str = " "

    def text(self, lang: str) -> str:
        """Tell them."""
        return self.between.join(part.text(lang) for part in self.parts)


@dataclass(frozen=True)
class Reason:
    """Why a quantity is or is not supported.

    Attributes
    ----------
    code : str
        Key of its text in `[reasons]` of the language files.
    facts : Mapping
        What the text mentions.
    """

    code: str
    facts: Mapping[str, Said]

    def text(self, lang: str = "en") -> str:
        """Write the reason in a language.

        Parameters
        ----------
        lang : {"en", "da", "nb", "sv"}
            The language.

        Returns
        -------
        str
            One or two sentences, plain text.
        """
        told = {key: fact.text(lang) for key, fact in self.facts.items()}
        text = str(dictionary(lang)["reasons"][self.code]).format(**told).strip()
        return text[0].upper() + text[1:]

    def __str__(self) -> str:
        """Give the reason in English."""
        return self.text("en")


def reason(code: str, quantity: Claimed | None = None, **facts: Said) -> Reason:
    """Make a reason about a quantity, which its text quotes.

    Parameters
    ----------
    code : str
        Key of the text.
    quantity : Claimed, optional
        What was claimed.
    **facts
        What else the text mentions.

    Returns
    -------
    Reason

    Examples
    --------
    >>> reason("needs_two", Claimed((6.0,), "pp", "change", 1.0, words="6 points")).text("en")
    '“6 points” is a change, and a change is checked against two figures.'
    """
    quoted: dict[str, Said] = {} if quantity is None else {"words": Quote(_words(quantity))}
    return Reason(code, quoted | facts)


def _words(quantity: Claimed) -> str:
    return " ".join(quantity.words.split()) or quantity.text()


def bullet_list(lines: Sequence[str]) -> str:
    """Set lines as an HTML list.

    Parameters
    ----------
    lines : sequence of str
        Plain text.

    Returns
    -------
    str
        The list, escaped.

    Examples
    --------
    >>> bullet_list(["a < b"])
    '<ul><li>a &lt; b</li></ul>'
    """
    return "<ul>" + "".join(f"<li>{escape(line)}</li>" for line in lines) + "</ul>"
