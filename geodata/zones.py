"""Exercise ranges: no source gives their coordinates, so each is an area as large as it is uncertain."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from geodata.geodesy import WGS84, band_km, ring


def shaped(table: pd.DataFrame, countries: gpd.GeoDataFrame, borders: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Add `geometry` (the ring, clipped to its country; None when nothing is known) and `band`.

    `band` is the part of the ring between the two reported distances from a border, None when no distance is reported.
    """
    land, lines = countries.set_index("code").geometry, borders.drop_duplicates("pair").set_index("pair").geometry
    frame = table.copy()
    for name in ("lat", "lon", "radius_km", "min_km_to_border", "max_km_to_border"):
        frame[name] = pd.to_numeric(table[name], errors="coerce").astype(float)
    shapes = [_clipped_ring(zone, land) for zone in frame.to_dict("records")]
    frame["band"] = [_band(zone, shape, lines) for zone, shape in zip(frame.to_dict("records"), shapes, strict=True)]
    return gpd.GeoDataFrame(frame, geometry=gpd.GeoSeries(shapes, index=frame.index, crs=WGS84))


def _clipped_ring(zone: dict, land: gpd.GeoSeries) -> BaseGeometry | None:
    if pd.isna(zone["lat"]):
        return None
    return _polygonal(shapely.intersection(ring(zone["lon"], zone["lat"], zone["radius_km"]), land[zone["country"]]))


def _band(zone: dict, shape: BaseGeometry | None, lines: gpd.GeoSeries) -> BaseGeometry | None:
    if shape is None or pd.isna(zone["max_km_to_border"]) or zone["border"] not in lines.index:
        return None
    band = band_km(lines[zone["border"]], shape, zone["min_km_to_border"], zone["max_km_to_border"])
    return None if band.is_empty else _polygonal(band)


def _polygonal(shape: BaseGeometry) -> BaseGeometry:
    parts = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)
