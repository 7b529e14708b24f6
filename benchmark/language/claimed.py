"""A quantity as a sentence states it."""

from dataclasses import dataclass

from benchmark.language.data import dictionary
from benchmark.language.formatting import number, ordinal_rank, percent

_BOUND_SAID = {
    "above": "more_than",
    "at_least": "at_least",
    "below": "less_than",
    "at_most": "at_most",
}
LEVELS = ("level", "to", "from", "from_to")
"""Kinds of quantity that state the level of a figure."""


@dataclass(frozen=True)
class Claimed:
    """One quantity of a sentence: what is claimed, and how it was said.

    Attributes
    ----------
    values : tuple of float
        The number [unit], or two for "from A to B" and "between A and B".
    unit : str
        ``percent`` (a level), ``pp`` (percentage points or points), ``rel_change_percent``,
        ``rank`` (a place, or places moved), ``count`` or ``score``.
    kind : str
        ``level``; ``change``; ``to`` and ``from`` for a level that a change leads to or starts
        from; ``from_to``; ``range``.
    step : float
        What the number is taken to be rounded to [unit].
    qualifier : str
        exact, about, almost, over or up_to.
    bound : str
        ``above``, ``at_least``, ``below`` or ``at_most`` where the words state only a limit;
        else empty.
    sense : str or None
        ``up`` or ``down`` where the sentence says so; of a rank, up is towards first place.
    about : str or None
        ``share`` or ``count`` where the sentence says what changed.
    ambiguous : bool
        True of a change in percent that may be meant as percentage points.
    pool : int or None
        Countries a rank is said to be among.
    decimals : int
        Digits after the decimal mark.
    words : str
        The words it was read from.
    span : tuple of int
        Their place in the sentence.
    language : str
        The language they were read in.
    """

    values: tuple[float, ...]
    unit: str
    kind: str
    step: float
    qualifier: str = "exact"
    bound: str = ""
    sense: str | None = None
    about: str | None = None
    ambiguous: bool = False
    pool: int | None = None
    decimals: int = 0
    words: str = ""
    span: tuple[int, int] = (0, 0)
    language: str = "en"

    @property
    def value(self) -> float:
        """The number claimed [unit]; the later or higher of two."""
        return self.values[-1]

    def text(self, lang: str | None = None) -> str:
        """Say the quantity in a language.

        Parameters
        ----------
        lang : {"en", "da", "nb", "sv"}, optional
            The language, by default the one it was read in.

        Returns
        -------
        str
            A phrase that reads back as the same quantity.

        Examples
        --------
        >>> fall = Claimed((6.0,), "pp", "change", 1.0, "almost", sense="down", about="share")
        >>> fall.text("en"), fall.text("da")
        ('a fall of almost 6 percentage points', 'et fald på næsten 6 procentpoint')
        """
        lang = lang or self.language
        say = dictionary(lang)["say"]
        amounts = [self._amount(value, lang) for value in self.values]
        if len(amounts) == 2:
            if self.unit in ("score", "count"):
                amounts = [str(say[self.unit]).format(amount) for amount in amounts]
            # The pool is said once, after the second place.
            if self.unit == "rank":
                amounts[0] = ordinal_rank(self.values[0], None, lang)
            return str(say[self.kind]).format(*amounts)
        said = self._qualified(amounts[0], lang)
        if self.kind == "from":
            return str(say["from"]).format(said)
        if self.kind == "change" and self.sense is not None:
            key = f"places_{self.sense}" if self.unit == "rank" else self.sense
            return str(say[key]).format(said)
        return said

    def _qualified(self, amount: str, lang: str) -> str:
        key = _BOUND_SAID.get(self.bound, self.qualifier)
        if key == "over" and self.kind != "change":
            key = "just_over"
        say = dictionary(lang)["say"]
        told = str(say.get(key, "{}")).format(amount)
        return str(say[self.unit]).format(told) if self.unit in ("score", "count") else told

    def _amount(self, value: float, lang: str) -> str:
        say = dictionary(lang)["say"]
        digits = number(value, lang, self.decimals)
        match self.unit:
            case "percent":
                return percent(value, lang, self.decimals)
            case "rel_change_percent":
                return str(say["relative"]).format(percent(value, lang, self.decimals))
            case "rank" if self.kind == "change":
                return str(say["place_one" if value == 1 else "places"]).format(digits)
            case "rank":
                return ordinal_rank(value, self.pool, lang)
            case "pp":
                return str(say["pp_one" if value == 1 else "pp"]).format(digits)
        return digits
