"""What a command was asked for, read and checked at once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmark.errors import BenchmarkError, UnknownName, listing
from benchmark.schema import LANGUAGES

if TYPE_CHECKING:
    import xarray as xr

    from benchmark.rules.config import Thresholds

FORMATS = ("terminal", "markdown", "html", "csv", "json")
BRIEFS = ("terminal", "markdown", "html", "json", "docx")
FILES = ("tex", "docx", "xlsx")
PICTURES = ("svg", "png")
"""What every answer and the brief are written in, and what else views and pictures."""
SHOWN = (*FORMATS, *FILES)
DRAWN = (*SHOWN, *PICTURES)
"""What a view is written in, and one that can be drawn."""
BINARY = ("docx", "xlsx", *PICTURES)
"""What goes to a file only."""
ENDINGS = {"txt": "terminal", "text": "terminal", "md": "markdown", "htm": "html"}
"""Other names of the formats, as endings of files."""


@dataclass(frozen=True)
class Asked:
    """Options of a command, read and checked.

    Parameters
    ----------
    format : str
        One of `FORMATS`, or of `PICTURES` for a view that can be drawn.
    lang : str
        One of the four languages.
    output : pathlib.Path or None
        File to write to; None prints.
    countries : str or None
        Names, codes and groups, all of them known; None leaves the choice to the comparator.
    config : Thresholds or None
        Thresholds of the rules; None for the defaults.
    override : str or None
        Reason for letting a refused comparison through.
    as_of : str or None
        Only what was published by then.
    figures : tuple of str
        Folders of figures, or installed sources, to set beside the shipped figures.
    """

    format: str = "terminal"
    lang: str = "en"
    output: Path | None = None
    countries: str | None = None
    config: "Thresholds | None" = None
    override: str | None = None
    as_of: str | None = None
    figures: tuple[str, ...] = ()

    @property
    def insisting(self) -> dict[str, Any]:
        """What every comparator that judges takes: thresholds, and a reason to go on."""
        return {"config": self.config, "override": self.override}

    def cube(self) -> "xr.Dataset":
        """Load the cube of the shipped figures and of those set beside them."""
        from sources.catalogue import load

        return load(as_of=self.as_of, figures=self.figures or None)


def newest(cube: "xr.Dataset", indicator: str) -> int:
    """Find the newest year of an indicator.

    Parameters
    ----------
    cube : xarray.Dataset
        dims (country, indicator, year).
    indicator : str
        Its id.

    Returns
    -------
    int
    """
    from comparisons.selection import select

    return int(select(cube, [indicator])["year"].max())


def read(
    options: Mapping[str, Any], *, formats: Sequence[str] = FORMATS, indicators: Sequence[str] = ()
) -> Asked:
    """Read the options of a command; everything wrong with them is said at once.

    Parameters
    ----------
    options : mapping
        As click gives them; options a command does not have may be left out.
    formats : sequence of str
        What the command can write.
    indicators : sequence of str
        Indicators that must exist.

    Returns
    -------
    Asked

    Raises
    ------
    UnknownName
        Naming every format, language, country, indicator and threshold that is not known.
    """
    output = options.get("output")
    filed = "output" in options and output is None
    steps: dict[str, Callable[[], Any]] = {
        "format": lambda: _format(options.get("format"), output, formats, filed),
        "lang": lambda: _lang(options.get("lang", "en")),
        "countries": lambda: _countries(options.get("countries")),
        "config": lambda: _thresholds(options.get("threshold", ())),
        "override": lambda: _reason(options.get("override")),
        "as_of": lambda: _day(options.get("as_of")),
        "figures": lambda: tuple(options.get("figures", ())),
        "indicators": lambda: _indicators(indicators, options.get("figures", ())),
    }
    found = settle(steps)
    del found["indicators"]
    return Asked(**found, output=output)


def settle(steps: Mapping[str, Callable[[], Any]]) -> dict[str, Any]:
    """Take every step; if any went wrong, say all that did.

    Parameters
    ----------
    steps : mapping
        What reads each thing.

    Returns
    -------
    dict
        What each step gave.

    Raises
    ------
    BenchmarkError
        With the messages of all steps that failed.
    """
    found, problems = {}, []
    for name, step in steps.items():
        try:
            found[name] = step()
        except BenchmarkError as error:
            problems.append(str(error).replace("\n", "\n  "))
    if len(problems) == 1:
        raise BenchmarkError(problems[0].replace("\n  ", "\n"))
    if problems:
        raise BenchmarkError(listing(f"{len(problems)} things cannot be used", problems))
    return found


def _format(given: str | None, output: Path | None, formats: Sequence[str], filed: bool) -> str:
    """Read the format; `filed` says that what needs a file has none."""
    named = (given or (output.suffix.lstrip(".") if output else "terminal")).lower()
    name = ENDINGS.get(named, named)
    if name not in formats or (filed and name in BINARY):
        why = (
            f"no format {named!r}"
            if named
            else f"{str(output)!r} has no ending that names a format"
        )
        if name in formats:
            why = f"{name} is written to a file: give --output"
        raise UnknownName(f"{why}; choose --format {', '.join(formats)}")
    return name


def _lang(given: str) -> str:
    if given not in LANGUAGES:
        raise UnknownName(f"no language {given!r}; choose --lang {', '.join(LANGUAGES)}")
    return given


def _countries(given: str | None) -> str | None:
    if given is not None:
        from benchmark.areas import countries

        countries(given)
    return given


def _day(given: str | None) -> str | None:
    if given is not None:
        from benchmark.cube import last_day

        last_day(given)
    return given


def _reason(given: str | None) -> str | None:
    if given is not None and not given.strip():
        raise BenchmarkError("--override needs a reason in words; it stands on the result")
    return given


def _indicators(given: Sequence[str], figures: Sequence[str]) -> None:
    if not given:
        return
    from benchmark.registry import unknown
    from sources.catalogue import known_indicators

    known = sorted(known_indicators(figures))
    strange = [unknown("indicator", name, known) for name in given if name not in known]
    if strange:
        raise UnknownName("; ".join(strange))


def _thresholds(given: Sequence[str]) -> "Thresholds | None":
    if not given:
        return None
    from dataclasses import fields, replace

    from benchmark.rules.config import Thresholds

    names = [one.name for one in fields(Thresholds)]
    values, problems = {}, []
    for text in given:
        name, _, number = text.partition("=")
        try:
            values[name] = float(number.replace(",", "."))
        except ValueError:
            problems.append(f"--threshold {text!r}: write name=number")
            continue
        if name not in names:
            problems.append(f"--threshold {name!r}: no such threshold; known: {', '.join(names)}")
    if problems:
        raise UnknownName("; ".join(problems))
    return replace(Thresholds(), **values)
