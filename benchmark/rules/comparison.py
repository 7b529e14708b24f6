"""Two figures compared: the verdict, its reasons, and what may be said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from benchmark.rules.columns import from_mappings
from benchmark.rules.config import Thresholds
from benchmark.rules.difference import Difference, difference
from benchmark.rules.engine import VERDICTS, judge
from benchmark.rules.finding import Finding, Labels
from benchmark.rules.pair import Pair, plain


@dataclass(frozen=True, repr=False)
class Comparison:
    """What comparing two figures gave.

    Attributes
    ----------
    verdict : str
        ``comparable``, ``caution`` or ``not_comparable``.
    findings : tuple of Finding
        Every rule that fired, in the order of the ids.
    difference : Difference or None
        What may be said of the distance; None where the figures are not comparable.
    a, b : Mapping
        The figures as they were understood: known keys, as plain data.
    config : Thresholds
        Where the rules drew their lines.
    alternatives : sequence
        Pairs that could be compared instead, where they were looked for.
    labels : Mapping
        Titles by language of ids that texts mention.
    """

    verdict: str
    findings: tuple[Finding, ...]
    difference: Difference | None
    a: Mapping[str, Any]
    b: Mapping[str, Any]
    config: Thresholds = field(default_factory=Thresholds)
    alternatives: Sequence[Any] = ()
    labels: Labels = field(default_factory=dict, compare=False)

    @property
    def rules(self) -> Mapping[str, str]:
        """Severity of every rule that fired, by id."""
        return {finding.rule: finding.severity for finding in self.findings}

    def sentence(self, lang: str = "en") -> str:
        """Say verdict, figures and, where allowed, the difference.

        Parameters
        ----------
        lang : str
            ``en``, ``da``, ``nb`` or ``sv``.

        Returns
        -------
        str
            One line of plain text.
        """
        from benchmark.rules.telling import difference_sentence, heading

        return f"{heading(self, lang)} {difference_sentence(self, lang)}"

    def text(self, lang: str = "en") -> str:
        """Write the whole comparison: sentence, reasons, alternatives, thresholds.

        Parameters
        ----------
        lang : str
            ``en``, ``da``, ``nb`` or ``sv``.

        Returns
        -------
        str
            Plain text of several lines.
        """
        from benchmark.rules.telling import as_text

        return as_text(self, lang)

    def html(self, lang: str = "en") -> str:
        """Write the whole comparison as a piece of HTML that needs nothing else.

        Parameters
        ----------
        lang : str
            ``en``, ``da``, ``nb`` or ``sv``.

        Returns
        -------
        str
            One section element.
        """
        from benchmark.rules.telling import as_html

        return as_html(self, lang)

    def to_dict(self, lang: str = "en") -> dict[str, Any]:
        """Give the comparison as plain data, ready for JSON.

        Parameters
        ----------
        lang : str
            Language of the texts in it.

        Returns
        -------
        dict
            verdict, sentence, difference, findings, a, b, thresholds, alternatives.
        """
        from benchmark.rules.telling import alternative_line

        return {
            "verdict": self.verdict,
            "sentence": self.sentence(lang),
            "difference": self.difference.to_dict() if self.difference else None,
            "findings": [finding.to_dict(lang) for finding in self.findings],
            "a": dict(self.a),
            "b": dict(self.b),
            "thresholds": dict(self.config.to_dict()),
            "alternatives": [alternative_line(one, lang) for one in self.alternatives],
        }

    def __str__(self) -> str:
        """Write the comparison in English."""
        return self.text()

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return self.html()


def compare(
    a: Mapping[str, object],
    b: Mapping[str, object],
    config: Thresholds | None = None,
    labels: Labels | None = None,
) -> Comparison:
    """Say whether two figures may be compared, why, and what may be said.

    Parameters
    ----------
    a, b : Mapping
        What is known of each figure; an absent key means unknown.
    config : Thresholds, optional
        Where the rules draw their lines.
    labels : Mapping, optional
        Titles by language of ids (concepts, programmes ...) that texts mention.

    Returns
    -------
    Comparison
        Verdict, findings, difference.

    Raises
    ------
    BenchmarkError
        If a mapping cannot be read; every offending key is named with what was expected.

    Examples
    --------
    >>> found = compare({"unit": "percent", "value": 24}, {"unit": "rank", "value": 24})
    >>> found.verdict, found.rules["C01"], found.difference
    ('not_comparable', 'N', None)
    """
    judgement = judge(from_mappings([a, b]), [0], [1], config)
    pair = judgement.pair(0)
    return Comparison(
        verdict=VERDICTS[judgement.verdict[0]],
        findings=judgement.findings(0, labels),
        difference=difference(pair),
        a=_understood(pair, 0),
        b=_understood(pair, 1),
        config=judgement.config,
        labels=labels or {},
    )


def _understood(pair: Pair, side: int) -> dict[str, Any]:
    return {key: plain(value) for key, value in pair.sides[side].items()}
