"""Figures found in a text, proposed as draft rows for a person to review.

A draft is no figure: nothing of it enters a cube. A person reads each row against the text, gives
it its indicator and document, and imports what stands (`read_figures`).
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmark.language.around import SEVERAL, mentions
from benchmark.language.drafting import Drafted, drafted
from benchmark.language.reading import known_words, recognise
from sources.draft_text import Passage, passages

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = (
    "draft",
    "reviewed",
    "country",
    "country_basis",
    "year",
    "value",
    "value_low",
    "unit",
    "unit_mult",
    "decimals",
    "qualifier",
    "role",
    "sense",
    "pool_size",
    "language",
    "locator",
    "words",
    "context",
)
"""Columns of a draft; those that the figures table has mean the same here."""
MARK = "draft"
"""What stands in the first column of every row, wherever it goes."""
_SHARE = 0.8
"""Share of the mentions of countries that one needs to be taken for the country of a text."""
_DOMAINS = {"dk": "DNK", "no": "NOR", "se": "SWE", "fi": "FIN", "is": "ISL", "ee": "EST"}
_DOMAIN = re.compile(rf"\w\.({'|'.join(_DOMAINS)})\b(?!\.\w)", re.IGNORECASE)


@dataclass(frozen=True, eq=False)
class Draft:
    """Proposed rows.

    Attributes
    ----------
    frame : pandas.DataFrame
        One row a figure found, columns of `COLUMNS`; `reviewed` is left for a person to fill in.
    file : str
        Name of the text.
    language : str
        The language most of it is in.

    Examples
    --------
    >>> Draft.of([], "a.txt", "da")
    0 figures proposed from a.txt; a draft to be reviewed, no published figures
    """

    frame: "pd.DataFrame"
    file: str
    language: str

    @classmethod
    def of(cls, rows: Iterable[dict[str, Any]], file: str, language: str) -> "Draft":
        """Make a draft of rows."""
        import pandas as pd

        frame = pd.DataFrame(list(rows), columns=list(COLUMNS))
        whole = ("year", "unit_mult", "decimals", "pool_size")
        return cls(frame.astype(dict.fromkeys(whole, "Int64")), file, language)

    def csv(self) -> str:
        """Write the rows as CSV; a cell that a spreadsheet would run is made a text."""
        from sources.own_files_write import as_csv

        plain = self.frame.astype(object).where(self.frame.notna(), "")
        return as_csv([list(plain.columns), *plain.to_numpy(dtype=object).tolist()])

    def save(self, path: "str | Path") -> Path:
        """Write the rows to a CSV file, whole or not at all.

        Parameters
        ----------
        path : path
            The file; its folder must exist.

        Returns
        -------
        Path
            The file.
        """
        from sources.own_files_write import write_file

        return write_file(Path(path), self.csv())

    def __repr__(self) -> str:
        """Count the rows, and say what they are."""
        count = "1 figure" if len(self.frame) == 1 else f"{len(self.frame)} figures"
        return f"{count} proposed from {self.file}; a draft to be reviewed, no published figures"

    def _repr_html_(self) -> str:
        from html import escape

        return f"<p><strong>{escape(repr(self))}</strong></p>{self.frame.to_html()}"


def draft(source: "str | Path | bytes", lang: str | None = None) -> Draft:
    """Find the figures in a text and propose them as rows for a person to review.

    Parameters
    ----------
    source : path or bytes
        Plain text, Markdown or HTML in English, Danish, Norwegian bokmål or Swedish.
    lang : {"en", "da", "nb", "sv"}, optional
        Its language; found out when absent.

    Returns
    -------
    Draft
        ``.frame`` is the table, ``.save(path)`` writes it as CSV. Country and year are guesses from
        the same sentence, or for the country from the whole text (``country_basis`` says which).

    Raises
    ------
    BenchmarkError
        If the file is no text, or cannot be read.

    Examples
    --------
    >>> found = draft("I 2023 hadde 47 prosent av nordmenn tillit, mot 50 prosent i 2020.".encode())
    >>> found.frame[["country", "year", "value", "unit", "locator"]].values.tolist()
    [['NOR', 2023, 47.0, 'percent', 'text:1'], ['NOR', 2020, 50.0, 'percent', 'text:1']]
    """
    file, parts = passages(source)
    whole = "\n".join(part.text for part in parts)
    main = lang or recognise(whole)
    home = _home(whole)
    rows = (
        _row(figure, part, file, spoken, home)
        for part in parts
        for spoken in [lang or _language(part.text, main)]
        for figure in drafted(part.text, spoken)
    )
    return Draft.of(rows, file, main)


def _language(text: str, main: str) -> str:
    """Take a paragraph to be in the language of the text unless its words clearly say otherwise."""
    counts = known_words(text)
    best = max(counts, key=lambda lang: (counts[lang], lang == main))
    return best if counts[best] >= max(5, 2 * counts[main]) else main


def _home(text: str) -> str:
    """Guess the country a text is about: the one it speaks of nearly always."""
    counts = Counter(m.what for m in mentions(text) if m.what != SEVERAL)
    counts.update(_DOMAINS[end.lower()] for end in _DOMAIN.findall(text))
    if not counts:
        return ""
    code, most = counts.most_common(1)[0]
    return str(code) if most >= _SHARE * counts.total() else ""


def _row(figure: Drafted, part: Passage, file: str, lang: str, home: str) -> dict[str, Any]:
    said = figure.country
    country, basis = (said, "sentence") if said else (home, "text" if home else "")
    if said == SEVERAL:
        country, basis = "", "several"
    return {
        "draft": MARK,
        "reviewed": "",
        "country": country,
        "country_basis": basis,
        "year": figure.year,
        "value": figure.value,
        "value_low": figure.low,
        "unit": figure.unit,
        "unit_mult": figure.unit_mult,
        "decimals": figure.decimals,
        "qualifier": figure.qualifier,
        "role": figure.role,
        "sense": figure.sense,
        "pool_size": figure.pool,
        "language": lang,
        "locator": f"{file}:{part.line(figure.start)}",
        "words": figure.words,
        "context": figure.sentence,
    }
