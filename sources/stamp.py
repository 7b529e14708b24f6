"""``python -m sources.stamp``: check the shipped registry and remember that it was checked."""

from pathlib import Path

from benchmark.registry import fingerprint, read
from sources.catalogue import STAMP, registry_files

if __name__ == "__main__":
    read(registry_files())
    Path(str(STAMP)).write_text(fingerprint(registry_files()) + "\n", encoding="ascii")
