"""The command line, `nordbench`: streams, arguments and exit codes around its commands."""

import gc
import os
import sys
from typing import NoReturn

REFUSED = 3
"""Exit code of a comparison that may not be made."""
WRONG = 2
"""Exit code of input that cannot be used."""
INTERRUPTED = 130
FAULTY = 70
"""Exit code of a fault of the program itself."""


def main() -> NoReturn:
    """Run `nordbench` on the arguments of the process, and end it with an exit code.

    0 is an answer, 2 input that cannot be used, 3 a comparison that may not be made, 70 a fault
    of the program, 130 an interruption.
    """
    # One command, then the end: looking for garbage would only cost a tenth of the time.
    gc.disable()
    for stream in (sys.stdout, sys.stderr):
        _speak_utf8(stream)
    sys.exit(_run([_as_utf8(word) for word in sys.argv[1:]]))


def _speak_utf8(stream: object) -> None:
    """Write the same bytes under every locale and on every system."""
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def _as_utf8(word: str) -> str:
    """Read an argument as UTF-8 where a plain C locale has garbled it."""
    try:
        return os.fsencode(word).decode("utf-8")
    except UnicodeError:
        return word


def _run(arguments: list[str]) -> int:
    import click

    from comparisons.cli.commands import nordbench

    try:
        code = nordbench.main(arguments, prog_name="nordbench", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        return error.exit_code if error.exit_code == REFUSED else WRONG
    except click.Abort:
        return INTERRUPTED
    except SystemExit:
        # click itself ends the process where the reader of a pipe has gone.
        return _stopped(BrokenPipeError())
    except OSError as error:
        return _stopped(error)
    except Exception:
        sys.excepthook(*sys.exc_info())
        return FAULTY
    return code if isinstance(code, int) else 0


def _stopped(error: OSError) -> int:
    """End quietly where the reader has read enough (`| head`); else say what went wrong."""
    closed = isinstance(error, BrokenPipeError)
    if not closed:
        place = f" {error.filename}" if error.filename else ""
        print(f"Error: cannot write the answer{place}: {error.strerror}", file=sys.stderr)
    _forget_output()
    return 0 if closed else WRONG


def _forget_output() -> None:
    """Drop what is still in the buffer: Python would try to write it once more as it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
