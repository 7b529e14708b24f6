"""Differences and relative changes of arrays of figures in one unit."""

from collections.abc import Callable
from numbers import Real
from typing import Any

from benchmark import units as known
from benchmark.errors import BenchmarkError, UnitMismatch


def difference(a: Any, b: Any, unit: str | None = None) -> tuple[Any, str]:
    """Subtract figures of one unit: how much `a` lies above `b`.

    Parameters
    ----------
    a, b : float, numpy.ndarray or xarray.DataArray
        Values in `unit`. Two DataArrays must have the same coordinates.
    unit : str, optional
        Their unit; by default the one in the coordinate `unit` of a DataArray.

    Returns
    -------
    values : same as `a` and `b`
        The difference. A DataArray loses its attributes, and its coordinate `unit` is the new one.
    unit : str
        Unit of the difference: pp, points, index_points, places or count.

    Raises
    ------
    UnitMismatch
        The arrays are in several units.
    BenchmarkError
        No unit is known, or the arrays cover different countries or years.

    Examples
    --------
    >>> difference(78.0, 47.0, "percent")
    (31.0, 'pp')
    >>> difference(0.75, 0.5, "fraction"), difference(18, 16, "rank")
    ((25.0, 'pp'), (2, 'places'))
    """
    entry = known.unit(_unit(a, b, unit))
    factor = entry.scale / known.units()[entry.change].scale
    first, second = _array(a), _array(b)
    values = _joined(lambda: first - second)
    return _labelled(values if factor == 1 else values * factor, known.change_unit(entry.id))


def relative_change(a: Any, b: Any, unit: str | None = None) -> tuple[Any, str]:
    """Give the change from `b` to `a` in percent of `b`.

    Parameters
    ----------
    a, b : float, numpy.ndarray or xarray.DataArray
        Values in `unit`; where `b` is zero the change is missing (not a number).
    unit : str, optional
        percent, fraction, score_0_100, index_0_1 or count; by default the one in the coordinate
        `unit` of a DataArray.

    Returns
    -------
    values : same as `a` and `b`
        The relative change [percent].
    unit : str
        Always rel_change_percent.

    Raises
    ------
    UnitMismatch
        The arrays are in several units, or in one that has no nought to count percent from.
    BenchmarkError
        No unit is known, or the arrays cover different countries or years.

    Examples
    --------
    >>> values, unit = relative_change(49.0, 33.0, "percent")
    >>> round(values, 1), unit
    (48.5, 'rel_change_percent')
    """
    entry = known.unit(_unit(a, b, unit))
    if not entry.relative:
        text = known.reason("relative", noun=entry.noun)
        raise UnitMismatch(f"no relative change of {entry.plural}: {text}")
    first, second = _array(a), _array(b)
    base = _without_zero(second)
    values = _joined(lambda: 100 * (first - second) / base)
    return _labelled(values, "rel_change_percent")


def _unit(a: Any, b: Any, given: str | None) -> str:
    """Find the one unit of both arrays; their coordinates are believed, their attributes not."""
    labels = [array.coords["unit"].values for array in (a, b) if _has_unit(array)]
    found = {str(name) for label in labels for name in label.ravel()} | ({given} - {None})
    if len(found) > 1:
        raise UnitMismatch(
            f"the values are in several units ({', '.join(sorted(map(str, found)))}): select one "
            "indicator, or indicators of one unit"
        )
    if not found:
        raise BenchmarkError("the unit of the values is not known: state it, for example 'percent'")
    return str(*found)


def _has_unit(array: Any) -> bool:
    return hasattr(array, "coords") and "unit" in array.coords


def _array(values: Any) -> Any:
    if isinstance(values, list | tuple):
        import numpy as np

        return np.asarray(values, dtype=float)
    return values


def _without_zero(values: Any) -> Any:
    if isinstance(values, Real):
        return values if values else float("nan")
    if hasattr(values, "where"):
        return values.where(values != 0)
    import numpy as np

    return np.where(values == 0, np.nan, values)


def _joined(compute: Callable[[], Any]) -> Any:
    """Compute without dropping a country that only one side has, and without keeping old units."""
    import sys

    try:
        if "xarray" not in sys.modules:
            return compute()
        with sys.modules["xarray"].set_options(arithmetic_join="exact", keep_attrs=False):
            return compute()
    except ValueError as error:
        raise BenchmarkError(
            "the two arrays do not cover the same countries, indicators or years; select what "
            f"both have first ({error})"
        ) from error


def _labelled(values: Any, unit: str) -> tuple[Any, str]:
    """Put the new unit in place of the old one that the coordinates still name."""
    if not _has_unit(values):
        return values, unit
    import numpy as np

    old = values.coords["unit"]
    return values.assign_coords(unit=(old.dims, np.full(old.shape, unit))), unit
