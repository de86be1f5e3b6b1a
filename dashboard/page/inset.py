"""The inset: where the map lies, what is off it, and the whole countries that are named but never pointed at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from dashboard.page import compared, fills, lettering, outlines
from dashboard.page.chart import EQUAL_AREA, Box, Chart, fitted
from dashboard.page.groups import Group, ranges
from dashboard.page.labels import Placement
from dashboard.page.pointers import Pointers
from dashboard.page.reach import FINE, NORTHERN, arc, narrow, spaced, within
from dashboard.page.sheet import Rect, Shape, Sheet, Words, Z, between
from dashboard.scene import Feature, Scene
from dashboard.style import ALARM, BOUNDARY, INK, LAND, NOT_AGREED, WATER
from geodata.atlas import Atlas

SIZE = (63.0, 41.5)
STRIPE = 0.75
FOOT, FOOT_PT, MOST_ROWS = 2.2, 5.2, 3
"""mm from row to row of the words at the foot, their size, and most rows"""

MANY = 10
"""places and countries with numbers of which some will have no room: words at the foot are reckoned with at once"""

LEAST_FRAME = 1.6
"""mm: a smaller frame of the map is shown as a square of this side"""


def wanted(chart: Chart, groups: Iterable[Group]) -> bool:
    """Whether the map's frame is small enough to be located, or events lie off it."""
    return narrow(chart) or any(group.form == "city" and not group.on_map for group in groups)


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
        off = [group for group in groups if group.form == "city" and not group.on_map]
        self.whole = [group for group in groups if group.form == "whole"]
        self.off = [group for group in off if self._near(group)]
        self._farther = [group for group in off if not self._near(group)]
        self.forms: set[str] = set()
        """the legend's keys of what is outlined: `form:country`, `form:region`"""

        rows = int(len(self._codes()) + len(self.off) > MANY)
        while True:
            self._plan(rows)
            told = self._told()
            if len(told) <= rows or rows == MOST_ROWS:
                break
            rows = min(len(told), MOST_ROWS)

    def _near(self, group: Group) -> bool:
        """Whether it is shown: everything in an inset of the world."""
        return self._worldwide or within(group.lon, group.lat)

    @property
    def _worldwide(self) -> bool:
        west, south, east, north = self.main.bounds
        return not (within(west, south) and within(east, north)) or not narrow(self.main)

    def _plan(self, rows: int) -> None:
        """Everything in its place, above as many rows of words at the foot."""
        left, top, right, bottom = self.rect
        inner = (left + 0.7, top + 0.7, right - 0.7, bottom - 0.7 - (FOOT * rows + 0.4 if rows else 0.0))
        self.chart = fitted(self._box(), inner, EQUAL_AREA, even_scale=False)
        self.shapes = _shapes(self.chart, self.atlas)
        """countries by code, page mm"""

        self.rim = self._frame()
        self.pointers = Pointers(inner, self.rim)
        found = [(group, *(float(v) for v in self.chart.xy(group.lon, group.lat))) for group in self.off]
        self.missing = self.pointers.points(found)
        self._unnamed = self._numbers()

    def _told(self) -> list[str]:
        """Rows of words about what the inset cannot show."""
        given = {n for code, numbers in self._codes().items() if code not in self._unnamed for n in numbers}
        absent = {event.n for group in self.missing for event in group.events} | {n for numbers in self._unnamed.values() for n in numbers} - given
        partly = {n for numbers in self._unnamed.values() for n in numbers} & given
        farther = "; ".join(f"{group.title} {ranges(event.n for event in group.events)}" for group in self._farther)
        said = ((farther, "Farther off"), (ranges(absent), "Not shown in the inset"), (ranges(partly), "Not in every country they name"))
        told = " ".join(f"{what}: {words}." for words, what in said if words)
        return lettering.wrap(told, self.rect[2] - self.rect[0] - 2.4, FOOT_PT, "italic") if told else []

    def _box(self) -> Box:
        """The map's frame with everything off it that is near enough."""
        west, south, east, north = self.main.bounds
        lons, lats = [*np.arange(west, east, FINE), east], [south, north]
        for group in self.off:
            lons.append(group.lon)
            lats.append(group.lat)
        shapes = dict(zip(self.atlas.countries.code, self.atlas.countries.geometry, strict=True))
        for bounds in (shapes[code].bounds for code in self._codes() if code in shapes):
            if within(bounds[0], bounds[1]) and within(bounds[2], bounds[3]):
                lons += [bounds[0], bounds[2]]
                lats += [bounds[1], bounds[3]]
        west, east = arc(lons)
        return spaced(west, min(lats), east, max(lats), max(NORTHERN, north))

    def _codes(self) -> dict[str, list[int | None]]:
        """Country code -> numbers of the events that name it as a whole."""
        found: dict[str, list[int | None]] = {}
        for event in (event for group in self.whole for event in group.events):
            for code in self._named(event):
                found.setdefault(code, []).append(event.n)
        return found

    def _named(self, event: Feature) -> Sequence[str]:
        """Codes of the countries an event names as a whole."""
        if event.place_form == "country":
            return [event.country]
        regions = dict(zip(self.atlas.regions.id, self.atlas.regions.countries, strict=True))
        return [code for zone in event.zones for code in regions.get(zone.rpartition(":")[2], ())]

    def _frame(self) -> BaseGeometry:
        """The main map's frame as lines on the inset; a small square where it would be a dot, nothing where it is most of the world."""
        if not narrow(self.main):
            return shapely.LineString()
        left, top, right, bottom = self.main.rect
        ring = shapely.segmentize(shapely.box(left, top, right, bottom), 6)
        x, y = self.chart.xy(*self.main.degrees(*shapely.get_coordinates(ring).T))
        points = np.column_stack([x, y])[np.isfinite(x) & np.isfinite(y)]
        if not len(points):
            return shapely.LineString()
        if (np.ptp(points, axis=0) < LEAST_FRAME).all():
            cx, cy = points.mean(0)
            return shapely.box(cx - LEAST_FRAME / 2, cy - LEAST_FRAME / 2, cx + LEAST_FRAME / 2, cy + LEAST_FRAME / 2).exterior
        steps = np.flatnonzero(np.hypot(*np.diff(points, axis=0).T) > 0.25 * (self.rect[2] - self.rect[0])) + 1  # across the edge of the world
        return shapely.MultiLineString([piece for piece in np.split(points, steps) if len(piece) > 1])

    def draw(self, scene: Scene) -> list[Group]:
        """Draw it; returns the groups at points that are too far off or found no room, named at its foot."""
        left, _, right, bottom = self.rect
        self.sheet.fill(outlines.box(*self.rect), "#FFFFFF", Z.INSET)
        self.sheet.stroke(outlines.box(*self.rect), INK, 0.2, Z.INSET + 1.9)
        self.sheet.items += _land(self.chart, self.atlas, fills.settled(scene))
        compared.draw(self.sheet, scene, self.shapes, self.chart.rect, Z.INSET + 0.55, 0.5, 0.01)
        self._outlines()
        path = outlines.line(self.rim)
        self.sheet.stroke(path, "#FFFFFF", 0.9, Z.INSET + 0.7, clip=self.chart.rect)
        self.sheet.stroke(path, ALARM, 0.42, Z.INSET + 0.71, clip=self.chart.rect)
        self.pointers.draw(self.sheet)
        told = self._told()
        if len(told) > MOST_ROWS:
            told[MOST_ROWS - 1 :] = [lettering.shorten(" ".join(told[MOST_ROWS - 1 :]), right - left - 2.4, FOOT_PT, "italic")]
        for place, row in enumerate(reversed(told)):
            self.sheet.text(left + 1.2, bottom - 1.0 - FOOT * place, row, FOOT_PT, "italic", z=Z.INSET + 1.8)
        return [*self.missing, *self._farther]

    def _outlines(self) -> None:
        shown = {code for code in self._codes() if code in self.shapes and self.chart.within([self.shapes[code]])[0]}
        for code in sorted(shown):
            path = outlines.line(self.shapes[code])
            self.sheet.stroke(path, "#FFFFFF", 0.9, Z.INSET + 0.6, alpha=0.8, clip=self.chart.rect)
            self.sheet.stroke(path, INK, 0.34, Z.INSET + 0.61, clip=self.chart.rect)
        named = (event for group in self.whole for event in group.events)
        self.forms = {f"form:{event.place_form}" for event in named if shown.intersection(self._named(event))}

    def _numbers(self) -> dict[str, list[int | None]]:
        """Place the numbers of the outlined countries, largest countries first; returns those without room."""
        shown = {code: shapely.clip_by_rect(self.shapes[code], *self.chart.rect) for code in self._codes() if code in self.shapes}
        codes = sorted((code for code, shape in shown.items() if not shape.is_empty), key=lambda code: -shown[code].area)
        numbers = self._codes()
        return {code: numbers[code] for code in codes if not self.pointers.number(ranges(numbers[code]), shown[code], f"inset {code}")}


@lru_cache(maxsize=24)
def _land(chart: Chart, atlas: Atlas, blocs: fills.Settled) -> list[Shape | Words]:
    """Water, land and fills; kept for the other pages of a series."""
    sheet, rect, frame, shapes = Sheet.of_part("inset"), chart.rect, atlas.countries, _shapes(chart, atlas)
    sheet.fill(outlines.box(*rect), WATER, Z.INSET + 0.1)
    disputed = set(frame.code[frame.disputed])
    for code, shape in shapes.items():
        sheet.fill(outlines.area(shape), NOT_AGREED if code in disputed else LAND, Z.INSET + 0.2, clip=rect)
    areas = {code: shape for code, shape in shapes.items() if not shape.is_empty and code not in disputed}
    fills.draw(sheet, areas, dict(blocs), rect, stripe=STRIPE, gap=1.2, z=between(Z.INSET + 0.3, Z.INSET + 0.4))
    lines = outlines.joined(outlines.line(shape) for shape in shapes.values())
    sheet.stroke(lines, BOUNDARY, 0.1, Z.INSET + 0.5, clip=rect)
    return sheet.items


@lru_cache(maxsize=24)
def _shapes(chart: Chart, atlas: Atlas) -> dict[str, BaseGeometry]:
    """Countries by code, page mm."""
    return dict(zip(atlas.countries.code, chart.shapes(_simple(atlas)), strict=True))


@lru_cache(maxsize=4)
def _simple(atlas: Atlas) -> np.ndarray:
    """The countries as roughly as an inset shows them."""
    return np.asarray(shapely.simplify(np.asarray(atlas.countries.geometry), 0.12, preserve_topology=False))
