"""What every indicator may be compared with: its own years, its countries, its kin."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

from comparisons.places import Ints

if TYPE_CHECKING:
    from benchmark.figures import Evidence
    from benchmark.rules.config import Thresholds
    from benchmark.rules.engine import Judgement

FIRST: Final = ("DNK", "FIN", "ISL", "NOR", "SWE")
"""Countries taken first where an indicator has many."""
MOST: Final = 5
"""Countries of an indicator that are looked at."""

Figure = tuple[str, int, int]
"""Country, year and row of a figure."""


@dataclass(frozen=True)
class Tie:
    """A verdict on some pairs, with the rules that decide it.

    Parameters
    ----------
    verdict : str
        ``comparable``, ``caution`` or ``not_comparable``.
    rules : tuple of str
        Those that fired with the severity of the verdict.
    members : tuple of str
        What it is about: indicators, steps of years, countries.
    year : int or None
        The year, where countries are compared.
    """

    verdict: str
    rules: tuple[str, ...]
    members: tuple[str, ...]
    year: int | None = None


@dataclass(frozen=True)
class Kin:
    """What an indicator may be compared with.

    Parameters
    ----------
    years, across, others : tuple of Tie
        Its own years, step by step; its countries in the newest year; other indicators.
    """

    years: tuple[Tie, ...] = ()
    across: tuple[Tie, ...] = ()
    others: tuple[Tie, ...] = ()


@dataclass
class _Asked:
    """Pairs to be judged in one go, and what each one is asked for."""

    i: list[int] = field(default_factory=list)
    j: list[int] = field(default_factory=list)
    key: list[tuple[str, str, str]] = field(default_factory=list)

    def add(self, a: int, b: int, indicator: str, kind: str, member: str) -> None:
        self.i.append(a)
        self.j.append(b)
        self.key.append((indicator, kind, member))


def kinship(evidence: "Evidence", config: "Thresholds | None" = None) -> dict[str, Kin]:
    """Judge what every indicator may be compared with.

    Parameters
    ----------
    evidence : Evidence
        Figures and registry.
    config : Thresholds, optional
        Thresholds of the rules.

    Returns
    -------
    dict of str to Kin
        For every indicator that has a figure.
    """
    from benchmark.metadata import columns
    from benchmark.rules.engine import judge

    chosen = _chosen(evidence)
    asked = _Asked()
    for name, figures in chosen.items():
        _ask_years(asked, name, figures)
        _ask_countries(asked, name, figures)
    for names in _families(evidence, chosen).values():
        for a, b in combinations(names, 2):
            _ask_others(asked, a, b, chosen)
    rows, place = np.unique(np.array(asked.i + asked.j, dtype=np.int64), return_inverse=True)
    half = len(asked.i)
    judgement = judge(columns(evidence, rows), place[:half], place[half:], config)
    return _gathered(judgement, asked.key, chosen)


def _chosen(evidence: "Evidence") -> dict[str, list[Figure]]:
    """Take the newest edition of the observed totals of a few countries of every indicator."""
    figures = evidence.figures
    usable = (figures["kind"] == "observed") & (figures["confidence"] != "low")
    usable &= (figures["breakdown"] == "total") & figures["value"].notna()
    rows = np.flatnonzero((usable & (figures["area"] == "")).to_numpy())
    part = figures.iloc[rows].assign(row=rows).sort_values("edition", key=lambda c: c.astype(str))
    keys = ["indicator", "country", "year"]
    part = part.drop_duplicates(keys, keep="last").sort_values("year", kind="stable")
    found: dict[str, list[Figure]] = {}
    for name, group in part.groupby("indicator", observed=True):
        codes = list(dict.fromkeys(group["country"].astype(str)))
        codes.sort(key=lambda code: (code not in FIRST, code))
        kept = group[group["country"].isin(codes[:MOST])]
        found[str(name)] = [
            (str(country), int(year), int(row))
            for country, year, row in zip(kept["country"], kept["year"], kept["row"], strict=True)
        ]
    return found


def _ask_years(asked: _Asked, name: str, figures: Sequence[Figure]) -> None:
    for code in dict.fromkeys(country for country, _, _ in figures):
        series = [(year, row) for country, year, row in figures if country == code]
        for (year, a), (later, b) in pairwise(series):
            asked.add(a, b, name, "years", f"{year}-{later}")


def _ask_countries(asked: _Asked, name: str, figures: Sequence[Figure]) -> None:
    """Pair the countries of the newest year that has the most of them."""
    years = [year for _, year, _ in figures]
    best = max(years, key=lambda year: (years.count(year), year))
    here = [(country, row) for country, year, row in figures if year == best]
    for (a, first), (b, second) in combinations(here, 2):
        asked.add(first, second, name, f"across {best}", f"{a} {b}")


def _families(evidence: "Evidence", chosen: Mapping[str, Sequence[Figure]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name in sorted(chosen):
        family = str(evidence.registry.indicators[name]["concept"]).partition(".")[0]
        found.setdefault(family, []).append(name)
    return found


def _ask_others(asked: _Asked, a: str, b: str, chosen: Mapping[str, Sequence[Figure]]) -> None:
    """Pair the nearest figures of two indicators: one country, close in time, the newest."""
    pairs = [
        (one[0] != other[0], abs(one[1] - other[1]), -one[1], one[2], other[2])
        for one in chosen[a]
        for other in chosen[b]
    ]
    *_, first, second = min(pairs)
    asked.add(first, second, a, "others", b)
    asked.add(second, first, b, "others", a)


def _gathered(
    judgement: "Judgement",
    keys: Sequence[tuple[str, str, str]],
    chosen: Mapping[str, object],
) -> dict[str, Kin]:
    worst: dict[tuple[str, str, str], tuple[int, frozenset[str]]] = {}
    for place, key in enumerate(keys):
        found = _decided(judgement, place)
        known = worst.get(key)
        if known is None or found[0] > known[0]:
            worst[key] = found
        elif found[0] == known[0]:
            worst[key] = (found[0], known[1] | found[1])
    ties: dict[str, dict[str, list[Tie]]] = {name: {} for name in chosen}
    groups: dict[tuple[str, str, int, frozenset[str]], list[str]] = {}
    for (name, kind, member), (code, rules) in worst.items():
        groups.setdefault((name, kind, code, rules), []).append(member)
    for (name, kind, code, rules), members in groups.items():
        ties[name].setdefault(kind.partition(" ")[0], []).append(_tie(kind, code, rules, members))
    return {
        name: Kin(**{k: tuple(_ordered(v)) for k, v in kinds.items()})
        for name, kinds in ties.items()
    }


def _decided(judgement: "Judgement", place: int) -> tuple[int, frozenset[str]]:
    """Give the verdict on a pair and the rules that decide it; those of a note decide nothing."""
    from benchmark.rules.engine import RULES

    severity: Ints = judgement.severity[place].astype(np.int64)
    top = int(severity.max(initial=0))
    code = int(judgement.verdict[place])
    return code, frozenset(RULES[k].id for k in np.flatnonzero(severity == top) if code)


def _tie(kind: str, code: int, rules: frozenset[str], members: Sequence[str]) -> Tie:
    from benchmark.rules.engine import VERDICTS

    _, _, year = kind.partition(" ")
    if year:
        members = list(dict.fromkeys(one for pair in members for one in pair.split()))
    number = int(year) if year else None
    return Tie(VERDICTS[code], tuple(sorted(rules)), tuple(sorted(set(members))), number)


def _ordered(ties: Sequence[Tie]) -> Iterator[Tie]:
    from benchmark.rules.engine import VERDICTS

    yield from sorted(ties, key=lambda one: (VERDICTS.index(one.verdict), one.members))
