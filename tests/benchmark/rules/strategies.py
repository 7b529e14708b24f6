"""Figures for property tests: anything the metadata may hold, and pairs that are much alike."""

from typing import Any

from hypothesis import strategies as st

from tests.benchmark.rules.figures import PAIRS, Figure

_YES_NO = st.booleans()
_FREE = st.sampled_from(["a", "b"])

KEYS: dict[str, st.SearchStrategy[Any]] = {
    "country": st.sampled_from(["DK", "NO", "DNK", "EL"]),
    "area": st.sampled_from(["Aarhus", "Oslo"]),
    "geo_scope": st.sampled_from(["national", "subnational", "selected_best", "aggregate"]),
    "concept": st.sampled_from(["trust.services", "trust.data", "egov.overall"]),
    "direction": st.sampled_from([1, -1]),
    "unit": st.sampled_from(
        ["percent", "percent", "score_0_100", "rank", "pp", "count", "net_points", "furlongs"]
    ),
    "value": st.integers(10, 350).map(lambda tenths: tenths / 10),
    "decimals": st.integers(0, 2),
    "base": st.sampled_from(["residents", "service_users", "transactions", "services"]),
    "base_filter": _FREE,
    "age": st.sampled_from([[15, 89], [16, 74], [16, 89], [65, 89], [16, None], [None, None]]),
    "period": st.sampled_from(
        ["2021", "2022", "2020/2021", "2021-11", "2012-09/2012-11", "2021-05-17"]
    ),
    "mode": st.sampled_from(["web", "phone", "web+phone", "admin", "mystery_shopping"]),
    "programme": _FREE,
    "wave": _FREE,
    "method_version": _FREE,
    "version_break": _YES_NO,
    "series_breaks": st.sampled_from([[2021], [2022, 2015]]),
    "obs_status": st.lists(st.sampled_from("ABEPUFO"), max_size=2, unique=True),
    "question": _FREE,
    "scale": _FREE,
    "topbox": _FREE,
    "dk": st.sampled_from(["in_base", "excluded"]),
    "n": st.sampled_from([25, 80, 800, 4000]),
    "n_role": st.sampled_from(["base", "base", "total"]),
    "deff": st.sampled_from([1.0, 1.5]),
    "sampling": st.sampled_from(["probability", "nonprobability"]),
    "harmonised_to": _FREE,
    "attitudinal": _YES_NO,
    "complement_exact": _YES_NO,
    "pool_size": st.sampled_from([35, 36]),
    "pool_id": _FREE,
    "tie": st.sampled_from(["1224", "1223"]),
    "score_known": _YES_NO,
    "source_type": st.sampled_from(["primary", "press_release", "secondary"]),
    "underlying": _FREE,
    "vintage": _FREE,
    "events": st.sampled_from([["2021-12-01"], ["2021-06", "2030-01-01"]]),
    "claim": st.fixed_dictionaries(
        {
            "value": st.sampled_from([1, 6, 50]),
            "unit": st.sampled_from(["pp", "rel_change_percent"]),
        },
        optional={
            "qualifier": st.sampled_from(["exact", "about", "almost", "over", "up_to"]),
            "sense": st.sampled_from(["up", "down"]),
            "about": st.sampled_from(["share", "count"]),
            "step": st.sampled_from([1, 10]),
        },
    ),
}
"""A strategy for the values of every key."""

_ANY = st.fixed_dictionaries({}, optional=KEYS)


def _changes(most: int) -> st.SearchStrategy[Figure]:
    """Change a few keys, or take them away."""
    one = st.sampled_from(sorted(KEYS)).flatmap(
        lambda key: st.tuples(st.just(key), st.none() | KEYS[key] | KEYS[key])
    )
    return st.lists(one, max_size=most).map(dict)


def _possible(figure: Figure) -> Figure:
    """Mend what no figure can be: an aggregate code is not drawn, a rank is within its pool."""
    known = {key: value for key, value in figure.items() if value is not None}
    if known.get("unit") == "rank" and "value" in known:
        known["value"] = min(known["value"], 35)
    return known


figures = _ANY.map(_possible)
pairs = st.one_of(
    st.tuples(figures, figures),
    st.tuples(st.sampled_from(sorted(PAIRS)), _changes(4), _changes(4)).map(
        lambda drawn: tuple(
            _possible({**figure, **change})
            for figure, change in zip(PAIRS[drawn[0]], drawn[1:], strict=True)
        )
    ),
    st.tuples(figures, _changes(3), _changes(3)).map(
        lambda drawn: tuple(_possible({**drawn[0], **change}) for change in drawn[1:])
    ),
)
"""Two figures: unrelated, changed from a comparable pair, or changed from one figure."""
