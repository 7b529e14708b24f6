"""Intervals that a claim covers and that rounded figures allow.

Pure Python, for one claim; the rule on claims does the same for columns of pairs.
"""

from math import inf
from typing import NamedTuple

_SLACK = 1e-9
"""Distance below which two ends are one: what is left over from decimal fractions."""


class Interval(NamedTuple):
    """A stretch of numbers.

    Attributes
    ----------
    low, high : float
        The ends.
    low_closed, high_closed : bool
        True where the end itself belongs to it.
    """

    low: float
    high: float
    low_closed: bool = True
    high_closed: bool = True


def claim_interval(value: float, qualifier: str, step: float, bound: str = "") -> Interval:
    """Find what a claimed number covers.

    Parameters
    ----------
    value : float
        The number claimed.
    qualifier : str
        exact, about, almost, over or up_to.
    step : float
        What the number is rounded to [its unit].
    bound : str
        ``above``, ``at_least``, ``below`` or ``at_most`` where only a limit is claimed.

    Returns
    -------
    Interval
        Half a step to either side; "almost" and "up to" end at the value, "over" begins there.

    Examples
    --------
    >>> claim_interval(6, "almost", 1)
    Interval(low=5.5, high=6, low_closed=True, high_closed=False)
    >>> claim_interval(50, "over", 10, "above")
    Interval(low=50, high=inf, low_closed=False, high_closed=True)
    """
    half = step / 2
    match bound or qualifier:
        case "above":
            return Interval(value, inf, low_closed=False)
        case "at_least":
            return Interval(value, inf)
        case "below":
            return Interval(-inf, value, high_closed=False)
        case "at_most":
            return Interval(-inf, value)
        case "almost":
            return Interval(value - half, value, high_closed=False)
        case "over":
            return Interval(value, value + half, low_closed=False)
        case "up_to":
            return Interval(value - half, value)
    return Interval(value - half, value + half)


def meets(a: Interval, b: Interval) -> bool:
    """Say whether two intervals have a number in common.

    Parameters
    ----------
    a, b : Interval
        The intervals; open ends do not meet.

    Returns
    -------
    bool

    Examples
    --------
    >>> almost_six = claim_interval(6, "almost", 1)
    >>> meets(almost_six, Interval(5, 7)), meets(almost_six, Interval(6, 7))
    (True, False)
    """
    low, high = max(a.low, b.low), min(a.high, b.high)
    if abs(high - low) <= _SLACK:
        return _holds(a, (low + high) / 2) and _holds(b, (low + high) / 2)
    return low < high


def difference(earlier: float, half_earlier: float, later: float, half_later: float) -> Interval:
    """Find the differences that two rounded figures allow.

    Parameters
    ----------
    earlier, later : float
        The figures as printed, in one unit.
    half_earlier, half_later : float
        Half a unit in the last digit of each.

    Returns
    -------
    Interval
        Later minus earlier [the figures' unit].

    Examples
    --------
    >>> difference(24, 0.5, 18, 0.5)[:2]
    (-7.0, -5.0)
    """
    d, r = later - earlier, half_earlier + half_later
    return Interval(d - r, d + r)


def relative_change(
    earlier: float, half_earlier: float, later: float, half_later: float
) -> Interval:
    """Find the relative changes that two rounded figures allow.

    Parameters
    ----------
    earlier, later : float
        The figures as printed, in one unit; not negative.
    half_earlier, half_later : float
        Half a unit in the last digit of each.

    Returns
    -------
    Interval
        Later over earlier, less one [percent]; without upper end where the earlier may be zero.

    Examples
    --------
    >>> [round(end, 2) for end in relative_change(33, 0.5, 49, 0.5)[:2]]
    [44.78, 52.31]
    """
    least, most = max(earlier - half_earlier, 0.0), earlier + half_earlier
    low = 100 * (max(later - half_later, 0.0) / most - 1) if most else -inf
    high = 100 * ((later + half_later) / least - 1) if least else inf
    return Interval(low, high)


def _holds(interval: Interval, x: float) -> bool:
    above = x > interval.low + _SLACK or (interval.low_closed and x >= interval.low - _SLACK)
    below = x < interval.high - _SLACK or (interval.high_closed and x <= interval.high + _SLACK)
    return above and below
