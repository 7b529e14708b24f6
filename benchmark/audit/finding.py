"""What an audit finds, what it looked at, and what it could not look at."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

SEVERITIES: Final = ("error", "warning", "note")
"""From what must be mended to what is good to know."""

Facts = Mapping[str, Any]
Texts = Mapping[str, str]


@dataclass(frozen=True)
class Finding:
    """One thing an audit objects to.

    Attributes
    ----------
    check : str
        The check that found it.
    severity : str
        ``error`` (the figure or the registry is wrong, or a comparison would be misled),
        ``warning`` (unlikely; look at it) or ``note``.
    address : str
        Address of the figure, or ``kind.id`` of a registry entry.
    variant : str
        Which sentence of the check tells it.
    facts : mapping
        What stands in the sentence.
    row : int
        Row of the figures table; -1 where no one figure is meant.
    reason : mapping or None
        Why it is accepted, in every language; None while nobody has explained it.
    """

    check: str
    severity: str
    address: str
    variant: str
    facts: Facts = field(default_factory=dict)
    row: int = -1
    reason: Texts | None = None

    def what(self, lang: str = "en") -> str:
        """Say what is wrong.

        Parameters
        ----------
        lang : {"en", "da", "nb", "sv"}

        Returns
        -------
        str
        """
        from benchmark.audit.texts import told

        return told(self.check, f"what.{self.variant}", lang, self.facts)

    def expected(self, lang: str = "en") -> str:
        """Say what was expected instead."""
        from benchmark.audit.texts import told

        return told(self.check, f"expected.{self.variant}", lang, self.facts)

    def remedy(self, lang: str = "en") -> str:
        """Say what to do about it."""
        from benchmark.audit.texts import told

        return told(self.check, "remedy", lang, self.facts)

    def to_dict(self, lang: str = "en") -> dict[str, Any]:
        """Give the finding as plain data.

        Parameters
        ----------
        lang : {"en", "da", "nb", "sv"}
            Language of its sentences.

        Returns
        -------
        dict
        """
        return {
            "check": self.check,
            "severity": self.severity,
            "address": self.address,
            "row": None if self.row < 0 else self.row,
            "what": self.what(lang),
            "expected": self.expected(lang),
            "remedy": self.remedy(lang),
            "accepted": "" if self.reason is None else self.reason[lang],
        }


@dataclass(frozen=True)
class Unchecked:
    """Something a check could not look at, and why.

    Attributes
    ----------
    check : str
        The check.
    why : str
        Key of the sentence that gives the reason.
    count : int
        How many figures, series or entries.
    what : str
        Of what, where a name helps (a document, a source).
    """

    check: str
    why: str
    count: int
    what: str = ""


@dataclass(frozen=True)
class Outcome:
    """What one check did.

    Attributes
    ----------
    check : str
        The check.
    checked : int
        How many figures, series or entries it looked at.
    findings : tuple of Finding
        What it objects to.
    unchecked : tuple of Unchecked
        What it could not look at.
    """

    check: str
    checked: int
    findings: tuple[Finding, ...] = ()
    unchecked: tuple[Unchecked, ...] = ()
