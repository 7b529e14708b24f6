"""A sentence as words, numbers and marks, with what is no quantity set aside."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from benchmark.errors import BenchmarkError
from benchmark.language.data import dictionary
from benchmark.language.lexicon import Lexicon, lexicon

SPACE: Final = " \u00a0\u202f\u2009"
LITERAL: Final = (
    rf"(?:\d{{1,3}}(?:[{SPACE}]\d{{3}})+(?!\d)(?:[.,]\d+)?"
    r"|\d{1,3}(?:[.,]\d{3})+(?!\d)(?:[.,]\d+)?"
    r"|\d+(?:[.,]\d+)?)"
)
"""A number as printed, digits grouped or not; what its marks mean depends on the language."""

_TOKEN: Final = re.compile(
    rf"(?P<aside>\0+)|(?P<number>{LITERAL})|(?P<word>[^\W\d_]+(?:['’][^\W\d_]+)*)|(?P<mark>[^\s\0])"
)
_WRITTEN: Final = re.compile(rf"([+\-\u2212]?)({LITERAL})")
_YEAR: Final = re.compile(
    r"(?<![\d.,])(?:19|20)\d\d(?:\s?[-–/]\s?(?:(?:19|20)\d\d|\d\d))?(?!\d|[.,]\d)(?:['’]?[^\W\d]+)?"
)
_ASIDE: Final = tuple(
    re.compile(pattern)
    for pattern in (
        r"https?://\S+|www\.\S+|[\w.+-]+@\w[\w.-]*|\b[\w-]+\.(?:dk|no|se|com|org|eu|fi|is)\b",
        r"\b\d{4}-\d\d(?:-\d\d)?\b",
        r"(?<![\d.,])\d{1,2}([-./])\d{1,2}\1(?:\d{4}|\d\d)(?!\d)",
        r"(?<!\d)\d{1,2}:\d\d(?::\d\d)?(?!\d)",
        # Telephone numbers: with a country code, in pairs, 3-2-3, with an area code, American.
        rf"\+\d[\d{SPACE}()-]{{6,}}\d",
        rf"(?<![\d.,])\d\d(?:[{SPACE}]\d\d){{2,}}(?!\d)",
        # Acts of the European Union: 2018/1724, 910/2014.
        r"(?<![\d.,/])(?:(?:19|20)\d\d/\d{3,4}|\d{1,4}/(?:19|20)\d\d)(?![\d/])(?![.,]\d)",
        rf"(?<![\d.,])\d{{3}}[{SPACE}]\d\d[{SPACE}]\d{{3}}(?!\d)",
        rf"(?<!\d)0\d{{1,3}}-\d[\d{SPACE}]{{4,}}\d",
        r"(?<!\d)\d{3}-\d{3}-\d{4}(?!\d)",
        # Longer than any count: a number that identifies something.
        r"\d{16,}",
        # Editions (Name 3.0), margins, paragraphs, open age classes (65+), headings (2. Results).
        r"\b[A-ZÆØÅÄÖ]\w+\s+\d\.0(?![\d%])(?!\s*(?:%|p[cer]))",
        r"(?:±|\+/-)\s*\d+(?:[.,]\d+)?",
        r"§+\s*\d+",
        r"(?<![\d.,])\d\d\+(?!\d)",
        r"(?m)^\s*\d+(?:\.\d+)*\.\s+(?=[A-ZÆØÅÄÖ])",
    )
)


@dataclass(frozen=True)
class Token:
    """A word, a number or a mark, and its place in the sentence.

    Attributes
    ----------
    text : str
        Lower case; a number as printed.
    kind : str
        ``word``, ``number``, ``mark``, or ``aside`` for what is no quantity.
    start, end : int
        Place in the sentence.
    glued : bool
        True if no space stands before it.
    capital : bool
        True if it begins with a capital letter.
    """

    text: str
    kind: str
    start: int
    end: int
    glued: bool
    capital: bool


def tokens(sentence: str, lang: str) -> tuple[Token, ...]:
    """Cut a sentence into tokens.

    Parameters
    ----------
    sentence : str
        One sentence or several.
    lang : {"en", "da", "nb", "sv"}
        Its language.

    Returns
    -------
    tuple of Token
        In order; years, dates, ages, telephone numbers and section numbers are ``aside``.

    Examples
    --------
    >>> [t.text for t in tokens("24 pct. i 2022", "da") if t.kind != "aside"]
    ['24', 'pct', 'i']
    """
    words = lexicon(lang)
    text = _set_aside(sentence, words)
    found = [
        Token(
            text=match[0].lower(),
            kind=str(match.lastgroup),
            start=match.start(),
            end=match.end(),
            glued=match.start() > 0 and not text[match.start() - 1].isspace(),
            capital=match[0][0].isupper(),
        )
        for match in _TOKEN.finditer(text)
    ]
    return tuple(_close_abbreviations(found, words))


def read_number(text: str, lang: str = "en") -> float:
    """Read a number as it is printed in a language.

    Parameters
    ----------
    text : str
        The number: digits, possibly grouped, with or without a decimal mark and a sign.
    lang : {"en", "da", "nb", "sv"}
        The language, which decides what one comma or point followed by three digits means.

    Returns
    -------
    float
        Its value.

    Raises
    ------
    BenchmarkError
        If the text is not one number.

    Examples
    --------
    >>> read_number("24,500"), read_number("24.500", "da"), read_number("24\u00a0500,5", "sv")
    (24500.0, 24500.0, 24500.5)
    >>> read_number("33,8", "nb"), read_number("1.874"), read_number("0,831", "sv")
    (33.8, 1.874, 0.831)
    """
    match = _WRITTEN.fullmatch(text.strip())
    if match is None:
        raise BenchmarkError(f"{text!r} is not a number: expected digits such as 24500 or 78.5")
    value = float(literal(match[2], lang))
    return value if match[1] in ("", "+") else -value


def literal(text: str, lang: str) -> Decimal:
    """Give the value of an unsigned number, with the decimals it is written with.

    Parameters
    ----------
    text : str
        The number as printed.
    lang : {"en", "da", "nb", "sv"}
        The language.

    Returns
    -------
    Decimal

    Examples
    --------
    >>> literal("24.500", "da"), literal("78,50", "sv")
    (Decimal('24500'), Decimal('78.50'))
    """
    digits = re.sub(f"[{SPACE}]", "", text)
    marks = re.findall(r"[.,]", digits)
    whole, _, rest = digits.rpartition(marks[-1]) if marks else (digits, "", "")
    if len(set(marks)) == 2:
        groups = False
    else:
        # A lone mark before three digits groups them, unless it is the decimal mark.
        mark = dictionary(lang)["number"]["decimal"]
        thousands = len(rest) == 3 and digits == text and not whole.startswith("0")
        groups = len(marks) > 1 or (thousands and marks[0] != mark)
    whole = re.sub("[.,]", "", whole)
    return Decimal(f"{whole}{rest}" if groups or not marks else f"{whole}.{rest}")


def _set_aside(sentence: str, words: Lexicon) -> str:
    """Blank out, place for place, what holds digits but is no quantity."""
    text = sentence
    for pattern in (*_ASIDE, words.dates):
        text = pattern.sub(_blank, text)
    text = _YEAR.sub(lambda year: year[0] if _counted(text, year, words) else _blank(year), text)
    for pattern in (words.phones, words.laws, words.ages, words.times, words.labels):
        text = pattern.sub(_blank, text)
    return text


def _counted(text: str, year: re.Match[str], words: Lexicon) -> bool:
    """Say whether four digits that could be a year count something."""
    before = text[: year.start()].rstrip()
    return bool(words.unit_ahead.match(text, year.end())) or before.endswith(("n =", "n="))


def _blank(match: re.Match[str]) -> str:
    """Keep leading white space, so that places and sentence starts stay."""
    kept = len(match[0]) - len(match[0].lstrip())
    return match[0][:kept] + "\0" * (len(match[0]) - kept)


def _close_abbreviations(found: Sequence[Token], words: Lexicon) -> list[Token]:
    """Draw the full stop of an abbreviation into its word."""
    closed: list[Token] = []
    for token in found:
        previous = closed[-1] if closed else None
        dotted = token.text == "." and token.glued and previous is not None
        if dotted and previous is not None and words.has("abbreviations", previous.text):
            closed[-1] = replace(previous, end=token.end)
        else:
            closed.append(token)
    return closed
