"""JSON-stat read and written once more, cell by cell, to compare the reader with."""

import json
from itertools import product
from pathlib import Path
from typing import Any

import pandas as pd

from benchmark.status import from_eurostat, from_pxweb
from sources.table import Table

Document = dict[str, Any]


def datasets_of(path: Path) -> dict[str, Document]:
    """The datasets of a file."""
    body = json.loads(path.read_text(encoding="utf-8"))
    return {"dataset": body} if "dimension" in body else body


def codes_of(dataset: Document) -> dict[str, list[str]]:
    """The codes of each dimension, in the order of the cells."""
    ids = dataset.get("id") or dataset["dimension"]["id"]
    found = {}
    for name in ids:
        category = dataset["dimension"][name]["category"]
        index = category.get("index", [*category.get("label", {})])
        found[name] = sorted(index, key=index.get) if isinstance(index, dict) else index
    return found


def cells_of(dataset: Document) -> list[tuple[tuple[str, ...], Any, str]]:
    """Codes, value and status of each cell as the file has them."""
    values, flags = dataset["value"], dataset.get("status")
    if isinstance(flags, dict) and "value" in flags:
        flags = flags["value"]
    found = []
    for k, codes in enumerate(product(*codes_of(dataset).values())):
        value = values.get(str(k)) if isinstance(values, dict) else values[k]
        if isinstance(flags, str):
            flag = flags
        elif isinstance(flags, list):
            flag = flags[0] if len(flags) == 1 else flags[k]
        else:
            flag = (flags or {}).get(str(k))
        found.append((codes, value, flag or ""))
    return found


def expected_status(flag: str, missing: bool, publisher: str) -> str:
    """The status of a cell by the lists of codes, spelt out."""
    if publisher == "pxweb" and flag in {"-", ".", "..", "...", ":"}:
        codes = {*from_pxweb(flag)}
    elif flag == "a":
        codes = {"A"}
    elif flag:
        codes = {*from_eurostat(flag).codes}
    else:
        codes = {"A"}
    if missing and not codes & set("BOMLHQJSK"):
        codes = codes - {"A"} | {"O"}
    return " ".join(sorted(codes, key="BOMLHQJSDKWIFEPNUVGA".index))


def notes_of(dataset: Document) -> list[tuple[str, dict[str, str]]]:
    """Text and place of each note."""
    ids = [*codes_of(dataset)]
    found = [(text, {}) for text in listed(dataset.get("note"))]
    bodies = dataset["dimension"]
    found += [(text, {name: ""}) for name in ids for text in listed(bodies[name].get("note"))]
    for name in ids:
        for code, texts in bodies[name]["category"].get("note", {}).items():
            found += [(text, {name: code}) for text in listed(texts)]
    return found


def listed(texts: Any) -> list[str]:
    """A text or several as a list."""
    return [texts] if isinstance(texts, str) else texts or []


def write(table: Table, sparse: bool, old: bool, as_map: bool) -> bytes:
    """A table as JSON-stat of the kind of an unknown publisher."""
    names = [*table.frame.columns[:-3]]
    codes = {name: [*table.frame[name].cat.categories] for name in names}
    values = [None if pd.isna(value) else value for value in table.frame["value"]]
    flags = {str(k): text for k, text in enumerate(table.frame["symbol"]) if text}
    dimension: Document = {
        name: {
            "category": {
                "index": {code: k for k, code in enumerate(own)} if as_map else own,
                "label": {c: t[""] for c, t in table.labels[name].items() if c},
            },
            "label": table.labels[name][""][""],
        }
        for name, own in codes.items()
    }
    kept = {"id": names, "size": [len(own) for own in codes.values()]}
    body: Document = {"dimension": dimension | kept} if old else {"dimension": dimension, **kept}
    body["value"] = {str(k): v for k, v in enumerate(values) if v is not None} if sparse else values
    body |= {"status": flags, "note": [note.text[""] for note in table.notes]}
    return json.dumps({"it": body} if old else body | {"class": "dataset"}).encode()
