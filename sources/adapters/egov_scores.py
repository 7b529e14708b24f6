"""Scores of the eGovernment Benchmark: what is known of each beside its number.

Shipped tables and official files both arrive here as `scores`: a DataFrame with the columns
``indicator, country, period, breakdown, kind, edition, document, locator`` (categories) and
``value``. What depends on these columns alone is looked up once for each different text.
"""

import csv
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import pandas as pd

from benchmark.areas import is_aggregate
from benchmark.registry import Registry, matches

DATA = files("sources") / "data" / "egov"

_METHODS = (("2012", "2012_2015"), ("2016", "2016_2019"), ("2020", "2020_2023"), ("2024", "2024"))
"""First measured year of each method of the benchmark (`regimes` in the registry)."""

_CONDITIONS = ("document", "indicator", "country", "period", "edition", "kind")


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """Read a small table of this source.

    Parameters
    ----------
    name : str
        ``crosswalk`` (our indicator for every official code and label), ``layout`` (what each
        column of a shipped table holds), ``sheets`` (where it stands in the official file) or
        ``annotations`` (remarks on some figures).

    Returns
    -------
    tuple of dict
        One dict a row.

    Examples
    --------
    >>> table("crosswalk")[0]["indicator"], table("crosswalk")[0]["code"]
    ('overall', 'e_gov_0_score')
    """
    with (DATA / f"{name}.csv").open(encoding="utf-8") as lines:
        return tuple(csv.DictReader(lines))


def figures(scores: pd.DataFrame, registry: Registry) -> pd.DataFrame:
    """Complete scores to rows of the figures table.

    Parameters
    ----------
    scores : DataFrame
        See the module; ``status`` may be given where a value is missing.
    registry : Registry
        Definitions; its pools say who took part in an edition.

    Returns
    -------
    DataFrame
        Columns of the figures table that differ from the default.
    """
    notes, measured, status = _annotate(scores)
    period = _either(measured, scores["period"])
    rows = scores.assign(period=period)
    sheets = {entry["document"]: entry["confidence"] for entry in table("sheets")}
    derived = (scores["kind"] == "derived").to_numpy()
    confidence = categories(scores["document"], sheets.__getitem__)
    given = scores["status"] if "status" in scores else categories(scores["kind"], lambda _: "A")
    return rows.assign(
        geo_scope=categories(scores["country"], _scope),
        year=_numbers(period, lambda text: float(text[-4:])),
        published=scores["edition"],
        status=_either(status, given),
        decimals=np.where(_whole(rows), 0.0, np.nan),
        pool=_pools(rows, registry),
        regime=_by_pair(rows["indicator"], rows["period"], lambda pair: regime(*pair)),
        confidence=_either(coded(np.where(derived, 1, 0), ["", "low"]), confidence),
        notes=notes,
    )


def coded(codes: Any, names: Sequence[str]) -> pd.Series:
    """Make a column of texts from codes.

    Parameters
    ----------
    codes : ndarray of int
        Position of each row's text among the names.
    names : sequence of str
        The different texts.

    Returns
    -------
    Series
        Categorical texts.

    Examples
    --------
    >>> coded([1, 1, 0], ["a", "b"]).tolist()
    ['b', 'b', 'a']
    """
    # The codes are ours, so they are not checked: this runs at every start.
    kinds = pd.CategoricalDtype(pd.Index(names, dtype=object))
    return pd.Series(pd.Categorical.from_codes(codes, dtype=kinds, validate=False))


def categories(column: pd.Series, meaning: Callable[[str], str]) -> pd.Series:
    """Translate every different text of a column.

    Parameters
    ----------
    column : Series
        Categorical texts.
    meaning : callable
        Gives the new text of an old one.

    Returns
    -------
    Series
        Categorical texts.

    Examples
    --------
    >>> categories(pd.Series(["a", "b", "a"], dtype="category"), str.upper).tolist()
    ['A', 'B', 'A']
    """
    texts = [meaning(str(text)) for text in column.cat.categories]
    names = list(dict.fromkeys(texts))
    place = np.array([names.index(text) for text in texts], dtype=np.int32)
    return coded(place[column.cat.codes.to_numpy()], names)


def _numbers(column: pd.Series, meaning: Callable[[str], float]) -> Any:
    values = np.array([meaning(str(text)) for text in column.cat.categories])
    return values[column.cat.codes.to_numpy()]


def _either(first: pd.Series, second: pd.Series) -> pd.Series:
    """Take the first column's text, or the second's where the first is empty."""
    names = list(dict.fromkeys([*filter(None, first.cat.categories), *second.cat.categories]))
    place = {str(text): code for code, text in enumerate(names)}
    one = _numbers(first, lambda text: place[text] if text else -1).astype(np.int32)
    two = _numbers(second, place.__getitem__).astype(np.int32)
    return coded(np.where(one >= 0, one, two), names)


def _scope(country: str) -> str:
    return "aggregate" if is_aggregate(country) else "national"


def _whole(rows: pd.DataFrame) -> Any:
    """Find the scores that were published as whole numbers.

    The long table has them up to the collection of 2016; only EU averages of one collection are
    not rounded there, and what we derived is not either.
    """
    early = _numbers(rows["period"], lambda text: float(text[-4:] <= "2016")) == 1
    biennial = _numbers(rows["period"], lambda text: float("/" in text)) == 1
    nation = _numbers(rows["country"], lambda code: float(not is_aggregate(code))) == 1
    long_table = (rows["document"] == "egov_long_table_2023").to_numpy()
    observed = (rows["kind"] == "observed").to_numpy()
    there = np.isfinite(rows["value"].to_numpy())
    return long_table & observed & early & (biennial | nation) & there


def regime(indicator: str, period: str) -> str:
    """Name the method behind a score.

    Parameters
    ----------
    indicator : str
        With its variant.
    period : str
        ``YYYY`` or ``YYYY/YYYY``.

    Returns
    -------
    str
        Id of a regime. One year covers half of the life events, hence ``_even`` and ``_odd``,
        save where the indicator itself says which count; the pair 2019/2020 mixes two methods.

    Examples
    --------
    >>> regime("egov.overall", "2022/2023"), regime("egov.overall.annual", "2023")
    ('egov_2020_2023', 'egov_2020_2023_odd')
    >>> regime("egov.overall.citizen", "2019/2020"), regime("egov.digital_decade.citizens", "2025")
    ('egov_mixed_2019_2020', 'digital_decade_2024')
    """
    method = _method(period)
    if _is_decade(indicator):
        return f"digital_decade_{method}"
    if "/" in period or indicator.endswith((".citizen", ".business")):
        return f"egov_{method}"
    return f"egov_{method}_{'odd' if int(period) % 2 else 'even'}"


@cache
def _method(period: str) -> str:
    methods = {max(name for first, name in _METHODS if first <= y) for y in period.split("/")}
    return methods.pop() if len(methods) == 1 else f"mixed_{period.replace('/', '_')}"


def _pools(rows: pd.DataFrame, registry: Registry) -> pd.Series:
    """Name the pool of the edition where the country is one of its members."""
    known = {
        match.groups(): (name, pool["members"])
        for name, pool in registry.pools.items()
        if (match := re.fullmatch(r"(egov|digital_decade)\d+_(\d{4})", name))
    }

    def pool(pair: tuple[str, str]) -> str:
        programme = "digital_decade" if _is_decade(pair[0]) else "egov"
        return known.get((programme, pair[1]), ("", ()))[0]

    def member(pair: tuple[str, str]) -> str:
        return pair[0] if pair[1] in members.get(pair[0], ()) else ""

    members = dict(known.values())
    return _by_pair(_by_pair(rows["indicator"], rows["edition"], pool), rows["country"], member)


def _is_decade(indicator: str) -> bool:
    return indicator.startswith("egov.digital_decade")


def _by_pair(a: pd.Series, b: pd.Series, meaning: Callable[[tuple[str, str]], str]) -> pd.Series:
    """Translate the different pairs of two columns."""
    width = len(b.cat.categories)
    code = a.cat.codes.to_numpy().astype(np.int64) * width + b.cat.codes.to_numpy()
    used = np.flatnonzero(np.bincount(code, minlength=len(a.cat.categories) * width))
    left, right = list(a.cat.categories), list(b.cat.categories)
    pairs = (divmod(pair, width) for pair in used.tolist())
    texts = [meaning((left[one], right[other])) for one, other in pairs]
    names = list(dict.fromkeys(texts))
    place = np.full(len(left) * width, -1, dtype=np.int32)
    place[used] = [names.index(text) for text in texts]
    return coded(place[code], names)


def _annotate(scores: pd.DataFrame) -> tuple[pd.Series, pd.Series, pd.Series]:
    """Find the remarks on every score, and the period and status they put in place of its own."""
    entries = table("annotations")
    bits = np.zeros(len(scores), dtype=np.int64)
    for position, entry in enumerate(entries):
        bits |= _fits(scores, entry).astype(np.int64) << position
    kinds = np.flatnonzero(np.bincount(bits))
    codes = np.searchsorted(kinds, bits)
    marked = [[e for k, e in enumerate(entries) if kind >> k & 1] for kind in kinds.tolist()]
    found = (
        [" ".join(filter(None, (entry[name] for entry in group))) for group in marked]
        for name in ("note", "measured", "status")
    )
    notes, measured, status = (_uniform(codes, texts) for texts in found)
    return notes, measured, status


def _uniform(codes: Any, texts: Sequence[str]) -> pd.Series:
    names = list(dict.fromkeys(texts))
    return coded(np.array([names.index(t) for t in texts], dtype=np.int32)[codes], names)


def _fits(scores: pd.DataFrame, entry: Mapping[str, str]) -> Any:
    """Find the scores that meet every condition of a remark."""
    mask = np.ones(len(scores), dtype=bool)
    for name in filter(entry.__getitem__, _CONDITIONS):
        patterns = entry[name].split()

        def meets(text: str, patterns: Sequence[str] = patterns) -> float:
            return float(any(matches(pattern, text) for pattern in patterns))

        mask &= _numbers(scores[name], meets) == 1
    return mask
