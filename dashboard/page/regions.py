"""Named regions: one dashed outline round the countries of each, and its name beside it."""

from __future__ import annotations

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from dashboard.page import lettering, outlines
from dashboard.page.borders import parts
from dashboard.page.chart import Chart
from dashboard.page.labels import Placement, words_box
from dashboard.page.sheet import Sheet, Z
from dashboard.scene import Scene
from dashboard.style import STROKES, TEXT

EDGE = 0.4
"""mm: an outline this close to the frame is the frame's own edge"""

LEAST = 1.5
"""mm2: smaller islands get no outline"""

PT = 6.4


def draw(sheet: Sheet, chart: Chart, scene: Scene, areas: dict[str, BaseGeometry]) -> list[tuple[str, BaseGeometry]]:
    """Draw the outlines; gives the names and lines of those on the map, regions of the same countries together."""
    layer, found = scene.layer("regions"), {}
    for feature in layer.features if layer else ():
        found.setdefault(tuple(sorted(feature.zones)), []).append(feature.title)
    shown = [(" \N{MIDDLE DOT} ".join(names), _rim([areas[code] for code in codes if code in areas], chart)) for codes, names in found.items()]
    style = STROKES["region"]
    for _, line in shown:
        path = outlines.line(line)
        sheet.stroke(path, "#FFFFFF", 3 * style.mm, Z.TEETH - 0.4, alpha=0.75, clip=chart.rect)
        sheet.stroke(path, style.colour, style.mm, Z.TEETH - 0.3, dash=style.dash_mm, clip=chart.rect, cap="butt")
    return [(name, line) for name, line in shown if not line.is_empty]


def _rim(areas: list[BaseGeometry], chart: Chart) -> BaseGeometry:
    """The outline of some countries together, without the frame's edges."""
    left, top, right, bottom = chart.rect
    whole = shapely.get_parts(shapely.union_all(areas))
    land = shapely.MultiPolygon(list(whole[shapely.area(whole) > LEAST]))
    return shapely.clip_by_rect(shapely.boundary(land), left + EDGE, top + EDGE, right - EDGE, bottom - EDGE)


def names(sheet: Sheet, placement: Placement, shown: list[tuple[str, BaseGeometry]]) -> None:
    """Each name once, beside its outline, where the least is covered."""
    for name, line in shown:
        points = [at for part in parts(line) if part.length > 4
                  for at in shapely.get_coordinates(part.interpolate(np.linspace(0.04, 0.96, 30), normalized=True))]  # fmt: skip
        boxes = [words_box(x, y + drop, name, PT, "italic", 0.5) for x, y in points for drop in (-1.0, 2.6)]
        best = placement.best(np.zeros(len(boxes)), boxes, gap=0.3)
        if best is not None:
            left, _, _, bottom = boxes[best].bounds
            placement.take(boxes[best], f"region {name}")
            sheet.text(left, bottom - 0.2 * PT * lettering.MM_PER_PT, name, PT, "italic", colour=TEXT, halo=0.45, z=Z.LABEL)
