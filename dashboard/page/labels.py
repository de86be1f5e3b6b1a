"""Places taken on the map: whatever is written keeps its shape here, so that nothing is written over it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from dashboard.page import lettering
from dashboard.page.sheet import Rect

EDGE = 0.6
"""mm kept free inside the frame"""

TOUCH = 0.02
"""mm2 of common area that do not count as an overlap"""

AT_ONCE, MOST_AT_ONCE = 32, 512
"""candidates told apart together: so many at first, each time twice as many, and the most"""

MARK = 1.3
"""mm around a town's mark that a leader leaves to it"""

LEADER, ACROSS, THROUGH, UNDER, UNDER_MM = "leader ", 150.0, 1000.0, 10.0, 1.5
"""how names of leaders begin; price of a leader across another one, through a name, under a panel, and for each mm that is hidden there"""

PIECE = 12
"""stretches of a line looked up together"""

Dear = Callable[[np.ndarray], np.ndarray]
"""indices of candidates -> the part of their price that takes long to tell, never negative"""


@dataclass
class Placement:
    """What stands where."""

    frame: Rect
    shapes: list[BaseGeometry] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    panels: list[int] = field(default_factory=list)
    """for each shape the index of the panel it stands on, or -1"""

    points: BaseGeometry | None = None
    """points of events still to be drawn: not to be covered"""

    opaque: set[int] = field(default_factory=set)
    """indices of panels, which hide leaders"""

    _built: shapely.STRtree | None = field(default=None, init=False, repr=False)
    _boxes: np.ndarray | None = field(default=None, init=False, repr=False)
    """left, top, right, bottom of those shapes that are boxes"""

    _soft: shapely.STRtree | None = field(default=None, init=False, repr=False)
    """pieces of the lines better left free"""

    def take_panel(self, shape: BaseGeometry, name: str) -> int:
        """Keep a panel; returns its index, to be given as `panel` for what stands on it."""
        self.opaque.add(len(self.shapes))
        return self.take(shape, name)

    def take(self, shape: BaseGeometry, name: str, panel: int = -1) -> int:
        """Keep `shape`; returns its index."""
        self.shapes.append(shape)
        self.names.append(name)
        self.panels.append(panel)
        return len(self.shapes) - 1

    def free(self, shape: BaseGeometry, *, inside: bool = True, but: int = -1) -> bool:
        """Whether `shape` is clear of everything kept (`but` that index), and inside the frame."""
        if inside and but < 0 and not self.inside(shape):
            return False
        return not self.shapes or all(index == but for index in self._tree().query(shape, predicate="intersects"))

    def inside(self, shape: BaseGeometry) -> bool:
        """Whether `shape` is clear of the frame."""
        return bool(self._within(np.array(shape.bounds)))

    def _within(self, bounds: np.ndarray) -> np.ndarray:
        """For each left, top, right, bottom whether it is inside the frame."""
        left, top, right, bottom = self.frame
        return (bounds[..., :2] >= (left + EDGE, top + EDGE)).all(-1) & (bounds[..., 2:] <= (right - EDGE, bottom - EDGE)).all(-1)

    def all_free(self, shapes: np.ndarray, gap: float) -> np.ndarray:
        """For each shape whether it is free, with `gap` mm around it: to be asked first where its price is dear."""
        return self._free(shapes, gap)

    def avoid(self, lines: BaseGeometry) -> None:
        """Keep in mind lines better left free; none of their pieces may lie on another."""
        courses = [shapely.get_coordinates(line) for line in shapely.get_parts(lines)]
        self._soft = shapely.STRtree([shapely.LineString(at[i : i + PIECE + 1]) for at in courses for i in range(0, len(at) - 1, PIECE)])

    def cost(self, shape: BaseGeometry) -> float:
        """Length of lines under `shape`, in mm."""
        if not self._soft:
            return 0.0
        lines, (left, top, right, bottom) = self._soft.geometries[self._soft.query(shape, predicate="intersects")], shape.bounds
        if not len(lines):
            return 0.0
        if math.isclose(shape.area, (right - left) * (bottom - top)):
            return float(shapely.length(shapely.clip_by_rect(lines, left, top, right, bottom)).sum())
        return shapely.intersection(shapely.multilinestrings(lines), shape).length

    def within(self, shape: BaseGeometry, gap: float) -> np.ndarray:
        """Indices of what is kept within `gap` mm of `shape`."""
        return np.sort(self._tree().query(shape, predicate="dwithin", distance=gap)) if self.shapes else np.zeros(0, int)

    def points_under(self, shapes: np.ndarray, spare: float) -> np.ndarray:
        """Which shapes come within `spare` mm of a point still to be drawn."""
        return np.zeros(len(shapes), bool) if self.points is None else shapely.dwithin(shapes, self.points, spare)

    def best(
        self, prices: Sequence[float] | np.ndarray, shapes: Sequence[BaseGeometry] | np.ndarray, *, gap: float = 0.0, soft: float = 1.0,
        dear: Sequence[Dear] = (),
    ) -> int | None:  # fmt: skip
        """Index of the free shape with the least price; a mm of line under it costs `soft`; None if none is free.

        Asked in the order of `prices`, few at first: what takes long to tell, `dear` in its order, is told only where it can matter.
        """
        price, shape = np.asarray(prices, float), np.asarray(shapes, dtype=object)
        chosen, least = None, np.inf
        for rows in _some_at_once(np.argsort(price, kind="stable")):
            if price[rows[0]] >= least:
                break
            rows = rows[price[rows] < least]
            rows = rows[self._free(shape[rows], gap)]
            total = price[rows]
            for part in dear:
                total = total + part(rows)
                rows, total = rows[total < least], total[total < least]
            for index, known in zip(rows, total, strict=True):
                whole = known + soft * self.cost(shape[index]) if known < least else np.inf
                if whole < least:
                    chosen, least = int(index), whole
        return chosen

    def crossed(self, lines: np.ndarray) -> np.ndarray:
        """What it costs to run each line across the shapes kept: most across names, less across leaders, and under panels the more the longer."""
        costs = np.zeros(len(lines))
        if self.shapes:
            tree = self._tree()
            hit, kept = tree.query(lines, predicate="intersects")
            prices = np.array([self._price(i) for i in kept.tolist()])
            under = prices == UNDER
            prices[under] += UNDER_MM * shapely.length(shapely.intersection(lines[hit[under]], tree.geometries[kept[under]]))
            np.add.at(costs, hit, prices)
        return costs

    def _price(self, index: int) -> float:
        """Of a line across one of the shapes kept; for one that hides it, before its length is known."""
        if index in self.opaque:
            return UNDER
        if self.panels[index] >= 0:
            return 0.0
        return ACROSS if self.names[index].startswith(LEADER) else THROUGH

    def take_line(self, line: BaseGeometry, name: str, *, end: float = MARK) -> BaseGeometry:
        """Keep a leader, as far as it is seen, and return that: it is broken where names stand, and panels hide it.

        `end`: mm at its end left to the mark that stands there.
        """
        near = self.within(line, 0.5)
        crossed = [self.shapes[i] for i in near if i not in self.opaque]
        broken = shapely.difference(line, shapely.union_all(crossed).buffer(0.5)) if crossed else line
        hidden = shapely.union_all([self.shapes[i] for i in near if i in self.opaque])
        mark = shapely.Point(shapely.get_coordinates(line)[-1]).buffer(end)
        seen = shapely.difference(broken.buffer(0.2, cap_style="flat"), shapely.union(hidden.buffer(0.1), mark))
        if not seen.is_empty:
            self.take(seen, name)
        return broken

    def _free(self, shapes: np.ndarray, gap: float) -> np.ndarray:
        """Asked for thousands of shapes at once, so what is far from everything, or hit without the gap, is told apart first."""
        bounds = shapely.bounds(shapes)
        free = self._within(bounds)
        if self.shapes:
            tree = self._tree()
            free[free] = ~_meet(shapes[free], bounds[free], self._boxes)
            close = np.flatnonzero(free)
            close = close[_hit(tree, shapely.box(*(bounds[close] + (-gap, -gap, gap, gap)).T))]
            hit = _hit(tree, shapes[close], "intersects")
            free[close[hit]] = False
            if gap:
                close = close[~hit]
                free[close[_hit(tree, shapely.buffer(shapes[close], gap, quad_segs=1), "intersects")]] = False
        return free

    def _tree(self) -> shapely.STRtree:
        """Of everything kept."""
        if self._built is None or len(self._built) != len(self.shapes):
            self._built = shapely.STRtree(self.shapes)
            bounds = shapely.bounds(self.shapes)
            self._boxes = bounds[_plain(self.shapes, bounds)]
        return self._built

    def panel_at(self, x: float, y: float) -> int:
        """Index of the last panel that touches a point, -1 if none does."""
        point = shapely.Point(x, y)
        return max((i for i in self.opaque if self.shapes[i].dwithin(point, 0.95)), default=-1)

    def overlaps(self) -> list[tuple[str, str]]:
        """Pairs of names that stand on each other, a panel and what belongs on it excepted."""
        shapes = np.array(self.shapes, dtype=object)
        if not len(shapes):
            return []
        first, second = self._tree().query(shapes, predicate="intersects")
        pairs = [(a, b) for a, b in zip(first, second, strict=True) if a < b and self.panels[b] != a and self.panels[a] != b]
        return [
            (self.names[a], self.names[b])
            for a, b in pairs
            if shapely.area(shapely.intersection(shapes[a], shapes[b])) > TOUCH
        ]


def _some_at_once(order: np.ndarray) -> Iterator[np.ndarray]:
    """The order in pieces, each longer than the one before."""
    start, size = 0, AT_ONCE
    while start < len(order):
        yield order[start : start + size]
        start, size = start + size, min(2 * size, MOST_AT_ONCE)


def _hit(tree: shapely.STRtree, shapes: np.ndarray, predicate: str | None = None) -> np.ndarray:
    """For each shape whether it meets one of the tree's, or without a predicate whether its box does."""
    found = np.zeros(len(shapes), bool)
    found[tree.query(shapes, predicate=predicate)[0]] = True
    return found


def _plain(shapes: Sequence[BaseGeometry] | np.ndarray, bounds: np.ndarray) -> np.ndarray:
    """Which shapes are nothing but their bounds."""
    areas = (bounds[:, 2] - bounds[:, 0]) * (bounds[:, 3] - bounds[:, 1])
    return abs(shapely.area(shapes) - areas) <= 1e-9 * areas


def _meet(shapes: np.ndarray, bounds: np.ndarray, boxes: np.ndarray) -> np.ndarray:
    """Which of the shapes are boxes and meet one of `boxes`: seen from numbers, which is quick; others are not told."""
    found = _plain(shapes, bounds)
    left, top, right, bottom = (side[:, None] for side in bounds[found].T)
    found[found] = ((left <= boxes[:, 2]) & (right >= boxes[:, 0]) & (top <= boxes[:, 3]) & (bottom >= boxes[:, 1])).any(1)
    return found


def words_box(x: float, y: float, words: str, pt: float, face: str, align: float = 0.0, track: float = 0.0) -> BaseGeometry:
    """The box of one line of text written from x on the base line y."""
    wide = lettering.width(words, pt, face, track=track)
    em = pt * lettering.MM_PER_PT
    left = x - wide * align
    return shapely.box(left, y - 0.74 * em, left + wide, y + 0.2 * em)
