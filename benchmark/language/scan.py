"""A sentence cut into tokens, and the plain numbers in it."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from benchmark.language.lexicon import Lexicon, lexicon
from benchmark.language.tokens import Token, literal, tokens

HYPHENS: Final = ("-", "–", "\u2212")


@dataclass(frozen=True)
class Amount:
    """A number and its unit, from token `first` up to but not including token `last`.

    The unit is that of a quantity, or ``bare`` (no unit), ``ordinal`` (a place in some order),
    ``places`` (moved), ``points`` (of a share or a score), ``factor`` or ``time``.
    """

    first: int
    last: int
    values: tuple[float, ...]
    unit: str
    step: float | None = None
    decimals: int = 0
    spelled: bool = False
    grouped: bool = False
    qualifier: str = "exact"
    sign: str = ""
    pool: int | None = None


@dataclass(frozen=True)
class Scan:
    """A sentence with its tokens and the lexicon they are read with."""

    sentence: str
    tokens: tuple[Token, ...]
    words: Lexicon

    @classmethod
    def of(cls, sentence: str, lang: str) -> "Scan":
        """Cut a sentence into tokens."""
        return cls(sentence, tokens(sentence, lang), lexicon(lang))

    def token(self, i: int) -> Token | None:
        """Give a token, or None past either end."""
        return self.tokens[i] if 0 <= i < len(self.tokens) else None

    def text(self, i: int) -> str:
        """Give the text of a token, empty past either end."""
        token = self.token(i)
        return token.text if token is not None else ""

    def after(self, group: str, i: int) -> int:
        """Give the end of a phrase of a group that begins here, else the same place."""
        found = self.words.ahead(group, self.tokens, i)
        return found[1] if found else i

    def cardinal(self, i: int) -> Amount | None:
        """Read a number in digits or in words."""
        token = self.token(i)
        if token is None:
            return None
        if token.kind == "number":
            value = literal(token.text, self.words.lang)
            decimals = _decimals(value)
            grouped = not token.text.isdigit() and not decimals
            return Amount(i, i + 1, (float(value),), "bare", decimals=decimals, grouped=grouped)
        found = self.words.ahead("cardinals", self.tokens, i)
        if found is None:
            return None
        whole = found[0] == int(found[0])
        return Amount(i, found[1], (found[0],), "bare", decimals=1 - whole, spelled=True)

    def ordinal(self, i: int) -> Amount | None:
        """Read a place in some order: 18th, 18., 18:e, eighteenth."""
        found = self.words.ahead("ordinals", self.tokens, i)
        if found is not None:
            return Amount(i, found[1], (found[0],), "ordinal", spelled=True)
        token = self.token(i)
        if token is None or not token.text.isdigit():
            return None
        last = self._ending(i + 1)
        return Amount(i, last, (float(token.text),), "ordinal") if last else None

    def _ending(self, i: int) -> int | None:
        """Find the end of what makes digits an ordinal."""
        if self.words.dotted:
            follows = self.token(i + 1)
            noun = self.after("rank.nouns", i + 1 + (self.text(i + 1) == "-")) > i + 1
            running = follows is not None and follows.kind == "word" and not follows.capital
            glued = self.text(i) == "." and self.tokens[i].glued
            return i + 1 if self.text(i) == "." and (noun or (glued and running)) else None
        for size in (1, 2):
            parts = self.tokens[i : i + size]
            ending = "".join(part.text for part in parts if part.glued)
            if len(parts) == size and ending in self.words.endings:
                return i + size
        return None


def _decimals(value: Decimal) -> int:
    return max(0, -int(value.as_tuple().exponent))
