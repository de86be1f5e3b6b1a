"""The steps of an analyst's work: what it is after all of them, what it was before each, and what becomes of one that could not be judged."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import pairwise

from dashboard.projects import Work
from geodata.intake.limits import MEGABYTE

STEPS = 100
"""steps that can be undone"""

BYTES = 500 * MEGABYTE
"""of all files held for them, beside that of the work itself"""

FULL = f"no older step can be undone: the last {STEPS} are held, with files of at most {BYTES // MEGABYTE} MB"
REMOVED = "no older step can be undone: Remove all has let go of what was before it"


@dataclass
class Steps:
    """Every step counts from the moment it is asked for; the judging of the rows comes after."""

    wanted: Work = field(default_factory=Work)
    """the work after every step asked for"""

    past: list[Work] = field(default_factory=list)
    """the work before each step, the oldest first"""

    sure: Work = field(default_factory=Work)
    """the work as it was judged last"""

    sure_past: list[Work] = field(default_factory=list)
    new: int = 0
    """how many of the last steps in `past` were asked for after the last judging"""

    gone: str = ""
    """why steps older than those of `past` cannot be undone; empty while there were none"""

    def go(self, work: Work) -> None:
        """One step on."""
        self.past = [*self.past, self.wanted]
        self.wanted, self.new = work, self.new + 1
        self._let_go(_held(self.past, work), FULL)

    def remove(self) -> None:
        """One step on, to nothing: what was there now can be had back, and nothing before it."""
        self.go(Work())
        self._let_go(1, REMOVED)

    def _let_go(self, held: int, why: str) -> None:
        """Hold only the last steps."""
        if held < len(self.past):
            self.past, self.new, self.gone = self.past[len(self.past) - held :], min(self.new, held), why

    def back(self) -> bool:
        """One step back; says whether there was one."""
        if not self.past:
            return False
        *self.past, self.wanted = self.past
        self.new = max(self.new - 1, 0)
        return True

    def judged(self, work: Work) -> None:
        """All that was wanted has been judged, and is now `work`."""
        self.wanted = self.sure = work
        self.sure_past, self.new = self.past, 0

    def failed(self) -> None:
        """What is wanted cannot be judged: the file before takes the place of its file, and other steps stay; without such a file, no step does."""
        bad, start = self.wanted, len(self.past) - self.new
        past, new = self.past[:start], self.past[start:]
        file = next((work for work in reversed(new) if not alike(work, bad)), None)
        if file is None:  # the steps began at this very file, which an undo had brought back
            past, file = self.sure_past, self.sure
        if not new or alike(file, bad):
            self.wanted, self.past, self.new = self.sure, self.sure_past, 0
            return
        line = [of_file(work, file) if alike(work, bad) else work for work in (*new, bad)]
        new = [work for work, after in pairwise(line) if work != after]
        self.wanted, self.past, self.new = line[-1], [*past, *new], len(new)


def _held(past: list[Work], wanted: Work) -> int:
    """How many of the last steps can be held."""
    size, seen = 0, {id(wanted.content)}
    for count, work in enumerate(reversed(past[-STEPS:])):
        size += 0 if id(work.content) in seen else len(work.content)
        seen.add(id(work.content))
        if size > BYTES:
            return count
    return min(len(past), STEPS)


def alike(one: Work, other: Work) -> bool:
    """Whether two works are about the same rows: those of one sheet of one file."""
    return _reading(one) == _reading(other) and one.content == other.content


def _reading(work: Work) -> tuple[str, str]:
    return (work.mapping.sheet, work.mapping.encoding) if work.mapping else ("", "")


def of_file(work: Work, file: Work) -> Work:
    """Work about the file of another one."""
    return replace(work, name=file.name, content=file.content, mapping=file.mapping, edits=file.edits)
