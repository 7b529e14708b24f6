"""eGovernment Benchmark of the European Commission, editions 2013 to 2024.

How well digital public services work in European countries: scores from 0 to 100, mostly by
mystery shoppers, for life events that are measured every second year. `read` gives the shipped
figures; `read_official` reads a file as the Commission publishes it.
"""

from typing import TYPE_CHECKING

from benchmark.errors import BenchmarkError, listing
from benchmark.registry import Registry

if TYPE_CHECKING:
    import pandas as pd

    from sources.readers.workbook import Source


def read(registry: Registry) -> "pd.DataFrame":
    """Read the shipped scores.

    Parameters
    ----------
    registry : Registry
        Definitions.

    Returns
    -------
    DataFrame
        Rows of the figures table. Two-year scores stand under the indicator itself, those of one
        collection under ``.annual``, those of the life events of businesses and of citizens under
        ``.business`` and ``.citizen``; single life events are breakdowns of ``.annual``.
    """
    from sources.adapters.egov_scores import figures
    from sources.adapters.egov_tables import load

    return figures(load(), registry)


def read_official(source: "Source", registry: Registry) -> "pd.DataFrame":
    """Read an official file: the source data of an edition (2021-2024), or the long table of 2023.

    Parameters
    ----------
    source : str, Path or bytes
        The file, or what is in it.
    registry : Registry
        Definitions.

    Returns
    -------
    DataFrame
        Rows of the figures table; cells without a number have a status that says why.

    Raises
    ------
    BenchmarkError
        The file is none of these, or holds cells that are not understood; all are named.
    """
    from sources.adapters.egov_scores import figures

    scores = read_scores(source)
    texts = [name for name in scores if name != "value"]
    return figures(scores.astype(dict.fromkeys(texts, "category")), registry)


def read_scores(source: "Source") -> "pd.DataFrame":
    """Read the scores of an official file, whichever it is.

    Parameters
    ----------
    source : str, Path or bytes
        The file, or what is in it.

    Returns
    -------
    DataFrame
        See `egov_scores`.

    Raises
    ------
    BenchmarkError
        The file is none of those known, or holds cells that are not understood.
    """
    import re

    from sources.adapters.egov_long_table import SHEET, read_long_table
    from sources.adapters.egov_official import SCORES, read_workbook
    from sources.readers.workbook import sheet_names

    names = sheet_names(source)
    if SHEET in names:
        return read_long_table(source)
    if any(re.fullmatch(SCORES, name) for name in names):
        return read_workbook(source)
    heading = "the workbook is no official file of the eGovernment Benchmark; it has these sheets"
    wanted = f"Expected a sheet '1. Scores' with a year, or a sheet {SHEET!r}."
    raise BenchmarkError(listing(heading, names, wanted))
