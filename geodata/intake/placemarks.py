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

TRACKED = ("begin of the track", "end of the track")
"""the columns of a track's times where its placemark has times of its own"""

LINKS = ("NetworkLink", "GroundOverlay", "ScreenOverlay", "PhotoOverlay", "Model")

GEOMETRIES = ("Point", "LineString", "LinearRing", "Polygon", "Track", "Model")
POSITIONS = ("coordinates", "coord")
WORDLESS = (
    *GEOMETRIES, *POSITIONS, "MultiGeometry", "MultiTrack", "ExtendedData", "Style", "StyleMap", "styleUrl", "visibility", "open",
    "balloonVisibility", "LookAt", "Camera", "Region",
)  # fmt: skip
"""the parts of a placemark that say where it is or how it looks; any other is a column"""


def read(file: str, content: bytes, *, format: str = "KML") -> Sheet:
    """A sheet of placemarks. Raises TableError for what is no KML."""
    require_no_doctype(file, content)
    rows, geometry, unread, links = [], [], {}, 0
    for mark, folder in _elements(file, content):
        if _name(mark) == "Placemark":
            pieces = _pieces(mark)
            shape, rest = _geometry(pieces)
            unread |= {len(rows): rest} if rest else {}
            rows.append((_own(mark, pieces) | ({FOLDER: folder} if folder else {}), _extended(mark)))
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
                if _name(element) != "Model":  # its place is its placemark's
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


def _own(mark: Element, pieces: list[Element]) -> dict[str, str]:
    row: dict[str, str] = {}
    for child in mark:
        name = _name(child)
        if name in ("name", "description", "address"):
            row[name] = _inner(child)
        elif name in ("TimeStamp", "TimeSpan"):
            row |= {TIMES[_name(part)]: _inner(part) for part in child if _name(part) in TIMES}
        elif name not in WORDLESS and (said := _words(child)):
            row[_free({"Snippet": "snippet"}.get(name, name), row)] = said
    row |= _tracked(pieces, TRACKED if row.get("date") or row.get("end date") else ("date", "end date"))
    if mark.get("id"):
        row["id"] = mark.get("id", "")
    return row


def _words(element: Element) -> str:
    """What stands in an element, or the address it links to."""
    return " ".join(filter(None, map(str.strip, element.itertext()))) or element.get("href", "")


def _tracked(pieces: list[Element], columns: tuple[str, str]) -> dict[str, str]:
    """The first and the last time of the tracks among a placemark's geometries; one alone is no end."""
    times = [said for piece in pieces if _name(piece) == "Track" for part in piece if _name(part) == "when" and (said := _inner(part))]
    return dict(zip(columns, dict.fromkeys([*times[:1], *times[-1:]]), strict=False))


def _extended(mark: Element) -> list[tuple[str, str]]:
    """Names and values of a placemark's data, in their order."""
    data = [item for child in mark if _name(child) == "ExtendedData" for item in child.iter()]
    return [(item.get("name", ""), next((_inner(part) for part in item if _name(part) == "value"), "") if _name(item) == "Data" else _inner(item))
            for item in data if _name(item) in ("Data", "SimpleData")]  # fmt: skip


def _inner(element: Element) -> str:
    return "".join(element.itertext()).strip()


def _geometry(pieces: list[Element]) -> tuple[shapely.Geometry | None, str]:
    """The shape that a placemark's geometries make; one that cannot be read, or is of a kind not known here, is text."""
    try:
        parts = [shape for piece in pieces if (shape := _shape(piece)) is not None]
    except (ValueError, shapely.errors.GEOSException):
        return None, "; ".join(filter(None, map(_told, pieces)))
    return parts[0] if len(parts) == 1 else shapely.GeometryCollection(parts) if parts else None, ""


def _pieces(element: Element) -> list[Element]:
    """The geometries in an element, none of those inside another; positions outside of any stand for themselves."""
    found: list[Element] = []
    for part in element:
        if _name(part) in GEOMETRIES or _name(part) in POSITIONS:
            found.append(part)
        elif len(part):
            found += _pieces(part)
    return found


def _told(piece: Element) -> str:
    """The positions of a geometry as they stand."""
    texts = [_inner(part) for part in piece.iter() if _name(part) in (*POSITIONS, "longitude", "latitude")]
    return " ".join(" ".join(texts).split())


def _shape(piece: Element) -> shapely.Geometry | None:
    """The shape of a geometry, None for one without positions. Raises ValueError or GEOSException."""
    kind, rings = _name(piece), _rings(piece)
    if not any(rings):
        return None
    if kind == "Polygon":
        return shapely.Polygon(rings[0], list(filter(None, rings[1:])))
    if kind == "LinearRing":
        return shapely.Polygon(rings[0])
    if kind in ("LineString", "Track") and len(rings[0]) > 1:
        return shapely.LineString(rings[0])
    if kind not in GEOMETRIES:
        raise ValueError(kind)
    (point,) = rings[0]
    return shapely.Point(point)


def _rings(piece: Element) -> list[list[tuple[float, float]]]:
    """The positions of a geometry, of a polygon by its rings; a track has each in an element, a model its one by axes."""
    if _name(piece) == "Track":
        return [[_position(_inner(part).split()) for part in piece if _name(part) == "coord" and _inner(part)]]
    if _name(piece) == "Model":
        axes = {_name(part): _inner(part) for part in piece.iter() if _name(part) in ("longitude", "latitude")}
        return [[_position([axes.get("longitude", ""), axes.get("latitude", "")])]] if any(axes.values()) else []
    return [[_position(position.split(",")) for position in _inner(part).split()] for part in piece.iter() if _name(part) in POSITIONS]


def _position(numbers: list[str]) -> tuple[float, float]:
    """Longitude and latitude; a height is left out. Raises ValueError for more than that, such as decimal commas make."""
    lon, lat, *height = numbers
    if len(height) > 1 or not (math.isfinite(float(lon)) and math.isfinite(float(lat))):
        raise ValueError(numbers)
    return float(lon), float(lat)
