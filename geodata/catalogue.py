"""The tables of a theatre: sources, blocs, memberships, borders, zones and the rest, each with its columns and rules."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pandas as pd

from geodata import days, schema, tables
from geodata.markings import colour
from geodata.problems import Problem, TableError
from geodata.schema import Column, Rule, Table, known_in, latitude, longitude, many, one_of

SHIPPED = Path(__file__).resolve().parent / "tables"
VOCABULARIES = ("kinds", "modes")
"""tables a theatre's folder may leave out; the shipped ones hold then"""

OPTIONAL = ("posts",)
"""tables a theatre's folder may leave out; it has no such rows then"""

COLOURS = ("tint", "hue", "edge")
"""columns for a bloc's own colours: of its members' areas, of its symbols, of outlines and text"""

OTHER = {"id": "other", "name": "Other event", "plural": "Other events", "note": "a kind no table names"}


@dataclass
class Catalogue:
    """The tables read so far, by name; a later table may refer to an earlier one."""

    countries: frozenset[str]
    frames: dict[str, pd.DataFrame] = field(default_factory=dict)

    def ids(self, table: str, column: str = "id") -> list[str]:
        """The ids of a table."""
        return list(self.frames[table][column])

    def cites(self, *, filled: bool = True) -> Column:
        """A column of source ids."""
        return Column("source", many(known_in("sources", self.ids("sources"))), filled=filled)

    def country(self, name: str = "country", *, filled: bool = True) -> Column:
        """A column of country codes."""
        return Column(name, one_country(self.countries), filled=filled)

    def countries_or_parties(self, name: str) -> Column:
        """A column of country codes or party ids."""
        return Column(name, known_in("countries or parties", self.countries | set(self.ids("parties"))), filled=True)


def one_country(codes: frozenset[str]) -> schema.Check:
    """The value is an ISO 3166-1 alpha-3 code."""
    return lambda text: "" if text in codes else "is not an ISO 3166-1 alpha-3 country code like TJK"


def point_whole(column: str = "lat") -> Rule:
    """Latitude and longitude come together."""
    return Rule(column, "stands alone; latitude and longitude are needed together", lambda f: (f["lat"] == "") != (f["lon"] == ""))


def _ends_before_start(frame: pd.DataFrame) -> np.ndarray:
    pairs = zip(frame["start"], frame["end"], strict=True)
    return np.array([bool(a and b) and days.span(b)[1] <= days.span(a)[0] for a, b in pairs], bool)


def _pair(c: Catalogue) -> schema.Check:
    def _check(text: str) -> str:
        a, dash, b = text.partition("-")
        fine = dash and a in c.countries and b in c.countries and a < b
        return "" if fine else "is not a pair of country codes in alphabetical order like AFG-TJK"

    return _check


def _sources(_: Catalogue) -> Table:
    return Table("sources", (
        Column("id", filled=True), Column("publisher", filled=True), Column("title"), Column("published", schema.day), Column("url"),
        Column("file"), Column("language", filled=True), Column("reliability", one_of(schema.RELIABILITIES), filled=True),
        Column("why", filled=True)),
        (Rule("id", "has neither an address nor a file", lambda f: (f["url"] == "") & (f["file"] == "")),), ("id",))  # fmt: skip


def _named(name: str, *more: Column) -> Callable[[Catalogue], Table]:
    return lambda _: Table(name, (Column("id", filled=True), Column("name", filled=True), *more), key=("id",))


def _blocs(c: Catalogue) -> Table:
    lower = Rule("id", "is not in lower case", lambda f: f["id"] != f["id"].str.lower())
    half = Rule("tint", "is not the only colour needed: tint, hue and edge go together", lambda f: (f[list(COLOURS)] == "").sum(axis=1).isin((1, 2)))
    return Table("blocs", (Column("id", filled=True), Column("name", filled=True), Column("full_name"),
        Column("founded", schema.partial_day), Column("treaty"), Column("seat"), c.cites(),
        *(Column(name, colour, optional=True) for name in COLOURS)), (lower, half), ("id",))  # fmt: skip


def _memberships(c: Catalogue) -> Table:
    def misplaced(frame: pd.DataFrame) -> np.ndarray:
        standing = (frame["sort"] == "standing") & frame["role"].isin(schema.STANDINGS)
        return ~(standing | (frame["sort"] == "also") & frame["role"].isin(schema.ALSO)).to_numpy()

    return Table("memberships", (Column("bloc", known_in("blocs", c.ids("blocs")), filled=True), c.country(),
        Column("role", one_of(schema.STANDINGS + schema.ALSO), filled=True), Column("sort", one_of(("standing", "also")), filled=True),
        Column("start", schema.partial_day), Column("end", schema.partial_day), c.cites(), Column("locator"),
        Column("confidence", one_of(("high", "medium", "low")), filled=True)),
        (Rule("role", "does not belong to its sort", misplaced),
         Rule("end", "is not after its start (the end is the first day no longer)", _ends_before_start)))  # fmt: skip


def _borders(c: Catalogue) -> Table:
    unsourced = Rule("status", "has no source", lambda f: (f["status"] != "") & (f["source"] == ""))
    return Table("borders", (Column("pair", _pair(c), filled=True), Column("name", filled=True), Column("status"),
        Column("valid_from", schema.day), Column("valid_to", schema.day), Column("note"), c.cites(filled=False),
        Column("emphasis", one_of(("yes", "no")), optional=True)), (unsourced,))  # fmt: skip


def _border_lengths(c: Catalogue) -> Table:
    return Table("border_lengths", (Column("pair", known_in("borders", c.ids("borders", "pair")), filled=True),
        Column("length_km", number=(0.1, 50_000), what="a length in km", filled=True),
        Column("kind", one_of(("reported", "factbook", "older")), filled=True), c.cites(), Column("locator"),
        Column("year", number=(1000, 3000), what="a year")))  # fmt: skip


def _zones(c: Catalogue) -> Table:
    def crossed(frame: pd.DataFrame) -> np.ndarray:
        low, high = (pd.to_numeric(frame[f"{end}_km_to_border"], errors="coerce") for end in ("min", "max"))
        return ((low > high) | (low.isna() != high.isna())).to_numpy()

    return Table("zones", (Column("id", filled=True), Column("name", filled=True), Column("other_names", optional=True), c.country(),
        Column("region"), latitude(), longitude(),
        Column("radius_km", number=(0.1, 2000), what="a radius in km"), Column("precision", one_of(("guess", "nearest_town", "none")), filled=True),
        Column("border", known_in("borders", c.ids("borders", "pair"))),
        Column("min_km_to_border", number=(0, 2000), what="a distance in km"), Column("max_km_to_border", number=(0, 2000), what="a distance in km"),
        Column("note"), c.cites()),
        (point_whole(), Rule("min_km_to_border", "is more than the greatest distance, or one of the two is missing", crossed),
         Rule("note", "must say that the point is a guess", lambda f: (f["precision"] == "guess") & ~f["note"].str.contains("guess")),
         Rule("radius_km", "is empty, so no shape can be drawn", lambda f: (f["lat"] != "") & (f["radius_km"] == ""))), ("id",))  # fmt: skip


def _bases(c: Catalogue) -> Table:
    pointed = Rule("precision", "does not fit: a site or city has coordinates, anything else has none",
                   lambda f: (f["lat"] != "") != f["precision"].isin(("site", "city")))  # fmt: skip
    return Table("bases", (Column("id", filled=True), Column("name", filled=True), c.country("operator"), c.country("host"), latitude(), longitude(),
        Column("precision", one_of(schema.PLACE_PRECISIONS), filled=True), Column("opened", schema.partial_day),
        Column("until", schema.partial_day), Column("note"), c.cites()), (point_whole(), pointed), ("id",))  # fmt: skip


def _persons(c: Catalogue) -> Table:
    return Table("persons", (Column("id", filled=True), Column("name", filled=True), Column("other_names"), c.countries_or_parties("party"),
        Column("role"), c.cites(), Column("locator")), key=("id",))  # fmt: skip


def _regions(c: Catalogue) -> Table:
    return Table("regions", (Column("id", filled=True), Column("name", filled=True), Column("countries", many(one_country(c.countries)), filled=True),
        Column("what"), c.cites(), Column("locator")), key=("id",))  # fmt: skip


def _posts(c: Catalogue) -> Table:
    def elsewhere(frame: pd.DataFrame) -> np.ndarray:
        return np.array([bool(code) and code not in pair.split("-") for code, pair in zip(frame["country"], frame["pair"], strict=True)], bool)

    pointed = Rule("precision", "does not fit: a point is a site or a city, without one the stretch of border is drawn",
                   lambda f: (f["lat"] != "") != (f["precision"] != ""))  # fmt: skip
    return Table("posts", (Column("id", filled=True), Column("name", filled=True), Column("other_names"), c.country(filled=False),
        Column("pair", known_in("borders", c.ids("borders", "pair")), filled=True), replace(latitude(), optional=True),
        replace(longitude(), optional=True), Column("precision", one_of(("site", "city")), optional=True), Column("note"), c.cites()),
        (point_whole(), pointed, Rule("country", "is not one of the two countries of its pair", elsewhere)), ("id",))  # fmt: skip


TABLES: tuple[Callable[[Catalogue], Table], ...] = (  # in an order in which every reference is already read
    _sources, _named("kinds", Column("plural", filled=True), Column("note")), _named("modes", Column("note")),
    _named("parties", Column("type"), Column("country")), _blocs, _memberships, _borders, _border_lengths, _zones, _bases, _persons, _regions,
    _posts,
)  # fmt: skip


def read_all(folder: Path, countries: frozenset[str]) -> dict[str, pd.DataFrame]:
    """Every table of a theatre's folder as text.

    Raises TableError naming each broken table by file, row and column.
    """
    catalogue, wrong = Catalogue(countries), []
    for make in TABLES:
        table = make(catalogue)
        path = _path(folder, table.name)
        frame, problems = (_none(table), []) if table.name in OPTIONAL and not path.exists() else read(table, path)
        catalogue.frames[table.name] = frame
        wrong += problems
    if wrong:
        raise TableError(wrong)
    kinds = catalogue.frames["kinds"]
    if "other" not in set(kinds["id"]):
        catalogue.frames["kinds"] = pd.concat([kinds, pd.DataFrame([OTHER | {tables.LINE: 0}])], ignore_index=True)
    return catalogue.frames


def _none(table: Table) -> pd.DataFrame:
    return pd.DataFrame(columns=[*(column.name for column in table.columns), tables.LINE], dtype=object)


def _path(folder: Path, name: str) -> Path:
    """A table's file; of the vocabularies that a folder lacks the shipped ones."""
    own = folder / f"{name}.csv"
    return own if own.exists() or name not in VOCABULARIES else SHIPPED / own.name


def read(table: Table, path: Path) -> tuple[pd.DataFrame, list[Problem]]:
    """One table and what is wrong with it."""
    frame, problems = tables.read(path, required=table.names)
    for column in table.columns:
        if column.optional and column.name not in frame:
            frame[column.name] = ""
    return frame, problems + table.problems(frame, path.name)
