"""What the Your data tab holds open: the filters of the verdicts, and the form of an event."""

from __future__ import annotations

from dataclasses import dataclass, field

from geodata.intake import Question
from geodata.intake.placing import PLACED

PLACE = ("country", "lat", "lon")
CHOSEN = ("place_precision", "radius_km", "zone", PLACED)
"""what a place chosen by its name brings along beside these; any other place has its own"""


@dataclass
class Looking:
    """What the tab shows of the verdicts."""

    level: str = ""
    column: str = ""
    words: str = ""


@dataclass
class Placing:
    """An event being entered: what the form holds, and whether the next click on the map says where."""

    fields: dict[str, str] = field(default_factory=dict)
    place_it: bool = False
    doubts: tuple[str, ...] = ()
    """what was said when it was to be saved"""

    questions: tuple[Question, ...] = ()

    def fill(self, told: dict[str, str]) -> None:
        """Take what was written; a place that was chosen by its name is no longer that one when it is written otherwise."""
        if any(told.get(name, self.fields.get(name, "")) != self.fields.get(name, "") for name in ("place", *PLACE)):
            self.fields = {name: text for name, text in self.fields.items() if name not in CHOSEN}
        self.fields |= told

    @property
    def event(self) -> str:
        """Id of the event that is changed; empty = a new one."""
        return self.fields.get("event", "")
