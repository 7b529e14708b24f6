import numpy as np
import pytest

from benchmark.cube import evidence_of
from benchmark.rules import Thresholds
from comparisons.judging import among_all, judged, part
from comparisons.notes import ids_by_cell, numbered, rule_notes
from comparisons.parts import Note, worst
from comparisons.selection import select
from comparisons.texts import same


def group(cube, ids=None, pairs=None):
    table = select(cube)
    ids = ids or table["country"].tolist()
    pairs = pairs or np.triu_indices(len(table), 1)
    labels = ids, [same(one) for one in ids]
    return judged(evidence_of(cube), table["obs"].to_numpy(), pairs, labels, Thresholds())


def by_id(notes):
    return {note.id: note for note in notes}


@pytest.fixture
def odd(made):
    rows = [(code, 2020, float(k)) for k, code in enumerate(["DNK", "FIN", "ISL", "NOR", "SWE"])]
    return group(made(*rows, regime=["usual", "usual", "usual", "odd", "odd"]))


def test_many_pairs_are_one_note_in_general_words(odd):
    note = by_id(rule_notes([odd]))["C13"]
    assert note.severity == "N"
    assert note.details == ()
    assert note.texts["en"].endswith("Concerns NOR and SWE against the others.")
    assert note.touches == ("DNK", "FIN", "ISL", "NOR", "SWE")


def test_few_pairs_are_told_in_full(made):
    cube = made(("DNK", 2020, 1.0), ("NOR", 2020, 2.0), ("SWE", 2020, 3.0),
                regime=["usual", "usual", "odd"])  # fmt: skip
    note = by_id(rule_notes([group(cube)]))["C13"]
    words = note.texts["en"]
    assert "SWE against the others" in words
    assert "administrative data" in words
    assert "Concerns" not in words


def test_one_pair_is_told_in_full(made):
    cube = made(("DNK", 2020, 1.0), ("NOR", 2020, 2.0), regime=["usual", "odd"])
    note = by_id(rule_notes([group(cube)]))["C13"]
    assert note.texts["en"].startswith("DNK and NOR: ")
    assert note.details == ()


def test_what_is_said_of_figures_is_said_once(made):
    cube = made(("DNK", 2020, 1.0), ("NOR", 2020, 2.0), ("SWE", 2020, 3.0),
                source_type="secondary")  # fmt: skip
    words = by_id(rule_notes([group(cube)]))["C39"].texts["en"]
    assert [words.count(name) for name in ("Denmark", "Norway", "Sweden")] == [1, 1, 1]


def test_findings_may_be_limited_to_the_worst(odd):
    assert set(by_id(rule_notes([odd], least=3))) == {"C13"}
    assert [finding.rule for finding in odd.worst_findings()] == ["C13"] * 6
    assert odd.verdict == "not_comparable"


def test_sets_of_which_the_same_is_said_share_it(odd):
    inside = np.ones(len(odd.i), dtype=bool)
    sets = [part(odd, inside, same("Row one")), part(odd, inside, same("Row two"))]
    words = by_id(rule_notes(sets))["C13"].texts["en"]
    assert words.endswith("Concerns Row one and Row two: NOR and SWE against the others.")


def test_a_theme_hit_throughout_stands_alone(odd):
    inside = np.ones(len(odd.i), dtype=bool)
    whole = among_all(odd, same("place among all"))
    sets = [part(whole, inside, same("Row one")), part(whole, inside, same("Row two"))]
    note = by_id(rule_notes(sets))["C13"]
    assert note.texts["en"].endswith("Concerns place among all: NOR and SWE against the others.")
    assert set(note.touches) == {f"{code}#pool" for code in odd.ids}
    calm = part(whole, odd.judgement.verdict == 0, same("Row three"))
    words = by_id(rule_notes([*sets, calm]))["C13"].texts["en"]
    assert "place among all (Row one and Row two): NOR and SWE against the others" in words


def test_no_pairs_no_notes(made):
    alone = group(made(("DNK", 2020, 1.0)))
    assert rule_notes([alone]) == []
    assert alone.verdict == ""


def test_numbers_and_cells():
    notes = numbered(
        [Note(0, "C01", "rule", "N", same("x"), ("a",)), Note(0, "p", "status", "", {})]
    )
    assert [note.number for note in notes] == [1, 2]
    assert ids_by_cell(notes) == {"a": "C01"}


def test_the_worst_verdict():
    assert worst(["comparable", "caution", ""]) == "caution"
    assert worst(["", ""]) == ""
