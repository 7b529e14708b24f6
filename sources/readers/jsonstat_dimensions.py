"""The dimensions of a JSON-stat dataset: which there are, and their codes in order."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sources.readers.frames import columns
from sources.readers.strict_json import Faults, Json


@dataclass(frozen=True)
class Dimension:
    """One dimension.

    Attributes
    ----------
    id : str
        What the file calls it.
    column : str
        Its column in the frame.
    codes : tuple of str
        Codes of its categories, in the order of the cells.
    body : mapping
        What the file says of it.
    path : str
        Its place in the file.
    """

    id: str
    column: str
    codes: tuple[str, ...]
    body: Mapping[str, Json]
    path: str

    @property
    def category(self) -> Mapping[str, Json]:
        """What the file says of its categories."""
        category = self.body.get("category")
        return category if isinstance(category, dict) else {}


def dimensions(dataset: Mapping[str, Json], path: str, faults: Faults) -> list[Dimension]:
    """Find the dimensions of a dataset.

    Parameters
    ----------
    dataset : mapping
        Its members: ``dimension``, and ``id`` and ``size`` there (1.x) or beside it (2.0).
    path : str
        Its place in the file, empty or ending in a full stop.
    faults : Faults
        Grows by what is wrong.

    Returns
    -------
    list of Dimension
        In the order of the cells, the last running fastest.
    """
    bodies = faults.mapping(dataset.get("dimension"), f"{path}dimension")
    ids = _ids(member(dataset, "id"), place_of(dataset, "id", path), faults)
    at = place_of(dataset, "size", path)
    sizes = member(dataset, "size")
    if not isinstance(sizes, list) or len(sizes) != len(ids):
        faults.expected(f"a list of {len(ids)} sizes, one for each id", at, sizes)
        sizes = []
    wanted = [faults.whole(size, f"{at}.{k}") for k, size in enumerate(sizes)]
    names = columns(ids)
    found = []
    for k, name in enumerate(ids):
        own = f"{path}dimension.{name}"
        body = faults.mapping(bodies.get(name), own)
        if name not in bodies:
            faults.append(f"{own}: is missing, but id names it")
            continue
        codes = _codes(body, f"{own}.category", faults)
        if codes is not None and k < len(wanted) and len(codes) != wanted[k]:
            faults.append(f"{at}.{k}: is {wanted[k]}, but {own} has {len(codes)} categories")
        found.append(Dimension(name, names[name], tuple(codes or ()), body, own))
    return found


def member(dataset: Mapping[str, Json], key: str) -> Json:
    """Take `id`, `size` or `role`: beside the dimensions, or among them as in version 1.x."""
    inside = dataset.get("dimension")
    return dataset[key] if key in dataset or not isinstance(inside, dict) else inside.get(key)


def place_of(dataset: Mapping[str, Json], key: str, path: str) -> str:
    """Say where `member` looks."""
    return f"{path}{key}" if key in dataset else f"{path}dimension.{key}"


def _ids(value: Json, path: str, faults: Faults) -> list[str]:
    if not isinstance(value, list):
        faults.expected("a list of the dimensions", path, value)
        return []
    ids = [faults.text(item, f"{path}.{k}") for k, item in enumerate(value)]
    return _unique(ids, path, faults)


def _codes(body: Mapping[str, Json], path: str, faults: Faults) -> list[str] | None:
    """List the codes in the order of the cells; nothing where that cannot be told."""
    category = faults.mapping(body.get("category"), path)
    index = category.get("index")
    if isinstance(index, list):
        codes = [faults.text(item, f"{path}.index.{k}") for k, item in enumerate(index)]
        return _unique(codes, f"{path}.index", faults)
    if isinstance(index, dict):
        return _in_order(index, f"{path}.index", faults)
    if index is not None:
        faults.expected("a list or an object", f"{path}.index", index)
        return None
    single = next((part for key in ("label", "unit") if (part := category.get(key))), None)
    if isinstance(single, dict) and len(single) == 1:
        return _unique([*single], path, faults)
    faults.append(f"{path}.index: is missing, which only a category of one value may leave out")
    return None


def _in_order(index: dict[str, Json], path: str, faults: Faults) -> list[str]:
    before = len(faults)
    positions = {code: faults.whole(at, f"{path}.{code}") for code, at in index.items()}
    order = sorted(positions, key=positions.__getitem__)
    wrong = [code for k, code in enumerate(order) if positions[code] != k]
    if wrong and len(faults) == before:
        faults.append(
            f"{path}.{wrong[0]}: is {positions[wrong[0]]}; expected each position from 0 to "
            f"{len(order) - 1} once"
        )
    return _unique(order, path, faults)


def _unique(names: list[str], path: str, faults: Faults) -> list[str]:
    faults.extend(
        f"{path}: {name!r} stands {n} times" for name, n in Counter(names).items() if n > 1
    )
    if "" in names:
        faults.append(f"{path}: a code is empty")
    return [*dict.fromkeys(names)]
