"""Ranks, rank sets and draws beside other packages: `python benchmarks/ranks.py`.

Every job runs in turn, round after round, so that a busy moment of the machine hits all alike;
medians are printed, with the ratio to the first of each group. Peers that are not installed are
left out.
"""

import sys
import time
import tracemalloc
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from statistics import median

import numpy as np

from comparisons.stats.rank_sets import rank_sets
from comparisons.stats.ranks import ranks

ROUNDS = 5
Job = Callable[[], object]


def scores(indicators: int) -> np.ndarray:
    """250 countries, some indicators, 60 years; one decimal, so that there are ties, and gaps."""
    random = np.random.default_rng(0)
    made = np.round(random.uniform(0, 100, (250, indicators, 60)), 1)
    made[random.random(made.shape) < 0.1] = np.nan
    return made


def plain(array: np.ndarray) -> np.ndarray:
    """Competition ranks by a plain argsort, as one would write them."""
    order = np.argsort(-array, axis=0, kind="stable")
    ordered = np.take_along_axis(-array, order, 0)
    begins = np.ones(ordered.shape, dtype=bool)
    begins[1:] = ordered[1:] != ordered[:-1]
    place = np.where(begins, np.arange(1, len(array) + 1)[:, None, None], 0)
    found = np.empty_like(array)
    np.put_along_axis(found, order, np.maximum.accumulate(place, axis=0), 0)
    found[np.isnan(array)] = np.nan
    return found


def ranking_jobs(indicators: int) -> Mapping[str, Job]:
    """Ranks along the countries, by each route."""
    array = scores(indicators)
    jobs: dict[str, Job] = {
        "nordbench": lambda: ranks(array, axis=0),
        "plain argsort": lambda: plain(array),
    }
    if find_spec("scipy"):
        from scipy.stats import rankdata

        jobs["scipy rankdata"] = lambda: rankdata(
            np.where(np.isnan(array), np.inf, -array), method="min", axis=0
        )
    import pandas as pd

    lanes = pd.DataFrame(array.reshape(250, -1))
    jobs["pandas rank"] = lambda: lanes.rank(method="min", ascending=False)
    return jobs


def draw_jobs() -> Mapping[str, Job]:
    """36 countries, 50 indicators, 10,000 draws of weights."""
    from comparisons.stats.uncertainty import rank_counts

    x = np.random.default_rng(0).uniform(0, 100, (50, 36))

    def drawn() -> np.ndarray:
        weights = np.random.default_rng(0).random((10_000, 50))
        return (weights / weights.sum(axis=1, keepdims=True)) @ x

    return {
        "plain argsort of the draws": lambda: np.argsort(-drawn(), axis=1),
        "draws to exact rank counts": lambda: rank_counts(drawn()),
    }


def set_jobs() -> Mapping[str, Job]:
    """Confidence sets of 200 ranks."""
    random = np.random.default_rng(0)
    values, errors = random.normal(0, 10, 200), random.uniform(0.5, 3, 200)
    kinds = ("marginal", "simultaneous")
    return {
        f"Holm, {kind}": lambda kind=kind: rank_sets(values, errors, kind=kind) for kind in kinds
    }


def measure(title: str, jobs: Mapping[str, Job]) -> None:
    """Time the jobs in turn and print medians, ratios and the memory each takes at its peak."""
    times: dict[str, list[float]] = {name: [] for name in jobs}
    for _ in range(ROUNDS):
        for name, job in jobs.items():
            start = time.perf_counter()
            job()
            times[name].append(time.perf_counter() - start)
    first = median(next(iter(times.values())))
    print(f"\n{title}")
    for name, job in jobs.items():
        tracemalloc.start()
        job()
        peak = tracemalloc.get_traced_memory()[1] / 2**20
        tracemalloc.stop()
        middle = median(times[name])
        print(f"  {name:28} {middle * 1e3:9.1f} ms  {middle / first:6.2f}x  {peak:8.1f} MiB")


def main() -> None:
    """Run everything; the number of indicators may be given."""
    indicators = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    measure(f"Ranks, 250 x {indicators} x 60", ranking_jobs(indicators))
    measure("Draws of weights, 36 x 50 x 10,000", draw_jobs())
    measure("Rank sets of 200 countries", set_jobs())


if __name__ == "__main__":
    main()
