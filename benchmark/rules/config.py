"""The thresholds of the rules: one frozen object, printed with every report."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from itertools import pairwise
from typing import Final

from benchmark.errors import BenchmarkError

_RISING: Final = (
    ("age_caution", "age_info"),
    ("gap_none", "gap_info", "gap_caution"),
    ("n_suppress", "n_small"),
)


@dataclass(frozen=True)
class Thresholds:
    """Where each rule draws its line.

    The values are conventions of this project unless a source is named; override one with
    ``dataclasses.replace(Thresholds(), gap_caution=5.0)``.

    Attributes
    ----------
    age_info : float
        C09: overlap of two age ranges (Jaccard index) from which they differ only in a note.
    age_caution : float
        C09: overlap below which they are not comparable.
    gap_none, gap_info, gap_caution : float
        C10: longest distance of two periods' middles without a remark, with a note, with
        caution [years].
    period_ratio : float
        C11: how many times longer one period must be for the types to differ.
    n_suppress : float
        C20: smallest effective sample that may be compared (NCHS 2017).
    n_small : float
        C20: smallest effective sample without caution.
    width_suppress : float
        C20: widest 95 % Wilson interval that may be compared [percentage points] (NCHS 2017).
    z : float
        C20, C21: quantile of the normal distribution, 95 % two-sided.
    rounding_share : float
        C25: rounding as part of a difference from which it is noted.
    rank_small : float
        C33: part of the pool up to which a move is small.
    step_pp, step_relative, step_relative_tens : float
        C41: rounding step of a claimed change in points, of a relative change, and of one
        divisible by ten [the claim's unit].

    Examples
    --------
    >>> Thresholds().gap_caution
    3.0
    """

    age_info: float = 0.95
    age_caution: float = 0.5
    gap_none: float = 0.25
    gap_info: float = 1.0
    gap_caution: float = 3.0
    period_ratio: float = 2.0
    n_suppress: float = 30.0
    n_small: float = 100.0
    width_suppress: float = 30.0
    z: float = 1.959964
    rounding_share: float = 0.1
    rank_small: float = 0.1
    step_pp: float = 1.0
    step_relative: float = 1.0
    step_relative_tens: float = 10.0

    def __post_init__(self) -> None:
        """Refuse thresholds that are no positive numbers or stand in the wrong order."""
        values = asdict(self)
        wrong = [
            f"{name} = {value!r} is not a positive number"
            for name, value in values.items()
            if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < 1e9
        ]
        if not wrong:
            wrong = [
                f"{low} = {values[low]:g} is above {high} = {values[high]:g}"
                for chain in _RISING
                for low, high in pairwise(chain)
                if values[low] > values[high]
            ]
        if wrong:
            raise BenchmarkError("thresholds cannot be used: " + "; ".join(wrong))

    def to_dict(self) -> Mapping[str, float]:
        """Give the thresholds as plain numbers.

        Returns
        -------
        dict
            Name and value of each.
        """
        return asdict(self)

    def __str__(self) -> str:
        """Write all thresholds in one line, those changed from the default marked by a star."""
        return ", ".join(
            f"{one.name} {value:.7g}{'*' if value != one.default else ''}"
            for one in fields(self)
            for value in (getattr(self, one.name),)
        )
