"""Figures to start from: pairs for which no rule fires, changed by each case where it matters."""

from collections.abc import Mapping
from typing import Any

Figure = dict[str, Any]
Pair = tuple[Figure, Figure]

SURVEY: Figure = {
    "age": [16, 74],
    "attitudinal": False,
    "base": "residents",
    "concept": "uptake.egov_use",
    "country": "DK",
    "decimals": 1,
    "deff": 1.5,
    "direction": 1,
    "dk": "in_base",
    "harmonised_to": "eurostat_isoc_2023",
    "method_version": "2022-",
    "mode": "web+phone",
    "n": 4000,
    "n_role": "base",
    "period": "2023",
    "programme": "eurostat_isoc",
    "question": "isoc_egov",
    "sampling": "probability",
    "scale": "yes_no",
    "source_type": "primary",
    "topbox": "yes",
    "unit": "percent",
    "value": 91.2,
}
RANK: Figure = {
    "base": "services",
    "concept": "egov.overall",
    "country": "DK",
    "decimals": 0,
    "direction": -1,
    "method_version": "2020-2023",
    "mode": "mystery_shopping",
    "period": "2022",
    "pool_id": "egov35_2022",
    "pool_size": 35,
    "programme": "egov_benchmark",
    "score_known": True,
    "source_type": "primary",
    "tie": "1224",
    "unit": "rank",
    "value": 6,
}
REGISTER: Figure = {
    "base": "transactions",
    "concept": "uptake.share_moves",
    "country": "DK",
    "decimals": 1,
    "direction": 1,
    "method_version": "1",
    "mode": "admin",
    "period": "2022",
    "programme": "scorecard",
    "source_type": "primary",
    "unit": "percent",
    "value": 64.0,
}
SCORE: Figure = {
    **{key: RANK[key] for key in RANK if key not in ("pool_id", "pool_size", "tie", "score_known")},
    "decimals": 1,
    "direction": 1,
    "unit": "score_0_100",
    "value": 85.4,
}

PAIRS: Mapping[str, Pair] = {
    "survey": (SURVEY, {**SURVEY, "country": "NO", "n": 1200, "value": 88.4}),
    "survey in time": ({**SURVEY, "period": "2022", "value": 85.0}, SURVEY),
    "rank": (RANK, {**RANK, "country": "NO", "value": 11}),
    "rank in time": (RANK, {**RANK, "period": "2023", "value": 10}),
    "register": (REGISTER, {**REGISTER, "country": "NO", "value": 41.0}),
    "register in time": ({**REGISTER, "period": "2021", "value": 39.0}, REGISTER),
    "score": (SCORE, {**SCORE, "country": "NO", "value": 70.1}),
}
"""Pairs for which no rule fires."""


def changed(figure: Figure, changes: Mapping[str, Any]) -> Figure:
    """Give a figure with some keys changed; None takes a key away."""
    return {key: value for key, value in {**figure, **changes}.items() if value is not None}


def pair(name: str, a: Mapping[str, Any], b: Mapping[str, Any]) -> Pair:
    """Give one of the pairs with changes on each side."""
    first, second = PAIRS[name]
    return changed(first, a), changed(second, b)


def found(comparison: Any) -> str:
    """Write what a comparison found as ``C08:C C39:I``."""
    return " ".join(f"{finding.rule}:{finding.severity}" for finding in comparison.findings)
