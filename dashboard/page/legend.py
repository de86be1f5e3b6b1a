"""The legend under the map: what the page draws, in the Scene's words and order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dashboard.page import lettering, outlines, swatches
from dashboard.page.sheet import Rect, Sheet, Z
from dashboard.scene import LegendEntry, Scene
from dashboard.style import INK, TEXT_SOFT
from geodata import days

TITLES = {"kinds": "Kind = shape", "colour": "Bloc = colour", "status": "Status = fill", "credibility": "Credibility = ring",
          "places": "Places", "lines": "Lines"}  # fmt: skip
PITCH, PT = 3.12, 6.3
LEAST_PT = 5.2
GAP = 4.2


@dataclass(frozen=True)
class Column:
    """A run of lines: titles (str) and entries."""

    lines: tuple[str | LegendEntry, ...]

    def width(self, pt: float) -> float:
        """Mm."""
        return max(
            lettering.width(line, pt, "bold") if isinstance(line, str) else swatches.width(line) * pt / PT + lettering.width(line.label, pt)
            for line in self.lines
        )


def draw(sheet: Sheet, rect: Rect, scene: Scene, entries: Sequence[LegendEntry]) -> None:
    """Draw those entries in the largest type in which all of them fit."""
    left, top, right, bottom = rect
    end = left + sheet.text(left, top + 3.0, "Legend", 9, "bold", colour=INK)
    sheet.text(end + 2, top + 3.0, "only what is drawn on this page", 6.4, "italic", colour=TEXT_SOFT)
    sheet.stroke(outlines.segments([(left, top + 4.0), (right, top + 4.0)]), INK, 0.2, Z.TEXT)
    if not entries:
        return
    pt, gap, columns = _fit(_groups(scene, entries), right - left, bottom - top - 5.0)
    x = left
    for column in columns:
        _column(sheet, column, x, top + 7.2, pt)
        x += column.width(pt) + gap


def fits(rect: Rect, scene: Scene) -> bool:
    """Whether all that the Scene lists would stay legible."""
    left, top, right, bottom = rect
    return not scene.legend or _fit(_groups(scene, scene.legend), right - left, bottom - top - 5.0)[0] >= LEAST_PT


def _groups(scene: Scene, found: Sequence[LegendEntry]) -> list[tuple[str, list[LegendEntry]]]:
    """Title and entries of each group, in the Scene's order."""
    groups: dict[str, list[LegendEntry]] = {}
    for entry in merged(found):
        groups.setdefault(entry.layer, []).append(entry)
    day = days.words(days.parse(scene.as_of), year=False) if scene.as_of else ""
    return [(f"Blocs on {day}" if name == "blocs" else TITLES.get(name, name.capitalize()), entries) for name, entries in groups.items()]


def merged(entries: Iterable[LegendEntry]) -> list[LegendEntry]:
    """Entries with the same swatch as one."""
    found: dict[tuple[str, str], list[LegendEntry]] = {}
    for entry in entries:
        found.setdefault((entry.layer, swatches.SAME.get(entry.key, entry.key)), []).append(entry)
    return [LegendEntry(layer, key, _joined([entry.label for entry in same])) for (layer, key), same in found.items()]


def _joined(labels: Sequence[str]) -> str:
    """`held, reported`; what both say after a comma is said once."""
    heads, _, tails = zip(*(label.partition(", ") for label in labels), strict=True)
    return f"{' or '.join(heads)}, {tails[0]}" if tails[0] and len(set(tails)) == 1 else ", ".join(labels)


def _fit(groups: Sequence[tuple[str, list[LegendEntry]]], wide: float, high: float) -> tuple[float, float, list[Column]]:
    """Type size, gap and columns."""
    pt = PT
    while True:
        lines = int(high / (PITCH * pt / PT))
        columns = _flow(groups, lines)
        total = sum(column.width(pt) for column in columns)
        if total + 2.2 * (len(columns) - 1) <= wide or pt < LEAST_PT:
            spare = (wide - total) / max(len(columns) - 1, 1)
            return pt, min(max(spare, 0.5), 9.0), columns
        pt -= 0.1


def _flow(groups: Sequence[tuple[str, list[LegendEntry]]], lines: int) -> list[Column]:
    """Groups down the columns; one that is too long goes on in the next, two short ones share one."""
    lines = max(lines, 2)  # a title and an entry: with fewer a long group would never come to its end
    columns: list[list[str | LegendEntry]] = []
    for title, entries in groups:
        block: list[str | LegendEntry] = [title, *entries]
        if columns and len(columns[-1]) + len(block) <= lines:
            columns[-1] += block
            continue
        while block:
            columns.append(block[:lines])
            block = ["", *block[lines:]] if len(block) > lines else []
    return [Column(tuple(lines)) for lines in columns]


def _column(sheet: Sheet, column: Column, x: float, y: float, pt: float) -> None:
    scale = pt / PT
    for i, line in enumerate(column.lines):
        base = y + i * PITCH * scale
        if isinstance(line, str):
            sheet.text(x, base, line, pt, "bold", colour=INK)
        else:
            swatches.draw(sheet, line, x, base - 0.33 * pt * lettering.MM_PER_PT, scale)
            sheet.text(x + swatches.width(line) * scale, base, line.label, pt, colour=INK)
