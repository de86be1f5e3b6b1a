"""An event in words: what a page says that is about this event alone."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Report:
    """One report of the event."""

    day: str
    """on which it was published, in words"""

    says: str
    """`planned, 16 September 2021, Dushanbe`"""

    grade: str
    source: str
    """`[3] TASS: title`"""

    summary: str = ""
    """what it tells beyond the event's own summary"""

    def __str__(self) -> str:
        """The sentence of the text alternative."""
        return f"{self.day}: {self.says}; {self.source}, {self.grade}." + (f" {self.summary}" if self.summary else "")


@dataclass(frozen=True)
class Dossier:
    """What is known of an event, in the order in which it is read."""

    title: str
    facts: tuple[tuple[str, str], ...]
    """(what, words): when, where, status, grade, who took part"""

    summary: str
    reports: tuple[Report, ...]
    """those it rests on, oldest first, those of unknown day last"""

    linked: tuple[str, ...]
    """`part of: 5 SCO summit, 17 September 2021, held, B1`, by the numbers on the map"""

    @property
    def lines(self) -> tuple[str, ...]:
        """All of it for the text alternative."""
        facts = (f"{what}: {text}." for what, text in self.facts)
        linked = (f"Linked: {line}." for line in self.linked)
        return tuple(filter(None, (self.title, *facts, self.summary, "Reports:", *map(str, self.reports), *linked)))
