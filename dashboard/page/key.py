"""The key: every drawn event with its number, by place; then the numbered sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.page import lettering, outlines, symbols
from dashboard.page.entryline import EXTRA, EXTRA_GAP, EntryLine, Laid
from dashboard.page.groups import Group
from dashboard.page.rest import Rest, said
from dashboard.page.sheet import Sheet, Z
from dashboard.page.symbols import Sign
from dashboard.scene import Feature, Scene, SourceLine
from dashboard.style import ALARM, INK, SELECTION, TEXT, TEXT_SOFT
from geodata import days

WEAK = frozenset("45")
"""credibilities set bold in red"""

NUMBERS, MOST_NUMBERS, MOST_ROWS = 0.95, 0.4, 0.6
"""size of the source numbers, of that of the title; the most they take of a row's width; part of the rows whose sources decide the column"""


@dataclass(frozen=True)
class Row:
    """One line of the key: a heading, an event, or a line in words."""

    heading: str = ""
    note: str = ""
    event: Feature | None = None
    where: tuple[str, ...] = ()
    """where the events behind it are listed, as `Rest` tells it"""

    line: EntryLine | None = None
    """of an event"""

    crowd: int = 0
    """how many these are"""

    @property
    def events(self) -> int:
        """How many events it tells of."""
        return self.crowd or int(self.event is not None)


def rows(groups: Sequence[Group], towers: Sequence[Feature], others: Sequence[Feature], unplaced: Sequence[Group], rest: Rest,
         year: int) -> list[Row]:  # fmt: skip
    """Groups with their headings; places with a single event share one heading.

    `towers` are the bases drawn, `others` those the map has no room for; `rest` tells where the events of a crowd are listed; `year` is
    left out of dates.
    """
    left_out = {id(group) for group in unplaced}
    found: list[Row] = []
    for group in groups:
        if group.form in ("city", "ring", "border") and (len(group.events) > 1 or group.form == "border"):
            note = "no room on the map" if id(group) in left_out else group.note or _days(group.events)
            if group.crowd:
                found.append(Row(group.title, note, where=rest.events(), crowd=len(group.events)))
            else:
                found += [Row(group.title, note if group.on_map else _off(group)), *_listed(group, year, said_days=note)]
    single = [group for group in groups if group.form in ("city", "ring") and len(group.events) == 1]
    if single:
        found += [Row("Elsewhere" if found else "Places"), *(row for group in single for row in _listed(group, year, group.title))]
    whole = [group for group in groups if group.form == "whole"]
    if whole:
        found.append(Row("Whole countries", whole[0].note))
        found += [row for group in whole for row in _listed(group, year, group.title)]
    for group in groups:
        if group.form == "margin":
            found += [Row(group.title, "listed only"), *_listed(group, year)]
    told = "; ".join([*(base.title for base in towers), *([f"no room on the map for {len(others)} more"] if others else [])])
    return [*found, Row("Bases", told)] if told else found


def _listed(group: Group, year: int, place: str = "", said_days: str = "") -> list[Row]:
    """A row for each event; `place` is told where the heading does not tell it, dates where they are not `said_days`."""
    return [Row(event=event, line=EntryLine(event, place or group.own.get(event.id, ""), year, said_days)) for event in group.events]


def _off(group: Group) -> str:
    return "off this map" if group.form == "city" else "not on this map"


def _days(events: Sequence[Feature]) -> str:
    """The days of a place's events, when all are known to the day."""
    known = [event.days for event in events if event.days[0] == event.days[1] and event.days[2] == event.days[3]]
    if len(known) < len(events) or not known:
        return ""
    first, last = min(d[0] for d in known), max(d[3] for d in known)
    return days.span_words(days.from_number(first), days.from_number(last)) if abs(first) < days.INF and abs(last) < days.INF else ""


@dataclass(frozen=True)
class Type:
    """How small the rows are set."""

    pt: float
    leading: float
    columns: int = 1
    lines: int = 1
    """most lines of a row"""


@dataclass(frozen=True)
class Setter:
    """Sets the events' lines of a column `wide` mm: number, symbol, title, grade, sources."""

    setting: Type
    wide: float
    numbers: float
    """mm of the sources of most rows; those that have more begin further left"""

    @classmethod
    def of(cls, rows: Sequence[Row], setting: Type, wide: float) -> Setter:
        """As wide a column of sources as most rows need."""
        needed = sorted(row.line.numbers_wide for row in rows if row.line) or [0.0]
        return cls(setting, wide, min(needed[int(MOST_ROWS * (len(needed) - 1))] * NUMBERS * setting.pt, MOST_NUMBERS * wide))

    @property
    def scale(self) -> float:
        """Of symbols and gaps."""
        return self.setting.pt / 6.4

    def sources(self, line: EntryLine) -> float:
        """Mm of a row's sources."""
        return max(self.numbers, min(line.numbers_wide * NUMBERS * self.setting.pt, MOST_NUMBERS * self.wide)) + 0.3

    def laid(self, line: EntryLine) -> Laid:
        """The lines of a title."""
        room = self.wide - 9.8 * self.scale - (self.sources(line) + 1.2 + 4.0 * self.scale)
        return line.laid(room, self.setting.pt, self.setting.lines)


def draw_row(sheet: Sheet, row: Row, x: float, y: float, setter: Setter) -> None:
    """One row with its first base line at y."""
    if row.event is not None:
        _event(sheet, row, x, y, setter)
        return
    wide, pt = setter.wide, setter.setting.pt
    heading = lettering.shorten(row.heading, wide if not row.note else wide * 0.7, pt, "bold")
    end = x + sheet.text(x, y, heading, pt, "bold", colour=INK) + 1.4
    if row.note:
        room = max(wide - (end - x), 8)
        told = _with_where(row, room, pt) if row.where else row.note
        sheet.text(end, y, lettering.shorten(told, room, pt, "italic"), pt, "italic", colour=TEXT_SOFT)


def _with_where(row: Row, room: float, pt: float) -> str:
    """The note and where the rest stands; the note gives way."""
    least = lettering.width(row.where[-1], pt, "italic")
    note = lettering.shorten(row.note, room - least, pt, "italic")
    return said(note, row.where, room, pt, "italic")


def _event(sheet: Sheet, row: Row, x: float, y: float, setter: Setter) -> None:
    event, pt, scale, laid = row.event, setter.setting.pt, setter.scale, setter.laid(row.line)
    if "selected" in event.flags:
        low = y + (laid.high - 1) * setter.setting.leading + 0.75 * scale
        sheet.fill(outlines.box(x, y - 2.2 * scale, x + setter.wide, low), SELECTION, Z.PANEL, alpha=0.55)
    sheet.text(x + 4.6 * scale, y, str(event.n or ""), pt, "bold", colour=INK, align=1.0)
    with sheet.part(f"key {event.id}"):
        symbols.draw(sheet, x + 7.4 * scale, y - 0.33 * pt * lettering.MM_PER_PT, Sign.of(event), symbols.KEY * scale, ring=False)
    weak, end = event.grade[1:2] in WEAK, x + setter.wide - setter.sources(row.line)
    sheet.text(end - 1.2, y, event.grade, pt, "bold" if weak else "semibold", colour=ALARM if weak else INK, align=1.0)
    sheet.text(end, y, lettering.shorten(row.line.numbers, x + setter.wide - end, pt * NUMBERS), pt * NUMBERS, colour=TEXT)
    _title(sheet, laid, x + 9.8 * scale, y, setter.setting)


def _title(sheet: Sheet, laid: Laid, x: float, y: float, setting: Type) -> None:
    """Its lines, then date and note."""
    for number, words in enumerate(laid.lines):
        end = x + sheet.text(x, y + number * setting.leading, words, setting.pt, colour=INK) + EXTRA_GAP
    if laid.extra:
        low = y + (laid.high - 1) * setting.leading
        sheet.text(x if laid.apart else end, low, laid.extra, setting.pt * EXTRA, "italic", colour=TEXT_SOFT)


def cut_source(source: SourceLine, wide: float, setting: Type, year: int) -> int:
    """How many letters `draw_source` leaves out."""
    name, room = source.publisher or source.title, _source_room(wide, setting)
    over = lettering.width(name + _published(source, year), setting.pt) - room
    return round(over / lettering.width("n", setting.pt)) + 1 if over > 0 else 0


def draw_source(sheet: Sheet, source: SourceLine, x: float, y: float, wide: float, setting: Type, year: int) -> None:
    """One source: number, publisher, day (its year if it is not `year`), reliability."""
    pt, scale = setting.pt, setting.pt / 6.0
    sheet.text(x + 3.9 * scale, y, str(source.n), pt, "bold", colour=INK, align=1.0)
    sheet.text(x + wide - 0.5, y, source.reliability, pt, "bold", colour=INK, align=1.0)
    day = _published(source, year)
    name = lettering.shorten(source.publisher or source.title, _source_room(wide, setting) - lettering.width(day, pt), pt)
    sheet.text(x + 5.0 * scale, y, name + day, pt, colour=TEXT)


def _published(source: SourceLine, year: int) -> str:
    return f", {short_day(source.published, year)}" if source.published else ", undated"


def _source_room(wide: float, setting: Type) -> float:
    """Mm for publisher and day."""
    return wide - 5.0 * setting.pt / 6.0 - 2.2


def short_day(iso: str, year: int) -> str:
    """`15 Sep`, with the year if it is not `year`; anything but a day as it stands."""
    try:
        day = days.parse(iso)
    except ValueError:
        return iso
    return f"{day.day} {days.MONTHS[day.month - 1][:3]}" + (f" {day.year}" if day.year != year else "")


def bases(scene: Scene) -> Sequence[Feature]:
    """Bases of the day."""
    layer = scene.layer("bases")
    return layer.features if layer else ()
