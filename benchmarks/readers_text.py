"""Time to read a million cells of the text formats: `python benchmarks/readers_text.py`.

Each file is made here, read in turns so that a busy moment of the machine hits all alike, and the
median of the rounds is printed. Eurostat TSV is set beside polars, where that is installed, doing
the same work with its columns left wide: value and flag of every cell.
"""

import random
import sys
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from sources.readers import eurostat_tsv, px, sdmx_csv

ROUNDS = 5
ROWS, YEARS = 50_000, range(2000, 2020)
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def made() -> list[tuple[str, str]]:
    """Values and flags; a tenth of the cells is missing."""
    draw = random.Random(1)  # noqa: S311  made-up cells, no secret
    flags = ["", "", "", "b", "p", "bu"]
    return [
        (":" if draw.random() < 0.1 else f"{draw.uniform(-500, 50_000):.1f}", draw.choice(flags))
        for _ in range(ROWS * len(YEARS))
    ]


def files(cells: list[tuple[str, str]]) -> dict[str, bytes]:
    """Write the same cells in every format."""
    width = len(YEARS)
    keys = [f"A,U{k % 50},G{k}" for k in range(ROWS)]
    rows = [cells[k * width : (k + 1) * width] for k in range(ROWS)]
    tsv = ["freq,unit,geo\\TIME_PERIOD\t" + "\t".join(f"{year} " for year in YEARS)]
    tsv += [
        "\t".join([k, *(" ".join(cell) for cell in r)]) for k, r in zip(keys, rows, strict=True)
    ]
    sdmx = ["DATAFLOW,freq,unit,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG"]
    sdmx += [
        f"X:Y(1.0),{key},{year},{value},{flag}"
        for key, row in zip(keys, rows, strict=True)
        for year, (value, flag) in zip(YEARS, row, strict=True)
    ]
    axes = {"geo": [f"G{k}" for k in range(ROWS)], "year": list(map(str, YEARS))}
    head = 'STUB="geo";HEADING="year";' + "".join(
        f'VALUES("{name}")=' + ",".join(f'"{code}"' for code in codes) + ";\n"
        for name, codes in axes.items()
    )
    data = "\n".join(" ".join('".."' if v == ":" else v for v, _ in row) + " " for row in rows)
    return {
        "tsv": "\n".join(tsv).encode(),
        "sdmx": "\n".join(sdmx).encode(),
        "px": f"{head}DATA=\n{data};".encode(),
    }


def by_polars(data: bytes) -> object:
    """Part value and flag of a TSV file in polars."""
    import polars as pl

    frame = pl.read_csv(data, separator="\t", infer_schema_length=0, quote_char=None)
    texts = [pl.col(name).str for name in frame.columns[1:]]
    return frame.select(
        *(text.strip_chars(f" :{LETTERS}").cast(pl.Float64, strict=False) for text in texts),
        *(
            pl.col(name).str.strip_chars(" 0123456789.-").alias(f"{name}flag")
            for name in frame.columns[1:]
        ),
    )


def main() -> None:
    """Print the medians."""
    data = files(made())
    jobs: dict[str, Callable[[], object]] = {
        "Eurostat TSV": lambda: eurostat_tsv.read(data["tsv"]),
        "PX": lambda: px.read(data["px"]),
        "SDMX-CSV": lambda: sdmx_csv.read(data["sdmx"]),
    }
    if find_spec("polars"):
        jobs["Eurostat TSV, polars (wide)"] = lambda: by_polars(data["tsv"])
    times: dict[str, list[float]] = {name: [] for name in jobs}
    for _ in range(ROUNDS):
        for name, job in jobs.items():
            start = time.perf_counter()
            job()
            times[name].append(time.perf_counter() - start)
    for name, found in times.items():
        print(f"{name:30} {1000 * median(found):8.0f} ms")


if __name__ == "__main__":
    main()
