"""Rules explained: what each looks at, what it tests, how severe it is and where it comes from."""

from dataclasses import asdict, dataclass
from typing import Any

from benchmark.rules.config import Thresholds
from benchmark.rules.engine import RULES
from benchmark.rules.texts import entry, words


@dataclass(frozen=True)
class Explanation:
    """One rule, in the words of one language.

    Attributes
    ----------
    id, name, title : str
        ``C00`` to ``C44``, its short code, and the same in words.
    looks_at : str
        The facts it reads.
    when : str
        When it fires, with its thresholds.
    severity : str
        What it can lead to.
    root : str
        Root of distortion it tests.
    stage : str
        Its place in the order of examination.
    reference : str
        Standard or paper behind it.
    summary : str
        What it means, in one sentence.
    lang : str
        The language.
    """

    id: str
    name: str
    title: str
    looks_at: str
    when: str
    severity: str
    root: str
    stage: str
    reference: str
    summary: str
    lang: str

    def lines(self) -> tuple[tuple[str, str], ...]:
        """Pair what is told with its label.

        Returns
        -------
        tuple of (str, str)
            Label and text, in the order of reading.
        """
        labels = {
            "looks_at": self.looks_at,
            "fires": self.when,
            "severities": self.severity,
            "root": self.root,
            "stage": self.stage,
            "reference": self.reference,
        }
        return tuple((words(key, self.lang), text) for key, text in labels.items())

    def text(self) -> str:
        """Write the explanation as plain text.

        Returns
        -------
        str
            Several lines.
        """
        told = [f"{label}: {text}" for label, text in self.lines()]
        return "\n".join([f"{self.id} {self.name}: {self.title}", self.summary, *told])

    def to_dict(self) -> dict[str, Any]:
        """Give the explanation as plain data.

        Returns
        -------
        dict
            Every part.
        """
        return asdict(self)

    def __str__(self) -> str:
        """Write the explanation as plain text."""
        return self.text()


def explain_rule(id: str, lang: str = "en", config: Thresholds | None = None) -> Explanation:
    """Explain one rule.

    Parameters
    ----------
    id : str
        ``C00`` to ``C44``; case does not matter.
    lang : str
        ``en``, ``da``, ``nb`` or ``sv``.
    config : Thresholds, optional
        Thresholds to name; the default ones by default.

    Returns
    -------
    Explanation
        What it looks at, when it fires, how severe it is, what it tests, where it comes from.

    Raises
    ------
    UnknownName
        If there is no such rule.

    Examples
    --------
    >>> explain_rule("c16").severity
    'not comparable'
    """
    from benchmark.language import join, term
    from benchmark.rules.faces import Writer

    texts = entry(str(id).upper())
    rule = next(rule for rule in RULES if rule.id == str(id).upper())
    thresholds = (config or Thresholds()).to_dict()
    shares = {name: 100 * value for name, value in thresholds.items() if name in _SHARES}
    return Explanation(
        id=rule.id,
        name=rule.name,
        title=texts["title"][lang],
        looks_at=join([term(f"field.{key}", lang) for key in rule.fields], lang),
        when=Writer(lang).fill(texts["when"][lang], **{**thresholds, **shares}),
        severity=", ".join(term(f"severity.{grade}", lang) for grade in rule.grades),
        root=term(f"root.{rule.root}", lang),
        stage=term(f"stage.{rule.stage}", lang),
        reference=texts["reference"],
        summary=texts["summary"][lang],
        lang=lang,
    )


_SHARES = ("age_info", "age_caution", "rounding_share", "rank_small")
