"""Every source keeps the contract, a broken one is found out, and packages may be sources."""

import socket
import sys
from collections.abc import Iterator
from importlib import import_module, invalidate_caches
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

import nordbench as nb
from benchmark.errors import BenchmarkError, UnknownName
from benchmark.registry import Registry
from sources.catalogue import registry_files
from sources.contract import CLAUSES, check
from sources.own_files_beside import Folder, installed_sources

MODULES = ("egov", "un")
"""Adapters among the shipped sources; the others are folders with a table."""
FOLDERS = [Path(str(path)) for path in registry_files()[1:] if (path / "figures.csv").is_file()]


@pytest.mark.parametrize("name", MODULES)
def test_a_shipped_adapter_keeps_the_contract(name: str) -> None:
    assert check(import_module(f"sources.adapters.{name}")) == []


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_a_shipped_table_keeps_the_contract(folder: Path) -> None:
    assert check(SimpleNamespace(read=Folder(folder).read), folder.name) == []


def test_every_shipped_source_is_put_to_the_contract() -> None:
    shipped = {Path(str(path)).name for path in registry_files()[1:]}
    assert shipped == {*MODULES, *(path.name for path in FOLDERS)}


REGISTRY = """
[programmes.tiny]
publisher = "Tiny"
title = {en = "Tiny", da = "Tiny", nb = "Tiny", sv = "Tiny"}

[indicators."tiny.trust"]
concept = "trust.digital_services"
programme = "tiny"
unit = "percent"
direction = 1
base = "residents"
title = {en = "Trust", da = "Tillid", nb = "Tillit", sv = "Förtroende"}
description = {en = "Share.", da = "Andel.", nb = "Andel.", sv = "Andel."}

[documents.tiny_doc]
title = "Tiny survey"
publisher = "Tiny"
language = "en"
date = "2024"
licence = "CC0"
source_type = "primary"
"""
ROW = {
    "indicator": "tiny.trust",
    "country": "DNK",
    "period": "2023",
    "year": 2023,
    "value": 70,
    "document": "tiny_doc",
    "locator": "table 1",
}


class Tiny:
    """A small adapter that can be broken in every way."""

    def __init__(self, home: Path, registry: str = REGISTRY, **changes: object) -> None:
        (home / "tiny.toml").write_text(registry, encoding="utf-8")
        self.home, self.rows = home, [ROW | changes, ROW | {"country": "NOR"}]

    def registry_files(self) -> list[Path]:
        return [self.home]

    def read(self, registry: Registry) -> Any:
        return pd.DataFrame(self.rows)


def clauses(adapter: object) -> list[str]:
    """The clauses of the contract that an adapter breaks."""
    return [line.partition(":")[0] for line in check(adapter, "tiny")]


def test_a_small_adapter_keeps_the_contract(tmp_path: Path) -> None:
    adapter = Tiny(tmp_path)
    assert check(adapter) == []
    cube = nb.load(figures=adapter)
    assert float(cube.value.sel(country="DNK", indicator="tiny.trust", year=2023)) == 70


def test_an_adapter_without_its_form_is_told_so() -> None:
    assert clauses(SimpleNamespace()) == ["form"]
    assert clauses(SimpleNamespace(read=lambda: None)) == ["form"]
    odd = SimpleNamespace(read=lambda registry: None, registry_files=["a.toml"])
    assert clauses(odd) == ["form"]


@pytest.mark.parametrize(
    ("registry", "clause"),
    [
        (REGISTRY.replace('unit = "percent"', 'unit = "procent"'), "registry"),
        (REGISTRY.replace("tiny.trust", "../trust"), "registry"),
        (REGISTRY.replace("tiny.trust", "egov.overall"), "registry"),
        (REGISTRY + '\n[notes.x]\ntext = {en = "only English"}\n', "registry"),
        (
            REGISTRY
            + REGISTRY.partition("[documents")[2]
            .join(["\n[documents", ""])
            .replace("tiny_doc", "idle_doc"),
            "used",
        ),
    ],
)
def test_a_fault_of_its_registry_is_found(tmp_path: Path, registry: str, clause: str) -> None:
    assert clauses(Tiny(tmp_path, registry)) == [clause]


@pytest.mark.parametrize(
    ("changes", "clause"),
    [
        ({"value": 170}, "rows"),
        ({"country": "Atlantis"}, "rows"),
        ({"document": "none"}, "rows"),
        ({"country": "NOR"}, "rows"),
        ({"colour": "red"}, "rows"),
        ({"locator": ""}, "provenance"),
        ({"indicator": "dst.trust_digital_services"}, "beside"),
    ],
)
def test_a_fault_of_its_rows_is_found(
    tmp_path: Path, changes: dict[str, object], clause: str
) -> None:
    assert clauses(Tiny(tmp_path, **changes)) == [clause]


def test_a_reading_that_fails_gives_nothing_or_changes_is_found(tmp_path: Path) -> None:
    adapter: Any = Tiny(tmp_path)
    adapter.read = lambda registry: pd.DataFrame()
    assert clauses(adapter) == ["table"]
    adapter.read = lambda registry: [ROW]
    assert clauses(adapter) == ["table"]
    adapter.read = lambda registry: 1 / 0
    assert clauses(adapter) == ["table"]
    drawn = iter(range(10, 90))
    adapter.read = lambda registry: pd.DataFrame([ROW | {"value": next(drawn)}])
    assert clauses(adapter) == ["pure"]

    def meddling(registry: Registry) -> pd.DataFrame:
        registry.indicators["tiny.trust"]["direction"] = -1  # type: ignore[index]
        return pd.DataFrame([ROW])

    adapter.read = meddling
    assert "pure" in clauses(adapter)


def test_a_reading_that_asks_the_network_is_found(tmp_path: Path) -> None:
    adapter: Any = Tiny(tmp_path)

    def asking(registry: Registry) -> pd.DataFrame:
        with socket.socket() as line:
            line.connect(("127.0.0.1", 9))
        return pd.DataFrame([ROW])

    plain = socket.socket.connect
    adapter.read = asking
    assert clauses(adapter) == ["offline", "table"]
    assert socket.socket.connect is plain


def test_every_clause_has_a_test() -> None:
    tested = [
        "form",
        "registry",
        "table",
        "rows",
        "beside",
        "offline",
        "pure",
        "provenance",
        "used",
    ]
    assert set(CLAUSES) == {*tested, "found"}


# ---- A package of somebody else, installed into a folder.

CODE = """
from importlib.resources import files
import pandas as pd

def registry_files():
    return [files("tinysource") / "tiny.toml"]

def read(registry):
    return pd.read_csv(files("tinysource") / "figures.csv")
"""


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with an installed package that registers a source."""
    package, info = tmp_path / "tinysource", tmp_path / "tinysource-1.0.dist-info"
    package.mkdir()
    info.mkdir()
    (package / "__init__.py").write_text(CODE, encoding="utf-8")
    (package / "tiny.toml").write_text(REGISTRY, encoding="utf-8")
    pd.DataFrame([ROW]).to_csv(package / "figures.csv", index=False)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: tinysource\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(
        "[nordbench.sources]\ntiny = tinysource\nbroken = tinysource.nothing\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    invalidate_caches()
    yield tmp_path
    sys.modules.pop("tinysource", None)


def test_an_installed_source_is_loaded_by_its_name(site: Path) -> None:
    assert set(installed_sources()) >= {"tiny", "broken"}
    cube = nb.load(figures="tiny")
    assert float(cube.value.sel(country="DNK", indicator="tiny.trust", year=2023)) == 70
    assert nb.explain("DNK/tiny.trust/2023", figures="tiny").to_dict()["Locator"] == "table 1"
    assert check(import_module("tinysource")) == []
    # Nothing that happens to be installed enters unasked: the same question, the same answer.
    assert "tiny.trust" not in nb.load().indicator.values


def test_a_source_that_is_not_there_or_broken_says_so(site: Path) -> None:
    with pytest.raises(UnknownName, match=r"installed: broken, tiny"):
        nb.load(figures="other")
    with pytest.raises(BenchmarkError, match="'broken' cannot be imported"):
        nb.load(figures="broken")
