"""A sentence checked against two figures."""

from dataclasses import dataclass, replace
from html import escape
from typing import TYPE_CHECKING, Any

from benchmark.claims.case import Case
from benchmark.claims.hold import Held, Verdict, hold
from benchmark.claims.said import Name, Reason, bullet_list, reason
from benchmark.claims.sides import Meta, change_of, sides_of, valueless
from benchmark.language import Claimed, read_claims, typeset
from benchmark.language.data import dictionary

if TYPE_CHECKING:
    from benchmark.rules import Comparison, Thresholds
    from benchmark.rules.finding import Labels


@dataclass(frozen=True, eq=False)
class Check:
    """What a sentence claims, held against figures.

    Attributes
    ----------
    claim : str
        The sentence.
    quantities : tuple of Held
        Each quantity with its verdict, reasons, and claimed and allowed interval.
    comparison : Comparison or None
        The two figures as a pair; None for a single figure.
    general : tuple of Reason
        Reasons that are not about one quantity.
    """

    claim: str
    quantities: tuple[Held, ...]
    comparison: "Comparison | None" = None
    general: tuple[Reason, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """The worst that is decided: one unsupported quantity makes the sentence so.

        A quantity the figures say nothing about does not count where another can be checked.
        """
        verdicts = [held.verdict for held in self.quantities]
        if "not_supported" in verdicts:
            return "not_supported"
        return "consistent" if "consistent" in verdicts else "cannot_be_checked"

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Every reason, in the order of the sentence."""
        return (*self.general, *(r for held in self.quantities for r in held.reasons))

    def text(self, lang: str = "en") -> str:
        """Write the check for a reader.

        Parameters
        ----------
        lang : {"en", "da", "nb", "sv"}
            The language.

        Returns
        -------
        str
            The sentence, the verdict, a line for each reason and the comparison with its notes.
        """
        lines = [self._quoted(lang), self._verdict(lang)]
        lines += [f"- {one.text(lang)}" for one in self.reasons]
        if self.comparison is not None:
            lines += ["", self._word("together", lang), self.comparison.text(lang)]
        return "\n".join(lines)

    def to_dict(self, lang: str = "en") -> dict[str, Any]:
        """Give the check as plain data.

        Parameters
        ----------
        lang : {"en", "da", "nb", "sv"}
            Language of the texts.

        Returns
        -------
        dict
            claim, verdict, reasons, quantities, comparison.
        """
        return {
            "claim": self.claim,
            "verdict": self.verdict,
            "reasons": [{"code": one.code, "text": one.text(lang)} for one in self.reasons],
            "quantities": [held.to_dict(lang) for held in self.quantities],
            "comparison": None if self.comparison is None else self.comparison.to_dict(lang),
        }

    def _quoted(self, lang: str) -> str:
        return self._word("quote", lang).format(" ".join(self.claim.split()))

    def _verdict(self, lang: str) -> str:
        return self._word("verdict", lang).format(self._word(self.verdict, lang))

    @staticmethod
    def _word(key: str, lang: str) -> str:
        return str(dictionary(lang)["check"][key])

    def html(self, lang: str = "en") -> str:
        """Write the check as a piece of HTML that needs nothing else.

        Parameters
        ----------
        lang : {"en", "da", "nb", "sv"}
            The language.

        Returns
        -------
        str
            One section element.
        """
        reasons = bullet_list([typeset(one.text(lang)) for one in self.reasons])
        together = ""
        if self.comparison is not None:
            heading = escape(self._word("together", lang))
            together = f"<p>{heading}</p>{self.comparison.html(lang)}"
        return (
            f'<section lang="{lang}"><p>{escape(self._quoted(lang))}</p>'
            f"<p><strong>{escape(self._verdict(lang))}</strong></p>{reasons}{together}</section>"
        )

    def _repr_html_(self) -> str:
        return self.html()

    def __str__(self) -> str:
        """Give the check in English."""
        return self.text("en")

    def __repr__(self) -> str:
        """Name claim and verdict."""
        return f"Check({self.claim!r}: {self.verdict})"


def check(
    a: Meta,
    b: Meta | None,
    claim: str | Meta,
    lang: str | None = None,
    config: "Thresholds | None" = None,
    labels: "Labels | None" = None,
) -> Check:
    """Check what a sentence says of one figure or of two.

    Parameters
    ----------
    a, b : Mapping
        Comparability metadata of the figures, as for `compare`; b may be None where the sentence
        states a level. Two figures of one series are put in the order of time. Of two countries
        the sentence is taken to speak of the one it names first, else of a against b.
    claim : str or Mapping
        A sentence in one of the four languages, or a claim with the keys value, unit, qualifier,
        sense, step and about.
    lang : {"en", "da", "nb", "sv"}, optional
        Language of the sentence; recognised by default.
    config : Thresholds, optional
        Thresholds of the rules.
    labels : Mapping, optional
        Titles by language of ids that the comparison's texts mention.

    Returns
    -------
    Check
        Verdict, reasons and comparison.

    Raises
    ------
    BenchmarkError
        If the metadata or the claim cannot be read.

    Examples
    --------
    >>> help_needed = {"country": "DNK", "concept": "help.need", "unit": "percent"}
    >>> a = help_needed | {"period": "2022", "value": 24}
    >>> b = help_needed | {"period": "2024", "value": 18}
    >>> check(a, b, "The share fell by almost 6 percentage points").verdict
    'consistent'
    >>> print(check(a, b, "The share fell by 6 percent").reasons[0])
    “6 percent” takes percent for percentage points: from 24% (Denmark 2022) to 18% (Denmark \
2024) is -6 percentage points, or -25.0% in relative terms. Write “6 percentage points”.
    """
    from benchmark.rules import compare

    given = [_bare(meta) for meta in (a, b) if meta is not None]
    # A single figure is compared with itself: what cannot be read raises as it would in a pair.
    pair = compare(given[0], given[-1], config, labels)
    metas, comparison = ([pair.a, pair.b], pair) if len(given) == 2 else ([pair.a], None)
    sentence, quantities = _read(claim, lang, config)
    sides = sides_of(metas)
    if not quantities or len(sides) < len(metas):
        general = [] if quantities else [reason("no_quantity")]
        general += [reason("no_value", figure=Name(side)) for side in valueless(metas)]
        return Check(sentence, (), comparison, tuple(general))
    spoken = quantities[0].language
    change = change_of(sides, sentence, spoken, comparison)
    case = Case(sides, change, comparison, sentence, spoken)
    return Check(sentence, tuple(_held(q, case, sentence) for q in quantities), comparison)


def _bare(meta: Meta) -> dict[str, Any]:
    """Leave out a claim the figure carries itself: it is not the one that is checked."""
    return {key: value for key, value in meta.items() if key != "claim"}


def _read(
    claim: str | Meta, lang: str | None, config: "Thresholds | None"
) -> tuple[str, list[Claimed]]:
    if isinstance(claim, str):
        return claim, read_claims(claim, lang)
    from benchmark.rules import Thresholds
    from benchmark.rules.claim import Claim
    from benchmark.rules.values import digits

    stated = Claim.read(claim)
    covered = stated.interval(config or Thresholds())
    ends = 2 if stated.qualifier in ("exact", "about") else 1
    quantity = Claimed(
        values=(float(stated.value),),
        unit=stated.unit,
        kind="change",
        step=float(covered.high - covered.low) * 2 / ends,
        qualifier=stated.qualifier,
        sense=stated.sense,
        about=stated.about,
        decimals=digits(float(stated.value)) if stated.value % 1 else 0,
    )
    said = quantity.text(lang or "en")
    return said, [replace(quantity, words=said, language=lang or "en")]


def _held(quantity: Claimed, case: Case, sentence: str) -> Held:
    """Hold a quantity in the reading that fits it, where the words leave two."""
    held = hold(quantity, case)
    other = _other_reading(quantity, case, sentence)
    if other is None or (held.verdict == "consistent" and quantity.qualifier == "exact"):
        return held
    otherwise = hold(other, case)
    if held.verdict == "consistent" and otherwise.verdict != "consistent":
        return held
    return otherwise


def _other_reading(quantity: Claimed, case: Case, sentence: str) -> Claimed | None:
    """Read a mere "almost 50 percent" beside two figures as their change, and points as a score."""
    two, kinds = len(case.sides) == 2, {side.kind for side in case.sides}
    if quantity.unit == "pp" and quantity.sense is None and kinds == {"score"}:
        return replace(quantity, unit="score", kind="level")
    fragment = quantity.words.strip(" .") == sentence.strip(" .")
    numeral = any(letter.isdigit() for letter in quantity.words)
    plain = (quantity.unit, quantity.kind) == ("percent", "level")
    if not (two and fragment and numeral and plain):
        return None
    tens = quantity.value % 10 == 0 and not quantity.decimals
    return replace(
        quantity,
        unit="rel_change_percent",
        kind="change",
        about=None,
        ambiguous=True,
        bound="",
        step=10.0 if tens else quantity.step,
    )
