"""Provinces of Afghanistan and of the countries around it, with names and codes of 2021."""

import csv
import json
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from geodata.shapes.countries import CURATED
from geodata.shapes.features import rounded

TOLERANCE = 0.02
"""degrees, for the lines between provinces; a country's own border keeps its full detail"""


def read_provinces(path: Path) -> gpd.GeoDataFrame:
    """Read all provinces of the source: adm1_code, adm0_a3, geometry."""
    with path.open(encoding="utf-8") as file:
        features = json.load(file)["features"]
    frame = pd.DataFrame([feature["properties"] for feature in features])[["adm1_code", "adm0_a3"]]
    shapes = shapely.from_geojson([json.dumps(feature["geometry"]) for feature in features])
    return gpd.GeoDataFrame(frame, geometry=rounded(shapes), crs="EPSG:4326")


def provinces(source: gpd.GeoDataFrame) -> list[tuple[dict, BaseGeometry]]:
    """Return provinces as shipped: code, name, country."""
    with (CURATED / "provinces.csv").open(encoding="utf-8", newline="") as file:
        table = pd.DataFrame(list(csv.DictReader(file)))
    chosen = source.merge(table, left_on="adm1_code", right_on="unit", validate="one_to_one")
    if len(chosen) != len(table):
        raise ValueError(f"provinces.csv: not in the source: {', '.join(sorted(set(table.unit) - set(chosen.unit)))}")
    joined = chosen.dissolve(["country", "code", "name"], as_index=False)
    rows = []
    for _, country in joined.groupby("country"):
        shapes = simplified(country.geometry.values)
        for row, shape in zip(country.itertuples(), shapes, strict=True):
            rows.append(({"code": row.code, "name": row.name, "country": row.country}, shape))
    return rows


def simplified(shapes: np.ndarray) -> np.ndarray:
    """Simplify the lines between the shapes; raise ValueError if they do not share their edges."""
    if not shapely.coverage_is_valid(shapes):
        raise ValueError("provinces of a country are not a valid coverage")
    return shapely.coverage_simplify(shapes, TOLERANCE, simplify_boundary=False)
