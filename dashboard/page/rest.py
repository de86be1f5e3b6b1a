"""Where the lines of key and sources stand that a page has no room for, in words that are true of its format."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from dashboard.page import lettering


class Rest(Protocol):
    """Asked only when something is left out; each answer in several lengths, the longest first."""

    def events(self) -> tuple[str, ...]:
        """What follows `and 31 more`."""

    def sources(self) -> tuple[str, ...]:
        """The same for sources."""


@dataclass(frozen=True)
class Elsewhere:
    """The rest is in other files: a picture is one page."""

    words: tuple[str, ...] = (": in the PDF, the slides and the data", ": in the PDF and the data", ": in the PDF")

    def events(self) -> tuple[str, ...]:
        """As `Rest.events`."""
        return self.words

    def sources(self) -> tuple[str, ...]:
        """As `Rest.sources`."""
        return self.words


def on(what: str, first: int, last: int, of: str) -> tuple[str, ...]:
    """`, on pages 2-4 of this step`: where a table stands, `what` being a page or a slide."""
    where = f", on {what} {first}" if first == last else f", on {what}s {first}\N{EN DASH}{last}"
    return (f"{where}{of}", where)


def said(count: str, where: tuple[str, ...], room: float, pt: float, face: str) -> str:
    """The longest of the answers that fits."""
    lines = [f"{count}{words}" for words in where]
    return next((line for line in lines if lettering.width(line, pt, face) <= room), lines[-1])
