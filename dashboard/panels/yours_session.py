"""What a session keeps for its Your data tab: the work, what is made of it, the steps that can be undone, what is being looked at."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

from dashboard.acts import RefusedError
from dashboard.desk import OwnDesk, desk_of_process
from dashboard.jobs import DONE, FAILED, Bench, Job
from dashboard.panels.yours_judge import Judged, judged
from dashboard.panels.yours_keeping import Keeping
from dashboard.panels.yours_looking import Looking, Placing
from dashboard.panels.yours_steps import Steps, alike, of_file
from dashboard.projects import ProjectError, Work
from geodata.intake.mapping import Mapping
from geodata.problems import TableError

AT_ONCE = 1.2
"""seconds for which the page waits for rows to be judged; longer work goes on beside it"""

PARTS = 12
"""steps of the reading and judging of a file, for its progress"""


class Session(Bench):
    """One analyst's own data."""

    def __init__(self, token: str = "") -> None:
        """`token`: what the browser's cookie says; empty when it has none."""
        super().__init__()
        self.keeping = Keeping(token)
        self.now = Judged(Work())
        self.before: OwnDesk | None = None
        """the desk shown last, still served while the map's frame may ask for it"""

        self.steps = Steps()
        self.arrived: tuple[str, bytes] | None = None
        """name and content of a file that has come and is not read yet"""

        self.coming: dict[str, Judged] = {}
        self.job: Job | None = None
        self.looking = Looking()
        self.editing: int | None = None
        """line of the row in the editor"""

        self.form: Placing | None = None
        self.said: list[str] = []
        self.heard = False
        """whether what is said has been shown"""

    @property
    def lasting(self) -> bool:
        """Whether the work outlives the page."""
        return self.keeping.store is not None

    @property
    def unkept(self) -> str:
        """Why the work is not kept any more although it was; empty while it is."""
        return self.keeping.trouble

    @property
    def wanted(self) -> Work:
        """The work after every step asked for; what is shown may be behind."""
        return self.steps.wanted

    @property
    def past(self) -> list[Work]:
        """The work before each step that can be undone."""
        return self.steps.past

    @property
    def undoable(self) -> bool:
        """Whether Undo has something to do, or to say."""
        return bool(self.past or self.steps.gone)

    @property
    def mapping(self) -> Mapping:
        """How the file that is shown is to be read after every step asked for. RefusedError when another one comes in its place."""
        self.require_shown()
        return self.wanted.mapping or self.now.case.mapping

    def require_shown(self) -> None:
        """RefusedError when the rows shown are not those of the file that is wanted: a step about them means nothing for the next ones."""
        if not alike(self.wanted, self.now.work):
            raise RefusedError(f"{self.wanted.name or 'other work'} is being judged; this was about {self.now.work.name} and was not done")

    def say(self, *sentences: str) -> None:
        """Have sentences shown, each once."""
        self.said = list(dict.fromkeys([*self.said, *filter(None, sentences)]))

    def begin(self, work: Work) -> None:
        """One step: the work is another one."""
        self.steps.go(work)
        self._judge()

    def change(self, **parts: Any) -> None:
        """One step: these parts of the work are other ones."""
        self.begin(replace(self.wanted, **parts))

    def remap(self, mapping: Mapping) -> None:
        """One step: the file is read otherwise."""
        self.change(mapping=mapping)

    def undo(self) -> None:
        """Go back one step; why not, when it is no longer held."""
        if self.steps.back():
            self._judge()
        else:
            self.say(self.steps.gone)

    def _judge(self) -> None:
        """Judge the work as it is wanted, and wait for it a moment.

        It is kept from now on, whether the page stays or not; another file once it has not turned out at once to be none, and beside it
        what was judged last until it is judged too.
        """
        box: dict[str, Judged] = {}
        before, base, work, memory = self.now, desk_of_process(), self.wanted, self.keeping.memory
        if known := not work.content or alike(work, before.work):  # nothing that could turn out to be no file
            self.keeping.keep(work, self.past)

        def make(job: Job) -> dict[str, bytes]:
            done = iter(range(1, 1000))
            box["made"] = judged(work, base, before, memory=memory, progress=lambda what: job.count(min(next(done), PARTS - 1), PARTS, what))
            return {}

        self.coming = box
        self.job = self.start(Job(work.name, "judging the rows"), make)
        until = time.monotonic() + AT_ONCE
        while not self.job.ended and time.monotonic() < until:
            time.sleep(0.01)
        if made := box.get("made"):
            self.keeping.keep(made.work, self.past)
        elif not known and self.job.state != FAILED:
            self.keeping.keep(work, self.past, before=before.work)

    def take(self) -> bool:
        """Go on to what has been judged meanwhile; says whether anything changed."""
        job = self.job
        if job is None or not job.ended:
            return False
        self.job = None
        if job.state == DONE:
            self._go_on(self.coming.pop("made"))
            return True
        self.say(*job.trouble.split("\n"))
        self.steps.failed()
        if self.wanted == self.now.work:
            self.keeping.keep(self.wanted, self.past)
            return False
        self._judge()
        return self.take()

    def _go_on(self, made: Judged) -> None:
        if not alike(made.work, self.now.work):
            self.editing = None
        self.before, self.now = self.now.desk, made
        self.steps.judged(made.work)
        self._tell(made)
        self.keeping.keep(made.work, self.past)
        if made.case is not None and not made.trouble:
            self.say(self.keeping.remember(made.case))

    def _tell(self, made: Judged) -> None:
        """What was done to the work on the way."""
        undo = "; Undo takes this back" if self.past else ""
        self.say(*(f"{told}{undo}" for told in made.said))

    def clear(self) -> None:
        """One step: nothing is left, neither of the work nor of what was remembered for the next file."""
        if not self.wanted.empty:
            self.steps.remove()
        self._judge()
        self.keeping.forget()

    def restore(self) -> None:
        """Open what the browser's token opens."""
        try:
            work = self.keeping.open()
            self.now = self.now if work.empty else self._opened(work)
            past = self.keeping.past(work) if alike(work, self.now.work) else []
        except ProjectError as error:
            self.say(str(error))
            return
        self.steps.judged(self.now.work)
        self._tell(self.now)
        self.steps.past = self.steps.sure_past = past

    def _opened(self, work: Work) -> Judged:
        """The work judged at once; a file that turns out to be none gives way to the one it was to replace, if there is one."""
        try:
            return judged(work, desk_of_process(), memory=self.keeping.memory)
        except TableError as error:
            trouble = tuple(str(problem) for problem in error.problems[:10])
        self.say(*trouble)
        before = self.keeping.before()
        if before is not None and not alike(before, work):
            return self._opened(of_file(work, before))
        return replace(judged(of_file(work, Work()), desk_of_process()), work=work, trouble=trouble)  # it stays until the analyst removes it

    def place(self, where: tuple[float, float] | None) -> None:
        """A click on the map has said where, as longitude and latitude in degrees."""
        if self.form is not None and self.form.place_it and where is not None:
            self.form.fill({"lon": f"{where[0]:.4f}", "lat": f"{where[1]:.4f}"})
            self.form.place_it = False
