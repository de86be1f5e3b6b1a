"""Countries as one coverage: units of the source merged to ISO codes, the Kashmir area carved out, two tolerances."""

import csv
from collections.abc import Iterable
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from geodata.shapes.features import rounded

CURATED = Path(__file__).parent / "curated"

REGION = shapely.box(43, 22, 90, 56)
"""Afghanistan, its neighbours and Central Asia, in degrees: kept in full detail"""

WORLD = shapely.box(-180, -90, 180, 90)
WORLD_TOLERANCE = 0.07
REGION_TOLERANCE = 0.01
"""degrees; the square root of the area a removed corner may have"""

ISLET = 0.02
"""square degrees; smaller islands are left out of the world file, but never a country's largest"""

KASHMIR = "XJK"
KASHMIR_NAME = "Jammu and Kashmir"
KASHMIR_UNITS = {"IND-2431", "IND-20012", "KAS+00?", "PAK-1109", "PAK-1111"}
"""Jammu and Kashmir, Ladakh, Siachen, Azad Kashmir, Gilgit-Baltistan in the source's provinces"""

NO_COUNTRY = {"XAB", "XBT", "XGO", "XJK", "XPI", "XRA", "XSP", "XSR"}
"""areas that belong to no country here; codes of this project, from the range ISO 3166 leaves to users"""

STATUS_NOT_AGREED = NO_COUNTRY | {"ESH"}


def read_countries(path: Path) -> gpd.GeoDataFrame:
    """Read the source's 250 units with our `code` and `name`, coordinates rounded, self-touching rings repaired."""
    columns = ["ADM0_A3", "ISO_A3_EH", "NAME", "NAME_EN"]
    frame = gpd.read_file(f"/vsizip/{path.as_posix()}", columns=columns, encoding="UTF-8")
    changes = _changes()
    frame["code"] = [changes.get(u, {}).get("code") or i for u, i in zip(frame.ADM0_A3, frame.ISO_A3_EH, strict=True)]
    names = zip(frame.ADM0_A3, frame.NAME, frame.NAME_EN, strict=True)
    frame["name"] = [changes.get(unit, {}).get("name") or _short(name, long) for unit, name, long in names]
    frame["main"] = frame.ADM0_A3.eq(frame.code) | ~frame.code.duplicated(keep=False)
    frame.geometry = rounded(_areas(shapely.make_valid(rounded(frame.geometry.values))))
    return frame[["code", "name", "main", "geometry"]]


def _table(name: str) -> list[dict[str, str]]:
    """Read the rows of a curated table."""
    with (CURATED / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _changes() -> dict[str, dict[str, str]]:
    """Return the curated table by the source's unit code."""
    return {row["unit"]: row for row in _table("countries")}


def _short(name: str, long_name: str) -> str:
    """Choose the source's name, or its longer one where that is abbreviated."""
    return long_name if "." in name else name


def fill_holes(units: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Add the curated areas the source leaves empty between countries, each found by a point in it."""
    land = [part for part in shapely.get_parts(shapely.union_all(units.geometry.values)) if part.area]
    holes = np.array([shapely.Polygon(ring) for part in land for ring in part.interiors])
    areas = pd.DataFrame(_table("areas"))
    points = shapely.points(areas.lon.astype(float), areas.lat.astype(float))
    shapes = [holes[shapely.contains(holes, point)][0] for point in points]
    filled = gpd.GeoDataFrame(areas[["code", "name"]], geometry=shapes, crs=units.crs)
    return pd.concat([units, filled.assign(main=areas.name.ne(""))], ignore_index=True)


def carve(units: gpd.GeoDataFrame, provinces: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return pieces with `state` and `code`: the Kashmir units have the code XJK and the state of the source."""
    names = units[units.main].set_index("code")["name"]
    pieces = units.dissolve("code", as_index=False)[["code", "geometry"]]
    pieces["state"], pieces["name"] = pieces.code, pieces.code.map(names)
    kashmir = shapely.union_all(rounded(provinces[provinces.adm1_code.isin(KASHMIR_UNITS)].geometry.values))
    holders = pieces.state.isin(["IND", "PAK"])
    held = pieces[holders].assign(code=KASHMIR, name=KASHMIR_NAME)
    held.geometry = rounded(_areas(shapely.intersection(held.geometry.values, kashmir)))
    rest = _areas(shapely.difference(pieces.geometry.values[holders], kashmir))
    pieces.loc[holders, "geometry"] = gpd.GeoSeries(rounded(rest), pieces.index[holders], crs=units.crs)
    return require_coverage(pd.concat([pieces, held], ignore_index=True), "countries")


def require_coverage(frame: gpd.GeoDataFrame, name: str) -> gpd.GeoDataFrame:
    """Return `frame` if its shapes are valid and share their edges, else raise ValueError."""
    invalid = frame[~frame.is_valid]
    if len(invalid) or not shapely.coverage_is_valid(frame.geometry.values):
        raise ValueError(f"{name}: not a valid coverage, invalid shapes: {', '.join(invalid.code) or 'none'}")
    return frame


def without_islets(pieces: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Leave out islands under ISLET that touch no other country and are not the largest part of theirs."""
    parts = pieces.explode(ignore_index=True)
    touching, _ = parts.sindex.query(parts.geometry, predicate="intersects")
    alone = np.bincount(touching, minlength=len(parts)) == 1
    area = pd.Series(shapely.area(parts.geometry.values), parts.index)
    largest = area.groupby(parts.code).transform("max") == area
    kept = parts[(area >= ISLET) | ~alone | largest]
    return kept.dissolve(["state", "code", "name"]).reset_index()


def at_two_scales(pieces: gpd.GeoDataFrame, region_tolerance: float) -> gpd.GeoDataFrame:
    """Simplify to `region_tolerance` inside REGION and WORLD_TOLERANCE outside, as one coverage."""
    inside = _simplified(pieces, REGION, region_tolerance)
    outside = _simplified(pieces, WORLD.difference(REGION), WORLD_TOLERANCE)
    both = [shapely.union_all([a, b]) for a, b in zip(inside, outside, strict=True)]
    return require_coverage(pieces.set_geometry(gpd.GeoSeries(both, crs=pieces.crs)), "countries at two scales")


def _simplified(pieces: gpd.GeoDataFrame, frame: BaseGeometry, tolerance: float) -> np.ndarray:
    """Simplify the parts in `frame`; the sea is a member too, so that no corner on the frame's edge moves."""
    parts = rounded(_areas(shapely.intersection(pieces.geometry.values, frame)))
    if not tolerance:
        return parts
    sea = _areas([shapely.difference(frame, shapely.union_all(parts))])
    return shapely.coverage_simplify(np.append(parts, sea), tolerance)[:-1]


def _areas(shapes: Iterable[BaseGeometry]) -> np.ndarray:
    """Keep the polygons only: an overlay may leave points and lines where shapes touch."""
    parts = [shapely.get_parts(shapely.get_parts(shape)) for shape in shapes]
    return np.array([shapely.MultiPolygon([part for part in some if part.area]) for some in parts])


def in_region(pieces: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the part inside REGION in full detail, without what is empty there."""
    clipped = pieces.set_geometry(gpd.GeoSeries(_simplified(pieces, REGION, 0), crs=pieces.crs))
    return clipped[~clipped.is_empty]


def by(pieces: gpd.GeoDataFrame, column: str) -> gpd.GeoDataFrame:
    """Join pieces by `code` (as shipped) or by `state` (the Kashmir area with the states that hold it)."""
    return pieces.dissolve(column, as_index=False)[[column, "name", "geometry"]]


def features(pieces: gpd.GeoDataFrame) -> list[tuple[dict, BaseGeometry]]:
    """Return countries as shipped: code, name, disputed."""
    shipped = require_coverage(by(pieces, "code"), "countries as shipped")
    return [
        ({"code": row.code, "name": row.name, "disputed": row.code in STATUS_NOT_AGREED}, row.geometry)
        for row in shipped.itertuples(index=False)
    ]
