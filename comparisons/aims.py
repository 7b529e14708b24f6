"""What a gap is measured to: a leader, a country, a group's value, a target, a user's number."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from benchmark.addresses import find
from benchmark.areas import country
from benchmark.errors import BenchmarkError, NoData, UnitMismatch
from benchmark.groups import is_group
from benchmark.language import term
from comparisons.members import Members, declared, members_of, weights_of
from comparisons.render.amounts import amount
from comparisons.selection import named
from comparisons.texts import Texts, each, text, texts

if TYPE_CHECKING:
    import xarray as xr

    from benchmark.figures import Evidence

LEADERS = ("leader", "frontier")
"""The best of the countries asked for; the best of all that may be compared with them."""


NOBODY: Final = Members({}, ())


@dataclass(frozen=True)
class Aim:
    """What a gap is measured to.

    Parameters
    ----------
    kind : {"leader", "frontier", "country", "group", "target", "own"}
        What it is.
    name : mapping
        What it is called.
    members : Members
        The country, or the members of the group.
    rule, weights
        How a group's members make its value.
    row : int
        Row of the figures table that holds a registered target.
    value : float
        The user's own number, in the unit of differences.
    year : int, optional
        When a target is to be reached.
    """

    kind: str
    name: Texts
    members: Members = NOBODY
    rule: str = ""
    weights: Mapping[str, float] | None = None
    row: int = -1
    value: float = float("nan")
    year: int | None = None


@dataclass(frozen=True)
class Asked:
    """What a caller says of an aim, as given."""

    to: str | float
    unit: str | None = None
    by: int | None = None
    rule: str | None = None
    weights: Mapping[str, float] | None = None


def aim_of(
    cube: "xr.Dataset", evidence: "Evidence", indicator: str, year: int, asked: Asked
) -> Aim:
    """Read what a gap is measured to.

    Parameters
    ----------
    cube : xarray.Dataset
        dims (country, indicator, year).
    evidence : Evidence
        Figures and registry.
    indicator : str
        Its id.
    year : int
        The year of the figures.
    asked : Asked
        `to`: `leader`, `frontier`, a country, a group (with `rule`), the address of a registered
        target, or a number (with `unit`, and `by` for a pace).

    Returns
    -------
    Aim

    Raises
    ------
    BenchmarkError
        If something beside `to` is missing or does not belong to it.
    """
    to = asked.to
    number = not isinstance(to, str)
    grouped = isinstance(to, str) and is_group(to)
    _belongs(asked, number, grouped)
    if not isinstance(to, str):
        return _own(evidence, indicator, asked)
    if to in LEADERS:
        return Aim(to, texts(f"gap.{to}"))
    if "/" in to:
        return _target(evidence, to)
    if not grouped:
        code = country(to)
        return Aim("country", named(code), Members(named(code), (code,)))
    members = members_of(cube, to, year)
    what = texts("group.title", indicator=indicator, group=members.name, year=year)
    declared(evidence, indicator, asked.rule, what)
    weights = weights_of(members, asked.rule, asked.weights)
    name = texts(f"group.{asked.rule}", group=members.name)
    return Aim("group", name, members, str(asked.rule), weights)


def _belongs(asked: Asked, number: bool, grouped: bool) -> None:
    """Refuse what stands beside an aim that it does not belong to."""
    wrong = []
    if number != (asked.unit is not None):
        wrong.append("a number needs its unit=, and nothing else has one")
    if asked.by is not None and not number:
        wrong.append("by= belongs to a number; a registered target has a year of its own")
    if not grouped and (asked.rule is not None or asked.weights is not None):
        wrong.append("rule= and weights= belong to a group")
    if wrong:
        raise BenchmarkError(f"gap to {asked.to!r}: {'; '.join(wrong)}")


def converted(value: float, given: str, own: str) -> float:
    """Turn a level into the unit that differences of another unit are counted in.

    Parameters
    ----------
    value : float
        In `given`.
    given, own : str
        Units of the registry.

    Returns
    -------
    float
        Shares in percent; an index between 0 and 1 stays one where `own` is.

    Raises
    ------
    UnitMismatch
        If the units are of different kinds, or the value lies outside their scale.

    Examples
    --------
    >>> converted(0.8, "fraction", "percent"), converted(90.0, "score_0_100", "index_0_1")
    (80.0, 0.9)
    """
    from benchmark.rules.values import FACTOR, UNIT_CLASS

    if given not in UNIT_CLASS or UNIT_CLASS[given] != UNIT_CLASS[own]:
        same = ", ".join(one for one, kind in UNIT_CLASS.items() if kind == UNIT_CLASS[own])
        raise UnitMismatch(f"a gap cannot be measured from {own} to {given!r}; units: {same}")
    whole = value * FACTOR.get(given, 1.0)
    bounds = {"share": (0.0, 100.0), "score": (0.0, 100.0), "net_points": (-100.0, 100.0)}
    low, high = bounds.get(UNIT_CLASS[own], (-np.inf, np.inf))
    if not low <= whole <= high or not np.isfinite(whole):
        raise UnitMismatch(f"{value:g} {given} lies outside its scale")
    return whole / (FACTOR["index_0_1"] if own == "index_0_1" else 1.0)


def _own(evidence: "Evidence", indicator: str, asked: Asked) -> Aim:
    own = str(evidence.registry.indicators[indicator]["unit"])
    given = str(asked.unit)
    value = converted(float(asked.to), given, own)

    def write(lang: str) -> str:
        number = f"{amount(float(asked.to), given, None, lang)}"
        said = number if given == "percent" else f"{number} ({term(f'unit.{given}', lang)})"
        return text("gap.own", lang, value=said)

    return Aim("own", each(write), value=value, year=asked.by)


def _target(evidence: "Evidence", address: str) -> Aim:
    """Find a registered target; where an observation answers first, the target beside it."""
    figures = evidence.figures
    row = find(evidence, address)
    if figures["kind"].iloc[row] != "target":
        same = figures["kind"] == "target"
        for name in ("indicator", "country", "area", "breakdown", "year"):
            same &= figures[name] == figures[name].iloc[row]
        rows = np.flatnonzero(same.to_numpy())
        if not len(rows):
            raise NoData(
                f"{address!r} is no target but an observed figure; give a target's address, or "
                "compare with the country by its name"
            )
        row = int(rows[0])
    entry: Any = figures.iloc[row]
    unit = str(evidence.registry.indicators[str(entry["indicator"])]["unit"])
    return Aim("target", _target_name(entry, unit), row=row, year=int(entry["year"]))


def _target_name(entry: Any, unit: str) -> Texts:
    """Name a registered target, as "the target of 80% for 2015 (Denmark)"."""

    def write(lang: str) -> str:
        decimals = None if entry["decimals"] != entry["decimals"] else int(entry["decimals"])
        value = amount(float(entry["value"]), unit, decimals, lang)
        place = str(entry["area"]) or named(str(entry["country"]))[lang]
        return text("gap.target", lang, value=value, year=int(entry["year"]), country=place)

    return each(write)
