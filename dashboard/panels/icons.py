"""The map's symbols and swatches as small inline pictures: only our own shapes and colours, never text from a file."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from math import cos, radians, sin
from pathlib import Path

from dashboard import style
from dashboard.panels.markup import Html, inner, tag
from dashboard.style import bloc_style

SYMBOLS = json.loads((Path(__file__).parents[1] / "static" / "symbols.json").read_bytes())
PLAIN = {"silhouette": "M8 2A6 6 0 1 1 8 14A6 6 0 1 1 8 2Z", "glyph": ""}
SOLID, HOLLOW = ("held", "reported", ""), ("planned", "announced")
ARCS = {1: [(0, 359.9)], 2: [(-45, 225)], 3: [(0, 180)], 4: [(45, 135)]}
"""where the ring of a credibility is drawn, degrees clockwise from east"""

HALF = 9.4
"""height from which a symbol under way is filled"""


@lru_cache(maxsize=2048)
def symbol(kind: str, *, status: str = "held", blocs: tuple[str, ...] = (), possible: bool = False, credibility: int = 0, size: int = 16) -> Html:
    """An event's symbol; with a ring when `credibility` is given."""
    shape = SYMBOLS.get(kind, PLAIN)
    body = _cancelled(shape) if status == "cancelled" else _parts(shape, blocs or ("none",), status, possible=possible)
    box = "-4 -4 24 24" if credibility else "-0.5 -0.5 17 17"
    return _svg(inner(_ring(credibility) if credibility else None, body, _question() if possible else None), box, size, size)


def _parts(shape: dict[str, str], blocs: Sequence[str], status: str, *, possible: bool) -> Html:
    """Equal vertical parts, one per bloc."""
    wide = 16 / len(blocs)
    return inner(*(_clipped(_body(shape, bloc, status, possible=possible), k * wide - (k == 0), wide + (k == 0) + (k == len(blocs) - 1), -1, 18)
                   for k, bloc in enumerate(blocs)))  # fmt: skip


def _body(shape: dict[str, str], bloc: str, status: str, *, possible: bool) -> Html:
    colours = bloc_style(bloc)
    fill, glyph = (colours.tint, colours.edge) if possible else (colours.hue, colours.glyph)
    if status in SOLID:
        return inner(_path(shape["silhouette"], fill, colours.edge, 0.8), _glyph(shape, glyph))
    hollow = inner(_path(shape["silhouette"], "#FFFFFF", colours.edge, 1.4), _glyph(shape, colours.edge))
    if status in HOLLOW:
        return hollow
    return inner(hollow, _clipped(inner(_path(shape["silhouette"], fill, colours.edge, 1.4), _glyph(shape, glyph)), -1, 18, HALF, 18 - HALF))


def _clipped(content: Html, x: float, wide: float, y: float, high: float) -> Html:
    return tag("svg", content, x=f"{x:g}", y=f"{y:g}", width=f"{wide:g}", height=f"{high:g}", viewBox=f"{x:g} {y:g} {wide:g} {high:g}")


def _path(d: str, fill: str, stroke: str, width: float) -> Html:
    return Html(f'<path d="{d}" fill="{fill}" stroke="{stroke}" stroke-width="{width:g}" stroke-linejoin="round" fill-rule="evenodd"/>')


def _glyph(shape: dict[str, str], colour: str) -> Html | None:
    return Html(f'<path d="{shape["glyph"]}" fill="{colour}" fill-rule="evenodd"/>') if shape["glyph"] else None


def _cancelled(shape: dict[str, str]) -> Html:
    strokes = "".join(f'<path d="M2 14L14 2" stroke="{colour}" stroke-width="{width}"/>' for colour, width in (("#FFFFFF", 3.5), (style.INK, 1.7)))
    return inner(_path(shape["silhouette"], "#FFFFFF", style.CANCELLED, 1.4), _glyph(shape, style.CANCELLED), Html(strokes))


def _question() -> Html:
    return Html(f'<circle cx="13.4" cy="13.4" r="3.3" fill="{style.INK}" stroke="#FFFFFF" stroke-width="0.7"/>'
                '<text x="13.4" y="15.4" font-size="5.6" font-weight="700" fill="#FFFFFF" text-anchor="middle">?</text>')  # fmt: skip


def _ring(credibility: int) -> Html:
    disc = '<circle cx="8" cy="8" r="11.2" fill="#FFFFFF"/>'
    pen = f'fill="none" stroke="{style.INK}" stroke-width="1.15"'
    if credibility in (5, 6):
        dash = "3.2 2.6" if credibility == 5 else "0.01 3.1"
        return Html(f'{disc}<circle cx="8" cy="8" r="9.9" {pen} stroke-linecap="round" stroke-dasharray="{dash}"/>')
    return Html(disc + "".join(f'<path d="{_arc(first, last)}" {pen}/>' for first, last in ARCS.get(credibility, [])))


def _arc(first: float, last: float) -> str:
    (x, y), (x2, y2) = ((8 + 9.9 * cos(radians(a)), 8 + 9.9 * sin(radians(a))) for a in (first, last))
    return f"M{x:.2f} {y:.2f}A9.9 9.9 0 {int(last - first > 180)} 1 {x2:.2f} {y2:.2f}"


def _svg(content: Html, box: str, wide: float, high: float) -> Html:
    return tag("svg", content, viewBox=box, width=f"{wide:g}", height=f"{high:g}", aria_hidden="true", focusable="false", cls="panj-icon")


@lru_cache(maxsize=64)
def swatch(layer: str) -> Html:
    """The sample of a layer, as the map draws it."""
    return _svg(Html(_SWATCHES.get(layer) or _fill(layer)), "0 0 24 14", 24, 14)


def _fill(bloc: str) -> str:
    colours = bloc_style(bloc)
    return f'<rect x="0.5" y="0.5" width="23" height="13" rx="1.5" fill="{colours.tint}" stroke="{colours.edge}" stroke-width="0.8"/>'


def _wave(colour: str, width: float) -> str:
    return f'<path d="M1 9C7 2 15 13 23 5" fill="none" stroke="{colour}" stroke-width="{width}"/>'


_BASE = f'<g transform="translate(5 0) scale(0.86)"><path d="{SYMBOLS["base"]["silhouette"]}" fill="{style.NO_BLOC.hue}"/></g>'
_STAR = f'<g transform="translate(5 0) scale(0.86)"><path d="{SYMBOLS["summit"]["silhouette"]}" fill="{style.NO_BLOC.hue}"/></g>'
_SWATCHES = {
    "borders": _wave("#FFFFFF", 5.6) + _wave(style.BOUNDARY_RIVER, 4.4) + _wave(style.INK, 2),
    "zones": f'<circle cx="12" cy="7" r="5.6" fill="{style.NO_BLOC.hue}" fill-opacity="0.16" stroke="{style.NO_BLOC.hue}" stroke-width="1.5" '
             'stroke-linecap="round" stroke-dasharray="0.01 3"/>',
    "bases": _BASE, "events": _STAR,
    "regions": f'<rect x="1" y="1" width="22" height="12" rx="5" fill="none" stroke="{style.BOUNDARY}" stroke-width="1.2" stroke-dasharray="4 2"/>',
    "rivers": _wave(style.RIVER, 1.8),
    "places": f'<circle cx="7" cy="7" r="2.6" fill="#FFFFFF" stroke="{style.INK}" stroke-width="1.2"/>'
              f'<path d="M12 9.5L14.2 4L16.4 9.5M12.8 8H15.6" fill="none" stroke="{style.INK}" stroke-width="1.1"/>',
}  # fmt: skip
"""everything that is no bloc"""

LOGO = Html(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 30" width="30" height="30" aria-hidden="true">'
    '<rect width="30" height="30" rx="6" fill="#1F2933"/>'
    '<path d="M4 20C9 20 8 9 14 10S16 22 20 21S23 12 27 9" fill="none" stroke="#A9CBDC" stroke-width="3.6" stroke-linecap="round"/>'
    '<path d="M4 20C9 20 8 9 14 10S16 22 20 21S23 12 27 9" fill="none" stroke="#D55E00" stroke-width="1.4" stroke-linecap="round"/></svg>'
)
