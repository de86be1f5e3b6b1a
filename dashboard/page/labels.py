"""Places taken on the map: whatever is written keeps its shape here, so that nothing is written over it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from dashboard.page import lettering
from dashboard.page.sheet import Rect

TOUCH = 0.02
"""mm2 of common area that do not count as an overlap"""


@dataclass
class Placement:
    """What stands where."""

    frame: Rect
    shapes: list[BaseGeometry] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    panels: list[int] = field(default_factory=list)
    """for each shape the index of the panel it stands on, or -1"""

    soft: BaseGeometry | None = None
    """lines better left free"""

    def take(self, shape: BaseGeometry, name: str, panel: int = -1) -> int:
        """Keep `shape`; returns its index, to be given as `panel` for what stands on it."""
        self.shapes.append(shape)
        self.names.append(name)
        self.panels.append(panel)
        return len(self.shapes) - 1

    def free(self, shape: BaseGeometry, *, gap: float = 0.0, inside: bool = True) -> bool:
        """Whether `shape` is clear of everything kept, by `gap` mm, and inside the frame."""
        left, top, right, bottom = shape.bounds
        f = self.frame
        if inside and (left < f[0] + 0.6 or top < f[1] + 0.6 or right > f[2] - 0.6 or bottom > f[3] - 0.6):
            return False
        if not self.shapes:
            return True
        tested = shape.buffer(gap) if gap else shape
        return not bool(np.any(shapely.intersects(np.array(self.shapes, dtype=object), tested)))

    def cost(self, shape: BaseGeometry) -> float:
        """Length of lines under `shape`, in mm."""
        return 0.0 if self.soft is None else shapely.length(shapely.intersection(self.soft, shape))

    def best(self, candidates: Iterable[tuple[float, BaseGeometry]], *, gap: float = 0.0) -> int | None:
        """Index of the free candidate (price, shape) with the least price, lines under it included; None if none is free."""
        chosen, least = None, np.inf
        for index, (price, shape) in enumerate(candidates):
            if price < least and self.free(shape, gap=gap):
                total = price + self.cost(shape)
                if total < least:
                    chosen, least = index, total
        return chosen

    def overlaps(self) -> list[tuple[str, str]]:
        """Pairs of names that stand on each other, a panel and what belongs on it excepted."""
        shapes = np.array(self.shapes, dtype=object)
        if not len(shapes):
            return []
        tree = shapely.STRtree(shapes)
        first, second = tree.query(shapes, predicate="intersects")
        pairs = [(a, b) for a, b in zip(first, second, strict=True) if a < b and self.panels[b] != a and self.panels[a] != b]
        return [
            (self.names[a], self.names[b])
            for a, b in pairs
            if shapely.area(shapely.intersection(shapes[a], shapes[b])) > TOUCH
        ]


def words_box(x: float, y: float, words: str, pt: float, face: str, align: float = 0.0, track: float = 0.0) -> BaseGeometry:
    """The box of one line of text written from x on the base line y."""
    wide = lettering.width(words, pt, face, track=track)
    em = pt * lettering.MM_PER_PT
    left = x - wide * align
    return shapely.box(left, y - 0.74 * em, left + wide, y + 0.2 * em)
