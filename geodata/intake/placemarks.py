"""KML: placemarks as rows; nothing a file links to is opened."""

from __future__ import annotations

import io
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

import shapely
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from geodata.intake import pinned
from geodata.intake.archives import require_no_doctype
from geodata.intake.limits import refused, require_depth
from geodata.intake.sheet import Sheet
from geodata.problems import TableError
from geodata.reports import COLUMNS

LINKS = ("NetworkLink", "GroundOverlay", "ScreenOverlay", "PhotoOverlay", "Model")


def read(file: str, content: bytes, *, format: str = "KML") -> Sheet:
    """A sheet of placemarks. Raises TableError for what is no KML."""
    require_no_doctype(file, content)
    rows, geometry, notes, links = [], [], [], 0
    for mark in _elements(file, content):
        if _name(mark) == "Placemark":
            rows.append(_row(mark))
            geometry.append(_geometry(mark, len(rows), notes))
        else:
            links += 1
    if not rows:
        raise refused(
            file, "holds no placemark" + (", only links to other files, none of which is opened" if links else "; a KML file of events has some")
        )
    if all(set(COLUMNS) <= set(row) for row in rows):
        rows = [{name: value for name, value in row.items() if name not in ("name", "description")} for row in rows]
    found = pinned.sheet(file, format, rows, geometry)
    found.notes += notes
    if links:
        found.notes.append(f"{links} links to other files or pictures were not opened")
    return found


def _elements(file: str, content: bytes) -> Iterator[Element]:
    """Placemarks and links as they end; their contents are let go afterwards."""
    deep = 0
    try:
        for event, element in iterparse(io.BytesIO(content), events=("start", "end"), forbid_dtd=True):
            deep += 1 if event == "start" else -1
            require_depth(file, deep, "XML")
            if event == "end" and _name(element) in ("Placemark", *LINKS):
                yield element
                element.clear()
    except TableError:
        raise
    except ParseError as error:
        raise refused(file, f"is not XML: {error}", line=error.position[0]) from error
    except (DefusedXmlException, ValueError, LookupError) as error:
        raise refused(file, f"is not XML that is read here: {error}") from error


def _name(element: Element) -> str:
    return element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""


def _row(mark: Element) -> dict[str, str]:
    row: dict[str, str] = {}
    for child in mark:
        name = _name(child)
        if name in ("name", "description", "address"):
            row[name] = _inner(child)
        elif name in ("TimeStamp", "TimeSpan"):
            row |= {
                {"when": "date", "begin": "date", "end": "end date"}[_name(part)]: _inner(part)
                for part in child
                if _name(part) in ("when", "begin", "end")
            }
        elif name == "ExtendedData":
            row |= dict(_extended(child))
    if mark.get("id"):
        row.setdefault("id", mark.get("id", ""))
    return row


def _extended(data: Element) -> Iterator[tuple[str, str]]:
    for item in data.iter():
        if _name(item) == "Data":
            yield item.get("name", ""), next((_inner(part) for part in item if _name(part) == "value"), "")
        elif _name(item) == "SimpleData":
            yield item.get("name", ""), _inner(item)


def _inner(element: Element) -> str:
    return "".join(element.itertext()).strip()


def _geometry(mark: Element, number: int, notes: list[str]) -> shapely.Geometry | None:
    parts = [shape for element in mark.iter() if (shape := _shape(element, number, notes)) is not None]
    return parts[0] if len(parts) == 1 else shapely.GeometryCollection(parts) if parts else None


def _shape(element: Element, number: int, notes: list[str]) -> shapely.Geometry | None:
    kind = _name(element)
    if kind not in ("Point", "LineString", "Polygon"):
        return None
    rings = [_positions(part) for part in element.iter() if _name(part) == "coordinates"]
    try:
        if kind == "Polygon":
            return shapely.Polygon(rings[0], rings[1:])
        return shapely.Point(rings[0][0]) if kind == "Point" else shapely.LineString(rings[0])
    except (IndexError, ValueError, shapely.errors.GEOSException):
        notes.append(f"feature {number}: its {kind} cannot be read")
        return None


def _positions(coordinates: Element) -> list[tuple[float, float]]:
    parts = [tuple(position.split(",")[:2]) for position in _inner(coordinates).split()]
    return [(float(lon), float(lat)) for lon, lat in parts]
