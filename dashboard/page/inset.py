"""The inset: where the map lies, what is off it, and the whole countries that are named but never pointed at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from dashboard.page import fills, lettering, outlines
from dashboard.page.chart import EQUAL_AREA, Chart, fitted
from dashboard.page.groups import Group, ranges
from dashboard.page.labels import Placement, words_box
from dashboard.page.sheet import Rect, Shape, Sheet, Words, Z, between
from dashboard.page.symbols import Sign
from dashboard.page.symbols import draw as draw_symbol
from dashboard.scene import Scene
from dashboard.style import ALARM, BOUNDARY, INK, LAND, NOT_AGREED, WATER
from geodata.atlas import Atlas

SIZE = (63.0, 41.5)
WIDEST = 110.0
"""degrees of longitude of a frame that still gets an inset"""

REACH = (-22.0, 2.0, 140.0, 66.0)
"""west, south, east, north: what lies farther off is named in words instead"""

LEAST_WIDE = 62.0
"""degrees of longitude an inset shows at least"""

STRIPE = 0.75
PT = 5.4
NUMBER_SPOTS = ((0, 0), (0, 2), (0, -2), (3, 0), (-3, 0), (0, 4), (0, -4), (5, 2), (-5, 2), (5, -2), (-5, -2), (0, 6), (0, -6), (8, 0), (-8, 0))
"""mm off the middle of a country at which its numbers are tried"""

SYMBOL = 2.4


def wanted(chart: Chart) -> bool:
    """Whether the map's frame is small enough to be located."""
    return chart.bounds[2] - chart.bounds[0] < WIDEST


def size(rect: Rect) -> tuple[float, float]:
    """Width and height for a map of this size."""
    part = min(1.0, 0.33 * (rect[2] - rect[0]) / SIZE[0], 0.33 * (rect[3] - rect[1]) / SIZE[1])
    return SIZE[0] * part, SIZE[1] * part


def corner(rect: Rect, content: Sequence[BaseGeometry], size: tuple[float, float], taken: Placement) -> Rect | None:
    """The free corner of the map with the least content under a box; None if no corner is free."""
    left, top, right, bottom = rect
    wide, high = size
    spots = [(left + 1.3, top + 1.3), (right - wide - 1.3, top + 1.3), (left + 1.3, bottom - high - 1.3), (right - wide - 1.3, bottom - high - 1.3)]
    boxes = [shapely.box(x, y, x + wide, y + high) for x, y in spots]
    shapes = np.array(content, dtype=object)

    def _load(box: BaseGeometry) -> float:
        cut = shapely.intersection(shapes, box) if len(shapes) else np.array([])
        points = np.isin(shapely.get_type_id(cut), (0, 4)) & ~shapely.is_empty(cut) if len(cut) else np.array([])
        return 15 * float(points.sum()) + float(shapely.length(cut).sum()) + (0 if taken.free(box) else 1e6)

    best = min(range(4), key=lambda i: (_load(boxes[i]), i))
    return boxes[best].bounds if taken.free(boxes[best]) else None


class Inset:
    """A small equal-area map in a corner."""

    def __init__(self, sheet: Sheet, rect: Rect, main: Chart, atlas: Atlas, groups: Sequence[Group]) -> None:
        """`groups` are all groups of the page."""
        self.sheet, self.rect, self.main, self.atlas = sheet, rect, main, atlas
        self.off = [group for group in groups if group.form == "city" and not group.on_map]
        self.whole = [group for group in groups if group.form == "whole"]
        self._outside = [group for group in self.off if not _within(group.lon, group.lat)]
        self.off = [group for group in self.off if _within(group.lon, group.lat)]
        self._foot = 2.6 if self._outside else 0.0
        inner = (rect[0] + 0.7, rect[1] + 0.7, rect[2] - 0.7, rect[3] - 0.7 - self._foot)
        self.chart = fitted(self._box(), inner, EQUAL_AREA, even_scale=False)
        self.placement = Placement(inner)

    def _box(self) -> tuple[float, float, float, float]:
        """The map's frame with everything off it that is near enough."""
        west, south, east, north = self.main.bounds
        lons, lats = [west, east], [south, north]
        for group in self.off:
            lons.append(group.lon)
            lats.append(group.lat)
        shapes = dict(zip(self.atlas.countries.code, self.atlas.countries.geometry, strict=True))
        for code in self._codes():
            bounds = shapes[code].bounds if code in shapes else (0, 0, 180, 90)
            if _within(bounds[0], bounds[1]) and _within(bounds[2], bounds[3]):
                lons += [bounds[0], bounds[2]]
                lats += [bounds[1], bounds[3]]
        spare = max(0.06 * (max(lons) - min(lons)), (LEAST_WIDE - (max(lons) - min(lons))) / 2)
        return min(lons) - spare, max(min(lats) - spare, -60), max(lons) + spare, min(max(lats) + spare, 78)

    def _codes(self) -> dict[str, list[int | None]]:
        """Country code -> numbers of the events that name it as a whole."""
        regions = dict(zip(self.atlas.regions.id, self.atlas.regions.countries, strict=True))
        found: dict[str, list[int | None]] = {}
        for group in self.whole:
            for event in group.events:
                ids = [zone.rpartition(":")[2] for zone in event.zones]
                codes = [event.country] if event.place_form == "country" else [code for i in ids for code in regions.get(i, ())]
                for code in codes:
                    found.setdefault(code, []).append(event.n)
        return found

    def draw(self, scene: Scene) -> list[Group]:
        """Draw it; returns the groups that are too far off or found no room, named at its foot or in the key alone."""
        left, _, right, bottom = self.rect
        self.sheet.fill(outlines.box(*self.rect), "#FFFFFF", Z.INSET)
        self.sheet.stroke(outlines.box(*self.rect), INK, 0.2, Z.INSET + 1.9)
        shapes = self._land(scene)
        self._outlines(shapes)
        self._frame()
        missing = [group for group in self.off if not self._point(group)]
        self._numbers(shapes)
        if self._outside:
            words = "farther off: " + "; ".join(f"{group.title} {ranges(e.n for e in group.events)}" for group in self._outside)
            self.sheet.text(left + 1.2, bottom - 1.0, lettering.shorten(words, right - left - 2.4, 5.2, "italic"), 5.2, "italic", z=Z.INSET + 1.8)
        return missing

    def _land(self, scene: Scene) -> dict[str, BaseGeometry]:
        items, shapes = _land(self.chart, self.atlas, fills.settled(scene))
        self.sheet.items += items
        return shapes

    def _outlines(self, shapes: dict[str, BaseGeometry]) -> None:
        for code in self._codes():
            if code in shapes:
                path = outlines.line(shapes[code])
                self.sheet.stroke(path, "#FFFFFF", 0.9, Z.INSET + 0.6, alpha=0.8, clip=self.chart.rect)
                self.sheet.stroke(path, INK, 0.34, Z.INSET + 0.61, clip=self.chart.rect)

    def _frame(self) -> None:
        """The main map's frame."""
        left, top, right, bottom = self.main.rect
        ring = shapely.segmentize(shapely.box(left, top, right, bottom), 6)
        x, y = self.chart.xy(*self.main.degrees(*shapely.get_coordinates(ring).T))
        path = outlines.segments(zip(x, y, strict=True))
        self.sheet.stroke(path, "#FFFFFF", 0.9, Z.INSET + 0.7, clip=self.chart.rect)
        self.sheet.stroke(path, ALARM, 0.42, Z.INSET + 0.71, clip=self.chart.rect)

    def _point(self, group: Group) -> bool:
        x, y = (float(v) for v in self.chart.xy(group.lon, group.lat))
        kinds = {event.kind for event in group.events}
        words = [(ranges(event.n for event in group.events), "bold"), (group.title, "regular")]
        wide = sum(lettering.width(word, PT, face) for word, face in words) + 1.2
        half = SYMBOL / 2 + 0.3
        for dx, dy in ((0, 0), (0, -3), (0, 3), (2, -5), (2, 5), (-2, -5), (-2, 5), (0, -8), (0, 8), (5, -9), (-5, 9)):
            for side in (1, -1):
                cx, cy = x + dx, y + dy
                start = cx + half if side > 0 else cx - half - wide
                box = shapely.box(min(start, cx - half), cy - 1.35, max(start + wide, cx + half), cy + 1.35)
                if self.placement.free(box):
                    self._draw_point(group, (x, y), (cx, cy), start, words, Sign.of(group.events[0]) if len(kinds) == 1 else None)
                    self.placement.take(box, f"inset {group.title}")
                    return True
        return False

    def _draw_point(self, group: Group, at: tuple[float, float], spot: tuple[float, float], start: float, words: Iterable, sign: Sign | None) -> None:
        if at != spot:
            self.sheet.stroke(outlines.segments([at, spot]), INK, 0.16, Z.INSET + 0.8)
        if sign:
            bare = replace(sign, virtual=False, credibility="")
            draw_symbol(self.sheet, *spot, bare, SYMBOL, ring=False, z=between(Z.INSET + 0.9, Z.INSET + 1))
        else:
            self.sheet.fill(outlines.circle(*spot, 0.75), INK, Z.INSET + 0.9)
            self.sheet.fill(outlines.circle(*spot, 0.4), "#FFFFFF", Z.INSET + 0.91)
        for word, face in words:
            start += 0.7 + self.sheet.text(start, spot[1] + 0.65, word, PT, face, halo=0.35, z=Z.INSET + 1.7, halo_z=Z.INSET + 0.85)

    def _numbers(self, shapes: dict[str, BaseGeometry]) -> None:
        """Numbers inside the outlined countries, largest countries first."""
        codes = {code: numbers for code, numbers in self._codes().items() if code in shapes and not shapes[code].is_empty}
        for code in sorted(codes, key=lambda code: -shapes[code].area):
            words = ranges(codes[code])
            shown = shapely.clip_by_rect(shapes[code], *self.chart.rect)
            if shown.is_empty:
                continue
            x, y = shapely.get_coordinates(shapely.point_on_surface(max(shapely.get_parts(shown), key=lambda part: part.area)))[0]
            for dx, dy in NUMBER_SPOTS:
                box = words_box(x + dx, y + dy + 0.65, words, PT, "bold", 0.5)
                if self.placement.free(box.buffer(0.35)):
                    self.placement.take(box, f"inset {code}")
                    self.sheet.text(x + dx, y + dy + 0.65, words, PT, "bold", align=0.5, halo=0.35, z=Z.INSET + 1.7, halo_z=Z.INSET + 0.85)
                    break


@lru_cache(maxsize=24)
def _land(chart: Chart, atlas: Atlas, blocs: fills.Settled) -> tuple[list[Shape | Words], dict[str, BaseGeometry]]:
    """Water, land and fills, and the shapes of the countries; kept for the other pages of a series."""
    sheet, rect, frame = Sheet.of_part("inset"), chart.rect, atlas.countries
    sheet.fill(outlines.box(*rect), WATER, Z.INSET + 0.1)
    shapes = dict(zip(frame.code, chart.shapes(_simple(atlas)), strict=True))
    disputed = set(frame.code[frame.disputed])
    for code, shape in shapes.items():
        sheet.fill(outlines.area(shape), NOT_AGREED if code in disputed else LAND, Z.INSET + 0.2, clip=rect)
    areas = {code: shape for code, shape in shapes.items() if not shape.is_empty and code not in disputed}
    fills.draw(sheet, areas, dict(blocs), rect, stripe=STRIPE, gap=1.2, z=between(Z.INSET + 0.3, Z.INSET + 0.4))
    lines = outlines.joined(outlines.line(shape) for shape in shapes.values())
    sheet.stroke(lines, BOUNDARY, 0.1, Z.INSET + 0.5, clip=rect)
    return sheet.items, shapes


@lru_cache(maxsize=4)
def _simple(atlas: Atlas) -> np.ndarray:
    """The countries as roughly as an inset shows them."""
    return np.asarray(shapely.simplify(np.asarray(atlas.countries.geometry), 0.12, preserve_topology=False))


def _within(lon: float, lat: float) -> bool:
    return REACH[0] <= lon <= REACH[2] and REACH[1] - 40 <= lat <= REACH[3] + 13
