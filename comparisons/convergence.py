"""Whether countries draw together over the years: sigma, beta, gamma and delta convergence."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from benchmark.cube import evidence_of
from comparisons.balanced import Balanced, balance
from comparisons.cells import documents, no_printed_rank, notes_on, overrides
from comparisons.course import point_ids, point_names
from comparisons.notes import ids_by_cell
from comparisons.parts import Column, Coverage, Note
from comparisons.render.amounts import amount
from comparisons.selection import (
    Countries,
    asked_countries,
    citations,
    measure,
    named,
    select,
    thresholds,
    title,
)
from comparisons.stats.convergence import Beta, Ratio, beta, gamma, sd_ratio, spread
from comparisons.texts import Texts, each, text, texts
from comparisons.view import View

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

    from benchmark.figures import Evidence
    from benchmark.rules.config import Thresholds

FEWEST: Final = 10
"""Countries below which no regression is reported: a line through fewer says next to nothing."""


def convergence(
    cube: "xr.Dataset",
    indicator: str,
    countries: Countries = None,
    years: Sequence[int] | None = None,
    *,
    config: "Thresholds | None" = None,
    override: str | None = None,
) -> View:
    """Say whether countries draw together over the years.

    Parameters
    ----------
    cube : xarray.Dataset
        dims (country, indicator, year), as `nb.load()` gives it.
    indicator : str
        Its id; never a printed rank.
    countries : str or sequence of str, optional
        Names, codes and groups; all with a figure by default.
    years : sequence of int, optional
        Years without a break between them; by default those in which every country has a figure.
        Countries without a comparable figure in each of them leave and are named.
    config : Thresholds, optional
        Thresholds of the rules.
    override : str, optional
        A reason for going on over a break; it stands on every output.

    Returns
    -------
    View
        `to_frame()` has a row a year: `mean`, population `sd` and `cv` (sigma), `delta` (sum of
        the distances to the best), and since the first year `gamma`, `sd_ratio` with its 95 %
        interval and, with ten countries or more, the `slope` of the regression of growth on
        level with `se`, interval, `p`, `r2`, `speed` and `half_life` [years] (beta). The values
        stand in columns named by country.

    Raises
    ------
    NotComparable
        If a break parts the years (naming the parts), countries are not comparable with each
        other, or fewer than two are left.
    NoData
        If a year has no figure or there are not two years.

    References
    ----------
    Eurofound (2018), Upward convergence in the EU; Barro & Sala-i-Martin (1992); Boyle & McCarthy
    (1997); the interval of the ratio after Pitman (1939) and Morgan (1939).

    Examples
    --------
    >>> import nordbench as nb
    >>> view = nb.convergence(nb.load(), "un.egdi", "nordic", [2014, 2016, 2018])
    >>> view.to_frame()["cv"].round(4).tolist()
    [0.0201, 0.0506, 0.0326]
    """
    evidence, limits = evidence_of(cube), thresholds(config)
    asked = asked_countries(cube, countries)
    series = select(cube, [indicator])
    if countries is None:
        asked = tuple(code for code in asked if code in set(series["country"]))
    what = texts("convergence.title", indicator=title(evidence, indicator))
    no_printed_rank(evidence, indicator, what)
    whole = balance(evidence, series, asked, years, limits, override, what)
    groups = [*whole.steps, *whole.across]
    table = whole.table
    notes = notes_on(evidence, groups, table, point_ids(table), point_names(table))
    data = _data(evidence, indicator, whole, notes)
    return View(
        kind="convergence",
        title=what,
        data=data,
        columns=_columns(data),
        verdict=whole.verdict,
        notes=notes,
        citations=citations(evidence, table["document"]),
        coverage=Coverage(asked, whole.codes, whole.left),
        overrides=overrides(groups, override),
        remarks=tuple(_remarks(evidence, indicator, whole, data)),
        thresholds=limits.to_dict(),
        evidence=evidence.hash,
        labels={"country": {code: named(code) for code in whole.codes}},
    )


def _data(
    evidence: "Evidence", indicator: str, whole: Balanced, notes: Sequence[Note]
) -> "pd.DataFrame":
    import pandas as pd

    values, years = whole.values, whole.years
    direction = int(evidence.registry.indicators[indicator]["direction"])
    apart = spread(values, direction)
    data = pd.DataFrame({"year": years, "n": len(whole.codes), **vars(apart)})
    since = [_since(values, years, k, direction) for k in range(len(years))]
    data = pd.concat([data, pd.DataFrame(since)], axis=1)
    told = ids_by_cell(notes)
    unit = str(whole.table["unit"].iloc[0])
    cells = [whole.table[whole.table["year"] == year] for year in years]
    data = data.assign(
        unit="percent" if unit == "fraction" else unit,
        digits=_digits(whole),
        verdict=whole.verdict,
        status="A",
        document=[documents(here) for here in cells],
        locator=f"derived from {len(whole.codes)} figures",
        notes=[_of_year(told, year) for year in years],
    )
    return pd.concat([data, pd.DataFrame(values, columns=list(whole.codes))], axis=1)


def _digits(whole: Balanced) -> int:
    """Print means and spreads of an index between 0 and 1 with four digits, others with two."""
    return 4 if str(whole.table["unit"].iloc[0]) == "index_0_1" else 2


def _since(values: Any, years: tuple[int, ...], k: int, direction: int) -> dict[str, float]:
    """Compare a year with the first one."""
    if k == 0:
        ratio, found, order = Ratio(*[np.nan] * 4), Beta(*[np.nan] * 9), np.nan
    else:
        ratio, order = sd_ratio(values[0], values[k]), gamma(values[: k + 1], direction)
        found = beta(values[0], values[k], years[k] - years[0])
    reported = found if values.shape[1] >= FEWEST else Beta(*[np.nan] * 9)
    of_ratio = {"sd_ratio": ratio.value, "ratio_low": ratio.low, "ratio_high": ratio.high}
    of_line = {f"slope_{name}": value for name, value in vars(reported).items() if name != "slope"}
    return {"gamma": order, **of_ratio, "ratio_p": ratio.p, "slope": reported.slope} | of_line


def _of_year(told: dict[str, str], year: int) -> str:
    found = [ids for cell, ids in told.items() if cell.endswith(f"/{year}")]
    return " ".join(dict.fromkeys(" ".join(found).split()))


def _columns(data: "pd.DataFrame") -> tuple[Column, ...]:
    regressed = bool(data["slope"].notna().any())
    relative = bool(data["cv"].notna().any())
    chosen = (
        (True, Column("year")),
        (True, Column("n", "number", "convergence.n")),
        (True, Column("mean", "number", "convergence.mean", str(data["unit"].iloc[0]), "digits")),
        (True, Column("sd", "number", "convergence.sd", decimals="digits")),
        (relative, Column("cv", "number", "convergence.cv", decimals=4)),
        (True, Column("delta", "number", "convergence.delta", decimals="digits")),
        (True, Column("gamma", "number", "convergence.gamma", decimals=2)),
        (True, Column("sd_ratio", "number", "convergence.sd_ratio", decimals=2)),
        (True, Column("ratio_low", "number", "column.low", decimals=2)),
        (True, Column("ratio_high", "number", "column.high", decimals=2)),
        (regressed, Column("slope", "number", "convergence.slope", decimals=4)),
        (regressed, Column("slope_low", "number", "column.low", decimals=4)),
        (regressed, Column("slope_high", "number", "column.high", decimals=4)),
        (True, Column("notes", "note")),
    )
    return tuple(column for wanted, column in chosen if wanted)


def _remarks(
    evidence: "Evidence", indicator: str, whole: Balanced, data: "pd.DataFrame"
) -> list[Texts]:
    first, last = data.iloc[0], data.iloc[-1]
    told = [measure(evidence, indicator), _sigma(first, last, whole), _certain(last)]
    if (last["cv"] - first["cv"]) * (last["sd"] - first["sd"]) < 0:
        told.append(texts("convergence.disagree"))
    told.append(_beta(last))
    told += [texts("convergence.gamma_how"), texts("convergence.ratio_how")]
    return told


def _sigma(first: Any, last: Any, whole: Balanced) -> Texts:
    key = "sigma" if np.isfinite(first["cv"] + last["cv"]) else "sigma_only"

    def write(lang: str) -> str:
        facts = {
            f"{name}_{end}": amount(float(row[name]), "", int(places), lang)
            for name, places in (("sd", first["digits"]), ("cv", 4))
            for end, row in (("a", first), ("b", last))
        }
        span = {"n": len(whole.codes), "start": int(first["year"]), "end": int(last["year"])}
        return text(f"convergence.{key}", lang, **span, **facts)

    return each(write)


def _certain(last: Any) -> Texts:
    """Say whether the change of the spread can be told from none."""
    if not np.isfinite(last["ratio_low"] + last["ratio_high"]):
        return texts("convergence.no_interval")
    key = "uncertain"
    if last["ratio_high"] < 1:
        key = "closer"
    elif last["ratio_low"] > 1:
        key = "apart_finding"

    def write(lang: str) -> str:
        names = ("sd_ratio", "ratio_low", "ratio_high")
        facts = {name: amount(float(last[name]), "", 2, lang) for name in names}
        return text(f"convergence.{key}", lang, p=_p(last["ratio_p"], lang), **facts)

    return each(write)


def _beta(last: Any) -> Texts:
    if last["n"] < FEWEST:
        return texts("convergence.few", n=int(last["n"]), fewest=FEWEST)
    if not np.isfinite(last["slope"]):
        return texts("convergence.no_beta")
    key = "beta" if np.isfinite(last["slope_half_life"]) else "beta_away"

    def write(lang: str) -> str:
        names = ("slope", "slope_low", "slope_high", "slope_se")
        facts = {name: amount(float(last[name]), "", 4, lang) for name in names}
        half = amount(float(np.nan_to_num(last["slope_half_life"])), "", 1, lang)
        r2 = amount(float(last["slope_r2"]), "", 2, lang)
        return text(
            f"convergence.{key}", lang, p=_p(last["slope_p"], lang), half=half, r2=r2, **facts
        )

    return each(write)


def _p(value: float, lang: str) -> str:
    """Write a p-value with two significant digits, very small ones as a bound."""
    if value < 0.001:
        return f"< {amount(0.001, '', 3, lang)}"
    return f"= {amount(float(value), '', max(2, 1 - int(np.floor(np.log10(value)))), lang)}"
