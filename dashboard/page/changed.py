"""What changed since the compared day, for the column beside the map: by kind of change, with the numbers of the key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.changes import KINDS, STATUS, Change
from dashboard.page import lettering
from dashboard.page.groups import ranges
from dashboard.page.sheet import Sheet
from dashboard.scene import Scene
from dashboard.style import INK, TEXT
from geodata import days

PT, LEADING, LABEL = 6.0, 2.6, 23.0
"""pt, mm from line to line, mm for the kind of change"""

MOST = 8
"""lines at most"""


@dataclass(frozen=True)
class Line:
    """One line."""

    label: str
    text: str
    changes: int = 0
    """how many changes end with it"""


def heading(scene: Scene) -> str:
    """`Changed since 19 September`."""
    return f"Changed since {days.words(scene.view.since, year=False)}" if scene.view.since else "Changed in the file"


def lines(scene: Scene, wide: float) -> list[Line]:
    """As many as may stand there; the last one counts what is left out."""
    found = [line for kind in KINDS for line in _of_kind(kind, scene, wide - LABEL)]
    if len(found) <= MOST:
        return found
    left = sum(line.changes for line in found[MOST - 1 :])
    return [*found[: MOST - 1], Line("", f"and {left} more, in the exported data")]


def _of_kind(kind: str, scene: Scene, room: float) -> list[Line]:
    """Changes of state one by one; the others together, by number where the key has one."""
    changes = [change for change in scene.changes if change.what[:1] == (kind,)]
    numbers = _numbers(scene)
    if kind == STATUS:
        told = [lettering.shorten(_stated(change, numbers.get(change.id)), room, PT) for change in changes]
        return [Line(kind if not i else "", text, 1) for i, text in enumerate(told)]
    drawn = ranges(numbers[change.id] for change in changes if change.id in numbers)
    others = [change.title for change in changes if change.id not in numbers]
    rows = lettering.wrap("; ".join([drawn, *others] if drawn else others), room, PT)
    return [Line(kind if not i else "", text, len(changes) if i == len(rows) - 1 else 0) for i, text in enumerate(rows)]


def _stated(change: Change, number: int | None) -> str:
    """`2 Search-2021: planned, now held`."""
    before, now = next(((before, now) for name, before, now in change.fields if name == "status"), ("", ""))
    return f"{number or ''} {change.title}: {before}, now {now}".strip()


def _numbers(scene: Scene) -> dict[str, int]:
    """Numbers in the key by id, of the events that changed."""
    wanted = {change.id for change in scene.changes}
    layer = scene.layer("events")
    return {event.id: event.n for event in (layer.features if layer else ()) if event.id in wanted and event.n}


def draw(sheet: Sheet, found: Sequence[Line], left: float, y: float) -> float:
    """Draw the lines from the base line y; returns the y under the lowest."""
    for line in found:
        sheet.text(left, y, line.label, PT, "bold", colour=INK)
        sheet.text(left + LABEL, y, line.text, PT, colour=TEXT)
        y += LEADING
    return y
