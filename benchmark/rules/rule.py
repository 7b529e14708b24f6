"""What a rule is."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from benchmark.rules.pair import Pair
from benchmark.rules.pairs import Pairs, Severity

Facts = dict[str, Any]


@dataclass(frozen=True)
class Rule:
    """One rule of comparability, written once over columns of pairs.

    Attributes
    ----------
    id : str
        ``C00`` to ``C44``.
    name : str
        Short code.
    root : str
        Root of distortion it tests (SDMX Glossary, comparability): ``definition`` or
        ``measurement``.
    stage : int
        1 first; 2 unless the first stage refused; 3 unless anything refused: these describe a
        difference that may be computed; 4 last, after the second stage even where it refused.
    grades : str
        Severities it can have: letters of ``I`` note, ``C`` caution, ``N`` not comparable.
    fields : tuple of str
        Metadata keys it looks at.
    fires : callable
        From pairs to one severity each: 0 none, 1 note, 2 caution, 3 not comparable.
    facts : callable
        From one pair for which it fires to what there is to say: one entry a sentence, with the
        key ``variant`` naming the text and the values to fill in.
    """

    id: str
    name: str
    root: Literal["definition", "measurement"]
    stage: Literal[1, 2, 3, 4]
    grades: str
    fields: tuple[str, ...]
    fires: Callable[[Pairs], Severity]
    facts: Callable[[Pair], Iterable[Facts]]

    @property
    def worst(self) -> str:
        """Worst severity it can have."""
        return self.grades[-1]


def per_side(pair: Pair, variant: str, found: Mapping[int, Facts]) -> Iterator[Facts]:
    """Make the facts of a rule that says something of single figures.

    Parameters
    ----------
    pair : Pair
        The pair.
    variant : str
        Name of the text.
    found : Mapping
        What there is to say of the sides (0 first, 1 second) it is said of.

    Yields
    ------
    dict
        One sentence for both figures where the same is said of them, else one for each.
    """
    if len(found) == 2 and found[0] == found[1]:
        yield {"variant": variant, **found[0], "figures": list(pair.names)}
    else:
        for side, facts in sorted(found.items()):
            yield {"variant": variant, **facts, "figures": [pair.called(side)]}


def unstated(pair: Pair, key: str, variant: str = "missing") -> Iterator[Facts]:
    """Make the facts of a rule that names the figures for which a key is unknown.

    Parameters
    ----------
    pair : Pair
        The pair.
    key : str
        A metadata key.
    variant : str
        Name of the text.

    Yields
    ------
    dict
        One sentence, or none where both figures state the key.
    """
    return per_side(pair, variant, {side: {} for side in pair.missing(key)})


def sides(key: str, variant: str = "differ") -> Callable[[Pair], Iterable[Facts]]:
    """Make the facts of a rule that shows one key of both figures.

    Parameters
    ----------
    key : str
        A metadata key.
    variant : str
        Name of the text.

    Returns
    -------
    callable
        From a pair to one sentence with the facts ``a`` and ``b``.
    """
    return lambda pair: ({"variant": variant, **pair.each(key)},)
