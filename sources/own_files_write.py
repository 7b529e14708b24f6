"""Own figures written to files: whole or not at all, and harmless in a spreadsheet."""

import csv
import io
import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from benchmark.errors import BenchmarkError
from benchmark.schema import COLUMNS, DEFAULTS, NUMBERS
from sources.own_files_arrange import said

if TYPE_CHECKING:
    import pandas as pd

FIGURES = "figures.csv"
REGISTRY = "registry.toml"
REJECTS = "rejects.csv"
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def rejects_csv(rejects: "pd.DataFrame") -> str:
    """Write the rows left out; a cell that a spreadsheet would run is made a text by a mark.

    Parameters
    ----------
    rejects : DataFrame
        As `OwnFigures.rejects`.

    Returns
    -------
    str
        Comma-separated, LF.
    """
    return as_csv([list(rejects.columns), *rejects.to_numpy(dtype=object).tolist()])


def as_csv(lines: Iterable[Iterable[object]]) -> str:
    """Write lines for a person's spreadsheet; a cell it would run is made a text by a mark."""
    return _csv([[_harmless(said(cell)) for cell in line] for line in lines])


def _harmless(cell: str) -> str:
    number = cell[1:].replace(".", "").replace(",", "").isdigit()
    return f"'{cell}" if cell.startswith(_DANGEROUS) and not number else cell


def save_rejects(folder: Path, rejects: "pd.DataFrame") -> Path:
    """Write the rows left out into a folder; figures that lie there stay as they are.

    Parameters
    ----------
    folder : Path
        Made where it is not there yet; its parent must exist.
    rejects : DataFrame
        As `OwnFigures.rejects`.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    BenchmarkError
        If it cannot be written.
    """
    _refuse_strangers(folder)
    try:
        folder.mkdir(exist_ok=True)
        return write_file(folder / REJECTS, rejects_csv(rejects))
    except OSError as error:
        raise BenchmarkError(f"nothing was written to {folder}: {error.strerror}") from None


def example_files(folder: Path) -> list[Path]:
    """Write a small file and its map to start from; files that are there stay.

    Parameters
    ----------
    folder : Path
        Must exist.

    Returns
    -------
    list of Path
        The files.

    Raises
    ------
    BenchmarkError
        If one of them is there already, or cannot be written.
    """
    names = {"example.csv": "own_files_example.csv", "example.toml": "own_files_example.toml"}
    there = [str(folder / name) for name in names if (folder / name).exists()]
    if there:
        raise BenchmarkError(f"{' and '.join(there)} would be written over; choose another folder")
    try:
        return [
            write_file(folder / name, (files("sources") / shipped).read_text(encoding="utf-8"))
            for name, shipped in names.items()
        ]
    except OSError as error:
        raise BenchmarkError(f"nothing was written to {folder}: {error.strerror}") from None


def write_file(path: Path, text: str) -> Path:
    """Write a file whole or not at all; line ends stay as they are."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        draft.write_text(text, encoding="utf-8", newline="")
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return path


def figures_csv(figures: "pd.DataFrame") -> str:
    """Write the columns that say something, so that they read back the same."""
    texts = {
        name: [_digits(v) for v in figures[name]]
        if name in NUMBERS
        else figures[name].astype(str).tolist()
        for name in COLUMNS
    }
    usual = {name: str(value) for name, value in DEFAULTS.items()}
    usual |= dict.fromkeys(NUMBERS, "") | {"unit_mult": "0"}
    names = [name for name in COLUMNS if any(text != usual[name] for text in texts[name])]
    return _csv([names, *map(list, zip(*(texts[name] for name in names), strict=True))])


def _digits(value: float) -> str:
    return "" if value != value else said(float(value))


def _csv(lines: Sequence[Sequence[str]]) -> str:
    target = io.StringIO()
    csv.writer(target, lineterminator="\n").writerows(lines)
    return target.getvalue()


def write_folder(folder: Path, texts: Mapping[str, str]) -> list[Path]:
    """Write a folder of figures whole or not at all.

    Parameters
    ----------
    folder : Path
        The folder; one that holds anything but earlier files of this kind is left alone.
    texts : mapping of str to str
        Name and content of each file.

    Returns
    -------
    list of Path
        The files.

    Raises
    ------
    BenchmarkError
        If it cannot be written.
    """
    _refuse_strangers(folder)
    new = folder.with_name(f".{folder.name}.{os.getpid()}.part")
    old = folder.with_name(f".{folder.name}.{os.getpid()}.old")
    try:
        new.mkdir()
        for name, text in texts.items():
            (new / name).write_text(text, encoding="utf-8", newline="")
        if folder.exists():
            folder.rename(old)
        try:
            new.rename(folder)
        except OSError:
            if old.exists():
                old.rename(folder)
            raise
    except OSError as error:
        raise BenchmarkError(f"nothing was written to {folder}: {error.strerror}") from None
    finally:
        shutil.rmtree(new, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)
    return [folder / name for name in texts]


def _refuse_strangers(folder: Path) -> None:
    if folder.is_dir() and not folder.is_symlink():
        ours = {FIGURES, REGISTRY, REJECTS}
        strange = sorted(item.name for item in folder.iterdir() if item.name not in ours)
        if not strange:
            return
        why = f"it holds other files ({', '.join(strange[:5])})"
    elif folder.exists() or folder.is_symlink():
        why = "there is something else of that name"
    else:
        return
    raise BenchmarkError(f"nothing was written to {folder}: {why}; choose a folder of its own")
