"""The line of one event in the key: its words measured once, then set into any width, over two lines where that may be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from dashboard.page import lettering
from dashboard.page.groups import ranges
from dashboard.scene import Feature
from geodata import days

EXTRA = 0.92
"""size of the date, of that of the title"""

EXTRA_GAP = 1.2
"""mm before it"""

COMMON = frozenset({"range", "border", "borders", "southern", "csto", "valley"})
"""words of places that do not say which one"""

_YEAR = re.compile(r"\b\d{4}\b")
_MONTHS = re.compile("|".join(days.MONTHS))


class Laid(NamedTuple):
    """A line set into a width."""

    lines: tuple[str, ...]
    extra: str
    """date and note, after the last line"""

    apart: bool
    """whether they have a line of their own"""

    cut: float
    """letters left out; those of date and note count half"""

    @property
    def high(self) -> int:
        """Lines."""
        return len(self.lines) + self.apart


class EntryLine:
    """What the key says of an event; `said_days` are those its heading tells already."""

    def __init__(self, event: Feature, place: str, year: int, said_days: str = "") -> None:
        self._place = place.split() if place and not _named(place, event.title) else []
        self._title = f"Ahead: {event.title}".split() if event.certainty == "ahead" else event.title.split()
        when = "" if event.when == said_days else short_when(event.when, year)
        self._extras = [text for text in dict.fromkeys(("; ".join(part for part in (when, event.note) if part), when)) if text]
        self.numbers = ranges(event.sources)
        self.numbers_wide = lettering.width(self.numbers, 1.0)
        """mm at 1 pt"""

        self._known: dict[tuple[float, float, int], Laid] = {}
        self._forms: list[tuple[list[str], list[float]]] = []

    def laid(self, room: float, pt: float, most: int) -> Laid:
        """In at most `most` lines of `room` mm; the place gives way before the title does."""
        if (room, pt, most) not in self._known:
            self._known[room, pt, most] = self._laid(room, pt, most)
        return self._known[room, pt, most]

    def _laid(self, room: float, pt: float, most: int) -> Laid:
        whole, space = 0, lettering.width("n n", 1.0) - 2 * lettering.width("n", 1.0)
        for words, wide in self._shorter():
            whole = whole or sum(map(len, words))
            lines = _lines(words, wide, space, room / pt, most)
            if lines:
                return self._with_extra(lines, room, pt, most, whole - sum(map(len, words)))
        return self._with_extra(self._cut_lines(room, pt, most), room, pt, most, 0)

    def _cut_lines(self, room: float, pt: float, most: int) -> list[str]:
        """The title alone, its end cut."""
        lines = lettering.wrap(" ".join(self._title), room, pt)
        return [*lines[: most - 1], lettering.shorten(" ".join(lines[most - 1 :]), room, pt)]

    def _with_extra(self, lines: list[str], room: float, pt: float, most: int, lost: int) -> Laid:
        """Date and note where they fit, else the date alone, else neither."""
        cut = float(lost)
        if lines[-1].endswith("\u2026"):
            cut += max(0, len(" ".join(self._title)) - len(" ".join(lines)) + 1)
        rest = room - lettering.width(lines[-1], pt) - EXTRA_GAP
        for apart in (False, True)[: 1 + (len(lines) < most)]:
            for extra, wide in self._extra_widths:
                if wide * pt <= (room if apart else rest):
                    return Laid(tuple(lines), extra, apart, cut + (len(self._extras[0]) - len(extra)) / 2)
        return Laid(tuple(lines), "", False, cut + len("".join(self._extras[:1])) / 2)

    @cached_property
    def _extra_widths(self) -> list[tuple[str, float]]:
        """Each form of date and note, and its width at 1 pt."""
        return [(extra, EXTRA * lettering.width(extra, 1.0, "italic")) for extra in self._extras]

    def _shorter(self) -> Iterator[tuple[list[str], list[float]]]:
        """The words with ever less of the place, and their widths at 1 pt."""
        for number in range(len(self._place) + 1):
            if number == len(self._forms):
                place = self._place[: len(self._place) - number]
                place = [*place[:-1], place[-1].rstrip(",;") + (": " if not number else "\u2026: ").rstrip()] if place else []
                words = [*place, *self._title]
                self._forms.append((words, [lettering.width(word, 1.0) for word in words]))
            yield self._forms[number]


def _lines(words: Sequence[str], wide: Sequence[float], space: float, room: float, most: int) -> list[str]:
    """The words in lines; none when these are too many or a word is too wide."""
    if sum(wide) + space * (len(wide) - 1) > most * room:
        return []
    starts, x = [0], -space
    for number, width in enumerate(wide):
        if x + space + width > room:
            if width > room or len(starts) == most:
                return []
            starts.append(number)
            x = -space
        x += space + width
    return [" ".join(words[start:end]) for start, end in zip(starts, [*starts[1:], len(words)], strict=True)]


def short_when(when: str, year: int) -> str:
    """`18\u201323 Oct` for `18\u201323 October 2021`; the year stays if another one is told."""
    short = _MONTHS.sub(lambda month: month[0][:3], when)
    return short.replace(f" {year}", "") if set(_YEAR.findall(short)) <= {str(year)} else short


def _named(place: str, title: str) -> bool:
    """Whether a title already says where."""
    said = title.lower()
    return any(len(word) > 3 and word in said for word in place.lower().replace("(", " ").replace("-", " ").split() if word not in COMMON)
