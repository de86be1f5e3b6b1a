"""What a session keeps for its Your data tab: the work, what is made of it, the steps that can be undone, what is being looked at."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboard import desk as desks
from dashboard import projects
from dashboard.desk import Desk, OwnDesk, desk_of_process
from dashboard.jobs import DONE, FAILED, Bench, Job
from dashboard.panels.yours_judge import Judged, judged
from dashboard.projects import Projects, Work
from dashboard.view import read_view
from geodata.intake import remember
from geodata.intake.mapping import Mapping
from geodata.problems import TableError

AT_ONCE = 1.2
"""seconds for which the page waits for rows to be judged; longer work goes on beside it"""

STEPS = 100
"""steps that can be undone"""

PARTS = 12
"""steps of the reading and judging of a file, for its progress"""


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
    number: int = -1
    """place among those entered before; -1 = a new one"""


class Session(Bench):
    """One analyst's own data."""

    def __init__(self, token: str = "") -> None:
        """`token`: what the browser's cookie says; empty when it has none."""
        super().__init__()
        self.store: Projects | None = projects.kept() if projects.is_token(token) else None
        self.key, self.serial = token, 0
        self.now = Judged(Work())
        self.before: OwnDesk | None = None
        """the desk shown last, still served while the map's frame may ask for it"""

        self.past: list[Work] = []
        self.arrived: tuple[str, bytes] | None = None
        """name and content of a file that has come and is not read yet"""

        self.coming: dict[str, Judged] = {}
        self.job: Job | None = None
        self.looking = Looking()
        self.editing: int | None = None
        """line of the row in the editor"""

        self.form: Placing | None = None
        self.said: list[str] = []

    @property
    def lasting(self) -> bool:
        """Whether the work outlives the page."""
        return self.store is not None

    def begin(self, work: Work, *, undoing: bool = False) -> None:
        """Judge the work as it would be after a step, and wait for it a moment."""
        box: dict[str, Judged] = {}
        before, base = self.now, desk_of_process()
        memory = self.store.memory(self.key) if self.store else None

        def make(job: Job) -> dict[str, bytes]:
            done = iter(range(1, 1000))
            box["made"] = judged(work, base, before, memory=memory, progress=lambda what: job.count(min(next(done), PARTS - 1), PARTS, what))
            return {}

        self.coming, self.undoing = box, undoing
        self.job = self.start(Job(work.name, "judging the rows"), make)
        until = time.monotonic() + AT_ONCE
        while not self.job.ended and time.monotonic() < until:
            time.sleep(0.01)

    def take(self) -> bool:
        """Go on to what has been judged meanwhile; says whether anything changed."""
        job = self.job
        if job is None or not job.ended:
            return False
        self.job = None
        if job.state == FAILED:
            self.said = job.trouble.split("\n")
        if job.state != DONE or "made" not in self.coming:
            return False
        if not self.undoing:
            self.past = [*self.past, self.now.work][-STEPS:]
        self._go_on(self.coming.pop("made"))
        self._keep()
        return True

    def _go_on(self, made: Judged) -> None:
        self.before, self.now = self.now.desk, made

    def _keep(self) -> None:
        """Write the work down, and the mapping for the next file with these columns."""
        if self.store is None:
            return
        try:
            self.serial = self.store.keep(self.key, self.now.work, self.serial)
            if self.now.case is not None and not self.now.trouble:
                remember(self.store.memory(self.key), list(self.now.case.sheet.frame.columns), self.now.case.mapping)
        except projects.ProjectError as error:
            self.said = [str(error)]
        except OSError as error:
            self.said = [f"the mapping of these columns could not be kept for the next file: {error.strerror or error}"]

    def restore(self) -> None:
        """Open what the browser's token opens."""
        if self.store is None:
            return
        try:
            work, self.serial = self.store.open(self.key)
        except projects.ProjectError as error:
            self.store, self.said = None, [str(error)]
            return
        try:
            self.now = self.now if work.empty else judged(work, desk_of_process())
        except TableError as error:  # it stays as it is until the analyst removes it
            self.said = [str(problem) for problem in error.problems[:10]]
            self.now = Judged(work, trouble=tuple(self.said))

    def place(self, where: tuple[float, float] | None) -> None:
        """A click on the map has said where, as longitude and latitude in degrees."""
        if self.form is not None and self.form.place_it and where is not None:
            self.form.fields |= {"lon": f"{where[0]:.4f}", "lat": f"{where[1]:.4f}"}
            self.form.place_it = False

    def undo(self) -> None:
        """Go back one step."""
        if self.past:
            self.begin(self.past.pop(), undoing=True)

    def change(self, **parts: Any) -> None:
        """One step: these parts of the work are other ones."""
        self.begin(replace(self.now.work, **parts))

    def remap(self, mapping: Mapping) -> None:
        """One step: the file is read otherwise."""
        self.change(mapping=mapping)


def session() -> Session:
    """That of the page being made; a new one outside of any."""
    if get_script_run_ctx(suppress_warning=True) is None:
        return Session()
    state = st.session_state
    if "yours" not in state:
        state["yours"] = Session(st.context.cookies.get(projects.COOKIE, "") if projects.kept() else "")
        state["yours"].restore()
    return state["yours"]


def current() -> Desk:
    """At the beginning of a run: the desk of this session, with what has been judged and where the map was clicked meanwhile."""
    own = session()
    own.place(st.session_state.pop("placed", None))
    if own.take():
        settle_view()
    return desks.desk()


def settle_view() -> None:
    """What of the view no longer means anything among these rows is left out of it."""
    state = st.session_state
    if "view" not in state:
        return
    view = read_view(state["view"].to_query(), desks.desk().vocabulary)[0]
    if view != state["view"]:
        state["view"], state["acted"] = view, True


def placing() -> bool:
    """Whether the next click on the map says where an event is."""
    own = session()
    return own.form is not None and own.form.place_it


def _own_desk() -> Desk | None:
    if get_script_run_ctx(suppress_warning=True) is None or "yours" not in st.session_state:
        return None
    return st.session_state["yours"].now.desk


desks.ask_session(_own_desk)
