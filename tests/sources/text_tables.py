"""Small writers of the text formats, for round trips, and a slow reader of PX, for comparison."""

from collections.abc import Mapping, Sequence
from itertools import product

Axes = Mapping[str, Sequence[str]]


def crossed(axes: Axes) -> list[tuple[str, ...]]:
    """All combinations of codes, the last axis running fastest."""
    return list(product(*axes.values()))


def write_px(axes: Axes, cells: Sequence[str], head: str = "", stub: int = 1) -> str:
    """A PX file; cells as they stand in the data."""
    names = list(axes)
    parts = [("STUB", names[:stub]), ("HEADING", names[stub:])]
    parts += [(f'VALUES("{name}")', codes) for name, codes in axes.items()]
    lines = [f"{key}={','.join(map(quoted, texts))};" for key, texts in parts if texts]
    return "\n".join([head, *lines, "DATA=", " ".join(cells) + ";", ""])


def write_keyed_px(axes: Axes, rows: Mapping[tuple[str, ...], Sequence[str]], stub: int) -> str:
    """A PX file whose rows begin with the texts of their values."""
    head, _, _ = write_px(axes, [], stub=stub).partition("DATA=")
    keys = "".join(f"KEYS({quoted(name)})=VALUES;\n" for name in list(axes)[:stub])
    lines = [
        ",".join(map(quoted, key)) + ", " + " ".join(cells) + " \n" for key, cells in rows.items()
    ]
    return f"{head}{keys}DATA=\n{''.join(lines)};"


def write_tsv(axes: Axes, cells: Sequence[str]) -> str:
    """A Eurostat TSV file; the last axis runs across."""
    *rows, across = axes
    codes = axes[across]
    lines = [",".join(rows) + "\\" + across + "\t" + "\t".join(f"{code} " for code in codes)]
    keys = crossed({name: axes[name] for name in rows})
    for k, key in enumerate(keys):
        lines.append("\t".join([",".join(key), *cells[k * len(codes) : (k + 1) * len(codes)]]))
    return "\n".join(lines) + "\n"


def write_sdmx(axes: Axes, cells: Sequence[tuple[str, str]]) -> str:
    """An SDMX-CSV file of version 1 with Eurostat's columns; cells are values and flags."""
    lines = [f"DATAFLOW,LAST UPDATE,{','.join(map(field, axes))},OBS_VALUE,OBS_FLAG"]
    for key, cell in zip(crossed(axes), cells, strict=True):
        lines.append(",".join(["X:Y(1.0)", "01/02/26 11:00:00", *map(field, [*key, *cell])]))
    return "\n".join(lines) + "\n"


def quoted(text: str) -> str:
    """A text as PX has it."""
    return f'"{text}"'


def field(text: str) -> str:
    """A field as RFC 4180 has it."""
    return '"' + text.replace('"', '""') + '"' if set(text) & set(',"\r\n') else text


def read_px_slowly(text: str) -> tuple[list[tuple[str, str, list[str], list[str]]], list[str]]:
    """Keywords (name, language, keys, texts) and cells, found one character after the other."""
    entries, start, inside, equals = [], 0, False, -1
    for place, letter in enumerate(text):
        if letter == '"':
            inside = not inside
        if inside:
            continue
        if letter == "=" and equals < 0:
            equals = place
            if text[start:place].strip() == "DATA":
                return entries, text[place + 1 :].rstrip().removesuffix(";").split()
        if letter == ";":
            entries.append((*_key(text[start:equals].strip()), _texts(text[equals + 1 : place])))
            start, equals = place + 1, -1
    return entries, []


def _key(key: str) -> tuple[str, str, list[str]]:
    name, _, keys = key.partition("(")
    word, _, language = name.partition("[")
    return word, language.rstrip("]"), keys.split('"')[1::2]


def _texts(value: str) -> list[str]:
    """Texts between commas; the quoted pieces of one text are put together."""
    items, item, inside = [], "", False
    for letter in value.strip():
        if letter == '"':
            inside = not inside
        elif letter == "," and not inside:
            items.append(item)
            item = ""
        elif inside or not letter.isspace():
            item += letter
    return [*items, item]
