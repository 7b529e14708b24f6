"""Errors a caller may want to catch.

All derive from `BenchmarkError`, itself a `ValueError`. A message says what is wrong, where,
what was expected and what to do, and lists every offender at once.
"""

from collections.abc import Iterable, Sequence


class BenchmarkError(ValueError):
    """Something in the input cannot be used; the message says what, where and what to do."""


class UnknownName(BenchmarkError):
    """A name (country, indicator, document, note ...) that no registry holds."""


class InvalidRegistry(BenchmarkError):
    """Registry files that break their schema or refer to entries that do not exist."""


class InvalidFigures(BenchmarkError):
    """Rows that cannot stand in the figures table."""


class UnitMismatch(BenchmarkError):
    """An operation that the units do not allow."""


class NoData(BenchmarkError):
    """A request that is well formed but that no figure answers."""


class NotFetched(BenchmarkError):
    """A publisher could not be asked, or gave an answer that cannot be used."""


class NotComparable(BenchmarkError):
    """A comparator refuses: the figures may not be compared.

    Parameters
    ----------
    message : str
        What was asked, the reasons, and what could be compared instead.
    findings : sequence, optional
        The findings (`benchmark.rules.Finding`) that forbid the comparison.
    alternatives : sequence of str, optional
        Addresses of figures that could be compared instead.
    """

    def __init__(
        self, message: str, findings: Sequence[object] = (), alternatives: Sequence[str] = ()
    ) -> None:
        super().__init__(message)
        self.findings = tuple(findings)
        self.alternatives = tuple(alternatives)


def listing(heading: str, offenders: Iterable[str], remedy: str = "", most: int = 50) -> str:
    r"""Set out one message for many offenders.

    Parameters
    ----------
    heading : str
        What is wrong, without a full stop.
    offenders : iterable of str
        One line each.
    remedy : str, optional
        What to do, printed last.
    most : int
        Lines printed; the rest is counted.

    Returns
    -------
    str
        The message.

    Examples
    --------
    >>> print(listing("2 rows cannot be used", ["row 3: 120", "row 9: no unit"], "Mend them."))
    2 rows cannot be used:
      row 3: 120
      row 9: no unit
    Mend them.
    """
    lines = list(offenders)
    shown = [f"  {line}" for line in lines[:most]]
    if len(lines) > most:
        shown.append(f"  ... and {len(lines) - most} more")
    return "\n".join([f"{heading}:", *shown, *([remedy] if remedy else [])])
