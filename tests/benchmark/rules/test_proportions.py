import math

import pytest

from benchmark.rules.proportions import (
    detectable,
    newcombe,
    p_value,
    smallest_sample,
    standard_error,
    wilson,
)

Z = 1.959964


@pytest.mark.parametrize(
    ("count", "n", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_of_newcombe_1998(count: int, n: int, low: float, high: float) -> None:
    assert wilson(count / n, n) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(
    ("p", "n", "deff", "low", "high"),
    [
        (0.78, 4625, 1.0, 76.78, 79.17),
        (0.78, 4625, 1.5, 76.50, 79.43),
        (0.78, 4625, 2.0, 76.27, 79.64),
        (0.18, 3937, 1.0, 16.83, 19.23),
    ],
)
def test_wilson_with_design_effect(p: float, n: int, deff: float, low: float, high: float) -> None:
    assert [100 * bound for bound in wilson(p, n / deff)] == pytest.approx([low, high], abs=0.005)


def test_newcombe_hybrid_interval() -> None:
    assert newcombe(56 / 70, 70, 48 / 80, 80, Z) == pytest.approx((0.0524, 0.3339), abs=5e-5)
    low, high = newcombe(48 / 80, 80, 56 / 70, 70, Z)
    assert (-high, -low) == pytest.approx((0.0524, 0.3339), abs=5e-5)


@pytest.mark.parametrize(("deff", "z"), [(1.0, 6.582), (2.0, 4.654)])
def test_unpooled_z(deff: float, z: float) -> None:
    errors = standard_error(0.24, 4000 / deff), standard_error(0.18, 3937 / deff)
    assert 0.06 / math.hypot(*errors) == pytest.approx(z, abs=5e-4)


@pytest.mark.parametrize(
    ("p1", "p2", "n", "with_rounding"),
    [
        (50, 47, 2131, 4794),
        (48, 41, 386, 525),
        (41, 34, 366, 498),
        (48, 34, 93, 108),
        (11, 15, 542, 963),
        (24, 18, 353, 508),
    ],
)
def test_smallest_sample(p1: int, p2: int, n: int, with_rounding: int) -> None:
    sizes = [smallest_sample(p1 / 100, p2 / 100, 1, 1, r, Z) for r in (0.0, 0.01)]
    assert sizes == [n, with_rounding]


def test_no_sample_is_large_enough_for_a_difference_within_rounding() -> None:
    assert math.isnan(smallest_sample(0.50, 0.49, 1, 1, 0.01, Z))
    assert math.isnan(smallest_sample(0.50, 0.50, 1, 1, 0.0, Z))


@pytest.mark.parametrize(
    ("p1", "n1", "p2", "n2", "deff", "points"),
    [
        (0.24, 4000, 0.18, 3937, 1.0, 1.79),
        (0.24, 4000, 0.18, 3937, 1.5, 2.19),
        (0.78, 4625, 0.78, 4625, 1.0, 1.69),
    ],
)
def test_minimum_detectable_change(
    p1: float, n1: int, p2: float, n2: int, deff: float, points: float
) -> None:
    assert 100 * detectable(p1, n1 / deff, p2, n2 / deff, Z) == pytest.approx(points, abs=0.005)


def test_p_value() -> None:
    assert [p_value(z) for z in (0.0, Z, -Z)] == pytest.approx([1.0, 0.05, 0.05], abs=1e-6)
