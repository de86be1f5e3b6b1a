"""Names of areas and rivers, and the degrees at the edge: of lower rank than towns of events, above other towns."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np
import shapely
from shapely import affinity
from shapely.geometry.base import BaseGeometry

from dashboard.page import lettering
from dashboard.page.basemap import ticks
from dashboard.page.borders import parts, smoothed
from dashboard.page.chart import Chart
from dashboard.page.labels import Placement, words_box
from dashboard.page.sheet import Sheet, Z
from dashboard.style import COUNTRY_NAME, RIVER_NAME, TEXT_SOFT

COUNTRY_PT, TRACK = 8.8, 0.14
LINE = 2.6
"""mm from a country's name to the line under it, and from line to line"""

CLEAR = 0.6
"""mm around the name of an area"""

MOST_OUTSIDE = 0.3
"""of a name's box beyond its area"""

LONG_RIVER, MOST_RIVERS = 50.0, 6
"""mm on the map from which a lesser river is named, and how many are at most"""

MOST_SPOTS = 60
"""places along a river that are looked at"""

Lines = tuple[tuple[str, str], ...]
"""words and colour of each line under a name"""


class AreaNames:
    """Writes the names of what has an extent."""

    def __init__(self, sheet: Sheet, chart: Chart, placement: Placement) -> None:
        self.sheet, self.chart, self.placement = sheet, chart, placement

    def countries(self, areas: dict[str, BaseGeometry], names: dict[str, str], lines: dict[str, tuple[Lines, ...]]) -> None:
        """Country names, tracked, with smaller lines under them: the first choice of several for which there is room."""
        left, top, right, bottom = self.chart.rect
        visible = {code: shapely.clip_by_rect(area, left + 1, top + 1, right - 1, bottom - 1) for code, area in areas.items()}
        for code in sorted(visible, key=lambda code: -visible[code].area):
            if visible[code].area > 60 and code in names:
                self._country(code, visible[code], names[code].upper(), lines.get(code, ((),)))

    def _country(self, code: str, area: BaseGeometry, name: str, choices: tuple[Lines, ...]) -> None:
        sizes = (COUNTRY_PT + (0.8 if area.area > 2500 else 0), 7.4, 6.4)
        for lines, pt in ((lines, pt) for lines in choices for pt in sizes):
            wide = max([lettering.width(name, pt, "semibold", track=TRACK), *(lettering.width(words, 6.0, "semibold") for words, _ in lines)])
            spot = self._inside(area, wide, 3.2 + LINE * len(lines))
            if spot:
                break
        else:
            return
        x, y = spot
        self.placement.take(shapely.box(x - wide / 2, y - 1.6, x + wide / 2, y + 1.6 + LINE * len(lines)), f"country {code}")
        self.sheet.text(x, y + 1.0, name, pt, "semibold", colour=COUNTRY_NAME, align=0.5, track=TRACK, halo=0.55, z=Z.LABEL)
        for place, (words, colour) in enumerate(lines):
            self.sheet.text(x, y + 3.7 + LINE * place, words, 6.0, "semibold", colour=colour, align=0.5, halo=0.45, z=Z.LABEL)

    def _inside(self, area: BaseGeometry, wide: float, high: float) -> tuple[float, float] | None:
        """A free spot well inside an area, near its middle."""
        largest = max(shapely.get_parts(area), key=lambda part: part.area)
        left, top, right, bottom = largest.bounds
        x, y = (grid.ravel() for grid in np.meshgrid(np.arange(left, right, 2.5), np.arange(top, bottom, 2.0)))
        shapely.prepare(largest)
        within = shapely.contains_xy(largest, x, y)
        x, y = x[within], y[within]
        boxes = shapely.box(x - wide / 2, y - 1.6, x + wide / 2, y - 1.6 + high)
        middle = largest.centroid if largest.contains(largest.centroid) else shapely.point_on_surface(largest)
        prices = 0.15 * np.hypot(x - middle.x, y - middle.y) + 80 * self.placement.points_under(boxes, 3.5)
        coarse = largest.simplify(0.3)
        shapely.prepare(coarse)
        best = self.placement.best(prices, boxes, gap=CLEAR, dear=[lambda rows: _outside(boxes[rows], coarse)])
        return None if best is None else (float(x[best]), float(y[best]))

    def rivers(self, rivers: Iterable[tuple[str, str, bool, BaseGeometry]]) -> None:
        """Names along a smoothed river, each once: the main ones, and a few that are long on this map."""
        done: set[str] = set()
        rows = sorted(rivers, key=lambda river: (river[1] != "main", -river[3].length))
        for name, rank, on_border, shape in rows:
            if name in done or (rank != "main" and (shape.length < LONG_RIVER or len(done) >= MOST_RIVERS)):
                continue
            if self._river(name, shape, 2.4 if on_border else 0.0):
                done.add(name)

    def _river(self, name: str, shape: BaseGeometry, off: float) -> bool:
        """`off`: mm beside the line, where a border is drawn instead of the river."""
        pt, track = 6.8, 0.1
        wide = lettering.width(name, pt, "italic", track=track)
        choices = [choice for part in parts(shape) if part.length >= wide * 1.15 for choice in _along(smoothed(part, 6.0), wide, off)]
        choices = sorted(choices, key=lambda choice: choice[0])[:MOST_SPOTS]
        boxes = [affinity.rotate(shapely.box(x - wide / 2, y - 1.9, x + wide / 2, y + 0.1), angle, origin=(x, y)) for _, x, y, angle in choices]
        best = self.placement.best([price for price, *_ in choices], boxes, gap=0.3)
        if best is None or choices[best][0] > 14:
            return False
        box, (_, x, y, angle) = boxes[best], choices[best]
        self.placement.take(box, f"river {name}")
        up = math.radians(angle)
        self.sheet.text(x + 0.45 * math.sin(up), y - 0.45 * math.cos(up), name, pt, "italic", colour=RIVER_NAME, align=0.5, track=track,
                        angle=angle, halo=0.4, z=Z.LABEL)  # fmt: skip
        return True

    def disputed(self, areas: dict[str, BaseGeometry], names: dict[str, str]) -> None:
        """Areas whose status is not agreed."""
        for code, area in areas.items():
            rows = [names[code], "final status not agreed"]
            wide = max(lettering.width(row, 6.2, "italic") for row in rows)
            shown = shapely.clip_by_rect(area, *self.chart.rect)
            spot = self._inside(shown, wide, 5.6) if shown.area > 40 else None
            if spot:
                x, y = spot
                self.placement.take(shapely.box(x - wide / 2, y - 1.6, x + wide / 2, y + 4.0), f"disputed {code}")
                for place, row in enumerate(rows):
                    self.sheet.text(x, y + 0.6 + 2.7 * place, row, 6.2, "italic", colour=TEXT_SOFT, align=0.5, halo=0.45, z=Z.LABEL)

    def graticule(self) -> None:
        """Degrees along the lower and the right edge."""
        lons, lats = ticks(self.chart)
        _, _, right, bottom = self.chart.rect
        for lon in lons:
            xs, ys = self.chart.xy(np.full(80, lon), np.linspace(self.chart.bounds[1], self.chart.bounds[3], 80))
            if ys.min() < bottom - 1.2 < ys.max():
                x = float(np.interp(bottom - 1.2, ys[::-1], xs[::-1]))
                self._degree(x, bottom - 1.0, lon, "EW", 0.5)
        for lat in lats:
            xs, ys = self.chart.xy(np.linspace(*self.chart.bounds[::2], 120), np.full(120, lat))
            if xs.min() < right - 1.2 < xs.max():
                self._degree(right - 1.2, float(np.interp(right - 1.2, xs, ys)) - 0.5, lat, "NS", 1.0)

    def _degree(self, x: float, y: float, degrees: float, sides: str, align: float) -> None:
        degrees = (degrees + 180) % 360 - 180 if sides == "EW" else degrees
        side = "" if degrees in (0, -180) else sides[0] if degrees > 0 else sides[1]
        words = f"{abs(degrees):g}\u00b0 {side}".rstrip()
        box = words_box(x, y, words, 5.2, "regular", align)
        left, top, right, bottom = self.chart.rect
        if self.placement.free(box, inside=False) and shapely.box(left + 0.5, top + 0.5, right - 0.2, bottom - 0.1).contains(box):
            self.placement.take(box, f"degrees {words}")
            self.sheet.text(x, y, words, 5.2, colour=TEXT_SOFT, align=align, halo=0.35, z=Z.LABEL)


def _along(line: shapely.LineString, wide: float, off: float) -> list[tuple[float, float, float, float]]:
    """Where a name `wide` mm can stand along a line or `off` mm beside it: its price, the middle of its box, its angle in degrees."""
    at = np.arange(wide * 0.05, line.length - wide, 3.0)
    ends = [shapely.get_coordinates(shapely.line_interpolate_point(line, d)) for d in (at, at + wide)]
    found = []
    for (x0, y0), (x1, y1) in zip(*(end.tolist() for end in ends), strict=True):
        chord = math.hypot(x1 - x0, y1 - y0)
        angle = math.degrees(math.atan2(y1 - y0, x1 - x0))
        angle = angle if -90 <= angle <= 90 else angle - math.copysign(180, angle)
        for side in ((off, -off) if off else (0.0,)):
            x = (x0 + x1) / 2 - side * math.sin(math.radians(angle))
            y = (y0 + y1) / 2 + side * math.cos(math.radians(angle)) + (0.9 if off else 0)
            found.append((40 * (wide / max(chord, 0.1) - 1) + abs(angle) / 40, x, y, angle))
    return found


def _outside(boxes: np.ndarray, area: BaseGeometry) -> np.ndarray:
    """The price of each box for the part of it beyond an area, without end where that is much; most lie wholly inside, which is quickly seen."""
    part = np.zeros(len(boxes))
    beyond = ~shapely.contains(area, boxes)
    part[beyond] = 1 - shapely.area(shapely.intersection(boxes[beyond], area)) / shapely.area(boxes[beyond])
    return np.where(part < MOST_OUTSIDE, 60 * part, np.inf)
