"""What the Your data tab holds open: the filters of the verdicts, and the form of an event."""

from __future__ import annotations

from dataclasses import dataclass, field


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

    @property
    def event(self) -> str:
        """Id of the event that is changed; empty = a new one."""
        return self.fields.get("event", "")
