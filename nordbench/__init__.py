"""nordbench: comparable figures on digital public services.

Every comparison carries its verdict and its reasons. ``import nordbench as nb`` gives the names
below; each is loaded when it is first used.
"""

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from benchmark.areas import country, group
    from benchmark.errors import (
        BenchmarkError,
        InvalidFigures,
        InvalidRegistry,
        NoData,
        NotComparable,
        UnitMismatch,
        UnknownName,
    )
    from benchmark.quantities import quantity
    from benchmark.rules import Thresholds
    from comparisons.brief import brief
    from comparisons.catalogue import catalogue
    from comparisons.comparability import comparability
    from comparisons.ranking import ranking
    from comparisons.rules import rules
    from comparisons.table import table
    from comparisons.trend import trend
    from sources.audit import audit
    from sources.catalogue import (
        check,
        compare,
        documents,
        explain,
        figure,
        figures,
        indicators,
        load,
        metadata,
    )
    from sources.draft import draft
    from sources.own_files import read_figures
    from sources.read_table import read_table

__version__ = "0.1.0"

_HOME = {
    "benchmark.areas": ("country", "group"),
    "benchmark.errors": (
        "BenchmarkError",
        "InvalidFigures",
        "InvalidRegistry",
        "NoData",
        "NotComparable",
        "UnitMismatch",
        "UnknownName",
    ),
    "benchmark.quantities": ("quantity",),
    "benchmark.rules": ("Thresholds",),
    "comparisons.brief": ("brief",),
    "comparisons.catalogue": ("catalogue",),
    "comparisons.comparability": ("comparability",),
    "comparisons.ranking": ("ranking",),
    "comparisons.rules": ("rules",),
    "comparisons.table": ("table",),
    "comparisons.trend": ("trend",),
    "sources.audit": ("audit",),
    "sources.catalogue": (
        "check",
        "compare",
        "documents",
        "explain",
        "figure",
        "figures",
        "indicators",
        "load",
        "metadata",
    ),
    "sources.draft": ("draft",),
    "sources.own_files": ("read_figures",),
    "sources.read_table": ("read_table",),
}
_WHERE = {name: module for module, names in _HOME.items() for name in names}

__all__ = [
    "BenchmarkError",
    "InvalidFigures",
    "InvalidRegistry",
    "NoData",
    "NotComparable",
    "Thresholds",
    "UnitMismatch",
    "UnknownName",
    "audit",
    "brief",
    "catalogue",
    "check",
    "comparability",
    "compare",
    "country",
    "documents",
    "draft",
    "explain",
    "figure",
    "figures",
    "group",
    "indicators",
    "load",
    "metadata",
    "quantity",
    "ranking",
    "read_figures",
    "read_table",
    "rules",
    "table",
    "trend",
]


def _refuse_shadows() -> None:
    """Stop where a user's own module stands in the place of one of our three packages."""
    home = Path(__file__).resolve().parent.parent
    for name in ("benchmark", "sources", "comparisons"):
        spec = find_spec(name)
        origin = spec.origin if spec else None
        if origin is None or Path(origin).resolve().parent.parent != home:
            where = origin or (list(spec.submodule_search_locations or []) if spec else "nothing")
            raise ImportError(
                f"nordbench needs its package {name!r}, but Python finds {where} first. "
                f"Rename that file or folder, or start Python from another folder."
            )


_refuse_shadows()


def __getattr__(name: str) -> Any:
    """Load a public name on first use."""
    if name not in _WHERE:
        raise AttributeError(f"module 'nordbench' has no attribute {name!r}")
    value = getattr(import_module(_WHERE[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
