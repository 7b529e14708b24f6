"""HTML: an accessible page of its own, or a fragment for notebooks; nothing is fetched."""

import zlib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from benchmark.language import typeset
from comparisons.render.face import Face, face

if TYPE_CHECKING:
    from jinja2 import Environment

    from comparisons.view import View


def render(view: "View", lang: str = "en") -> str:
    """Write a view as a whole page.

    Parameters
    ----------
    view : View
        Any view.
    lang : {"en", "da", "nb", "sv"}

    Returns
    -------
    str
        One HTML document with its style inside.
    """
    return document([face(view, lang)], view.title[lang], lang)


def document(pages: Sequence[Face], title: str, lang: str, lead: str = "") -> str:
    """Write several faces into one page.

    Parameters
    ----------
    pages : sequence of Face
        In the order of reading.
    title : str
        Title of the document.
    lang : {"en", "da", "nb", "sv"}
        Its language.
    lead : str
        A paragraph before the first; none if empty.

    Returns
    -------
    str
        One HTML document with its style inside; it asks nothing of the network.
    """
    alone = len(pages) == 1 and not lead
    bodies = [body(page, f"v{k}", 1 if alone else 2) for k, page in enumerate(pages, 1)]
    filled = environment().get_template("page.html")
    return filled.render(
        title=title, lang=lang, lead=lead, style=style(), single=alone, bodies=bodies
    )


def fragment(view: "View", lang: str) -> str:
    """Write a view for a place inside another page, such as a notebook cell."""
    # Several views may stand in one notebook: footnotes need names of their own.
    key = f"v{zlib.crc32(str((view.kind, view.title['en'])).encode()):08x}"
    return f"<style>{style()}</style>{body(face(view, lang), key, 2)}"


def body(page: Face, key: str, level: int) -> str:
    """Write a face as one section; `key` begins the ids of its footnotes, `level` its headings."""
    return environment().get_template("view.html").render(page=page, key=key, level=level)


@cache
def environment() -> "Environment":
    """Load the templates; what is filled in is escaped."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=PackageLoader("comparisons.render"),
        autoescape=True,
        keep_trailing_newline=True,
        lstrip_blocks=True,
        trim_blocks=True,
        undefined=StrictUndefined,
    )
    made.filters["minus"] = typeset
    return made


@cache
def style() -> str:
    """Read the style of pages and fragments."""
    return files("comparisons.render").joinpath("templates/style.css").read_text("utf-8")
