"""One symbol to be placed: what it shows, its number, and the room both take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from dashboard.page import badges, lettering, symbols
from dashboard.page.sheet import Sheet, Z
from dashboard.page.symbols import Sign
from dashboard.scene import Feature
from geodata import days

MOST = 24
"""symbols of one place; more events become one symbol per kind with its count"""

NUMBER_PT = 6.4
EARLIER = -1
"""`day` of what began before the window"""


@dataclass(frozen=True)
class Entry:
    """One symbol to be placed, with the text at its upper right."""

    sign: Sign
    label: str
    day: int = 0
    id: str = ""
    """of the event, or `kind:...` where the symbol stands for several"""

    @property
    def radius(self) -> float:
        """Half the size of symbol and ring, in units of the grid side."""
        return (badges.DISC if self.sign.credibility else 8.4) / 16 * self.sign.scale


def entries(events: Sequence[Feature], most: int = MOST, *, start: int = -days.INF) -> list[Entry]:
    """A symbol each, or one per kind with its count where there are too many; `start` is the window's first day."""
    if len(events) <= most:
        return [Entry(Sign.of(event), str(event.n or ""), _day(event, start), event.id) for event in events]
    by_kind: dict[str, list[Feature]] = {}
    for event in events:
        by_kind.setdefault(event.kind, []).append(event)
    return [Entry(_common(kind, found), f"\u00d7{len(found)}", 0, f"kind:{kind}") for kind, found in by_kind.items()]


def _common(kind: str, events: Sequence[Feature]) -> Sign:
    """What all events of a kind have in common."""
    signs = {(sign.blocs, sign.status) for sign in map(Sign.of, events)}
    blocs = {blocs for blocs, _ in signs}
    hollow = all(status in symbols.HOLLOW for _, status in signs)
    return Sign(kind, "planned" if hollow else "held", blocs.pop() if len(blocs) == 1 else ())


def _day(event: Feature, start: int) -> int:
    """The day it began; 0 where that is not known, EARLIER if it was before the window."""
    if event.days[1] < start:
        return EARLIER
    return event.days[0] if event.days[0] == event.days[1] else 0


def title_offset(entry: Entry) -> float:
    """From the left of a tray with one symbol to its title, mm."""
    return number_at(2.6, 0, entry, symbols.FAN)[0] + lettering.width(entry.label, NUMBER_PT, "bold") + 1.0


def number_at(x: float, y: float, entry: Entry, size: float) -> tuple[float, float]:
    """Left end of a number's base line: clear of the ring."""
    unit = size * entry.sign.scale / 16
    reach = 10.2 if entry.sign.credibility else 8.4
    return x + (reach - 0.9) * unit, y - 5.0 * unit


def slot_shapes(x: float, y: float, entry: Entry, size: float) -> list[BaseGeometry]:
    """What a symbol and its number cover."""
    wide = lettering.width(entry.label, NUMBER_PT, "bold") if entry.label else 0.0
    return [shapely.transform(shape, lambda at: np.add(at, (x, y))) for shape in _covered(entry.radius * size, number_at(0, 0, entry, size), wide)]


@lru_cache(maxsize=256)
def _covered(radius: float, number: tuple[float, float], wide: float) -> tuple[BaseGeometry, ...]:
    """A symbol about the origin, and a number `wide` mm if there is one."""
    symbol, (left, base) = shapely.Point(0, 0).buffer(radius, quad_segs=6), number
    if not wide:
        return (symbol,)
    box = shapely.box(left + 0.1, base - 0.66 * NUMBER_PT * lettering.MM_PER_PT, left + wide, base)
    return shapely.difference(symbol, box), box


def draw_entry(sheet: Sheet, x: float, y: float, entry: Entry, size: float, *, halo: bool = True) -> None:
    """Symbol, ring and number."""
    with sheet.part(f"marker {entry.id} at {x:.2f}, {y:.2f}"):
        symbols.draw(sheet, x, y, entry.sign, size)
        at = number_at(x, y, entry, size)
        sheet.text(*at, entry.label, NUMBER_PT, "bold", z=Z.NUMBER, halo=0.3 if halo else 0.0, halo_z=Z.DISC - 0.5)
