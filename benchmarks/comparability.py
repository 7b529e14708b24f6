"""Measure how long all rules take over a million pairs, and how much memory they need.

Run with ``python benchmarks/comparability.py [pairs]`` from the project folder. The figures are
made up from a fixed seed: mixed ones, of which most pairs stop early, and alike ones, whose pairs
go through every stage. Printed are the median and the fastest of five runs, and the peak of the
memory that one run takes beyond its input.
"""

import random
import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmark.rules import judge
from benchmark.rules.columns import Columns, from_mappings

FIGURES = 5_000
RUNS = 5
LIMIT = 2.0
"""Seconds allowed for a million pairs."""

FACTS: dict[str, list[Any]] = {
    "country": ["DK", "FI", "IS", "NO", "SE", None],
    "concept": ["trust.services", "trust.data", "help.need", "egov.overall"],
    "direction": [1, 1, 1, -1],
    "unit": ["percent", "percent", "percent", "fraction", "score_0_100", "rank"],
    "base": ["residents", "service_users", "services"],
    "age": [[15, 89], [16, 74], [16, None], None],
    "period": ["2021", "2022", "2020/2021", "2012-09/2012-11", None],
    "mode": ["web+phone", "web", "mystery_shopping", None],
    "programme": ["a", "b", "c"],
    "wave": ["1", "2", None],
    "method_version": ["1", "2", None],
    "series_breaks": [None, [2021], [2012, 2020]],
    "obs_status": [None, ["A"], ["P"], ["B"]],
    "question": ["q", "r", None],
    "scale": ["s", "t", None],
    "topbox": ["u", "v", None],
    "dk": ["in_base", None],
    "n": [25, 800, 4000, None],
    "n_role": ["base"],
    "deff": [1.5, None],
    "sampling": ["probability", None],
    "attitudinal": [True, False],
    "source_type": ["primary", "press_release"],
    "pool_size": [36, None],
    "events": [None, ["2021-06-01"]],
}
ALIKE: dict[str, list[Any]] = {
    "concept": ["trust.services"],
    "unit": ["percent", "fraction"],
    "base": ["residents"],
    "mode": ["web+phone"],
    "n": [800, 4000],
    "claim": [None, None, None, {"value": 6, "unit": "pp", "qualifier": "almost"}],
}


def figures(facts: dict[str, list[Any]]) -> Columns:
    """Make figures of which each fact is drawn from a list."""
    chance = random.Random(20)  # noqa: S311 (a fixed seed, no secret)
    made = []
    for _ in range(FIGURES):
        figure = {key: chance.choice(values) for key, values in facts.items()}
        small = figure["unit"] == "fraction"
        figure["value"] = round(chance.random(), 3) if small else chance.randint(1, 36)
        made.append(figure)
    return from_mappings(made)


def measure(run: Callable[[], object]) -> tuple[list[float], float]:
    """Time some runs [seconds], then trace the memory of one more [megabytes]."""
    run()
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    tracemalloc.start()
    run()
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    return times, peak


def main() -> int:
    pairs = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    slow = False
    for name, facts in (("mixed", FACTS), ("alike", FACTS | ALIKE)):
        columns = figures(facts)
        i, j = np.random.default_rng(20).integers(0, FIGURES, (2, pairs))

        def run(columns: Columns = columns, i: Any = i, j: Any = j) -> object:
            judgement = judge(columns, i, j)
            return judgement.verdict, judgement.bits

        times, peak = measure(run)
        shares = np.bincount(judge(columns, i, j).verdict, minlength=3) / pairs
        print(
            f"{name:6} {pairs:,} pairs: median {statistics.median(times):.2f} s, fastest "
            f"{min(times):.2f} s, peak {peak:.0f} MB; comparable {shares[0]:.0%}, caution "
            f"{shares[1]:.0%}, not comparable {shares[2]:.0%}"
        )
        slow |= statistics.median(times) > LIMIT * pairs / 1_000_000
    return int(slow)


if __name__ == "__main__":
    sys.exit(main())
