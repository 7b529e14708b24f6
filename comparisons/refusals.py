"""Refusals that a reader understands without the manual, in every language."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from benchmark.errors import NoData, NotComparable
from comparisons.parts import Note
from comparisons.texts import Texts, each, text, texts

if TYPE_CHECKING:
    from benchmark.rules.alternatives import Alternative


class Spoken:
    """An error that can be told in every language."""

    texts: Texts

    def text(self, lang: str = "en") -> str:
        """Say it in one language."""
        return self.texts[lang]


class Absent(Spoken, NoData):
    """No figure answers, and why.

    Parameters
    ----------
    texts : mapping
        The message in each language.
    """

    def __init__(self, texts: Texts) -> None:
        self.texts = texts
        super().__init__(texts["en"])


class Refused(Spoken, NotComparable):
    """A comparator refuses, and says why, what may be compared instead and how to insist.

    Parameters
    ----------
    what : mapping
        The first sentence in each language.
    reasons : iterable of mapping
        A sentence each.
    alternatives : sequence of Alternative
        Pairs of figures that may be compared instead.
    insist : bool
        Whether an override would let it through.
    findings : sequence
        The findings behind the reasons.

    Examples
    --------
    >>> from comparisons.texts import same
    >>> refusal = Refused(same("Ranking refused."), [same("C30: break.")], insist=True)
    >>> print(refusal.text("sv"))
    Ranking refused.
    Skäl:
      - C30: break.
    Ska det igenom ändå, ange ett skäl (override="..."); det kommer att stå på allt som skrivs ut.
    """

    def __init__(
        self,
        what: Texts,
        reasons: Iterable[Texts] = (),
        alternatives: Sequence["Alternative"] = (),
        insist: bool = False,
        findings: Sequence[object] = (),
    ) -> None:
        told = tuple(reasons)
        self.texts = each(lambda lang: _message(what, told, alternatives, insist, lang))
        super().__init__(self.texts["en"], findings, [str(one) for one in alternatives])


def _message(
    what: Texts,
    reasons: tuple[Texts, ...],
    alternatives: Sequence["Alternative"],
    insist: bool,
    lang: str,
) -> str:
    lines = [what[lang]]
    for key, items in (
        ("reasons", [reason[lang] for reason in reasons]),
        ("alternatives", [one.text(lang) for one in alternatives]),
    ):
        if items:
            lines += [text(f"refusal.{key}", lang), *(f"  - {item}" for item in items)]
    if insist:
        lines.append(text("refusal.override", lang))
    return "\n".join(lines)


def refusal(key: str, **facts: object) -> Texts:
    """Write the first sentence of a refusal; see `refusal` in the texts."""
    return texts(f"refusal.{key}", **facts)


def reasons(notes: Iterable[Note]) -> list[Texts]:
    """Turn notes into the reasons of a refusal, with the sentences on single pairs."""
    return [_reason(note) for note in notes]


def _reason(note: Note) -> Texts:
    told = (note.texts, *note.details)
    return each(lambda lang: " ".join([f"{note.id}:", *(one[lang] for one in told)]))
