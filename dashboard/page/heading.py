"""Banner, title, as-of line and counts; and the small print at the foot."""

from __future__ import annotations

from bisect import bisect_right

from dashboard.page import lettering, outlines
from dashboard.page.layout import Layout
from dashboard.page.sheet import Sheet, Z
from dashboard.scene import Scene
from dashboard.style import INK, TEXT

TITLE = "title"
"""part of the sheet that holds the title"""

SMALL_PT, SMALL_LEADING = 5.6, 2.3
LEAST_PT = 5.0
VIEW_ROWS = 2
"""rows of small print that the View may add to what must be said"""

LETTERS_PER_MM = 3.5
"""at most, in the smallest type"""

CUT = "\u2026 (whole in the file's metadata)"


def banners(sheet: Sheet, layout: Layout, scene: Scene) -> None:
    """The marking, at the top and at the bottom."""
    words = ("Panj briefing page", scene.marking_meaning)
    for (left, top, right, bottom), said in zip(layout.banners, words, strict=True):
        with sheet.part("banner"):
            sheet.fill(outlines.box(left, top, right, bottom), "#000000", Z.FRAME)
        sheet.text(left + 2, top + 3.75, said, 7.4, colour="#FFFFFF")
        sheet.text(right - 2, bottom - 1.4, scene.marking, 12, "bold", colour="#FFFFFF", align=1.0)


def title(sheet: Sheet, layout: Layout, scene: Scene) -> None:
    """Title and window; the title gives way, the window never."""
    left, wide = layout.left, layout.right - layout.left
    for pt in (16.0, 14.5, 13.0, 11.5, 10.0):
        window = lettering.width(scene.subtitle, pt)
        if lettering.width(scene.title, pt, "bold") + 4 + window <= wide:
            with sheet.part(TITLE):
                end = left + sheet.text(left, 19.3, scene.title, pt, "bold", colour=INK)
            sheet.text(end + 3.4, 19.3, scene.subtitle, pt, colour=TEXT)
            return
    _long_title(sheet, layout, scene, wide)


def _long_title(sheet: Sheet, layout: Layout, scene: Scene, wide: float) -> None:
    """Two lines."""
    pt = 9.0
    room = wide - lettering.width(scene.subtitle, pt) - 4
    first, *rest = lettering.wrap(scene.title, room, pt, "bold")
    with sheet.part(TITLE):
        sheet.text(layout.left, 15.6, first, pt, "bold", colour=INK)
    sheet.text(layout.right, 15.6, scene.subtitle, pt, colour=TEXT, align=1.0)
    second = lettering.shorten(" ".join(rest), wide, pt, "bold")
    with sheet.part(TITLE):
        sheet.text(layout.left, 19.7, second, pt, "bold", colour=INK)


def lines(sheet: Sheet, layout: Layout, scene: Scene) -> None:
    """As of and known on at the left, counts at the right; smaller if they are long."""
    for pt in (8.0, 7.4, 6.8, 6.2):
        if lettering.width(scene.as_of_line, pt, "semibold") + lettering.width(scene.counts_line, pt, "semibold") + 6 <= layout.right - layout.left:
            break
    room = layout.right - layout.left - lettering.width(scene.as_of_line, pt, "semibold") - 6
    sheet.text(layout.left, 25.2, scene.as_of_line, pt, "semibold", colour=TEXT)
    counts = lettering.wrap(scene.counts_line, max(room, 60), pt, "semibold")
    for i, line in enumerate(reversed(counts[:2])):
        sheet.text(layout.right, 25.2 - i * pt * 0.43, line, pt, "semibold", colour=TEXT, align=1.0)


def small_rows(layout: Layout, scene: Scene, projection: str) -> tuple[list[str], float]:
    """Disclaimer, notes, projection, credits and the View as lines, and their size in pt."""
    wide = layout.small[2] - layout.small[0]
    said = " ".join([scene.disclaimer, *scene.notes, f"{projection}.", scene.credits])
    view = f" View: {scene.view.to_query() or 'default'}"
    body = said + view[: round(LETTERS_PER_MM * VIEW_ROWS * wide)]  # a View has no end; laying out what cannot stand here takes long
    pt = next((pt for pt in (5.6, 5.4, 5.2) if len(lettering.wrap(body, wide, pt)) <= 3), LEAST_PT)
    rows, most = lettering.wrap(body, wide, pt), len(lettering.wrap(said, wide, pt)) + VIEW_ROWS
    return (rows, pt) if len(rows) <= most and body.endswith(view) else (_cut(body, len(said), most, wide), LEAST_PT)


def _cut(body: str, least: int, most: int, wide: float) -> list[str]:
    """`most` rows of the small print, whose end, the View, gives way; the first `least` letters stay."""

    def _rows(length: int) -> list[str]:
        return lettering.wrap(body[:length].rstrip("%") + CUT, wide, LEAST_PT)

    length = bisect_right(range(least, len(body)), most, key=lambda length: len(_rows(length))) - 1
    return _rows(least + length)


def small_print(sheet: Sheet, layout: Layout, scene: Scene, projection: str) -> None:
    """Up from the bottom of the map's column."""
    rows, pt = small_rows(layout, scene, projection)
    left, _, _, bottom = layout.small
    top = bottom - small_height(rows, pt)
    for i, row in enumerate(rows):
        sheet.text(left, top + small_height(rows[:i], pt) + 0.85 * SMALL_LEADING * pt / SMALL_PT, row, pt, colour=TEXT)


def small_height(rows: list[str], pt: float) -> float:
    """Height of the rows in mm."""
    return SMALL_LEADING * pt / SMALL_PT * len(rows)
