"""Event symbols: shape = kind, colour = bloc, fill = status, ring = credibility; drawn on a 16-unit grid."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import shapely
from matplotlib.path import Path
from shapely.geometry.base import BaseGeometry

from dashboard.page import outlines
from dashboard.page.sheet import Sheet, Z
from dashboard.scene import Feature
from dashboard.style import BLOCS, CANCELLED, INK, BlocStyle, bloc_style

FAN, ALONE, KEY, LEGEND = 3.75, 4.4, 2.55, 2.9
"""side of the grid in mm"""

SUMMIT = 1.2
"""summits are larger by this factor"""

RING, RING_WIDTH, DISC = 9.9, 1.15, 11.2
"""units of the grid"""

CASING, EDGE, EDGE_HOLLOW = 1.15, 0.8, 1.4
HOLLOW = frozenset({"planned", "announced"})
"""statuses drawn hollow"""

_RINGS = {"2": ((-45, 225),), "3": ((0, 180),), "4": ((45, 135),)}
"""arcs in degrees clockwise from east"""

_DASHES = {"5": (3.2, 2.6), "6": (0.01, 3.1)}


@dataclass(frozen=True)
class Sign:
    """What a symbol shows, taken from a feature or made up for the legend."""

    kind: str
    status: str = "held"
    blocs: tuple[str, ...] = ()
    possible: bool = False
    ahead: bool = False
    virtual: bool = False
    credibility: str = ""

    @classmethod
    def of(cls, feature: Feature) -> Sign:
        """The sign of an event or a base."""
        if not feature.id.startswith("event:"):
            return cls("base")
        blocs = tuple(sorted(feature.blocs, key=lambda bloc: [*BLOCS, bloc].index(bloc)))
        return cls(
            feature.kind,
            feature.status,
            blocs,
            feature.certainty == "possible",
            feature.certainty == "ahead",
            feature.place_form == "virtual",
            feature.grade[1:2],
        )

    @property
    def scale(self) -> float:
        """Relative size."""
        return SUMMIT if self.kind == "summit" else 1.0


@dataclass(frozen=True)
class Shape:
    """A kind's outline on the grid."""

    silhouette: BaseGeometry
    glyph: BaseGeometry


@lru_cache(maxsize=1)
def _table() -> dict:
    return json.loads(files("dashboard").joinpath("static/symbols.json").read_text(encoding="utf-8"))


@lru_cache(maxsize=64)
def _shape(kind: str) -> Shape:
    """The outline of a kind; a kind without one is a plain disc."""
    entry = _table().get(kind)
    if entry is None:
        return Shape(shapely.Point(8, 8).buffer(5.5), shapely.Polygon())
    return Shape(outlines.rings(entry["silhouette"]), outlines.rings(entry["glyph"]))


@lru_cache(maxsize=64)
def _lower_half(kind: str) -> BaseGeometry:
    """The part under the line that halves the area: half the height would leave a flag empty."""
    shape = _shape(kind).silhouette
    high, low = 0.0, 16.0
    for _ in range(20):
        middle = (high + low) / 2
        if shapely.clip_by_rect(shape, 0, middle, 16, 16).area > shape.area / 2:
            high = middle
        else:
            low = middle
    return shapely.clip_by_rect(shape, 0, high, 16, 16)


class Pen:
    """Draws one sign at one place."""

    def __init__(self, sheet: Sheet, x: float, y: float, size: float, z: float = 0.0) -> None:
        """Centre and grid side in mm; `z` is added to every level."""
        self.sheet, self.x, self.y, self.unit, self.z = sheet, x, y, size / 16, z

    def _at(self, path: Path) -> Path:
        return outlines.placed(path, self.x - 8 * self.unit, self.y - 8 * self.unit, self.unit)

    def fill(self, shape: BaseGeometry | Path, colour: str, z: float) -> None:
        """Fill a shape of the grid."""
        path = shape if isinstance(shape, Path) else outlines.area(shape)
        self.sheet.fill(self._at(path), colour, z + self.z)

    def line(self, shape: BaseGeometry | Path, colour: str, units: float, z: float, dash: tuple[float, ...] = ()) -> None:
        """Stroke a shape of the grid."""
        path = shape if isinstance(shape, Path) else outlines.line(shape)
        dash = tuple(length * self.unit for length in dash)
        self.sheet.stroke(self._at(path), colour, units * self.unit, z + self.z, dash=dash)


def draw(sheet: Sheet, x: float, y: float, sign: Sign, size: float, *, ring: bool = True, z: float = 0.0) -> None:
    """Draw a sign centred on x, y; `size` is the side of the grid in mm."""
    pen = Pen(sheet, x, y, size * sign.scale, z)
    if ring and sign.credibility:
        _ring(pen, sign.credibility)
    body = _shape(sign.kind)
    pen.line(body.silhouette, "#FFFFFF", 2 * CASING, Z.CASING)
    pen.fill(body.silhouette, "#FFFFFF", Z.CASING)
    _body(pen, sign, body)
    if sign.virtual:
        _camera(pen, 3.2 if sign.possible else 12.8)
    if sign.possible:
        _question(pen)


def _body(pen: Pen, sign: Sign, body: Shape) -> None:
    if sign.status == "cancelled":
        return _cancelled(pen, body)
    styles = [_faint(bloc_style(bloc), sign) for bloc in sign.blocs] or [_faint(bloc_style(""), sign)]
    edge = styles[0].edge
    if sign.status in HOLLOW:
        pen.line(body.silhouette, edge, EDGE_HOLLOW, Z.SYMBOL_TOP)
        pen.fill(body.glyph, edge, Z.SYMBOL_TOP)
        return None
    filled = _lower_half(sign.kind) if sign.status == "ongoing" else body.silhouette
    for part, style in _parts(filled, styles):
        pen.fill(part, style.hue, Z.SYMBOL)
        pen.line(shapely.intersection(body.silhouette.boundary, part.buffer(0.01)), style.edge, EDGE, Z.SYMBOL)
    if sign.status == "ongoing":
        pen.line(body.silhouette, edge, EDGE, Z.SYMBOL)
        pen.fill(shapely.difference(body.glyph, filled), edge, Z.SYMBOL_TOP)
        pen.fill(shapely.intersection(body.glyph, filled), styles[0].glyph, Z.SYMBOL_TOP)
    else:
        pen.fill(body.glyph, styles[0].glyph, Z.SYMBOL_TOP)
    return None


def _faint(style: BlocStyle, sign: Sign) -> BlocStyle:
    """Possible: the tint instead of the hue; ahead of the window: edges half as strong."""
    if sign.ahead:
        return BlocStyle(style.tint, style.tint, _mix(style.edge, 0.6), INK)
    if sign.possible:
        return BlocStyle(style.tint, style.tint, style.edge, style.edge)
    return style


def _mix(colour: str, share: float) -> str:
    """`colour` on white paper at `share` of its strength."""
    parts = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return "#" + "".join(f"{round(255 - (255 - part) * share):02X}" for part in parts)


def _parts(shape: BaseGeometry, styles: list[BlocStyle]) -> list[tuple[BaseGeometry, BlocStyle]]:
    """Equal vertical parts, left to right."""
    if len(styles) == 1:
        return [(shape, styles[0])]
    left, _, right, _ = shape.bounds
    step = (right - left) / len(styles)
    return [(shapely.clip_by_rect(shape, left + i * step, 0, left + (i + 1) * step, 16), style) for i, style in enumerate(styles)]


def _cancelled(pen: Pen, body: Shape) -> None:
    pen.line(body.silhouette, CANCELLED, EDGE_HOLLOW, Z.SYMBOL_TOP)
    pen.fill(body.glyph, CANCELLED, Z.SYMBOL_TOP)
    stroke = outlines.segments([(1.2, 14.8), (14.8, 1.2)])
    pen.line(stroke, "#FFFFFF", 1.7 + 1.8, Z.STROKE_CASING)
    pen.line(stroke, INK, 1.7, Z.STROKE)


def _ring(pen: Pen, credibility: str) -> None:
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


def _question(pen: Pen) -> None:
    """The badge of a date that is only possible."""
    pen.fill(outlines.circle(13.2, 13.6, 4.0), "#FFFFFF", Z.BADGE_CASING)
    pen.fill(outlines.circle(13.2, 13.6, 3.3), INK, Z.BADGE)
    hook = outlines.joined([outlines.circle(13.2, 12.75, 1.05, 180, 405), outlines.segments([(13.94, 13.5), (13.2, 14.1), (13.2, 14.55)])])
    pen.line(hook, "#FFFFFF", 0.75, Z.BADGE_TOP)
    pen.fill(outlines.circle(13.2, 15.75, 0.5), "#FFFFFF", Z.BADGE_TOP)


def _camera(pen: Pen, x: float) -> None:
    """The badge of a meeting by video."""
    camera = shapely.union(shapely.box(x - 3.4, 11.6, x + 1.2, 15.6).buffer(0.3), shapely.Polygon([(x + 1.4, 13.6), (x + 3.6, 11.7), (x + 3.6, 15.5)]))
    pen.line(camera, "#FFFFFF", 1.4, Z.BADGE_CASING)
    pen.fill(camera, "#FFFFFF", Z.BADGE_CASING)
    pen.fill(camera, INK, Z.BADGE)


def neutral(kind: str) -> Sign:
    """A kind's shape in the colour of no bloc, for the legend."""
    return Sign(kind, "held")


def base(sheet: Sheet, x: float, y: float, size: float, *, z: float = 0.0) -> None:
    """A base: the tower, on its casing."""
    draw(sheet, x, y, Sign("base"), size, ring=False, z=z)


__all__ = ["ALONE", "FAN", "KEY", "LEGEND", "Sign", "base", "draw", "neutral"]
