"""The line about what is being made: what is done, since when, how to stop it, and in the end the file."""

from __future__ import annotations

from pathlib import PurePath
from urllib.parse import quote

from dashboard.jobs import CANCELLED, DONE, FAILED, RUNNING, WAITING, Job
from dashboard.panels.markup import Html, button, inner, tag

LATE = "Made before your last change; prepare again for the view as it is now."


def box(job: Job | None, *, outdated: bool = False) -> Html:
    """The line; the page keeps asking how a job goes until it has ended. `outdated`: made of another view or other choices than now."""
    if job is None:
        return tag("div", cls="panj-job", role="status")
    late = tag("span", LATE, cls="panj-soft") if outdated and job.state == DONE else None
    return tag("div", tag("div", line(job), data_job=job.token, data_state=job.state), late, cls="panj-job", role="status")


def line(job: Job) -> Html:
    """One line for the state of a job; nothing in it changes while the state does not."""
    return _LINES[job.state](job)


def _waiting(job: Job) -> Html:
    return _going("Waiting for another page to be done", job)


def _running(job: Job) -> Html:
    return _going(job.doing[:1].upper() + job.doing[1:], job)


def _going(words: str, job: Job) -> Html:
    bar = tag("progress", max=1, aria_label="Progress", data_part="")
    told = tag("span", "", data_said="progress", cls="panj-soft", aria_hidden="true")
    stop = button("Cancel", data_act='{"do":"cancel"}', data_focus="cancel", cls="panj-small")
    return inner(tag("b", words, " \N{HORIZONTAL ELLIPSIS}"), bar, told, stop)


def _done(job: Job) -> Html:
    main, *beside = job.files
    more = (inner(", with ", download(job, name, "its seal" if name.endswith(".seal.json") else name)) for name in beside)
    told = f"{weight(job.size)}, made in {seconds(job.elapsed)}"
    link = download(job, main, f"Download {PurePath(main).suffix[1:].upper()}", cls="panj-button panj-primary")
    return inner(link, tag("span", f"{main}, {told}", *more, cls="panj-soft"))


def download(job: Job, name: str, words: str, *, cls: str = "") -> Html:
    """The link to a file that was made."""
    return tag("a", words, href=f"/made/{job.token}/{quote(name)}", download=name, cls=cls or None, data_focus=f"download:{name}")


def _failed(job: Job) -> Html:
    return tag("b", f"Not made: {job.trouble}.", cls="panj-weak")


def _cancelled(_: Job) -> Html:
    return tag("span", "Cancelled; nothing was made.", cls="panj-soft")


_LINES = {WAITING: _waiting, RUNNING: _running, DONE: _done, FAILED: _failed, CANCELLED: _cancelled}


def answer(job: Job) -> dict[str, object]:
    """How a job goes: its state with the line for it, and the words and the part done that change within the state."""
    done, total = job.steps
    left = job.left
    told = [f"{done} of {total} done" if total else "", job.step, f"about {seconds(left)} left" if left and left >= 1 else "", seconds(job.elapsed)]
    return {"state": job.state, "html": line(job), "said": " \N{MIDDLE DOT} ".join(filter(None, told)), "part": done / total if total else None}


def seconds(time: float) -> str:
    """`2 s`, `3 min 20 s`."""
    whole = round(time)
    return f"{whole // 60} min {whole % 60} s" if whole >= 60 else f"{whole} s" if whole else "under 1 s"


def weight(size: int) -> str:
    """`480 kB`, `2.4 MB`."""
    return f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{max(1, round(size / 1e3))} kB"
