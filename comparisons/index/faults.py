"""Everything that is wrong with a tree, said at once and with its place."""

from collections.abc import Callable, Iterator, Mapping
from numbers import Real
from typing import TYPE_CHECKING, Any

from benchmark.areas import country
from benchmark.errors import UnknownName
from benchmark.registry import unknown
from benchmark.schema import LANGUAGES
from comparisons.index.tree import AGGREGATIONS, NORMALISATIONS, WEIGHTS, share
from comparisons.stats.weights import SLACK

if TYPE_CHECKING:
    from benchmark.registry import Registry

Data = Mapping[str, Any]


def _number(value: object) -> bool:
    return isinstance(value, Real) and not isinstance(value, bool) and value == value


def _pair(value: object) -> bool:
    two = isinstance(value, (list, tuple)) and len(value) == 2 and all(map(_number, value))
    return two and value[0] < value[1]  # type: ignore[index]


def _share(value: object) -> bool:
    try:
        return 0 <= share(value) <= 1
    except (ValueError, TypeError, ZeroDivisionError):
        return False


def _title(value: object) -> bool:
    if isinstance(value, Mapping):
        return all(isinstance(value.get(lang), str) and value[lang] for lang in LANGUAGES)
    return isinstance(value, str) and bool(value)


def _country(value: object) -> bool:
    try:
        return bool(country(value))
    except UnknownName:
        return False


def _absent(value: object) -> bool:
    return isinstance(value, (list, tuple)) and all(
        isinstance(one, Mapping)
        and _number(one.get("value"))
        and all(isinstance(year, int) for year in one.get("years", ()))
        for one in value
    )


def _one_of(names: tuple[str, ...]) -> tuple[Callable[[object], bool], str]:
    return (lambda value: value in names), f"one of {', '.join(names)}"


_ANY: dict[str, tuple[Callable[[object], bool], str]] = {
    "title": (_title, f"a text, or one in each of {', '.join(LANGUAGES)}"),
    "weight": (_share, "a number from 0 to 1, or a fraction such as '6/9'"),
    "normalisation": _one_of(NORMALISATIONS),
}
_GROUP = _ANY | {
    "id": (lambda value: isinstance(value, str) and bool(value), "a name"),
    "aggregation": _one_of(AGGREGATIONS),
    "weights": _one_of(WEIGHTS),
    "penalty": (lambda value: value in (1, -1), "1 or -1"),
    "floor": (lambda value: _number(value) and value > 0, "a number above 0"),
    "bounds": (
        lambda value: _pair(value) and _share(value[0]) and _share(value[1]),
        "two shares, the smaller first",
    ),
    "children": (
        lambda value: (
            isinstance(value, (list, tuple))
            and bool(value)
            and all(isinstance(one, Mapping) for one in value)
        ),
        "a list of parts",
    ),
}
_ROOT = _GROUP | {
    "missing": (_share, "a share from 0 to 1"),
    "years": (
        lambda value: (
            isinstance(value, (list, tuple))
            and len(value) == 2
            and all(isinstance(year, int) for year in value)
            and value[0] <= value[1]
        ),
        "first and last year",
    ),
    "published": (lambda value: isinstance(value, str), "an indicator"),
    "source": (lambda value: isinstance(value, str), "a text"),
}
_LEAF = _ANY | {
    "indicator": (lambda value: isinstance(value, str), "an indicator"),
    "goalposts": (_pair, "two numbers, the lower first"),
    "target": (_number, "a number"),
    "reference": (_country, "a country"),
    "cap": (lambda value: isinstance(value, bool), "true or false"),
    "absent": (_absent, "a list of {value, years}"),
}
_NEEDS = {"goalposts": "goalposts", "to_target": "target", "to_reference": "reference"}
"""What a normalisation cannot do without."""


def faults(data: Data, registry: "Registry") -> Iterator[str]:
    """List what is wrong with a tree.

    Parameters
    ----------
    data : mapping
        As a TOML file holds it.
    registry : Registry
        The indicators.

    Yields
    ------
    str
        Place, fault and what was expected.
    """
    if "children" not in data:
        yield "children: missing; an index has parts"
    if "title" not in data:
        yield "title: missing"
    yield from _fields(data, _ROOT, "")
    if isinstance(data.get("published"), str) and data["published"] not in registry.indicators:
        yield f"published: {unknown('indicator', data['published'], registry.indicators)}"
    seen: dict[str, str] = {}
    units: dict[str, str] = {}
    yield from _parts(data, registry, "", {}, seen, units)
    if len(units) > 1:
        named = "; ".join(f"{unit}: {name}" for unit, name in units.items())
        yield f"normalisation: figures as published have different units ({named}); normalise them"


def _fields(
    data: Data, known: Mapping[str, tuple[Callable[[object], bool], str]], place: str
) -> Iterator[str]:
    for key, value in data.items():
        if key not in known:
            yield f"{place}{unknown('key', str(key), known)}"
        elif not known[key][0](value):
            yield f"{place}{key}: {value!r} is not {known[key][1]}"


def _parts(
    data: Data,
    registry: "Registry",
    place: str,
    above: Data,
    seen: dict[str, str],
    units: dict[str, str],
) -> Iterator[str]:
    rules = {**above, **{key: data[key] for key in ("aggregation", "normalisation") if key in data}}
    if not _GROUP["children"][0](data.get("children", [{}])):
        return
    children = data.get("children", ())
    yield from _weights(data, children, place)
    for number, part in enumerate(children):
        here = f"{place}children[{number}]."
        if ("children" in part) == ("indicator" in part):
            yield f"{here}give either an indicator or children"
        elif "children" in part:
            if "title" not in part:
                yield f"{here}title: missing"
            yield from _fields(part, _GROUP, here)
            yield from _parts(part, registry, here, rules, seen, units)
        else:
            yield from _fields(part, _LEAF, here)
            yield from _leaf(part, registry, here, rules, seen, units)


def _weights(data: Data, children: Any, place: str) -> Iterator[str]:
    given = [part["weight"] for part in children if "weight" in part]
    way = data.get("weights", "given" if given else "equal")
    if way != "given" and given:
        yield f"{place}weights: {way!r}, but parts have weights of their own"
    elif way == "given" and len(given) < len(children):
        yield f"{place}children: {len(children) - len(given)} of {len(children)} have no weight"
    elif way == "given" and all(map(_share, given)):
        total = sum(map(share, given))
        if abs(total - 1) > SLACK:
            yield f"{place}children: weights sum to {total:.6g}, not to 1"


def _leaf(
    part: Data,
    registry: "Registry",
    place: str,
    rules: Data,
    seen: dict[str, str],
    units: dict[str, str],
) -> Iterator[str]:
    name = part["indicator"]
    if name not in registry.indicators:
        yield f"{place}indicator: {unknown('indicator', str(name), registry.indicators)}"
        return
    if name in seen:
        yield f"{place}indicator: {name} stands at {seen[name]} already"
    seen.setdefault(name, place.rstrip("."))
    entry = registry.indicators[name]
    if entry["unit"] == "rank":
        yield f"{place}indicator: {name} is a printed rank; an index is made of scores"
    elif entry["direction"] not in (1, -1):
        yield f"{place}indicator: {name} has no direction: neither more nor less is better"
    yield from _scale(part, entry, place, rules, units)


def _scale(
    part: Data, entry: Data, place: str, rules: Data, units: dict[str, str]
) -> Iterator[str]:
    aggregation = rules.get("aggregation", "arithmetic")
    special = aggregation if aggregation in ("mpi", "ampi") else "as_published"
    way = part.get("normalisation", rules.get("normalisation", special))
    if way in _NEEDS and _NEEDS[way] not in part:
        yield f"{place}{_NEEDS[way]}: missing, and normalisation {way!r} needs it"
    if special not in ("as_published", way):
        yield f"{place}normalisation: {way!r}, but the {special.upper()} has a scale of its own"
    if way == "as_published":
        units.setdefault(entry["unit"], part["indicator"])
        if entry["direction"] == -1:
            yield (
                f"{place}normalisation: less of {part['indicator']} is better; taken as published "
                "it would count the wrong way. Choose another, such as min_max or goalposts"
            )
