"""What a rule found for one pair of figures."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Labels = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Finding:
    """One rule that fired.

    Attributes
    ----------
    rule : str
        ``C00`` to ``C44``.
    severity : str
        ``I`` note, ``C`` caution, ``N`` not comparable.
    statements : tuple of dict
        What there is to say, one entry a sentence, as plain data without any language.
    labels : Mapping
        Titles by language of ids that the sentences mention.
    """

    rule: str
    severity: str
    statements: tuple[dict[str, Any], ...]
    labels: Labels = field(default_factory=dict, repr=False, compare=False)

    @property
    def facts(self) -> dict[str, Any]:
        """The facts of the first sentence; those of further ones are under ``also``."""
        first, *further = self.statements
        return {**first, "also": further} if further else dict(first)

    @property
    def note(self) -> str:
        """The finding in English."""
        return self.text("en")

    def text(self, lang: str = "en") -> str:
        """Write the finding.

        Parameters
        ----------
        lang : str
            ``en``, ``da``, ``nb`` or ``sv``.

        Returns
        -------
        str
            One sentence or several, in plain text.
        """
        from benchmark.rules.texts import note

        return " ".join(note(self.rule, one, lang, self.labels) for one in self.statements)

    def to_dict(self, lang: str = "en") -> dict[str, Any]:
        """Give the finding as plain data.

        Parameters
        ----------
        lang : str
            Language of the note.

        Returns
        -------
        dict
            rule, severity, facts, note.
        """
        return {
            "rule": self.rule,
            "severity": self.severity,
            "facts": self.facts,
            "note": self.text(lang),
        }

    def __str__(self) -> str:
        """Rule, severity and English note on one line."""
        return f"{self.rule} {self.severity}: {self.note}"
