"""The cube: figures seen as country x indicator x year.

A view of the figures table, built by scattering from integer codes. `value` holds the numbers,
`status` the highest flag, `obs` the row of the figures table behind each cell, so that nothing
said of a figure is ever lost: selection keeps `obs`, and comparators refuse an array without it.
"""

import calendar
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from benchmark.addresses import address, prefer
from benchmark.errors import BenchmarkError, InvalidFigures, NoData, UnknownName, listing
from benchmark.figures import Evidence
from benchmark.registry import unknown
from benchmark.status import HIERARCHY

DIMS = ("country", "indicator", "year")
FLAGS = ("not_covered", *HIERARCHY)
"""Meanings of `status`: 0 where there is no figure, else the highest SDMX flag of the figure."""

# The figures behind every cube made in this process, by the hash that the cube carries. A hash
# names its content, so an entry can never be stale.
_BESIDE: dict[str, Evidence] = {}


def build(
    evidence: Evidence,
    *,
    as_of: str | None = None,
    breakdown: str = "total",
    aggregates: bool = False,
) -> xr.Dataset:
    """Build the cube.

    Parameters
    ----------
    evidence : Evidence
        Figures and registry.
    as_of : str, optional
        ``YYYY[-MM[-DD]]``: only what was published by then. An imprecise day counts as its last;
        a figure whose publication is unknown never enters.
    breakdown : str
        Part of the population, ``dimension=value``; the total by default.
    aggregates : bool
        Keep EU averages and the like on the country axis. They are never ranked.

    Returns
    -------
    xarray.Dataset
        ``value`` (float64), ``status`` (int8, CF flags) and ``obs`` (int32, -1 where none), dims
        (country, indicator, year): the newest edition of each observed figure whose confidence is
        not low and whose indicator the registry counts among the headline ones. Registry fields
        stand along ``indicator``, names and groups along ``country``.

    Raises
    ------
    InvalidFigures
        If two figures answer for one cell and nothing says which is to be preferred.
    NoData
        If nothing is left.
    """
    figures = evidence.figures
    rows = np.flatnonzero(_wanted(evidence, as_of, breakdown, aggregates))
    if not len(rows):
        raise NoData(_nothing(figures, as_of, breakdown))
    winners = _one_a_cell(figures, rows)
    return _scatter(evidence, winners)


def _wanted(evidence: Evidence, as_of: str | None, breakdown: str, aggregates: bool) -> Any:
    figures, indicators = evidence.figures, evidence.registry.indicators
    scopes = ("national", "aggregate") if aggregates else ("national",)
    mask = figures["geo_scope"].isin(scopes) & (figures["kind"] == "observed")
    mask &= (figures["confidence"] != "low") & (figures["breakdown"] == breakdown)
    beside = [name for name, entry in indicators.items() if not entry.get("headline", True)]
    mask &= ~figures["indicator"].isin(beside)
    if as_of is not None:
        limit = last_day(as_of)
        published = figures["published"]
        known = np.array([bool(t) and last_day(t) <= limit for t in published.cat.categories])
        return mask.to_numpy() & known[published.cat.codes.to_numpy()]
    return mask.to_numpy()


def last_day(text: str) -> str:
    """Read an imprecise day as its last one.

    Parameters
    ----------
    text : str
        ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.

    Returns
    -------
    str
        ``YYYY-MM-DD``.

    Raises
    ------
    BenchmarkError
        For anything else.

    Examples
    --------
    >>> last_day("2023"), last_day("2024-02"), last_day("2024-02-03")
    ('2023-12-31', '2024-02-29', '2024-02-03')
    """
    parts = text.split("-")
    try:
        year, month = int(parts[0]), int(parts[1]) if len(parts) > 1 else 12
        days = calendar.monthrange(year, month)[1]
        day = int(parts[2]) if len(parts) == 3 else days
        if not (len(parts) <= 3 and len(parts[0]) == 4 and 1 <= day <= days):
            raise ValueError
    except (ValueError, IndexError):
        message = f"{text!r} is no day; write YYYY, YYYY-MM or YYYY-MM-DD"
        raise BenchmarkError(message) from None
    return f"{year:04d}-{month:02d}-{day:02d}"


def _nothing(figures: pd.DataFrame, as_of: str | None, breakdown: str) -> str:
    known = {str(text) for text in figures["breakdown"].unique()}
    if breakdown not in known:
        return unknown("breakdown", breakdown, known)
    days = sorted(str(text) for text in figures["published"].unique() if text)
    first = f"; the first figures were published {days[0]}" if days else ""
    return f"no observed figure with breakdown {breakdown!r} was published by {as_of}{first}"


def _cell(figures: pd.DataFrame, rows: Any) -> Any:
    """Give each country, indicator and year one integer."""
    code = figures["year"].to_numpy()[rows].astype(np.int64)
    for name in ("country", "indicator"):
        column = figures[name]
        code = code * len(column.cat.categories) + column.cat.codes.to_numpy()[rows]
    return code


def _one_a_cell(figures: pd.DataFrame, rows: Any) -> Any:
    """Choose the figure of every cell; refuse to choose where nothing tells them apart."""
    ordered = prefer(figures, rows)
    cell = _cell(figures, ordered)
    by_cell = np.argsort(cell, kind="stable")
    ordered, cell = ordered[by_cell], cell[by_cell]
    first = np.append(True, cell[1:] != cell[:-1])
    seconds = np.flatnonzero(~first & np.append(False, first[:-1]))
    merits = ["edition", "source_type", "confidence", "published"]
    if len(seconds):
        best, next_best = figures.iloc[ordered[seconds - 1]], figures.iloc[ordered[seconds]]
        same = np.ones(len(seconds), dtype=bool)
        for name in merits:
            same &= best[name].astype(str).to_numpy() == next_best[name].astype(str).to_numpy()
        if same.any():
            lines = [
                f"{address(best.iloc[k])}: {best['value'].iloc[k]:g} ({best['document'].iloc[k]}) "
                f"and {next_best['value'].iloc[k]:g} ({next_best['document'].iloc[k]})"
                for k in np.flatnonzero(same)
            ]
            remedy = "Tell them apart by edition, source_type, confidence or published."
            raise InvalidFigures(listing("two figures answer for one cell", lines, remedy))
    return ordered[first]


def _scatter(evidence: Evidence, rows: Any) -> xr.Dataset:
    from benchmark.status import highest

    figures = evidence.figures
    axes = {name: np.unique(figures[name].to_numpy()[rows].astype(object)) for name in DIMS[:2]}
    places = [_position(figures[name], rows) for name in DIMS[:2]]
    axes["year"], when = np.unique(figures["year"].to_numpy()[rows], return_inverse=True)
    shape = tuple(len(axes[name]) for name in DIMS)
    flat = np.ravel_multi_index((*places, when), shape)
    obs = np.full(shape, -1, dtype=np.int32)
    obs.reshape(-1)[flat] = rows
    value = np.full(shape, np.nan)
    value.reshape(-1)[flat] = figures["value"].to_numpy()[rows]
    column = figures["status"]
    code = np.array([FLAGS.index(highest(text)) for text in column.cat.categories], dtype=np.int8)
    status = np.zeros(shape, dtype=np.int8)
    status.reshape(-1)[flat] = code[column.cat.codes.to_numpy()[rows]]
    flags = {"flag_values": np.arange(len(FLAGS), dtype=np.int8), "flag_meanings": " ".join(FLAGS)}
    _BESIDE[evidence.hash] = evidence
    return xr.Dataset(
        {
            "value": (DIMS, value, {"long_name": "value in the unit of its indicator"}),
            "status": (DIMS, status, {"long_name": "SDMX observation status", **flags}),
            "obs": (DIMS, obs, {"long_name": "row of the figures table", "missing_value": -1}),
        },
        coords=_coordinates(evidence, axes),
        attrs={"title": "nordbench", "figures": evidence.hash},
    )


def _position(column: pd.Series, rows: Any) -> Any:
    """Find the place of each row's text on its sorted axis."""
    codes = column.cat.codes.to_numpy()[rows]
    used = np.unique(codes)
    names = column.cat.categories.to_numpy()[used].astype(object)
    place = np.zeros(len(column.cat.categories), dtype=np.int64)
    place[used[np.argsort(names, kind="stable")]] = np.arange(len(used))
    return place[codes]


def _coordinates(evidence: Evidence, axes: Mapping[str, Any]) -> dict[str, Any]:
    from benchmark.areas import name
    from benchmark.groups import group

    entries = [evidence.registry.indicators[str(one)] for one in axes["indicator"]]
    countries = [str(code) for code in axes["country"]]
    nordic = set(group("nordic"))
    along = {
        "title": [entry["title"]["en"] for entry in entries],
        "unit": [entry["unit"] for entry in entries],
        "direction": np.array([entry["direction"] for entry in entries], dtype=np.int8),
        "concept": [entry["concept"] for entry in entries],
        "base": [entry["base"] for entry in entries],
        "programme": [entry["programme"] for entry in entries],
    }
    # As pandas indexes: given arrays, xarray first imports pint to see whether they are its own.
    return {
        "country": (
            "country",
            pd.Index(countries),
            {"long_name": "ISO 3166-1 alpha-3 or aggregate"},
        ),
        "indicator": ("indicator", pd.Index([str(one) for one in axes["indicator"]])),
        "year": (
            "year",
            pd.Index(axes["year"].astype(np.int64)),
            {"long_name": "last year measured"},
        ),
        "name": ("country", [name(code, "en") for code in countries]),
        "nordic": ("country", [code in nordic for code in countries]),
        **{key: ("indicator", values) for key, values in along.items()},
    }


def evidence_of(cube: xr.Dataset) -> Evidence:
    """Find the figures a cube was made from.

    Parameters
    ----------
    cube : xarray.Dataset
        A cube of `build`, whole or selected, dims (country, indicator, year).

    Returns
    -------
    Evidence

    Raises
    ------
    BenchmarkError
        If ``obs`` is gone (after arithmetic, say), or the figures are not at hand.
    """
    if not isinstance(cube, xr.Dataset) or "obs" not in cube:
        raise BenchmarkError(
            "this is no cube of figures: `obs`, which ties each value to its figure, is missing; "
            "arithmetic drops it. Pass the cube of nb.load(), or a selection of it"
        )
    hash_ = cube.attrs.get("figures")
    if hash_ not in _BESIDE:
        raise BenchmarkError(
            f"the figures behind this cube ({hash_ or 'no hash in its attributes'}) are not at "
            "hand; make the cube with nb.load(), and keep its attributes"
        )
    return _BESIDE[hash_]


def cells(
    cube: xr.Dataset,
    indicators: Sequence[str] | None = None,
    countries: Sequence[str] | None = None,
    years: Sequence[int] | None = None,
) -> pd.DataFrame:
    """List the cells of a cube that hold a figure.

    Parameters
    ----------
    cube : xarray.Dataset
        dims (country, indicator, year).
    indicators, countries, years : sequence, optional
        Keep these; all by default. Countries and years the cube does not have are left out, an
        unknown indicator is an error.

    Returns
    -------
    DataFrame
        ``country, indicator, year, value, obs``, sorted by indicator, year and country.

    Raises
    ------
    UnknownName
        Naming every indicator the cube does not have.
    """
    evidence_of(cube)
    chosen = {}
    for name, wanted in zip(DIMS, (countries, indicators, years), strict=True):
        if wanted is not None:
            known = set(cube[name].values.tolist())
            strange = [str(one) for one in wanted if one not in known]
            if strange and name == "indicator":
                raise UnknownName("; ".join(unknown(name, one, sorted(known)) for one in strange))
            chosen[name] = [one for one in wanted if one in known]
    part = cube[["value", "obs"]].sel(chosen)
    obs = part["obs"].transpose(*DIMS).values
    value = part["value"].transpose(*DIMS).values
    where = np.nonzero(obs >= 0)
    table = pd.DataFrame(
        {name: part[name].values[index] for name, index in zip(DIMS, where, strict=True)}
        | {"value": value[where], "obs": obs[where].astype(np.int64)}
    )
    return table.sort_values(["indicator", "year", "country"], ignore_index=True)
