"""What the table covers, and where it has holes."""

from typing import Any, Final

import numpy as np

from benchmark.audit.declared import Declared
from benchmark.audit.finding import Finding, Outcome, Unchecked
from benchmark.audit.rows import Rows

MOST: Final = 0.6
"""Share of the countries of a pool from which on those without a figure are named."""


def check_coverage(rows: Rows, declared: Declared) -> Outcome:
    """Look for countries of an edition's pool that have no figure where most others have one.

    Parameters
    ----------
    rows : Rows
        The figures.
    declared : Declared
        Not used.

    Returns
    -------
    Outcome
        One note for each country, edition and source that lacks figures.
    """
    del declared
    pools = rows.registry.pools
    holes: dict[tuple[str, str], list[str]] = {}
    whole = rows.per_text("breakdown", lambda text: text == "total")
    whole = whole & rows.per_text("pool", lambda name: bool(pools.get(name, {}).get("members")))
    usable = np.flatnonzero(whole)
    key = rows.group("pool", "indicator")
    order = usable[np.argsort(key[usable], kind="stable")]
    groups = np.split(order, np.flatnonzero(np.diff(key[order])) + 1) if len(order) else []
    country, indicator = rows.text("country"), rows.text("indicator")
    for group in groups:
        pool = str(rows.text("pool")[group[0]])
        members = set(pools[pool]["members"])
        missing = members - set(country[group].tolist())
        if len(members) - len(missing) >= MOST * len(members):
            for code in missing:
                holes.setdefault((pool, str(code)), []).append(str(indicator[group[0]]))
    findings = tuple(
        Finding("coverage", "note", f"{code}/{pool}", "hole", _hole(pool, code, names))
        for (pool, code), names in sorted(holes.items())
    )
    empty = sorted(set(rows.registry.indicators) - set(rows.names("indicator")))
    left = (Unchecked("coverage", "no_figure", len(empty), ", ".join(empty[:5])),) if empty else ()
    return Outcome("coverage", len(groups), findings, left)


def _hole(pool: str, code: str, names: list[str]) -> dict[str, Any]:
    return {"pool": pool, "country": code, "count": len(names), "first": min(names)}


def coverage(rows: Rows) -> dict[str, list[dict[str, Any]]]:
    """Count what there is.

    Parameters
    ----------
    rows : Rows
        The figures.

    Returns
    -------
    dict
        ``country``, ``indicator``, ``year`` and ``programme``: for each, one entry a name with
        the number of figures with a value, of countries, of indicators, and the years.
    """
    return {
        "programme": _counted(rows, rows.fact("programme")),
        "country": _counted(rows, rows.text("country")),
        "year": _counted(rows, _years(rows)),
        "indicator": _counted(rows, rows.text("indicator")),
    }


def _years(rows: Rows) -> Any:
    year = rows.number("year")
    names, code = np.unique(np.nan_to_num(year), return_inverse=True)
    return np.array([f"{name:.0f}" for name in names], dtype=object)[code]


def _counted(rows: Rows, by: Any) -> list[dict[str, Any]]:
    usable = np.flatnonzero(rows.there)
    year, country, indicator = rows.number("year"), rows.code("country"), rows.code("indicator")
    names, code = np.unique(by[usable].astype(str), return_inverse=True)
    order = np.argsort(code, kind="stable")
    groups = np.split(usable[order], np.flatnonzero(np.diff(code[order])) + 1)
    return [
        {
            "name": str(name),
            "figures": len(group),
            "countries": len(np.unique(country[group])),
            "indicators": len(np.unique(indicator[group])),
            "first": int(np.nanmin(year[group])),
            "last": int(np.nanmax(year[group])),
        }
        for name, group in zip(names, groups, strict=len(usable) > 0)
    ]
