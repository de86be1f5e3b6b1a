"""Countries whose standing differs between two days: two dashed lines side by side round each, as on the screen, and the change in words."""

from __future__ import annotations

from collections.abc import Mapping

from matplotlib.path import Path
from shapely.geometry.base import BaseGeometry

from dashboard import membership
from dashboard.page import outlines
from dashboard.page.sheet import Rect, Sheet
from dashboard.scene import Scene
from dashboard.style import INK

STROKES = ((1.5, "#FFFFFF", False), (1.05, INK, True), (0.42, "#FFFFFF", True))
"""mm, colour, whether dashed; from the lowest up"""

DASH = (2.6, 1.2)
STEP = 0.1
"""of the drawing order from one stroke to the next"""


def draw(sheet: Sheet, scene: Scene, shapes: Mapping[str, BaseGeometry], rect: Rect, z: float, part: float = 1.0, step: float = STEP) -> None:
    """Outline those of `shapes` (code -> page mm) whose standing differs; `part` of the full width."""
    for code in sorted({change.country for change in scene.differences} & set(shapes)):
        outline(sheet, outlines.line(shapes[code]), rect, z, part, step)


def outline(sheet: Sheet, path: Path, rect: Rect | None, z: float, part: float = 1.0, step: float = STEP) -> None:
    """The strokes along one path, from level `z` up."""
    for place, (mm, colour, dashed) in enumerate(STROKES):
        dash = tuple(part * length for length in DASH) if dashed else ()
        sheet.stroke(path, colour, part * mm, z + place * step, dash=dash, alpha=1.0 if place else 0.8, clip=rect, cap="butt")


def lines(scene: Scene) -> dict[str, tuple[str, ...]]:
    """Per country what differs, one line per bloc: `SCO: observer -> member` with an arrow."""
    titles = {layer.key: layer.title for layer in scene.layers}
    found: dict[str, tuple[str, ...]] = {}
    for change in scene.differences:
        told = f"{titles.get(change.bloc, change.bloc)}: {membership.said(change.before, change.after)}"
        found[change.country] = (*found.get(change.country, ()), told)
    return found
