"""What a publisher changed between two editions of a table, or we between two tables of figures."""

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from benchmark.language import number
from comparisons.parts import Citation, Column
from comparisons.revisions import CHANGES, Edition, changes, of_figures, of_table
from comparisons.texts import Texts, each, same, texts
from comparisons.view import View


def diff(old: Any, new: Any) -> View:
    """Report what changed between two editions of the same figures.

    Parameters
    ----------
    old, new : DataFrame, Table or Vintage
        The earlier and the later edition: two figures tables, or two tables as publishers send
        them.

    Returns
    -------
    View
        One row a change, of the kinds revised, new, dropped, flag and method; values unrounded in
        `before`, `after` and `difference`. The verdict is `caution` where method, notes or labels
        changed, for then a revision may be a change of definition.

    Raises
    ------
    BenchmarkError
        If a figure is there twice, or the two have different variables.

    Examples
    --------
    >>> import nordbench as nb
    >>> old = nb.figures(indicator="gti.needs_met")
    >>> new = old.assign(value=old["value"].replace(34.0, 35.0))
    >>> view = diff(old, new)
    >>> view.to_frame()[["change", "country", "before", "after"]].values.tolist()
    [['revised', 'NOR', 34.0, 35.0]]
    """
    sides = [one.read() if hasattr(one, "read") else one for one in (old, new)]
    first, second = (_edition(side) for side in sides)
    rows, unchanged = changes(first, second)
    labels = _labels(rows, sides)
    return View(
        kind="diff",
        title=_title(sides),
        data=_data(rows, first, second, sides),
        columns=_COLUMNS,
        verdict="caution" if (rows["change"] == "method").any() else "comparable",
        citations=tuple(_citations(rows, sides)),
        remarks=tuple(_remarks(rows, unchanged, sides)),
        labels=labels,
    )


_COLUMNS = (
    Column("change", head="diff.head.change"),
    Column("item", head="diff.head.item"),
    Column("field", head="diff.head.field"),
    Column("old", head="diff.head.old"),
    Column("new", head="diff.head.new"),
    Column("difference", "number", "diff.head.difference", "signed", "digits"),
)


def _edition(side: Any) -> Edition:
    return of_figures(side) if isinstance(side, pd.DataFrame) else of_table(side)


def _name(side: Any) -> str:
    """Name a table by its vintage or its file; figures have no name."""
    meta = {} if isinstance(side, pd.DataFrame) else side.meta
    return str(meta.get("vintage") or meta.get("file") or "")


def _title(sides: list[Any]) -> Texts:
    names = [_name(side) for side in sides]
    words = {
        key: same(name) if name else texts(f"diff.the_{key}")
        for key, name in zip(("old", "new"), names, strict=True)
    }
    return texts("diff.title", **words)


def _data(rows: pd.DataFrame, old: Edition, new: Edition, sides: list[Any]) -> pd.DataFrame:
    keys = [name for name in new.keys if name in rows]
    data = rows[["change", "field", *keys, "where", "before", "after", "difference"]].copy()
    for name, value in (("old", "before"), ("new", "after")):
        written = [f"{one:.15g}" if one == one else "" for one in rows[value]]
        data[name] = [text or figure for text, figure in zip(rows[name], written, strict=True)]
    data["digits"] = [
        max(_digits(a), _digits(b)) for a, b in zip(data["old"], data["new"], strict=True)
    ]
    data["item"] = _items(rows, old, new, keys)
    for name in ("document", "locator"):
        data[name] = _column(rows, name, old, new, sides)
    return data


def _digits(written: str) -> int:
    return len(written.partition(".")[2]) if "e" not in written else 0


def _items(rows: pd.DataFrame, old: Edition, new: Edition, keys: list[str]) -> list[str]:
    """Name the figure of each row: by its address, or by the codes of its table."""
    from benchmark.addresses import address

    found = []
    for at_old, at_new, where, *codes in zip(
        rows["at_old"], rows["at_new"], rows["where"], *(rows[k] for k in keys), strict=True
    ):
        if max(at_old, at_new) < 0:
            found.append(where)
        elif "indicator" in keys and "geo_scope" in keys:
            edition, at = (new, at_new) if at_new >= 0 else (old, at_old)
            found.append(address(edition.frame.iloc[at]))
        else:
            found.append(", ".join(f"{k}={c}" for k, c in zip(keys, codes, strict=True)))
    return found


def _column(
    rows: pd.DataFrame, name: str, old: Edition, new: Edition, sides: list[Any]
) -> list[str]:
    """Give document and place of each row: of the later edition, where it is in that."""
    found = []
    for at_old, at_new, field in zip(rows["at_old"], rows["at_new"], rows["field"], strict=True):
        edition, at = (old, at_old) if at_new < 0 <= at_old else (new, at_new)
        if name in edition.frame:
            found.append(str(edition.frame[name].iloc[at]))
        elif name == "document":
            found.append(_name(sides[0] if edition is old else sides[1]) or "table")
        else:
            found.append(field)
    return found


def _labels(rows: pd.DataFrame, sides: list[Any]) -> Mapping[str, Mapping[str, Texts]]:
    figures = {
        f"{one:.15g}": each(_written(one))
        for name in ("before", "after")
        for one in rows[name].unique()
        if one == one
    }
    return {
        "change": {kind: texts(f"diff.change.{kind}") for kind in CHANGES},
        "item": {"": texts("diff.whole")},
        "field": {name: texts(f"diff.field.{name}") for name in rows["field"].unique()},
        "old": figures,
        "new": figures,
    }


def _written(value: float) -> Any:
    return lambda lang: number(value, lang)


def _citations(rows: pd.DataFrame, sides: list[Any]) -> Iterator[Citation]:
    tables = [side for side in sides if not isinstance(side, pd.DataFrame)]
    for side in tables:
        meta = side.meta
        title = meta.get("title", "")
        words = title if isinstance(title, str) else next(iter(title.values()), "")
        address = next(iter(meta.get("addresses", ())), "")
        dated = str(meta.get("updated") or meta.get("fetched") or "")
        publisher = str(meta.get("source") or "")
        name = _name(side) or "table"
        yield Citation(name, words or name, publisher, dated, address)
    if not tables:
        documents = {str(one) for side in sides for one in side.get("document", [])}
        yield from (Citation(one, one, "") for one in sorted(documents))


def _remarks(rows: pd.DataFrame, unchanged: int, sides: list[Any]) -> Iterator[Texts]:
    counts = rows["change"].value_counts()
    if rows.empty:
        yield texts("diff.remark.nothing")
    numbers = {kind: int(counts.get(kind, 0)) for kind in CHANGES}
    yield texts("diff.remark.counts", same=unchanged, **numbers)
    if numbers["method"]:
        yield texts("diff.remark.method")
    for note in () if isinstance(sides[1], pd.DataFrame) else sides[1].notes:
        if note.mandatory or not note.at:
            yield texts("diff.remark.note", note=each(_in_language(note.text)))


def _in_language(words: Mapping[str, str]) -> Any:
    return lambda lang: words.get(lang) or words.get("en") or next(iter(words.values()), "")
