"""Registry entries written as TOML."""

import json
import re
from collections.abc import Mapping
from datetime import date
from typing import Any


def toml(entries: Mapping[str, Mapping[str, Any]]) -> str:
    r"""Write registry entries as TOML.

    Parameters
    ----------
    entries : mapping
        Tables by kind and id; texts, numbers, yes or no, lists and tables of these.

    Returns
    -------
    str

    Examples
    --------
    >>> print(toml({"notes": {"n": {"text": {"en": "a \"b\""}}}}), end="")
    [notes.n]
    text = {en = "a \"b\""}
    """
    lines = []
    for kind, table in entries.items():
        for name, entry in table.items():
            lines.append(f"[{kind}.{_key(name)}]")
            lines += [f"{_key(key)} = {_inline(value)}" for key, value in entry.items()]
            lines.append("")
    return "\n".join(lines).rstrip("\n") + "\n" if lines else ""


def _inline(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_key(k)} = {_inline(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_inline(item) for item in value) + "]"
    if isinstance(value, date):
        return _text(value.isoformat())
    return _text(value) if isinstance(value, str) else json.dumps(value)


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else _text(name)


def _text(value: str) -> str:
    # A JSON text is a TOML text but for one character, which JSON leaves as it is.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
