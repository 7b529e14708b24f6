"""A comparison told to a reader: as a sentence, as text, as HTML."""

from html import escape
from typing import TYPE_CHECKING, Any

from benchmark.language import number, ordinal_rank, percent, term, typeset
from benchmark.periods import parse
from benchmark.rules.faces import Writer, amount, figure
from benchmark.rules.pair import tell_apart
from benchmark.rules.texts import words
from benchmark.rules.wording import capital, counted, shown_decimals

if TYPE_CHECKING:
    from benchmark.rules.comparison import Comparison
    from benchmark.rules.difference import Difference

_MARKS = {"comparable": "=", "caution": "!", "not_comparable": "\u2260"}


def heading(comparison: "Comparison", lang: str) -> str:
    """Name the verdict and both figures with their values.

    Parameters
    ----------
    comparison : Comparison
        The comparison.
    lang : str
        Language.

    Returns
    -------
    str
        One sentence.
    """
    writer = Writer(lang, comparison.labels)
    a, b = (
        words("figure", lang, figure=figure(_name(one), writer), value=_level(one, writer))
        for one in (comparison.a, comparison.b)
    )
    return words("head", lang, verdict=_verdict(comparison, lang), a=a, b=b)


def _verdict(comparison: "Comparison", lang: str) -> str:
    return capital(term(f"verdict.{comparison.verdict}", lang))


def _name(one: Any) -> dict[str, Any]:
    return {key: one[key] for key in ("country", "area", "period") if key in one}


def _level(one: Any, writer: Writer) -> str:
    """Show a value so that it can be read alone."""
    unit = one.get("unit")
    if "value" not in one or unit == "percent":
        return amount(one, writer)
    if unit == "rank":
        return ordinal_rank(one["value"], one.get("pool_size"), writer.lang)
    return f"{amount(one, writer)} ({writer.show('unit', unit)})"


def difference_sentence(comparison: "Comparison", lang: str) -> str:
    """Say the difference, or that none is given.

    Parameters
    ----------
    comparison : Comparison
        The comparison.
    lang : str
        Language.

    Returns
    -------
    str
        One sentence.
    """
    found = comparison.difference
    if found is None:
        return words("no_difference", lang)
    key = "rank_gap" if found.unit == "places" else "gap"
    names = list(tell_apart(comparison.a, comparison.b))
    if found.kind == "change":
        key = "change"
        names.sort(key=lambda name: parse(name["period"]).middle)
    a, b = (figure(name, Writer(lang, comparison.labels)) for name in names)
    return words(key, lang, a=a, b=b, change=_size(found, lang))


def _size(found: "Difference", lang: str) -> str:
    """Show the difference with its bounds."""
    if found.unit == "places":
        moved = counted(abs(found.value), "places", lang, None)
        worse = "rank_worse" if found.value > 0 else "rank_better"
        return words(worse if found.value else "rank_same", lang, value=moved)
    value = counted(found.value, found.unit, lang, found.decimals, sign=True)
    if found.low is not None and found.high is not None:
        digits = shown_decimals(found.unit, found.bound_decimals)
        low, high = (number(x, lang, digits) for x in (found.low, found.high))
        if low != high:
            value = words("rounding", lang, value=value, low=low, high=high)
    return "; ".join([value, *_more(found, lang)])


def _more(found: "Difference", lang: str) -> list[str]:
    """Show the sampling interval and the relative change, where they are known."""
    parts = []
    if found.sampling_low is not None and found.sampling_high is not None:
        low, high = (number(x, lang, 1) for x in (found.sampling_low, found.sampling_high))
        parts.append(words("sampling", lang, low=low, high=high))
    if found.relative is not None and found.relative_low is not None:
        value = percent(found.relative, lang, 1, sign=True)
        low = number(found.relative_low, lang, 1)
        if found.relative_high is None:
            parts.append(words("relative_open", lang, value=value, low=low))
        else:
            high = number(found.relative_high, lang, 1)
            parts.append(words("relative", lang, value=value, low=low, high=high))
    return parts


def alternative_line(alternative: Any, lang: str) -> str:
    """Show a pair that could be compared instead.

    Parameters
    ----------
    alternative : object
        An `Alternative`, or anything that can be printed.
    lang : str
        Language.

    Returns
    -------
    str
        One line.
    """
    return str(alternative.text(lang) if hasattr(alternative, "text") else alternative)


def as_text(comparison: "Comparison", lang: str) -> str:
    """Write a comparison as plain text.

    Parameters
    ----------
    comparison : Comparison
        The comparison.
    lang : str
        Language.

    Returns
    -------
    str
        Several lines; negative numbers with a hyphen-minus.
    """
    lines = [heading(comparison, lang), difference_sentence(comparison, lang)]
    lines += [
        f"- {finding.rule} ({term(f'severity.{finding.severity}', lang)}): {finding.text(lang)}"
        for finding in comparison.findings
    ]
    if comparison.alternatives:
        lines.append(words("instead", lang))
        lines += [f"- {alternative_line(one, lang)}" for one in comparison.alternatives]
    return "\n".join([*lines, words("thresholds", lang, thresholds=comparison.config)])


def as_html(comparison: "Comparison", lang: str) -> str:
    """Write a comparison as one HTML element without scripts or outside references.

    Parameters
    ----------
    comparison : Comparison
        The comparison.
    lang : str
        Language.

    Returns
    -------
    str
        A section; the verdict is told by a word and a sign, not by colour alone.
    """

    def shown(text: str) -> str:
        return escape(typeset(text))

    mark, verdict = _MARKS[comparison.verdict], _verdict(comparison, lang)
    notes = "".join(
        f"<li><b>{finding.rule}</b> ({shown(term(f'severity.{finding.severity}', lang))}): "
        f"{shown(finding.text(lang))}</li>"
        for finding in comparison.findings
    )
    others = "".join(
        f"<li>{shown(alternative_line(one, lang))}</li>" for one in comparison.alternatives
    )
    thresholds = shown(words("thresholds", lang, thresholds=comparison.config))
    parts = [
        f'<p><strong><span aria-hidden="true">{mark}</span> '
        f"{shown(heading(comparison, lang))}</strong><br>"
        f"{shown(difference_sentence(comparison, lang))}</p>",
        f"<ul>{notes}</ul>" if notes else "",
        f"<p>{shown(words('instead', lang))}</p><ul>{others}</ul>" if others else "",
        f"<p><small>{thresholds}</small></p>",
    ]
    style = "border-left:4px solid currentColor;padding-left:0.8em;max-width:60em"
    return (
        f'<section lang="{lang}" aria-label="{shown(verdict)}" style="{style}">'
        f"{''.join(parts)}</section>"
    )
