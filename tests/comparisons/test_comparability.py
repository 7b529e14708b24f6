import time

import numpy as np
import pytest

from benchmark.errors import BenchmarkError, NoData, UnknownName
from benchmark.rules import RULES
from comparisons.comparability import comparability
from comparisons.matrix_view import MATRIX

TRUST = ["dst.trust_digital_services", "no.trust_personal_data"]


@pytest.fixture(scope="module")
def three(cube):
    return comparability(cube, ["gti.needs_met"], "nordic")


def test_labelled_square(three):
    found = three.dataset
    assert found.sizes == {"a": 3, "b": 3}
    assert found["a"].values.tolist()[0] == "DNK/gti.needs_met/2021"
    assert found["a_country"].values.tolist() == ["DNK", "NOR", "SWE"]
    assert found["b_year"].values.tolist() == [2021] * 3
    assert found["verdict"].dtype == np.int8
    assert found["rules"].dtype == np.uint64
    assert (
        found["verdict"].attrs["flag_meanings"] == "same_figure comparable caution not_comparable"
    )
    assert found["verdict"].attrs["flag_values"].tolist() == [-1, 0, 1, 2]


def test_symmetric_with_an_empty_diagonal(cube):
    found = comparability(cube, ["egov.transparency", "egov.transparency.annual"], "nordic")
    for name in ("verdict", "rules"):
        square = found.dataset[name].values
        assert (square == square.T).all()
    assert (np.diag(found.verdict.values) == -1).all()
    assert (np.diag(found.rules.values) == 0).all()


def test_bits_name_the_rules(three):
    masks = three.rules.attrs["flag_masks"]
    names = np.array(three.rules.attrs["flag_meanings"].split())
    assert names.tolist() == [rule.id for rule in RULES]
    pair = three.rules.sel(a="DNK/gti.needs_met/2021", b="SWE/gti.needs_met/2021").item()
    fired = names[(np.uint64(pair) & masks) > 0].tolist()
    assert fired == ["C18", "C19", "C24", "C25", "C37", "C39"]


def test_same_as_one_by_one(cube):
    from sources.catalogue import compare

    found = comparability(cube, TRUST, years=[2021, 2023])
    table = found.to_frame()
    pairs = [(a, b) for a in table.index for b in table.columns if a != b]
    verdicts = {(a, b): compare(a, b).verdict for a, b in pairs}
    assert all(table.loc[a, b] == verdict for (a, b), verdict in verdicts.items())
    assert set(verdicts.values()) == {"caution", "not_comparable"}


def test_filters(cube):
    found = comparability(cube, "egov.overall", "NO, DK", [2022, 2023])
    assert found.dataset.sizes["a"] == 4
    assert set(found.dataset["a_country"].values) == {"DNK", "NOR"}
    assert comparability(cube, "egov.overall", "NO, DK", 2023).dataset.sizes["a"] == 2


def test_missing_countries_are_named(three):
    assert [one.what["en"] for one in three.coverage.missing] == ["Finland", "Iceland"]


def test_matrix_for_readers(three):
    text = str(three)
    assert "3 pairs of 3 figures: 0 comparable, 3 with caution, 0 not comparable." in text
    row = next(line for line in text.splitlines() if line.strip().startswith("2  Norway"))
    assert row.split() == ["2", "Norway", "2021", "~", "~"]
    assert "C19" in text
    assert "<table" in three._repr_html_()
    assert three.view().verdict == "caution"
    assert three.table("sv").shape == (3, 6)


def test_a_large_matrix_counts(cube):
    found = comparability(cube, "egov.overall", years=2023)
    assert found.dataset.sizes["a"] == 37 > MATRIX
    frame = found.view().to_frame().set_index("country")
    assert frame.loc["MDA", ["comparable", "caution", "not_comparable"]].tolist() == [1, 35, 0]
    assert frame.loc["NOR", ["comparable", "caution", "not_comparable"]].tolist() == [34, 2, 0]
    assert "of 666 pairs" in str(found)


def test_square_frame(three):
    frame = three.to_frame()
    assert frame.shape == (3, 3)
    assert frame.iloc[0].tolist() == ["", "caution", "caution"]
    assert frame.attrs["verdict"] == "caution"
    assert frame.attrs["notes"]


def test_too_few_and_too_many(cube):
    with pytest.raises(NoData, match="takes two figures; the selection holds 1"):
        comparability(cube, "dst.trust_digital_services", years=[2023])
    with pytest.raises(BenchmarkError, match="choose indicators, countries or years"):
        comparability(cube)


def test_unknown_names_and_arithmetic(cube):
    with pytest.raises(UnknownName, match="did you mean"):
        comparability(cube, ["egov.overal"])
    with pytest.raises(BenchmarkError, match="arithmetic"):
        comparability(cube["value"], ["egov.overall"])


@pytest.mark.slow
def test_a_million_pairs_in_two_seconds(cube):
    indicators = ["egov.overall", "egov.transparency", "egov.key_enablers", "egov.cross_border"]
    indicators.append("egov.user_centricity")
    comparability(cube, indicators[:1], years=2023)
    best = np.inf
    for _ in range(3):
        start = time.process_time()
        found = comparability(cube, indicators)
        best = min(best, time.process_time() - start)
    size = found.dataset.sizes["a"]
    assert size * (size - 1) // 2 > 1_000_000
    assert best < 2.0 * size * (size - 1) / 2e6
