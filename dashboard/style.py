"""One palette and one set of line and symbol sizes, used by every renderer.

Colours and widths were chosen so that two blocs stay apart for colour-blind readers and in grey;
tests recompute the differences from this table.
"""

from __future__ import annotations

from dataclasses import dataclass

LAND = "#F5F2EA"
WATER = "#DDE8EE"
LAKE = "#C9DBE4"
NOT_AGREED = "#E9E4D8"
INK = "#1F2933"
TEXT = "#3A444D"
TEXT_SOFT = "#4A545E"
COUNTRY_NAME = "#46505A"
RIVER_NAME = "#2F6E8F"
ALARM = "#9B1C1C"
ACTION = "#0B5C8E"
SELECTION = "#FFD54A"
WINDOW = "#FFF1C2"
BOUNDARY = "#5F676E"
BOUNDARY_RIVER = "#A9CBDC"
RIVER = "#7FA9C0"
CANCELLED = "#6B7280"
UNDER_WAY = "#6B7280"


@dataclass(frozen=True)
class BlocStyle:
    """Colours of one bloc."""

    tint: str
    """flat fill of members' areas"""

    hue: str
    """symbols and the hatch of observers"""

    edge: str
    """outlines and text"""

    glyph: str = "#FFFFFF"
    """glyph knocked out of a symbol filled with the hue; at least 3:1 on it"""


BLOCS: dict[str, BlocStyle] = {
    "csto": BlocStyle("#F9D6B1", "#D55E00", "#9C3F00"),
    "sco": BlocStyle("#BACBF0", "#0072B2", "#004D7A"),
    "eaeu": BlocStyle("#95CBAF", "#009E73", "#00634A"),
    "cis": BlocStyle("#CBA4B9", "#CC79A7", "#8A3B68", INK),
    "ots": BlocStyle("#41ACD3", "#56B4E9", "#12618F", INK),
    "nato": BlocStyle("#A086AE", "#4B2A73", "#33195A"),
}
NO_BLOC = BlocStyle("#E4E4E0", "#55606B", "#333E48")


def bloc_style(bloc: str) -> BlocStyle:
    """Colours of `bloc`; a bloc without an entry is drawn in neutral grey and told by its name."""
    return BLOCS.get(bloc, NO_BLOC)


@dataclass(frozen=True)
class Stroke:
    """A line's width and dashes in both units."""

    mm: float
    """width in print"""

    px: float
    """width on screen, CSS pixels"""

    colour: str = BOUNDARY
    dash_mm: tuple[float, ...] = ()
    dash_px: tuple[float, ...] = ()


STROKES: dict[str, Stroke] = {
    "boundary": Stroke(0.26, 1.1),
    "boundary_casing": Stroke(0.70, 2.6, "#FFFFFF"),
    "emphasis": Stroke(0.50, 2.0, INK),
    "emphasis_river": Stroke(1.15, 4.4, BOUNDARY_RIVER),
    "emphasis_casing": Stroke(1.5, 5.6, "#FFFFFF"),
    "disputed": Stroke(0.24, 1.1, BOUNDARY, (1.3, 0.8), (5, 3)),
    "line_of_control": Stroke(0.30, 1.3, BOUNDARY, (0.3, 0.75), (1.3, 3)),
    "river_main": Stroke(0.42, 1.8, RIVER),
    "river": Stroke(0.24, 1.0, RIVER),
    "distance": Stroke(0.20, 1.0, INK, (1.6, 1.0), (6, 4)),
    "region": Stroke(0.3, 1.5, TEXT_SOFT, (2.4, 0.9, 0.4, 0.9), (9, 3, 1.5, 3)),
    "leader": Stroke(0.21, 1.0, INK),
    "hatch": Stroke(0.18, 1.0),
}
STRIPE_MM, STRIPE_PX = 1.5, 7.0
HATCH_GAP_MM, HATCH_GAP_PX = 2.1, 9.0
