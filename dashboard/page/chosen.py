"""What is selected beside events: a yellow casing round the outline of a country, border, range or region, a disc under a base."""

from __future__ import annotations

import shapely
from shapely.geometry.base import BaseGeometry

from dashboard.page import outlines
from dashboard.page.chart import Chart
from dashboard.page.sheet import Sheet, Z
from dashboard.scene import Scene
from dashboard.style import INK, SELECTION
from geodata.atlas import Atlas

CASING, RIM, LINE = 1.7, 2.2, 0.26
"""mm: widths of the yellow, of the dark rim that shows on either side of it, and of the outline itself"""

DISC = 2.6
"""mm: radius of the disc under a base"""


def draw(sheet: Sheet, chart: Chart, atlas: Atlas, scene: Scene, areas: dict[str, BaseGeometry]) -> BaseGeometry:
    """Case the outline of what is selected, under the strong borders; nothing for an event, which its symbol shows, or a party. Returns it in mm."""
    kind, _, key = scene.view.id.partition(":")
    found = _outline(chart, atlas, kind, key, areas)
    path = outlines.line(found)
    for colour, mm, above in ((INK, RIM, 0.3), (SELECTION, CASING, 0.4), (INK, LINE, 0.5)):
        sheet.stroke(path, colour, mm, Z.EMPHASIS_CASING + above, clip=chart.rect)
    return found


def _outline(chart: Chart, atlas: Atlas, kind: str, key: str, areas: dict[str, BaseGeometry]) -> BaseGeometry:
    if kind in ("border", "zone"):
        frame, column = (atlas.borders, "pair") if kind == "border" else (atlas.zones, "id")
        shape = chart.shape(next(iter(frame.geometry[frame[column] == key]), None))
        return shape if kind == "border" else shapely.boundary(shape)
    codes = (key,) if kind == "country" else _countries(atlas, key) if kind == "region" else ()
    return shapely.boundary(shapely.union_all([areas[code] for code in codes if code in areas]))


def _countries(atlas: Atlas, region: str) -> tuple[str, ...]:
    return atlas.regions.loc[atlas.regions["id"] == region, "countries"].sum() or ()


def base(sheet: Sheet, scene: Scene, name: str, x: float, y: float) -> None:
    """A disc under the base `name` at x, y when it is the selected one."""
    if scene.view.id == name:
        sheet.fill(outlines.circle(x, y, DISC + 0.25), INK, Z.DISC - 0.3)
        sheet.fill(outlines.circle(x, y, DISC), SELECTION, Z.DISC - 0.2)


def swatch(sheet: Sheet, name: str, x: float, y: float, scale: float) -> None:
    """A piece of the casing."""
    line = outlines.segments([(x + 0.6, y), (x + 5.6 * scale, y)])
    for colour, mm, above in ((INK, RIM, 0.0), (SELECTION, CASING, 0.1), (INK, LINE, 0.2)):
        sheet.stroke(line, colour, mm * 0.9, Z.TEXT + above)
