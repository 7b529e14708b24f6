"""Files written whole or not at all."""

import errno
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from benchmark.errors import BenchmarkError


def write(files: Mapping[Path, str | bytes]) -> list[Path]:
    """Write texts or pictures to files; a stop half-way leaves the old files as they were.

    Parameters
    ----------
    files : mapping of pathlib.Path to str or bytes
        What each holds; a text is written as UTF-8 with its line ends unchanged.

    Returns
    -------
    list of pathlib.Path
        The files written.

    Raises
    ------
    BenchmarkError
        If a folder is missing or cannot be written to.
    """
    drafts = {path: path.with_name(f".{path.name}.{os.getpid()}.part") for path in files}
    try:
        for path, content in files.items():
            drafts[path].write_bytes(content.encode() if isinstance(content, str) else content)
        for path in files:
            if path.is_dir():
                raise IsADirectoryError(errno.EISDIR, "there is a folder of that name", str(path))
        for path, draft in drafts.items():
            os.replace(draft, path)
    except OSError as error:
        raise BenchmarkError(_advice(Path(error.filename or "."), error)) from error
    finally:
        for draft in drafts.values():
            with suppress(OSError):
                draft.unlink()
    return list(files)


def _advice(path: Path, error: OSError) -> str:
    folder = path.parent
    if not folder.is_dir():
        why = "that folder does not exist; make it first or choose another"
    elif not os.access(folder, os.W_OK):
        why = "that folder may not be written to; choose another"
    else:
        why = f"{error.strerror or error}; choose another file name"
    return f"nothing was written to {folder}: {why}"
