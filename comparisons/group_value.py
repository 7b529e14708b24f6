"""The value of a group of countries, by a rule that is declared and never assumed."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmark.cube import evidence_of
from comparisons.cells import (
    CARRIED,
    Cells,
    cells_at,
    documents,
    no_printed_rank,
    notes_on,
    overrides,
    values,
)
from comparisons.members import Members, covered, declared, members_of, weights_of
from comparisons.notes import ids_by_cell
from comparisons.parts import Column, Coverage, records
from comparisons.refusals import Refused, refusal
from comparisons.selection import (
    citations,
    measure,
    named,
    select,
    thresholds,
    title,
)
from comparisons.standing import Standing, stand
from comparisons.stats.groups import group_value as computed
from comparisons.texts import Texts, texts
from comparisons.view import View

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

    from benchmark.figures import Evidence
    from benchmark.rules.config import Thresholds

GROUP = "GROUP"
"""Stands in place of a country in the line that holds the group's value."""


def group_value(
    cube: "xr.Dataset",
    indicator: str,
    group: str | Sequence[str],
    year: int,
    *,
    rule: str | None = None,
    weights: Mapping[str, float] | None = None,
    on: str | None = None,
    min_coverage: float = 1.0,
    config: "Thresholds | None" = None,
    override: str | None = None,
) -> View:
    """Compute one value for a group of countries.

    Parameters
    ----------
    cube : xarray.Dataset
        dims (country, indicator, year), as `nb.load()` gives it.
    indicator : str
        Its id; never a printed rank.
    group : str or sequence of str
        A group such as `nordic`, with its members on the day of the figures, or countries.
    year : int
        The year the figures stand at.
    rule : {"mean", "weighted_mean", "median", "min", "max", "sum"}
        How members make one value; there is no default. Only counts have a sum.
    weights : mapping of str to float, optional
        Country -> weight above nought, for `weighted_mean`: one for every member.
    on : str, optional
        The day of the membership; by default the last day of `year`.
    min_coverage : float
        Smallest part of the group that must have a figure: of its members, or of their weight
        for `weighted_mean`. All by default; a part is marked as one.
    config : Thresholds, optional
        Thresholds of the rules.
    override : str, optional
        A reason for putting together what the rules forbid; it stands on every output.

    Returns
    -------
    View
        `to_frame()` begins with the group's value (`country` is `GROUP`, `kind` is `derived`);
        its members follow.

    Raises
    ------
    NotComparable
        If no rule is declared, the rule does not suit the unit, members are not comparable with
        each other, or the indicator is a printed rank.
    NoData
        If too few members have a figure; names those that have none.
    BenchmarkError
        If weights are missing; names the members without one.

    References
    ----------
    Coverage and membership are part of the result, as in the rules of Our World in Data for
    aggregates of regions.

    Examples
    --------
    >>> import nordbench as nb
    >>> view = nb.group_value(nb.load(), "egov.overall", "nordic", 2023, rule="mean")
    >>> f"{view.to_frame()['value'][0]:.2f} {view.verdict}"
    '85.38 comparable'
    """
    evidence, limits = evidence_of(cube), thresholds(config)
    members = members_of(cube, group, year, on)
    what = texts("group.title", indicator=title(evidence, indicator), group=members.name, year=year)
    series = select(cube, [indicator])
    no_printed_rank(evidence, indicator, what)
    declared(evidence, indicator, rule, what)
    shares = weights_of(members, rule, weights)
    cells = cells_at(evidence, series, year, members.codes)
    inside = cells.table[cells.those(members.codes)].reset_index(drop=True)
    part = covered(members, Cells(inside, cells.missing), shares, min_coverage, what)
    everybody = np.ones(len(inside), dtype=bool)
    standing = stand(evidence, inside, everybody, limits, override, what)
    _nobody_aside(standing, what)
    value = value_of(inside, str(rule), shares)
    names = [named(code) for code in inside["country"]]
    notes = notes_on(evidence, [standing.among], inside, list(inside["country"]), names)
    data = _data(inside, str(rule), shares, value)
    told = ids_by_cell(notes)
    data["notes"] = [told.get(code, "") for code in data["country"]]
    labels = {code: named(code) for code in inside["country"]}
    return View(
        kind="group_value",
        title=what,
        data=data.assign(verdict=standing.verdict),
        columns=_columns(data, shares is not None),
        verdict=standing.verdict,
        notes=notes,
        citations=citations(evidence, inside["document"]),
        coverage=Coverage(members.codes, tuple(inside["country"]), cells.missing),
        overrides=overrides([standing.among], override),
        remarks=tuple(remarks(evidence, indicator, members, str(rule), len(inside), part)),
        thresholds=limits.to_dict(),
        evidence=evidence.hash,
        labels={"country": labels | {GROUP: texts(f"group.{rule}", group=members.name)}},
    )


def _nobody_aside(standing: Standing, what: Texts) -> None:
    """Refuse a group of which a member is not comparable with the others."""
    if not standing.ranked.all():
        from comparisons.notes import rule_notes
        from comparisons.refusals import reasons

        told = reasons(rule_notes([standing.among], least=3))
        found = standing.among.worst_findings()
        raise Refused(refusal("not_comparable", what=what), told, insist=True, findings=found)


def value_of(inside: "pd.DataFrame", rule: str, weights: Mapping[str, float] | None) -> float:
    """Compute the value from the members there are, in the unit of the figures."""
    shares = None if weights is None else [weights[code] for code in inside["country"]]
    return computed(values(inside), rule, shares)


def _data(
    inside: "pd.DataFrame", rule: str, weights: Mapping[str, float] | None, value: float
) -> "pd.DataFrame":
    import pandas as pd

    data = inside[["country", "value", *CARRIED]].assign(kind="observed")
    data["name"] = [named(code)["en"] for code in data["country"]]
    data["weight"] = [weights[code] if weights else np.nan for code in data["country"]]
    first = records(data)[0]
    whole = {name: first[name] for name in ("unit", "year")} | {
        "country": GROUP,
        "name": f"{rule} of {len(inside)}",
        "value": value,
        "decimals": _digits(inside, rule),
        "status": "A",
        "kind": "derived",
        "period": " ".join(sorted(set(inside["period"]) - {""})),
        "edition": "",
        "document": documents(inside),
        "locator": f"derived: {rule} of {', '.join(inside['country'])}",
        "weight": float(sum(data["weight"])) if weights else np.nan,
    }
    data["decimals"] = data["decimals"].astype("float64")
    return pd.concat([pd.DataFrame([whole])[data.columns], data], ignore_index=True)


def _digits(inside: "pd.DataFrame", rule: str) -> float:
    """Print a mean of rounded figures with one digit more than they have."""
    finest = float(inside["decimals"].astype("float64").max())
    return finest + (rule in ("mean", "weighted_mean", "median"))


def _columns(data: "pd.DataFrame", weighted: bool) -> tuple[Column, ...]:
    chosen = (
        (True, Column("country")),
        (True, Column("value", "number", "", str(data["unit"].iloc[0]), "decimals")),
        (weighted, Column("weight", "number", "group.weight")),
        (bool((data["status"] != "A").any()), Column("status", "flag")),
        (True, Column("notes", "note")),
    )
    return tuple(column for wanted, column in chosen if wanted)


def remarks(
    evidence: "Evidence", indicator: str, members: Members, rule: str, n: int, part: float
) -> list[Texts]:
    """Say how a group's value was made: rule, membership, coverage."""
    facts: dict[str, Any] = {"n": n, "of": len(members.codes), "group": members.name}
    told = [measure(evidence, indicator), texts(f"group.rule_{rule}", **facts)]
    if members.day:
        told.append(texts("group.membership", day=members.day, **facts))
    if part < 1:
        told.append(texts("group.part", **facts))
    return told
