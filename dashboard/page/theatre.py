"""The map of a page: base, borders, areas, events, inset and names, in the order of their rank."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from dashboard import words
from dashboard.page import basemap, borders, chart, chosen, compared, crowds, fills, groups, inset, outlines, regions, scalebar, symbols, zones
from dashboard.page.areanames import AreaNames, Lines
from dashboard.page.chart import CONFORMAL
from dashboard.page.groups import Group
from dashboard.page.labels import Placement
from dashboard.page.layout import Layout
from dashboard.page.marks import Marks
from dashboard.page.names import Names
from dashboard.page.sheet import Rect, Sheet, Z
from dashboard.scene import Feature, Scene
from dashboard.style import COUNTRY_NAME, INK
from geodata import days
from geodata.atlas import Atlas

INSET_SIZES = (1.0, 0.88, 0.76, 0.64)
"""parts of the inset's full size, tried in turn"""

BASE_SPOTS = ((0, 0), (-2.6, 0.8), (2.6, 0.8), (-1.8, 2.6), (1.8, 2.6), (-1.8, -2.6), (1.8, -2.6), (-4.5, 1), (4.5, 1), (0, 5), (-5, 4), (5, 4))
"""mm off its point at which a base is drawn where the point is taken"""

BESIDE = 3.3
"""mm off its point from which a base is tied to it"""


class Theatre:
    """Draws the map when made; holds what the key and the tests ask about it."""

    def __init__(self, sheet: Sheet, layout: Layout, atlas: Atlas, scene: Scene, projection: str = CONFORMAL) -> None:
        self.sheet, self.layout, self.atlas, self.scene = sheet, layout, atlas, scene
        self.chart = chart.fitted(scene.box, layout.map, projection, layout.paper.print_scale)
        self.lines, self.ranges = borders.shown(scene, atlas, self.chart), zones.shown(scene, atlas, self.chart)
        found = groups.grouped(scene, atlas, self.chart, self.ranges, self.lines)
        cities = crowds.thinned([group for group in found if group.form == "city"])
        self.groups = groups.in_order([*(group for group in found if group.form != "city"), *cities])
        """all groups of events, in the order of the key"""

        self.placement = Placement(self.chart.rect)
        self.unplaced: list[Group] = []
        """groups the map has no room for; the key says so"""

        self.towers: list[Feature] = []
        """bases drawn"""

        self.overlaps: list[tuple[str, str]] = []
        """pairs of names, symbols and panels that stand on each other"""

        with sheet.part("base"):
            self._base()
        self._events_and_names()
        sheet.stroke(outlines.box(*self.chart.rect), INK, 0.3, Z.FRAME)

    def _base(self) -> None:
        """Everything that is drawn where it is, whatever else there is."""
        sheet, chart, atlas = self.sheet, self.chart, self.atlas
        self.areas = basemap.draw(sheet, chart, atlas, self.scene)
        if self.scene.layer("rivers"):
            basemap.rivers(sheet, chart, atlas)
        self.bands = borders.bands(sheet, chart, self.lines, self._features("events"), self.areas)
        borders.draw(sheet, chart, self.lines, self.areas, atlas.country_names, basemap.streams(chart, atlas))
        for zone in self.ranges:
            zones.draw(sheet, chart, zone)
        self.regions = regions.draw(sheet, chart, self.scene, self.areas)
        self.chosen = chosen.draw(sheet, chart, atlas, self.scene, self.areas)
        compared.draw(sheet, self.scene, self.areas, chart.rect, Z.TEETH - 0.9)
        self.near = borders.distance(sheet, chart, self.scene.buffer)
        strong = [border.line for border in self.lines if border.feature.emphasis]
        rims = [zone.ring.boundary for zone in self.ranges if zone.events]
        self.placement.avoid(shapely.union_all([*strong, *(band.boundary for band in self.bands), *rims]))

    def _features(self, key: str) -> Sequence[Feature]:
        layer = self.scene.layer(key)
        return layer.features if layer else ()

    def _events_and_names(self) -> None:
        """Everything that has to find its place, by rank."""
        anchors = [(group.x, group.y) for group in self.groups if group.form == "city" and group.on_map]
        anchors += [(at.x, at.y) for at in (zone.ring.centroid for zone in self.ranges if zone.events) if not at.is_empty]
        self.placement.points = shapely.multipoints(anchors) if anchors else None
        marks = Marks(self.sheet, self.placement, anchors, days.number(self.scene.view.start))
        names, of_areas = Names(self.sheet, self.chart, self.placement), AreaNames(self.sheet, self.chart, self.placement)
        rest = marks.draw_fans(group for group in self.groups if group.on_map)
        self.locator = self._corners()
        """the inset, if there is one"""

        names.event_towns(self.atlas, [group for group in self.groups if group not in rest])
        self._countries(of_areas)
        self.unplaced += marks.draw(rest)
        named = {id(group) for group in marks.trays if group.crowd}
        names.event_towns(self.atlas, [group for group in rest if id(group) not in named])
        if self.scene.layer("places"):
            names.towns(self.atlas, capitals=True)
        for base in self._features("bases"):
            self._place_base(base, names)
        self._lesser_names(names, of_areas)
        self.overlaps += self.placement.overlaps()
        if self.locator:
            with self.sheet.part("inset"):
                self.unplaced += self.locator.draw(self.scene)
            self.overlaps += self.locator.pointers.placement.overlaps()
        for group in self.groups:
            if group.form == "whole":
                group.note = f"{'outlined and ' if self.locator and self.locator.forms else ''}listed, never a point"

    def _corners(self) -> inset.Inset | None:
        """Take free corners for inset and scale bar, where the least is covered."""
        content = [border.line for border in self.lines if border.feature.emphasis] + [zone.ring.boundary for zone in self.ranges]
        content += [shapely.Point(g.x, g.y).buffer(9) for g in self.groups if g.form == "city" and g.on_map for _ in g.events[:6]]
        locator = None
        if self.scene.locator and inset.wanted(self.chart, self.groups):
            wide, high = inset.size(self.chart.rect)
            rects = (self._corner(content, (wide * part, high * part), "inset") for part in INSET_SIZES)
            rect = next((rect for rect in rects if rect), None)
            locator = inset.Inset(self.sheet, rect, self.chart, self.atlas, self.groups) if rect else None
        rect = self._corner(content, scalebar.size(self.chart), "scale bar")
        if rect:
            scalebar.draw(self.sheet, self.chart, self.layout.paper, rect[0], rect[1])
        return locator

    def _corner(self, content: list[BaseGeometry], size: tuple[float, float], name: str) -> Rect | None:
        rect = inset.corner(self.chart.rect, content, size, self.placement)
        if rect:
            self.placement.take_panel(shapely.box(*rect), name)
        return rect

    def _place_base(self, base: Feature, names: Names) -> None:
        """On its point, or beside it where that is taken, tied to it when farther off; else left to the key."""
        if base.lon is None or base.lat is None or not self.shows(base):
            return
        x, y = (float(v) for v in self.chart.xy(base.lon, base.lat))
        for dx, dy in BASE_SPOTS:
            shape = shapely.Point(x + dx, y + dy).buffer(1.55)
            if self.placement.free(shape) and (np.hypot(dx, dy) < BESIDE or names.tie(x, y, shape, base.id)):
                self.placement.take(shape, base.id)
                self.towers.append(base)
                with self.sheet.part(f"marker {base.id} at {x + dx:.2f}, {y + dy:.2f}"):
                    chosen.base(self.sheet, self.scene, base.id, x + dx, y + dy)
                    symbols.base(self.sheet, x + dx, y + dy, 3.2)
                return

    def shows(self, feature: Feature) -> bool:
        """Whether the point of a feature is on the map."""
        return feature.lon is not None and feature.lat is not None and self.chart.shows(feature.lon, feature.lat)

    def _countries(self, names: AreaNames) -> None:
        """Before the smaller marks: a country without its name is worse than a longer leader."""
        frame = self.atlas.countries
        disputed = set(frame.code[frame.disputed])
        own = {code: area for code, area in self.areas.items() if code not in disputed}
        names.countries(own, dict(zip(frame.code, frame.name, strict=True)), lesser_lines(self.scene))

    def _lesser_names(self, names: Names, of_areas: AreaNames) -> None:
        names.borders(self.lines)
        if self.scene.view.near:
            names.distance(self.near, self.scene.view.near[1])
        regions.names(self.sheet, self.placement, self.regions)
        names.zones(zone for zone in self.ranges if not zone.events)
        if self.scene.layer("rivers"):
            of_areas.rivers(basemap.named_rivers(self.chart, self.atlas))
        if self.scene.layer("places"):
            names.towns(self.atlas, capitals=False)
        frame = self.atlas.countries[self.atlas.countries.disputed]
        titles = dict(zip(frame.code, frame.name, strict=True))
        of_areas.disputed({code: area for code, area in self.areas.items() if code in titles}, titles)
        of_areas.graticule()


def lesser_lines(scene: Scene) -> dict[str, tuple[Lines, ...]]:
    """Under a country's name, the fullest first: its blocs and how its standing differs from the compared day; the difference alone; the blocs."""
    blocs, changes = second_lines(scene), compared.lines(scene)
    found = {}
    for code in {*blocs, *changes}:
        held = [((second, COUNTRY_NAME),) for second in blocs.get(code, ())]
        differs = tuple((told, INK) for told in changes.get(code, ()))
        found[code] = (*((*second, *differs) for second in held if differs), *((differs,) if differs else ()), *held)
    return found


def second_lines(scene: Scene) -> dict[str, tuple[str, ...]]:
    """Under a country's name: its blocs in words, so that grey can be told apart too; the whole of it, then the standing alone."""
    titles = {layer.key: layer.title for layer in scene.layers}
    held = {(layer.key, f.id.partition(":")[2]): f for layer in scene.layers if layer.kind == "fill" for f in layer.features}
    also = {key: f" ({', '.join(map(words.role, feature.also))})" if feature.also else "" for key, feature in held.items()}
    lines = {}
    for code, (members, others) in fills.standings(scene).items():
        told = []
        for besides in (also, dict.fromkeys(also, "")):
            parts = [" + ".join(titles[bloc] + besides[bloc, code] for bloc in members)] if members else []
            parts += [f"{titles[bloc]} {words.role(held[bloc, code].role)}{besides[bloc, code]}" for bloc in others]
            told.append(", ".join(parts))
        lines[code] = tuple(dict.fromkeys(told))
    return lines
