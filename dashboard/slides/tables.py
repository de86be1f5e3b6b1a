"""The deck's tables: every event with what, when, where, who and who says so; and what changed. Long ones go on on further slides."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.oxml.ns import qn
from pptx.slide import Slide
from pptx.util import Emu

from dashboard import listing, words
from dashboard.page import lettering
from dashboard.page.groups import ranges
from dashboard.page.key import bases
from dashboard.page.paper import NAMED, SLIDE
from dashboard.scene import Feature, Scene
from dashboard.slides import drawn
from dashboard.style import INK, TEXT
from geodata import days
from geodata.atlas import Atlas

EMU = 36000
PT, HEAD_PT, TITLE_PT = 10.0, 9.0, 20.0
TOP, BOTTOM, SIDE, BANNER = 28.0, 178.0, 12.0, 7.0
"""mm on the slide"""

PAD, LEADING = 1.5, 1.22
"""mm inside a cell at the sides, and the height of a line in em"""

MOST, MOST_LINES = 400, 4
"""events listed, and lines of a cell"""

SPARE = 1 / 1.25
"""part of a cell's width that is filled, so that a wider face than ours still fits"""


_PARTY = re.compile(r"([^\s,()]+) \(([^()]*)\)")
"""a participant as changes tell it: `TJK (chair, in_person)`"""


@dataclass(frozen=True)
class Column:
    """A column of a table."""

    title: str
    wide: float
    """mm"""

    bold: bool = False


EVENTS = (Column("", 11, True), Column("Date", 43), Column("Place", 46), Column("What", 92, True), Column("Who", 78), Column("Sources", 28),
          Column("Grade", 16))  # fmt: skip
SOURCES = (Column("", 11, True), Column("Publisher", 78, True), Column("Published", 34), Column("Title", 175), Column("Grade", 16))
CHANGES = (Column("Change", 44, True), Column("Event", 110, True), Column("Before", 80), Column("Now", 80))


def events(deck: Presentation, scene: Scene, atlas: Atlas) -> None:
    """The numbered table, with the events' summaries as notes; the last slide names the bases and says how many events are missing."""
    features, left = _listed(scene)
    under = [f"{left:,} more events are not on these slides: they are in the exported data."] if left else []
    under += [f"Bases: {'; '.join(base.title for base in found)}."] if (found := bases(scene)) else []
    for slide, first, page in pages(deck, scene, "Events", EVENTS, event_rows(scene, atlas)):
        told = [f"{event.n} {event.title}: {event.summary}" for event in features[first : first + page] if event.summary]
        more = under if first + page == len(features) else []
        if more:
            _remark(slide, " ".join(more))
        note(slide, "\n".join([*told, *more]))


def event_rows(scene: Scene, atlas: Atlas) -> list[tuple[str, ...]]:
    """The events as rows."""
    return [(str(event.n), listing.when(event), event.place, event.title, listing.who(event, atlas), ranges(event.sources), event.grade)
            for event in _listed(scene)[0]]  # fmt: skip


def _listed(scene: Scene) -> tuple[list[Feature], int]:
    """The events that find room, and how many do not."""
    layer = scene.layer("events")
    return (list(layer.features[:MOST]), max(0, len(layer.features) - MOST)) if layer else ([], 0)


def sources(deck: Presentation, scene: Scene) -> None:
    """The numbered sources."""
    rows = source_rows(scene)
    left = len(scene.sources) - len(rows)
    for slide, first, page in pages(deck, scene, "Sources", SOURCES, rows):
        told = f"{left:,} more sources are not on these slides: they are in the exported data." if left and first + page == len(rows) else ""
        if told:
            _remark(slide, told)
        note(slide, told)


def source_rows(scene: Scene) -> list[tuple[str, ...]]:
    """The sources as rows."""
    return [listing.cited(source) for source in scene.sources[:MOST]]


def _remark(slide: Slide, text: str) -> None:
    """A line under the table, cut where it has no room; the notes hold all of it."""
    text = lettering.shorten(text, (NAMED[SLIDE][0] - 2 * SIDE) * SPARE, HEAD_PT, "regular")
    box = slide.shapes.add_textbox(*(Emu(round(mm * EMU)) for mm in (SIDE - 4, BOTTOM - 1.0, NAMED[SLIDE][0] - 2 * SIDE + 8, 5.0)))
    box.name = "remark"
    _set(box.text_frame, text, HEAD_PT, TEXT, bold=False, align="l")


def changes(deck: Presentation, scene: Scene, atlas: Atlas) -> None:
    """What reads differently since the compared day; no slide when nothing does."""
    rows = []
    for change in scene.changes[:MOST]:
        fields = [_field(field, atlas) for field in change.fields if field[0] != "summary"]
        before, now = ("; ".join(f"{name}: {values[i] or 'none'}" for name, *values in fields) for i in (0, 1))
        rows.append((", ".join(change.what), change.title, before, now))
    if rows:
        day = f" since {words_of(scene)}" if scene.view.since else ""
        for slide, _, _ in pages(deck, scene, f"Changed{day}", CHANGES, rows):
            note(slide, f"{words.count(len(scene.changes), 'event')} changed{day}.")


def _field(field: tuple[str, str, str], atlas: Atlas) -> tuple[str, str, str]:
    """A changed field in few words: of the participants those that only one side has, by their short names."""
    name, before, now = field
    if name != "participants":
        return field
    sides = [_PARTY.findall(text) for text in (before, now)]
    told = [[_took_part(code, how, atlas) for code, how in side if (code, how) not in other] for side, other in (sides, sides[::-1])]
    return name, ", ".join(told[0]) or "without these", ", ".join(told[1]) or "without these"


def _took_part(code: str, how: str, atlas: Atlas) -> str:
    modes = listing.mode_names(atlas)
    told = ", ".join(modes.get(mode, mode) for mode in how.split(", ") if mode != "party")
    return listing.short_name(atlas, code) + (f" ({told})" if told else "")


def words_of(scene: Scene) -> str:
    """The compared day in words."""
    return days.words(scene.view.since)


def spoken(scene: Scene) -> str:
    """Speaker notes of the map: what it shows, in the order of time, and what must be said with it."""
    return "\n".join([f"{scene.as_of_line} {scene.counts_line}", *scene.chronology, *scene.notes, scene.disclaimer, scene.credits])


def pages(
    deck: Presentation, scene: Scene, title: str, columns: Sequence[Column], rows: Sequence[tuple[str, ...]]
) -> Iterator[tuple[Slide, int, int]]:
    """Slides for the rows: each with the number of its first row and how many it has."""
    found = split(rows, columns)
    first = 0
    for number, page in enumerate(found, 1):
        slide = deck.slides.add_slide(deck.slide_layouts.get_by_name("Title Only"))
        of = f" ({number} of {len(found)})" if len(found) > 1 else ""
        _frame(slide, scene, f"{title}, {scene.subtitle}{of}")
        _table(slide, columns, page)
        yield slide, first, len(page)
        first += len(page)


def note(slide: Slide, text: str) -> None:
    """Speaker notes."""
    slide.notes_slide.notes_text_frame.text = drawn.legal(text)


def _cells(row: tuple[str, ...], columns: Sequence[Column]) -> list[list[str]]:
    """The lines of each cell of a row, the last one cut where there are too many."""
    cells = []
    for text, column in zip(row, columns, strict=True):
        room, face = (column.wide - 2 * PAD) * SPARE, "bold" if column.bold else "regular"
        lines = lettering.wrap(text, room, PT, face)
        if len(lines) > MOST_LINES:
            lines = [*lines[: MOST_LINES - 1], lettering.shorten(" ".join(lines[MOST_LINES - 1 :]), room, PT, face)]
        cells.append(lines)
    return cells


def split(rows: Sequence[tuple[str, ...]], columns: Sequence[Column]) -> list[list[list[list[str]]]]:
    """Rows by slide, each cell as its lines."""
    found: list[list[list[list[str]]]] = []
    used = 0.0
    for row in (_cells(texts, columns) for texts in rows):
        if not found or used + _high(row) > BOTTOM - TOP:
            found.append([])
            used = 8.0
        found[-1].append(row)
        used += _high(row)
    return found


def _high(row: list[list[str]]) -> float:
    """Mm."""
    return max(len(lines) for lines in row) * PT * LEADING * lettering.MM_PER_PT + 2.0


def _frame(slide: Slide, scene: Scene, title: str) -> None:
    """Banners and title."""
    wide, high = NAMED[SLIDE]
    for number, top in enumerate((5.0, high - 5.0 - BANNER)):
        box = slide.shapes.add_textbox(*(Emu(round(mm * EMU)) for mm in (SIDE - 4, top, wide - 2 * SIDE + 8, BANNER)))
        box.name = f"banner {number + 1}"
        box.fill.solid()
        box.fill.fore_color.rgb = RGBColor(0, 0, 0)
        _set(box.text_frame, scene.marking, 13, "#FFFFFF", bold=True, align="r")
    shown = lettering.shorten(title, (wide - 2 * SIDE) * SPARE, TITLE_PT, "bold")
    heading = slide.shapes.title
    heading._element.getparent().append(heading._element)
    heading.left, heading.top, heading.width, heading.height = (Emu(round(mm * EMU)) for mm in (SIDE - 4, 14.0, wide - 2 * SIDE + 8, 12.0))
    _set(heading.text_frame, shown, TITLE_PT, INK, bold=True, align="l")


def _set(frame, text: str, pt: float, colour: str, *, bold: bool, align: str) -> None:
    body = drawn.element(
        f'<p:txBody><a:bodyPr wrap="square" lIns="54000" tIns="0" rIns="54000" bIns="0" anchor="ctr"><a:noAutofit/></a:bodyPr><a:lstStyle/>'
        f'<a:p><a:pPr algn="{align}"/>{drawn.run(text, pt, bold=bold, colour=colour)}</a:p></p:txBody>'
    )
    frame._element.getparent().replace(frame._element, body)


def _table(slide: Slide, columns: Sequence[Column], rows: Sequence[Sequence[Sequence[str]]]) -> None:
    wide = sum(column.wide for column in columns)
    left, top = (NAMED[SLIDE][0] - wide) / 2, TOP
    frame = slide.shapes.add_table(len(rows) + 1, len(columns), *(Emu(round(mm * EMU)) for mm in (left, top, wide, 8.0)))
    frame.name = "table"
    table = frame.table
    table.horz_banding = False
    for place, column in enumerate(columns):
        table.columns[place].width = Emu(round(column.wide * EMU))
    heads = [[column.title] for column in columns]
    for place, (row, drawn_row) in enumerate(zip([heads, *rows], table._tbl.tr_lst, strict=True)):
        drawn_row.h = Emu(round((8.0 if not place else _high(row)) * EMU))
        for cell, lines, column in zip(drawn_row.tc_lst, row, columns, strict=True):
            _fill_cell(cell, lines, column, head=not place)


def _fill_cell(cell, lines: Sequence[str], column: Column, *, head: bool) -> None:
    """Text and a rule under it; the words wrap by themselves when they are edited."""
    text = drawn.run(" ".join(lines), HEAD_PT if head else PT, bold=head or column.bold, colour=TEXT if head else INK) if lines else ""
    end = f'<a:endParaRPr lang="en-GB" sz="{round(100 * PT)}"/>'  # else an empty cell is as high as the deck's large type
    spacing = '<a:pPr algn="l"><a:lnSpc><a:spcPct val="95000"/></a:lnSpc></a:pPr>'
    body = drawn.element(f"<a:txBody><a:bodyPr/><a:lstStyle/><a:p>{spacing}{text}{end}</a:p></a:txBody>")
    cell.replace(cell.find(qn("a:txBody")), body)
    for old in cell.findall(qn("a:tcPr")):
        cell.remove(old)
    none, pad = "".join(f'<a:{side} w="0"><a:noFill/></a:{side}>' for side in ("lnL", "lnR", "lnT")), round(PAD * EMU)
    width, colour, anchor = (12700, INK[1:], "b") if head else (6350, "C9CED2", "t")
    rule = f'<a:lnB w="{width}"><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill></a:lnB>'
    cell.append(drawn.element(f'<a:tcPr marL="{pad}" marR="{pad}" marT="18000" marB="18000" anchor="{anchor}">{none}{rule}<a:noFill/></a:tcPr>'))

