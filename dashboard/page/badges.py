"""What stands around a symbol: the ring of credibility, the badges of a possible date and of a meeting by video."""

from __future__ import annotations

from functools import lru_cache

import shapely
from matplotlib.path import Path
from shapely.geometry.base import BaseGeometry

from dashboard.page import outlines
from dashboard.page.sheet import Level, Sheet, Z
from dashboard.style import INK, SELECTION

RING, RING_WIDTH, DISC, HALO = 9.9, 1.15, 11.2, 13.6
"""units of the symbols' grid of 16"""

_RINGS = {"2": ((-45, 225),), "3": ((0, 180),), "4": ((45, 135),)}
"""arcs in degrees clockwise from east"""

_DASHES = {"5": (3.2, 2.6), "6": (0.01, 3.1)}


_area, _line = lru_cache(maxsize=1024)(outlines.area), lru_cache(maxsize=1024)(outlines.line)
"""of the few shapes that signs are made of"""


class Pen:
    """Draws one sign at one place."""

    def __init__(self, sheet: Sheet, x: float, y: float, size: float, z: Level = float) -> None:
        """Centre and grid side in mm; `z` moves every level."""
        self.sheet, self.x, self.y, self.unit, self.z = sheet, x, y, size / 16, z

    def _at(self, path: Path) -> Path:
        return outlines.placed(path, self.x - 8 * self.unit, self.y - 8 * self.unit, self.unit)

    def fill(self, shape: BaseGeometry | Path, colour: str, z: float) -> None:
        """Fill a shape of the grid."""
        path = shape if isinstance(shape, Path) else _area(shape)
        self.sheet.fill(self._at(path), colour, self.z(z))

    def line(self, shape: BaseGeometry | Path, colour: str, units: float, z: float, dash: tuple[float, ...] = ()) -> None:
        """Stroke a shape of the grid."""
        path = shape if isinstance(shape, Path) else _line(shape)
        dash = tuple(length * self.unit for length in dash)
        self.sheet.stroke(self._at(path), colour, units * self.unit, self.z(z), dash=dash)


def halo(pen: Pen) -> None:
    """Behind the event that the view selects, as on the screen."""
    pen.fill(outlines.circle(8, 8, HALO), SELECTION, Z.DISC - 0.2)
    pen.line(outlines.circle(8, 8, HALO), INK, 0.7, Z.DISC - 0.1)


def ring(pen: Pen, credibility: str) -> None:
    """Whole is confirmed; the weaker, the more is missing."""
    pen.fill(outlines.circle(8, 8, DISC), "#FFFFFF", Z.DISC)
    if credibility in _DASHES:
        pen.line(outlines.circle(8, 8, RING), INK, RING_WIDTH * (1.2 if credibility == "6" else 1), Z.STROKE, _DASHES[credibility])
    else:
        for start, end in _RINGS.get(credibility, ((0, 360),)):
            pen.line(outlines.circle(8, 8, RING, start, end), INK, RING_WIDTH, Z.STROKE)
    if credibility == "5":
        for ends in (((14.0, 14.0), (17.0, 17.0)), ((14.0, 17.0), (17.0, 14.0))):
            pen.line(outlines.segments(ends), "#FFFFFF", RING_WIDTH + 1.6, Z.BADGE_CASING)
            pen.line(outlines.segments(ends), INK, RING_WIDTH, Z.BADGE)


def question(pen: Pen) -> None:
    """The badge of a date that is only possible."""
    pen.fill(outlines.circle(13.2, 13.6, 4.0), "#FFFFFF", Z.BADGE_CASING)
    pen.fill(outlines.circle(13.2, 13.6, 3.3), INK, Z.BADGE)
    hook = outlines.joined([outlines.circle(13.2, 12.75, 1.05, 180, 405), outlines.segments([(13.94, 13.5), (13.2, 14.1), (13.2, 14.55)])])
    pen.line(hook, "#FFFFFF", 0.75, Z.BADGE_TOP)
    pen.fill(outlines.circle(13.2, 15.75, 0.5), "#FFFFFF", Z.BADGE_TOP)


def camera(pen: Pen, x: float) -> None:
    """The badge of a meeting by video."""
    shape = shapely.union(shapely.box(x - 3.4, 11.6, x + 1.2, 15.6).buffer(0.3), shapely.Polygon([(x + 1.4, 13.6), (x + 3.6, 11.7), (x + 3.6, 15.5)]))
    pen.line(shape, "#FFFFFF", 1.4, Z.BADGE_CASING)
    pen.fill(shape, "#FFFFFF", Z.BADGE_CASING)
    pen.fill(shape, INK, Z.BADGE)


_CHANGES = {
    "new": shapely.Point(-4.7, 5.0).buffer(3.3), "status": shapely.Polygon([(-4.7, 1.0), (-0.9, 5.0), (-4.7, 9.0), (-8.5, 5.0)]),
    "grade": shapely.box(-7.6, 2.1, -1.8, 7.9), "amended": shapely.Polygon([(-4.7, 1.1), (-0.9, 7.9), (-8.5, 7.9)]),
}  # fmt: skip
"""on the grid, at the upper left, clear of the ring and of numbers: the frame draws the same"""


def change(pen: Pen, what: str) -> None:
    """What changed since the compared day: disc, diamond, square or triangle."""
    pen.line(_CHANGES[what], "#FFFFFF", 2.0, Z.BADGE_CASING)
    pen.fill(_CHANGES[what], INK, Z.BADGE)
