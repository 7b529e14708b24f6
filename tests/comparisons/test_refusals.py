import pytest

from benchmark.errors import NoData, NotComparable
from benchmark.schema import LANGUAGES
from comparisons.parts import Note
from comparisons.refusals import Absent, Refused, reasons, refusal
from comparisons.texts import each, same


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_refusal_says_why_and_what_instead_and_how_to_insist(lang):
    class Instead:
        def text(self, lang):
            return f"pair ({lang})"

        def __str__(self):
            return self.text("en")

    note = Note(1, "C30", "rule", "N", each(lambda one: f"break {one}"), (), (same("detail"),))
    error = Refused(
        refusal("not_comparable", what=same("X")), reasons([note]), [Instead()], insist=True
    )
    lines = error.text(lang).splitlines()
    assert lines[2] == f"  - C30: break {lang} detail"
    assert lines[4] == f"  - pair ({lang})"
    assert 'override="' in lines[5]
    assert error.alternatives == ("pair (en)",)
    assert str(error) == error.text("en") == error.text()


def test_what_is_not_there_is_not_said():
    error = Refused(same("No."))
    assert str(error) == "No."
    assert error.findings == ()


def test_refusals_are_caught_by_their_kind():
    assert issubclass(Refused, NotComparable)
    assert issubclass(Absent, NoData)
    assert Absent(each(str.upper)).text("nb") == "NB"
