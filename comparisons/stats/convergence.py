"""Sigma, beta, gamma and delta convergence of countries, on arrays of years x countries."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from comparisons.stats.ranks import competition

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Spread:
    """Dispersion in each year.

    Parameters
    ----------
    mean, sd, cv, delta : ndarray of float, dims (year,)
        Unweighted mean; population standard deviation; their ratio; sum of the distances to the
        best country. `cv` is not a number where the mean is not above nought.
    """

    mean: Floats
    sd: Floats
    cv: Floats
    delta: Floats


@dataclass(frozen=True)
class Ratio:
    """Ratio of two standard deviations with its 95 % interval, and the test that it is 1."""

    value: float
    low: float
    high: float
    p: float


@dataclass(frozen=True)
class Beta:
    """Regression of growth on the level at the start.

    Parameters
    ----------
    slope, se, low, high, p, r2 : float
        Ordinary least squares, 95 % t-interval, two-sided p.
    intercept : float
        Of the same line.
    speed, half_life : float
        Of convergence [1/year], [years]; not a number where the slope does not converge.
    """

    slope: float
    se: float
    low: float
    high: float
    p: float
    r2: float
    intercept: float
    speed: float
    half_life: float


def spread(values: ArrayLike, direction: int = 1) -> Spread:
    """Measure how far apart countries stand in each year (sigma and delta convergence).

    Parameters
    ----------
    values : array-like of float, dims (year, country)
        In one unit, complete.
    direction : {1, -1}
        1 if the highest value is best, -1 if the lowest is.

    Returns
    -------
    Spread

    References
    ----------
    Eurofound (2018), Upward convergence in the EU; population standard deviation, as there.

    Examples
    --------
    >>> found = spread([[1150.0, 978.0, 682.0], [998.0, 1250.0, 332.0]])
    >>> found.delta.tolist()
    [640.0, 1170.0]
    """
    table = np.asarray(values, dtype=np.float64)
    mean, sd = table.mean(axis=1), table.std(axis=1)
    # What is left of equal numbers after rounding in the machine is no spread.
    sd[np.ptp(table, axis=1) == 0] = 0.0
    cv = sd / np.where(mean > 0, mean, np.nan)
    best = (direction * table).max(axis=1, keepdims=True)
    return Spread(mean, sd, cv, (best - direction * table).sum(axis=1))


def sd_ratio(first: ArrayLike, last: ArrayLike, level: float = 0.95) -> Ratio:
    """Compare the standard deviations of two years of the same countries.

    The years are not independent samples, so that the F test does not hold; the test of Pitman
    and Morgan takes their correlation into account.

    Parameters
    ----------
    first, last : array-like of float, dims (country,)
        Values of the same countries in two years.
    level : float
        Of the interval.

    Returns
    -------
    Ratio
        Last over first; below 1 the countries drew together. The interval is not a number with
        fewer than three countries or without spread.

    References
    ----------
    Pitman (1939), Biometrika 31, 9-12; Morgan (1939), Biometrika 31, 13-19.

    Examples
    --------
    >>> sd_ratio([1.0, 2.0, 3.0, 4.0], [2.0, 4.0, 6.0, 8.0]).value
    2.0
    """
    from scipy.stats import t

    a, b = np.asarray(first, dtype=np.float64), np.asarray(last, dtype=np.float64)
    n, none = len(a), float("nan")
    if n < 2 or np.ptp(a) == 0:
        return Ratio(none, none, none, none)
    ratio = float(b.std() / a.std()) if np.ptp(b) else 0.0
    if n < 3 or np.ptp(b) == 0:
        return Ratio(ratio, none, none, none)
    free = max(0.0, 1 - float(np.corrcoef(a, b)[0, 1]) ** 2)
    k = 1 + 2 * free * t.ppf((1 + level) / 2, n - 2) ** 2 / (n - 2)
    root = np.sqrt(k + np.sqrt(k**2 - 1))
    score = (ratio**2 - 1) * np.sqrt(n - 2) / (2 * ratio * np.sqrt(free)) if free else np.inf
    p = 2 * float(t.sf(abs(score), n - 2)) if free else (1.0 if ratio == 1 else 0.0)
    return Ratio(ratio, ratio / float(root), ratio * float(root), p)


def beta(first: ArrayLike, last: ArrayLike, years: float, level: float = 0.95) -> Beta:
    """Regress yearly growth on the logarithm of the level at the start (beta convergence).

    Parameters
    ----------
    first, last : array-like of float, dims (country,)
        Values above nought of the same countries, `years` apart.
    years : float
        Years between them.
    level : float
        Of the interval.

    Returns
    -------
    Beta
        ln(last / first) / years = intercept + slope ln(first); speed -ln(1 + years slope) / years
        and half-life ln 2 / speed. All not a number with fewer than three countries, with a value
        not above nought, or without spread at the start.

    References
    ----------
    Barro & Sala-i-Martin (1992), Journal of Political Economy 100, 223-251, eq. 11-12.

    Examples
    --------
    >>> start = np.array([0.5, 0.6, 0.7, 0.8])
    >>> end = 0.9 ** (1 - np.exp(-0.2)) * start ** np.exp(-0.2)
    >>> round(beta(start, end, 4).slope, 6), round(beta(start, end, 4).speed, 6)
    (-0.045317, 0.05)
    """
    from scipy.stats import t

    a, b = np.asarray(first, dtype=np.float64), np.asarray(last, dtype=np.float64)
    if len(a) < 3 or not ((a > 0) & (b > 0)).all() or np.ptp(a) == 0:
        return Beta(*[float("nan")] * 9)
    x, y, free = np.log(a), np.log(b / a) / years, len(a) - 2
    design = np.column_stack([np.ones_like(x), x])
    (intercept, slope), *_ = np.linalg.lstsq(design, y, rcond=None)
    left = float(((y - intercept - slope * x) ** 2).sum())
    whole = float(((y - y.mean()) ** 2).sum())
    se = float(np.sqrt(left / free / ((x - x.mean()) ** 2).sum()))
    room = se * float(t.ppf((1 + level) / 2, free))
    p = 2 * float(t.sf(abs(slope) / se, free)) if se else 0.0
    slope = float(slope)
    return Beta(
        slope,
        se,
        slope - room,
        slope + room,
        p,
        1 - left / whole if whole else float("nan"),
        float(intercept),
        *_speed(slope, years),
    )


def _speed(slope: float, years: float) -> tuple[float, float]:
    """Give speed and half-life of a convergence; none where there is none."""
    if not -1 < years * slope < 0:
        return float("nan"), float("nan")
    speed = -float(np.log1p(years * slope)) / years
    return speed, float(np.log(2)) / speed


def gamma(values: ArrayLike, direction: int = 1) -> float:
    """Say how far the order of countries has lasted (gamma convergence).

    Parameters
    ----------
    values : array-like of float, dims (year, country)
        Complete, the first year first.
    direction : {1, -1}
        1 if the highest value is best; without influence on the result.

    Returns
    -------
    float
        Var(sum of a country's ranks over the n years) / (n^2 Var(ranks of the first year)), with
        shared ranks in the middle: 1 where the order never changes, near 0 where it turns over.
        Not a number where the first year has no order.

    References
    ----------
    Boyle & McCarthy (1997), Oxford Bulletin of Economics and Statistics 59, 257-264. The divisor
    counts all n years, the first included.

    Examples
    --------
    >>> gamma([[1.0, 2.0, 3.0], [1.5, 2.0, 2.5], [5.0, 6.0, 7.0]])
    1.0
    """
    table = np.asarray(values, dtype=np.float64)
    # The middle of shared places is half way between counting from either end.
    up, down = (competition(table, sign * direction, axis=1) for sign in (1, -1))
    ranks = (up + (table.shape[1] + 1 - down)) / 2
    start = float(ranks[0].var())
    total: Any = ranks.sum(axis=0).var()
    return float(total / (len(table) ** 2 * start)) if start else float("nan")
