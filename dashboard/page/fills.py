"""Fills of countries: flat tint for one bloc, one field of stripes for several, hatch for observers and partners."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from dashboard.page import outlines
from dashboard.page.sheet import Level, Rect, Sheet, Z
from dashboard.scene import Scene
from dashboard.style import BLOCS, HATCH_GAP_MM, STRIPE_MM, STROKES, bloc_style
from geodata.blocs import MEMBERS

HATCH_ALPHA = 0.5


def standings(scene: Scene) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Country code -> blocs it belongs to and blocs it only observes or partners, in drawing order."""
    found: dict[str, tuple[list[str], list[str]]] = {}
    layers = [layer for layer in scene.layers if layer.kind == "fill"]
    for layer in sorted(layers, key=lambda layer: [*BLOCS, layer.key].index(layer.key)):
        for feature in layer.features:
            if feature.role:
                lists = found.setdefault(feature.id.partition(":")[2], ([], []))
                lists[feature.role not in MEMBERS].append(layer.key)
    return {code: (tuple(members), tuple(others)) for code, (members, others) in found.items()}


Settled = tuple[tuple[str, tuple[tuple[str, ...], tuple[str, ...]]], ...]


def settled(scene: Scene) -> Settled:
    """The same as one value that can be compared."""
    return tuple(sorted(standings(scene).items()))


def draw(
    sheet: Sheet,
    areas: Mapping[str, BaseGeometry],
    blocs: Mapping[str, tuple],
    rect: Rect,
    *,
    stripe: float = STRIPE_MM,
    gap: float = HATCH_GAP_MM,
    z: Level = float,
) -> None:
    """Fill `areas` (code -> page mm); every stripe of the map belongs to one field, so that neighbours join."""
    by_members: dict[tuple[str, ...], list[BaseGeometry]] = {}
    for code, area in areas.items():
        members, others = blocs.get(code, ((), ()))
        if members:
            by_members.setdefault(members, []).append(area)
        for bloc in others:
            hatch(sheet, area, bloc, rect, order=others.index(bloc), gap=gap, z=z)
    for members, shapes in by_members.items():
        tints(sheet, shapely.union_all(shapes) if len(members) > 1 else shapely.geometrycollections(shapes), members, rect, stripe=stripe, z=z)


def tints(
    sheet: Sheet, shape: BaseGeometry, members: tuple[str, ...], rect: Rect, *, stripe: float = STRIPE_MM, z: Level = float
) -> None:
    """The first tint flat, the others as stripes over it, so that no seam shows between two stripes."""
    sheet.fill(outlines.area(shape), bloc_style(members[0]).tint, z(Z.TINT), clip=rect)
    for place, bloc in enumerate(members[1:], start=1):
        bands = _bands(shape.bounds, stripe, len(members), place)
        sheet.fill(outlines.area(shapely.intersection(shape, bands)), bloc_style(bloc).tint, z(Z.STRIPES), clip=rect)


def _bands(bounds: Iterable[float], stripe: float, families: int, place: int) -> BaseGeometry:
    """Stripes rising to the right at 45 degrees; their phase is tied to the page's corner."""
    left, top, right, bottom = bounds
    if not math.isfinite(left):
        return shapely.Polygon()
    pitch = stripe * math.sqrt(2)
    period = pitch * families
    numbers = np.arange(math.floor((left + top) / period) - 1, math.ceil((right + bottom) / period) + 1)
    starts = numbers * period + place * pitch
    corners = [[(s - top, top), (s + pitch - top, top), (s + pitch - bottom, bottom), (s - bottom, bottom)] for s in starts]
    return shapely.multipolygons(shapely.polygons(np.array(corners)))


def hatch(sheet: Sheet, shape: BaseGeometry, bloc: str, rect: Rect, *, order: int = 0, gap: float = HATCH_GAP_MM, z: Level = float) -> None:
    """Thin lines in the bloc's hue, falling to the right; a second bloc's lines lie between the first one's."""
    if shape.is_empty:
        return
    left, top, right, bottom = shape.bounds
    pitch = gap * math.sqrt(2)
    starts = np.arange(math.floor((left - bottom) / pitch), math.ceil((right - top) / pitch) + 1) * pitch + order * pitch / 3
    lines = shapely.multilinestrings([shapely.linestrings([[(s + top, top), (s + bottom, bottom)] for s in starts])])[0]
    shade = outlines.line(shapely.intersection(lines, shape))
    sheet.stroke(shade, bloc_style(bloc).hue, STROKES["hatch"].mm, z(Z.HATCH), alpha=HATCH_ALPHA, clip=rect, cap="butt")
