"""Numbers and words in English, Danish, Norwegian and Swedish: written, and read back."""

from benchmark.language.claimed import Claimed
from benchmark.language.formatting import join, number, ordinal_rank, percent, term, typeset
from benchmark.language.reading import read_claims, recognise
from benchmark.language.tokens import read_number

__all__ = [
    "Claimed",
    "join",
    "number",
    "ordinal_rank",
    "percent",
    "read_claims",
    "read_number",
    "recognise",
    "term",
    "typeset",
]
