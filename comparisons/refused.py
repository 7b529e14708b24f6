"""Pairs in a table that may not be compared, each with every reason."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING, Any

from benchmark.cube import evidence_of
from comparisons.parts import records
from comparisons.texts import Texts

if TYPE_CHECKING:
    import xarray as xr

    from benchmark.figures import Evidence
    from benchmark.rules import Comparison
    from benchmark.rules.config import Thresholds
    from comparisons.view import View


@dataclass(frozen=True)
class Refused:
    """Two figures of one row of the table that may not be compared.

    Parameters
    ----------
    row : mapping
        Title of the row.
    a, b : mapping
        The two cells of the table.
    comparison : Comparison
        What the rules say of them.
    """

    row: Texts
    a: dict[str, Any]
    b: dict[str, Any]
    comparison: "Comparison"


def refused(
    cube: "xr.Dataset", sides: "View", config: "Thresholds | None" = None
) -> Iterator[Refused]:
    """Compare every pair of each row that is not comparable.

    Parameters
    ----------
    cube : xarray.Dataset
        dims (country, indicator, year).
    sides : View
        Of `comparisons.table`.
    config : Thresholds, optional
        Thresholds of the rules.

    Yields
    ------
    Refused
        Row by row, in the order of the countries.
    """
    evidence = evidence_of(cube)
    cells = [cell for cell in records(sides.data) if cell["verdict"] == "not_comparable"]
    for a, b in combinations(cells, 2):
        if a["row"] != b["row"]:
            continue
        found = _compare(evidence, (_row(cube, a), _row(cube, b)), config)
        if found.verdict == "not_comparable":
            yield Refused(sides.labels["row"][a["row"]], a, b, found)


def _row(cube: "xr.Dataset", cell: dict[str, Any]) -> int:
    where = {name: cell[name] for name in ("country", "indicator", "year")}
    return int(cube["obs"].sel(where))


def _compare(
    evidence: "Evidence", rows: tuple[int, int], config: "Thresholds | None"
) -> "Comparison":
    from benchmark.metadata import metadata
    from benchmark.rules import compare
    from benchmark.rules.alternatives import alternatives
    from comparisons.judging import titles

    first, second = (metadata(evidence, row) for row in rows)
    found = compare(first, second, config, titles(evidence.registry))
    return replace(found, alternatives=alternatives(evidence, *rows, config=config))
