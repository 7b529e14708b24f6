"""Differences of pairs of points, and what samples and rounding let one say of them."""

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from benchmark.rules.proportions import standard_error
from comparisons.parts import VERDICTS
from comparisons.render.amounts import digits
from comparisons.stats.differences import (
    cohen_h,
    detectable,
    equivalence,
    newcombe,
    p_value,
    rounding_variance,
    smallest_sample,
    smallest_shown,
    widened,
    with_power,
    z_pooled,
    z_unpooled,
)
from comparisons.stats.multiple import holm

if TYPE_CHECKING:
    import pandas as pd

    from benchmark.rules.engine import Judgement
    from benchmark.rules.pairs import Pairs
    from comparisons.judging import Judged
    from comparisons.places import Mask

Floats = NDArray[np.float64]
_REFUSED = len(VERDICTS) - 1
_POINTS = 100.0
"""Percentage points in a share of 1."""


@dataclass(frozen=True)
class Change:
    """Differences of pairs of points; every part is an array with one entry a pair.

    Not-a-number stands where nothing may be computed: a refused pair, a sample that is not known,
    a figure that is no share.

    Parameters
    ----------
    change : ndarray of float
        Later less earlier value [unit of the view's changes, as all that follow but p, z and n].
    low, high : ndarray of float
        Bounds that the rounded figures leave.
    sampling_low, sampling_high : ndarray of float
        95 % interval of a difference of shares for the sampling (Newcombe's hybrid).
    interval_low, interval_high : ndarray of float
        The same, for sampling and rounding.
    z, p, p_pooled, p_holm : ndarray of float
        Unpooled statistic of "no change" from the printed shares and its p-value (those of rule
        C21), the p-value of the pooled test, and `p` after Holm over all changes of the view.
    effect : ndarray of float
        Cohen's h [radians].
    detectable, detectable_80, smallest_shown : ndarray of float
        Smallest change that is significant; that is found four times in five; that is significant
        in printed digits, however they were rounded.
    n_needed, n_needed_rounding : ndarray of float
        Where no sample is known: respondents in each survey from which the change would be
        significant, taking the figures as printed and with rounding at its worst.
    equivalence_p, equivalence_p_holm : ndarray of float
        P-value of "not unchanged" (two one-sided tests) from the printed shares, and with rounding
        and after Holm over all changes of the view.
    equivalence : ndarray of object
        `unchanged`, `changed` (by more than the margin), `not_shown`, `no_test`, or empty.
    change_decimals, bound_decimals : ndarray of float
        Digits to print.
    """

    change: Floats
    low: Floats
    high: Floats
    sampling_low: Floats
    sampling_high: Floats
    interval_low: Floats
    interval_high: Floats
    z: Floats
    p: Floats
    p_pooled: Floats
    p_holm: Floats
    effect: Floats
    detectable: Floats
    detectable_80: Floats
    smallest_shown: Floats
    n_needed: Floats
    n_needed_rounding: Floats
    equivalence_p: Floats
    equivalence_p_holm: Floats
    equivalence: NDArray[np.object_]
    change_decimals: Floats
    bound_decimals: Floats

    def columns(self) -> dict[str, NDArray[Any]]:
        """Give every part by its name."""
        return {one.name: getattr(self, one.name) for one in fields(self)}

    def take(self, pairs: "slice | Mask") -> "Change":
        """Keep some of the pairs."""
        return Change(**{name: values[pairs] for name, values in self.columns().items()})

    @property
    def tested(self) -> "Mask":
        """Pairs whose samples are known."""
        return np.isfinite(self.p)

    @property
    def bounds(self) -> tuple[Floats, Floats]:
        """What is shown as bounds: sampling and rounding where tested, rounding elsewhere."""
        known = self.tested
        return (
            np.where(known, self.interval_low, self.low),
            np.where(known, self.interval_high, self.high),
        )


def measured(
    table: "pd.DataFrame",
    sets: tuple["Judged", "Judged"],
    insisted: bool,
    margin: float | None,
) -> tuple[Change, Change]:
    """Compute the differences of two sets of pairs; tests of both are one family.

    Parameters
    ----------
    table : DataFrame
        Points of one indicator.
    sets : tuple of Judged
        Pairs of its points, the earlier one first.
    insisted : bool
        Compute differences that the rules forbid, too.
    margin : float, optional
        Distance from zero that counts as unchanged [unit of the changes].

    Returns
    -------
    tuple of Change
        One for each set.
    """
    i, j = (np.concatenate([getattr(one, side) for one in sets]) for side in "ij")
    verdict = np.concatenate([one.judgement.verdict for one in sets])
    allowed = np.full(len(i), True) if insisted else verdict < _REFUSED
    whole = _changes(table, sets[0].judgement, (i, j), allowed, margin)
    cut = len(sets[0].i)
    return whole.take(slice(0, cut)), whole.take(slice(cut, None))


def levels(table: "pd.DataFrame") -> Floats:
    """Give the values in the unit of their differences: percent, points, index points, places."""
    factor = _POINTS if (table["unit"] == "fraction").any() else 1.0
    scaled = table["value"].to_numpy() * factor * 10.0 ** table["unit_mult"].to_numpy()
    return np.asarray(scaled, dtype=np.float64)


def _changes(
    table: "pd.DataFrame",
    judgement: "Judgement",
    pairs: tuple[Any, Any],
    allowed: "Mask",
    margin: float | None,
) -> Change:
    from benchmark.rules.pairs import Pairs
    from benchmark.rules.values import FACTOR

    i, j = pairs
    unit, values = str(table["unit"].iloc[0]), levels(table)
    batch = Pairs(judgement.columns, i, j, judgement.config)
    change = np.where(allowed, values[j] - values[i], np.nan)
    scale = FACTOR[unit] if unit == "index_0_1" else 1.0
    room = np.where(batch.levels, batch.rounding / scale, np.nan)
    decimals, bounds = printed(table, i, j)
    parts = {"low": change - room, "high": change + room}
    parts |= _tests(batch, change, allowed, 10.0**-decimals)
    held = _equivalence(batch, change, parts, margin)
    return Change(change=change, **parts, **held, change_decimals=decimals, bound_decimals=bounds)


def printed(table: "pd.DataFrame", i: Any, j: Any) -> tuple[Floats, Floats]:
    """Print as many digits as the finer of the two figures; bounds need one more if they differ."""
    shift = 2 if (table["unit"] == "fraction").any() else 0
    stated = table["decimals"].to_numpy(dtype=np.float64)
    a, b = stated[i] - shift, stated[j] - shift
    written = np.array([float(digits(value)) for value in table["value"].to_numpy()])
    known = np.isfinite(a + b)
    decimals = np.where(known, np.fmax(np.fmax(a, b), 0), np.fmax(written[i], written[j]))
    return decimals, decimals + (known & (a != b))


def _shares(batch: "Pairs", mask: "Mask") -> tuple[Floats, Floats, Floats, Floats]:
    """Give the later share with its effective sample, then the earlier, where `mask` holds."""
    (earlier, later), (before, after) = batch.values, batch.sampled
    p1, p2 = (np.where(mask, values / _POINTS, np.nan) for values in (later, earlier))
    return p1, np.where(mask, after, np.nan), p2, np.where(mask, before, np.nan)


def _tests(batch: "Pairs", change: Floats, allowed: "Mask", step: Floats) -> dict[str, Floats]:
    """Compute what the samples of shares allow to say [percentage points]."""
    z95 = batch.config.z
    survey = np.asarray(allowed & batch.surveys & batch.shares)
    sides = _shares(batch, survey & batch.base_known)
    low, high = (_POINTS * bound for bound in newcombe(*sides, z95))
    half1, half2 = batch.both("half")
    wide = widened(change, low, high, rounding_variance(half1, half2), z95)
    z = z_unpooled(*sides)
    p, least = p_value(z), _POINTS * detectable(*sides, z95)
    p1, _, p2, _ = sides
    return {
        "sampling_low": low,
        "sampling_high": high,
        "interval_low": np.maximum(wide[0], -_POINTS),
        "interval_high": np.minimum(wide[1], _POINTS),
        "z": z,
        "p": p,
        "p_pooled": p_value(z_pooled(*sides)),
        "p_holm": holm(p),
        "effect": cohen_h(p1, p2),
        "detectable": least,
        "detectable_80": _POINTS * with_power(*sides, z95),
        "smallest_shown": smallest_shown(least, batch.rounding, step),
        **_needed(batch, survey & ~batch.base_known),
    }


def _needed(batch: "Pairs", mask: "Mask") -> dict[str, Floats]:
    p1, _, p2, _ = _shares(batch, mask)
    deff2, deff1 = (np.where(np.isnan(one), 1.0, one) for one in batch.both("deff_number"))
    room = batch.rounding / _POINTS
    rooms = {"n_needed": np.zeros_like(room), "n_needed_rounding": room}
    return {
        name: smallest_sample(p1, p2, deff1, deff2, room, batch.config.z)
        for name, room in rooms.items()
    }


def _equivalence(
    batch: "Pairs", change: Floats, parts: dict[str, Floats], margin: float | None
) -> dict[str, Any]:
    """Say of each change whether it is shown to be smaller than the margin."""
    from benchmark.rules.pairs import SLACK

    told = np.full(len(change), "", dtype=object)
    nothing = np.full(len(change), np.nan)
    if margin is None:
        return {"equivalence_p": nothing, "equivalence_p_holm": nothing, "equivalence": told}
    tested = np.isfinite(parts["p"])
    sides = _shares(batch, tested)
    error = _POINTS * np.hypot(standard_error(*sides[:2]), standard_error(*sides[2:]))
    p = equivalence(change, error, margin)
    safe = holm(
        equivalence(change, np.sqrt(error**2 + rounding_variance(*batch.both("half"))), margin)
    )
    # Figures that come from no sample are held against the margin as they stand.
    fixed = np.asarray(~batch.any_of("survey") & batch.levels)
    low, high = (
        np.where(tested, parts[f"interval_{end}"], np.where(fixed, parts[end], np.nan))
        for end in ("low", "high")
    )
    within = np.where(
        tested, safe < p_value(batch.config.z), np.maximum(-low, high) <= margin + SLACK
    )
    beyond = (low > margin) | (high < -margin)
    known = tested | fixed
    found = np.select(
        [~known, within, beyond], ["no_test", "unchanged", "changed"], "not_shown"
    ).astype(object)
    told = np.where(np.isfinite(change), found, "").astype(object)
    return {"equivalence_p": p, "equivalence_p_holm": safe, "equivalence": told}
