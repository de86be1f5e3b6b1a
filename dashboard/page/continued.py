"""The pages after the first one of a PDF: every event and every source in tables, where the column beside the map has no room for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from dashboard import listing
from dashboard.page import content, heading, key, lettering, outlines
from dashboard.page.content import Drawn
from dashboard.page.groups import ranges
from dashboard.page.layout import Layout, layout
from dashboard.page.paper import paper
from dashboard.page.rest import on
from dashboard.page.sheet import Sheet, Z
from dashboard.scene import Feature, Scene
from dashboard.style import ALARM, INK, TEXT, TEXT_SOFT
from geodata.atlas import Atlas

PT, LEADING, PAD = 7.0, 2.95, 1.1
"""pt; mm from line to line, and between rows"""

TOP, HEAD, BETWEEN = 33.0, 7.6, 3.0
"""mm: the first section head, from there down to the first row, and from one table to the next"""

GAP = 2.5
"""mm between columns"""

RULE = "#C9CED2"
"""between rows"""

MOST, MOST_LINES = 5000, 20
"""rows of a table, and lines of a cell"""


@dataclass(frozen=True)
class Column:
    """A column of a table."""

    title: str
    share: float
    """of the width"""

    face: str = "regular"


EVENTS = (Column("", 7, "bold"), Column("Date", 28), Column("Place", 26), Column("What", 52, "semibold"), Column("Who", 46), Column("Blocs", 13),
          Column("Status", 17), Column("Sources", 15), Column("Grade", 9, "bold"))  # fmt: skip
SOURCES = (Column("", 7, "bold"), Column("Publisher", 54, "semibold"), Column("Published", 24), Column("Title", 113), Column("Grade", 10, "bold"))


@dataclass(frozen=True)
class Table:
    """Rows under one head."""

    title: str
    columns: tuple[Column, ...]
    rows: Sequence[tuple[str, ...]]
    note: str = ""


@dataclass
class Placed:
    """A page's part of a table."""

    table: Table
    y: float
    """of the section head"""

    rows: list[list[list[str]]] = field(default_factory=list)
    """cells as lines"""


def tables(scene: Scene, atlas: Atlas) -> list[Table]:
    """Events, the bases drawn with them, and sources."""
    layer = scene.layer("events")
    events, bases = (layer.features if layer else ()), [base.title for base in key.bases(scene)]
    notes = [_left_out(len(events)), f"Bases: {'; '.join(bases)}." if bases else ""]
    cited = [listing.cited(source) for source in scene.sources[:MOST]]
    listed = [
        Table("Events", EVENTS, [_row(event, atlas) for event in events[:MOST]], " ".join(note for note in notes if note)),
        Table("Sources", SOURCES, cited, _left_out(len(scene.sources))),
    ]
    return [table for table in listed if table.rows]


def _left_out(count: int) -> str:
    return f"{count - MOST:,} more are in the exported data." if count > MOST else ""


def _row(event: Feature, atlas: Atlas) -> tuple[str, ...]:
    return (str(event.n or ""), listing.when(event), event.place, event.title, listing.who(event, atlas), listing.blocs(event, atlas),
            event.status, ranges(event.sources), event.grade)  # fmt: skip


class Continuation:
    """What follows the first page, made when that page asks where the rest stands."""

    def __init__(self, scene: Scene, atlas: Atlas, size: str, *, bound: bool) -> None:
        """`bound`: whether the pages will stand in a file with others, so that a number alone would mislead."""
        self._scene, self._atlas, self._of = scene, atlas, " of this step" if bound else ""
        self._plan = layout(paper(size))
        self._asked = False

    def events(self) -> tuple[str, ...]:
        """Where the table of events stands."""
        return self._told(EVENTS)

    def sources(self) -> tuple[str, ...]:
        """Where the table of sources stands."""
        return self._told(SOURCES)

    def _told(self, columns: tuple[Column, ...]) -> tuple[str, ...]:
        self._asked = True
        pages = [number for number, page in enumerate(self._pages, 2) if any(placed.table.columns is columns for placed in page)]
        return on("page", pages[0], pages[-1], self._of)

    @property
    def drawn(self) -> list[Drawn]:
        """The pages; none where nobody asked."""
        return [self._drawn(number, page) for number, page in enumerate(self._pages, 2)] if self._asked else []

    @cached_property
    def _pages(self) -> list[list[Placed]]:
        """The tables one below the other; a head never stands alone."""
        low = self._plan.banners[1][1] - 3.0 - heading.SMALL_LEADING * len(self._small)
        wide = self._plan.right - self._plan.left
        pages: list[list[Placed]] = [[]]
        y = TOP
        for table in tables(self._scene, self._atlas):
            new = True
            for row in [*(_cells(row, table.columns, wide) for row in table.rows), *_noted(table, wide)]:
                above = HEAD if new else 0.0
                if y + above + _high(row) > low and pages[-1]:
                    pages.append([])
                    y, new, above = TOP, True, HEAD
                if new:
                    pages[-1].append(Placed(table, y))
                pages[-1][-1].rows.append(row)
                y, new = y + above + _high(row), False
            y += BETWEEN + LEADING
        return pages

    @cached_property
    def _small(self) -> list[str]:
        said = " ".join([self._scene.disclaimer, *self._scene.notes[-1:]])
        return lettering.wrap(said, self._plan.right - self._plan.left, heading.SMALL_PT)

    def _drawn(self, number: int, page: list[Placed]) -> Drawn:
        sheet = Sheet(self._plan.paper)
        of = f"Page {number} of {len(self._pages) + 1}{self._of}"
        self._frame(sheet, self._plan, of)
        for placed in page:
            _table(sheet, placed, self._plan.left, self._plan.right)
        rows = ["; ".join(" ".join(lines) for lines in row if lines) for placed in page for row in placed.rows]
        return content.drawn(sheet, "\n".join([f"{self._scene.title}, {self._scene.subtitle}. {of}.", *rows]))

    def _frame(self, sheet: Sheet, plan: Layout, of: str) -> None:
        """Marking, title, the page's number, disclaimer."""
        heading.banners(sheet, plan, self._scene)
        heading.title(sheet, plan, self._scene)
        wide = plan.right - plan.left - lettering.width(of, 8.0, "semibold") - 4.0
        sheet.text(plan.left, 25.2, lettering.shorten(self._scene.as_of_line, wide, 8.0, "semibold"), 8.0, "semibold", colour=TEXT)
        sheet.text(plan.right, 25.2, of, 8.0, "semibold", colour=TEXT, align=1.0)
        low = plan.banners[1][1] - 1.6
        for line, words in enumerate(reversed(self._small)):
            sheet.text(plan.left, low - line * heading.SMALL_LEADING, words, heading.SMALL_PT, colour=TEXT)


def _noted(table: Table, wide: float) -> list[list[list[str]]]:
    """The table's note as a row of one cell."""
    return [[lettering.wrap(table.note, wide, PT, "italic")]] if table.note else []


def _places(columns: Sequence[Column], wide: float) -> list[tuple[float, float]]:
    """Left end of each column and its width."""
    unit = (wide - GAP * (len(columns) - 1)) / sum(column.share for column in columns)
    places, x = [], 0.0
    for column in columns:
        places.append((x, column.share * unit))
        x += column.share * unit + GAP
    return places


def _cells(row: Sequence[str], columns: Sequence[Column], wide: float) -> list[list[str]]:
    """The lines of each cell; what is longer than any title may be is cut."""
    cells = []
    for text, column, (_, room) in zip(row, columns, _places(columns, wide), strict=True):
        lines = lettering.wrap(text, room, PT, column.face)
        if len(lines) > MOST_LINES:
            lines = [*lines[: MOST_LINES - 1], lettering.shorten(" ".join(lines[MOST_LINES - 1 :]), room, PT, column.face)]
        cells.append(lines)
    return cells


def _high(row: Sequence[Sequence[str]]) -> float:
    return max(map(len, row), default=1) * LEADING + PAD


def _table(sheet: Sheet, placed: Placed, left: float, right: float) -> None:
    columns, places = placed.table.columns, _places(placed.table.columns, right - left)
    sheet.text(left, placed.y, placed.table.title, 9, "bold", colour=INK)
    for column, (x, _) in zip(columns[1:], places[1:], strict=True):
        sheet.text(left + x, placed.y + 3.6, column.title, 5.8, "italic", colour=TEXT_SOFT)
    sheet.stroke(outlines.segments([(left, placed.y + 4.5), (right, placed.y + 4.5)]), INK, 0.2, Z.TEXT)
    y = placed.y + HEAD
    for row in placed.rows:
        _written(sheet, row, columns, [left + x for x, _ in places], y)
        y += _high(row)
        rule = y - LEADING + 0.35
        sheet.stroke(outlines.segments([(left, rule), (right, rule)]), RULE, 0.1, Z.TEXT)


def _written(sheet: Sheet, row: Sequence[Sequence[str]], columns: Sequence[Column], places: Sequence[float], y: float) -> None:
    """A row; a note, which is one cell, in italics."""
    for number, lines in enumerate(row):
        face = columns[number].face if len(row) == len(columns) else "italic"
        weak = columns is EVENTS and number == len(columns) - 1 and "".join(lines)[1:2] in key.WEAK
        for line, words in enumerate(lines):
            sheet.text(places[number], y + line * LEADING, words, PT, face, colour=ALARM if weak else INK)
