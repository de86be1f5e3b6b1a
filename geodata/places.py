"""How a place is drawn as well as it is known, and how far that is from a border."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from geodata.geodesy import distances_km, ring

FORMS = ("symbol", "virtual", "ring", "border", "region", "country", "margin")
"""`symbol` and `virtual` have a point, `ring` an area, `border` a stretch of line; the rest is listed and never a point"""

_FORM = {"site": "symbol", "city": "symbol", "virtual": "virtual", "district": "ring", "border": "border", "region": "region",
         "country": "country", "none": "margin"}  # fmt: skip


def forms(versions: pd.DataFrame, zones: gpd.GeoDataFrame) -> np.ndarray:
    """The form of each version; a district whose ranges have no known area goes to the margin list."""
    form = versions["place_precision"].map(_FORM).to_numpy(object)
    drawable = set(zones.loc[zones.geometry.notna(), "id"])
    for row in np.flatnonzero(form == "ring"):
        own = not np.isnan(versions["lat"].iloc[row])
        if not own and not drawable.intersection(versions["zone"].iloc[row]):
            form[row] = "margin"
    return form


def geometry(
    version: pd.Series, countries: gpd.GeoDataFrame, zones: gpd.GeoDataFrame, borders: gpd.GeoDataFrame, regions: pd.DataFrame
) -> BaseGeometry | None:
    """Everywhere the event can have happened, in degrees; None when nothing is known of its place."""
    form, named = version["form"], list(version["zone"])
    if form in ("symbol", "virtual"):
        return version.geometry
    if form == "ring" and not named:
        return _own_ring(version, countries)
    if form == "ring":
        known = zones.loc[zones["id"].isin(named)]
        shapes = zip(known.geometry, known["band"], strict=True)
        return shapely.union_all([whole if band is None else band for whole, band in shapes if whole is not None])
    if form == "border":
        return shapely.union_all(borders.loc[borders["pair"].isin(named)].geometry.to_numpy())
    codes = {code for name in named for code in regions.loc[regions["id"] == name, "countries"].sum()} if form == "region" else {version["country"]}
    land = countries.loc[countries["code"].isin(codes)].geometry.to_numpy()
    return shapely.union_all(land) if form in ("region", "country") and len(land) else None


def _own_ring(version: pd.Series, countries: gpd.GeoDataFrame) -> BaseGeometry:
    """The ring round the event's own point, cut to its country where it meets it."""
    whole = ring(version["lon"], version["lat"], version["radius_km"])
    land = countries.loc[countries["code"] == version["country"]].geometry
    cut = shapely.intersection(whole, land.iloc[0]) if len(land) else whole
    return whole if cut.is_empty else cut


def near(shapes: list[BaseGeometry | None], line: BaseGeometry, distance_km: float) -> tuple[np.ndarray, np.ndarray]:
    """Which shapes lie wholly within a distance of a line, and which at least touch it."""
    nearest, farthest = distances_km(np.array(shapes, dtype=object), line)
    return farthest <= distance_km, nearest <= distance_km
