"""The first pages of a book: what stands on which page, each line a link."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.page import heading, lettering, outlines
from dashboard.page.content import Link
from dashboard.page.layout import Layout, layout
from dashboard.page.paper import paper
from dashboard.page.sheet import Sheet, Z
from dashboard.scene import Scene
from dashboard.style import INK, TEXT, TEXT_SOFT

PT, LEADING, GAP = 8.0, 5.0, 8.0
"""pt; mm from line to line and between columns"""

LEAST_WIDE = 120.0
"""mm of a column"""

DETAIL = 0.55
"""part of a column that what is said of a page may take"""

TOP, SMALL, SMALL_LEADING = 36.0, 5.6, 2.4
"""mm of the first line; pt and mm of the small print"""


@dataclass(frozen=True)
class Entry:
    """One line of the contents."""

    title: str
    counts: str
    pages: int = 1
    """how many it has"""


def sheets(scene: Scene, told: str, entries: Sequence[Entry], size: str) -> list[tuple[Sheet, list[Link]]]:
    """The contents of a book of `entries`, whose pages follow these; `scene` is that of the view behind them, `told` a line in words."""
    plan = layout(paper(size))
    small = _small_print(plan, scene)
    columns = max(1, int((plan.right - plan.left + GAP) // (LEAST_WIDE + GAP)))
    rows = int((plan.banners[1][1] - 4.0 - SMALL_LEADING * len(small) - TOP) // LEADING)
    columns = 1 if len(entries) <= rows else columns
    pages = -(-len(entries) // (columns * rows))
    return [_sheet(plan, scene, told, small, entries, (number, pages), (columns, rows)) for number in range(pages)]


def _sheet(plan: Layout, scene: Scene, told: str, small: list[str], entries: Sequence[Entry], page: tuple[int, int],
           shape: tuple[int, int]) -> tuple[Sheet, list[Link]]:  # fmt: skip
    sheet, (number, pages), (columns, rows) = Sheet(plan.paper), page, shape
    heading.banners(sheet, plan, scene)
    heading.title(sheet, plan, scene)
    sheet.text(plan.left, 25.2, told, PT, "semibold", colour=TEXT)
    of = f"Contents ({number + 1} of {pages})" if pages > 1 else "Contents"
    sheet.text(plan.left, TOP - 5.4, of, 9, "bold", colour=INK)
    sheet.stroke(outlines.segments([(plan.left, TOP - 4.3), (plan.right, TOP - 4.3)]), INK, 0.2, Z.TEXT)
    wide = (plan.right - plan.left - GAP * (columns - 1)) / columns
    links = []
    first = number * columns * rows
    on = pages + sum(entry.pages for entry in entries[:first])
    for place, entry in enumerate(entries[first : first + columns * rows]):
        x, y = plan.left + place // rows * (wide + GAP), TOP + place % rows * LEADING
        _line(sheet, x, y, wide, entry, on + 1)
        links.append(Link(x, y - 3.4, x + wide, y + 1.4, on))
        on += entry.pages
    low = plan.banners[1][1] - 2.0 - SMALL_LEADING * len(small)
    for place, line in enumerate(small):
        sheet.text(plan.left, low + SMALL_LEADING * (place + 0.6), line, SMALL, colour=TEXT)
    return sheet, links


def _line(sheet: Sheet, x: float, y: float, wide: float, entry: Entry, page: int) -> None:
    """Title, counts and page; the title gives way."""
    counts = lettering.shorten(entry.counts, DETAIL * wide, PT * 0.9)
    kept = lettering.width(counts, PT * 0.9)
    sheet.text(x + wide, y, f"{page}", PT, "bold", colour=INK, align=1.0)
    sheet.text(x + wide - 12.0, y, counts, PT * 0.9, colour=TEXT_SOFT, align=1.0)
    end = x + sheet.text(x, y, lettering.shorten(entry.title, wide - kept - 16.0, PT), PT, colour=INK)
    if wide - 12.0 - kept - 2.0 > end - x + 2.0:
        dots = outlines.segments([(end + 2.0, y - 0.4), (x + wide - 14.0 - kept, y - 0.4)])
        sheet.stroke(dots, TEXT_SOFT, 0.22, Z.TEXT, dash=(0.01, 1.4))


def _small_print(plan: Layout, scene: Scene) -> list[str]:
    view = f"View: {scene.view.to_query() or 'default'}"
    return lettering.wrap(" ".join([scene.disclaimer, scene.credits, view]), plan.right - plan.left, SMALL)
