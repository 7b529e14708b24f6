"""How long a user waits before nordbench answers: `python benchmarks/startup.py`.

Every command runs in a fresh interpreter with the bytecode present, round-robin so that a busy
moment of the machine hits all alike. The fastest of the rounds is the cost of the program itself;
the median shows what a user of this machine meets. Exit code 1 when a fastest run is over its
limit.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 15
BARE = "a bare Python"
COMMANDS = {
    BARE: ["-c", "pass"],
    "nordbench --help": ["-m", "nordbench", "--help"],
    "import nordbench": ["-c", "import nordbench"],
    "nordbench table": ["-m", "nordbench", "table"],
}
LIMITS = {"nordbench --help": 60.0, "import nordbench": 100.0, "nordbench table": 1000.0}
"""Milliseconds above a bare Python."""


def seconds(arguments: list[str], folder: str, environment: dict[str, str]) -> float:
    """Wall-clock time of one run."""
    start = time.perf_counter()
    subprocess.run(  # noqa: S603  our own interpreter, our own arguments
        [sys.executable, *arguments],
        cwd=folder,
        env=environment,
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return time.perf_counter() - start


def measure(rounds: int = ROUNDS) -> dict[str, list[float]]:
    """Milliseconds of every run of every command, after one round that compiles the bytecode."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": ""}
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(rounds + 1):
            for name, arguments in COMMANDS.items():
                times[name].append(1000 * seconds(arguments, folder, environment))
    return {name: values[1:] for name, values in times.items()}


def main() -> int:
    """Print the table; tell whether every limit is kept."""
    times = measure()
    fastest, middle = min(times[BARE]), median(times[BARE])
    print(f"{'milliseconds above a bare Python':34}{'fastest':>9}{'median':>9}{'limit':>9}")
    print(f"{BARE:34}{fastest:9.0f}{middle:9.0f}")
    slow = []
    for name, limit in LIMITS.items():
        cost = min(times[name]) - fastest
        print(f"{name:34}{cost:9.0f}{median(times[name]) - middle:9.0f}{limit:9.0f}")
        slow += [name] if cost > limit else []
    if slow:
        print(f"Over the limit: {', '.join(slow)}", file=sys.stderr)
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
