"""What became of the rows a seal speaks of: amended, re-graded, held back now, withdrawn, and reports that were added."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from dashboard.seal_rows import Rows, Said, by_column, digests, digests_of, event_of, says_of, whole
from dashboard.selection import index
from geodata import days
from geodata.atlas import Atlas
from geodata.days import INF
from geodata.reports import COLUMNS
from geodata.tables import LINE

_GRADE = frozenset({"reliability", "credibility"})
_TOLD = ("title", "status", "start", "reported", "marking")
"""columns by which a report that was added is told"""


@dataclass(frozen=True)
class Field:
    """What a row says in a column."""

    name: str
    now: str
    was: str | None = None
    """None: the seal does not carry it"""

    def __str__(self) -> str:
        """As a finding tells it."""
        return f"{self.name} now {self.now!r}" if self.was is None else f"{self.name} {self.was!r} -> {self.now!r}"


@dataclass(frozen=True)
class Finding:
    """A row that no longer reads as it did."""

    row: str
    what: str
    """`amended`, `re-graded`, `held back now`, `withdrawn` or `a report was added`"""

    fields: tuple[Field, ...] = ()
    """those that differ; of a report that was added, those that tell of it"""

    reasons: tuple[str, ...] = ()
    """why it is held back, by line, as `panj check` says it"""

    @property
    def added(self) -> bool:
        """Whether the brief did not rest on it."""
        return self.what == "a report was added"

    def __str__(self) -> str:
        """The sentence shown."""
        fields = [f"{field.name} {field.now!r}" if self.added else str(field) for field in self.fields]
        return ": ".join(part for part in (self.row, self.what, "; ".join([*self.reasons, *fields])) if part)


def changes(sealed: Rows, said: Said, own: tuple[str, ...], known: str, atlas: Atlas) -> list[Finding]:
    """What became of sealed rows, then what was added to their events by the day `known` (ISO, empty = ever)."""
    now = _Now(atlas, own, {event_of(key) for key in sealed}, known)
    found, added = [], []
    for key in [*sealed, *(key for key in now.there if key not in sealed)]:
        pairs, others = _paired(sealed.get(key, ()), now.there.get(key, []), now.digests)
        found += [Finding(key, "withdrawn") if row is None else now.finding(key, row, digest, said) for digest, row in pairs]
        added += [Finding(key, "a report was added", _told(now.says[row])) for row in others if row in now.used]
    return found + added


class _Now:
    """The rows of some events as they stand, used or held back; a row held back goes by its line, below nought."""

    def __init__(self, atlas: Atlas, own: tuple[str, ...], events: set[str], known: str) -> None:
        """Look up what is there of these events."""
        usable = atlas.reports[atlas.reports["event"].isin(events)]
        held = _held_back(atlas, events)
        self.digests = {**digests(atlas, own), **digests_of(held, own)}
        self.says = {**says_of(usable, own), **says_of(held, own)}
        self.there: dict[str, list[int]] = defaultdict(list)
        for row in self.says:
            self.there[self.digests[row][0]].append(row)
        self.used = _used(atlas, events, known)
        self._problems = atlas.row_problems

    def finding(self, key: str, row: int, digest: str, said: Said) -> Finding:
        """What became of the row of a digest that is this one now."""
        was, before, after = said.get(whole(digest), {}), by_column(digest), by_column(self.digests[row][1])
        told = zip(self.says[row].items(), before, after, strict=True)
        fields = tuple(Field(name.strip(), value, was.get(name)) for (name, value), old, new in told if old != new)
        if row < 0:  # its other cells are as they were typed, which a usable row's are not
            fields = tuple(field for field in fields if field.was is not None)
            return Finding(key, "held back now", fields, tuple(str(problem) for problem in self._problems if problem.line == -row))
        return Finding(key, "re-graded" if fields and {field.name for field in fields} <= _GRADE else "amended", fields)


def _held_back(atlas: Atlas, events: set[str]) -> pd.DataFrame:
    """Rows held back of these events, by the line they stand on, with a minus."""
    if not len(atlas.held_back):
        return atlas.reports.iloc[:0]
    held = atlas.held_back.assign(**{name: "" for name in COLUMNS if name not in atlas.held_back})
    held = held[held["event"].isin(events)]
    return held.set_index(-held[LINE].astype(int))


def _used(atlas: Atlas, events: set[str], known: str) -> set[int]:
    """The reports on which these events rest, as known on a day."""
    day, frame = days.number(days.parse(known)) if known else INF, index(atlas).rows
    taken = frame["event"].isin(events) & (frame["known_from"] <= day) & (frame["known_to"] > day)
    return {row for of_event in frame.loc[taken, "reports"] for row in of_event}


def _paired(old: Iterable[str], rows: Iterable[int], now: Mapping[int, tuple[str, str]]) -> tuple[list[tuple[str, int | None]], list[int]]:
    """Digests that are there no more, each with the row most like it, and the rows that are left; order does not matter."""
    left, fresh = Counter(old), []
    for row in rows:
        if left[now[row][1]]:
            left[now[row][1]] -= 1
        else:
            fresh.append(row)
    pairs: list[tuple[str, int | None]] = []
    for digest in left.elements():
        like = max(fresh, key=lambda row: _alike(digest, now[row][1]), default=None)
        fresh = [row for row in fresh if row != like]
        pairs.append((digest, like))
    return pairs, fresh


def _alike(one: str, other: str) -> int:
    return sum(a == b for a, b in zip(by_column(one), by_column(other), strict=True))


def _told(says: Mapping[str, str]) -> tuple[Field, ...]:
    return tuple(Field(name, says[name]) for name in _TOLD if says[name])
