"""Event symbols: shape = kind, colour = bloc, fill = status, ring = credibility; drawn on a 16-unit grid."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import shapely
from shapely.geometry.base import BaseGeometry

from dashboard.legend import changed_mark
from dashboard.page import badges, outlines
from dashboard.page.badges import Pen
from dashboard.page.sheet import Level, Sheet, Z
from dashboard.scene import Feature
from dashboard.style import BLOCS, CANCELLED, INK, BlocStyle, bloc_style

FAN, ALONE, KEY, LEGEND = 3.75, 4.4, 2.55, 2.9
"""side of the grid in mm"""

SUMMIT = 1.2
"""summits are larger by this factor"""

CASING, EDGE, EDGE_HOLLOW = 1.15, 0.8, 1.4
HOLLOW = frozenset({"planned", "announced"})
"""statuses drawn hollow"""

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
    changed: str = ""
    """what changed since the compared day: a key of `legend.changed_mark`"""

    selected: bool = False

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
            changed_mark(feature.flags),
            "selected" in feature.flags,
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


def draw(sheet: Sheet, x: float, y: float, sign: Sign, size: float, *, ring: bool = True, z: Level = float) -> None:
    """Draw a sign centred on x, y; `size` is the side of the grid in mm."""
    sheet.signs.add((sign, ring))
    pen = Pen(sheet, x, y, size * sign.scale, z)
    if ring and sign.selected:
        badges.halo(pen)
    if ring and sign.credibility:
        badges.ring(pen, sign.credibility)
    body = _shape(sign.kind)
    pen.line(body.silhouette, "#FFFFFF", 2 * CASING, Z.CASING)
    pen.fill(body.silhouette, "#FFFFFF", Z.CASING)
    _body(pen, sign, body)
    if sign.virtual:
        badges.camera(pen, 3.2 if sign.possible else 12.8)
    if sign.possible:
        badges.question(pen)
    if sign.changed:
        badges.change(pen, sign.changed)


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
    for (part, rim), style in zip(_parts(sign.kind, sign.status == "ongoing", len(styles)), styles, strict=True):
        pen.fill(part, style.hue, Z.SYMBOL)
        pen.line(rim, style.edge, EDGE, Z.SYMBOL)
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


@lru_cache(maxsize=256)
def _parts(kind: str, half: bool, count: int) -> list[tuple[BaseGeometry, BaseGeometry]]:
    """Equal vertical parts, left to right, of an outline or of its lower half, each with its share of the outline."""
    outline = _shape(kind).silhouette
    shape = _lower_half(kind) if half else outline
    left, _, right, _ = shape.bounds
    step = (right - left) / count
    parts = [shapely.clip_by_rect(shape, left + i * step, 0, left + (i + 1) * step, 16) for i in range(count)] if count > 1 else [shape]
    return [(part, shapely.intersection(outline.boundary, part.buffer(0.01))) for part in parts]


def _cancelled(pen: Pen, body: Shape) -> None:
    pen.line(body.silhouette, CANCELLED, EDGE_HOLLOW, Z.SYMBOL_TOP)
    pen.fill(body.glyph, CANCELLED, Z.SYMBOL_TOP)
    stroke = outlines.segments([(1.2, 14.8), (14.8, 1.2)])
    pen.line(stroke, "#FFFFFF", 1.7 + 1.8, Z.STROKE_CASING)
    pen.line(stroke, INK, 1.7, Z.STROKE)


def base(sheet: Sheet, x: float, y: float, size: float, *, z: Level = float) -> None:
    """A base: the tower, on its casing."""
    draw(sheet, x, y, Sign("base"), size, ring=False, z=z)
