"""Symbols, numbers and names of an inset: a symbol on its spot or none at all; what is written away from its place is tied to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from dashboard.page import lettering, outlines, symbols
from dashboard.page.groups import Group, ranges
from dashboard.page.labels import Placement
from dashboard.page.sheet import Rect, Sheet, Z, between
from dashboard.page.symbols import Sign
from dashboard.style import INK

PT = 5.4
SYMBOL, DOT = 2.4, 0.75
"""mm: side of a symbol's grid, radius of the dot for events of several kinds"""

BESIDE, REACH, STEP, SPARE = 0.35, 15.0, 1.8, 0.3
"""mm: from a mark to its name, how far off a name may stand, how close together the places lie at which it is tried,
and what is kept free at its ends"""

HIGH, END = 2.1, 0.3
"""mm: height of a line, radius of the dot at the end of a leader"""

MOST = 60
"""places away from its mark at which a name is tried, the nearest first"""

Line = Sequence[tuple[str, str]]
"""words and face of each part of a line"""


@dataclass
class Pointers:
    """Finds the places, and draws what found one."""

    frame: Rect
    rim: BaseGeometry = field(default_factory=shapely.Point)
    """the main map's frame, page mm: symbols may stand on it, words may not"""

    drawn: list[Callable[[Sheet], object]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.placement = Placement(self.frame)
        line = shapely.clip_by_rect(self.rim, *self.frame)
        self._rim = -1 if line.is_empty else self.placement.take_panel(line.buffer(0.3), "frame of the map")

    def points(self, found: Sequence[tuple[Group, float, float]]) -> list[Group]:
        """Groups at their points on the page: room is kept for all marks, then names are written; returns the groups that found none."""
        marks = [(group, x, y, *self._mark(group, x, y)) for group, x, y in found]
        missing = []
        for group, x, y, half, draws in marks:
            if draws and self._named(group, x, y, half):
                self.drawn.append(draws)
            else:
                missing.append(group)
        return missing

    def _mark(self, group: Group, x: float, y: float) -> tuple[float, Callable[[Sheet], object] | None]:
        """Half the size and the drawing of the symbol, or of a dot where that has no room or several kinds are meant; else nothing."""
        sign = Sign.of(group.events[0]) if len({event.kind for event in group.events}) == 1 else None
        for half in (SYMBOL / 2, DOT) if sign else (DOT,):
            shape = shapely.Point(x, y).buffer(half + 0.1, quad_segs=6)
            if self._crosses_nothing(shape):
                self.placement.take(shape, f"inset mark {group.title}", self._rim)
                return half, partial(_symbol, sign, x, y) if half > DOT else partial(_dot, x, y, DOT)
        return DOT, None

    def _named(self, group: Group, x: float, y: float, half: float) -> bool:
        line = ((ranges(event.n for event in group.events), "bold"), (group.title, "regular"))
        wide, off = _wide(line), half + BESIDE
        close = [(x + off, y - HIGH / 2), (x - off - wide, y - HIGH / 2), (x - wide / 2, y - off - HIGH), (x - wide / 2, y + off)]
        mark, name = shapely.Point(x, y).buffer(half), f"inset {group.title}"
        return self._close(line, close, name) or self._tied(line, mark, mark.buffer(0.35), name)

    def number(self, words: str, area: BaseGeometry, name: str) -> bool:
        """Inside an area, or tied to a dot in it; False without room."""
        line, largest = ((words, "bold"),), max(shapely.get_parts(area), key=lambda part: part.area)
        wide, (x, y) = _wide(line), shapely.get_coordinates(shapely.point_on_surface(largest))[0]
        around = np.array([(x + dx, y + dy) for dy in (0, -2, 2, -4, 4) for dx in (0, -3, 3, -6, 6)])
        inside = around[shapely.contains_xy(largest, *around.T)]
        if self._close(line, inside - (wide / 2, HIGH / 2), name):
            return True
        end = shapely.Point(x, y).buffer(END)
        if not self._crosses_nothing(end) or not self._tied(line, end, shapely.Point(), name):
            return False
        self.placement.take(end, f"end {name}", self._rim)
        self.drawn.append(partial(_dot, x, y, END, whole=True))
        return True

    def _close(self, line: Line, corners: Sequence[tuple[float, float]], name: str) -> bool:
        """At the first of some corners that is free."""
        boxes = _boxes(corners, _wide(line))
        free = boxes[self.placement.all_free(boxes, 0.1)]
        return len(free) > 0 and self._take(line, free[0], name)

    def _tied(self, line: Line, mark: BaseGeometry, own: BaseGeometry, name: str) -> bool:
        """As near as can be, with a leader that crosses nothing; `own` is the room kept for the mark."""
        wide, (x, y) = _wide(line), shapely.get_coordinates(mark.centroid)[0]
        left, top = np.meshgrid(np.arange(x - REACH - wide, x + REACH, STEP), np.arange(y - REACH, y + REACH, STEP))
        boxes = _boxes(np.column_stack([left.ravel(), top.ravel()]), wide)
        boxes = boxes[self.placement.all_free(_boxes(np.column_stack([left.ravel() - SPARE, top.ravel()]), wide + 2 * SPARE), 0.0)]
        links = shapely.shortest_line(boxes, mark)
        order = np.argsort(shapely.length(links), kind="stable")[:MOST]
        threads = shapely.difference(shapely.buffer(links[order], 0.12, cap_style="flat"), own)
        free = next((i for i, thread in enumerate(threads) if self._crosses_nothing(thread)), None)
        if free is None:
            return False
        self.placement.take(threads[free], f"leader {name}", self._rim)
        self.drawn.append(partial(_leader, links[order[free]]))
        return self._take(line, boxes[order[free]], name)

    def _crosses_nothing(self, thread: BaseGeometry) -> bool:
        """But the main map's frame."""
        return self.placement.inside(thread) and self.placement.free(thread, inside=False, but=self._rim)

    def _take(self, line: Line, box: BaseGeometry, name: str) -> bool:
        self.placement.take(box, name)
        left, top, _, _ = box.bounds
        self.drawn.append(partial(_write, line, left, top))
        return True

    def draw(self, sheet: Sheet) -> None:
        """Draw what found its place."""
        for draws in self.drawn:
            draws(sheet)


def _boxes(corners: Sequence[tuple[float, float]] | np.ndarray, wide: float) -> np.ndarray:
    at = np.asarray(corners, float).reshape(-1, 2)
    return shapely.box(at[:, 0], at[:, 1], at[:, 0] + wide, at[:, 1] + HIGH)


def _wide(line: Line) -> float:
    return sum(lettering.width(words, PT, face) for words, face in line) + 0.7 * (len(line) - 1)


def _write(line: Line, left: float, top: float, sheet: Sheet) -> None:
    for words, face in line:
        left += 0.7 + sheet.text(left, top + 1.7, words, PT, face, halo=0.35, z=Z.INSET + 1.7, halo_z=Z.INSET + 0.85)


def _symbol(sign: Sign, x: float, y: float, sheet: Sheet) -> None:
    bare = replace(sign, virtual=False, credibility="")
    symbols.draw(sheet, x, y, bare, SYMBOL, ring=False, z=between(Z.INSET + 0.9, Z.INSET + 1))


def _dot(x: float, y: float, radius: float, sheet: Sheet, *, whole: bool = False) -> None:
    sheet.fill(outlines.circle(x, y, radius), INK, Z.INSET + 0.9)
    if not whole:
        sheet.fill(outlines.circle(x, y, 0.53 * radius), "#FFFFFF", Z.INSET + 0.91)


def _leader(link: BaseGeometry, sheet: Sheet) -> None:
    sheet.stroke(outlines.line(link), "#FFFFFF", 0.5, Z.INSET + 0.79)
    sheet.stroke(outlines.line(link), INK, 0.16, Z.INSET + 0.8)
