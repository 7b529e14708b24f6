"""Titles of the ids that notes mention, taken from the registry."""

from typing import TYPE_CHECKING

from benchmark.rules.finding import Labels

if TYPE_CHECKING:
    from benchmark.registry import Registry


def labels(registry: "Registry") -> Labels:
    """Gather the titles of concepts, programmes, events (by their day) and parts of a base.

    Parameters
    ----------
    registry : Registry
        Definitions.

    Returns
    -------
    Mapping
        Title by language for every id, ready for `compare` and `Judgement.findings`.
    """
    found = {
        name: entry["title"]
        for kind in (registry.concepts, registry.programmes)
        for name, entry in kind.items()
    }
    found |= {entry["date"]: entry["title"] for entry in registry.events.values()}
    for indicator in registry.indicators.values():
        for part, entry in indicator.get("breakdowns", {}).items():
            found.setdefault(part, entry["title"])
    return found
