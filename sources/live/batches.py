"""Cutting a question into parts that each stay below a limit, and putting the answers together."""

from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase
from math import prod
from typing import TYPE_CHECKING, Any

from benchmark.errors import NotFetched, UnknownName, listing
from sources.table import Table, TableNote, Words

if TYPE_CHECKING:
    import pandas as pd

Axes = Mapping[str, Sequence[str]]
"""Variables of a table in its order, each with the codes asked for in theirs."""


class Changed(NotFetched):
    """The parts of a table do not belong together: it was replaced while they were fetched."""


def chosen(table: str, axes: Axes, select: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Choose codes of the variables of a table.

    Parameters
    ----------
    table : str
        Its id, for the message.
    axes : mapping
        All codes of every variable.
    select : mapping
        Patterns of codes wanted (`*` and `?` stand for any); all of a variable not named. A
        variable without any is left out, and the publisher adds up over it.

    Returns
    -------
    dict
        In the order of the table.

    Raises
    ------
    UnknownName
        Naming every variable and pattern that the table does not know.

    Examples
    --------
    >>> chosen("T", {"sex": ["1", "2"], "TID": ["2022", "2023", "2024"]}, {"TID": ["2022", "*4"]})
    {'sex': ['1', '2'], 'TID': ['2022', '2024']}
    """
    strange = [f"variable {name!r}" for name in select if name not in axes]
    strange += [
        f"{name}: no code like {pattern!r}"
        for name, patterns in select.items()
        for pattern in patterns
        if name in axes and not any(fnmatchcase(code, pattern) for code in axes[name])
    ]
    if strange:
        known = f"Its variables now are {', '.join(axes)}."
        raise UnknownName(listing(f"table {table} has no longer what is asked for", strange, known))
    return {
        name: [
            code
            for code in codes
            if any(fnmatchcase(code, pattern) for pattern in select.get(name, ["*"]))
        ]
        for name, codes in axes.items()
        if select.get(name, ["*"])
    }


def cells(axes: Axes) -> int:
    """Count the cells of a question."""
    return prod(len(codes) for codes in axes.values())


def split(axes: Axes, limit: int) -> list[dict[str, list[str]]]:
    """Cut a question into parts of at most `limit` cells, along its longest variables.

    Parameters
    ----------
    axes : mapping
        The question.
    limit : int
        Most cells of a part; 0 for no limit.

    Returns
    -------
    list of dict
        Together they hold every cell once.

    Examples
    --------
    >>> [list(part["TID"]) for part in split({"sex": ["1", "2"], "TID": list("abcde")}, 4)]
    [['a', 'b'], ['c', 'd'], ['e']]
    """
    whole = {name: list(codes) for name, codes in axes.items()}
    if not limit or cells(whole) <= limit:
        return [whole]
    longest = max(whole, key=lambda name: len(whole[name]))
    codes = whole[longest]
    step = max(1, limit * len(codes) // cells(whole))
    parts = [whole | {longest: codes[at : at + step]} for at in range(0, len(codes), step)]
    return parts if step > 1 or cells(parts[0]) <= limit else _further(parts, limit)


def _further(parts: list[dict[str, list[str]]], limit: int) -> list[dict[str, list[str]]]:
    return [one for part in parts for one in split(part, limit)]


def join(
    tables: Sequence[Table],
    axes: Axes | None = None,
    labels: Sequence[Mapping[str, Mapping[str, Words]]] = (),
    sparse: bool = False,
) -> Table:
    """Put the parts of a table together again, in the order of the table.

    Parameters
    ----------
    tables : sequence of Table
        The parts, at least one.
    axes : mapping, optional
        The whole question, all cells of which must be there; without it, codes stand in the order
        in which they first come.
    labels : sequence of mapping
        Labels of all codes, in order of preference; those of the parts come last.
    sparse : bool
        Whether a publisher may leave out cells that hold nothing.

    Returns
    -------
    Table
        With the status, symbol and notes of every part.

    Raises
    ------
    Changed
        If the parts were updated at different times, so that they are of different vintages, do
        not fit together, or a cell is missing or there twice.
    """
    import pandas as pd

    first = tables[0]
    _same_vintage(tables)
    names = _names(tables, axes)
    frames = [_uniform(table.frame) for table in tables]
    frame = pd.concat(frames, ignore_index=True) if len(frames) > 1 else frames[0]
    order = axes or {name: _order(frames, name) for name in names}
    for name in names:
        strange = sorted(set(frame[name].dropna()) - set(order[name]))
        if strange:
            raise Changed(f"{name}: not asked for, but sent: {', '.join(strange[:9])}")
        frame[name] = pd.Categorical(frame[name], categories=list(order[name]))
    frame = frame.sort_values(names, kind="stable", ignore_index=True)
    _complete(frame, names, cells(axes) if axes and not sparse else None)
    rest = [name for name in frame.columns if name not in names]
    kinds = dict.fromkeys([name for name in rest if name != "value"], "category")
    return Table(
        frame=frame[[*names, *rest]].astype(kinds),
        labels=merged([*labels, *(table.labels for table in tables)]),
        notes=_notes(tables),
        meta=dict(first.meta),
    )


def _same_vintage(tables: Sequence[Table]) -> None:
    times = sorted({str(table.meta.get("updated", "")) for table in tables})
    if len(times) > 1:
        raise Changed(
            f"the publisher replaced the table while it was being fetched (parts of "
            f"{' and '.join(times)}); nothing of it is used: run the command again"
        )


def _names(tables: Sequence[Table], axes: Axes | None) -> list[str]:
    found = [variables(table) for table in tables]
    names = [name for name in axes if name in found[0]] if axes else found[0]
    names += [name for name in found[0] if name not in names]
    if any(set(other) != set(names) for other in found):
        raise Changed(
            "the parts have different variables: "
            + "; ".join(sorted({", ".join(other) for other in found}))
        )
    missing = [name for name in axes or {} if name not in names]
    if missing:
        raise Changed(f"asked for, but not sent: the variables {', '.join(missing)}")
    return names


def variables(table: Table) -> list[str]:
    """Name the columns that say which cell it is."""
    beside = {"value", "status", "symbol", *table.meta.get("attributes", ())}
    return [name for name in table.frame.columns if name not in beside]


def _uniform(frame: "pd.DataFrame") -> "pd.DataFrame":
    """Hold codes as plain texts, for parts differ in their categories."""
    texts = {name: object for name in frame.columns if name != "value"}
    uniform: pd.DataFrame = frame.astype(texts)
    return uniform


def _order(frames: "Sequence[pd.DataFrame]", name: str) -> list[str]:
    return list(dict.fromkeys(code for frame in frames for code in frame[name].unique()))


def _complete(frame: "pd.DataFrame", names: list[str], wanted: int | None) -> None:
    twice = frame.duplicated(names)
    if twice.any():
        found = frame[twice].iloc[0]
        where = ", ".join(f"{name}={found[name]}" for name in names)
        raise Changed(f"{int(twice.sum()):,} cells were sent twice, the first at {where}")
    if wanted is not None and len(frame) != wanted:
        raise Changed(
            f"{wanted:,} cells were asked for, but {len(frame):,} were sent: nothing is kept of a "
            "table with holes"
        )


def merged(
    all_labels: Sequence[Mapping[str, Mapping[str, Words]]],
) -> dict[str, dict[str, dict[str, str]]]:
    """Merge labels by column, code and language; the first one counts.

    Examples
    --------
    >>> merged([{"sex": {"1": {"en": "men"}}}, {"sex": {"1": {"da": "mænd"}}}])
    {'sex': {'1': {'en': 'men', 'da': 'mænd'}}}
    """
    found: dict[str, dict[str, dict[str, str]]] = {}
    for labels in all_labels:
        for column, codes in labels.items():
            for code, words in codes.items():
                known = found.setdefault(column, {}).setdefault(code, {})
                known |= {lang: text for lang, text in words.items() if lang not in known}
    return found


def _notes(tables: Sequence[Table]) -> tuple[TableNote, ...]:
    found: dict[Any, TableNote] = {}
    for table in tables:
        for note in table.notes:
            key = (tuple(note.text.items()), tuple(sorted(note.at.items())), note.mandatory)
            found.setdefault(key, note)
    return tuple(found.values())
