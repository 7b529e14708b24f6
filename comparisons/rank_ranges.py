"""How sure the places of a ranking are: ranges of ranks from sampling error or from rounding.

Ranges from the choice of method belong to composite indices, which have no standard errors.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from benchmark.errors import UnknownName
from benchmark.language import join, term
from benchmark.rules.proportions import standard_error
from benchmark.rules.rows import DERIVED
from comparisons.places import Mask
from comparisons.standing import Standing
from comparisons.stats.rank_sets import KINDS, METHODS, probability_above, rank_sets
from comparisons.stats.ranks import TIES, rounding_range
from comparisons.texts import Texts, each, texts

if TYPE_CHECKING:
    import pandas as pd

    from benchmark.rules.columns import Columns

Floats = NDArray[np.float64]

LEVEL: Final = 0.95
_WHOLE: Final = {"percent": 100.0, "fraction": 1.0}
"""What a share of all amounts to, by unit."""
_NO_SAMPLE: Final = ("mystery_shopping", "admin", "expert")


@dataclass(frozen=True)
class Wanted:
    """How a ranking is to be made.

    Parameters
    ----------
    ties : {"1224", "1334", "1223", "frac"}
        Rule for equal values.
    confidence : {"marginal", "simultaneous"}
        Kind of confidence set, where standard errors are known.
    method : {"holm", "bootstrap"}
        How it is computed.
    seed : int
        Of the bootstrap.

    Raises
    ------
    UnknownName
        If one of the words is not known.
    """

    ties: str = "1224"
    confidence: str = "marginal"
    method: str = "holm"
    seed: int = 0

    def __post_init__(self) -> None:
        """Refuse unknown words, all at once."""
        known = {"ties": TIES, "confidence": KINDS, "method": METHODS}
        wrong = [
            f"{name} {getattr(self, name)!r}: choose one of {', '.join(words)}"
            for name, words in known.items()
            if getattr(self, name) not in words
        ]
        if wrong:
            raise UnknownName("; ".join(wrong))


@dataclass(frozen=True)
class Ranges:
    """Places that are possible, along the cells of a ranking.

    Parameters
    ----------
    basis : {"sampling", "rounding", "none"}
        What the ranges rest on.
    low, high, pool_low, pool_high : ndarray of float [rank]
        Best and worst place among those ranked and among all; not-a-number where none is given.
    above_next : ndarray of float [percent]
        Probability of being truly better than the next in the ranking, as an indication.
    remarks : tuple of mapping
        What a reader must know of them.
    """

    basis: str
    low: Floats
    high: Floats
    pool_low: Floats
    pool_high: Floats
    above_next: Floats
    remarks: tuple[Texts, ...]


def ranges(table: "pd.DataFrame", standing: Standing, direction: int, wanted: Wanted) -> Ranges:
    """Compute the ranges of places that the figures allow.

    Parameters
    ----------
    table : DataFrame
        The cells of all countries with a figure, one a country.
    standing : Standing
        Who is ranked, and against whom.
    direction : {1, -1}
        1 if the highest value is best.
    wanted : Wanted
        Tie rule and kind of confidence set.

    Returns
    -------
    Ranges
        From standard errors where every country ranked has one; else from rounding where every
        value is printed with its digits; else none.
    """
    columns = standing.among.judgement.columns
    errors, halves = _errors(columns, table), _halves(table)
    basis, spread = "none", np.full(len(table), np.nan)
    if wanted.ties != "1223":
        if np.isfinite(errors[standing.ranked]).all():
            basis, spread = "sampling", errors
        elif np.isfinite(halves[standing.ranked]).all():
            basis, spread = "rounding", halves
    value, given = table["value"].to_numpy(dtype=float), (direction, wanted)
    among, among_all = (
        _bounds(basis, np.where(mask, value, np.nan), np.where(mask, spread, np.nan), given)
        for mask in (standing.ranked, standing.pool)
    )
    return Ranges(
        basis,
        *among,
        *among_all,
        _above_next(table, standing.ranked, errors if basis == "sampling" else None, direction),
        tuple(_remarks(basis, (*among, *among_all), columns, standing.ranked, wanted)),
    )


def written(low: Floats, high: Floats) -> list[str]:
    """Write ranges of places as a reader sees them.

    Examples
    --------
    >>> written(np.array([3.0, 2.0, np.nan]), np.array([5.0, 2.0, np.nan]))
    ['3–5', '2', '']
    """
    return [
        "" if a != a else f"{a:.0f}" if a == b else f"{a:.0f}–{b:.0f}"
        for a, b in zip(low, high, strict=True)
    ]


def _errors(columns: "Columns", table: "pd.DataFrame") -> Floats:
    """Compute standard errors of shares from sample size and design effect, in their unit."""
    whole = table["unit"].map(_WHOLE).to_numpy(dtype=float)
    share = table["value"].to_numpy(dtype=float) / whole
    n, survey = (columns.derived(name, DERIVED[name]) for name in ("n_eff", "survey"))
    with np.errstate(invalid="ignore"):
        found = whole * standard_error(share, n)
    # The approximation fails at 0 and 100 %, where it knows no error at all.
    return np.where(survey & (found > 0), found, np.nan)


def _halves(table: "pd.DataFrame") -> Floats:
    """Give half a unit of the last digit where values stand as they were rounded."""
    digits = table["decimals"].to_numpy(dtype=float)
    shifted = table["value"].to_numpy(dtype=float) * 10.0**digits
    rounded = np.isclose(shifted, np.round(shifted), rtol=0, atol=1e-6)
    return np.where(rounded, 0.5 * 10.0**-digits, np.nan)


def _bounds(
    basis: str, value: Floats, spread: Floats, given: tuple[int, Wanted]
) -> tuple[Floats, Floats]:
    """Give best and worst places; none where the spread of any value is not known."""
    direction, wanted = given
    if np.isnan(spread[np.isfinite(value)]).any():
        return np.full(value.shape, np.nan), np.full(value.shape, np.nan)
    if basis == "rounding":
        return rounding_range(value, spread, direction)
    found = rank_sets(
        value,
        spread,
        direction=direction,
        level=LEVEL,
        kind=wanted.confidence,
        method=wanted.method,
        seed=wanted.seed,
    )
    return found.low, found.high


def _above_next(
    table: "pd.DataFrame", ranked: Mask, errors: Floats | None, direction: int
) -> Floats:
    found = np.full(len(table), np.nan)
    if errors is None:
        return found
    order = table.assign(key=-direction * table["value"])[ranked].sort_values(["key", "country"])
    here, after = order.index[:-1].to_numpy(), order.index[1:].to_numpy()
    value = table["value"].to_numpy(dtype=float)
    pair = value[here], errors[here], value[after], errors[after]
    found[here] = 100 * probability_above(*pair, direction)
    return found


def _remarks(
    basis: str,
    bounds: tuple[Floats, Floats, Floats, Floats],
    columns: "Columns",
    ranked: Mask,
    wanted: Wanted,
) -> list[Texts]:
    if wanted.ties == "1223":
        return [texts("ranks.range.dense")]
    if basis == "sampling":
        told = [
            texts(f"ranks.range.{wanted.confidence}", level=round(100 * LEVEL)),
            texts(f"ranks.range.{wanted.method}", seed=wanted.seed),
            texts("ranks.range.indicative"),
        ]
        unstated = bool((columns.codes["deff"][ranked] < 0).any())
        return [*told, *([texts("ranks.range.deff")] if unstated else [])]
    why = _why(columns, ranked)
    if basis == "none":
        return [why]
    low, high, pool_low, pool_high = bounds
    moved = bool(((high > low) | (pool_high > pool_low))[ranked].any())
    return [texts("ranks.range.rounding" if moved else "ranks.range.rounding_none"), why]


def _why(columns: "Columns", ranked: Mask) -> Texts:
    """Say why there is no confidence set."""
    codes = columns.codes["mode"][ranked]
    modes = [columns.tables["mode"][code] for code in np.unique(codes[codes >= 0])]
    if modes and (codes >= 0).all() and set(modes) <= set(_NO_SAMPLE):
        named = each(lambda lang: join([str(term(f"mode.{one}", lang)) for one in modes], lang))
        return texts("ranks.range.no_sample", mode=named)
    return texts("ranks.range.no_errors")
