"""Readers at a million cells beside other parsers: `python benchmarks/readers.py [cells]`.

Every job runs in turn, round after round, so that a busy moment of the machine hits all alike;
medians are printed, with the ratio to the first peer of each group. Peers that are not installed
are left out. A peer's job is only what it can do: none of them keeps labels, flags and symbols.
Exit code 1 where a ratio is over its limit.
"""

import io
import itertools
import json
import random
import sys
import time
from collections.abc import Callable
from importlib.util import find_spec
from statistics import median

from sources.readers import jsonstat, statbank_csv

ROUNDS = 5
Job = Callable[[], object]


def values(cells: int) -> list[float | None]:
    """Numbers of one decimal, three of a hundred missing."""
    rng = random.Random(0)
    return [round(rng.uniform(0, 1e5), 1) if rng.random() > 0.03 else None for _ in range(cells)]


def jsonstat_document(cells: int, sparse: bool) -> bytes:
    """A dataset of three dimensions, one flag in a hundred."""
    codes = {"geo": 100, "indic": cells // 5000, "time": 50}
    numbers = values(cells)
    flags = {str(k): "ep" for k in range(0, cells, 100)}
    body = {
        "version": "2.0",
        "class": "dataset",
        "label": "A table",
        "source": "ESTAT",
        "id": [*codes],
        "size": [*codes.values()],
        "dimension": {
            name: {"category": {"index": {f"{name}{k}": k for k in range(size)}}}
            for name, size in codes.items()
        },
        "status": flags,
        "value": {str(k): v for k, v in enumerate(numbers) if v is not None} if sparse else numbers,
    }
    return json.dumps(body).encode()


def statbank_document(cells: int) -> bytes:
    """Three variables as labels, decimal comma, `..` and `.` for missing values."""
    rng = random.Random(1)
    regions = [f"Kommune nummer {k}" for k in range(100)]
    ages = [f"{k} år" for k in range(cells // 5000)]
    rows = ["OMRÅDE;ALDER;TID;INDHOLD"]
    for key, value in zip(
        itertools.product(regions, ages, range(1975, 2025)), values(cells), strict=True
    ):
        shown = f"{value}".replace(".", ",") if value is not None else rng.choice(["..", "."])
        rows.append(";".join([*map(str, key), shown]))
    return ("\ufeff" + "\r\n".join(rows) + "\r\n").encode()


def jsonstat_jobs(data: bytes) -> dict[str, Job]:
    """Ours and the parsers of JSON."""
    jobs: dict[str, Job] = {}
    if find_spec("orjson"):
        import orjson

        jobs["orjson, parsing only"] = lambda: orjson.loads(data)
    if find_spec("msgspec"):
        import msgspec

        jobs["msgspec, parsing only"] = lambda: msgspec.json.decode(data)
    jobs["json, parsing only"] = lambda: json.loads(data)
    jobs["nordbench"] = lambda: jsonstat.read(data)
    if find_spec("pyjstat"):
        from pyjstat import pyjstat

        text = data.decode()
        jobs["pyjstat, without flags"] = lambda: pyjstat.Dataset.read(text).write("dataframe")
    return jobs


def statbank_jobs(data: bytes) -> dict[str, Job]:
    """Ours, polars keeping the symbol, and pandas losing it."""
    import pandas as pd

    jobs: dict[str, Job] = {}
    if find_spec("polars"):
        import polars as pl

        def polars() -> object:
            frame = pl.read_csv(data, separator=";", infer_schema=False)
            printed = frame["INDHOLD"]
            number = printed.str.replace(",", ".", literal=True).cast(pl.Float64, strict=False)
            return frame, number, pl.select(pl.when(number.is_null()).then(printed))

        jobs["polars, with symbols"] = polars
    jobs["nordbench"] = lambda: statbank_csv.read(data)
    jobs["pandas, without symbols"] = lambda: pd.read_csv(
        io.BytesIO(data), sep=";", decimal=",", na_values=["..", "."]
    )
    return jobs


def measure(jobs: dict[str, Job]) -> dict[str, float]:
    """Median milliseconds of each job."""
    times: dict[str, list[float]] = {name: [] for name in jobs}
    for _ in range(ROUNDS):
        for name, job in jobs.items():
            start = time.perf_counter()
            job()
            times[name].append(1000 * (time.perf_counter() - start))
    return {name: median(own) for name, own in times.items()}


def report(title: str, found: dict[str, float]) -> list[str]:
    """Print a group; name the limits that are not kept."""
    ours = found["nordbench"]
    print(f"\n{title:44}{'ms':>9}{'nordbench/it':>14}")
    for name, milliseconds in found.items():
        print(f"{name:44}{milliseconds:9.0f}{ours / milliseconds:14.2f}")
    peers = {name: own for name, own in found.items() if name != "nordbench"}
    fast = [own for name, own in peers.items() if "parsing only" in name or "with symbols" in name]
    slow = [own for name, own in peers.items() if "pyjstat" in name]
    broken = ["over twice the fastest peer"] if fast and ours > 2 * min(fast) else []
    return broken + (["under ten times pyjstat's speed"] if slow and ours * 10 > slow[0] else [])


def main() -> int:
    """Print all groups; tell whether every limit is kept."""
    cells = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    groups = {
        "JSON-stat, list of values": jsonstat_jobs(jsonstat_document(cells, sparse=False)),
        "JSON-stat, object of values": jsonstat_jobs(jsonstat_document(cells, sparse=True)),
        "StatBank CSV": statbank_jobs(statbank_document(cells)),
    }
    broken = [
        f"{title}: {limit}"
        for title, jobs in groups.items()
        for limit in report(title, measure(jobs))
    ]
    for line in broken:
        print(f"Limit not kept: {line}", file=sys.stderr)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
