"""Many events in one city: a sector with one arc per day, latest innermost, first to last clockwise."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from dashboard.page import lettering
from dashboard.page.entries import EARLIER, NUMBER_PT, Entry
from geodata import days

FIRST, STEP, SLOT, REACH = 10.0, 8.3, 8.0, 4.0
"""mm: radius of the innermost arc, from arc to arc, along an arc, from the last arc to the rim"""

WIDEST = 101.0
"""half the widest opening, degrees"""

ARCS = 4
"""days that get an arc each"""


def arcs(found: Sequence[Entry]) -> list[list[Entry]]:
    """Entries by arc, innermost first: by day if the days fit, else in order of time as densely as the arcs allow."""
    if len(found) <= _capacity(0):
        return [sorted(found, key=lambda entry: entry.day)]
    by_day: dict[int, list[Entry]] = {}
    for entry in found:
        by_day.setdefault(entry.day, []).append(entry)
    rows = [by_day[day] for day in sorted(by_day, reverse=True)]
    if len(rows) > 1 and rows[-1][0].day < 0 and len(rows[-1]) + len(rows[-2]) <= _capacity(len(rows) - 2):
        rows[-2:] = [rows[-1] + rows[-2]]
    if len(rows) <= ARCS and all(len(row) <= _capacity(level) for level, row in enumerate(rows)):
        return rows
    rows, rest = [], sorted(found, key=lambda entry: entry.day)
    while rest:
        room = _capacity(len(rows))
        rows.append(rest[-room:])
        rest = rest[:-room]
    return rows


def _capacity(level: int) -> int:
    """Symbols on the widest sector, beside the day's name."""
    return int(1 + (math.radians(2 * WIDEST - 6) * (FIRST + level * pitch()) - LABEL_SHIFT - 7.2) / SLOT)


@dataclass(frozen=True)
class Slot:
    """A symbol's place in a fan."""

    x: float
    y: float
    entry: Entry


@dataclass(frozen=True)
class Fan:
    """A sector opened from a city in one direction."""

    x: float
    y: float
    axis: float
    """degrees clockwise from east on the page; 270 is up"""

    half: float
    """half the opening, degrees"""

    reach: float
    rows: tuple[tuple[Entry, ...], ...]

    @property
    def clear(self) -> float:
        """Mm between a day's name and the first symbol where its number stands on that side, at the upper right."""
        return clearance(self.axis)

    @property
    def shape(self) -> BaseGeometry:
        """The sector."""
        angles = np.radians(np.linspace(self.axis - self.half, self.axis + self.half, 48))
        rim = np.column_stack([self.x + self.reach * np.cos(angles), self.y + self.reach * np.sin(angles)])
        return shapely.Polygon([(self.x, self.y), *rim]).buffer(-0.6).buffer(0.6, quad_segs=4)

    def radius(self, level: int) -> float:
        """Radius of an arc in mm."""
        return FIRST + level * pitch()

    def slots(self) -> list[Slot]:
        """Every symbol's place."""
        found = []
        for level, row in enumerate(self.rows):
            radius, step = self.radius(level), _step(self.radius(level), row)
            shift = 0.5 * math.degrees((_shift(row) + self.clear) / radius)
            for place, entry in enumerate(row):
                angle = math.radians(self.axis + (place - (len(row) - 1) / 2) * step + shift)
                found.append(Slot(self.x + radius * math.cos(angle), self.y + radius * math.sin(angle), entry))
        return found

    def names(self) -> list[tuple[float, float, float, str]]:
        """The days' names: x, y, angle of the text, words; just before the first symbol of each arc."""
        found = []
        for level, row in enumerate(self.rows):
            words = _span(row)
            radius, step = self.radius(level), _step(self.radius(level), row)
            before = math.degrees((_wide(words) / 2 + 3.4 + self.clear) / radius)
            shift = 0.5 * math.degrees((_shift(row) + self.clear) / radius)
            at = self.axis - (len(row) - 1) / 2 * step + shift - before
            x, y = self.x + radius * math.cos(math.radians(at)), self.y + radius * math.sin(math.radians(at))
            turn = (at + 90 + 180) % 360 - 180
            found.append((x, y, turn if -90 <= turn <= 90 else turn - 180 if turn > 0 else turn + 180, words))
        return found


def pitch() -> float:
    """Mm from arc to arc: more where numbers may be set in a wider face."""
    return STEP + max(0.0, lettering.width("88", NUMBER_PT, "bold") - TWO_DIGITS)


def _step(radius: float, row: Sequence[Entry]) -> float:
    """Degrees from one symbol to the next, whose distance is a chord; a larger symbol and a longer number need more."""
    longest = max((lettering.width(entry.label, NUMBER_PT, "bold") for entry in row), default=0.0)
    chord = SLOT + (0.7 if any(entry.sign.scale > 1 for entry in row) else 0.0) + max(0.0, longest - TWO_DIGITS)
    return 2 * math.degrees(math.asin(chord / 2 / radius))


LABEL_SHIFT = 8.5
"""mm expected along each arc for the day's name"""

NAME_PT = 5.8
TWO_DIGITS = 2.55
"""mm of a number for which a slot has room"""



def clearance(axis: float) -> float:
    """See `Fan.clear`; the name stands against the clock from the axis."""
    turn = math.radians(axis)
    return 3.4 * max(0.0, 0.71 * (math.sin(turn) - math.cos(turn)))


def _shift(row: Sequence[Entry]) -> float:
    """Mm an arc gives to its day's name."""
    words = _span(row)
    return _wide(words) + 2.4 if words else 0.0


def _wide(words: str) -> float:
    return lettering.width(words, NAME_PT)


def _span(row: Sequence[Entry]) -> str:
    known = [entry.day for entry in row if entry.day > 0]
    before = "earlier" if any(entry.day == EARLIER for entry in row) else ""
    if not known:
        return before or ("possible" if any(entry.sign.possible for entry in row) else "")
    first, last = days.from_number(min(known)), days.from_number(max(known))
    if first == last or before:
        return ("to " if before else "") + _name(last)
    return f"{first.day if first.month == last.month else _name(first)}\u2013{_name(last)}"


def _name(day: date) -> str:
    return f"{day.day} {['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'][day.month - 1]}"


def fan(x: float, y: float, found: Sequence[Entry], axis: float) -> Fan:
    """The narrowest sector that holds the entries."""
    rows = tuple(tuple(row) for row in arcs(found))
    half = 0.0
    for level, row in enumerate(rows):
        radius = FIRST + level * pitch()
        half = max(half, (len(row) - 1) * _step(radius, row) / 2 + math.degrees((2 * 3.6 + _shift(row) + clearance(axis)) / 2 / radius))
    return Fan(x, y, axis, min(half + 3, WIDEST), FIRST + (len(rows) - 1) * pitch() + REACH, rows)
