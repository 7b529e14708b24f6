"""One country against its peers, indicator by indicator."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from benchmark.areas import country as read_country
from benchmark.cube import evidence_of
from benchmark.errors import BenchmarkError
from benchmark.language import term
from comparisons.cells import CARRIED, levels, notes_on, values
from comparisons.notes import ids_by_cell
from comparisons.parts import Column, Coverage, Missing, Note, worst
from comparisons.profile_lines import Line, line_of
from comparisons.refusals import Absent
from comparisons.render.amounts import DIFFERENCES
from comparisons.rows import choose
from comparisons.selection import (
    Countries,
    asked_countries,
    citations,
    named,
    select,
    thresholds,
    title,
)
from comparisons.stats.gap import gap
from comparisons.stats.groups import group_value, percentile
from comparisons.stats.ranks import competition
from comparisons.texts import Texts, each, texts
from comparisons.view import View

if TYPE_CHECKING:
    import xarray as xr

    from benchmark.figures import Evidence
    from benchmark.rules.config import Thresholds

RULES: Final = ("median", "mean")
"""What the middle of the peers may be."""

COLUMNS: Final = (
    Column("indicator"),
    Column("year"),
    Column("value", "number", decimals="decimals"),
    Column("unit"),
    Column("middle", "number", "profile.middle", decimals="middle_decimals"),
    Column("lowest", "number", "profile.lowest", decimals="decimals"),
    Column("highest", "number", "profile.highest", decimals="decimals"),
    Column("gap", "number", "profile.gap", "signed", "middle_decimals"),
    Column("rank", "number"),
    Column("n", "number"),
    Column("percentile", "number", "profile.percentile", decimals=0),
    Column("verdict"),
    Column("notes", "note"),
)


def profile(
    cube: "xr.Dataset",
    country: str,
    peers: Countries = "nordic",
    indicators: str | Sequence[str] | None = None,
    year: int | None = None,
    *,
    rule: str = "median",
    config: "Thresholds | None" = None,
) -> View:
    """Hold one country against its peers, indicator by indicator.

    Parameters
    ----------
    cube : xarray.Dataset
        dims (country, indicator, year), as `nb.load()` gives it.
    country : str
        The country.
    peers : str or sequence of str, optional
        Names, codes and groups, the country itself not counted; the Nordic ones by default.
    indicators : str or sequence of str, optional
        Ids of indicators, or subjects of the Nordic table; all of its subjects by default.
    year : int, optional
        Take the newest figure up to this year; by default the newest of all. Peers are taken in
        the same year as the country.
    rule : {"median", "mean"}
        The middle of the peers; named in the view.
    config : Thresholds, optional
        Thresholds of the rules.

    Returns
    -------
    View
        `to_frame()` has a row an indicator: `indicator, year, value`, `middle, lowest, highest`
        of the peers, the `gap` to the middle (positive where the country is worse; percentage
        points or points), `rank` among `n` (the country and its peers) and `percentile`, with the
        verdict on the row. Indicators that cannot be compared are in the coverage, with reasons.

    Raises
    ------
    NoData
        If no indicator is left; says why each one is not.
    UnknownName
        If the country, a peer or an indicator is unknown.

    References
    ----------
    Percentile rank 100 (N - r) / (N - 1), the best at 100.

    Examples
    --------
    >>> import nordbench as nb
    >>> view = nb.profile(nb.load(), "NO", indicators=["egov.transparency"], year=2021)
    >>> row = view.to_frame().iloc[0]
    >>> f"{row['rank']:.0f} of {row['n']:.0f}"
    '5 of 5'
    """
    if rule not in RULES:
        raise BenchmarkError(f"no rule {rule!r}; the middle of peers is {' or '.join(RULES)}")
    evidence, limits = evidence_of(cube), thresholds(config)
    code = read_country(country)
    others = tuple(one for one in asked_countries(cube, peers) if one != code)
    if not others:
        raise BenchmarkError(f"{country!r} has no peers; name at least one other country")
    what = texts("profile.title", country=named(code))
    lines, gone = [], list[Missing]()
    chosen = _chosen(cube, evidence, indicators, code)
    for one in chosen:
        found = line_of(cube, evidence, one, code, others, year, limits)
        if isinstance(found, Line):
            lines.append(found)
            gone += found.left
        else:
            gone.append(found)
    if not lines:
        raise Absent(_nothing(what, gone))
    return _view(evidence, code, others, chosen, lines, gone, rule, what, limits)


def _chosen(
    cube: "xr.Dataset",
    evidence: "Evidence",
    indicators: str | Sequence[str] | None,
    code: str,
) -> list[str]:
    """Take of each subject the first indicator that the country has a figure for."""
    here = set(cube["indicator"].values.tolist())
    chosen = []
    for row in choose(indicators, evidence.registry):
        known = [one for one in row.indicators if one in here]
        own = [one for one in known if code in set(select(cube, [one])["country"])]
        chosen.append((own or known or list(row.indicators))[0])
    return list(dict.fromkeys(chosen))


def _nothing(what: Texts, gone: Sequence[Missing]) -> Texts:
    def write(lang: str) -> str:
        lines = [f"  - {one.what[lang]}: {one.reason[lang]}" for one in gone]
        return "\n".join([texts("profile.nothing", what=what)[lang], *lines])

    return each(write)


def _view(
    evidence: "Evidence",
    code: str,
    others: tuple[str, ...],
    chosen: Sequence[str],
    lines: Sequence[Line],
    gone: Sequence[Missing],
    rule: str,
    what: Texts,
    config: "Thresholds",
) -> View:
    import pandas as pd

    table = pd.concat([line.table for line in lines], ignore_index=True)
    ids = [f"{row.indicator}/{row.country}" for row in table.itertuples()]
    names = [named(one) for one in table["country"]]
    notes = notes_on(evidence, [line.judged for line in lines], table, ids, names)
    data = pd.DataFrame([_row(evidence, line, rule) for line in lines])
    data["notes"] = [_of_line(notes, line.indicator) for line in lines]
    there = tuple(line.indicator for line in lines)
    units = {one: {lang: str(term(f"unit.{one}", lang)) for lang in what} for one in data["unit"]}
    return View(
        kind="profile",
        title=what,
        data=data.assign(country=code, name=named(code)["en"]),
        columns=COLUMNS,
        verdict=worst([line.verdict for line in lines]),
        notes=notes,
        citations=citations(evidence, table["document"]),
        coverage=Coverage(tuple(chosen), there, tuple(gone), counted="figures"),
        remarks=tuple(_remarks(others, rule)),
        thresholds=config.to_dict(),
        evidence=evidence.hash,
        labels={
            "indicator": {one: title(evidence, one) for one in there},
            "country": {one: named(one) for one in (code, *others)},
            "unit": units,
        },
    )


def _row(evidence: "Evidence", line: Line, rule: str) -> dict[str, Any]:
    table = line.table
    direction = int(evidence.registry.indicators[line.indicator]["direction"])
    value = values(table)
    own, rest = float(value[0]), value[1:]
    middle = group_value(rest, rule)
    scale = float(levels(table.assign(value=1.0))[0])
    first = {name: table[name].iloc[0] for name in CARRIED}
    digits = float(first["decimals"]) if first["decimals"] == first["decimals"] else np.nan
    return first | {
        "indicator": line.indicator,
        "value": own,
        "decimals": digits,
        "middle": middle,
        "middle_decimals": digits + (middle * 10.0**digits % 1 > 1e-9)
        if digits == digits
        else digits,
        "lowest": float(rest.min()),
        "highest": float(rest.max()),
        "gap": float(gap(own, middle, direction)) * scale,
        "gap_unit": DIFFERENCES[str(first["unit"])],
        "rank": float(competition(value, direction)[0]),
        "n": len(value),
        "percentile": percentile(own, rest, direction),
        "direction": direction,
        "rule": rule,
        "verdict": line.verdict,
        "peers": " ".join(table["country"][1:]),
    }


def _of_line(notes: Sequence[Note], indicator: str) -> str:
    told = ids_by_cell(notes)
    found = [ids for cell, ids in told.items() if cell.rpartition("/")[0] == indicator]
    return " ".join(dict.fromkeys(" ".join(found).split()))


def _remarks(others: tuple[str, ...], rule: str) -> list[Texts]:
    from comparisons.places import listed

    return [
        texts("profile.peers", peers=listed([named(one) for one in others])),
        texts(f"profile.{rule}_how"),
        texts("profile.how"),
    ]
