"""Saying in few words which pairs of cells a note is about."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmark.language import join
from comparisons.texts import Texts, each, text, texts

Ints = NDArray[np.integer[Any]]
Mask = NDArray[np.bool_]
MOST_NAMES = 12


@dataclass(frozen=True)
class Pattern:
    """The shape that some pairs have among all pairs judged.

    Parameters
    ----------
    kind : {"pair", "all", "against", "with", "within", "some"}
        One pair; every pair; every pair across a divide; every pair that touches `these`; every
        pair inside `these`; or just some pairs among `these`.
    these : tuple of int
        Cells, in order.
    fired, judged : int
        Number of pairs.
    """

    kind: str
    these: tuple[int, ...]
    fired: int
    judged: int


def pattern(i: Ints, j: Ints, fired: Mask) -> Pattern:
    """Find the shape of the pairs on which a rule fired.

    Parameters
    ----------
    i, j : ndarray of int
        The two cells of each judged pair.
    fired : ndarray of bool
        The pairs in question.

    Returns
    -------
    Pattern

    Examples
    --------
    >>> i, j = np.triu_indices(4, 1)
    >>> pattern(i, j, (i == 2) | (j == 2))
    Pattern(kind='against', these=(2,), fired=3, judged=6)
    >>> pattern(i, j, (i == 1) & (j == 3))
    Pattern(kind='pair', these=(1, 3), fired=1, judged=6)
    """
    counts = {"fired": int(fired.sum()), "judged": len(fired)}
    touched = np.union1d(i[fired], j[fired])
    if counts["fired"] == 1:
        return Pattern("pair", _cells(touched), **counts)
    if fired.all():
        return Pattern("all", _cells(touched), **counts)
    size = int(max(i.max(), j.max())) + 1
    ends = np.bincount(i, minlength=size) + np.bincount(j, minlength=size)
    hits = np.bincount(i[fired], minlength=size) + np.bincount(j[fired], minlength=size)
    side = _side(i, j, fired, size)
    if (fired == (side[i] != side[j])).all():
        return Pattern("against", _cells(np.flatnonzero(side)), **counts)
    every = (hits == ends) & (ends > 0)
    if (fired == (every[i] | every[j])).all():
        return Pattern("with", _cells(np.flatnonzero(every)), **counts)
    inside = np.isin(i, touched) & np.isin(j, touched)
    return Pattern("within" if (inside == fired).all() else "some", _cells(touched), **counts)


def _side(i: Ints, j: Ints, fired: Mask, size: int) -> Mask:
    """Take the smaller side of the divide that the first touched cell would stand on."""
    first = i[fired][0]
    across = np.zeros(size, dtype=bool)
    across[j[fired & (i == first)]] = True
    across[i[fired & (j == first)]] = True
    there = np.zeros(size, dtype=bool)
    there[i], there[j] = True, True
    near = there & ~across
    return near if near.sum() <= across.sum() else across


def _cells(cells: Ints) -> tuple[int, ...]:
    return tuple(int(cell) for cell in cells)


def in_words(shape: Pattern, names: Sequence[Texts]) -> Texts:
    """Put a pattern into words, in every language.

    Parameters
    ----------
    shape : Pattern
        Which pairs.
    names : sequence of mapping
        The name of each cell.

    Returns
    -------
    mapping of str to str

    Examples
    --------
    >>> names = [{lang: code for lang in ("en", "da", "nb", "sv")} for code in ("DK", "MD", "UA")]
    >>> in_words(Pattern("against", (1, 2), 2, 3), names)["da"]
    'MD og UA over for de øvrige'
    """
    these = listed([names[cell] for cell in shape.these])
    return texts(f"note.{shape.kind}", these=these, n=shape.fired, pairs=shape.judged)


def listed(names: Sequence[Texts], most: int = MOST_NAMES) -> Texts:
    """Join names in every language; a long list is cut and the rest counted."""

    def write(lang: str) -> str:
        words = [name[lang] for name in names]
        if len(words) <= most:
            return join(words, lang)
        return text("note.more", lang, these=", ".join(words[: most - 1]), n=len(words) - most + 1)

    return each(write)
