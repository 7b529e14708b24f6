"""Observation flags: the twenty codes of SDMX CL_OBS_STATUS 2.2.

A figure carries a set of flags. One flag is chosen from the set only where a format has room for
one, by the hierarchy of the SDMX guideline on observation status (version 2.0, 2019).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from benchmark.errors import BenchmarkError

HIERARCHY: Final = tuple("BOMLHQJSDKWIFEPNUVGA")
"""All codes; the first of them that a figure carries is the flag to show alone."""

MISSING: Final = frozenset("OMLHQK")
"""Codes that say why there is no value; none may stand beside a value."""

WITHOUT_VALUE: Final = frozenset("BOMLHQJSK")
"""Codes of which a missing value needs one."""

_BIT: Final = {code: 1 << k for k, code in enumerate(HIERARCHY)}
_EUROSTAT: Final = {
    "b": "B",
    "c": "Q",
    "d": "D",
    "e": "E",
    "f": "F",
    "n": "N",
    "p": "P",
    "s": "E",
    "u": "U",
    "z": "M",
    ":": "O",
}
_PXWEB: Final = {
    "-": "A",
    ".": "M",
    "..": "O",
    "...": "Q",
    "....": "O",
    ".....": "O",
    "......": "O",
    ":": "Q",
}
"""What stands in place of a value in PxWeb and its relatives; ``-`` is an exact zero."""

PXWEB_ZERO: Final = "-"
"""The symbol of PxWeb that is a value: nothing of the kind exists, exactly."""


def read(flags: str | Iterable[str]) -> tuple[str, ...]:
    """Read a set of flags.

    Parameters
    ----------
    flags : str or iterable of str
        Codes, as a list or separated by spaces.

    Returns
    -------
    tuple of str
        The codes without repetition, highest in the hierarchy first.

    Raises
    ------
    BenchmarkError
        If a code is not in CL_OBS_STATUS; all such codes are named.

    Examples
    --------
    >>> read("P E"), read(["A"]), read("")
    (('E', 'P'), ('A',), ())
    """
    given = set(flags.split() if isinstance(flags, str) else flags)
    unknown = sorted(given - set(HIERARCHY))
    if unknown:
        raise BenchmarkError(
            f"unknown observation status {', '.join(map(repr, unknown))}; "
            f"expected SDMX CL_OBS_STATUS codes: {' '.join(sorted(HIERARCHY))}"
        )
    return tuple(code for code in HIERARCHY if code in given)


def mask(flags: str | Iterable[str]) -> int:
    """Pack a set of flags into one whole number, a bit a code.

    Parameters
    ----------
    flags : str or iterable of str
        As for `read`.

    Returns
    -------
    int
        The bits; the lowest bit is the highest code of the hierarchy.

    Examples
    --------
    >>> mask("B"), mask("B O"), unpack(mask("P E"))
    (1, 3, ('E', 'P'))
    """
    return sum(_BIT[code] for code in read(flags))


def unpack(bits: int) -> tuple[str, ...]:
    """Undo `mask`.

    Parameters
    ----------
    bits : int
        As from `mask`.

    Returns
    -------
    tuple of str
        The codes, highest in the hierarchy first.
    """
    return tuple(code for code, bit in _BIT.items() if bits & bit)


def highest(flags: str | Iterable[str]) -> str:
    """Choose the one flag to show where there is room for one.

    Parameters
    ----------
    flags : str or iterable of str
        As for `read`; no flag at all means a normal value.

    Returns
    -------
    str
        The code.

    Examples
    --------
    >>> highest("E P B"), highest("U P"), highest("A V"), highest("")
    ('B', 'P', 'V', 'A')
    """
    return (*read(flags), "A")[0]


def valid_with_value(flags: str | Iterable[str]) -> bool:
    """Say whether the flags may stand beside a value.

    Parameters
    ----------
    flags : str or iterable of str
        As for `read`.

    Returns
    -------
    bool
        False where a flag is unknown or says that the value is missing.

    Examples
    --------
    >>> valid_with_value("A"), valid_with_value("B E"), valid_with_value("O")
    (True, True, False)
    """
    return _known(flags) and not MISSING.intersection(read(flags))


def valid_without_value(flags: str | Iterable[str]) -> bool:
    """Say whether the flags explain a missing value.

    Parameters
    ----------
    flags : str or iterable of str
        As for `read`.

    Returns
    -------
    bool
        False where a flag is unknown or none says why the value is missing.

    Examples
    --------
    >>> valid_without_value("O"), valid_without_value("B"), valid_without_value("A")
    (True, True, False)
    """
    return _known(flags) and bool(WITHOUT_VALUE.intersection(read(flags)))


def _known(flags: str | Iterable[str]) -> bool:
    return set(flags.split() if isinstance(flags, str) else flags) <= set(HIERARCHY)


@dataclass(frozen=True)
class EurostatFlags:
    """What the flags of a Eurostat cell say.

    Attributes
    ----------
    codes : tuple of str
        CL_OBS_STATUS codes, ``("A",)`` where no flag maps to one.
    confidential : bool
        True for ``c``: CL_CONF_STATUS code C, beside the suppressed value.
    revised : bool
        True for ``r``, which has no observation status: a revision is a matter of vintage.
    """

    codes: tuple[str, ...]
    confidential: bool = False
    revised: bool = False


def from_eurostat(flags: str) -> EurostatFlags:
    """Map the flags of a Eurostat cell to SDMX codes.

    Parameters
    ----------
    flags : str
        Flag letters as published, for example ``bu``; ``:`` marks a missing value.

    Returns
    -------
    EurostatFlags
        Codes and the two flags that are not an observation status.

    Raises
    ------
    BenchmarkError
        If a flag is not Eurostat's.

    Examples
    --------
    >>> from_eurostat("bu").codes, from_eurostat("r")
    (('B', 'U'), EurostatFlags(codes=('A',), confidential=False, revised=True))
    """
    letters = flags.replace(" ", "")
    unknown = sorted(set(letters) - set(_EUROSTAT) - {"r"})
    if unknown:
        raise BenchmarkError(
            f"unknown Eurostat flag {', '.join(map(repr, unknown))} in {flags!r}; "
            f"expected {' '.join([*_EUROSTAT, 'r'])}"
        )
    codes = read({_EUROSTAT[letter] for letter in letters if letter != "r"})
    return EurostatFlags(codes or ("A",), "c" in letters, "r" in letters)


def from_pxweb(symbol: str) -> tuple[str, ...]:
    """Map a symbol of PxWeb, which stands in place of a value, to SDMX codes.

    Parameters
    ----------
    symbol : str
        As published: ``.`` cannot exist, ``..`` not available, ``...`` and ``:`` withheld, four
        to six full stops missing for a reason of the table's own, ``-`` exactly zero.

    Returns
    -------
    tuple of str
        The codes.

    Raises
    ------
    BenchmarkError
        If the symbol is not PxWeb's.

    Examples
    --------
    >>> from_pxweb("."), from_pxweb(".."), from_pxweb("-")
    (('M',), ('O',), ('A',))
    """
    if symbol not in _PXWEB:
        raise BenchmarkError(f"unknown PxWeb symbol {symbol!r}; expected {' '.join(_PXWEB)}")
    return read(_PXWEB[symbol])
