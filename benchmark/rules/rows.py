"""What follows from one figure's metadata alone, for all figures at once.

Each entry of `DERIVED` is a column computed once and then read for both sides of every pair.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from benchmark import periods, status
from benchmark.rules.columns import Columns
from benchmark.rules.values import FACTOR, MODE_CLASS, PERSON_BASES, UNIT_CLASS

Column = NDArray[Any]

CLASSES: Final = ("share", "score", "rank", "change_pp", "change_rel", "count", "net_points")
UNLISTED: Final = len(CLASSES)
"""Class of a unit that is not in the list: compared with nothing."""

SURVEY_FIELDS: Final = ("mode", "question", "scale", "topbox", "dk")
"""What must be known of the instrument of a survey."""

_MODE_CLASSES: Final = ("self", "interviewer", "mixed")


def _unit_class(c: Columns) -> Column:
    def meaning(unit: str) -> int:
        return CLASSES.index(UNIT_CLASS[unit]) if unit in UNIT_CLASS else UNLISTED

    return c.look_up("unit", meaning, -1, np.int8)


def _family(c: Columns) -> Column:
    families: dict[str, int] = {}

    def meaning(concept: str) -> int:
        return families.setdefault(concept.partition(".")[0], len(families))

    return c.look_up("concept", meaning, -1, np.int32)


def _mode_class(c: Columns) -> Column:
    def meaning(mode: str) -> int:
        return _MODE_CLASSES.index(MODE_CLASS[mode]) if mode in MODE_CLASS else -1

    return c.look_up("mode", meaning, -1, np.int8)


def _person(c: Columns) -> Column:
    return c.look_up("base", PERSON_BASES.__contains__, False, bool)


def _survey(c: Columns) -> Column:
    """Mark surveys: a mode of surveys, or no mode stated and a base of persons."""
    known = c.look_up("mode", MODE_CLASS.__contains__, False, bool)
    return known | ((c.codes["mode"] < 0) & _person(c))


def _unstated(c: Columns) -> Column:
    """Set one bit for each field of the instrument that is unknown."""
    bits = np.zeros(c.size, dtype=np.uint8)
    for k, key in enumerate(SURVEY_FIELDS):
        bits |= (c.codes[key] < 0).astype(np.uint8) << np.uint8(k)
    return bits


def _factor(c: Columns) -> Column:
    return c.look_up("unit", lambda unit: FACTOR.get(unit, 1.0), 1.0, np.float64)


def _value(c: Columns) -> Column:
    """Value in the common unit of its class: percent, score from 0 to 100."""
    return c.look_up("value", float, np.nan, np.float64) * _factor(c)


def _half(c: Columns) -> Column:
    """Half a unit in the last digit, in the common unit."""
    return c.look_up("decimals", lambda k: 0.5 * 10.0**-k, np.nan, np.float64) * _factor(c)


def _deff(c: Columns) -> Column:
    return c.look_up("deff", float, np.nan, np.float64)


def _n(c: Columns) -> Column:
    """Respondents in the base; the size of a whole survey does not count."""
    base = c.look_up("n_role", lambda role: role == "base", False, bool)
    return np.where(base, c.look_up("n", float, np.nan, np.float64), np.nan)


def _n_eff(c: Columns) -> Column:
    deff = _deff(c)
    return _n(c) / np.where(np.isnan(deff), 1.0, deff)


def _age(bound: int) -> Callable[[Columns], Column]:
    def make(c: Columns) -> Column:
        def meaning(age: tuple[int | None, int | None]) -> float:
            limit = age[bound]
            return np.nan if limit is None else float(limit)

        return c.look_up("age", meaning, np.nan, np.float64)

    return make


def _pool(c: Columns) -> Column:
    return c.look_up("pool_size", float, np.nan, np.float64)


def _local(c: Columns) -> Column:
    return c.look_up("geo_scope", ("subnational", "selected_best").__contains__, False, bool)


def _aggregate(c: Columns) -> Column:
    return c.look_up("geo_scope", lambda scope: scope == "aggregate", False, bool)


def _period(name: str) -> Callable[[Columns], Column]:
    def make(c: Columns) -> Column:
        return c.look_up("period", lambda text: getattr(periods.parse(text), name), -1, np.int64)

    return make


def _month(end: str) -> Callable[[Columns], Column]:
    """First month of a period, and first month after it."""

    def meaning(text: str) -> int:
        return int(getattr(periods.parse(text).months, end))

    def make(c: Columns) -> Column:
        return c.look_up("period", meaning, -1, np.int32)

    return make


def _flags(c: Columns) -> Column:
    return c.look_up("obs_status", status.mask, 0, np.uint32)


def _is_true(key: str) -> Callable[[Columns], Column]:
    return lambda c: c.look_up(key, bool, False, bool)


DERIVED: Final[Mapping[str, Callable[[Columns], Column]]] = {
    "unit_class": _unit_class,
    "family": _family,
    "mode_class": _mode_class,
    "person": _person,
    "survey": _survey,
    "unstated": _unstated,
    "common_value": _value,
    "half": _half,
    "deff_number": _deff,
    "n_base": _n,
    "n_eff": _n_eff,
    "age_low": _age(0),
    "age_high": _age(1),
    "pool_number": _pool,
    "local": _local,
    "is_aggregate": _aggregate,
    "start": _period("start"),
    "end": _period("end"),
    "middle": _period("middle"),
    "length": _period("length"),
    "first_month": _month("start"),
    "end_month": _month("stop"),
    "flags": _flags,
    "exact_complement": _is_true("complement_exact"),
    "break_declared": _is_true("version_break"),
    "opinion": _is_true("attitudinal"),
    "score": _is_true("score_known"),
    "at_source": lambda c: c.look_up("source_type", lambda kind: kind == "primary", False, bool),
    "panel": lambda c: c.look_up("sampling", lambda kind: kind == "nonprobability", False, bool),
    "up": lambda c: c.look_up("direction", lambda sign: sign == 1, False, bool),
    "down": lambda c: c.look_up("direction", lambda sign: sign == -1, False, bool),
}
"""Columns that follow from the metadata, by name."""
