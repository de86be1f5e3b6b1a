"""The chart: from degrees to page mm, conformal where the frame allows it, with the frame's scale."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cached_property, lru_cache

import numpy as np
import shapely
from pyproj import CRS, Transformer
from shapely.geometry.base import BaseGeometry

from dashboard.page.sheet import Rect
from geodata import geodesy
from geodata.geodesy import WGS84

THEATRE = (44.0, 22.0, 92.0, 54.0)
"""west, south, east, north: frames inside are drawn with the theatre's parallels"""

CONFORMAL, EQUAL_AREA, SCREEN = PROJECTIONS = ("conformal", "equal-area", "screen")
"""right shapes, right areas, or Mercator as on the screen"""

MERCATOR = 84.0
"""latitude up to which Mercator is drawn"""

ACROSS = 20.0
"""mm over which the scale of the map is measured"""

MOST_KEPT = 1000
"""shapes a chart remembers"""

SLIVER = 0.15
"""mm inside the frame that something must reach to be seen"""

Box = tuple[float, float, float, float]


@lru_cache(maxsize=12)
def fitted(box: Box, rect: Rect, projection: str, print_scale: float = 1.0, *, even_scale: bool = True) -> Chart:
    """The chart of a frame, kept with what was drawn on it: pages of a series share it."""
    return Chart(box, rect, projection=projection, even_scale=even_scale, print_scale=print_scale)


class Chart:
    """A projection fitted to a rectangle of the page."""

    def __init__(self, box: Box, rect: Rect, *, projection: str = CONFORMAL, even_scale: bool = True, print_scale: float = 1.0) -> None:
        """Show at least `box` (west, south, east, north; east < west crosses the date line) inside `rect` (mm).

        With `even_scale` the printed scale is a round number; `print_scale` is printed mm per mm drawn.
        """
        west, south, east, north = unwrapped(box)
        self.box = (west, max(south, -MERCATOR), east, min(north, MERCATOR)) if projection == SCREEN else (west, south, east, north)
        self.rect, self.projection = rect, projection
        self.name, text = suited(self.box, projection)
        crs = CRS.from_proj4(text)
        self._there = Transformer.from_crs(WGS84, crs, always_xy=True)
        self._centre, metres = self._fit()
        self.denominator = _even(metres * 1000 / print_scale) * print_scale if even_scale else metres * 1000
        """1 : denominator"""
        self._mm = 1000 / self.denominator
        self._kept: dict[int, tuple[BaseGeometry | None, BaseGeometry]] = {}
        """by identity, with the shape itself so that it stays the same one"""
        self.bounds = self._visible()
        """west, south, east, north in degrees of what the rectangle shows; east may pass 180"""

    def _fit(self) -> tuple[tuple[float, float], float]:
        """Middle of the projected box, and metres on the ground per mm that show all of it."""
        west, south, east, north = self.box
        ring = shapely.segmentize(shapely.box(west, south, east, north), max((east - west) / 60, 0.01))
        x, y = self._there.transform(*shapely.get_coordinates(ring).T)
        x, y = x[np.isfinite(x)], y[np.isfinite(y)]
        wide, high = self.rect[2] - self.rect[0], self.rect[3] - self.rect[1]
        metres = max(np.ptp(x) / wide, np.ptp(y) / high, 1.0)
        return ((x.min() + x.max()) / 2, (y.min() + y.max()) / 2), metres

    def xy(self, lon: np.ndarray | float, lat: np.ndarray | float) -> tuple[np.ndarray, np.ndarray]:
        """Degrees to page mm."""
        lon = np.asarray(lon, float)
        lon = np.where(lon < self.box[0] - 180, lon + 360, np.where(lon > self.box[2] + 180, lon - 360, lon))
        x, y = self._there.transform(lon, lat)
        left, top, right, bottom = self.rect
        return (left + right) / 2 + (x - self._centre[0]) * self._mm, (top + bottom) / 2 - (y - self._centre[1]) * self._mm

    def degrees(self, x: np.ndarray | float, y: np.ndarray | float) -> tuple[np.ndarray, np.ndarray]:
        """Page mm to degrees."""
        left, top, right, bottom = self.rect
        east = (np.asarray(x, float) - (left + right) / 2) / self._mm + self._centre[0]
        north = ((top + bottom) / 2 - np.asarray(y, float)) / self._mm + self._centre[1]
        lon, lat = self._there.transform(east, north, direction="INVERSE")
        return lon + 360 * np.round(((self.box[0] + self.box[2]) / 2 - lon) / 360), lat

    def _visible(self) -> Box:
        left, top, right, bottom = self.rect
        x, y = np.meshgrid(np.linspace(left, right, 31), np.linspace(top, bottom, 31))
        lon, lat = self.degrees(x.ravel(), y.ravel())
        fine = np.isfinite(lon) & np.isfinite(lat)
        west, east, south, north = lon[fine].min(), lon[fine].max(), lat[fine].min(), lat[fine].max()
        spare = 0.03 * max(east - west, north - south)
        middle = (self.box[0] + self.box[2]) / 2
        return (
            max(west - spare, middle - 179.99), max(south - spare, -89.9), min(east + spare, middle + 179.99), min(north + spare, 89.9)
        )  # fmt: skip

    def shows(self, lon: float, lat: float, margin: float = 2.0) -> bool:
        """Whether a point is on the map, `margin` mm inside its frame."""
        return self.holds(*map(float, self.xy(lon, lat)), margin=margin)

    def holds(self, x: float, y: float, margin: float = 2.0) -> bool:
        """The same of a point in page mm."""
        left, top, right, bottom = self.rect
        return left + margin <= x <= right - margin and top + margin <= y <= bottom - margin

    def shapes(self, shapes: np.ndarray) -> np.ndarray:
        """Shapes in degrees, cut to the frame, in page mm; None and what lies outside become empty."""
        cut = self._cut(np.asarray(shapes, dtype=object))
        moved = shapely.transform(cut, lambda points: np.column_stack(self.xy(points[:, 0], points[:, 1])))
        left, top, right, bottom = self.rect
        shown = shapely.clip_by_rect(moved, left - 4, top - 4, right + 4, bottom + 4)
        return np.where(shapely.is_valid(shown), shown, shapely.make_valid(shown))

    def shape(self, shape: BaseGeometry | None) -> BaseGeometry:
        """One shape in page mm; kept, because the borders and ranges of a theatre are on every page of a series."""
        if id(shape) not in self._kept:
            if len(self._kept) > MOST_KEPT:
                self._kept.clear()
            self._kept[id(shape)] = shape, self.shapes(np.array([shape], dtype=object))[0]
        return self._kept[id(shape)][1]

    def within(self, shapes: Sequence[BaseGeometry] | np.ndarray) -> np.ndarray:
        """Which shapes in page mm can be seen inside the frame."""
        left, top, right, bottom = self.rect
        frame = shapely.box(left + SLIVER, top + SLIVER, right - SLIVER, bottom - SLIVER)
        shapely.prepare(frame)
        return shapely.intersects(frame, np.array(shapes, dtype=object))

    def _cut(self, shapes: np.ndarray) -> np.ndarray:
        west, south, east, north = self.bounds
        shapes = np.where(shapely.is_missing(shapes), shapely.Polygon(), shapes)
        pieces = []
        for turn in (-360.0, 0.0, 360.0):
            if west < 180 + turn and east > -180 + turn:
                piece = shapely.clip_by_rect(shapes, max(west, -180 + turn) - turn, south, min(east, 180 + turn) - turn, north)
                pieces.append(piece if not turn else shapely.transform(piece, lambda p, turn=turn: p + np.array([turn, 0.0])))
        return pieces[0] if len(pieces) == 1 else shapely.union_all(np.array(pieces), axis=0)

    def mm(self, km: float) -> float:
        """Length on the page of a length on the ground."""
        return km * 1e6 / self.denominator

    def mm_across(self, km: float) -> float:
        """The same from left to right through the middle of the map, measured on the ellipsoid there: what a scale bar shows."""
        return km * self._mm_per_km((self.rect[0] + self.rect[2]) / 2, (self.rect[1] + self.rect[3]) / 2)

    def _mm_per_km(self, x: float, y: float) -> float:
        ends = [tuple(float(v) for v in self.degrees(x + step, y)) for step in (-ACROSS / 2, ACROSS / 2)]
        return ACROSS / geodesy.distance_km(*ends[0], *ends[1])

    @cached_property
    def uneven(self) -> float:
        """By how much of itself the scale differs at the edges from the middle; infinite where the map ends before its edges."""
        left, top, right, bottom = self.rect
        spots = [(x, y) for x in (left + ACROSS / 2, (left + right) / 2, right - ACROSS / 2) for y in (top, (top + bottom) / 2, bottom)]
        found = np.array([self._mm_per_km(*spot) if np.isfinite(self.degrees(*spot)).all() else np.inf for spot in spots])
        return float(np.abs(found / found[4] - 1).max()) if np.isfinite(found).all() else math.inf

    def north(self) -> tuple[float, float]:
        """Direction of north in degrees clockwise from the top of the page, in the middle, and how far it departs from that at the edges."""
        left, top, right, bottom = self.rect
        x, y = (grid.ravel() for grid in np.meshgrid(np.linspace(left, right, 5), np.linspace(top, bottom, 5)))
        lon, lat = self.degrees(x, y)
        (x0, y0), (x1, y1) = self.xy(lon, lat - 0.01), self.xy(lon, lat + 0.01)
        turned = np.degrees(np.arctan2(x1 - x0, y0 - y1))
        middle = float(turned[12])
        return middle, float(np.nanmax(np.abs(turned - middle))) if np.isfinite(turned).all() else 180.0


def unwrapped(box: Box) -> Box:
    """The same frame with east greater than west, past 180 where it crosses the date line."""
    west, south, east, north = box
    return west, south, east + 360 if east <= west else east, north


def suited(box: Box, wanted: str = CONFORMAL) -> tuple[str, str]:
    """Name and PROJ text of the projection that suits a frame in degrees; a frame too wide to be conformal becomes equal-area."""
    west, south, east, north = box
    lon, lat = (west + east) / 2, (south + north) / 2
    if wanted == SCREEN:
        return f"Mercator as on the screen, true at {_parallel(round(lat))}", f"+proj=merc +lon_0={lon:.4f} +lat_ts={round(lat)} +datum=WGS84"
    if east - west > 140 or north - south > 90:
        why = "" if wanted == EQUAL_AREA else " (equal-area: the frame is too wide for true shapes)"
        return f"Equal Earth{why}", f"+proj=eqearth +lon_0={lon:.4f} +datum=WGS84"
    if wanted == EQUAL_AREA:
        return "Lambert azimuthal equal-area", f"+proj=laea +lat_0={lat:.4f} +lon_0={lon:.4f} +datum=WGS84"
    if max(-south, north) > 80:
        return "stereographic", f"+proj=stere +lat_0={lat:.4f} +lon_0={lon:.4f} +datum=WGS84"
    if south < 8 < north or south < -8 < north:
        return f"Mercator, true at {_parallel(round(lat, 1))}", f"+proj=merc +lon_0={lon:.4f} +lat_ts={lat:.1f} +datum=WGS84"
    if THEATRE[0] <= west and THEATRE[1] <= south and east <= THEATRE[2] and north <= THEATRE[3]:
        low, high = 34.0, 43.0
    else:
        low, high = (round(south + (north - south) * share, 1) for share in (1 / 6, 5 / 6))
    name = f"Lambert conformal conic, {_parallel(low)} and {_parallel(high)}"
    return name, f"+proj=lcc +lat_1={low} +lat_2={high} +lat_0={lat:.4f} +lon_0={lon:.4f} +datum=WGS84"


def _parallel(lat: float) -> str:
    return f"{abs(lat):g}\u00b0 {'N' if lat >= 0 else 'S'}"


def _even(denominator: float) -> float:
    """The next larger round scale number: 1 350 000, 4 300 000, 8 500 000."""
    power = 10.0 ** math.floor(math.log10(denominator))
    step = power * (0.05 if denominator < 2 * power else 0.1 if denominator < 5 * power else 0.5)
    return math.ceil(denominator / step - 1e-9) * step
