"""Rivers and lakes: rivers are cut where a border runs along them, so that line and border are not drawn as a braid."""

import csv
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry
from shapely.ops import substring

from geodata.geodesy import Plane
from geodata.shapes.borders import Run, runs
from geodata.shapes.countries import CURATED, REGION, REGION_TOLERANCE, WORLD_TOLERANCE
from geodata.shapes.features import rounded

MAIN = {"Amu Darya", "Panj"}

ALONG_KM = 3
"""a river this near a border for long enough is drawn as the border"""

SHORTEST_RUN_KM = 25
"""less is a crossing"""

SHORTEST_GAP_KM = 15
"""less is a bend that the border cuts off"""

LAKE = 0.05
"""square degrees, about 500 km2 here: smaller unnamed lakes are left out"""

FAR_LAKE = 0.4
"""square degrees; smaller lakes outside the region are left out"""

CENTRE = (REGION.centroid.x, REGION.centroid.y)


def read_lakes(path: Path) -> gpd.GeoDataFrame:
    """Read lakes with `name` (empty if the curated table has none) and `near`, simplified, small ones left out."""
    shapes = gpd.read_file(path).geometry.values
    shapes = np.array([lake for lake in shapely.make_valid(shapes) if lake.area])
    near = shapely.intersects(shapes, REGION)
    names = _lake_names(shapes)
    area = shapely.area(shapes)
    kept = [n != "" or a > (LAKE if close else FAR_LAKE) for n, a, close in zip(names, area, near, strict=True)]
    simple = np.where(
        near, shapely.simplify(shapes, REGION_TOLERANCE / 2), shapely.simplify(shapes, WORLD_TOLERANCE / 2)
    )
    frame = gpd.GeoDataFrame({"name": names, "near": near}, geometry=rounded(simple), crs="EPSG:4326")
    return frame[kept]


def _lake_names(shapes: np.ndarray) -> list[str]:
    """Find each lake's name in the curated table by a point in it; the source package has lost the names."""
    with (CURATED / "lakes.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    names = [""] * len(shapes)
    for row in rows:
        (found,) = np.flatnonzero(shapely.contains_xy(shapes, float(row["lon"]), float(row["lat"])))
        names[found] = row["name"]
    return names


def read_rivers(path: Path, lakes: gpd.GeoDataFrame) -> dict[str, BaseGeometry]:
    """Read the region's rivers by name (empty: no name), merged, without the stretches in lakes that are drawn."""
    frame = gpd.read_file(path, columns=["name"], bbox=REGION.bounds, encoding="ISO-8859-1")
    with (CURATED / "rivers.csv").open(encoding="utf-8", newline="") as file:
        better = {row["name_in_source"]: row["name"] for row in csv.DictReader(file)}
    frame["name"] = frame.name.fillna("").replace(better)
    water = shapely.union_all(lakes[lakes.near].geometry.values)
    clipped = shapely.difference(shapely.intersection(rounded(frame.geometry.values), REGION), water)
    frame = frame.set_geometry(gpd.GeoSeries(clipped, frame.index, crs=frame.crs))
    return {name: shapely.line_merge(shapely.union_all(group.geometry.values)) for name, group in frame.groupby("name")}


def rivers(lines: dict[str, BaseGeometry], borders: BaseGeometry) -> list[tuple[dict, BaseGeometry]]:
    """Return rivers as shipped: name, rank, on_border; one feature a river for each of its two parts."""
    plane = Plane(*CENTRE)
    near = plane.to(shapely.intersection(borders, REGION))
    zone = near.buffer(ALONG_KM)
    rows = []
    for name, line in lines.items():
        parts = [part for piece in shapely.get_parts(plane.to(line)) for part in cut(piece, near, zone)]
        for flag in (False, True):
            chosen = [plane.back(part) for on_border, part in parts if on_border is flag]
            if chosen:
                rank = "main" if name in MAIN else "other"
                rows.append(({"name": name, "rank": rank, "on_border": flag}, shapely.MultiLineString(chosen)))
    return rows


def cut(line: shapely.LineString, borders: BaseGeometry, zone: BaseGeometry) -> list[tuple[bool, shapely.LineString]]:
    """Cut a river (in km) into stretches on a border and off it; the latter reach to the border where they meet it."""
    stretches = runs(line, zone, shortest_gap=SHORTEST_GAP_KM, shortest_run=SHORTEST_RUN_KM)
    return [
        (run.inside, substring(line, run.start, run.end) if run.inside else reaching(line, run, borders))
        for run in stretches
    ]


def reaching(line: shapely.LineString, run: Run, borders: BaseGeometry) -> shapely.LineString:
    """Return a stretch of a river, led on to the nearest point of the border where the river goes on along it."""
    points = shapely.get_coordinates(substring(line, run.start, run.end))
    if run.start > 0:
        points = np.vstack([_nearest(points[0], borders), points])
    if run.end < line.length:
        points = np.vstack([points, _nearest(points[-1], borders)])
    return shapely.LineString(points)


def _nearest(point: np.ndarray, borders: BaseGeometry) -> np.ndarray:
    """Return the nearest point of the borders."""
    return shapely.get_coordinates(shapely.shortest_line(shapely.Point(point), borders))[1]


def lake_features(lakes: gpd.GeoDataFrame) -> list[tuple[dict, BaseGeometry]]:
    """Return lakes as shipped: name, empty if it has none here."""
    return [({"name": row.name}, row.geometry) for row in lakes[["name", "geometry"]].itertuples(index=False)]
