"""KML: placemarks as rows; nothing a file links to is opened."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator
from itertools import count
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

TIMES = {"when": "date", "begin": "date", "end": "end date"}
FOLDER = "folder"
"""the column of the folders a placemark lies in"""

LINKS = ("NetworkLink", "GroundOverlay", "ScreenOverlay", "PhotoOverlay", "Model")


def read(file: str, content: bytes, *, format: str = "KML") -> Sheet:
    """A sheet of placemarks. Raises TableError for what is no KML."""
    require_no_doctype(file, content)
    rows, geometry, unread, links = [], [], {}, 0
    for mark, folder in _elements(file, content):
        if _name(mark) == "Placemark":
            shape, rest = _geometry(mark)
            unread |= {len(rows): rest} if rest else {}
            rows.append((_own(mark) | ({FOLDER: folder} if folder else {}), _extended(mark)))
            geometry.append(shape)
        else:
            links += 1
    if not rows:
        raise refused(
            file, "holds no placemark" + (", only links to other files, none of which is opened" if links else "; a KML file of events has some")
        )
    found = pinned.sheet(file, format, _rows(rows), geometry, unread=unread)
    if links:
        found.notes.append(f"{links} links to other files or pictures were not opened")
    return found


def _elements(file: str, content: bytes) -> Iterator[tuple[Element, str]]:
    """Placemarks and links as they end, each with the names of the folders it lies in; their contents are let go afterwards."""
    above: list[Element] = []
    try:
        for event, element in iterparse(io.BytesIO(content), events=("start", "end"), forbid_dtd=True):
            if event == "start":
                above.append(element)
                require_depth(file, len(above), "XML")
                continue
            above.pop()
            if _name(element) in ("Placemark", *LINKS):
                yield element, _folders(above)
                element.clear()
    except TableError:
        raise
    except ParseError as error:
        raise refused(file, f"is not XML: {error}", line=error.position[0]) from error
    except (DefusedXmlException, ValueError, LookupError) as error:
        raise refused(file, f"is not XML that is read here: {error}") from error


def _folders(above: list[Element]) -> str:
    """`September 2021 / Roads`: the folders' names from the outermost on."""
    names = (next((_inner(part) for part in folder if _name(part) == "name"), "") for folder in above if _name(folder) == "Folder")
    return " / ".join(filter(None, names))


def _name(element: Element) -> str:
    return element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""


def _rows(marks: list[tuple[dict[str, str], list[tuple[str, str]]]]) -> list[dict[str, str]]:
    """What a placemark says itself and the data added to it; our own exports say everything in the latter."""
    ours = all(set(COLUMNS) <= {name for name, _ in data} for _, data in marks)
    rows = [{} if ours else dict(own) for own, _ in marks]
    for row, (_, data) in zip(rows, marks, strict=True):
        for name, value in data:
            row[_free(name, row)] = value
    return rows


def _free(name: str, row: dict[str, str]) -> str:
    return name if name not in row else next(free for again in count(2) if (free := f"{name} {again}") not in row)


def _own(mark: Element) -> dict[str, str]:
    row: dict[str, str] = {}
    for child in mark:
        name = _name(child)
        if name in ("name", "description", "address"):
            row[name] = _inner(child)
        elif name in ("TimeStamp", "TimeSpan"):
            row |= {TIMES[_name(part)]: _inner(part) for part in child if _name(part) in TIMES}
    if mark.get("id"):
        row["id"] = mark.get("id", "")
    return row


def _extended(mark: Element) -> list[tuple[str, str]]:
    """Names and values of a placemark's data, in their order."""
    data = [item for child in mark if _name(child) == "ExtendedData" for item in child.iter()]
    return [(item.get("name", ""), next((_inner(part) for part in item if _name(part) == "value"), "") if _name(item) == "Data" else _inner(item))
            for item in data if _name(item) in ("Data", "SimpleData")]  # fmt: skip


def _inner(element: Element) -> str:
    return "".join(element.itertext()).strip()


def _geometry(mark: Element) -> tuple[shapely.Geometry | None, str]:
    """A placemark's shape; coordinates that cannot be read are text."""
    try:
        parts = [shape for element in mark.iter() if (shape := _shape(element)) is not None]
    except (IndexError, ValueError, shapely.errors.GEOSException):
        return None, "; ".join(_inner(part) for part in mark.iter() if _name(part) == "coordinates")
    return parts[0] if len(parts) == 1 else shapely.GeometryCollection(parts) if parts else None, ""


def _shape(element: Element) -> shapely.Geometry | None:
    kind = _name(element)
    if kind not in ("Point", "LineString", "Polygon"):
        return None
    rings = [_positions(part) for part in element.iter() if _name(part) == "coordinates"]
    if kind == "Polygon":
        return shapely.Polygon(rings[0], rings[1:])
    if kind == "LineString":
        return shapely.LineString(rings[0])
    (point,) = rings[0]
    return shapely.Point(point)


def _positions(coordinates: Element) -> list[tuple[float, float]]:
    """Longitude and latitude of each position; a height is left out. Raises ValueError for more than that, such as decimal commas make."""
    found = []
    for position in _inner(coordinates).split():
        lon, lat, *height = position.split(",")
        if len(height) > 1 or not (math.isfinite(float(lon)) and math.isfinite(float(lat))):
            raise ValueError(position)
        found.append((float(lon), float(lat)))
    return found
