"""The base map: water, land, lakes, rivers, boundaries and graticule."""

from __future__ import annotations

import math
from functools import lru_cache

import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from dashboard.page import fills, outlines
from dashboard.page.chart import Chart
from dashboard.page.sheet import Shape, Sheet, Words, Z
from dashboard.scene import Scene
from dashboard.style import LAKE, LAND, NOT_AGREED, STROKES, WATER
from geodata.atlas import Atlas


def countries(atlas: Atlas, chart: Chart) -> gpd.GeoDataFrame:
    """Detailed shapes where they cover the frame, else those of the world."""
    west, south, east, north = atlas.detail.total_bounds
    w, s, e, n = chart.bounds
    inside = west <= w and south <= s and e <= east and n <= north
    return atlas.detail if inside else atlas.countries


def draw(sheet: Sheet, chart: Chart, atlas: Atlas, scene: Scene) -> dict[str, BaseGeometry]:
    """Draw the base; returns the visible part of every country in mm."""
    items, shapes = _ground(chart, atlas, fills.settled(scene))
    sheet.items += items
    return dict(shapes)


@lru_cache(maxsize=12)
def _ground(chart: Chart, atlas: Atlas, blocs: fills.Settled) -> tuple[list[Shape | Words], dict[str, BaseGeometry]]:
    """What is drawn, and the visible countries; kept for the other pages of a series."""
    sheet, rect = Sheet.of_part("base"), chart.rect
    sheet.fill(outlines.box(*rect), WATER, Z.WATER)
    shapes, disputed, land = _land(chart, atlas)
    sheet.items += land
    areas = {code: shape for code, shape in shapes.items() if code not in disputed and not shape.is_empty}
    fills.draw(sheet, areas, dict(blocs), rect)
    sheet.items += _lines(chart, atlas)[0]
    return sheet.items, {code: shape for code, shape in shapes.items() if not shape.is_empty}


@lru_cache(maxsize=12)
def _land(chart: Chart, atlas: Atlas) -> tuple[dict[str, BaseGeometry], frozenset[str], list[Shape | Words]]:
    """Every country in mm, which of them are disputed areas, and all of them drawn."""
    sheet, frame = Sheet.of_part("base"), countries(atlas, chart)
    shapes, disputed = dict(zip(frame.code, chart.shapes(frame.geometry.values), strict=True)), frozenset(frame.code[frame.disputed])
    for code, shape in shapes.items():
        sheet.fill(outlines.area(shape), NOT_AGREED if code in disputed else LAND, Z.LAND, clip=chart.rect)
    return shapes, disputed, sheet.items


@lru_cache(maxsize=12)
def _lines(chart: Chart, atlas: Atlas) -> tuple[list[Shape | Words], frozenset[str]]:
    """Lakes, graticule and boundaries; and the legend's keys of the boundaries on the map."""
    sheet = Sheet.of_part("base")
    _lakes(sheet, chart, atlas)
    graticule(sheet, chart)
    return sheet.items, _boundaries(sheet, chart, atlas)


def crossing(chart: Chart, atlas: Atlas, *, rivers: bool) -> frozenset[str]:
    """The legend's keys of the boundaries and, if they are drawn, the rivers that cross the map."""
    return _lines(chart, atlas)[1] | (_rivers(chart, atlas)[1] if rivers else frozenset())


@lru_cache(maxsize=12)
def streams(chart: Chart, atlas: Atlas) -> BaseGeometry:
    """The rivers that borders follow, with half a mm to either side."""
    return shapely.union_all(chart.shapes(atlas.rivers.geometry.values[atlas.rivers.on_border])).buffer(0.5)


@lru_cache(maxsize=12)
def named_rivers(chart: Chart, atlas: Atlas) -> list[tuple[str, str, bool, BaseGeometry]]:
    """Name, rank, whether it follows a border, shape in mm."""
    named = atlas.rivers[atlas.rivers["name"].fillna("") != ""]
    return list(zip(named["name"], named["rank"], named["on_border"], chart.shapes(named.geometry.values), strict=True))


def _lakes(sheet: Sheet, chart: Chart, atlas: Atlas) -> None:
    lakes = outlines.area(shapely.geometrycollections(shapely.get_parts(chart.shapes(atlas.lakes.geometry.values))))
    sheet.fill(lakes, LAKE, Z.LAKE, clip=chart.rect)
    sheet.stroke(lakes, STROKES["river"].colour, 0.14, Z.LAKE + 0.1, clip=chart.rect)


def rivers(sheet: Sheet, chart: Chart, atlas: Atlas) -> None:
    """Rivers, but not where a border follows them: the two lines would braid."""
    sheet.items += _rivers(chart, atlas)[0]


@lru_cache(maxsize=12)
def _rivers(chart: Chart, atlas: Atlas) -> tuple[list[Shape | Words], frozenset[str]]:
    sheet, shown = Sheet.of_part("base"), atlas.rivers[~atlas.rivers.on_border]
    shapes = chart.shapes(shown.geometry.values)
    for rank, shape in zip(shown["rank"], shapes, strict=True):
        style = STROKES["river_main" if rank == "main" else "river"]
        sheet.stroke(outlines.line(shape), style.colour, style.mm, Z.RIVER, clip=chart.rect)
    return sheet.items, frozenset({"line:river"} if chart.within(shapes).any() else ())


def graticule(sheet: Sheet, chart: Chart) -> None:
    """Thin white meridians and parallels."""
    lons, lats = ticks(chart)
    west, south, east, north = chart.bounds
    for lon in lons:
        _polyline(sheet, chart, np.full(60, lon), np.linspace(south, north, 60))
    for lat in lats:
        _polyline(sheet, chart, np.linspace(west, east, 120), np.full(120, lat))


def _polyline(sheet: Sheet, chart: Chart, lon: np.ndarray, lat: np.ndarray) -> None:
    x, y = chart.xy(lon, lat)
    fine = np.isfinite(x) & np.isfinite(y)
    if fine.sum() > 1:
        line = outlines.segments(zip(x[fine], y[fine], strict=True))
        sheet.stroke(line, "#FFFFFF", 0.14, Z.GRATICULE, clip=chart.rect)


def ticks(chart: Chart) -> tuple[list[float], list[float]]:
    """Meridians and parallels drawn, in degrees; about four across."""
    west, south, east, north = chart.bounds
    step = next(s for s in (0.25, 0.5, 1, 2, 5, 10, 20, 30, 60) if s >= min(60, (east - west) / 6))
    lons = [i * step for i in range(math.ceil(west / step), math.floor(east / step) + 1)]
    return lons, [i * step for i in range(math.ceil(south / step), math.floor(north / step) + 1)]


def _boundaries(sheet: Sheet, chart: Chart, atlas: Atlas) -> frozenset[str]:
    """Thin lines between countries, on a white casing; disputed ones dashed, lines of control dotted. Returns the legend's keys of those shown."""
    lines = np.concatenate([chart.shapes(atlas.boundaries.geometry.values), chart.shapes(atlas.borders.geometry.values)])
    path = outlines.joined(outlines.line(line) for line in lines)
    casing, style = STROKES["boundary_casing"], STROKES["boundary"]
    sheet.stroke(path, casing.colour, casing.mm, Z.BOUNDARY_CASING, alpha=0.5, clip=chart.rect)
    sheet.stroke(path, style.colour, style.mm, Z.BOUNDARY, clip=chart.rect)
    shapes = chart.shapes(atlas.disputed.geometry.values)
    looks = ["line_of_control" if kind == "line_of_control" else "disputed" for kind in atlas.disputed.kind]
    for look, shape in zip(looks, shapes, strict=True):
        cap = "round" if look == "line_of_control" else "butt"
        sheet.stroke(outlines.line(shape), STROKES[look].colour, STROKES[look].mm, Z.BOUNDARY, dash=STROKES[look].dash_mm, clip=chart.rect, cap=cap)
    shown = {look for look, seen in zip(looks, chart.within(shapes), strict=True) if seen} | ({"boundary"} if chart.within(lines).any() else set())
    return frozenset(f"line:{look}" for look in shown)
