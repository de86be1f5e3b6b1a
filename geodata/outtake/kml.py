"""KML for globe programs: text that such a program would take for HTML is escaped twice, rows without a place have no geometry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape as html_text
from xml.sax.saxutils import escape, quoteattr

import shapely
from shapely.geometry.base import BaseGeometry

from geodata.outtake.extract import Extract
from geodata.outtake.text import FormatError, kept

_ENTITIES = {"\r": "&#13;"}
_BALLOON = "<Style id=\"row\"><BalloonStyle><text>$[description]</text></BalloonStyle></Style>"
"""nothing but the description is shown, so that no other column is taken for HTML"""


def kml(extract: Extract) -> bytes:
    """The rows as placemarks; FormatError when a text holds what XML cannot."""
    odd = ((i, j) for i, row in enumerate(extract.texts) for j, text in enumerate(row) if not all(map(_allowed, text)))
    extract.refuse(".kml", odd, "holds a control character")
    if not all(map(_allowed, "".join(extract.columns))):
        raise FormatError("the name of a column holds a control character, which a .kml file cannot hold; .csv or .geojson would be right")
    parts = ['<?xml version="1.0" encoding="UTF-8"?>', '<kml xmlns="http://www.opengis.net/kml/2.2"><Document>', *_head(extract), _BALLOON]
    parts += [_placemark(extract.columns, row, shape) for row, shape in zip(extract.texts, extract.shapes, strict=True)]
    return "\n".join([*parts, "</Document></kml>", ""]).encode()


def _allowed(char: str) -> bool:
    return char in "\t\n\r" or " " <= char <= "\ud7ff" or "\ue000" <= char <= "\ufffd" or char > "\uffff"


def _text(value: object) -> str:
    return escape(str(value), _ENTITIES)


def _shown(lines: Iterable[str]) -> str:
    """Lines as HTML that shows their text and nothing else, `$[...]` included."""
    html = "<br>".join(html_text(line).replace("$[", "&#36;[").replace("\n", "<br>") for line in lines if line)
    return f"<description>{_text(html)}</description>"


def _head(extract: Extract) -> Iterator[str]:
    """The papers: in words for the reader, as data for programs."""
    about, missing = extract.about, extract.unplaced
    without = f"{missing:,} of {len(extract.texts):,} rows have no place on the map; they are listed without one." if missing else ""
    yield f"<name>{_text(about.get('title', ''))}</name>"
    yield _shown([str(about.get("marking", "")), *(f"{name}: {value}" for name, value in about.items() if name not in ("title", "marking")), without])
    yield "<ExtendedData>"
    yield from (_data(name, str(value)) for name, value in about.items())
    for number, source in enumerate(extract.sources.to_dict("records"), 1):
        yield _data(f"source {number}", " | ".join(f"{name}={value}" for name, value in source.items() if value))
    yield from (_data("held back at", f"{row['file']} line {row['line']} {row['column']}".strip()) for row in extract.held_back.to_dict("records"))
    yield "</ExtendedData>"


def _data(name: str, value: str) -> str:
    return f"<Data name={quoteattr(name)}><value>{_text(value)}</value></Data>"


def _placemark(columns: list[str], row: list[str], shape: BaseGeometry | None) -> str:
    told = dict(zip(columns, row, strict=True))
    when = told["start"] if told["end"] in ("", told["start"]) else f"{told['start']} to {told['end'].replace('..', 'still going on')}"
    lines = [told["marking"], told["title"], f"{when} ({told['date_precision']}), {told['status']}", told["place"], told["summary"],
             f"{told['source']} {told['reported']} {told['reliability']}{told['credibility']}"]  # fmt: skip
    data = "".join(_data(name, kept(value)) for name, value in zip(columns, row, strict=True))
    where = "" if shape is None else geometry(shape)
    name = f"<name>{_text(told['title'])}</name>"
    return f"<Placemark>{name}<styleUrl>#row</styleUrl>{_shown(lines)}<ExtendedData>{data}</ExtendedData>{where}</Placemark>"


def geometry(shape: BaseGeometry) -> str:
    """A shape in degrees as KML."""
    if shape.geom_type == "Point":
        return f"<Point>{_coordinates(shape)}</Point>"
    if shape.geom_type in ("LineString", "LinearRing"):
        return f"<LineString><tessellate>1</tessellate>{_coordinates(shape)}</LineString>"
    if shape.geom_type == "Polygon":
        outer = f"<outerBoundaryIs><LinearRing>{_coordinates(shape.exterior)}</LinearRing></outerBoundaryIs>"
        inner = "".join(f"<innerBoundaryIs><LinearRing>{_coordinates(ring)}</LinearRing></innerBoundaryIs>" for ring in shape.interiors)
        return f"<Polygon><tessellate>1</tessellate>{outer}{inner}</Polygon>"
    return f"<MultiGeometry>{''.join(geometry(part) for part in shapely.get_parts(shape))}</MultiGeometry>"


def _coordinates(shape: BaseGeometry) -> str:
    points = shapely.get_coordinates(shape).tolist()
    return f"<coordinates>{' '.join(f'{lon!r},{lat!r}' for lon, lat in points)}</coordinates>"
