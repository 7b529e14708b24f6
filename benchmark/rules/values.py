"""How each key of the comparability metadata is read: what it may hold, and its one normal form.

A reader takes a value as given and returns its normal form, which can be hashed and compared; it
raises `BenchmarkError` saying what was expected. Absence is decided before: see `is_absent`.
"""

import re
from collections.abc import Callable, Mapping
from numbers import Integral, Real
from typing import Any, Final

import numpy as np

from benchmark import periods, status
from benchmark.errors import BenchmarkError
from benchmark.rules.claim import Claim
from benchmark.rules.event import Event, read_event

Reader = Callable[[Any], Any]

UNIT_CLASS: Final = {
    "percent": "share",
    "fraction": "share",
    "score_0_100": "score",
    "index_0_1": "score",
    "rank": "rank",
    "pp": "change_pp",
    "rel_change_percent": "change_rel",
    "count": "count",
    "net_points": "net_points",
}
"""Units a figure may have, and the class inside which they convert."""

FACTOR: Final = {"fraction": 100.0, "index_0_1": 100.0}
"""Units that are converted to the common unit of their class, and how."""

PERSON_BASES: Final = ("residents", "internet_users", "service_users", "needed_help")
BASES: Final = (
    *PERSON_BASES,
    *("transactions", "services", "public_bodies", "businesses", "countries"),
)

MODE_CLASS: Final = {
    "web": "self",
    "paper": "self",
    "phone": "interviewer",
    "f2f": "interviewer",
    "web+phone": "mixed",
}
"""Survey modes by who fills in the answers (DDI vocabulary of modes of collection)."""

MODES: Final = (*MODE_CLASS, "admin", "mystery_shopping", "expert")

# What looks like a code is not looked up among the names of countries.
_CODE: Final = re.compile(r"[A-Z0-9_+]+")


def is_absent(value: object) -> bool:
    """Say whether a value stands for "unknown".

    Parameters
    ----------
    value : object
        As given.

    Returns
    -------
    bool
        True for None, an empty text or list, and not-a-number.

    Examples
    --------
    >>> [is_absent(value) for value in (None, "", [], float("nan"), 0, False)]
    [True, True, True, True, False, False]
    """
    if isinstance(value, Real):
        return value != value
    return value is None or (isinstance(value, str | list | tuple | set | Mapping) and not value)


def digits(value: object) -> int:
    """Count the decimals of a number as it is written.

    Parameters
    ----------
    value : int or float
        The number.

    Returns
    -------
    int
        Digits after the point.

    Examples
    --------
    >>> [digits(value) for value in (78, 91.2, 88.0, 0.884, 1e-7)]
    [0, 1, 1, 3, 7]
    """
    if not isinstance(value, float):
        return 0
    mantissa, _, exponent = repr(float(value)).partition("e")
    return max(0, len(mantissa.partition(".")[2]) - int(exponent or 0))


def _fail(expected: str) -> BenchmarkError:
    return BenchmarkError(f"expected {expected}")


def _text(value: Any) -> str:
    """Read a free text; a whole number such as a year is taken as its digits."""
    if isinstance(value, bool) or not isinstance(value, str | Integral):
        raise _fail("a text")
    return str(value)


def _one_of(*codes: str) -> Reader:
    """Make the reader of a closed list of codes."""

    def read(value: Any) -> str:
        if not isinstance(value, str) or value not in codes:
            raise _fail("one of " + ", ".join(codes))
        return value

    return read


def _yes_no(value: Any) -> bool:
    """Read a declaration."""
    if not isinstance(value, bool | np.bool_):
        raise _fail("true or false")
    return bool(value)


def _number(low: float, high: float, expected: str, whole: bool = False) -> Reader:
    """Make the reader of a number within bounds."""

    def read(value: Any) -> float:
        good = isinstance(value, Real) and not isinstance(value, bool)
        if not good or not low <= value <= high or (whole and value != int(value)):
            raise _fail(expected)
        return float(value)

    return read


def _country(value: Any) -> str:
    """Read a country; what is no country's code or name is kept as the code of an aggregate."""
    from benchmark import areas, names
    from benchmark.errors import UnknownName

    if not isinstance(value, str):
        raise _fail("an ISO 3166-1 alpha-2 or alpha-3 code, or the code of an aggregate")
    found = names.codes().get(value.strip().upper()) or names.aggregates().get(names.key(value))
    if found or _CODE.fullmatch(value):
        return found or value
    try:
        return areas.country(value)
    except UnknownName:
        return value


def _direction(value: Any) -> int:
    """Read whether high (1) or low (-1) values are good."""
    if isinstance(value, bool) or value not in (1, -1):
        raise _fail("1 (higher is better) or -1 (lower is better)")
    return int(value)


def _age(value: Any) -> tuple[int | None, int | None]:
    """Read an age range; an open bound is None."""
    expected = "[lowest, highest] in whole years, both included; null for an open bound"
    if not isinstance(value, list | tuple) or len(value) != 2:
        raise _fail(expected)
    low, high = (None if is_absent(bound) or bound == float("inf") else bound for bound in value)
    for bound in (low, high):
        if bound is not None:
            _number(0, 150, expected, whole=True)(bound)
    if low is not None and high is not None and low > high:
        raise _fail(expected + "; here the lowest is above the highest")
    return (None if low is None else int(low), None if high is None else int(high))


def _period(value: Any) -> str:
    """Read a period into its shortest form, so that 2023-01/2023-12 is 2023."""
    return periods.parse(_text(value)).text


def _years(value: Any) -> tuple[int, ...]:
    """Read a list of years."""
    read = _number(1, 9999, "a list of years such as [2012, 2021]", whole=True)
    if not isinstance(value, list | tuple | set):
        raise _fail("a list of years such as [2012, 2021]")
    return tuple(sorted({int(read(year)) for year in value}))


def _flags(value: Any) -> tuple[str, ...]:
    """Read observation flags."""
    good = isinstance(value, str) or (
        isinstance(value, list | tuple | set) and all(isinstance(code, str) for code in value)
    )
    if not good:
        raise _fail('a list of SDMX CL_OBS_STATUS codes such as ["E", "P"]')
    return status.read(value)


def _events(value: Any) -> tuple[Event, ...]:
    """Read a list of dated events."""
    if not isinstance(value, list | tuple):
        raise _fail('a list of days such as ["2012-12-01"]')
    return tuple(sorted({read_event(entry) for entry in value}))


READERS: Final[Mapping[str, Reader]] = {
    "country": _country,
    "area": _text,
    "geo_scope": _one_of("national", "subnational", "selected_best", "aggregate"),
    "concept": _text,
    "direction": _direction,
    "unit": _text,
    "value": _number(-1e300, 1e300, "a number"),
    "decimals": _number(0, 15, "a whole number from 0 to 15", whole=True),
    "base": _one_of(*BASES),
    "base_filter": _text,
    "age": _age,
    "period": _period,
    "mode": _one_of(*MODES),
    "programme": _text,
    "wave": _text,
    "method_version": _text,
    "version_break": _yes_no,
    "series_breaks": _years,
    "obs_status": _flags,
    "question": _text,
    "scale": _text,
    "topbox": _text,
    "dk": _one_of("in_base", "excluded"),
    "n": _number(1, 1e12, "the number of respondents, 1 or more"),
    "n_role": _one_of("base", "total"),
    "deff": _number(1e-9, 1e6, "a positive design effect"),
    "sampling": _one_of("probability", "nonprobability"),
    "harmonised_to": _text,
    "attitudinal": _yes_no,
    "complement_exact": _yes_no,
    "pool_size": _number(1, 1e6, "a whole number of countries, 1 or more", whole=True),
    "pool_id": _text,
    "tie": _one_of("1224", "1334", "1223", "frac"),
    "score_known": _yes_no,
    "source_type": _one_of("primary", "press_release", "secondary"),
    "underlying": _text,
    "vintage": _text,
    "events": _events,
    "claim": Claim.read,
}
"""Every key, and its reader."""
