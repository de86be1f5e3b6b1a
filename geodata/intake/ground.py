"""What other people's rows are judged against: the theatre's tables and the outlines of countries."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from geodata import catalogue, markings
from geodata.intake.kinds import kinds_known
from geodata.markings import TLP, Scheme

if TYPE_CHECKING:
    from geodata.atlas import Atlas

REGION = (43.0, 22.0, 90.0, 56.0)
"""west, south, east, north of the finer outlines"""

REGION_ERROR_KM = 5.0
"""how far the finer lines are off at most, as measured in `shapes/SOURCES.md`"""

WORLD_ERROR_KM = 25.0
"""the same elsewhere: simplified, small islands left out"""

KM_PER_DEGREE = 111.2
"""of latitude"""


@dataclass(eq=False)
class Ground:
    """The tables by name, the codes of countries, and two sets of outlines."""

    tables: dict[str, pd.DataFrame]
    codes: frozenset[str]
    countries: gpd.GeoDataFrame
    detail: gpd.GeoDataFrame
    markings: Scheme = TLP
    memo: dict[str, dict] = field(default_factory=dict)
    """what was looked up before"""

    @classmethod
    def read(cls, folder: Path | None = None) -> Ground:
        """From a theatre's folder, the shipped one if None. Raises TableError when one of its tables is wrong."""
        from geodata import atlas

        countries, detail = atlas.shape("countries"), atlas.shape("countries_detail")
        codes = atlas.country_codes(countries)
        where = folder or atlas.TABLES
        return cls(catalogue.read_all(where, codes), codes, countries, detail, markings.load(where))

    @classmethod
    def of(cls, atlas: Atlas) -> Ground:
        """From facts that are loaded already."""
        from geodata.atlas import country_codes

        return cls(atlas.tables, country_codes(atlas.countries), atlas.countries, atlas.detail, atlas.markings)

    @cached_property
    def kinds(self) -> dict[str, str]:
        """Plain words for kinds -> ids."""
        frame = self.tables["kinds"]
        return kinds_known(list(frame["id"]), list(frame["name"]), list(frame["plural"]))

    @cached_property
    def names(self) -> dict[str, str]:
        """English names of countries by code."""
        return dict(zip(self.countries["code"], self.countries["name"], strict=True))

    @cached_property
    def _outlines(self) -> dict[str, list[BaseGeometry]]:
        """Every outline of a country, the finer first."""
        found: dict[str, list[BaseGeometry]] = {}
        for frame in (self.detail, self.countries):
            for code, shape in zip(frame["code"], frame.geometry, strict=True):
                shapely.prepare(shape)
                found.setdefault(code, []).append(shape)
        return found

    def inside(self, code: str, lons: np.ndarray, lats: np.ndarray) -> np.ndarray:
        """Which points lie in a country, its line drawn as far off as it may be; all do when it has no outline."""
        shapes = self._outlines.get(code)
        if not shapes:
            return np.ones(len(lons), bool)
        within = np.zeros(len(lons), bool)
        for shape in shapes:
            rest = ~within
            within[rest] = shapely.contains_xy(shape, lons[rest], lats[rest])
        rest = np.flatnonzero(~within)
        if len(rest):
            errors = error_km(lons[rest], lats[rest])
            within[rest] = self.distances_km(code, lons[rest], lats[rest]) <= errors
        return within

    def distances_km(self, code: str, lons: np.ndarray, lats: np.ndarray) -> np.ndarray:
        """How far points outside a country are from it, right to a few per cent where it matters, near the line."""
        least = np.full(len(lons), np.inf)
        bands = np.round(lats / 5) * 5
        for band in np.unique(bands):
            rows = bands == band
            squeeze = max(np.cos(np.radians(np.clip(band, -85, 85))), 0.08)
            points = shapely.points(lons[rows] * squeeze, lats[rows])
            for shape in self._outlines[code][-1:] + self._near(code, lons[rows], lats[rows]):
                flat = shapely.transform(shape, lambda xy, by=squeeze: xy * (by, 1))
                least[rows] = np.minimum(least[rows], shapely.distance(points, flat) * KM_PER_DEGREE)
        return least

    def _near(self, code: str, lons: np.ndarray, lats: np.ndarray) -> list[BaseGeometry]:
        """The finer outline, if any of the points is where it exists."""
        return self._outlines[code][:-1] if bool(in_region(lons, lats).any()) else []

    def country_at(self, lons: np.ndarray, lats: np.ndarray) -> list[str]:
        """The code of the country each point lies in, empty at sea."""
        points = shapely.points(lons, lats)
        found = [""] * len(lons)
        for frame in (self.countries, self.detail):
            at, which = frame.sindex.query(points, predicate="within")
            codes = frame["code"].to_numpy()
            for point, country in zip(at, which, strict=True):
                found[point] = codes[country]
        return found

    @cached_property
    def disputed(self) -> BaseGeometry:
        """Areas whose status is not agreed: a point there contradicts no stated country."""
        shape = shapely.union_all(self.countries.loc[self.countries["disputed"].astype(bool)].geometry.to_numpy())
        shapely.prepare(shape)
        return shape

    @cached_property
    def middles(self) -> dict[str, Middles]:
        """What lists of coordinates give for every country as a whole."""
        return {code: _middles(shape) for code, shape in zip(self.countries["code"], self.countries.geometry, strict=True)}


class Middles(NamedTuple):
    """The points that stand for a whole country, longitude and latitude, and its size."""

    area: tuple[float, float]
    """the middle of its area"""

    box: tuple[float, float]
    """the middle between its outermost points, which geocoders give"""

    across_km: float
    """side of a square as large as the country"""


NOWHERE = Middles((np.nan, np.nan), (np.nan, np.nan), np.nan)


def _middles(shape: BaseGeometry) -> Middles:
    west, south, east, north = shape.bounds
    if east - west > 180:  # it crosses the date line
        west, _, east, _ = shapely.transform(shape, lambda xy: np.column_stack([xy[:, 0] % 360, xy[:, 1]])).bounds
    point, lat = shape.centroid, (south + north) / 2
    across = float(np.sqrt(shape.area * np.cos(np.radians(point.y)))) * KM_PER_DEGREE
    return Middles((point.x, point.y), (((west + east) / 2 + 180) % 360 - 180, lat), across)


def on_earth(lons: np.ndarray, lats: np.ndarray) -> np.ndarray:
    """Which pairs of numbers are degrees."""
    return (np.abs(lats) <= 90) & (np.abs(lons) <= 180)


def apart_km(lons: np.ndarray, lats: np.ndarray, to_lons: np.ndarray, to_lats: np.ndarray) -> np.ndarray:
    """How far points are from others, the short way round and as if the earth were flat there; NaN where one of them is missing or no degree."""
    apart = np.full(len(lons), np.nan)
    rows = np.flatnonzero(on_earth(lons, lats) & on_earth(to_lons, to_lats))
    east, north = (lons[rows] - to_lons[rows] + 180) % 360 - 180, lats[rows] - to_lats[rows]
    apart[rows] = np.hypot(east * np.cos(np.radians(to_lats[rows])), north) * KM_PER_DEGREE
    return apart


def in_region(lons: np.ndarray, lats: np.ndarray) -> np.ndarray:
    """Which points lie where the finer outlines are, a degree inside its edge."""
    west, south, east, north = REGION
    return (lons > west + 1) & (lons < east - 1) & (lats > south + 1) & (lats < north - 1)


def error_km(lons: np.ndarray, lats: np.ndarray) -> np.ndarray:
    """How far a point may be on the wrong side of a line for no fault of its own."""
    return np.where(in_region(lons, lats), REGION_ERROR_KM, WORLD_ERROR_KM)
