"""All facts, loaded and checked once and never changed: the only object that is handed to what shows them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geodata import blocs, catalogue, claims, events, geodesy, intake, links, markings, places, reports, zones
from geodata.geodesy import WGS84, require_wgs84
from geodata.markings import TLP, Scheme
from geodata.problems import Problem, TableError

HERE = Path(__file__).resolve().parent
TABLES = HERE / "tables"
SHAPES = HERE / "shapes"
EMPHASISED = "AFG"
"""the country whose borders are drawn strong and named where the table of borders does not say so itself"""

NO_EVENTS = "This theatre has no events yet: a file events.csv in its folder would be right, or one named with --events."


@dataclass(frozen=True, eq=False)
class Atlas:
    """Every frame in EPSG:4326; see `geodata/schema.py` and `catalogue.py` for the columns of the tables."""

    events_file: str
    """name of the events file, as shown"""

    reports: gpd.GeoDataFrame
    """one row per report"""

    versions: gpd.GeoDataFrame
    """one row per event and span of knowledge days, see `events.versions`"""

    problems: tuple[Problem, ...]
    """what is wrong with rows of the analyst's file or with links; those rows are held back"""

    held_back: pd.DataFrame
    """the rows held back, as text"""

    links: pd.DataFrame
    tables: dict[str, pd.DataFrame]
    countries: gpd.GeoDataFrame
    """code, name, disputed; the whole world"""

    detail: gpd.GeoDataFrame
    """the same around the theatre, finer"""

    borders: gpd.GeoDataFrame
    """a line per pair of the borders table, with `emphasis` and the geodesic `line_km` along the shipped line"""

    memberships: pd.DataFrame
    """with `from` and `to` in days"""

    zones: gpd.GeoDataFrame
    bases: gpd.GeoDataFrame
    markings: Scheme = TLP
    """how far rows may be passed on, from the lowest to the highest"""

    eventless: bool = False
    """whether its theatre has no events file yet and none was given; `NO_EVENTS` says what would be right"""

    opening: str | None = None
    """the view another theatre opens with, as text, empty when it names none; None = the shipped theatre"""

    files: tuple[str, ...] = ()
    """names of the files its events come from, where they are several; empty = the one named `events_file`"""

    @property
    def sources(self) -> pd.DataFrame:
        """The sources, indexed by id; an analyst's free-text source is one too."""
        return self._sources

    @cached_property
    def _sources(self) -> pd.DataFrame:
        known = self.tables["sources"].set_index("id", drop=False)
        cited = self.reports.loc[~self.reports["source"].isin(known.index) & (self.reports["source"] != "")]
        own = cited.drop_duplicates("source")
        extra = pd.DataFrame(dict.fromkeys(known.columns, ""), index=pd.Index(own["source"], name="id"))
        extra["id"] = extra["publisher"] = extra.index
        extra["reliability"] = own["reliability"].to_numpy()
        extra["why"] = "as given in the analyst's file"
        return pd.concat([known, extra])

    def table(self, name: str) -> pd.DataFrame:
        """A table of the theatre: `kinds`, `modes`, `parties`, `blocs`, `persons`, `regions`, `border_lengths`, ..."""
        return self.tables[name]

    @cached_property
    def country_names(self) -> dict[str, str]:
        """English names by ISO 3166-1 alpha-3 code."""
        return dict(zip(self.countries["code"], self.countries["name"], strict=True))

    @cached_property
    def party_names(self) -> dict[str, str]:
        """Names of countries and of parties that are no states."""
        parties = self.tables["parties"]
        return {**self.country_names, **dict(zip(parties["id"], parties["name"], strict=True))}

    @cached_property
    def centre(self) -> frozenset[str]:
        """The countries common to all emphasised borders."""
        pairs = [frozenset(pair.split("-")) for pair in self.borders.loc[self.borders["emphasis"], "pair"]]
        return frozenset.intersection(*pairs) if pairs else frozenset()

    @cached_property
    def row_problems(self) -> tuple[Problem, ...]:
        """What is wrong with rows of the events files, not with links or claims."""
        files = self.files or (self.events_file,)
        return tuple(problem for problem in self.problems if problem.file in files)

    @cached_property
    def held_back_rows(self) -> int:
        """How many rows of the events files are not drawn because something is wrong with them."""
        return len({(problem.file, problem.line) for problem in self.row_problems})

    @cached_property
    def boundaries(self) -> gpd.GeoDataFrame:
        """All other land borders of the world, drawn thin."""
        lines = shape("borders")
        return lines[~lines["pair"].isin(self.borders["pair"])].reset_index(drop=True)

    @cached_property
    def disputed(self) -> gpd.GeoDataFrame:
        """Lines that are disputed, indefinite or lines of control."""
        return shape("disputed")

    @cached_property
    def rivers(self) -> gpd.GeoDataFrame:
        """Rivers; pieces that run along a border are marked `on_border`."""
        return shape("rivers")

    @cached_property
    def lakes(self) -> gpd.GeoDataFrame:
        """Lakes."""
        return shape("lakes")

    @cached_property
    def places(self) -> gpd.GeoDataFrame:
        """Towns for labels."""
        frame = pd.read_csv(SHAPES / "places.csv", keep_default_na=False)
        points = gpd.points_from_xy(frame["lon"], frame["lat"])
        return gpd.GeoDataFrame(frame.drop(columns=["lat", "lon"]), geometry=points, crs=WGS84)

    @cached_property
    def regions(self) -> pd.DataFrame:
        """Named areas, as tuples of countries."""
        frame = self.tables["regions"].copy()
        frame["countries"] = [tuple(text.split(";")) for text in frame["countries"]]
        return frame


def shape(name: str) -> gpd.GeoDataFrame:
    """A shipped layer of `geodata/shapes/`."""
    content = (SHAPES / f"{name}.geojson").read_bytes()
    frame = pd.DataFrame([feature["properties"] for feature in json.loads(content)["features"]])
    geometry = shapely.get_parts(shapely.from_geojson(content))
    return require_wgs84(gpd.GeoDataFrame(frame, geometry=geometry, crs=WGS84), name)


def load(events_file: Path | intake.Intake | None = None, tables: Path | None = None, *, like: Atlas | None = None,
         mapping: intake.Mapping | None = None) -> Atlas:  # fmt: skip
    """Read and check every table and shape.

    `events_file`: the analyst's file in any format, or as it is worked on, the theatre's own if None; `tables`: a theatre's folder, the
    shipped one if None; `mapping`: which columns of the events file are which, guessed if None. The links and claims of a theatre are
    those of the events in its folder; another file has none, whatever its ids, unless it is an earlier or later version of the events
    of `like`.
    Raises TableError when a table of the theatre is wrong, or the events file cannot be used at all.
    """
    folder = Path(tables) if tables else TABLES
    source = events_file or events_of(folder)
    countries, detail = shape("countries"), shape("countries_detail")
    _require_valid(countries, "countries")
    codes = country_codes(countries)
    read = catalogue.read_all(folder, codes)
    memberships = blocs.dated(read["memberships"])
    _require_single_standing(memberships)
    borders = _borders(read["borders"])
    scheme = markings.load(folder)
    ground = intake.Ground(read, codes, countries, detail, scheme)
    name, rows, problems, held_back = intake.drawn(source, ground, mapping) if source else ("no events.csv", *reports.none(read, codes))
    belongs = isinstance(source, Path) and _belongs(source, folder)
    linked, wrong_links = links.load(folder / "links.csv" if belongs else None, set(rows["event"]), read["sources"])
    read["claims"], wrong_claims = claims.load(folder / "claims.csv" if belongs else None, rows, read["sources"], complete=True)
    if like is not None:
        linked, read["claims"] = links.among(like.links, set(rows["event"])), claims.among(like.tables["claims"], rows)
    detail = detail if _within(borders, read["zones"], detail) else countries
    ranges = zones.shaped(read["zones"], detail, borders)
    known = events.versions(rows)
    known["form"] = places.forms(known, ranges)
    return Atlas(name, rows, known, tuple(problems + wrong_links + wrong_claims), held_back, linked, read, countries, detail, borders, memberships,
                 ranges, _bases(read["bases"]), scheme, source is None, _opening(folder))  # fmt: skip


def country_codes(countries: pd.DataFrame) -> frozenset[str]:
    """ISO 3166-1 alpha-3 codes; areas of no agreed status that have no code of their own begin with X and are left out."""
    return frozenset(code for code, disputed in zip(countries["code"], countries["disputed"], strict=True) if not (disputed and code[0] == "X"))


def shipped_events() -> Path:
    """The events file of the shipped theatre: at the top of a checkout, inside the package when installed."""
    beside = HERE.parent / "events.csv"
    return beside if beside.exists() else HERE / "events.csv"


def events_of(folder: Path) -> Path | None:
    """The events file of a theatre; None when its folder has none yet: those of another theatre are never shown in its place."""
    own = folder / "events.csv"
    return own if own.exists() else shipped_events() if _is_shipped(folder) else None


def _is_shipped(folder: Path) -> bool:
    return folder.resolve() == TABLES.resolve()


def _belongs(path: Path, folder: Path) -> bool:
    """Whether the links of a theatre's folder were written for these events."""
    return path.resolve().parent == folder.resolve() or (_is_shipped(folder) and path.resolve() == shipped_events().resolve())


def _within(borders: gpd.GeoDataFrame, ranges: pd.DataFrame, detail: gpd.GeoDataFrame) -> bool:
    """Whether the finer shapes reach as far as the theatre does."""
    lon, lat = (pd.to_numeric(ranges[name], errors="coerce") for name in ("lon", "lat"))
    extent = [*borders.geometry, *shapely.points(lon.dropna(), lat.dropna())]
    return not extent or bool(shapely.box(*detail.total_bounds).contains(shapely.box(*shapely.total_bounds(extent))))


def _opening(folder: Path) -> str | None:
    """The view in a theatre's `view.txt`: its lines joined, without those that begin with `#`."""
    if _is_shipped(folder):
        return None
    path = folder / "view.txt"
    if not path.exists():
        return ""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise TableError([Problem(path.name, 0, "", "", f"cannot be read: {error.strerror}")]) from error
    except UnicodeDecodeError as error:
        raise TableError([Problem(path.name, 0, "", "", "is not UTF-8 text; save the file as UTF-8")]) from error
    return "".join(line.strip() for line in lines if not line.lstrip().startswith("#"))


def _require_valid(frame: gpd.GeoDataFrame, name: str) -> None:
    invalid = frame.loc[~frame.is_valid]
    if len(invalid):
        code, why = invalid["code"].iloc[0], shapely.is_valid_reason(invalid.geometry.iloc[0])
        raise TableError([Problem(f"{name}.geojson", 0, "geometry", code, f"is not a valid shape: {why}")])


def _require_single_standing(memberships: pd.DataFrame) -> None:
    doubles = memberships[blocs.overlapping(memberships)]
    if len(doubles):
        raise TableError(Problem("memberships.csv", int(row["_line"]), "start", row["start"],
                                 f"begins a second standing of {row['country']} in {row['bloc']} before the first has ended")
                         for row in doubles.to_dict("records"))  # fmt: skip


def _borders(table: pd.DataFrame) -> gpd.GeoDataFrame:
    lines = shape("borders").set_index("pair").geometry
    missing = [row for row in table.to_dict("records") if row["pair"] not in lines.index]
    if missing:
        raise TableError(Problem("borders.csv", int(row["_line"]), "pair", row["pair"], "has no line in borders.geojson") for row in missing)
    frame = gpd.GeoDataFrame(table.copy(), geometry=lines[table["pair"]].to_numpy(), crs=WGS84)
    frame["emphasis"] = np.array([said == "yes" or (not said and EMPHASISED in pair.split("-"))
                                  for pair, said in zip(frame["pair"], frame["emphasis"], strict=True)], bool)  # fmt: skip
    frame["line_km"] = [geodesy.length_km(line) for line in frame.geometry]
    return frame


def _bases(table: pd.DataFrame) -> gpd.GeoDataFrame:
    lat, lon = (pd.to_numeric(table[name], errors="coerce") for name in ("lat", "lon"))
    points = np.where(lat.notna(), shapely.points(lon.fillna(0), lat.fillna(0)), None)
    return gpd.GeoDataFrame(table.drop(columns=["lat", "lon"]), geometry=gpd.GeoSeries(points, crs=WGS84))
