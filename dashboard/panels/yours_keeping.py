"""A session's work written down for its browser, and the mappings of its files for the next ones; what cannot be written is said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from dashboard import projects
from dashboard.projects import ProjectError, Projects, Work, lasting
from geodata.intake import Intake, remember


class Keeping:
    """What one browser's token opens."""

    def __init__(self, token: str) -> None:
        """`token`: what the browser's cookie says; empty when it has none, and then nothing is kept."""
        self.store: Projects | None = projects.kept() if projects.is_token(token) else None
        self.token, self.serial = token, 0
        self.written: tuple[Work, Work | None, list[Work]] | None = None
        """what was kept last, and what beside it"""

        self.trouble = ""
        """why the work is not written down any more"""

    @property
    def memory(self) -> Path | None:
        """Where mappings are remembered."""
        return self.store.memory(self.token) if self.store else None

    def open(self) -> Work:
        """What was written down before. ProjectError when it cannot be read; then nothing is written over it."""
        with self._reading() as store:
            work, self.serial = store.open(self.token) if store else (Work(), 0)
        return work

    def past(self, work: Work) -> list[Work]:
        """The steps before the work that was opened. ProjectError as `open`."""
        with self._reading() as store:
            return store.past(self.token, work) if store else []

    def before(self) -> Work | None:
        """What was there before work that had not been judged when it was written down. ProjectError as `open`."""
        with self._reading() as store:
            return store.before(self.token) if store else None

    @contextmanager
    def _reading(self) -> Iterator[Projects | None]:
        try:
            yield self.store
        except ProjectError:
            self.store = None
            raise

    def keep(self, work: Work, past: Sequence[Work], *, before: Work | None = None) -> None:
        """Write the work and the steps before it down, if they are not written so already; with that `before` it until it is judged."""
        wanted = (work, before, lasting(past, work))
        if self.store is None or (wanted == self.written and not self.trouble):
            return
        try:
            self.serial = self.store.keep(self.token, work, self.serial, before=before, past=past)
            self.written, self.trouble = wanted, ""
        except ProjectError as error:
            self.trouble = str(error)

    def remember(self, case: Intake) -> str:
        """Write a file's mapping down for the next one with its columns; a sentence when that cannot be done."""
        if self.memory is None or self.trouble:
            return ""
        try:
            remember(self.memory, list(case.sheet.frame.columns), case.mapping)
        except OSError as error:
            return f"the mapping of these columns could not be kept for the next file: {error.strerror or error}"
        return ""

    def forget(self) -> None:
        """Remove every mapping remembered, unless the work is another window's by now. ProjectError when that cannot be done."""
        if self.store is not None and not self.trouble:
            self.store.forget(self.token)
