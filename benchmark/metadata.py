"""From a row of the figures table to the mapping that comparisons read.

The layers are programme < indicator < regime < breakdown < figure; a higher layer overrides a
lower one. A key that no layer gives is absent, which means unknown. This is the only way from
figures into a comparison.
"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmark.registry import Registry, matches

if TYPE_CHECKING:
    from benchmark.figures import Evidence
    from benchmark.rules.columns import Columns

FACTS = ("concept", "unit", "base", "age", "programme")
"""Facts of the registry that are shown beside every figure."""

_FIGURE_KEYS = {
    "country": "country",
    "area": "area",
    "geo_scope": "geo_scope",
    "period": "period",
    "wave": "wave",
    "source_type": "source_type",
    "edition": "vintage",
}
"""Text columns of the figures table and the key each one fills."""


def profile(registry: Registry, indicator: str, regime: str, breakdown: str) -> dict[str, Any]:
    """Layer what the registry says of every figure of one indicator, regime and breakdown.

    Parameters
    ----------
    registry : Registry
        Definitions.
    indicator, regime, breakdown : str
        As in the figures table; the regime may be empty.

    Returns
    -------
    dict
        Keys of the comparability metadata. ``underlying`` may still hold ``{wave}``.
    """
    entry = registry.indicators[indicator]
    method = registry.regimes.get(regime, {})
    name = method.get("programme", entry["programme"])
    programme = registry.programmes[name]
    part = entry.get("breakdowns", {}).get(breakdown, {})
    facts: dict[str, Any] = {"programme": name}
    if "underlying" in programme:
        facts["underlying"] = programme["underlying"]
    facts |= programme.get("facts", {})
    facts |= {key: entry[key] for key in ("concept", "unit", "direction", "base")}
    facts |= entry.get("facts", {})
    facts |= method.get("facts", {})
    if breakdown != "total":
        # A breakdown is a filter of the base, whatever else its description adds.
        facts["base_filter"] = breakdown
    facts |= part.get("facts", {})
    years = sorted({one["year"] for one in _breaks(registry, name, indicator)})
    return facts | ({"series_breaks": years} if years else {})


def _breaks(registry: Registry, programme: str, indicator: str) -> Iterable[Mapping[str, Any]]:
    for entry in registry.breaks.values():
        patterns = entry.get("indicators", ())
        if entry.get("programme") == programme or any(matches(p, indicator) for p in patterns):
            yield entry


def events(registry: Registry, indicator: str, country: str) -> list[str]:
    """List the days of events that bear on an indicator in a country.

    Parameters
    ----------
    registry : Registry
        Definitions.
    indicator : str
        Id of an indicator.
    country : str
        ISO 3166-1 alpha-3.

    Returns
    -------
    list of str
        Days as ``YYYY-MM-DD`` (or months), in order.
    """
    concept = registry.indicators[indicator]["concept"]
    return sorted(
        entry["date"]
        for entry in registry.events.values()
        if (indicator in entry.get("indicators", ()) or concept in entry.get("concepts", ()))
        and country in entry.get("countries", [country])
    )


def metadata(evidence: "Evidence", row: int) -> dict[str, Any]:
    """Gather what is known of one figure for a comparison.

    Parameters
    ----------
    evidence : Evidence
        Figures and registry.
    row : int
        Position in the figures table.

    Returns
    -------
    dict
        Keys of the comparability metadata; an absent key means unknown. The country is ISO
        3166-1 alpha-3.
    """
    return {
        key: values[codes[0]]
        for key, (values, codes) in factors(evidence, np.array([row])).items()
        if codes[0] >= 0
    }


Factors = dict[str, tuple[list[Any], Any]]


def factors(evidence: "Evidence", rows: Any) -> Factors:
    """Gather the metadata of many figures: each key as different values and a code a row.

    Parameters
    ----------
    evidence : Evidence
        Figures and registry.
    rows : ndarray of int
        Positions in the figures table.

    Returns
    -------
    dict
        ``key -> (values, codes)``; code -1 where the key is unknown.
    """
    rows = np.asarray(rows, dtype=np.int64)
    figures, registry = evidence.figures.iloc[rows], evidence.registry
    combos, code = profiles(evidence, rows)
    keys = {key for combo in combos for key in combo}
    found = {key: _spread([combo.get(key) for combo in combos], code) for key in sorted(keys)}
    for column, key in _FIGURE_KEYS.items():
        texts = [str(text) or None for text in figures[column].cat.categories]
        found[key] = _over(found.get(key), _spread(texts, figures[column].cat.codes.to_numpy()))
    found["value"] = _numbers(figures["value"].to_numpy() * 10 ** figures["unit_mult"].to_numpy())
    for column in ("decimals", "n"):
        found[column] = _numbers(figures[column].to_numpy())
    statuses = [str(text).split() for text in figures["status"].cat.categories]
    found["obs_status"] = _spread(statuses, figures["status"].cat.codes.to_numpy())
    roles = [str(text) or None for text in figures["n_role"].cat.categories]
    found["n_role"] = _spread(roles, figures["n_role"].cat.codes.to_numpy())
    found |= _pools(registry, figures["pool"])
    found["events"] = _events(registry, figures)
    found["underlying"] = _underlying(found)
    return found


def columns(evidence: "Evidence", rows: Any) -> "Columns":
    """Encode the metadata of many figures for the rules.

    Parameters
    ----------
    evidence : Evidence
        Figures and registry.
    rows : ndarray of int
        Positions in the figures table.

    Returns
    -------
    Columns
        One entry a row.
    """
    from benchmark.rules.columns import encode

    return encode(factors(evidence, rows), len(rows))


def profiles(evidence: "Evidence", rows: Any = slice(None)) -> tuple[list[dict[str, Any]], Any]:
    """Find the different profiles among the figures.

    Parameters
    ----------
    evidence : Evidence
        Figures and registry.
    rows : ndarray of int, optional
        Positions in the figures table; all by default.

    Returns
    -------
    tuple
        The profiles (see `profile`) and, for each row, which one it has.
    """
    figures = evidence.figures.iloc[rows]
    names = ("indicator", "regime", "breakdown")
    code = np.zeros(len(figures), dtype=np.int64)
    for name in names:
        code = code * len(figures[name].cat.categories) + figures[name].cat.codes.to_numpy()
    _, first, inverse = np.unique(code, return_index=True, return_inverse=True)
    parts = zip(*(figures[name].iloc[first] for name in names), strict=True)
    return [profile(evidence.registry, *map(str, part)) for part in parts], inverse


def _spread(values: list[Any], codes: Any) -> tuple[list[Any], Any]:
    """Turn None among the values into the code for unknown."""
    absent = np.array([value is None for value in values], dtype=bool)
    codes = np.asarray(codes, dtype=np.int64)
    return values, np.where(absent[codes], -1, codes) if len(values) else codes


def _over(
    below: tuple[list[Any], Any] | None, above: tuple[list[Any], Any]
) -> tuple[list[Any], Any]:
    """Lay one key of a higher layer over the same key of a lower one."""
    if below is None:
        return above
    values, codes = [*below[0], *above[0]], below[1]
    return values, np.where(above[1] >= 0, above[1] + len(below[0]), codes)


def _numbers(numbers: Any) -> tuple[list[Any], Any]:
    there = np.isfinite(numbers)
    unique, inverse = np.unique(numbers[there], return_inverse=True)
    codes = np.full(len(numbers), -1, dtype=np.int64)
    codes[there] = inverse
    return unique.tolist(), codes


def _pools(registry: Registry, column: Any) -> Factors:
    """Give size and, where its members are known, identity of the pool."""
    names = [str(name) for name in column.cat.categories]
    pools = [registry.pools.get(name) for name in names]
    codes = column.cat.codes.to_numpy()
    identities = [n if p and "members" in p else None for n, p in zip(names, pools, strict=True)]
    return {
        "pool_size": _spread([p["size"] if p else None for p in pools], codes),
        "pool_id": _spread(identities, codes),
    }


def _events(registry: Registry, figures: Any) -> tuple[list[Any], Any]:
    indicator, country = figures["indicator"], figures["country"]
    width = len(country.cat.categories)
    code = indicator.cat.codes.to_numpy().astype(np.int64) * width + country.cat.codes.to_numpy()
    unique, inverse = np.unique(code, return_inverse=True)
    names, places = indicator.cat.categories, country.cat.categories
    days = [
        events(registry, str(names[k // width]), str(places[k % width])) or None for k in unique
    ]
    return _spread(days, inverse)


def _underlying(found: Factors) -> tuple[list[Any], Any]:
    """Fill the wave into the name of the data set; without a wave the data set is unknown."""
    values, codes = found.get("underlying", ([], np.full(len(found["value"][1]), -1)))
    waves, wave = found["wave"]
    pairs = np.stack([codes, wave])
    unique, inverse = np.unique(pairs, axis=1, return_inverse=True)
    names: list[Any] = []
    for name, number in unique.T:
        text = values[name] if name >= 0 else None
        if text is not None and "{wave}" in text:
            text = text.replace("{wave}", waves[number]) if number >= 0 else None
        names.append(text)
    return _spread(names, inverse.ravel())
