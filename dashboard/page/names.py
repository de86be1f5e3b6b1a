"""Names on the map, by rank: a lower one moves, then goes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from dashboard.page import lettering, outlines
from dashboard.page.borders import Border, parts
from dashboard.page.chart import Chart
from dashboard.page.groups import Group, border_name
from dashboard.page.labels import Placement, words_box
from dashboard.page.sheet import Sheet, Z
from dashboard.page.zones import Zone
from dashboard.style import INK, STROKES, TEXT
from geodata.atlas import Atlas

MOST_LINE = 9.0
"""mm of strong lines the name of a town or a range may cover; else it goes"""

OFF, OFF_DISC = (1.4, 3.0, 5.0, 8.0, 11.0, 14.0, 18.0, 23.0), (3.1, 5.0)
"""mm from the mark of an event's town to its name, tried in turn, and from a symbol or disc that stands there"""

CLOSE = 3.1
"""mm from a town's mark up to which its name needs no leader"""

SHARES, AWAY, TILTS = (0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8, 0.12, 0.88), (5, 8, 12, 16, 22, 30), (-90, 90, -55, -125, 55, 125)
"""places tried for the name of a border: shares of its length, mm from there, directions in degrees"""


class Names:
    """Writes names where there is room."""

    def __init__(self, sheet: Sheet, chart: Chart, placement: Placement) -> None:
        self.sheet, self.chart, self.placement = sheet, chart, placement
        self._named: set[str] = set()

    def borders(self, borders: Iterable[Border]) -> None:
        """Names of emphasised borders with their reported length, tied to the line by a leader."""
        for border in sorted(borders, key=lambda border: -border.line.length):
            shown = shapely.clip_by_rect(border.line, *self.chart.rect)
            if border.feature.emphasis and shown.length > 12:
                self._border(border, shown)

    def _border(self, border: Border, shown: BaseGeometry) -> None:
        rows = [(border_name(border.feature.title), 6.8, "bold"), (border.feature.note, 6.2, "semibold")]
        rows = [row for row in rows if row[0]]
        wide = max(lettering.width(*row) for row in rows)
        high = 2.9 * len(rows)
        longest = max(parts(shown), key=lambda part: part.length)
        share, away, tilt = (grid.ravel() for grid in np.meshgrid(SHARES, AWAY, np.radians(TILTS), indexing="ij"))
        feet = longest.interpolate(share, normalized=True)
        x = shapely.get_x(feet) + (away + wide / 2 - 6) * np.cos(tilt)
        y = shapely.get_y(feet) + (away + high / 2) * np.sin(tilt)
        boxes = shapely.box(x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)
        links = shapely.shortest_line(boxes, feet)
        prices = 0.5 * away + 4 * abs(share - 0.5)
        best = self.placement.best(prices, boxes, gap=0.4, soft=1.5, dear=[lambda rows: self.placement.crossed(links[rows])])
        if best is None or self.placement.crossed(links[[best]])[0] > 500 or self.placement.cost(boxes[best]) > 8:
            return
        box, link = boxes[best], links[best]
        line = outlines.line(self.placement.take_line(link, f"leader {border.pair}"))
        with self.sheet.part(f"leader {border.pair}"):
            self.sheet.stroke(line, "#FFFFFF", 0.7, Z.LEADER_CASING)
            self.sheet.stroke(line, INK, STROKES["leader"].mm, Z.LEADER)
        left, top, _, _ = box.bounds
        self.placement.take(box, f"border {border.pair}")
        for place, (words, pt, face) in enumerate(rows):
            self.sheet.text(left, top + 2.25 + 2.75 * place, words, pt, face, halo=0.5, z=Z.LABEL)

    def distance(self, line: BaseGeometry, km: float) -> None:
        """How far from the border the dashed line is, once, beside it."""
        words, shown = f"{km:g} km from the border", shapely.clip_by_rect(line, *self.chart.rect)
        shares = np.linspace(0.05, 0.95, 25)
        points = [point for part in parts(shown) for point in shapely.get_coordinates(part.interpolate(shares, normalized=True))]
        boxes = [words_box(x, y + drop, words, 6.2, "italic", 0.5) for x, y in points for drop in (-0.9, 2.4)]
        best = self.placement.best(np.zeros(len(boxes)), boxes, gap=0.3)
        if best is not None:
            left, _, _, bottom = boxes[best].bounds
            self.placement.take(boxes[best], words)
            self.sheet.text(left, bottom - 0.2 * 6.2 * lettering.MM_PER_PT, words, 6.2, "italic", colour=TEXT, halo=0.45, z=Z.LABEL)

    def event_towns(self, atlas: Atlas, groups: Sequence[Group]) -> None:
        """Towns of events: named before anything else, larger, and farther off if there is no room close by."""
        capitals = set(atlas.places.loc[atlas.places.capital.astype(bool), "name"])
        for group in sorted(groups, key=lambda group: -len(group.events)):
            if group.form == "city" and group.on_map:
                here = group.places[:1] if group.crowd else group.places
                single = not self.placement.free(shapely.Point(group.x, group.y)) and len(group.events) == 1
                mark, panel = shapely.Point(group.x, group.y).buffer(0.9), self.placement.panel_at(group.x, group.y)
                if not single and self.placement.free(mark, but=panel):
                    self._mark(group.x, group.y, not capitals.isdisjoint(here), z=Z.DISC)
                    self.placement.take(mark, f"mark {group.title}", panel)
                self._named.update(here)
                for off in OFF_DISC if single or group.crowd else OFF:
                    if self._write_beside(group.x, group.y, group.label, 7.4, "semibold", off, tied=off > CLOSE):
                        break

    def towns(self, atlas: Atlas, *, capitals: bool) -> None:
        """Other towns with their marks, by rank."""
        places = atlas.places[atlas.places.capital.astype(bool) == capitals].sort_values("rank", kind="stable")
        xs, ys = self.chart.xy(places.geometry.x.to_numpy(), places.geometry.y.to_numpy())
        for name, x, y in zip(places["name"], xs.tolist(), ys.tolist(), strict=True):
            if name not in self._named and self.chart.holds(x, y, margin=1.5):
                mark = shapely.Point(x, y).buffer(0.75)
                if self.placement.free(mark) and self._write_beside(x, y, name, 6.6, "semibold" if capitals else "regular", 1.3):
                    self.placement.take(mark, f"mark {name}")
                    self._mark(x, y, capitals)

    def _write_beside(self, x: float, y: float, words: str, pt: float, face: str, off: float, *, tied: bool = False) -> bool:
        """`tied`: with a leader from the point, or not at all."""
        box = self._beside(x, y, words, pt, face, off)
        if box is None or (tied and not self.tie(x, y, box, words)):
            return False
        self.placement.take(box, words)
        self.sheet.text(box.bounds[0], box.bounds[3] - 0.2 * pt * lettering.MM_PER_PT, words, pt, face, colour=INK, halo=0.45, z=Z.LABEL)
        return True

    def tie(self, x: float, y: float, box: BaseGeometry, words: str) -> bool:
        """Draw a leader from a box to a point if it crosses nothing that is written."""
        link = shapely.difference(shapely.shortest_line(box, shapely.Point(x, y)), shapely.Point(x, y).buffer(1.0))
        if link.is_empty or self.placement.crossed(np.array([link]))[0] > 0:
            return False
        line = outlines.line(self.placement.take_line(link, f"leader {words}"))
        with self.sheet.part(f"leader {words}"):
            self.sheet.stroke(line, "#FFFFFF", 0.7, Z.LEADER_CASING)
            self.sheet.stroke(line, INK, STROKES["leader"].mm, Z.LEADER)
        return True

    def _beside(self, x: float, y: float, words: str, pt: float, face: str, off: float) -> BaseGeometry | None:
        """The box of a name at one of eight places around a point."""
        em = pt * lettering.MM_PER_PT
        low, wide = 0.3 * em, lettering.width(words, pt, face)
        under, over = off + 0.75 * em, -off - 0.2 * em
        spots = [(x + off, y + low), (x - off - wide, y + low), (x - wide / 2, y + over), (x - wide / 2, y + under),
                 (x + off * 0.7, y + over * 0.8), (x + off * 0.7, y + under * 0.85), (x - off * 0.7 - wide, y + over * 0.8),
                 (x - off * 0.7 - wide, y + under * 0.85)]  # fmt: skip
        boxes = [words_box(left, base, words, pt, face) for left, base in spots]
        best = self.placement.best(np.arange(len(boxes)) * 0.4, boxes, gap=0.15)
        return None if best is None or self.placement.cost(boxes[best]) > MOST_LINE else boxes[best]

    def _mark(self, x: float, y: float, capital: bool, *, z: float = Z.TOWN) -> None:
        with self.sheet.part(f"town at {x:.2f}, {y:.2f}"):
            self._town(x, y, capital, z)

    def _town(self, x: float, y: float, capital: bool, z: float) -> None:
        if capital:
            for half, colour in ((0.85, INK), (0.58, "#FFFFFF"), (0.3, INK)):
                self.sheet.fill(outlines.box(x - half, y - half, x + half, y + half), colour, z + 0.1 * (1 - half))
        else:
            self.sheet.fill(outlines.circle(x, y, 0.7), INK, z)
            self.sheet.fill(outlines.circle(x, y, 0.42), "#FFFFFF", z + 0.1)

    def zones(self, zones: Iterable[Zone]) -> None:
        """Names of ranges beside their rims."""
        for zone in zones:
            rim = shapely.clip_by_rect(zone.ring, *self.chart.rect)
            if rim.is_empty:
                continue
            box = self._by_rim(rim, zone.feature.title, 6.2 if zone.events else 6.0)
            if box is not None:
                self.placement.take(box, zone.feature.title)
                left, _, _, bottom = box.bounds
                pt = 6.2 if zone.events else 6.0
                self.sheet.text(left, bottom - 0.2 * pt * lettering.MM_PER_PT, zone.feature.title, pt, "italic", colour=TEXT, halo=0.45, z=Z.LABEL)

    def _by_rim(self, rim: BaseGeometry, words: str, pt: float) -> BaseGeometry | None:
        left, top, right, bottom = rim.bounds
        x, y, em, wide = (left + right) / 2, (top + bottom) / 2, pt * lettering.MM_PER_PT, lettering.width(words, pt, "italic")
        spots = [(left - wide - 0.6, y + 0.3 * em), (right + 0.6, y + 0.3 * em), (x - wide / 2, top - 0.6), (x - wide / 2, bottom + em),
                 (left - wide * 0.8, top + em), (right - wide * 0.2, top + em), (x - wide / 2, y)]  # fmt: skip
        boxes = [words_box(*spot, words, pt, "italic") for spot in spots]
        best = self.placement.best(np.arange(len(boxes)) * 0.6, boxes, gap=0.2)
        return None if best is None or self.placement.cost(boxes[best]) > MOST_LINE else boxes[best]
