"""What every source of figures keeps, and a check of it for authors of adapters.

``check(adapter)`` names everything that is wrong; a test of an adapter is one line::

    def test_the_adapter_keeps_the_contract() -> None:
        assert not check(my_adapter)
"""

import inspect
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from benchmark.errors import BenchmarkError
from sources.own_files_beside import registry_of, united

if TYPE_CHECKING:
    import pandas as pd

    from benchmark.figures import Evidence
    from benchmark.registry import Registry

CLAUSES: Mapping[str, str] = {
    "form": "has a function read(registry) and, if it defines anything, registry_files()",
    "registry": "its registry entries keep the schema and go together with the shipped ones",
    "table": "read gives a table of known columns with at least one row",
    "rows": "every row can stand: key, codes, units, periods, provenance",
    "beside": "its figures can stand beside the shipped ones: no key is there twice",
    "offline": "reading asks no network",
    "pure": "two readings give the same figures, and the registry stays as it was",
    "provenance": "every figure has a document with a licence, and a place in it",
    "used": "every indicator and document it defines has a figure",
    "found": "every figure is found again by its address",
}
"""The clauses of the contract, in the order they are checked."""


def check(adapter: Any, name: str = "") -> list[str]:
    """Hold an adapter against the contract of sources.

    Parameters
    ----------
    adapter : module or object
        Has ``read(registry) -> DataFrame`` (rows of the figures table; columns left out take their
        defaults) and perhaps ``registry_files() -> list of paths`` (TOML files, or folders of
        them).
    name : str
        What to call it in messages; its own name when empty.

    Returns
    -------
    list of str
        Everything that is wrong, ``clause: what``; empty if nothing is.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> check(SimpleNamespace(), "mine")
    ['form: mine has no function read(registry)']
    """
    name = name or str(getattr(adapter, "__name__", type(adapter).__name__))
    faults = list(_form(adapter, name))
    if faults:
        return faults
    try:
        registry = registry_of(adapter)
    except BenchmarkError as error:
        return [f"registry: {error}"]
    except Exception as error:
        return [f"registry: registry_files() raises {error!r}"]
    asked: list[str] = []
    try:
        with _no_network(asked):
            frame = adapter.read(registry)
            again = adapter.read(registry)
    except Exception as error:
        network = [f"offline: it asks {asked[0]}"] if asked else []
        return [*network, f"table: read(registry) raises {error!r}"]
    faults += [f"offline: it asks {host}" for host in dict.fromkeys(asked)]
    return faults + list(_figures(adapter, name, registry, frame, again))


def _form(adapter: Any, name: str) -> Iterator[str]:
    read = getattr(adapter, "read", None)
    if not callable(read):
        yield f"form: {name} has no function read(registry)"
        return
    try:
        inspect.signature(read).bind(None)
    except TypeError:
        yield f"form: {name}.read must take one argument, the registry"
    files = getattr(adapter, "registry_files", None)
    if files is not None and not callable(files):
        yield f"form: {name}.registry_files must be a function that gives a list of paths"


@contextmanager
def _no_network(asked: list[str]) -> Iterator[None]:
    """Note, and refuse, every connection that is asked for."""

    def refuse(self: socket.socket, address: Any) -> None:
        asked.append(str(address))
        raise OSError(f"the contract of sources allows no network, but {address} was asked")

    plain = socket.socket.connect
    socket.socket.connect = refuse  # type: ignore[assignment, method-assign]
    try:
        yield
    finally:
        socket.socket.connect = plain  # type: ignore[method-assign]


def _figures(
    adapter: Any, name: str, registry: "Registry", frame: Any, again: Any
) -> Iterator[str]:
    """Check the figures themselves; what rests on a clause is not checked where that is broken."""
    import pandas as pd

    from benchmark.figures import gather

    if not isinstance(frame, pd.DataFrame) or frame.empty:
        yield f"table: read(registry) gives no rows but {type(frame).__name__}"
        return
    try:
        evidence = gather({name: frame}, registry)
    except BenchmarkError as error:
        yield f"rows: {error}"
        return
    yield from _pure(adapter, name, evidence, again)
    yield from _provenance(evidence)
    yield from _beside(adapter, name, evidence)
    yield from _found(evidence)


def _pure(adapter: Any, name: str, evidence: "Evidence", again: "pd.DataFrame") -> Iterator[str]:
    from benchmark.figures import gather

    try:
        same = gather({name: again}, evidence.registry).hash == evidence.hash
    except BenchmarkError:
        same = False
    if not same:
        yield "pure: a second reading gives other figures"
    if registry_of(adapter) != evidence.registry:
        yield "pure: reading changes the registry"


def _provenance(evidence: "Evidence") -> Iterator[str]:
    figures = evidence.figures
    empty = figures.index[[not str(place).strip() for place in figures["locator"]]]
    if len(empty):
        yield f"provenance: {len(empty)} figures have no locator, first in row {empty[0] + 2}"
    for name in sorted(figures["document"].astype(str).unique()):
        if not str(evidence.registry.documents[name].get("licence", "")).strip():
            yield f"provenance: document {name} states no licence"


def _beside(adapter: Any, name: str, evidence: "Evidence") -> Iterator[str]:
    """Check what an adapter of another package adds; a shipped one stands in the table already."""
    from benchmark.figures import gather
    from sources import catalogue

    shipped = catalogue.registry()
    if not hasattr(adapter, "registry_files"):
        return
    own = evidence.figures
    for kind, column in (("indicators", "indicator"), ("documents", "document")):
        defined = set(getattr(evidence.registry, kind)) - set(getattr(shipped, kind))
        for idle in sorted(defined - set(own[column].astype(str))):
            yield f"used: {kind[:-1]} {idle} has no figure"
    try:
        together = united([shipped, evidence.registry])
        gather({"shipped figures": catalogue.evidence().figures, name: own}, together)
    except BenchmarkError as error:
        yield f"beside: {error}"


def _found(evidence: "Evidence") -> Iterator[str]:
    from benchmark.addresses import address, find

    lost = []
    rows = range(0, len(evidence.figures), max(1, len(evidence.figures) // 200))
    for row in rows:
        told = address(evidence.figures.iloc[row])
        try:
            find(evidence, told)
        except BenchmarkError:
            lost.append(told)
    if lost:
        yield f"found: {len(lost)} of {len(rows)} figures not found by address, first {lost[0]}"
