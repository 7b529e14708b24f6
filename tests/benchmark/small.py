"""A small registry and figures table of made-up definitions, for tests that need no more."""

from pathlib import Path

import pandas as pd

from benchmark.figures import Evidence, gather
from benchmark.registry import Registry, read

REGISTRY = """
[families.trust]
title = {en = "Trust", da = "Tillid", nb = "Tillit", sv = "Förtroende"}
[concepts."trust.services"]
title = {en = "Trust", da = "Tillid", nb = "Tillit", sv = "Förtroende"}
[concepts."trust.rank"]
title = {en = "Rank", da = "Rang", nb = "Rang", sv = "Rang"}
[programmes.survey]
title = {en = "Survey", da = "Undersøgelse", nb = "Undersøkelse", sv = "Undersökning"}
publisher = "Office"
underlying = "survey_{wave}"
facts = {sampling = "probability"}
[regimes.now]
title = {en = "Since 2020", da = "Siden 2020", nb = "Siden 2020", sv = "Sedan 2020"}
programme = "survey"
facts = {age = [15, 89], mode = "web+phone", method_version = "2020-"}
[templates.share]
programme = "survey"
unit = "percent"
direction = 1
base = "residents"
description = {en = "d", da = "d", nb = "d", sv = "d"}
facts = {attitudinal = true, scale = "five"}
[variants.annual]
title = {en = "{title}, one year", da = "{title}, et år", nb = "{title}, år", sv = "{title}, år"}
headline = false
facts = {base_filter = "one_year"}
[indicators."survey.trust"]
inherits = "share"
variants = ["annual"]
concept = "trust.services"
title = {en = "Trust", da = "Tillid", nb = "Tillit", sv = "Förtroende"}
facts = {question = "trust"}
[indicators."survey.trust".breakdowns."age=65-89"]
title = {en = "65-89", da = "65-89", nb = "65-89", sv = "65-89"}
facts = {age = [65, 89]}
[indicators."survey.place"]
inherits = "share"
concept = "trust.rank"
unit = "rank"
direction = -1
quotes = "survey.trust"
title = {en = "Rank", da = "Rang", nb = "Rang", sv = "Rang"}
[documents.report]
title = "Report"
publisher = "Office"
language = "da"
date = "2023-05"
licence = "CC BY 4.0"
source_type = "primary"
[breaks.new_method]
year = 2020
indicators = ["survey.*"]
title = {en = "New", da = "Ny", nb = "Ny", sv = "Ny"}
source = "report"
[events.law]
date = "2022-06-01"
concepts = ["trust.services"]
countries = ["DNK"]
title = {en = "Law", da = "Lov", nb = "Lov", sv = "Lag"}
source = "report"
[pools.three]
size = 3
members = ["DNK", "NOR", "SWE"]
title = {en = "Three", da = "Tre", nb = "Tre", sv = "Tre"}
source = "report"
[pools.four]
size = 4
title = {en = "Four", da = "Fire", nb = "Fire", sv = "Fyra"}
source = "report"
[notes.remark]
text = {en = "Remark", da = "Bemærkning", nb = "Merknad", sv = "Anmärkning"}
"""

BASE = {
    "indicator": "survey.trust",
    "country": "DNK",
    "period": "2023",
    "year": 2023,
    "published": "2023-05",
    "wave": "2023",
    "value": 78,
    "decimals": 0,
    "n": 4625,
    "n_role": "base",
    "regime": "now",
    "document": "report",
    "locator": "p. 1",
}


def registry(folder: Path, text: str = REGISTRY) -> Registry:
    path = folder / "registry.toml"
    path.write_text(text, encoding="utf-8")
    return read([path])


def frame(*rows: dict[str, object]) -> pd.DataFrame:
    return pd.DataFrame([{**BASE, **row} for row in rows])


def evidence(folder: Path, *rows: dict[str, object]) -> Evidence:
    return gather({"figures.csv": frame(*rows)}, registry(folder))
