"""The rules of comparability explained, each with an example of what it says."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from benchmark.errors import UnknownName
from benchmark.language import term
from benchmark.rules.explain import Explanation, explain_rule
from benchmark.schema import LANGUAGES
from comparisons.document import Document, Part
from comparisons.examples import found
from comparisons.render.face import Item, Section
from comparisons.texts import text

FORMATS: Final = {
    "text": "text",
    "txt": "text",
    "terminal": "text",
    "md": "markdown",
    "markdown": "markdown",
    "html": "html",
}


@dataclass(frozen=True)
class RuleBook:
    """Some rules, told in one language.

    Parameters
    ----------
    rules : tuple of Explanation
        What each rule says of itself.
    lang : str
        The language.
    """

    rules: tuple[Explanation, ...]
    lang: str

    def document(self) -> Document:
        """Set the rules out as a document, a part each.

        Returns
        -------
        Document
        """
        lang, whole = self.lang, len(self.rules) > 1
        lead = tuple(text(f"rules.lead.{key}", lang) for key in ("pairs", "roots")) if whole else ()
        return Document(text("rules.title", lang), lang, tuple(self._parts()), lead)

    def _parts(self) -> Iterator[Part]:
        for rule in self.rules:
            items = (Item(rule.summary), *_said(rule), _example(rule.id, self.lang))
            yield Section("rule", f"{rule.id} {rule.title} ({rule.name})", items)

    def render(self, format: str = "text") -> str:
        """Write the rules in one format.

        Parameters
        ----------
        format : {"text", "md", "html"}

        Returns
        -------
        str

        Raises
        ------
        UnknownName
            If there is no such format.
        """
        name = FORMATS.get(format.lower())
        if name is None:
            raise UnknownName(f"no format {format!r} for the rules: choose text, md or html")
        written: str = getattr(self.document(), name)()
        return written

    def rows(self) -> list[dict[str, Any]]:
        """List the rules, a line each, for a table of data.

        Returns
        -------
        list of dict
            All with the same keys.
        """
        return [
            rule.to_dict()
            | {
                "example_a": example["a"],
                "example_b": example["b"],
                "example_made_up": example["made_up"],
                "example_severity": example["severity"],
                "example_note": example["note"][self.lang],
            }
            for rule, example in ((rule, found()[rule.id]) for rule in self.rules)
        ]

    def to_dict(self) -> dict[str, Any]:
        """Give the rules as plain data.

        Returns
        -------
        dict
            Language and rules, each with its example in every language.
        """
        rules = [rule.to_dict() | {"example": dict(found()[rule.id])} for rule in self.rules]
        return {"language": self.lang, "rules": rules}

    def __str__(self) -> str:
        """Write the rules as plain text."""
        return self.render("text")

    __repr__ = __str__

    def _repr_html_(self) -> str:
        from comparisons.document import fragment

        return fragment(self.document())


def rules(rule: str | None = None, lang: str = "en") -> RuleBook:
    """Explain the rules of comparability.

    Parameters
    ----------
    rule : str, optional
        The id of one rule, such as `C16`; all by default.
    lang : {"en", "da", "nb", "sv"}

    Returns
    -------
    RuleBook
        For each rule what it looks at, when it fires, how severe it is, which root of distortion
        it tests, the standard or paper it rests on, and an example from published figures. It
        prints itself; `render` writes text, Markdown and HTML.

    Raises
    ------
    UnknownName
        If the rule or the language is unknown.

    Examples
    --------
    >>> print(rules("C30").rules[0].title)
    Break in series
    >>> len(rules().rules)
    45
    """
    if lang not in LANGUAGES:
        raise UnknownName(f"no language {lang!r}: choose one of {', '.join(LANGUAGES)}")
    chosen = list(found()) if rule is None else [rule]
    return RuleBook(tuple(explain_rule(one, lang) for one in chosen), lang)


def _said(rule: Explanation) -> Iterator[Item]:
    for label, words in rule.lines():
        yield Item(f"{label}: {words}")


def _example(rule: str, lang: str) -> Item:
    """Tell the example: what is compared, what comes out, and what the rule says of it."""
    example: Mapping[str, Any] = found()[rule]
    kind = "made_up" if example["made_up"] else "published"
    severity = term(f"severity.{example['severity']}", lang)
    return Item(
        text(f"rules.example.{kind}", lang, figures=example["figures"]),
        details=(
            example["sentence"][lang],
            text("rules.example.found", lang, severity=severity, note=example["note"]),
        ),
    )
