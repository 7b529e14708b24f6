"""Tables whose publisher describes them first: what to ask for, and how the parts fit together."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sources.live.batches import chosen, join
from sources.table import Table, TableNote
from sources.vintages import Vintage

if TYPE_CHECKING:
    from sources.readers.description import Description

Describe = Callable[[bytes], "Description"]


def wanted(table: str, about: "Description", query: Mapping[str, Any]) -> dict[str, list[str]]:
    """Choose the codes to ask for.

    Parameters
    ----------
    table : str
        Its id.
    about : Description
        What the publisher says of it.
    query : mapping
        `select` has patterns of codes by variable.

    Returns
    -------
    dict
        Codes by variable, in the publisher's order.
    """
    every = {variable.code: variable.values for variable in about.variables}
    return chosen(table, every, query.get("select", {}))


def assembled(
    vintage: Vintage, describe: Describe, read: Callable[[bytes], Table], sparse: bool = False
) -> Table:
    """Read the parts of a table and put them together, with the texts of every language.

    Parameters
    ----------
    vintage : Vintage
        Descriptions and parts with figures.
    describe, read : callable
        Readers of the one and the other.
    sparse : bool
        Whether the publisher may leave out cells that hold nothing.

    Returns
    -------
    Table
    """
    from sources.readers.frames import columns

    spoken = {part.lang: describe(part.answer.utf8) for part in vintage.answers("meta")}
    lang, about = next(iter(spoken.items()))
    axes = wanted(vintage.table, about, vintage.select)
    named = columns(axes)
    table = join(
        [in_language(read(part.answer.utf8), lang) for part in vintage.answers("data")],
        {named[name]: codes for name, codes in axes.items()},
        [_labels(one, named, spoken_in) for spoken_in, one in spoken.items()],
        sparse,
    )
    titles = {code: text for code, one in spoken.items() if (text := "".join(one.title.values()))}
    notes = tuple(_notes(spoken, table.notes))
    return replace(table, notes=notes, meta={**table.meta, "title": titles})


def _labels(
    about: "Description", named: Mapping[str, str], lang: str
) -> dict[str, dict[str, dict[str, str]]]:
    return {
        named[one.code]: {"": {lang: one.text}}
        | {code: {lang: text} for code, text in zip(one.values, one.texts, strict=True)}
        for one in about.variables
        if one.code in named
    }


def in_language(table: Table, lang: str) -> Table:
    """Say in which language texts are that do not say so themselves."""
    labels = {
        column: {code: _told(words, lang) for code, words in codes.items()}
        for column, codes in table.labels.items()
    }
    notes = tuple(replace(note, text=_told(note.text, lang)) for note in table.notes)
    return replace(table, labels=labels, notes=notes)


def _told(words: Mapping[str, str], lang: str) -> dict[str, str]:
    return {code or lang: text for code, text in words.items()}


def _notes(
    spoken: "Mapping[str, Description]", of_parts: Sequence[TableNote]
) -> Iterator[TableNote]:
    """Put the languages of a note together: the same place, and the same turn at that place."""
    found: dict[Any, TableNote] = {}
    for lang, about in spoken.items():
        turns: dict[Any, int] = {}
        for note in about.notes:
            place = tuple(sorted(note.at.items()))
            turn = turns[place] = turns.get(place, 0) + 1
            text = {**(found[place, turn].text if (place, turn) in found else {})}
            found[place, turn] = replace(note, text=text | _told(note.text, lang))
    yield from found.values()
    known = {(place, text) for (place, _), note in found.items() for text in note.text.values()}
    for note in of_parts:
        place = tuple(sorted(note.at.items()))
        if not any((place, text) in known for text in note.text.values()):
            yield note
