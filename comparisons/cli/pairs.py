"""Commands about one pair of figures: compare and check."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from comparisons.cli import REFUSED
from comparisons.cli.commands import command
from comparisons.cli.flags import rule_options
from comparisons.cli.options import Asked, read, settle
from comparisons.cli.output import faces, show_text

if TYPE_CHECKING:
    from benchmark.figure import Figure
    from benchmark.rules import Comparison


@command(
    "compare DNK/dst.help_needed/2022 DNK/dst.help_needed/2024",
    "compare Danmark/gti.needs_met/2021 Norge/gti.needs_met/2021 --lang sv",
)
@click.argument("a")
@click.argument("b")
@rule_options
def compare(a: str, b: str, **options: Any) -> None:
    """Say whether the figures at the addresses A and B may be compared, and what may be said.

    An address is AREA/INDICATOR/YEAR; `nordbench figures INDICATOR` lists them. The exit code is
    3 if the figures may not be compared.
    """
    asked = read(options)
    from comparisons.judgements import of_comparison, rows_of
    from sources.catalogue import compare as judge

    first, second = pair = _figures((a, b), asked)
    found = judge(first, second, asked.config)
    page = of_comparison(found, asked.lang, pair)
    show_text(faces(page, rows_of(found, asked.lang), found.to_dict(asked.lang)), asked)
    _end(found)


@command(
    'check DNK/dst.help_needed/2022 DNK/dst.help_needed/2024 "fell by 6 percentage points"',
    'check DNK/dst.trust_digital_services/2023 "næsten fire ud af fem" --lang da',
)
@click.argument("addresses", nargs=-1, required=True, metavar="A [B] CLAIM")
@rule_options
def check(addresses: tuple[str, ...], **options: Any) -> None:
    """Hold a CLAIM, a sentence in any of the four languages, against the figures at A and B.

    B is left out where the sentence speaks of one figure. The exit code is 3 if the figures may
    not be compared.
    """
    asked = read(options)
    if len(addresses) not in (2, 3):
        raise click.UsageError(
            "write one or two addresses and then the sentence, in quotation marks"
        )
    *places, claim = addresses
    from comparisons.judgements import of_check, reasons_of
    from sources.catalogue import check as hold

    pair = _figures(places, asked)
    found = hold(pair[0], pair[1] if len(pair) > 1 else None, claim, config=asked.config)
    page = of_check(found, asked.lang, pair)
    show_text(faces(page, reasons_of(found, asked.lang), found.to_dict(asked.lang)), asked)
    _end(found.comparison)


def _end(found: "Comparison | None") -> None:
    """Tell by the exit code that the figures may not be compared."""
    if found is not None and found.verdict == "not_comparable":
        click.get_current_context().exit(REFUSED)


def _figures(addresses: Sequence[str], asked: Asked) -> "list[Figure]":
    """Find every figure; all addresses that lead nowhere are named at once."""
    from sources.catalogue import finder

    find = finder(asked.figures or None)
    found = settle({str(k): partial(find, one) for k, one in enumerate(addresses)})
    return list(found.values())
