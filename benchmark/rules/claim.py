"""Claims about a change, such as "almost 6 percentage points", and the interval each covers."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from math import isfinite
from numbers import Real
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from benchmark.errors import BenchmarkError
from benchmark.rules.config import Thresholds
from benchmark.schema import QUALIFIERS

Array = NDArray[np.float64]

_CHOICES: Final = {
    "unit": ("pp", "rel_change_percent"),
    "qualifier": QUALIFIERS,
    "sense": ("up", "down"),
    "about": ("share", "count"),
}


@dataclass(frozen=True)
class Interval:
    """A stretch of numbers whose ends may be open, or one such stretch a claim.

    Attributes
    ----------
    low, high : float or ndarray
        The ends.
    low_open, high_open : bool or ndarray
        True where the end itself is not included.
    """

    low: Any
    high: Any
    low_open: Any = False
    high_open: Any = False


@dataclass(frozen=True)
class Claim:
    """What a text says of a change.

    Attributes
    ----------
    value : float
        The number claimed [unit].
    unit : str
        ``pp`` (percentage points, points of a score) or ``rel_change_percent``.
    qualifier : str
        exact, about, almost, over or up_to.
    sense : str
        ``up`` or ``down``.
    about : str
        Whether the text speaks of a ``share`` or of a ``count``.
    step : float or None
        What the claimed number is rounded to [unit].
    """

    value: float
    unit: str
    qualifier: str = "exact"
    sense: str = "up"
    about: str = "share"
    step: float | None = None

    @classmethod
    def read(cls, table: Any) -> "Claim":
        """Read a claim from a mapping.

        Parameters
        ----------
        table : Mapping
            ``value`` and ``unit``; optionally ``qualifier``, ``sense``, ``about``, ``step``.

        Returns
        -------
        Claim
            The claim; without a qualifier it is exact, without a sense a rise, of a share.

        Raises
        ------
        BenchmarkError
            If a key is missing, unknown or holds something else than expected.

        Examples
        --------
        >>> Claim.read({"value": 6, "unit": "pp", "qualifier": "almost", "sense": "down"}).sense
        'down'
        """
        if not isinstance(table, Mapping):
            raise BenchmarkError("expected a mapping with value and unit")
        given = {key: value for key, value in table.items() if value is not None}
        wrong = [f"{key} is no part of a claim" for key in sorted(given.keys() - _PARTS)]
        wrong += [f"{key} is missing" for key in ("value", "unit") if key not in given]
        wrong += [
            f"{key} must be one of {', '.join(allowed)}"
            for key, allowed in _CHOICES.items()
            if key in given and given[key] not in allowed
        ]
        numbers = ("value", "step")
        wrong += [f"{key} must be a number" for key in numbers if not _is_number(given.get(key, 0))]
        if not wrong and given.get("step", 1) <= 0:
            wrong = ["step must be above zero"]
        if wrong:
            raise BenchmarkError("expected a claim, but " + "; ".join(wrong))
        return cls(**given)

    def interval(self, config: Thresholds) -> Interval:
        """Find the changes that the claim covers.

        Parameters
        ----------
        config : Thresholds
            Rounding steps of claims that state none.

        Returns
        -------
        Interval
            The claimed change [unit], positive in the claim's sense.

        Examples
        --------
        >>> Claim(6, "pp", "almost").interval(Thresholds())
        Interval(low=5.5, high=6, low_open=False, high_open=True)
        """
        v, half = self.value, self._step(config) / 2
        if self.qualifier == "almost":
            return Interval(v - half, v, high_open=True)
        if self.qualifier == "over":
            return Interval(v, v + half, low_open=True)
        return Interval(v - half, v if self.qualifier == "up_to" else v + half)

    def _step(self, config: Thresholds) -> float:
        if self.step is not None:
            return self.step
        if self.unit == "pp":
            return config.step_pp
        return config.step_relative if self.value % 10 else config.step_relative_tens

    def to_facts(self) -> dict[str, Any]:
        """Give the claim as plain data.

        Returns
        -------
        dict
            Every part that is stated.
        """
        return {key: value for key, value in asdict(self).items() if value is not None}


_PARTS: Final = frozenset(Claim.__dataclass_fields__)


def _is_number(value: Any) -> bool:
    return isinstance(value, Real) and not isinstance(value, bool) and isfinite(value)


def allowed(
    earlier: Array, half_earlier: Array, later: Array, half_later: Array, relative: Any
) -> tuple[Array, Array]:
    """Find the changes that two rounded figures allow.

    Parameters
    ----------
    earlier, later : ndarray of float
        Figures as printed, in one unit.
    half_earlier, half_later : ndarray of float
        Half a unit in the last digit of each [the figures' unit].
    relative : ndarray of bool
        True for the relative change [percent], False for the difference [the figures' unit].

    Returns
    -------
    tuple of ndarray
        Smallest and largest change, later minus earlier. A relative change from what may be
        zero has no largest value.

    Examples
    --------
    >>> low, high = allowed(*np.array([[33.0], [0.5], [49.0], [0.5]]), relative=True)
    >>> low.round(2).item(), high.round(2).item()
    (44.78, 52.31)
    """
    d, r = later - earlier, half_earlier + half_later
    least, most = np.maximum(earlier - half_earlier, 0.0), earlier + half_earlier
    with np.errstate(divide="ignore", invalid="ignore"):
        low = 100 * (np.maximum(later - half_later, 0.0) / most - 1)
        high = np.where(least > 0, 100 * ((later + half_later) / least - 1), np.inf)
    return np.where(relative, low, d - r), np.where(relative, high, d + r)


def meet(claimed: Interval, low: Array, high: Array, slack: float = 1e-9) -> Any:
    """Say whether a claimed interval has a point in common with what the figures allow.

    Parameters
    ----------
    claimed : Interval
        The claim; open ends do not meet.
    low, high : ndarray of float
        Smallest and largest change the figures allow, both included.
    slack : float
        Distance below which two ends are one.

    Returns
    -------
    ndarray of bool
        True where they overlap.

    Examples
    --------
    >>> meet(Claim(6, "pp", "almost").interval(Thresholds()), np.array([5, 6]), np.array([7, 7]))
    array([ True, False])
    """
    below, above = high - claimed.low, claimed.high - low
    return np.where(claimed.low_open, below > slack, below >= -slack) & np.where(
        claimed.high_open, above > slack, above >= -slack
    )
