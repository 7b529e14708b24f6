"""Reader of SDMX-CSV: version 1 as Eurostat sends it, and version 2 of SDMX 3."""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from benchmark.errors import BenchmarkError
from benchmark.status import HIERARCHY
from sources.readers import eurostat_flags
from sources.readers.common import Loaded, Source, decode, load, refuse
from sources.readers.frames import OBSERVED, categorical, columns, observed
from sources.readers.numbers import parse
from sources.readers.sdmx_columns import (
    CONFIDENTIAL,
    FLAGS,
    KIND,
    MESSAGE,
    TIME,
    VALUE,
    Column,
    read_columns,
)
from sources.table import Table, TableNote

if TYPE_CHECKING:
    import pandas as pd

_FIRST: Final = re.compile(
    r'"?(?P<first>DATAFLOW|STRUCTURE)(?:\[(?P<inner>[^\]]?)[^\]]*\])?(?:: ?[^,;\t|"]*)?"?'
    r"(?P<outer>[,;\t|])"
)
_NUMBER: Final = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_MISSING: Final = ("", ":", "NaN", "#N/A")
"""Values that stand for none: left out, Eurostat's sign, and those of version 2."""

_UPDATE: Final = re.compile(r"(\d\d)/(\d\d)/(\d\d) (\d\d:\d\d:\d\d)")
_STRANGE: Final = "flags that no list has were kept as symbols only: {}"


def read(source: Source) -> Table:
    r"""Read an SDMX-CSV file.

    Parameters
    ----------
    source : str, Path or bytes
        The file, plain or gzip, or what is in it. The file does not say which columns are
        dimensions: those before ``OBS_VALUE`` are, and ``TIME_PERIOD``, as the standard orders
        them.

    Returns
    -------
    Table
        As `Table` says; ``symbol`` holds the flags, after ``:``, ``NaN`` or ``#N/A`` where that
        stands for the value. Every attribute is a further column, named in
        ``meta["attributes"]``; ``meta["parts"]`` has the parts of those with several values.
        A row with some dimensions only is a note. The language of labels is not in the file.

    Raises
    ------
    BenchmarkError
        Names every row, column and value that is not as the format wants it.

    Examples
    --------
    >>> table = read(
    ...     b"DATAFLOW,LAST UPDATE,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG\n"
    ...     b"ESTAT:X(1.0),22/05/26 11:00:00,DK:Denmark,2024,45.2,bu\n"
    ...     b"ESTAT:X(1.0),22/05/26 11:00:00,NO:Norway,2024,,c\n"
    ... )
    >>> print(table.frame.to_string(index=False))
    geo TIME_PERIOD  value status symbol
     DK        2024   45.2    B U     bu
     NO        2024    NaN      Q      c
    """
    loaded = load(source)
    text = decode(loaded)
    opening = _FIRST.match(text)
    if not opening:
        raise BenchmarkError(
            f"{loaded.file}: cannot be read as {KIND}: line 1 begins with {text[:40]!r}; expected "
            "DATAFLOW (version 1) or STRUCTURE (version 2) and a delimiter"
        )
    found = {c.name: c for c in read_columns(text, opening["outer"], loaded.file)}
    dimensions, attributes = _roles(found, loaded.file)
    whole = _whole(dimensions, found[VALUE])
    observations = _values(found[VALUE], whole, opening["outer"], loaded.file)
    names = columns([c.name for c in [*dimensions, *attributes]])
    frame = _frame(dimensions, attributes, found, observations, names)
    keys = [names[c.name] for c in dimensions]
    _refuse_repeated(frame[whole], keys, loaded.file)
    return Table(
        frame[whole].reset_index(drop=True),
        {names[c.name]: _labels(c) for c in [*dimensions, *attributes] if c.label or c.labels},
        tuple(_partial(frame[~whole], keys)),
        _meta(loaded, found, opening, names, attributes),
    )


def _roles(found: Mapping[str, Column], file: str) -> tuple[list[Column], list[Column]]:
    """Tell dimensions from attributes by their places."""
    faults = []
    if VALUE not in found:
        faults.append(f"line 1 has no column {VALUE}; expected one after the dimensions")
    elif found[VALUE].brackets is not None:
        faults.append(f"line 1: {VALUE} has several values in a cell; expected one")
    deleting = found.get("ACTION")
    if deleting and "D" in deleting.known:
        row = int((deleting.codes == deleting.known.index("D")).argmax())
        faults.append(f"row {row + 1} has ACTION D, an order to delete; expected figures only")
    data = [name for name in found if name not in MESSAGE]
    before = data[: data.index(VALUE)] if VALUE in data else data
    dimensions = [n for n in data if (n in before and n not in FLAGS) or n == TIME]
    if not dimensions:
        faults.append(f"line 1 has no column before {VALUE}; expected the dimensions there")
    refuse(file, faults, KIND)
    flag = _flag(found)
    others = [n for n in data if n not in dimensions and n != VALUE and n != flag]
    if "STRUCTURE_ID" in found and len(found["STRUCTURE_ID"].known) > 1:
        others.append("STRUCTURE_ID")
    return [found[n] for n in dimensions], [found[n] for n in others]


def _flag(found: Mapping[str, Column]) -> str:
    return next((name for name in FLAGS[:2] if name in found), "")


def _whole(dimensions: Sequence[Column], value: Column) -> Any:
    """Tell which rows are observations: those with a code in every dimension, or a value."""
    import numpy as np

    whole = np.ones(len(value.codes), dtype=bool)
    for column in dimensions:
        whole &= np.array([text != "" for text in column.known], dtype=bool)[column.codes]
    return whole


def _values(column: Column, whole: Any, delimiter: str, file: str) -> tuple[Any, Any]:
    """Read the values; give for each row also which of `_MISSING` stands in its place."""
    import numpy as np

    texts = [text.strip() for text in column.known]
    commas = any("," in text for text in texts)
    if delimiter == ";" and commas and not any("." in text for text in texts):
        texts = [text.replace(",", ".") for text in texts]
    numbers = [k for k, text in enumerate(texts) if text not in _MISSING]
    parsed = parse("\n".join(texts[k] for k in numbers).encode())
    if parsed is None or len(parsed) != len(numbers):
        wrong = [k for k in numbers if not _is_number(texts[k])]
        refuse(file, list(_wrong_values(column, wrong)), KIND)
        parsed = np.array([float(texts[k]) for k in numbers])
    value = np.full(len(texts), np.nan)
    value[numbers] = parsed
    token = np.array([_MISSING.index(t) if t in _MISSING else 0 for t in texts], dtype=np.int64)
    lost = np.flatnonzero(~whole & ~np.isnan(value[column.codes]))
    refuse(
        file,
        [f"row {k + 1} has a value but not a code in every dimension" for k in lost],
        KIND,
    )
    return value[column.codes], token[column.codes]


def _is_number(text: str) -> bool:
    return _NUMBER.fullmatch(text) is not None and abs(float(text)) != float("inf")


def _wrong_values(column: Column, wrong: Sequence[int]) -> Iterator[str]:
    for k in wrong:
        row = int((column.codes == k).argmax())
        yield (
            f"row {row + 1}, {VALUE}: found {column.known[k][:40]!r}; expected a number with one "
            "decimal sign throughout the file, NaN, or nothing"
        )


def _frame(
    dimensions: Sequence[Column],
    attributes: Sequence[Column],
    found: Mapping[str, Column],
    observations: tuple[Any, Any],
    names: Mapping[str, str],
) -> "pd.DataFrame":
    import pandas as pd

    value, token = observations
    place, symbols = _symbols(token, found.get(_flag(found)))
    table = observed(value, place, symbols, _meaning)
    return pd.DataFrame(
        {
            **{names[c.name]: categorical(c.codes, c.known) for c in dimensions},
            **table,
            "status": _with_confidential(table["status"], found.get(CONFIDENTIAL)),
            **{names[c.name]: categorical(c.codes, c.known) for c in attributes},
        },
        copy=False,
    )


def _symbols(token: Any, flag: Column | None) -> tuple[Any, list[str]]:
    """Join what stands in place of the value and the flags: one text for each row."""
    import numpy as np

    flags = [_spaced(text, flag) for text in flag.known] if flag else [""]
    code = token * len(flags) + (flag.codes if flag else 0)
    seen, place = np.unique(code, return_inverse=True)
    texts = [
        " ".join(filter(None, [_MISSING[c // len(flags)], flags[c % len(flags)]]))
        for c in seen.tolist()
    ]
    known = {text: k for k, text in enumerate(dict.fromkeys(texts))}
    return np.array([known[text] for text in texts], dtype=np.int64)[place], list(known)


def _spaced(text: str, flag: Column | None) -> str:
    """Write several flags in a cell with blanks between."""
    several = flag and flag.brackets is not None
    return " ".join(re.findall(r"[A-Za-z]+", text)) if several else text.strip()


def _meaning(symbol: str) -> set[str]:
    """Map flags of SDMX, in capitals, and of Eurostat to CL_OBS_STATUS."""
    words = [word for word in symbol.split() if word not in _MISSING[2:]]
    codes = {word for word in words if word in HIERARCHY}
    letters = " ".join(word for word in words if word not in HIERARCHY)
    said = eurostat_flags.meaning(letters) if letters and letters.islower() else set()
    said |= eurostat_flags.meaning(":") if letters == ":" and not codes else set()
    return (codes | said) - ({"A"} if len(codes | said) > 1 else set())


def _with_confidential(status: Any, column: Column | None) -> Any:
    """Give suppression as the reason of values that are missing and confidential."""
    import numpy as np

    if column is None or "O" not in status.categories:
        return status
    secret = np.array([text not in ("", "F") for text in column.known], dtype=bool)
    hidden = secret[column.codes] & (status.codes == status.categories.get_loc("O"))
    known = list(dict.fromkeys([*status.categories, "Q"]))
    codes = np.where(hidden, known.index("Q"), status.codes)
    return categorical(codes, known)


def _refuse_repeated(frame: "pd.DataFrame", keys: Sequence[str], file: str) -> None:
    """Refuse two rows for one cell: which of them is right is not for a reader to say."""
    again = frame.duplicated(list(keys))
    refuse(
        file,
        [
            f"row {row + 1} is for {', '.join(map(str, codes))}, as an earlier row is; expected one"
            for row, codes in zip(
                again.index[again], frame.loc[again, list(keys)].to_numpy(), strict=True
            )
        ],
        KIND,
    )


def _partial(frame: "pd.DataFrame", keys: Sequence[str]) -> Iterator[TableNote]:
    """Turn rows with some dimensions only into notes on what those dimensions name."""
    attributes = [name for name in frame.columns if name not in (*keys, *OBSERVED)]
    for row in frame.to_dict("records"):
        at = {key: str(row[key]) for key in keys if row[key] != ""}
        for name in attributes:
            if row[name] != "":
                yield TableNote({"": f"{name}: {row[name]}"}, at)


def _labels(column: Column) -> dict[str, dict[str, str]]:
    named = {code: {"": label} for code, label in column.labels.items()}
    return {"": {"": column.label or column.name}, **named}


def _meta(
    loaded: Loaded,
    found: Mapping[str, Column],
    opening: re.Match[str],
    names: Mapping[str, str],
    attributes: Sequence[Column],
) -> dict[str, Any]:
    first = opening["first"]
    structure = found.get("STRUCTURE_ID") or found[first]
    inner = opening["inner"] or ""
    several = [c for c in attributes if c.brackets is not None]
    flag = found.get(_flag(found))
    strange = eurostat_flags.unknown(
        word
        for text in (flag.known if flag else [])
        for word in _spaced(text, flag).split()
        if word not in HIERARCHY
    )
    meta = {
        "format": f"SDMX-CSV {'1.0' if first == 'DATAFLOW' else '2.x'}",
        "file": loaded.file,
        "sha256": loaded.sha256,
        "structure": tuple(text.partition(": ")[0] for text in structure.known),
        "title": _title(structure, found.get("STRUCTURE_NAME")),
        "updated": _updated(found),
        "time": names.get(TIME, ""),
        "attributes": tuple(names[c.name] for c in attributes),
        "action": tuple(found["ACTION"].known) if "ACTION" in found else (),
        "parts": {names[c.name]: {t: _parts(t, inner) for t in c.known} for c in several},
        "warnings": (_STRANGE.format(", ".join(strange)),) if strange else (),
    }
    return {key: value for key, value in meta.items() if value}


def _title(structure: Column, names: Column | None) -> dict[str, str]:
    texts = names.known if names else [t.partition(": ")[2] for t in structure.known]
    return {"": texts[0]} if len(texts) == 1 and texts[0] else {}


def _updated(found: Mapping[str, Column]) -> str:
    """Write Eurostat's time of update, ``dd/mm/yy``, as ISO 8601; the latest of the file."""
    column = found.get("LAST UPDATE")
    matches = [(text, _UPDATE.fullmatch(text)) for text in (column.known if column else [])]
    return max((f"20{m[3]}-{m[2]}-{m[1]}T{m[4]}" if m else text for text, m in matches), default="")


def _parts(text: str, inner: str) -> tuple[str, ...]:
    """Part a cell with several values; the parts may be in quotes."""
    if not inner or inner in '"\r\n':
        return (text,)
    return tuple(next(csv.reader([text], delimiter=inner), []))
