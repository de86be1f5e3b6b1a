"""The column beside the map: key and sources in the largest type that fits; what does not fit is counted, never dropped silently."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from dashboard.page import changed, key, lettering, outlines, told
from dashboard.page.key import Row, Type
from dashboard.page.sheet import Rect, Sheet, Z
from dashboard.page.theatre import Theatre
from dashboard.scene import Scene
from dashboard.style import INK, TEXT, TEXT_SOFT

ROWS = tuple(Type(pt, lead, n) for pt, lead in ((6.4, 2.82), (6.0, 2.62), (5.6, 2.42), (5.2, 2.14)) for n in (1, 2, 3))
SOURCES = tuple(Type(pt, lead, n) for pt, lead in ((6.0, 2.4), (5.6, 2.25), (5.2, 2.06)) for n in (2, 3, 4))
"""type of the key and of the sources, the most legible first"""

LEAST_WIDE = {6.4: 72.0, 6.0: 66.0, 5.6: 42.0, 5.2: 40.0}
LEAST_SOURCE = {6.0: 38.0, 5.6: 34.0, 5.2: 29.0}
"""mm a column must have at a size of type"""

HEAD, AFTER = 5.2, 3.6
"""mm: a section's head down to its first base line, and the gap after a section"""

ABOVE = 0.3
"""extra leading above a heading, in leadings"""

REFERENCE = Type(5.4, 2.2)
REFERENCE_LINES = (6, 3)
"""most lines of background, and on a full page"""


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


def draw(sheet: Sheet, rect: Rect, scene: Scene, theatre: Theatre) -> None:
    """Draw key, changes, sources and references into `rect`."""
    if scene.dossier:
        told.draw(sheet, rect, scene, scene.dossier)
        return
    left, top, right, _ = rect
    wide = right - left
    rows = key.rows(theatre.groups, [base for base in key.bases(scene) if theatre.shows(base)], theatre.unplaced)
    setting = fit(rows, scene, rect)
    references = _background(scene.references, wide, lettering.width("n", 100), setting.references)
    changes = changed.lines(scene, wide)
    y = _head(sheet, rect, top + 3.4, "Key", "" if scene.layer("events") else "the layer of events is off", grade=bool(theatre.groups))
    if not theatre.groups:
        sheet.text(left, y, "No events in this window.", 6.4, "italic", colour=TEXT)
        y += 3
    y = _columns(sheet, rows, (left, y, wide), setting.rows, setting.row_room,
                 lambda row, x, y, each: key.draw_row(sheet, row, x, y, each, setting.rows))  # fmt: skip
    if changes:
        y = changed.draw(sheet, changes, left, _head(sheet, rect, y + AFTER, changed.heading(scene), ""))
    year = scene.view.end.year
    if scene.sources:
        y = _head(sheet, rect, y + AFTER, "Sources", "of the reports used; letter: reliability")
        y = _columns(sheet, scene.sources, (left, y, wide), setting.sources, setting.source_room,
                     lambda source, x, y, each: key.draw_source(sheet, source, x, y, each, setting.sources, year))  # fmt: skip
    for i, line in enumerate(references):
        sheet.text(left, y + 0.8 + i * REFERENCE.leading, line, REFERENCE.pt, colour=TEXT)


@lru_cache(maxsize=16)
def _background(references: tuple[str, ...], wide: float, _letter: float, most: int) -> tuple[str, ...]:
    """The background facts' sources in `most` lines, each fact with as many as that leaves room for.

    `_letter`: width of a letter, which is not the same for every format.
    """
    if not references:
        return ()
    for names in (99, 12, 8, 6, 5, 4, 3, 2, 1):
        lines = lettering.wrap("Background: " + "; ".join(_first(reference, names) for reference in references) + ".", wide, REFERENCE.pt)
        if len(lines) <= most:
            return tuple(lines)
    return (*lines[: most - 1], lettering.shorten(" ".join(lines[most - 1 :]), wide, REFERENCE.pt))


def _first(reference: str, most: int) -> str:
    """`Members: TASS, Khovar and 12 more`."""
    what, _, told = reference.partition(": ")
    names = told.split(", ")
    return reference if len(names) <= most + 1 else f"{what}: {', '.join(names[:most])} and {len(names) - most} more"


def fit(rows: Sequence[Row], scene: Scene, rect: Rect) -> Setting:
    """The most legible pair of types that fits; if none does, the smallest, the rest shared out."""
    left, top, right, bottom = rect
    wide, count, letter = right - left, len(scene.sources), lettering.width("n", 100)
    changes = len(changed.lines(scene, wide)) if scene.changes else 0
    high = bottom - top - 3.4 - HEAD - (AFTER + HEAD + changes * changed.LEADING if changes else 0) - 0.6
    for lines, (row, source) in product(REFERENCE_LINES, _pairs(wide)):
        room = high - len(_background(scene.references, wide, letter, lines)) * REFERENCE.leading
        need = _high(rows, row) + (AFTER + HEAD + _high(scene.sources, source) if count else 0)
        if need <= room:
            return Setting(row, source, _high(rows, row), _high(scene.sources, source), lines)
    row, source = _pairs(wide)[-1]
    room -= AFTER + HEAD
    share = min(_high(scene.sources, source), max(0.4 * room, room - _high(rows, row)))
    return Setting(row, source, room - share, share, REFERENCE_LINES[-1], whole=False)


def _pairs(wide: float) -> list[tuple[Type, Type]]:
    """Types of rows and sources, both sinking together."""
    rows = [row for row in ROWS if row.columns == 1 or wide / row.columns >= LEAST_WIDE[row.pt]]
    sources = [source for source in SOURCES if source.columns == 2 or wide / source.columns >= LEAST_SOURCE[source.pt]]
    return sorted(product(rows, sources), key=lambda pair: rows.index(pair[0]) + 0.9 * sources.index(pair[1]))


def _leads(items: Sequence, setting: Type) -> list[float]:
    """Height of each line."""
    return [setting.leading * (1 + ABOVE if isinstance(item, Row) and item.heading and i else 1) for i, item in enumerate(items)]


def _high(items: Sequence, setting: Type) -> float:
    """Height of the fullest column when the items are shared out evenly."""
    leads = _leads(items, setting)
    low = sum(leads) / setting.columns
    while len(_flow(leads, low)) > setting.columns:
        low += setting.leading / 4
    return low + 0.01 if leads else 0.0


def _flow(leads: Sequence[float], room: float) -> list[list[int]]:
    """Indices of the lines of each column; a heading, whose lead is larger, never stands last."""
    columns: list[list[int]] = [[]]
    used, least = 0.0, min(leads, default=0.0)
    for i, lead in enumerate(leads):
        following = leads[i + 1] if lead > least and i + 1 < len(leads) else 0.0
        if used + lead + following > room + 1e-6 and columns[-1]:
            columns.append([])
            used = 0.0
        used += lead
        columns[-1].append(i)
    return columns


def _head(sheet: Sheet, rect: Rect, y: float, words: str, note: str, *, grade: bool = False) -> float:
    """A section head on its line; returns the first base line under it."""
    left, _, right, _ = rect
    end = left + sheet.text(left, y, words, 9, "bold", colour=INK)
    sheet.text(end + 2, y, note, 6.4, "italic", colour=TEXT_SOFT)
    if grade:
        sheet.text(right, y, "grade, sources", 5.6, colour=TEXT_SOFT, align=1.0)
    sheet.stroke(outlines.segments([(left, y + 1.1), (right, y + 1.1)]), INK, 0.2, Z.TEXT)
    return y + HEAD - 1.0


def _columns(sheet: Sheet, items: Sequence, place: tuple[float, float, float], setting: Type, room: float, draw: Callable) -> float:
    """Set items down the columns; what is left over becomes one honest line. Returns the y under the lowest line."""
    left, top, wide = place
    gap = 3.0 if setting.columns > 1 else 0.0
    each = (wide - gap * (setting.columns - 1)) / setting.columns
    leads = _leads(items, setting)
    lowest = top - setting.leading
    columns = _flow(leads, room)
    shown = sum(len(column) for column in columns[: setting.columns])
    for number, column in enumerate(columns[: setting.columns]):
        x, y = left + number * (each + gap), top
        for place_in, i in enumerate(column):
            y += leads[i] - setting.leading if place_in else 0
            if shown < len(items) and i == shown - 1:
                left_out = sum(1 for item in items[i:] if not isinstance(item, Row) or item.event is not None)
                sheet.text(x, y, f"and {left_out} more, in the table", setting.pt, "semibold", colour=INK)
            else:
                draw(items[i], x, y, each)
            lowest = max(lowest, y)
            y += setting.leading
    return lowest + setting.leading
