"""Which type the column beside the map is set in: of what fits, that which cuts the fewest letters, then the most legible."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import NamedTuple

from dashboard.page.key import Row, Setter, Type, cut_source
from dashboard.scene import SourceLine

ROWS = tuple(Type(pt, lead, n, lines) for pt, lead in ((6.4, 2.82), (6.0, 2.62), (5.6, 2.42), (5.2, 2.14)) for n in (1, 2, 3) for lines in (2, 1))
SOURCES = tuple(Type(pt, lead, n) for pt, lead in ((6.0, 2.4), (5.6, 2.25), (5.2, 2.06)) for n in (2, 3, 4))
"""type of the key and of the sources, the most legible first"""

LEAST_WIDE = {6.4: 72.0, 6.0: 66.0, 5.6: 42.0, 5.2: 40.0}
LEAST_SOURCE = {6.0: 38.0, 5.6: 34.0, 5.2: 29.0}
"""mm a column must have at a size of type"""

COLUMN_GAP = 3.0
"""mm between columns of the key"""

ABOVE = 0.3
"""extra leading above a heading, in leadings"""

ALIKE = 0.02
"""part of all letters by which two settings may differ and count as cutting the same"""


class Lead(NamedTuple):
    """The height of one item in a column, mm."""

    high: float
    above: float = 0.0
    """more, unless it stands first"""

    bound: bool = False
    """whether the next one must stand in the same column: a heading"""


@dataclass(frozen=True)
class Setting:
    """Types chosen and room shared out."""

    rows: Type
    sources: Type
    row_room: float
    source_room: float
    """mm"""

    references: int
    whole: bool = True
    """whether everything fits"""


@dataclass(frozen=True)
class Listing:
    """Items to be set in columns, each measured once for each type."""

    leads: tuple[Lead, ...]
    high: float
    """mm of the fullest column when they are shared out evenly"""

    cut: float
    """letters left out"""


def listing(leads: Sequence[Lead], columns: int, step: float, cut: float) -> Listing:
    """Items shared out over columns; `step` mm decides how exactly."""
    low = sum(lead.high + lead.above for lead in leads) / columns
    while len(flow(leads, low)) > columns:
        low += step
    return Listing(tuple(leads), low + 0.01 if leads else 0.0, cut)


def flow(leads: Sequence[Lead], room: float) -> list[list[int]]:
    """Indices of the items of each column; a heading never stands last."""
    columns: list[list[int]] = [[]]
    used = 0.0
    for i, lead in enumerate(leads):
        above = lead.above if columns[-1] else 0.0
        following = leads[i + 1].high if lead.bound and i + 1 < len(leads) else 0.0
        if used + above + lead.high + following > room + 1e-6 and columns[-1]:
            columns.append([])
            used = above = 0.0
        used += above + lead.high
        columns[-1].append(i)
    return columns


class Fitting:
    """The choice for a column `wide` mm."""

    def __init__(self, rows: Sequence[Row], sources: Sequence[SourceLine], wide: float, year: int) -> None:
        self._rows, self._sources, self._wide, self._year = rows, sources, wide, year
        self._known: dict[Type, Listing] = {}

    def chosen(self, rooms: Sequence[tuple[int, float]], between: float) -> Setting:
        """`rooms`: most lines of background and the mm left for rows and sources, tried in turn; `between` mm lie between those two."""
        gap = between if self._sources else 0.0
        least = min(listed.high for listed in self._set_sources.values()) + gap
        for references, room in rooms:
            listed = {r: self._set_rows(r) for r in self._row_types if len(self._rows) * r.leading / r.columns + least <= room}
            fitting = [(r, s) for r, s in product(listed, self._set_sources) if listed[r].high + gap + self._set_sources[s].high <= room]
            if fitting:
                row, source = self._best(fitting)
                return Setting(row, source, self._set_rows(row).high, self._set_sources[source].high, references)
        return self._shared(rooms[-1][0], room - between)

    def _best(self, pairs: Sequence[tuple[Type, Type]]) -> tuple[Type, Type]:
        """The most legible of those that cut about as little as any."""
        letters = sum(len(row.event.title) for row in self._rows if row.event) + 10 * len(self._sources)
        cut = {pair: self._set_rows(pair[0]).cut + self._set_sources[pair[1]].cut / 2 for pair in pairs}
        least = min(cut.values()) + ALIKE * letters
        return min((pair for pair in pairs if cut[pair] <= least), key=lambda pair: ROWS.index(pair[0]) + 1.8 * SOURCES.index(pair[1]))

    def _shared(self, references: int, room: float) -> Setting:
        """The smallest types, the room shared out so that the most letters of the key stand there."""
        source = list(self._set_sources)[-1]

        def _lost(row: Type) -> float:
            listed = self._set_rows(row)
            shown = sum(map(len, flow(listed.leads, self._row_room(row, source, room))[: row.columns]))
            return listed.cut * shown / max(len(self._rows), 1) + 60 * (len(self._rows) - shown)

        row = min((row for row in self._row_types if row.pt == ROWS[-1].pt), key=_lost)
        row_room = self._row_room(row, source, room)
        return Setting(row, source, row_room, room - row_room, references, whole=False)

    def _row_room(self, row: Type, source: Type, room: float) -> float:
        return room - min(self._set_sources[source].high, max(0.4 * room, room - self._set_rows(row).high))

    @cached_property
    def _row_types(self) -> list[Type]:
        return [setting for setting in ROWS if self._holds(setting, 1, LEAST_WIDE)]

    def _set_rows(self, setting: Type) -> Listing:
        if setting not in self._known:
            leads, cut = row_leads(self._rows, setting, self._wide)
            self._known[setting] = listing(leads, setting.columns, setting.leading / 4, cut)
        return self._known[setting]

    @cached_property
    def _set_sources(self) -> dict[Type, Listing]:
        return {setting: self._cited(setting) for setting in SOURCES if self._holds(setting, 2, LEAST_SOURCE)}

    def _holds(self, setting: Type, always: int, least: dict[float, float]) -> bool:
        return setting.columns == always or self._wide / setting.columns >= least[setting.pt]

    def _cited(self, setting: Type) -> Listing:
        each = width_of_each(self._wide, setting)
        cut = sum(cut_source(source, each, setting, self._year) for source in self._sources)
        return listing([Lead(setting.leading)] * len(self._sources), setting.columns, setting.leading / 4, cut)


def width_of_each(wide: float, setting: Type) -> float:
    """Mm of one of its columns."""
    return (wide - COLUMN_GAP * (setting.columns - 1)) / setting.columns


def row_leads(rows: Sequence[Row], setting: Type, wide: float) -> tuple[list[Lead], float]:
    """Height of each row, and the letters that all of them leave out."""
    setter = Setter.of(rows, setting, width_of_each(wide, setting))
    leads, cut = [], 0.0
    for number, row in enumerate(rows):
        if row.line:
            laid = setter.laid(row.line)
            leads.append(Lead(laid.high * setting.leading))
            cut += laid.cut
        else:
            leads.append(Lead(setting.leading, ABOVE * setting.leading if number and row.heading else 0.0, bound=bool(row.heading) and not row.crowd))
    return leads, cut

