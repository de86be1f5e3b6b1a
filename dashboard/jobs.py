"""Work done beside the page: one thread per job, told of under a name nobody can guess, gone with the session that asked for it."""

from __future__ import annotations

import secrets
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from dashboard.outputs import OutputError
from dashboard.series import SeriesError
from geodata.problems import TableError

WAITING, RUNNING, DONE, FAILED, CANCELLED = "waiting", "running", "done", "failed", "cancelled"
KEPT_BYTES = 96_000_000
"""most a session keeps of what was made for it; the newest is always kept"""

FAULT = "something went wrong while this was made; the server's log has the rest"

SAID = (OutputError, SeriesError, TableError)
"""errors whose words are for the reader; those of others may name what is nobody's business"""

ONE_AT_A_TIME = threading.Lock()
"""drawing takes a whole core: pages are drawn one after the other, so that the map stays quick"""

BREATH = 0.01
"""seconds between two pages of a job, in which others that wait get their turn"""


class CancelledError(Exception):
    """Raised inside the work when nobody wants its result any more."""


class Job:
    """A file being made, or made, and what goes beside it."""

    def __init__(self, name: str, doing: str, about: Any = None) -> None:
        """`name`: of the file; `doing`: what is done, for the reader, such as `drawing the page`; `about`: what it is made of."""
        self.token = secrets.token_urlsafe(18)
        self.name, self.doing, self.about = name, doing, about
        self.state, self.trouble = WAITING, ""
        self.files: dict[str, bytes] = {}
        """what was made by name, the main file first"""

        self.steps: tuple[int, int] = (0, 0)
        """done and all; all is 0 where the work cannot be counted"""

        self.step = ""
        """what is being done of it now, such as `13-19 September 2021`"""

        self._stop = threading.Event()
        self._clock = time.monotonic()
        self._took: float | None = None

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in (DONE, FAILED, CANCELLED)

    @property
    def elapsed(self) -> float:
        """Seconds since it was asked for, or that it took."""
        return time.monotonic() - self._clock if self._took is None else self._took

    @property
    def left(self) -> float | None:
        """Seconds to go, as the steps so far tell; None where that cannot be said."""
        done, total = self.steps
        return self.elapsed / done * (total - done) if done and total and not self.ended else None

    @property
    def unwanted(self) -> bool:
        """Whether it was cancelled."""
        return self._stop.is_set()

    def cancel(self) -> None:
        """Ask it to stop; what is made after that is thrown away."""
        self._stop.set()
        if not self.ended:
            self._end(CANCELLED)

    def count(self, done: int, total: int, step: str = "") -> None:
        """Say how far the work is; CancelledError when it is no longer wanted."""
        self.steps, self.step = (done, total), step
        self.go_on()

    def go_on(self) -> None:
        """CancelledError when it is no longer wanted."""
        if self.unwanted:
            raise CancelledError

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Draw while nothing else is drawn; CancelledError when the work is no longer wanted."""
        with ONE_AT_A_TIME:
            self.go_on()
            self.state = RUNNING
            yield
        self.go_on()
        time.sleep(BREATH)

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(map(len, self.files.values()))

    def run(self, make: Make) -> None:
        """Make the files; an error of `SAID` is its own explanation, any other one is a fault and goes to the log."""
        try:
            self.files = make(self)
            self.go_on()
            self._end(DONE)
        except CancelledError:
            self._end(CANCELLED)
        except SAID as error:
            self._fail(str(error) or FAULT)
        finally:
            if not self.ended:
                self._fail(FAULT)

    def _fail(self, trouble: str) -> None:
        self.trouble = trouble
        self._end(FAILED)

    def _end(self, state: str) -> None:
        self.state = CANCELLED if self.unwanted else state
        self._took = time.monotonic() - self._clock
        if self.state != DONE:
            self.files = {}


Make = Callable[[Job], dict[str, bytes]]
"""makes the files of a job; runs beside the page, so it touches nothing of the session"""


class Bench:
    """What one session has had made, the newest last; only the session holds on to it."""

    def __init__(self) -> None:
        """An empty one."""
        self.token = secrets.token_urlsafe(18)
        self.jobs: list[Job] = []
        self.look: Any = None
        """what the session's preview shows"""

        self.shelf: Any = None
        """the session's saved views"""

        _benches[self.token] = self

    def start(self, job: Job, make: Make) -> Job:
        """Begin a job; one still running is cancelled."""
        self.cancel()
        self.jobs.append(job)
        self._tidy()
        _jobs[job.token] = job
        weakref.finalize(self, _stop, weakref.ref(job))  # nobody is there to fetch it once the session has gone
        threading.Thread(target=job.run, args=(make,), name=f"panj {job.token[:6]}", daemon=True).start()
        return job

    def cancel(self) -> None:
        """Stop whatever runs."""
        for job in self.jobs:
            if not job.ended:
                job.cancel()

    @property
    def newest(self) -> Job | None:
        """The last one asked for."""
        return self.jobs[-1] if self.jobs else None

    def _tidy(self) -> None:
        """Keep what was made last; what is no longer kept is no longer served."""
        kept: list[Job] = []
        for job in reversed(self.jobs):
            if len(kept) < 2 or sum(other.size for other in [*kept, job]) <= KEPT_BYTES:
                kept.append(job)
        self.jobs = kept[:8][::-1]


def _stop(found: weakref.ref[Job]) -> None:
    """Cancel a job that is still there: only its bench and its own thread keep it alive."""
    if (job := found()) is not None:
        job.cancel()


_benches: weakref.WeakValueDictionary[str, Bench] = weakref.WeakValueDictionary()
_jobs: weakref.WeakValueDictionary[str, Job] = weakref.WeakValueDictionary()


def bench(token: str) -> Bench | None:
    """The bench of a name, as long as its session lasts."""
    return _benches.get(token)


def job(token: str) -> Job | None:
    """The job of a name, as long as its session keeps it."""
    return _jobs.get(token)
