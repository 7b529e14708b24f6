"""What may be calculated with quantities: pint does the sums, and its refusals are put in words.

pint refuses most of what makes no sense. The rest is refused here: a change minus a level, any
arithmetic on ranks but their difference, scores of different programmes, ranks of different pools.
"""

import operator
from collections.abc import Callable
from numbers import Real
from typing import TYPE_CHECKING, Any, Final

from benchmark.errors import UnitMismatch
from benchmark.units import reason, units

if TYPE_CHECKING:
    from benchmark.guarded import Quantity

Operation = Callable[[Any, Any], Any]

SCORES: Final = frozenset({"score", "index"})
"""Dimensions that are one scale inside a programme."""


def added(a: "Quantity", b: object, operation: Operation) -> "Quantity":
    """Add or subtract: two levels differ by a change, a level and a change make a level.

    Parameters
    ----------
    a : Quantity
    b : object
        Refused unless it is a Quantity.
    operation : callable
        `operator.add` or `operator.sub`.

    Returns
    -------
    Quantity

    Raises
    ------
    UnitMismatch
        The operation means nothing.
    """
    sign = "+" if operation is operator.add else "-"
    first, second, said = aligned(a, b, sign)
    kinds = first.definition.kind, second.definition.kind
    moved = kinds == ("level", "level") and sign == "-"
    if first.definition.dimension == "place" and "level" in kinds and not moved:
        raise refusal(first, said, "rank")
    if kinds == ("change", "level") and sign == "-":
        raise refusal(first, said, "level_and_change")
    result = _by_pint(lambda: operation(first.inner, second.inner), first, said, "sum_of_levels")
    ((name, _),) = result.unit_items()
    made = first.made(result.magnitude, units()[name])
    made.pool = first.pool if first.pool == second.pool else None
    made.programme = first.programme if first.programme == second.programme else None
    # Shares are added up in percent; a level goes back to the unit it came in.
    return made.to(a.unit) if made.definition.kind == kinds[0] == "level" else made


def scaled(a: "Quantity", b: object, operation: Operation, sign: str) -> "Quantity":
    """Multiply or divide an amount or a change by a plain number.

    Parameters
    ----------
    a : Quantity
    b : object
        Refused unless it is a number or an array of numbers.
    operation : callable
        `operator.mul` or `operator.truediv`.
    sign : str
        The operation as messages write it.

    Returns
    -------
    Quantity

    Raises
    ------
    UnitMismatch
        `a` is a level or a move in a ranking, or `b` is no number.
    """
    said = f"{a.face()} {sign} {spoken(b)}"
    refuse_multiple(a, said)
    array = hasattr(b, "dtype") and not hasattr(b, "to_numpy")
    if isinstance(b, bool) or not (isinstance(b, Real) or array):
        raise refusal(a, said, "product")
    return a.made(_by_pint(lambda: operation(a.inner, b), a, said, "multiple").magnitude)


def ratio(a: "Quantity", b: "Quantity") -> Any:
    """Divide two amounts or two changes of one kind.

    Parameters
    ----------
    a, b : Quantity

    Returns
    -------
    float or numpy.ndarray

    Raises
    ------
    UnitMismatch
        They are levels, moves in a ranking, or of different kinds.
    """
    first, second, said = aligned(a, b, "/")
    for each in (first, second):
        refuse_multiple(each, said)
    return _by_pint(lambda: first.inner / second.inner, first, said, "multiple").magnitude


def compared(a: "Quantity", b: object, operation: Operation, sign: str) -> Any:
    """Order two levels, two changes or two amounts of one kind.

    Parameters
    ----------
    a : Quantity
    b : object
        Refused unless it is a Quantity.
    operation : callable
        A comparison of the module `operator`.
    sign : str
        The operation as messages write it.

    Returns
    -------
    bool or numpy.ndarray

    Raises
    ------
    UnitMismatch
        They are of different kinds.
    """
    first, second, said = aligned(a, b, sign)
    if first.definition.kind != second.definition.kind:
        raise refusal(first, said, "level_and_change")
    return _by_pint(lambda: operation(first.inner, second.inner), first, said, "unlike")


def aligned(a: "Quantity", b: object, sign: str) -> tuple["Quantity", "Quantity", str]:
    """Bring two quantities of one kind to one unit, and give what was asked for messages.

    Parameters
    ----------
    a : Quantity
    b : object
        Refused unless it is a Quantity.
    sign : str
        The operation as messages write it.

    Returns
    -------
    a, b : Quantity
    said : str

    Raises
    ------
    UnitMismatch
        They are of different kinds, programmes or pools.
    """
    from benchmark.guarded import Quantity

    said = f"{a.face()} {sign} {spoken(b)}"
    if not isinstance(b, Quantity):
        raise bare(a, b, said)
    dimensions = {a.definition.dimension, b.definition.dimension}
    if len(dimensions) > 1 and dimensions != SCORES:
        raise refusal(a, said, "unlike", other=b.definition.noun)
    if dimensions <= SCORES and _foreign(a.programme, b.programme, len(dimensions) > 1):
        theirs = [each.programme or "not stated" for each in (a, b)]
        raise refusal(a, said, "programmes", programme=theirs[0], other_programme=theirs[1])
    if None not in (a.pool, b.pool) and a.pool != b.pool:
        raise refusal(a, said, "pools", pool=a.pool, other_pool=b.pool)
    return _common(a, dimensions), _common(b, dimensions), said


def _foreign(one: str | None, other: str | None, convert: bool) -> bool:
    """Tell whether two programmes keep scores apart; an unknown one forbids converting."""
    if None in (one, other):
        return convert
    return one != other


def _common(a: "Quantity", dimensions: set[str]) -> "Quantity":
    """Bring a share to percent, and an index that meets a score to the score."""
    kind = a.definition.kind
    if dimensions == SCORES:
        return a.to("score_0_100" if kind == "level" else "points")
    return a.to("percent") if a.unit == "fraction" else a


def spoken(b: object) -> str:
    """Write the other side of an operation for messages.

    Parameters
    ----------
    b : object

    Returns
    -------
    str
    """
    from benchmark.guarded import Quantity

    return b.face() if isinstance(b, Quantity) else str(b)


def refuse_multiple(a: "Quantity", said: str) -> None:
    """Refuse multiples of levels and of moves in a ranking.

    Parameters
    ----------
    a : Quantity
    said : str
        What was asked.

    Raises
    ------
    UnitMismatch
        `a` is a level or a move in a ranking.
    """
    if a.definition.dimension == "place":
        raise refusal(a, said, "rank")
    if a.definition.kind == "level":
        raise refusal(a, said, "multiple")


def refuse_sum(a: "Quantity") -> None:
    """Refuse the sum of levels, over countries or anything else.

    Parameters
    ----------
    a : Quantity

    Raises
    ------
    UnitMismatch
        `a` is a level.
    """
    if a.definition.kind == "level":
        key = "rank" if a.definition.dimension == "place" else "sum_of_levels"
        raise refusal(a, f"sum of {a.definition.plural}", key)


def bare(a: "Quantity", b: object, said: str) -> UnitMismatch:
    """Make the refusal of a number without a unit.

    Parameters
    ----------
    a : Quantity
    b : object
        The number.
    said : str
        What was asked.

    Returns
    -------
    UnitMismatch
    """
    ranked = a.definition.dimension == "place" and a.definition.kind == "level"
    return refusal(a, said, "rank" if ranked else "bare", value=b)


def refusal(a: "Quantity", said: str, key: str, **facts: object) -> UnitMismatch:
    """Make the refusal that says why an operation means nothing, and what to do instead.

    Parameters
    ----------
    a : Quantity
        What the reason names.
    said : str
        What was asked.
    key : str
        Key of the reason in `data/units.toml`.
    **facts : object
        What its text names besides.

    Returns
    -------
    UnitMismatch
    """
    unit = a.definition
    change = units()[unit.change].id
    text = reason(key, noun=unit.noun, plural=unit.plural, change=change, **facts)
    return UnitMismatch(f"{said}: {text}")


def _by_pint(compute: Callable[[], Any], a: "Quantity", said: str, key: str) -> Any:
    from pint.errors import DimensionalityError, OffsetUnitCalculusError

    try:
        return compute()
    except (DimensionalityError, OffsetUnitCalculusError):
        raise refusal(a, said, key, other="the other") from None
