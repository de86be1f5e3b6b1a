"""What is said about rows of somebody's file: the level, the value found, what would be right, and what is asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from geodata.problems import Problem

HELD_BACK, WARNED, FIXED, NO_EVENT = "held_back", "warned", "fixed", "no_event"
LEVELS = {HELD_BACK: "held back", WARNED: "warned", FIXED: "fixed", NO_EVENT: "no event"}
"""not drawn; drawn and flagged; read as something else than it says; a row that was never an event, such as a total"""


@dataclass(frozen=True, eq=False)
class Changes:
    """What many texts of a column were read as, all in one way."""

    groups: np.ndarray
    """for every row of the table the number of its text"""

    texts: list[str]
    read_as: np.ndarray
    """for every text what it was read as"""

    right: str
    """the rest of the sentence about one of them: `was read as {to!r}`"""

    def each(self, rows: np.ndarray) -> Iterator[tuple[str, str, np.ndarray]]:
        """What stood in these rows, what it was read as, and in which of them, one distinct text after the other."""
        for group, among in grouped(pd.Series(self.groups), rows):
            yield self.texts[int(group)], self.read_as[int(group)], among

    def first(self, rows: np.ndarray) -> tuple[str, str, str]:
        """Found, the rest of the sentence, and to: the first text speaks for all that stand in these rows."""
        group = self.groups[rows[0]]
        more = len(pd.unique(self.groups[rows])) - 1
        likewise = f", and {more:,} other value{'s' if more > 1 else ''} likewise" if more else ""
        return self.texts[group], self.right.replace("{to!r}", repr(self.read_as[group])) + likewise, self.read_as[group]


@dataclass(frozen=True, eq=False)
class Verdict:
    """One thing said about all rows in which the same value was found, or values that were all read in one way."""

    level: str
    code: str
    """what it is about, for programs: `outside_country`"""

    column: str
    """as the file names it; empty = the row as a whole"""

    found: str
    right: str
    """the rest of the sentence, as in `Problem`"""

    rows: np.ndarray
    """positions in the table, ascending"""

    to: str = ""
    """for `fixed`: what the value was read as"""

    changes: Changes | None = None
    """where one value speaks for several: all of them; `found`, `right` and `to` are those of the first that is left in `rows`"""

    def __post_init__(self) -> None:
        """Let the first value that is left speak."""
        if self.changes is not None and len(self.rows):
            for name, told in zip(("found", "right", "to"), self.changes.first(self.rows), strict=True):
                object.__setattr__(self, name, told)

    def problem(self, file: str, line: int) -> Problem:
        """The same, said of one line."""
        return Problem(file, line, self.column, self.found, self.right)


@dataclass(frozen=True, eq=False)
class Question:
    """Something only the analyst can decide, asked once per file; until then the rows are as `otherwise` says."""

    key: str
    """the name under which the answer is kept"""

    text: str
    choices: dict[str, str]
    """what can be answered, and what it means"""

    rows: np.ndarray
    """positions of the rows it decides, ascending"""

    proposed: str = ""
    """the choice the file itself speaks for; empty when it speaks for none"""

    otherwise: str = "held back"


@dataclass
class Findings:
    """Verdicts and questions as they are collected."""

    verdicts: list[Verdict] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    """sentences about the file as a whole"""

    def say(self, level: str, code: str, column: str, found: str, right: str, rows: np.ndarray, *, to: str = "") -> None:
        """Add a verdict if it is about any row."""
        if len(rows):
            self.verdicts.append(Verdict(level, code, column, found, right, np.asarray(rows), to))

    def say_each(self, level: str, code: str, column: str, values: pd.Series, rows: np.ndarray, right: str, *, to: str = "") -> None:
        """The same sentence about every distinct value of `values` at these positions."""
        for found, group in grouped(values, rows):
            self.say(level, code, column, found, right, group, to=to)

    def say_changes(self, level: str, code: str, column: str, changes: Changes, rows: np.ndarray) -> None:
        """Add one verdict about all these rows, if there are any."""
        if len(rows):
            self.verdicts.append(Verdict(level, code, column, "", "", rows, changes=changes))

    def drop(self, level: str, rows: np.ndarray, *, code: str = "", column: str = "") -> None:
        """Take verdicts of a level, or only those of a code about a column, back from these positions: what is not drawn was not read as anything."""
        kept = []
        for verdict in self.verdicts:
            meant = verdict.level == level and code in ("", verdict.code) and column in ("", verdict.column)
            left = np.setdiff1d(verdict.rows, rows, assume_unique=True) if meant and len(rows) else verdict.rows
            if len(left):
                kept.append(verdict if len(left) == len(verdict.rows) else replace(verdict, rows=left))
        self.verdicts = kept

    def rows_at(self, *levels: str) -> np.ndarray:
        """Positions of all rows with a verdict of these levels, ascending."""
        return _together(verdict.rows for verdict in self.verdicts if verdict.level in levels)

    def rows_about(self, *codes: str) -> np.ndarray:
        """Positions of all rows with a verdict of these codes, ascending."""
        return _together(verdict.rows for verdict in self.verdicts if verdict.code in codes)


def _together(parts: Iterable[np.ndarray]) -> np.ndarray:
    """Positions that are in any of the parts, each of which is ascending."""
    found = list(parts)
    marked = np.zeros(max((rows[-1] + 1 for rows in found), default=0), bool)
    for rows in found:
        marked[rows] = True
    return np.flatnonzero(marked)


def grouped(values: pd.Series, rows: np.ndarray) -> list[tuple[str, np.ndarray]]:
    """Each distinct text among `values` at the given positions, with its positions."""
    if not len(rows):
        return []
    codes, texts = pd.factorize(values.iloc[rows])
    order = np.argsort(codes, kind="stable")
    ends = np.searchsorted(codes[order], np.arange(len(texts) + 1))
    return [(str(texts[i]), rows[order[ends[i] : ends[i + 1]]]) for i in range(len(texts))]


def where(mask: Iterable[bool]) -> np.ndarray:
    """Positions at which a mask holds."""
    return np.flatnonzero(np.asarray(mask, bool))
