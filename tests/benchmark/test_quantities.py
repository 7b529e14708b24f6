import copy
import operator
import pickle
import subprocess
import sys
from itertools import product
from typing import Any

import numpy as np
import pandas as pd
import pint
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmark.errors import BenchmarkError, UnitMismatch, UnknownName
from benchmark.quantities import Quantity, change_unit, quantity
from benchmark.schema import LANGUAGES, UNITS
from benchmark.units import registry, unit, units

# What each unit measures, how (level, change, amount) and how large it is; written independently
# of the table that the code reads.
KINDS = {
    "percent": ("share", "level", 1.0),
    "fraction": ("share", "level", 100.0),
    "score_0_100": ("score", "level", 1.0),
    "index_0_1": ("index", "level", 1.0),
    "rank": ("place", "level", 1.0),
    "net_points": ("net", "level", 1.0),
    "rel_change_percent": ("relative", "level", 1.0),
    "count": ("number", "amount", 1.0),
    "pp": ("share", "change", 1.0),
    "points": ("score", "change", 1.0),
    "index_points": ("index", "change", 1.0),
    "places": ("place", "change", 1.0),
}
CHANGES = {
    "percent": "pp",
    "fraction": "pp",
    "score_0_100": "points",
    "index_0_1": "index_points",
    "rank": "places",
    "net_points": "pp",
    "rel_change_percent": "pp",
    "count": "count",
    "pp": "pp",
    "points": "points",
    "index_points": "index_points",
    "places": "places",
}
LEVELS = [name for name, (_, kind, _) in KINDS.items() if kind == "level"]
PAIRS = list(product(KINDS, KINDS))

numbers = st.floats(-1000, 1000).map(lambda value: round(value, 6))
unit_names = st.sampled_from(list(KINDS))


def expected(sign: str, one: str, other: str) -> str | None:
    """Give the unit of a sum or difference, or None where there is none."""
    (dim, kind, _), (dim2, kind2, _) = KINDS[one], KINDS[other]
    if dim != dim2:
        return None
    if (kind, kind2) in {("change", "change"), ("amount", "amount")}:
        return one
    if (kind, kind2, sign) == ("level", "level", "-"):
        return CHANGES[one]
    if dim == "place" or (kind, kind2) == ("level", "level"):
        return None
    if kind == "level":
        return one
    # A change comes first: it is added to a level, whose percent it is given in.
    return {"percent": "percent", "fraction": "percent"}.get(other, other) if sign == "+" else None


def refused(compute: Any) -> str:
    """Expect a refusal in plain words, and give it."""
    with pytest.raises(UnitMismatch) as error:
        compute()
    message = str(error.value)
    assert len(message) > 40
    assert message.endswith(".")
    assert "{" not in message
    assert "offset" not in message
    return message


def test_the_units_are_those_of_the_figures() -> None:
    assert set(UNITS) <= set(KINDS)
    assert {entry.id for entry in units().values()} == set(KINDS)
    for name in KINDS:
        assert change_unit(name) == CHANGES[name]


def test_unknown_units_are_told_the_known_ones() -> None:
    with pytest.raises(UnknownName, match="no unit is called 'procent'; known: percent, fraction"):
        quantity(3, "procent")
    with pytest.raises(UnknownName):
        quantity(3, "percent").to("celsius")


def test_a_difference_of_shares_is_in_percentage_points() -> None:
    result = quantity(78, "percent") - quantity(47, "percent")
    assert (result.value, result.magnitude, result.unit) == (31, 31, "pp")
    assert str(result) == "31 percentage points"
    assert str(result.units) == "delta_percent"


def test_percent_and_fraction_convert() -> None:
    assert quantity(78, "percent").to("fraction").value == pytest.approx(0.78)
    assert quantity(0.78, "fraction").to("percent").value == pytest.approx(78)
    result = quantity(0.78, "fraction") - quantity(75, "percent")
    assert (result.value, result.unit) == (pytest.approx(3), "pp")
    assert quantity(0.5, "fraction") == quantity(50, "percent")


def test_score_and_index_convert_inside_a_programme_only() -> None:
    index = quantity(0.5, "index_0_1", programme="egdi")
    score = quantity(40, "score_0_100", programme="egdi")
    assert index.to("score_0_100").value == 50
    assert score.to("index_0_1").value == pytest.approx(0.4)
    for result in (index - score, -(score - index)):
        assert (result.value, result.unit, result.programme) == (10, "points", "egdi")
    assert index > score
    assert index + quantity(5, "points", programme="egdi") == quantity(
        0.55, "index_0_1", programme="egdi"
    )
    assert "egdi and not stated" in refused(lambda: index - quantity(40, "score_0_100"))
    other = quantity(40, "score_0_100", programme="desi")
    assert "egdi and desi" in refused(lambda: index - other)
    assert "egdi and desi" in refused(lambda: score < other)
    assert (quantity(50, "score_0_100") - other).programme is None


def test_a_rank_knows_its_pool() -> None:
    now, before = quantity(18, "rank", pool=36), quantity(16, "rank", pool=36)
    moved = now - before
    assert (moved.value, moved.unit, moved.pool) == (2, "places", 36)
    assert str(moved) == "2 places of 36 countries"
    assert (now - quantity(16, "rank")).pool is None
    assert "36 and 35 countries" in refused(lambda: now - quantity(16, "rank", pool=35))
    assert "36 and 35 countries" in refused(lambda: now < quantity(16, "rank", pool=35))
    assert now != quantity(18, "rank", pool=35)
    with pytest.raises(BenchmarkError, match="only ranks have a pool"):
        quantity(78, "percent", pool=36)


@pytest.mark.parametrize(
    ("compute", "words"),
    [
        (lambda r, p: r.to("percent"), "a rank and a share are different quantities"),
        (lambda r, p: p.to("rank"), "a share and a rank are different quantities"),
        (lambda r, p: p + r, "different quantities"),
        (lambda r, p: p - r, "different quantities"),
        (lambda r, p: p < r, "different quantities"),
        (lambda r, p: p + p, "shares do not add up"),
        (lambda r, p: p * 2, "multiples, ratios and opposites of levels mean nothing"),
        (lambda r, p: 2 * p, "multiples, ratios and opposites of levels mean nothing"),
        (lambda r, p: p / p, "the relative change a.relative_to(b)"),
        (lambda r, p: 1 / p, "mean nothing"),
        (lambda r, p: -p, "mean nothing"),
        (lambda r, p: abs(p), "mean nothing"),
        (lambda r, p: p**2, "mean nothing"),
        (lambda r, p: p + 1, "a number without a unit"),
        (lambda r, p: 1 - p, "quantity(1, 'pp')"),
        (lambda r, p: p < 50, "a number without a unit"),
        (lambda r, p: p + "x", "a number without a unit"),
        (lambda r, p: sum([p, p, p]), "add the counts behind them"),
        (lambda r, p: np.sum(quantity([78, 47], "percent")), "add the counts behind them"),
        (lambda r, p: sum(quantity([78, 47], "percent")), "add the counts behind them"),
        (lambda r, p: p.to("pp"), "one says where something stands, the other how far"),
        (lambda r, p: quantity(3, "pp").to("percent"), "how far it moved"),
        (lambda r, p: quantity(3, "pp") - p, "how far it moved"),
        (lambda r, p: quantity(3, "pp") < p, "how far it moved"),
        (lambda r, p: quantity(3, "pp").relative_to(p), "how far it moved"),
        (lambda r, p: r + r, "a rank says only how many came before"),
        (lambda r, p: r * 2, "a rank says only"),
        (lambda r, p: r / r, "a rank says only"),
        (lambda r, p: r + quantity(2, "places"), "a rank says only"),
        (lambda r, p: r - quantity(2, "places"), "a rank says only"),
        (lambda r, p: r + 2, "a rank says only"),
        (lambda r, p: sum([r, r]), "a rank says only"),
        (lambda r, p: quantity([3, 4], "rank").mean(), "a rank says only"),
        (lambda r, p: quantity(2, "places") * 2, "a rank says only"),
        (lambda r, p: quantity([3, 4], "places").mean(), "a rank says only"),
        (lambda r, p: r.relative_to(r), "a rank has no nought to count percent from"),
        (lambda r, p: quantity(3, "count") * quantity(2, "count"), "no longer a count"),
        (lambda r, p: quantity(3, "count") * p, "no longer a count"),
        (lambda r, p: quantity(3, "count") * "2", "no longer a count"),
        (lambda r, p: quantity(3, "count") ** 2, "no longer a count"),
        (lambda r, p: quantity(3, "count").to("percent"), "a count and a share are different"),
        (lambda r, p: quantity(7, "net_points").relative_to(quantity(3, "net_points")), "nought"),
        (lambda r, p: float(p), "the numbers would lose their unit"),
        (lambda r, p: int(p), "lose their unit"),
        (lambda r, p: np.asarray(p), "lose their unit"),
        (lambda r, p: np.array([p, p], dtype=float), "lose their unit"),
        (lambda r, p: np.median(quantity([3, 4], "percent")), "numpy.median of 2 shares"),
        (lambda r, p: np.concatenate([quantity([3], "percent"), [1]]), "numpy.concatenate"),
        (lambda r, p: np.array([1, 2]) * p, "mean nothing"),
        (lambda r, p: p * np.array([1, 2]), "mean nothing"),
        (lambda r, p: np.float64(2) * p, "mean nothing"),
    ],
)
def test_what_means_nothing_is_refused_in_words(compute: Any, words: str) -> None:
    rank, share = quantity(18, "rank", pool=36), quantity(78, "percent")
    assert words in refused(lambda: compute(rank, share))


def test_explicit_ufuncs_are_refused_by_numpy() -> None:
    share = quantity(78, "percent")
    with pytest.raises(TypeError):
        np.add(share, share)
    with pytest.raises(TypeError):
        np.exp(share)
    with pytest.raises(TypeError):
        hash(share)


def test_changes_and_amounts_may_be_calculated_with() -> None:
    step = quantity(3, "pp")
    assert 2 * step == step * 2 == quantity(6, "pp")
    assert step / 2 == quantity(1.5, "pp")
    assert quantity(6, "pp") / step == 2
    assert -step == quantity(-3, "pp")
    assert abs(-step) == step
    assert sum([step, step]) == quantity(6, "pp")
    assert np.float64(2) * step == quantity(6, "pp")
    assert sum([quantity(3, "count"), quantity(4, "count")]) == quantity(7, "count")
    assert quantity(3, "count") / quantity(4, "count") == 0.75
    assert quantity(3, "count") / 2 == quantity(1.5, "count")
    assert quantity(2, "places") + quantity(3, "places") == quantity(5, "places")


def test_changes_of_net_balances_do_not_mix_with_changes_of_shares() -> None:
    net = quantity(30, "net_points") - quantity(10, "net_points")
    growth = quantity(5, "rel_change_percent") - quantity(3, "rel_change_percent")
    assert (net.unit, growth.unit) == ("pp", "pp")
    for change in (net, growth):
        refused(lambda change=change: change + quantity(4, "percent"))
        refused(lambda change=change: change + quantity(4, "pp"))
    assert quantity(10, "net_points") + net == quantity(30, "net_points")


def test_a_relative_change_is_another_unit_than_points() -> None:
    now, before = quantity(49, "percent"), quantity(33, "percent")
    assert (now - before).value == 16
    change = now.relative_to(before)
    assert (round(change.value, 1), change.unit) == (48.5, "rel_change_percent")
    assert quantity(0.49, "fraction").relative_to(before).value == pytest.approx(change.value)
    assert np.isnan(now.relative_to(quantity(0, "percent")).value)
    assert quantity(30, "count").relative_to(quantity(20, "count")).value == 50


def test_arrays_of_one_unit() -> None:
    shares = quantity([78.0, 47.0, 60.0], "percent")
    assert (shares - quantity([70.0, 50.0, 60.0], "percent")).value.tolist() == [8, -3, 0]
    assert (shares.mean().unit, shares.mean().value) == ("percent", pytest.approx(185 / 3))
    mean: Any = np.mean(shares)
    assert mean.value == shares.mean().value
    assert [each.value for each in shares] == [78, 47, 60]
    assert (shares > quantity(50, "percent")).tolist() == [True, False, True]
    assert quantity([[1, 2], [3, 4]], "count").sum(axis=0).value.tolist() == [4, 6]
    assert str(shares) == "78%; 47%; 60%"
    assert "3 shares + 3 shares" in refused(lambda: shares + shares)


def test_an_array_is_copied() -> None:
    values = np.array([78.0, 47.0])
    shares = quantity(values, "percent")
    values[0] = 0
    assert shares.value.tolist() == [78, 47]


@pytest.mark.parametrize(
    "value", ["78", None, True, [], ["a"], [[1], [1, 2]], object(), 1j, [True], {"a": 1}]
)
def test_what_is_no_number_is_refused(value: object) -> None:
    with pytest.raises(BenchmarkError, match="is no number and no array of numbers"):
        quantity(value, "percent")


def test_labels_are_not_dropped() -> None:
    with pytest.raises(BenchmarkError, match="a quantity has no labels"):
        quantity(pd.Series([1.0, 2.0], index=["DNK", "NOR"]), "percent")


@pytest.mark.parametrize(
    ("value", "name", "texts"),
    [
        (31, "pp", ["31 percentage points", "31 procentpoint", "31 prosentpoeng"]),
        (-1.5, "points", ["-1.5 points", "-1,5 point", "-1,5 poeng", "-1,5 poäng"]),
        (2, "places", ["2 places", "2 pladser", "2 plasser", "2 platser"]),
        (78.5, "percent", ["78.5%", "78,5 %", "78,5 %", "78,5 %"]),
        (0.92, "index_0_1", ["0.92 (index from 0 to 1)", "0,92 (indeks fra 0 til 1)"]),
        (float("nan"), "percent", ["missing (percent)", "mangler (procent)"]),
        (78.3 - 47.1, "pp", ["31.2 percentage points"]),
    ],
)
def test_faces_in_four_languages(value: float, name: str, texts: list[str]) -> None:
    for lang, text in zip(LANGUAGES, texts, strict=False):
        assert quantity(value, name).text(lang).replace("\u00a0", " ") == text


def test_ranks_and_moves_in_four_languages() -> None:
    rank, move = quantity(18, "rank", pool=36), quantity(-2, "places", pool=36)
    assert [rank.text(lang) for lang in LANGUAGES] == [
        "18th of 36 countries",
        "nr. 18 blandt 36 lande",
        "nr. 18 av 36 land",
        "plats 18 av 36 länder",
    ]
    assert [move.text(lang) for lang in LANGUAGES] == [
        "-2 places of 36 countries",
        "-2 pladser blandt 36 lande",
        "-2 plasser av 36 land",
        "-2 platser av 36 länder",
    ]


@pytest.mark.parametrize("name", KINDS)
def test_every_unit_has_its_words(name: str) -> None:
    for lang in LANGUAGES:
        assert quantity(3, name).text(lang)
    entry = unit(name)
    assert entry.face.format(3)
    assert entry.noun.split()[0] in ("a", "an")


def test_it_can_be_written_copied_and_pickled() -> None:
    rank = quantity(18, "rank", pool=36)
    assert repr(rank) == "quantity(18, 'rank', pool=36)"
    for same in (eval(repr(rank)), copy.deepcopy(rank), pickle.loads(pickle.dumps(rank))):  # noqa: S301, S307
        assert same == rank
        assert same.pool == 36
        assert (same - rank).value == 0


def outcome(compute: Any) -> Any:
    try:
        return compute()
    except UnitMismatch:
        return None


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_sums_and_differences_of_every_pair_of_units(one: str, other: str) -> None:
    a, b = quantity(0.75, one), quantity(0.5, other)
    size, size2 = KINDS[one][2], KINDS[other][2]
    for sign, operation in (("+", operator.add), ("-", operator.sub)):
        name = expected(sign, one, other)
        result = outcome(lambda op=operation: op(a, b))
        if name is None:
            assert result is None, f"{one} {sign} {other}"
        else:
            assert result.unit == name
            total = operation(0.75 * size, 0.5 * size2) / KINDS[name][2]
            assert result.value == pytest.approx(total)


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_products_ratios_and_order_of_every_pair_of_units(one: str, other: str) -> None:
    a, b = quantity(0.75, one), quantity(0.5, other)
    same = KINDS[one][:2] == KINDS[other][:2]
    calculable = same and KINDS[one][1] != "level" and KINDS[one][0] != "place"
    assert outcome(lambda: a * b) is None
    assert outcome(lambda: a / b) == (1.5 if calculable else None)
    for operation in (operator.mod, operator.floordiv, operator.pow, divmod, operator.matmul):
        assert outcome(lambda op=operation: op(a, b)) is None
        assert outcome(lambda op=operation: op(a, 2)) is None
        assert outcome(lambda op=operation: op(2, a)) is None
    size, size2 = KINDS[one][2], KINDS[other][2]
    for operation in (operator.lt, operator.le, operator.gt, operator.ge):
        order = operation(0.75 * size, 0.5 * size2) if same else None
        assert outcome(lambda op=operation: op(a, b)) is order, operation
    assert (a == b) is (same and 0.75 * size == 0.5 * size2)


@given(st.sampled_from(LEVELS), numbers, numbers)
def test_a_difference_turns_round_with_its_sides(name: str, x: float, y: float) -> None:
    a, b = quantity(x, name), quantity(y, name)
    assert (a - b).unit == change_unit(name)
    assert (a - b).value == -(b - a).value
    assert (a - a).value == 0


@given(numbers, numbers)
def test_a_difference_turns_round_across_units(x: float, y: float) -> None:
    a, b = quantity(x, "fraction"), quantity(y, "percent")
    assert (a - b).value == -(b - a).value
    assert (a - b).unit == (b - a).unit == "pp"


@given(st.sampled_from([name for name in LEVELS if name != "rank"]), numbers, numbers)
def test_the_difference_leads_from_one_level_to_the_other(name: str, x: float, y: float) -> None:
    a, b = quantity(x, name), quantity(y, name)
    again = b + (a - b)
    assert again.unit == name
    assert again.value == pytest.approx(x, abs=1e-6)
    assert (a - (a - b)).value == pytest.approx(y, abs=1e-6)


@given(
    st.sampled_from([("percent", "fraction"), ("score_0_100", "index_0_1")]),
    st.booleans(),
    numbers,
)
def test_conversion_there_and_back(pair: tuple[str, str], turn: bool, value: float) -> None:
    here, there = reversed(pair) if turn else pair
    converted = quantity(value, here).to(there)
    assert converted.unit == there
    assert converted.to(here).value == pytest.approx(value)


@given(st.sampled_from(PAIRS))
def test_nothing_else_converts(pair: tuple[str, str]) -> None:
    one, other = pair
    able = one == other or {one, other} in (
        {"percent", "fraction"},
        {"score_0_100", "index_0_1"},
        {"points", "index_points"},
    )
    assert (outcome(lambda: quantity(3, one).to(other)) is not None) == able


@given(st.sampled_from(LEVELS), st.sampled_from(LEVELS), numbers, numbers)
def test_levels_never_add_up(one: str, other: str, x: float, y: float) -> None:
    refused(lambda: quantity(x, one) + quantity(y, other))
    refused(lambda: sum([quantity(x, one), quantity(y, one)]))
    refused(lambda: quantity([x, y], one).sum())


FUNCTIONS = [
    *(np.cumsum, np.prod, np.cumprod, np.median, np.std, np.var, np.diff, np.max, np.min),
    *(np.nansum, np.nanmean, np.sort, np.argsort, np.dot, np.round, np.trapezoid, np.average),
    *(np.percentile, np.concatenate, np.stack, np.where, np.isclose, np.clip, np.unique),
]


@given(unit_names, st.sampled_from(FUNCTIONS))
@settings(max_examples=300)
def test_functions_of_numpy_never_lose_the_unit(name: str, function: Any) -> None:
    values = quantity([3.0, 4.0], name)
    for args in ((values,), (values, values), (values, 1)):
        with pytest.raises((UnitMismatch, TypeError)):
            function(*args)


@given(unit_names, numbers, numbers)
def test_a_bare_number_never_joins(name: str, x: float, y: float) -> None:
    here = quantity(x, name)
    for compute in (lambda: here + y, lambda: here - y, lambda: y - here, lambda: here < y):
        refused(compute)
    assert here != x


def test_pint_itself_guards_the_arithmetic() -> None:
    made = registry()
    level = made.Quantity(78, made.UnitsContainer({"percent": 1}))
    rank = made.Quantity(18, made.UnitsContainer({"rank": 1}))
    with pytest.raises(pint.OffsetUnitCalculusError):
        level + level
    with pytest.raises(pint.OffsetUnitCalculusError):
        level * 2
    with pytest.raises(pint.DimensionalityError):
        level + rank
    assert str((level - level).units) == "delta_percent"
    assert isinstance(quantity(78, "percent").inner, pint.Quantity)


def test_the_registry_leaves_others_alone() -> None:
    registry()
    own: Any = pint.UnitRegistry()
    assert own.Quantity(20, "degC").to("kelvin").magnitude == pytest.approx(293.15)
    assert (own.Quantity(3, "m") * 2).magnitude == 6


def test_pint_is_imported_when_a_quantity_is_made() -> None:
    script = (
        "import sys; from benchmark.quantities import quantity, difference, change_unit;"
        "change_unit('percent'); difference(78.0, 47.0, 'percent');"
        "print(sorted({'pint', 'numpy', 'xarray', 'babel'} & set(sys.modules)));"
        "quantity(3, 'percent'); print('pint' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("[]\nTrue\n", "")


def test_the_class_is_public() -> None:
    assert isinstance(quantity(3, "percent"), Quantity)
