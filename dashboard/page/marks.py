"""Events on the map: one symbol, a fan, or a tray with a leader; each put where nothing is hidden, the fullest first."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry
from shapely.ops import substring

from dashboard.page import crowds, lettering, outlines, symbols
from dashboard.page.borders import parts
from dashboard.page.entries import NUMBER_PT, Entry, draw_entry, entries, slot_shapes, title_offset
from dashboard.page.fans import Fan, fan
from dashboard.page.groups import Group
from dashboard.page.labels import Placement, words_box
from dashboard.page.sheet import Rect, Sheet, Z
from dashboard.style import INK, STROKES, TEXT_SOFT

PITCH, ROW = 8.0, 6.4
"""mm between symbols of a tray and between its rows"""

TRAY_ROW = 9
GAP = 0.5
"""mm around a tray"""

CLEAR, DOT = 0.8, 0.55
"""mm between the end of a leader and what is written, radius of the dot there"""

HEAD, PAD = 4.6, 1.6
FULL = 6
"""events of a city that is placed first"""

NEAR, FAR = 0.6, 40.0
"""price of a mm of leader; mm from which it is nearly twice that"""

SUBJECT = 2.0
"""price of a mm of strong line under a fan, beside its own"""

AXES = (270, 300, 240, 330, 210, 0, 180, 30, 150, 60, 120, 90)
"""directions tried for a fan, degrees clockwise from east; up comes first"""


class Marks:
    """Places the groups of a map."""

    def __init__(self, sheet: Sheet, placement: Placement, anchors: Sequence[tuple[float, float]], start: int) -> None:
        """`anchors` are points better not covered; `start` is the window's first day."""
        self.sheet, self.placement, self.start = sheet, placement, start
        self._anchors = shapely.multipoints(list(anchors)) if anchors else shapely.MultiPoint()
        self.trays: list[Group] = []
        """groups that stand in a tray, which names them"""

        self._full: list[tuple[float, float]] = []
        """sizes of boxes for which the map has no room any more; room only shrinks"""

    def draw_fans(self, groups: Iterable[Group]) -> list[Group]:
        """Draw the fullest cities, which everything else has to stand clear of; returns the other groups."""
        groups = sorted(groups, key=lambda group: -len(group.events))
        return [group for group in groups if not self._full_fan(group)]

    def _full_fan(self, group: Group) -> bool:
        full = group.form == "city" and not group.crowd and len(group.events) >= FULL
        return full and self._fan(group, entries(group.events, start=self.start))

    def draw(self, groups: Iterable[Group]) -> list[Group]:
        """Draw the groups; returns those for which there was no room."""
        left = []
        for group in sorted(groups, key=lambda group: (-len(group.events), group.form != "border")):
            found = [crowds.entry(group)] if group.crowd else entries(group.events, start=self.start)
            if not (self._in_place(group, found) or self._tray(group, found)):
                left.append(group)
        return left

    def _in_place(self, group: Group, found: list[Entry]) -> bool:
        if group.form != "city":
            return False
        return self._single(group, found[0]) if len(found) == 1 else self._fan(group, found)

    def _single(self, group: Group, entry: Entry) -> bool:
        """At the point itself."""
        shapes = slot_shapes(group.x, group.y, entry, symbols.ALONE)
        if not all(self.placement.free(shape) for shape in shapes):
            return False
        for shape in shapes:
            self.placement.take(shape, f"{group.title} {entry.label}")
        draw_entry(self.sheet, group.x, group.y, entry, symbols.ALONE)
        return True

    def _fan(self, group: Group, found: list[Entry]) -> bool:
        candidates = [fan(group.x, group.y, found, axis) for axis in AXES]
        shapes = [_with_slots(candidate) for candidate in candidates]
        others = shapely.difference(self._anchors, shapely.Point(group.x, group.y).buffer(1))
        prices = [0.12 * i + 12.0 * float(_points(others, s)) + SUBJECT * self.placement.cost(s) for i, s in enumerate(shapes)]
        if len(found) < FULL:  # a tray hides nothing
            prices = [price if not _points(others, shape) else np.inf for price, shape in zip(prices, shapes, strict=True)]
        best = self.placement.best(prices, shapes)
        if best is None or not np.isfinite(prices[best]):
            return False
        self._draw_fan(candidates[best], group.title)
        return True

    def _draw_fan(self, chosen: Fan, title: str) -> None:
        outline = outlines.area(chosen.shape)
        with self.sheet.part(f"fan {title}"):
            self.sheet.fill(outline, "#FFFFFF", Z.PANEL, alpha=0.9)
            self.sheet.stroke(outline, TEXT_SOFT, 0.16, Z.PANEL_LINE)
        panel = self.placement.take_panel(chosen.shape, f"fan {title}")
        for level, row in enumerate(chosen.rows):
            slots = [slot for slot in chosen.slots() if slot.entry in row]
            if len(slots) > 1:
                ends = [math.degrees(math.atan2(s.y - chosen.y, s.x - chosen.x)) for s in (slots[0], slots[-1])]
                arc = outlines.circle(chosen.x, chosen.y, chosen.radius(level), ends[0], ends[1] + (360 if ends[1] < ends[0] else 0))
                self.sheet.stroke(arc, "#A9B1B8", 0.12, Z.PANEL_LINE)
        for slot in chosen.slots():
            draw_entry(self.sheet, slot.x, slot.y, slot.entry, symbols.FAN, halo=False)
            for shape in slot_shapes(slot.x, slot.y, slot.entry, symbols.FAN):
                self.placement.take(shape, f"{title} {slot.entry.label}", panel)
        for x, y, angle, words in chosen.names():
            self.sheet.text(*turned(x, y, angle), words, 5.8, align=0.5, angle=angle, z=Z.NUMBER)
            box = shapely.affinity.rotate(words_box(x, y + 0.7, words, 5.8, "regular", 0.5), angle, origin=(x, y))
            if words:
                self.placement.take(box, f"{title} {words}", panel)

    def _tray(self, group: Group, found: list[Entry]) -> bool:
        """A box near the place with a leader to it."""
        wide, high = tray_size(group, found)
        if any(wide >= w and high >= h for w, h in self._full):
            return False
        target = self._seen(group)
        if target.is_empty:
            return False
        boxes = self._boxes(wide, high)
        links = np.empty(len(boxes), dtype=object)
        least = NEAR * _gap(shapely.bounds(boxes), target.bounds)

        def rest(rows: np.ndarray) -> np.ndarray:
            links[rows] = shapely.shortest_line(boxes[rows], target)
            away = shapely.length(links[rows])
            beside = np.where(away < (1.2 if group.form != "city" else 0.0), 1e3, 0.0)
            return NEAR * away + np.where(away < FAR, 0.0, 0.5 * away) + 12.0 * _points(self._anchors, boxes[rows]) + beside - least[rows]

        best = self.placement.best(least, boxes, gap=GAP, dear=[rest, lambda rows: self.placement.crossed(links[rows])])
        if best is None:
            self._full.append((wide, high))
            return False
        self._draw_tray(group, found, boxes[best].bounds, links[best])
        self.trays.append(group)
        return True

    def _seen(self, group: Group) -> BaseGeometry:
        """The part of an area or a line on which nothing is written yet, up to its rim if need be; all of it if that is none."""
        target = _target(group)
        if isinstance(target, shapely.Point) or not self.placement.shapes:
            return target
        near = [self.placement.shapes[i] for i in self.placement.within(group.shape, CLEAR)]
        for area, gap in ((target, CLEAR), (group.shape, CLEAR), (group.shape, DOT)):
            rest = shapely.difference(area, shapely.union_all(near).buffer(gap))
            if not rest.is_empty:
                return rest
        return target

    def _boxes(self, wide: float, high: float) -> np.ndarray:
        """Places for a box all over the map."""
        left, top, right, bottom = self.placement.frame
        x, y = np.meshgrid(np.arange(left + 1.5, right - wide - 1.5, 2.5), np.arange(top + 1.5, bottom - high - 1.5, 2.5))
        return shapely.box(x.ravel(), y.ravel(), x.ravel() + wide, y.ravel() + high)

    def _draw_tray(self, group: Group, found: list[Entry], box: Rect, link: BaseGeometry) -> None:
        sheet, (left, top, right, _) = self.sheet, box
        panel = self.placement.take_panel(shapely.box(*box), f"tray {group.title}")
        x, y = shapely.get_coordinates(link)[-1]
        dot = shapely.Point(x, y).buffer(DOT)
        line = self.placement.take_line(link, f"leader {group.title}", **({} if group.form == "city" else {"end": DOT}))
        if group.form != "city" and self.placement.free(dot, inside=False):
            self.placement.take(dot, f"dot {group.title}")
        with sheet.part(f"leader {group.title}"):
            sheet.stroke(outlines.line(line), "#FFFFFF", 0.7, Z.LEADER_CASING)
            sheet.stroke(outlines.line(line), INK, STROKES["leader"].mm, Z.LEADER)
            sheet.fill(outlines.circle(x, y, DOT), INK, Z.LEADER)
        outline = outlines.box(*box, radius=1.0)
        with sheet.part(f"callout {group.title}"):
            sheet.fill(outline, "#FFFFFF", Z.PANEL, alpha=0.94)
            sheet.stroke(outline, TEXT_SOFT, 0.16, Z.PANEL_LINE)
        alone, pitch = len(found) == 1, _pitch(found)
        x, y = (left + PAD + title_offset(found[0]), top + 4.1) if alone else (left + PAD, top + 3.2)
        title = lettering.shorten(group.title, right - x - PAD, 6.4, "semibold")
        sheet.text(x, y, title, 6.4, "semibold", z=Z.NUMBER)
        self.placement.take(words_box(x, y, title, 6.4, "semibold"), f"title {group.title}", panel)
        for place, entry in enumerate(found):
            at = (left + PAD + 2.6 + place % TRAY_ROW * pitch, top + (3.3 if alone else HEAD + 2.9 + place // TRAY_ROW * ROW))
            draw_entry(sheet, *at, entry, symbols.FAN, halo=False)
            for shape in slot_shapes(*at, entry, symbols.FAN):
                self.placement.take(shape, f"{group.title} {entry.label}", panel)


def _with_slots(chosen: Fan) -> BaseGeometry:
    """A fan with the numbers that stand out over its rim."""
    sector, slots = chosen.shape, np.array([shape for slot in chosen.slots() for shape in slot_shapes(slot.x, slot.y, slot.entry, symbols.FAN)])
    shapely.prepare(sector)
    return shapely.union_all([sector, *slots[~shapely.contains(sector, slots)]])


def _points(points: BaseGeometry, shapes: BaseGeometry | np.ndarray) -> np.ndarray:
    """How many of the points lie in each shape."""
    return shapely.intersects(np.asarray(shapes, dtype=object)[..., None], shapely.get_parts(points)).sum(-1)


def _gap(boxes: np.ndarray, box: Rect) -> np.ndarray:
    """How far each box, left, top, right, bottom in mm, is from one."""
    left, top, right, bottom = box
    across = np.maximum(left - boxes[:, 2], boxes[:, 0] - right)
    down = np.maximum(top - boxes[:, 3], boxes[:, 1] - bottom)
    return np.hypot(np.maximum(across, 0), np.maximum(down, 0))


def _target(group: Group) -> BaseGeometry:
    """Where a leader ends: a city's point, the middle half of a border, just inside a range."""
    if group.form == "city":
        return shapely.Point(group.x, group.y)
    if group.form == "border":
        longest = max(parts(group.shape), key=lambda part: part.length)
        return substring(longest, 0.25, 0.75, normalized=True)
    inside = group.shape.buffer(-0.8)
    return group.shape if inside.is_empty else inside


def turned(x: float, y: float, angle: float) -> tuple[float, float]:
    """The base line's point of text whose middle height is at x, y."""
    drop = 0.33 * 5.8 * lettering.MM_PER_PT
    return x - drop * math.sin(math.radians(angle)), y + drop * math.cos(math.radians(angle))


def _pitch(found: Sequence[Entry]) -> float:
    """Mm from symbol to symbol: more for numbers of four digits."""
    longest = max(lettering.width(entry.label, NUMBER_PT, "bold") for entry in found)
    return PITCH + max(0.0, longest - lettering.width("888", NUMBER_PT, "bold"))


def tray_size(group: Group, found: Sequence[Entry]) -> tuple[float, float]:
    """Width and height in mm."""
    title = min(lettering.width(group.title, 6.4, "semibold") + 0.2, 60.0)
    if len(found) == 1:
        return 2 * PAD + title_offset(found[0]) + title, 6.6
    wide = max(min(len(found), TRAY_ROW) * _pitch(found) + 0.6, title)
    return wide + 2 * PAD, HEAD + math.ceil(len(found) / TRAY_ROW) * ROW + 0.6
