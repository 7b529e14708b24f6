"""Writes what the examples of the rules give: `python -m comparisons.cli.examples`.

To be run in a checkout after figures, rules or their texts have changed.
"""

import json
from pathlib import Path

import comparisons
from comparisons.examples import FOUND, compared, pairs
from sources.catalogue import evidence


def text() -> str:
    """Compare every pair and write the results as JSON."""
    told = {rule: compared(evidence(), rule) for rule in pairs()}
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    (Path(comparisons.__file__).parent / FOUND).write_bytes(text().encode())
