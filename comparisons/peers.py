"""Which countries are alike over several comparable indicators: clusters and near neighbours."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from benchmark.cube import evidence_of
from benchmark.errors import BenchmarkError
from comparisons.cells import documents, notes_on, overrides
from comparisons.complete import Complete, Years, complete
from comparisons.notes import ids_by_cell
from comparisons.parts import Column, Coverage, Note, worst
from comparisons.places import listed
from comparisons.render.amounts import amount
from comparisons.selection import (
    Countries,
    asked_countries,
    citations,
    named,
    select,
    thresholds,
    title,
)
from comparisons.stats.clusters import METHODS, Clusters, clusters, distances, standardised
from comparisons.texts import Texts, each, text, texts
from comparisons.view import View

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

    from benchmark.figures import Evidence
    from benchmark.rules.config import Thresholds

STABLE: Final = 0.75
"""Mean Jaccard similarity from which a cluster counts as stable (Hennig 2007)."""
STRUCTURE: Final = 0.25
"""Mean silhouette below which there are hardly any clusters (Kaufman & Rousseeuw 1990)."""
SHOWN: Final = 2
"""Indicators named as most and as least alike."""


def peers(
    cube: "xr.Dataset",
    indicators: Sequence[str],
    year: Years = None,
    countries: Countries = None,
    *,
    method: str = "ward",
    number: int | None = None,
    draws: int = 100,
    seed: int = 0,
    config: "Thresholds | None" = None,
    override: str | None = None,
) -> View:
    """Find countries that are alike.

    Parameters
    ----------
    cube : xarray.Dataset
        dims (country, indicator, year), as `nb.load()` gives it.
    indicators : sequence of str
        Two or more ids; each is standardised, so that all weigh the same.
    year : int or mapping of str to int, optional
        The year of the figures, for all or by indicator; by default the newest of each indicator.
    countries : str or sequence of str, optional
        Names, codes and groups; all with a figure by default. Who lacks a figure or is not
        comparable with the others on one indicator leaves and is named.
    method : {"ward", "average", "kmeans"}
        Hierarchical clusters with Ward's criterion or average distances, or k-means.
    number : int, optional
        Of clusters; by default the one with the highest mean silhouette.
    draws : int
        Resamples for the stability of the clusters.
    seed : int
        Of the resampling and of k-means; printed with the result.
    config : Thresholds, optional
        Thresholds of the rules.
    override : str, optional
        A reason for going on over what the rules forbid; it stands on every output.

    Returns
    -------
    View
        `to_frame()` begins with `country, cluster, silhouette, stability, nearest, distance,
        alike, unlike`: the nearest country, how far it is [standard deviations of an average
        indicator], the indicators on which the two are most alike and most apart. The values
        stand in columns named by indicator.

    Raises
    ------
    NotComparable
        If countries may not be compared on an indicator, an indicator is a printed rank, or
        fewer than four countries are left.
    BenchmarkError
        If there are fewer than two indicators, or the method or number of clusters cannot be.

    References
    ----------
    Ward (1963); Rousseeuw (1987); Hennig (2007), Computational Statistics & Data Analysis 52.

    Examples
    --------
    >>> import nordbench as nb
    >>> wanted = ["egov.user_centricity", "egov.transparency", "egov.key_enablers"]
    >>> frame = nb.peers(nb.load(), wanted, 2023, "nordic_baltic").to_frame().set_index("country")
    >>> frame.loc["DNK", "nearest"]
    'FIN'
    """
    evidence, limits = evidence_of(cube), thresholds(config)
    chosen = _chosen(indicators, method, year)
    series = select(cube, chosen)
    asked = _asked(cube, series, countries)
    what = texts("peers.title", indicators=_listed(evidence, chosen))
    whole = complete(evidence, series, chosen, year, asked, limits, override, what)
    table, codes, inside = whole.table, whole.codes, whole.judged
    points, found = _found(whole, method, number, draws, seed)
    pairs = list(zip(table["indicator"], table["country"], strict=True))
    ids = [f"{indicator}/{code}" for indicator, code in pairs]
    names = [_cell_name(evidence, indicator, code) for indicator, code in pairs]
    notes = notes_on(evidence, inside, table, ids, names)
    verdict = worst([one.verdict for one in inside])
    data = _data(chosen, codes, table, points, found, notes).assign(verdict=verdict)
    return View(
        kind="peers",
        title=what,
        data=data.sort_values(["cluster", "country"], ignore_index=True),
        columns=COLUMNS,
        verdict=verdict,
        notes=notes,
        citations=citations(evidence, table["document"]),
        coverage=Coverage(asked, codes, whole.left),
        overrides=overrides(inside, override),
        remarks=tuple(_remarks(table, found, method, number, draws, seed)),
        thresholds=limits.to_dict(),
        evidence=evidence.hash,
        labels=_labels(evidence, chosen, codes, data),
    )


COLUMNS: Final = (
    Column("cluster", "number", "peers.cluster"),
    Column("country"),
    Column("silhouette", "number", "peers.silhouette", decimals=2),
    Column("stability", "number", "peers.stability", decimals=2),
    Column("nearest", "text", "peers.nearest"),
    Column("distance", "number", "peers.distance", decimals=2),
    Column("alike", "text", "peers.alike"),
    Column("unlike", "text", "peers.unlike"),
    Column("notes", "note"),
)


def _chosen(indicators: Sequence[str], method: str, year: Years) -> list[str]:
    if method not in METHODS:
        raise BenchmarkError(f"no method {method!r}; choose {', '.join(METHODS)}")
    given = indicators.split(",") if isinstance(indicators, str) else indicators
    chosen = list(dict.fromkeys(str(one).strip() for one in given))
    if len(chosen) < 2:
        raise BenchmarkError("peers takes two indicators or more; on one, see the ranking")
    strange = set(year) - set(chosen) if isinstance(year, Mapping) else set()
    if strange:
        raise BenchmarkError(f"years are given for what is not asked for: {', '.join(strange)}")
    return chosen


def _asked(cube: "xr.Dataset", series: "pd.DataFrame", countries: Countries) -> tuple[str, ...]:
    asked = asked_countries(cube, countries)
    if countries is not None:
        return asked
    known = set(series["country"])
    return tuple(code for code in asked if code in known)


def _listed(evidence: "Evidence", indicators: Sequence[str]) -> Texts:
    return listed([title(evidence, one) for one in indicators], most=4)


def _found(
    whole: Complete, method: str, number: int | None, draws: int, seed: int
) -> tuple[Any, Clusters]:
    """Standardise the countries and divide them."""
    points = standardised(whole.values)
    try:
        return points, clusters(points, method, number, draws, seed)
    except ValueError as error:
        raise BenchmarkError(str(error)) from None


def _cell_name(evidence: "Evidence", indicator: str, country: str) -> Texts:
    return texts("note.scoped", scope=title(evidence, indicator), places=named(country))


def _data(
    chosen: Sequence[str],
    codes: tuple[str, ...],
    table: "pd.DataFrame",
    points: Any,
    found: Clusters,
    notes: tuple[Note, ...],
) -> "pd.DataFrame":
    import pandas as pd

    apart = distances(points)
    np.fill_diagonal(apart, np.inf)
    near = apart.argmin(axis=1)
    # The smaller the difference, the more alike; of equal ones the first named.
    order = np.argsort(np.abs(points - points[near]), axis=1, kind="stable")
    told = ids_by_cell(notes)
    shown = min(SHOWN, len(chosen) // 2)
    data = pd.DataFrame(
        {
            "country": codes,
            "cluster": found.label + 1,
            "silhouette": found.silhouette,
            "stability": found.stability[found.label],
            "nearest": [codes[k] for k in near],
            "distance": apart[np.arange(len(codes)), near],
            "alike": [" ".join(chosen[k] for k in row[:shown]) for row in order],
            "unlike": [" ".join(chosen[k] for k in row[::-1][:shown]) for row in order],
            "name": [named(code)["en"] for code in codes],
            "status": "A",
            "notes": [_of_country(told, code) for code in codes],
        }
    )
    own = [table[table["country"] == code] for code in codes]
    values = np.array([one["value"].to_numpy() for one in own])
    data["document"] = [documents(one) for one in own]
    data["locator"] = f"derived from {len(chosen)} figures a country"
    return pd.concat([data, pd.DataFrame(values, columns=list(chosen))], axis=1)


def _of_country(told: dict[str, str], code: str) -> str:
    found = [ids for cell, ids in told.items() if cell.endswith(f"/{code}")]
    return " ".join(dict.fromkeys(" ".join(found).split()))


def _labels(
    evidence: "Evidence", chosen: Sequence[str], codes: Sequence[str], data: "pd.DataFrame"
) -> dict[str, dict[str, Texts]]:
    """Name countries and, for each combination there is, the indicators that decide."""
    names = {code: named(code) for code in codes}
    reasons = {
        one: listed([title(evidence, part) for part in one.split()])
        for one in {*data["alike"], *data["unlike"]}
    }
    return {"country": names, "nearest": names, "alike": reasons, "unlike": reasons}


def _remarks(
    table: "pd.DataFrame",
    found: Clusters,
    method: str,
    number: int | None,
    draws: int,
    seed: int,
) -> list[Texts]:
    years = sorted(set(table["year"]))
    span = str(years[0]) if len(years) == 1 else f"{years[0]}-{years[-1]}"
    k = len(found.stability)
    told = [texts("peers.how", n=table["indicator"].nunique(), years=span)]
    how = texts(f"peers.{method}")

    def write(lang: str) -> str:
        tried = "; ".join(
            f"{one}: {amount(mean, '', 2, lang)}" for one, mean in found.tried.items()
        )
        facts = {"k": k, "mean": amount(found.mean, "", 2, lang), "tried": tried}
        return text(f"peers.{'given' if number else 'chosen'}", lang, method=how[lang], **facts)

    told.append(each(write))
    if found.mean < STRUCTURE:
        told.append(texts("peers.weak"))
    shaky = [str(one + 1) for one in np.flatnonzero(~(found.stability >= STABLE))]
    told.append(texts("peers.stability_how", draws=draws, seed=seed))
    told.append(
        texts("peers.shaky", clusters=", ".join(shaky)) if shaky else texts("peers.all_stable")
    )
    return [*told, texts("peers.distance_how")]
