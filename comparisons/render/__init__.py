"""Ways out of a view: plain text, Markdown, HTML, LaTeX, CSV, JSON, and files of Word and Excel."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmark.errors import UnknownName
from benchmark.schema import LANGUAGES

if TYPE_CHECKING:
    from comparisons.view import View

FORMATS: Final = {
    "text": "terminal",
    "md": "markdown",
    "html": "html",
    "csv": "as_csv",
    "json": "as_json",
    "tex": "latex",
    "docx": "word",
    "xlsx": "excel",
}
"""Formats and the module that writes each."""

ALIASES: Final = {
    "txt": "text",
    "terminal": "text",
    "markdown": "md",
    "htm": "html",
    "latex": "tex",
    "word": "docx",
    "excel": "xlsx",
}


def render(view: "View", format: str, lang: str) -> str | bytes:
    """Write a view in one format; see `View.render`."""
    name = _known(format, lang)
    writer: Callable[[View, str], str | bytes] = import_module(f"{__name__}.{FORMATS[name]}").render
    return writer(view, lang)


def save(view: "View", path: Path, format: str | None, lang: str) -> list[Path]:
    """Write a view to one file or, as CSV, to two; see `View.save`."""
    from comparisons.render.files import write

    name = _known(format or path.suffix.lstrip("."), lang)
    if name != "csv":
        return write({path: render(view, name, lang)})
    from comparisons.render import as_csv

    beside = path.with_name(f"{path.stem}-notes{path.suffix}")
    return write({path: as_csv.data(view), beside: as_csv.notes(view, lang)})


def _known(format: str, lang: str) -> str:
    name = ALIASES.get(format.lower(), format.lower())
    if name not in FORMATS:
        raise UnknownName(
            f"no format {format!r}: choose one of {', '.join(FORMATS)}"
            " (or a file name that ends so)"
        )
    if lang not in LANGUAGES:
        raise UnknownName(f"no language {lang!r}: choose one of {', '.join(LANGUAGES)}")
    return name
