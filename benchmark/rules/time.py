"""Rules on when it was measured and what changed between: C10 to C12, C30, C31, C43."""

from collections.abc import Callable, Iterator
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from benchmark import periods
from benchmark.rules.pair import Pair
from benchmark.rules.pairs import Mask, Pairs, Severity, grade
from benchmark.rules.rule import Facts, Rule, sides, unstated
from benchmark.status import mask

Instants = NDArray[np.integer[Any]]


def _gap(p: Pairs) -> Severity:
    a, b = p.both("middle")
    config = p.config
    gap = np.abs(a - b)
    abroad = p.differ("country") & ~p.unknown("period")
    untold = p.unknown("period") & ~(p.neither("period") & p.same_instrument)
    beyond = {
        name: abroad & (gap > getattr(config, name) * periods.YEAR)
        for name in ("gap_none", "gap_info", "gap_caution")
    }
    return grade(n=beyond["gap_caution"], c=beyond["gap_info"] | untold, i=beyond["gap_none"])


def _gap_facts(pair: Pair) -> Iterator[Facts]:
    if not pair.missing("period"):
        a, b = pair.side("middle")
        yield {"variant": "gap", "years": round(abs(a - b) / periods.YEAR, 10)}
    yield from unstated(pair, "period")


def _period_type(p: Pairs) -> Severity:
    a, b = p.both("survey")
    one, other = p.both("length")
    longer = np.maximum(one, other) >= p.config.period_ratio * np.minimum(one, other)
    return grade(c=~a & ~b & ~p.unknown("period") & longer)


def _overlap(p: Pairs) -> Severity:
    (first_a, first_b), (end_a, end_b) = p.both("first_month"), p.both("end_month")
    common = np.maximum(first_a, first_b) < np.minimum(end_a, end_b)
    return grade(c=p.in_time & common)


def _overlap_facts(pair: Pair) -> Iterator[Facts]:
    yield {"variant": "overlap", "shared": periods.shared(pair.a["period"], pair.b["period"])}


def within(
    p: Pairs, key: str, instant: Callable[[Any], int], low: Instants, high: Instants
) -> Mask:
    """Find pairs in which either figure lists something that falls into a stretch of time.

    Parameters
    ----------
    p : Pairs
        The pairs.
    key : str
        A metadata key that holds a list.
    instant : callable
        From an entry of the list to its place in time [units of `periods`].
    low, high : ndarray of int
        Start of the stretch of each pair, and first instant after it.

    Returns
    -------
    ndarray of bool
        One entry a pair.
    """
    table = p.columns.tables[key]
    found = np.zeros(len(p), dtype=bool)
    # Lists are short and few; the longest one decides how often the pairs are walked over.
    for place in range(max(map(len, table), default=0)):
        instants = np.array([*(instant(x[place]) if place < len(x) else -1 for x in table), -1])
        for codes in p.both(key):
            when = instants[codes]
            found |= (when >= low) & (when < high)
    return found


def _ends(p: Pairs, name: str) -> tuple[Instants, Instants]:
    """Read a column for the earlier and the later figure of pairs in time."""
    a, b = p.both(name)
    later = p.second_is_later
    return np.where(later, a, b), np.where(later, b, a)


def _broken(p: Pairs) -> Mask:
    low, high = _ends(p, "middle")
    declared = within(p, "series_breaks", lambda year: int(year) * periods.YEAR, low + 1, high + 1)
    flagged = (_ends(p, "flags")[1] & np.uint32(mask("B"))) != 0
    version = p.differ("method_version") & p.any_of("break_declared")
    return np.asarray(p.same("programme") & ((p.in_time & (declared | flagged)) | version))


def _break(p: Pairs) -> Severity:
    return grade(n=p.kept("broken", _broken))


def _break_facts(pair: Pair) -> Iterator[Facts]:
    earlier, later = pair.order
    yield {"variant": "broken", "a": pair.called(earlier), "b": pair.called(later)}


def _method(p: Pairs) -> Severity:
    loose = p.differ("method_version") | p.one_sided("method_version")
    loose |= p.in_time & p.neither("method_version")
    return grade(c=p.same("programme") & ~p.kept("broken", _broken) & loose)


def _method_facts(pair: Pair) -> Iterator[Facts]:
    if not pair.missing("method_version"):
        yield {"variant": "differ", **pair.each("method_version")}
    yield from unstated(pair, "method_version", "unknown")


def _event(p: Pairs) -> Severity:
    earlier, later = _ends(p, "end")
    return grade(i=p.in_time & within(p, "events", lambda event: int(event.start), earlier, later))


def _event_facts(pair: Pair) -> Iterator[Facts]:
    earlier, later = sorted(pair.side("end"))
    listed = {event for one in pair.sides for event in one.get("events", ())}
    for event in sorted(listed):
        if earlier <= event.start < later:
            yield {"variant": "event", "event": event.to_facts()}


M: Final = "measurement"
_VERSION: Final = ("programme", "method_version", "version_break")
_BREAK: Final = (*_VERSION, "series_breaks", "obs_status", "period")
_LENGTH: Final = ("period", "mode", "base")
_WHEN: Final = ("period", "country", "programme", "wave")
RULES: Final = (
    Rule("C10", "PERIOD_GAP", "definition", 2, "ICN", _WHEN, _gap, _gap_facts),
    Rule("C11", "PERIOD_TYPE", "definition", 2, "C", _LENGTH, _period_type, sides("period")),
    Rule("C12", "PERIOD_OVERLAP", M, 2, "C", ("period",), _overlap, _overlap_facts),
    Rule("C30", "METHOD_BREAK", M, 2, "N", _BREAK, _break, _break_facts),
    Rule("C31", "METHOD_MINOR", M, 2, "C", (*_VERSION, "period"), _method, _method_facts),
    Rule("C43", "EVENT", "definition", 2, "I", ("events", "period"), _event, _event_facts),
)
