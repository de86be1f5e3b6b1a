"""Coordinates, country and precision of every row's place, as the file's notation and the collection's codes give them."""

from __future__ import annotations

import re

import numpy as np
import shapely

from geodata.geodesy import centre, distance_km
from geodata.intake import coded, countries, degrees, pins
from geodata.intake.degrees import LAT_FIRST, LON_FIRST
from geodata.intake.draft import Draft, by_notation, distinct, replace_each, rows_of, say_fixed
from geodata.intake.names import LATITUDE_FIRST, LONGITUDE_FIRST, plain
from geodata.intake.sheet import SHAPE
from geodata.intake.verdicts import FIXED, HELD_BACK, WARNED, Question, grouped, where

ORDER = "coordinate order"
ORDERS = {LAT_FIRST: "the usual way on maps", LON_FIRST: "the usual way in programs"}
COMMA = "radius comma"
COMMAS = {"decimals": "1,500 is one and a half", "thousands": "1,500 is fifteen hundred"}
AXES = {"lat": ("a latitude", 38.5358, 90), "lon": ("a longitude", 68.7791, 180)}
UNREAD = "is no geometry that can be read; one like POINT (68.7791 38.5358) would be right"
BEYOND = "has latitudes beyond 90 or longitudes beyond 360, or no finite ones; degrees would be right"
_PARTED = re.compile(r"\s*[,;/\s]\s*")
ELSEWHERE = "the row is drawn as its other columns say"


def convert(draft: Draft) -> None:
    """Write `lat`, `lon`, `country`, `place_precision` and `radius_km`."""
    pins.settle(draft)
    if "coordinates" in draft.cells:
        _split(draft)
    for axis in AXES:
        _angles(draft, axis)
    countries.convert(draft)
    _radius(draft)
    _rings(draft)
    _lone(draft)
    coded.points(draft)


def _rings(draft: Draft) -> None:
    """A line or an area becomes the ring around it, drawn without a centre; the shape itself stays in its column."""
    if SHAPE not in draft.raw:
        return
    stated = (draft.get("place_precision") != "").to_numpy() | (draft.get("lat") != "").to_numpy()
    column = draft.raw[SHAPE]
    given = where(column != "")
    with np.errstate(over="ignore"):  # a number too large is infinite, and said to be so
        shapes = shapely.from_wkt(column.iloc[given].to_numpy(object), on_invalid="ignore")
    fine = _judge_shapes(draft, given, shapes, stated[given]) & ~stated[given]
    rows = given[fine]
    rings = [_ring(shape) for shape in shapes[fine]]
    draft.put("lat", [f"{lat:.6g}" for _, lat, _ in rings], rows)
    draft.put("lon", [f"{lon:.6g}" for lon, _, _ in rings], rows)
    draft.put("radius_km", [f"{radius:.4g}" for _, _, radius in rings], rows)
    draft.put("place_precision", "district", rows)
    for (_, _, radius), row in zip(rings, rows, strict=True):
        draft.findings.say(
            FIXED, "shape_ring", SHAPE, column.iat[row], f"was read as the ring of {radius:,.0f} km around it", np.array([row]), to="a ring"
        )


def _judge_shapes(draft: Draft, rows: np.ndarray, shapes: np.ndarray, stated: np.ndarray) -> np.ndarray:
    """Which shapes can be drawn; of rows with another the place is held to be unknown, unless other columns state it."""
    bounds = np.abs(shapely.bounds(shapes))
    beyond = ~(shapely.is_empty(shapes) | (bounds <= (360, 90, 360, 90)).all(axis=1)) & (shapes != None)  # noqa: E711  of every element
    unread = (shapes == None) | shapely.is_empty(shapes)  # noqa: E711
    for wrong, right in ((unread, UNREAD), (beyond, BEYOND)):
        draft.findings.say_each(HELD_BACK, "shape_unreadable", SHAPE, draft.raw[SHAPE], rows[wrong & ~stated], right)
        draft.findings.say_each(WARNED, "shape_unreadable", SHAPE, draft.raw[SHAPE], rows[wrong & stated], f"{right}; {ELSEWHERE}")
    return ~unread & ~beyond


def _ring(shape: shapely.Geometry) -> tuple[float, float, float]:
    """Longitude, latitude and radius in km of the ring around a shape."""
    lon, lat = centre(shape)
    corners = shapely.get_coordinates(shape)
    return lon, lat, max(0.1, max(distance_km(lon, lat, x, y) for x, y in corners[:: max(1, len(corners) // 500)]))


def _split(draft: Draft) -> None:
    """Both coordinates out of one cell, where latitude and longitude have none of their own."""
    order = draft.answer(ORDER, ORDERS)
    unset = (draft.get("lat") == "").to_numpy() & (draft.get("lon") == "").to_numpy()
    groups, texts = distinct(draft.get("coordinates"))
    order = order or _named_order(draft, texts)
    pairs = [degrees.pair(text, order) for text in texts]
    rows = rows_of(groups, len(texts))
    asked = []
    for i, (text, pair) in enumerate(zip(texts, pairs, strict=True)):
        if text and pair.order:
            asked.append(rows(i))
            draft.findings.say(HELD_BACK, "coordinates_ambiguous", draft.column("lat"), text,
                               "does not say whether latitude or longitude comes first; the answer for this file decides", rows(i))  # fmt: skip
        elif text and not pair.lat:
            draft.findings.say(
                HELD_BACK, "coordinates_unreadable", draft.column("lat"), text, "is not a pair of coordinates like 38.5358, 68.7791", rows(i)
            )
    said = [f"{pair.lat}, {pair.lon}" if pair.lat and _PARTED.split(text.strip()) != [pair.lat, pair.lon] else text
            for text, pair in zip(texts, pairs, strict=True)]  # fmt: skip
    say_fixed(draft, "lat", "coordinates_read", groups, texts, np.array(said, object), ways=by_notation)
    if asked:
        draft.findings.questions.append(Question(
            ORDER, f"which comes first in {draft.mapping.columns.get('coordinates', 'coordinates')!r}, latitude or longitude?",
            ORDERS, np.unique(np.concatenate(asked)), _likely(texts)))  # fmt: skip
    for axis in AXES:
        read = np.array([getattr(pair, axis) for pair in pairs], object)[groups]
        draft.put(axis, np.where(unset, read, draft.get(axis).to_numpy(object)))


def _named_order(draft: Draft, texts: list[str]) -> str:
    """The order that the name of the column gives, such as Lat/Long, unless its numbers show another; that it was believed is said."""
    column = draft.mapping.columns.get("coordinates", "")
    order = LAT_FIRST if plain(column) in LATITUDE_FIRST else LON_FIRST if plain(column) in LONGITUDE_FIRST else ""
    if order and any(degrees.first_of(text) not in ("", order) for text in texts):
        return ""
    if order:
        draft.findings.notes.append(f"{column!r} is read with {order}, as its name says")
    return order


def _likely(texts: list[str]) -> str:
    """The order that pairs show by a number beyond 90, if all such show the same."""
    found = {degrees.first_of(text) for text in texts} - {""}
    return found.pop() if len(found) == 1 else ""


def _angles(draft: Draft, axis: str) -> None:
    """Anything but plain decimals read as degrees."""
    column = draft.get(axis)
    odd = where(np.isnan(draft.numbers(axis)) & (column != "").to_numpy(bool))
    if not len(odd):
        return
    what, like, _ = AXES[axis]
    positions = dict(grouped(column, odd))
    read = {text: degrees.angle(text) for text in positions}
    for text, found in read.items():
        rows = positions[text]
        if not found.text:
            draft.findings.say(HELD_BACK, "coordinate_unreadable", draft.column(axis), text, f"is not {what} like {like}", rows)
        elif found.axis not in ("", axis):
            draft.findings.say(HELD_BACK, "coordinate_axis", draft.column(axis), text, f"says it is {AXES[found.axis][0]}, not {what}", rows)
    fixed = {text: found.text for text, found in read.items() if found.text and found.axis in ("", axis)}
    replace_each(draft, axis, "coordinate_read", lambda text: fixed.get(text, text), ways=by_notation)


def _radius(draft: Draft) -> None:
    """Numbers with a comma; `1,500` is one and a half for some and fifteen hundred for others, which is asked once."""
    column = draft.get("radius_km")
    if column.str.isascii().all() and not column.str.contains(",", regex=False).any():
        return
    replace_each(draft, "radius_km", "number_read", lambda text: _number(degrees.plain_digits(text)), ways=by_notation)
    column = draft.get("radius_km")
    rows = where(column.str.fullmatch(r"\d{1,3},\d{3}"))
    if not len(rows):
        return
    if answer := draft.answer(COMMA, COMMAS):
        mark = "." if answer == "decimals" else ""
        replace_each(draft, "radius_km", "number_read", lambda text: text.replace(",", mark), ways=by_notation)
        return
    draft.findings.say_each(HELD_BACK, "number_ambiguous", draft.column("radius_km"), column, rows,
                            "has three digits after a comma, so it can be decimals or thousands; the answer for this file decides")  # fmt: skip
    draft.findings.questions.append(Question(COMMA, f"is the comma in {draft.column('radius_km')!r}, as in {column.iat[rows[0]]!r}, "
                                             "a mark of decimals or of thousands?", COMMAS, rows))  # fmt: skip


def _number(text: str) -> str:
    """`1,5` is one and a half everywhere."""
    return text.replace(",", ".") if re.fullmatch(r"\d+,(\d{1,2}|\d{4,})", text) else text


def _lone(draft: Draft) -> None:
    """Hold back half a point, and say which half is missing."""
    free = np.ones(draft.rows, bool)
    free[draft.findings.rows_at(HELD_BACK)] = False
    for axis, other in (("lat", "lon"), ("lon", "lat")):
        rows = where(free & (draft.get(axis) != "").to_numpy() & (draft.get(other) == "").to_numpy())
        what = AXES[other][0].removeprefix("a ")
        missing = f"no {what} is given" if "coordinates" in draft.mapping.columns else f"the file has no column for the {what}"
        missing = f"{draft.column(other)!r} is empty" if other in draft.mapping.columns else missing
        right = f"stands alone; latitude and longitude are needed together, and {missing}"
        draft.findings.say_each(HELD_BACK, "rule_lat", draft.column(axis), draft.get(axis), rows, right)
