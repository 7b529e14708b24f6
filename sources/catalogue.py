"""The shipped figures, and every question that is put to them by address.

What is shipped: a folder a source under `sources/data`, holding registry files and either a
table of figures or files that an adapter of the same name reads.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib import import_module
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING, Any

from benchmark.errors import BenchmarkError

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

    from benchmark.claims import Check
    from benchmark.figure import Explanation, Figure
    from benchmark.figures import Evidence
    from benchmark.registry import Registry
    from benchmark.rules import Comparison, Thresholds
    from sources.own_files_beside import Own


STAMP = files("sources") / "data" / "registry.sha256"
"""Fingerprint of registry files that were held against their schema: a start need not do it again.

`python -m sources.stamp` renews it. Files that differ are held against the schema at every start.
"""


def _folders() -> list[Traversable]:
    inside = (item for item in (files("sources") / "data").iterdir() if item.is_dir())
    return sorted(inside, key=lambda item: item.name)


@cache
def registry() -> "Registry":
    """Read the shipped registry.

    Returns
    -------
    Registry
        Read once a process.

    Examples
    --------
    >>> registry().indicator("egov.transparency")["unit"]
    'score_0_100'
    """
    from benchmark.registry import read

    return read(registry_files(), STAMP.read_text(encoding="ascii").strip())


def registry_files() -> list[Traversable]:
    """List the folders that hold the shipped registry.

    Returns
    -------
    list of paths
        The shared folder first, then one a source.
    """
    return [files("sources") / "data", *_folders()]


@cache
def evidence() -> "Evidence":
    """Read the shipped figures with their registry.

    Returns
    -------
    Evidence
        Read once a process.

    Examples
    --------
    >>> len(evidence().figures) > 50_000
    True
    """
    from benchmark.figures import gather

    frames = {folder.name: _table(folder, registry()) for folder in _folders()}
    return gather({name: frame for name, frame in frames.items() if frame is not None}, registry())


def _table(folder: Traversable, known: "Registry") -> "pd.DataFrame | None":
    import pandas as pd

    table = folder / "figures.csv"
    if table.is_file():
        with table.open(encoding="utf-8") as lines:
            return pd.read_csv(lines, dtype=str, keep_default_na=False)
    try:
        adapter = import_module(f"sources.adapters.{folder.name}")
    except ModuleNotFoundError:
        return None
    frame: pd.DataFrame = adapter.read(known)
    return frame


def _with(own: "Own | Sequence[Own] | None") -> "Evidence":
    """Set own figures, if any, beside the shipped ones."""
    if own is None:
        return evidence()
    from sources.own_files_beside import beside

    return beside(evidence(), own)


def known_indicators(own: "Sequence[Own]" = ()) -> Mapping[str, Any]:
    """Return the indicators of the shipped registry and of own figures; see `load`."""
    return _with(own).registry.indicators if own else registry().indicators


def load(
    as_of: str | None = None,
    breakdown: str = "total",
    aggregates: bool = False,
    figures: "Own | Sequence[Own] | None" = None,
) -> "xr.Dataset":
    """Load the cube of the shipped figures, and of one's own if there are any.

    Parameters
    ----------
    as_of : str, optional
        ``YYYY[-MM[-DD]]``: only what was published by then; an imprecise day counts as its last.
    breakdown : str
        ``total`` or a part of the population or of the services, ``dimension=value``.
    aggregates : bool
        Keep EU averages and the like on the country axis; they are never ranked.
    figures : optional
        Figures to set beside the shipped ones: what `read_figures` gave, a folder written by
        `nordbench import`, the name of an installed source, or several of these.

    Returns
    -------
    xarray.Dataset
        ``value``, ``status`` and ``obs``, dims (country, indicator, year); units stand along
        ``indicator``.

    Raises
    ------
    NoData
        If nothing was published by then, or there is no such breakdown.

    Examples
    --------
    >>> cube = load()
    >>> float(cube.value.sel(country="DNK", indicator="dst.trust_digital_services", year=2023))
    78.0
    """
    from benchmark.cube import build

    return build(_with(figures), as_of=as_of, breakdown=breakdown, aggregates=aggregates)


def figures(own: "Own | Sequence[Own] | None" = None, /, **filters: Any) -> "pd.DataFrame":
    """Return published figures, one a row, with what the registry says of them.

    Parameters
    ----------
    own : optional
        Figures to set beside the shipped ones, as for `load`.
    **filters
        A column and the value, or values, it must have.

    Returns
    -------
    DataFrame
        Columns of the figures table (key, observation, method, provenance), and ``concept``,
        ``unit``, ``base``, ``age`` and ``programme``.

    Raises
    ------
    UnknownName
        For a filter that is no column.

    Examples
    --------
    >>> found = figures(indicator="gti.needs_met")
    >>> found.set_index("country")["value"].to_dict()
    {'DNK': 48.0, 'NOR': 34.0, 'SWE': 41.0}
    """
    from benchmark.figures import joined

    return joined(_with(own), **filters)


def indicators(concept: str | None = None, lang: str = "en") -> "pd.DataFrame":
    """List the indicators.

    Parameters
    ----------
    concept : str, optional
        A concept (``trust.data_protection``) or a family (``trust``).
    lang : str
        Language of the titles.

    Returns
    -------
    DataFrame
        One row an indicator: ``indicator, title, concept, unit, direction, base, programme``.

    Raises
    ------
    UnknownName
        If no concept or family has that name.

    Examples
    --------
    >>> indicators("needs")["indicator"].tolist()
    ['gti.all_needs_met', 'gti.needs_met', 'gti.needs_unmet', 'gti.net_needs_met']
    """
    import pandas as pd

    return pd.DataFrame(indicator_rows(concept, lang), columns=["indicator", "title", *_DEFINED])


_DEFINED = ("concept", "unit", "direction", "base", "programme")
_PRINTED = ("title", "publisher", "language", "date", "address", "licence", "credit")


def indicator_rows(concept: str | None = None, lang: str = "en") -> list[dict[str, Any]]:
    """List the indicators as plain data, which needs no figures; see `indicators`."""
    from benchmark.errors import UnknownName
    from benchmark.registry import unknown

    known = {*registry().concepts, *registry().families}
    if concept is not None and concept not in known:
        raise UnknownName(unknown("concept", concept, sorted(known)))
    return [
        {"indicator": name, "title": entry["title"][_known(lang)]} | {k: entry[k] for k in _DEFINED}
        for name, entry in sorted(registry().indicators.items())
        if concept is None or concept in (entry["concept"], entry["concept"].partition(".")[0])
    ]


def _known(lang: str) -> str:
    from benchmark.schema import LANGUAGES

    if lang not in LANGUAGES:
        raise BenchmarkError(f"no texts in {lang!r}; languages: {', '.join(LANGUAGES)}")
    return lang


def documents() -> "pd.DataFrame":
    """List the documents that figures were read from.

    Returns
    -------
    DataFrame
        One row a document: ``document, title, publisher, language, date, address, licence,
        credit, source_type, sha256``.

    Examples
    --------
    >>> documents().set_index("document").loc["gti3_se", "publisher"]
    'Salesforce'
    """
    import pandas as pd

    return pd.DataFrame(document_rows())


def document_rows() -> list[dict[str, Any]]:
    """List the documents as plain data, which needs no figures; see `documents`."""
    return [
        {"document": name}
        | {key: entry.get(key, "") for key in (*_PRINTED, "source_type", "sha256")}
        for name, entry in sorted(registry().documents.items())
    ]


def finder(own: "Own | Sequence[Own] | None" = None) -> "Callable[[str], Figure]":
    """Return what finds figures by their addresses in one table; see `figure`."""
    from benchmark.addresses import find
    from benchmark.figure import Figure

    known = _with(own)
    return lambda address: Figure(known, find(known, address))


def figure(address: str, figures: "Own | Sequence[Own] | None" = None) -> "Figure":
    """Find one figure by its address.

    Parameters
    ----------
    address : str
        ``AREA/INDICATOR/YEAR[/breakdown][@edition]``.
    figures : optional
        Figures to look among beside the shipped ones, as for `load`.

    Returns
    -------
    Figure

    Raises
    ------
    UnknownName
        If the area or the indicator is unknown.
    NoData
        If no figure answers; says which years there are.

    Examples
    --------
    >>> figure("Danmark/dst.help_needed/2024").value
    18.0
    """
    return finder(figures)(address)


def explain(
    what: "str | Figure", lang: str = "en", figures: "Own | Sequence[Own] | None" = None
) -> "Explanation":
    """Say everything known of a figure.

    Parameters
    ----------
    what : str or Figure
        An address, or a figure.
    lang : str
        ``en``, ``da``, ``nb`` or ``sv``.
    figures : optional
        Figures to look among beside the shipped ones, as for `load`.

    Returns
    -------
    Explanation
        Value, definition in our words, base, age, n, interval, document, place, licence, what it
        quotes and which figures contradict it.

    Examples
    --------
    >>> explain("NOR/no.trust_personal_data/2021").to_dict()["Locator"]
    '002:13'
    """
    found = figure(what, figures) if isinstance(what, str) else what
    return found.explain(_known(lang))


def metadata(what: "str | Figure") -> dict[str, Any]:
    """Return what a comparison knows of a figure.

    Parameters
    ----------
    what : str or Figure
        An address, or a figure.

    Returns
    -------
    dict
        Keys of the comparability metadata; an absent key means unknown.

    Examples
    --------
    >>> metadata("DNK/dst.trust_digital_services/2023")["age"]
    [15, 89]
    """
    return dict((figure(what) if isinstance(what, str) else what).metadata)


def compare(
    a: "str | Figure | Mapping[str, Any]",
    b: "str | Figure | Mapping[str, Any]",
    config: "Thresholds | None" = None,
    figures: "Own | Sequence[Own] | None" = None,
) -> "Comparison":
    """Compare two figures: say whether they may be compared and what may be said.

    Parameters
    ----------
    a, b : str, Figure or mapping
        An address, a figure, or plain metadata (country as ISO alpha-2 or alpha-3).
    config : Thresholds, optional
        Thresholds of the rules.
    figures : optional
        Figures to look among beside the shipped ones, as for `load`.

    Returns
    -------
    Comparison
        Verdict, findings, and the difference where one may be stated.

    Raises
    ------
    BenchmarkError
        For an address that no figure has, or metadata that cannot be read.

    Examples
    --------
    >>> compare("DNK/dst.trust_digital_services/2023", "NOR/no.trust_personal_data/2021").verdict
    'not_comparable'
    """
    from dataclasses import replace

    from benchmark.rules import compare as judge_pair
    from benchmark.rules.labels import labels

    known = _with(figures)
    first, second = _resolve(a, known), _resolve(b, known)
    plain = isinstance(first, Mapping) and isinstance(second, Mapping)
    words = None if plain else labels(known.registry)
    comparison = judge_pair(_mapping(first), _mapping(second), config, words)
    if comparison.verdict != "not_comparable" or isinstance(first, Mapping):
        return comparison
    if isinstance(second, Mapping) or first.evidence is not second.evidence:
        return comparison
    from benchmark.rules.alternatives import alternatives

    instead = alternatives(first.evidence, first.row, second.row, config=config)
    return replace(comparison, alternatives=instead)


def check(
    a: "str | Figure | Mapping[str, Any]",
    b: "str | Figure | Mapping[str, Any] | None",
    claim: str | Mapping[str, Any],
    lang: str | None = None,
    config: "Thresholds | None" = None,
    figures: "Own | Sequence[Own] | None" = None,
) -> "Check":
    """Hold a sentence against the figures it speaks of.

    Parameters
    ----------
    a : str, Figure or mapping
        The figure spoken of, or the earlier of two.
    b : str, Figure, mapping or None
        The figure it is compared with; None where the sentence gives a level.
    claim : str or mapping
        A sentence in English, Danish, Norwegian or Swedish; or its parts (value, unit, qualifier,
        sense, step, about).
    lang : str, optional
        Its language; found out when absent.
    config : Thresholds, optional
        Thresholds of the rules.
    figures : optional
        Figures to look among beside the shipped ones, as for `load`.

    Returns
    -------
    Check
        Whether the figures bear the claim, and why not.

    Examples
    --------
    >>> check("DNK/dst.help_needed/2022", "DNK/dst.help_needed/2024",
    ...       "faldet næsten 6 procentpoint").verdict
    'consistent'
    """
    from benchmark.claims import check as hold
    from benchmark.rules.labels import labels

    known = _with(figures)
    first = _mapping(_resolve(a, known))
    second = None if b is None else _mapping(_resolve(b, known))
    words = labels(known.registry)
    return hold(first, second, claim, lang=lang, config=config, labels=words)


def _resolve(
    what: "str | Figure | Mapping[str, Any]", known: "Evidence"
) -> "Figure | Mapping[str, Any]":
    from benchmark.addresses import find
    from benchmark.figure import Figure

    return Figure(known, find(known, what)) if isinstance(what, str) else what


def _mapping(what: "Figure | Mapping[str, Any]") -> Mapping[str, Any]:
    return what if isinstance(what, Mapping) else what.metadata
