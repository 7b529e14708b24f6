"""Cells of one indicator in one year, and what is computed from several of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from benchmark.areas import is_aggregate
from comparisons.contradictions import contradictions
from comparisons.judging import Judged
from comparisons.notes import cell_notes, numbered, rule_notes
from comparisons.parts import Missing, Note, Override, records
from comparisons.refusals import Absent, Refused, refusal
from comparisons.selection import missing, named, split_missing, title
from comparisons.texts import Texts, texts

if TYPE_CHECKING:
    import pandas as pd

    from benchmark.figures import Evidence

Floats = NDArray[np.float64]
CARRIED = ("unit", "decimals", "status", "year", "period", "edition", "document", "locator")
"""What a line of a view says of the figure behind it."""


@dataclass(frozen=True)
class Cells:
    """Countries with a value for one indicator and year, and those asked for without one."""

    table: "pd.DataFrame"
    missing: tuple[Missing, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """The countries there are."""
        return tuple(self.table["country"])

    def those(self, wanted: Sequence[str]) -> NDArray[np.bool_]:
        """Mark the cells of some countries."""
        return np.asarray(self.table["country"].isin(wanted).to_numpy(dtype=bool))


def cells_at(
    evidence: "Evidence", series: "pd.DataFrame", year: int, asked: Sequence[str]
) -> Cells:
    """Keep the countries with a value in a year; name those asked for that have none.

    Parameters
    ----------
    evidence : Evidence
        Figures and registry.
    series : DataFrame
        All cells of one indicator, as from `select`.
    year : int
        The year the figures stand at.
    asked : sequence of str
        Countries that are missed where they have no value.

    Returns
    -------
    Cells
        Averages of countries are left out.

    Raises
    ------
    NoData
        If no country has a figure for the year; says which years there are.
    """
    there, gone = split_missing(series[series["year"] == year])
    table = there[~there["country"].map(is_aggregate).to_numpy(dtype=bool)]
    if table.empty:
        known = ", ".join(str(one) for one in sorted(set(series["year"])))
        indicator = title(evidence, str(series["indicator"].iloc[0]))
        raise Absent(texts("refusal.no_year", indicator=indicator, year=year, years=known))
    why = {row["country"]: reason for row, reason in gone}
    left = set(table["country"])
    told = [Missing(named(code), why[code]) for code in asked if code in why]
    silent = [code for code in asked if code not in left and code not in why]
    told += missing(silent, "no_figure_year", year=year)
    return Cells(table.reset_index(drop=True), tuple(told))


def no_printed_rank(evidence: "Evidence", indicator: str, what: Texts) -> None:
    """Refuse a printed rank: places have no distances and no averages.

    Raises
    ------
    NotComparable
        Naming the scores that the rank quotes, if any.
    """
    entry = evidence.registry.indicators[indicator]
    if entry["unit"] != "rank":
        return
    advice = [texts("refusal.use_scores", quotes=entry["quotes"])] if "quotes" in entry else []
    raise Refused(refusal("printed_rank", what=what), advice)


def levels(table: "pd.DataFrame") -> Floats:
    """Give values in the unit of their differences: shares in percent, powers of ten resolved."""
    percent = np.where(table["unit"] == "fraction", 100.0, 1.0)
    power = 10.0 ** table["unit_mult"].to_numpy(dtype=np.float64)
    return np.asarray(table["value"].to_numpy(dtype=np.float64) * percent * power)


def values(table: "pd.DataFrame") -> Floats:
    """Give values in the unit and the power of ten of the first one."""
    power = table["unit_mult"].to_numpy(dtype=np.float64)
    return np.asarray(table["value"].to_numpy(dtype=np.float64) * 10.0 ** (power - power[0]))


def rounding(table: "pd.DataFrame") -> Floats:
    """Give half a unit of the last printed digit, in the unit of differences."""
    decimals = table["decimals"].to_numpy(dtype=np.float64, na_value=np.nan)
    scaled = table.assign(value=0.5 * 10.0**-decimals)
    return levels(scaled)


def gap_digits(table: "pd.DataFrame") -> Floats:
    """Print gaps with the digits of the figure, a share between 0 and 1 with two fewer."""
    decimals = table["decimals"].to_numpy(dtype=np.float64, na_value=np.nan)
    shift = np.where(table["unit"] == "fraction", 2.0, 0.0)
    return np.asarray(np.maximum(decimals - shift, 0.0))


def bound_digits(table: "pd.DataFrame", wide: Floats) -> Floats:
    """Print bounds with one digit more where they fall between two printed numbers."""
    digits = gap_digits(table)
    between = np.abs(np.round(wide * 10.0**digits) - wide * 10.0**digits) > 1e-6
    return np.asarray(digits + between)


def documents(table: "pd.DataFrame") -> str:
    """Name the documents behind a result, each once, parted by spaces."""
    return " ".join(sorted(set(table["document"])))


def notes_on(
    evidence: "Evidence",
    groups: Sequence[Judged],
    table: "pd.DataFrame",
    ids: Sequence[str],
    names: Sequence[Texts],
) -> tuple[Note, ...]:
    """Write all notes of a view: of rules, of the registry, flags, and other values published.

    Parameters
    ----------
    evidence : Evidence
        Figures and registry.
    groups : sequence of Judged
        Pairs that were judged.
    table : DataFrame
        The cells shown.
    ids, names : sequence
        Id and name of each cell.

    Returns
    -------
    tuple of Note
        Numbered.
    """
    shown = table.reset_index(drop=True)
    return numbered(
        [
            *rule_notes(groups),
            *cell_notes(records(shown.assign(cell=list(ids))), evidence.registry),
            *contradictions(evidence, shown, names, ids),
        ]
    )


def overrides(groups: Sequence[Judged], reason: str | None) -> tuple[Override, ...]:
    """Record what a reason let through."""
    if not reason:
        return ()
    notes = rule_notes(groups, least=3)
    touched = dict.fromkeys(one for note in notes for one in note.touches)
    return (Override(reason, tuple(note.id for note in notes), tuple(touched)),)
