"""The steps of an analyst's work: what it is after all of them, what it was before each, and what becomes of one that could not be judged."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from dashboard.projects import Work

STEPS = 100
"""steps that can be undone"""


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

    def go(self, work: Work) -> None:
        """One step on."""
        self.past = [*self.past, self.wanted]
        self.wanted = work

    def back(self) -> bool:
        """One step back; says whether there was one."""
        if not self.past:
            return False
        *self.past, self.wanted = self.past
        return True

    def judged(self, work: Work) -> None:
        """All that was wanted has been judged, and is now `work`."""
        self.wanted = self.sure = work
        self.past = self.sure_past = self.past[-STEPS:]

    def failed(self) -> None:
        """What is wanted cannot be judged: the file before takes the place of its file, and other steps stay; without such a file, no step does."""
        bad = self.wanted
        others = [self.sure, *self.past[len(self.sure_past) :]]
        file = next((work for work in reversed(others) if not alike(work, bad)), None)
        if file is None:
            self.wanted, self.past = self.sure, self.sure_past
            return
        *past, self.wanted = (_of_file(work, file) if alike(work, bad) else work for work in (*self.past, bad))
        self.past = [work for work, after in zip(past, [*past[1:], self.wanted], strict=True) if work != after]


def alike(one: Work, other: Work) -> bool:
    """Whether two works are about the same rows: those of one sheet of one file."""
    return _reading(one) == _reading(other) and one.content == other.content


def _reading(work: Work) -> tuple[str, str]:
    return (work.mapping.sheet, work.mapping.encoding) if work.mapping else ("", "")


def _of_file(work: Work, file: Work) -> Work:
    return replace(work, name=file.name, content=file.content, mapping=file.mapping, edits=file.edits)
