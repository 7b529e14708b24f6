"""Figures that do not come with the toolkit, set beside those that do.

They come from a folder that `nordbench import` has written (or somebody by hand), from
`read_figures`, or from an installed package that registers an adapter under the entry point group
`nordbench.sources`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import tomli

from benchmark.errors import BenchmarkError, InvalidRegistry, UnknownName, listing
from benchmark.figures import Evidence, gather
from benchmark.registry import KINDS, Registry, read
from sources.own_files_map import strange_ids

if TYPE_CHECKING:
    import pandas as pd

GROUP = "nordbench.sources"
"""Entry point group of adapters in other packages."""


class Adapter(Protocol):
    """What gives figures: a module, or anything else with a function `read`.

    It may also have `registry_files() -> list of paths`, the TOML files (or folders of them) with
    the registry entries of its figures.
    """

    def read(self, registry: Registry) -> "pd.DataFrame":
        """Return rows of the figures table; columns left out take their defaults."""


@dataclass(frozen=True)
class Folder:
    """A folder with `figures.csv` and registry files, as an adapter.

    Attributes
    ----------
    path : Path
        The folder.
    """

    path: Path

    def registry_files(self) -> list[Path]:
        """List its TOML files."""
        return sorted(self.path.glob("*.toml"))

    def read(self, registry: Registry) -> "pd.DataFrame":
        """Read its table."""
        import pandas as pd

        table = self.path / "figures.csv"
        try:
            return pd.read_csv(table, dtype=str, keep_default_na=False, encoding="utf-8")
        except (OSError, ValueError) as error:
            raise BenchmarkError(f"{table} cannot be read as a table of figures: {error}") from None


Own = str | Path | Evidence | Adapter
"""A folder, the name of an installed source, figures that were read, or an adapter."""


def beside(shipped: Evidence, own: "Own | Iterable[Own]") -> Evidence:
    """Set own figures beside the shipped ones.

    Parameters
    ----------
    shipped : Evidence
        What comes with the toolkit.
    own : folder, name of an installed source, Evidence, adapter, or several of these
        What is added.

    Returns
    -------
    Evidence
        All figures, checked together, with all definitions.

    Raises
    ------
    BenchmarkError
        If something cannot be found or read.
    InvalidRegistry
        If two of them define one id differently, or an entry cannot be used.
    InvalidFigures
        If rows cannot stand, or two stand for one key.
    """
    several = isinstance(own, (list, tuple, set, frozenset))
    parts = [_loaded(one) for one in (own if several else [own])]  # type: ignore[union-attr]
    registry = united([shipped.registry, *(part.registry for _, part in parts)])
    frames = {"shipped figures": shipped.figures}
    for number, (name, part) in enumerate(parts, start=1):
        frames[name if name not in frames else f"{name} ({number})"] = part.figures
    return gather(frames, registry)


def _loaded(own: Any) -> tuple[str, Evidence]:
    if isinstance(own, Evidence):
        return getattr(own, "name", "own figures"), own
    if not isinstance(own, (str, Path)):
        name = getattr(own, "__name__", type(own).__name__)
        return name, adapted(own, name)
    if Path(own).is_dir():
        name = str(Path(own) / "figures.csv")
        return name, adapted(Folder(Path(own)), name)
    return str(own), adapted(installed(str(own)), str(own))


def adapted(adapter: Any, name: str) -> Evidence:
    """Read the figures and the registry entries of an adapter.

    Parameters
    ----------
    adapter : Adapter
        Has `read`, and perhaps `registry_files`.
    name : str
        What to call it in messages.

    Returns
    -------
    Evidence
        Its own figures; the registry holds the shipped definitions, too.

    Raises
    ------
    BenchmarkError
        If it is no adapter, or what it gives cannot be used.
    """
    if not callable(getattr(adapter, "read", None)):
        raise BenchmarkError(f"{name} is no source of figures: it has no function read(registry)")
    registry = registry_of(adapter)
    return gather({name: adapter.read(registry)}, registry)


def registry_of(adapter: Any) -> Registry:
    """Read the shipped registry together with the entries of an adapter.

    Parameters
    ----------
    adapter : Adapter
        Has perhaps `registry_files`.

    Returns
    -------
    Registry

    Raises
    ------
    InvalidRegistry
        Naming every entry that cannot be used.
    """
    from sources.catalogue import registry, registry_files

    if not hasattr(adapter, "registry_files"):
        return registry()
    own = list(adapter.registry_files())
    offenders = [line for path in own for line in strange_ids(_entries(path))]
    if offenders:
        raise InvalidRegistry(listing("registry entries whose ids cannot be used", offenders))
    return read([*registry_files(), *own])


def _entries(path: Any) -> dict[str, dict[str, Any]]:
    """Read one file, or a folder of them; what is wrong with it is said by the registry."""
    if path.is_dir():
        found: dict[str, dict[str, Any]] = {}
        for item in path.iterdir():
            if item.name.endswith(".toml"):
                for kind, table in _entries(item).items():
                    found.setdefault(kind, {}).update(table)
        return found
    try:
        content = tomli.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {kind: table for kind, table in content.items() if isinstance(table, dict)}


def united(registries: Iterable[Registry]) -> Registry:
    """Unite registries; an id means the same in all of them.

    Parameters
    ----------
    registries : iterable of Registry
        Each complete in itself.

    Returns
    -------
    Registry

    Raises
    ------
    InvalidRegistry
        Naming every id that two of them define differently.
    """
    entries: dict[str, dict[str, Any]] = {kind: {} for kind in KINDS}
    offenders = []
    for registry in registries:
        for kind, known in entries.items():
            for name, entry in getattr(registry, kind).items():
                if known.setdefault(name, entry) != entry:
                    offenders.append(f"{kind}.{name}")
    if offenders:
        remedy = "Give one of the two another id."
        raise InvalidRegistry(listing("ids that are defined twice, differently", offenders, remedy))
    return Registry(**entries)


def installed_sources() -> dict[str, EntryPoint]:
    """List the adapters of installed packages by the name they are registered under."""
    return {point.name: point for point in entry_points(group=GROUP)}


def installed(name: str) -> Adapter:
    """Import the adapter that an installed package registers.

    Parameters
    ----------
    name : str
        Name of the entry point.

    Returns
    -------
    Adapter

    Raises
    ------
    UnknownName
        If there is none of that name, and no folder either.
    BenchmarkError
        If it cannot be imported.
    """
    points = installed_sources()
    if name not in points:
        known = ", ".join(sorted(points)) or "none"
        raise UnknownName(
            f"{name!r} is neither a folder of figures nor an installed source (installed: {known})"
        )
    try:
        found: Adapter = points[name].load()
    except (ImportError, AttributeError) as error:
        raise BenchmarkError(f"the installed source {name!r} cannot be imported: {error}") from None
    return found
