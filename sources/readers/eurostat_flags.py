"""Flags of Eurostat's files: what a cell prints beside its value or in its place."""

from collections.abc import Iterable
from typing import Final

from benchmark.status import MISSING, from_eurostat

KNOWN: Final = frozenset("bcdefnprsuz:")


def meaning(symbol: str) -> set[str]:
    """Map what a cell prints beside or in place of its value to SDMX codes.

    Parameters
    ----------
    symbol : str
        Flag letters, after a colon where there is no value: ``bu``, ``:``, ``: z``.

    Returns
    -------
    set of str
        CL_OBS_STATUS codes. The colon alone says ``O``; a flag that gives the reason takes its
        place. Letters that Eurostat's list does not have say nothing: see `unknown`.

    Examples
    --------
    >>> sorted(meaning("bu")), meaning(":"), meaning(": z"), sorted(meaning(": n"))
    (['B', 'U'], {'O'}, {'M'}, ['N', 'O'])
    """
    flags = set(symbol) & KNOWN
    codes = set(from_eurostat("".join(sorted(flags))).codes)
    reasons = codes & (MISSING - {"O"})
    return codes - {"O"} if ":" in flags and reasons else codes


def unknown(symbols: Iterable[str]) -> list[str]:
    """List the flag letters that Eurostat's list does not have.

    Parameters
    ----------
    symbols : iterable of str
        As for `meaning`.

    Returns
    -------
    list of str
        The letters, sorted.

    Examples
    --------
    >>> unknown(["b", ": iz"])
    ['i']
    """
    return sorted(set("".join(symbols)) - KNOWN - {" "})
