"""Groups of countries as somebody declares them: members on a day, rule, weights, coverage."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from benchmark.areas import country
from benchmark.areas import name as area_name
from benchmark.errors import BenchmarkError, listing
from benchmark.groups import group as members_on
from benchmark.groups import is_group
from comparisons.cells import Cells
from comparisons.places import listed
from comparisons.refusals import Absent, Refused
from comparisons.render.amounts import amount
from comparisons.selection import asked_countries, named
from comparisons.stats.groups import RULES, coverage
from comparisons.texts import Texts, each, text, texts

if TYPE_CHECKING:
    import xarray as xr

    from benchmark.figures import Evidence


@dataclass(frozen=True)
class Members:
    """A group on a day.

    Parameters
    ----------
    name : mapping
        Its name in each language.
    codes : tuple of str
        Its members, ISO 3166-1 alpha-3.
    day : str
        The day, empty for countries that were listed.
    """

    name: Texts
    codes: tuple[str, ...]
    day: str = ""


def members_of(
    cube: "xr.Dataset", group: str | Sequence[str], year: int, on: str | None = None
) -> Members:
    """Look up who belongs to a group on the day of the figures.

    Parameters
    ----------
    cube : xarray.Dataset
        dims (country, indicator, year).
    group : str or sequence of str
        Name of a group, or countries.
    year : int
        Its last day decides, unless `on` is given.
    on : str, optional
        A day.

    Returns
    -------
    Members
    """
    if isinstance(group, str) and is_group(group):
        day = on or f"{year}-12-31"
        return Members(each(lambda lang: area_name(group, lang)), members_on(group, day), day)
    codes = asked_countries(cube, group)
    return Members(listed([named(code) for code in codes]), codes)


def declared(evidence: "Evidence", indicator: str, rule: str | None, what: Texts) -> None:
    """Refuse a group's value without a rule, or by one that does not suit the unit.

    Raises
    ------
    NotComparable
        Saying which rules may be declared.
    """
    counts = evidence.registry.indicators[indicator]["unit"] == "count"
    known = [one for one in RULES if counts or one != "sum"]
    if rule in known:
        return
    key = "no_rule" if rule is None else "no_sum" if rule == "sum" else "unknown_rule"
    raise Refused(texts(f"group.{key}", what=what, rule=rule, rules=", ".join(known)))


def weights_of(
    members: Members, rule: str | None, weights: Mapping[str, float] | None
) -> dict[str, float] | None:
    """Read weights; every member must have one.

    Raises
    ------
    BenchmarkError
        Naming members without a weight and weights that are none.
    """
    if (weights is None) == (rule == "weighted_mean"):
        raise BenchmarkError("weights belong to rule='weighted_mean', and to no other rule")
    if weights is None:
        return None
    given = {country(key): float(value) for key, value in weights.items()}
    wrong = [f"{code}: no weight" for code in members.codes if code not in given]
    wrong += [
        f"{code}: {value:g} is not above nought"
        for code, value in given.items()
        if not (np.isfinite(value) and value > 0)
    ]
    if wrong:
        raise BenchmarkError(
            listing("the weights cannot be used", wrong, "Give every member one above nought.")
        )
    return {code: given[code] for code in members.codes}


def covered(
    members: Members,
    cells: Cells,
    weights: Mapping[str, float] | None,
    least: float,
    what: Texts,
) -> float:
    """Refuse a group of which too small a part has a figure.

    Returns
    -------
    float
        The part that has one.

    Raises
    ------
    NoData
        Naming the members without a figure.
    """
    if not 0 < least <= 1:
        raise BenchmarkError(f"min_coverage={least:g}: write a part between 0 and 1, such as 0.8")
    shares = None if weights is None else [weights[code] for code in members.codes]
    part = coverage([code in cells.codes for code in members.codes], shares)
    if part >= least:
        return part
    gone = [code for code in members.codes if code not in cells.codes]

    def write(lang: str) -> str:
        facts = {"part": _percent(part, lang), "least": _percent(least, lang)}
        missing = listed([named(code) for code in gone])[lang]
        return text("group.too_few", lang, what=what[lang], missing=missing, **facts)

    raise Absent(each(write))


def _percent(part: float, lang: str) -> str:
    # Down, so that a part that is not the whole is never written as one.
    return amount(float(np.floor(100 * part + 1e-9)), "percent", 0, lang)
