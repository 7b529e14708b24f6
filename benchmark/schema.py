"""The figures table: its columns, key and code lists.

One row is one published figure. Texts that are absent are empty, numbers that are absent are
not-a-number; nothing else stands for "unknown".
"""

from typing import Final

KEY: Final = (
    "indicator",
    "country",
    "area",
    "geo_scope",
    "period",
    "breakdown",
    "kind",
    "edition",
)
"""Columns that together name a figure; no two rows may share them."""

DEFAULTS: Final[dict[str, object]] = {
    "indicator": "",
    "country": "",
    "area": "",
    "geo_scope": "national",
    "period": "",
    "breakdown": "total",
    "kind": "observed",
    "edition": "",
    "year": float("nan"),
    "year_basis": "printed",
    "published": "",
    "wave": "",
    "value": float("nan"),
    "unit_mult": 0.0,
    "decimals": float("nan"),
    "qualifier": "exact",
    "status": "A",
    "n": float("nan"),
    "n_role": "",
    "n_qualifier": "",
    "pool": "",
    "regime": "",
    "document": "",
    "locator": "",
    "source_type": "primary",
    "confidence": "high",
    "notes": "",
}
"""Every column of the table, in order, with the value a file may leave out."""

COLUMNS: Final = tuple(DEFAULTS)
NUMBERS: Final = ("year", "value", "unit_mult", "decimals", "n")
UNIQUE: Final = ("locator",)
"""Text columns whose values hardly repeat; all other texts are held as categories."""
QUALIFIERS: Final = ("exact", "about", "almost", "over", "up_to")

CODES: Final[dict[str, tuple[str, ...]]] = {
    "geo_scope": ("national", "subnational", "selected_best", "aggregate"),
    "kind": ("observed", "target", "claim", "derived"),
    "year_basis": ("printed", "edition", "assigned"),
    "qualifier": QUALIFIERS,
    "n_role": ("", "base", "total"),
    "n_qualifier": ("", *QUALIFIERS),
    "source_type": ("primary", "press_release", "secondary"),
    "confidence": ("high", "medium", "low"),
}
"""Allowed values of the coded columns; the first of the last two ranks highest."""

UNITS: Final = (
    "percent",
    "fraction",
    "score_0_100",
    "index_0_1",
    "rank",
    "pp",
    "rel_change_percent",
    "count",
    "net_points",
)
"""Units a figure may carry; anything else cannot be compared."""

BOUNDS: Final[dict[str, tuple[float, float]]] = {
    "percent": (0.0, 100.0),
    "fraction": (0.0, 1.0),
    "score_0_100": (0.0, 100.0),
    "index_0_1": (0.0, 1.0),
    "net_points": (-100.0, 100.0),
    "count": (0.0, float("inf")),
    "rank": (1.0, float("inf")),
}
"""Lowest and highest possible value of a level in each unit."""

LANGUAGES: Final = ("en", "da", "nb", "sv")
