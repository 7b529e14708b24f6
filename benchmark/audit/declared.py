"""What somebody has declared about a table: sums that must hold, totals, accepted findings."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from fnmatch import fnmatchcase
from importlib.resources.abc import Traversable
from typing import Any

import tomli

from benchmark.audit.finding import Finding, Texts
from benchmark.errors import BenchmarkError, listing
from benchmark.schema import LANGUAGES


@dataclass(frozen=True)
class Formula:
    """An indicator that is a weighted mean of others, figure by figure.

    Attributes
    ----------
    name : str
        Name, for the report.
    whole : str
        The indicator.
    parts : tuple
        ``(weight, (indicator, ...))``: several indicators stand for the mean of those available.
        The weight of a part that is missing falls to the others.
    years : tuple of int
        First and last measured year it holds for.
    breakdown : str
        Pattern of the breakdowns it holds for.
    tolerance : float
        Largest difference [unit] beside what the rounding of the whole allows.
    countries : str
        ``national`` or ``all``.
    complete : bool
        It holds only where no part is missing.
    """

    name: str
    whole: str
    parts: tuple[tuple[float, tuple[str, ...]], ...]
    years: tuple[int, int] = (0, 9999)
    breakdown: str = "*"
    tolerance: float = 1e-5
    countries: str = "all"
    complete: bool = False


@dataclass(frozen=True)
class Mean:
    """Figures that are plain means of the parts another indicator is broken down into.

    Attributes
    ----------
    name : str
        Name, for the report.
    whole : str
        Pattern of the indicators that are means, without the ending.
    ending, of : str
        Ending of their ids and of the ids of the indicators they are means of.
    breakdown : str
        Pattern of the parts.
    only : tuple of str
        Names of the parts that count; all where empty.
    years : tuple of int
        First and last year of the periods it holds for.
    tolerance : float
        Largest difference [unit] beside the rounding of the mean.
    """

    name: str
    whole: str
    ending: str = ""
    of: str = ""
    breakdown: str = "*=*"
    only: tuple[str, ...] = ()
    years: tuple[int, int] = (0, 9999)
    tolerance: float = 1e-5


@dataclass(frozen=True)
class Average:
    """An aggregate that is the plain mean of its members.

    Attributes
    ----------
    name : str
        Name, for the report.
    aggregate : str
        Its id on the country axis.
    members : str
        Pattern of a group, or ``name@year`` for its members of a year.
    indicators : tuple of str
        Patterns.
    excluded : tuple of str
        Patterns of indicators among them that it does not hold for.
    years : tuple of int
        First and last year of the periods it holds for.
    tolerance : float
        Largest difference [unit].
    """

    name: str
    aggregate: str
    members: str
    indicators: tuple[str, ...]
    excluded: tuple[str, ...] = ()
    years: tuple[int, int] = (0, 9999)
    tolerance: float = 1e-5


@dataclass(frozen=True)
class Ranking:
    """An indicator that gives the places of another's scores.

    Attributes
    ----------
    rank, score : str
        The two indicators.
    years : tuple of int
        First and last year it holds for.
    """

    rank: str
    score: str
    years: tuple[int, int] = (0, 9999)


@dataclass(frozen=True)
class Total:
    """A number of respondents that is known to be a whole survey, not the base of a question.

    Attributes
    ----------
    n : int
        Respondents.
    documents : tuple of str
        Patterns of documents it is printed in.
    years : tuple of int
        First and last year of the periods meant.
    bases : tuple of str
        Bases for which it nevertheless is the base.
    """

    n: int
    documents: tuple[str, ...] = ("*",)
    years: tuple[int, int] = (0, 9999)
    bases: tuple[str, ...] = ("residents",)


@dataclass(frozen=True)
class Accepted:
    """A finding that somebody has looked into and explained.

    Attributes
    ----------
    check : str
        The check.
    address : str or tuple of str
        Pattern of addresses, or several.
    reason : mapping
        Why it stands, in every language.
    variant : str
        Pattern of variants.
    """

    check: str
    address: str | tuple[str, ...]
    reason: Texts
    variant: str = "*"

    def covers(self, finding: Finding) -> bool:
        """Say whether a finding is one that is explained here."""
        patterns = (self.address,) if isinstance(self.address, str) else self.address
        named = any(fnmatchcase(finding.address, pattern) for pattern in patterns)
        alike = finding.check == self.check and fnmatchcase(finding.variant, self.variant)
        return named and alike


@dataclass(frozen=True)
class Declared:
    """Everything declared about a table.

    Attributes
    ----------
    formulas, means, averages, rankings, totals, accepted
        See the classes of this module.
    exhaustive : tuple of str
        Dimensions whose parts, where two or more are published, make up the whole.
    """

    formulas: tuple[Formula, ...] = ()
    means: tuple[Mean, ...] = ()
    averages: tuple[Average, ...] = ()
    rankings: tuple[Ranking, ...] = ()
    totals: tuple[Total, ...] = ()
    accepted: tuple[Accepted, ...] = ()
    exhaustive: tuple[str, ...] = ()

    def explain(self, finding: Finding) -> Finding:
        """Attach the reason to a finding that is accepted."""
        for entry in self.accepted:
            if entry.covers(finding):
                return replace(finding, reason=entry.reason)
        return finding


_KINDS: Mapping[str, type[Any]] = {
    "formulas": Formula,
    "means": Mean,
    "averages": Average,
    "rankings": Ranking,
    "totals": Total,
    "accepted": Accepted,
}


def read(source: Traversable) -> Declared:
    """Read declarations from a TOML file.

    Parameters
    ----------
    source : path
        Tables ``[[formulas]]``, ``[[means]]``, ``[[averages]]``, ``[[rankings]]``,
        ``[[totals]]`` and ``[[accepted]]``, and a list ``exhaustive``.

    Returns
    -------
    Declared

    Raises
    ------
    BenchmarkError
        Naming every entry that cannot be read.
    """
    content = tomli.loads(source.read_text(encoding="utf-8"))
    faults = [f"{kind}: no such table" for kind in content if kind not in {*_KINDS, "exhaustive"}]
    made: dict[str, Any] = {"exhaustive": tuple(content.get("exhaustive", ()))}
    for kind, shape in _KINDS.items():
        entries = content.get(kind, [])
        faults += [
            f"{kind}[{k}]: {fault}" for k, one in enumerate(entries) for fault in _wrong(shape, one)
        ]
        if not faults:
            made[kind] = tuple(shape(**_frozen(one)) for one in entries)
    if faults:
        remedy = f"Tables: {', '.join(_KINDS)}; see benchmark/audit/declared.py for their keys."
        raise BenchmarkError(listing(f"{source}: declarations cannot be read", faults, remedy))
    return Declared(**made)


def _wrong(shape: type[Any], entry: Mapping[str, Any]) -> Iterable[str]:
    known = [one.name for one in fields(shape)]
    strange = [key for key in entry if key not in known]
    yield from (f"unknown key {key!r}; keys: {', '.join(known)}" for key in strange)
    reason = entry.get("reason")
    if shape is Accepted and (not isinstance(reason, Mapping) or set(reason) != set(LANGUAGES)):
        yield f"a reason in each of {', '.join(LANGUAGES)} is needed"


def _frozen(entry: Mapping[str, Any]) -> dict[str, Any]:
    def freeze(value: Any) -> Any:
        if isinstance(value, Sequence) and not isinstance(value, str):
            return tuple(freeze(item) for item in value)
        return value

    return {key: freeze(value) for key, value in entry.items()}
