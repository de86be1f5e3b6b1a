"""Shapes in any coordinate system a file names, as degrees."""

from __future__ import annotations

from collections.abc import Sequence

import geopandas as gpd
import numpy as np
import shapely
from pyproj import CRS
from pyproj.exceptions import CRSError, ProjError

from geodata.geodesy import WGS84
from geodata.intake.limits import refused

DEGREES = ("WGS 84", "WGS 84 (CRS84)")
"""names of the system in which all is drawn"""


def degrees(file: str, shapes: Sequence[shapely.Geometry | None], system: str) -> list[shapely.Geometry | None]:
    """The shapes in longitude and latitude; without a system they are taken for that, if their numbers can be.

    Raises TableError for a system nobody knows, and for numbers that are no degrees.
    """
    if not any(shape is not None for shape in shapes):
        return list(shapes)
    crs = _crs(file, system) if system else CRS.from_user_input(WGS84)
    if crs == CRS.from_user_input(WGS84) or crs.name in DEGREES:
        _require_degrees(file, shapes)
        return list(shapes)
    try:
        moved = gpd.GeoSeries(list(shapes), crs=crs).to_crs(WGS84)
    except (ProjError, ValueError) as error:
        raise refused(file, f"is in the coordinate system {crs.name!r:.60}, which cannot be turned into degrees: {error}") from error
    return moved.to_list()


def doubt(shapes: Sequence[shapely.Geometry | None], system: str) -> list[str]:
    """A sentence when there are shapes and the system is none that is drawn as it stands, or none is named; `system` is one that `degrees` knows."""
    if not any(shape is not None for shape in shapes):
        return []
    if system:
        name = CRS.from_user_input(system).name
        return [] if name in DEGREES else [f"the coordinates were turned from {name!r:.80} into longitude and latitude in WGS84"]
    return ["no coordinate system is named; the coordinates were taken for longitude and latitude in WGS84"]


def _crs(file: str, system: str) -> CRS:
    try:
        return CRS.from_user_input(system)
    except CRSError as error:
        raise refused(file, f"names the coordinate system {system!r:.60}, which is not known here; WGS84 would be right") from error


def _require_degrees(file: str, shapes: Sequence[shapely.Geometry | None]) -> None:
    bounds = shapely.total_bounds(np.array([shape for shape in shapes if shape is not None], object))
    if np.isfinite(bounds).all() and (np.abs(bounds) > 720).any():
        raise refused(file, "has coordinates that are no degrees and names no coordinate system; longitude and latitude in WGS84 would be right")
