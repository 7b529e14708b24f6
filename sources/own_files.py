"""Bring your own: somebody's file and a map become figures that stand beside the shipped ones."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmark.errors import BenchmarkError, InvalidFigures, InvalidRegistry, NoData, listing
from benchmark.figures import Evidence, digest
from sources import own_files_map as maps
from sources.own_files_arrange import arrange, heading_faults, said
from sources.own_files_formats import read
from sources.own_files_raw import Raw
from sources.own_files_rows import Problem, Reading, checked
from sources.own_files_toml import toml
from sources.own_files_write import (
    FIGURES,
    REGISTRY,
    REJECTS,
    figures_csv,
    rejects_csv,
    write_folder,
)

if TYPE_CHECKING:
    import pandas as pd

    from benchmark.registry import Registry


class RejectedRows(InvalidFigures):
    """Rows of somebody's file that cannot stand; none of the file was taken.

    Parameters
    ----------
    message : str
        Every row with its place, the rule it breaks and what to do.
    rejects : DataFrame
        The rows as read, with ``row`` (their number in the file) and ``reason``.
    """

    def __init__(self, message: str, rejects: "pd.DataFrame") -> None:
        super().__init__(message)
        self.rejects = rejects


@dataclass(frozen=True, eq=False, repr=False)
class OwnFigures(Evidence):
    r"""Figures of one's own, with the registry that explains them.

    Attributes
    ----------
    figures : pandas.DataFrame
        One row a figure, as in the shipped table; only the own ones.
    registry : Registry
        The shipped definitions and the own ones.
    hash : str
        sha256 over the figures.
    name : str
        What to call them in messages.
    entries : mapping
        The own registry entries, by kind and id.
    rejects : pandas.DataFrame
        Rows that were left out: number in the file, reason, and the row as read.

    Examples
    --------
    >>> own = read_figures(b"Land;2024\nDanmark;78\n", {
    ...     "source": {"format": "csv"}, "wide": {"into": "year"}, "columns": {"country": "Land"},
    ...     "constants": {"indicator": "dst.trust_digital_services", "document": "my.survey"},
    ...     "documents": {"my.survey": {"title": "My survey", "publisher": "Me", "language": "da",
    ...                                 "date": "2024", "licence": "mine",
    ...                                 "source_type": "primary"}}})
    >>> own
    1 figure, 1 registry entry, 0 rows left out
    """

    name: str = "own"
    entries: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    rejects: "pd.DataFrame" = field(default=None)  # type: ignore[assignment]

    def save(self, folder: "str | Path") -> list[Path]:
        """Write the figures, their registry entries and the rows left out into a folder.

        ``nb.load(figures=folder)`` reads them again. The folder appears whole or not at all; one
        that was written before is replaced, any other is left alone.

        Parameters
        ----------
        folder : path
            The folder; its parent must exist.

        Returns
        -------
        list of Path
            The files.

        Raises
        ------
        BenchmarkError
            If there is something else under that name, or it cannot be written.
        """
        texts = {FIGURES: figures_csv(self.figures), REGISTRY: toml(self.entries)}
        if self.rejects is not None and len(self.rejects):
            texts[REJECTS] = rejects_csv(self.rejects)
        return write_folder(Path(folder), texts)

    def __repr__(self) -> str:
        """Count what there is."""
        entries = sum(map(len, self.entries.values()))
        left = 0 if self.rejects is None else len(self.rejects)
        counts = ((len(self.figures), "figure", "figures"), (entries, "registry entry", "entries"))
        told = [f"{n} {one if n == 1 else many}" for n, one, many in counts]
        told[1] = told[1].replace(" entries", " registry entries")
        return f"{', '.join(told)}, {left} {'row' if left == 1 else 'rows'} left out"


def read_figures(
    source: "str | Path | bytes",
    map: "str | Path | Mapping[str, Any]",
    registry: "Registry | None" = None,
    keep_good: bool = False,
) -> OwnFigures:
    r"""Read figures of one's own from a file.

    Parameters
    ----------
    source : path or bytes
        CSV, TSV, a workbook, Parquet, PX, JSON-stat or a list of JSON records.
    map : path or mapping
        How its columns become columns of the figures table, as TOML or as a mapping of the same
        form; it may define indicators, documents and the like.
    registry : Registry, optional
        Definitions to read against instead of the shipped ones; the map may then hold none.
    keep_good : bool
        Leave out the rows that cannot stand, instead of refusing the file.

    Returns
    -------
    OwnFigures
        ``.figures`` is the table; ``nb.load(figures=...)`` sets it beside the shipped figures,
        ``.save(folder)`` writes it.

    Raises
    ------
    BenchmarkError
        If the file or the map cannot be used; everything that is wrong with the map at once.
    InvalidFigures
        Naming every row that cannot stand (its ``rejects`` hold them as a table).

    Examples
    --------
    >>> own = read_figures(b"land,pct\nNorge,41\nDanmark,oops\n", {
    ...     "source": {"format": "csv"},
    ...     "columns": {"country": "land", "value": "pct"},
    ...     "constants": {"indicator": "gti.problems", "year": 2024, "document": "gti3_se"},
    ... }, keep_good=True)
    >>> own.figures[["country", "year", "value"]].values.tolist()
    [['NOR', 2024.0, 41.0]]
    >>> own.rejects["reason"].tolist()
    ["value 'oops' is not a number"]
    """
    from sources.catalogue import evidence, registry_files

    found, faults = maps.load(map)
    known = registry
    if registry is not None and found.entries:
        faults.append(
            f"{found.origin}: defines {', '.join(found.entries)}, but a registry is given"
        )
    try:
        known = registry or maps.extended(registry_files(), found)
    except InvalidRegistry as error:
        faults += maps.registry_faults(error)
    raw = _read(source, found, faults)
    if faults or raw is None or known is None:
        remedy = "docs/own_figures.md shows how a map is written."
        raise BenchmarkError(listing("the map cannot be used", dict.fromkeys(faults), remedy))
    reading = Reading(_cells(raw, found), raw, found, known)
    table = reading.figures()
    _refuse_doubtful_units(table, reading)
    complete, problems = checked(reading, table, evidence())
    if problems and not keep_good:
        raise RejectedRows(_refusal(raw, problems), _rejects(raw, problems))
    good = complete.drop(index=sorted({problem.row for problem in problems}))
    kept = good.reset_index(drop=True)
    if kept.empty:
        raise RejectedRows(_refusal(raw, problems), _rejects(raw, problems))
    return OwnFigures(kept, known, digest(kept), raw.file, found.entries, _rejects(raw, problems))


def _read(source: "str | Path | bytes", found: maps.Map, faults: list[str]) -> Raw | None:
    """Read the file, and hold its headings against the map; faults of the map come first."""
    if not found.filled:
        return None  # nothing is known of how the file is to be read
    try:
        raw = read(source, found.source)
    except BenchmarkError as error:
        if not faults:
            raise
        faults.append(str(error))
        return None
    faults += heading_faults(raw, found)
    return raw


def _cells(raw: Raw, found: maps.Map) -> "pd.DataFrame":
    cells = arrange(raw, found)
    if cells.empty:
        raise NoData(f"{raw.file}: no row has what [keep] asks for; see its codes and spelling")
    return cells


def _refuse_doubtful_units(table: "pd.DataFrame", reading: Reading) -> None:
    """Refuse a percentage that looks like a fraction: 0.78 may be meant as 78 %."""
    if "unit" in reading.cells:
        return
    indicators = reading.registry.indicators
    doubtful = []
    for name, values in table.groupby("indicator")["value"]:
        unit = indicators.get(str(name), {}).get("unit")
        inside = values.dropna().between(0, 1)
        if unit in ("percent", "score_0_100") and inside.all() and (values % 1 > 0).any():
            other = "fraction" if unit == "percent" else "index_0_1"
            doubtful.append(f"{name}: unit = '{other}' if 0.78 means 78, else unit = '{unit}'")
    if doubtful:
        heading = f"{reading.raw.file}: all values lie between 0 and 1; which unit are they in"
        raise BenchmarkError(listing(heading, doubtful, "Say it under [constants] of the map."))


def _refusal(raw: Raw, problems: Sequence[Problem]) -> str:
    rows = len({problem.record for problem in problems})
    counted = "1 row" if rows == 1 else f"{rows} rows"
    heading = f"{raw.file}: {counted} cannot stand in the figures table; nothing was taken"
    remedy = "Mend them, or keep the good rows: --keep-good, keep_good=True."
    # A cell that fills several rows is named once.
    return listing(heading, dict.fromkeys(str(problem) for problem in problems), remedy)


def _rejects(raw: Raw, problems: Sequence[Problem]) -> "pd.DataFrame":
    """Set out each record that cannot stand, as it was read, with all that is wrong with it."""
    reasons: dict[int, list[str]] = {}
    for problem in problems:
        reasons.setdefault(problem.record, []).append(problem.rule)
    records = sorted(reasons)
    table = raw.frame.iloc[records].map(said).reset_index(drop=True)
    table.insert(0, "reason", ["; ".join(dict.fromkeys(reasons[r])) for r in records], True)
    table.insert(0, "row", [raw.rows[record] for record in records], True)
    return table
