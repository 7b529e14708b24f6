import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmark.errors import BenchmarkError
from benchmark.status import (
    HIERARCHY,
    EurostatFlags,
    from_eurostat,
    from_pxweb,
    highest,
    mask,
    read,
    unpack,
    valid_with_value,
    valid_without_value,
)


def test_all_twenty_codes_are_there() -> None:
    assert "".join(HIERARCHY) == "BOMLHQJSDKWIFEPNUVGA"
    assert len(set(HIERARCHY)) == 20


@pytest.mark.parametrize(
    ("flags", "chosen"), [("E P B", "B"), ("U P", "P"), ("A V", "V"), ("", "A"), (["G", "A"], "G")]
)
def test_one_flag_by_the_hierarchy(flags: str | list[str], chosen: str) -> None:
    assert highest(flags) == chosen


@pytest.mark.parametrize("code", HIERARCHY)
def test_validity_of_each_code(code: str) -> None:
    assert valid_with_value(code) == (code in "BJSDWIFEPNUVGA")
    assert valid_without_value(code) == (code in "BOMLHQJSK")


@pytest.mark.parametrize(
    ("flags", "present", "missing"),
    [
        ("A", True, False),
        ("E O", False, True),
        ("B", True, True),
        ("", True, False),
        ("X", False, False),
    ],
)
def test_validity_of_sets(flags: str, present: bool, missing: bool) -> None:
    assert valid_with_value(flags) == present
    assert valid_without_value(flags) == missing


def test_unknown_codes_are_all_named() -> None:
    with pytest.raises(BenchmarkError, match="'X', 'z'"):
        read("A X z")


@given(st.sets(st.sampled_from(HIERARCHY)))
def test_bits_hold_a_set(codes: set[str]) -> None:
    assert set(unpack(mask(codes))) == codes
    assert mask(codes) < 1 << 20
    if codes:
        assert highest(codes) == unpack(mask(codes))[0]


@pytest.mark.parametrize(
    ("flags", "expected"),
    [
        ("b", EurostatFlags(("B",))),
        ("c", EurostatFlags(("Q",), confidential=True)),
        ("r", EurostatFlags(("A",), revised=True)),
        ("bu", EurostatFlags(("B", "U"))),
        ("be r", EurostatFlags(("B", "E"), revised=True)),
        ("s", EurostatFlags(("E",))),
        ("e s", EurostatFlags(("E",))),
        (":", EurostatFlags(("O",))),
        ("z", EurostatFlags(("M",))),
        ("dfnp", EurostatFlags(("D", "F", "P", "N"))),
        ("", EurostatFlags(("A",))),
    ],
)
def test_eurostat_flags(flags: str, expected: EurostatFlags) -> None:
    assert from_eurostat(flags) == expected


def test_unknown_eurostat_flag() -> None:
    with pytest.raises(BenchmarkError, match="unknown Eurostat flag 'x'"):
        from_eurostat("bx")


@pytest.mark.parametrize(
    ("symbol", "code"),
    [("-", "A"), (".", "M"), ("..", "O"), ("...", "Q"), (":", "Q"), ("....", "O"), ("......", "O")],
)
def test_symbols_of_pxweb(symbol: str, code: str) -> None:
    assert from_pxweb(symbol) == (code,)


def test_an_unknown_symbol_of_pxweb_is_refused() -> None:
    with pytest.raises(BenchmarkError, match="unknown PxWeb symbol 'x'"):
        from_pxweb("x")
