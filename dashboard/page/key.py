"""The key: every drawn event with its number, by place; then the numbered sources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dashboard.page import lettering, outlines, symbols
from dashboard.page.groups import Group, ranges
from dashboard.page.rest import Rest, said
from dashboard.page.sheet import Sheet, Z
from dashboard.page.symbols import Sign
from dashboard.scene import Feature, Scene, SourceLine
from dashboard.style import ALARM, INK, SELECTION, TEXT, TEXT_SOFT
from geodata import days

WEAK = frozenset("45")
"""credibilities set bold in red"""


COMMON = frozenset({"range", "border", "borders", "southern", "csto", "valley"})
"""words of places that do not say which one"""


@dataclass(frozen=True)
class Row:
    """One line of the key: a heading, an event, or a line in words."""

    heading: str = ""
    note: str = ""
    event: Feature | None = None
    prefix: str = ""
    """the place, where it has no heading of its own"""

    where: tuple[str, ...] = ()
    """where the events behind it are listed, as `Rest` tells it"""

    crowd: int = 0
    """how many these are"""

    @property
    def events(self) -> int:
        """How many events it tells of."""
        return self.crowd or int(self.event is not None)


def rows(groups: Sequence[Group], bases: Iterable[Feature], unplaced: Sequence[Group], rest: Rest) -> list[Row]:
    """Groups with their headings; places with a single event share one heading. `rest` tells where the events of a crowd are listed."""
    left_out = {id(group) for group in unplaced}
    found: list[Row] = []
    for group in groups:
        if group.form in ("city", "ring", "border") and (len(group.events) > 1 or group.form == "border"):
            note = "no room on the map" if id(group) in left_out else group.note or _days(group.events)
            if group.crowd:
                found.append(Row(group.title, note, where=rest.events(), crowd=len(group.events)))
            else:
                found += [Row(group.title, note if group.on_map else _off(group)), *(Row(event=event) for event in group.events)]
    single = [group for group in groups if group.form in ("city", "ring") and len(group.events) == 1]
    if single:
        found += [Row("Elsewhere" if found else "Places"), *(Row(event=group.events[0], prefix=group.title) for group in single)]
    whole = [group for group in groups if group.form == "whole"]
    if whole:
        found += [Row("Whole countries", "outlined and listed, never a point"), *(Row(event=e, prefix=g.title) for g in whole for e in g.events)]
    for group in groups:
        if group.form == "margin":
            found += [Row(group.title, "listed only"), *(Row(event=event) for event in group.events)]
    names = [base.title for base in bases]
    return [*found, Row("Bases", "; ".join(names))] if names else found


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


def draw_row(sheet: Sheet, row: Row, x: float, y: float, wide: float, setting: Type) -> None:
    """One line with its base line at y."""
    if row.event is not None:
        _event(sheet, row, row.event, x, y, wide, setting)
        return
    heading = lettering.shorten(row.heading, wide * 0.7, setting.pt, "bold")
    end = x + sheet.text(x, y, heading, setting.pt, "bold", colour=INK) + 1.4
    if row.note:
        room = max(wide - (end - x), 8)
        told = said(row.note, row.where, room, setting.pt, "italic") if row.where else row.note
        note = lettering.shorten(told, room, setting.pt, "italic")
        sheet.text(end, y, note, setting.pt, "italic", colour=TEXT_SOFT)


def _event(sheet: Sheet, row: Row, event: Feature, x: float, y: float, wide: float, setting: Type) -> None:
    pt, scale = setting.pt, setting.pt / 6.4
    if "selected" in event.flags:
        sheet.fill(outlines.box(x, y - 2.2 * scale, x + wide, y + 0.75 * scale), SELECTION, Z.PANEL, alpha=0.55)
    sheet.text(x + 4.6 * scale, y, str(event.n or ""), pt, "bold", colour=INK, align=1.0)
    middle = y - 0.33 * pt * lettering.MM_PER_PT
    with sheet.part(f"key {event.id}"):
        symbols.draw(sheet, x + 7.4 * scale, middle, Sign.of(event), symbols.KEY * scale, ring=False)
    end, room = _grade_columns(wide, setting)
    numbers = lettering.shorten(ranges(event.sources), room, pt * 0.95)
    weak = event.grade[1:2] in WEAK
    sheet.text(x + end - room - 1.2, y, event.grade, pt, "bold" if weak else "semibold", colour=ALARM if weak else INK, align=1.0)
    sheet.text(x + end - room, y, numbers, pt * 0.95, colour=TEXT)
    _title(sheet, row, event, x + 9.8 * scale, y, wide - 9.8 * scale - (room + 1.2 + 3.6 * scale), pt)


def _grade_columns(wide: float, setting: Type) -> tuple[float, float]:
    """Right end and width of the column of source numbers."""
    return wide, min(15.5, 0.18 * wide) if setting.columns == 1 else 7.5


def _title(sheet: Sheet, row: Row, event: Feature, x: float, y: float, room: float, pt: float) -> None:
    words = f"{row.prefix}: {event.title}" if row.prefix and not _named(row.prefix, event.title) else event.title
    if event.certainty == "ahead":
        words = f"Ahead: {words}"
    words = lettering.shorten(words, room, pt)
    end = x + sheet.text(x, y, words, pt, colour=INK)
    extra = "; ".join(part for part in (event.when, event.note) if part)
    if extra and room - (end - x) > 12:
        sheet.text(end + 1.2, y, lettering.shorten(extra, room - (end - x) - 1.4, pt * 0.92, "italic"), pt * 0.92, "italic", colour=TEXT_SOFT)


def _named(place: str, title: str) -> bool:
    """Whether a title already says where."""
    said = title.lower()
    return any(len(word) > 3 and word in said for word in place.lower().replace("(", " ").replace("-", " ").split() if word not in COMMON)


def draw_source(sheet: Sheet, source: SourceLine, x: float, y: float, wide: float, setting: Type, year: int) -> None:
    """One source: number, publisher, day (its year if it is not `year`), reliability."""
    pt, scale = setting.pt, setting.pt / 6.0
    sheet.text(x + 3.9 * scale, y, str(source.n), pt, "bold", colour=INK, align=1.0)
    sheet.text(x + wide - 0.5, y, source.reliability, pt, "bold", colour=INK, align=1.0)
    day = f", {short_day(source.published, year)}" if source.published else ", undated"
    room = wide - 5.0 * scale - 3.0
    name = lettering.shorten(source.publisher or source.title, room - lettering.width(day, pt), pt)
    sheet.text(x + 5.0 * scale, y, name + day, pt, colour=TEXT)


def short_day(iso: str, year: int) -> str:
    """`15 Sep`, with the year if it is not `year`; anything but a day as it stands."""
    try:
        day = days.parse(iso)
    except ValueError:
        return iso
    return f"{day.day} {days.MONTHS[day.month - 1][:3]}" + (f" {day.year}" if day.year != year else "")


def bases(scene: Scene) -> Sequence[Feature]:
    """Bases drawn."""
    layer = scene.layer("bases")
    return layer.features if layer else ()
