"""`nordbench` and its commands; each command's module is imported when it is used."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

import click

from benchmark.errors import BenchmarkError, NotComparable
from comparisons.cli import REFUSED, WRONG

COMMANDS = {
    "brief": ("brief", "Write and print a brief on some countries."),
    "table": ("views", "Latest figures of countries side by side, with verdicts."),
    "rank": ("ranks", "Rank countries on an indicator in a year."),
    "rank-change": ("ranks", "What moved a country in a ranking: itself, others, newcomers."),
    "agreement": ("ranks", "How far rankings of the same countries agree."),
    "trend": ("views", "Follow an indicator over time, never across a break."),
    "index": ("index", "Put indicators together into one score, with its uncertainty."),
    "matrix": ("views", "Which of many figures may be compared with which."),
    "gap": ("gaps", "How far countries stand from a leader, a group or a target."),
    "group": ("gaps", "One value for a group of countries, by a rule you declare."),
    "convergence": ("gaps", "Whether countries draw together over the years."),
    "peers": ("peers", "Which countries are alike on several indicators."),
    "profile": ("peers", "One country against its peers, indicator by indicator."),
    "compare": ("pairs", "May two figures be compared, and what may be said?"),
    "check": ("pairs", "Hold a sentence against the figures it speaks of."),
    "explain": ("lists", "Everything known of one figure."),
    "figures": ("lists", "Published figures of an indicator, with addresses."),
    "indicators": ("lists", "Indicators, or those of one concept."),
    "documents": ("lists", "Documents that figures were read from."),
    "rules": ("lists", "What each rule looks at, with an example."),
    "import": ("own", "Read your own figures from a file, to set beside the shipped ones."),
    "draft": ("draft", "Find figures in a text and propose rows for a person to review."),
    "catalogue": ("catalogue", "All there is to know of an indicator, or a list of them."),
    "update": ("update", "Fetch tables from a publisher; the only command that asks the network."),
    "vintages": ("vintages", "What was fetched, when, and from where."),
    "diff": ("diff", "What changed between two vintages, files or figures tables."),
    "audit": ("audit", "Check the shipped figures; ends with 1 where an error stands."),
}
"""Commands in the order of the help: the module that holds each, and what it does."""
NAMES = {"import": "import_", "rank-change": "rank_change"}
"""Functions that cannot bear the name of their command."""


class Wrong(click.ClickException):
    """Input that cannot be used."""

    exit_code = WRONG


class Refused(click.ClickException):
    """A comparison that may not be made."""

    exit_code = REFUSED

    def show(self, file: Any = None) -> None:
        """Print the refusal as it stands: it is an answer, not a fault."""
        click.echo(self.message, file=file, err=file is None)


class Command(click.Command):
    """A command whose errors end with one message and an exit code, in the language asked for."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except BenchmarkError as error:
            texts = getattr(error, "texts", {})
            told = texts[ctx.params["lang"]] if texts else str(error)
            told = told.replace('override="..."', '--override "..."')
            refused = isinstance(error, NotComparable)
            raise (Refused if refused else Wrong)(told) from error


def command(*examples: str) -> Callable[[Callable[..., Any]], Command]:
    """Make a command of a function.

    Parameters
    ----------
    *examples : str
        Arguments that show how it is used.

    Returns
    -------
    callable
        A decorator; the docstring of the function is the help of the command.
    """
    lines = "\n".join(f"  nordbench {one}" for one in examples)
    # The mark keeps the lines of the examples as they are.
    return click.command(cls=Command, epilog=f"\b\nExamples:\n{lines}" if examples else None)


class Front(click.Group):
    """The commands, found by name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands in the order of the help."""
        return list(COMMANDS)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, short) for name, (_, short) in COMMANDS.items()])

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Import one command."""
        if name not in COMMANDS:
            return None
        module, _ = COMMANDS[name]
        found: click.Command = getattr(
            import_module(f"comparisons.cli.{module}"), NAMES.get(name, name)
        )
        return found


def _version(ctx: click.Context, parameter: click.Parameter, wanted: bool) -> None:
    if wanted:
        from importlib.metadata import PackageNotFoundError, version

        try:
            click.echo(f"nordbench {version('nordbench')}")
        except PackageNotFoundError:
            click.echo("nordbench, run from its folder without being installed")
        ctx.exit()


EPILOG = """\b
Examples:
  nordbench brief
  nordbench table --countries nordic --lang sv
  nordbench rank egov.transparency 2021 --countries nordic
  nordbench compare DNK/dst.trust_digital_services/2023 NOR/no.trust_personal_data/2021

Exit codes: 0 answered, 1 the audit found an error, 2 input that cannot be used, 3 a comparison
that may not be made."""


@click.group(cls=Front, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_version,
    help="Show the version and exit.",
)
def nordbench() -> None:
    """Compare published figures on digital public services across countries.

    No comparison leaves without a verdict (comparable, comparable with caution, not comparable)
    and its reasons. Works offline, on the figures that come with it; only `update` asks anybody.
    """
