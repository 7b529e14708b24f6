"""Rules on places in a ranking: C28, C29, C32 to C34."""

from collections.abc import Callable, Iterator
from typing import Final

from benchmark.rules.pair import Pair, plain
from benchmark.rules.pairs import SLACK, Pairs, Severity, grade
from benchmark.rules.rule import Facts, Rule, unstated


def _pool_size(p: Pairs) -> Severity:
    return grade(c=p.ranks & ~p.same("pool_size"))


def _pool_size_facts(pair: Pair) -> Iterator[Facts]:
    if pair.missing("pool_size"):
        yield from unstated(pair, "pool_size", "unknown")
    elif pair.refused or min(one["pool_size"] for one in pair.sides) < 2:
        yield {"variant": "differ", **pair.each("pool_size")}
    else:
        a, b = (percentile_rank(one["value"], one["pool_size"]) for one in pair.sides)
        yield {"variant": "percentile", **pair.each("pool_size"), "rank_a": a, "rank_b": b}


def percentile_rank(rank: float, size: float) -> float:
    """Turn a place into a percentile rank.

    Parameters
    ----------
    rank : float
        The place, 1 the best.
    size : float
        Number ranked, 2 or more.

    Returns
    -------
    float
        Share of the others that stand below, 100 the best [percent].

    Examples
    --------
    >>> [round(percentile_rank(*place), 2) for place in ((16, 36), (11, 36), (6, 27))]
    [57.14, 71.43, 80.77]
    """
    return round(100 * (size - rank) / (size - 1), 10)


def _pool_members(p: Pairs) -> Severity:
    return grade(c=p.ranks & p.same("pool_size") & ~p.same("pool_id"))


def _told(key: str) -> Callable[[Pair], Iterator[Facts]]:
    """Make the facts of a rule on a key that both figures should state alike."""

    def facts(pair: Pair) -> Iterator[Facts]:
        if not pair.missing(key):
            yield {"variant": "differ", **pair.each(key)}
        yield from unstated(pair, key, "unknown")

    return facts


def _rank_only(p: Pairs) -> Severity:
    return grade(c=p.ranks & ~p.all_of("score"))


def _rank_only_facts(_: Pair) -> Iterator[Facts]:
    yield {"variant": "rank_only"}


def _small_move(p: Pairs) -> Severity:
    limit = p.config.rank_small * p.both("pool_number")[0] + SLACK
    return grade(i=p.ranks & p.same("pool_size") & (p.distance <= limit))


def _small_move_facts(pair: Pair) -> Iterator[Facts]:
    places = plain(round(pair.number("distance"), 10))
    yield {"variant": "small", "places": places, "pool": plain(pair.a["pool_size"])}


def _ties(p: Pairs) -> Severity:
    return grade(i=p.ranks & ~p.same("tie"))


M: Final = "measurement"
_POOL: Final = ("pool_size", "pool_id")
_MOVE: Final = ("value", "pool_size")
RULES: Final = (
    Rule("C28", "POOL_SIZE", "definition", 2, "C", ("pool_size",), _pool_size, _pool_size_facts),
    Rule("C29", "POOL_MEMBERS", "definition", 2, "C", _POOL, _pool_members, _told("pool_id")),
    Rule("C32", "RANK_ONLY", M, 2, "C", ("score_known",), _rank_only, _rank_only_facts),
    Rule("C33", "RANK_SMALL", M, 3, "I", _MOVE, _small_move, _small_move_facts),
    Rule("C34", "TIES", M, 2, "I", ("tie",), _ties, _told("tie")),
)
