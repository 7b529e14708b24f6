"""One page of the catalogue: what the registry, the figures and the rules say of an indicator."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from benchmark.errors import BenchmarkError, UnknownName
from benchmark.language import join, term
from benchmark.metadata import profiles
from benchmark.registry import matches
from benchmark.schema import LANGUAGES
from comparisons.document import Document, Part, remarks, table
from comparisons.kinship import FIRST, Kin, Tie
from comparisons.render.amounts import amount
from comparisons.selection import named
from comparisons.texts import text

if TYPE_CHECKING:
    import pandas as pd

    from benchmark.figures import Evidence
    from benchmark.registry import Entry, Registry
    from comparisons.catalogue import Catalogue

NAMED: Final = 8
"""Indicators named in one line before the rest is only counted."""
_FACTS: Final = ("mode", "scale", "topbox", "dk", "sampling")


def page(book: "Catalogue", indicator: str, lang: str) -> Document:
    """Set out what is known of one indicator.

    Parameters
    ----------
    book : Catalogue
        Cube, figures and verdicts.
    indicator : str
        Its id.
    lang : {"en", "da", "nb", "sv"}

    Returns
    -------
    Document
    """
    return _Page(book, indicator, lang).document()


@dataclass(frozen=True)
class _Page:
    """An indicator in one language."""

    book: "Catalogue"
    name: str
    lang: str

    @property
    def evidence(self) -> "Evidence":
        return self.book.evidence

    @property
    def registry(self) -> "Registry":
        return self.book.evidence.registry

    def _said(self, key: str, **facts: object) -> str:
        return text(f"catalogue.{key}", self.lang, **facts)

    def _term(self, key: str) -> str:
        return str(term(key, self.lang))

    def document(self) -> Document:
        entry, own = self.registry.indicators[self.name], self.book.figures(self.name)
        parts: list[Part] = [self._definition(entry, own), *self._series(own)]
        parts += self._breaks(entry, own)
        parts += self._ties(self.book.kin.get(self.name, Kin()))
        parts += self._sources(entry, own)
        lead = (entry["description"][self.lang],)
        return Document(entry["title"][self.lang], self.lang, tuple(parts), lead)

    def _definition(self, entry: "Entry", own: "pd.DataFrame") -> Part:
        programme = self.registry.programmes[entry["programme"]]
        concept = self.registry.concepts[entry["concept"]]
        lines = [
            (self._said("id"), self.name),
            (
                self._term("explain.concept"),
                concept["title"][self.lang],
            ),
            (self._said("unit"), self._term(f"unit.{entry['unit']}")),
            (
                self._said("direction"),
                self._term(f"direction.{entry['direction']}"),
            ),
            (self._term("explain.base"), self._term(f"base.{entry['base']}")),
            (
                self._term("explain.programme"),
                f"{programme['title'][self.lang]} ({programme['publisher']})",
            ),
            *self._instrument(own[(own["breakdown"] == "total").to_numpy()]),
        ]
        heads = [self._said("fact"), self._said("told")]
        return table("definition", self._said("definition"), heads, lines)

    def _instrument(self, own: "pd.DataFrame") -> Iterator[tuple[str, str]]:
        """Tell what the figures were measured with, each different way once."""
        if not len(own):
            return
        combos, _ = profiles(self.evidence, own.index.to_numpy())
        ages = dict.fromkeys(_ages(combo["age"]) for combo in combos if combo.get("age"))
        if ages:
            yield self._said("ages"), ", ".join(ages)
        for key in _FACTS:
            told = dict.fromkeys(combo[key] for combo in combos if combo.get(key) is not None)
            if told:
                label = self._term("explain.mode") if key == "mode" else self._said(f"{key}")
                yield label, "; ".join(_term(key, str(value), self.lang) for value in told)

    def _series(self, own: "pd.DataFrame") -> Iterator[Part]:
        heading = self._said("figures")
        found = self.book.cells.get(self.name)
        if found is None:
            yield remarks("figures", heading, [self._nowhere(own)])
            return
        years = sorted(found["year"].unique())
        codes = sorted(found["country"].unique(), key=lambda code: (code not in FIRST, code))
        value = found.set_index(["country", "year"])[["value", "obs"]].to_dict("index")
        rows = (
            (named(code)[self.lang], *(self._amount(value.get((code, year))) for year in years))
            for code in codes
        )
        yield remarks("figures", heading, [self._said("figures_lead", count=len(own))])
        heads = (self._said("country"), *map(str, years))
        yield table("series", "", heads, rows)
        described = self.registry.indicators[self.name].get("breakdowns", {})
        there = [key for key in described if key in set(own["breakdown"].astype(str))]
        if there:
            titles = [described[key]["title"][self.lang] for key in there]
            yield remarks("breakdowns", self._said("breakdowns"), titles)

    def _nowhere(self, own: "pd.DataFrame") -> str:
        from benchmark.addresses import address
        from comparisons.parts import records

        places = [address(row) for row in records(own.head(NAMED))]
        if not places:
            return self._said("none")
        return self._said("elsewhere", parts=", ".join(places))

    def _amount(self, cell: Any) -> str:
        if cell is None or cell["value"] != cell["value"]:
            return ""
        row = self.evidence.figures.iloc[int(cell["obs"])]
        unit = self.registry.indicators[str(row["indicator"])]["unit"]
        decimals = None if row["decimals"] != row["decimals"] else int(row["decimals"])
        return amount(float(cell["value"]), unit, decimals, self.lang)

    def _breaks(self, entry: "Entry", own: "pd.DataFrame") -> Iterator[Part]:
        programmes = {entry["programme"]}
        found = [
            (str(one["year"]), self._said("break", **_said(one, self.lang)))
            for one in self.registry.breaks.values()
            if one.get("programme") in programmes
            or any(matches(pattern, self.name) for pattern in one.get("indicators", ()))
        ]
        codes = set(own["country"].astype(str))
        found += [
            (
                one["date"],
                self._said("event", date=one["date"], title=one["title"][self.lang]),
            )
            for one in self.registry.events.values()
            if (
                self.name in one.get("indicators", ())
                or entry["concept"] in one.get("concepts", ())
            )
            and codes & set(one.get("countries", codes))
        ]
        if found:
            told = [sentence for _, sentence in sorted(found)]
            yield remarks("breaks", self._said("breaks"), told)

    def _ties(self, kin: Kin) -> Iterator[Part]:
        parts = (("over_time", kin.years), ("across", kin.across), ("others", kin.others))
        for key, ties in parts:
            lead = [self._said("others_lead")] if key == "others" else []
            told = [self._tie(tie, key) for tie in ties]
            if told:
                yield remarks(key, self._said(f"{key}"), [*lead, *told])

    def _tie(self, tie: Tie, key: str) -> str:
        from benchmark.rules.texts import summary

        members = self._members(tie, key)
        told = self._said(
            "group",
            verdict=self._term(f"verdict.{tie.verdict}"),
            members=members,
        )
        rules = "; ".join(f"{rule} {summary(rule, self.lang).rstrip('.')}" for rule in tie.rules)
        told = f"{told[:1].upper()}{told[1:]}."
        return f"{told} {text('catalogue.because', self.lang, rules=rules)}." if rules else told

    def _members(self, tie: Tie, key: str) -> str:
        if key == "over_time":
            return ", ".join(tie.members)
        if key == "across":
            countries = join([named(code)[self.lang] for code in tie.members], self.lang)
            return self._said("year", members=countries, year=str(tie.year))
        first = [
            f"{self.registry.indicators[one]['title'][self.lang]} ({one})"
            for one in tie.members[:NAMED]
        ]
        if len(tie.members) <= NAMED:
            return "; ".join(first)
        return self._said("many", count=len(tie.members), members="; ".join(first[:3]))

    def _sources(self, entry: "Entry", own: "pd.DataFrame") -> Iterator[Part]:
        used = dict.fromkeys(sorted(own["document"].astype(str)))
        told = [_source(self.registry.documents[one], self.lang) for one in used]
        if told:
            yield remarks("sources", self._said("sources"), told)
        notes = dict.fromkeys(one for texts in own["notes"].astype(str) for one in texts.split())
        notes = {**dict.fromkeys(entry.get("notes", ())), **notes}
        words = [self.registry.notes[one]["text"][self.lang] for one in notes]
        if words:
            yield remarks("notes", self._said("notes"), words)


def known(lang: str) -> None:
    """Refuse a language there are no texts in."""
    if lang not in LANGUAGES:
        raise UnknownName(f"no language {lang!r}: choose one of {', '.join(LANGUAGES)}")


def _ages(age: Sequence[float | None]) -> str:
    low, high = age
    return f"{low}+" if high is None or high == float("inf") else f"{low}-{high}"


def _term(key: str, value: str, lang: str) -> str:
    try:
        return str(term(f"{key}.{value}", lang))
    except BenchmarkError:
        return value


def _said(entry: "Entry", lang: str) -> dict[str, str]:
    return {
        "year": str(entry["year"]),
        "title": entry["title"][lang].rstrip("."),
        "source": str(entry["source"]).rstrip("."),
    }


def _source(entry: "Entry", lang: str) -> str:
    """Tell a document with its licence, as its owner asks to be credited."""
    stated = entry.get("licence", "not stated")
    licence = term("not_stated", lang) if stated == "not stated" else stated
    parts = (entry["title"], entry["publisher"], entry.get("date", ""), entry.get("address", ""))
    told = ". ".join(part.rstrip(".") for part in parts if part)
    return f"{told}. {term('explain.licence', lang)}: {licence}."
