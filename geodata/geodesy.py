"""The one place that names the stored CRS and measures on the ground: kilometres on the WGS84 ellipsoid."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely
from pyproj import Geod, Transformer
from shapely.geometry.base import BaseGeometry

WGS84 = "EPSG:4326"
_GEOD = Geod(ellps="WGS84")


def require_wgs84(frame: gpd.GeoDataFrame, name: str) -> gpd.GeoDataFrame:
    """Return `frame` unchanged if it is in WGS84, else raise ValueError."""
    if frame.crs is None:
        raise ValueError(f"{name} has no CRS; call set_crs() where it is read")
    if frame.crs != WGS84:
        raise ValueError(f"{name} must be in {WGS84}, got {frame.crs.to_string()}; call to_crs() where it is read")
    return frame


def length_km(line: BaseGeometry) -> float:
    """Geodesic length of a line in degrees."""
    return _GEOD.geometry_length(line) / 1000


def distance_km(lon: float, lat: float, lon2: float, lat2: float) -> float:
    """Geodesic distance between two points."""
    return _GEOD.inv(lon, lat, lon2, lat2)[2] / 1000


def ring(lon: float, lat: float, radius_km: float, *, points: int = 96) -> shapely.Polygon:
    """The polygon of all places `radius_km` from a point, as a geodesic circle."""
    azimuths = np.linspace(0, 360, points, endpoint=False)
    ones = np.ones(points)
    lons, lats, _ = _GEOD.fwd(ones * lon, ones * lat, azimuths, ones * radius_km * 1000)
    return shapely.Polygon(np.column_stack([lons, lats]))


class Plane:
    """A local azimuthal equidistant plane in kilometres; true to 0.1 % within 500 km of its centre."""

    def __init__(self, lon: float, lat: float) -> None:
        """Centre the plane on a point given in degrees.

        The steps are named, for asking for them by reference systems takes a hundred times as long.
        """
        self._steps = Transformer.from_pipeline(
            "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad "
            f"+step +proj=aeqd +lat_0={lat} +lon_0={lon} +units=km +ellps=WGS84"
        )

    def to(self, shape: BaseGeometry) -> BaseGeometry:
        """Degrees to kilometres."""
        return shapely.transform(shape, self._steps.transform, interleaved=False)

    def back(self, shape: BaseGeometry) -> BaseGeometry:
        """Kilometres to degrees."""
        return shapely.transform(shape, lambda x, y: self._steps.transform(x, y, direction="INVERSE"), interleaved=False)


def centre(shape: BaseGeometry) -> tuple[float, float]:
    """Longitude and latitude of the middle of a shape's bounds."""
    west, south, east, north = shape.bounds
    return (west + east) / 2, (south + north) / 2


def buffer_km(shape: BaseGeometry, distance: float) -> BaseGeometry:
    """Everything within `distance` km of a shape in degrees."""
    plane = Plane(*centre(shape))
    return plane.back(plane.to(shape).buffer(distance))


def distances_km(shapes: np.ndarray, line: BaseGeometry) -> tuple[np.ndarray, np.ndarray]:
    """Least and greatest distance in km of each shape (degrees, None allowed: NaN) from `line`."""
    plane = Plane(*centre(line))
    target = plane.to(line)
    moved = np.array([None if shape is None else plane.to(shape) for shape in shapes], dtype=object)
    nearest = shapely.distance(moved, target)
    farthest = np.array([np.nan if shape is None else _farthest(shape, target) for shape in moved])
    return nearest, farthest


def _farthest(shape: BaseGeometry, target: BaseGeometry) -> float:
    return float(shapely.distance(shapely.points(shapely.get_coordinates(shape)), target).max())


def band_km(line: BaseGeometry, inside: BaseGeometry, nearest: float, farthest: float) -> BaseGeometry:
    """The part of `inside` (degrees) that lies between two distances in km from `line`."""
    plane = Plane(*centre(inside))
    west, south, east, north = shapely.buffer(inside, 1.0).bounds
    near_line = plane.to(shapely.clip_by_rect(line, west, south, east, north))
    belt = near_line.buffer(farthest).difference(near_line.buffer(nearest))
    return plane.back(belt.intersection(plane.to(inside)))
