"""The command that asks publishers, and what it shows of them."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from comparisons.cli.commands import command
from comparisons.cli.flags import page_options
from comparisons.cli.options import Asked, read
from comparisons.cli.output import faces, show_text
from sources.live.publishers import Publisher, publisher, publishers

if TYPE_CHECKING:
    from comparisons.document import Document
    from sources.vintages import Vintage

_HOSTS = "\n".join(f"  {one.id}: {', '.join(one.hosts)}" for one in publishers().values())
_VINTAGE = ("vintage", "fetched", "checked", "parts", "size", "sha256")
_OFFERED = ("source", "publisher", "table", "title")


@command(
    "update --list",
    "update eurostat isoc_ciegi_ac",
    "update dst BEBRIT09 --languages da",
    "update eurostat --offline",
)
@click.argument("source", required=False)
@click.argument("tables", nargs=-1)
@click.option("--list", "listed", is_flag=True, help="List what can be fetched; ask nobody.")
@click.option("--offline", is_flag=True, help="Ask nobody; show what was fetched before.")
@click.option(
    "--cache",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Keep answers here.  [default: NORDBENCH_CACHE, else the platform's place for caches]",
)
@click.option("--languages", metavar="LANGS", help="Languages of the labels, such as da,en.")
@page_options
def update(
    source: str | None,
    tables: tuple[str, ...],
    listed: bool,
    offline: bool,
    cache: Path | None,
    languages: str | None,
    **options: Any,
) -> None:
    """Fetch TABLES of a SOURCE, or all that are registered, and keep them as vintages.

    This is the only command that uses the network, and it asks only the hosts listed
    below. A fetch that was interrupted goes on where it stopped; an answer
    that has not changed is not sent again.
    """
    asked = read(options)
    if listed or source is None:
        return _list(source, asked)
    from comparisons.texts import text
    from sources.live.update import update as fetch

    spoken = languages.replace(",", " ").split() if languages else None
    found = fetch(source, tables or None, offline=offline, cache=cache, languages=spoken)
    title = text("vintages.held" if offline else "vintages.fetched", asked.lang, source=source)
    return show(found, title, asked)


update.epilog = f"{update.epilog}\n\n\b\nSources and the only hosts asked for each:\n{_HOSTS}"


def show(found: "Iterable[Vintage]", title: str, asked: Asked) -> None:
    """Print vintages, one a line.

    Parameters
    ----------
    found : iterable of Vintage
        Which.
    title : str
        Heading.
    asked : Asked
        Format, language and file.
    """
    rows: list[dict[str, Any]] = [
        {"vintage": one.id, "fetched": one.fetched[:19], "checked": one.checked[:19]}
        | {"parts": len(one.parts), "size": one.size, "sha256": one.sha256}
        for one in found
    ]
    lines = ([str(row[name]) for name in _VINTAGE[:-1]] + [row["sha256"][:12]] for row in rows)
    show_text(faces(_page(title, _VINTAGE, lines, asked), rows, rows), asked)


def _page(
    title: str,
    names: Iterable[str],
    lines: Iterable[list[str]],
    asked: Asked,
    lead: tuple[str, ...] = (),
) -> "Document":
    from comparisons.document import Document, table
    from comparisons.texts import text

    heads = [text(f"vintages.head.{name}", asked.lang) for name in names]
    return Document(title, asked.lang, (table("vintages", "", heads, lines),), lead)


def _list(source: str | None, asked: Asked) -> None:
    from comparisons.texts import text

    chosen = [publisher(source)] if source else list(publishers().values())
    rows = [row for one in chosen for row in _offered(one, asked.lang)]
    hosts = ", ".join(dict.fromkeys(host for one in chosen for host in one.hosts))
    lead = (text("vintages.others", asked.lang, hosts=hosts),)
    lines = ([row[name] for name in _OFFERED] for row in rows)
    title = text("vintages.offered", asked.lang)
    show_text(faces(_page(title, _OFFERED, lines, asked, lead), rows, rows), asked)


def _offered(one: Publisher, lang: str) -> Iterator[dict[str, str]]:
    """List the tables of a publisher; one that has none registered is listed all the same."""
    from sources.catalogue import registry

    head = {"source": one.id, "publisher": one.title}
    if not one.tables:
        yield head | {"table": "", "title": ""}
    for name, entry in one.tables.items():
        document = registry().documents.get(entry.get("document", ""), {})
        words = entry["title"][lang] if "title" in entry else str(document.get("title", ""))
        yield head | {"table": name, "title": words}
