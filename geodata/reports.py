"""The analyst's file, one row per report of an event: read, filled with honest defaults, checked, bad rows held back."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geodata import days, outtake, schema, tables
from geodata.catalogue import one_country
from geodata.geodesy import WGS84
from geodata.markings import TLP, Scheme
from geodata.problems import Problem, TableError
from geodata.schema import Column, Rule, Table, end_day, known_in, latitude, longitude, many, one_of
from geodata.tables import LINE

COLUMNS = (
    "event", "title", "kind", "status", "start", "end", "date_precision", "place", "lat", "lon", "place_precision", "radius_km", "zone",
    "country", "blocs", "participants", "summary", "source", "locator", "reported", "reliability", "credibility", "marking", "furniture",
)  # fmt: skip
REQUIRED = ("title", "start")
DERIVED = ("marking_rank", "reported_day", "w0", "s0", "s1", "w1", "geometry", LINE)
"""columns that reading adds; a file's own column of such a name is kept apart by a blank before it, which no header can have"""

ABOUT_DAYS = 7
"""a date that is only `about` right may be this many days off"""


def read(
    path: Path, catalogue: dict[str, pd.DataFrame], countries: frozenset[str], markings: Scheme = TLP
) -> tuple[gpd.GeoDataFrame, list[Problem], pd.DataFrame]:
    """The reports that can be used, what is wrong with the others, and the rows held back as text.

    Raises TableError when the file cannot be read or a column without which nothing can be drawn is missing.
    """
    raw, problems = tables.read(path, required=REQUIRED)
    if not {"place", "lat", "country", "zone"} & set(raw.columns):
        raise TableError([Problem(path.name, 0, "", "", "missing a place: a column 'place', 'country', or 'lat' and 'lon' would be right")])
    return judged(raw, path.name, catalogue, countries, markings, problems)


def none(catalogue: dict[str, pd.DataFrame], countries: frozenset[str]) -> tuple[gpd.GeoDataFrame, list[Problem], pd.DataFrame]:
    """What `read` gives of a table without a row."""
    return judged(pd.DataFrame(columns=[*COLUMNS, LINE], dtype=object), "", catalogue, countries)


def judged(
    raw: pd.DataFrame, file: str, catalogue: dict[str, pd.DataFrame], countries: frozenset[str], markings: Scheme = TLP,
    problems: Iterable[Problem] = (),
) -> tuple[gpd.GeoDataFrame, list[Problem], pd.DataFrame]:
    """What `read` gives, of rows that are text in memory with their lines; `problems` are those of rows that are not among them."""
    text, found = checked(raw, file, catalogue, countries, markings, problems)
    bad = text[LINE].isin({problem.line for problem in found})
    return _typed(text[~bad].reset_index(drop=True), markings), found, text[bad]


def checked(
    raw: pd.DataFrame, file: str, catalogue: dict[str, pd.DataFrame], countries: frozenset[str], markings: Scheme = TLP,
    problems: Iterable[Problem] = (),
) -> tuple[pd.DataFrame, list[Problem]]:
    """The rows as text with their defaults, and everything wrong with them by line."""
    text = _filled(raw, catalogue)
    problems = [*problems, *_table(catalogue, countries, markings).problems(text, file)]
    problems += _kinds_differ(text, {problem.line for problem in problems}, file)
    return text, sorted(problems, key=lambda problem: problem.line)


def columns(reports: pd.DataFrame) -> list[str]:
    """The columns of the file, in its order, and those that were missing; none that reading adds."""
    return [name for name in reports if name not in DERIVED]


def _own_names(raw: pd.DataFrame) -> dict[str, str]:
    """New names of columns that reading would overwrite, and of those whose name an export disarmed."""
    apart = {name: f" {name}" for name in raw if name in DERIVED and name != LINE}
    disarmed = {name: outtake.armed(name) for name in raw if outtake.armed(name) != name and outtake.armed(name) not in raw}
    return apart | disarmed


def _filled(raw: pd.DataFrame, catalogue: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Missing columns added and empty cells given the defaults of the design; unknown columns kept."""
    text = raw.rename(columns=_own_names(raw))
    text = text.assign(**{name: _armed(text[name]) for name in text if name != LINE and text[name].str.startswith("'").any()})
    for name in COLUMNS:
        if name not in text:
            text[name] = ""
    reliability = catalogue["sources"].set_index("id")["reliability"].to_dict()
    text["kind"] = text["kind"].replace("", "other")
    text["status"] = text["status"].replace("", "reported")
    text["date_precision"] = text["date_precision"].replace("", "day")
    text["reliability"] = text["reliability"].where(text["reliability"] != "", _each(text["source"], lambda source: reliability.get(source, "F")))
    text["credibility"] = text["credibility"].replace("", "6")
    published = catalogue["sources"].set_index("id")["published"].to_dict()
    undated = (text["reported"] == "") & (text["furniture"] != "yes")
    text["reported"] = text["reported"].mask(undated, _each(text["source"], lambda source: published.get(source, "")))
    text["furniture"] = text["furniture"].replace("", "no")
    one_day = (text["end"] == "") & (text["date_precision"] != "after") & (_each(text["start"], schema.day) == "")
    text["end"] = text["end"].mask(one_day, text["start"])
    text["place_precision"] = text["place_precision"].where(text["place_precision"] != "", _precision(text))
    if (text["event"] == "").any():
        text["event"] = text["event"].where(text["event"] != "", _digests(text))
    return text


def _armed(column: pd.Series) -> pd.Series:
    """Undo what an export did to keep a spreadsheet from running a cell."""
    marked = {text: outtake.armed(text) for text in column[column.str.startswith("'")].unique()}
    return column.replace(marked)


def _each(column: pd.Series, say: Callable[[str], object]) -> np.ndarray:
    """What a function says of every text of a column; asked once for each."""
    groups, texts = pd.factorize(column)
    said = np.array([say(text) for text in texts], object)
    return said[groups]


def _precision(text: pd.DataFrame) -> np.ndarray:
    """How exactly a row that does not say so is placed: never more than its columns support."""
    pointed = (text["lat"] != "") & (text["lon"] != "")
    return np.select([pointed & (text["radius_km"] != ""), pointed, text["country"] != ""], ["district", "city", "country"], "none")


def _digests(text: pd.DataFrame) -> list[str]:
    """A key from what a row says of when and where; the same words twice get a suffix."""
    seen: Counter[str] = Counter()
    keys = []
    for row in zip(*(text[name] for name in ("title", "start", "place", "lat", "lon")), strict=True):
        digest = hashlib.sha256("\x1f".join(row).encode()).hexdigest()[:10]
        seen[digest] += 1
        keys.append(digest if seen[digest] == 1 else f"{digest}-{seen[digest]}")
    return keys


def _table(catalogue: dict[str, pd.DataFrame], countries: frozenset[str], markings: Scheme = TLP) -> Table:
    ids = {name: list(frame["id"]) for name, frame in catalogue.items() if "id" in frame}
    zones = ids["zones"] + ids["regions"] + list(catalogue["borders"]["pair"])
    return Table("events", (
        Column("event", _plain_id, filled=True), Column("title", filled=True), Column("kind", known_in("kinds", ids["kinds"]), filled=True),
        Column("status", one_of(schema.STATUSES), filled=True), Column("start", schema.day, filled=True), Column("end", end_day),
        Column("date_precision", one_of(schema.DATE_PRECISIONS), filled=True), latitude(), longitude(),
        Column("place_precision", one_of(schema.PLACE_PRECISIONS), filled=True),
        Column("radius_km", number=(0.1, 2000), what="a radius in km"), Column("zone", many(known_in("zones, regions or borders", zones))),
        Column("country", one_country(countries)), Column("blocs", many(known_in("blocs", ids["blocs"]))),
        Column("participants", schema.participants(countries, ids["parties"], ids["modes"])), Column("reported", schema.day),
        Column("reliability", one_of(schema.RELIABILITIES), filled=True), Column("credibility", one_of(schema.CREDIBILITIES), filled=True),
        Column("marking", one_of(markings.names)), Column("furniture", one_of(("yes", "no")), filled=True),
    ), _rules(catalogue))  # fmt: skip


_NO_ID = re.compile(r"[ ;&=#]")


def _plain_id(text: str) -> str:
    return "" if text.isprintable() and not _NO_ID.search(text) else "is not an id: letters, digits, '-' and '_' would be right"


def _rules(catalogue: dict[str, pd.DataFrame]) -> tuple[Rule, ...]:
    sources = catalogue["sources"].set_index("id")
    pairs, regions, zones = set(catalogue["borders"]["pair"]), set(catalogue["regions"]["id"]), set(catalogue["zones"]["id"])

    def ended(f: pd.DataFrame) -> pd.Series:
        return ~f["end"].isin(("", ".."))

    def outside(f: pd.DataFrame) -> np.ndarray:
        allowed = {"border": pairs, "region": regions, "district": zones}
        named = (f["zone"] != "").to_numpy(bool)
        rows = zip(f["place_precision"][named], f["zone"][named], strict=True)
        wrong = np.zeros(len(f), bool)
        wrong[named] = [any(z not in allowed.get(p, set()) for z in zone.split(";") if z) for p, zone in rows]
        return wrong

    def unplaced(f: pd.DataFrame) -> pd.Series:
        own_ring = (f["place_precision"] == "district") & (f["lat"] != "") & (f["radius_km"] != "")
        return f["place_precision"].isin(("border", "region", "district")) & (f["zone"] == "") & ~own_ring

    def pointed(f: pd.DataFrame) -> pd.Series:
        own_ring = (f["place_precision"] == "district") & (f["lat"] != "") & (f["radius_km"] != "")
        return ((f["lat"] != "") != f["place_precision"].isin(schema.POINTS)) & ~own_ring

    def doubled(f: pd.DataFrame) -> pd.Series:
        return f.duplicated(["event", "source"]) & (f["source"] != "")

    def misgraded(f: pd.DataFrame) -> pd.Series:
        own = f["source"].map(sources["reliability"])
        return own.notna() & (own != f["reliability"])

    def misdated(f: pd.DataFrame) -> pd.Series:
        own = f["source"].map(sources["published"])
        return own.notna() & (own != "") & (f["reported"] != "") & (own != f["reported"]) & (f["furniture"] != "yes")

    return (
        Rule("lat", "stands alone; latitude and longitude are needed together", lambda f: (f["lat"] == "") != (f["lon"] == "")),
        Rule("end", "is before the start", lambda f: ended(f) & (f["end"] < f["start"])),
        Rule("end", "is open, which only a status 'ongoing' allows", lambda f: (f["end"] == "..") & (f["status"] != "ongoing")),
        Rule("end", "is given, although the date precision is 'after'", lambda f: (f["date_precision"] == "after") & (f["end"] != "")),
        Rule("date_precision", "needs an end after the start", lambda f: (f["date_precision"] == "within") & (f["end"] == f["start"])),
        Rule("reported", "is before the event was over, so it cannot be reported as held", lambda f: (f["status"] == "held")
             & (f["reported"] != "") & ((f["start"] > f["reported"]) | ended(f) & (f["end"] > f["reported"]))),
        Rule("reported", "is before the start, so it cannot be reported as ongoing",
             lambda f: (f["status"] == "ongoing") & (f["reported"] != "") & (f["start"] > f["reported"])),
        Rule("place_precision", "does not fit: a site, city or virtual place has coordinates, anything else has none", pointed),
        Rule("zone", "is empty, but a border, region or district must be named", unplaced),
        Rule("zone", "names something that does not fit the place precision", outside),
        Rule("reliability", "differs from the reliability of its source", misgraded),
        Rule("reported", "differs from the day its source was published", misdated),
        Rule("source", "reports the same event in an earlier row already", doubled),
    )  # fmt: skip


def _kinds_differ(text: pd.DataFrame, bad: set[int], file: str) -> list[Problem]:
    sound = text[~text[LINE].isin(bad)] if bad else text
    first = sound.groupby("event", sort=False)["kind"].transform("first")
    rows = sound[sound["kind"] != first]
    return [Problem(file, int(line), "kind", kind, f"differs from the {other!r} of the event's first report")
            for line, kind, other in zip(rows[LINE], rows["kind"], first[rows.index], strict=True)]  # fmt: skip


def _split(column: pd.Series, separator: str = ";") -> list[tuple[str, ...]]:
    parts = {text: tuple(part for part in text.split(separator) if part) for text in column.unique()}
    return [parts[text] for text in column]


def _participants(column: pd.Series) -> list[tuple[tuple[str, str], ...]]:
    parsed = {text: tuple(tuple(part.split(":", 1)) for part in text.split(";") if part) for text in column.unique()}
    return [parsed[text] for text in column]


def _day_numbers(column: pd.Series, empty: int) -> np.ndarray:
    known = {text: days.number(days.parse(text)) for text in column.unique() if text not in ("", "..")}
    return column.map({**known, "": empty, "..": days.INF}).to_numpy(np.int64)


def _typed(text: pd.DataFrame, markings: Scheme = TLP) -> gpd.GeoDataFrame:
    """Text to numbers, days and tuples, with the four day numbers of the rule of time."""
    frame = text.copy()
    for name in ("lat", "lon", "radius_km"):
        frame[name] = pd.to_numeric(text[name], errors="coerce").astype(float)
    frame["credibility"] = text["credibility"].astype(int)
    frame["furniture"] = text["furniture"] == "yes"
    frame["zone"], frame["blocs"] = _split(text["zone"]), _split(text["blocs"])
    frame["participants"] = _participants(text["participants"])
    frame["marking_rank"] = [markings.rank(name) for name in text["marking"]]
    frame["reported_day"] = _day_numbers(text["reported"], days.INF)
    for name, values in zip(("w0", "s0", "s1", "w1"), _extent(text, frame["reported_day"].to_numpy()), strict=True):
        frame[name] = values
    points = np.where(frame["lat"].notna(), shapely.points(frame["lon"].fillna(0), frame["lat"].fillna(0)), None)
    return gpd.GeoDataFrame(frame, geometry=gpd.GeoSeries(points, index=frame.index, crs=WGS84))


def _extent(text: pd.DataFrame, reported: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Earliest start, latest start, earliest end, latest end of every report, in days."""
    start = _day_numbers(text["start"], 0)
    end = np.where(text["end"] == "", start, _day_numbers(text["end"], 0))
    is_open, after = (text["end"] == "..").to_numpy(), (text["date_precision"] == "after").to_numpy()
    slack = np.where(text["date_precision"] == "about", ABOUT_DAYS, 0)
    within = (text["date_precision"] == "within").to_numpy()
    lasts = np.where(reported >= days.INF, start, np.maximum(reported, start))  # an open state is sure until it was reported
    latest_start = np.where(after, days.INF, np.where(within, end, start + slack))
    earliest_end = np.where(after | within, start, np.where(is_open, lasts, end - slack))
    latest_end = np.where(after | is_open, days.INF, end + slack)
    return start - slack, latest_start, earliest_end, latest_end
