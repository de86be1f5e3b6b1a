"""GeoJSON: a FeatureCollection, a feature, or one to a line; in WGS84, or in the system an old file names. A list of records is a table."""

from __future__ import annotations

import json
import re

import shapely

from geodata.intake import encodings, pinned, projected
from geodata.intake.limits import DEPTH, refused, require_depth
from geodata.intake.sheet import Sheet

SIMPLE = ("Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection")


def read(file: str, content: bytes) -> Sheet:
    """A sheet of features. Raises TableError saying where the text is no GeoJSON."""
    name = encodings.encoding(file, content)
    found = _sheet(file, encodings.decoded(file, content, name).lstrip("\ufeff"))
    found.notes += encodings.doubt(content, name, remedy="the file saved as UTF-8 would be right")
    return found


def _sheet(file: str, text: str) -> Sheet:
    require_depth(file, depth(text), "JSON")
    told = _parsed(file, text)
    if _records(told):
        return pinned.sheet(file, "JSON, a list of records", told, [None] * len(told))
    system, said = _system(told)
    features = _features(file, told)
    if not features:
        raise refused(file, "holds no feature")
    properties, geometry, unread = [], [], {}
    for number, feature in enumerate(features, 1):
        if not isinstance(feature, dict):
            raise refused(file, f"has a feature that is no object but {json.dumps(feature)!r:.60}", line=number)
        told = feature.get("properties") or {}
        own = {"id": feature["id"]} if "id" in feature and "id" not in told else {}
        properties.append(own | (told if isinstance(told, dict) else {"properties": told}))
        shape, rest = _shape(feature.get("geometry"))
        geometry.append(shape)
        unread |= {number - 1: rest} if rest else {}
    found = pinned.sheet(file, "GeoJSON", properties, projected.degrees(file, geometry, system) if system else geometry, unread=unread)
    found.notes += said + (projected.doubt(geometry, system) if system else [])
    return found


def _records(told: object) -> bool:
    return isinstance(told, list) and bool(told) and all(isinstance(item, dict) and item.get("type") != "Feature" for item in told)


def depth(text: str) -> int:
    """How deep brackets nest, those inside quotes left out; counting ends beyond what is read."""
    deep = most = 0
    for mark in re.finditer(r'"(?:[^"\\]|\\.)*"|[\[{]|[\]}]', text, re.DOTALL):
        first = mark[0][0]
        if first in "[{":
            deep += 1
            most = max(most, deep)
            if most > DEPTH:
                break
        elif first in "]}":
            deep -= 1
    return most


def _parsed(file: str, text: str) -> object:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        if lines := _by_line(text):
            return {"type": "FeatureCollection", "features": lines}
        raise refused(file, f"is not JSON: {error.msg}", line=error.lineno) from error
    except ValueError as error:  # a number of thousands of digits
        raise refused(file, f"is not JSON: {error}") from error


def _by_line(text: str) -> list[object]:
    """Features one to a line; none when any line is something else."""
    try:
        found = [json.loads(line) for line in text.splitlines() if line.strip("\x1e \t")]
    except ValueError:
        return []
    return found if all(isinstance(item, dict) and item.get("type") == "Feature" for item in found) else []


def _features(file: str, told: object) -> list:
    if isinstance(told, list) and any(isinstance(item, dict) for item in told):
        return told
    if not isinstance(told, dict):
        raise refused(file, "is JSON, but no GeoJSON and no list of records; a FeatureCollection would be right")
    kind = told.get("type")
    if kind == "FeatureCollection" and isinstance(told.get("features"), list):
        return told["features"]
    if kind == "Feature":
        return [told]
    if kind in SIMPLE:
        return [{"properties": {}, "geometry": told}]
    if kind == "Topology":
        raise refused(file, "is TopoJSON; GeoJSON would be right")
    raise refused(file, f"is JSON of the type {kind!r:.60}, not GeoJSON; a FeatureCollection would be right")


def _system(told: object) -> tuple[str, list[str]]:
    """The coordinate system an old file names, empty for degrees in WGS84, and what is to be said of one that is only linked to."""
    crs = told.get("crs") if isinstance(told, dict) else None
    properties = crs.get("properties") if isinstance(crs, dict) else None
    if not isinstance(properties, dict):
        return "", []
    name = str(properties.get("name", ""))
    linked = ["its coordinate system is only linked to, and the link was not opened; the coordinates were taken for longitude and latitude in WGS84"]
    return ("" if re.search(r"CRS:?84|EPSG:+(\w*:)?4326", name, re.IGNORECASE) else name), linked if not name and "href" in properties else []


def _shape(told: object) -> tuple[shapely.Geometry | None, str]:
    """A geometry; what cannot be read as one is text."""
    if told is None:
        return None, ""
    try:
        return shapely.from_geojson(json.dumps(told)), ""
    except shapely.errors.GEOSException:
        return None, json.dumps(told, ensure_ascii=False)
