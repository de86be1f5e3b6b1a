"""Borders that matter: strong lines, teeth on the side that is held, bands for what is placed along a border."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry
from shapely.ops import substring

from dashboard.page import outlines
from dashboard.page.chart import Chart
from dashboard.page.sheet import Sheet, Z
from dashboard.scene import Feature, Scene
from dashboard.style import INK, STROKES, bloc_style
from geodata.atlas import Atlas

TOOTH, TOOTH_EVERY = 1.25, 6.6
BAND, BAND_OFF, BAND_NEXT = 1.1, 0.75, 0.3
"""mm: width of a band, its distance from the line, gap to a second one"""

LARGE_SCALE = 1e7
"""denominator of the scale from which a border gets one band only: more would be mud"""

BLOCK, BLOCK_GAP, BLOCK_RIM = 2.7, 1.3, 0.36
SMOOTH = 4.4
"""mm over which the line is averaged before a band follows it"""


CONTROL = "territorial_control"
"""a kind shown by the teeth, so that it needs no band"""


@dataclass(frozen=True)
class Border:
    """A border of the scene on the page."""

    feature: Feature
    pair: str
    line: BaseGeometry
    """page mm"""


def shown(scene: Scene, atlas: Atlas, chart: Chart) -> list[Border]:
    """The scene's borders that cross the map."""
    layer = scene.layer("borders")
    lines = dict(zip(atlas.borders.pair, atlas.borders.geometry, strict=True))
    found = []
    for feature in layer.features if layer else ():
        pair = feature.id.partition(":")[2]
        if pair in lines:
            found.append(Border(feature, pair, chart.shape(lines[pair])))
    return [border for border in found if not border.line.is_empty]


def draw(sheet: Sheet, chart: Chart, borders: Iterable[Border], areas: dict[str, BaseGeometry], names: dict[str, str], rivers: BaseGeometry) -> None:
    """Strong lines for the emphasised borders, on the river where they follow one; teeth wherever a side is held."""
    for border in borders:
        if border.feature.emphasis:
            path = outlines.line(border.line)
            follows = (("emphasis_river", Z.EMPHASIS_RIVER),) if _on_river(border.line, rivers) else ()
            for style, z in (("emphasis_casing", Z.EMPHASIS_CASING), *follows, ("emphasis", Z.EMPHASIS)):
                sheet.stroke(path, STROKES[style].colour, STROKES[style].mm, z, clip=chart.rect)
        side = held_side(border.feature.status, border.pair, names)
        if side in areas:
            teeth(sheet, border.line, areas[side], chart)


def distance(sheet: Sheet, chart: Chart, area: BaseGeometry | None) -> BaseGeometry:
    """A dashed line around what lies near enough to a border; returns it."""
    line = shapely.boundary(chart.shape(area)) if area is not None else shapely.LineString()
    path, style = outlines.line(line), STROKES["distance"]
    sheet.stroke(path, "#FFFFFF", 3 * style.mm, Z.TEETH - 0.5, alpha=0.8, clip=chart.rect)
    sheet.stroke(path, style.colour, style.mm, Z.TEETH, dash=style.dash_mm, clip=chart.rect, cap="butt")
    return line


def _on_river(line: BaseGeometry, rivers: BaseGeometry) -> bool:
    """Whether most of a border follows one of the rivers that lie on borders."""
    return shapely.intersection(line, rivers).length > 0.4 * line.length


def held_side(status: str, pair: str, names: dict[str, str]) -> str:
    """The country of the pair whose side is held, from a status such as `afghan_side_held_by_taliban`; empty if none."""
    word, side, _ = status.partition("_side_held")
    if not side:
        return ""
    alike = {code: _common(word, names.get(code, code).lower()) for code in pair.split("-")}
    best = max(alike, key=alike.__getitem__)
    return best if alike[best] >= 3 else ""


def _common(one: str, other: str) -> int:
    """How many first letters two words share."""
    return next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def teeth(sheet: Sheet, line: BaseGeometry, held: BaseGeometry, chart: Chart) -> None:
    """Triangles standing on the line and pointing into the side that is held."""
    shapely.prepare(held)
    triangles = [tooth for part in parts(line) for tooth in _teeth(part, held)]
    if triangles:
        sheet.stroke(outlines.line(shapely.multipolygons(triangles)), "#FFFFFF", 0.3, Z.TEETH - 0.5, alpha=0.8, clip=chart.rect)
        sheet.fill(outlines.area(shapely.multipolygons(triangles)), INK, Z.TEETH, clip=chart.rect)


def _teeth(part: shapely.LineString, held: BaseGeometry) -> np.ndarray:
    """Triangles along one line."""
    at = np.arange(TOOTH_EVERY / 2, part.length, TOOTH_EVERY)
    here, before, after = (shapely.get_coordinates(shapely.line_interpolate_point(part, np.maximum(at + d, 0))) for d in (0, -1.2, 1.2))
    along = (after - before) / np.maximum(np.hypot(*(after - before).T), 1e-9)[:, None]
    across = np.column_stack([-along[:, 1], along[:, 0]])
    across = np.where(shapely.contains_xy(held, here + across * 1.5)[:, None], across, -across)
    foot = here + across * 0.5
    return shapely.polygons(np.stack([foot - along * TOOTH * 0.62, foot + along * TOOTH * 0.62, foot + across * TOOTH], axis=1))


def parts(line: BaseGeometry) -> list[shapely.LineString]:
    """The single lines of a line, joined where they meet."""
    lines = [part for part in shapely.get_parts(line) if isinstance(part, shapely.LineString) and part.length > 0]
    return list(shapely.get_parts(shapely.line_merge(shapely.MultiLineString(lines)))) if lines else []


def smoothed(line: shapely.LineString, over: float = SMOOTH) -> shapely.LineString:
    """The moving mean of a line, `over` mm long; its ends stay."""
    count = max(int(line.length / 0.4), 2)
    points = shapely.get_coordinates(shapely.line_interpolate_point(line, np.linspace(0, line.length, count + 1)))
    half = int(over / 0.8)
    padded = np.concatenate([2 * points[0] - points[half:0:-1], points, 2 * points[-1] - points[-2 : -half - 2 : -1]]) if count > half + 1 else points
    if len(padded) == len(points):
        return line
    kernel = np.full(2 * half + 1, 1 / (2 * half + 1))
    return shapely.LineString(np.column_stack([np.convolve(padded[:, axis], kernel, "valid") for axis in (0, 1)]))


def bands(sheet: Sheet, chart: Chart, borders: Iterable[Border], events: Iterable[Feature], areas: dict[str, BaseGeometry]) -> list[BaseGeometry]:
    """One band per border and look (solid, hollow, grey), on the side concerned; returns their areas."""
    drawn: list[BaseGeometry] = []
    lines = {border.pair: border.line for border in borders}
    looks: dict[str, dict[str, Feature]] = {}
    for event in events:
        for zone in event.zones:
            pair = zone.rpartition(":")[2]
            if event.place_form == "border" and pair in lines and event.status not in ("cancelled", "reported") and event.kind != CONTROL:
                looks.setdefault(pair, {}).setdefault(_look(event), event)
    for pair, found in looks.items():
        most = 2 if chart.denominator < LARGE_SCALE else 1
        for place, (look, event) in enumerate(sorted(found.items(), key=lambda item: "held hollow grey".index(item[0]))[:most]):
            off = BAND_OFF + place * (BAND + BAND_NEXT)
            for part in parts(lines[pair]):
                drawn += _band(sheet, chart, part, off, look, event, _side(event, pair, areas))
    return drawn


def _look(event: Feature) -> str:
    return {"held": "held", "ongoing": "grey"}.get(event.status, "hollow")


def _side(event: Feature, pair: str, areas: dict[str, BaseGeometry]) -> BaseGeometry:
    """The area of the event's country, or of the pair's second one."""
    codes = pair.split("-")
    return areas.get(event.country if event.country in codes else codes[-1], shapely.Polygon())


def _band(sheet: Sheet, chart: Chart, part: shapely.LineString, off: float, look: str, event: Feature, side: BaseGeometry) -> list[BaseGeometry]:
    if part.length < 4:
        return []
    smooth = smoothed(part)
    middle = off + BAND / 2
    curves = [smooth.offset_curve(middle, quad_segs=4), smooth.offset_curve(-middle, quad_segs=4)]
    curve = max(curves, key=lambda c: shapely.intersection(c, side).length)
    curve = shapely.intersection(curve, side)
    hue = "#55606B" if look == "grey" else bloc_style(event.blocs[0] if event.blocs else "").hue
    if look == "hollow":
        return _blocks(sheet, chart, curve, hue)
    area = curve.buffer(BAND / 2, cap_style="flat")
    sheet.fill(outlines.area(area), hue, Z.BAND, alpha=0.62 if look == "grey" else 0.95, clip=chart.rect)
    return [area]


def _blocks(sheet: Sheet, chart: Chart, curve: BaseGeometry, hue: str) -> list[BaseGeometry]:
    """Hollow blocks; the white inside is the block drawn again, thinner and shorter."""
    whole, inner = [], []
    for part in parts(curve):
        for start in np.arange(0, part.length - BLOCK * 0.35, BLOCK + BLOCK_GAP):
            end = min(start + BLOCK, part.length)
            whole.append(substring(part, start, end).buffer(BAND / 2, cap_style="flat"))
            if end - start > 3 * BLOCK_RIM:
                inner.append(substring(part, start + BLOCK_RIM, end - BLOCK_RIM).buffer(BAND / 2 - BLOCK_RIM, cap_style="flat"))
    sheet.fill(outlines.joined(outlines.area(shape) for shape in whole), hue, Z.BAND, clip=chart.rect)
    sheet.fill(outlines.joined(outlines.area(shape) for shape in inner), "#FFFFFF", Z.BAND_HOLLOW, clip=chart.rect)
    return whole
