"""Rules on ages, samples and rounding: C09, C19 to C25."""

from collections.abc import Iterator
from typing import Any, Final

import numpy as np

from benchmark.rules.pair import Pair, plain
from benchmark.rules.pairs import SLACK, Floats, Mask, Pairs, Severity, grade
from benchmark.rules.proportions import (
    detectable,
    p_value,
    smallest_sample,
    standard_error,
    wilson,
)
from benchmark.rules.rule import Facts, Rule, per_side, sides, unstated


def overlap(p: Pairs) -> Floats:
    """Compute the Jaccard index of two age ranges in single years, both ends included.

    Parameters
    ----------
    p : Pairs
        The pairs.

    Returns
    -------
    ndarray of float
        Years in both ranges over years in either [0-1]; not-a-number for an open bound.
    """
    (low_a, low_b), (high_a, high_b) = p.both("age_low"), p.both("age_high")
    common = np.minimum(high_a, high_b) - np.maximum(low_a, low_b) + 1
    common = np.maximum(common, 0.0)
    either = (high_a - low_a + 1) + (high_b - low_b + 1) - common
    return np.asarray(common / either)


def _age(p: Pairs) -> Severity:
    persons, known = p.all_of("person"), ~p.unknown("age")
    jaccard = overlap(p)
    open_ended = known & np.isnan(jaccard)
    missing = p.unknown("age") & ~(p.neither("age") & p.same_instrument)
    level = persons & known
    return grade(
        n=level & (jaccard < p.config.age_caution),
        c=level & (jaccard >= p.config.age_caution) & (jaccard < p.config.age_info)
        | (persons & (open_ended | missing)),
        i=level & (jaccard >= p.config.age_info) & (jaccard < 1),
    )


def _age_facts(pair: Pair) -> Iterator[Facts]:
    if not pair.missing("age"):
        share = float(overlap(pair.pairs)[0])
        if share == share:
            yield {"variant": "overlap", **pair.each("age"), "share": round(100 * share, 10)}
        else:
            yield {"variant": "open", **pair.each("age")}
    yield from unstated(pair, "age")


def _n_unknown(p: Pairs) -> Severity:
    return grade(c=p.surveys & ~p.base_known)


def _n_unknown_facts(pair: Pair) -> Iterator[Facts]:
    unknown = {k: Facts() for k, n in enumerate(pair.side("n_base")) if n != n}
    yield from per_side(pair, "missing", unknown)
    tested = pair.unit_class == "share" and not pair.refused and not pair.holds("same_question")
    if tested and pair.number("distance") > SLACK:
        d = round(pair.number("distance"), 10)
        yield {"distance": d, "decimals": max(pair.decimals), **_needed(pair)}


def _needed(pair: Pair) -> Facts:
    """Say how many respondents would make the printed difference significant."""
    p1, p2 = (float(value[0]) / 100 for value in pair.pairs.values)
    deff1, deff2 = (float(figure.get("deff", 1.0)) for figure in pair.sides)
    z, rounding = pair.pairs.config.z, pair.number("rounding") / 100
    sizes = (float(smallest_sample(p1, p2, deff1, deff2, r, z)) for r in (0.0, rounding))
    plain_n, safe_n = (int(size) if size == size else None for size in sizes)
    stated = not pair.missing("deff")
    facts = {"n": plain_n, "safe_n": safe_n, "deff": "stated" if stated else "assumed"}
    return {"variant": "needed" if safe_n else "needed_unsafe", **facts}


def _screen(p: Pairs) -> Mask:
    """Pairs of shares from surveys: what rules on samples look at."""
    return p.surveys & p.shares


def _n_small(p: Pairs) -> Severity:
    found = np.zeros(len(p), dtype=np.int8)
    rows = np.flatnonzero(_screen(p))
    for value, n in zip(p.both("common_value"), p.sampled, strict=True):
        low, high = wilson(value[rows] / 100, n[rows], p.config.z)
        wide = 100 * (high - low) > p.config.width_suppress
        few = n[rows] < p.config.n_suppress
        found[rows] = np.maximum(found[rows], grade(n=few | wide, c=n[rows] < p.config.n_small))
    return found


def _n_small_facts(pair: Pair) -> Iterator[Facts]:
    for k, (value, n) in enumerate(zip(pair.side("common_value"), pair.side("n_eff"), strict=True)):
        if not n < pair.pairs.config.n_small:
            continue
        low, high = wilson(value / 100, n, pair.pairs.config.z)
        width = round(float(100 * (high - low)), 10)
        yield {"variant": "small", "n_eff": plain(n), "figure": pair.called(k), "width": width}


def _testable(p: Pairs) -> Mask:
    return _screen(p) & p.base_known


def z_score(p: Pairs) -> Floats:
    """Compute the unpooled test statistic of the difference of two shares.

    Parameters
    ----------
    p : Pairs
        Pairs of shares with known samples.

    Returns
    -------
    ndarray of float
        Absolute value; infinite for different shares without sampling error.

    Notes
    -----
    Shares of one question come from the same respondents: their standard errors are added,
    which bounds the error of the difference from above.
    """
    shares = (value / 100 for value in p.values)
    one, other = (standard_error(x, n) for x, n in zip(shares, p.sampled, strict=True))
    error = np.where(p.same_question, one + other, np.hypot(one, other))
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(p.distance < SLACK, 0.0, p.distance / 100 / error)


def _not_significant(p: Pairs) -> Severity:
    found = np.zeros(len(p), dtype=bool)
    rows = _testable(p)
    if rows.any():
        found[rows] = z_score(p.subset(rows)) < p.config.z
    return grade(c=found)


def _not_significant_facts(pair: Pair) -> Iterator[Facts]:
    d, probability = round(pair.number("distance"), 10), float(p_value(z_score(pair.pairs)[0]))
    facts = {"distance": d, "decimals": max(pair.decimals), "p": probability}
    if pair.holds("same_question"):
        yield {"variant": "one_sample", **facts}
        return
    (x, n), (y, m) = ((float(v[0]) / 100, float(k[0])) for v, k in _samples(pair))
    smallest = 100 * detectable(x, n, y, m, pair.pairs.config.z)
    yield {"variant": "two_samples", **facts, "smallest": round(float(smallest), 10)}


def _samples(pair: Pair) -> Iterator[tuple[Any, Any]]:
    return zip(pair.pairs.values, pair.pairs.sampled, strict=True)


def _deff_assumed(p: Pairs) -> Severity:
    return grade(i=_testable(p) & p.unknown("deff"))


def _deff_facts(pair: Pair) -> Iterator[Facts]:
    yield {"variant": "assumed"}


def _sampling(p: Pairs) -> Severity:
    return grade(c=p.surveys & p.differ("sampling"))


def _nonprobability(p: Pairs) -> Severity:
    unknown = p.surveys & p.unknown("sampling")
    alike = p.same_instrument & p.neither("sampling")
    panels = p.surveys & p.all_of("panel")
    return grade(c=unknown & ~alike, i=(unknown & alike) | panels)


def _nonprobability_facts(pair: Pair) -> Iterator[Facts]:
    if not pair.missing("sampling"):
        yield {"variant": "panels"}
    yield from unstated(pair, "sampling")


def _rounding(p: Pairs) -> Severity:
    d, r = p.distance, p.rounding
    zero, inside = d < SLACK, d <= r + SLACK
    noted = r >= p.config.rounding_share * d - SLACK
    return grade(c=p.levels & inside & ~zero, i=p.levels & (zero | noted))


def _rounding_facts(pair: Pair) -> Iterator[Facts]:
    low, high = pair.bounds
    unit, decimals = pair.difference_unit, pair.bound_decimals
    inside = 0 < pair.number("distance") <= pair.number("rounding") + SLACK
    variant = "inside" if inside else "between"
    yield {"variant": variant, "low": low, "high": high, "decimals": decimals, "unit": unit}


M: Final = "measurement"
_AGES: Final = ("age", "base", "programme", "wave")
_SAMPLE: Final = ("n", "n_role", "deff", "value")
_PANEL: Final = ("sampling", "programme", "wave")
RULES: Final = (
    Rule("C09", "AGE_RANGE", "definition", 2, "ICN", _AGES, _age, _age_facts),
    Rule("C19", "N_UNKNOWN", M, 2, "C", ("n", "n_role"), _n_unknown, _n_unknown_facts),
    Rule("C20", "N_SMALL", M, 2, "CN", _SAMPLE, _n_small, _n_small_facts),
    Rule("C21", "NOT_SIGNIFICANT", M, 3, "C", _SAMPLE, _not_significant, _not_significant_facts),
    Rule("C22", "DEFF_ASSUMED", M, 3, "I", ("deff",), _deff_assumed, _deff_facts),
    Rule("C23", "SAMPLING_DIFFERENT", M, 2, "C", ("sampling",), _sampling, sides("sampling")),
    Rule("C24", "NONPROBABILITY", M, 2, "IC", _PANEL, _nonprobability, _nonprobability_facts),
    Rule("C25", "ROUNDING", M, 3, "IC", ("value", "decimals"), _rounding, _rounding_facts),
)
