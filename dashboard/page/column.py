"""The column beside the map: key and sources in the largest type that fits; what does not fit is counted, never dropped silently."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from dashboard.page import changed, key, lettering, outlines, told
from dashboard.page.fitting import COLUMN_GAP, Fitting, Lead, Setting, flow, row_leads, width_of_each
from dashboard.page.key import Row, Setter, Type
from dashboard.page.rest import Rest, said
from dashboard.page.sheet import Rect, Sheet, Z
from dashboard.page.theatre import Theatre
from dashboard.scene import Scene
from dashboard.style import INK, TEXT, TEXT_SOFT

HEAD, AFTER = 5.2, 3.6
"""mm: a section's head down to its first base line, and the gap after a section"""

REFERENCE = Type(5.4, 2.2)
REFERENCE_LINES = (6, 3)
"""most lines of background, and on a full page"""


def draw(sheet: Sheet, rect: Rect, scene: Scene, theatre: Theatre, rest: Rest) -> None:
    """Draw key, changes, sources and references into `rect`; `rest` tells where the lines stand that find no room."""
    if scene.dossier:
        told.draw(sheet, rect, scene, scene.dossier)
        return
    left, top, right, _ = rect
    wide = right - left
    others = [base for base in key.bases(scene) if theatre.shows(base) and base not in theatre.towers]
    rows = key.rows(theatre.groups, theatre.towers, others, theatre.unplaced, rest, scene.view.end.year)
    setting = fit(rows, scene, rect)
    references = _background(scene.references, wide, lettering.width("n", 100), setting.references)
    changes = changed.lines(scene, wide)
    y = _head(sheet, rect, top + 3.4, "Key", "" if scene.layer("events") else "the layer of events is off", grade=bool(theatre.groups))
    if not theatre.groups:
        sheet.text(left, y, "No events in this window.", 6.4, "italic", colour=TEXT)
        y += 3
    setter = Setter.of(rows, setting.rows, width_of_each(wide, setting.rows))
    y = _columns(sheet, rows, row_leads(rows, setting.rows, wide)[0], (left, y, wide), setting.rows, setting.row_room, rest.events,
                 lambda row, x, y, _: key.draw_row(sheet, row, x, y, setter))  # fmt: skip
    if changes:
        y = changed.draw(sheet, changes, left, _head(sheet, rect, y + AFTER, changed.heading(scene), ""))
    year = scene.view.end.year
    if scene.sources:
        y = _head(sheet, rect, y + AFTER, "Sources", "of the reports used; letter: reliability")
        leads = [Lead(setting.sources.leading)] * len(scene.sources)
        y = _columns(sheet, scene.sources, leads, (left, y, wide), setting.sources, setting.source_room, rest.sources,
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
    """The types that the column is set in."""
    left, top, right, bottom = rect
    wide, letter = right - left, lettering.width("n", 100)
    changes = len(changed.lines(scene, wide)) if scene.changes else 0
    high = bottom - top - 3.4 - HEAD - (AFTER + HEAD + changes * changed.LEADING if changes else 0) - 0.6
    rooms = [(lines, high - len(_background(scene.references, wide, letter, lines)) * REFERENCE.leading) for lines in REFERENCE_LINES]
    return Fitting(rows, scene.sources, wide, scene.view.end.year).chosen(rooms, AFTER + HEAD)


def _more(items: Sequence) -> str:
    """`and 31 more`; the line of bases, which comes last, is no event."""
    count = sum(item.events if isinstance(item, Row) else 1 for item in items)
    bases = isinstance(items[-1], Row) and not items[-1].events
    return f"and {count:,} more" + (" and the bases" if bases else "")


def _head(sheet: Sheet, rect: Rect, y: float, words: str, note: str, *, grade: bool = False) -> float:
    """A section head on its line; returns the first base line under it."""
    left, _, right, _ = rect
    end = left + sheet.text(left, y, words, 9, "bold", colour=INK)
    sheet.text(end + 2, y, note, 6.4, "italic", colour=TEXT_SOFT)
    if grade:
        sheet.text(right, y, "grade, sources", 5.6, colour=TEXT_SOFT, align=1.0)
    sheet.stroke(outlines.segments([(left, y + 1.1), (right, y + 1.1)]), INK, 0.2, Z.TEXT)
    return y + HEAD - 1.0


def _columns(sheet: Sheet, items: Sequence, leads: Sequence[Lead], place: tuple[float, float, float], setting: Type, room: float,
             where: Callable[[], tuple[str, ...]], draw: Callable) -> float:  # fmt: skip
    """Set items down the columns; what is left over becomes one honest line. Returns the y under the lowest line."""
    left, top, wide = place
    each = width_of_each(wide, setting)
    lowest = top - setting.leading
    columns = flow(leads, room)[: setting.columns]
    shown = sum(map(len, columns))
    for number, column in enumerate(columns):
        x, y = left + number * (each + COLUMN_GAP), top
        for place_in, i in enumerate(column):
            y += leads[i].above if place_in else 0
            if shown < len(items) and i == shown - 1:
                sheet.text(x, y, said(_more(items[i:]), where(), each, setting.pt, "semibold"), setting.pt, "semibold", colour=INK)
            else:
                draw(items[i], x, y, each)
            y += leads[i].high
            lowest = max(lowest, y - setting.leading)
    return lowest + setting.leading
