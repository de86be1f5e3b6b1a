"""An event's record in the column beside the map, in the largest type in which all of it fits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dashboard.dossier import Dossier, Report
from dashboard.page import lettering, outlines
from dashboard.page.sheet import Rect, Sheet, Z
from dashboard.scene import Scene
from dashboard.style import INK, TEXT, TEXT_SOFT

SIZES = (8.4, 7.8, 7.2, 6.6, 6.0, 5.6, 5.2)
"""pt, the most legible first"""

LEADING, LABEL, HEAD = 0.43, 17.0, 5.0
"""mm from line to line per pt; mm for what a fact is about; mm of a section's head"""


@dataclass(frozen=True)
class Line:
    """A line of the column."""

    text: str
    face: str = "regular"
    label: str = ""
    """stands before it"""

    indent: float = 0.0
    """mm"""

    head: bool = False
    """whether it heads a section"""

    space: float = 0.0
    """part of a line that is left free above it"""


def draw(sheet: Sheet, rect: Rect, scene: Scene, told: Dossier) -> None:
    """Draw the record; reports that do not fit in the smallest type are counted."""
    left, top, right, bottom = rect
    pt, lines = _fitting(told, scene, right - left, bottom - top)
    y = top + 3.4
    for line in lines:
        y += line.space * pt * LEADING
        if line.head:
            sheet.text(left, y, line.text, 9, "bold", colour=INK)
            sheet.stroke(outlines.segments([(left, y + 1.1), (right, y + 1.1)]), INK, 0.2, Z.TEXT)
            y += HEAD - 0.6
            continue
        sheet.text(left, y, line.label, pt, "regular", colour=TEXT_SOFT)
        sheet.text(left + line.indent, y, line.text, pt, line.face, colour=TEXT_SOFT if line.face == "italic" else TEXT)
        y += pt * LEADING


def _fitting(told: Dossier, scene: Scene, wide: float, high: float) -> tuple[float, list[Line]]:
    """The largest type in which everything fits; else the smallest, with as many of the reports as there is room for."""
    for pt in SIZES:
        lines = list(_lines(told, scene, told.reports, wide, pt))
        if _high(lines, pt) <= high:
            return pt, lines
    for count in range(len(told.reports) - 1, 0, -1):
        lines = list(_lines(told, scene, told.reports[-count:], wide, pt))
        if _high(lines, pt) <= high:
            break
    room = [place for place in range(len(lines)) if _high(lines[: place + 1], pt) <= high]
    return pt, lines[: len(room)]


def _high(lines: Sequence[Line], pt: float) -> float:
    return 3.4 + sum(line.space * pt * LEADING + (HEAD - 0.6 if line.head else pt * LEADING) for line in lines)


def _lines(told: Dossier, scene: Scene, reports: Sequence[Report], wide: float, pt: float) -> Iterator[Line]:
    """Facts, summary, reports, linked events and the sources of these."""
    yield Line("This event", head=True)
    yield from _wrapped(told.title, wide, pt, face="bold")
    for label, text in told.facts:
        yield from _wrapped(text, wide, pt, label=label, indent=LABEL)
    yield from _wrapped(told.summary, wide, pt, space=0.4)
    yield Line("Reports", head=True, space=1.2)
    if len(reports) < len(told.reports):
        yield Line(f"{len(told.reports) - len(reports)} earlier ones are in the exported data", "italic")
    for report in reports:
        yield from _wrapped(f"{report.day}, {report.grade}", wide, pt, face="semibold", space=0.3)
        for text, face in ((report.says, "regular"), (report.source, "italic"), (report.summary, "regular")):
            yield from _wrapped(text, wide, pt, face=face, indent=3.0)
    if told.linked:
        yield Line("Linked events", head=True, space=1.2)
        for text in told.linked:
            yield from _wrapped(text[:1].upper() + text[1:], wide, pt)
        yield from _wrapped(_cited(scene, told), wide, pt, face="italic")


def _cited(scene: Scene, told: Dossier) -> str:
    """The sources of the linked events that are not those of a report above."""
    above = {report.source.partition("]")[0] for report in told.reports}
    others = [f"[{source.n}] {source.publisher}, {source.published or 'undated'}, {source.reliability}" for source in scene.sources
              if f"[{source.n}" not in above]  # fmt: skip
    return f"Their sources: {'; '.join(others)}." if others else ""


def _wrapped(text: str, wide: float, pt: float, *, face: str = "regular", label: str = "", indent: float = 0.0, space: float = 0.0) -> Iterator[Line]:
    """The lines of a paragraph, the label before the first."""
    for place, line in enumerate(lettering.wrap(text, wide - indent, pt, face) if text else ()):
        yield Line(line, face, "" if place else label, indent, space=0.0 if place else space)
