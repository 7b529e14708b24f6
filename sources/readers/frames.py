"""The frame of a table: columns of codes crossed or picked, and what is observed in each cell."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from benchmark import status

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

OBSERVED: Final = ("value", "status", "symbol")
"""Columns of a table beside its dimensions."""


def columns(names: Iterable[str]) -> dict[str, str]:
    """Name the columns of dimensions, clear of the columns of observations.

    Parameters
    ----------
    names : iterable of str
        Dimensions as the file names them, each once.

    Returns
    -------
    dict of str to str
        Dimension and column; ``_`` follows a name that is taken.

    Examples
    --------
    >>> columns(["geo", "status"])
    {'geo': 'geo', 'status': 'status_'}
    """
    found: dict[str, str] = {}
    known = set(names := list(names))
    for name in names:
        column = name
        while column in OBSERVED or (column != name and column in known):
            column += "_"
        found[name] = column
    return found


def categorical(codes: "NDArray[np.integer[Any]]", categories: Sequence[str]) -> "pd.Categorical":
    """Build a column of codes without an object a cell.

    Parameters
    ----------
    codes : array of int
        Position of each cell's code among the categories.
    categories : sequence of str
        All codes, each once.

    Returns
    -------
    Categorical
        Of the smallest integer type that holds the codes.
    """
    import pandas as pd

    known = pd.Index(list(categories), dtype=None if categories else object)
    kind = pd.CategoricalDtype(known)
    return pd.Categorical.from_codes(codes, dtype=kind, validate=False)


def grid(codes: Mapping[str, Sequence[str]]) -> "dict[str, pd.Categorical]":
    """Cross the codes of the dimensions, the last running fastest.

    Parameters
    ----------
    codes : mapping of str to sequence of str
        Column and its codes.

    Returns
    -------
    dict of str to Categorical
        The columns, as long as the product of the numbers of codes.

    Examples
    --------
    >>> {name: list(column) for name, column in grid({"geo": ["DK", "NO"], "sex": "MF"}).items()}
    {'geo': ['DK', 'DK', 'NO', 'NO'], 'sex': ['M', 'F', 'M', 'F']}
    """
    import numpy as np

    found, inner, cells = {}, 1, math.prod(map(len, codes.values()))
    for column, values in reversed([*codes.items()]):
        small = np.arange(len(values), dtype=np.min_scalar_type(-max(len(values), 1)))
        block = np.repeat(small, inner)
        inner *= len(values)
        found[column] = categorical(np.tile(block, cells // inner if inner else 0), values)
    return {column: found[column] for column in codes}


def observed(
    value: "NDArray[np.float64]",
    symbol: "NDArray[np.integer[Any]]",
    symbols: Sequence[str],
    meaning: Callable[[str], Iterable[str]],
) -> "dict[str, NDArray[np.float64] | pd.Categorical]":
    """Build the columns `value`, `status` and `symbol`.

    Parameters
    ----------
    value : array of float
        Not-a-number where a cell has no value.
    symbol : array of int
        Position of each cell's symbol in `symbols`.
    symbols : sequence of str
        What the file prints beside or in place of values, each once; empty for nothing.
    meaning : callable
        From a symbol to its CL_OBS_STATUS codes; none where it says nothing.

    Returns
    -------
    dict
        The three columns. A missing value of which no code says why is missing: ``O`` is added.
    """
    import numpy as np

    given = [set(meaning(text)) for text in symbols]
    reasons = [flags if status.WITHOUT_VALUE & flags else flags - {"A"} | {"O"} for flags in given]
    texts = [" ".join(status.read(flags or "A")) for flags in [*given, *reasons]]
    # One number a cell says both what its symbol is and whether a value is missing.
    case = symbol.astype(np.intp)
    case += len(symbols) * np.isnan(value)
    occurs = np.bincount(case, minlength=len(texts)) > 0
    return {
        "value": value,
        "status": _by_case(case, occurs, texts),
        "symbol": _by_case(case, occurs, [*symbols, *symbols]),
    }


def _by_case(
    case: "NDArray[np.intp]", occurs: "NDArray[np.bool_]", texts: Sequence[str]
) -> "pd.Categorical":
    """Build a column from the text of each case, with those texts that occur."""
    import numpy as np

    known = {text: 0 for text, is_there in zip(texts, occurs, strict=True) if is_there}
    known = {text: k for k, text in enumerate(known)}
    small = np.min_scalar_type(-len(known) - 1)
    codes = np.array([known.get(text, 0) for text in texts], dtype=small)
    return categorical(codes.take(case), [*known])
