"""How each kind of fact in a note is shown to a reader of a language."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from string import Formatter
from typing import Any, Final

from benchmark.errors import UnknownName
from benchmark.language import join, number, percent, term
from benchmark.rules.finding import Labels
from benchmark.rules.texts import words
from benchmark.rules.wording import capital, counted, probability, shown_decimals, tidy

Facts = Mapping[str, Any]


@dataclass
class Writer(Formatter):
    """Fills templates in one language.

    Attributes
    ----------
    lang : str
        Language.
    labels : Mapping
        Titles by language of ids.
    facts : Mapping
        All facts of the sentence, for faces that need a second one.
    """

    lang: str
    labels: Labels = field(default_factory=dict)
    facts: Facts = field(default_factory=dict)

    def fill(self, template: str, **facts: Any) -> str:
        """Fill a template."""
        return self.vformat(template, (), facts)

    def show(self, face: str, value: Any) -> str:
        """Show one fact."""
        return FACES[face](value, self)

    def format_field(self, value: Any, spec: str) -> str:
        """Show one fact by its face."""
        return self.show(spec, value) if spec else str(value)


Face = Callable[[Any, Writer], str]


def _term(group: str) -> Face:
    def face(code: Any, w: Writer) -> str:
        return term("not_stated", w.lang) if code is None else term(f"{group}.{code}", w.lang)

    return face


def _label(code: Any, w: Writer) -> str:
    """Show an id by its title where one is known."""
    if code is None:
        return term("not_stated", w.lang)
    return w.labels.get(code, {}).get(w.lang, str(code))


def _known(group: str) -> Face:
    """Show a code by its term; codes are free, so one without a term is shown as it is."""

    def face(code: Any, w: Writer) -> str:
        try:
            return _term(group)(code, w)
        except UnknownName:
            return _label(code, w)

    return face


def _dataset(code: Any, w: Writer) -> str:
    programme = w.labels.get(w.facts.get("programme") or "", {}).get(w.lang)
    return f"{programme} ({code})" if programme else _label(code, w)


def _country(code: Any, w: Writer) -> str:
    """Name a country; an aggregate that is not registered keeps its code."""
    from benchmark import areas

    if code is None:
        return words("no_country", w.lang)
    try:
        return areas.name(code, w.lang)
    except UnknownName:
        return w.labels.get(code, {}).get(w.lang, str(code))


def _period(text: Any, w: Writer) -> str:
    """Show a period: years joined by a hyphen, months and days by a word."""
    if text is None:
        return term("not_stated", w.lang)
    first, _, last = str(text).partition("/")
    if not last:
        return first
    return f"{first}-{last}" if len(text) == 9 else words("to", w.lang, first=first, last=last)


def _place(figure: Facts, w: Writer) -> str:
    """Name area and country of a figure."""
    area = figure.get("area")
    return (f"{area}, " if area else "") + _country(figure.get("country"), w)


def figure(facts: Facts, w: Writer) -> str:
    """Name a figure by its area, country and period.

    Parameters
    ----------
    facts : Mapping
        country, area, period; value, unit and mark where these tell it from another.
    w : Writer
        Language and titles.

    Returns
    -------
    str
        For example ``Hjørring, Denmark 2012``.
    """
    when = _period(facts["period"], w) if "period" in facts else f"({words('no_year', w.lang)})"
    more = [amount(facts, w)] if "value" in facts else []
    more += [facts["mark"]] if "mark" in facts else []
    return f"{_place(facts, w)} {when}" + (f" ({', '.join(more)})" if more else "")


def _figures(facts: Sequence[Facts], w: Writer) -> str:
    return join([figure(one, w) for one in facts], w.lang)


def _places(facts: Sequence[Facts], w: Writer) -> str:
    return join(list(dict.fromkeys(_place(one, w) for one in facts)), w.lang)


def _fields(keys: Sequence[str], w: Writer) -> str:
    return join([term(f"field.{key}", w.lang) for key in keys], w.lang)


def _bare(facts: Facts, w: Writer) -> str:
    return number(facts["value"], w.lang, shown_decimals(facts.get("unit"), facts.get("decimals")))


def amount(facts: Facts, w: Writer) -> str:
    """Show a value with the decimals of its source.

    Parameters
    ----------
    facts : Mapping
        value, unit, decimals.
    w : Writer
        Language and titles.

    Returns
    -------
    str
        The number, with a percent sign for a percentage.
    """
    if "value" not in facts:
        return term("not_stated", w.lang)
    unit = facts.get("unit")
    write = percent if unit == "percent" else number
    return write(facts["value"], w.lang, shown_decimals(unit, facts.get("decimals")))


def _age(bounds: Any, w: Writer) -> str:
    low, high = bounds
    if low is None and high is None:
        return words("age_open", w.lang)
    if low is None or high is None:
        key, bound = ("age_to", high) if low is None else ("age_from", low)
        return words(key, w.lang, age=bound)
    return f"{low}-{high}"


def _years(value: float, w: Writer) -> str:
    """Show a length of time."""
    return words("year" if value == 1 else "years", w.lang, number=tidy(value, w.lang))


def _points(value: float, w: Writer) -> str:
    return counted(value, "pp", w.lang, w.facts["decimals"])


def _short_points(decimals: int | None) -> Face:
    def face(value: float, w: Writer) -> str:
        shown = w.facts["decimals"] if decimals is None else decimals
        return f"{number(value, w.lang, shown)} {term('difference_short.pp', w.lang)}"

    return face


def _bounds(facts: Facts, w: Writer) -> str:
    unit, decimals = facts["unit"], facts["decimals"]
    if facts["high"] is None:
        return words("at_least", w.lang, first=counted(facts["low"], unit, w.lang, decimals))
    last = counted(facts["high"], unit, w.lang, decimals)
    return words("to", w.lang, first=number(facts["low"], w.lang, decimals), last=last)


def _claim(claim: Facts, w: Writer) -> str:
    change = counted(claim["value"], claim["unit"], w.lang, None)
    if claim["qualifier"] != "exact":
        change = f"{term('qualifier.' + claim['qualifier'], w.lang)} {change}"
    if claim["about"] == "count":
        change = words("claim_count", w.lang, change=change)
    elif claim["unit"] == "rel_change_percent":
        change = words("claim_relative", w.lang, change=change)
    return words("claim", w.lang, sense=term(f"sense.{claim['sense']}", w.lang), change=change)


def _event(event: Facts, w: Writer) -> str:
    titles = event.get("title") or w.labels.get(str(event["date"]), {})
    title = titles.get(w.lang) or titles.get("en")
    return f"{title} ({event['date']})" if title else str(event["date"])


def _statuses(codes: Sequence[str], w: Writer) -> str:
    return join([f"{term(f'status.{code}', w.lang)} ({code})" for code in codes], w.lang)


def _territory(facts: Facts, w: Writer) -> str:
    scope = term(f"geo_scope.{facts['geo_scope']}", w.lang)
    return f"{facts['area']} ({scope})" if "area" in facts else scope


FACES: Final[Mapping[str, Face]] = {
    "label": _label,
    "code": _label,
    "unit": _known("unit"),
    "scale": _known("scale"),
    "topbox": _known("topbox"),
    "dataset": _dataset,
    "base": _term("base"),
    "mode": _term("mode"),
    "dk": _term("dk"),
    "tie": _term("tie"),
    "difference": _term("difference"),
    "filter": lambda code, w: words("no_filter", w.lang) if code is None else _label(code, w),
    "source_from": lambda code, w: words(f"source_{code}", w.lang),
    "deff": lambda code, w: words(f"deff_{code}", w.lang),
    "unit_of": lambda facts, w: w.show("unit", facts["unit"]),
    "list": lambda codes, w: join([str(code) for code in codes], w.lang),
    "fields": _fields,
    "figure": figure,
    "figures": _figures,
    "places": _places,
    "place": _territory,
    "country": _country,
    "period": _period,
    "amount": amount,
    "bare": _bare,
    "age": _age,
    "years": _years,
    "number": lambda value, w: tidy(value, w.lang),
    "whole": lambda value, w: number(value, w.lang, 0),
    "tenth": lambda value, w: number(value, w.lang, 1),
    "percent": lambda value, w: percent(value, w.lang, 1 if value % 1 else 0),
    "points": _points,
    "pp": _short_points(None),
    "pp1": _short_points(1),
    "bound": lambda value, w: number(value, w.lang, w.facts["decimals"]),
    "bounds": _bounds,
    "claim": _claim,
    "event": _event,
    "meanings": lambda codes, w: join([term(f"status.{code}", w.lang) for code in codes], w.lang),
    "Statuses": lambda codes, w: capital(_statuses(codes, w)),
    "p": lambda value, w: probability(value, w.lang),
    "places_moved": lambda value, w: counted(value, "places", w.lang, None),
}
"""How each kind of fact is shown."""
