"""How a trend is to be read: bounds, tests, why there are none, what unchanged means."""

from collections.abc import Iterator
from typing import Any, Final

import numpy as np

from benchmark.language import number
from benchmark.rules.wording import probability
from comparisons.changes import Change
from comparisons.course import Course
from comparisons.render.amounts import change as difference
from comparisons.texts import Texts, each, text, texts

NO_BREAK: Final = "\u00a0"


def p_words(p: float, lang: str) -> str:
    r"""Write a p-value with two significant digits.

    Examples
    --------
    >>> p_words(0.0075, "da"), p_words(1e-9, "en")
    ('p\xa0=\xa00,0075', 'p\xa0<\xa00.0001')
    """
    shown = probability(p, lang)
    words = f"p {shown}" if shown.startswith("<") else f"p = {shown}"
    return words.replace(" ", NO_BREAK)


def reading(course: Course, bounded: bool, why: str) -> Iterator[Texts]:
    """Say how the lines of the table are to be read.

    Parameters
    ----------
    course : Course
        Steps and changes.
    bounded : bool
        Whether bounds are shown.
    why : str
        Why there is no sampling interval, as from `unsampled`; empty for shares from surveys.

    Yields
    ------
    mapping
        A sentence in each language.
    """
    steps = course.step_changes
    told = steps.tested | np.isnan(steps.change)
    kind = "sampling" if told.all() else "mixed" if steps.tested.any() else "rounding"
    yield texts("trend.steps_only")
    if bounded:
        yield texts(f"trend.bounds.{kind}")
    if why:
        yield texts(f"trend.unsampled.{why}")
        return
    yield from _samples(course)
    if np.isfinite(steps.n_needed_rounding).any():
        yield texts("trend.needed")


def _samples(course: Course) -> Iterator[Texts]:
    both = course.step_changes, course.end_changes
    n = sum(int(one.tested.sum()) for one in both)
    if not n:
        return
    yield texts("trend.tested", n=n) if n > 1 else texts("trend.tested_one")
    worst = {
        name: max(float(np.nanmax(getattr(one, name))) for one in both if one.tested.any())
        for name in ("detectable", "smallest_shown", "detectable_80")
    }
    digits = int(max(one.change_decimals[one.tested].max(initial=0) for one in both))

    def write(lang: str) -> str:
        least, shown, power = (
            size_words(value, course.unit, places, lang)
            for value, places in zip(worst.values(), (digits + 1, digits, digits + 1), strict=True)
        )
        return text("trend.detectable", lang, least=least, shown=shown, power=power)

    yield each(write)


def size_words(value: float, unit: str, decimals: int, lang: str) -> str:
    """Write the size of a difference, without a sign."""
    return difference(value, unit, decimals, lang).removeprefix("+")


def unsampled(columns: Any, unit: str, base: str) -> str:
    """Say why figures have no sampling interval.

    Parameters
    ----------
    columns : Columns
        Metadata of the figures.
    unit, base : str
        Those of the indicator.

    Returns
    -------
    str
        The last part of the key of the sentence; empty for shares from surveys.
    """
    from benchmark.rules.rows import DERIVED
    from benchmark.rules.values import UNIT_CLASS

    if unit == "rank":
        return "rank"
    if columns.derived("survey", DERIVED["survey"]).any():
        return "" if UNIT_CLASS[unit] == "share" else "mean"
    modes = set(columns.look_up("mode", str, "", object))
    by_mode = {"admin": "register", "mystery_shopping": "services", "expert": "index"}
    told = {by_mode.get(mode, "index" if base == "countries" else "other") for mode in modes}
    return told.pop() if len(told) == 1 else "other"


def equivalence_words(course: Course, margin: float) -> Iterator[Texts]:
    """Say what "unchanged" means here, and where it cannot be told.

    Parameters
    ----------
    course : Course
        Steps and changes.
    margin : float
        Distance from zero that counts as unchanged [unit of the changes].

    Yields
    ------
    mapping
        A sentence in each language.
    """
    both = course.step_changes, course.end_changes
    told = {str(one) for changes in both for one in changes.equivalence} - {""}
    tested = any(changes.tested.any() for changes in both)
    kind = "tested" if tested else "refused" if told <= {"no_test"} else "fixed"
    size = each(lambda lang: size_words(margin, course.unit, _written(margin), lang))
    yield texts(f"trend.margin.{kind}", margin=size)
    if tested and "no_test" in told:
        yield texts("trend.margin.partly")


def equivalence_labels() -> dict[str, Texts]:
    """Give the words of what is told of each change."""
    codes = ("unchanged", "changed", "not_shown", "no_test")
    return {code: texts(f"trend.equivalence.{code}") for code in codes}


def _written(value: float) -> int:
    return len(f"{value:.6f}".rstrip("0").partition(".")[2])


def cell_labels(changes: Change) -> tuple[list[str], dict[str, Texts]]:
    """Write the cell on the test of each change.

    Parameters
    ----------
    changes : Change
        Of shares from surveys.

    Returns
    -------
    tuple
        A code a change, empty where there is none, and the words of each code.
    """
    codes, words = [], dict[str, Texts]()
    for k, value in enumerate(changes.change):
        code = _cell(changes, k) if np.isfinite(value) else ""
        codes.append(code)
        if code:
            words[code] = _cell_words(code)
    return codes, words


def _cell(changes: Change, k: int) -> str:
    if changes.tested[k]:
        return f"p={changes.p_holm[k]:.1e}"
    needed, safe = changes.n_needed[k], changes.n_needed_rounding[k]
    if np.isfinite(safe):
        return f"n={safe:.0f}"
    return "rounding" if np.isfinite(needed) else "unknown"


def _cell_words(code: str) -> Texts:
    kind, _, value = code.partition("=")
    if kind == "p":
        return each(lambda lang: p_words(float(value), lang))
    if kind == "n":
        return each(lambda lang: text("trend.cell.needed", lang, n=number(int(value), lang, 0)))
    return texts(f"trend.cell.{kind}")
