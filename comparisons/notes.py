"""From judgements over many pairs to few numbered notes that a person can read.

A rule that fired is one note, whatever the number of pairs: its general sentence and what it is
about, or the full sentences of the pairs where they are few. Notes of the registry, flags and
contradicting figures follow. Nothing that was found is left out.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from comparisons.details import Hits, details
from comparisons.judging import Describe, Judged
from comparisons.parts import SEVERITIES, Note
from comparisons.places import Mask, in_words, listed, pattern
from comparisons.texts import Texts, each, texts

if TYPE_CHECKING:
    from benchmark.registry import Registry

MOST_DETAILS = 3


def rule_notes(
    groups: Sequence[Judged], describe: Describe | None = None, least: int = 1
) -> list[Note]:
    """Write one note for every rule that fired anywhere.

    Parameters
    ----------
    groups : sequence of Judged
        Sets of pairs, such as one for each row of a table.
    describe : callable, optional
        Says which pairs of a set are meant; by default their pattern in words.
    least : int
        Leave out findings milder than this: 1 note, 2 caution, 3 not comparable.

    Returns
    -------
    list of Note
        In the order of the rules, not yet numbered.
    """
    from benchmark.rules.engine import RULES

    found = []
    for position, rule in enumerate(RULES):
        fired = [(group, group.judgement.severity[:, position] >= least) for group in groups]
        if hit := [(group, mask) for group, mask in fired if mask.any()]:
            found.append(_rule_note(rule.id, position, hit, describe or _pattern, groups))
    return found


def _rule_note(
    rule: str, position: int, hit: Hits, describe: Describe, groups: Sequence[Judged]
) -> Note:
    from benchmark.rules.texts import summary

    severity = max(int(g.judgement.severity[mask, position].max()) for g, mask in hit)
    touches = tuple(dict.fromkeys(one for group, mask in hit for one in _touched(group, mask)))
    general = each(lambda lang: summary(rule, lang))
    if sum(int(mask.sum()) for _, mask in hit) > MOST_DETAILS:
        about = texts("note.touches", places=_places(hit, describe, groups))
        words = each(lambda lang: f"{general[lang]} {about[lang]}")
        return Note(0, rule, "rule", SEVERITIES[severity], words, touches)
    first, *others = told = details(rule, hit, describe)
    if not others:
        return Note(0, rule, "rule", SEVERITIES[severity], first, touches)
    return Note(0, rule, "rule", SEVERITIES[severity], general, touches, told)


def _touched(group: Judged, mask: Mask) -> list[str]:
    cells = np.union1d(group.i[mask], group.j[mask])
    return [group.ids[int(cell)] for cell in cells]


def _pattern(group: Judged, mask: Mask) -> Texts:
    shape = pattern(group.i, group.j, mask)
    if shape.kind != "some" or shape.fired > MOST_DETAILS:
        return in_words(shape, group.names)
    ends = [(group.i[k], group.j[k]) for k in np.flatnonzero(mask)]
    pairs = [listed([group.names[int(cell)] for cell in pair]) for pair in ends]
    return each(lambda lang: "; ".join(pair[lang] for pair in pairs))


def _places(hit: Hits, describe: Describe, groups: Sequence[Judged]) -> Texts:
    """Say where a rule fired; sets of which the same is to be said share it."""
    found: dict[tuple[str, str], tuple[Texts, list[Judged]]] = {}
    for group, mask in hit:
        places = describe(group, mask)
        theme = group.theme["en"] if group.theme else ""
        found.setdefault((places["en"], theme), (places, []))[1].append(group)
    parts = [_under(places, sets, groups) for places, sets in found.values()]
    return each(lambda lang: "; ".join(part[lang] for part in parts))


def _under(places: Texts, sets: Sequence[Judged], groups: Sequence[Judged]) -> Texts:
    """Put places under what their sets have in common; a theme hit throughout stands alone."""
    theme = sets[0].theme
    scopes = [one.scope for one in sets if one.scope is not None]
    if theme is not None:
        every = len(sets) == sum(one.theme is theme for one in groups)
        scope = theme if every else texts("note.themed", theme=theme, scopes=listed(scopes))
    elif scopes:
        scope = listed(scopes)
    else:
        return places
    return texts("note.scoped", scope=scope, places=places)


def cell_notes(figures: Iterable[Mapping[str, Any]], registry: "Registry") -> list[Note]:
    """Write the notes that belong to single cells.

    Parameters
    ----------
    figures : iterable of mapping
        One for each cell: `cell` (its id in the view), `indicator`, `regime`, `notes`, `status`,
        `year_basis` of the figure behind it.
    registry : Registry
        Definitions.

    Returns
    -------
    list of Note
        Notes of the registry, then flags, then years that no document prints; not yet numbered.
    """
    told: dict[tuple[str, str], list[str]] = {}
    for figure in figures:
        for kind, code in _remarks(figure, registry):
            told.setdefault((kind, code), []).append(str(figure["cell"]))
    write: dict[str, Callable[[str], Texts]] = {
        "registry": lambda code: registry.notes[code]["text"],
        "status": _flag,
        "assigned": lambda code: texts(f"note.{code}"),
    }
    order = {kind: place for place, kind in enumerate(write)}
    return [
        Note(0, code, kind, "", write[kind](code), tuple(dict.fromkeys(cells)))
        for (kind, code), cells in sorted(told.items(), key=lambda one: order[one[0][0]])
    ]


def _remarks(figure: Mapping[str, Any], registry: "Registry") -> Iterable[tuple[str, str]]:
    for kind, name in (("indicators", "indicator"), ("regimes", "regime")):
        entry = getattr(registry, kind).get(figure[name], {})
        yield from (("registry", code) for code in entry.get("notes", ()))
    yield from (("registry", code) for code in str(figure["notes"]).split())
    yield from (("status", code.lower()) for code in str(figure["status"]).split() if code != "A")
    if figure["year_basis"] == "assigned":
        yield "assigned", "assigned"


def _flag(code: str) -> Texts:
    from benchmark.language import term

    return each(lambda lang: f"{code}: {term(f'status.{code.upper()}', lang)}.")


def numbered(notes: Iterable[Note]) -> tuple[Note, ...]:
    """Give notes their numbers, from 1, in the order given."""
    return tuple(replace(note, number=number) for number, note in enumerate(notes, 1))


def ids_by_cell(notes: Iterable[Note]) -> dict[str, str]:
    """Give for each cell the ids of the notes about it, parted by spaces.

    Examples
    --------
    >>> ids_by_cell([Note(1, "C11", "rule", "C", {}, ("NOR",)), Note(2, "p", "status", "", {},
    ...              ("NOR", "SWE"))])
    {'NOR': 'C11 p', 'SWE': 'p'}
    """
    found: dict[str, list[str]] = {}
    for note in notes:
        for cell in note.touches:
            found.setdefault(cell, []).append(note.id)
    return {cell: " ".join(ids) for cell, ids in found.items()}
