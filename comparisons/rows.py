"""Rows of the comparison table: subjects, and the indicators they draw from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import tomli

from benchmark.errors import UnknownName, listing
from benchmark.registry import Registry, unknown
from comparisons.texts import Texts


@dataclass(frozen=True)
class Row:
    """A subject of the table.

    Parameters
    ----------
    id : str
        Its name in `data/rows.toml`, or the id of an indicator.
    title : mapping
        Its title in each language.
    indicators : tuple of str
        What it may draw from, the preferred one first.
    """

    id: str
    title: Texts
    indicators: tuple[str, ...]


@cache
def _shipped() -> Mapping[str, Any]:
    return tomli.loads(files("comparisons").joinpath("data/rows.toml").read_text("utf-8"))


def choose(rows: str | Sequence[str] | None, registry: Registry) -> list[Row]:
    """Look up the rows asked for; all shipped ones by default.

    Parameters
    ----------
    rows : str or sequence of str, optional
        Ids of rows or of indicators; in a text they are parted by commas.
    registry : Registry
        Definitions.

    Returns
    -------
    list of Row
        Each once, in the order given.

    Raises
    ------
    UnknownName
        Naming everything that is neither, and the rows there are.

    Examples
    --------
    >>> choose("trust, egov_overall", Registry())[0].indicators
    ('dst.trust_digital_services', 'no.trust_personal_data')
    """
    shipped = _shipped()
    if rows is None:
        wanted = list(shipped)
    else:
        given = rows.split(",") if isinstance(rows, str) else rows
        wanted = list(dict.fromkeys(str(one).strip() for one in given))
    known = {**registry.indicators, **shipped}
    strange = [unknown("row", one, known) for one in wanted if one not in known]
    if strange or not wanted:
        remedy = f"Rows: {', '.join(shipped)}; the id of any indicator makes a row, too."
        raise UnknownName(listing("the table cannot be set up", strange or ["no rows"], remedy))
    return [_row(one, shipped, registry) for one in wanted]


def _row(name: str, shipped: Mapping[str, Any], registry: Registry) -> Row:
    if name in shipped:
        return Row(name, shipped[name]["title"], tuple(shipped[name]["indicators"]))
    return Row(name, registry.indicators[name]["title"], (name,))
