"""JSON: everything a view holds, in all languages, with plain names."""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from comparisons.parts import records

if TYPE_CHECKING:
    from comparisons.view import View


def render(view: "View", lang: str = "en") -> str:
    """Write a view as JSON.

    Parameters
    ----------
    view : View
        Any view.
    lang : {"en", "da", "nb", "sv"}
        Named in the document; every text is given in all languages.

    Returns
    -------
    str
        One object; keys in a fixed order, absent numbers as null.
    """
    return json.dumps({"language": lang, **as_dict(view)}, ensure_ascii=False, indent=1) + "\n"


def as_dict(view: "View") -> dict[str, Any]:
    """Turn a view, and any views beside it, into plain lists, numbers and texts."""
    told: dict[str, Any] = _plain_all(view)
    return told


def _plain_all(value: Any) -> Any:
    if is_dataclass(value):
        return {one.name: _plain_all(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain_all(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain_all(one) for one in value]
    if isinstance(value, pd.DataFrame):
        return [_plain_all(one) for one in records(value)]
    return plain(value)


def plain(value: Any) -> Any:
    """Give a numpy value as Python's own; not-a-number as None.

    Examples
    --------
    >>> plain(np.float64("nan")), plain(np.int64(3)), plain("x")
    (None, 3, 'x')
    """
    if isinstance(value, np.generic):
        value = value.item()
    return None if isinstance(value, float) and value != value else value
