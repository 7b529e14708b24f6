"""Quantities: figures with their unit, and the little arithmetic that figures allow.

Two levels of one kind may be subtracted, which gives a change; a change may be added to a level.
Everything else that looks like arithmetic on percentages and ranks is refused, in words.
"""

from numbers import Real
from typing import Any

from benchmark import units as known
from benchmark.changes import difference, relative_change
from benchmark.errors import BenchmarkError
from benchmark.guarded import Quantity
from benchmark.units import change_unit

__all__ = ["Quantity", "change_unit", "difference", "quantity", "relative_change"]


def quantity(
    value: Any, unit: str, *, programme: str | None = None, pool: int | None = None
) -> Quantity:
    """Give a number its unit.

    Parameters
    ----------
    value : real number or array of them
        In `unit`.
    unit : str
        percent, fraction, score_0_100, index_0_1, rank, net_points, rel_change_percent, count,
        or a unit of change: pp (percentage points), points, index_points, places.
    programme : str, optional
        Programme that a score or an index belongs to; needed to set the two against each other.
    pool : int, optional
        Number of countries ranked, for a rank or places moved.

    Returns
    -------
    Quantity

    Raises
    ------
    UnknownName
        No such unit.
    BenchmarkError
        `value` is no number, or `pool` is given for something that is not ranked.

    Examples
    --------
    >>> print(quantity(78, "percent") - quantity(47, "percent"))
    31 percentage points
    >>> print(quantity(18, "rank", pool=36) - quantity(16, "rank", pool=36))
    2 places of 36 countries
    >>> quantity(18, "rank") - quantity(78, "percent")
    Traceback (most recent call last):
    benchmark.errors.UnitMismatch: rank 18 - 78 percent: a rank and a share are different \
quantities, which have no sum, difference, order or conversion. Compare figures in one unit.
    """
    entry = known.unit(unit)
    if pool is not None and entry.dimension != "place":
        raise BenchmarkError(f"pool={pool} is given for {entry.noun}: only ranks have a pool")
    return Quantity(_number(value), entry, programme, pool)


def _number(value: Any) -> Any:
    """Read a number or an array of numbers; an array is copied, so that it stays as it is."""
    if isinstance(value, Real) and not isinstance(value, bool):
        return value
    if hasattr(value, "to_numpy"):
        raise BenchmarkError(
            "a quantity has no labels: for series and data arrays use difference(a, b, unit)"
        )
    import numpy as np

    try:
        array = np.array(value)
    except ValueError:
        array = np.array([])
    if array.dtype.kind not in "iuf" or not array.size:
        raise BenchmarkError(f"{value!r} is no number and no array of numbers")
    return array
