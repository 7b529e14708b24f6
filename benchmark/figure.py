"""One figure, with all that is known of it."""

import html
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import inf
from typing import Any

from benchmark.addresses import address, others
from benchmark.errors import BenchmarkError
from benchmark.figures import Evidence
from benchmark.language import number, ordinal_rank, term
from benchmark.metadata import metadata
from benchmark.schema import LANGUAGES


@dataclass(frozen=True, eq=False)
class Figure:
    """A published figure.

    Attributes
    ----------
    evidence : Evidence
        The table it stands in.
    row : int
        Its position there.
    """

    evidence: Evidence
    row: int

    @cached_property
    def facts(self) -> Mapping[str, Any]:
        """The columns of its row in the figures table."""
        return dict(self.evidence.figures.iloc[self.row])

    @cached_property
    def metadata(self) -> Mapping[str, Any]:
        """What comparisons know of it; an absent key means unknown."""
        return metadata(self.evidence, self.row)

    @property
    def value(self) -> float:
        """Value in the unit of the indicator; not-a-number where missing."""
        return float(self.facts["value"])

    @property
    def unit(self) -> str:
        """Unit, one of `benchmark.schema.UNITS`."""
        return str(self.metadata["unit"])

    @property
    def address(self) -> str:
        """``AREA/INDICATOR/YEAR[/breakdown][@edition]``."""
        return address(self.facts)

    @property
    def indicator(self) -> Mapping[str, Any]:
        """Entry of the indicator in the registry."""
        return self.evidence.registry.indicators[self.facts["indicator"]]

    @property
    def document(self) -> Mapping[str, Any]:
        """Entry of the document in the registry."""
        return self.evidence.registry.documents[self.facts["document"]]

    def explain(self, lang: str = "en") -> "Explanation":
        """Say everything known of the figure.

        Parameters
        ----------
        lang : str
            ``en``, ``da``, ``nb`` or ``sv``.

        Returns
        -------
        Explanation
        """
        return Explanation(self, lang)

    def __str__(self) -> str:
        """Address, value and unit on one line."""
        return f"{self.address}: {shown(self, 'en')}"

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return self.explain()._repr_html_()


@dataclass(frozen=True, eq=False)
class Explanation:
    """What is known of a figure, to be read in a terminal, a notebook or a browser.

    Attributes
    ----------
    figure : Figure
        The figure.
    lang : str
        Language of the texts.
    """

    figure: Figure
    lang: str = "en"

    def __post_init__(self) -> None:
        """Refuse a language there are no texts in."""
        if self.lang not in LANGUAGES:
            raise BenchmarkError(f"no texts in {self.lang!r}; languages: {', '.join(LANGUAGES)}")

    @cached_property
    def lines(self) -> tuple[tuple[str, str], ...]:
        """Pairs of a label and what there is to say, in the order of reading."""
        parts = (*_what(self.figure, self.lang), *_how(self.figure, self.lang))
        said = (*parts, *_whence(self.figure, self.lang), *_beside(self.figure, self.lang))
        return tuple((term(f"explain.{key}", self.lang), text) for key, text in said if text)

    def to_dict(self) -> dict[str, str]:
        """Return labels and texts as plain data."""
        return dict(self.lines)

    def __str__(self) -> str:
        """Lay the lines out in two columns."""
        import textwrap

        width = max(len(label) for label, _ in self.lines)
        blank = " " * (width + 2)
        return "\n".join(
            textwrap.fill(text, 100, initial_indent=f"{label:<{width}}  ", subsequent_indent=blank)
            for label, text in self.lines
        )

    __repr__ = __str__

    def _repr_html_(self) -> str:
        rows = "".join(
            f'<tr><th scope="row" style="text-align:left">{html.escape(label)}</th>'
            f'<td style="text-align:left">{html.escape(text)}</td></tr>'
            for label, text in self.lines
        )
        caption = html.escape(self.figure.address)
        body = f"<caption>{caption}</caption><tbody>{rows}</tbody>"
        return f'<table lang="{self.lang}">{body}</table>'


Lines = Iterator[tuple[str, str]]


def shown(figure: Figure, lang: str) -> str:
    """Write value, qualifier and unit as the source gives them.

    Parameters
    ----------
    figure : Figure
        A figure.
    lang : str
        Language.

    Returns
    -------
    str
        For example ``78 percent``, or the reason why the value is missing.
    """
    facts = figure.facts
    if figure.value != figure.value:
        return "; ".join(term(f"status.{code}", lang) for code in facts["status"].split())
    if figure.unit == "rank":
        return ordinal_rank(figure.value, figure.metadata.get("pool_size"), lang)
    text = number(figure.value, lang, _digits(figure))
    power = int(facts["unit_mult"])
    words = [text, *([f"× 10^{power}"] if power else []), term(f"unit.{figure.unit}", lang)]
    if facts["qualifier"] != "exact":
        words.insert(0, term(f"qualifier.{facts['qualifier']}", lang))
    return " ".join(words)


def _digits(figure: Figure) -> int | None:
    """Digits as the source gives them; one where it gives a number that was never rounded."""
    decimals = figure.facts["decimals"]
    if decimals == decimals:
        return int(decimals)
    return 1 if figure.unit.startswith("score") else None


def _stated(figure: Figure, key: str, vocabulary: str, lang: str) -> str:
    value = figure.metadata.get(key)
    return term("not_stated", lang) if value is None else term(f"{vocabulary}.{value}", lang)


def _what(figure: Figure, lang: str) -> Lines:
    facts, entry = figure.facts, figure.indicator
    yield "figure", figure.address
    yield "value", shown(figure, lang)
    yield "indicator", f"{entry['title'][lang]} ({facts['indicator']})"
    yield "definition", entry["description"][lang]
    part = entry.get("breakdowns", {}).get(facts["breakdown"])
    if facts["breakdown"] != "total":
        yield "breakdown", part["title"][lang] if part else facts["breakdown"]
    yield "kind", "" if facts["kind"] == "observed" else term(f"kind.{facts['kind']}", lang)
    yield "concept", figure.evidence.registry.concepts[figure.metadata["concept"]]["title"][lang]


def _how(figure: Figure, lang: str) -> Lines:
    facts, known = figure.facts, figure.metadata
    unstated = term("not_stated", lang)
    yield "base", _stated(figure, "base", "base", lang)
    age = known.get("age")
    survey = known.get("base") in ("residents", "internet_users", "service_users", "needed_help")
    if age or survey:
        yield "age", _ages(age) if age else unstated
    if survey:
        n = known.get("n")
        role = term(f"n_role.{known['n_role']}", lang) if n else ""
        yield "n", f"{number(n, lang)} ({role})" if n else unstated
    yield "interval", _interval(figure, lang)
    basis = term(f"year_basis.{facts['year_basis']}", lang)
    year = f"{term('explain.year', lang)} {int(facts['year'])}"
    yield "period", f"{facts['period'] or unstated} ({year}: {basis})"
    yield "mode", _stated(figure, "mode", "mode", lang)
    programme = figure.evidence.registry.programmes[known["programme"]]
    yield "programme", f"{programme['title'][lang]} ({programme['publisher']})"
    regime = figure.evidence.registry.regimes.get(facts["regime"])
    yield "method", regime["title"][lang] if regime else ""
    codes = [code for code in facts["status"].split() if code != "A"]
    yield "status", "; ".join(f"{code}: {term(f'status.{code}', lang)}" for code in codes)


def _ages(age: Sequence[float | None]) -> str:
    low, high = age
    return f"{low}+" if high is None or high == inf else f"{low}-{high}"


def _interval(figure: Figure, lang: str) -> str:
    """Give the 95 % Wilson interval of a share whose base is known."""
    from benchmark.rules.proportions import wilson

    known = figure.metadata
    exact = figure.facts["qualifier"] == "exact" and known.get("unit") == "percent"
    if not exact or known.get("n_role") != "base" or "n" not in known:
        return ""
    low, high = wilson(figure.value / 100, known["n"] / known.get("deff", 1.0))
    bounds = [number(100 * float(bound), lang, 1) for bound in (low, high)]
    return f"{' - '.join(bounds)} ({term('explain.interval_note', lang)})"


def _whence(figure: Figure, lang: str) -> Lines:
    facts, document = figure.facts, figure.document
    yield (
        "document",
        f"{document['title']}. {document['publisher']}. {document['date']}".strip(" ."),
    )
    yield "locator", facts["locator"]
    yield "address", document.get("address", "")
    yield "published", facts["published"]
    source = term(f"source_type.{facts['source_type']}", lang)
    yield "source_type", source
    yield "confidence", term(f"confidence.{facts['confidence']}", lang)
    stated = document["licence"] != "not stated"
    licence = document["licence"] if stated else term("not_stated", lang)
    yield "licence", "; ".join(filter(None, (licence, document.get("credit", ""))))


def _beside(figure: Figure, lang: str) -> Lines:
    registry, facts = figure.evidence.registry, figure.facts
    quoted = figure.indicator.get("quotes")
    if quoted:
        yield "quotes", f"{registry.indicators[quoted]['title'][lang]} ({quoted})"
    for kind, name in (("indicators", facts["indicator"]), ("regimes", facts["regime"])):
        for note in getattr(registry, kind).get(name, {}).get("notes", ()):
            yield "note", registry.notes[note]["text"][lang]
    for note in facts["notes"].split():
        yield "note", registry.notes[note]["text"][lang]
    for row in others(figure.evidence, figure.row):
        other = Figure(figure.evidence, row)
        source = f"{other.document['publisher']}: {other.document['title']}"
        yield "other", f"{other.address}: {shown(other, lang)} ({source}, {other.facts['locator']})"
