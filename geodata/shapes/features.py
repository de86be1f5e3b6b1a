"""GeoJSON as it is shipped: RFC 7946, four decimals, one feature a line, sorted, the same bytes every time."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

DECIMALS = 4


def rounded(geometry: Any) -> Any:
    """Round coordinates of a geometry or an array of them to the shipped decimals; adding 0.0 turns -0.0 into 0.0."""
    return shapely.transform(geometry, lambda xy: np.round(xy, DECIMALS) + 0.0)


def canonical(geometry: BaseGeometry) -> BaseGeometry:
    """Return the same shape with rings, parts and starting points in a fixed order, outer rings counter-clockwise."""
    return shapely.orient_polygons(shapely.normalize(rounded(geometry)))


def feature_line(properties: dict, geometry: BaseGeometry) -> str:
    """Return one feature as one line of JSON."""
    feature = {"type": "Feature", "properties": properties, "geometry": shapely.geometry.mapping(canonical(geometry))}
    return json.dumps(feature, ensure_ascii=False, separators=(",", ":"))


def write(path: Path, features: Iterable[tuple[dict, BaseGeometry]]) -> None:
    """Write (properties, geometry) pairs sorted by their properties in the order these are given."""
    lines = sorted((sort_key(properties), feature_line(properties, geometry)) for properties, geometry in features)
    body = ",\n".join(line for _, line in lines)
    path.write_text(f'{{"type":"FeatureCollection","features":[\n{body}\n]}}\n', encoding="utf-8", newline="\n")


def sort_key(properties: dict) -> tuple[str, ...]:
    """Return the properties as text, so that rows with a missing value can be sorted too."""
    return tuple("" if value is None else str(value) for value in properties.values())
