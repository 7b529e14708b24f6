"""Numbers out of text: exactly those of float, or none at all."""

import math

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from sources.readers.numbers import parse

floats = st.floats(allow_nan=False, allow_infinity=False)
written = st.one_of(
    floats.map(repr),
    st.decimals(allow_nan=False, allow_infinity=False, places=3).map("{:f}".format),
    st.integers(-(10**20), 10**20).map(str),
    st.floats(-1e9, 1e9, allow_nan=False).map("{:.1f}".format),
)


@given(st.lists(written, max_size=20), st.sampled_from(["\n", "\n\n"]))
@example(["9007199254740993", "0.1", "1e23", "-0.0", "00012.50", ".5", "5."], "\n")
def test_numbers_are_those_of_float(texts, between):
    expected = [float(text) for text in texts]
    found = parse(between.join(texts).encode())
    if not all(map(math.isfinite, expected)):
        assert found is None
        return
    np.testing.assert_array_equal(found, expected)
    np.testing.assert_array_equal(np.signbit(found), np.signbit(expected))


@example([" "])
@given(st.lists(st.text("0123456789.+-eEnaif x,", min_size=1), min_size=1, max_size=3))
def test_what_is_no_number_is_not_taken_for_one(texts):
    found = parse("\n".join(texts).encode())
    if found is not None:
        assert found.tolist() == [float(text) for text in texts if text]
