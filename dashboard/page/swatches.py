"""The legend's swatches: drawn by the same hands as the map."""

from __future__ import annotations

import math
from collections.abc import Callable

import shapely

from dashboard.page import badges, chosen, compared, fills, outlines, symbols
from dashboard.page.badges import Pen
from dashboard.page.borders import BLOCK_RIM
from dashboard.page.sheet import Sheet, Z
from dashboard.page.symbols import Sign
from dashboard.scene import LegendEntry
from dashboard.style import BOUNDARY, INK, LAND, NOT_AGREED, STROKES, bloc_style

BOX = (6.2, 2.3)
"""mm: a swatch of a fill"""


def width(entry: LegendEntry) -> float:
    """From the left edge to the label, mm."""
    return 8.0 if entry.layer in ("blocs", "places", "lines") else 5.6


def draw(sheet: Sheet, entry: LegendEntry, x: float, y: float, scale: float) -> None:
    """The swatch of an entry, its middle height at y; `scale` shrinks it with the type."""
    draws = drawer(entry)
    if draws:
        with sheet.part(f"legend {entry.key}"):
            draws(sheet, entry.key.partition(":")[2], x, y, scale)


def drawer(entry: LegendEntry) -> Callable | None:
    """What draws the swatch of an entry."""
    return _SWATCHES.get(entry.key) or _SWATCHES.get(entry.key.partition(":")[0])


def _box(x: float, y: float, scale: float) -> tuple[float, float, float, float]:
    return x, y - BOX[1] * scale / 2, x + BOX[0] * scale, y + BOX[1] * scale / 2


def _member(sheet: Sheet, name: str, x: float, y: float, scale: float) -> None:
    rect = _box(x, y, scale)
    fills.tints(sheet, shapely.box(*rect), tuple(name.split("+")), rect)
    sheet.stroke(outlines.box(*rect), BOUNDARY, 0.16, Z.TEXT)


def _observer(sheet: Sheet, name: str, x: float, y: float, scale: float) -> None:
    rect = _box(x, y, scale)
    sheet.fill(outlines.box(*rect), LAND, Z.LAND)
    fills.hatch(sheet, shapely.box(*rect), name, rect, gap=1.5)
    sheet.stroke(outlines.box(*rect), BOUNDARY, 0.16, Z.TEXT)


def _disputed(sheet: Sheet, name: str, x: float, y: float, scale: float) -> None:
    rect = outlines.box(*_box(x, y, scale))
    sheet.fill(rect, NOT_AGREED, Z.LAND)
    sheet.stroke(rect, BOUNDARY, 0.24, Z.TEXT, dash=(1.0, 0.6), cap="butt")


def _sign(make: Callable[[str], Sign], *, ring: bool = False) -> Callable:
    def _draw(sheet: Sheet, name: str, x: float, y: float, scale: float) -> None:
        size = symbols.LEGEND * scale * (0.72 if ring else 1.0)
        symbols.draw(sheet, x + 2.1 * scale, y, make(name), size, ring=ring)

    return _draw


def _ring(sheet: Sheet, name: str, x: float, y: float, scale: float) -> None:
    """Upper half of the soft ring of an event: half its rim as for what was held, half as for what is planned."""
    style = bloc_style("csto")
    cx, cy, radius = _soft(sheet, style.hue, x, y, scale)
    sheet.stroke(outlines.circle(cx, cy, radius, 180, 270), style.edge, 0.34 * scale, Z.TEXT, dash=(0.01, 0.6))
    sheet.stroke(outlines.circle(cx, cy, radius, 285, 360), style.edge, 0.3 * scale, Z.TEXT, dash=(1.2, 0.7), cap="butt")


def _zone(sheet: Sheet, name: str, x: float, y: float, scale: float) -> None:
    """Upper half of the soft ring of a range without an event."""
    hue = bloc_style("").hue
    cx, cy, radius = _soft(sheet, hue, x, y, scale)
    sheet.stroke(outlines.circle(cx, cy, radius, 180, 360), hue, 0.34 * scale, Z.TEXT, dash=(0.01, 0.6))


def _soft(sheet: Sheet, hue: str, x: float, y: float, scale: float) -> tuple[float, float, float]:
    """The soft edge of half a ring; returns its centre and radius."""
    radius, cx, cy = 2.0 * scale, x + 3.1 * scale, y + 1.0 * scale
    for part in (0.28, 0.2, 0.12, 0.05):
        outer = shapely.Point(cx, cy).buffer(radius).difference(shapely.Point(cx, cy).buffer(radius * (1 - 2 * part)))
        sheet.fill(outlines.area(shapely.clip_by_rect(outer, cx - 9, cy - 9, cx + 9, cy)), hue, Z.TEXT - 0.5 + part, alpha=0.12)
    return cx, cy, radius


def _stretch(sheet: Sheet, name: str, x: float, y: float, scale: float) -> None:
    """A solid and two hollow blocks."""
    hue, half = bloc_style("csto").hue, 0.55 * scale
    sheet.fill(outlines.box(x, y - half, x + 2.6 * scale, y + half), hue, Z.TEXT)
    left, rim = x + 3.4 * scale, BLOCK_RIM * 0.8
    sheet.fill(outlines.box(left, y - half, left + 2.8 * scale, y + half), hue, Z.TEXT)
    sheet.fill(outlines.box(left + rim, y - half + rim, left + 2.8 * scale - rim, y + half - rim), "#FFFFFF", Z.TEXT + 0.1)


def _line(style: str) -> Callable:
    def _draw(sheet: Sheet, name: str, x: float, y: float, scale: float) -> None:
        line = outlines.segments([(x, y), (x + BOX[0] * scale, y)])
        stroke = STROKES[style]
        if style == "emphasis":
            sheet.stroke(line, STROKES["emphasis_river"].colour, STROKES["emphasis_river"].mm, Z.TEXT)
        sheet.stroke(line, stroke.colour, stroke.mm, Z.TEXT + 0.1, dash=stroke.dash_mm, cap="round" if style == "line_of_control" else "butt")

    return _draw


def _control(sheet: Sheet, name: str, x: float, y: float, scale: float) -> None:
    sheet.stroke(outlines.segments([(x, y - 0.6), (x + BOX[0] * scale, y - 0.6)]), INK, 0.3, Z.TEXT)
    for i in range(3):
        cx = x + (1.0 + 2.1 * i) * scale
        sheet.fill(outlines.area(shapely.Polygon([(cx - 0.75, y - 0.5), (cx + 0.75, y - 0.5), (cx, y + 0.75)])), INK, Z.TEXT)


def _outlined(sheet: Sheet, name: str, x: float, y: float, scale: float) -> None:
    left, top, right, bottom = _box(x, y, scale)
    sheet.fill(outlines.box(left, top, right, bottom), LAND, Z.LAND)
    sheet.stroke(outlines.box(left + 0.3, top + 0.2, right - 0.3, bottom - 0.2), INK, 0.42, Z.TEXT)


def _differing(sheet: Sheet, name: str, x: float, y: float, scale: float) -> None:
    compared.outline(sheet, outlines.segments([(x, y), (x + BOX[0] * scale, y)]), None, Z.TEXT)


def _listed(sheet: Sheet, name: str, x: float, y: float, scale: float) -> None:
    for i in (-0.8, 0.0, 0.8):
        sheet.stroke(outlines.segments([(x + 0.6, y + i), (x + (5.4 - abs(math.ceil(i))) * scale, y + i)]), INK, 0.2, Z.TEXT)


def _changed(sheet: Sheet, name: str, x: float, y: float, scale: float) -> None:
    """The mark at a symbol's upper left, by itself."""
    size = symbols.LEGEND * scale * 1.3
    badges.change(Pen(sheet, x + 2.1 * scale + 12.7 / 16 * size, y + 3.0 / 16 * size, size), name)


SAME = {"status:reported": "status:held", "status:announced": "status:planned", "form:country": "form:region"}
"""swatches that look like another one"""

_SWATCHES: dict[str, Callable] = {
    "member": _member,
    "observer": _observer,
    "disputed": _disputed,
    "kind": _sign(lambda name: Sign(name)),
    "colour": _sign(lambda name: Sign("statement", "held", () if name == "none" else (name,))),
    "status": _sign(lambda name: Sign("exercise", name, ("csto",))),
    "certainty:possible": _sign(lambda name: Sign("exercise", "held", ("csto",), possible=True)),
    "certainty:ahead": _sign(lambda name: Sign("exercise", "planned", ("csto",), ahead=True)),
    "credibility": _sign(lambda name: Sign("statement", "held", ("csto",), credibility=name), ring=True),
    "form:ring": _ring,
    "zone": _zone,
    "form:border": _stretch,
    "form:virtual": _sign(lambda name: Sign("emergency_session", "held", (), virtual=True)),
    "form:region": _outlined,
    "form:country": _outlined,
    "form:margin": _listed,
    "base": _sign(lambda name: Sign("base")),
    "control": _control,
    "line:emphasis": _line("emphasis"),
    "line:boundary": _line("boundary"),
    "line:disputed": _line("disputed"),
    "line:line_of_control": _line("line_of_control"),
    "line:river": _line("river_main"),
    "line:distance": _line("distance"),
    "line:region": _line("region"),
    "compare": _differing,
    "selected": chosen.swatch,
    "changed": _changed,
}
