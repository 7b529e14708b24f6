"""JSON: everything a view holds, in all languages, with plain names."""

import json
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

import numpy as np

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
    """Turn a view into plain lists, numbers and texts; see `View.to_dict`."""
    told = asdict(replace(view, data=None))  # type: ignore[arg-type]
    told["data"] = records(view.data)
    return {key: _plain_all(value) for key, value in told.items()}


def _plain_all(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain_all(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain_all(one) for one in value]
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
